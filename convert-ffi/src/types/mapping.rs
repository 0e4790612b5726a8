//! [`PyMapping`]: whatever has values by key.

use pyo3_ffi as ffi;

use super::abc::{Abc, yes_or_report};
use super::{PyAny, PyDict, PyList, PyType};
use crate::{Borrowed, Bound, PyResult, PyTypeInfo, Python, gate};

/// A `collections.abc.Mapping`: dicts, and every class that says it is one.
///
/// Its length, its values by key and whether it has a key: [`Bound::size`], [`Bound::get_object`],
/// [`Bound::contains_object`].
pub struct PyMapping(());

static MAPPING: Abc = Abc::new("Mapping");

// SAFETY: no memory of the object is read on the strength of this type, only its protocol used.
unsafe impl PyTypeInfo for PyMapping {
    const NAME: &'static str = "Mapping";

    /// `collections.abc.Mapping`.
    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        MAPPING.class_or_object(py)
    }

    /// As [`PyMapping::check`]; an exception is reported (`sys.unraisablehook`), and the answer no.
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        yes_or_report(object, PyMapping::check(object))
    }

    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        Self::is_type_of(object)
    }
}

impl PyMapping {
    /// Whether the object's type is a `collections.abc.Mapping`. No Python code runs for a dict.
    ///
    /// # Errors
    /// What a `__subclasshook__` raised.
    pub fn check(object: &Bound<'_, PyAny>) -> PyResult<bool> {
        if PyDict::is_type_of(object) { Ok(true) } else { MAPPING.is_type_of(object) }
    }
}

impl<'py> Bound<'py, PyMapping> {
    /// The keys, as a list (`PyMapping_Keys`).
    ///
    /// # Errors
    /// What `keys()` raised, or a `TypeError` where it gave no iterable.
    pub fn keys(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live object; a new reference to a list or NULL with an exception.
        unsafe {
            let keys = gate::owned_or_err(self.py(), ffi::PyMapping_Keys(self.as_ptr()))?;
            Ok(keys.cast_into_unchecked())
        }
    }

    /// The values, as a list (`PyMapping_Values`).
    ///
    /// # Errors
    /// What `values()` raised, or a `TypeError` where it gave no iterable.
    pub fn values(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live object; a new reference to a list or NULL with an exception.
        unsafe {
            let values = gate::owned_or_err(self.py(), ffi::PyMapping_Values(self.as_ptr()))?;
            Ok(values.cast_into_unchecked())
        }
    }

    /// The entries, as a list of what should be pairs (`PyMapping_Items`).
    ///
    /// # Errors
    /// What `items()` raised, or a `TypeError` where it gave no iterable.
    pub fn items(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live object; a new reference to a list or NULL with an exception.
        unsafe {
            let items = gate::owned_or_err(self.py(), ffi::PyMapping_Items(self.as_ptr()))?;
            Ok(items.cast_into_unchecked())
        }
    }
}
