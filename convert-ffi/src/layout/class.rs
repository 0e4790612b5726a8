//! What a class defines, found as attributes are; and the number that changes with it.

use pyo3_ffi as ffi;

/// The version of a class: no other class has it, nor has this one after a change. 0 where it has
/// none.
///
/// # Safety
/// `class` is a live class.
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn version(class: *mut ffi::PyTypeObject) -> u32 {
    // SAFETY: the caller says that it is live.
    unsafe {
        // Before 3.10 a class that was changed keeps its number; from 3.13 on none has the flag.
        #[cfg(not(Py_3_13))]
        if (*class).tp_flags & ffi::Py_TPFLAGS_VALID_VERSION_TAG == 0 {
            return 0;
        }
        (*class).tp_version_tag
    }
}

#[cfg(type_lookup)]
unsafe extern "C" {
    /// Private to CPython, exported by 3.9 to 3.13: the build script looks for it. A reference
    /// borrowed from the class or one of its bases, or NULL without an exception.
    pub(crate) fn _PyType_Lookup(
        class: *mut ffi::PyTypeObject,
        name: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;
}
