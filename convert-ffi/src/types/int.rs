//! [`PyInt`]: integers of any size.

use pyo3_ffi as ffi;

use super::native_type;
use crate::{Bound, PyResult, Python, gate, intern, layout};

native_type! {
    /// Python's `int`. `bool` is a subclass.
    PyInt, "int", PyLong_Type, ffi::PyLong_Check, ffi::PyLong_CheckExact
}

impl PyInt {
    /// An int (`PyLong_FromLongLong`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_i64(py: Python<'_>, value: i64) -> PyResult<Bound<'_, PyInt>> {
        // SAFETY: attached; a new reference to an int or NULL with an exception.
        unsafe {
            Ok(gate::owned_or_err(py, ffi::PyLong_FromLongLong(value))?.cast_into_unchecked())
        }
    }

    /// An int (`PyLong_FromUnsignedLongLong`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_u64(py: Python<'_>, value: u64) -> PyResult<Bound<'_, PyInt>> {
        // SAFETY: attached; a new reference to an int or NULL with an exception.
        unsafe {
            let int = gate::owned_or_err(py, ffi::PyLong_FromUnsignedLongLong(value))?;
            Ok(int.cast_into_unchecked())
        }
    }

    /// An int; beyond 64 bits it is put together from two halves.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_i128(py: Python<'_>, value: i128) -> PyResult<Bound<'_, PyInt>> {
        match i64::try_from(value) {
            Ok(value) => Self::from_i64(py, value),
            Err(_) => join(&Self::from_i64(py, (value >> 64) as i64)?, value as u64),
        }
    }

    /// An int; beyond 64 bits it is put together from two halves.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_u128(py: Python<'_>, value: u128) -> PyResult<Bound<'_, PyInt>> {
        match u64::try_from(value) {
            Ok(value) => Self::from_u64(py, value),
            Err(_) => join(&Self::from_u64(py, (value >> 64) as u64)?, value as u64),
        }
    }
}

/// `high << 64 | low`, of exact ints.
fn join<'py>(high: &Bound<'py, PyInt>, low: u64) -> PyResult<Bound<'py, PyInt>> {
    let py = high.py();
    let shift = PyInt::from_i64(py, 64)?;
    let low = PyInt::from_u64(py, low)?;
    // SAFETY: exact ints, whose operators give new references to ints or NULL with an exception.
    unsafe {
        let high = gate::owned_or_err(py, ffi::PyNumber_Lshift(high.as_ptr(), shift.as_ptr()))?;
        let int = gate::owned_or_err(py, ffi::PyNumber_Or(high.as_ptr(), low.as_ptr()))?;
        Ok(int.cast_into_unchecked())
    }
}

impl Bound<'_, PyInt> {
    /// The value, where it fits. Of a subclass, the stored value: no method is called.
    #[inline(always)]
    pub fn to_i64(&self) -> Option<i64> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::to_i64(self.as_ptr()) }
    }

    /// The value, where it fits.
    #[inline]
    pub fn to_u64(&self) -> Option<u64> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::to_u64(self.as_ptr()) }
    }

    /// The value, where it fits.
    #[inline]
    pub fn to_i128(&self) -> Option<i128> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::to_i128(self.as_ptr()) }
    }

    /// The value, where it fits.
    #[inline]
    pub fn to_u128(&self) -> Option<u128> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::to_u128(self.as_ptr()) }
    }

    /// How many bits its magnitude has, for messages (`int.bit_length`); 0 where that raises.
    pub fn bits(&self) -> u64 {
        let length = self
            .get_attribute(intern!(self.py(), "bit_length"))
            .and_then(|method| method.call_objects(&[], None))
            .and_then(|bits| Ok(bits.cast_into::<PyInt>()?));
        length.ok().and_then(|bits| bits.to_u64()).unwrap_or(0)
    }
}
