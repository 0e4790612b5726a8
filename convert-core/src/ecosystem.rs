//! Which type of another crate is converted by which module of `convert-integrations`: a row for
//! each type.
//!
//! A row stands for the feature it begins with. It gives `FromPyObject` for the type, and `IntoPy`
//! for it and for references to it.

macro_rules! ecosystem {
    ($($feature:literal: $type:ty => $($module:ident)::+;)*) => { $(
        #[cfg(feature = $feature)]
        const _: () = {
            use convert_ffi::{Borrowed, ConversionError, PyAny, TypeHint};
            use convert_integrations::{self as integrations, crates::*};

            impl<'a, 'py> crate::FromPyObject<'a, 'py> for $type {
                const EXPECTED: TypeHint = $($module)::+::EXPECTED;
                const SHALLOW: bool = true;

                #[inline]
                fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                    $($module)::+::from_py(&object)
                }

                #[inline]
                fn extract_strict(
                    object: Borrowed<'a, 'py, PyAny>,
                ) -> Result<Self, ConversionError> {
                    $($module)::+::from_py_strict(&object)
                }
            }

            crate::std::into_py_leaf! {
                [] $type => $($module)::+::Target, $($module)::+::PRODUCES,
                    |value, py| $($module)::+::into_py(value, py);
            }
        };
    )* };
}

ecosystem! {
    "chrono": chrono::NaiveDate => integrations::chrono::naive_date;
    "chrono": chrono::NaiveTime => integrations::chrono::naive_time;
    "chrono": chrono::NaiveDateTime => integrations::chrono::naive_date_time;
    "chrono": chrono::DateTime<chrono::Utc> => integrations::chrono::utc_date_time;
    "chrono": chrono::DateTime<chrono::FixedOffset> => integrations::chrono::fixed_date_time;
    "chrono": chrono::DateTime<chrono::Local> => integrations::chrono::local_date_time;
    "chrono": chrono::TimeDelta => integrations::chrono::time_delta;
    "chrono": chrono::FixedOffset => integrations::chrono::fixed_offset;
    "chrono": chrono::Utc => integrations::chrono::utc;
    "chrono": chrono::Weekday => integrations::chrono::weekday;
    "chrono": chrono::Month => integrations::chrono::month;
    "chrono-tz": chrono_tz::Tz => integrations::chrono_tz::tz;
    "chrono-tz": chrono::DateTime<chrono_tz::Tz> => integrations::chrono_tz::date_time;
    "uuid": uuid::Uuid => integrations::uuid;
}
