//! Days of the week, and months: by their numbers, as Python has them.

use chrono::{Month, Weekday};
use convert_ffi::types::PyInt;
use convert_ffi::{Bound, ConversionError, Leaf, Python, TypeHint};

use super::native;

native! {
    /// `Weekday`, as of `date.weekday()`: Monday is 0.
    weekday: chrono::Weekday = PyInt "int" or convert_ffi::Bound::try_cast, super::read_weekday, super::make_weekday
}

native! {
    /// `Month`, as of `date.month`: January is 1.
    month: chrono::Month = PyInt "int" or convert_ffi::Bound::try_cast, super::read_month, super::make_month
}

native! {
    /// `Weekday`, as of `date.isoweekday()`: Monday is 1.
    iso_weekday: chrono::Weekday = PyInt "int" or convert_ffi::Bound::try_cast, super::read_iso_weekday, super::make_iso_weekday
}

/// The number, where it is so small.
fn small(number: &Bound<'_, PyInt>) -> Option<u8> {
    number.to_i64()?.try_into().ok()
}

fn read_weekday(number: &Bound<'_, PyInt>, _exact: bool) -> Result<Weekday, ConversionError> {
    small(number).and_then(|number| Weekday::try_from(number).ok()).ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a day of the week, 0 (Monday) to 6")) },
        )
    })
}

fn read_iso_weekday(number: &Bound<'_, PyInt>, _exact: bool) -> Result<Weekday, ConversionError> {
    let weekday = small(number).and_then(|number| number.checked_sub(1));
    weekday.and_then(|number| Weekday::try_from(number).ok()).ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a day of the week, 1 (Monday) to 7")) },
        )
    })
}

fn read_month(number: &Bound<'_, PyInt>, _exact: bool) -> Result<Month, ConversionError> {
    small(number).and_then(|number| Month::try_from(number).ok()).ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a month, 1 (January) to 12")) },
        )
    })
}

fn make_weekday<'py>(day: &Weekday, py: Python<'py>) -> Result<Bound<'py, PyInt>, ConversionError> {
    Ok(PyInt::from_i64(py, day.num_days_from_monday().into())?)
}

fn make_iso_weekday<'py>(
    day: &Weekday,
    py: Python<'py>,
) -> Result<Bound<'py, PyInt>, ConversionError> {
    Ok(PyInt::from_i64(py, day.number_from_monday().into())?)
}

fn make_month<'py>(month: &Month, py: Python<'py>) -> Result<Bound<'py, PyInt>, ConversionError> {
    Ok(PyInt::from_i64(py, month.number_from_month().into())?)
}
