//! [`PyAny`]: what every object can do.

use std::ffi::{CStr, c_int};

use pyo3_ffi as ffi;

#[cfg(Py_LIMITED_API)]
use super::PyTuple;
use super::{PyDict, PyInt, PyIterator, PyList, PyString, PyType};
use crate::{Bound, PyResult, PyTypeInfo, gate, layout};

/// Any Python object.
pub struct PyAny(());

/// A comparison, for [`Bound::compare_objects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt = ffi::Py_LT as isize,
    /// `<=`
    Le = ffi::Py_LE as isize,
    /// `==`
    Eq = ffi::Py_EQ as isize,
    /// `!=`
    Ne = ffi::Py_NE as isize,
    /// `>`
    Gt = ffi::Py_GT as isize,
    /// `>=`
    Ge = ffi::Py_GE as isize,
}

impl<'py> Bound<'py, PyAny> {
    /// Whether it is `None`.
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        // SAFETY: `Py_None` only gives an address.
        self.as_ptr() == unsafe { ffi::Py_None() }
    }

    /// The object's type (`type(obj)`).
    #[inline]
    pub fn get_type(&self) -> Bound<'py, PyType> {
        // SAFETY: a live object has a type, which it keeps alive.
        unsafe {
            let object_type = ffi::Py_TYPE(self.as_ptr()).cast::<ffi::PyObject>();
            gate::immortal(self.py(), object_type).to_owned().cast_into_unchecked()
        }
    }

    /// The name of the object's type, as messages show it; `None` for None. Runs no Python code.
    pub fn type_name(&self) -> String {
        if self.is_none() { "None".into() } else { self.get_type().type_display_name() }
    }

    /// Whether the object's real type is `class` or a subclass, whatever `__class__` or
    /// `__instancecheck__` say (`PyObject_TypeCheck`).
    #[inline]
    pub fn is_instance_of_class(&self, class: &Bound<'_, PyType>) -> bool {
        // SAFETY: a live object and a live type.
        unsafe { ffi::PyObject_TypeCheck(self.as_ptr(), class.as_ptr().cast()) != 0 }
    }

    /// Whether the object's type is exactly `class`.
    #[inline]
    pub fn is_exact_instance_of_class(&self, class: &Bound<'_, PyType>) -> bool {
        // SAFETY: a live object has a type.
        let own = unsafe { ffi::Py_TYPE(self.as_ptr()) };
        own.cast() == class.as_ptr()
    }

    /// Whether the object is of the native type `T` or a subclass.
    #[inline]
    pub fn is_instance_of<T: PyTypeInfo>(&self) -> bool {
        T::is_type_of(self)
    }

    /// Whether the object's type is exactly the native type `T`.
    #[inline]
    pub fn is_exact_instance_of<T: PyTypeInfo>(&self) -> bool {
        T::is_exact_type_of(self)
    }

    /// Python's `isinstance(self, class)` (`PyObject_IsInstance`); `class` may be a tuple.
    ///
    /// # Errors
    /// What `__instancecheck__` raised.
    pub fn is_instance(&self, class: &Bound<'py, PyAny>) -> PyResult<bool> {
        // SAFETY: two live objects.
        let answer = unsafe { ffi::PyObject_IsInstance(self.as_ptr(), class.as_ptr()) };
        gate::answer_or_err(self.py(), answer)
    }

    /// Python's `bool(self)` (`PyObject_IsTrue`).
    ///
    /// # Errors
    /// What `__bool__` or `__len__` raised.
    pub fn is_truthy(&self) -> PyResult<bool> {
        // SAFETY: a live object.
        gate::answer_or_err(self.py(), unsafe { ffi::PyObject_IsTrue(self.as_ptr()) })
    }

    /// Python's `callable(self)`.
    pub fn is_callable(&self) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyCallable_Check(self.as_ptr()) != 0 }
    }

    /// Whether items can be had by index (`PySequence_Check`): true for any class with
    /// `__getitem__` that is not a dict.
    pub fn is_sequence(&self) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PySequence_Check(self.as_ptr()) != 0 }
    }

    /// Whether values can be had by key (`PyMapping_Check`): true for dicts and for any class with
    /// `__getitem__`, but not for the built-in sequences, whose keys are indices.
    pub fn is_mapping(&self) -> bool {
        const SEQUENCE: std::ffi::c_ulong = ffi::Py_TPFLAGS_UNICODE_SUBCLASS
            | ffi::Py_TPFLAGS_BYTES_SUBCLASS
            | ffi::Py_TPFLAGS_LIST_SUBCLASS
            | ffi::Py_TPFLAGS_TUPLE_SUBCLASS;
        // SAFETY: a live object, which has a type.
        unsafe {
            ffi::PyType_HasFeature(ffi::Py_TYPE(self.as_ptr()), SEQUENCE) == 0
                && ffi::PyMapping_Check(self.as_ptr()) != 0
        }
    }

    /// Python's `str(self)` (`PyObject_Str`).
    ///
    /// # Errors
    /// What `__str__` raised.
    pub fn str(&self) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: a live object; a new reference to a str or NULL with an exception.
        unsafe {
            let text = gate::owned_or_err(self.py(), ffi::PyObject_Str(self.as_ptr()))?;
            Ok(text.cast_into_unchecked())
        }
    }

    /// Python's `repr(self)` (`PyObject_Repr`).
    ///
    /// # Errors
    /// What `__repr__` raised.
    pub fn repr(&self) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: a live object; a new reference to a str or NULL with an exception.
        unsafe {
            let text = gate::owned_or_err(self.py(), ffi::PyObject_Repr(self.as_ptr()))?;
            Ok(text.cast_into_unchecked())
        }
    }

    /// Python's `hash(self)` (`PyObject_Hash`).
    ///
    /// # Errors
    /// `TypeError` where it has none.
    pub fn hash(&self) -> PyResult<isize> {
        // SAFETY: a live object; -1 says that an exception is set.
        let hash = unsafe { ffi::PyObject_Hash(self.as_ptr()) };
        if hash == -1 {
            gate::done_or_err(self.py(), -1)?
        }
        Ok(hash)
    }

    /// Python's `len(self)` (`PyObject_Size`). What a class of one's own answers may be untrue.
    ///
    /// # Errors
    /// `TypeError` where it has none, or what `__len__` raised.
    pub fn size(&self) -> PyResult<usize> {
        // SAFETY: a live object; -1 says that an exception is set.
        let size = unsafe { ffi::PyObject_Size(self.as_ptr()) };
        if size == -1 {
            gate::done_or_err(self.py(), -1)?
        }
        Ok(size as usize)
    }

    /// Python's `dir(self)`.
    ///
    /// # Errors
    /// What `__dir__` raised.
    pub fn dir(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: a live object; a new reference to a list or NULL with an exception.
        unsafe {
            let names = gate::owned_or_err(self.py(), ffi::PyObject_Dir(self.as_ptr()))?;
            Ok(names.cast_into_unchecked())
        }
    }

    /// Python's `iter(self)` (`PyObject_GetIter`).
    ///
    /// # Errors
    /// `TypeError` where it cannot be iterated, or what `__iter__` raised.
    pub fn try_iter(&self) -> PyResult<Bound<'py, PyIterator>> {
        // SAFETY: a live object; a new reference to an iterator or NULL with an exception.
        unsafe {
            let iterator = gate::owned_or_err(self.py(), ffi::PyObject_GetIter(self.as_ptr()))?;
            Ok(iterator.cast_into_unchecked())
        }
    }

    /// An attribute, by a Python string (`PyObject_GetAttr`).
    ///
    /// # Errors
    /// `AttributeError` where there is none, or what a property raised.
    #[inline]
    pub fn get_attribute(&self, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: two live objects; a new reference or NULL with an exception.
        unsafe {
            gate::owned_or_err(self.py(), ffi::PyObject_GetAttr(self.as_ptr(), name.as_ptr()))
        }
    }

    /// As [`get_attribute`](Self::get_attribute); `None` for an `AttributeError`, which mostly is
    /// not even made (`PyObject_GetOptionalAttr`).
    ///
    /// # Errors
    /// Anything else that a property raised.
    #[inline]
    pub fn get_optional_attribute(
        &self,
        name: &Bound<'py, PyString>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mut attribute = std::ptr::null_mut();
        // SAFETY: attached, two live objects, the second a str; a new reference, or NULL, with an
        // exception where the answer is negative.
        unsafe {
            match layout::attribute::optional(self.as_ptr(), name.as_ptr(), &mut attribute) {
                0 => Ok(None),
                _ => gate::owned_or_err(self.py(), attribute).map(Some),
            }
        }
    }

    /// As [`get_attribute`](Self::get_attribute), of a name that is not kept
    /// (`PyObject_GetAttrString`): for what is done rarely.
    #[cold]
    #[inline(never)]
    pub(crate) fn get_rarely(&self, name: &CStr) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live object, a name that ends with NUL; a new reference or NULL with
        // an exception.
        unsafe {
            let attribute = ffi::PyObject_GetAttrString(self.as_ptr(), name.as_ptr());
            gate::owned_or_err(self.py(), attribute)
        }
    }

    /// Sets an attribute (`PyObject_SetAttr`).
    ///
    /// # Errors
    /// `AttributeError` where the object takes none of that name, or what a setter raised.
    pub fn set_attribute(
        &self,
        name: &Bound<'py, PyString>,
        value: &Bound<'py, PyAny>,
    ) -> PyResult<()> {
        // SAFETY: three live objects.
        gate::done_or_err(self.py(), unsafe {
            ffi::PyObject_SetAttr(self.as_ptr(), name.as_ptr(), value.as_ptr())
        })
    }

    /// Deletes an attribute (`del self.name`).
    ///
    /// # Errors
    /// `AttributeError` where there is none, or what a deleter raised.
    pub fn del_attribute(&self, name: &Bound<'py, PyString>) -> PyResult<()> {
        // SAFETY: two live objects; setting NULL deletes.
        gate::done_or_err(self.py(), unsafe {
            ffi::PyObject_SetAttr(self.as_ptr(), name.as_ptr(), std::ptr::null_mut())
        })
    }

    /// `self[key]` (`PyObject_GetItem`).
    ///
    /// # Errors
    /// `KeyError`, `IndexError`, or what `__getitem__` raised.
    pub fn get_object(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: two live objects; a new reference or NULL with an exception.
        unsafe { gate::owned_or_err(self.py(), ffi::PyObject_GetItem(self.as_ptr(), key.as_ptr())) }
    }

    /// `self[key] = value` (`PyObject_SetItem`).
    ///
    /// # Errors
    /// What `__setitem__` raised.
    pub fn set_object(&self, key: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: three live objects.
        gate::done_or_err(self.py(), unsafe {
            ffi::PyObject_SetItem(self.as_ptr(), key.as_ptr(), value.as_ptr())
        })
    }

    /// `del self[key]` (`PyObject_DelItem`).
    ///
    /// # Errors
    /// What `__delitem__` raised.
    pub fn del_object(&self, key: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: two live objects.
        gate::done_or_err(self.py(), unsafe { ffi::PyObject_DelItem(self.as_ptr(), key.as_ptr()) })
    }

    /// `item in self` (`PySequence_Contains`).
    ///
    /// # Errors
    /// What `__contains__` or a comparison raised.
    pub fn contains_object(&self, item: &Bound<'py, PyAny>) -> PyResult<bool> {
        // SAFETY: two live objects.
        gate::answer_or_err(self.py(), unsafe {
            ffi::PySequence_Contains(self.as_ptr(), item.as_ptr())
        })
    }

    /// `self == other` and its kin, as a truth value (`PyObject_RichCompareBool`, without its
    /// shortcut for identical objects).
    ///
    /// # Errors
    /// What the comparison raised.
    pub fn compare_objects(&self, other: &Bound<'py, PyAny>, op: CompareOp) -> PyResult<bool> {
        // SAFETY: two live objects; a new reference or NULL with an exception.
        let answer = unsafe {
            let answer = ffi::PyObject_RichCompare(self.as_ptr(), other.as_ptr(), op as c_int);
            gate::owned_or_err(self.py(), answer)?
        };
        answer.is_truthy()
    }

    /// `self(*arguments, **keywords)` (`PyObject_VectorcallDict`; under the stable ABI
    /// `PyObject_Vectorcall`, before 3.12 or with keywords `PyObject_Call`).
    ///
    /// # Errors
    /// What the call raised.
    pub fn call_objects(
        &self,
        arguments: &[Bound<'py, PyAny>],
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py();
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a slice of `Bound` is a slice of object pointers (both are one pointer,
        // `repr(transparent)`), all live during the call; a new reference or NULL with an
        // exception.
        unsafe {
            let keywords = keywords.map_or(std::ptr::null_mut(), |keywords| keywords.as_ptr());
            let result = ffi::PyObject_VectorcallDict(
                self.as_ptr(),
                arguments.as_ptr().cast(),
                arguments.len() as _,
                keywords,
            );
            gate::owned_or_err(py, result)
        }
        #[cfg(Py_LIMITED_API)]
        {
            #[cfg(Py_3_12)]
            if keywords.is_none() {
                // SAFETY: a slice of `Bound` is a slice of object pointers, all live during the
                // call; a new reference or NULL with an exception.
                return unsafe {
                    let result = ffi::PyObject_Vectorcall(
                        self.as_ptr(),
                        arguments.as_ptr().cast(),
                        arguments.len() as _,
                        std::ptr::null_mut(),
                    );
                    gate::owned_or_err(py, result)
                };
            }
            self.call_tuple(&PyTuple::from_slice(py, arguments)?, keywords)
        }
    }

    /// Calls the object with the items of a tuple (`PyObject_Call`).
    ///
    /// # Errors
    /// What the call raised.
    #[cfg(Py_LIMITED_API)]
    pub(super) fn call_tuple(
        &self,
        arguments: &Bound<'py, PyTuple>,
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let keywords = keywords.map_or(std::ptr::null_mut(), |keywords| keywords.as_ptr());
        // SAFETY: live objects; a new reference or NULL with an exception.
        unsafe {
            let result = ffi::PyObject_Call(self.as_ptr(), arguments.as_ptr(), keywords);
            gate::owned_or_err(self.py(), result)
        }
    }

    /// The path that the object stands for: itself, where it is a `str` or `bytes`, else what its
    /// `__fspath__` gives (`PyOS_FSPath`, `os.fspath`).
    ///
    /// # Errors
    /// `TypeError` where it stands for none, or what `__fspath__` raised.
    pub fn fspath(&self) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: a live object; a new reference or NULL with an exception.
        unsafe { gate::owned_or_err(self.py(), ffi::PyOS_FSPath(self.as_ptr())) }
    }

    /// How many references to it there are (`Py_REFCNT`): a hint, never a proof, of who else has
    /// it.
    #[inline]
    pub fn reference_count(&self) -> usize {
        // SAFETY: attached, a live object.
        let count = unsafe { ffi::Py_REFCNT(self.as_ptr()) };
        usize::try_from(count).unwrap_or(0)
    }

    /// Whether it is what a class has for each of its `__slots__`: reading it runs no Python code.
    pub fn is_slot_of_class(&self) -> bool {
        // SAFETY: a live object has a type; the other is a static type.
        unsafe { ffi::Py_TYPE(self.as_ptr()) == &raw mut ffi::PyMemberDescr_Type }
    }

    /// Whether it is an `int`, `str`, `bytes`, `list`, `tuple` or `dict`, a class or an exception,
    /// or of a subclass of these: one test of the flags that CPython keeps for them.
    #[inline]
    pub fn is_basic(&self) -> bool {
        const BASIC: std::ffi::c_ulong = ffi::Py_TPFLAGS_LONG_SUBCLASS
            | ffi::Py_TPFLAGS_LIST_SUBCLASS
            | ffi::Py_TPFLAGS_TUPLE_SUBCLASS
            | ffi::Py_TPFLAGS_BYTES_SUBCLASS
            | ffi::Py_TPFLAGS_UNICODE_SUBCLASS
            | ffi::Py_TPFLAGS_DICT_SUBCLASS
            | ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS
            | ffi::Py_TPFLAGS_TYPE_SUBCLASS;
        // SAFETY: a live object has a type.
        unsafe { ffi::PyType_HasFeature(ffi::Py_TYPE(self.as_ptr()), BASIC) != 0 }
    }

    /// Whether the object's class has `__index__` (`PyIndex_Check`).
    #[inline]
    pub fn has_index(&self) -> bool {
        super::r#type::has_index(self)
    }

    /// The object as an `int`, by its `__index__` (`PyNumber_Index`).
    ///
    /// # Errors
    /// `TypeError` where it has none or gave no int, or what it raised.
    pub fn index(&self) -> PyResult<Bound<'py, PyInt>> {
        // SAFETY: a live object; a new reference to an int or NULL with an exception.
        unsafe {
            let int = gate::owned_or_err(self.py(), ffi::PyNumber_Index(self.as_ptr()))?;
            Ok(int.cast_into_unchecked())
        }
    }

    /// Whether the object's class has `__float__` or `__index__`, and is not `complex`.
    #[inline]
    pub fn has_float_or_index(&self) -> bool {
        super::r#type::has_float_or_index(self)
    }

    /// The object as a double, by its `__float__` or `__index__` (`PyFloat_AsDouble`).
    ///
    /// # Errors
    /// `TypeError` where its type has neither, or what they raised; `OverflowError` for an int
    /// beyond the range of a double.
    #[inline]
    pub fn to_double(&self) -> PyResult<f64> {
        // SAFETY: a live object; -1.0 may say that an exception is set.
        let value = unsafe { ffi::PyFloat_AsDouble(self.as_ptr()) };
        if value == -1.0
            && let Some(error) = self.py().take_error()
        {
            return Err(error);
        }
        Ok(value)
    }
}
