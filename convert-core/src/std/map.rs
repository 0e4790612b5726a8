//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `HashMap<K, V>` | `dict` | any `Mapping`, a subclass of `dict` too, through its `items()` | the order |
//! | `BTreeMap<K, V>` | `dict`, in the order of the keys | as above | the order |
//!
//! Two Python keys that become the same Rust key are an error, not a lost value; so is the reverse.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, Hash};

use convert_ffi::container::{self, Reading, Writing, known_length, no_memory};
use convert_ffi::types::{PyAny, PyDict};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, TypeHint};

use super::sequence::reserve;
use super::strict::extract_as;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// Gives each entry of a mapping to `insert`, which says whether the key is new.
#[inline]
fn extract_entries<'py, K, V, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
    insert: impl FnMut(K, V) -> bool,
) -> Result<(), ConversionError>
where
    K: FromPyObjectOwned<'py>,
    V: FromPyObjectOwned<'py>,
{
    let is_shallow =
        <K as FromPyObject<'py, 'py>>::SHALLOW && <V as FromPyObject<'py, 'py>>::SHALLOW;
    container::read_entries(
        object,
        Reading { is_strict: STRICT, is_shallow, wrong_type },
        |key| extract_as::<K, STRICT>(key),
        |value| extract_as::<V, STRICT>(value),
        insert,
    )
}

macro_rules! maps_from_py {
    ($([$($generics:tt)*] [$($bound:tt)*] $type:ty, $extract:ident $($hasher:ident)?;)*) => { $(
        impl<'a, 'py, K, V, $($generics)*> FromPyObject<'a, 'py> for $type
        where
            K: FromPyObjectOwned<'py> + $($bound)*,
            V: FromPyObjectOwned<'py>,
        {
            const EXPECTED: TypeHint = TypeHint::generic(
                "dict",
                &[<K as FromPyObject<'py, 'py>>::EXPECTED, <V as FromPyObject<'py, 'py>>::EXPECTED],
            );
            const SHALLOW: bool = <K as FromPyObject<'py, 'py>>::SHALLOW
                && <V as FromPyObject<'py, 'py>>::SHALLOW;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                if object.is_basic() && !object.is_instance_of::<PyDict>() {
                    return Err(Self::wrong_type());
                }
                $extract::<K, V, $($hasher,)? false>(object, Self::wrong_type)
            }

            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                $extract::<K, V, $($hasher,)? true>(object, Self::wrong_type)
            }
        }
    )* };
}

maps_from_py! {
    [S: BuildHasher + Default] [Eq + Hash] HashMap<K, V, S>, extract_hash_map S;
    [] [Ord] BTreeMap<K, V>, extract_tree;
}

#[inline(never)]
fn extract_hash_map<'py, K, V, S, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> Result<HashMap<K, V, S>, ConversionError>
where
    K: FromPyObjectOwned<'py> + Eq + Hash,
    V: FromPyObjectOwned<'py>,
    S: BuildHasher + Default,
{
    let mut map = HashMap::with_hasher(S::default());
    map.try_reserve(known_length(object)).map_err(|_| no_memory())?;
    extract_entries::<K, V, STRICT>(object, wrong_type, |key, value| {
        map.insert(key, value).is_none()
    })?;
    Ok(map)
}

/// A tree is made of all its entries in less time than entry by entry.
#[inline(never)]
fn extract_tree<'py, K, V, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> Result<BTreeMap<K, V>, ConversionError>
where
    K: FromPyObjectOwned<'py> + Ord,
    V: FromPyObjectOwned<'py>,
{
    let mut entries = Vec::new();
    reserve(&mut entries, known_length(object))?;
    extract_entries::<K, V, STRICT>(object, wrong_type, |key, value| {
        entries.push((key, value));
        true
    })?;
    let count = entries.len();
    let map = BTreeMap::from_iter(entries);
    if map.len() == count {
        Ok(map)
    } else {
        Err(find_repeated::<K, V, STRICT>(object, wrong_type))
    }
}

/// Two keys became the same: which, takes reading all again.
#[cold]
#[inline(never)]
fn find_repeated<'py, K, V, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
) -> ConversionError
where
    K: FromPyObjectOwned<'py> + Ord,
    V: FromPyObjectOwned<'py>,
{
    let mut seen = BTreeSet::new();
    match extract_entries::<K, V, STRICT>(object, wrong_type, |key, _| seen.insert(key)) {
        Err(error) => error,
        Ok(()) => ConversionError::custom("two keys become the same value in Rust"),
    }
}

/// A dict of these entries.
#[inline]
fn entries_into_py<'py, K: IntoPy<'py>, V: IntoPy<'py>>(
    entries: impl ExactSizeIterator<Item = (K, V)>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDict>, ConversionError> {
    container::entries_into_py(
        entries,
        Writing { is_shallow: K::SHALLOW && V::SHALLOW, keeps_distinct: K::KEEPS_DISTINCT },
        py,
        |key| key.into_py(py).map(Bound::into_any),
        |value| value.into_py(py).map(Bound::into_any),
    )
}

macro_rules! maps_into_py {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<'py, K: IntoPy<'py>, V: IntoPy<'py>, $($generics)*> IntoPy<'py> for $type {
            type Target = PyDict;
            const PRODUCES: TypeHint = TypeHint::generic("dict", &[K::PRODUCES, V::PRODUCES]);
            const SHALLOW: bool = K::SHALLOW && V::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyDict>, ConversionError> {
                entries_into_py(self.into_iter(), py)
            }
        }

        impl<'s, 'py, K, V, $($generics)*> IntoPy<'py> for &'s $type
        where
            &'s K: IntoPy<'py>,
            &'s V: IntoPy<'py>,
        {
            type Target = PyDict;
            const PRODUCES: TypeHint = TypeHint::generic(
                "dict",
                &[<&'s K as IntoPy<'py>>::PRODUCES, <&'s V as IntoPy<'py>>::PRODUCES],
            );
            const SHALLOW: bool =
                <&'s K as IntoPy<'py>>::SHALLOW && <&'s V as IntoPy<'py>>::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyDict>, ConversionError> {
                entries_into_py(self.iter(), py)
            }
        }
    )* };
}

maps_into_py! {
    [S] HashMap<K, V, S>;
    [] BTreeMap<K, V>;
}
