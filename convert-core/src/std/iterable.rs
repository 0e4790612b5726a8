//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Iterable<T>` | `list`, for `u8` `bytes` | anything that can be iterated: sets, views, generators, a `str` | a generator is used up |

use std::ops::{Deref, DerefMut};

use convert_ffi::exceptions::PyTypeError;
use convert_ffi::stack::StackGuard;
use convert_ffi::types::{PyAny, PyList, PyTuple};
use convert_ffi::{Borrowed, Bound, ConversionError, PyResult, Python, TypeHint, intern};

use super::sequence;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// Values from anything that Python can iterate over, in the order in which they come.
///
/// A `Vec<T>` is only made from a sequence, whose items have an order and can be read again. This
/// takes a set, the values of a dict, a generator, even the characters of a `str`.
///
/// ```
/// # convert_core::Python::initialize();
/// use convert_core::Iterable;
/// use convert_core::prelude::*;
///
/// Python::attach(|py| {
///     let squares = py.eval(c"(n * n for n in range(4))", None, None).unwrap();
///     let Iterable(squares) = squares.extract::<Iterable<u32>>().unwrap();
///     assert_eq!(squares, [0, 1, 4, 9]);
/// });
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iterable<T>(pub Vec<T>);

impl<T> Deref for Iterable<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Iterable<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> IntoIterator for Iterable<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, 'py, T: FromPyObjectOwned<'py>> FromPyObject<'a, 'py> for Iterable<T> {
    const EXPECTED: TypeHint =
        TypeHint::generic("Iterable", &[<T as FromPyObject<'py, 'py>>::EXPECTED]);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if object.is_exact_instance_of::<PyList>() || object.is_exact_instance_of::<PyTuple>() {
            return Vec::extract(object).map(Iterable);
        }
        extract_other::<T, false>(object)
    }

    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        extract_other::<T, true>(object)
    }
}

fn extract_other<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<Iterable<T>, ConversionError> {
    let _level = StackGuard::enter(object.py())?;
    match object.try_iter() {
        Ok(items) => sequence::extract_all::<T, STRICT>(items.as_any().as_borrowed(), usize::MAX)
            .map(Iterable),
        Err(error) if error.is_instance_of::<PyTypeError>(object.py()) => {
            if is_iterable(&object)? {
                Err(error.into())
            } else {
                Err(Iterable::<T>::wrong_type())
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the object's class has what iterating takes: then it is not the wrong type that raised.
#[cold]
fn is_iterable(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = object.get_type();
    let definition = class.definition(intern!(object.py(), "__iter__"))?;
    Ok(definition.is_some_and(|definition| !definition.is_none()))
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Iterable<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = <Vec<T> as IntoPy<'py>>::PRODUCES;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        self.0.into_py(py)
    }
}

impl<'s, 'py, T> IntoPy<'py> for &'s Iterable<T>
where
    &'s T: IntoPy<'py>,
{
    type Target = PyAny;
    const PRODUCES: TypeHint = <&'s Vec<T> as IntoPy<'py>>::PRODUCES;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        (&self.0).into_py(py)
    }
}
