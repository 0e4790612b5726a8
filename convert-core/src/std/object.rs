//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Bound<T>`, `Py<T>` | the object itself | subclasses of `T` | none |
//! | `Borrowed<T>` | the object itself | the object itself, borrowed | none |

use convert_ffi::types::PyAny;
use convert_ffi::{Borrowed, Bound, ConversionError, Py, PyTypeInfo, Python, TypeHint};

use crate::{FromPyObject, IntoPy};

impl<'a, 'py, T: PyTypeInfo> FromPyObject<'a, 'py> for Borrowed<'a, 'py, T> {
    const EXPECTED: TypeHint = TypeHint::name(T::NAME);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        object.try_cast_borrowed().ok_or_else(Self::wrong_type)
    }
}

impl<'a, 'py, T: PyTypeInfo> FromPyObject<'a, 'py> for Bound<'py, T> {
    const EXPECTED: TypeHint = TypeHint::name(T::NAME);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        object.try_cast::<T>().cloned().ok_or_else(Self::wrong_type)
    }
}

impl<'a, 'py, T: PyTypeInfo> FromPyObject<'a, 'py> for Py<T> {
    const EXPECTED: TypeHint = TypeHint::name(T::NAME);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        Bound::extract(object).map(Bound::unbind)
    }
}

macro_rules! objects_into_py {
    ($([$($generics:tt)*] $type:ty, |$object:ident, $py:ident| $make:expr;)*) => { $(
        impl<'py, $($generics)* T: PyTypeInfo> IntoPy<'py> for $type {
            type Target = T;
            const PRODUCES: TypeHint = TypeHint::name(T::NAME);

            #[inline]
            fn into_py(self, $py: Python<'py>) -> Result<Bound<'py, T>, ConversionError> {
                let $object = self;
                Ok($make)
            }
        }
    )* };
}

objects_into_py! {
    [] Bound<'py, T>, |object, _py| object;
    [] &Bound<'py, T>, |object, _py| object.clone();
    ['a,] Borrowed<'a, 'py, T>, |object, _py| object.to_owned();
    ['a,] &Borrowed<'a, 'py, T>, |object, _py| (*object).to_owned();
    [] Py<T>, |object, py| object.into_bound(py);
    [] &Py<T>, |object, py| object.bind(py).clone();
}
