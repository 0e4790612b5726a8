//! A `Duration` as seconds, a `float`: `#[py(with = "convert_core::std::seconds")]`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Duration` | `float` | `int`, and whatever else `f64` is made from | into Rust what is less than a nanosecond; into Python what a float has no room for: nanoseconds beyond about 50 days |

use std::time::Duration;

use convert_ffi::types::{PyAny, PyFloat};
use convert_ffi::{Bound, ConversionError, Leaf, Python, TypeHint};

use crate::IntoPy;
use crate::methods::PyAnyMethods;

/// From a number of seconds, rounded to nanoseconds.
///
/// ```
/// # convert_core::Python::initialize();
/// use std::time::Duration;
/// use convert_core::prelude::*;
///
/// #[derive(FromPyObject, Debug, PartialEq)]
/// struct Job {
///     #[py(with = "convert_core::std::seconds")]
///     timeout: Duration,
/// }
///
/// Python::attach(|py| {
///     let job: Job = py.eval(c"{'timeout': 1.5}", None, None).unwrap().extract().unwrap();
///     assert_eq!(job, Job { timeout: Duration::from_millis(1500) });
/// });
/// ```
///
/// # Errors
/// A `TypeError` for anything else; a `ValueError` where it is negative or not finite, an
/// `OverflowError` where it is too large.
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Duration, ConversionError> {
    let seconds: f64 = object.extract()?;
    Duration::try_from_secs_f64(seconds).map_err(|_| {
        const SECONDS: TypeHint = TypeHint::name("seconds from 0 to 2**64");
        let leaf = match seconds.is_finite() && seconds > 0.0 {
            true => const { &Leaf::out_of_range(SECONDS) },
            false => const { &Leaf::wrong_value(SECONDS) },
        };
        // As a float, which is what was read of an object of any type.
        match PyFloat::new(object.py(), seconds) {
            Ok(seconds) => ConversionError::new(leaf).of(seconds.as_any().as_borrowed()),
            Err(error) => error.into(),
        }
    })
}

/// Makes a float, the nearest.
///
/// # Errors
/// `MemoryError`.
pub fn into_py<'py>(
    value: &Duration,
    py: Python<'py>,
) -> Result<Bound<'py, PyFloat>, ConversionError> {
    value.as_secs_f64().into_py(py)
}
