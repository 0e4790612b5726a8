//! `chrono-tz`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Tz` | `zoneinfo.ZoneInfo` | subclasses, by the `key` they give; `timezone.utc` as `Tz::UTC` | |
//! | `DateTime<Tz>` | `datetime.datetime` with a `ZoneInfo` | with those | `fold`, where it makes no difference |
//!
//! Python and chrono-tz have the history of all time zones from the same source, but perhaps of
//! different age, or with other history before 1970; and chrono-tz knows of no changes after 2099.
//! What Python says is compared with that, once for each year of a zone; in a year on which they do
//! not agree Python is asked about each moment, and one that it sees otherwise is refused. So is a
//! `datetime` in a gap, which no clock of its zone ever showed: `DateTime<Utc>` and
//! `DateTime<FixedOffset>` take it for the moment that Python does.
//!
//! `zoneinfo` needs the data of the system, or the package `tzdata`: without, making a `ZoneInfo`
//! raises `ZoneInfoNotFoundError`.

use std::sync::atomic::{AtomicU64, Ordering};

use ::chrono::{
    DateTime, Datelike, Days, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset,
    TimeDelta, TimeZone,
};
use chrono_tz::{TZ_VARIANTS, Tz};
use convert_ffi::types::{PyAny, PyDateTime, PyString, PyType, PyTzInfo};
use convert_ffi::{
    Borrowed, Bound, ConversionError, Leaf, PyOnceObject, PyResult, Python, TypeHint, intern,
};

use crate::chrono::{Ahead, Seen, clock, datetime_with, moment_of_clock, native, refused, zone};

zone! {
    /// `Tz`.
    tz: chrono_tz::Tz, super::read_zone, super::make_zone
}

native! {
    /// `DateTime<Tz>`.
    date_time: chrono::DateTime<chrono_tz::Tz> = PyDateTime "datetime" or convert_ffi::Bound::try_cast,
    super::read, super::make
}

/// What is known of a `ZoneInfo`.
struct Known {
    zone: Tz,
    /// The years that were compared, and those of them on which Python and chrono-tz agree.
    compared: Years,
    agreed: Years,
}

impl Known {
    fn new(zone: Tz) -> Self {
        Known { zone, compared: Years::none(), agreed: Years::none() }
    }
}

static SEEN: Seen<Known> = Seen::new();

#[inline]
fn read_zone(object: &Bound<'_, PyAny>, exact: bool) -> Result<Tz, ConversionError> {
    match SEEN.get(object) {
        Some(known) => Ok(known.zone),
        None => named(object.as_borrowed(), exact),
    }
}

#[inline(always)]
fn read(object: &Bound<'_, PyDateTime>, exact: bool) -> Result<DateTime<Tz>, ConversionError> {
    if let Some(zone) = object.tzinfo()
        && let Some(known) = SEEN.get(&zone)
    {
        let clock = moment_of_clock(object)?;
        if known.agreed.hold(clock.year()) {
            match known.zone.from_local_datetime(&clock) {
                MappedLocalTime::Single(moment) => return Ok(moment),
                _ => return read_twice_shown(object, clock, known),
            }
        }
    }
    read_by_asking(object, exact)
}

/// What the clocks of a zone show twice, or not at all.
#[cold]
#[inline(never)]
fn read_twice_shown(
    object: &Bound<'_, PyDateTime>,
    clock: NaiveDateTime,
    known: &Known,
) -> Result<DateTime<Tz>, ConversionError> {
    let shown = known.zone.from_local_datetime(&clock);
    let moment = if object.fold() { shown.latest() } else { shown.earliest() };
    moment.ok_or_else(not_shown)
}

#[cold]
#[inline(never)]
fn read_by_asking(
    object: &Bound<'_, PyDateTime>,
    exact: bool,
) -> Result<DateTime<Tz>, ConversionError> {
    let Some(zone) = object.tzinfo() else {
        return Err(refused!("a datetime with a ZoneInfo"));
    };
    let clock = moment_of_clock(object)?;
    let moment = Ahead::asked(object, &zone)?.moment(clock)?;
    let moment = read_zone(&zone, exact)?.from_utc_datetime(&moment);
    if moment.naive_local() != clock {
        return Err(not_shown());
    }
    if let Some(known) = SEEN.get(&zone) {
        known.compare(&zone, clock.year())?;
    }
    Ok(moment)
}

