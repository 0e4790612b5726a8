//! Fields that an object lacks, and the keys that are there instead and may have been meant.
//!
//! An error that is dropped need not have told them: those that were found missing one after the
//! other are one failure, which keeps the dict. It becomes one for each, which says what key may
//! have been meant, when somebody asks for the message, or when it becomes an exception.

use std::iter::once;
use std::{fmt, mem, ptr, slice};

use super::content::{Content, Failure, Failures, MOST_LISTED, Message};
use super::got::Got;
use super::leaf::{self, Kind, Leaf};
use super::path::{self, Path, Segment};
use super::word::View;
use super::{ConversionError, Problem};
use crate::types::PyDict;
use crate::{Bound, Py, attach};

/// The names that the fields of one type have in Python.
pub trait FieldNames: fmt::Debug + Sync {
    /// The name of the field with that index.
    fn name(&self, index: usize) -> &'static str;

    /// The keys of the dict that may have been meant for these fields, which it lacks: each with
    /// the index of the field. Runs no Python code.
    fn near_keys(&self, dict: &Bound<'_, PyDict>, missing: &[usize]) -> Vec<(usize, String)>;
}

impl ConversionError {
    /// That a field is missing. Where it is missing from a dict, the message names the key that may
    /// have been meant, of those that are there when it is asked for, if that is done on a thread
    /// that is attached: no other waits for the interpreter, as it may hold what an attached one
    /// waits for.
    #[cold]
    pub fn missing(
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> Self {
        let first = Field { index, leaf };
        let dict = dict.filter(|dict| !dict.is_empty()).map(|dict| dict.clone().unbind());
        let missing = Missing { names, first, others: Vec::new(), dict, tell_all };
        ConversionError::boxed(Content::failure(Problem::Missing(missing)))
    }

    /// Adds a field that is missing, from the same dict if from any, to those that the last failure
    /// tells of, if it tells of such; whether that was so. Only with `GROW` room is made where
    /// there is none.
    #[inline(always)]
    pub(crate) fn join_missing<const GROW: bool>(
        &mut self,
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> bool {
        let Some(Content::Failures(failures)) = self.0.boxed_mut() else { return false };
        let last = failures.others.last_mut().unwrap_or(&mut failures.first);
        let Failure { problem: Problem::Missing(missing), path } = last else { return false };
        if !path.is_empty() || !missing.are_of(names, dict) {
            return false;
        }
        if missing.others.len() == missing.others.capacity() {
            // Room is made once, for as many as may be listed.
            if !GROW || failures.count >= MOST_LISTED {
                return false;
            }
            missing.others.reserve_exact(MOST_LISTED - failures.count);
        }
        missing.others.push(Field { index, leaf });
        failures.count += 1;
        true
    }

    /// Makes one failure of each missing field, with the key that may have been meant, and gives up
    /// the dicts.
    #[cold]
    pub(crate) fn tell_missing(&mut self) {
        if let Some(Content::Failures(failures)) = self.0.boxed_mut() {
            failures.tell_missing();
        }
    }

    /// Whether it says of a missing field of the object itself that this key is there, and may have
    /// been meant. The missing fields were told before.
    #[cold]
    pub(crate) fn tells_of_key(&self, key: &str) -> bool {
        let View::Boxed(Content::Failures(failures)) = self.0.view() else { return false };
        let shown = format!("{key:?}");
        failures.listed().any(|failure| failure.names_near_key(&shown))
    }
}

/// Fields that one object lacks, in the order in which they were looked for, one after the other.
#[derive(Debug)]
pub(super) struct Missing {
    names: &'static dyn FieldNames,
    first: Field,
    others: Vec<Field>,
    /// Where they are missing from a dict that has keys, which may have been meant.
    dict: Option<Py<PyDict>>,
    /// [`tell_all`]. A pointer, so that exceptions do without it where there are no structs.
    tell_all: fn(&mut Failures),
}

#[derive(Debug, Clone, Copy)]
struct Field {
    index: usize,
    leaf: &'static Leaf,
}

impl Missing {
    /// Whether they have these names, and are missing from this dict, if from any.
    #[inline(always)]
    fn are_of(&self, names: &'static dyn FieldNames, dict: Option<&Bound<'_, PyDict>>) -> bool {
        ptr::addr_eq(self.names, names)
            && match (&self.dict, dict) {
                (Some(own), Some(dict)) => own.as_ptr() == dict.as_ptr(),
                (Some(_), None) => false,
                (None, dict) => dict.is_none_or(|dict| dict.is_empty()),
            }
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        1 + self.others.len()
    }

    /// What was expected of the first.
    pub(super) fn leaf(&self) -> &'static Leaf {
        self.first.leaf
    }

    /// Where the first is missing, in an object at that place.
    pub(super) fn path(&self, object: &Path) -> Path {
        object.to(Segment::nth_field(self.names, self.first.index))
    }

    /// A failure for each, in an object at that place.
    fn one_by_one(&self, object: &Path) -> Vec<Failure> {
        let fields = || once(&self.first).chain(&self.others);
        let indices: Vec<_> = fields().map(|field| field.index).collect();
        let near = self.dict.as_ref().and_then(|dict| {
            attach::if_attached(|py| self.names.near_keys(dict.bind(py), &indices))
        });
        let near = near.unwrap_or_default();
        let failure = |Field { index, leaf }: &Field| {
            let key = near.iter().find(|(of, _)| of == index);
            let got = key.map_or(Got::Unknown, |(_, key)| Got::Text(format!("{key:?}").into()));
            let path = object.to(Segment::nth_field(self.names, *index));
            Failure { problem: Problem::Leaf(leaf, got), path }
        };
        fields().map(failure).collect()
    }
}

impl Failures {
    /// Shows each failure, one for each missing field.
    pub(super) fn tell(&self, each: &mut dyn FnMut(&Failure)) {
        let mut left = MOST_LISTED;
        for failure in self.listed() {
            let told = match failure.missing() {
                _ if left == 0 => return,
                Some(missing) => &missing.one_by_one(&failure.path)[..],
                None => slice::from_ref(failure),
            };
            told.iter().take(left).for_each(&mut *each);
            left = left.saturating_sub(told.len());
        }
    }

