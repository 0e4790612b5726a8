//! [`PyBytes`]: immutable bytes.

use pyo3_ffi as ffi;

use super::native_type;
use crate::{Borrowed, Bound, PyResult, Python, gate};

native_type! {
    /// Python's `bytes`.
    PyBytes, "bytes", PyBytes_Type, ffi::PyBytes_Check, ffi::PyBytes_CheckExact
}

impl PyBytes {
    /// A bytes object (`PyBytes_FromStringAndSize`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        // SAFETY: attached; a slice of that length; a new reference or NULL with an exception.
        unsafe {
            let object = ffi::PyBytes_FromStringAndSize(bytes.as_ptr().cast(), bytes.len() as _);
            Ok(gate::owned_or_err(py, object)?.cast_into_unchecked())
        }
    }
}

impl<'a> Borrowed<'a, '_, PyBytes> {
    /// The bytes, for as long as somebody keeps the object.
    #[inline]
    pub fn to_slice(self) -> &'a [u8] {
        // SAFETY: attached, a live bytes object, kept for `'a` by whom this borrows from; its
        // bytes never change.
        unsafe {
            let start = ffi::PyBytes_AsString(self.as_ptr()).cast::<u8>();
            std::slice::from_raw_parts(start, ffi::PyBytes_Size(self.as_ptr()) as usize)
        }
    }
}

impl Bound<'_, PyBytes> {
    /// The bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.as_borrowed().to_slice()
    }
}
