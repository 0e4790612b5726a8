//! The methods of Python objects that convert: they take and give Rust values.
//!
//! `use convert_core::prelude::*;` brings them in. Methods that only handle objects (`repr`,
//! `try_iter`, `is_none`, …) are on [`Bound`] itself.

use convert_ffi::types::{
    CompareOp, PyAny, PyCFunction, PyDict, PyList, PyModule, PySet, PyString,
};
use convert_ffi::{Bound, ConversionError, PyResult};

use crate::{FromPyObject, IntoPy, IntoPyArgs};

/// What every Python object can do, with Rust values for arguments.
pub trait PyAnyMethods<'py> {
    /// Makes a Rust value from the object.
    ///
    /// ```
    /// # convert_core::Python::initialize();
    /// use convert_core::prelude::*;
    /// Python::attach(|py| {
    ///     let object = py.eval(c"[1, 2, 'three']", None, None).unwrap();
    ///     let error = object.extract::<Vec<i64>>().unwrap_err();
    ///     assert_eq!(error.to_string(), "[2]: expected int, got str");
    /// });
    /// ```
    ///
    /// # Errors
    /// Where the object is not what the type expects; see [`ConversionError`].
    fn extract<'a, T: FromPyObject<'a, 'py>>(&'a self) -> Result<T, ConversionError>
    where
        'py: 'a;

    /// `object.name` (`PyObject_GetAttr`).
    ///
    /// # Errors
    /// `AttributeError`, or what a property raised.
    fn getattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<Bound<'py, PyAny>>;

    /// `object.name = value` (`PyObject_SetAttr`).
    ///
    /// # Errors
    /// `AttributeError`, or what a setter raised.
    fn setattr<N, V>(&self, name: N, value: V) -> PyResult<()>
    where
        N: IntoPy<'py, Target = PyString>,
        V: IntoPy<'py>;

    /// Whether there is such an attribute: `hasattr(object, name)`.
    ///
    /// # Errors
    /// What a property raised, unless it is an `AttributeError`.
    fn hasattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<bool>;

    /// `del object.name`.
    ///
    /// # Errors
    /// `AttributeError`, or what a deleter raised.
    fn delattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<()>;

    /// `object(*args, **kwargs)`.
    ///
    /// # Errors
    /// What the call raised.
    fn call<A: IntoPyArgs<'py>>(
        &self,
        args: A,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>>;

    /// `object()`.
    ///
    /// # Errors
    /// What the call raised.
    fn call0(&self) -> PyResult<Bound<'py, PyAny>>;

    /// `object(*args)`.
    ///
    /// # Errors
    /// What the call raised.
    fn call1<A: IntoPyArgs<'py>>(&self, args: A) -> PyResult<Bound<'py, PyAny>>;

    /// `object.name(*args, **kwargs)`.
    ///
    /// # Errors
    /// What the look-up or the call raised.
    fn call_method<N, A>(
        &self,
        name: N,
        args: A,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPy<'py, Target = PyString>,
        A: IntoPyArgs<'py>;

    /// `object.name()`.
    ///
    /// # Errors
    /// What the look-up or the call raised.
    fn call_method0<N: IntoPy<'py, Target = PyString>>(
        &self,
        name: N,
    ) -> PyResult<Bound<'py, PyAny>>;

    /// `object.name(*args)`.
    ///
    /// # Errors
    /// What the look-up or the call raised.
    fn call_method1<N, A>(&self, name: N, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPy<'py, Target = PyString>,
        A: IntoPyArgs<'py>;

    /// `object[key]` (`PyObject_GetItem`).
    ///
    /// # Errors
    /// `KeyError`, `IndexError`, or what `__getitem__` raised.
    fn get_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<Bound<'py, PyAny>>;

    /// `object[key] = value` (`PyObject_SetItem`).
    ///
    /// # Errors
    /// What `__setitem__` raised.
    fn set_item<K: IntoPy<'py>, V: IntoPy<'py>>(&self, key: K, value: V) -> PyResult<()>;

    /// `del object[key]` (`PyObject_DelItem`).
    ///
    /// # Errors
    /// What `__delitem__` raised.
    fn del_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<()>;

    /// `item in object` (`PySequence_Contains`).
    ///
    /// # Errors
    /// What `__contains__` or a comparison raised.
    fn contains<V: IntoPy<'py>>(&self, item: V) -> PyResult<bool>;

    /// `object == other`, `<` and so on, as a truth value (`PyObject_RichCompare`).
    ///
    /// # Errors
    /// What the comparison raised.
    fn compare<V: IntoPy<'py>>(&self, other: V, op: CompareOp) -> PyResult<bool>;

    /// `object == other`.
    ///
    /// # Errors
    /// What the comparison raised.
    fn eq<V: IntoPy<'py>>(&self, other: V) -> PyResult<bool>;
}

