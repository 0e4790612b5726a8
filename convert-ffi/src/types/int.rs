//! [`PyInt`]: integers of any size.

use pyo3_ffi as ffi;

use super::native_type;
use super::wide_int::from_128_bits;
use crate::{Bound, PyResult, PyTypeInfo, Python, gate, intern, layout};

native_type! {
    /// Python's `int`. `bool` is a subclass.
    PyInt, "int", PyLong_Type, ffi::PyLong_Check, ffi::PyLong_CheckExact
}

impl PyInt {
    /// An int (`PyLong_FromLong`, or `PyLong_FromLongLong` where it needs that).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_i64(py: Python<'_>, value: i64) -> PyResult<Bound<'_, PyInt>> {
        // SAFETY: attached; a new reference to an int or NULL with an exception.
        unsafe { Ok(gate::owned_or_err(py, layout::int::from_i64(value))?.cast_into_unchecked()) }
    }

    /// An int (`PyLong_FromUnsignedLongLong`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_u64(py: Python<'_>, value: u64) -> PyResult<Bound<'_, PyInt>> {
        if let Ok(value) = i64::try_from(value) {
            return Self::from_i64(py, value);
        }
        // SAFETY: attached; a new reference to an int or NULL with an exception.
        unsafe {
            let int = gate::owned_or_err(py, ffi::PyLong_FromUnsignedLongLong(value))?;
            Ok(int.cast_into_unchecked())
        }
    }

    /// An int of 64 bits, signed or not, for errors: little code.
    #[cold]
    #[inline(never)]
    pub(crate) fn new_rarely(py: Python<'_>, value: i128) -> PyResult<Bound<'_, super::PyAny>> {
        // SAFETY: attached; a new reference to an int or NULL with an exception.
        unsafe {
            let int = match value < 0 {
                true => ffi::PyLong_FromLongLong(value as i64),
                false => ffi::PyLong_FromUnsignedLongLong(value as u64),
            };
            gate::owned_or_err(py, int)
        }
    }

    /// An int; beyond 64 bits as [`from_words`](Self::from_words), or under the stable ABI from two
    /// halves (`PyNumber_Lshift`, `PyNumber_Or`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_i128(py: Python<'_>, value: i128) -> PyResult<Bound<'_, PyInt>> {
        match i64::try_from(value) {
            Ok(value) => Self::from_i64(py, value),
            Err(_) => from_128_bits(py, value as u128, true),
        }
    }

    /// An int; beyond 64 bits as [`from_i128`](Self::from_i128).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_u128(py: Python<'_>, value: u128) -> PyResult<Bound<'_, PyInt>> {
        match i64::try_from(value) {
            Ok(value) => Self::from_i64(py, value),
            Err(_) => from_128_bits(py, value, false),
        }
    }
}

impl<'py> Bound<'py, PyInt> {
    /// The int that is so much further (`int.__add__`). Of a subclass, from the stored value: no
    /// method is called.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn offset(&self, by: i64) -> PyResult<Bound<'py, PyInt>> {
        let py = self.py();
        if let Some(value) = self.to_i64().and_then(|value| value.checked_add(by)) {
            return PyInt::from_i64(py, value);
        }
        let by = PyInt::from_i64(py, by)?;
        if !PyInt::is_exact_type_of(self) {
            let method = PyInt::type_object(py).get_attribute(intern!(py, "__add__"))?;
            let sum = method.call_objects(&[self.as_any().clone(), by.into_any()], None)?;
            return Ok(sum.cast_into::<PyInt>()?);
        }
        // SAFETY: two live objects; a new reference or NULL with an exception.
        let sum = unsafe { gate::owned_or_err(py, ffi::PyNumber_Add(self.as_ptr(), by.as_ptr()))? };
        Ok(sum.cast_into::<PyInt>()?)
    }

    /// The value, where it fits. Of a subclass, the stored value: no method is called.
    #[inline(always)]
    pub fn to_i64(&self) -> Option<i64> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::to_i64(self.as_ptr()) }
    }

    /// The value, where it is small enough to be read at once: up to 30 bits. Elsewhere than in
    /// usual builds, never.
    #[inline(always)]
    pub fn to_small(&self) -> Option<i64> {
        // SAFETY: attached, a live int.
        unsafe { layout::int::one_digit(self.as_ptr()) }
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
