//! `Duration` and `timedelta`, `SystemTime` and `datetime` in UTC.

use std::ffi::c_int;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::*;

const DELTA: &Expected = &Expected(Class::Type, "a timedelta");
const NEGATIVE: &Expected = &Expected(Class::Value, "no negative timedelta");
const DATETIME: &Expected = &Expected(Class::Type, "a datetime in UTC");
const EARLY: &Expected = &Expected(Class::Value, "a datetime after 1970");

const DAY: u64 = 24 * 60 * 60;

impl FromObject for Duration {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Duration> {
        // SAFETY: the caller gives a live object; `prepare` imported the module.
        unsafe {
            if !is_exact(object, (*ffi::PyDateTimeAPI()).DeltaType) {
                return wrong(DELTA, object);
            }
            let delta = object.cast::<ffi::PyDateTime_Delta>();
            let Ok(days) = u64::try_from((*delta).days) else {
                return wrong(NEGATIVE, object);
            };
            // These two are never negative.
            let (seconds, micros) = ((*delta).seconds as u64, (*delta).microseconds as u32);
            Ok(Duration::new(days * DAY + seconds, micros * 1000))
        }
    }
}

impl ToObject for Duration {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let (days, seconds) = (self.as_secs() / DAY, self.as_secs() % DAY);
        // SAFETY: the caller is attached, and `prepare` imported the module.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            let micros = self.subsec_micros() as c_int;
            ((*api).Delta_FromDelta)(days as c_int, seconds as c_int, micros, 0, (*api).DeltaType)
        }
    }
}

/// The days from 1970 to the first of March of year 0, from where years end with a leap day.
const TO_MARCH_0: i64 = 719_468;
/// The days of 400 years.
const ERA: i64 = 146_097;

/// The days since 1970 of a date of the proleptic Gregorian calendar.
#[inline(always)]
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - TO_MARCH_0
}

/// Year, month and day.
#[inline(always)]
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + TO_MARCH_0;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + era * 400;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

impl FromObject for SystemTime {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<SystemTime> {
        // SAFETY: the caller gives a live object, and `prepare` imported the module; where
        // `hastzinfo` says so, there is a zone.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            let time = object.cast::<ffi::PyDateTime_DateTime>();
            if !is_exact(object, (*api).DateTimeType)
                || (*time).hastzinfo == 0
                || (*time).tzinfo != (*api).TimeZone_UTC
            {
                return wrong(DATETIME, object);
            }
            let [y1, y0, month, day, hour, minute, second, m2, m1, m0] = (*time).data;
            let year = i64::from(u16::from_be_bytes([y1, y0]));
            let days = days_of(year, i64::from(month), i64::from(day));
            let Ok(days) = u64::try_from(days) else {
                return wrong(EARLY, object);
            };
            let minutes = u64::from(hour) * 60 + u64::from(minute);
            let seconds = days * DAY + minutes * 60 + u64::from(second);
            let micros = u32::from_be_bytes([0, m2, m1, m0]);
            Ok(UNIX_EPOCH + Duration::new(seconds, micros * 1000))
        }
    }
}

impl ToObject for SystemTime {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let Ok(since) = self.duration_since(UNIX_EPOCH) else { return ptr::null_mut() };
        let (days, of_day) = (since.as_secs() / DAY, (since.as_secs() % DAY) as c_int);
        let (year, month, day) = date_of(days as i64);
        // SAFETY: the caller is attached, and `prepare` imported the module.
        unsafe {
            let api = ffi::PyDateTimeAPI();
            ((*api).DateTime_FromDateAndTime)(
                year as c_int,
                month as c_int,
                day as c_int,
                of_day / 3600,
                of_day / 60 % 60,
                of_day % 60,
                since.subsec_micros() as c_int,
                (*api).TimeZone_UTC,
                (*api).DateTimeType,
            )
        }
    }
}
