//! Errors: [`ConversionError`], which names the place, and [`PyErr`], an exception.
//!
//! Both are the same single word, so `?` turns one into the other for nothing, and
//! `Result<i64, ConversionError>` travels in two registers.
//!
//! | file | what it holds |
//! |---|---|
//! | `leaf.rs` | [`Leaf`]: what was expected, a constant |
//! | `got.rs` | what was got instead |
//! | `note.rs` | how that is noted, of an object |
//! | `word.rs` | the word: a leaf's address with a type code, or a box |
//! | `content.rs` | the box: failures with paths, or an exception; the messages |
//! | `path.rs` | [`Segment`] and the grammar of paths |
//! | `missing.rs` | [`FieldNames`]: missing fields, and the keys that may have been meant |
//! | `py_err.rs` | [`PyErr`] |
//! | `foreign.rs` | errors of std, `anyhow` and `eyre` as exceptions |
//! | `raise.rs` | the exceptions that conversions raise, with `loc` and `errors` |

mod content;
mod foreign;
mod got;
mod leaf;
mod missing;
mod note;
mod path;
mod py_err;
mod raise;
mod word;

use std::fmt;

use crate::types::PyAny;
use crate::{Borrowed, TypeHint};
use content::{Content, Failure, Failures, Owner, Problem};
use got::{Got, Noted};
use leaf::Kind;
use word::{View, Word};

pub use leaf::Leaf;
pub use missing::FieldNames;
pub use path::Segment;
pub(crate) use path::{push_all, push_number, shorten};
pub use py_err::PyErr;

/// Why an object could not be converted: where, what was expected, what was there.
///
/// ```text
/// orders[3].customer.age: expected int, got str
/// ```
///
/// One word. The common case, a leaf that nobody asked about yet, is the address of a constant:
/// making and dropping it costs no allocation. Whoever holds the object adds what it was
/// ([`of`](Self::of)); containers and structs add where ([`at`](Self::at)), both on the failing
/// path only.
///
/// Turned into an exception (`?` in a function that returns [`PyResult`](crate::PyResult)) it is a
/// `TypeError`, `ValueError`, `OverflowError`, `KeyError`, `AttributeError` or `RuntimeError`
/// with the attributes `loc` (where the first failure is, as a tuple) and `errors` (all of them).
/// An exception that Python code raised during a conversion stays that exception and gets the
/// path as a note (PEP 678).
pub struct ConversionError(Word);

const _: () = assert!(size_of::<ConversionError>() == size_of::<usize>());
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Result<i64, ConversionError>>() == 16);
const _: () = {
    const fn send_and_sync<T: Send + Sync>() {}
    send_and_sync::<ConversionError>();
};

impl ConversionError {
    /// An error of one leaf. Costs nothing.
    #[inline(always)]
    pub const fn new(leaf: &'static Leaf) -> Self {
        ConversionError(Word::leaf(leaf))
    }

    /// That the object lacks something, for who asks again before it is told what.
    #[doc(hidden)]
    #[inline(always)]
    pub const fn lacking() -> Self {
        ConversionError::new(&leaf::LACKING)
    }

    /// Whether it is that error: no other is, whatever it says.
    #[doc(hidden)]
    #[inline(always)]
    pub fn is_lacking(&self) -> bool {
        self.0.bare_leaf().is_some_and(|leaf| std::ptr::eq(leaf, &leaf::LACKING))
    }

    /// A value of the right type that is refused for a reason of one's own: a `ValueError`.
    #[cold]
    pub fn custom(message: impl Into<String>) -> Self {
        ConversionError::in_words(Kind::WrongValue, message.into())
    }

    /// An object of a type that is not accepted, in one's own words: a `TypeError`.
    #[cold]
    pub fn custom_type(message: impl Into<String>) -> Self {
        ConversionError::in_words(Kind::WrongType, message.into())
    }

    /// A number that is too large, in one's own words: an `OverflowError`.
    #[cold]
    pub fn custom_range(message: impl Into<String>) -> Self {
        ConversionError::in_words(Kind::OutOfRange, message.into())
    }

    /// Something that should be there, in one's own words: a `KeyError`.
    #[cold]
    pub fn custom_missing(message: impl Into<String>) -> Self {
        ConversionError::in_words(Kind::MissingKey, message.into())
    }

    /// An error of one leaf, and what was there instead.
    #[cold]
    pub(crate) fn got(leaf: &'static Leaf, got: impl Into<Box<str>>) -> Self {
        ConversionError::boxed(Content::failure(Problem::Leaf(leaf, Got::Text(got.into()))))
    }

