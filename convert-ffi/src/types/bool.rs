//! [`PyBool`]: `True` and `False`.

use pyo3_ffi as ffi;

use super::{PyAny, native_type};
use crate::{Borrowed, Bound, Python, gate};

native_type! {
    /// Python's `bool`: the two objects `True` and `False`.
    PyBool, "bool", PyBool_Type, ffi::PyBool_Check, ffi::PyBool_Check
}

impl PyBool {
    /// `True` or `False`.
    #[inline]
    pub fn new<'py>(py: Python<'py>, value: bool) -> Borrowed<'py, 'py, PyBool> {
        // SAFETY: both live as long as the interpreter, and are of type bool.
        unsafe {
            let pointer = if value { ffi::Py_True() } else { ffi::Py_False() };
            gate::immortal(py, pointer).cast_borrowed_unchecked()
        }
    }

    /// The value of the object, where it is `True` or `False`: two comparisons of addresses.
    #[inline(always)]
    pub fn read(object: &Bound<'_, PyAny>) -> Option<bool> {
        // SAFETY: these only give addresses.
        let (yes, no) = unsafe { (ffi::Py_True(), ffi::Py_False()) };
        let is_true = object.as_ptr() == yes;
        // Not the one after the other: LLVM then compares a second time to make the value.
        (is_true | (object.as_ptr() == no)).then_some(is_true)
    }
}

impl Bound<'_, PyBool> {
    /// Whether it is `True`.
    #[inline]
    pub fn is_true(&self) -> bool {
        // SAFETY: `Py_True` only gives an address.
        self.as_ptr() == unsafe { ffi::Py_True() }
    }
}
