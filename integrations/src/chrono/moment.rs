//! Moments: a `datetime` that knows its offset from UTC.

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, Offset, TimeZone, Utc};
use convert_ffi::types::{PyDateTime, PyTzInfo};
use convert_ffi::{Bound, ConversionError, Python};

use super::naive::{DateFields, TimeFields, moment_of_clock};
use super::offset::{Ahead, check_timezone, make_fixed};
use super::{native, refused};

native! {
    /// `DateTime<Utc>`.
    utc_date_time: chrono::DateTime<chrono::Utc> = PyDateTime "datetime" or convert_ffi::Bound::try_cast, super::read_utc, super::make_utc
}

native! {
    /// `DateTime<FixedOffset>`.
    fixed_date_time: chrono::DateTime<chrono::FixedOffset> = PyDateTime "datetime" or convert_ffi::Bound::try_cast, super::read_fixed, super::make_with_offset
}

native! {
    /// `DateTime<Local>`.
    local_date_time: chrono::DateTime<chrono::Local> = PyDateTime "datetime" or convert_ffi::Bound::try_cast, super::read_local, super::make_with_offset
}

#[inline(always)]
fn read_utc(object: &Bound<'_, PyDateTime>, exact: bool) -> Result<DateTime<Utc>, ConversionError> {
    if object.is_utc() {
        return moment_of_clock(object).map(|clock| clock.and_utc());
    }
    read_elsewhere(object, exact)
}

#[inline(never)]
fn read_elsewhere(
    object: &Bound<'_, PyDateTime>,
    exact: bool,
) -> Result<DateTime<Utc>, ConversionError> {
    if exact {
        return Err(refused!("a datetime with timezone.utc"));
    }
    Ok(Ahead::of(object)?.moment(moment_of_clock(object)?)?.and_utc())
}

#[inline(always)]
fn read_fixed(
    object: &Bound<'_, PyDateTime>,
    exact: bool,
) -> Result<DateTime<FixedOffset>, ConversionError> {
    if exact {
        check_timezone(object)?;
    }
    let offset = Ahead::of(object)?.fixed()?;
    // An offset takes no clock out of chrono's range, which is 26 times that of Python.
    offset
        .from_local_datetime(&moment_of_clock(object)?)
        .single()
        .ok_or_else(|| refused!("a datetime of the calendar"))
}

fn read_local(
    object: &Bound<'_, PyDateTime>,
    exact: bool,
) -> Result<DateTime<Local>, ConversionError> {
    if exact {
        check_timezone(object)?;
    }
    let moment = read_utc(object, false)?.with_timezone(&Local);
    if exact && Ahead::of(object)?.fixed()? != moment.offset().fix() {
        return Err(refused!("a datetime with the local offset"));
    }
    Ok(moment)
}

#[inline]
fn make_utc<'py>(
    moment: &DateTime<Utc>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    datetime_with(&moment.naive_utc(), Some(&*PyTzInfo::utc(py)?), false, py)
}

#[inline]
pub(super) fn make_with_offset<'py, Tz: TimeZone>(
    moment: &DateTime<Tz>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let offset = moment.offset().fix();
    let clock = clock(moment, offset)?;
    datetime_with(&clock, Some(&make_fixed(&offset, py)?), false, py)
}

/// What a clock shows that is so far ahead of UTC.
#[inline]
pub(crate) fn clock<Tz: TimeZone>(
    moment: &DateTime<Tz>,
    offset: FixedOffset,
) -> Result<NaiveDateTime, ConversionError> {
    // chrono's own `naive_local` panics at the ends of its range.
    moment
        .naive_utc()
        .checked_add_offset(offset)
        .ok_or_else(|| super::out_of_range!("a date in the years 1 to 9999"))
}

/// A `datetime` that shows this.
#[inline]
pub(crate) fn datetime_with<'py>(
    clock: &NaiveDateTime,
    zone: Option<&Bound<'py, PyTzInfo>>,
    fold: bool,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let DateFields { year, month, day } = DateFields::of(clock.date())?;
    let TimeFields { hour, minute, second, microsecond } = TimeFields::of(clock.time())?;
    Ok(PyDateTime::new_with_fold(
        py,
        year,
        month,
        day,
        hour,
        minute,
        second,
        microsecond,
        zone,
        fold,
    )?)
}
