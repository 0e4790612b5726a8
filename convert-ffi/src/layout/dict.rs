//! The number of entries of a `dict`. Its tables are never read directly: they change between
//! versions, and `PyDict_Next` is fast enough.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `dict` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn len(object: *mut ffi::PyObject) -> usize {
    #[cfg(direct_layouts)]
    // SAFETY: the caller's word; `PyDict_GET_SIZE` reads this field.
    let len = unsafe { (*object.cast::<ffi::PyDictObject>()).ma_used };
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller's word; with a dict the function never fails.
    let len = unsafe { ffi::PyDict_Size(object) };
    len as usize
}
