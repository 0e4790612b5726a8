//! [`JsonFormatter`]: how sonic-rs writes text.

use std::io;
use std::mem::MaybeUninit;

use sonic_rs::format::Formatter;
use sonic_rs::writer::WriteExt;

use super::bytes_writer::copy_ends;

/// So many bytes of text are looked at together.
const BLOCK: usize = 16;
/// Of longer texts, so many bytes are written at a time.
const PIECE: usize = 4096;
/// A byte of text becomes so many at most.
const LONGEST: usize = 6;

/// A `Formatter` of sonic-rs that writes what its own `CompactFormatter` does, text in less time.
///
/// ```
/// # convert_ffi::Python::initialize();
/// use convert_ffi::{PyErr, Python, types::{JsonFormatter, PyBytesWriter}};
/// use sonic_rs::Serialize;
///
/// Python::attach(|py| {
///     let mut json = sonic_rs::Serializer::with_formatter(PyBytesWriter::new(py), JsonFormatter);
///     "two\nlines".serialize(&mut json).unwrap();
///     assert_eq!(json.into_inner().finish()?.as_bytes(), br#""two\nlines""#);
///     Ok::<_, PyErr>(())
/// })
/// .unwrap();
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonFormatter;

impl Formatter for JsonFormatter {
    #[inline(always)]
    fn write_string_fast<W: WriteExt + ?Sized>(
        &mut self,
        writer: &mut W,
        value: &str,
        need_quote: bool,
    ) -> io::Result<()> {
        let text = value.as_bytes();
        if text.len() > BLOCK {
            return write_long(writer, text, need_quote);
        }
        // SAFETY: it is such a text, and there is the room for the longest.
        unsafe { write(writer, BLOCK, need_quote, |to| escape_short(text, to)) }
    }
}

/// Writes a text that is longer than a [`BLOCK`].
#[inline(never)]
fn write_long<W: WriteExt + ?Sized>(
    writer: &mut W,
    text: &[u8],
    need_quote: bool,
) -> io::Result<()> {
    if text.len() <= PIECE {
        // SAFETY: the room is for so many bytes.
        return unsafe { write(writer, text.len(), need_quote, |to| escape(text, to)) };
    }
    let quote = if need_quote { &b"\""[..] } else { b"" };
    writer.write_all(quote)?;
    for piece in text.chunks(PIECE) {
        // SAFETY: the room is for so many bytes.
        unsafe { write(writer, piece.len(), false, |to| escape(piece, to))? };
    }
    writer.write_all(quote)
}

/// Writes what `escape` does, which gives how many bytes that took; quotes around it.
///
/// # Safety
/// `escape` writes no more than fits the [`room_for`] so many bytes, and says how many that were.
#[inline(always)]
unsafe fn write<W: WriteExt + ?Sized>(
    writer: &mut W,
    len: usize,
    need_quote: bool,
    escape: impl FnOnce(*mut u8) -> usize,
) -> io::Result<()> {
    let room = room(writer, room_for(len) + 2)?;
    let quotes = usize::from(need_quote);
    // SAFETY: the caller's word; there is room for two quotes more.
    unsafe {
        let end = quotes + escape(room.add(quotes));
        if need_quote {
            *room = b'"';
            *room.add(end) = b'"';
        }
        writer.flush_len(end + quotes)
    }
}

/// Where at least so many bytes may be written.
#[inline(always)]
fn room<W: WriteExt + ?Sized>(writer: &mut W, additional: usize) -> io::Result<*mut u8> {
    let room: &mut [MaybeUninit<u8>] = writer.reserve_with(additional)?;
    assert!(room.len() >= additional, "a writer gives less room than it was asked for");
    Ok(room.as_mut_ptr().cast())
}

/// The room that so many bytes of text need: what they become, and what is written beyond the last.
const fn room_for(len: usize) -> usize {
    len * LONGEST + size_of::<u64>() - LONGEST
}

