//! What a boxed error holds: wrong leaves with their paths, or an exception.

use std::borrow::Cow;

use super::got::{Got, Noted};
use super::leaf::{Kind, Leaf};
use super::missing::Missing;
use super::path::{self, Path, Segment, push_all, push_number};
use crate::exceptions::PyBaseException;
use crate::types::PyType;
use crate::{Borrowed, Py, PyResult, Python};

/// No more wrong leaves than this are listed.
pub(super) const MOST_LISTED: usize = 32;
/// Before the key that may have been meant.
const THERE_IS: &str = "; there is a key ";
/// Where there is a second one, there is room for so many more at once: less than a kilobyte, which
/// allocators keep at hand.
const FEW: usize = 7;
const _: () = assert!(FEW * size_of::<Failure>() < 1024);

#[derive(Debug)]
pub(super) enum Content {
    Failures(Failures),
    Exception(Exception),
}

/// What was converted, which starts the message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    /// A derived type.
    Type(&'static str),
    /// An argument of a function.
    Argument { function: &'static str, name: &'static str },
}

/// Everything that was wrong with one object.
#[derive(Debug)]
pub(super) struct Failures {
    pub(super) owner: Option<Owner>,
    pub(super) first: Failure,
    pub(super) others: Vec<Failure>,
    /// How many there are: those that are listed, and more.
    pub(super) count: usize,
}

/// One wrong leaf.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    pub(super) path: Path,
}

#[derive(Debug)]
pub(super) enum Problem {
    Leaf(&'static Leaf, Got),
    /// In somebody's own words.
    Custom(Kind, Box<str>),
    /// Fields are missing from the object at that place.
    Missing(Missing),
}

/// An exception, raised by Python code or to be raised.
#[derive(Debug)]
pub(super) struct Exception {
    pub(super) owner: Option<Owner>,
    pub(super) state: State,
    pub(super) path: Path,
}

#[derive(Debug)]
pub(super) enum State {
    Raised(Py<PyBaseException>),
    Lazy { class: Class, message: Cow<'static, str> },
}

#[derive(Debug)]
pub(super) enum Class {
    Known {
        name: &'static str,
        get: for<'py> fn(Python<'py>) -> PyResult<Borrowed<'py, 'py, PyType>>,
    },
    Given(Py<PyType>),
}

// Inlined, all that makes a box: its parts are then written where they stay.
impl Content {
    #[inline(always)]
    pub(super) fn leaf(leaf: &'static Leaf, noted: Option<Noted>, place: Option<Segment>) -> Self {
        Content::of(Failure::leaf(leaf, noted, place))
    }

    #[inline(always)]
    pub(super) fn failure(problem: Problem) -> Self {
        Content::of(Failure { problem, path: Path::default() })
    }

    #[inline(always)]
    pub(super) fn of(first: Failure) -> Self {
        let count = first.count();
        Content::Failures(Failures { owner: None, first, others: Vec::new(), count })
    }

    pub(super) fn exception(state: State) -> Self {
        Content::Exception(Exception { owner: None, state, path: Path::default() })
    }
}

impl Owner {
    /// `Order`, `area() argument 'width'`, and `end`.
    pub(super) fn write(self, end: &str, out: &mut String) {
        match self {
            Owner::Type(name) => push_all(out, &[name, end]),
            Owner::Argument { function, name } => {
                push_all(out, &[function, "() argument '", name, "'", end]);
            }
        }
    }

    /// The argument's name.
    pub(super) fn argument(self) -> Option<&'static str> {
        match self {
            Owner::Type(_) => None,
            Owner::Argument { name, .. } => Some(name),
        }
    }
}

impl Exception {
    /// Whether there is a place to tell of.
    pub(super) fn has_place(&self) -> bool {
        self.owner.is_some() || !self.path.is_empty()
    }
}

