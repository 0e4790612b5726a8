//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `CString`; `Box<CStr>` out only | `str` | subclasses | none: a NUL inside, or surrogates, are a `ValueError` |
//! | `&CStr` | `str` | borrowed from the object itself only; not under `abi3-py39`, which cannot | as above |
//! | `Cow<CStr>` | `str` | borrowed where possible | as above |
//!
//! Into Python, text that is not UTF-8 is a `ValueError`: bytes of no known encoding are no `str`.

use std::borrow::Cow;
use std::ffi::{CStr, CString};

use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, TypeHint};

use super::into_py_leaf;
use super::strict::exact;
use crate::{FromPyObject, IntoPy};

const STR: TypeHint = TypeHint::name("str");

#[cold]
fn has_nul() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("str without NUL")) })
}

impl<'a, 'py> FromPyObject<'a, 'py> for CString {
    const EXPECTED: TypeHint = STR;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        CString::new(String::extract(object)?).map_err(|_| has_nul())
    }

    exact!(PyString);
}

#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
impl<'a, 'py> FromPyObject<'a, 'py> for &'a CStr {
    const EXPECTED: TypeHint = STR;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast_borrowed::<PyString>() {
            Some(string) => string.to_c_str()?.ok_or_else(has_nul),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyString);
}

impl<'a, 'py> FromPyObject<'a, 'py> for Cow<'a, CStr> {
    const EXPECTED: TypeHint = STR;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        return <&CStr>::extract(object).map(Cow::Borrowed);
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        CString::extract(object).map(Cow::Owned)
    }

    exact!(PyString);
}

impl<'py> IntoPy<'py> for &CStr {
    type Target = PyString;
    const PRODUCES: TypeHint = STR;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyString>, ConversionError> {
        match self.to_str() {
            Ok(text) => text.into_py(py),
            Err(_) => Err(ConversionError::custom("a C string that is not UTF-8 is no str")),
        }
    }
}

into_py_leaf! {
    [] CString => PyString, STR, |value, py| value.as_c_str().into_py(py);
    [] Box<CStr> => PyString, STR, |value, py| (**value).into_py(py);
    ['s] Cow<'s, CStr> => PyString, STR, |value, py| (**value).into_py(py);
}
