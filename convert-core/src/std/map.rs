//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `HashMap<K, V>` | `dict` | subclasses of `dict`, through their `items()` | the order |
//! | `BTreeMap<K, V>` | `dict`, in the order of the keys | as above | the order |
//!
//! Two Python keys that become the same Rust key are an error, not a lost value; so is the reverse.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{PyAny, PyDict, PyTuple};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use super::sequence::no_memory;
use crate::wrong::Wrong;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// Gives each entry of a dict to `insert`, which says whether the key is new.
#[inline]
fn extract_entries<'py, K, V>(
    object: Borrowed<'_, 'py, PyAny>,
    dict: &Bound<'py, PyDict>,
    mut insert: impl FnMut(K, V) -> bool,
) -> Result<(), ConversionError>
where
    K: FromPyObjectOwned<'py>,
    V: FromPyObjectOwned<'py>,
{
    let mut wrong = Wrong::default();
    let mut entry = |key: Borrowed<'_, 'py, PyAny>, value: Borrowed<'_, 'py, PyAny>| {
        let (rust_key, rust_value) = extract_entry(key, value)?;
        if insert(rust_key, rust_value) { Ok(()) } else { Err(repeated(key)) }
    };
    if object.is_exact_instance_of::<PyDict>() {
        dict.walk(|key, value| entry(key, value).or_else(|error| wrong.add(error)))?;
    } else {
        // A subclass is asked for its `items()`.
        dict.items()?.walk(|index, pair| {
            let entry = key_and_value(index, pair)
                .and_then(|(key, value)| entry(key.as_borrowed(), value.as_borrowed()));
            entry.or_else(|error| wrong.add(error))
        })?;
    }
    wrong.or(())
}

#[inline]
fn extract_entry<'py, K: FromPyObjectOwned<'py>, V: FromPyObjectOwned<'py>>(
    key: Borrowed<'_, 'py, PyAny>,
    value: Borrowed<'_, 'py, PyAny>,
) -> Result<(K, V), ConversionError> {
    let rust_key = K::extract(key).map_err(|error| in_key(error, key))?;
    let rust_value = V::extract(value).map_err(|error| error.at(Segment::key(&key), value))?;
    Ok((rust_key, rust_value))
}

/// The two items of a pair that a subclass's `items()` gave.
#[cold]
fn key_and_value<'py>(
    index: usize,
    pair: Borrowed<'_, 'py, PyAny>,
) -> Result<(Bound<'py, PyAny>, Bound<'py, PyAny>), ConversionError> {
    let pair_of_two = pair.cast::<PyTuple>().and_then(|pair| match pair.len() {
        2 => Ok((pair.item(0)?, pair.item(1)?)),
        _ => Err(ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a key and a value")) },
        )),
    });
    pair_of_two.map_err(|error| error.at(Segment::index(index), pair))
}

#[cold]
fn in_key(error: ConversionError, key: Borrowed<'_, '_, PyAny>) -> ConversionError {
    error.at(Segment::in_key(), key).inside(Segment::key(&key))
}

#[cold]
fn repeated(key: Borrowed<'_, '_, PyAny>) -> ConversionError {
    in_key(ConversionError::custom("another key becomes the same value in Rust"), key)
}

impl<'a, 'py, K, V, S> FromPyObject<'a, 'py> for HashMap<K, V, S>
where
    K: FromPyObjectOwned<'py> + Eq + Hash,
    V: FromPyObjectOwned<'py>,
    S: BuildHasher + Default,
{
    const EXPECTED: TypeHint = TypeHint::generic(
        "dict",
        &[<K as FromPyObject<'py, 'py>>::EXPECTED, <V as FromPyObject<'py, 'py>>::EXPECTED],
    );

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let _level = StackGuard::enter(object.py())?;
        let dict = object.try_cast::<PyDict>().ok_or_else(Self::wrong_type)?;
        let mut map = HashMap::with_hasher(S::default());
        map.try_reserve(dict.len()).map_err(|_| no_memory())?;
        extract_entries(object, dict, |key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}

impl<'a, 'py, K, V> FromPyObject<'a, 'py> for BTreeMap<K, V>
where
    K: FromPyObjectOwned<'py> + Ord,
    V: FromPyObjectOwned<'py>,
{
    const EXPECTED: TypeHint = TypeHint::generic(
        "dict",
        &[<K as FromPyObject<'py, 'py>>::EXPECTED, <V as FromPyObject<'py, 'py>>::EXPECTED],
    );

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let _level = StackGuard::enter(object.py())?;
        let dict = object.try_cast::<PyDict>().ok_or_else(Self::wrong_type)?;
        let mut map = BTreeMap::new();
        extract_entries(object, dict, |key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}

/// A dict of these entries.
#[inline]
fn entries_into_py<'py, K: IntoPy<'py>, V: IntoPy<'py>>(
    entries: impl ExactSizeIterator<Item = (K, V)>,
    py: Python<'py>,
) -> Result<Bound<'py, PyDict>, ConversionError> {
    let _level = StackGuard::enter(py)?;
    let dict = PyDict::with_capacity(py, entries.len())?;
    let mut count = 0;
    for (key, value) in entries {
        count += 1;
        let key = key.into_py(py)?.into_any();
        let value = value.into_py(py).map_err(|error| error.inside(Segment::key(&key)))?.into_any();
        dict.set(&key, &value).map_err(|error| in_key(error.into(), key.as_borrowed()))?;
        if dict.len() != count {
            return Err(in_key(
                ConversionError::custom("another key becomes the same value in Python"),
                key.as_borrowed(),
            ));
        }
    }
    Ok(dict)
}

macro_rules! maps_into_py {
    ($([$($generics:tt)*] $type:ty;)*) => { $(
        impl<'py, K: IntoPy<'py>, V: IntoPy<'py>, $($generics)*> IntoPy<'py> for $type {
            type Target = PyDict;
            const PRODUCES: TypeHint = TypeHint::generic("dict", &[K::PRODUCES, V::PRODUCES]);

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
