//! What a `bytes` holds.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is a live `bytes` (or of a subclass), which outlives `'a`.
#[inline(always)]
pub(crate) unsafe fn content<'a>(object: *mut ffi::PyObject) -> &'a [u8] {
    #[cfg(direct_layouts)]
    // SAFETY: the caller gives a live `bytes`, which outlives `'a`; the bytes lie behind the
    // header, and never change.
    unsafe {
        let bytes = object.cast::<ffi::PyBytesObject>();
        let start = (&raw const (*bytes).ob_sval).cast::<u8>();
        std::slice::from_raw_parts(start, (*bytes).ob_base.ob_size as usize)
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live `bytes`, which outlives `'a`; the bytes never change, and
    // with `bytes` no function fails.
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
    // SAFETY: the caller gives a live `bytes`; the bytes lie behind the header.
    unsafe {
        (&raw mut (*object.cast::<ffi::PyBytesObject>()).ob_sval).cast()
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live `bytes`; with `bytes` the function does not fail.
    unsafe {
        ffi::PyBytes_AsString(object).cast()
    }
}

#[cfg(not(Py_LIMITED_API))]
unsafe extern "C" {
    /// Documented, though not of the stable ABI (`Include/cpython/bytesobject.h`).
    fn _PyBytes_Resize(object: *mut *mut ffi::PyObject, size: ffi::Py_ssize_t) -> std::ffi::c_int;
}

/// Makes a `bytes` longer or shorter, where it lies if it can. Takes the reference and gives
/// another one, or NULL with an exception. What is added is not initialized.
///
/// # Safety
/// Attached; `object` is a strong reference, the only one, to a `bytes` that nobody else has seen;
/// `size` is not negative.
pub(crate) unsafe fn resize(
    object: *mut ffi::PyObject,
    size: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: the caller gives the only reference to a `bytes`. The function puts the new
    // reference, or NULL, where the old one was.
    unsafe {
        let mut resized = object;
        _PyBytes_Resize(&mut resized, size);
        resized
    }
    #[cfg(Py_LIMITED_API)]
    // SAFETY: the caller gives the only reference to a `bytes`. Both objects have as many bytes as
    // the smaller one; the old one is given up, as the caller gave it away.
    unsafe {
        let resized = ffi::PyBytes_FromStringAndSize(std::ptr::null(), size);
        if !resized.is_null() {
            let common = ffi::PyBytes_Size(object).min(size) as usize;
            start(object).copy_to_nonoverlapping(start(resized), common);
        }
        ffi::Py_DECREF(object);
        resized
    }
}
