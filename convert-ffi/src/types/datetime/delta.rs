//! [`PyDelta`]: spans of time.

use super::{DateTimeLibrary, datetime_type};
use crate::exceptions::PyValueError;
#[cfg(not(Py_LIMITED_API))]
use crate::gate;
use crate::{Bound, PyResult, Python, layout};

/// How many seconds a day has.
const DAY: i64 = 86_400;
/// How many microseconds a second has.
const SECOND: i64 = 1_000_000;

datetime_type! {
    /// Python's `datetime.timedelta`: days, seconds and microseconds, of which only the days may be
    /// negative.
    PyDelta, "timedelta", delta
}

impl PyDelta {
    /// A span of time, the sum of the three (`PyDelta_FromDSU`). Without `normalize` seconds and
    /// microseconds must be what is left of a day and of a second.
    ///
    /// # Errors
    /// `OverflowError` beyond 999,999,999 days either way; without `normalize` `ValueError` for
    /// seconds or microseconds that are negative or make a day or a second; what importing
    /// `_datetime` raised.
    #[inline]
    pub fn new(
        py: Python<'_>,
        days: i32,
        seconds: i32,
        microseconds: i32,
        normalize: bool,
    ) -> PyResult<Bound<'_, PyDelta>> {
        let library = DateTimeLibrary::get(py)?;
        // Done here: CPython's own sums may overflow.
        let all_seconds = i64::from(seconds) + i64::from(microseconds).div_euclid(SECOND);
        let all_days = i64::from(days) + all_seconds.div_euclid(DAY);
        let normal = (
            // What is beyond 32 bits is too much for Python as well.
            i32::try_from(all_days).unwrap_or(if all_days < 0 { i32::MIN } else { i32::MAX }),
            all_seconds.rem_euclid(DAY) as i32,
            i64::from(microseconds).rem_euclid(SECOND) as i32,
        );
        if !normalize && normal != (days, seconds, microseconds) {
            return Err(PyValueError::new_err(
                "the seconds of a timedelta must be in 0..=86399, the microseconds in 0..=999999",
            ));
        }
        let (days, seconds, microseconds) = normal;
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; a new reference to a timedelta or NULL with an exception.
        unsafe {
            let api = library.api;
            let delta = (api.Delta_FromDelta)(days, seconds, microseconds, 0, api.DeltaType);
            Ok(gate::owned_or_err(py, delta)?.cast_into_unchecked())
        }
        #[cfg(Py_LIMITED_API)]
        {
            use super::number;
            let arguments = [number(py, days)?, number(py, seconds)?, number(py, microseconds)?];
            super::construct(py, &library.delta, arguments, false)
        }
    }
}

impl Bound<'_, PyDelta> {
    /// The days, rounded down: negative where the whole span is.
    #[inline]
    pub fn days(&self) -> i32 {
        // SAFETY: attached, a live timedelta.
        unsafe { layout::datetime::delta_days(self.as_ptr()) }
    }

    /// The seconds beyond the days.
    #[inline]
    pub fn seconds(&self) -> i32 {
        // SAFETY: attached, a live timedelta.
        unsafe { layout::datetime::delta_seconds(self.as_ptr()) }
    }

    /// The microseconds beyond the seconds.
    #[inline]
    pub fn microseconds(&self) -> i32 {
        // SAFETY: attached, a live timedelta.
        unsafe { layout::datetime::delta_microseconds(self.as_ptr()) }
    }
}
