//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Vec<u8>`, `[u8; N]`, … | `bytes` | `bytearray`, `memoryview`, any buffer of one dimension of bytes (format `B`, or none), any sequence of ints in 0..=255 | none |
//! | `&[u8]` | `bytes` | `bytes` itself only: what is merely read-only may still change | none |
//! | `Cow<[u8]>` | `bytes` | borrowed from `bytes`, else as `Vec<u8>` | none |
//!
//! What many `u8` become and are made from; the containers are in `sequence.rs`. NumPy shows the
//! memory of some scalars as bytes, a `datetime64` for one: they are read as such.

use convert_ffi::types::{PyAny, PyBytes, PyInt};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, TypeHint};

use super::strict::exact;
use crate::convert::Token;
use crate::{FromPyObject, IntoPy};

const BYTES: TypeHint = TypeHint::name("bytes");

/// How many `u8` are made: of `bytes`, or as other ints are.
macro_rules! many {
    () => {
        #[inline]
        fn extract_many<'x>(
            object: Borrowed<'x, 'py, PyAny>,
            most: usize,
            _: impl FnOnce(Borrowed<'x, 'py, PyAny>, usize) -> Result<Vec<Self>, ConversionError>,
            _: $crate::convert::Token,
        ) -> Result<Vec<Self>, ConversionError> {
            match <&[u8]>::extract(object) {
                Ok(bytes) => Ok(bytes[..bytes.len().min(most.saturating_add(1))].to_vec()),
                Err(_) => $crate::std::sequence::extract_plain(object, most),
            }
        }

        fn extract_many_strict(
            object: Borrowed<'_, 'py, PyAny>,
            _: $crate::convert::Token,
        ) -> Option<Result<Vec<Self>, ConversionError>> {
            Some(<&[u8]>::extract_strict(object).map(Vec::from))
        }

        #[inline]
        fn borrow_many(
            object: Borrowed<'a, 'py, PyAny>,
            _: $crate::convert::Token,
        ) -> Option<&'a [Self]> {
            <&[u8]>::extract(object).ok()
        }

        #[inline]
        fn copy_many<const N: usize>(
            object: Borrowed<'_, 'py, PyAny>,
            _: $crate::convert::Token,
        ) -> Option<[Self; N]> {
            <&[u8]>::extract(object).ok()?.try_into().ok()
        }
    };
}
pub(super) use many;

impl<'a, 'py> FromPyObject<'a, 'py> for &'a [u8] {
    const EXPECTED: TypeHint = BYTES;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match object.try_cast_borrowed::<PyBytes>() {
            Some(bytes) => Ok(bytes.to_slice()),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyBytes);
}

/// A single `u8` is an int; many become `bytes`.
macro_rules! into_py_byte {
    ($($type:ty, |$item:ident| $byte:expr;)*) => { $(
        impl<'py> IntoPy<'py> for $type {
            type Target = PyInt;
            const PRODUCES: TypeHint = TypeHint::name("int");
            const PRODUCES_MANY: TypeHint = BYTES;
            const SHALLOW: bool = true;
            const KEEPS_DISTINCT: bool = true;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyInt>, ConversionError> {
                let $item = self;
                i64::from($byte).into_py(py)
            }

            #[inline]
            fn collect_into_py<I: ExactSizeIterator<Item = Self>>(
                items: I,
                py: Python<'py>,
                _: Token,
            ) -> Result<Bound<'py, PyAny>, ConversionError> {
                Ok(PyBytes::from_iter(py, items.map(|$item| $byte))?.into_any())
            }
        }
    )* };
}

into_py_byte! {
    u8, |item| item;
    &u8, |item| *item;
}
