//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Vec<T>`, `VecDeque<T>`, `LinkedList<T>`, `Box<[T]>`, `Rc<[T]>`, `Arc<[T]>`, `Cow<[T]>` | `list`, for `u8` `bytes` | any sequence (`tuple`, `range`, a class with `__getitem__`) but `str` and mappings | none |
//! | `BinaryHeap<T>` | as `Vec<T>`, in any order | as `Vec<T>` | the order |
//! | `[T; N]` | as `Vec<T>` | as `Vec<T>`, of that length | none |
//! | `&[T]` | as `Vec<T>` | into Python only (but see `bytes.rs`) | none |
//!
//! A `str` is never a `Vec<String>`, nor is a set, a mapping or an iterator a sequence: the order
//! of the first is accidental, of the second the values would be lost, and reading the third uses
//! it up; [`Iterable`](crate::Iterable) takes all three. A mapping is a `dict`, and what says that
//! it is a `collections.abc.Mapping`: having keys is not enough.
//!
//! An exact list or tuple is read in place. Where the items are numbers, so is the memory of an
//! object that exports it (`array.array`, `memoryview`, numpy). Anything else, subclasses included,
//! is read through its iterator. What an object says of its own length is never believed, and what
//! it shows of its memory before its iterator: of NumPy's masked arrays also what is masked.

use std::borrow::Cow;
use std::collections::{BinaryHeap, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{
    Element, PyAny, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple,
};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use super::strict::extract_as;
use crate::convert::TOKEN;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};
use convert_ffi::container::{Wrong, give_way, no_memory};

impl<'a, 'py, T: FromPyObjectOwned<'py>> FromPyObject<'a, 'py> for Vec<T> {
    const EXPECTED: TypeHint = <T as FromPyObject<'py, 'py>>::EXPECTED_MANY;
    const SHALLOW: bool = <T as FromPyObject<'py, 'py>>::SHALLOW;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        <T as FromPyObject<'py, 'py>>::extract_many(
            object,
            usize::MAX,
            extract_each::<T, false>,
            TOKEN,
        )
    }

    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match <T as FromPyObject<'py, 'py>>::extract_many_strict(object, TOKEN) {
            Some(result) => result,
            None => extract_each::<T, true>(object, usize::MAX),
        }
    }
}

/// A `Vec` of any type, item by item.
#[inline]
fn extract_each<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    if object.is_exact_instance_of::<PyList>() || !is_no_sequence(&object) {
        extract_each_of_sequence::<T, STRICT>(object, most)
    } else {
        Err(if STRICT { no_list::<T>() } else { Vec::<T>::wrong_type() })
    }
}

/// What a sequence is made of strictly: nothing but a list.
const fn list_of<'py, T: FromPyObjectOwned<'py>>() -> &'static TypeHint {
    const { &TypeHint::generic("list", &[<T as FromPyObject<'py, 'py>>::EXPECTED]) }
}

#[cold]
fn no_list<'py, T: FromPyObjectOwned<'py>>() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(*list_of::<T>()) })
}

/// The error for what no array is made of.
const fn no_array<'py, T: FromPyObjectOwned<'py>, const N: usize, const STRICT: bool>()
-> &'static Leaf {
    match STRICT {
        true => const { &Leaf::wrong_type(TypeHint::of_length(list_of::<T>(), N)) },
        false => const { &Leaf::wrong_type(<[T; N] as FromPyObject<'py, 'py>>::EXPECTED) },
    }
}

#[inline(never)]
fn extract_each_of_sequence<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    let _level = StackGuard::enter_unless(<T as FromPyObject<'py, 'py>>::SHALLOW, object.py())?;
    let mut values = Vec::new();
    let mut wrong = Wrong::default();
    let mut push = |values: &mut Vec<T>, index, item: Borrowed<'_, 'py, PyAny>| {
        match extract_item::<T, STRICT>(index, item) {
            Ok(value) => values.push(value),
            Err(error) => wrong.add(error)?,
        }
        Ok::<_, ConversionError>(())
    };
    if let Some(list) = object.try_cast_exact::<PyList>() {
        reserve(&mut values, list.len())?;
        list.walk(|index, item| push(&mut values, index, item))?;
    } else if STRICT {
        return Err(no_list::<T>());
    } else if let Some(tuple) = object.try_cast_exact::<PyTuple>() {
        reserve(&mut values, tuple.len())?;
        tuple.walk(|index, item| push(&mut values, index, item))?;
    } else {
        return extract_iterated(object, most);
    }
    wrong.or(values)
}

