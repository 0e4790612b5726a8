//! [`PyModule`]: modules.

use pyo3_ffi as ffi;

use super::{PyDict, PyString, native_type};
use crate::exceptions::PySystemError;
use crate::{Bound, PyResult, Python, gate};

native_type! {
    /// A Python module.
    PyModule, "module", PyModule_Type, ffi::PyModule_Check, ffi::PyModule_CheckExact
}

impl PyModule {
    /// A new, empty module (`PyModule_NewObject`). It is not entered into `sys.modules`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
        let name = PyString::new_rarely(py, name)?;
        // SAFETY: attached, a live str; a new reference to a module or NULL with an exception.
        unsafe {
            let module = gate::owned_or_err(py, ffi::PyModule_NewObject(name.as_ptr()))?;
            Ok(module.cast_into_unchecked())
        }
    }

    /// Imports a module by its full name (`PyImport_Import`).
    ///
    /// # Errors
    /// What the import raised; a `TypeError` where `sys.modules` holds something else by that name.
    pub fn import<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
        let name = PyString::new_rarely(py, name)?;
        // SAFETY: attached, a live str; a new reference or NULL with an exception.
        let module = unsafe { gate::owned_or_err(py, ffi::PyImport_Import(name.as_ptr()))? };
        Ok(module.cast_into::<PyModule>()?)
    }
}

impl<'py> Bound<'py, PyModule> {
    /// The module's namespace (`PyModule_GetDict`).
    ///
    /// # Errors
    /// `SystemError` for a module that was never initialized, which before 3.11 has none.
    pub fn dict(&self) -> PyResult<Bound<'py, PyDict>> {
        // SAFETY: a live module; its dict, if there is one, lives as long as the module, and is
        // held from here on.
        let dict = unsafe {
            gate::borrowed_or_none(self.py(), ffi::PyModule_GetDict(self.as_ptr()))
                .map(|dict| dict.to_owned().cast_into_unchecked())
        };
        dict.ok_or_else(|| PySystemError::new_err("the module has no namespace"))
    }

    /// The module's name (`PyModule_GetNameObject`).
    ///
    /// # Errors
    /// `SystemError` where `__name__` is not a str.
    pub fn name(&self) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: a live module; a new reference to a str or NULL with an exception.
        unsafe {
            let name = gate::owned_or_err(self.py(), ffi::PyModule_GetNameObject(self.as_ptr()))?;
            Ok(name.cast_into_unchecked())
        }
    }
}
