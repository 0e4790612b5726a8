//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Duration` | `datetime.timedelta` | subclasses; a negative one is a `ValueError` | into Python nanoseconds are cut off to microseconds |
//! | `SystemTime` | `datetime.datetime` with `timezone.utc` | with any `tzinfo`, before 1970 too; without one it is a `ValueError` | as above; the time zone |
//!
//! What lies beyond the years 1 to 9999, or a billion days, is an `OverflowError`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use convert_ffi::types::{PyAny, PyDateTime, PyDelta, PyTzInfo};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, TypeHint};

use super::into_py_leaf;
use super::strict::exact;
use crate::FromPyObject;

const TIMEDELTA: TypeHint = TypeHint::name("timedelta");
const DATETIME: TypeHint = TypeHint::name("datetime");
const SECONDS_PER_DAY: i64 = 86_400;

/// The whole seconds of a timedelta, and the microseconds on top.
fn seconds(delta: &Bound<'_, PyDelta>) -> (i64, u32) {
    let whole = i64::from(delta.days()) * SECONDS_PER_DAY + i64::from(delta.seconds());
    (whole, delta.microseconds() as u32)
}

impl<'a, 'py> FromPyObject<'a, 'py> for Duration {
    const EXPECTED: TypeHint = TIMEDELTA;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let delta = object.try_cast::<PyDelta>().ok_or_else(Self::wrong_type)?;
        let (seconds, microseconds) = seconds(delta);
        match u64::try_from(seconds) {
            Ok(seconds) => Ok(Duration::new(seconds, microseconds * 1000)),
            Err(_) => Err(ConversionError::new(
                const { &Leaf::wrong_value(TypeHint::name("a timedelta that is not negative")) },
            )),
        }
    }

    exact!(PyDelta);
}

impl<'a, 'py> FromPyObject<'a, 'py> for SystemTime {
    const EXPECTED: TypeHint = DATETIME;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let time = object.try_cast::<PyDateTime>().ok_or_else(Self::wrong_type)?;
        let offset = offset(time)?;
        let days = days_from_civil(time.year().into(), time.month().into(), time.day().into());
        let hours = days * 24 + i64::from(time.hour());
        let seconds = (hours * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
        let (offset_seconds, offset_microseconds) = offset;
        let microseconds = (seconds - offset_seconds) * 1_000_000 + i64::from(time.microsecond())
            - i64::from(offset_microseconds);
        let distance = Duration::from_micros(microseconds.unsigned_abs());
        let time = if microseconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or_else(|| ConversionError::new(const { &Leaf::out_of_range(SYSTEM_TIME) }))
    }

    exact!(PyDateTime);
}

const SYSTEM_TIME: TypeHint = TypeHint::name("datetime in the range of SystemTime");

/// How far the time is ahead of UTC.
#[inline]
fn offset(time: &Bound<'_, PyDateTime>) -> Result<(i64, u32), ConversionError> {
    let zone = time.tzinfo();
    if zone.is_some_and(|zone| PyTzInfo::utc(time.py()).is_ok_and(|utc| zone.is(&utc))) {
        return Ok((0, 0));
    }
    other_offset(time)
}

#[inline(never)]
fn other_offset(time: &Bound<'_, PyDateTime>) -> Result<(i64, u32), ConversionError> {
    match time.utc_offset()? {
        Some(offset) => Ok(seconds(&offset)),
        None => Err(ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a datetime with a tzinfo")) },
        )),
    }
}

/// Days since 1970 of a date in the Gregorian calendar. A year is taken to begin in March: so the
/// day that leap years have comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970
}

/// The date of a day since 1970: the way back.
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + DAYS_TO_1970;
    let (era, day_of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
    let months_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_from_march + 2) / 5 + 1;
    let month = if months_from_march < 10 { months_from_march + 3 } else { months_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month as u8, day as u8)
}

/// The Gregorian calendar repeats itself after 400 years.
const DAYS_PER_ERA: i64 = 146_097;
/// From March 1st of the year 0.
const DAYS_TO_1970: i64 = 719_468;

fn duration_into_py<'py>(
    duration: &Duration,
    py: Python<'py>,
) -> Result<Bound<'py, PyDelta>, ConversionError> {
    let days = i32::try_from(duration.as_secs() / SECONDS_PER_DAY as u64);
    let days =
        days.map_err(|_| ConversionError::new(const { &Leaf::out_of_range(DELTA_RANGE) }))?;
    let seconds = (duration.as_secs() % SECONDS_PER_DAY as u64) as i32;
    Ok(PyDelta::new(py, days, seconds, duration.subsec_micros() as i32, false)?)
}

const DELTA_RANGE: TypeHint = TypeHint::name("a Duration of at most 999999999 days");
const DATETIME_RANGE: TypeHint = TypeHint::name("a SystemTime in the years 1 to 9999");

fn time_into_py<'py>(
    time: &SystemTime,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let out_of_range = || ConversionError::new(const { &Leaf::out_of_range(DATETIME_RANGE) });
    // Cut off towards the past, on both sides of 1970.
    let microseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()),
        Err(before) => {
            i64::try_from(before.duration().as_nanos().div_ceil(1000)).map(|before| -before)
        }
    };
    let microseconds = microseconds.map_err(|_| out_of_range())?;
    let (seconds, microsecond) =
        (microseconds.div_euclid(1_000_000), microseconds.rem_euclid(1_000_000));
    let (days, second) = (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY));
    let (year, month, day) = civil_from_days(days);
    if !(1..=9999).contains(&year) {
        return Err(out_of_range());
    }
    let (hour, minute) = ((second / 3600) as u8, (second / 60 % 60) as u8);
    let utc = PyTzInfo::utc(py)?;
    Ok(PyDateTime::new(
        py,
        year as i32,
        month,
        day,
        hour,
        minute,
        (second % 60) as u8,
        microsecond as u32,
        Some(&utc),
    )?)
}

into_py_leaf! {
    [] Duration => PyDelta, TIMEDELTA, |value, py| duration_into_py(value, py);
    [] SystemTime => PyDateTime, DATETIME, |value, py| time_into_py(value, py);
}
