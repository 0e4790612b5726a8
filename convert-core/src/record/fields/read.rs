//! The value of a field, in three steps: what is at hand is read in place; else the rest of the
//! dict is asked; else the object itself, by key or attribute, and by the field's other names.
//!
//! The first step has several forms, which differ in what becomes part of each struct's code. The
//! derive chooses:
//!
//! | function | in line | for a field |
//! |---|---|---|
//! | [`read_in_line`](Fields::read_in_line) | a slot, the next entry | of a struct of few fields |
//! | [`read_slot_first`](Fields::read_slot_first) | a slot | of a larger struct |
//! | [`read_entry_first`](Fields::read_entry_first) | the next entry | of a variant |
//! | [`read_or`](Fields::read_or) | the default | with a default |
//! | [`read_by`](Fields::read_by), [`read_by_or`](Fields::read_by_or) | nothing | that a function of the user's makes |
//!
//! The other steps are made once for each type of field ([`read`](Fields::read)).

use convert_ffi::types::{Field, Hand, Handed, PyAny, Source};
use convert_ffi::{Bound, ConversionError, Leaf, PyErr, PyResult, TypeHint};

use super::Fields;
use super::wrong::missing_leaves;
use crate::convert::TOKEN;
use crate::std::strict::extract_as;
use crate::{FromPyObject, FromPyObjectOwned};

