//! Moments as the time since 1970, in whole seconds or a fraction of them: an `int`.
//!
//! A moment that is finer than that is refused; `DateTime::trunc_subsecs` makes it coarser. As
//! everywhere, leap seconds are not counted, and a moment in one is refused.

use chrono::{DateTime, Timelike, Utc};
use convert_ffi::types::{PyAny, PyInt};
use convert_ffi::{Bound, ConversionError, Leaf, PyTypeInfo, Python, TypeHint};

use super::refused;

macro_rules! units {
    ($($(#[$doc:meta])* $unit:ident = $in_a_second:literal;)*) => { $(
        $(#[$doc])*
        pub mod $unit {
            use super::*;

            /// From an `int`, or an instance of a subclass.
            ///
            /// # Errors
            /// A `TypeError` for anything else, an `OverflowError` beyond chrono's range.
            #[inline]
            pub fn from_py(object: &Bound<'_, PyAny>) -> Result<DateTime<Utc>, ConversionError> {
                super::from_py::<$in_a_second>(object)
            }

            /// Makes an `int`.
            ///
            /// # Errors
            /// A `ValueError` where it would be a fraction, or is a leap second.
            #[inline]
            pub fn into_py<'py>(
                moment: &DateTime<Utc>,
                py: Python<'py>,
            ) -> Result<Bound<'py, PyInt>, ConversionError> {
                super::into_py::<$in_a_second>(moment, py)
            }
        }
    )* };
}

units! {
    /// Seconds.
    seconds = 1;
    /// Milliseconds.
    milliseconds = 1_000;
    /// Microseconds.
    microseconds = 1_000_000;
    /// Nanoseconds.
    nanoseconds = 1_000_000_000;
}

const NANOSECONDS: i128 = 1_000_000_000;

fn from_py<const IN_A_SECOND: i128>(
    object: &Bound<'_, PyAny>,
) -> Result<DateTime<Utc>, ConversionError> {
    let number =
        object.try_cast::<PyInt>().ok_or_else(|| PyInt::wrong_type(object.as_borrowed()))?;
    let moment = number.to_i128().and_then(|number| {
        let seconds = i64::try_from(number.div_euclid(IN_A_SECOND)).ok()?;
        let nanoseconds = number.rem_euclid(IN_A_SECOND) * (NANOSECONDS / IN_A_SECOND);
        DateTime::from_timestamp(seconds, nanoseconds as u32)
    });
    moment.ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::out_of_range(TypeHint::name("a timestamp in the range of chrono")) },
        )
    })
}

fn into_py<'py, const IN_A_SECOND: i128>(
    moment: &DateTime<Utc>,
    py: Python<'py>,
) -> Result<Bound<'py, PyInt>, ConversionError> {
    let nanosecond = i128::from(moment.nanosecond());
    let unit = NANOSECONDS / IN_A_SECOND;
    if nanosecond >= NANOSECONDS {
        return Err(refused!("a time that is no leap second, which timestamps do not count"));
    }
    if nanosecond % unit != 0 {
        return Err(refused!("a time without a fraction of the timestamp's unit"));
    }
    let number = i128::from(moment.timestamp()) * IN_A_SECOND + nanosecond / unit;
    Ok(PyInt::from_i128(py, number)?)
}
