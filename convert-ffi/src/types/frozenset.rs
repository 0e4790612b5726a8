//! [`PyFrozenSet`]: distinct objects in no order, for good.

use std::ptr;

use pyo3_ffi as ffi;

use super::{PyAny, native_type, set};
use crate::{Borrowed, Bound, ConversionError, PyResult, Python, gate};

native_type! {
    /// Python's `frozenset`.
    PyFrozenSet, "frozenset", PyFrozenSet_Type, ffi::PyFrozenSet_Check, ffi::PyFrozenSet_CheckExact
}

impl PyFrozenSet {
    /// `frozenset()` (`PyFrozenSet_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyFrozenSet>> {
        // SAFETY: attached; a new reference to a frozenset or NULL with an exception.
        unsafe {
            let set = gate::owned_or_err(py, ffi::PyFrozenSet_New(ptr::null_mut()))?;
            Ok(set.cast_into_unchecked())
        }
    }

    /// A frozenset of these objects (`PySet_Add`, which fills frozensets that nobody has seen).
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn from_objects<'py>(
        py: Python<'py>,
        objects: impl IntoIterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyFrozenSet>> {
        let set = Self::empty(py)?;
        // SAFETY: made here, and of its own: `PyFrozenSet_New` gives no shared empty one.
        unsafe { set::fill(&set, objects)? }
        Ok(set)
    }
}

impl<'py> Bound<'py, PyFrozenSet> {
    /// How many items it has (`PySet_Size`).
    #[inline]
    pub fn len(&self) -> usize {
        set::len(self)
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the object is an item (`PySet_Contains`). A subclass's own `__contains__` is not
    /// asked.
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn contains_object(&self, object: &Bound<'py, PyAny>) -> PyResult<bool> {
        set::contains(self, object)
    }

    /// Visits each item, holding it meanwhile. A subclass's own `__iter__` is not asked.
    ///
    /// # Errors
    /// The first error of `each`; a `RuntimeError` where items are added meanwhile: the garbage
    /// collector shows frozensets that are still being made.
    pub fn walk<E: From<ConversionError>>(
        &self,
        each: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        set::walk(self, each)
    }
}
