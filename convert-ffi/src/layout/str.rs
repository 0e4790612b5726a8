//! The text of a `str`: borrowed where it lies ready as UTF-8, copied out as UTF-8, and made from
//! UTF-8.
//!
//! PEP 393: a compact ASCII string is its own UTF-8, right behind the header; any other may have
//! its UTF-8 cached (`PyUnicode_AsUTF8AndSize` leaves it there). Behind the header of other compact
//! strings are their code points, in one, two or four bytes each: the fewest that hold the largest.

#[cfg(direct_layouts)]
use std::ops::Range;

use pyo3_ffi as ffi;

/// `compact` and `ascii` of the state word, both set.
#[cfg(direct_layouts)]
const COMPACT_ASCII: u32 = 0b11 << 5;

/// The text, if it can be had without asking CPython.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass), which outlives `'a`.
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn ready_utf8<'a>(object: *mut ffi::PyObject) -> Option<&'a str> {
    // SAFETY: the caller says it is a str. A compact ASCII string is a `PyASCIIObject` with its
    // text behind it; every other is at least a `PyCompactUnicodeObject`, whose `utf8` is NULL or
    // valid UTF-8 of `utf8_length` bytes that lives and stays as long as the object.
    unsafe {
        let ascii = object.cast::<ffi::PyASCIIObject>();
        let (start, length) = if (*ascii).state & COMPACT_ASCII == COMPACT_ASCII {
            (ascii.add(1).cast::<u8>().cast_const(), (*ascii).length)
        } else {
            let compact = object.cast::<ffi::PyCompactUnicodeObject>();
            ((*compact).utf8.cast::<u8>().cast_const(), (*compact).utf8_length)
        };
        if start.is_null() {
            return None;
        }
        Some(std::str::from_utf8_unchecked(std::slice::from_raw_parts(start, length as usize)))
    }
}

/// The text, if it can be had without asking CPython: never, where the layout is not known.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass), which outlives `'a`.
#[cfg(not(direct_layouts))]
#[inline(always)]
pub(crate) unsafe fn ready_utf8<'a>(_object: *mut ffi::PyObject) -> Option<&'a str> {
    None
}

/// The text of a str that is laid out as ASCII.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass), which outlives `'a`.
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn ready_ascii<'a>(object: *mut ffi::PyObject) -> Option<&'a str> {
    // SAFETY: the caller says it is a str, which begins with this header.
    let state = unsafe { (*object.cast::<ffi::PyASCIIObject>()).state };
    if state & COMPACT_ASCII != COMPACT_ASCII {
        return None;
    }
    // SAFETY: the caller gives a live str, which outlives `'a`.
    unsafe { ready_utf8(object) }
}

/// The text of a str that is laid out as ASCII: never, where the layout is not known.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass), which outlives `'a`.
#[cfg(not(direct_layouts))]
#[inline(always)]
pub(crate) unsafe fn ready_ascii<'a>(_object: *mut ffi::PyObject) -> Option<&'a str> {
    None
}

/// `compact` of the state word; two bits further down, three say how wide a code point is.
#[cfg(direct_layouts)]
const COMPACT: u32 = 1 << 5;
#[cfg(direct_layouts)]
const KIND_SHIFT: u32 = 2;

/// How many characters it has.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn length(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller says it is a str, which begins with this header; a compact one has all its
    // characters from the start.
    unsafe {
        let header = object.cast::<ffi::PyASCIIObject>();
        if (*header).state & COMPACT != 0 {
            return (*header).length as usize;
        }
    }
    // SAFETY: attached, a live str: the function does not fail.
    unsafe { ffi::PyUnicode_GetLength(object) as usize }
}

