//! [`PyComplex`]: complex numbers.

use pyo3_ffi as ffi;

use super::native_type;
use crate::{Bound, PyResult, Python, gate};

native_type! {
    /// Python's `complex`.
    PyComplex, "complex", PyComplex_Type, ffi::PyComplex_Check, ffi::PyComplex_CheckExact
}

impl PyComplex {
    /// A complex number (`PyComplex_FromDoubles`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_doubles(py: Python<'_>, real: f64, imag: f64) -> PyResult<Bound<'_, PyComplex>> {
        // SAFETY: attached; a new reference to a complex or NULL with an exception.
        unsafe {
            let complex = gate::owned_or_err(py, ffi::PyComplex_FromDoubles(real, imag))?;
            Ok(complex.cast_into_unchecked())
        }
    }
}

impl Bound<'_, PyComplex> {
    /// The real part (`PyComplex_RealAsDouble`). Of a subclass, the stored value: no method is
    /// called.
    #[inline]
    pub fn real(&self) -> f64 {
        // SAFETY: attached, a live complex: it is read, and nothing raised.
        unsafe { ffi::PyComplex_RealAsDouble(self.as_ptr()) }
    }

    /// The imaginary part (`PyComplex_ImagAsDouble`). Of a subclass, the stored value: no method is
    /// called.
    #[inline]
    pub fn imag(&self) -> f64 {
        // SAFETY: attached, a live complex: it is read, and nothing raised.
        unsafe { ffi::PyComplex_ImagAsDouble(self.as_ptr()) }
    }
}
