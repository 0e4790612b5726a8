//! [`PyFloat`]: double precision numbers.

use pyo3_ffi as ffi;

use super::native_type;
use crate::{Bound, PyResult, Python, gate};

native_type! {
    /// Python's `float`.
    PyFloat, "float", PyFloat_Type, ffi::PyFloat_Check, ffi::PyFloat_CheckExact
}

impl PyFloat {
    /// A float (`PyFloat_FromDouble`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new(py: Python<'_>, value: f64) -> PyResult<Bound<'_, PyFloat>> {
        // SAFETY: attached; a new reference to a float or NULL with an exception.
        unsafe { Ok(gate::owned_or_err(py, ffi::PyFloat_FromDouble(value))?.cast_into_unchecked()) }
    }
}

impl Bound<'_, PyFloat> {
    /// The value. Of a subclass, the stored value: no method is called.
    #[inline(always)]
    pub fn value(&self) -> f64 {
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a live float.
        let value = unsafe { ffi::PyFloat_AS_DOUBLE(self.as_ptr()) };
        #[cfg(Py_LIMITED_API)]
        // SAFETY: a live float: it is read, and nothing raised.
        let value = unsafe { ffi::PyFloat_AsDouble(self.as_ptr()) };
        value
    }
}
