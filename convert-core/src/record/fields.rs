//! [`Fields`]: the values of an object, by key or attribute, one after the other.

use std::mem::ManuallyDrop;

use convert_ffi::names::nearest;
use convert_ffi::types::{AtHand, Field, Hand, Handed, PyAny, PyDict, PyString, Source};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Py, PyErr, PyResult, Segment, TypeHint};

use super::Names;
use super::names::Table;
use super::place::{attribute, has_keys, is_read_as_dict, item, keys};
use crate::convert::TOKEN;
use crate::std::strict::extract_as;
use crate::{FromPyObject, FromPyObjectOwned};
use convert_ffi::container::Wrong;

/// The fields of one Python object, read in order.
///
/// What is wrong is kept until the end, and the remaining fields are read nevertheless, so that all
/// that is wrong is known: the code of each struct has one branch, whether all were right.
pub struct Fields<'a, 'py> {
    pub(super) object: Borrowed<'a, 'py, PyAny>,
    /// What is at hand: the entries of a dict whose class has no `__getitem__` of its own; the
    /// attributes of an object, if it is known where instances of its class keep them.
    at_hand: ManuallyDrop<AtHand<'a, 'py>>,
    pub(super) table: &'static Table,
    pub(super) strings: &'static [Py<PyString>],
    wrong_type: &'static Leaf,
    /// Whether the object is read by key, once that was asked.
    by_key: Option<bool>,
    /// Whether nothing more is read.
    stopped: bool,
    pub(super) wrong: ManuallyDrop<Wrong>,
    /// Whether another type is tried if this one does not fit.
    tried: bool,
}

/// Mostly there is nothing to drop, which is seen in place; else it is done elsewhere.
impl Drop for Fields<'_, '_> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.at_hand.holds_something() || !self.wrong.is_empty() {
            self.let_go();
        }
    }
}

impl<'a, 'py> Fields<'a, 'py> {
    /// The fields of `object`, before [`begin`](Self::begin). Who reads them watches the depth.
    ///
    /// Where the type is only `tried`, nothing is read after a field that is missing, and the error does
    /// not tell which: see [`lets_go_on`](super::lets_go_on).
    #[inline(always)]
    pub fn of<const N: usize>(
        object: Borrowed<'a, 'py, PyAny>,
        names: &'static Names<N>,
        wrong_type: &'static Leaf,
        tried: bool,
    ) -> Self {
        Fields {
            object,
            at_hand: ManuallyDrop::new(match object.try_cast_exact_borrowed::<PyDict>() {
                Some(dict) => AtHand::entries(dict),
                None => AtHand::nothing(),
            }),
            table: &names.table,
            strings: names.strings(object.py()),
            wrong_type,
            by_key: None,
            stopped: false,
            wrong: ManuallyDrop::default(),
            tried,
        }
    }

    /// Drops what there is, and leaves nothing.
    #[cold]
    #[inline(never)]
    fn let_go(&mut self) {
        self.at_hand.forget();
        *self.wrong = Wrong::default();
    }

    /// Whether the object is one that may have the fields. Strictly, it is an exact dict.
    #[inline(always)]
    pub fn begin<const STRICT: bool>(&mut self) -> bool {
        match self.dict() {
            Some(_) => true,
            None if STRICT => self.stop(),
            None => self.begin_other(),
        }
    }

    #[inline(never)]
    fn begin_other(&mut self) -> bool {
        if self.at_hand.begin_with_attributes(&self.object, &self.table.classes) {
            self.by_key = Some(false);
            return true;
        }
        self.begin_unknown()
    }

    #[inline(never)]
    fn begin_unknown(&mut self) -> bool {
        let object = self.object;
        match object.try_cast_borrowed::<PyDict>().map(|dict| (dict, is_read_as_dict(&object))) {
            Some((dict, Ok(true))) => self.at_hand.go_on_with_entries(dict),
            Some((_, Ok(false))) => {}
            Some((_, Err(error))) => {
                self.add(error.into());
                return self.stop();
            }
            None if self.table.is_foreign_to(&object, self.strings) => return self.stop(),
            None => {
                self.at_hand.go_on_with_attributes(&object, &self.table.classes, self.strings);
                let has_no_keys = self.at_hand.are_attributes() || !object.is_mapping();
                self.by_key = has_no_keys.then_some(false);
            }
        }
        true
    }

