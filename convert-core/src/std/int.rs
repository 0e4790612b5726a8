//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `i8` … `i64`, `u8` … `u64`, `isize`, `usize` | `int` | subclasses (`bool`), anything with `__index__` | none: out of range is an `OverflowError` |
//! | `i128`, `u128` | `int` | as above | none |
//!
//! A float is refused, also one without a fraction, as Python refuses it for an index.

use convert_ffi::types::{Plain, PyAny, PyInt};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, TypeHint};

use super::into_py_leaf;
use crate::FromPyObject;
use crate::convert::Token;
use crate::std::{bytes, sequence};

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
    ($($type:ident, $range:literal, $read:expr, $extract_many:expr;)*) => { $(
        impl Int for $type {
            const OUT_OF_RANGE: &'static Leaf = &Leaf::out_of_range(TypeHint::name($range));

            #[inline]
            fn of_int(int: &Bound<'_, PyInt>) -> Option<Self> {
                ($read)(int)
            }
        }

        impl<'a, 'py> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = INT;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                match object.try_cast::<PyInt>() {
                    Some(int) => Self::of_int(int)
                        .ok_or_else(|| ConversionError::new(Self::OUT_OF_RANGE)),
                    None if object.has_index() => extract_index(object),
                    None => Err(Self::wrong_type()),
                }
            }

            #[inline]
            fn extract_many(
                object: Borrowed<'_, 'py, PyAny>,
                _: Token,
            ) -> Option<Result<Vec<Self>, ConversionError>> {
                ($extract_many)(object)
            }
        }
    )* };
}

/// Reads a type that convert-ffi reads in bulk.
#[inline(always)]
fn plain<T: Plain>(int: &Bound<'_, PyInt>) -> Option<T> {
    T::read(int.as_any())
}

ints! {
    i8, "int in -128..=127", plain, |object| Some(sequence::extract_plain(object));
    i16, "int in -32768..=32767", plain, |object| Some(sequence::extract_plain(object));
    i32, "int in -2147483648..=2147483647", plain, |object| Some(sequence::extract_plain(object));
    i64, "int in -9223372036854775808..=9223372036854775807", plain, |object| Some(sequence::extract_plain(object));
    isize, "int that fits isize", plain, |object| Some(sequence::extract_plain(object));
    i128, "int of at most 128 bits with its sign", Bound::<PyInt>::to_i128, |_| None;
    u8, "int in 0..=255", plain, |object| Some(bytes::extract_vec(object));
    u16, "int in 0..=65535", plain, |object| Some(sequence::extract_plain(object));
    u32, "int in 0..=4294967295", plain, |object| Some(sequence::extract_plain(object));
    u64, "int in 0..=18446744073709551615", plain, |object| Some(sequence::extract_plain(object));
    usize, "int that fits usize", plain, |object| Some(sequence::extract_plain(object));
    u128, "int in 0..2**128", Bound::<PyInt>::to_u128, |_| None;
}

into_py_leaf! {
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
