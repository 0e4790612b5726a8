//! The abstract types of `collections.abc`, which a class belongs to if it says so.

use pyo3_ffi as ffi;

use super::{PyAny, PyModule, PyString, PyType};
use crate::{Borrowed, Bound, Py, PyOnceLock, PyOnceObject, PyResult, PyTypeInfo, Python, gate};

/// So many types are remembered for each abstract class. Each is kept alive.
const MOST_SUBCLASSES: usize = 4;

/// A class of `collections.abc`, imported once.
pub(super) struct Abc {
    name: &'static str,
    class: PyOnceObject<PyType>,
    /// The first few types that were found to be subclasses: `ABCMeta` takes none of them back,
    /// whatever becomes of the type.
    subclasses: [PyOnceLock<Py<PyType>>; MOST_SUBCLASSES],
}

impl Abc {
    /// The class by its name.
    pub(super) const fn new(name: &'static str) -> Self {
        Abc {
            name,
            class: PyOnceObject::new(),
            subclasses: [const { PyOnceLock::new() }; MOST_SUBCLASSES],
        }
    }

    fn class<'py>(&'py self, py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
        let import = || {
            let module = PyModule::import(py, "collections.abc")?;
            let class = module.get_attribute(&PyString::new_rarely(py, self.name)?)?;
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
        let (py, object_type) = (object.py(), object.get_type());
        let mut known = self.subclasses.iter().map_while(|place| place.get(py));
        if known.any(|known| object_type.is(known.bind(py))) {
            return Ok(true);
        }
        // SAFETY: attached, two live types.
        let answer =
            unsafe { ffi::PyObject_IsSubclass(object_type.as_ptr(), self.class(py)?.as_ptr()) };
        let is_subclass = gate::answer_or_err(py, answer)?;
        if is_subclass && let Some(free) = self.subclasses.iter().find(|it| it.get(py).is_none()) {
            // The type that was asked: by now the object may be of another one.
            free.get_or_init(py, || object_type.unbind());
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
