//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Strict<T>` | as `T` | nothing: the exact type only | as `T` |
//!
//! Some types have no exact type: an object itself (`Bound<T>`, `Py<T>`) may be of a subclass, and
//! whatever an `Iterable<T>` iterates over, its items are strict. A derived struct is read from an
//! exact dict, each of its fields strictly.

use std::ops::{Deref, DerefMut};

use convert_ffi::types::PyAny;
use convert_ffi::{Borrowed, Bound, ConversionError, PyTypeInfo, Python, TypeHint};

use crate::{FromPyObject, IntoPy};

/// A value that is only made from exactly the type that it becomes in Python.
///
/// Usual conversions accept what Python accepts: a `bool` where an int is expected, an int where a
/// float is, instances of subclasses, any sequence for a list. Inside of `Strict` none of that, on
/// any level: `Strict<Vec<f64>>` refuses `[1.5, 2]`. A derived struct is read from an exact dict
/// then, and its fields strictly.
///
/// ```
/// # convert_core::Python::initialize();
/// use convert_core::Strict;
/// use convert_core::prelude::*;
///
/// Python::attach(|py| {
///     let prices = py.eval(c"[1.5, 2]", None, None).unwrap();
///     assert_eq!(prices.extract::<Vec<f64>>().unwrap(), [1.5, 2.0]);
///     let error = prices.extract::<Strict<Vec<f64>>>().unwrap_err();
///     assert_eq!(error.to_string(), "[1]: expected float, got int");
///
///     #[derive(FromPyObject, Debug, PartialEq)]
///     struct Point {
///         x: f64,
///     }
///     let point = py.eval(c"{'x': 1}", None, None).unwrap();
///     assert_eq!(point.extract::<Point>().unwrap(), Point { x: 1.0 });
///     let error = point.extract::<Strict<Point>>().unwrap_err();
///     assert_eq!(error.to_string(), "Point: x: expected float, got int");
/// });
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Strict<T>(pub T);

impl<T> Deref for Strict<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Strict<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Strict<T> {
    const EXPECTED: TypeHint = T::EXPECTED;
    const SHALLOW: bool = T::SHALLOW;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        T::extract_strict(object).map(Strict)
    }

    #[inline(always)]
    fn extract_tried<const STRICT: bool>(
        object: Borrowed<'a, 'py, PyAny>,
    ) -> Result<Self, ConversionError> {
        T::extract_tried::<true>(object).map(Strict)
    }
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Strict<T> {
    type Target = T::Target;
    const PRODUCES: TypeHint = T::PRODUCES;
    const SHALLOW: bool = T::SHALLOW;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, T::Target>, ConversionError> {
        self.0.into_py(py)
    }
}

impl<'s, 'py, T> IntoPy<'py> for &'s Strict<T>
where
    &'s T: IntoPy<'py>,
{
    type Target = <&'s T as IntoPy<'py>>::Target;
    const PRODUCES: TypeHint = <&'s T as IntoPy<'py>>::PRODUCES;
    const SHALLOW: bool = <&'s T as IntoPy<'py>>::SHALLOW;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
        (&self.0).into_py(py)
    }
}

/// One of the two ways to extract a value, chosen by whoever holds it.
#[inline(always)]
pub fn extract_as<'a, 'py, T: FromPyObject<'a, 'py>, const STRICT: bool>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<T, ConversionError> {
    if STRICT { T::extract_strict(object) } else { T::extract(object) }
}

/// As [`extract_as`]; with `true`, for callers that try another type where this one does not fit.
#[inline(always)]
pub fn extract_tried_as<'a, 'py, T: FromPyObject<'a, 'py>, const STRICT: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    tried: bool,
) -> Result<T, ConversionError> {
    if tried { T::extract_tried::<STRICT>(object) } else { extract_as::<T, STRICT>(object) }
}

/// A value from an object of exactly the type `P`.
#[inline]
pub(super) fn extract_exact<'a, 'py, P: PyTypeInfo, T: FromPyObject<'a, 'py>>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<T, ConversionError> {
    if object.is_exact_instance_of::<P>() { T::extract(object) } else { Err(T::wrong_type()) }
}

/// [`FromPyObject::extract_strict`] of a type that is made from objects of one type, and of
/// others by kindness.
macro_rules! exact {
    ($python:ty) => {
        #[inline]
        fn extract_strict(
            object: convert_ffi::Borrowed<'a, 'py, convert_ffi::PyAny>,
        ) -> Result<Self, convert_ffi::ConversionError> {
            $crate::std::strict::extract_exact::<$python, Self>(object)
        }
    };
}
pub(super) use exact;
