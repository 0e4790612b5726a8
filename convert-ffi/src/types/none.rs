//! [`PyNone`]: `None`.

use pyo3_ffi as ffi;

use super::{PyAny, PyType};
use crate::{Borrowed, Bound, PyTypeInfo, Python, gate};

/// The type of `None`.
pub struct PyNone(());

impl PyNone {
    /// `None`.
    #[inline]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyNone> {
        // SAFETY: `None` lives as long as the interpreter.
        unsafe { gate::immortal(py, ffi::Py_None()).cast_borrowed_unchecked() }
    }
}

// SAFETY: `None` is the only object of its type, which cannot be subclassed.
unsafe impl PyTypeInfo for PyNone {
    const NAME: &'static str = "None";

    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        // SAFETY: the type of `None` lives as long as the interpreter.
        unsafe {
            let none_type = ffi::Py_TYPE(ffi::Py_None()).cast();
            gate::immortal(py, none_type).cast_borrowed_unchecked()
        }
    }

    #[inline(always)]
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        object.is_none()
    }

    #[inline(always)]
    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        object.is_none()
    }
}
