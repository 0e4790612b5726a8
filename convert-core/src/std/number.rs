//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `NonZero<i8>` … `NonZero<u128>` | `int` | as the int type; 0 is a `ValueError` | none |
//! | `AtomicBool`, `AtomicI8` … `AtomicUsize` | as their value | into Python only: an atomic is for sharing | none |
//! | `Ordering` | `int`: -1, 0 or 1 | as `i8` | none |

use std::cmp::Ordering;
use std::num::NonZero;
use std::sync::atomic;

use convert_ffi::types::{PyAny, PyBool, PyInt};
use convert_ffi::{Borrowed, ConversionError, Leaf, PyErr, Python, TypeHint};

use super::into_py_leaf;
use crate::{FromPyObject, IntoPy};

const INT: TypeHint = TypeHint::name("int");

macro_rules! nonzero {
    ($($type:ty),*) => { $(
        impl<'a, 'py> FromPyObject<'a, 'py> for NonZero<$type> {
            const EXPECTED: TypeHint = INT;
            const SHALLOW: bool = true;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                NonZero::new(<$type>::extract(object)?).ok_or_else(zero)
            }

            #[inline]
            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                NonZero::new(<$type>::extract_strict(object)?).ok_or_else(zero)
            }
        }

        into_py_leaf! {
            [] NonZero<$type> => PyInt, INT, |value, py| value.get().into_py(py);
        }
    )* };
}

nonzero!(i8, i16, i32, i64, i128, isize, u16, u32, u64, u128, usize, u8);

#[cold]
fn zero() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("int other than 0")) })
}

macro_rules! atomics {
    ($($type:ident => $target:ty, $hint:literal;)*) => {
        into_py_leaf! {
            $([] atomic::$type => $target, TypeHint::name($hint), |value, py| {
                load(value.load(atomic::Ordering::SeqCst), py)
            };)*
        }
    };
}

fn load<'py, T: IntoPy<'py>>(
    value: T,
    py: Python<'py>,
) -> Result<convert_ffi::Bound<'py, T::Target>, ConversionError> {
    value.into_py(py)
}

atomics! {
    AtomicBool => PyBool, "bool";
    AtomicI8 => PyInt, "int";
    AtomicI16 => PyInt, "int";
    AtomicI32 => PyInt, "int";
    AtomicI64 => PyInt, "int";
    AtomicIsize => PyInt, "int";
    AtomicU8 => PyInt, "int";
    AtomicU16 => PyInt, "int";
    AtomicU32 => PyInt, "int";
    AtomicU64 => PyInt, "int";
    AtomicUsize => PyInt, "int";
}

impl<'a, 'py> FromPyObject<'a, 'py> for Ordering {
    const EXPECTED: TypeHint = INT;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        ordering(i64::extract(object))
    }

    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        ordering(i64::extract_strict(object))
    }
}

fn ordering(value: Result<i64, ConversionError>) -> Result<Ordering, ConversionError> {
    match value {
        Ok(-1) => Ok(Ordering::Less),
        Ok(0) => Ok(Ordering::Equal),
        Ok(1) => Ok(Ordering::Greater),
        Err(error) if !error.is_out_of_range() => Err(error),
        _ => Err(ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("-1, 0 or 1")) })),
    }
}

into_py_leaf! {
    [] Ordering => PyInt, INT, |value, py| Ok::<_, PyErr>(PyInt::from_i64(py, *value as i64)?);
}
