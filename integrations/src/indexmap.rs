//! `indexmap`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `IndexMap<K, V>` | `dict`, in the same order | any `Mapping`, a subclass of `dict` too, through its `items()` | none |
//! | `IndexSet<T>` | `list`, in the same order | subclasses, `tuple`; `set`, `frozenset`, any `collections.abc.Set`, in the order it has | none |
//!
//! Python has no set with an order: so an `IndexSet` is a list, which keeps it. Two Python keys or
//! items that become the same in Rust are an error, not a lost value.

use std::hash::{BuildHasher, Hash};

use convert_ffi::container::{self, Reading, Writing, known_length, no_memory};
use convert_ffi::stack::StackGuard;
use convert_ffi::types::{ListBuilder, PyAny, PyDict, PyList};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, Segment};

/// `IndexMap` as `dict`.
pub mod index_map {
    use ::indexmap::IndexMap;
    pub use container::entries_into_py as into_py;

    use super::*;

    /// `dict`.
    pub type Target = PyDict;
    /// `dict`.
    pub const NAME: &str = "dict";

    /// From a dict, or any `Mapping`.
    ///
    /// # Errors
    /// Every key and value that is wrong.
    #[inline(never)]
    pub fn from_py<'py, K: Eq + Hash, V, S: BuildHasher + Default>(
        object: Borrowed<'_, 'py, PyAny>,
        reading: Reading,
        key: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<K, ConversionError>,
        value: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<V, ConversionError>,
    ) -> Result<IndexMap<K, V, S>, ConversionError> {
        let mut map = IndexMap::with_hasher(S::default());
        map.try_reserve(known_length(object)).map_err(|_| no_memory())?;
        container::read_entries(object, reading, key, value, |key, value| {
            map.insert(key, value).is_none()
        })?;
        Ok(map)
    }
}

/// `IndexSet` as `list`.
pub mod index_set {
    use ::indexmap::IndexSet;

    use super::*;

    /// `list`.
    pub type Target = PyList;
    /// `list`.
    pub const NAME: &str = "list";

    /// From a list, a tuple, or any `collections.abc.Set`.
    ///
    /// # Errors
    /// Every item that is wrong.
    #[inline(never)]
    pub fn from_py<'py, T: Eq + Hash, S: BuildHasher + Default>(
        object: Borrowed<'_, 'py, PyAny>,
        reading: Reading,
        item: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Result<IndexSet<T, S>, ConversionError> {
        let mut set = IndexSet::with_hasher(S::default());
        set.try_reserve(known_length(object)).map_err(|_| no_memory())?;
        container::read_unique_items(object, reading, item, |item| set.insert(item))?;
        Ok(set)
    }

    /// A list of what `item` makes of the items.
    ///
    /// # Errors
    /// What it gives.
    #[inline]
    pub fn into_py<'py, T>(
        items: impl ExactSizeIterator<Item = T>,
        writing: Writing,
        py: Python<'py>,
        mut item: impl FnMut(T) -> Result<Bound<'py, PyAny>, ConversionError>,
    ) -> Result<Bound<'py, PyList>, ConversionError> {
        let _level = StackGuard::enter_unless(writing.is_shallow, py)?;
        let mut list = ListBuilder::new(py, items.len())?;
        list.push_each(items, |index, value| {
            item(value).map_err(|error| error.inside(Segment::index(index)))
        })?;
        Ok(list.finish())
    }
}