/// A `Vec` of a type that is read in bulk. What is no sequence is refused before anything that
/// needs room on the stack.
#[inline]
pub(super) fn extract_plain<'py, T: Element + FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    if object.is_exact_instance_of::<PyList>() || !is_no_sequence(&object) {
        extract_plain_sequence(object, most)
    } else {
        Err(Vec::<T>::wrong_type())
    }
}

#[inline(never)]
fn extract_plain_sequence<'py, T: Element + FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    let mut wrong = Wrong::default();
    let extract =
        |index, item: Borrowed<'_, 'py, PyAny>| match extract_item::<T, false>(index, item) {
            Ok(value) => Ok(value),
            // The value stands in, for a `Vec` that nobody will see.
            Err(error) => wrong.add(error).map(|()| T::default()),
        };
    let values = if let Some(list) = object.try_cast_exact::<PyList>() {
        list.collect_plain(extract)?
    } else if let Some(tuple) = object.try_cast_exact::<PyTuple>() {
        tuple.collect_plain(extract)?
    } else if let Some(values) = object.copy_buffer(most)? {
        values
    } else {
        return extract_iterated(object, most);
    };
    wrong.or(values)
}

/// Whether it is certain at once, as for most that is not a sequence.
#[inline]
fn is_no_sequence(object: &Bound<'_, PyAny>) -> bool {
    object.is_exact_instance_of::<PyString>()
        || object.is_exact_instance_of::<PyInt>()
        || object.is_exact_instance_of::<PyFloat>()
        || object.is_exact_instance_of::<PyDict>()
        || object.is_none()
}

/// Makes room for so many values. A few objects may stand for more memory than there is: a list of
/// eight million times the same `None` for as many arrays.
#[inline]
pub(super) fn reserve<T>(values: &mut Vec<T>, more: usize) -> Result<(), ConversionError> {
    values.try_reserve_exact(more).map_err(|_| no_memory())
}

/// Any sequence but an exact list or tuple; reading ends beyond `most` items.
#[cold]
#[inline(never)]
fn extract_iterated<'py, T: FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    if object.is_instance_of::<PyString>() || !object.is_sequence() {
        return Err(Vec::<T>::wrong_type());
    }
    // Its keys would be read, and what they lead to would be lost.
    if object.is_mapping() && PyMapping::check(&object)? {
        return Err(Vec::<T>::wrong_type());
    }
    extract_all::<T, false>(object, most)
}

/// What iterating over the object gives; reading ends beyond `most` items.
#[inline(never)]
pub(super) fn extract_all<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    most: usize,
) -> Result<Vec<T>, ConversionError> {
    let mut values = Vec::new();
    let mut wrong = Wrong::default();
    for (index, item) in object.try_iter()?.take(most.saturating_add(1)).enumerate() {
        give_way(index, object.py())?;
        values.try_reserve(1).map_err(|_| no_memory())?;
        match extract_item::<T, STRICT>(index, item?.as_borrowed()) {
            Ok(value) => values.push(value),
            Err(error) => wrong.add(error)?,
        }
    }
    wrong.or(values)
}

#[inline]
fn extract_item<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    index: usize,
    item: Borrowed<'_, 'py, PyAny>,
) -> Result<T, ConversionError> {
    extract_as::<T, STRICT>(item).map_err(|error| error.at(Segment::index(index), item))
}