fn not_shown() -> ConversionError {
    refused!("a datetime that the clocks of its zone show, by chrono-tz")
}

fn make<'py>(
    moment: &DateTime<Tz>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let zone = make_zone(&moment.timezone(), py)?;
    let offset = moment.offset().fix();
    let clock = clock(moment, offset)?;
    if let Some(known) = SEEN.get(&zone)
        && known.agreed.hold(clock.year())
    {
        let first = known.zone.offset_from_local_datetime(&clock).earliest();
        let fold = first.is_some_and(|first| first.fix() != offset);
        return datetime_with(&clock, Some(&zone), fold, py);
    }
    make_by_asking(clock, offset, &zone)
}

#[cold]
#[inline(never)]
fn make_by_asking<'py>(
    clock: NaiveDateTime,
    offset: FixedOffset,
    zone: &Bound<'py, PyTzInfo>,
) -> Result<Bound<'py, PyDateTime>, ConversionError> {
    let made = shown(clock, offset, zone)?
        .ok_or_else(|| refused!("a moment whose offset from UTC Python and chrono-tz agree on"))?;
    if let Some(known) = SEEN.get(zone) {
        known.compare(zone, clock.year())?;
    }
    Ok(made)
}

/// What shows this on a clock that is so far ahead of UTC, in Python; none where no such clock
/// does.
fn shown<'py>(
    clock: NaiveDateTime,
    offset: FixedOffset,
    zone: &Bound<'py, PyTzInfo>,
) -> Result<Option<Bound<'py, PyDateTime>>, ConversionError> {
    for fold in [false, true] {
        let made = datetime_with(&clock, Some(zone), fold, zone.py())?;
        if Ahead::asked(&made, zone)?.is(offset) {
            return Ok(Some(made));
        }
    }
    Ok(None)
}

/// A set of years: a bit for each.
struct Years([AtomicU64; 4]);

impl Years {
    /// Before, zones have hardly any history; 256 years later, chrono-tz knows of no changes.
    const FIRST: i32 = 1845;

    const fn none() -> Self {
        Years([const { AtomicU64::new(0) }; 4])
    }

    #[inline]
    fn hold(&self, year: i32) -> bool {
        self.place(year).is_some_and(|(years, bit)| years.load(Ordering::Relaxed) & bit != 0)
    }