    /// Reads nothing more.
    fn stop(&mut self) -> bool {
        self.stopped = true;
        self.at_hand.forget();
        false
    }

    /// Goes on with other names, from where it is.
    #[inline]
    pub fn turn_to<const N: usize>(&mut self, names: &'static Names<N>) {
        self.table = &names.table;
        self.strings = names.strings(self.object.py());
        if self.at_hand.are_attributes() {
            let object = &self.object;
            self.at_hand.go_on_with_attributes(object, &self.table.classes, self.strings);
        }
    }

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

    /// As [`read`](Self::read), but what is in a slot and the next entry of a dict are read in line: for
    /// structs of few fields.
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

    /// As [`read`](Self::read), but the next entry of a dict is read in line. That is a third faster,
    /// and much code: for the variants of an enum, of which one is read at a time.
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
            Handed::Nothing => self.read_elsewhere::<T, STRICT>(index, source),
            Handed::Missing => self.read_missing::<T, STRICT>(index, source, None),
            Handed::Raised(error) => self.read_missing::<T, STRICT>(index, source, Some(error)),
        }
    }

    /// A field that must be there; `None` where something is wrong. Made once for each type, not for
    /// each field: a program with many structs would be several times as large, and as slow to build.
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
            Handed::Nothing => {
                if self.at_hand.is_empty_dict() && source != Source::Attribute {
                    let leaves = const { &missing_leaves(<T as FromPyObject<'py, 'py>>::EXPECTED) };
                    self.absent_from_empty_dict(index, source, leaves);
                    return None;
                }
                self.read_elsewhere::<T, STRICT>(index, source)
            }
            Handed::Missing => self.read_missing::<T, STRICT>(index, source, None),
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
            Handed::Nothing => self.outside(index, source),
            Handed::Missing => self.by_other_name(index, source),
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

    /// A field's value, of its object. Apart from where that was found, which takes fewer registers.
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

    /// Whether attributes are where they were: making a value, its end or looking for one may have run
    /// any code.
    #[inline(always)]
    pub(super) fn look_again(&mut self) {
        if self.at_hand.are_attributes() {
            self.forget_unless_current();
        }
    }

    #[inline(never)]
    fn forget_unless_current(&mut self) {
        if !self.at_hand.is_current(&self.object) {
            self.at_hand.forget();
        }
    }

    /// A field that has a default for when it is missing, and only then. Where another is wrong, the
    /// default is not asked for: nothing would come of it.
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
            Handed::Nothing => self.anywhere::<T, STRICT>(index, source),
            next => next,
        };
        let found = match handed {
            Handed::Read(value) => return Some(value),
            Handed::Held(value) => return self.make::<T, STRICT>(index, value),
            Handed::Nothing => self.outside(index, source),
            Handed::Missing => self.by_other_name(index, source),
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

    /// Whether nothing is wrong so far.
    fn is_right(&self) -> bool {
        !self.stopped && self.wrong.is_empty()
    }

    /// Whether nothing more is read.
    #[inline(always)]
    pub fn has_stopped(&self) -> bool {
        self.stopped
    }

    #[cold]
    #[inline(never)]
    fn wrong_at(&mut self, index: usize, error: ConversionError, value: &Bound<'py, PyAny>) {
        self.add_inside(index, error.of(value.as_borrowed()));
    }

    /// Adds what is wrong with a field, whose place the error does not tell yet.
    #[cold]
    fn add_inside(&mut self, index: usize, error: ConversionError) {
        let added = self.wrong.add_inside(error, self.table.place(index));
        self.stop_unless(added);
    }

    /// Adds that a field is missing.
    #[inline]
    fn add_missing(&mut self, index: usize, leaf: &'static Leaf, by_key: bool) {
        if !self.wrong.is_empty() || !self.at_hand.has_found() {
            // With two missing, or the first, that costs less than comparing what comes next.
            self.at_hand.go_on_in_any_order();
        }
        let dict = self.at_hand.dict().filter(|_| by_key);
        let added = self.wrong.add_missing(leaf, self.table, index, dict);
        self.stop_unless(added);
    }

    /// Adds what is wrong with a field.
    #[cold]
    #[inline(never)]
    pub(super) fn add(&mut self, error: ConversionError) {
        let added = self.wrong.add(error);
        self.stop_unless(added);
    }

    #[inline(always)]
    fn stop_unless(&mut self, added: Result<(), ConversionError>) {
        if let Err(all) = added {
            *self.wrong = Wrong::from(all);
            self.stop();
        }
    }

    /// The error of the whole, where something was wrong. An object that has no keys and not one of
    /// the attributes is of the wrong type.
    #[cold]
    #[inline(never)]
    pub fn failed(&mut self) -> ConversionError {
        let Err(error) = std::mem::take(&mut *self.wrong).or(()) else {
            return ConversionError::new(self.wrong_type);
        };
        if error.is_lacking() {
            // Bare, as who tries another type tells it by its address.
            return error;
        }
        let is_apt = self.at_hand.has_found() || self.dict().is_some();
        if is_apt || !(error.is_missing() || error.is_mismatch()) {
            return error.within(self.table.owner);
        }
        match has_keys(&self.object) {
            Ok(true) => error.within(self.table.owner),
            Ok(false) => ConversionError::new(self.wrong_type),
            Err(error) => error.into(),
        }
    }

    /// Where all fields may be missing, whether the object is one to read them from: it has keys,
    /// if any field is read by key, or one of the attributes.
    pub fn is_apt(&mut self, by_key: bool) -> bool {
        if !self.is_right() || self.at_hand.has_found() || by_key && self.dict().is_some() {
            return true;
        }
        match has_keys(&self.object) {
            Ok(true) if by_key => true,
            Ok(_) => self.stop(),
            Err(error) => {
                self.add(error.into());
                false
            }
        }
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
            return Handed::Nothing;
        };
        match STRICT {
            false => T::extract_at_hand(&mut entries, &self.object, field, TOKEN),
            true => entries.hold(&self.object, field),
        }
    }

    /// Which of the strings a field is, where it is at hand and that very object; else its object.
    #[inline(always)]
    pub(super) fn choose(
        &mut self,
        index: usize,
        source: Source,
        strings: &[Py<PyString>],
    ) -> Handed<'py, usize> {
        let field = Field { source, index, names: &self.strings };
        self.at_hand.choose(&self.object, field, strings)
    }

    /// The object, if it is a dict whose class has no `__getitem__` of its own.
    pub(super) fn dict(&self) -> Option<&Bound<'py, PyDict>> {
        self.at_hand.dict()
    }

    /// What looking for a field raised.
    #[cold]
    pub(super) fn raised_at(&self, index: usize, error: PyErr) -> ConversionError {
        ConversionError::from(error).inside(self.table.place(index))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn at(
        &self,
        index: usize,
        error: ConversionError,
        value: &Bound<'py, PyAny>,
    ) -> ConversionError {
        error.at(self.table.place(index), value.as_borrowed())
    }

    /// What was found of a field, which must be there.
    #[inline(always)]
    fn present(
        &mut self,
        index: usize,
        source: Source,
        found: PyResult<Option<Bound<'py, PyAny>>>,
        leaves: &'static [Leaf; 2],
    ) -> Option<Bound<'py, PyAny>> {
        match found {
            Ok(Some(value)) => Some(value),
            missing => {
                self.absent(index, source, missing.err(), leaves);
                None
            }
        }
    }

    /// Whether it was enough to say that something is missing: where another type is tried, it need not
    /// be told what.
    #[inline(always)]
    fn lacks(&mut self) -> bool {
        let is_enough = self.tried && self.is_right();
        if is_enough {
            self.stop();
            *self.wrong = Wrong::from(ConversionError::lacking());
        }
        is_enough
    }

    /// Adds that a field is missing, or what looking for it raised.
    #[cold]
    #[inline(never)]
    fn absent(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
        leaves: &'static [Leaf; 2],
    ) {
        if raised.is_none() && self.lacks() {
            return;
        }
        // Of several in a row the later ones cost a few instructions each.
        if raised.is_none()
            && let Some(by_key) = self.known_by_key(source)
            && let dict = self.at_hand.dict().filter(|_| by_key)
            && self.wrong.join_missing(missing(leaves, by_key), self.table, index, dict)
        {
            return;
        }
        self.absent_in_full(index, source, raised, leaves);
    }

    /// The same where a dict was just seen to be empty.
    #[cold]
    #[inline(never)]
    fn absent_from_empty_dict(&mut self, index: usize, source: Source, leaves: &'static [Leaf; 2]) {
        if !self.lacks() && !self.wrong.join_missing(missing(leaves, true), self.table, index, None)
        {
            self.absent_in_full(index, source, None, leaves);
        }
    }

    #[cold]
    #[inline(never)]
    fn absent_in_full(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
        leaves: &'static [Leaf; 2],
    ) {
        if self.stopped {
            return;
        }
        let by_key = match raised {
            None => self.is_read_by_key(source),
            Some(error) => Err(error),
        };
        match by_key {
            Ok(by_key) => self.add_missing(index, missing(leaves, by_key), by_key),
            Err(error) => self.add_inside(index, error.into()),
        }
    }

    /// What was found of a field, which may be missing.
    #[inline(always)]
    fn if_there(
        &mut self,
        index: usize,
        found: PyResult<Option<Bound<'py, PyAny>>>,
    ) -> Option<Bound<'py, PyAny>> {
        self.look_again();
        found.unwrap_or_else(|error| {
            self.add_inside(index, error.into());
            None
        })
    }

    /// The object in a field; `None` where it is missing.
    pub(super) fn look_up(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let field = Field { source, index, names: &self.strings };
        match self.at_hand.hold::<()>(&self.object, field) {
            Handed::Held(value) => Ok(Some(value)),
            Handed::Missing => self.by_other_name(index, source),
            Handed::Raised(error) => Err(error),
            _ => self.look_further(index, source),
        }
    }

    /// The same of a field that was not at hand just now.
    #[inline(never)]
    pub(super) fn look_further(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let field = Field { source, index, names: &self.strings };
        let entries = self.at_hand.as_all_entries(self.tried);
        match entries.map(|mut entries| entries.hold::<()>(&self.object, field)) {
            Some(Handed::Held(value)) => Ok(Some(value)),
            Some(Handed::Missing) => self.by_other_name(index, source),
            Some(Handed::Raised(error)) => Err(error),
            _ => self.outside(index, source),
        }
    }

    /// The object in a field of an object whose entries are not at hand.
    #[inline(always)]
    fn outside(&mut self, index: usize, source: Source) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.stopped {
            return Ok(None);
        }
        match self.is_known_as_attribute(source) {
            true => match self.own_attribute(index)? {
                Some(value) => Ok(Some(value)),
                None => self.by_other_name(index, source),
            },
            false => self.outside_by_name(index, source),
        }
    }

    /// The attribute of a field's own name.
    #[inline(always)]
    fn own_attribute(&mut self, index: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.strings[index].bind(self.object.py());
        let found = match self.at_hand.attribute(&self.object, index, name) {
            Some(found) => found?,
            None => attribute(&self.object, name)?,
        };
        if found.is_some() {
            self.at_hand.note_found();
        }
        Ok(found)
    }

    #[inline(always)]
    fn is_known_as_attribute(&self, source: Source) -> bool {
        self.known_by_key(source) == Some(false)
    }

    #[inline(never)]
    fn outside_by_name(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.strings[index].bind(self.object.py());
        match self.value_of(name, source)? {
            Some(value) => Ok(Some(value)),
            None => self.by_other_name(index, source),
        }
    }

    /// What is there by another name of a field, whose own leads to nothing.
    #[inline]
    fn by_other_name(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        if !self.table.has_aliases() {
            return Ok(None);
        }
        let mut aliases = self.table.aliases(index, self.object.py());
        aliases.find_map(|alias| self.value_of(alias, source).transpose()).transpose()
    }

    /// What is there by this very name.
    fn value_of(
        &mut self,
        name: &Bound<'py, PyString>,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let entries = self.dict().filter(|_| source != Source::Attribute);
        let found = if let Some(dict) = entries {
            dict.get(name)?
        } else if self.is_read_by_key(source)? {
            item(&self.object, name)?
        } else {
            attribute(&self.object, name)?
        };
        if found.is_some() {
            self.at_hand.note_found();
        }
        Ok(found)
    }

    pub(super) fn is_read_by_key(&mut self, source: Source) -> PyResult<bool> {
        match self.known_by_key(source) {
            Some(known) => Ok(known),
            None => {
                let by_key = self.dict().is_some() || has_keys(&self.object)?;
                Ok(*self.by_key.insert(by_key))
            }
        }
    }

    /// Whether a field is read by key, as far as that is known.
    #[inline(always)]
    fn known_by_key(&self, source: Source) -> Option<bool> {
        match source {
            Source::Item => Some(true),
            Source::Attribute => Some(false),
            Source::ItemOrAttribute => self.by_key,
        }
    }

    /// The error for a field that is not there.
    #[cold]
    pub(super) fn missing_leaf(
        &mut self,
        index: usize,
        source: Source,
        leaves: &'static [Leaf; 2],
    ) -> ConversionError {
        match self.is_read_by_key(source) {
            Ok(by_key) => {
                let dict = self.dict().filter(|_| by_key);
                ConversionError::missing(missing(leaves, by_key), self.table, index, dict)
            }
            Err(error) => self.raised_at(index, error),
        }
    }

    /// Refuses keys that neither the fields nor what is flattened among them know; whether there are
    /// none.
    pub fn deny_unknown(&mut self, flattened: &[TypeHint]) -> bool {
        if self.stopped {
            return false;
        }
        let mut told = std::mem::take(&mut *self.wrong);
        told.tell_missing();
        let denied = self.unknown_keys(flattened, &told);
        *self.wrong = told;
        denied.map_err(|error| self.add(error)).is_ok()
    }

    /// An error for each, but for those that were told of with a missing one.
    fn unknown_keys(
        &mut self,
        flattened: &[TypeHint],
        told: &Wrong,
    ) -> Result<(), ConversionError> {
        if flattened.iter().any(|hint| !hint.is_closed()) {
            return Ok(());
        }
        let (table, strings) = (self.table, self.strings);
        let known = |key: &Bound<'py, PyAny>| {
            table.position(strings, key).is_some()
                || !flattened.is_empty() && is_known(flattened, key)
                || !told.is_empty() && is_told_of(told, key)
        };
        let mut wrong = Wrong::default();
        if let Some(dict) = self.dict() {
            // Usually they come in the order of the fields.
            let mut index = 0;
            dict.walk(|key, _| {
                let is_next = strings.get(index).is_some_and(|next| key.is(next.bind(key.py())));
                index += 1;
                if is_next || known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        } else if self.is_read_by_key(Source::ItemOrAttribute)? {
            keys(&self.object)?.walk(|_, key| {
                if known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        }
        wrong.or(())
    }
}

/// The errors for a field that is not there: one for a key, one for an attribute.
pub const fn missing_leaves(expected: TypeHint) -> [Leaf; 2] {
    [Leaf::missing_key(expected), Leaf::missing_attribute(expected)]
}

fn missing([key, attribute]: &'static [Leaf; 2], by_key: bool) -> &'static Leaf {
    if by_key { key } else { attribute }
}

fn is_known(flattened: &[TypeHint], key: &Bound<'_, PyAny>) -> bool {
    let key = key.try_cast::<PyString>().and_then(|key| key.to_cow().ok());
    key.is_some_and(|key| flattened.iter().any(|hint| hint.knows(&key)))
}

/// Whether it was said of a key that it may have been meant for a missing one.
fn is_told_of(told: &Wrong, key: &Bound<'_, PyAny>) -> bool {
    let key = key.try_cast_exact::<PyString>().and_then(|key| key.to_cow().ok());
    key.is_some_and(|key| told.tells_of_key(&key))
}

#[cold]
fn unknown(table: &Table, key: &Bound<'_, PyAny>) -> ConversionError {
    let text = key.try_cast_exact::<PyString>().map(|key| key.to_string_lossy());
    let near = text.and_then(|text| nearest(&text, table.all()));
    let message = match near {
        Some(near) => format!("unknown key; did you mean {near:?}?"),
        None => "unknown key".to_owned(),
    };
    ConversionError::custom(message).inside(Segment::key(key))
}