    /// The message, with the keys that may have been meant.
    pub(super) fn told_message(&self) -> String {
        let mut message = Message::of(self.owner, self.count);
        self.tell(&mut |failure| message.add(failure));
        message.end()
    }

    /// Whether missing fields were told.
    pub(super) fn holds_no_objects(&self) -> bool {
        self.listed().all(|failure| failure.missing().is_none())
    }

    /// Makes one failure of each missing field, and gives up the dicts.
    pub(super) fn tell_missing(&mut self) {
        let tell_all = self.listed().find_map(|failure| Some(failure.missing()?.tell_all));
        if let Some(tell_all) = tell_all {
            tell_all(self);
        }
    }
}

fn tell_all(failures: &mut Failures) {
    let placeholder = Failure::leaf(&leaf::LACKING, None, None);
    let first = mem::replace(&mut failures.first, placeholder);
    let all = once(first).chain(mem::take(&mut failures.others));
    let told = all.flat_map(|failure| match failure.missing() {
        Some(missing) => missing.one_by_one(&failure.path),
        None => vec![failure],
    });
    let mut told = told.take(MOST_LISTED);
    if let Some(first) = told.next() {
        failures.first = first;
    }
    failures.others = told.collect();
}

impl Failure {
    /// The fields, where it is that the object lacks them.
    pub(super) fn missing(&self) -> Option<&Missing> {
        match &self.problem {
            Problem::Missing(missing) => Some(missing),
            _ => None,
        }
    }

    /// The path, to the first of several fields.
    pub(super) fn written_path(&self) -> String {
        match self.missing() {
            Some(missing) => path::write(&missing.path(&self.path)),
            None => path::write(&self.path),
        }
    }

    /// How many steps that path has.
    pub(super) fn depth(&self) -> usize {
        self.path.len() + usize::from(self.missing().is_some())
    }

    fn names_near_key(&self, shown: &str) -> bool {
        let is_of_object = self.path.len() == 1 && self.kind() == Kind::MissingKey;
        is_of_object
            && matches!(&self.problem, Problem::Leaf(_, Got::Text(text)) if **text == *shown)
    }
}
