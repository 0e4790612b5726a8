//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `f64` | `float` | subclasses, `int`, anything with `__float__` or `__index__` | an int beyond 2^53 is rounded, as by `float(x)`; beyond the range of a double it is an `OverflowError`; else what `__float__` loses |
//! | `f32` | `float` | as above | rounded to single precision; a finite double beyond its range is an `OverflowError` |
//!
//! What `__float__` gives is believed, as `float(x)` believes it: that of a `Decimal` makes
//! `1E+400` infinite, numpy's leave out the imaginary part (with a warning) and parse an array that
//! is one text. Of a subclass of `float` its own value is read, without `__float__`.

use convert_ffi::types::{Plain, PyAny, PyFloat, PyInt};
use convert_ffi::{Borrowed, ConversionError, Leaf, TypeHint};

use super::strict::exact;
use super::{in_bulk, into_py_leaf};
use crate::FromPyObject;

const FLOAT: TypeHint = TypeHint::name("float");

impl<'a, 'py> FromPyObject<'a, 'py> for f64 {
    const EXPECTED: TypeHint = FLOAT;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if let Some(value) = f64::read(&object) {
            return Ok(value);
        }
        match object.try_cast_exact::<PyInt>().and_then(|int| int.to_small()) {
            Some(value) => Ok(value as f64),
            None if object.has_float_or_index() => extract_other(object),
            None => Err(Self::wrong_type()),
        }
    }

    exact!(PyFloat);
    in_bulk!();
}

/// Anything that is a number, but a float or a small int.
#[inline(never)]
fn extract_other(object: Borrowed<'_, '_, PyAny>) -> Result<f64, ConversionError> {
    /// Every int up to this magnitude is a double.
    const EXACT: i64 = 1 << 53;
    if let Some(int) = object.try_cast_exact::<PyInt>()
        && let Some(value) = int.to_i64()
        && (-EXACT..=EXACT).contains(&value)
    {
        return Ok(value as f64);
    }
    match object.to_double() {
        Ok(value) => Ok(value),
        // What `float(10**400)` raises says nothing of the place; ours will.
        Err(_) if object.is_exact_instance_of::<PyInt>() => Err(ConversionError::new(
            const { &Leaf::out_of_range(TypeHint::name("int in the range of a float")) },
        )),
        Err(error) => Err(error.into()),
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for f32 {
    const EXPECTED: TypeHint = FLOAT;
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let value = f64::extract(object)?;
        let narrow = value as f32;
        if narrow.is_infinite() && value.is_finite() {
            return Err(ConversionError::new(
                const { &Leaf::out_of_range(TypeHint::name("float in the range of f32")) },
            ));
        }
        Ok(narrow)
    }

    exact!(PyFloat);
    in_bulk!();
}

into_py_leaf! {
    [] f64 => PyFloat, FLOAT, |value, py| PyFloat::new(py, *value);
    [] f32 => PyFloat, FLOAT, |value, py| PyFloat::new(py, f64::from(*value));
}
