//! [`PyType`]: classes.

use pyo3_ffi as ffi;

use super::{PyAny, PyString, PyTuple, native_type};
#[cfg(not(type_lookup))]
use crate::PyTypeInfo;
use crate::error::shorten;
use crate::{Bound, PyResult, intern};

native_type! {
    /// A Python class: an instance of `type`.
    PyType, "type", PyType_Type, ffi::PyType_Check, ffi::PyType_CheckExact
}

impl<'py> Bound<'py, PyType> {
    /// The name without its module, as messages show it: cut after 64 characters, with line breaks
    /// and the like escaped. Runs no Python code.
    pub fn type_display_name(&self) -> String {
        #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
        {
            // SAFETY: a live type; its name ends with NUL and is kept by it: nobody else assigns a
            // new one while this thread is attached. Types made in C carry the module in front.
            let name = unsafe {
                let object_type = self.as_ptr().cast::<ffi::PyTypeObject>();
                std::ffi::CStr::from_ptr((*object_type).tp_name).to_bytes()
            };
            let own = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
            shown(&String::from_utf8_lossy(own))
        }
        #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
        {
            self.own_name().map_or_else(|_| "object".to_owned(), |name| shown(&name))
        }
    }

    /// Whether it is the class of that name in that module, by what it says of itself (a class made
    /// in Python only has to say so). Runs no Python code.
    #[cold]
    pub fn is_named(&self, module: &str, name: &str) -> bool {
        #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
        {
            // SAFETY: attached, a live type, which has a name that ends with NUL and stays as long
            // as it does; only Python code could change it, and none runs meanwhile.
            let full_name = unsafe {
                let object_type = self.as_ptr().cast::<ffi::PyTypeObject>();
                std::ffi::CStr::from_ptr((*object_type).tp_name).to_bytes()
            };
            full_name.strip_prefix(module.as_bytes()).and_then(|rest| rest.strip_prefix(b"."))
                == Some(name.as_bytes())
        }
        #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
        {
            let is = |attribute, text: &str| {
                let value = self.own(attribute).ok();
                value
                    .and_then(|value| value.cast_into::<PyString>().ok())
                    .is_some_and(|value| value.to_string_lossy() == text)
            };
            is("__name__", name) && is("__module__", module)
        }
    }

    /// A number that no other class has, and that changes with whatever the class or one of its
    /// bases defines (`tp_version_tag`). `None` where it has none yet, which looking up a
    /// definition gives it, or where that cannot be seen: under the stable ABI, and without the
    /// GIL.
    pub fn version(&self) -> Option<std::num::NonZeroU32> {
        #[cfg(direct_layouts)]
        // SAFETY: a live class.
        return std::num::NonZeroU32::new(unsafe {
            crate::layout::class::version(self.as_ptr().cast())
        });
        #[cfg(not(direct_layouts))]
        None
    }

    /// `type.__name__`, whatever a metaclass has by that name.
    #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
    fn own_name(&self) -> PyResult<String> {
        let name = self.own("__name__")?.cast_into::<crate::types::PyString>()?;
        Ok(name.to_string_lossy().into_owned())
    }

    /// What `type` itself gives for an attribute of the class, whatever a metaclass says.
    #[cfg(not(type_lookup))]
    #[cold]
    fn own(&self, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py();
        let namespace = PyType::type_object(py).get_attribute(intern!(py, "__dict__"))?;
        let descriptor = namespace.get_object(PyString::new_rarely(py, name)?.as_any())?;
        let get = descriptor.get_attribute(intern!(py, "__get__"))?;
        get.call_objects(&[self.as_any().clone()], None)
    }

