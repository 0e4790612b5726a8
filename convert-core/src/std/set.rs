//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `HashSet<T>` | `set` | `frozenset`, any `collections.abc.Set`: the keys of a dict too | none: a set has no order |
//! | `BTreeSet<T>` | `set` | as above | none |
//!
//! Two items that become the same Rust value are an error, not a lost item; so is the reverse.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use convert_ffi::container::{self, Reading, Writing, known_length, no_memory};
use convert_ffi::types::{PyAny, PySet};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, TypeHint};

use super::sequence::reserve;
use super::strict::extract_as;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// Gives each item of a set to `insert`, which says whether it is new.
#[inline]
fn extract_items<'py, T: FromPyObjectOwned<'py>, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
    insert: impl FnMut(T) -> bool,
) -> Result<(), ConversionError> {
    let is_shallow = <T as FromPyObject<'py, 'py>>::SHALLOW;
    container::read_items(
        object,
        Reading { is_strict: STRICT, is_shallow, wrong_type },
        |item| extract_as::<T, STRICT>(item),
        insert,
    )
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
    set.try_reserve(known_length(object)).map_err(|_| no_memory())?;
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
    reserve(&mut items, known_length(object))?;
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
    let writing = Writing { is_shallow: T::SHALLOW, keeps_distinct: T::KEEPS_DISTINCT };
    container::items_into_py(items, writing, py, |item| item.into_py(py).map(Bound::into_any))
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
