//! A `Uuid` as its 16 bytes: `#[py(with = "convert_core::integrations::uuid::bytes")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Uuid` | `bytes`, the most significant first, as `UUID.bytes` has them | subclasses | none |

use convert_ffi::types::{PyAny, PyBytes};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use uuid::Uuid;

/// From `bytes` of length 16.
///
/// # Errors
/// A `TypeError` for anything else, a `ValueError` for another length.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    let Some(bytes) = object.try_cast::<PyBytes>() else {
        return Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("bytes")) }));
    };
    Uuid::from_slice(bytes.as_bytes()).map_err(|_| {
        ConversionError::new(const { &Leaf::wrong_length(TypeHint::name("bytes of length 16")) })
    })
}

/// Makes `bytes`.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(value: &Uuid, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new(py, value.as_bytes())
}
