//! [`Fields`]: the values of an object, by key or attribute, one after the other.
//!
//! | file | what it holds |
//! |---|---|
//! | `mod.rs` | whether an object may have the fields, and what was wrong in the end |
//! | `read.rs` | a field's value |
//! | `look_up.rs` | a field's object, where it is not at hand |
//! | `wrong.rs` | what is wrong with a field |
//! | `unknown.rs` | keys that no field has |

mod look_up;
mod read;
mod unknown;
mod wrong;

use std::mem::ManuallyDrop;

use convert_ffi::container::Wrong;
use convert_ffi::types::{AtHand, PyAny, PyDict, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Py};

use super::Names;
use super::by_name::{has_keys, is_read_as_dict};
use super::names::Table;
use super::untagged::lose_time;

pub use wrong::missing_leaves;

/// The fields of one Python object, read in order.
///
/// What is wrong is kept until the end, and the remaining fields are read nevertheless, so that all
/// that is wrong is known: the code of each struct has one branch, whether all were right.
pub struct Fields<'a, 'py> {
    pub(in crate::record) object: Borrowed<'a, 'py, PyAny>,
    /// What is at hand: the entries of a dict whose class has no `__getitem__` of its own; the
    /// attributes of an object, if it is known where instances of its class keep them.
    at_hand: ManuallyDrop<AtHand<'a, 'py>>,
    pub(in crate::record) table: &'static Table,
    pub(in crate::record) strings: &'static [Py<PyString>],
    wrong_type: &'static Leaf,
    /// Whether the object is read by key, once that was asked.
    by_key: Option<bool>,
    /// Whether nothing more is read.
    stopped: bool,
    pub(in crate::record) wrong: ManuallyDrop<Wrong>,
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
    /// Where the type is only `tried`, nothing is read after a field that is missing, and the error
    /// does not tell which: see [`lets_go_on`](super::lets_go_on).
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

    /// Whether nothing more is read.
    #[inline(always)]
    pub fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether nothing is wrong so far.
    fn is_right(&self) -> bool {
        !self.stopped && self.wrong.is_empty()
    }

    /// The object, if it is a dict whose class has no `__getitem__` of its own.
    pub(in crate::record) fn dict(&self) -> Option<&Bound<'py, PyDict>> {
        self.at_hand.dict()
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
            return match lose_time(self.object.py()) {
                Ok(()) => error,
                Err(raised) => raised.into(),
            };
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
}
