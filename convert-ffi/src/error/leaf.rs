//! [`Leaf`]: what one conversion expected, as a constant, and what it got instead.

use pyo3_ffi as ffi;

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
    /// The object is not of an accepted type: `expected int, got str`, a `TypeError`.
    pub const fn wrong_type(expected: TypeHint) -> Self {
        Leaf { kind: Kind::WrongType, expected }
    }

    /// The type is right and the value is not: `expected a single character, got 'ab'`, a
    /// `ValueError`.
    pub const fn wrong_value(expected: TypeHint) -> Self {
        Leaf { kind: Kind::WrongValue, expected }
    }

    /// A number beyond what the Rust type holds: `expected int in 0..=255, got 300`, an
    /// `OverflowError`.
    pub const fn out_of_range(expected: TypeHint) -> Self {
        Leaf { kind: Kind::OutOfRange, expected }
    }

    /// A dict without the key: `key is missing, expected int`, a `KeyError`.
    pub const fn missing_key(expected: TypeHint) -> Self {
        Leaf { kind: Kind::MissingKey, expected }
    }

    /// An object without the attribute: `attribute is missing, expected int`, an
    /// `AttributeError`.
    pub const fn missing_attribute(expected: TypeHint) -> Self {
        Leaf { kind: Kind::MissingAttribute, expected }
    }

    /// A container that did not hold still: `the list changed size while it was being converted`,
    /// a `RuntimeError`.
    pub const fn changed(container: TypeHint) -> Self {
        Leaf { kind: Kind::Changed, expected: container }
    }
}

/// What was there instead of what was expected.
#[derive(Debug)]
pub(super) enum Got {
    /// Nobody who held the object has said yet; also where there was nothing.
    Unknown,
    /// One of the built-in types that have a code.
    Builtin(Builtin),
    /// The name of another type, or a value.
    Text(Box<str>),
}

/// An exact built-in type, by a number from 1 to 14.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Builtin(u8);

impl Builtin {
    const NAMES: [&'static str; 14] = [
        "None",
        "bool",
        "int",
        "float",
        "str",
        "bytes",
        "list",
        "tuple",
        "dict",
        "set",
        "frozenset",
        "bytearray",
        "complex",
        "type",
    ];

    #[cold]
    pub(super) fn of(object: Borrowed<'_, '_, PyAny>) -> Option<Self> {
        // SAFETY: reading the type of a live object.
        let got = unsafe { ffi::Py_TYPE(object.as_ptr()) };
        // SAFETY: `Py_None` is live as long as the interpreter.
        let none = unsafe { ffi::Py_TYPE(ffi::Py_None()) };
        // In the order of `NAMES`.
        let types: [*mut ffi::PyTypeObject; 14] = [
            none,
            &raw mut ffi::PyBool_Type,
            &raw mut ffi::PyLong_Type,
            &raw mut ffi::PyFloat_Type,
            &raw mut ffi::PyUnicode_Type,
            &raw mut ffi::PyBytes_Type,
            &raw mut ffi::PyList_Type,
            &raw mut ffi::PyTuple_Type,
            &raw mut ffi::PyDict_Type,
            &raw mut ffi::PySet_Type,
            &raw mut ffi::PyFrozenSet_Type,
            &raw mut ffi::PyByteArray_Type,
            &raw mut ffi::PyComplex_Type,
            &raw mut ffi::PyType_Type,
        ];
        let index = types.iter().position(|candidate| *candidate == got)?;
        Some(Builtin(index as u8 + 1))
    }

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