impl<'py> PyAnyMethods<'py> for Bound<'py, PyAny> {
    #[inline]
    fn extract<'a, T: FromPyObject<'a, 'py>>(&'a self) -> Result<T, ConversionError>
    where
        'py: 'a,
    {
        T::extract(self.as_borrowed()).map_err(|error| error.of(self.as_borrowed()))
    }

    fn getattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(&name.into_py(self.py())?)
    }

    fn setattr<N, V>(&self, name: N, value: V) -> PyResult<()>
    where
        N: IntoPy<'py, Target = PyString>,
        V: IntoPy<'py>,
    {
        self.set_attribute(&name.into_py(self.py())?, value.into_py(self.py())?.as_any())
    }

    fn hasattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<bool> {
        let attribute = self.get_optional_attribute(&name.into_py(self.py())?)?;
        Ok(attribute.is_some())
    }

    fn delattr<N: IntoPy<'py, Target = PyString>>(&self, name: N) -> PyResult<()> {
        self.del_attribute(&name.into_py(self.py())?)
    }

    #[inline]
    fn call<A: IntoPyArgs<'py>>(
        &self,
        args: A,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.call_objects(args.into_args(self.py())?.as_ref(), kwargs)
    }

    #[inline]
    fn call0(&self) -> PyResult<Bound<'py, PyAny>> {
        self.call((), None)
    }

    #[inline]
    fn call1<A: IntoPyArgs<'py>>(&self, args: A) -> PyResult<Bound<'py, PyAny>> {
        self.call(args, None)
    }

    fn call_method<N, A>(
        &self,
        name: N,
        args: A,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPy<'py, Target = PyString>,
        A: IntoPyArgs<'py>,
    {
        self.getattr(name)?.call(args, kwargs)
    }

    fn call_method0<N: IntoPy<'py, Target = PyString>>(
        &self,
        name: N,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.call_method(name, (), None)
    }

    fn call_method1<N, A>(&self, name: N, args: A) -> PyResult<Bound<'py, PyAny>>
    where
        N: IntoPy<'py, Target = PyString>,
        A: IntoPyArgs<'py>,
    {
        self.call_method(name, args, None)
    }

    fn get_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<Bound<'py, PyAny>> {
        self.get_object(key.into_py(self.py())?.as_any())
    }

    fn set_item<K: IntoPy<'py>, V: IntoPy<'py>>(&self, key: K, value: V) -> PyResult<()> {
        self.set_object(key.into_py(self.py())?.as_any(), value.into_py(self.py())?.as_any())
    }

    fn del_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<()> {
        self.del_object(key.into_py(self.py())?.as_any())
    }

    fn contains<V: IntoPy<'py>>(&self, item: V) -> PyResult<bool> {
        self.contains_object(item.into_py(self.py())?.as_any())
    }

    fn compare<V: IntoPy<'py>>(&self, other: V, op: CompareOp) -> PyResult<bool> {
        self.compare_objects(other.into_py(self.py())?.as_any(), op)
    }

    fn eq<V: IntoPy<'py>>(&self, other: V) -> PyResult<bool> {
        self.compare(other, CompareOp::Eq)
    }
}

