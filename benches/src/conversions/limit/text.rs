//! Text: `String`, `&str`, `Cow<str>`, `char`.

use std::borrow::Cow;
use std::mem::ManuallyDrop;
use std::{ptr, slice, str};

use super::*;

pub const STR: &Expected = &Expected(Class::Type, "a str");
const CHARACTER: &Expected = &Expected(Class::Value, "a str of one character");

/// `compact` and `ascii` of the state word.
pub const COMPACT_ASCII: u32 = 0b11 << 5;

/// The text of a str that holds it as UTF-8: it is ASCII, or somebody asked for its UTF-8 before.
#[inline(always)]
unsafe fn ready<'a>(string: Object) -> Option<&'a str> {
    // SAFETY: the caller gives a live str. The text of a compact ASCII one is behind its header;
    // any other has a field for its UTF-8, which is NULL or lives as long as the object.
    unsafe {
        let ascii = string.cast::<ffi::PyASCIIObject>();
        let (start, length) = if (*ascii).state & COMPACT_ASCII == COMPACT_ASCII {
            (ascii.add(1).cast::<u8>(), (*ascii).length)
        } else {
            let compact = string.cast::<ffi::PyCompactUnicodeObject>();
            ((*compact).utf8.cast::<u8>(), (*compact).utf8_length)
        };
        if start.is_null() {
            return None;
        }
        Some(str::from_utf8_unchecked(slice::from_raw_parts(start, length as usize)))
    }
}

/// The text, its UTF-8 left behind in the object where it was not there.
#[cold]
#[inline(never)]
unsafe fn encoded<'a>(string: Object) -> Limit<&'a str> {
    // SAFETY: the caller gives a live str and is attached; the UTF-8 lives as long as the object.
    unsafe {
        let mut length = 0;
        let start = ffi::PyUnicode_AsUTF8AndSize(string, &mut length);
        if start.is_null() {
            return wrong(RAISED, string);
        }
        Ok(str::from_utf8_unchecked(slice::from_raw_parts(start.cast(), length as usize)))
    }
}

impl FromObject for &str {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Self> {
        // SAFETY: the caller gives a live object, which lives as long as what borrows from it.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                return wrong(STR, object);
            }
            match ready(object) {
                Some(text) => Ok(text),
                None => encoded(object),
            }
        }
    }
}

impl FromObject for Cow<'_, str> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Self> {
        // SAFETY: the caller's word.
        unsafe { <&str>::from_object(object).map(Cow::Borrowed) }
    }
}

/// A `String` taken apart. Two ways of making one meet in registers so: met in memory, the result
/// is stored as three words and at once loaded as wider ones, which the processor waits for.
pub struct Parts(pub *mut u8, pub usize, pub usize);

impl Parts {
    pub fn of(bytes: Vec<u8>) -> Self {
        let mut bytes = ManuallyDrop::new(bytes);
        Parts(bytes.as_mut_ptr(), bytes.len(), bytes.capacity())
    }
}

impl FromObject for String {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<String> {
        // SAFETY: the caller gives a live object; the parts are those of a `Vec` of UTF-8.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                return wrong(STR, object);
            }
            let Parts(start, length, capacity) = match ready(object) {
                Some(text) => {
                    let mut bytes = ManuallyDrop::new(Vec::<u8>::with_capacity(text.len()));
                    ptr::copy_nonoverlapping(text.as_ptr(), bytes.as_mut_ptr(), text.len());
                    Parts(bytes.as_mut_ptr(), text.len(), text.len())
                }
                None => {
                    let mut parts = Parts(ptr::null_mut(), 0, 0);
                    if let Some(wrong) = unicode::encode(object, &mut parts) {
                        return Err(wrong);
                    }
                    parts
                }
            };
            Ok(String::from_raw_parts(start, length, capacity))
        }
    }
}

impl FromObject for char {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<char> {
        // SAFETY: the caller gives a live object; the text of a compact ASCII str is behind its
        // header.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                return wrong(STR, object);
            }
            let ascii = object.cast::<ffi::PyASCIIObject>();
            if (*ascii).length != 1 {
                return wrong(CHARACTER, object);
            }
            if (*ascii).state & COMPACT_ASCII == COMPACT_ASCII {
                return Ok(char::from(*ascii.add(1).cast::<u8>()));
            }
            match char::from_u32(ffi::PyUnicode_ReadChar(object, 0)) {
                Some(character) => Ok(character),
                None => wrong(CHARACTER, object),
            }
        }
    }
}

impl ToObject for &str {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; a new ASCII str of that length has room for the text.
        unsafe {
            // CPython keeps the only instance of the empty str and of each with one character.
            if self.len() < 2 || !self.is_ascii() {
                return unicode::decode(self);
            }
            let string = ffi::PyUnicode_New(self.len() as isize, 127);
            if !string.is_null() {
                let start = string.cast::<ffi::PyASCIIObject>().add(1).cast::<u8>();
                ptr::copy_nonoverlapping(self.as_ptr(), start, self.len());
            }
            string
        }
    }
}

impl ToObject for String {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { self.as_str().to_object() }
    }
}

impl ToObject for Cow<'_, str> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { (&**self).to_object() }
    }
}

impl ToObject for char {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; every `char` is an ordinal.
        unsafe { ffi::PyUnicode_FromOrdinal(u32::from(*self) as i32) }
    }
}
