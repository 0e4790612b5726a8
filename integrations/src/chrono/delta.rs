//! Spans of time.

use chrono::TimeDelta;
use convert_ffi::types::PyDelta;
use convert_ffi::{Bound, ConversionError, Python};

use super::{native, out_of_range, refused};

native! {
    /// `TimeDelta`.
    time_delta: chrono::TimeDelta = PyDelta "timedelta" or convert_ffi::Bound::try_cast, super::read, super::make
}

const DAY: i64 = 86_400;

#[inline(always)]
fn read(delta: &Bound<'_, PyDelta>, _exact: bool) -> Result<TimeDelta, ConversionError> {
    let seconds = i64::from(delta.days()) * DAY + i64::from(delta.seconds());
    // Both are in range: nothing else makes a timedelta but its class.
    match TimeDelta::new(seconds, delta.microseconds() as u32 * 1000) {
        Some(delta) => Ok(delta),
        None => Err(refused!("a timedelta in range")),
    }
}

#[inline]
fn make<'py>(delta: &TimeDelta, py: Python<'py>) -> Result<Bound<'py, PyDelta>, ConversionError> {
    // Rounded down, with what is beyond: as Python has it. chrono rounds towards zero.
    let nanoseconds = delta.subsec_nanos();
    let (seconds, nanoseconds) = match nanoseconds {
        0.. => (delta.num_seconds(), nanoseconds),
        _ => (delta.num_seconds() - 1, nanoseconds + 1_000_000_000),
    };
    if nanoseconds % 1000 != 0 {
        return Err(refused!("a TimeDelta in whole microseconds"));
    }
    let days = seconds.div_euclid(DAY);
    if !(-MOST_DAYS..=MOST_DAYS).contains(&days) {
        return Err(out_of_range!("a TimeDelta of at most 999999999 days"));
    }
    let seconds = seconds.rem_euclid(DAY) as i32;
    Ok(PyDelta::new(py, days as i32, seconds, nanoseconds / 1000, false)?)
}

/// Of a timedelta.
const MOST_DAYS: i64 = 999_999_999;
