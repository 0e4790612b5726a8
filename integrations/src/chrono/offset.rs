//! How far clocks are ahead of UTC.

use chrono::{FixedOffset, NaiveDateTime, TimeDelta, Utc};
use convert_ffi::types::{PyAny, PyDateTime, PyDelta, PyType, PyTzInfo};
use convert_ffi::{
    Bound, ConversionError, Leaf, Py, PyOnceLock, PyResult, PyTypeInfo, Python, TypeHint, intern,
};

use super::seen::Seen;
use super::{refused, zone};

zone! {
    /// `FixedOffset`.
    fixed_offset: chrono::FixedOffset, super::read_fixed, super::make_fixed
}

zone! {
    /// `Utc`.
    utc: chrono::Utc, super::read_utc, super::make_utc
}

/// How far a clock is ahead of UTC, as Python says it: whole seconds, rounded down, and
/// microseconds beyond them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ahead {
    seconds: i32,
    microseconds: u32,
}

/// The offsets of `timezone`s, which never change.
static FIXED: Seen<Ahead> = Seen::new();

impl Ahead {
    const UTC: Ahead = Ahead { seconds: 0, microseconds: 0 };

    /// Of a clock that shows this.
    ///
    /// # Errors
    /// A `ValueError` where it does not say; what its time zone raised.
    #[inline]
    pub(super) fn of(object: &Bound<'_, PyDateTime>) -> Result<Self, ConversionError> {
        match object.tzinfo() {
            Some(zone) => match FIXED.get(&zone) {
                Some(ahead) => Ok(*ahead),
                None => Self::asked(object, &zone),
            },
            None => Err(no_offset()),
        }
    }

    /// As [`of`](Self::of), of a clock in that time zone.
    #[inline(never)]
    pub(crate) fn asked(
        object: &Bound<'_, PyDateTime>,
        zone: &Bound<'_, PyTzInfo>,
    ) -> Result<Self, ConversionError> {
        let methods = Methods::get(object.py())?;
        if methods.is_timezone(zone) {
            return methods.of_timezone(zone);
        }
        // A subclass is not asked for its own, as it is not when Python subtracts datetimes.
        let method = methods.of_datetime.bind(object.py());
        let offset = method.call_objects(std::slice::from_ref(object.as_any()), None)?;
        offset.try_cast().map(Self::from_delta).ok_or_else(no_offset)
    }

    /// Of all clocks in a time zone.
    #[inline(never)]
    fn always(zone: &Bound<'_, PyTzInfo>) -> Result<Self, ConversionError> {
        let methods = Methods::get(zone.py())?;
        if methods.is_timezone(zone) {
            return methods.of_timezone(zone);
        }
        let offset = zone.utcoffset(None)?.map(|offset| Self::from_delta(&offset));
        offset.ok_or_else(|| refused!("a tzinfo whose offset is always the same"))
    }

    #[inline]
    fn from_delta(delta: &Bound<'_, PyDelta>) -> Self {
        // A day either way at most, unless a class for tests says otherwise.
        let seconds = i64::from(delta.days()) * 86_400 + i64::from(delta.seconds());
        let seconds = seconds.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        Ahead { seconds, microseconds: delta.microseconds() as u32 }
    }

    /// # Errors
    /// A `ValueError` for a fraction of a second, or a day and more.
    #[inline]
    pub(super) fn fixed(self) -> Result<FixedOffset, ConversionError> {
        if self.microseconds != 0 {
            return Err(refused!("an offset from UTC in whole seconds"));
        }
        FixedOffset::east_opt(self.seconds)
            .ok_or_else(|| refused!("an offset from UTC of less than a day"))
    }

    /// The moment at which a clock that is so far ahead shows this.
    #[inline]
    pub(crate) fn moment(self, clock: NaiveDateTime) -> Result<NaiveDateTime, ConversionError> {
        if self == Ahead::UTC {
            return Ok(clock);
        }
        TimeDelta::new(self.seconds.into(), self.microseconds * 1000)
            .and_then(|ahead| clock.checked_sub_signed(ahead))
            .ok_or_else(|| refused!("an offset from UTC of less than a day"))
    }

