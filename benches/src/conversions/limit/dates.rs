//! The types of chrono and chrono-tz. How far a `timezone` is ahead of UTC is not to be read
//! directly, so its `utcoffset` is called, found once.

use std::ffi::c_int;
use std::sync::atomic::{AtomicPtr, AtomicU16, Ordering};

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime,
    TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::*;

const DATE: &Expected = &Expected(Class::Type, "a date");
const TIME: &Expected = &Expected(Class::Type, "a time");
const DATETIME: &Expected = &Expected(Class::Type, "a datetime");
const DELTA: &Expected = &Expected(Class::Type, "a timedelta");
const ZONE: &Expected = &Expected(Class::Type, "a tzinfo");
const CALENDAR: &Expected = &Expected(Class::Value, "a moment that there is");

const DAY: i64 = 24 * 60 * 60;

/// `timezone`, and its `utcoffset`.
static TIMEZONE: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());
static OF_TIMEZONE: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());

/// The zones of chrono-tz that are known, each where its address says; and their objects.
static KNOWN: [(AtomicPtr<PyObject>, AtomicU16); 64] =
    [const { (AtomicPtr::new(ptr::null_mut()), AtomicU16::new(0)) }; 64];
static ZONES: [AtomicPtr<PyObject>; TZ_VARIANTS.len()] =
    [const { AtomicPtr::new(ptr::null_mut()) }; TZ_VARIANTS.len()];
/// A `timezone` for each quarter of an hour.
static QUARTERS: [AtomicPtr<PyObject>; 192] = [const { AtomicPtr::new(ptr::null_mut()) }; 192];

#[inline(always)]
fn known(zone: Object) -> &'static (AtomicPtr<PyObject>, AtomicU16) {
    &KNOWN[(zone as usize >> 4) % KNOWN.len()]
}

const HALF_PAST_FIVE_SECONDS: i32 = 5 * 3600 + 1800;
const PARIS: Tz = Tz::Europe__Paris;

/// Imports what is called and what is kept.
pub unsafe fn prepare() {
    // SAFETY: the caller is attached and has imported `datetime`; what is found stays.
    unsafe {
        let api = ffi::PyDateTimeAPI();
        let class = ffi::Py_TYPE((*api).TimeZone_UTC).cast();
        TIMEZONE.store(class, Ordering::Relaxed);
        let name = c"utcoffset".as_ptr();
        OF_TIMEZONE.store(ffi::PyObject_GetAttrString(class, name), Ordering::Relaxed);
        let zones = import(c"zoneinfo", c"ZoneInfo");
        let paris = ffi::PyObject_CallFunction(zones, c"s".as_ptr(), c"Europe/Paris".as_ptr());
        assert!(!paris.is_null(), "there is data of time zones");
        ZONES[PARIS as usize].store(paris, Ordering::Relaxed);
        known(paris).0.store(paris, Ordering::Relaxed);
        known(paris).1.store(PARIS as u16, Ordering::Relaxed);
        let delta =
            ((*api).Delta_FromDelta)(0, HALF_PAST_FIVE_SECONDS as c_int, 0, 0, (*api).DeltaType);
        let zone = ((*api).TimeZone_FromTimeZone)(delta, ptr::null_mut());
        QUARTERS[(HALF_PAST_FIVE_SECONDS / 900 + 96) as usize].store(zone, Ordering::Relaxed);
    }
}

#[inline(always)]
fn date([y1, y0, month, day]: [u8; 4]) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(u16::from_be_bytes([y1, y0]).into(), month.into(), day.into())
}

#[inline(always)]
fn time([hour, minute, second, m2, m1, m0]: [u8; 6]) -> Option<NaiveTime> {
    let micros = u32::from_be_bytes([0, m2, m1, m0]);
    NaiveTime::from_hms_micro_opt(hour.into(), minute.into(), second.into(), micros)
}

