//! [`PyByteArray`]: bytes that may change.

use std::{ptr, slice};

use pyo3_ffi as ffi;

use super::{PyAny, native_type, to_size};
use crate::exceptions::PyValueError;
#[cfg(Py_GIL_DISABLED)]
use crate::sync::CriticalSection;
use crate::{Bound, PyResult, Python, gate};

native_type! {
    /// Python's `bytearray`.
    ///
    /// Its bytes are copied in and out, and never lent: any Python code, and so almost any call,
    /// may change or free them.
    PyByteArray, "bytearray", PyByteArray_Type, ffi::PyByteArray_Check, ffi::PyByteArray_CheckExact
}

impl PyByteArray {
    /// A bytearray (`PyByteArray_FromStringAndSize`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyByteArray>> {
        // SAFETY: attached; a slice of that length; a new reference or NULL with an exception.
        unsafe {
            let start = bytes.as_ptr().cast();
            let object = ffi::PyByteArray_FromStringAndSize(start, bytes.len() as _);
            Ok(gate::owned_or_err(py, object)?.cast_into_unchecked())
        }
    }

    /// A bytearray of that length, all zeros until `fill` has written to it. Python code sees it
    /// when it is done.
    ///
    /// # Errors
    /// `MemoryError`, or that of `fill`.
    pub fn new_with<'py>(
        py: Python<'py>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let size = to_size(length)?;
        // SAFETY: attached, a size; a new reference or NULL with an exception. The object has that
        // many bytes, zeroed before they are lent; nobody else has seen it (the garbage collector
        // does not know of bytearrays), and it is held beyond `fill`.
        unsafe {
            let object = ffi::PyByteArray_FromStringAndSize(ptr::null(), size);
            let object = gate::owned_or_err(py, object)?;
            let start = ffi::PyByteArray_AsString(object.as_ptr()).cast::<u8>();
            ptr::write_bytes(start, 0, length);
            fill(slice::from_raw_parts_mut(start, length))?;
            Ok(object.cast_into_unchecked())
        }
    }

    /// `bytearray(object)`: of what has a buffer, of integers, or of zeros, as many as the int says
    /// (`PyByteArray_FromObject`).
    ///
    /// # Errors
    /// `TypeError` where the object gives no bytes, or what asking it raised.
    pub fn from_object<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyByteArray>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        let made = unsafe {
            gate::owned_or_err(object.py(), ffi::PyByteArray_FromObject(object.as_ptr()))?
        };
        Ok(made.cast_into()?)
    }
}

impl Bound<'_, PyByteArray> {
    /// How many bytes it has now (`PyByteArray_Size`).
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: attached, a live bytearray: the function does not fail.
        unsafe { ffi::PyByteArray_Size(self.as_ptr()) as usize }
    }

    /// Whether it is empty now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the bytes (`PyByteArray_AsString`).
    pub fn to_vec(&self) -> Vec<u8> {
        #[cfg(Py_GIL_DISABLED)]
        let _section = CriticalSection::begin(self);
        // SAFETY: attached, a live bytearray, which has that many bytes until Python code runs,
        // or another thread: neither does before they are copied.
        unsafe {
            let start = ffi::PyByteArray_AsString(self.as_ptr()).cast::<u8>();
            slice::from_raw_parts(start, self.len()).to_vec()
        }
    }

    /// Overwrites all bytes.
    ///
    /// # Errors
    /// `ValueError` unless there are as many.
    pub fn copy_from_slice(&self, bytes: &[u8]) -> PyResult<()> {
        #[cfg(Py_GIL_DISABLED)]
        let _section = CriticalSection::begin(self);
        if bytes.len() != self.len() {
            return Err(PyValueError::new_err("the bytearray and the bytes differ in length"));
        }
        // SAFETY: attached, a live bytearray, which has that many bytes: no Python code ran since
        // they were counted.
        unsafe {
            let start = ffi::PyByteArray_AsString(self.as_ptr()).cast::<u8>();
            ptr::copy(bytes.as_ptr(), start, bytes.len());
        }
        Ok(())
    }

    /// Changes the length (`PyByteArray_Resize`). New bytes may have any value.
    ///
    /// # Errors
    /// `BufferError` while a `memoryview` or another buffer shows the bytes; `MemoryError`.
    pub fn resize(&self, length: usize) -> PyResult<()> {
        let size = to_size(length)?;
        // SAFETY: attached, a live bytearray, a size.
        gate::done_or_err(self.py(), unsafe { ffi::PyByteArray_Resize(self.as_ptr(), size) })
    }
}
