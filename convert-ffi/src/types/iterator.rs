//! [`PyIterator`]: Python's iterator protocol as a Rust iterator.

use pyo3_ffi as ffi;

use super::{PyAny, PyType};
use crate::{Borrowed, Bound, PyResult, PyTypeInfo, Python, gate};

/// Anything with `__next__`.
pub struct PyIterator(());

// SAFETY: no memory of the object is read on the strength of this type, only its protocol used.
unsafe impl PyTypeInfo for PyIterator {
    const NAME: &'static str = "Iterator";

    /// `object`: there is no type of all iterators.
    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        PyAny::type_object(py)
    }

    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyIter_Check(object.as_ptr()) != 0 }
    }

    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        Self::is_type_of(object)
    }
}

impl<'py> Iterator for Bound<'py, PyIterator> {
    type Item = PyResult<Bound<'py, PyAny>>;

    /// The next item, or what `__next__` raised (`PyIter_Next`).
    fn next(&mut self) -> Option<Self::Item> {
        let py = self.py();
        // SAFETY: a live iterator; a new reference, or NULL with or without an exception.
        match unsafe { gate::owned_or_none(py, ffi::PyIter_Next(self.as_ptr())) } {
            Some(item) => Some(Ok(item)),
            None => py.take_error().map(Err),
        }
    }
}
