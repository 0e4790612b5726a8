//! Attributes that may be missing, without an exception made and dropped for each that is.

use pyo3_ffi as ffi;

#[cfg(Py_3_13)]
pub(crate) use ffi::PyObject_GetOptionalAttr as optional;

#[cfg(all(not(Py_3_13), optional_attributes))]
unsafe extern "C" {
    /// Private to CPython, exported by 3.9 to 3.12: the build script looks for it. Gives a new
    /// reference and 1; NULL and 0 where the attribute is missing; NULL and -1 with an exception.
    #[link_name = "_PyObject_LookupAttr"]
    pub(crate) fn optional(
        object: *mut ffi::PyObject,
        name: *mut ffi::PyObject,
        attribute: *mut *mut ffi::PyObject,
    ) -> std::ffi::c_int;
}

/// The same, by the exception.
///
/// # Safety
/// Attached; two live objects, the second a `str`; a place to write to.
#[cfg(not(any(Py_3_13, optional_attributes)))]
pub(crate) unsafe fn optional(
    object: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    attribute: *mut *mut ffi::PyObject,
) -> std::ffi::c_int {
    // SAFETY: the caller gives two live objects, the second a str, and a place to write to.
    unsafe {
        *attribute = ffi::PyObject_GetAttr(object, name);
        if !(*attribute).is_null() {
            return 1;
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return -1;
        }
        ffi::PyErr_Clear();
    }
    0
}
