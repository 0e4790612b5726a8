//! Items of sets, and of lists without repetitions.

use super::{Reading, Writing, Wrong, give_way};
use crate::stack::StackGuard;
use crate::types::{PyAny, PyFrozenSet, PyList, PySet, PyTuple};
use crate::{Borrowed, Bound, ConversionError, Python, Segment};

/// Reads a set, or (not strictly) a frozenset or any `collections.abc.Set`: each item by `item`.
/// `insert` gets it, and says whether it is new.
///
/// # Errors
/// All that is wrong; see [`Wrong`]. An item that is not new is an error, not a lost item.
#[inline]
pub fn read_items<'py, T>(
    object: Borrowed<'_, 'py, PyAny>,
    reading: Reading,
    mut item: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<T, ConversionError>,
    mut insert: impl FnMut(T) -> bool,
) -> Result<(), ConversionError> {
    let _level = StackGuard::enter_unless(reading.is_shallow, object.py())?;
    let mut wrong = Wrong::default();
    let mut each = |py_item: Borrowed<'_, 'py, PyAny>| {
        let inserted =
            item(py_item).and_then(|value| if insert(value) { Ok(()) } else { Err(repeated()) });
        inserted.or_else(|error| wrong.add(error.at(Segment::key(&py_item), py_item)))
    };
    if let Some(set) = object.try_cast_exact::<PySet>() {
        set.walk(each)?;
    } else if reading.is_strict {
        return Err((reading.wrong_type)());
    } else if let Some(set) = object.try_cast_exact::<PyFrozenSet>() {
        set.walk(each)?;
    } else if PySet::is_abstract_set(&object)? {
        for (count, item) in object.try_iter()?.enumerate() {
            give_way(count, object.py())?;
            each(item?.as_borrowed())?;
        }
    } else {
        return Err((reading.wrong_type)());
    }
    wrong.or(())
}

/// Reads a list (strictly only that) or a tuple in its order, or a set in its own; otherwise as
/// [`read_items`].
///
/// # Errors
/// As [`read_items`].
#[inline]
pub fn read_unique_items<'py, T>(
    object: Borrowed<'_, 'py, PyAny>,
    reading: Reading,
    mut item: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<T, ConversionError>,
    mut insert: impl FnMut(T) -> bool,
) -> Result<(), ConversionError> {
    let (list, tuple) = match reading.is_strict {
        true => (object.try_cast_exact::<PyList>(), None),
        false => (object.try_cast::<PyList>(), object.try_cast::<PyTuple>()),
    };
    if list.is_none() && tuple.is_none() {
        return match reading.is_strict {
            true => Err((reading.wrong_type)()),
            false => read_items(object, reading, item, insert),
        };
    }
    let _level = StackGuard::enter_unless(reading.is_shallow, object.py())?;
    let mut wrong = Wrong::default();
    let each = |index, py_item: Borrowed<'_, 'py, PyAny>| {
        let inserted =
            item(py_item).and_then(|value| if insert(value) { Ok(()) } else { Err(repeated()) });
        inserted.or_else(|error| wrong.add(error.at(Segment::index(index), py_item)))
    };
    match (list, tuple) {
        (Some(list), _) => list.walk(each)?,
        (None, Some(tuple)) => tuple.walk(each)?,
        (None, None) => {}
    }
    wrong.or(())
}

#[cold]
fn repeated() -> ConversionError {
    ConversionError::custom("another item becomes the same value in Rust")
}

/// A set of these items: of what `item` makes of them.
///
/// # Errors
/// What it gives, or hashing an item. Two items that become the same are an error.
#[inline]
pub fn items_into_py<'py, T>(
    items: impl ExactSizeIterator<Item = T>,
    writing: Writing,
    py: Python<'py>,
    mut item: impl FnMut(T) -> Result<Bound<'py, PyAny>, ConversionError>,
) -> Result<Bound<'py, PySet>, ConversionError> {
    let _level = StackGuard::enter_unless(writing.is_shallow, py)?;
    let set = PySet::empty(py)?;
    let count = items.len();
    for (index, rust_item) in items.enumerate() {
        let item = item(rust_item)?;
        set.add_object(&item)?;
        if !writing.keeps_distinct && set.len() != index + 1 {
            return Err(ConversionError::custom("another item becomes the same value in Python")
                .at(Segment::key(&item), item.as_borrowed()));
        }
    }
    if set.len() != count {
        return Err(ConversionError::custom("two items become the same value in Python"));
    }
    Ok(set)
}