impl Failures {
    /// All that are listed; fields that were found missing one after the other as one.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Failure> {
        std::iter::once(&self.first).chain(&self.others)
    }

    #[inline]
    pub(super) fn push(&mut self, other: Failure) {
        self.count += other.count();
        self.list(other);
    }

    pub(super) fn append(&mut self, other: Failures) {
        self.count += other.count;
        self.list(other.first);
        for failure in other.others {
            self.list(failure);
        }
    }

    #[inline]
    fn list(&mut self, other: Failure) {
        if 1 + self.others.len() < MOST_LISTED {
            if self.others.is_empty() {
                self.others.reserve(FEW);
            }
            self.others.push(other);
        }
    }

    /// Whether all there are will be told.
    pub(super) fn is_complete(&self) -> bool {
        self.count <= MOST_LISTED
    }

    /// Whether it is one failure, of the object itself: nothing but its message is to be told.
    pub(super) fn is_bare_leaf(&self) -> bool {
        let is_bare = self.first.path.is_empty() && self.first.missing().is_none();
        is_bare && self.others.is_empty() && self.owner.is_none()
    }

    /// The kind of the first decides which exception is raised.
    pub(super) fn kind(&self) -> Kind {
        self.first.kind()
    }

    /// One line for one failure; for several, a head line and a line each. Fields that are missing
    /// were told.
    pub(super) fn message(&self) -> String {
        debug_assert!(self.holds_no_objects());
        let mut message = Message::of(self.owner, self.count);
        for failure in self.listed() {
            message.add(failure);
        }
        message.end()
    }
}

/// A message while it is written.
pub(super) struct Message {
    out: String,
    is_list: bool,
    has_more: bool,
}

impl Message {
    /// Of so many failures of what was converted.
    pub(super) fn of(owner: Option<Owner>, count: usize) -> Self {
        let mut out = String::with_capacity(128);
        if let Some(owner) = owner {
            owner.write(": ", &mut out);
        }
        let (is_list, has_more) = (count > 1, count > MOST_LISTED);
        if is_list {
            push_all(&mut out, &[if has_more { "more than " } else { "" }]);
            push_number(&mut out, count.min(MOST_LISTED) as i128);
            push_all(&mut out, &[" errors"]);
        }
        Message { out, is_list, has_more }
    }

    pub(super) fn add(&mut self, failure: &Failure) {
        let out = &mut self.out;
        if self.is_list {
            push_all(out, &["\n  "]);
        }
        if !failure.path.is_empty() {
            push_all(out, &[&path::write(&failure.path), ": "]);
        }
        failure.write_problem(out);
    }

    pub(super) fn end(mut self) -> String {
        if self.has_more {
            push_all(&mut self.out, &["\n  …"]);
        }
        self.out
    }
}

impl Failure {
    #[inline(always)]
    pub(super) fn leaf(leaf: &'static Leaf, noted: Option<Noted>, place: Option<Segment>) -> Self {
        Failure { problem: Problem::Leaf(leaf, noted.into()), path: place.into() }
    }

    pub(super) fn kind(&self) -> Kind {
        match &self.problem {
            Problem::Leaf(leaf, _) => leaf.kind,
            Problem::Custom(kind, _) => *kind,
            Problem::Missing(missing) => missing.leaf().kind,
        }
    }

    /// As how many failures it is told.
    #[inline(always)]
    fn count(&self) -> usize {
        self.missing().map_or(1, Missing::len)
    }

    /// What was expected, if that is not in somebody's own words.
    pub(super) fn expectation(&self) -> Option<&'static Leaf> {
        match &self.problem {
            Problem::Leaf(leaf, _) => Some(leaf),
            Problem::Custom(..) => None,
            Problem::Missing(missing) => Some(missing.leaf()),
        }
    }

    /// What is wrong, without where.
    pub(super) fn write_problem(&self, out: &mut String) {
        match &self.problem {
            Problem::Leaf(leaf, got) => write_leaf(leaf, got, out),
            Problem::Custom(_, text) => push_all(out, &[text]),
            Problem::Missing(missing) => write_leaf(missing.leaf(), &Got::Unknown, out),
        }
    }
}

/// `expected int, got str`, and its kin for what is missing or did not hold still.
pub(super) fn write_leaf(leaf: &Leaf, got: &Got, out: &mut String) {
    let (missing, start) = match leaf.kind {
        Kind::MissingKey => ("key is missing", "key is missing, expected "),
        Kind::MissingAttribute => ("attribute is missing", "attribute is missing, expected "),
        Kind::Changed => {
            leaf.write_expected("the ", out);
            return push_all(out, &[" changed size while it was being converted"]);
        }
        Kind::WrongType | Kind::WrongValue | Kind::OutOfRange => ("", "expected "),
    };
    let is_missing = !missing.is_empty();
    // That an object is missing says nothing more.
    if is_missing && leaf.expected.as_name() == Some("object") {
        push_all(out, &[missing]);
    } else {
        leaf.write_expected(start, out);
    }
    match got {
        Got::Unknown => {}
        Got::Text(key) if is_missing => push_all(out, &[THERE_IS, key]),
        Got::Text(text) => push_all(out, &[", got ", text]),
        Got::Noted(noted) => noted.write(", got ", out),
    }
}