/// Writes a text of at most a [`BLOCK`]; gives how many bytes that took.
///
/// # Safety
/// There is room for [`room_for`] them at `to`.
#[inline(always)]
unsafe fn escape_short(text: &[u8], to: *mut u8) -> usize {
    let (from, len) = (text.as_ptr(), text.len());
    // SAFETY: from one to two times as many bytes as are copied at a time; the caller's word.
    let is_plain = unsafe {
        if len >= 8 {
            let (first, last) = copy_ends::<u64>(from, to, len);
            is_plain_block([first, last])
        } else if len >= 4 {
            let (first, last) = copy_ends::<u32>(from, to, len);
            is_plain_word(u64::from(first) | u64::from(last) << 32)
        } else if len >= 2 {
            const SPACES: u64 = 0x2020_2020;
            let (first, last) = copy_ends::<u16>(from, to, len);
            is_plain_word(u64::from(first) | u64::from(last) << 16 | SPACES << 32)
        } else {
            false
        }
    };
    // SAFETY: the caller's word.
    if is_plain { len } else { unsafe { escape_each(text, to) } }
}

/// Writes a text; gives how many bytes that took.
///
/// # Safety
/// As of [`escape_short`].
#[inline(never)]
unsafe fn escape(text: &[u8], to: *mut u8) -> usize {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let mut written = 0;
    for block in blocks {
        // SAFETY: a block; there is room for what all that was written so far and this become.
        unsafe {
            let (first, last) = copy_ends::<u64>(block.as_ptr(), to.add(written), BLOCK);
            let is_plain = is_plain_block([first, last]);
            written += if is_plain { BLOCK } else { escape_each(block, to.add(written)) };
        }
    }
    // SAFETY: there is room for the rest, too. Where there are blocks, the last of all bytes may be
    // read once more, and written over what they became where they became themselves.
    unsafe {
        if rest.is_empty() {
            return written;
        }
        if let Some(last) = text.last_chunk::<BLOCK>() {
            let words = last.as_ptr().cast::<[u64; 2]>().read_unaligned();
            if is_plain_block(words) {
                written += rest.len();
                to.add(written - BLOCK).cast::<[u64; 2]>().write_unaligned(words);
                return written;
            }
        }
        written + escape_each(rest, to.add(written))
    }
}

/// Writes a text byte by byte; gives how many bytes that took.
///
/// # Safety
/// As of [`escape_short`].
#[inline(never)]
unsafe fn escape_each(text: &[u8], to: *mut u8) -> usize {
    let mut written = 0;
    for &byte in text {
        let escape = ESCAPES[usize::from(byte)];
        // SAFETY: what came before took up to six bytes each, and this writes eight: there is room.
        unsafe { to.add(written).cast::<[u8; 8]>().write(escape.to_le_bytes()) };
        written += (escape >> 56) as usize;
    }
    written
}

/// Whether none of these bytes is escaped.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn is_plain_block(words: [u64; 2]) -> bool {
    use std::arch::x86_64::*;
    // SAFETY: every x86-64 has SSE2, which is all these need.
    unsafe {
        let bytes = _mm_set_epi64x(words[1] as i64, words[0] as i64);
        let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
        let is_control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        _mm_movemask_epi8(_mm_or_si128(is_control, _mm_or_si128(is(b'"'), is(b'\\')))) == 0
    }
}

/// Whether none of these bytes is escaped.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn is_plain_block(words: [u64; 2]) -> bool {
    is_plain_word(words[0]) & is_plain_word(words[1])
}

/// Whether none of these bytes is escaped.
///
/// Taking a limit from a byte that is less sets its highest bit; it borrows from the byte above, but
/// then there is one already. Bytes with that bit set before are not ASCII, and stay as they are.
#[inline(always)]
fn is_plain_word(bytes: u64) -> bool {
    const ONES: u64 = u64::MAX / 0xff;
    let is_less = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit));
    let is = |byte: u8| is_less(bytes ^ (ONES * u64::from(byte)), 1);
    (is_less(bytes, b' ') | is(b'"') | is(b'\\')) & !bytes & (ONES * 0x80) == 0
}

/// What each byte becomes, from the lowest byte on; the highest says how many bytes that is.
static ESCAPES: [u64; 256] = {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut escapes = [0; 256];
    let mut byte = 0;
    while byte < escapes.len() {
        let short = match byte as u8 {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            _ => 0,
        };
        escapes[byte] = u64::from_le_bytes(if short != 0 {
            [b'\\', short, 0, 0, 0, 0, 0, 2]
        } else if byte < 0x20 {
            [b'\\', b'u', b'0', b'0', HEX[byte >> 4], HEX[byte & 15], 0, 6]
        } else {
            [byte as u8, 0, 0, 0, 0, 0, 0, 1]
        });
        byte += 1;
    }
    escapes
};
