//! What a class defines, found as attributes are.

use pyo3_ffi as ffi;

unsafe extern "C" {
    /// Private to CPython, exported by 3.9 to 3.13: the build script looks for it. A reference
    /// borrowed from the class or one of its bases, or NULL without an exception.
    pub(crate) fn _PyType_Lookup(
        class: *mut ffi::PyTypeObject,
        name: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;
}
