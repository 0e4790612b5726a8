//! Fields that are missing from a dict, and the keys that are there instead and may have been meant.
//!
//! An error that is dropped need not have looked for them: it keeps the dict, and looks when somebody
//! asks for its message, or when it becomes an exception.

use std::mem::take;
use std::{fmt, ptr};

use super::content::{Content, Failure, Failures};
use super::got::Got;
use super::leaf::{Kind, Leaf};
use super::path::Segment;
use super::word::View;
use super::{ConversionError, Problem};
use crate::types::PyDict;
use crate::{Bound, Py, attach};

/// The names that the fields of one type have in Python.
pub trait FieldNames: fmt::Debug + Sync {
    /// The name of the field with that index.
    fn name(&self, index: usize) -> &'static str;

    /// The keys of the dict that may have been meant for these fields, which it lacks: each with the
    /// index of the field. Runs no Python code.
    fn near_keys(&self, dict: &Bound<'_, PyDict>, missing: &[usize]) -> Vec<(usize, String)>;
}

impl ConversionError {
    /// That a field is missing. Where it is missing from a dict, the message names the key that may
    /// have been meant, of those that are there when it is asked for, if that is done on a thread that
    /// is attached: no other waits for the interpreter, as it may hold what an attached one waits for.
    #[cold]
    pub fn missing(leaf: &'static Leaf, field: Segment, dict: Option<&Bound<'_, PyDict>>) -> Self {
        let first = Failure::missing(leaf, field, dict);
        ConversionError::boxed(Content::of(first))
    }

    /// As `self = self.and(ConversionError::missing(..))`, without a box of its own; and the dict that
    /// the last failure keeps is not kept again.
    #[inline]
    pub(crate) fn and_missing(
        &mut self,
        leaf: &'static Leaf,
        field: Segment,
        dict: Option<&Bound<'_, PyDict>>,
    ) {
        if let Some(Content::Failures(failures)) = self.0.boxed_mut() {
            failures.push(match failures.other_keys() {
                Some(last) if dict.is_some_and(|dict| last.dict.as_ptr() == dict.as_ptr()) => {
                    Failure::lacking(leaf, field, Got::SameOtherKeys)
                }
                _ => Failure::missing(leaf, field, dict),
            });
        } else {
            let earlier = std::mem::replace(self, ConversionError::lacking());
            *self = earlier.and(ConversionError::missing(leaf, field, dict));
        }
    }

    /// Looks for the keys that may have been meant, and gives up the dicts.
    #[cold]
    pub(crate) fn name_near_keys(&mut self) {
        if let Some(Content::Failures(failures)) = self.0.boxed_mut() {
            failures.name_near_keys();
        }
    }

    /// Whether it says of a missing field of the object itself that this key is there, and may have
    /// been meant. Such keys were named before.
    #[cold]
    pub(crate) fn tells_of_key(&self, key: &str) -> bool {
        let View::Boxed(Content::Failures(failures)) = self.0.view() else { return false };
        let shown = format!("{key:?}");
        failures.listed().any(|failure| failure.names_near_key(&shown))
    }
}

/// The dict that a field is missing from, and how to look for the keys that may have been meant.
///
/// A pointer to the functions: programs without structs have none of it.
#[derive(Debug)]
pub(super) struct OtherKeys {
    dict: Py<PyDict>,
    looking: &'static Looking,
}

#[derive(Debug)]
struct Looking {
    near_keys: fn(&Failures) -> Vec<(usize, String)>,
    name_near_keys: fn(&mut Failures),
}

const LOOKING: &Looking = &Looking { near_keys, name_near_keys };

impl Failures {
    /// The dict that the last failure has or refers to.
    #[inline]
    fn other_keys(&self) -> Option<&OtherKeys> {
        let last = self.listed().rev().find(|failure| !matches!(failure.got, Got::SameOtherKeys));
        last.and_then(Failure::other_keys)
    }

    /// The keys that may have been meant, quoted, each with the place of its failure in the list.
    pub(super) fn near_keys(&self) -> Vec<(usize, String)> {
        let other_keys = self.listed().find_map(Failure::other_keys);
        other_keys.map_or_else(Vec::new, |other_keys| (other_keys.looking.near_keys)(self))
    }

