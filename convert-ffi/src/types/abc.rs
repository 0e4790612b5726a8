//! The abstract types of `collections.abc`, which a class belongs to if it says so.

use pyo3_ffi as ffi;

use super::{PyAny, PyModule, PyString, PyType};
use crate::{Borrowed, Bound, PyOnceObject, PyResult, PyTypeInfo, Python, gate};

/// A class of `collections.abc`, imported once.
pub(super) struct Abc {
    name: &'static str,
    class: PyOnceObject<PyType>,
}

impl Abc {
    /// The class by its name.
    pub(super) const fn new(name: &'static str) -> Self {
        Abc { name, class: PyOnceObject::new() }
    }

    fn class<'py>(&'py self, py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
        let import = || {
            let module = PyModule::import(py, "collections.abc")?;
            let class = module.get_attribute(&PyString::new(py, self.name)?)?;
            PyResult::Ok(class.cast_into::<PyType>()?)
        };
        self.class.get_or_try_init(py, import)
    }

    /// The class; `object` where it cannot be imported, which is reported.
    pub(super) fn class_or_object<'py>(&'py self, py: Python<'py>) -> Borrowed<'py, 'py, PyType> {
        match self.class(py) {
            Ok(class) => class.as_borrowed(),
            Err(error) => {
                error.write_unraisable(py, None);
                PyAny::type_object(py)
            }
        }
    }

    /// Whether the object's real type is a subclass, as the abstract class sees it
    /// (`PyObject_IsSubclass`).
    ///
    /// # Errors
    /// What a `__subclasshook__` raised.
    pub(super) fn is_type_of(&self, object: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = object.py();
        let (class, object_type) = (self.class(py)?, object.get_type());
        // SAFETY: attached, two live types.
        let answer = unsafe { ffi::PyObject_IsSubclass(object_type.as_ptr(), class.as_ptr()) };
        gate::answer_or_err(py, answer)
    }
}

/// Whether the object is of an abstract type, where there is no way to pass on an exception: it is
/// reported, and the answer is no.
pub(super) fn yes_or_report(object: &Bound<'_, PyAny>, answer: PyResult<bool>) -> bool {
    answer.unwrap_or_else(|error| {
        error.write_unraisable(object.py(), Some(&object.get_type()));
        false
    })
}