    fn in_words(kind: Kind, message: String) -> Self {
        let problem = Problem::Custom(kind, message.into());
        ConversionError::boxed(Content::failure(problem))
    }

    #[inline(always)]
    fn boxed(content: Content) -> Self {
        ConversionError(Word::boxed(Box::new(content)))
    }

    /// Records what the object was, where that is not known yet: `…, got str`. For an error about
    /// a value, the value.
    ///
    /// Runs no Python code.
    #[inline(always)]
    pub fn of(self, object: Borrowed<'_, '_, PyAny>) -> Self {
        // This is in line wherever something is converted, and decides what failing costs: it tells
        // only the most frequent kind apart.
        match self.0.bare_leaf() {
            Some(leaf) if leaf.kind == Kind::WrongType => note::of_type(leaf, object),
            Some(leaf) => match leaf.note {
                Some(note) => note(leaf, object),
                None => self,
            },
            None => self,
        }
    }

    /// Records where it happened: `item` is what lies there. The innermost place comes first.
    #[cold]
    #[inline(never)]
    pub fn at(self, segment: Segment, item: Borrowed<'_, '_, PyAny>) -> Self {
        self.of(item).inside(segment)
    }

    /// As [`at`](Self::at), where there is no item to speak of: it is missing, or was never a
    /// Python object.
    #[cold]
    #[inline(never)]
    pub fn inside(self, segment: Segment) -> Self {
        if let View::Leaf(leaf, noted) = self.0.view() {
            if let (Some(Noted::Builtin(builtin)), Some(index)) = (noted, segment.as_index())
                && let Some(word) = Word::leaf_at(leaf, builtin, index)
            {
                return ConversionError(word);
            }
            return ConversionError::boxed(Content::leaf(leaf, noted, Some(segment)));
        }
        let mut content = self.0.into_content();
        match &mut *content {
            Content::Failures(failures) => {
                failures.owner = None;
                for failure in &mut failures.others {
                    failure.path.push(segment.clone());
                }
                failures.first.path.push(segment);
            }
            Content::Exception(exception) => {
                exception.owner = None;
                exception.path.push(segment);
            }
        }
        ConversionError(Word::boxed(content))
    }

    /// Names the derived type that was converted: the message then starts with `Order: `. The
    /// outermost type wins, and a container around it takes the name off again.
    #[cold]
    #[inline(never)]
    pub fn within(self, owner: &'static str) -> Self {
        self.owned_by(Owner::Type(owner))
    }

    /// Names the argument that was converted: the message then starts with `area() argument
    /// 'width': `, and `loc` with the argument's name.
    #[cold]
    #[inline(never)]
    pub fn in_argument(self, function: &'static str, name: &'static str) -> Self {
        self.owned_by(Owner::Argument { function, name })
    }

    fn owned_by(self, owner: Owner) -> Self {
        let mut content = self.0.into_content();
        match &mut *content {
            Content::Failures(failures) => failures.owner = Some(owner),
            Content::Exception(exception) => exception.owner = Some(owner),
        }
        ConversionError(Word::boxed(content))
    }

    /// Both errors, to report all that is wrong at once. Where one is an exception, that one alone.
    #[cold]
    #[inline(never)]
    pub fn and(self, other: ConversionError) -> Self {
        let (mut all, more) = (self.0.into_content(), other.0.into_content());
        match (&mut *all, *more) {
            (Content::Exception(_), _) => {}
            (_, more @ Content::Exception(_)) => *all = more,
            (Content::Failures(failures), Content::Failures(more)) => failures.append(more),
        }
        ConversionError(Word::boxed(all))
    }

    /// As `self.and(other.inside(segment))`, but makes no box for another leaf.
    #[cold]
    #[inline(never)]
    pub fn and_inside(self, other: ConversionError, segment: Segment) -> Self {
        let View::Leaf(leaf, noted) = other.0.view() else {
            return self.and(other.inside(segment));
        };
        let mut all = self.0.into_content();
        if let Content::Failures(failures) = &mut *all {
            failures.push(Failure::leaf(leaf, noted, Some(segment)));
        }
        ConversionError(Word::boxed(all))
    }

    /// For a type that accepts more than the one it wraps: replaces "expected int" by what `leaf`
    /// expects, unless the error is about something inside.
    #[cold]
    #[inline(never)]
    pub fn relabel(self, leaf: &'static Leaf) -> Self {
        match self.0.view() {
            View::Leaf(inner, None) if inner.kind == Kind::WrongType => ConversionError::new(leaf),
            _ => self,
        }
    }

