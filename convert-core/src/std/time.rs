//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Duration` | `datetime.timedelta` | subclasses; a negative one is a `ValueError` | into Python nanoseconds are cut off to microseconds |
//! | `SystemTime` | `datetime.datetime` with `timezone.utc` | with any `tzinfo`, before 1970 too; without one, or with one that knows no offset, it is a `ValueError` | as above; the time zone |
//!
//! Into Python, what lies beyond the years 1 to 9999 or a billion days is an `OverflowError`. (A
//! datetime of these years may lie a day beyond them in UTC: it is read, but is no datetime in
//! UTC.)

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use convert_ffi::types::{PyAny, PyDateTime, PyDelta, PyTzInfo};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, PyTypeInfo, Python, TypeHint, intern};

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
                const { &Leaf::refused(TypeHint::name("a timedelta that is not negative")) },
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
        let (offset_seconds, offset_microseconds) = offset(time)?;
        let day = days_from_civil(time.year(), time.month().into(), time.day().into());
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let second = minute * 60 + i64::from(time.second());
        let mut seconds = i64::from(day) * SECONDS_PER_DAY + second - offset_seconds;
        let mut microseconds = time.microsecond();
        if microseconds < offset_microseconds {
            seconds -= 1;
            microseconds += 1_000_000;
        }
        // The fraction goes forward also where the seconds go back to before 1970.
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let start =
            if seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        let fraction = Duration::from_micros((microseconds - offset_microseconds).into());
        start
            .and_then(|start| start.checked_add(fraction))
            .ok_or_else(|| ConversionError::new(const { &Leaf::out_of_range(SYSTEM_TIME) }))
    }

    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let time = object.try_cast_exact::<PyDateTime>().ok_or_else(Self::wrong_type)?;
        match time.is_utc() {
            true => Self::extract(object),
            false => Err(ConversionError::new(
                const { &Leaf::refused(TypeHint::name("a datetime with timezone.utc")) },
            )),
        }
    }
}

const SYSTEM_TIME: TypeHint = TypeHint::name("datetime in the range of SystemTime");

/// How far the time is ahead of UTC.
#[inline]
fn offset(time: &Bound<'_, PyDateTime>) -> Result<(i64, u32), ConversionError> {
    match time.is_utc() {
        true => Ok((0, 0)),
        false if time.has_tzinfo() => other_offset(time),
        false => Err(no_offset()),
    }
}

#[inline(always)]
fn no_offset() -> ConversionError {
    ConversionError::new(
        const { &Leaf::refused(TypeHint::name("a datetime with an offset from UTC")) },
    )
}

#[inline(never)]
fn other_offset(time: &Bound<'_, PyDateTime>) -> Result<(i64, u32), ConversionError> {
    let py = time.py();
    // A subclass is not asked for its own, as it is not when Python subtracts datetimes.
    let method = PyDateTime::type_object(py).get_attribute(intern!(py, "utcoffset"))?;
    let offset = method.call_objects(std::slice::from_ref(time.as_any()), None)?;
    match offset.try_cast() {
        Some(offset) => Ok(seconds(offset)),
        None => Err(no_offset()),
    }
}

/// Days since 1970 of a date in the Gregorian calendar. A year is taken to begin in March: so the
/// day that leap years have comes last.
#[inline]
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - DAYS_TO_1970
}

/// The date of a day, counted from March 1st of the year 0.
#[inline]
fn civil_from_days(days: u32) -> (u32, u8, u8) {
    let (era, day_of_era) = (days / DAYS_PER_ERA, days % DAYS_PER_ERA);
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
    let months_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_from_march + 2) / 5 + 1;
    let month = if months_from_march < 10 { months_from_march + 3 } else { months_from_march - 9 };
    let year = era * 400 + year_of_era + u32::from(month <= 2);
    (year, month as u8, day as u8)
}

/// The Gregorian calendar repeats itself after 400 years.
const DAYS_PER_ERA: u32 = 146_097;
/// From March 1st of the year 0, as all these.
const DAYS_TO_1970: i32 = 719_468;
const DAYS_TO_YEAR_1: i64 = 306;
const DAYS_TO_YEAR_10000: i64 = 3_652_365;

fn duration_into_py<'py>(
    duration: &Duration,
    py: Python<'py>,
) -> Result<Bound<'py, PyDelta>, ConversionError> {
    let days = match i32::try_from(duration.as_secs() / SECONDS_PER_DAY as u64) {
        Ok(days) if days <= MOST_DAYS => days,
        _ => return Err(ConversionError::new(const { &Leaf::out_of_range(DELTA_RANGE) })),
    };
    let seconds = (duration.as_secs() % SECONDS_PER_DAY as u64) as i32;
    Ok(PyDelta::new(py, days, seconds, duration.subsec_micros() as i32, false)?)
}

/// Of a timedelta.
const MOST_DAYS: i32 = 999_999_999;
const DELTA_RANGE: TypeHint = TypeHint::name("a Duration of at most 999999999 days");
const DATETIME_RANGE: TypeHint = TypeHint::name("a SystemTime in the years 1 to 9999");

fn time_into_py<'py>(
    time: &SystemTime,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let out_of_range = || ConversionError::new(const { &Leaf::out_of_range(DATETIME_RANGE) });
    let (seconds, microsecond) = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (i64::try_from(since.as_secs()), since.subsec_micros()),
        Err(before) => {
            let before = before.duration();
            let seconds = i64::try_from(before.as_secs()).map(|seconds| -seconds);
            // Cut off towards the past here too.
            match before.subsec_nanos().div_ceil(1000) {
                0 => (seconds, 0),
                microseconds => (seconds.map(|seconds| seconds - 1), 1_000_000 - microseconds),
            }
        }
    };
    let seconds = seconds.map_err(|_| out_of_range())?;
    let days = seconds.div_euclid(SECONDS_PER_DAY) + i64::from(DAYS_TO_1970);
    let second = seconds.rem_euclid(SECONDS_PER_DAY) as u32;
    if !(DAYS_TO_YEAR_1..DAYS_TO_YEAR_10000).contains(&days) {
        return Err(out_of_range());
    }
    let (year, month, day) = civil_from_days(days as u32);
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
        microsecond,
        Some(&utc),
    )?)
}

into_py_leaf! {
    [] Duration => PyDelta, TIMEDELTA, |value, py| duration_into_py(value, py);
    [] SystemTime => PyDateTime, DATETIME, |value, py| time_into_py(value, py);
}
