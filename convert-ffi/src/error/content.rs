//! What a boxed error holds: wrong leaves with their paths, or an exception.

use std::borrow::Cow;

use super::got::{Got, Noted};
use super::leaf::{Kind, Leaf};
use super::path::{self, Path, Segment, push_all, push_number};
use crate::exceptions::PyBaseException;
use crate::types::PyType;
use crate::{Borrowed, Py, PyResult, Python};

/// No more wrong leaves than this are listed.
const MOST_LISTED: usize = 32;
/// Before the key that may have been meant.
const THERE_IS: &str = "; there is a key ";
/// Where there is a second one, there is room for so many more at once: less than a kilobyte, which
/// allocators keep at hand.
const FEW: usize = 9;
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
    /// Whether there are more than are listed.
    pub(super) more: bool,
}

/// One wrong leaf.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    pub(super) got: Got,
    pub(super) path: Path,
}

#[derive(Debug)]
pub(super) enum Problem {
    Leaf(&'static Leaf),
    /// In somebody's own words.
    Custom(Kind, Box<str>),
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
    pub(super) fn failure(problem: Problem, got: Got) -> Self {
        Content::of(Failure { problem, got, path: Path::default() })
    }

    #[inline(always)]
    pub(super) fn of(first: Failure) -> Self {
        Content::Failures(Failures { owner: None, first, others: Vec::new(), more: false })
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
    /// All that are listed.
    pub(super) fn listed(&self) -> impl DoubleEndedIterator<Item = &Failure> {
        std::iter::once(&self.first).chain(&self.others)
    }

    #[inline]
    pub(super) fn push(&mut self, other: Failure) {
        if 1 + self.others.len() < MOST_LISTED {
            if self.others.is_empty() {
                self.others.reserve(FEW);
            }
            self.others.push(other);
        } else {
            self.more = true;
        }
    }

    pub(super) fn append(&mut self, other: Failures) {
        self.more |= other.more;
        self.push(other.first);
        for failure in other.others {
            self.push(failure);
        }
    }

    /// Whether it is one failure, of the object itself: nothing but its message is to be told.
    pub(super) fn is_bare_leaf(&self) -> bool {
        self.others.is_empty() && !self.more && self.owner.is_none() && self.first.path.is_empty()
    }

    /// The kind of the first decides which exception is raised.
    pub(super) fn kind(&self) -> Kind {
        self.first.kind()
    }

    /// One line for one failure; for several, a head line and a line each. `near` are those that
    /// [`near_keys`](Self::near_keys) gives, where they were not named.
    pub(super) fn message(&self, near: &[(usize, String)]) -> String {
        let mut out = String::with_capacity(128);
        if let Some(owner) = self.owner {
            owner.write(": ", &mut out);
        }
        let is_list = self.more || !self.others.is_empty();
        if is_list {
            let count = (1 + self.others.len()) as i128;
            let more = if self.more { "more than " } else { "" };
            push_all(&mut out, &[more]);
            push_number(&mut out, count);
            push_all(&mut out, &[" errors"]);
        }
        for (place, failure) in self.listed().enumerate() {
            if is_list {
                push_all(&mut out, &["\n  "]);
            }
            if !failure.path.is_empty() {
                push_all(&mut out, &[&path::write(&failure.path), ": "]);
            }
            failure.write_problem(&mut out);
            write_near_key(near, place, &mut out);
        }
        if self.more {
            push_all(&mut out, &["\n  …"]);
        }
        out
    }
}

impl Failure {
    #[inline(always)]
    pub(super) fn leaf(leaf: &'static Leaf, noted: Option<Noted>, place: Option<Segment>) -> Self {
        Failure { problem: Problem::Leaf(leaf), got: noted.into(), path: place.into() }
    }

    pub(super) fn kind(&self) -> Kind {
        match self.problem {
            Problem::Leaf(leaf) => leaf.kind,
            Problem::Custom(kind, _) => kind,
        }
    }

    /// What is wrong, without where and without other keys.
    pub(super) fn write_problem(&self, out: &mut String) {
        let leaf = match &self.problem {
            Problem::Custom(_, text) => return push_all(out, &[text]),
            Problem::Leaf(leaf) => leaf,
        };
        write_leaf(leaf, &self.got, out);
    }
}

/// What is said of the failure at that place by [`Failures::near_keys`], where it says something.
pub(super) fn write_near_key(near: &[(usize, String)], place: usize, out: &mut String) {
    if let Some((_, key)) = near.iter().find(|(of, _)| *of == place) {
        push_all(out, &[THERE_IS, key]);
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
        Got::Unknown | Got::OtherKeys(_) | Got::SameOtherKeys => {}
        Got::Text(key) if is_missing => push_all(out, &[THERE_IS, key]),
        Got::Text(text) => push_all(out, &[", got ", text]),
        Got::Noted(noted) => noted.write(", got ", out),
    }
}
