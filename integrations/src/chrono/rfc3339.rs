//! Moments as text by RFC 3339: `2024-02-29T12:30:00.5+01:00`, a `str`.
//!
//! What is finer than a nanosecond is cut off when a text is read.

use std::fmt::Display;

use chrono::{DateTime, Datelike, FixedOffset, Offset, TimeZone};
use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Bound, ConversionError, Leaf, PyTypeInfo, Python, TypeHint};

use super::{moment, out_of_range, refused};

/// From a `str`, or an instance of a subclass. Of a leap second chrono knows.
///
/// # Errors
/// A `TypeError` for anything else, a `ValueError` for a text that is no such moment.
pub fn from_py<T: From<DateTime<FixedOffset>>>(
    object: &Bound<'_, PyAny>,
) -> Result<T, ConversionError> {
    let text =
        object.try_cast::<PyString>().ok_or_else(|| PyString::wrong_type(object.as_borrowed()))?;
    let text = text.to_cow()?;
    // chrono takes U+2212 for a minus, which RFC 3339 does not know.
    let moment = text.is_ascii().then(|| DateTime::parse_from_rfc3339(&text).ok()).flatten();
    moment.map(T::from).ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a date and time by RFC 3339")) },
        )
    })
}

/// Makes a `str`, with as many digits of the fraction as there are: none, 3, 6 or 9.
///
/// # Errors
/// What RFC 3339 cannot say: an `OverflowError` for years but 0 to 9999, a `ValueError` for an
/// offset that is no whole minutes.
pub fn into_py<'py, Tz: TimeZone<Offset: Display>>(
    value: &DateTime<Tz>,
    py: Python<'py>,
) -> Result<Bound<'py, PyString>, ConversionError> {
    let offset = value.offset().fix();
    if offset.local_minus_utc() % 60 != 0 {
        return Err(refused!("an offset from UTC in whole minutes"));
    }
    if !(0..=9999).contains(&moment::clock(value, offset)?.year()) {
        return Err(out_of_range!("a date in the years 0 to 9999"));
    }
    Ok(PyString::new(py, &value.to_rfc3339())?)
}
