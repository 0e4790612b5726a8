//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Vec<u8>`, `[u8; N]` | `bytes` | `bytearray`, any sequence of ints in 0..=255 | none |
//! | `&[u8]` | `bytes` | `bytes` itself only: what is merely read-only may still change | none |
//! | `Cow<[u8]>` | `bytes` | borrowed from `bytes`, else as `Vec<u8>` | none |

use std::borrow::Cow;

use convert_ffi::types::{PyAny, PyBytes, PyInt};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, TypeHint};

use super::{into_py_leaf, sequence};
use crate::convert::Token;
use crate::{FromPyObject, IntoPy};

const BYTES: TypeHint = TypeHint::name("bytes");

/// `Vec<u8>`: the one `Vec` that is not a list in Python.
#[inline]
pub(super) fn extract_vec(object: Borrowed<'_, '_, PyAny>) -> Result<Vec<u8>, ConversionError> {
    match object.try_cast::<PyBytes>() {
        Some(bytes) => Ok(bytes.as_bytes().to_vec()),
        None => sequence::extract_plain(object),
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for &'a [u8] {
    const EXPECTED: TypeHint = BYTES;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast_borrowed::<PyBytes>() {
            Some(bytes) => Ok(bytes.to_slice()),
            None => Err(Self::wrong_type()),
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Cow<'a, [u8]> {
    const EXPECTED: TypeHint = <Vec<u8> as FromPyObject<'a, 'py>>::EXPECTED;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast_borrowed::<PyBytes>() {
            Some(bytes) => Ok(Cow::Borrowed(bytes.to_slice())),
            None => Vec::extract(object).map(Cow::Owned),
        }
    }
}

/// A single `u8` is an int; many become `bytes`.
macro_rules! into_py_byte {
    ($($type:ty, |$item:ident| $byte:expr;)*) => { $(
        impl<'py> IntoPy<'py> for $type {
            type Target = PyInt;
            const PRODUCES: TypeHint = TypeHint::name("int");
            const PRODUCES_MANY: TypeHint = BYTES;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyInt>, ConversionError> {
                let $item = self;
                i64::from($byte).into_py(py)
            }

            fn collect_into_py<I: ExactSizeIterator<Item = Self>>(
                items: I,
                py: Python<'py>,
                _: Token,
            ) -> Result<Bound<'py, PyAny>, ConversionError> {
                let bytes: Vec<u8> = items.map(|$item| $byte).collect();
                Ok(PyBytes::new(py, &bytes)?.into_any())
            }
        }
    )* };
}

into_py_byte! {
    u8, |item| item;
    &u8, |item| *item;
}

into_py_leaf! {
    ['s] Cow<'s, [u8]> => PyBytes, BYTES, |value, py| PyBytes::new(py, value);
}
