//! [`Got`]: what was there instead of what was expected.

use pyo3_ffi as ffi;

use super::missing::OtherKeys;
use super::path::{push_all, push_number};
use crate::Borrowed;
use crate::types::PyAny;

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
    OtherKeys(OtherKeys),
    /// The same dict as the failure before has, or as that one refers to.
    SameOtherKeys,
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
    pub(super) fn write(self, words: &str, out: &mut String) {
        match self {
            Noted::Builtin(builtin) => push_all(out, &[words, builtin.name()]),
            Noted::Sized(builtin, length) => {
                push_all(out, &[words, builtin.name(), " of length "]);
                push_number(out, length.into());
            }
            Noted::Int(value) => {
                push_all(out, &[words]);
                push_number(out, value.into());
            }
        }
    }
}

/// An exact built-in type, by a number from 1 to 15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Builtin(u8);

macro_rules! builtins {
    ($($code:literal $name:literal $type:expr;)*) => {
        impl Builtin {
            /// One text: of fifteen, each would cost a pointer and its relocation.
            const NAMES: &'static str = concat!("None", $(" ", $name),*);

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
        nth_word(Self::NAMES, usize::from(self.0) - 1)
    }
}

/// The word at that place, of words between spaces.
#[cold]
#[inline(never)]
pub(super) fn nth_word(words: &'static str, mut place: usize) -> &'static str {
    let mut start = 0;
    for (at, byte) in words.bytes().enumerate() {
        if byte == b' ' {
            if place == 0 {
                return words.get(start..at).unwrap_or_default();
            }
            (place, start) = (place - 1, at + 1);
        }
    }
    words.get(start..).unwrap_or_default()
}
