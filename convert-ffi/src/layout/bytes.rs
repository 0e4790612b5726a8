//! What a `bytes` holds.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `bytes` (or of a subclass), which outlives `'a`.
#[inline(always)]
pub(crate) unsafe fn content<'a>(object: *mut ffi::PyObject) -> &'a [u8] {
    #[cfg(direct_layouts)]
    // SAFETY: the caller's word; the bytes lie behind the header, and never change.
    unsafe {
        let bytes = object.cast::<ffi::PyBytesObject>();
        let start = (&raw const (*bytes).ob_sval).cast::<u8>();
        std::slice::from_raw_parts(start, (*bytes).ob_base.ob_size as usize)
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller's word; the bytes never change, and with `bytes` no function fails.
    unsafe {
        let start = ffi::PyBytes_AsString(object).cast::<u8>();
        std::slice::from_raw_parts(start, ffi::PyBytes_Size(object) as usize)
    }
}

/// Where the bytes are.
///
/// # Safety
/// Attached; `object` is a live `bytes`.
#[inline(always)]
pub(crate) unsafe fn start(object: *mut ffi::PyObject) -> *mut u8 {
    #[cfg(direct_layouts)]
    // SAFETY: the caller's word; the bytes lie behind the header.
    unsafe {
        (&raw mut (*object.cast::<ffi::PyBytesObject>()).ob_sval).cast()
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller's word; with `bytes` the function does not fail.
    unsafe {
        ffi::PyBytes_AsString(object).cast()
    }
}