/// What a datetime shows, and its time zone, borrowed, or NULL.
#[inline(always)]
unsafe fn clock(object: Object) -> Limit<(NaiveDateTime, Object)> {
    // SAFETY: the caller gives a live object; where `hastzinfo` says so, there is a zone.
    unsafe {
        if !is_exact(object, (*ffi::PyDateTimeAPI()).DateTimeType) {
            return wrong(DATETIME, object);
        }
        let moment = object.cast::<ffi::PyDateTime_DateTime>();
        let [y1, y0, month, day, rest @ ..] = (*moment).data;
        let (Some(date), Some(time)) = (date([y1, y0, month, day]), time(rest)) else {
            return wrong(CALENDAR, object);
        };
        let zone = if (*moment).hastzinfo != 0 { (*moment).tzinfo } else { ptr::null_mut() };
        Ok((NaiveDateTime::new(date, time), zone))
    }
}

/// How many seconds a `timezone` is ahead of UTC.
#[inline(always)]
unsafe fn seconds(zone: Object) -> Limit<i32> {
    // SAFETY: the caller is attached and gives a live `timezone`.
    unsafe {
        let method = OF_TIMEZONE.load(Ordering::Relaxed);
        let arguments = [zone, ffi::Py_None()];
        let delta = ffi::PyObject_Vectorcall(method, arguments.as_ptr(), 2, ptr::null_mut());
        if delta.is_null() || !is_exact(delta, (*ffi::PyDateTimeAPI()).DeltaType) {
            return wrong(ZONE, zone);
        }
        let fields = delta.cast::<ffi::PyDateTime_Delta>();
        let seconds = (*fields).days * DAY as i32 + (*fields).seconds;
        let whole = (*fields).microseconds == 0;
        ffi::Py_DECREF(delta);
        if whole { Ok(seconds) } else { wrong(ZONE, zone) }
    }
}

impl FromObject for NaiveDate {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<NaiveDate> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if !is_exact(object, (*ffi::PyDateTimeAPI()).DateType) {
                return wrong(DATE, object);
            }
            match date((*object.cast::<ffi::PyDateTime_Date>()).data) {
                Some(date) => Ok(date),
                None => wrong(CALENDAR, object),
            }
        }
    }
}

impl ToObject for NaiveDate {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            let (month, day) = (self.month() as c_int, self.day() as c_int);
            ((*api).Date_FromDate)(self.year(), month, day, (*api).DateType)
        }
    }
}

impl FromObject for NaiveTime {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<NaiveTime> {
        // SAFETY: the caller gives a live object.
        unsafe {
            let fields = object.cast::<ffi::PyDateTime_Time>();
            if !is_exact(object, (*ffi::PyDateTimeAPI()).TimeType) || (*fields).hastzinfo != 0 {
                return wrong(TIME, object);
            }
            match time((*fields).data) {
                Some(time) => Ok(time),
                None => wrong(CALENDAR, object),
            }
        }
    }
}

impl ToObject for NaiveTime {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            let second = self.num_seconds_from_midnight() as c_int;
            ((*api).Time_FromTime)(
                second / 3600,
                second / 60 % 60,
                second % 60,
                (self.nanosecond() / 1000) as c_int,
                ffi::Py_None(),
                (*api).TimeType,
            )
        }
    }
}

impl FromObject for NaiveDateTime {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<NaiveDateTime> {
        // SAFETY: the caller gives a live object.
        match unsafe { clock(object)? } {
            (clock, zone) if zone.is_null() => Ok(clock),
            // SAFETY: the caller gives a live object.
            _ => unsafe { wrong(DATETIME, object) },
        }
    }
}

#[inline(always)]
unsafe fn datetime(clock: NaiveDateTime, zone: Object) -> Object {
    // SAFETY: the caller is attached and gives a zone or None.
    unsafe {
        let api = ffi::PyDateTimeAPI();
        let second = clock.num_seconds_from_midnight() as c_int;
        ((*api).DateTime_FromDateAndTime)(
            clock.year(),
            clock.month() as c_int,
            clock.day() as c_int,
            second / 3600,
            second / 60 % 60,
            second % 60,
            (clock.nanosecond() / 1000) as c_int,
            zone,
            (*api).DateTimeType,
        )
    }
}

impl ToObject for NaiveDateTime {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { datetime(*self, ffi::Py_None()) }
    }
}

impl FromObject for TimeDelta {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<TimeDelta> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if !is_exact(object, (*ffi::PyDateTimeAPI()).DeltaType) {
                return wrong(DELTA, object);
            }
            let delta = object.cast::<ffi::PyDateTime_Delta>();
            let seconds = i64::from((*delta).days) * DAY + i64::from((*delta).seconds);
            match TimeDelta::new(seconds, (*delta).microseconds as u32 * 1000) {
                Some(delta) => Ok(delta),
                None => wrong(CALENDAR, object),
            }
        }
    }
}

