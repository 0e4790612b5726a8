//! Exceptions: put together without `PyErr_Format`, which takes longer than all the rest.

use pyo3_ffi as ffi;

/// Raises a `TypeError` whose message is the parts, as far as there is room. Nothing, for the
/// caller to return.
///
/// # Safety
/// Attached.
#[cold]
#[inline(never)]
pub unsafe fn raise<T>(parts: &[&[u8]]) -> Option<T> {
    let mut buffer = [0; 256];
    let mut length = 0;
    for part in parts {
        let part = &part[..part.len().min(buffer.len() - length)];
        buffer[length..length + part.len()].copy_from_slice(part);
        length += part.len();
    }
    // SAFETY: attached; the message is a new reference, or NULL with an exception.
    unsafe {
        let message = ffi::PyUnicode_FromStringAndSize(buffer.as_ptr().cast(), length as isize);
        if !message.is_null() {
            ffi::PyErr_SetObject(ffi::PyExc_TypeError, message);
            ffi::Py_DECREF(message);
        }
    }
    None
}

pub fn plural(count: usize) -> &'static [u8] {
    if count == 1 { b"" } else { b"s" }
}
