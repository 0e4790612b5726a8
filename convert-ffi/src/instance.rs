//! The three references to a Python object.
//!
//! | | owns a reference | needs the interpreter | may cross threads |
//! |---|---|---|---|
//! | [`Bound<'py, T>`] | yes | carries the proof | no |
//! | [`Borrowed<'a, 'py, T>`] | no, somebody else does for `'a` | carries the proof | no |
//! | [`Py<T>`] | yes | asks for it when used | yes |
//!
//! All three are one pointer wide.

use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;
use std::ptr::NonNull;

use pyo3_ffi as ffi;

use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyTypeInfo};
use crate::{ConversionError, PyResult, Python, attach, layout};

/// An owned reference to a Python object, usable at once: it carries the proof that the thread is
/// attached.
#[repr(transparent)]
pub struct Bound<'py, T>(NonNull<ffi::PyObject>, PhantomData<(Python<'py>, T)>);

/// A reference to a Python object that somebody else keeps alive for `'a`.
#[repr(transparent)]
pub struct Borrowed<'a, 'py, T>(NonNull<ffi::PyObject>, PhantomData<(&'a (), Python<'py>, T)>);

/// An owned reference to a Python object that may be kept and sent anywhere.
///
/// There is no `Clone`: a new reference can only be made while attached, with [`Py::clone_ref`].
/// Dropping is allowed on any thread at any time; a thread that is not attached leaves the
/// reference for the next attachment, and after the interpreter's end there is nothing to do.
#[repr(transparent)]
pub struct Py<T>(NonNull<ffi::PyObject>, PhantomData<T>);

// SAFETY: a `Py` gives no access to its object without a `Python` token; its drop only touches the
// object while attached, and otherwise hands it to a lock-free stack.
unsafe impl<T> Send for Py<T> {}
// SAFETY: whatever touches the object by way of a `&Py` asks for a `Python` token, which orders it.
unsafe impl<T> Sync for Py<T> {}

impl<'py, T> Bound<'py, T> {
    /// # Safety
    /// The caller gives away a strong reference to an object that is a `T`.
    #[inline]
    pub(crate) unsafe fn from_owned(_py: Python<'py>, pointer: NonNull<ffi::PyObject>) -> Self {
        Bound(pointer, PhantomData)
    }

    /// The proof that this thread is attached.
    #[inline]
    pub fn py(&self) -> Python<'py> {
        // SAFETY: a `Bound` is not `Send`, and is only made from a `Python` token.
        unsafe { Python::assume_attached() }
    }

    /// The raw pointer; the reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.0.as_ptr()
    }

    /// The raw pointer; the strong reference goes to the caller.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        mem::ManuallyDrop::new(self).as_ptr()
    }

    /// Whether both are the same object (`is`).
    #[inline]
    pub fn is<U>(&self, other: &Bound<'py, U>) -> bool {
        self.0 == other.0
    }

    /// The same object, its type forgotten.
    #[inline]
    pub fn as_any(&self) -> &Bound<'py, PyAny> {
        // SAFETY: every object is a `PyAny`, and `Bound` is one pointer whatever its type.
        unsafe { &*(&raw const *self).cast() }
    }

    /// The same reference, its type forgotten.
    #[inline]
    pub fn into_any(self) -> Bound<'py, PyAny> {
        // SAFETY: every object is a `PyAny`.
        unsafe { self.cast_into_unchecked() }
    }

    /// A reference that borrows from this one.
    #[inline]
    pub fn as_borrowed(&self) -> Borrowed<'_, 'py, T> {
        Borrowed(self.0, PhantomData)
    }

    /// A reference that may be kept beyond `'py` and sent to other threads.
    #[inline]
    pub fn unbind(self) -> Py<T> {
        Py(mem::ManuallyDrop::new(self).0, PhantomData)
    }

    /// The object as a `U`, unchecked.
    ///
    /// # Safety
    /// The object is a `U`, by the words of [`PyTypeInfo`].
    #[inline]
    pub unsafe fn cast_unchecked<U>(&self) -> &Bound<'py, U> {
        // SAFETY: the caller vouches for the type; `Bound` is one pointer whatever its type.
        unsafe { &*(&raw const *self).cast() }
    }

    /// The object as a `U`, unchecked; takes the reference along.
    ///
    /// # Safety
    /// The object is a `U`, by the words of [`PyTypeInfo`].
    #[inline]
    pub unsafe fn cast_into_unchecked<U>(self) -> Bound<'py, U> {
        Bound(mem::ManuallyDrop::new(self).0, PhantomData)
    }
}

