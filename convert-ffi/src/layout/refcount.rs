//! Taking and giving up a strong reference.
//!
//! CPython 3.12 and 3.13 increment the lower 32 bits and decrement all 64: a load right after the
//! narrower store waits for it, about 3 ns each time an object is held shortly. Here both have the
//! same width. Immortal objects (PEP 683) are told by the sign of the lower half, as CPython does
//! on a decrement.

use pyo3_ffi as ffi;

/// # Safety
/// Attached; `object` is live.
#[inline(always)]
pub(crate) unsafe fn incref(object: *mut ffi::PyObject) {
    #[cfg(all(direct_layouts, Py_3_12, not(py_sys_config = "Py_REF_DEBUG")))]
    // SAFETY: the caller says the object is live; attached, so nobody else writes its count.
    unsafe {
        let count = (*object).ob_refcnt.ob_refcnt;
        if (count as i32) >= 0 {
            (*object).ob_refcnt.ob_refcnt = count + 1;
        }
    }
    #[cfg(not(all(direct_layouts, Py_3_12, not(py_sys_config = "Py_REF_DEBUG"))))]
    // SAFETY: the caller says the object is live, and is attached: all that `Py_INCREF` asks for.
    unsafe {
        ffi::Py_INCREF(object)
    }
}

/// # Safety
/// Attached; the caller gives up a strong reference to `object`.
#[inline(always)]
pub(crate) unsafe fn decref(object: *mut ffi::PyObject) {
    #[cfg(all(direct_layouts, Py_3_12, not(py_sys_config = "Py_REF_DEBUG")))]
    // SAFETY: the caller owns a reference, so the object is live; attached, so nobody else writes
    // its count. The last reference goes the way of `Py_DECREF`, which is to find it.
    unsafe {
        let count = (*object).ob_refcnt.ob_refcnt;
        if (count as i32) >= 0 {
            (*object).ob_refcnt.ob_refcnt = count - 1;
            if count == 1 {
                (*object).ob_refcnt.ob_refcnt = 1;
                ffi::Py_DECREF(object);
            }
        }
    }
    #[cfg(not(all(direct_layouts, Py_3_12, not(py_sys_config = "Py_REF_DEBUG"))))]
    // SAFETY: the caller gives a strong reference away, and is attached: all that `Py_DECREF` asks
    // for.
    unsafe {
        ffi::Py_DECREF(object)
    }
}
