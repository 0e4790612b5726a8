//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `String`, `Box<str>`, `Rc<str>`, `Arc<str>` | `str` | subclasses | none: surrogates are a `ValueError` |
//! | `&str` | `str` | borrowed from the object itself only; not under `abi3-py39`, which cannot | as above |
//! | `Cow<str>` | `str` | borrowed where possible | as above |
//! | `char` | `str` | a `str` of exactly one character | as above |

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, TypeHint};

use super::strict::exact;
use super::{at_hand, into_py_leaf};
use crate::{FromPyObject, IntoPy};

const STR: TypeHint = TypeHint::name("str");

/// The text of a `str`, borrowed where possible.
#[inline(always)]
fn text<'x>(object: &'x Borrowed<'_, '_, PyAny>) -> Result<Cow<'x, str>, ConversionError> {
    match object.try_cast::<PyString>() {
        Some(string) => string.to_cow(),
        None => Err(ConversionError::new(const { &Leaf::wrong_type(STR) })),
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for String {
    const EXPECTED: TypeHint = STR;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast::<PyString>() {
            Some(string) => string.to_text_owned(),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyString);
    at_hand!();
}

/// Each is made in one copy of the text.
macro_rules! shared_strs {
    ($($type:ty),*) => { $(
        impl<'a, 'py> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = STR;
            const SHALLOW: bool = true;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                text(&object).map(Into::into)
            }

            exact!(PyString);
        }
    )* };
}

shared_strs!(Box<str>, Rc<str>, Arc<str>);

#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
impl<'a, 'py> FromPyObject<'a, 'py> for &'a str {
    const EXPECTED: TypeHint = STR;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast_borrowed::<PyString>() {
            Some(string) => string.to_text(),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyString);
}

impl<'a, 'py> FromPyObject<'a, 'py> for Cow<'a, str> {
    const EXPECTED: TypeHint = STR;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        return <&str>::extract(object).map(Cow::Borrowed);
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        String::extract(object).map(Cow::Owned)
    }

    exact!(PyString);
}

impl<'a, 'py> FromPyObject<'a, 'py> for char {
    const EXPECTED: TypeHint = STR;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let string = object.try_cast::<PyString>().ok_or_else(Self::wrong_type)?;
        string.to_char()?.ok_or_else(|| {
            ConversionError::new(
                const { &Leaf::wrong_length(TypeHint::name("str of one character")) },
            )
        })
    }

    exact!(PyString);
}

impl<'py> IntoPy<'py> for &str {
    type Target = PyString;
    const PRODUCES: TypeHint = STR;
    const SHALLOW: bool = true;
    const KEEPS_DISTINCT: bool = true;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyString>, ConversionError> {
        Ok(PyString::new(py, self)?)
    }
}

into_py_leaf! {
    distinct
    [] String => PyString, STR, |value, py| PyString::new(py, value);
    [] Box<str> => PyString, STR, |value, py| PyString::new(py, value);
    [] Rc<str> => PyString, STR, |value, py| PyString::new(py, value);
    [] Arc<str> => PyString, STR, |value, py| PyString::new(py, value);
    ['s] Cow<'s, str> => PyString, STR, |value, py| PyString::new(py, value);
    [] char => PyString, STR, |value, py| PyString::from_char(py, *value);
}
