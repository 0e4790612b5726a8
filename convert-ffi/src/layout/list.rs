//! The items of a `list`.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `list` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live list.
    let len = unsafe { ffi::PyList_GET_SIZE(object) };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live list; with a list the function never fails.
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
    // SAFETY: the caller gives a live list; the length was just read, and no Python code ran since.
    unsafe {
        let item = unheld_item(object, index);
        if !item.is_null() {
            super::refcount::incref(item);
        }
        item
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live list; a new reference, or NULL with IndexError, which is
    // cleared.
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

/// The places of a list that is being filled.
pub(crate) struct Places(*mut Place);

#[cfg(direct_layouts)]
type Place = *mut ffi::PyObject;
#[cfg(not(direct_layouts))]
type Place = ffi::PyObject;

impl Places {
    /// # Safety
    /// `list` is a live list, of which nobody but the caller knows as long as these are used.
    #[inline(always)]
    pub(crate) unsafe fn of(list: *mut ffi::PyObject) -> Self {
        #[cfg(direct_layouts)]
        // SAFETY: the caller says it is a list.
        return Places(unsafe { (*list.cast::<ffi::PyListObject>()).ob_item });
        #[cfg(not(direct_layouts))]
        Places(list)
    }

    /// Puts an object into an empty place.
    ///
    /// # Safety
    /// Attached; the list has more than `index` places, and this one is empty. A reference to the
    /// object is given away.
    #[inline(always)]
    pub(crate) unsafe fn fill(&mut self, index: usize, object: *mut ffi::PyObject) {
        // SAFETY: the list of this builder has such a place, which is empty: the caller says so.
        unsafe {
            #[cfg(direct_layouts)]
            self.0.add(index).write(object);
            #[cfg(not(any(direct_layouts, Py_LIMITED_API)))]
            ffi::PyList_SET_ITEM(self.0, index as _, object);
            #[cfg(Py_LIMITED_API)]
            ffi::PyList_SetItem(self.0, index as _, object);
        }
    }
}
