//! The UTF-8 text of a `str`, where it lies ready in the object.
//!
//! PEP 393: a compact ASCII string is its own UTF-8, right behind the header; any other may have
//! its UTF-8 cached (`PyUnicode_AsUTF8AndSize` leaves it there).

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
