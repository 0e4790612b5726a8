//! A `Decimal` as its text, a `str`:
//! `#[py(with = "convert_core::integrations::rust_decimal::text")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Decimal` | `str`, with all its places: `1.50` | `+1.5`, `.5`, `15E-1` | as of `decimal.Decimal` |

use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use rust_decimal::Decimal;

/// From a `str`, as `decimal.Decimal(text)` reads it; but without underscores and blanks around it.
///
/// # Errors
/// A `TypeError` for anything else; a `ValueError` or an `OverflowError` for what is no decimal, or
/// cannot be held exactly.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Decimal, ConversionError> {
    match object.try_cast::<PyString>() {
        Some(text) => super::parsed(&text.to_cow()?),
        None => Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("str")) })),
    }
}

/// Makes a `str`.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(value: &Decimal, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
    PyString::new(py, &super::unsigned_zero(value).to_string())
}
