//! `hashbrown`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `HashMap<K, V>` | `dict` | any `Mapping`, a subclass of `dict` too, through its `items()` | the order |
//! | `HashSet<T>` | `set` | `frozenset`, any `collections.abc.Set`: the keys of a dict too | none: a set has no order |
//!
//! Two Python keys or items that become the same in Rust are an error, not a lost value; so is the
//! reverse.

use std::hash::{BuildHasher, Hash};

use convert_ffi::container::{self, Reading, known_length, no_memory};
use convert_ffi::types::{PyAny, PyDict, PySet};
use convert_ffi::{Borrowed, ConversionError};

/// `HashMap` as `dict`.
pub mod hash_map {
    use ::hashbrown::HashMap;
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
    ) -> Result<HashMap<K, V, S>, ConversionError> {
        let mut map = HashMap::with_hasher(S::default());
        map.try_reserve(known_length(object)).map_err(|_| no_memory())?;
        container::read_entries(object, reading, key, value, |key, value| {
            map.insert(key, value).is_none()
        })?;
        Ok(map)
    }
}

/// `HashSet` as `set`.
pub mod hash_set {
    use ::hashbrown::HashSet;
    pub use container::items_into_py as into_py;

    use super::*;

    /// `set`.
    pub type Target = PySet;
    /// `set`.
    pub const NAME: &str = "set";

    /// From a set, or any `collections.abc.Set`.
    ///
    /// # Errors
    /// Every item that is wrong.
    #[inline(never)]
    pub fn from_py<'py, T: Eq + Hash, S: BuildHasher + Default>(
        object: Borrowed<'_, 'py, PyAny>,
        reading: Reading,
        item: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Result<HashSet<T, S>, ConversionError> {
        let mut set = HashSet::with_hasher(S::default());
        set.try_reserve(known_length(object)).map_err(|_| no_memory())?;
        container::read_items(object, reading, item, |item| set.insert(item))?;
        Ok(set)
    }
}