    /// Whether it says no more than that the object itself is of another type. A union drops such
    /// errors: another of its types may fit.
    #[inline(always)]
    pub fn is_mismatch(&self) -> bool {
        match self.0.bare_leaf() {
            Some(leaf) => leaf.kind == Kind::WrongType,
            None => self.is_noted_mismatch(),
        }
    }

    /// The same of an error that says what was got.
    #[cold]
    #[inline(never)]
    fn is_noted_mismatch(&self) -> bool {
        matches!(self.0.view(), View::Leaf(leaf, _) if leaf.kind == Kind::WrongType)
    }

    /// Whether the (first) failure is a wrong type.
    pub fn is_type(&self) -> bool {
        self.kind() == Some(Kind::WrongType)
    }

    /// Whether the (first) failure is a refused value of the right type.
    pub fn is_value(&self) -> bool {
        self.kind() == Some(Kind::WrongValue)
    }

    /// Whether the (first) failure is a number out of range.
    pub fn is_out_of_range(&self) -> bool {
        self.kind() == Some(Kind::OutOfRange)
    }

    /// Whether the (first) failure is a missing key or attribute.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind(), Some(Kind::MissingKey | Kind::MissingAttribute))
    }

    /// Whether it is an exception, raised by Python code or by this library (`RecursionError`).
    pub fn is_exception(&self) -> bool {
        self.kind().is_none()
    }

    fn kind(&self) -> Option<Kind> {
        match self.0.view() {
            View::Leaf(leaf, _) | View::Item(leaf, ..) => Some(leaf.kind),
            View::Boxed(Content::Failures(failures)) => Some(failures.kind()),
            View::Boxed(Content::Exception(_)) => None,
        }
    }

    /// Where the (first) failure is: `orders[3].customer.age`. Empty for the object itself.
    pub fn path(&self) -> String {
        match self.0.view() {
            View::Leaf(..) => String::new(),
            View::Item(_, _, index) => format!("[{index}]"),
            View::Boxed(Content::Failures(failures)) => failures.first.written_path(),
            View::Boxed(Content::Exception(exception)) => path::write(&exception.path),
        }
    }

    /// How many steps the path of the (first) failure has.
    pub fn depth(&self) -> usize {
        match self.0.view() {
            View::Leaf(..) => 0,
            View::Item(..) => 1,
            View::Boxed(Content::Failures(failures)) => failures.first.depth(),
            View::Boxed(Content::Exception(exception)) => exception.path.len(),
        }
    }

    /// What was expected where the (first) failure is.
    pub fn expected(&self) -> Option<TypeHint> {
        match self.0.view() {
            View::Leaf(leaf, _) | View::Item(leaf, ..) => Some(leaf.expected),
            View::Boxed(Content::Failures(Failures { first, .. })) => {
                first.expectation().map(|leaf| leaf.expected)
            }
            View::Boxed(Content::Exception(_)) => None,
        }
    }

    /// Whether [`failures`](Self::failures) lists all there are: no more than 32 are kept, and what
    /// looks for them stops there.
    pub fn is_complete(&self) -> bool {
        match self.0.view() {
            View::Boxed(Content::Failures(failures)) => failures.is_complete(),
            _ => true,
        }
    }

    /// Every failure, up to 32: where, and what is wrong there. Empty where the error is an
    /// exception.
    pub fn failures(&self) -> Vec<(String, String)> {
        match self.0.view() {
            View::Leaf(..) => vec![(String::new(), self.to_string())],
            View::Item(leaf, builtin, _) => {
                let mut problem = String::new();
                content::write_leaf(leaf, &Got::Noted(Noted::Builtin(builtin)), &mut problem);
                vec![(self.path(), problem)]
            }
            View::Boxed(Content::Failures(failures)) => {
                let mut told = Vec::new();
                failures.tell(&mut |failure| {
                    let mut problem = String::new();
                    failure.write_problem(&mut problem);
                    told.push((path::write(&failure.path), problem));
                });
                told
            }
            View::Boxed(Content::Exception(_)) => Vec::new(),
        }
    }
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.view() {
            View::Leaf(leaf, noted) => {
                let mut out = String::new();
                content::write_leaf(leaf, &noted.into(), &mut out);
                f.write_str(&out)
            }
            View::Item(leaf, builtin, _) => {
                let mut out = self.path();
                out.push_str(": ");
                content::write_leaf(leaf, &Got::Noted(Noted::Builtin(builtin)), &mut out);
                f.write_str(&out)
            }
            View::Boxed(Content::Failures(failures)) => f.write_str(&failures.told_message()),
            View::Boxed(Content::Exception(exception)) => exception.fmt(f),
        }
    }
}

impl fmt::Debug for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConversionError({:?})", self.to_string())
    }
}

impl std::error::Error for ConversionError {}
