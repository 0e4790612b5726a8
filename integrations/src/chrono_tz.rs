//! `chrono-tz`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Tz` | `zoneinfo.ZoneInfo` | subclasses; `timezone.utc` as `Tz::UTC` | |
//! | `DateTime<Tz>` | `datetime.datetime` with a `ZoneInfo` | with those | `fold`, where it makes no difference |
//!
//! Python and chrono-tz have the history of all time zones from the same source, but perhaps of
//! different age, or with other history before 1970; and chrono-tz knows of no changes after 2099. So it
//! is Python that is asked how far a clock is ahead of UTC, and where chrono-tz says otherwise the moment
//! is refused. So is a `datetime` in a gap, which no clock of its zone
//! ever showed: `DateTime<Utc>` and `DateTime<FixedOffset>` take it for the moment that Python does.
//!
//! `zoneinfo` needs the data of the system, or the package `tzdata`: without, making a `ZoneInfo` raises
//! `ZoneInfoNotFoundError`.

use ::chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use convert_ffi::types::{PyAny, PyDateTime, PyString, PyType, PyTzInfo};
use convert_ffi::{
    Bound, ConversionError, Leaf, Py, PyOnceLock, PyResult, Python, TypeHint, intern,
};

use crate::chrono::{Ahead, clock, datetime_with, moment_of_clock, native, refused};

native! {
    /// `Tz`.
    tz: chrono_tz::Tz = PyTzInfo "tzinfo" by try_cast, super::read_zone, super::make_zone
}

native! {
    /// `DateTime<Tz>`.
    date_time: chrono::DateTime<chrono_tz::Tz> = PyDateTime "datetime" by try_cast_exact, super::read, super::make
}

fn read_zone(zone: &Bound<'_, PyTzInfo>, exact: bool) -> Result<Tz, ConversionError> {
    match known(zone) {
        Some(known) => Ok(known),
        None => named(zone, exact),
    }
}

fn read(object: &Bound<'_, PyDateTime>, exact: bool) -> Result<DateTime<Tz>, ConversionError> {
    let Some(zone) = object.tzinfo() else {
        return Err(refused!("a datetime with a ZoneInfo"));
    };
    let clock = moment_of_clock(object)?;
    let moment = Ahead::asked(object, &zone)?.moment(clock)?;
    let moment = read_zone(&zone, exact)?.from_utc_datetime(&moment);
    if moment.naive_local() == clock {
        Ok(moment)
    } else {
        Err(refused!("a datetime that the clocks of its zone show, by chrono-tz"))
    }
}

fn make<'py>(
    moment: &DateTime<Tz>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let zone = make_zone(&moment.timezone(), py)?;
    let offset = moment.offset().fix();
    let clock = clock(moment, offset)?;
    for fold in [false, true] {
        let made = datetime_with(&clock, Some(&zone), fold, py)?;
        if Ahead::asked(&made, &zone)?.is(offset) {
            return Ok(made);
        }
    }
    Err(refused!("a moment whose offset from UTC Python and chrono-tz agree on"))
}

/// Its name makes a `ZoneInfo` but once: as Python keeps them, so do we.
fn make_zone<'py>(zone: &Tz, py: Python<'py>) -> Result<Bound<'py, PyTzInfo>, ConversionError> {
    static MADE: [PyOnceLock<Py<PyTzInfo>>; TZ_VARIANTS.len()] =
        [const { PyOnceLock::new() }; TZ_VARIANTS.len()];
    let made = MADE[*zone as usize].get_or_try_init(py, || {
        let name = PyString::new(py, zone.name())?.into_any();
        let made = class(py)?.call_objects(&[name], None)?;
        Ok::<_, ConversionError>(made.cast_into::<PyTzInfo>()?.unbind())
    })?;
    Ok(made.bind(py).clone())
}

/// `zoneinfo.ZoneInfo`.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    CLASS.import(py, "zoneinfo", "ZoneInfo")
}

/// Zones that were seen before, each in the place that its address gives it. They are kept, as
/// their addresses would otherwise be those of others one day.
static SEEN: [PyOnceLock<(Py<PyTzInfo>, Tz)>; 64] = [const { PyOnceLock::new() }; 64];

fn place(zone: &Bound<'_, PyTzInfo>) -> &'static PyOnceLock<(Py<PyTzInfo>, Tz)> {
    &SEEN[(zone.as_ptr() as usize >> 4) % SEEN.len()]
}

/// A zone that was seen before.
#[inline]
fn known(zone: &Bound<'_, PyTzInfo>) -> Option<Tz> {
    let (seen, known) = place(zone).get(zone.py())?;
    zone.is(seen.bind(zone.py())).then_some(*known)
}

#[cold]
fn named(zone: &Bound<'_, PyTzInfo>, exact: bool) -> Result<Tz, ConversionError> {
    let py = zone.py();
    if !exact && PyTzInfo::utc(py).is_ok_and(|utc| zone.is(&utc)) {
        return Ok(Tz::UTC);
    }
    let class = class(py)?.cast::<PyType>()?;
    let is_exact = zone.get_type().is(class);
    if !is_exact && (exact || !zone.is_instance_of_class(class)) {
        return Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("ZoneInfo")) })
            .of(zone.as_borrowed().to_any()));
    }
    let key = zone.get_attribute(intern!(py, "key"))?;
    let known = match key.try_cast::<PyString>() {
        Some(name) => name.to_cow()?.parse::<Tz>().ok(),
        None => None,
    };
    let known = known.ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a ZoneInfo that chrono-tz knows")) },
        )
        .of(zone.as_borrowed().to_any())
    })?;
    if is_exact {
        place(zone).get_or_init(py, || (zone.clone().unbind(), known));
    }
    Ok(known)
}
