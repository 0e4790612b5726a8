//! The number of entries of a `dict`, and dicts made at size. Their tables are never read directly:
//! they change between versions, and `PyDict_Next` is fast enough.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `dict` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live dict; `PyDict_GET_SIZE` reads this field.
    let len = unsafe { (*object.cast::<ffi::PyDictObject>()).ma_used };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live dict; with a dict the function never fails.
    let len = unsafe { ffi::PyDict_Size(object) };
    len as usize
}

#[cfg(presized_dicts)]
unsafe extern "C" {
    /// Private to CPython, exported by 3.9 to 3.13: the build script looks for it.
    fn _PyDict_NewPresized(entries: ffi::Py_ssize_t) -> *mut ffi::PyObject;
}

/// A new reference to an empty dict with room for so many entries, or NULL with an exception.
///
/// # Safety
/// Attached.
#[inline]
pub(crate) unsafe fn with_capacity(entries: usize) -> *mut ffi::PyObject {
    // The smallest table has room for five.
    #[cfg(presized_dicts)]
    if entries > 5 {
        // SAFETY: attached. Room for more entries than any memory holds is not asked for.
        return unsafe { _PyDict_NewPresized(entries.min(1 << 40) as ffi::Py_ssize_t) };
    }
    let _ = entries;
    // SAFETY: attached.
    unsafe { ffi::PyDict_New() }
}
