//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `PyBackedStr` | `str` | subclasses | none: surrogates are a `ValueError` |
//! | `PyBackedBytes` | `bytes` | subclasses | none |
//!
//! Borrowed without a copy, and kept alive: what a field of a struct or an item of a list takes
//! where `&str` and `&[u8]` cannot be, since a list may give up its items.

use convert_ffi::types::{
    Field, Hand, Handed, PyAny, PyBackedBytes, PyBackedStr, PyBytes, PyString,
};
use convert_ffi::{Borrowed, Bound, ConversionError, TypeHint};

use super::into_py_leaf;
use super::strict::exact;
use crate::FromPyObject;
use crate::convert::Token;

impl<'a, 'py> FromPyObject<'a, 'py> for PyBackedStr {
    const EXPECTED: TypeHint = TypeHint::name("str");

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast::<PyString>() {
            Some(string) => PyBackedStr::new(string.clone()),
            None => Err(Self::wrong_type()),
        }
    }

    #[inline(always)]
    fn extract_at_hand(
        hand: &mut impl Hand<'py>,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        _: Token,
    ) -> Handed<'py, Self> {
        match hand.hold::<()>(object, field) {
            Handed::Held(value) => match PyBackedStr::at_once(value) {
                Ok(kept) => Handed::Read(kept),
                Err(value) => Handed::Held(value),
            },
            Handed::NotHere | Handed::Read(()) => Handed::NotHere,
            Handed::NotInDict => Handed::NotInDict,
            Handed::Raised(error) => Handed::Raised(error),
        }
    }

    exact!(PyString);
}

impl<'a, 'py> FromPyObject<'a, 'py> for PyBackedBytes {
    const EXPECTED: TypeHint = TypeHint::name("bytes");

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast::<PyBytes>() {
            Some(bytes) => Ok(PyBackedBytes::new(bytes.clone())),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyBytes);
}

into_py_leaf! {
    [] PyBackedStr => PyString, TypeHint::name("str"), |value, py| {
        match value.as_py().bind(py).try_cast::<PyString>() {
            Some(string) => Ok(string.clone()),
            None => (**value).into_py(py),
        }
    };
    [] PyBackedBytes => PyBytes, TypeHint::name("bytes"), |value, py| {
        value.as_py().bind(py).cast::<PyBytes>().cloned()
    };
}