impl<'a, 'py, T: FromPyObjectOwned<'py>, const N: usize> FromPyObject<'a, 'py> for [T; N] {
    const EXPECTED: TypeHint =
        TypeHint::of_length(&<T as FromPyObject<'py, 'py>>::EXPECTED_MANY, N);
    const SHALLOW: bool = <T as FromPyObject<'py, 'py>>::SHALLOW;

    #[inline(always)]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match <T as FromPyObject<'py, 'py>>::copy_many(object, TOKEN) {
            Some(array) => Ok(array),
            None => extract_array::<T, N, false>(object),
        }
    }

    #[inline]
    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match <T as FromPyObject<'py, 'py>>::extract_many_strict(object, TOKEN) {
            Some(values) => values?.try_into().map_err(|_| wrong_length::<T, N>()),
            None => extract_array::<T, N, true>(object),
        }
    }
}

/// Item by item.
#[inline]
fn extract_array<'py, T: FromPyObjectOwned<'py>, const N: usize, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<[T; N], ConversionError> {
    match object.try_cast_exact::<PyList>() {
        // What is of another length is refused before anything is read.
        Some(list) if list.len() != N => Err(wrong_length::<T, N>()),
        Some(list) => extract_array_of_list::<T, N, STRICT>(list),
        None if is_no_sequence(&object) => Err(ConversionError::new(no_array::<T, N, STRICT>())),
        None => extract_array_of_other::<T, N, STRICT>(object),
    }
}

#[inline(never)]
fn extract_array_of_list<'py, T: FromPyObjectOwned<'py>, const N: usize, const STRICT: bool>(
    list: &Bound<'py, PyList>,
) -> Result<[T; N], ConversionError> {
    let _level = StackGuard::enter_unless(<T as FromPyObject<'py, 'py>>::SHALLOW, list.py())?;
    let mut wrong = Wrong::default();
    let mut values = [const { None }; N];
    list.walk(|index, item| {
        // Without the GIL the list may have become longer, or shorter, since its length was asked.
        let Some(place) = values.get_mut(index) else { return Err(wrong_length::<T, N>()) };
        match extract_item::<T, STRICT>(index, item) {
            Ok(value) => *place = Some(value),
            Err(error) => wrong.add(error)?,
        }
        Ok(())
    })?;
    wrong.or(())?;
    if values.iter().any(Option::is_none) {
        return Err(wrong_length::<T, N>());
    }
    Ok(values.map(|value| value.expect("all are there")))
}

/// An array from anything but an exact list.
#[inline(never)]
fn extract_array_of_other<'py, T: FromPyObjectOwned<'py>, const N: usize, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<[T; N], ConversionError> {
    let values = match (STRICT, object.try_cast_exact::<PyTuple>()) {
        (true, _) => Vec::extract_strict(object),
        // As of a list: what is of another length is refused before anything is read.
        (false, Some(tuple)) if tuple.len() != N => return Err(wrong_length::<T, N>()),
        (false, _) => {
            <T as FromPyObject<'py, 'py>>::extract_many(object, N, extract_each::<T, false>, TOKEN)
        }
    };
    let values: Vec<T> =
        values.map_err(|error: ConversionError| error.relabel(no_array::<T, N, STRICT>()))?;
    <[T; N]>::try_from(values).map_err(|_| wrong_length::<T, N>())
}

#[inline(always)]
fn wrong_length<'py, T: FromPyObjectOwned<'py>, const N: usize>() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_length(<[T; N]>::EXPECTED) })
}

/// What a `Vec` becomes in Rust.
macro_rules! made_of_vec {
    ($([$($bound:tt)*] $type:ty, |$values:ident| $make:expr;)*) => { $(
        impl<'a, 'py, T: FromPyObjectOwned<'py> $($bound)*> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = <Vec<T> as FromPyObject<'a, 'py>>::EXPECTED;
            const SHALLOW: bool = <T as FromPyObject<'py, 'py>>::SHALLOW;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                Vec::<T>::extract(object).map(|$values| $make)
            }

            #[inline]
            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                Vec::<T>::extract_strict(object).map(|$values| $make)
            }
        }
    )* };
}

