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
    "uuid": uuid::Uuid => integrations::uuid;
}