impl<'py> Bound<'py, PyAny> {
    /// The object as a `T`, where it is one or of a subclass.
    #[inline]
    pub fn try_cast<T: PyTypeInfo>(&self) -> Option<&Bound<'py, T>> {
        // SAFETY: the check says that the object is a `T`.
        T::is_type_of(self).then(|| unsafe { self.cast_unchecked() })
    }

    /// The object as a `T`, where its type is exactly `T`.
    #[inline]
    pub fn try_cast_exact<T: PyTypeInfo>(&self) -> Option<&Bound<'py, T>> {
        // SAFETY: the check says that the object is a `T`.
        T::is_exact_type_of(self).then(|| unsafe { self.cast_unchecked() })
    }

    /// The object as a `T`.
    ///
    /// # Errors
    /// `expected T, got …` (a `TypeError`) where it is neither a `T` nor of a subclass.
    #[inline]
    pub fn cast<T: PyTypeInfo>(&self) -> Result<&Bound<'py, T>, ConversionError> {
        self.try_cast().ok_or_else(|| T::wrong_type(self.as_borrowed()))
    }

    /// The object as a `T`, where its type is exactly `T`.
    ///
    /// # Errors
    /// `expected T, got …` (a `TypeError`) where its type is another one, a subclass included.
    #[inline]
    pub fn cast_exact<T: PyTypeInfo>(&self) -> Result<&Bound<'py, T>, ConversionError> {
        self.try_cast_exact().ok_or_else(|| T::wrong_type(self.as_borrowed()))
    }

    /// As [`cast`](Bound::cast), and takes the reference along.
    ///
    /// # Errors
    /// `expected T, got …` (a `TypeError`) where it is neither a `T` nor of a subclass.
    #[inline]
    pub fn cast_into<T: PyTypeInfo>(self) -> Result<Bound<'py, T>, ConversionError> {
        if T::is_type_of(&self) {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_into_unchecked() })
        } else {
            Err(T::wrong_type(self.as_borrowed()))
        }
    }

    /// What CPython was asked for as a `T`, and is one, unless somebody replaced what it calls:
    /// then a `TypeError` of these words. Needs nothing of what tells of wrong objects, which a
    /// program would else contain that converts none.
    pub(crate) fn cast_into_or<T: PyTypeInfo>(
        self,
        message: &'static str,
    ) -> PyResult<Bound<'py, T>> {
        if T::is_type_of(&self) {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_into_unchecked() })
        } else {
            Err(wrong_kind(message))
        }
    }
}

#[cold]
#[inline(never)]
fn wrong_kind(message: &'static str) -> crate::PyErr {
    PyTypeError::new_err(message)
}

impl<T> Clone for Bound<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: attached (a `Bound` proves it), and `self` keeps the object alive.
        unsafe { layout::refcount::incref(self.0.as_ptr()) };
        Bound(self.0, PhantomData)
    }
}

impl<T> Drop for Bound<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: attached (a `Bound` proves it); the strong reference is this value's own.
        unsafe { layout::refcount::decref(self.0.as_ptr()) }
    }
}

/// Native types whose methods come on top of those of every object.
macro_rules! deref_to_any {
    ($($type:ident),* $(,)?) => { $(
        impl<'py> Deref for Bound<'py, crate::types::$type> {
            type Target = Bound<'py, PyAny>;
            #[inline]
            fn deref(&self) -> &Bound<'py, PyAny> {
                self.as_any()
            }
        }
    )* };
}

deref_to_any! {
        PyBaseException, PyBool, PyByteArray, PyBytes, PyCFunction, PyComplex, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyInt, PyIterator, PyList, PyMapping, PyMemoryView, PyModule, PyNone, PyRange, PySequence, PySet, PySlice, PyString, PyTime, PyTuple, PyType, PyTzInfo,
}

impl<T> fmt::Debug for Bound<'_, T> {
    /// Python's `repr()`; where that raises, the type's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_any().repr() {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<{} object whose repr() fails>", self.as_any().type_name()),
        }
    }
}

impl<T> fmt::Display for Bound<'_, T> {
    /// Python's `str()`; where that raises, the type's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_any().str() {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<{} object whose str() fails>", self.as_any().type_name()),
        }
    }
}

impl<'a, 'py, T> Borrowed<'a, 'py, T> {
    /// # Safety
    /// Somebody keeps the object, a `T`, alive for all of `'a`.
    #[inline]
    pub(crate) unsafe fn from_borrowed(_py: Python<'py>, pointer: NonNull<ffi::PyObject>) -> Self {
        Borrowed(pointer, PhantomData)
    }

