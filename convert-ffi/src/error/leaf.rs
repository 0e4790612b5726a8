//! [`Leaf`]: what one conversion expected, as a constant, and what it got instead.

use pyo3_ffi as ffi;

use super::path::push_all;
use crate::types::{PyAny, PyDict};
use crate::{Borrowed, Py, TypeHint};

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
    pub(super) telling: Telling,
}

/// What an error about a value tells of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    Value,
    Length,
    Nothing,
}

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
        match self {
            Kind::WrongType => "TypeError",
            Kind::WrongValue => "ValueError",
            Kind::OutOfRange => "OverflowError",
            Kind::MissingKey => "KeyError",
            Kind::MissingAttribute => "AttributeError",
            Kind::Changed => "RuntimeError",
        }
    }
}

impl Leaf {
    const fn new(kind: Kind, expected: TypeHint) -> Self {
        Leaf { kind, expected, telling: Telling::Value }
    }

    /// The object is not of an accepted type: `expected int, got str`, a `TypeError`.
    pub const fn wrong_type(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongType, expected)
    }

    /// The type is right and the value is not: `expected an even int, got 7`, a `ValueError`.
    pub const fn wrong_value(expected: TypeHint) -> Self {
        Leaf::new(Kind::WrongValue, expected)
    }

    /// The type is right and the length is not: `expected str of one character, got str of length
    /// 2`, a `ValueError`.
    pub const fn wrong_length(expected: TypeHint) -> Self {
        Leaf { telling: Telling::Length, ..Leaf::new(Kind::WrongValue, expected) }
    }

    /// The type is right, and what was expected says all there is to say: `expected a datetime with
    /// a tzinfo`, a `ValueError`.
    pub const fn refused(expected: TypeHint) -> Self {
        Leaf { telling: Telling::Nothing, ..Leaf::new(Kind::WrongValue, expected) }
    }

    /// A number beyond what the Rust type holds: `expected int in 0..=255, got 300`, an
    /// `OverflowError`.
    pub const fn out_of_range(expected: TypeHint) -> Self {
        Leaf::new(Kind::OutOfRange, expected)
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

/// What was there instead of what was expected.
#[derive(Debug)]
pub(super) enum Got {
    /// Nobody who held the object has said yet; also where there was nothing.
    Unknown,
    /// What takes no text.
    Noted(Noted),
    /// The name of another type, or a value; for what is missing, a key that may have been meant.
    Text(Box<str>),
    /// For a missing field: the dict, which may have a key that was meant.
    OtherKeys(Py<PyDict>),
}

/// What an error can note without allocating.
#[derive(Debug, Clone, Copy)]
pub(super) enum Noted {
    Builtin(Builtin),
    /// For an error about a container: its type and length.
    Sized(Builtin, u16),
    /// For an error about the value of an int.
    Int(i16),
}

impl From<Option<Noted>> for Got {
    #[inline(always)]
    fn from(noted: Option<Noted>) -> Self {
        noted.map_or(Got::Unknown, Got::Noted)
    }
}

impl Noted {
    #[inline]
    pub(super) fn write(self, out: &mut String) {
        match self {
            Noted::Builtin(builtin) => out.push_str(builtin.name()),
            Noted::Sized(builtin, length) => {
                push_all(out, [builtin.name(), " of length ", &length.to_string()]);
            }
            Noted::Int(value) => out.push_str(&value.to_string()),
        }
    }
}

/// An exact built-in type, by a number from 1 to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Builtin(u8);

macro_rules! builtins {
    ($($code:literal $name:literal $type:expr;)*) => {
        impl Builtin {
            const NAMES: &'static [&'static str] = &["None", $($name),*];

            /// The object's type, if it is one of these: comparisons of addresses, in the order of
            /// the table, and `None` last.
            #[inline]
            pub(super) fn of(object: Borrowed<'_, '_, PyAny>) -> Option<Self> {
                // SAFETY: reading the type of a live object.
                let got = unsafe { ffi::Py_TYPE(object.as_ptr()) };
                $(if got == $type {
                    return Some(Builtin($code));
                })*
                object.is_none().then_some(Builtin(NONE))
            }
        }
    };
}

/// The code of `None`, whose type has no name in the stable ABI.
const NONE: u8 = 1;

// The most frequent first.
builtins! {
    2 "str" &raw mut ffi::PyUnicode_Type;
    3 "int" &raw mut ffi::PyLong_Type;
    4 "float" &raw mut ffi::PyFloat_Type;
    5 "dict" &raw mut ffi::PyDict_Type;
    6 "list" &raw mut ffi::PyList_Type;
    7 "bool" &raw mut ffi::PyBool_Type;
    8 "tuple" &raw mut ffi::PyTuple_Type;
    9 "bytes" &raw mut ffi::PyBytes_Type;
    10 "set" &raw mut ffi::PySet_Type;
    11 "frozenset" &raw mut ffi::PyFrozenSet_Type;
    12 "bytearray" &raw mut ffi::PyByteArray_Type;
    13 "complex" &raw mut ffi::PyComplex_Type;
    14 "type" &raw mut ffi::PyType_Type;
    15 "object" &raw mut ffi::PyBaseObject_Type;
}

impl Builtin {
    pub(super) fn from_code(code: u8) -> Option<Self> {
        (code != 0).then_some(Builtin(code))
    }

    pub(super) fn code(self) -> u8 {
        self.0
    }

    pub(super) fn name(self) -> &'static str {
        Self::NAMES[usize::from(self.0) - 1]
    }
}
