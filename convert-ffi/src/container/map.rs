//! Entries of dicts and other mappings.

use super::{Reading, Writing, Wrong, in_key};
use crate::stack::StackGuard;
use crate::types::{PyAny, PyDict, PyList, PyMapping, PyTuple};
use crate::{Borrowed, Bound, ConversionError, Leaf, PyResult, Python, Segment, TypeHint};

/// Reads a dict, or (not strictly) any `Mapping`, through its `items()`: each key by `key`, each
/// value by `value`. `insert` gets both, and says whether the key is new.
///
/// # Errors
/// All that is wrong; see [`Wrong`]. A key that is not new is an error, not a lost value.
#[inline]
pub fn read_entries<'py, K, V>(
    object: Borrowed<'_, 'py, PyAny>,
    reading: Reading,
    mut key: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<K, ConversionError>,
    mut value: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<V, ConversionError>,
    mut insert: impl FnMut(K, V) -> bool,
) -> Result<(), ConversionError> {
    let _level = StackGuard::enter_unless(reading.is_shallow, object.py())?;
    let mut wrong = Wrong::default();
    let mut entry = |py_key: Borrowed<'_, 'py, PyAny>, py_value: Borrowed<'_, 'py, PyAny>| {
        let rust_key = key(py_key).map_err(|error| in_key(error, py_key))?;
        let rust_value =
            value(py_value).map_err(|error| error.at(Segment::key(&py_key), py_value))?;
        if insert(rust_key, rust_value) { Ok(()) } else { Err(repeated(py_key)) }
    };
    if let Some(dict) = object.try_cast_exact::<PyDict>() {
        dict.walk_unless_quiet(reading.is_shallow, |key, value| {
            entry(key, value).or_else(|error| wrong.add(error))
        })?;
    } else if reading.is_strict || !object.is_mapping() || !PyMapping::check(&object)? {
        return Err((reading.wrong_type)());
    } else {
        items(object)?.walk(|index, pair| {
            let entry = key_and_value(index, pair)
                .and_then(|(key, value)| entry(key.as_borrowed(), value.as_borrowed()));
            entry.or_else(|error| wrong.add(error))
        })?;
    }
    wrong.or(())
}

/// What a mapping's `items()` gives, as a list.
#[cold]
fn items<'py>(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    object.cast::<PyMapping>()?.items()
}

/// The two items of a pair that somebody's `items()` gave.
///
/// # Errors
/// Where it is no such pair.
#[cold]
pub fn key_and_value<'py>(
    index: usize,
    pair: Borrowed<'_, 'py, PyAny>,
) -> Result<(Bound<'py, PyAny>, Bound<'py, PyAny>), ConversionError> {
    let pair_of_two = pair.cast::<PyTuple>().and_then(|pair| match pair.len() {
        2 => Ok((pair.item(0)?, pair.item(1)?)),
        _ => Err(ConversionError::new(
            const { &Leaf::wrong_value(TypeHint::name("a key and a value")) },
        )),
    });
    pair_of_two
        .map_err(|error| error.at(Segment::index(index), pair).inside(Segment::computed("items()")))
}

#[cold]
fn repeated(key: Borrowed<'_, '_, PyAny>) -> ConversionError {
    in_key(ConversionError::custom("another key becomes the same value in Rust"), key)
}

/// A dict of these entries: of what `key` and `value` make of them.
///
/// # Errors
/// What one of them gives, or hashing a key. Two keys that become the same are an error.
#[inline]
pub fn entries_into_py<'py, K, V>(
    entries: impl ExactSizeIterator<Item = (K, V)>,
    writing: Writing,
    py: Python<'py>,
    mut key: impl FnMut(K) -> Result<Bound<'py, PyAny>, ConversionError>,
    mut value: impl FnMut(V) -> Result<Bound<'py, PyAny>, ConversionError>,
) -> Result<Bound<'py, PyDict>, ConversionError> {
    let _level = StackGuard::enter_unless(writing.is_shallow, py)?;
    let count = entries.len();
    let dict = PyDict::with_capacity(py, count)?;
    for (index, (rust_key, rust_value)) in entries.enumerate() {
        let key = key(rust_key)?;
        let value = value(rust_value).map_err(|error| error.inside(Segment::key(&key)))?;
        dict.set(&key, &value).map_err(|error| in_key(error.into(), key.as_borrowed()))?;
        if !writing.keeps_distinct && dict.len() != index + 1 {
            return Err(in_key(
                ConversionError::custom("another key becomes the same value in Python"),
                key.as_borrowed(),
            ));
        }
    }
    if dict.len() != count {
        return Err(ConversionError::custom("two keys become the same value in Python"));
    }
    Ok(dict)
}
