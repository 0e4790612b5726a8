//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `i8` … `i64`, `u8` … `u64`, `isize`, `usize` | `int` | subclasses (`bool`), anything with `__index__` | none: out of range is an `OverflowError` |
//! | `i128`, `u128` | `int` | as above | none |
//!
//! A float is refused, also one without a fraction, as Python refuses it for an index.

use convert_ffi::types::{Plain, PyAny, PyInt};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, TypeHint};

use super::strict::exact;
use super::{bytes, in_bulk, into_py_leaf};
use crate::FromPyObject;

/// An int type: its range, and how its value is read from an `int`.
trait Int: Sized {
    const OUT_OF_RANGE: &'static Leaf;
    /// The value, where it fits.
    fn of_int(int: &Bound<'_, PyInt>) -> Option<Self>;
}

const INT: TypeHint = TypeHint::name("int");

/// From an object that is no int but has `__index__`.
#[cold]
#[inline(never)]
fn extract_index<T: Int>(object: Borrowed<'_, '_, PyAny>) -> Result<T, ConversionError> {
    let int = object.index()?;
    T::of_int(&int)
        .ok_or_else(|| ConversionError::new(T::OUT_OF_RANGE).of(int.as_any().as_borrowed()))
}

macro_rules! ints {
    ($($type:ident, $range:literal, $read:expr, { $($many:tt)* })*) => { $(
        impl Int for $type {
            const OUT_OF_RANGE: &'static Leaf = &Leaf::out_of_range(TypeHint::name($range));

            #[inline]
            fn of_int(int: &Bound<'_, PyInt>) -> Option<Self> {
                ($read)(int)
            }
        }

        impl<'a, 'py> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = INT;
            const SHALLOW: bool = true;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                match object.try_cast::<PyInt>() {
                    Some(int) => Self::of_int(int)
                        .ok_or_else(|| ConversionError::new(Self::OUT_OF_RANGE)),
                    None if object.has_index() => extract_index(object),
                    None => Err(Self::wrong_type()),
                }
            }

            exact!(PyInt);

            $($many)*
        }
    )* };
}

/// Reads a type that convert-ffi reads in bulk.
#[inline(always)]
fn plain<T: Plain>(int: &Bound<'_, PyInt>) -> Option<T> {
    T::read(int.as_any())
}

ints! {
    i8, "int in -128..=127", plain, { in_bulk!(); }
    i16, "int in -32768..=32767", plain, { in_bulk!(); }
    i32, "int in -2147483648..=2147483647", plain, { in_bulk!(); }
    i64, "int in -9223372036854775808..=9223372036854775807", plain, { in_bulk!(); }
    isize, "int that fits isize", plain, { in_bulk!(); }
    i128, "int of at most 128 bits with its sign", plain, {}
    u8, "int in 0..=255", plain, { bytes::many!(); }
    u16, "int in 0..=65535", plain, { in_bulk!(); }
    u32, "int in 0..=4294967295", plain, { in_bulk!(); }
    u64, "int in 0..=18446744073709551615", plain, { in_bulk!(); }
    usize, "int that fits usize", plain, { in_bulk!(); }
    u128, "int in 0..2**128", plain, {}
}

into_py_leaf! {
    distinct
    [] i8 => PyInt, INT, |value, py| PyInt::from_i64(py, i64::from(*value));
    [] i16 => PyInt, INT, |value, py| PyInt::from_i64(py, i64::from(*value));
    [] i32 => PyInt, INT, |value, py| PyInt::from_i64(py, i64::from(*value));
    [] i64 => PyInt, INT, |value, py| PyInt::from_i64(py, *value);
    [] isize => PyInt, INT, |value, py| PyInt::from_i64(py, *value as i64);
    [] i128 => PyInt, INT, |value, py| PyInt::from_i128(py, *value);
    [] u16 => PyInt, INT, |value, py| PyInt::from_i64(py, i64::from(*value));
    [] u32 => PyInt, INT, |value, py| PyInt::from_i64(py, i64::from(*value));
    [] u64 => PyInt, INT, |value, py| PyInt::from_u64(py, *value);
    [] usize => PyInt, INT, |value, py| PyInt::from_u64(py, *value as u64);
    [] u128 => PyInt, INT, |value, py| PyInt::from_u128(py, *value);
}
