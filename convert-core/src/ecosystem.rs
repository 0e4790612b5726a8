//! Which type of another crate is converted by which module of `convert-integrations`: a row for
//! each type.
//!
//! A row stands for the feature it begins with. It gives `FromPyObject` for the type, and `IntoPy`
//! for it and for references to it. Of a generic type it names the elements, each with what it
//! must be able to do, and behind `;;` other parameters.

macro_rules! ecosystem {
    () => {};
    (
        $feature:literal: for [
            $($element:ident $(: $($bound:ident),+)?);+ $(;; $other:ident: $($other_bound:ident),+)?
        ] $type:ty => $($module:ident)::+;
        $($rest:tt)*
    ) => {
        #[cfg(feature = $feature)]
        const _: () = {
            use std::hash::{BuildHasher, Hash};

            use convert_ffi::container::{Reading, Writing};
            use convert_ffi::{Borrowed, Bound, ConversionError, PyAny, Python, TypeHint};
            use convert_integrations::{self as integrations, crates::*};

            use crate::std::strict::extract_as;
            use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

            impl<'a, 'py, $($element,)+ $($other)?> FromPyObject<'a, 'py> for $type
            where
                $($element: FromPyObjectOwned<'py> $($(+ $bound)+)?,)+
                $($other: $($other_bound +)+)?
            {
                const EXPECTED: TypeHint = TypeHint::generic(
                    $($module)::+::NAME,
                    &[$(<$element as FromPyObject<'py, 'py>>::EXPECTED),+],
                );
                const SHALLOW: bool = $(<$element as FromPyObject<'py, 'py>>::SHALLOW)&&+;

                #[inline]
                fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                    Self::extract_any::<false, false>(object)
                }

                #[inline]
                fn extract_strict(
                    object: Borrowed<'a, 'py, PyAny>,
                ) -> Result<Self, ConversionError> {
                    Self::extract_any::<true, false>(object)
                }

                #[inline]
                fn extract_any<const STRICT: bool, const TRIED: bool>(
                    object: Borrowed<'a, 'py, PyAny>,
                ) -> Result<Self, ConversionError> {
                    let reading = Reading {
                        is_strict: STRICT,
                        is_shallow: Self::SHALLOW,
                        wrong_type: Self::wrong_type,
                    };
                    $($module)::+::from_py(
                        object,
                        reading,
                        $(|element| extract_as::<$element, STRICT>(element)),+
                    )
                }
            }

            ecosystem!(@into $type, [$($element: $element)+] [$($other)?] $($module)::+);
            ecosystem!(@into &'s $type, [$($element: &'s $element)+] [$($other)?] $($module)::+);
        };
        ecosystem!($($rest)*);
    };
    (@into $type:ty, [$($element:ident: $own:ty)+] [$($other:ident)?] $($module:ident)::+) => {
        impl<'s, 'py, $($element,)+ $($other)?> IntoPy<'py> for $type
        where
            $($own: IntoPy<'py>,)+
        {
            type Target = $($module)::+::Target;
            const PRODUCES: TypeHint =
                TypeHint::generic($($module)::+::NAME, &[$(<$own as IntoPy<'py>>::PRODUCES),+]);
            const SHALLOW: bool = $(<$own as IntoPy<'py>>::SHALLOW)&&+;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
                let writing = Writing {
                    is_shallow: Self::SHALLOW,
                    keeps_distinct: [$(<$own as IntoPy<'py>>::KEEPS_DISTINCT),+][0],
                };
                $($module)::+::into_py(
                    self.into_iter(),
                    writing,
                    py,
                    $(|element: $own| element.into_py(py).map(Bound::into_any)),+
                )
            }
        }
    };
    ($feature:literal: $type:ty => $($module:ident)::+; $($rest:tt)*) => {
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
        ecosystem!($($rest)*);
    };
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
    "hashbrown": for [K: Eq, Hash; V;; S: BuildHasher, Default] hashbrown::HashMap<K, V, S> => integrations::hashbrown::hash_map;
    "hashbrown": for [T: Eq, Hash;; S: BuildHasher, Default] hashbrown::HashSet<T, S> => integrations::hashbrown::hash_set;
    "indexmap": for [K: Eq, Hash; V;; S: BuildHasher, Default] indexmap::IndexMap<K, V, S> => integrations::indexmap::index_map;
    "indexmap": for [T: Eq, Hash;; S: BuildHasher, Default] indexmap::IndexSet<T, S> => integrations::indexmap::index_set;
    "num-bigint": num_bigint::BigInt => integrations::num_bigint::big_int;
    "num-bigint": num_bigint::BigUint => integrations::num_bigint::big_uint;
    "rust_decimal": rust_decimal::Decimal => integrations::rust_decimal;
    "serde_json": serde_json::Map<String, serde_json::Value> => integrations::serde_json::map;
    "serde_json": serde_json::Number => integrations::serde_json::number;
    "serde_json": serde_json::Value => integrations::serde_json::value;
    "uuid": uuid::Uuid => integrations::uuid;
}
