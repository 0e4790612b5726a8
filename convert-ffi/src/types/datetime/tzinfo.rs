//! [`PyTzInfo`]: time zones.

use pyo3_ffi as ffi;

use super::{DateTimeLibrary, PyDateTime, PyDelta, datetime_type};
use crate::types::PyAny;
use crate::{Borrowed, Bound, PyOnceObject, PyResult, Python, gate, intern};

datetime_type! {
    /// Python's `datetime.tzinfo`, the base of all time zones: `timezone`, `zoneinfo.ZoneInfo`.
    PyTzInfo, "tzinfo", tzinfo
}

impl PyTzInfo {
    /// `datetime.timezone.utc` (`PyDateTime_TimeZone_UTC`).
    ///
    /// # Errors
    /// What importing `_datetime` raised.
    #[inline]
    pub fn utc(py: Python<'_>) -> PyResult<Borrowed<'_, '_, PyTzInfo>> {
        Ok(DateTimeLibrary::get(py)?.utc.bind_borrowed(py))
    }

    /// A `datetime.timezone` whose clock is so many seconds ahead of UTC (`PyTimeZone_FromOffset`);
    /// 0 gives `timezone.utc`. Offsets of whole quarters of an hour, as all of today are, are made
    /// once and kept.
    ///
    /// # Errors
    /// `ValueError` for a day or more either way; what importing `_datetime` raised.
    #[inline]
    pub fn fixed_offset(py: Python<'_>, seconds: i32) -> PyResult<Bound<'_, PyTzInfo>> {
        const QUARTER: i32 = 15 * 60;
        const IN_A_DAY: i32 = 24 * 4;
        static QUARTERS: [PyOnceObject<PyTzInfo>; 2 * IN_A_DAY as usize] =
            [const { PyOnceObject::new() }; 2 * IN_A_DAY as usize];
        let made = match usize::try_from(seconds / QUARTER + IN_A_DAY) {
            Ok(place) if seconds % QUARTER == 0 => QUARTERS.get(place),
            _ => None,
        };
        match made {
            Some(made) => made.get_or_try_init(py, || Self::new_fixed_offset(py, seconds)).cloned(),
            None => Self::new_fixed_offset(py, seconds),
        }
    }

    #[cold]
    #[inline(never)]
    fn new_fixed_offset(py: Python<'_>, seconds: i32) -> PyResult<Bound<'_, PyTzInfo>> {
        let library = DateTimeLibrary::get(py)?;
        let offset = PyDelta::new(py, 0, seconds, 0, true)?;
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached, a live timedelta, no name; a new reference to a timezone or NULL with
        // an exception.
        unsafe {
            let zone = (library.api.TimeZone_FromTimeZone)(offset.as_ptr(), std::ptr::null_mut());
            Ok(gate::owned_or_err(py, zone)?.cast_into_unchecked())
        }
        #[cfg(Py_LIMITED_API)]
        {
            let zone = library.timezone.bind(py).call_objects(&[offset.into_any()], None)?;
            Ok(zone.cast_into::<PyTzInfo>()?)
        }
    }

    /// # Safety
    /// `pointer` is a strong reference, which the caller gives away, to a `tzinfo` or None.
    #[inline]
    pub(super) unsafe fn owned_or_none<'py>(
        py: Python<'py>,
        pointer: *mut ffi::PyObject,
    ) -> Option<Bound<'py, PyTzInfo>> {
        // SAFETY: the caller gives a strong reference away.
        let zone = unsafe { gate::owned_or_none(py, pointer) }?;
        // SAFETY: the caller says that it is a `tzinfo` unless it is None.
        (!zone.is_none()).then(|| unsafe { zone.cast_into_unchecked() })
    }
}

impl<'py> Bound<'py, PyTzInfo> {
    /// How far the zone's clock is ahead of UTC when it shows this, by the method `utcoffset`;
    /// `None` where that depends on what was not given.
    ///
    /// # Errors
    /// What the method raised; `TypeError` where it gave neither a timedelta nor None.
    pub fn utcoffset(
        &self,
        datetime: Option<&Bound<'py, PyDateTime>>,
    ) -> PyResult<Option<Bound<'py, PyDelta>>> {
        let datetime = match datetime {
            Some(datetime) => datetime.as_any().clone(),
            None => self.py().none().to_owned().into_any(),
        };
        utc_offset(self, &[datetime])
    }
}

/// What the method `utcoffset` of a datetime or a time zone gives.
pub(super) fn utc_offset<'py>(
    object: &Bound<'py, PyAny>,
    arguments: &[Bound<'py, PyAny>],
) -> PyResult<Option<Bound<'py, PyDelta>>> {
    let method = object.get_attribute(intern!(object.py(), "utcoffset"))?;
    let offset = method.call_objects(arguments, None)?;
    if offset.is_none() { Ok(None) } else { Ok(Some(offset.cast_into::<PyDelta>()?)) }
}
