//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Vec<T>` | `list`, for `u8` `bytes` | any sequence (`tuple`, `range`, a class with `__getitem__`) but `str` | none |
//! | `[T; N]` | as `Vec<T>` | as `Vec<T>`, of that length | none |
//! | `&[T]` | as `Vec<T>` | into Python only (but see `bytes.rs`) | none |
//!
//! A `str` is never a `Vec<String>`, nor is a set or an iterator a sequence: the order of the one
//! is accidental, and reading the other uses it up.
//!
//! An exact list or tuple is read in place; anything else, subclasses included, through its
//! iterator. What an object says of its own length is never believed.

use convert_ffi::exceptions::PyMemoryError;
use convert_ffi::stack::StackGuard;
use convert_ffi::types::{Plain, PyAny, PyBytes, PyList, PyString, PyTuple};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use crate::convert::TOKEN;
use crate::wrong::Wrong;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

impl<'a, 'py, T: FromPyObjectOwned<'py>> FromPyObject<'a, 'py> for Vec<T> {
    const EXPECTED: TypeHint = <T as FromPyObject<'py, 'py>>::EXPECTED_MANY;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match <T as FromPyObject<'py, 'py>>::extract_many(object, TOKEN) {
            Some(result) => result,
            None => extract_each(object),
        }
    }
}

/// A `Vec` of any type, item by item.
#[inline]
fn extract_each<'py, T: FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<Vec<T>, ConversionError> {
    let _level = StackGuard::enter(object.py())?;
    let mut values = Vec::new();
    let mut wrong = Wrong::default();
    let mut push = |values: &mut Vec<T>, index, item: Borrowed<'_, 'py, PyAny>| {
        match extract_item(index, item) {
            Ok(value) => values.push(value),
            Err(error) => wrong.add(error)?,
        }
        Ok::<_, ConversionError>(())
    };
    if let Some(list) = object.try_cast_exact::<PyList>() {
        reserve(&mut values, list.len())?;
        list.walk(|index, item| push(&mut values, index, item))?;
    } else if let Some(tuple) = object.try_cast_exact::<PyTuple>() {
        reserve(&mut values, tuple.len())?;
        tuple.walk(|index, item| push(&mut values, index, item))?;
    } else {
        return extract_iterated(object, usize::MAX);
    }
    wrong.or(values)
}

/// A `Vec` of a type that is read in bulk.
#[inline]
pub(super) fn extract_plain<'py, T: Plain + FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<Vec<T>, ConversionError> {
    let _level = StackGuard::enter(object.py())?;
    let mut wrong = Wrong::default();
    let extract = |index, item: Borrowed<'_, 'py, PyAny>| match extract_item(index, item) {
        Ok(value) => Ok(value),
        // The value stands in, for a `Vec` that nobody will see.
        Err(error) => wrong.add(error).map(|()| T::default()),
    };
    let values = if let Some(list) = object.try_cast_exact::<PyList>() {
        list.collect_plain(extract)?
    } else if let Some(tuple) = object.try_cast_exact::<PyTuple>() {
        tuple.collect_plain(extract)?
    } else {
        return extract_iterated(object, usize::MAX);
    };
    wrong.or(values)
}

/// Makes room for so many values. A few objects may stand for more memory than there is: a list of
/// eight million times the same `None` for as many arrays.
#[inline]
pub(super) fn reserve<T>(values: &mut Vec<T>, more: usize) -> Result<(), ConversionError> {
    values.try_reserve_exact(more).map_err(|_| no_memory())
}

#[cold]
#[inline(never)]
pub(super) fn no_memory() -> ConversionError {
    PyMemoryError::new_err("the converted values do not fit into memory").into()
}

/// Any sequence but an exact list or tuple; reading ends beyond `most` items.
#[cold]
#[inline(never)]
fn extract_iterated<'py, T: FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    /// So often, an iterator that has no end gives way to Ctrl-C.
    const PAUSE: usize = 1 << 12;
    if object.is_instance_of::<PyString>() || !object.is_sequence() {
        return Err(Vec::<T>::wrong_type());
    }
    let mut values = Vec::new();
    let mut wrong = Wrong::default();
    for (index, item) in object.try_iter()?.take(most.saturating_add(1)).enumerate() {
        if index % PAUSE == PAUSE - 1 {
            object.py().check_signals()?;
        }
        values.try_reserve(1).map_err(|_| no_memory())?;
        match extract_item(index, item?.as_borrowed()) {
            Ok(value) => values.push(value),
            Err(error) => wrong.add(error)?,
        }
    }
    wrong.or(values)
}

#[inline]
fn extract_item<'py, T: FromPyObjectOwned<'py>>(
    index: usize,
    item: Borrowed<'_, 'py, PyAny>,
) -> Result<T, ConversionError> {
    T::extract(item).map_err(|error| error.at(Segment::index(index), item))
}

impl<'a, 'py, T: FromPyObjectOwned<'py>, const N: usize> FromPyObject<'a, 'py> for [T; N] {
    const EXPECTED: TypeHint =
        TypeHint::of_length(&<T as FromPyObject<'py, 'py>>::EXPECTED_MANY, N);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let wrong_length = || ConversionError::new(const { &Leaf::wrong_value(Self::EXPECTED) });
        // What is of another length is refused before all of it is read.
        let values = if let Some(list) = object.try_cast_exact::<PyList>() {
            if list.len() != N {
                return Err(wrong_length());
            }
            Vec::extract(object)
        } else if object.is_instance_of::<PyBytes>() || object.is_exact_instance_of::<PyTuple>() {
            Vec::extract(object)
        } else {
            extract_iterated(object, N)
        };
        let values: Vec<T> = values.map_err(|error: ConversionError| {
            error.relabel(const { &Leaf::wrong_type(Self::EXPECTED) })
        })?;
        <[T; N]>::try_from(values).map_err(|_| wrong_length())
    }
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Vec<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = T::PRODUCES_MANY;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        T::collect_into_py(self.into_iter(), py, TOKEN)
    }
}

impl<'py, T: IntoPy<'py>, const N: usize> IntoPy<'py> for [T; N] {
    type Target = PyAny;
    const PRODUCES: TypeHint = T::PRODUCES_MANY;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        T::collect_into_py(self.into_iter(), py, TOKEN)
    }
}

/// The same through a reference: `&T` is what is converted.
macro_rules! into_py_by_reference {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<'s, 'py, $($generics)*> IntoPy<'py> for &'s $type
        where
            &'s T: IntoPy<'py>,
        {
            type Target = PyAny;
            const PRODUCES: TypeHint = <&'s T as IntoPy<'py>>::PRODUCES_MANY;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                <&'s T>::collect_into_py(self.iter(), py, TOKEN)
            }
        }
    )* };
}

into_py_by_reference! {
    [T] Vec<T>;
    [T] [T];
    [T, const N: usize] [T; N];
}
