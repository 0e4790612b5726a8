//! [`SlottedClass`]: a class of Python's library that keeps what it holds in `__slots__`.

use pyo3_ffi as ffi;

use super::{Plain, PyAny, PyString, PyType};
#[cfg(direct_layouts)]
use crate::layout;
use crate::{Bound, Py, PyResult, PyTypeInfo, Python, gate, intern};

/// A class and some of its `__slots__`, to read them from instances and to make instances without
/// calling the class: what its `__init__` would do is up to the caller.
pub struct SlottedClass<const N: usize> {
    class: Py<PyType>,
    names: [Py<PyString>; N],
    #[cfg(direct_layouts)]
    offsets: Option<[usize; N]>,
}

impl<const N: usize> SlottedClass<N> {
    /// The class, with the names of its slots.
    ///
    /// # Errors
    /// `AttributeError` where it has no such attribute; `TypeError` where `object.__new__` refuses
    /// to make an instance.
    pub fn new(class: &Bound<'_, PyType>, names: [&str; N]) -> PyResult<Self> {
        let py = class.py();
        // Whether an instance that was only allocated is safe to use, CPython decides.
        let new = PyAny::type_object(py).get_attribute(intern!(py, "__new__"))?;
        new.call_objects(&[class.as_any().clone()], None)?;
        let names = names.map(|name| PyString::intern(py, name));
        #[cfg(direct_layouts)]
        let mut offsets = Some([0; N]);
        for (index, name) in names.iter().enumerate() {
            let descriptor = class.get_attribute(name)?;
            #[cfg(direct_layouts)]
            {
                // SAFETY: attached, two live objects, of which one is a class.
                let offset = unsafe { layout::slot::offset(class.as_ptr(), descriptor.as_ptr()) };
                match (offset, &mut offsets) {
                    (Some(offset), Some(offsets)) => offsets[index] = offset,
                    _ => offsets = None,
                }
            }
            #[cfg(not(direct_layouts))]
            let _ = (index, descriptor);
        }
        Ok(SlottedClass {
            class: class.clone().unbind(),
            names: names.map(Bound::unbind),
            #[cfg(direct_layouts)]
            offsets,
        })
    }

    /// The class.
    #[inline]
    pub fn class<'py>(&self, py: Python<'py>) -> &Bound<'py, PyType> {
        self.class.bind(py)
    }

    /// Whether the object is an instance of the class, or of a subclass.
    #[inline]
    pub fn is_type_of(&self, object: &Bound<'_, PyAny>) -> bool {
        self.is_exact_type_of(object)
            || !object.is_basic() && object.is_instance_of_class(self.class(object.py()))
    }

    /// Whether the object's type is exactly the class.
    #[inline]
    pub fn is_exact_type_of(&self, object: &Bound<'_, PyAny>) -> bool {
        object.is_exact_instance_of_class(self.class(object.py()))
    }

    /// What is in a slot of an instance: without running Python code, where that is possible (where
    /// the object's type is exactly the class, and the layout known), else as an attribute.
    ///
    /// # Errors
    /// `AttributeError` where it is empty, or what reading the attribute raised.
    #[inline]
    pub fn get<'py>(
        &self,
        object: &Bound<'py, PyAny>,
        index: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        #[cfg(direct_layouts)]
        if let Some(offsets) = &self.offsets
            && self.is_exact_type_of(object)
        {
            // SAFETY: attached, a live instance of the class whose slot is at that offset. What the
            // slot holds is held here before any Python code runs.
            let value = unsafe {
                let value = layout::slot::read(object.as_ptr(), offsets[index]);
                gate::borrowed_or_none(object.py(), value).map(|value| value.to_owned())
            };
            if let Some(value) = value {
                return Ok(value);
            }
        }
        object.get_attribute(self.names[index].bind(object.py()))
    }

    /// What is in a slot, as a plain value. `None` where it has to be [`get`](Self::get): where the
    /// object's type is not exactly the class, or it is something else.
    #[inline]
    pub fn get_plain<T: Plain>(&self, object: &Bound<'_, PyAny>, index: usize) -> Option<T> {
        #[cfg(direct_layouts)]
        {
            let offset = self.offsets.as_ref()?[index];
            if !self.is_exact_type_of(object) {
                return None;
            }
            // SAFETY: attached, a live instance of the class whose slot is at that offset. It goes
            // on holding what is there: reading a plain value runs no Python code.
            let value = unsafe {
                gate::borrowed_or_none(object.py(), layout::slot::read(object.as_ptr(), offset))
            };
            value.and_then(|value| T::read(&value))
        }
        #[cfg(not(direct_layouts))]
        {
            let _ = (object, index);
            None
        }
    }

    /// An instance with these in its slots, and all others empty (`PyType_GenericAlloc`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn make<'py>(
        &self,
        py: Python<'py>,
        values: [Bound<'py, PyAny>; N],
    ) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live class, of which `object.__new__` made an instance: that does no
        // more than to allocate it. A new reference or NULL with an exception.
        let object = unsafe {
            gate::owned_or_err(py, ffi::PyType_GenericAlloc(self.class.as_ptr().cast(), 0))?
        };
        #[cfg(direct_layouts)]
        if let Some(offsets) = &self.offsets {
            for (&offset, value) in offsets.iter().zip(values) {
                // SAFETY: attached, a new instance of the class whose slot is at that offset, and
                // empty: memory that was allocated for an instance is zero at first. Nobody has
                // seen it: no Python code ran since.
                unsafe { layout::slot::fill(object.as_ptr(), offset, value.into_ptr()) };
            }
            return Ok(object);
        }
        for (name, value) in self.names.iter().zip(&values) {
            // SAFETY: attached, three live objects.
            let status = unsafe {
                ffi::PyObject_GenericSetAttr(object.as_ptr(), name.as_ptr(), value.as_ptr())
            };
            gate::done_or_err(py, status)?;
        }
        Ok(object)
    }
}
