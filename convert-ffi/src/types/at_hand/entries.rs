//! [`Entries`]: the values of a dict, the next one or any.

use super::unheld::{Unheld, hold, read_or_hold, unheld};
use super::{Field, Hand, Handed, Source};
use crate::types::dict::DictCursor;
use crate::types::{Plain, PyAny, PyDict};
use crate::{Borrowed, Bound};

/// The values of a dict, from one entry to the next.
pub struct Entries<'h, 'a, 'py> {
    pub(super) entries: &'h mut DictCursor<Borrowed<'a, 'py, PyDict>>,
    pub(super) found: &'h mut bool,
}

impl<'a, 'py> Entries<'_, 'a, 'py> {
    /// All of them, where the next one is no likelier than any other.
    #[cfg(not(direct_layouts))]
    #[inline(always)]
    fn in_any_order(&mut self) -> Option<AllEntries<'_, 'a, 'py>> {
        let Entries { entries, found } = self;
        let entries = entries.is_in_any_order().then_some(Entries { entries, found })?;
        Some(AllEntries { entries, guessed: false })
    }

    /// A field's object, if it is the next entry.
    ///
    /// # Safety
    /// The object is held no longer than until Python code runs.
    #[inline(always)]
    pub(super) unsafe fn find<'x>(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
    ) -> Option<Unheld<'x, 'py>> {
        if field.source == Source::Attribute {
            return None;
        }
        let look = |value: Borrowed<'_, 'py, PyAny>| {
            // Before anything is made of the value, which then needs fewer registers.
            *self.found = true;
            // SAFETY: the dict goes on holding it until Python code runs, by the caller's word.
            unsafe { unheld(value) }
        };
        // SAFETY: keeping an address and looking up a name run no Python code.
        unsafe { self.entries.next_if(|| field.name(object.py()), look) }
    }
}

impl<'py> Hand<'py> for Entries<'_, '_, 'py> {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        #[cfg(not(direct_layouts))]
        if let Some(mut all) = self.in_any_order() {
            return all.read(object, field);
        }
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object
        // is held at once.
        read_or_hold(unsafe { self.find(object, field) })
    }

    #[inline(always)]
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        #[cfg(not(direct_layouts))]
        if let Some(mut all) = self.in_any_order() {
            return all.hold(object, field);
        }
        // SAFETY: the object is held at once.
        hold(unsafe { self.find(object, field) })
    }
}

/// The values of a dict, after the next entry was not the one that was asked for.
pub struct AllEntries<'h, 'a, 'py> {
    pub(super) entries: Entries<'h, 'a, 'py>,
    /// Whether the dict may well be meant for other fields.
    pub(super) guessed: bool,
}

impl<'py> AllEntries<'_, '_, 'py> {
    /// What `make` makes of a field's object.
    ///
    /// # Safety
    /// `make` holds the object no longer than until Python code runs.
    #[inline(always)]
    unsafe fn find<T>(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        make: impl FnOnce(Option<Unheld<'_, 'py>>) -> Handed<'py, T>,
    ) -> Handed<'py, T> {
        let Entries { entries, found } = &mut self.entries;
        let is_guess = self.guessed && !**found;
        if field.source == Source::Attribute {
            return Handed::NotHere;
        }
        let look = |value: Borrowed<'_, 'py, PyAny>| {
            **found = true;
            // SAFETY: the dict goes on holding it until Python code runs, by the caller's word.
            unsafe { unheld(value) }
        };
        let name = field.name(object.py());
        // SAFETY: keeping an address runs no Python code.
        let found = unsafe {
            if is_guess { entries.find_first(name, look) } else { entries.find(name, look) }
        };
        match found {
            Ok(None) => Handed::NotInDict,
            Ok(value) => make(value),
            Err(error) => Handed::Raised(error),
        }
    }
}

impl<'py> Hand<'py> for AllEntries<'_, '_, 'py> {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object
        // is held at once.
        unsafe { self.find(object, field, read_or_hold) }
    }

    #[inline(always)]
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        // SAFETY: the object is held at once.
        unsafe { self.find(object, field, hold) }
    }
}
