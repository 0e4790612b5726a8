//! `chrono`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `NaiveDate` | `datetime.date` | subclasses, but no `datetime`: its time would be lost | |
//! | `NaiveTime` | `datetime.time` without `tzinfo` | subclasses | `fold` |
//! | `NaiveDateTime` | `datetime.datetime` without `tzinfo` | subclasses | `fold` |
//! | `DateTime<Utc>` | `datetime.datetime` with `timezone.utc` | with any `tzinfo` that says its offset: the same moment | the time zone |
//! | `DateTime<FixedOffset>` | `datetime.datetime` with a `timezone` | as above, but for offsets with a fraction of a second | the time zone, but for its offset |
//! | `DateTime<Local>` | as for `FixedOffset`, as `datetime.astimezone()` gives | as for `Utc` | the time zone |
//! | `TimeDelta` | `datetime.timedelta` | subclasses | |
//! | `FixedOffset` | `datetime.timezone` | any `tzinfo` whose offset is always the same, by its word: `utcoffset(None)` | its name |
//! | `Utc` | `timezone.utc` | any `tzinfo` whose offset is always 0, as above | its name |
//! | `Weekday` | `int`, as of `date.weekday()`: Monday is 0 | subclasses, as `calendar.Day` | |
//! | `Month` | `int`, as of `date.month`: January is 1 | subclasses, as `calendar.Month` | |
//!
//! Refused, with words that say so: a `datetime` with a `tzinfo` where a naive one is meant, and
//! the other way round; into Python nanoseconds that are no whole microseconds, leap seconds
//! (Python has none), years but 1 to 9999, spans beyond 999,999,999 days.
//!
//! Python's own meaning of `fold`, and of times that the clocks skip, is what `utcoffset` says; so
//! a moment is the one that Python takes it for.
//!
//! # Other representations
//!
//! | `#[py(with = "convert_core::integrations::chrono::…")]` | for | Python |
//! |---|---|---|
//! | `truncated` | `NaiveTime`, `NaiveDateTime`, `DateTime`, `TimeDelta` | as above; what is finer than a microsecond is cut off, a leap second is the last microsecond before |
//! | `timestamp::seconds`, `milliseconds`, `microseconds`, `nanoseconds` | `DateTime<Utc>` | `int`, since 1970; fractions are refused |
//! | `rfc3339` | `DateTime` of `Utc`, `FixedOffset`, `Local` | `str` |
//! | `iso_weekday` | `Weekday` | `int`, as of `date.isoweekday()`: Monday is 1 |

mod calendar;
mod delta;
mod moment;
mod naive;
mod offset;
pub mod rfc3339;
mod seen;
pub mod timestamp;
pub mod truncated;

pub use calendar::{iso_weekday, month, weekday};
pub use delta::time_delta;
pub use moment::{fixed_date_time, local_date_time, utc_date_time};
pub use naive::{naive_date, naive_date_time, naive_time};
pub use offset::{fixed_offset, utc};

#[cfg(feature = "chrono-tz")]
pub(crate) use {
    moment::{clock, datetime_with},
    naive::moment_of_clock,
    offset::Ahead,
    seen::Seen,
};