    /// Says of each missing field which key may have been meant, and gives up the dict.
    pub(super) fn name_near_keys(&mut self) {
        let other_keys = self.listed().find_map(Failure::other_keys);
        if let Some(OtherKeys { looking, .. }) = other_keys {
            (looking.name_near_keys)(self);
        }
    }

    /// Whether near keys were named.
    pub(super) fn holds_no_objects(&self) -> bool {
        self.listed().all(|failure| !failure.may_be_near_keys())
    }
}

fn name_near_keys(failures: &mut Failures) {
    let mut near = near_keys(failures);
    let all = std::iter::once(&mut failures.first).chain(&mut failures.others);
    for (place, failure) in all.enumerate() {
        if failure.may_be_near_keys() {
            let key = near.iter_mut().find(|(of, _)| *of == place);
            let got = key.map_or(Got::Unknown, |(_, key)| Got::Text(take(key).into()));
            failure.got = got;
        }
    }
}

/// A field that a dict lacks.
struct Lacked<'e> {
    /// Of its failure, in the list.
    place: usize,
    dict: &'e Py<PyDict>,
    names: &'static dyn FieldNames,
    index: usize,
}

/// Looks for the keys, at once for all fields that one object lacks.
fn near_keys(failures: &Failures) -> Vec<(usize, String)> {
    let mut near = Vec::new();
    let all = lacked(failures);
    for (order, one) in all.iter().enumerate() {
        let is_of_same = |other: &&Lacked<'_>| {
            other.dict.as_ptr() == one.dict.as_ptr() && ptr::addr_eq(other.names, one.names)
        };
        if all[..order].iter().any(|other| is_of_same(&other)) {
            continue;
        }
        let mut missing: Vec<_> = all.iter().filter(is_of_same).map(|it| it.index).collect();
        missing.sort_unstable();
        missing.dedup();
        let keys = attach::if_attached(|py| one.names.near_keys(one.dict.bind(py), &missing));
        // One dict may be there more than once.
        for (field, key) in keys.unwrap_or_default() {
            let places = all.iter().filter(is_of_same).filter(|it| it.index == field);
            near.extend(places.map(|it| (it.place, format!("{key:?}"))));
        }
    }
    near
}

fn lacked(failures: &Failures) -> Vec<Lacked<'_>> {
    let mut last = None;
    let lacked = failures.listed().enumerate().filter_map(|(place, failure)| {
        last = match &failure.got {
            Got::SameOtherKeys => last,
            _ => failure.other_keys(),
        };
        let (names, index) = failure.path.innermost()?.as_nth_field()?;
        Some(Lacked { place, dict: &last?.dict, names, index })
    });
    lacked.collect()
}

impl Failure {
    #[inline]
    fn missing(leaf: &'static Leaf, field: Segment, dict: Option<&Bound<'_, PyDict>>) -> Self {
        let dict = dict.filter(|dict| !dict.is_empty());
        let got = match dict {
            Some(dict) => {
                Got::OtherKeys(OtherKeys { dict: dict.clone().unbind(), looking: LOOKING })
            }
            None => Got::Unknown,
        };
        Failure::lacking(leaf, field, got)
    }

    #[inline]
    fn lacking(leaf: &'static Leaf, field: Segment, got: Got) -> Self {
        Failure { problem: Problem::Leaf(leaf), got, path: Some(field).into() }
    }

    fn other_keys(&self) -> Option<&OtherKeys> {
        match &self.got {
            Got::OtherKeys(other_keys) => Some(other_keys),
            _ => None,
        }
    }

    /// Whether near keys of it are still to be looked for.
    fn may_be_near_keys(&self) -> bool {
        matches!(self.got, Got::OtherKeys(_) | Got::SameOtherKeys)
    }

    fn names_near_key(&self, shown: &str) -> bool {
        let is_of_object = self.path.len() == 1 && self.kind() == Kind::MissingKey;
        is_of_object && matches!(&self.got, Got::Text(text) if **text == *shown)
    }
}
