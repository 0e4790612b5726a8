//! Dicts: `HashMap` (and that of hashbrown), `IndexMap`, `BTreeMap`.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ptr;

use super::*;

const DICT: &Expected = &Expected(Class::Type, "a dict");

unsafe extern "C" {
    fn _PyDict_NewPresized(count: isize) -> Object;
}

/// A dict with room for so many entries.
#[inline(always)]
pub unsafe fn new_dict(count: usize) -> Object {
    // SAFETY: the caller is attached.
    unsafe {
        // An empty dict has no table yet; the smallest table holds five entries.
        if count > 5 { _PyDict_NewPresized(count as isize) } else { ffi::PyDict_New() }
    }
}

#[inline(always)]
unsafe fn length(dict: Object) -> usize {
    // SAFETY: the caller gives a live dict.
    unsafe { (*dict.cast::<ffi::PyDictObject>()).ma_used as usize }
}

/// Gives each entry to `insert`.
#[inline(always)]
unsafe fn each_entry<K: FromObject, V: FromObject>(
    dict: Object,
    mut insert: impl FnMut(K, V),
) -> Limit<()> {
    let mut position = 0;
    let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: the caller gives a live dict and is attached; nothing changes the dict meanwhile.
    unsafe {
        while ffi::PyDict_Next(dict, &mut position, &mut key, &mut value) != 0 {
            insert(K::from_object(key)?, V::from_object(value)?);
        }
    }
    Ok(())
}

/// Maps by hash, of std and of other crates.
macro_rules! hash_maps {
    ($($map:ident)::+) => {
        impl<K: FromObject + Eq + Hash, V: FromObject> FromObject for $($map)::+<K, V> {
            #[inline(always)]
            unsafe fn from_object(object: Object) -> Limit<Self> {
                // SAFETY: the caller's word.
                unsafe {
                    if !has_flag(object, ffi::Py_TPFLAGS_DICT_SUBCLASS) {
                        return wrong(DICT, object);
                    }
                    let mut map = Self::with_capacity(length(object));
                    each_entry(object, |key, value| {
                        map.insert(key, value);
                    })?;
                    Ok(map)
                }
            }
        }

        impl<K: ToObject, V: ToObject> ToObject for $($map)::+<K, V> {
            #[inline(always)]
            unsafe fn to_object(&self) -> Object {
                // SAFETY: the caller's word.
                unsafe { to_dict(self.len(), self.iter()) }
            }
        }
    };
}

hash_maps!(HashMap);
hash_maps!(hashbrown::HashMap);
hash_maps!(indexmap::IndexMap);

impl<K: FromObject + Ord, V: FromObject> FromObject for BTreeMap<K, V> {
    /// Collects first: a tree is made from all entries at once in less time than from each.
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<BTreeMap<K, V>> {
        // SAFETY: the caller's word.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_DICT_SUBCLASS) {
                return wrong(DICT, object);
            }
            let mut entries = Vec::with_capacity(length(object));
            each_entry(object, |key, value| entries.push((key, value)))?;
            Ok(BTreeMap::from_iter(entries))
        }
    }
}

#[inline(always)]
unsafe fn to_dict<'a, K: ToObject + 'a, V: ToObject + 'a>(
    count: usize,
    entries: impl Iterator<Item = (&'a K, &'a V)>,
) -> Object {
    // SAFETY: the caller is attached; keys and values are new references or NULL.
    unsafe {
        let dict = new_dict(count);
        if dict.is_null() {
            return dict;
        }
        for (key, value) in entries {
            let (key, value) = (key.to_object(), value.to_object());
            let failed =
                key.is_null() || value.is_null() || ffi::PyDict_SetItem(dict, key, value) != 0;
            ffi::Py_XDECREF(key);
            ffi::Py_XDECREF(value);
            if failed {
                ffi::Py_DECREF(dict);
                return ptr::null_mut();
            }
        }
        dict
    }
}

impl<K: ToObject, V: ToObject> ToObject for BTreeMap<K, V> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { to_dict(self.len(), self.iter()) }
    }
}
