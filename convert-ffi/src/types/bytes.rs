//! [`PyBytes`]: immutable bytes.

use std::mem::MaybeUninit;
use std::{ptr, slice};

use pyo3_ffi as ffi;

use super::{native_type, to_size};
use crate::{Borrowed, Bound, PyResult, Python, gate, layout};

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

    /// A bytes object of that length, all zeros until `fill` has written to it. Python code sees it
    /// when it is done.
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::{Python, types::PyBytes};
    /// Python::attach(|py| {
    ///     let fill = |bytes: &mut [u8]| {
    ///         bytes[..2].copy_from_slice(b"ab");
    ///         Ok(())
    ///     };
    ///     assert_eq!(PyBytes::new_with(py, 3, fill).unwrap().as_bytes(), b"ab\0");
    /// });
    /// ```
    ///
    /// # Errors
    /// `MemoryError` (`OverflowError` for a length near that of all memory), or that of `fill`.
    pub fn new_with<'py>(
        py: Python<'py>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let size = to_size(length)?;
        // SAFETY: attached, a size; a new reference or NULL with an exception. The object has that
        // many bytes, zeroed before they are lent; nobody else has seen it (the garbage collector
        // does not know of bytes, and only the empty one is shared), and it is held beyond `fill`.
        unsafe {
            let object = ffi::PyBytes_FromStringAndSize(ptr::null(), size);
            let object = gate::owned_or_err(py, object)?;
            let start = ffi::PyBytes_AsString(object.as_ptr()).cast::<u8>();
            ptr::write_bytes(start, 0, length);
            fill(slice::from_raw_parts_mut(start, length))?;
            Ok(object.cast_into_unchecked())
        }
    }
}

impl PyBytes {
    /// A bytes object of what an iterator gives, written where it is to stay.
    ///
    /// # Errors
    /// `MemoryError`.
    ///
    /// # Panics
    /// Where the iterator gives fewer than it announced.
    #[inline]
    pub fn from_iter<'py>(
        py: Python<'py>,
        bytes: impl ExactSizeIterator<Item = u8>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let length = bytes.len();
        // SAFETY: attached; without bytes to copy, the function makes an object of that length, or
        // gives NULL with an exception.
        let object: Bound<'py, PyBytes> = unsafe {
            let object = ffi::PyBytes_FromStringAndSize(std::ptr::null(), length as _);
            gate::owned_or_err(py, object)?.cast_into_unchecked()
        };
        // The shared objects of one byte or none are not written to.
        if length < 2 {
            return PyBytes::new(py, &bytes.take(1).collect::<Vec<u8>>());
        }
        // SAFETY: the object has room for `length` bytes, and nobody has seen it.
        let places = unsafe {
            let start = ffi::PyBytes_AsString(object.as_ptr()).cast::<MaybeUninit<u8>>();
            slice::from_raw_parts_mut(start, length)
        };
        let filled = fill(places, bytes);
        assert_eq!(filled, length, "an ExactSizeIterator gave fewer items than it announced");
        Ok(object)
    }
}

impl<'a> Borrowed<'a, '_, PyBytes> {
    /// The bytes, for as long as somebody keeps the object.
    #[inline]
    pub fn to_slice(self) -> &'a [u8] {
        // SAFETY: attached, a live bytes object, kept for `'a` by whom this borrows from.
        unsafe { layout::bytes::content(self.as_ptr()) }
    }
}

/// Fills the places with the bytes there are, and says how many. Not inlined: that nobody else has
/// these places the compiler knows of an argument only, and then copies what lies in a row at once.
#[inline(never)]
fn fill(places: &mut [MaybeUninit<u8>], bytes: impl Iterator<Item = u8>) -> usize {
    places.iter_mut().zip(bytes).map(|(place, byte)| place.write(byte)).count()
}

impl Bound<'_, PyBytes> {
    /// The bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.as_borrowed().to_slice()
    }
}
