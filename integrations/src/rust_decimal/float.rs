//! A `Decimal` as a `float`: `#[py(with = "convert_core::integrations::rust_decimal::float")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Decimal` | `float`, the nearest | `int`, subclasses of `float` | into Python what a float has no room for, and the places; the sign of a zero |

use convert_ffi::types::{PyAny, PyFloat, PyInt};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use rust_decimal::Decimal;

/// From a float, as its `repr` reads: of the decimals that are this float the one with the fewest
/// digits, `0.1` and not `0.1000000000000000055…`. From an int, exactly.
///
/// # Errors
/// A `TypeError` for anything else; a `ValueError` or an `OverflowError` for what is not finite, or
/// cannot be held. Takes as long as `float.__repr__`.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Decimal, ConversionError> {
    if let Some(float) = object.try_cast::<PyFloat>() {
        // Of a zero the sign is not kept: it has no meaning in a decimal. Where two texts are as
        // short and as near, as for 572078521702208.25, Rust does not write the one that Python
        // does.
        let exact = PyFloat::new(object.py(), float.value() + 0.0)?;
        return super::of_text(exact.as_any().repr());
    }
    match object.try_cast::<PyInt>() {
        Some(int) => super::of_int(int),
        None => Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("float")) })),
    }
}

/// Makes the nearest float.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(value: &Decimal, py: Python<'py>) -> PyResult<Bound<'py, PyFloat>> {
    // The text of a decimal is one of a float.
    PyFloat::new(py, super::unsigned_zero(value).to_string().parse().unwrap_or(f64::NAN))
}
