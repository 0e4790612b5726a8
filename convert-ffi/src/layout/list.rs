//! The items of a `list`.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `list` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller's word.
    let len = unsafe { ffi::PyList_GET_SIZE(object) };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller's word; with a list the function never fails.
    let len = unsafe { ffi::PyList_Size(object) };
    len as usize
}

/// A new reference to the item, or NULL where there is none at that index.
///
/// # Safety
/// Attached; `object` is a live `list` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn item(object: *mut ffi::PyObject, index: usize) -> *mut ffi::PyObject {
    #[cfg(direct_layouts)]
    // SAFETY: the caller's word; the length was just read, and no Python code ran since.
    unsafe {
        let item = unheld_item(object, index);
        if !item.is_null() {
            super::refcount::incref(item);
        }
        item
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller's word; a new reference, or NULL with IndexError, which is cleared.
    unsafe {
        let item = ffi::compat::PyList_GetItemRef(object, index as ffi::Py_ssize_t);
        if item.is_null() {
            ffi::PyErr_Clear();
        }
        item
    }
}

/// The item, held by the list alone: good until any Python code runs. NULL where there is none.
///
/// # Safety
/// Attached; `object` is a live `list` (or of a subclass).
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn unheld_item(object: *mut ffi::PyObject, index: usize) -> *mut ffi::PyObject {
    // SAFETY: the caller says it is a list; the index is within its current length.
    unsafe {
        if index < len(object) {
            ffi::PyList_GET_ITEM(object, index as ffi::Py_ssize_t)
        } else {
            std::ptr::null_mut()
        }
    }
}