impl ToObject for TimeDelta {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let nanos = self.subsec_nanos();
        let (seconds, nanos) = match nanos {
            0.. => (self.num_seconds(), nanos),
            _ => (self.num_seconds() - 1, nanos + 1_000_000_000),
        };
        let (days, seconds) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        // SAFETY: the caller is attached.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            let (days, seconds) = (days as c_int, seconds as c_int);
            ((*api).Delta_FromDelta)(days, seconds, nanos / 1000, 0, (*api).DeltaType)
        }
    }
}

impl FromObject for DateTime<Utc> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<DateTime<Utc>> {
        // SAFETY: the caller gives a live object.
        unsafe {
            match clock(object)? {
                (clock, zone) if zone == (*ffi::PyDateTimeAPI()).TimeZone_UTC => {
                    Ok(clock.and_utc())
                }
                _ => wrong(DATETIME, object),
            }
        }
    }
}

impl ToObject for DateTime<Utc> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { datetime(self.naive_utc(), (*ffi::PyDateTimeAPI()).TimeZone_UTC) }
    }
}

impl FromObject for FixedOffset {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<FixedOffset> {
        // SAFETY: the caller gives a live object and is attached.
        unsafe {
            if object.is_null() || !is_exact(object, TIMEZONE.load(Ordering::Relaxed).cast()) {
                return wrong(ZONE, object);
            }
            match FixedOffset::east_opt(seconds(object)?) {
                Some(offset) => Ok(offset),
                None => wrong(ZONE, object),
            }
        }
    }
}

impl ToObject for FixedOffset {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let seconds = self.local_minus_utc();
        if seconds % 900 != 0 {
            return ptr::null_mut();
        }
        let zone = QUARTERS[(seconds / 900 + 96) as usize].load(Ordering::Relaxed);
        // SAFETY: the zone is kept, and the caller is attached.
        unsafe { if zone.is_null() { zone } else { new_reference(zone) } }
    }
}

impl FromObject for DateTime<FixedOffset> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<DateTime<FixedOffset>> {
        // SAFETY: the caller gives a live object and is attached. Calling `utcoffset` of a
        // `timezone` runs no Python code.
        unsafe {
            let (clock, zone) = clock(object)?;
            let offset = FixedOffset::from_object(zone)?;
            match offset.from_local_datetime(&clock).single() {
                Some(moment) => Ok(moment),
                None => wrong(CALENDAR, object),
            }
        }
    }
}

impl ToObject for DateTime<FixedOffset> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe {
            let zone = self.offset().to_object();
            let made = datetime(self.naive_local(), zone);
            ffi::Py_XDECREF(zone);
            made
        }
    }
}

impl FromObject for Tz {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Tz> {
        let (zone, index) = known(object);
        if object == zone.load(Ordering::Relaxed) {
            return Ok(TZ_VARIANTS[usize::from(index.load(Ordering::Relaxed))]);
        }
        // SAFETY: the caller gives a live object.
        unsafe { wrong(ZONE, object) }
    }
}

impl ToObject for Tz {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let zone = ZONES[*self as usize].load(Ordering::Relaxed);
        // SAFETY: the zone is kept, and the caller is attached.
        unsafe { if zone.is_null() { zone } else { new_reference(zone) } }
    }
}

impl FromObject for DateTime<Tz> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<DateTime<Tz>> {
        // SAFETY: the caller gives a live object and is attached.
        unsafe {
            let (clock, zone) = clock(object)?;
            match Tz::from_object(zone)?.from_local_datetime(&clock) {
                MappedLocalTime::Single(moment) => Ok(moment),
                _ => wrong(CALENDAR, object),
            }
        }
    }
}

impl ToObject for DateTime<Tz> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let clock = self.naive_local();
        if self.timezone().offset_from_local_datetime(&clock).single().is_none() {
            return ptr::null_mut();
        }
        // SAFETY: the caller is attached.
        unsafe {
            let zone = self.timezone().to_object();
            let made = datetime(clock, zone);
            ffi::Py_XDECREF(zone);
            made
        }
    }
}
