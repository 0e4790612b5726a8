//! A field's object that is not held while a plain value is read from it.

#[cfg(direct_layouts)]
use std::ptr::NonNull;

use super::Handed;
#[cfg(direct_layouts)]
use crate::gate;
use crate::types::{Plain, PyAny};
use crate::{Borrowed, Bound};

/// An object that is not held, where no other thread can change what holds it, and reading a plain
/// value is left to no function of CPython, which may collect garbage.
#[cfg(direct_layouts)]
pub(super) type Unheld<'x, 'py> = Borrowed<'x, 'py, PyAny>;
#[cfg(not(direct_layouts))]
pub(super) type Unheld<'x, 'py> = Bound<'py, PyAny>;

/// # Safety
/// The object is alive for all of `'x`.
#[inline(always)]
pub(super) unsafe fn unheld<'x, 'py>(value: Borrowed<'_, 'py, PyAny>) -> Unheld<'x, 'py> {
    #[cfg(direct_layouts)]
    // SAFETY: the caller says that the object is alive for all of `'x`; no reference is NULL.
    return unsafe { gate::borrowed(value.py(), NonNull::new_unchecked(value.as_ptr())) };
    #[cfg(not(direct_layouts))]
    return value.to_owned();
}

/// The object, held from now on.
#[inline(always)]
pub(super) fn held<'py>(found: Unheld<'_, 'py>) -> Bound<'py, PyAny> {
    #[cfg(direct_layouts)]
    return found.to_owned();
    #[cfg(not(direct_layouts))]
    return found;
}

/// The plain value of what was found, else its object.
#[inline(always)]
pub(super) fn read_or_hold<'py, T: Plain>(found: Option<Unheld<'_, 'py>>) -> Handed<'py, T> {
    match found.as_ref().map(|found| T::read(found)) {
        Some(Some(value)) => Handed::Read(value),
        _ => hold(found),
    }
}

/// The object of what was found.
#[inline(always)]
pub(super) fn hold<'py, T>(found: Option<Unheld<'_, 'py>>) -> Handed<'py, T> {
    found.map_or(Handed::NotHere, |found| Handed::Held(held(found)))
}