/// What a dict can do beyond other objects, with Rust values for arguments.
pub trait PyDictMethods<'py> {
    /// The value of a key, if there is one (`PyDict_GetItemRef`). Only this differs from
    /// [`PyAnyMethods::get_item`], which raises `KeyError`.
    ///
    /// # Errors
    /// What hashing or comparing keys raised.
    fn get_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>>;
}

impl<'py> PyDictMethods<'py> for Bound<'py, PyDict> {
    fn get_item<K: IntoPy<'py>>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.get(key.into_py(self.py())?.as_any())
    }
}

/// What a set can do beyond other objects, with Rust values for arguments.
pub trait PySetMethods<'py> {
    /// `set.add(value)` (`PySet_Add`).
    ///
    /// # Errors
    /// Where the value cannot be converted or hashed, or memory runs out.
    fn add<V: IntoPy<'py>>(&self, value: V) -> PyResult<()>;

    /// `set.discard(value)` (`PySet_Discard`); whether it was there.
    ///
    /// # Errors
    /// Where the value cannot be converted or hashed.
    fn discard<V: IntoPy<'py>>(&self, value: V) -> PyResult<bool>;
}

impl<'py> PySetMethods<'py> for Bound<'py, PySet> {
    fn add<V: IntoPy<'py>>(&self, value: V) -> PyResult<()> {
        self.add_object(value.into_py(self.py())?.as_any())
    }

    fn discard<V: IntoPy<'py>>(&self, value: V) -> PyResult<bool> {
        self.discard_object(value.into_py(self.py())?.as_any())
    }
}

/// What a list can do beyond other objects, with Rust values for arguments.
pub trait PyListMethods<'py> {
    /// `list.append(value)` (`PyList_Append`).
    ///
    /// # Errors
    /// Where the value cannot be converted, or memory runs out.
    fn append<V: IntoPy<'py>>(&self, value: V) -> PyResult<()>;

    /// `list.insert(index, value)` (`PyList_Insert`).
    ///
    /// # Errors
    /// Where the value cannot be converted, or memory runs out.
    fn insert<V: IntoPy<'py>>(&self, index: usize, value: V) -> PyResult<()>;
}

impl<'py> PyListMethods<'py> for Bound<'py, PyList> {
    fn append<V: IntoPy<'py>>(&self, value: V) -> PyResult<()> {
        self.append_object(value.into_py(self.py())?.as_any())
    }

    fn insert<V: IntoPy<'py>>(&self, index: usize, value: V) -> PyResult<()> {
        self.insert_object(index, value.into_py(self.py())?.as_any())
    }
}

/// What a module can do beyond other objects, with Rust values for arguments.
pub trait PyModuleMethods<'py> {
    /// `module.name = value`.
    ///
    /// # Errors
    /// Where the value cannot be converted.
    fn add<V: IntoPy<'py>>(&self, name: &str, value: V) -> PyResult<()>;

    /// Adds a function by its own name: `module.add_function(wrap_pyfunction!(f, module)?)`.
    ///
    /// # Errors
    /// Where the module cannot be changed.
    fn add_function(&self, function: Bound<'py, PyCFunction>) -> PyResult<()>;

    /// Adds a module by the last part of its name, as an attribute and in `sys.modules`, so that
    /// `import parent.child` finds it.
    ///
    /// # Errors
    /// Where the module cannot be changed.
    fn add_submodule(&self, module: &Bound<'py, PyModule>) -> PyResult<()>;
}

impl<'py> PyModuleMethods<'py> for Bound<'py, PyModule> {
    fn add<V: IntoPy<'py>>(&self, name: &str, value: V) -> PyResult<()> {
        self.add_object(name, value.into_py(self.py())?.as_any())
    }

    fn add_function(&self, function: Bound<'py, PyCFunction>) -> PyResult<()> {
        let name = function.get_attribute(convert_ffi::intern!(self.py(), "__name__"))?;
        self.add(&name.str()?.to_string_lossy(), function)
    }

    fn add_submodule(&self, module: &Bound<'py, PyModule>) -> PyResult<()> {
        let name = module.name()?.to_string_lossy().into_owned();
        self.add_module(name.rsplit('.').next().unwrap_or(&name), module)
    }
}
