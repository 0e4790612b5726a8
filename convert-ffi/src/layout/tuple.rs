//! The items of a `tuple`.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `tuple` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live tuple.
    let len = unsafe { ffi::PyTuple_GET_SIZE(object) };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live tuple; with a tuple the function never fails.
    let len = unsafe { ffi::PyTuple_Size(object) };
    len as usize
}

/// The item, which the tuple holds as long as it lives: tuples do not change.
///
/// # Safety
/// Attached; `object` is a live `tuple` (or of a subclass) with more than `index` items.
#[inline(always)]
pub(crate) unsafe fn item(object: *mut ffi::PyObject, index: usize) -> *mut ffi::PyObject {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live tuple, and an index below its length.
    let item = unsafe { ffi::PyTuple_GET_ITEM(object, index as ffi::Py_ssize_t) };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live tuple, and an index below its length.
    let item = unsafe { ffi::PyTuple_GetItem(object, index as ffi::Py_ssize_t) };
    item
}
