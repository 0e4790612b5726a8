//! Conversions of the user's own.

use std::any::Any;
use std::fmt::Display;

use convert_ffi::{ConversionError, PyErr};

/// The error of a `TryFrom`: a `ValueError` with its text, or itself where it is an error of a
/// conversion or an exception.
#[cold]
pub fn refused<E: Display + 'static>(error: E) -> ConversionError {
    let mut error = Some(error);
    let any: &mut dyn Any = &mut error;
    if let Some(error) = any.downcast_mut::<Option<ConversionError>>().and_then(Option::take) {
        return error;
    }
    if let Some(error) = any.downcast_mut::<Option<PyErr>>().and_then(Option::take) {
        return error.into();
    }
    ConversionError::custom(error.map_or_else(String::new, |error| error.to_string()))
}
