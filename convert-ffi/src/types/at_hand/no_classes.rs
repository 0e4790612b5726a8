//! In place of `classes.rs`, where classes cannot be seen through: none is ever known.

use std::convert::Infallible;

use crate::types::{PyAny, PyDict, PyString};
use crate::{Borrowed, Bound, Py};

/// None: where classes cannot be seen through.
#[derive(Debug, Default)]
pub struct KnownClasses(());

/// There is none.
#[derive(Debug, Clone, Copy)]
pub struct KnownClass(Infallible);

/// There is none, either.
#[expect(dead_code, reason = "named where classes are known, and never made here")]
pub enum Place {
    Slot(Infallible),
    Instance,
    Unknown,
}

impl KnownClasses {
    /// None.
    pub const fn new() -> Self {
        KnownClasses(())
    }

    #[inline(always)]
    pub(super) fn get(&'static self, _object: &Bound<'_, PyAny>) -> Option<&'static KnownClass> {
        None
    }

    #[inline(always)]
    pub(super) fn of(
        &'static self,
        _object: &Bound<'_, PyAny>,
        _names: &[Py<PyString>],
    ) -> Option<&'static KnownClass> {
        None
    }
}

impl KnownClass {
    pub(super) fn is_known_of(&self, _object: &Bound<'_, PyAny>) -> bool {
        match self.0 {}
    }

    pub(super) fn place(&self, _index: usize) -> Place {
        match self.0 {}
    }

    pub(super) fn has_namespace(&self) -> bool {
        match self.0 {}
    }

    pub(super) fn namespace<'py>(&self, _object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
        match self.0 {}
    }

    /// # Safety
    /// None: there are no slots.
    pub(super) unsafe fn slot<'py, T>(
        &self,
        _object: &Bound<'py, PyAny>,
        offset: Infallible,
        _look: impl FnOnce(Borrowed<'_, 'py, PyAny>) -> T,
    ) -> Option<T> {
        match offset {}
    }
}