    /// An owned reference to the same object.
    #[inline]
    pub fn to_owned(self) -> Bound<'py, T> {
        (*self).clone()
    }

    /// The same object, its type forgotten.
    #[inline]
    pub fn to_any(self) -> Borrowed<'a, 'py, PyAny> {
        Borrowed(self.0, PhantomData)
    }

    /// The object as a `U`, unchecked.
    ///
    /// # Safety
    /// The object is a `U`, by the words of [`PyTypeInfo`].
    #[inline]
    pub unsafe fn cast_borrowed_unchecked<U>(self) -> Borrowed<'a, 'py, U> {
        Borrowed(self.0, PhantomData)
    }
}

impl<'a, 'py> Borrowed<'a, 'py, PyAny> {
    /// As [`Bound::try_cast_exact`], keeping the longer borrow `'a`.
    #[inline]
    pub fn try_cast_exact_borrowed<T: PyTypeInfo>(self) -> Option<Borrowed<'a, 'py, T>> {
        // SAFETY: the check says that the object is a `T`.
        T::is_exact_type_of(&self).then(|| unsafe { self.cast_borrowed_unchecked() })
    }

    /// As [`Bound::try_cast`], keeping the longer borrow `'a`.
    #[inline]
    pub fn try_cast_borrowed<T: PyTypeInfo>(self) -> Option<Borrowed<'a, 'py, T>> {
        // SAFETY: the check says that the object is a `T`.
        T::is_type_of(&self).then(|| unsafe { self.cast_borrowed_unchecked() })
    }
}

impl<'py, T> std::borrow::Borrow<Bound<'py, T>> for Borrowed<'_, 'py, T> {
    #[inline]
    fn borrow(&self) -> &Bound<'py, T> {
        self
    }
}

impl<'py, T> Deref for Borrowed<'_, 'py, T> {
    type Target = Bound<'py, T>;
    #[inline]
    fn deref(&self) -> &Bound<'py, T> {
        // SAFETY: both are one pointer; a `&Bound` never gives up the reference it does not own
        // here, and it lives no longer than `self`.
        unsafe { &*(&raw const *self).cast() }
    }
}

impl<T> Clone for Borrowed<'_, '_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Borrowed<'_, '_, T> {}

impl<T> fmt::Debug for Borrowed<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T> fmt::Display for Borrowed<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl<T> Py<T> {
    /// # Safety
    /// The caller gives away a strong reference to an object that is a `T`.
    #[inline]
    pub(crate) unsafe fn from_owned(pointer: NonNull<ffi::PyObject>) -> Self {
        Py(pointer, PhantomData)
    }

    /// The object, to be used while attached.
    #[inline]
    pub fn bind<'py>(&self, _py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: both are one pointer; the token proves that the thread is attached.
        unsafe { &*(&raw const *self).cast() }
    }

    /// The object, to be used while attached; takes the reference along.
    #[inline]
    pub fn into_bound(self, _py: Python<'_>) -> Bound<'_, T> {
        Bound(mem::ManuallyDrop::new(self).0, PhantomData)
    }

    /// The object, borrowed from this reference.
    #[inline]
    pub fn bind_borrowed<'a, 'py>(&'a self, _py: Python<'py>) -> Borrowed<'a, 'py, T> {
        Borrowed(self.0, PhantomData)
    }

    /// Another reference to the same object.
    #[inline]
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        self.bind(py).clone().unbind()
    }

    /// Whether both are the same object (`is`).
    #[inline]
    pub fn is<U>(&self, other: &Py<U>) -> bool {
        self.0 == other.0
    }

    /// The raw pointer; the reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.0.as_ptr()
    }

    /// The raw pointer; the strong reference goes to the caller.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        mem::ManuallyDrop::new(self).as_ptr()
    }

    /// The same reference, its type forgotten.
    #[inline]
    pub fn into_any(self) -> Py<PyAny> {
        Py(mem::ManuallyDrop::new(self).0, PhantomData)
    }
}

impl<T> Drop for Py<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the strong reference is this value's own.
        unsafe { attach::release(self.0) }
    }
}

impl<T> From<Bound<'_, T>> for Py<T> {
    #[inline]
    fn from(object: Bound<'_, T>) -> Self {
        object.unbind()
    }
}

impl<T> fmt::Debug for Py<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Py({:p})", self.0)
    }
}
