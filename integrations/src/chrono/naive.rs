//! Dates and times that know of no time zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use convert_ffi::types::{PyAny, PyDate, PyDateTime, PyTime};
use convert_ffi::{Bound, ConversionError, Python};

use super::{native, out_of_range, refused};

native! {
    /// `NaiveDate`.
    naive_date: chrono::NaiveDate = PyDate "date" or super::other_date, super::read_date, super::make_date
}

native! {
    /// `NaiveTime`.
    naive_time: chrono::NaiveTime = PyTime "time" or convert_ffi::Bound::try_cast, super::read_time, super::make_time
}

native! {
    /// `NaiveDateTime`.
    naive_date_time: chrono::NaiveDateTime = PyDateTime "datetime" or convert_ffi::Bound::try_cast, super::read_date_time, super::make_date_time
}

/// A date of a subclass; but not a `datetime`, whose time would be lost.
fn other_date<'a, 'py>(object: &'a Bound<'py, PyAny>) -> Option<&'a Bound<'py, PyDate>> {
    object.try_cast().filter(|_| !object.is_instance_of::<PyDateTime>())
}

#[inline(always)]
fn read_date(object: &Bound<'_, PyDate>, _exact: bool) -> Result<NaiveDate, ConversionError> {
    date(object)
}

#[inline(always)]
fn read_time(object: &Bound<'_, PyTime>, _exact: bool) -> Result<NaiveTime, ConversionError> {
    if object.has_tzinfo() {
        return Err(refused!("a time without tzinfo"));
    }
    time(object.hour(), object.minute(), object.second(), object.microsecond())
}

#[inline(always)]
fn read_date_time(
    object: &Bound<'_, PyDateTime>,
    _exact: bool,
) -> Result<NaiveDateTime, ConversionError> {
    if object.has_tzinfo() {
        return Err(refused!("a datetime without tzinfo"));
    }
    moment_of_clock(object)
}

/// What a calendar and a clock show.
#[inline(always)]
pub(crate) fn moment_of_clock(
    object: &Bound<'_, PyDateTime>,
) -> Result<NaiveDateTime, ConversionError> {
    let time = time(object.hour(), object.minute(), object.second(), object.microsecond())?;
    Ok(NaiveDateTime::new(date(object.as_date())?, time))
}

// Objects out of tampered pickles may be out of range.

#[inline(always)]
fn date(date: &Bound<'_, PyDate>) -> Result<NaiveDate, ConversionError> {
    NaiveDate::from_ymd_opt(date.year(), date.month().into(), date.day().into())
        .ok_or_else(|| refused!("a date of the calendar"))
}

#[inline(always)]
fn time(hour: u8, minute: u8, second: u8, microsecond: u32) -> Result<NaiveTime, ConversionError> {
    // More would be a leap second to chrono.
    let microsecond = if microsecond < 1_000_000 { microsecond } else { u32::MAX };
    NaiveTime::from_hms_micro_opt(hour.into(), minute.into(), second.into(), microsecond)
        .ok_or_else(|| refused!("a time of day"))
}

/// The numbers that Python has for a date.
pub(super) struct DateFields {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl DateFields {
    #[inline]
    pub(super) fn of(date: NaiveDate) -> Result<Self, ConversionError> {
        let year = date.year();
        if !(1..=9999).contains(&year) {
            return Err(out_of_range!("a date in the years 1 to 9999"));
        }
        Ok(DateFields { year, month: date.month() as u8, day: date.day() as u8 })
    }
}

/// The numbers that Python has for a time.
pub(super) struct TimeFields {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) microsecond: u32,
}

impl TimeFields {
    #[inline]
    pub(super) fn of(time: NaiveTime) -> Result<Self, ConversionError> {
        let nanosecond = time.nanosecond();
        if nanosecond >= 1_000_000_000 || !nanosecond.is_multiple_of(1000) {
            return Err(too_fine(nanosecond));
        }
        let second = time.num_seconds_from_midnight();
        Ok(TimeFields {
            hour: (second / 3600) as u8,
            minute: (second / 60 % 60) as u8,
            second: (second % 60) as u8,
            microsecond: nanosecond / 1000,
        })
    }
}

#[cold]
fn too_fine(nanosecond: u32) -> ConversionError {
    if nanosecond >= 1_000_000_000 {
        refused!("a time that is no leap second, which Python does not have")
    } else {
        refused!("a time in whole microseconds (`trunc_subsecs(6)` cuts off the rest)")
    }
}

#[inline]
fn make_date<'py>(
    date: &NaiveDate,
    py: Python<'py>,
) -> Result<Bound<'py, PyDate>, ConversionError> {
    let DateFields { year, month, day } = DateFields::of(*date)?;
    Ok(PyDate::new(py, year, month, day)?)
}

#[inline]
fn make_time<'py>(
    time: &NaiveTime,
    py: Python<'py>,
) -> Result<Bound<'py, PyTime>, ConversionError> {
    let TimeFields { hour, minute, second, microsecond } = TimeFields::of(*time)?;
    Ok(PyTime::new(py, hour, minute, second, microsecond, None)?)
}

#[inline]
fn make_date_time<'py>(
    moment: &NaiveDateTime,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    super::moment::datetime_with(moment, None, false, py)
}
