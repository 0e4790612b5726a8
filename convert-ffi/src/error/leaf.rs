//! [`Leaf`]: what one conversion expected, as a constant.

use super::ConversionError;
use super::got::Words;
use super::note;
use super::path::push_all;
use crate::types::PyAny;
use crate::{Borrowed, TypeHint};

/// What a conversion expected of its object, and in which way the object may fall short.
///
/// Leaves are constants: making an error from one costs nothing, so a conversion that is merely
/// tried (a union's variants) may fail for free.
///
/// ```
/// use convert_ffi::{ConversionError, Leaf, TypeHint};
/// fn not_even() -> ConversionError {
///     ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("an even int")) })
/// }
/// assert_eq!(not_even().to_string(), "expected an even int");
/// ```
// The alignment leaves six bits of its address free, where `Word` keeps what was got instead.
#[repr(align(64))]
#[derive(Debug)]
pub struct Leaf {
    pub(super) kind: Kind,
    pub(super) expected: TypeHint,
    /// How the error notes what the object is, if it says anything but its type. A pointer: of what
    /// no leaf points to, a program has nothing.
    pub(super) note: Option<Note>,
    /// How what was expected is written, if that is more than a name. A pointer for the same
    /// reason.
    write: Option<fn(&TypeHint, &mut String)>,
}

pub(super) type Note = fn(&'static Leaf, Borrowed<'_, '_, PyAny>) -> ConversionError;

/// Which exception a failure becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    WrongType,
    WrongValue,
    OutOfRange,
    MissingKey,
    MissingAttribute,
    Changed,
}

impl Kind {
    pub(super) const COUNT: usize = 6;

    pub(super) fn exception_name(self) -> &'static str {
        const NAMES: &Words<{ Kind::COUNT }> =
            &Words::new("TypeError ValueError OverflowError KeyError AttributeError RuntimeError");
        NAMES.get(self as usize)
    }
}

impl Leaf {
    const fn new(kind: Kind, expected: TypeHint) -> Self {
        let write: Option<fn(&TypeHint, &mut String)> = match expected.as_name() {
            Some(_) => None,
            None => Some(TypeHint::write_expected),
        };
        Leaf { kind, expected, note: None, write }
    }

    /// Writes what was expected, after these words.
    pub(super) fn write_expected(&self, words: &str, out: &mut String) {
        push_all(out, &[words, self.expected.as_name().unwrap_or_default()]);
        if let Some(write) = self.write {
            write(&self.expected, out);
        }
    }

    const fn noting(self, note: Note) -> Self {
        Leaf { note: Some(note), ..self }
    }

    /// The object is not of an accepted type: `expected int, got str`, a `TypeError`.
    pub const fn wrong_type(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongType, expected)
    }

    /// The type is right and the value is not: `expected an even int, got 7`, a `ValueError`.
    pub const fn wrong_value(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongValue, expected).noting(note::value)
    }

    /// The type is right and the length is not: `expected str of one character, got str of length
    /// 2`, a `ValueError`.
    pub const fn wrong_length(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongValue, expected).noting(note::length)
    }

    /// The type is right, and what was expected says all there is to say: `expected a datetime with
    /// a tzinfo`, a `ValueError`.
    pub const fn refused(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongValue, expected)
    }

    /// A number beyond what the Rust type holds: `expected int in 0..=255, got 300`, an
    /// `OverflowError`.
    pub const fn out_of_range(expected: TypeHint) -> Self {
        Leaf::new(Kind::OutOfRange, expected).noting(note::int)
    }

    /// A dict without the key: `key is missing, expected int`, a `KeyError`.
    pub const fn missing_key(expected: TypeHint) -> Self {
        Leaf::new(Kind::MissingKey, expected)
    }

    /// An object without the attribute: `attribute is missing, expected int`, an
    /// `AttributeError`.
    pub const fn missing_attribute(expected: TypeHint) -> Self {
        Leaf::new(Kind::MissingAttribute, expected)
    }

    /// A container that did not hold still: `the list changed size while it was being converted`,
    /// a `RuntimeError`.
    pub const fn changed(container: TypeHint) -> Self {
        Leaf::new(Kind::Changed, container)
    }
}

/// Of the error that says no more than that something is missing.
pub(super) static LACKING: Leaf = Leaf::missing_key(TypeHint::name("object"));
