//! The abstract types of `collections.abc`, which a class belongs to if it says so.

use pyo3_ffi as ffi;

use super::{PyAny, PyModule, PyString, PyType};
use crate::{Borrowed, Bound, PyOnceObject, PyResult, PyTypeInfo, Python, gate};
#[cfg(direct_layouts)]
use crate::{Py, PyOnceLock, intern, layout};

/// A class of `collections.abc`, imported once.
pub(super) struct Abc {
    name: &'static str,
    class: PyOnceObject<PyType>,
    /// The first few types that were found to be subclasses.
    #[cfg(direct_layouts)]
    subclasses: [PyOnceLock<Subclass>; MOST_SUBCLASSES],
}

#[cfg(direct_layouts)]
const MOST_SUBCLASSES: usize = 4;

/// A type that is kept alive, and its version when it was asked for: no later change makes a class
/// that is registered one that is not, but for one of the type itself.
#[cfg(direct_layouts)]
struct Subclass {
    class: Py<PyType>,
    version: u32,
}

#[cfg(direct_layouts)]
impl Subclass {
    /// The type of an object, as it is now.
    fn of(object: &Bound<'_, PyAny>) -> Self {
        // SAFETY: a live object has a type, and that is live.
        let version = unsafe { layout::class::version(ffi::Py_TYPE(object.as_ptr())) };
        Subclass { class: object.get_type().unbind(), version }
    }

    /// Whether it is still what the object is an instance of. Without a version it may have changed.
    fn is_of(&self, object: &Bound<'_, PyAny>) -> bool {
        // SAFETY: a live object has a type, and that is live.
        let (class, version) = unsafe {
            let class = ffi::Py_TYPE(object.as_ptr());
            (class, layout::class::version(class))
        };
        class.cast() == self.class.as_ptr() && version == self.version && version != 0
    }
}

impl Abc {
    /// The class by its name.
    pub(super) const fn new(name: &'static str) -> Self {
        Abc {
            name,
            class: PyOnceObject::new(),
            #[cfg(direct_layouts)]
            subclasses: [const { PyOnceLock::new() }; MOST_SUBCLASSES],
        }
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
    pub(super) fn is_type_of(&'static self, object: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = object.py();
        #[cfg(direct_layouts)]
        if self.subclasses.iter().map_while(|one| one.get(py)).any(|one| one.is_of(object)) {
            return Ok(true);
        }
        let (class, object_type) = (self.class(py)?, object.get_type());
        // SAFETY: attached, two live types.
        let answer = unsafe { ffi::PyObject_IsSubclass(object_type.as_ptr(), class.as_ptr()) };
        let is_subclass = gate::answer_or_err(py, answer)?;
        #[cfg(direct_layouts)]
        if is_subclass && let Some(free) = self.subclasses.iter().find(|one| one.get(py).is_none())
        {
            // A class has a version from when something is looked up in it.
            object.get_type().definition(intern!(py, "__subclasshook__"))?;
            free.get_or_init(py, || Subclass::of(object));
        }
        Ok(is_subclass)
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
