//! A `Uuid` as its number: `#[py(with = "convert_core::integrations::uuid::int")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Uuid` | `int`, as `UUID.int` has it | subclasses | none |

use convert_ffi::types::{PyAny, PyInt};
use convert_ffi::{Bound, ConversionError, Leaf, PyResult, Python, TypeHint};
use uuid::Uuid;

/// From an int.
///
/// # Errors
/// A `TypeError` for anything else, an `OverflowError` beyond 128 bits.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    let Some(int) = object.try_cast::<PyInt>() else {
        return Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("int")) }));
    };
    int.to_u128().map(Uuid::from_u128).ok_or_else(|| {
        ConversionError::new(const { &Leaf::out_of_range(TypeHint::name("int in 0..2**128")) })
    })
}

/// Makes an int.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(value: &Uuid, py: Python<'py>) -> PyResult<Bound<'py, PyInt>> {
    PyInt::from_u128(py, value.as_u128())
}
