//! A `Uuid` as its text, a `str`: `#[py(with = "convert_core::integrations::uuid::text")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Uuid` | `str`: `12345678-1234-5678-1234-567812345678` | each alone: without hyphens, in braces, after `urn:uuid:`; digits in upper case | none |

use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// From a `str`.
///
/// # Errors
/// A `TypeError` for anything else, a `ValueError` for a text that is no UUID.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    let Some(text) = object.try_cast::<PyString>() else {
        return Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("str")) }));
    };
    Uuid::try_parse(&text.to_cow()?).map_err(|_| {
        ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("the text of a UUID")) })
    })
}

/// Makes a `str`, as `str(UUID(…))` does.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(value: &Uuid, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
    PyString::new(py, value.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]))
}
