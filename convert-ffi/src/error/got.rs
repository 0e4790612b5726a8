//! [`Got`]: what was there instead of what was expected.

use pyo3_ffi as ffi;

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
            const NAMES: &'static Words<15> = &Words::new(concat!("None", $(" ", $name),*));

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
        Self::NAMES.get(usize::from(self.0) - 1)
    }
}

/// Words of one text: of as many texts, each would cost a pointer and its relocation.
pub(super) struct Words<const N: usize> {
    text: &'static str,
    /// Where each ends.
    ends: [u8; N],
}

impl<const N: usize> Words<N> {
    /// The words between spaces.
    pub(super) const fn new(text: &'static str) -> Self {
        let (mut ends, mut word, mut at) = ([0; N], 0, 0);
        while at <= text.len() {
            if at == text.len() || text.as_bytes()[at] == b' ' {
                ends[word] = at as u8;
                word += 1;
            }
            at += 1;
        }
        assert!(word == N && text.len() <= u8::MAX as usize);
        Words { text, ends }
    }

    /// The word at that place.
    pub(super) fn get(&self, place: usize) -> &'static str {
        nth_word(self.text, &self.ends, place)
    }
}

#[inline(never)]
fn nth_word(text: &'static str, ends: &[u8], place: usize) -> &'static str {
    let end_of = |place: usize| ends.get(place).copied().map_or(0, usize::from);
    let start = if place == 0 { 0 } else { end_of(place - 1) + 1 };
    text.get(start..end_of(place)).unwrap_or_default()
}
