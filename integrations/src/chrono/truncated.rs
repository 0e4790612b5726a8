//! Times of whatever precision, cut off to what Python holds: what is finer than a microsecond is
//! dropped, and a leap second is the last microsecond of the second before it.
//!
//! Spans of time are cut off towards zero. What Python gives is read as ever.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike};
use convert_ffi::types::PyAny;
use convert_ffi::{Bound, ConversionError, Python};

use super::{
    fixed_date_time, local_date_time, naive_date_time, naive_time, time_delta, utc_date_time,
};

/// A type of chrono that is finer than Python's.
pub trait Finer: Sized {
    /// See [`from_py`].
    #[doc(hidden)]
    fn read(object: &Bound<'_, PyAny>) -> Result<Self, ConversionError>;

    /// See [`into_py`].
    #[doc(hidden)]
    fn make<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError>;
}

/// As without this module.
///
/// # Errors
/// As without this module.
pub fn from_py<T: Finer>(object: &Bound<'_, PyAny>) -> Result<T, ConversionError> {
    T::read(object)
}

/// Makes the object.
///
/// # Errors
/// An `OverflowError` beyond the range of Python's type; `MemoryError`.
pub fn into_py<'py, T: Finer>(
    value: &T,
    py: Python<'py>,
) -> Result<Bound<'py, PyAny>, ConversionError> {
    value.make(py)
}

macro_rules! finer {
    ($($type:ty: $module:ident, $truncate:path;)*) => { $(
        impl Finer for $type {
            fn read(object: &Bound<'_, PyAny>) -> Result<Self, ConversionError> {
                $module::from_py(object)
            }

            fn make<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                $module::into_py(&$truncate(self), py).map(Bound::into_any)
            }
        }
    )* };
}

finer! {
    NaiveTime: naive_time, time;
    NaiveDateTime: naive_date_time, date_time;
    DateTime<chrono::Utc>: utc_date_time, moment;
    DateTime<chrono::FixedOffset>: fixed_date_time, moment;
    DateTime<chrono::Local>: local_date_time, moment;
    TimeDelta: time_delta, span;
}

#[cfg(feature = "chrono-tz")]
finer! {
    DateTime<chrono_tz::Tz>: zoned, moment;
}

#[cfg(feature = "chrono-tz")]
use crate::chrono_tz::date_time as zoned;

fn time(time: &NaiveTime) -> NaiveTime {
    let microsecond = (time.nanosecond() / 1000).min(999_999);
    time.with_nanosecond(microsecond * 1000).unwrap_or(*time)
}

fn date_time(moment: &NaiveDateTime) -> NaiveDateTime {
    moment.date().and_time(time(&moment.time()))
}

fn moment<Tz: TimeZone>(moment: &DateTime<Tz>) -> DateTime<Tz> {
    moment.timezone().from_utc_datetime(&date_time(&moment.naive_utc()))
}

fn span(span: &TimeDelta) -> TimeDelta {
    *span - TimeDelta::nanoseconds((span.subsec_nanos() % 1000).into())
}