/// The code points of a compact string that is not ASCII.
#[cfg(direct_layouts)]
enum CodePoints<'a> {
    One(&'a [u8]),
    Two(&'a [u16]),
    Four(&'a [u32]),
}

/// A copy of the text as UTF-8, which is not left in the object. `None` where it has surrogates, or
/// is not laid out as strings usually are: then `PyUnicode_AsUTF8AndSize` knows more.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass) that is not ASCII.
#[cfg(direct_layouts)]
#[inline]
pub(crate) unsafe fn copy_utf8(object: *mut ffi::PyObject) -> Option<String> {
    // SAFETY: the caller says it is a str that is not ASCII: of a compact one, `length` code points
    // of the width that `kind` gives lie behind its header. They never change.
    let points = unsafe {
        let header = object.cast::<ffi::PyASCIIObject>();
        let (state, length) = ((*header).state, (*header).length as usize);
        if state & COMPACT == 0 {
            return None;
        }
        let start = object.cast::<ffi::PyCompactUnicodeObject>().add(1);
        match state >> KIND_SHIFT & 0b111 {
            1 => CodePoints::One(std::slice::from_raw_parts(start.cast(), length)),
            2 => CodePoints::Two(std::slice::from_raw_parts(start.cast(), length)),
            4 => CodePoints::Four(std::slice::from_raw_parts(start.cast(), length)),
            _ => return None,
        }
    };
    match points {
        CodePoints::One(points) => encode(points),
        CodePoints::Two(points) => encode(points),
        CodePoints::Four(points) => encode(points),
    }
}

/// The code points as UTF-8; `None` where one is a surrogate.
#[cfg(direct_layouts)]
#[inline]
fn encode<P: Copy + Into<u32>>(points: &[P]) -> Option<String> {
    let mut text = Vec::with_capacity(encoded_length(points));
    // SAFETY: there is room for the bytes of all code points. What was written is UTF-8.
    unsafe {
        let length = write(points, text.as_mut_ptr())?;
        text.set_len(length);
        Some(String::from_utf8_unchecked(text))
    }
}

/// How many bytes the code points take as UTF-8.
#[cfg(direct_layouts)]
#[inline]
fn encoded_length<P: Copy + Into<u32>>(points: &[P]) -> usize {
    // Beyond the first.
    let bytes = |point: u32| {
        u8::from(point >= 0x80) + u8::from(point >= 0x800) + u8::from(point >= 0x10000)
    };
    // As many at a time as a byte can count.
    let chunks = points.chunks(usize::from(u8::MAX) / 3);
    let more = chunks.map(|chunk| chunk.iter().map(|&point| bytes(point.into())).sum::<u8>());
    points.len() + more.map(usize::from).sum::<usize>()
}

/// Writes the code points as UTF-8, and says how many bytes that took; `None` where one is a
/// surrogate.
///
/// # Safety
/// There is room for the bytes of all code points at `start`.
#[cfg(direct_layouts)]
#[inline(always)]
unsafe fn write<P: Copy + Into<u32>>(points: &[P], start: *mut u8) -> Option<usize> {
    let mut end = start;
    for &point in points {
        let point = point.into();
        let byte = |shift: u32, mark: u32| (point >> shift & 0x3f | mark) as u8;
        // SAFETY: the caller made room for the bytes of this code point behind those before.
        unsafe {
            end = match point {
                0..0x80 => {
                    *end = point as u8;
                    end.add(1)
                }
                0x80..0x800 => {
                    *end = (point >> 6 | 0xc0) as u8;
                    *end.add(1) = byte(0, 0x80);
                    end.add(2)
                }
                // What UTF-16 uses in pairs is no character by itself.
                0xd800..0xe000 => return None,
                0x800..0x10000 => {
                    *end = (point >> 12 | 0xe0) as u8;
                    *end.add(1) = byte(6, 0x80);
                    *end.add(2) = byte(0, 0x80);
                    end.add(3)
                }
                _ => {
                    *end = (point >> 18 | 0xf0) as u8;
                    *end.add(1) = byte(12, 0x80);
                    *end.add(2) = byte(6, 0x80);
                    *end.add(3) = byte(0, 0x80);
                    end.add(4)
                }
            }
        }
    }
    // SAFETY: both are in the same room.
    Some(unsafe { end.offset_from(start) as usize })
}

/// A copy of the text as UTF-8: never, where the layout is not known.
///
/// # Safety
/// Attached; `object` is a live `str` (or of a subclass) that is not ASCII.
#[cfg(not(direct_layouts))]
pub(crate) unsafe fn copy_utf8(_object: *mut ffi::PyObject) -> Option<String> {
    None
}

/// A new reference to a str of this text, or NULL with an exception.
///
/// # Safety
/// Attached.
#[inline]
pub(crate) unsafe fn from_utf8(text: &str) -> *mut ffi::PyObject {
    #[cfg(direct_layouts)]
    // Strings of one character are shared, which CPython knows how to do.
    if text.len() > 1 && text.is_ascii() {
        // SAFETY: attached. A new ASCII string has room for `length` bytes behind its header, and
        // nobody has seen it.
        return unsafe {
            let string = ffi::PyUnicode_New(text.len() as _, 0x7f);
            if !string.is_null() {
                let start = string.cast::<ffi::PyASCIIObject>().add(1).cast::<u8>();
                std::ptr::copy_nonoverlapping(text.as_ptr(), start, text.len());
            }
            string
        };
    } else if text.len() > 4 {
        // SAFETY: attached; the text is not ASCII, as that was tried before.
        return unsafe { from_non_ascii(text) };
    }
    // SAFETY: attached; valid UTF-8 of that length.
    unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as _) }
}

