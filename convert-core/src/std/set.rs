//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `HashSet<T>` | `set` | `frozenset`, any `collections.abc.Set`: the keys of a dict too | none: a set has no order |
//! | `BTreeSet<T>` | `set` | as above | none |
//!
//! Two items that become the same Rust value are an error, not a lost item; so is the reverse.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{PyAny, PyFrozenSet, PySet};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, Segment, TypeHint};

use super::sequence::{extract_all, no_memory, reserve};
use super::strict::extract_as;
use crate::wrong::Wrong;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// Gives each item of a set to `insert`, which says whether it is new.
#[inline]
fn extract_items<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
    mut insert: impl FnMut(T) -> bool,
) -> Result<(), ConversionError> {
    let _level = StackGuard::enter_unless(<T as FromPyObject<'py, 'py>>::SHALLOW, object.py())?;
    let mut wrong = Wrong::default();
    let mut item = |item: Borrowed<'_, 'py, PyAny>| {
        let inserted = match extract_as::<T, STRICT>(item) {
            Ok(value) => {
                if insert(value) {
                    Ok(())
                } else {
                    Err(repeated(item))
                }
            }
            Err(error) => Err(error.at(Segment::key(&item), item)),
        };
        inserted.or_else(|error| wrong.add(error))
    };
    if let Some(set) = object.try_cast_exact::<PySet>() {
        set.walk(item)?;
    } else if STRICT {
        return Err(wrong_type());
    } else if let Some(set) = object.try_cast_exact::<PyFrozenSet>() {
        set.walk(item)?;
    } else if PySet::is_abstract_set(&object)? {
        for value in extract_all::<Bound<'py, PyAny>, false>(object, usize::MAX)? {
            item(value.as_borrowed())?;
        }
    } else {
        return Err(wrong_type());
    }
    wrong.or(())
}

#[cold]
fn repeated(item: Borrowed<'_, '_, PyAny>) -> ConversionError {
    ConversionError::custom("another item becomes the same value in Rust")
        .at(Segment::key(&item), item)
}

/// How many items there will be, where that is certain.
#[inline(always)]
fn length(object: Borrowed<'_, '_, PyAny>) -> usize {
    object.try_cast_exact::<PySet>().map_or(0, |set| set.len())
}

macro_rules! sets_from_py {
    ($([$($generics:tt)*] [$($bound:tt)*] $type:ty, $extract:ident $($hasher:ident)?;)*) => { $(
        impl<'a, 'py, T, $($generics)*> FromPyObject<'a, 'py> for $type
        where
            T: FromPyObjectOwned<'py> + $($bound)*,
        {
            const EXPECTED: TypeHint =
                TypeHint::generic("set", &[<T as FromPyObject<'py, 'py>>::EXPECTED]);
            const SHALLOW: bool = <T as FromPyObject<'py, 'py>>::SHALLOW;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                if object.is_basic() {
                    return Err(Self::wrong_type());
                }
                $extract::<T, $($hasher,)? false>(object, Self::wrong_type)
            }

            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                $extract::<T, $($hasher,)? true>(object, Self::wrong_type)
            }
        }
    )* };
}

sets_from_py! {
    [S: BuildHasher + Default] [Eq + Hash] HashSet<T, S>, extract_hash_set S;
    [] [Ord] BTreeSet<T>, extract_tree;
}

#[inline(never)]
fn extract_hash_set<'py, T, S, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> Result<HashSet<T, S>, ConversionError>
where
    T: FromPyObjectOwned<'py> + Eq + Hash,
    S: BuildHasher + Default,
{
    let mut set = HashSet::with_hasher(S::default());
    set.try_reserve(length(object)).map_err(|_| no_memory())?;
    extract_items::<T, STRICT>(object, wrong_type, |item| set.insert(item))?;
    Ok(set)
}

/// A tree is made of all its items in less time than item by item.
#[inline(never)]
fn extract_tree<'py, T: FromPyObjectOwned<'py> + Ord, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> Result<BTreeSet<T>, ConversionError> {
    let mut items = Vec::new();
    reserve(&mut items, length(object))?;
    extract_items::<T, STRICT>(object, wrong_type, |item| {
        items.push(item);
        true
    })?;
    let count = items.len();
    let set = BTreeSet::from_iter(items);
    if set.len() == count { Ok(set) } else { Err(find_repeated::<T, STRICT>(object, wrong_type)) }
}

/// Two items became the same: which, takes reading all again.
#[cold]
#[inline(never)]
fn find_repeated<'py, T: FromPyObjectOwned<'py> + Ord, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> ConversionError {
    let mut seen = BTreeSet::new();
    match extract_items::<T, STRICT>(object, wrong_type, |item| seen.insert(item)) {
        Err(error) => error,
        Ok(()) => ConversionError::custom("two items become the same value in Rust"),
    }
}

/// A set of these items.
#[inline]
fn items_into_py<'py, T: IntoPy<'py>>(
    items: impl ExactSizeIterator<Item = T>,
    py: Python<'py>,
) -> Result<Bound<'py, PySet>, ConversionError> {
    let _level = StackGuard::enter_unless(T::SHALLOW, py)?;
    let set = PySet::empty(py)?;
    for (index, item) in items.enumerate() {
        let item = item.into_py(py)?.into_any();
        set.add_object(&item)?;
        if set.len() != index + 1 {
            return Err(ConversionError::custom("another item becomes the same value in Python")
                .at(Segment::key(&item), item.as_borrowed()));
        }
    }
    Ok(set)
}

macro_rules! sets_into_py {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<'py, T: IntoPy<'py>, $($generics)*> IntoPy<'py> for $type {
            type Target = PySet;
            const PRODUCES: TypeHint = TypeHint::generic("set", &[T::PRODUCES]);

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PySet>, ConversionError> {
                items_into_py(self.into_iter(), py)
            }
        }

        impl<'s, 'py, T, $($generics)*> IntoPy<'py> for &'s $type
        where
            &'s T: IntoPy<'py>,
        {
            type Target = PySet;
            const PRODUCES: TypeHint =
                TypeHint::generic("set", &[<&'s T as IntoPy<'py>>::PRODUCES]);

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PySet>, ConversionError> {
                items_into_py(self.iter(), py)
            }
        }
    )* };
}

sets_into_py! {
    [S] HashSet<T, S>;
    [] BTreeSet<T>;
}
