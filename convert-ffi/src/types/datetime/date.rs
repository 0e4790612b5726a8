//! [`PyDate`] and [`PyDateTime`]: days, and moments.

use super::{DateTimeLibrary, PyDelta, PyTzInfo, datetime_type, microsecond_for_c};
#[cfg(not(Py_LIMITED_API))]
use crate::gate;
use crate::{Bound, PyResult, Python, layout};

datetime_type! {
    /// Python's `datetime.date`. `datetime.datetime` is a subclass.
    PyDate, "date", date
}

datetime_type! {
    /// Python's `datetime.datetime`.
    PyDateTime, "datetime", datetime
}

impl PyDate {
    /// A date (`PyDate_FromDate`).
    ///
    /// # Errors
    /// `ValueError` where there is no such day, in the years 1 to 9999; what importing `_datetime`
    /// raised.
    #[inline]
    pub fn new(py: Python<'_>, year: i32, month: u8, day: u8) -> PyResult<Bound<'_, PyDate>> {
        let library = DateTimeLibrary::get(py)?;
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; a new reference to a date or NULL with an exception.
        unsafe {
            let api = library.api;
            let date = (api.Date_FromDate)(year, month.into(), day.into(), api.DateType);
            Ok(gate::owned_or_err(py, date)?.cast_into_unchecked())
        }
        #[cfg(Py_LIMITED_API)]
        {
            use super::number;
            let arguments = [number(py, year)?, number(py, month)?, number(py, day)?];
            super::construct(py, &library.date, arguments, false)
        }
    }
}

impl Bound<'_, PyDate> {
    /// The year.
    #[inline]
    pub fn year(&self) -> i32 {
        // SAFETY: attached, a live date.
        unsafe { layout::datetime::date_year(self.as_ptr()) }
    }

    /// The month: January is 1.
    #[inline]
    pub fn month(&self) -> u8 {
        // SAFETY: attached, a live date.
        unsafe { layout::datetime::date_month(self.as_ptr()) }
    }

    /// The day of the month: the first is 1.
    #[inline]
    pub fn day(&self) -> u8 {
        // SAFETY: attached, a live date.
        unsafe { layout::datetime::date_day(self.as_ptr()) }
    }
}

impl PyDateTime {
    /// A moment (`PyDateTime_FromDateAndTime`).
    ///
    /// # Errors
    /// `ValueError` where there is no such moment, in the years 1 to 9999; what importing
    /// `_datetime` raised.
    #[expect(clippy::too_many_arguments, reason = "those of `datetime.datetime`")]
    #[inline]
    pub fn new<'py>(
        py: Python<'py>,
        year: i32,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        Self::new_with_fold(py, year, month, day, hour, minute, second, microsecond, tzinfo, false)
    }

    /// A moment; `fold` says that it is the second of two that read the same, as when summer time
    /// ends (`PyDateTime_FromDateAndTimeAndFold`).
    ///
    /// # Errors
    /// As [`new`](PyDateTime::new).
    #[expect(clippy::too_many_arguments, reason = "those of `datetime.datetime`")]
    #[inline]
    pub fn new_with_fold<'py>(
        py: Python<'py>,
        year: i32,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
        fold: bool,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let library = DateTimeLibrary::get(py)?;
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; the `tzinfo` is one or None; a new reference to a datetime or NULL with
        // an exception.
        unsafe {
            let api = library.api;
            let datetime = (api.DateTime_FromDateAndTimeAndFold)(
                year,
                month.into(),
                day.into(),
                hour.into(),
                minute.into(),
                second.into(),
                microsecond_for_c(microsecond),
                tzinfo.map_or_else(|| py.none().as_ptr(), |tzinfo| tzinfo.as_ptr()),
                fold.into(),
                api.DateTimeType,
            );
            Ok(gate::owned_or_err(py, datetime)?.cast_into_unchecked())
        }
        #[cfg(Py_LIMITED_API)]
        {
            use super::number;
            let arguments = [
                number(py, year)?,
                number(py, month)?,
                number(py, day)?,
                number(py, hour)?,
                number(py, minute)?,
                number(py, second)?,
                number(py, microsecond_for_c(microsecond))?,
                super::zone_or_none(py, tzinfo),
            ];
            super::construct(py, &library.datetime, arguments, fold)
        }
    }
}

impl<'py> Bound<'py, PyDateTime> {
    /// The same object, as the date that it is as well.
    #[inline]
    pub fn as_date(&self) -> &Bound<'py, PyDate> {
        // SAFETY: `datetime` is a subclass of `date`.
        unsafe { self.cast_unchecked() }
    }

    /// The year.
    #[inline]
    pub fn year(&self) -> i32 {
        self.as_date().year()
    }

    /// The month: January is 1.
    #[inline]
    pub fn month(&self) -> u8 {
        self.as_date().month()
    }

    /// The day of the month: the first is 1.
    #[inline]
    pub fn day(&self) -> u8 {
        self.as_date().day()
    }

    /// The hour.
    #[inline]
    pub fn hour(&self) -> u8 {
        // SAFETY: attached, a live datetime.
        unsafe { layout::datetime::datetime_hour(self.as_ptr()) }
    }

    /// The minute.
    #[inline]
    pub fn minute(&self) -> u8 {
        // SAFETY: attached, a live datetime.
        unsafe { layout::datetime::datetime_minute(self.as_ptr()) }
    }

    /// The second.
    #[inline]
    pub fn second(&self) -> u8 {
        // SAFETY: attached, a live datetime.
        unsafe { layout::datetime::datetime_second(self.as_ptr()) }
    }

    /// The microsecond.
    #[inline]
    pub fn microsecond(&self) -> u32 {
        // SAFETY: attached, a live datetime.
        unsafe { layout::datetime::datetime_microsecond(self.as_ptr()) }
    }

    /// Whether it is the second of two moments that read the same.
    #[inline]
    pub fn fold(&self) -> bool {
        // SAFETY: attached, a live datetime.
        unsafe { layout::datetime::datetime_fold(self.as_ptr()) != 0 }
    }

    /// The time zone, if one is given.
    #[inline]
    pub fn tzinfo(&self) -> Option<Bound<'py, PyTzInfo>> {
        // SAFETY: attached, a live datetime; a new reference to a `tzinfo` or None.
        unsafe {
            PyTzInfo::owned_or_none(self.py(), layout::datetime::datetime_tzinfo(self.as_ptr()))
        }
    }

    /// Whether a time zone is given.
    #[inline]
    pub fn has_tzinfo(&self) -> bool {
        let none = self.py().none().as_ptr();
        // SAFETY: attached, a live datetime.
        unsafe { !layout::datetime::datetime_tzinfo_is(self.as_ptr(), none) }
    }

    /// Whether its time zone is `timezone.utc`, that very object.
    #[inline]
    pub fn is_utc(&self) -> bool {
        DateTimeLibrary::get(self.py()).is_ok_and(|library| {
            // SAFETY: attached, a live datetime.
            unsafe { layout::datetime::datetime_tzinfo_is(self.as_ptr(), library.utc.as_ptr()) }
        })
    }

    /// How far its clock is ahead of UTC, by its method `utcoffset`; `None` where it does not say.
    ///
    /// # Errors
    /// What the time zone raised; `TypeError` or `ValueError` where what it gave is no offset.
    pub fn utc_offset(&self) -> PyResult<Option<Bound<'py, PyDelta>>> {
        super::tzinfo::utc_offset(self, &[])
    }
}
