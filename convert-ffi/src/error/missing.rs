//! Fields that are missing from a dict, and the keys that are there instead and may have been meant.
//!
//! An error that is dropped need not have looked for them: it keeps the dict, and looks when somebody
//! asks for its message, or when it becomes an exception.

use std::mem::take;
use std::{fmt, ptr};

use super::content::{Content, Failure, Failures};
use super::leaf::{Got, Kind, Leaf};
use super::path::Segment;
use super::word::View;
use super::{ConversionError, Problem};
use crate::types::PyDict;
use crate::{Bound, Py, Python};

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
    /// have been meant, of those that are there when it is asked for.
    #[cold]
    pub fn missing(leaf: &'static Leaf, field: Segment, dict: Option<&Bound<'_, PyDict>>) -> Self {
        let first = Failure::missing(leaf, field, dict);
        ConversionError::boxed(Content::of(first))
    }

    /// As `self = self.and(ConversionError::missing(..))`, without a box of its own.
    #[inline]
    pub(crate) fn and_missing(
        &mut self,
        leaf: &'static Leaf,
        field: Segment,
        dict: Option<&Bound<'_, PyDict>>,
    ) {
        if let Some(Content::Failures(failures)) = self.0.boxed_mut() {
            failures.push(Failure::missing(leaf, field, dict));
        } else {
            let earlier = std::mem::replace(self, ConversionError::lacking());
            *self = earlier.and(ConversionError::missing(leaf, field, dict));
        }
    }

    /// Looks for the keys that may have been meant, and gives up the dicts.
    #[cold]
    pub(crate) fn name_near_keys(&mut self, py: Python<'_>) {
        if let Some(Content::Failures(failures)) = self.0.boxed_mut() {
            failures.name_near_keys(py);
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

impl Failures {
    /// As [`near_keys`](Self::near_keys), of failures that may lie anywhere.
    pub(super) fn near_keys_unattached(&self) -> Vec<(usize, String)> {
        if self.listed().all(|failure| failure.other_keys().is_none()) {
            return Vec::new();
        }
        Python::try_attach(|py| self.near_keys(py)).unwrap_or_default()
    }

    /// Says of each missing field which key may have been meant, and gives up the dict.
    pub(super) fn name_near_keys(&mut self, py: Python<'_>) {
        let mut near = self.near_keys(py);
        for (place, failure) in std::iter::once(&mut self.first).chain(&mut self.others).enumerate()
        {
            if failure.other_keys().is_some() {
                let key = near.iter_mut().find(|(of, _)| *of == place);
                let got = key.map_or(Got::Unknown, |(_, key)| Got::Text(take(key).into()));
                failure.got = got;
            }
        }
    }

    /// The keys that may have been meant, quoted, each with the place of its failure in the list. For
    /// all fields that one object lacks they are looked for at once.
    fn near_keys(&self, py: Python<'_>) -> Vec<(usize, String)> {
        let missing = self.listed().enumerate().filter_map(Missing::of);
        let mut missing: Vec<_> = missing.collect();
        let mut near = Vec::new();
        while let Some(&Missing { names, dict, .. }) = missing.first() {
            let is_of_one = |it: &Missing<'_>| {
                it.dict.as_ptr() == dict.as_ptr() && ptr::addr_eq(it.names, names)
            };
            let (of_one, others): (Vec<_>, _) = missing.into_iter().partition(is_of_one);
            let fields: Vec<_> = of_one.iter().map(|it| it.field).collect();
            for (field, key) in names.near_keys(dict.bind(py), &fields) {
                let places = of_one.iter().filter(|it| it.field == field).map(|it| it.place);
                near.extend(places.map(|place| (place, format!("{key:?}"))));
            }
            missing = others;
        }
        near
    }
}

/// A field that is missing from a dict with other keys.
struct Missing<'a> {
    place: usize,
    names: &'static dyn FieldNames,
    field: usize,
    dict: &'a Py<PyDict>,
}

impl<'a> Missing<'a> {
    fn of((place, failure): (usize, &'a Failure)) -> Option<Self> {
        let (names, field) = failure.path.innermost()?.as_nth_field()?;
        Some(Missing { place, names, field, dict: failure.other_keys()? })
    }
}

impl Failure {
    #[inline]
    fn missing(leaf: &'static Leaf, field: Segment, dict: Option<&Bound<'_, PyDict>>) -> Self {
        let dict = dict.filter(|dict| !dict.is_empty());
        let got = dict.map_or(Got::Unknown, |dict| Got::OtherKeys(dict.clone().unbind()));
        Failure { problem: Problem::Leaf(leaf), got, path: Some(field).into() }
    }

    /// The dict that has other keys.
    fn other_keys(&self) -> Option<&Py<PyDict>> {
        match &self.got {
            Got::OtherKeys(dict) => Some(dict),
            _ => None,
        }
    }

    fn names_near_key(&self, shown: &str) -> bool {
        let is_of_object = self.path.len() == 1 && self.kind() == Kind::MissingKey;
        is_of_object && matches!(&self.got, Got::Text(text) if **text == *shown)
    }
}