    /// Adds a year, if it is one of those that are held.
    fn add(&self, year: i32) {
        if let Some((years, bit)) = self.place(year) {
            years.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The word and the bit of a year.
    #[inline]
    fn place(&self, year: i32) -> Option<(&AtomicU64, u64)> {
        let index = usize::try_from(year - Self::FIRST).ok()?;
        Some((self.0.get(index / 64)?, 1 << (index % 64)))
    }
}

impl Known {
    /// Finds out whether Python and chrono-tz agree on all of a year, which takes as long as a few
    /// hundred conversions.
    ///
    /// # Errors
    /// What the time zone raised.
    fn compare(&self, zone: &Bound<'_, PyTzInfo>, year: i32) -> Result<(), ConversionError> {
        if self.compared.place(year).is_some() && !self.compared.hold(year) {
            if self.agree_on(zone, year)? {
                self.agreed.add(year);
            }
            self.compared.add(year);
        }
        Ok(())
    }

    /// Asks about each day from the last of the year before to the first of the next, and where the
    /// offset changes about the seconds before and after.
    fn agree_on(&self, zone: &Bound<'_, PyTzInfo>, year: i32) -> Result<bool, ConversionError> {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let (mut moment, end) =
            (NaiveDateTime::from(day(year - 1, 12, 31)), NaiveDateTime::from(day(year + 1, 1, 2)));
        while moment < end {
            let next = moment + Days::new(1);
            if !self.agree_at(zone, moment)? {
                return Ok(false);
            }
            if self.offset(moment) != self.offset(next) {
                let change = self.change(moment, next);
                let before = change - TimeDelta::seconds(1);
                if !self.agree_at(zone, before)? || !self.agree_at(zone, change)? {
                    return Ok(false);
                }
            }
            moment = next;
        }
        Ok(true)
    }

    /// The first moment with another offset.
    fn change(&self, mut before: NaiveDateTime, mut after: NaiveDateTime) -> NaiveDateTime {
        loop {
            let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
            if middle == before {
                return after;
            }
            if self.offset(middle) == self.offset(before) {
                before = middle;
            } else {
                after = middle;
            }
        }
    }

    /// How far clocks are ahead of UTC, by chrono-tz.
    fn offset(&self, moment: NaiveDateTime) -> FixedOffset {
        self.zone.offset_from_utc_datetime(&moment).fix()
    }

    /// Whether a clock of Python that shows what one of chrono-tz does then is as far ahead of UTC.
    fn agree_at(
        &self,
        zone: &Bound<'_, PyTzInfo>,
        moment: NaiveDateTime,
    ) -> Result<bool, ConversionError> {
        let offset = self.offset(moment);
        Ok(shown(moment + offset, offset, zone)?.is_some())
    }
}

/// A `ZoneInfo` is made but once for each name: as Python keeps them, so do we.
#[inline]
fn make_zone<'py>(zone: &Tz, py: Python<'py>) -> Result<Bound<'py, PyTzInfo>, ConversionError> {
    match MADE[*zone as usize].get(py) {
        Some(made) => Ok(made.clone()),
        None => make_first(*zone, py),
    }
}

static MADE: [PyOnceObject<PyTzInfo>; TZ_VARIANTS.len()] =
    [const { PyOnceObject::new() }; TZ_VARIANTS.len()];

#[cold]
#[inline(never)]
fn make_first(zone: Tz, py: Python<'_>) -> Result<Bound<'_, PyTzInfo>, ConversionError> {
    let made = MADE[zone as usize].get_or_try_init(py, || {
        let name = PyString::new(py, zone.name())?.into_any();
        class(py)?.call_objects(&[name], None)?.cast_into::<PyTzInfo>()
    })?;
    SEEN.keep(made, Known::new(zone));
    Ok(made.clone())
}

/// `zoneinfo.ZoneInfo`.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static CLASS: PyOnceObject<PyAny> = PyOnceObject::new();
    CLASS.import(py, "zoneinfo", "ZoneInfo")
}

#[inline(never)]
fn named(object: Borrowed<'_, '_, PyAny>, exact: bool) -> Result<Tz, ConversionError> {
    let py = object.py();
    let zone = object
        .try_cast::<PyTzInfo>()
        .ok_or_else(|| ConversionError::new(const { &Leaf::wrong_type(tz::EXPECTED) }))?;
    if !exact && PyTzInfo::utc(py).is_ok_and(|utc| zone.is(&utc)) {
        return Ok(Tz::UTC);
    }
    let class = class(py)?.cast::<PyType>()?;
    let is_exact = zone.get_type().is(class);
    if !is_exact && (exact || !zone.is_instance_of_class(class)) {
        let leaf = const { &Leaf::wrong_type(TypeHint::name("ZoneInfo")) };
        return Err(ConversionError::new(leaf).of(object));
    }
    let key = zone.get_attribute(intern!(py, "key"))?;
    let known = match key.try_cast::<PyString>() {
        Some(name) => name.to_cow()?.parse::<Tz>().ok(),
        None => None,
    };
    let Some(known) = known else {
        let leaf = const { &Leaf::wrong_value(TypeHint::name("a ZoneInfo that chrono-tz knows")) };
        return Err(ConversionError::new(leaf).of(object));
    };
    if is_exact {
        SEEN.keep(zone, Known::new(known));
    }
    Ok(known)
}
