//! Text that is not ASCII: from the fixed width that a str stores to UTF-8, and back.

use super::text::{COMPACT_ASCII, Parts};
use super::*;

const SURROGATE: &Expected = &Expected(Class::Value, "text without surrogates");
const COMPACT: &Expected = &Expected(Class::Value, "a compact str");

/// `compact` of the state word; `kind`, the number of bytes of a character, is below it.
const IS_COMPACT: u32 = 1 << 5;
const KIND_SHIFT: u32 = 2;
const _: () = assert!(COMPACT_ASCII & IS_COMPACT != 0);

/// Makes UTF-8 of a compact str that is not ASCII; nothing is left behind in the object.
#[cold]
#[inline(never)]
pub unsafe fn encode(string: Object, parts: &mut Parts) -> Option<Wrong> {
    // SAFETY: the caller gives a live str; a compact one has its characters, as many as `length`
    // says and each of `kind` bytes, behind its header.
    unsafe {
        let ascii = string.cast::<ffi::PyASCIIObject>();
        let (length, state) = ((*ascii).length as usize, (*ascii).state);
        let characters = string.cast::<ffi::PyCompactUnicodeObject>().add(1);
        let bytes = match (state & IS_COMPACT != 0, state >> KIND_SHIFT & 7) {
            (true, 1) => encode_each::<u8, 2>(characters.cast(), length),
            (true, 2) => encode_each::<u16, 3>(characters.cast(), length),
            (true, 4) => encode_each::<u32, 4>(characters.cast(), length),
            _ => return wrong::<()>(COMPACT, string).err(),
        };
        match bytes {
            Some(bytes) => {
                *parts = Parts::of(bytes);
                None
            }
            None => wrong::<()>(SURROGATE, string).err(),
        }
    }
}

/// UTF-8 of characters that take up to `MOST` bytes each; `None` where one is a surrogate.
#[inline(always)]
unsafe fn encode_each<C: Copy + Into<u32>, const MOST: usize>(
    characters: *const C,
    length: usize,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::<u8>::with_capacity(length * MOST);
    let mut end = bytes.as_mut_ptr();
    // SAFETY: the caller says how many characters there are; there is room for all.
    unsafe {
        let mut push = |byte: u32| {
            *end = byte as u8;
            end = end.add(1);
        };
        for index in 0..length {
            let code: u32 = (*characters.add(index)).into();
            if code < 0x80 {
                push(code);
            } else if code < 0x800 {
                push(0xC0 | code >> 6);
                push(0x80 | code & 0x3F);
            } else if code < 0x1_0000 {
                if code & 0xF800 == 0xD800 {
                    return None;
                }
                push(0xE0 | code >> 12);
                push(0x80 | code >> 6 & 0x3F);
                push(0x80 | code & 0x3F);
            } else {
                push(0xF0 | code >> 18);
                push(0x80 | code >> 12 & 0x3F);
                push(0x80 | code >> 6 & 0x3F);
                push(0x80 | code & 0x3F);
            }
        }
        bytes.set_len(end.offset_from(bytes.as_ptr()) as usize);
    }
    Some(bytes)
}

/// A str of text that is not ASCII or very short: counts, then fills characters of one width.
#[inline(never)]
pub unsafe fn decode(text: &str) -> Object {
    // SAFETY: the caller is attached; a new str of so many characters has room for them behind its
    // header, which is the longer one, as its widest character is none of ASCII.
    unsafe {
        if text.len() <= 4 {
            return ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize);
        }
        let (mut count, mut widest) = (0, 0);
        for &byte in text.as_bytes() {
            count += isize::from(byte as i8 >= -0x40);
            widest = widest.max(byte);
        }
        let most = match widest {
            0xF0.. => 0x10_FFFF,
            0xC4.. => 0xFFFF,
            _ => 0xFF,
        };
        let string = ffi::PyUnicode_New(count, most);
        if string.is_null() {
            return string;
        }
        let characters = string.cast::<ffi::PyCompactUnicodeObject>().add(1);
        match most {
            0xFF => fill(characters.cast::<u8>(), text, |code| code as u8),
            0xFFFF => fill(characters.cast::<u16>(), text, |code| code as u16),
            _ => fill(characters.cast::<u32>(), text, |code| code),
        }
        string
    }
}

#[inline(always)]
unsafe fn fill<C>(characters: *mut C, text: &str, narrow: impl Fn(u32) -> C) {
    for (index, character) in text.chars().enumerate() {
        // SAFETY: the caller made room for each character of the text.
        unsafe { *characters.add(index) = narrow(u32::from(character)) };
    }
}