impl<'py> Fields<'_, 'py> {
    /// As [`read`](Self::read), but a slot is read in line, which is little code.
    // A match, here and below: `or_else` would move the value once more.
    #[inline(always)]
    pub fn read_slot_first<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        match self.in_slot::<T, STRICT>(index, source) {
            Some(value) => Some(value),
            None => self.read::<T, STRICT>(index, source),
        }
    }

    /// As [`read`](Self::read), but what is in a slot and the next entry of a dict are read in
    /// line: for structs of few fields.
    #[inline(always)]
    pub fn read_in_line<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        match self.in_slot::<T, STRICT>(index, source) {
            Some(value) => Some(value),
            None => self.read_entry_first::<T, STRICT>(index, source),
        }
    }

    /// As [`read`](Self::read), but the next entry of a dict is read in line. That is a third
    /// faster, and much code: for the variants of an enum, of which one is read at a time.
    #[inline(always)]
    pub fn read_entry_first<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        let field = Field { source, index, names: &self.strings };
        let handed = match self.at_hand.as_entries() {
            None => return self.read::<T, STRICT>(index, source),
            Some(mut entries) => match STRICT {
                false => T::extract_at_hand(&mut entries, &self.object, field, TOKEN),
                true => entries.hold(&self.object, field),
            },
        };
        match handed {
            Handed::Read(value) => Some(value),
            Handed::Held(value) => self.make::<T, STRICT>(index, value),
            Handed::NotHere => self.read_elsewhere::<T, STRICT>(index, source),
            Handed::NotInDict => self.read_missing::<T, STRICT>(index, source, None),
            Handed::Raised(error) => self.read_missing::<T, STRICT>(index, source, Some(error)),
        }
    }

    /// A field that must be there; `None` where something is wrong. Made once for each type, not
    /// for each field: a program with many structs would be several times as large, and as slow to
    /// build.
    #[inline(never)]
    pub fn read<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        // Attributes are never at hand there, which is seen at once where it counts.
        #[cfg(Py_LIMITED_API)]
        if self.is_known_as_attribute(source) {
            let found = self.outside(index, source);
            return self.read_found::<T, STRICT>(index, source, found);
        }
        match self.next::<T, STRICT>(index, source) {
            Handed::Read(value) => Some(value),
            Handed::Held(value) => self.make::<T, STRICT>(index, value),
            Handed::NotHere => {
                if self.at_hand.is_empty_dict() && source != Source::Attribute {
                    let leaves = const { &missing_leaves(<T as FromPyObject<'py, 'py>>::EXPECTED) };
                    self.absent_from_empty_dict(index, source, leaves);
                    return None;
                }
                self.read_elsewhere::<T, STRICT>(index, source)
            }
            Handed::NotInDict => self.read_missing::<T, STRICT>(index, source, None),
            Handed::Raised(error) => self.read_missing::<T, STRICT>(index, source, Some(error)),
        }
    }

    #[inline(never)]
    fn read_elsewhere<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        let found = match self.anywhere::<T, STRICT>(index, source) {
            Handed::Read(value) => return Some(value),
            Handed::Held(value) => return self.make::<T, STRICT>(index, value),
            Handed::NotHere => self.outside(index, source),
            Handed::NotInDict => self.by_other_name(index, source),
            Handed::Raised(error) => Err(error),
        };
        self.read_found::<T, STRICT>(index, source, found)
    }

    /// A field whose own name the dict does not have, or where looking it up raised.
    #[inline(never)]
    fn read_missing<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
    ) -> Option<T> {
        let found = raised.map_or_else(|| self.by_other_name(index, source), Err);
        self.read_found::<T, STRICT>(index, source, found)
    }

    #[inline(always)]
    fn read_found<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
        found: PyResult<Option<Bound<'py, PyAny>>>,
    ) -> Option<T> {
        let leaves = const { &missing_leaves(<T as FromPyObject<'py, 'py>>::EXPECTED) };
        let value = self.present(index, source, found, leaves)?;
        let made = extract_as::<T, STRICT>(value.as_borrowed());
        self.made(index, made, value)
    }

    /// A field that has a default for when it is missing, and only then. Where another is wrong,
    /// the default is not asked for: nothing would come of it.
    #[inline(always)]
    pub fn read_or<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        match self.read_if_there::<T, STRICT>(index, source) {
            Some(value) => Some(value),
            None => self.default(default),
        }
    }

    #[inline(never)]
    fn read_if_there<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        let next = self.next::<T, STRICT>(index, source);
        let handed = match next {
            Handed::NotHere => self.anywhere::<T, STRICT>(index, source),
            next => next,
        };
        let found = match handed {
            Handed::Read(value) => return Some(value),
            Handed::Held(value) => return self.make::<T, STRICT>(index, value),
            Handed::NotHere => self.outside(index, source),
            Handed::NotInDict => self.by_other_name(index, source),
            Handed::Raised(error) => Err(error),
        };
        let value = self.if_there(index, found)?;
        self.make::<T, STRICT>(index, value)
    }

    /// The default of a field for which nothing was made, if nothing is wrong.
    #[inline(always)]
    fn default<T>(&self, default: impl FnOnce() -> T) -> Option<T> {
        self.is_right().then(default)
    }

    /// As [`read`](Self::read), with a function of the user's.
    pub fn read_by<T>(
        &mut self,
        index: usize,
        source: Source,
        make: fn(&Bound<'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Option<T> {
        const MISSING: &[Leaf; 2] = &missing_leaves(TypeHint::name("object"));
        let found = self.look_up(index, source);
        let value = self.present(index, source, found, MISSING)?;
        let made = make(&value);
        self.made(index, made, value)
    }

    /// As [`read_or`](Self::read_or), with a function of the user's.
    pub fn read_by_or<T>(
        &mut self,
        index: usize,
        source: Source,
        make: fn(&Bound<'py, PyAny>) -> Result<T, ConversionError>,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        let found = self.look_up(index, source);
        match self.if_there(index, found) {
            Some(value) => {
                let made = make(&value);
                self.made(index, made, value)
            }
            None => self.default(default),
        }
    }

    /// A field's value, of its object. Apart from where that was found, which takes fewer
    /// registers.
    #[inline(never)]
    fn make<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        value: Bound<'py, PyAny>,
    ) -> Option<T> {
        let made = extract_as::<T, STRICT>(value.as_borrowed());
        self.made(index, made, value)
    }

    /// What was made of a value, which ends here.
    #[inline(always)]
    fn made<T>(
        &mut self,
        index: usize,
        made: Result<T, ConversionError>,
        value: Bound<'py, PyAny>,
    ) -> Option<T> {
        let made = match made {
            Ok(made) => Some(made),
            Err(error) => {
                self.wrong_at(index, error, &value);
                None
            }
        };
        drop(value);
        self.look_again();
        made
    }

    /// The value of a field in a slot, if it is a plain one. Not of a strict one: it may be of a
    /// subclass.
    #[inline(always)]
    fn in_slot<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Option<T> {
        if STRICT || !self.at_hand.are_attributes() {
            return None;
        }
        let field = Field { source, index, names: &self.strings };
        let mut slots = self.at_hand.slots();
        match T::extract_at_hand(&mut slots, &self.object, field, TOKEN) {
            Handed::Read(value) => {
                self.at_hand.note_found();
                Some(value)
            }
            _ => None,
        }
    }

    /// A field where it is at hand. A strict one is held: a plain value may be of a subclass.
    #[inline(always)]
    fn next<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Handed<'py, T> {
        let field = Field { source, index, names: &self.strings };
        match STRICT {
            false => T::extract_at_hand(&mut *self.at_hand, &self.object, field, TOKEN),
            true => self.at_hand.hold(&self.object, field),
        }
    }

    /// A field that was not at hand just now, but may be elsewhere in the dict.
    #[inline(always)]
    fn anywhere<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Handed<'py, T> {
        let field = Field { source, index, names: &self.strings };
        let Some(mut entries) = self.at_hand.as_all_entries(self.tried) else {
            return Handed::NotHere;
        };
        match STRICT {
            false => T::extract_at_hand(&mut entries, &self.object, field, TOKEN),
            true => entries.hold(&self.object, field),
        }
    }
}