/// The module of a type that is one native type in Python: of a function that says which other
/// objects are accepted, one that reads and one that makes. Reading is told whether only what is
/// made is to be accepted.
macro_rules! native {
    (
        $(#[$doc:meta])* $name:ident: $type:ty = $native:ident $hint:literal or $other:path,
        $read:path, $make:path
    ) => {
        $(#[$doc])*
        pub mod $name {
            use convert_ffi::types::{self, PyAny};
            use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, TypeHint};

            /// What is produced.
            pub type Target = types::$native;
            #[doc = concat!("`", $hint, "`.")]
            pub const EXPECTED: TypeHint = TypeHint::name($hint);
            #[doc = concat!("`", $hint, "`.")]
            pub const PRODUCES: TypeHint = EXPECTED;

            #[doc = concat!("From a `", $hint, "`, or an instance of a subclass.")]
            ///
            /// # Errors
            /// A `TypeError` for an object of another type, a `ValueError` for what the table of
            /// [`chrono`](crate::chrono) says is refused, what Python code of a `tzinfo` raised.
            // Here and below: a value of two words and more is made where it stays.
            #[inline(always)]
            pub fn from_py(object: &Bound<'_, PyAny>) -> Result<$type, ConversionError> {
                match object.try_cast_exact::<Target>() {
                    Some(object) => $read(object, false),
                    None => from_other(object.as_borrowed()),
                }
            }

            #[inline(never)]
            fn from_other(object: Borrowed<'_, '_, PyAny>) -> Result<$type, ConversionError> {
                $read($other(&object).ok_or_else(wrong_type)?, false)
            }

            #[doc = concat!("From a `", $hint, "`, exactly as [`into_py`] makes it.")]
            ///
            /// # Errors
            /// As [`from_py`].
            #[inline]
            pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<$type, ConversionError> {
                $read(object.try_cast_exact::<Target>().ok_or_else(wrong_type)?, true)
            }

            #[doc = concat!("Makes a `", $hint, "`.")]
            ///
            /// # Errors
            /// A `ValueError` or an `OverflowError` for what the table of [`chrono`](crate::chrono)
            /// says is refused; `MemoryError`.
            #[inline]
            pub fn into_py<'py>(
                value: &$type,
                py: Python<'py>,
            ) -> Result<Bound<'py, Target>, ConversionError> {
                $make(value, py)
            }

            #[inline(always)]
            fn wrong_type() -> ConversionError {
                ConversionError::new(const { &Leaf::wrong_type(EXPECTED) })
            }
        }
    };
}
pub(crate) use native;

/// The module of a type that is a time zone: as [`native!`], but all classes of them are
/// subclasses.
macro_rules! zone {
    ($(#[$doc:meta])* $name:ident: $type:ty, $read:path, $make:path) => {
        $(#[$doc])*
        pub mod $name {
            use convert_ffi::types::{PyAny, PyTzInfo};
            use convert_ffi::{Bound, ConversionError, Python, TypeHint};

            /// What is produced.
            pub type Target = PyTzInfo;
            /// `tzinfo`.
            pub const EXPECTED: TypeHint = TypeHint::name("tzinfo");
            /// `tzinfo`.
            pub const PRODUCES: TypeHint = EXPECTED;

            /// From a `tzinfo` that the table of the module around this one names.
            ///
            /// # Errors
            /// A `TypeError` for anything else, a `ValueError` for a time zone that is not as it
            /// says there, what Python code of it raised.
            #[inline]
            pub fn from_py(object: &Bound<'_, PyAny>) -> Result<$type, ConversionError> {
                $read(object, false)
            }

            /// From a `tzinfo` exactly as [`into_py`] makes it.
            ///
            /// # Errors
            /// As [`from_py`].
            #[inline]
            pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<$type, ConversionError> {
                $read(object, true)
            }

            /// Makes the `tzinfo`.
            ///
            /// # Errors
            /// What importing its module or making it raised.
            #[inline]
            pub fn into_py<'py>(
                value: &$type,
                py: Python<'py>,
            ) -> Result<Bound<'py, PyTzInfo>, ConversionError> {
                $make(value, py)
            }
        }
    };
}
pub(crate) use zone;

/// The error for a value of the right type that is refused: what was expected says it all.
macro_rules! refused {
    ($expected:literal) => {
        convert_ffi::ConversionError::new(
            const { &convert_ffi::Leaf::refused(convert_ffi::TypeHint::name($expected)) },
        )
    };
}
pub(crate) use refused;

/// The error for what lies beyond the range of Python's type.
macro_rules! out_of_range {
    ($expected:literal) => {
        convert_ffi::ConversionError::new(
            const { &convert_ffi::Leaf::out_of_range(convert_ffi::TypeHint::name($expected)) },
        )
    };
}
pub(crate) use out_of_range;