/// # Safety
/// Attached; `text` is not ASCII.
#[cfg(direct_layouts)]
#[inline(never)]
unsafe fn from_non_ascii(text: &str) -> *mut ffi::PyObject {
    let (mut length, mut largest) = (0, 0);
    // As many at a time as a byte can count.
    for bytes in text.as_bytes().chunks(u8::MAX.into()) {
        let mut count = 0;
        for &byte in bytes {
            // Each character has one byte that does not continue another.
            count += u8::from(byte as i8 >= -0x40);
            largest = largest.max(byte);
        }
        length += usize::from(count);
    }
    // The first byte of a character tells its range, and is larger than those that continue it.
    let maximum = match largest {
        ..0xc4 => 0xff,
        0xc4..0xf0 => 0xffff,
        0xf0.. => 0x10ffff,
    };
    // SAFETY: attached. A new string that is not ASCII has room behind its header for `length` code
    // points of the width that the maximum asks for, and nobody has seen it; each of the text's
    // characters is in that range.
    unsafe {
        let string = ffi::PyUnicode_New(length as _, maximum);
        if string.is_null() {
            return string;
        }
        let start = string.cast::<ffi::PyCompactUnicodeObject>().add(1);
        match maximum {
            0xff => decode(text, start.cast::<u8>(), |point| point as u8),
            0xffff => decode(text, start.cast::<u16>(), |point| point as u16),
            _ => decode(text, start.cast::<u32>(), |point| point),
        }
        string
    }
}

/// Writes the characters of a text. Those that take as many bytes mostly come one after the other,
/// so they are written in runs: `str::chars` finds out anew of each.
///
/// # Safety
/// There is room for all characters from `place` on, and each fits into a `P`.
#[cfg(direct_layouts)]
#[inline(always)]
unsafe fn decode<P>(text: &str, mut place: *mut P, narrow: impl Fn(u32) -> P) {
    let Range { start: mut at, end } = text.as_bytes().as_ptr_range();
    macro_rules! run {
        ($length:literal, $first:pat, |$byte:ident| $point:expr) => {
            // SAFETY: before the end begins a character; a text is UTF-8, so its first byte tells
            // how many there are. There is room for it.
            unsafe {
                while at < end && matches!(*at, $first) {
                    let $byte = |index: usize| u32::from(*at.add(index));
                    *place = narrow($point);
                    (at, place) = (at.add($length), place.add(1));
                }
            }
        };
    }
    while at < end {
        // What takes more bytes than the width allows is not there.
        if size_of::<P>() > 1 {
            run!(3, 0xe0..0xf0, |byte| (byte(0) & 0xf) << 12
                | (byte(1) & 0x3f) << 6
                | byte(2) & 0x3f);
        }
        run!(1, ..0x80, |byte| byte(0));
        run!(2, 0xc0..0xe0, |byte| (byte(0) & 0x1f) << 6 | byte(1) & 0x3f);
        if size_of::<P>() > 2 {
            run!(4, 0xf0.., |byte| (byte(0) & 7) << 18
                | (byte(1) & 0x3f) << 12
                | (byte(2) & 0x3f) << 6
                | byte(3) & 0x3f);
        }
    }
}