made_of_vec! {
    [] VecDeque<T>, |values| values.into();
    [] LinkedList<T>, |values| values.into_iter().collect();
    [+ Ord] BinaryHeap<T>, |values| values.into();
    [] Box<[T]>, |values| values.into();
    [] Rc<[T]>, |values| values.into();
    [] Arc<[T]>, |values| values.into();
}

impl<'a, 'py, T: FromPyObjectOwned<'py> + Clone + 'a> FromPyObject<'a, 'py> for Cow<'a, [T]> {
    const EXPECTED: TypeHint = <Vec<T> as FromPyObject<'a, 'py>>::EXPECTED;
    const SHALLOW: bool = <T as FromPyObject<'py, 'py>>::SHALLOW;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match T::borrow_many(object, TOKEN) {
            Some(values) => Ok(Cow::Borrowed(values)),
            None => Vec::extract(object).map(Cow::Owned),
        }
    }

    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        Vec::extract_strict(object).map(Cow::Owned)
    }
}

/// By value: the items are moved.
macro_rules! into_py_by_value {
    ($([$($generics:tt)*] $type:ty, |$values:ident| $iter:expr;)*) => { $(
        impl<'py, T: IntoPy<'py>, $($generics)*> IntoPy<'py> for $type {
            type Target = PyAny;
            const PRODUCES: TypeHint = T::PRODUCES_MANY;
            const SHALLOW: bool = T::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                let $values = self;
                T::collect_into_py($iter, py, TOKEN)
            }
        }
    )* };
}

into_py_by_value! {
    [] Vec<T>, |values| values.into_iter();
    [const N: usize] [T; N], |values| values.into_iter();
    [] VecDeque<T>, |values| values.into_iter();
    [] LinkedList<T>, |values| values.into_iter();
    [] BinaryHeap<T>, |values| values.into_iter();
    [] Box<[T]>, |values| values.into_vec().into_iter();
}

/// By reference: `&T` is what is converted.
macro_rules! into_py_by_reference {
    ($([$($generics:tt)*] $type:ty $(, $in_one_piece:ident)?;)*) => { $(
        impl<'s, 'py, $($generics)*> IntoPy<'py> for &'s $type
        where
            &'s T: IntoPy<'py>,
        {
            type Target = PyAny;
            const PRODUCES: TypeHint = <&'s T as IntoPy<'py>>::PRODUCES_MANY;
            const SHALLOW: bool = <&'s T as IntoPy<'py>>::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                $(if let Some(values) = $in_one_piece(self) {
                    return values.into_py(py);
                })?
                <&'s T>::collect_into_py(self.iter(), py, TOKEN)
            }
        }
    )* };
}

into_py_by_reference! {
    [T] Vec<T>;
    [T] [T];
    [T, const N: usize] [T; N];
    [T] VecDeque<T>, in_one_piece;
    [T] LinkedList<T>;
    [T] BinaryHeap<T>;
    [T] Box<[T]>;
    [T] Rc<[T]>;
    [T] Arc<[T]>;
    ['x, T: Clone] Cow<'x, [T]>;
}

/// All values, where they lie one after the other: as a slice they take fewer instructions each.
#[inline]
fn in_one_piece<T>(values: &VecDeque<T>) -> Option<&[T]> {
    let (front, back) = values.as_slices();
    back.is_empty().then_some(front)
}

/// By value, of what may not give up its items: by reference, for whatever lifetime.
macro_rules! into_py_shared {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<'py, $($generics)*> IntoPy<'py> for $type
        where
            for<'s> &'s T: IntoPy<'py>,
        {
            type Target = PyAny;
            const PRODUCES: TypeHint = <&'py T as IntoPy<'py>>::PRODUCES_MANY;
            const SHALLOW: bool = <&'py T as IntoPy<'py>>::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                (&self).into_py(py)
            }
        }
    )* };
}

into_py_shared! {
    [T: 'py] Rc<[T]>;
    [T: 'py] Arc<[T]>;
    ['x, T: Clone + 'py] Cow<'x, [T]>;
}