    /// What the class, or the first of its bases that does, defines by that name: found as Python
    /// finds it, but given as it is, without running any code (`inspect.getattr_static`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[cold]
    pub fn definition(&self, name: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyAny>>> {
        #[cfg(type_lookup)]
        // SAFETY: attached, a live class and a live str; a reference borrowed from a class, or NULL
        // for none, without an exception.
        unsafe {
            let definition =
                crate::layout::class::_PyType_Lookup(self.as_ptr().cast(), name.as_ptr());
            Ok(crate::gate::borrowed_or_none(self.py(), definition)
                .map(|definition| definition.to_owned()))
        }
        #[cfg(not(type_lookup))]
        self.definition_in_mro(name)
    }

    #[cfg(not(type_lookup))]
    fn definition_in_mro(
        &self,
        name: &Bound<'py, PyString>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mro = self.own("__mro__")?.cast_into::<PyTuple>()?;
        for index in 0..mro.len() {
            let class = mro.item(index)?.cast_into::<PyType>()?;
            let namespace = class.own("__dict__")?;
            if namespace.contains_object(name.as_any())? {
                return namespace.get_object(name.as_any()).map(Some);
            }
        }
        Ok(None)
    }

    /// `__name__`.
    ///
    /// # Errors
    /// What a metaclass raised.
    pub fn name(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "__name__"))
    }

    /// `__qualname__`.
    ///
    /// # Errors
    /// What a metaclass raised.
    pub fn qualname(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "__qualname__"))
    }

    /// `__mro__`: the class and its bases, in the order in which attributes are looked up.
    ///
    /// # Errors
    /// What a metaclass raised.
    pub fn mro(&self) -> PyResult<Bound<'py, PyTuple>> {
        Ok(self.get_attribute(intern!(self.py(), "__mro__"))?.cast_into::<PyTuple>()?)
    }

    /// Whether this is `other` or a subclass of it, whatever `__subclasscheck__` says
    /// (`PyType_IsSubtype`).
    pub fn is_subtype_of(&self, other: &Bound<'_, PyType>) -> bool {
        // SAFETY: two live types.
        unsafe { ffi::PyType_IsSubtype(self.as_ptr().cast(), other.as_ptr().cast()) != 0 }
    }
}

/// Whether the object's class has `__index__` (`PyIndex_Check`).
#[cfg_attr(not(Py_LIMITED_API), inline)]
#[cfg_attr(Py_LIMITED_API, inline(never))]
pub(super) fn has_index(object: &Bound<'_, PyAny>) -> bool {
    #[cfg(not(Py_LIMITED_API))]
    return number_slots(object).is_some_and(|slots| slots.nb_index.is_some());
    #[cfg(Py_LIMITED_API)]
    // SAFETY: a live object.
    unsafe {
        ffi::PyIndex_Check(object.as_ptr()) != 0
    }
}

/// Whether the object can be asked for a double: its class has `__float__` or `__index__`.
#[cfg_attr(not(Py_LIMITED_API), inline)]
#[cfg_attr(Py_LIMITED_API, inline(never))]
pub(super) fn has_float_or_index(object: &Bound<'_, PyAny>) -> bool {
    #[cfg(not(Py_LIMITED_API))]
    let has = number_slots(object)
        .is_some_and(|slots| slots.nb_float.is_some() || slots.nb_index.is_some());
    #[cfg(Py_LIMITED_API)]
    let has = has_index(object)
        || !is_no_number(object)
            && matches!(
                object.get_type().definition(intern!(object.py(), "__float__")),
                Ok(Some(_))
            );
    // Before 3.10 `complex` has a `__float__`, which only raises.
    // SAFETY: a live object.
    has && unsafe { ffi::PyComplex_CheckExact(object.as_ptr()) } == 0
}

/// Whether it is of a common built-in type without `__float__`.
#[cfg(Py_LIMITED_API)]
fn is_no_number(object: &Bound<'_, PyAny>) -> bool {
    use super::{PyBytes, PyDict, PyList};
    object.is_none()
        || object.is_exact_instance_of::<PyString>()
        || object.is_exact_instance_of::<PyBytes>()
        || object.is_exact_instance_of::<PyList>()
        || object.is_exact_instance_of::<PyTuple>()
        || object.is_exact_instance_of::<PyDict>()
}

/// The number protocol of the object's class.
#[cfg(not(Py_LIMITED_API))]
#[inline]
fn number_slots<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a ffi::PyNumberMethods> {
    // SAFETY: a live object, whose type and that type's slots live as long as it does.
    unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_as_number.as_ref() }
}

/// A name as messages show it.
fn shown(name: &str) -> String {
    let name = shorten(name.into());
    match name.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => name.into_owned(),
        false => name.escape_debug().to_string(),
    }
}
