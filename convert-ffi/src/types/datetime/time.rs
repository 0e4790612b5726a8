//! [`PyTime`]: times of day.

use super::{DateTimeLibrary, PyTzInfo, datetime_type, microsecond_for_c};
#[cfg(not(Py_LIMITED_API))]
use crate::gate;
use crate::{Bound, PyResult, Python, layout};

datetime_type! {
    /// Python's `datetime.time`.
    PyTime, "time", time
}

impl PyTime {
    /// A time of day (`PyTime_FromTime`).
    ///
    /// # Errors
    /// `ValueError` where there is no such time; what importing `_datetime` raised.
    #[inline]
    pub fn new<'py>(
        py: Python<'py>,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
    ) -> PyResult<Bound<'py, PyTime>> {
        Self::new_with_fold(py, hour, minute, second, microsecond, tzinfo, false)
    }

    /// A time of day; `fold` says that it is the second of two that read the same, as when summer
    /// time ends (`PyTime_FromTimeAndFold`).
    ///
    /// # Errors
    /// As [`new`](PyTime::new).
    #[inline]
    pub fn new_with_fold<'py>(
        py: Python<'py>,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
        fold: bool,
    ) -> PyResult<Bound<'py, PyTime>> {
        let library = DateTimeLibrary::get(py)?;
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; the `tzinfo` is one or None; a new reference to a time or NULL with an
        // exception.
        unsafe {
            let api = library.api;
            let time = (api.Time_FromTimeAndFold)(
                hour.into(),
                minute.into(),
                second.into(),
                microsecond_for_c(microsecond),
                tzinfo.map_or_else(|| py.none().as_ptr(), |tzinfo| tzinfo.as_ptr()),
                fold.into(),
                api.TimeType,
            );
            Ok(gate::owned_or_err(py, time)?.cast_into_unchecked())
        }
        #[cfg(Py_LIMITED_API)]
        {
            use super::number;
            let arguments = [
                number(py, hour)?,
                number(py, minute)?,
                number(py, second)?,
                number(py, microsecond_for_c(microsecond))?,
                super::zone_or_none(py, tzinfo),
            ];
            super::construct(py, &library.time, arguments, fold)
        }
    }
}

impl<'py> Bound<'py, PyTime> {
    /// The hour.
    #[inline]
    pub fn hour(&self) -> u8 {
        // SAFETY: attached, a live time.
        unsafe { layout::datetime::time_hour(self.as_ptr()) }
    }

    /// The minute.
    #[inline]
    pub fn minute(&self) -> u8 {
        // SAFETY: attached, a live time.
        unsafe { layout::datetime::time_minute(self.as_ptr()) }
    }

    /// The second.
    #[inline]
    pub fn second(&self) -> u8 {
        // SAFETY: attached, a live time.
        unsafe { layout::datetime::time_second(self.as_ptr()) }
    }

    /// The microsecond.
    #[inline]
    pub fn microsecond(&self) -> u32 {
        // SAFETY: attached, a live time.
        unsafe { layout::datetime::time_microsecond(self.as_ptr()) }
    }

    /// Whether it is the second of two times that read the same.
    #[inline]
    pub fn fold(&self) -> bool {
        // SAFETY: attached, a live time.
        unsafe { layout::datetime::time_fold(self.as_ptr()) != 0 }
    }

    /// The time zone, if one is given.
    #[inline]
    pub fn tzinfo(&self) -> Option<Bound<'py, PyTzInfo>> {
        // SAFETY: attached, a live time; a new reference to a `tzinfo` or None.
        unsafe { PyTzInfo::owned_or_none(self.py(), layout::datetime::time_tzinfo(self.as_ptr())) }
    }

    /// Whether a time zone is given.
    #[inline]
    pub fn has_tzinfo(&self) -> bool {
        let none = self.py().none().as_ptr();
        // SAFETY: attached, a live time.
        unsafe { !layout::datetime::time_tzinfo_is(self.as_ptr(), none) }
    }
}
