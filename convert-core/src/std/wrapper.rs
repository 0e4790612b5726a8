//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Option<T>` | `None`, or as `T` | | `Some(None)` of a nested option becomes `None` |
//! | `Box<T>` | as `T` | as `T` | none |
//! | `&&T` | as `&T` | | none |

use convert_ffi::types::PyAny;
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, TypeHint};

use crate::{FromPyObject, IntoPy};

const NONE: TypeHint = TypeHint::name("None");

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Option<T> {
    const EXPECTED: TypeHint = TypeHint::union(&[T::EXPECTED, NONE]);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if object.is_none() {
            return Ok(None);
        }
        match T::extract(object) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.relabel(const { &Leaf::wrong_type(Self::EXPECTED) })),
        }
    }
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Option<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::union(&[T::PRODUCES, NONE]);

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        match self {
            Some(value) => Ok(value.into_py(py)?.into_any()),
            None => Ok(py.none().to_owned().into_any()),
        }
    }
}

impl<'s, 'py, T> IntoPy<'py> for &'s Option<T>
where
    &'s T: IntoPy<'py>,
{
    type Target = PyAny;
    const PRODUCES: TypeHint = <Option<&'s T> as IntoPy<'py>>::PRODUCES;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        self.as_ref().into_py(py)
    }
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Box<T> {
    const EXPECTED: TypeHint = T::EXPECTED;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        T::extract(object).map(Box::new)
    }
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Box<T> {
    type Target = T::Target;
    const PRODUCES: TypeHint = T::PRODUCES;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, T::Target>, ConversionError> {
        (*self).into_py(py)
    }
}

impl<'s, 'py, T> IntoPy<'py> for &'s Box<T>
where
    &'s T: IntoPy<'py>,
{
    type Target = <&'s T as IntoPy<'py>>::Target;
    const PRODUCES: TypeHint = <&'s T as IntoPy<'py>>::PRODUCES;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
        (**self).into_py(py)
    }
}

/// What holds references is converted by reference as well: a field of type `Option<&T>`.
impl<'x, 'py, T: ?Sized> IntoPy<'py> for &&'x T
where
    &'x T: IntoPy<'py>,
{
    type Target = <&'x T as IntoPy<'py>>::Target;
    const PRODUCES: TypeHint = <&'x T as IntoPy<'py>>::PRODUCES;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
        (*self).into_py(py)
    }
}
