//! The number of items of a `set` or `frozenset`, and the items, one after the other, as
//! `PyDict_Next` gives those of a dict.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `set` or `frozenset` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live set; `PySet_GET_SIZE` reads this field.
    let len = unsafe { (*object.cast::<ffi::PySetObject>()).used };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live set; with a set the function never fails.
    let len = unsafe { ffi::PySet_Size(object) };
    len as usize
}

#[cfg(set_entries)]
unsafe extern "C" {
    /// Private to CPython, exported by 3.9 to 3.13: the build script looks for it.
    fn _PySet_NextEntry(
        set: *mut ffi::PyObject,
        position: *mut ffi::Py_ssize_t,
        item: *mut *mut ffi::PyObject,
        hash: *mut ffi::Py_hash_t,
    ) -> std::ffi::c_int;
}

/// The item at the position or the next one after it, held by the set alone: good until any Python
/// code runs. NULL after the last. The position, at first 0, moves on.
///
/// # Safety
/// Attached; `set` is a live `set` or `frozenset` (or of a subclass).
#[cfg(set_entries)]
#[inline(always)]
pub(crate) unsafe fn next(
    set: *mut ffi::PyObject,
    position: &mut ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    let (mut item, mut hash) = (std::ptr::null_mut(), 0);
    // SAFETY: the caller gives a live set. The position comes from 0 and the function itself, which
    // checks it against the set as it is now.
    unsafe {
        if _PySet_NextEntry(set, position, &mut item, &mut hash) == 0 {
            return std::ptr::null_mut();
        }
    }
    item
}
