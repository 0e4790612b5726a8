//! Sets: `HashSet` (and that of hashbrown), `BTreeSet`.

use std::collections::{BTreeSet, HashSet};
use std::ffi::c_int;
use std::hash::Hash;
use std::ptr;

use super::*;

const SET: &Expected = &Expected(Class::Type, "a set");

unsafe extern "C" {
    fn _PySet_NextEntry(
        set: Object,
        position: *mut isize,
        key: *mut Object,
        hash: *mut ffi::Py_hash_t,
    ) -> c_int;
}

/// Gives each item to `insert`.
#[inline(always)]
unsafe fn each_item<T: FromObject>(set: Object, mut insert: impl FnMut(T)) -> Limit<()> {
    let (mut position, mut item, mut hash) = (0, ptr::null_mut(), 0);
    // SAFETY: the caller gives a live set and is attached; nothing changes the set meanwhile.
    unsafe {
        while _PySet_NextEntry(set, &mut position, &mut item, &mut hash) != 0 {
            insert(T::from_object(item)?);
        }
    }
    Ok(())
}

impl<T: FromObject + Ord> FromObject for BTreeSet<T> {
    /// Collects first: a tree is made from all items at once in less time than from each.
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<BTreeSet<T>> {
        // SAFETY: the caller's word.
        unsafe {
            if !is_exact(object, &raw mut ffi::PySet_Type) {
                return wrong(SET, object);
            }
            let mut items = Vec::with_capacity(ffi::PySet_GET_SIZE(object) as usize);
            each_item(object, |item| items.push(item))?;
            Ok(BTreeSet::from_iter(items))
        }
    }
}

#[inline(always)]
unsafe fn to_set<'a, T: ToObject + 'a>(items: impl Iterator<Item = &'a T>) -> Object {
    // SAFETY: the caller is attached; items are new references or NULL.
    unsafe {
        let set = ffi::PySet_New(ptr::null_mut());
        if set.is_null() {
            return set;
        }
        for item in items {
            let item = item.to_object();
            let failed = item.is_null() || ffi::PySet_Add(set, item) != 0;
            ffi::Py_XDECREF(item);
            if failed {
                ffi::Py_DECREF(set);
                return ptr::null_mut();
            }
        }
        set
    }
}

/// Sets by hash, of std and of another crate.
macro_rules! hash_sets {
    ($($set:ident)::+) => {
        impl<T: FromObject + Eq + Hash> FromObject for $($set)::+<T> {
            #[inline(always)]
            unsafe fn from_object(object: Object) -> Limit<Self> {
                // SAFETY: the caller's word.
                unsafe {
                    if !is_exact(object, &raw mut ffi::PySet_Type) {
                        return wrong(SET, object);
                    }
                    let mut set = Self::with_capacity(ffi::PySet_GET_SIZE(object) as usize);
                    each_item(object, |item| {
                        set.insert(item);
                    })?;
                    Ok(set)
                }
            }
        }

        impl<T: ToObject> ToObject for $($set)::+<T> {
            #[inline(always)]
            unsafe fn to_object(&self) -> Object {
                // SAFETY: the caller's word.
                unsafe { to_set(self.iter()) }
            }
        }
    };
}

hash_sets!(HashSet);
hash_sets!(hashbrown::HashSet);

impl<T: ToObject> ToObject for BTreeSet<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { to_set(self.iter()) }
    }
}
