//! `num-bigint`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `BigInt` | `int` | subclasses (`bool`), anything with `__index__` | none |
//! | `BigUint` | `int` | as above; a negative one is an `OverflowError` | none |
//!
//! A float is refused, also one without a fraction, as Python refuses it for an index.

use convert_ffi::types::{PyAny, PyInt};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use num_bigint::{BigInt, BigUint, Sign};

const INT: TypeHint = TypeHint::name("int");

#[inline(always)]
fn wrong_type() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(INT) })
}

/// The int that an object is, or stands for by its `__index__`, as a number.
#[inline]
fn extract<T>(
    object: &Bound<'_, PyAny>,
    of_int: fn(&Bound<'_, PyInt>) -> Result<T, ConversionError>,
) -> Result<T, ConversionError> {
    match object.try_cast::<PyInt>() {
        Some(int) => of_int(int),
        None if object.has_index() => {
            let int = object.index()?;
            of_int(&int).map_err(|error| error.of(int.as_any().as_borrowed()))
        }
        None => Err(wrong_type()),
    }
}

/// An exact int as a number.
#[inline]
fn extract_exact<T>(
    object: &Bound<'_, PyAny>,
    of_int: fn(&Bound<'_, PyInt>) -> Result<T, ConversionError>,
) -> Result<T, ConversionError> {
    object.try_cast_exact::<PyInt>().map_or_else(|| Err(wrong_type()), of_int)
}

/// `BigInt` as `int`.
pub mod big_int {
    use super::*;

    /// `int`.
    pub type Target = PyInt;
    /// `int`.
    pub const EXPECTED: TypeHint = INT;
    /// `int`.
    pub const PRODUCES: TypeHint = INT;

    /// From an int, or what has `__index__`.
    ///
    /// # Errors
    /// A `TypeError` for anything else, or what `__index__` raised.
    #[inline]
    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<BigInt, ConversionError> {
        extract(object, of_int)
    }

    /// From an exact int.
    ///
    /// # Errors
    /// A `TypeError` for anything else.
    #[inline]
    pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<BigInt, ConversionError> {
        extract_exact(object, of_int)
    }

    /// Makes an int.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn into_py<'py>(value: &BigInt, py: Python<'py>) -> PyResult<Bound<'py, PyInt>> {
        match i64::try_from(value) {
            Ok(small) => PyInt::from_i64(py, small),
            Err(_) => PyInt::from_words(py, value.sign() == Sign::Minus, value.iter_u64_digits()),
        }
    }

    fn of_int(int: &Bound<'_, PyInt>) -> Result<BigInt, ConversionError> {
        if let Some(small) = int.to_i64() {
            return Ok(BigInt::from(small));
        }
        let number = int.with_words(|is_negative, words| {
            BigInt::from_slice(if is_negative { Sign::Minus } else { Sign::Plus }, words)
        });
        Ok(number?)
    }
}

/// `BigUint` as `int`.
pub mod big_uint {
    use super::*;

    /// `int`.
    pub type Target = PyInt;
    /// `int`.
    pub const EXPECTED: TypeHint = INT;
    /// `int`.
    pub const PRODUCES: TypeHint = INT;

    /// From an int, or what has `__index__`.
    ///
    /// # Errors
    /// A `TypeError` for anything else, an `OverflowError` for a negative one, or what `__index__`
    /// raised.
    #[inline]
    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<BigUint, ConversionError> {
        extract(object, of_int)
    }

    /// From an exact int.
    ///
    /// # Errors
    /// A `TypeError` for anything else, an `OverflowError` for a negative one.
    #[inline]
    pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<BigUint, ConversionError> {
        extract_exact(object, of_int)
    }

    /// Makes an int.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn into_py<'py>(value: &BigUint, py: Python<'py>) -> PyResult<Bound<'py, PyInt>> {
        match i64::try_from(value) {
            Ok(small) => PyInt::from_i64(py, small),
            Err(_) => PyInt::from_words(py, false, value.iter_u64_digits()),
        }
    }

    fn of_int(int: &Bound<'_, PyInt>) -> Result<BigUint, ConversionError> {
        // What takes 64 bits is left to the words: to find that out under the stable ABI takes
        // longer.
        if let Some(Ok(small)) = int.to_i64().map(u64::try_from) {
            return Ok(BigUint::from(small));
        }
        let number = int
            .with_words(|is_negative, words| (!is_negative).then(|| BigUint::from_slice(words)))?;
        number.ok_or_else(|| {
            ConversionError::new(
                const { &Leaf::out_of_range(TypeHint::name("int that is not negative")) },
            )
        })
    }
}