    /// Whether the clock is so many whole seconds ahead.
    #[cfg(feature = "chrono-tz")]
    pub(crate) fn is(self, offset: FixedOffset) -> bool {
        self == Ahead { seconds: offset.local_minus_utc(), microseconds: 0 }
    }
}

/// Refuses a `datetime` whose time zone is no `timezone`.
#[inline(never)]
pub(super) fn check_timezone(object: &Bound<'_, PyDateTime>) -> Result<(), ConversionError> {
    let methods = Methods::get(object.py())?;
    match object.tzinfo() {
        Some(zone) if methods.is_timezone(&zone) => Ok(()),
        _ => Err(refused!("a datetime with a timezone")),
    }
}

#[inline(always)]
fn no_offset() -> ConversionError {
    refused!("a datetime with an offset from UTC")
}

/// The methods `utcoffset` that are CPython's own, and the class of fixed offsets.
struct Methods {
    timezone: Py<PyType>,
    of_timezone: Py<PyAny>,
    of_datetime: Py<PyAny>,
}

impl Methods {
    #[inline]
    fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static METHODS: PyOnceLock<Methods> = PyOnceLock::new();
        METHODS.get_or_try_init(py, || {
            let timezone = PyTzInfo::utc(py)?.get_type();
            let datetime = PyDateTime::type_object(py);
            let name = intern!(py, "utcoffset");
            Ok(Methods {
                of_timezone: timezone.get_attribute(name)?.unbind(),
                of_datetime: datetime.get_attribute(name)?.unbind(),
                timezone: timezone.unbind(),
            })
        })
    }

    /// What a `timezone` says, which is kept.
    fn of_timezone(&self, zone: &Bound<'_, PyTzInfo>) -> Result<Ahead, ConversionError> {
        let py = zone.py();
        let method = self.of_timezone.bind(py);
        let offset =
            method.call_objects(&[zone.as_any().clone(), py.none().to_owned().into_any()], None)?;
        let ahead = offset.try_cast().map(Ahead::from_delta).ok_or_else(no_offset)?;
        FIXED.keep_shared(zone, ahead);
        Ok(ahead)
    }

    #[inline]
    fn is_timezone(&self, zone: &Bound<'_, PyTzInfo>) -> bool {
        zone.get_type().is(self.timezone.bind(zone.py()))
    }
}

#[inline]
fn read_fixed(object: &Bound<'_, PyAny>, exact: bool) -> Result<FixedOffset, ConversionError> {
    match FIXED.get(object) {
        Some(ahead) => ahead.fixed(),
        None => ask_fixed(object, exact),
    }
}

#[inline(never)]
fn ask_fixed(object: &Bound<'_, PyAny>, exact: bool) -> Result<FixedOffset, ConversionError> {
    let zone = object.try_cast::<PyTzInfo>().ok_or_else(wrong_type)?;
    if exact && !Methods::get(zone.py())?.is_timezone(zone) {
        return Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("timezone")) }));
    }
    Ahead::always(zone)?.fixed()
}

fn read_utc(object: &Bound<'_, PyAny>, exact: bool) -> Result<Utc, ConversionError> {
    let zone = object.try_cast::<PyTzInfo>().ok_or_else(wrong_type)?;
    let is_utc = PyTzInfo::utc(zone.py()).is_ok_and(|utc| zone.is(&utc));
    if is_utc || !exact && Ahead::always(zone)? == Ahead::UTC {
        Ok(Utc)
    } else {
        Err(refused!("timezone.utc"))
    }
}

#[inline(always)]
fn wrong_type() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(utc::EXPECTED) })
}

#[inline]
pub(super) fn make_fixed<'py>(
    offset: &FixedOffset,
    py: Python<'py>,
) -> Result<Bound<'py, PyTzInfo>, ConversionError> {
    Ok(PyTzInfo::fixed_offset(py, offset.local_minus_utc())?)
}

fn make_utc<'py>(_: &Utc, py: Python<'py>) -> Result<Bound<'py, PyTzInfo>, ConversionError> {
    Ok(PyTzInfo::utc(py)?.to_owned())
}
