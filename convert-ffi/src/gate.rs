//! Where raw pointers become references. Each function says in its name who owns the pointer.
//!
//! CPython's documentation calls a result a *new reference* (here: `owned`), a *borrowed
//! reference*, and by convention gives `NULL` with an exception set (`or_err`), or `NULL` for
//! "there is none" (`or_none`).

use std::ffi::c_int;
use std::hint::black_box;
use std::ptr::NonNull;

use pyo3_ffi as ffi;

use crate::types::PyAny;
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python, attach};

/// The token of a thread that other code attached: PyO3, or C code that called this code.
///
/// # Panics
/// Where the interpreter is laid out otherwise than this build reads it.
///
/// # Safety
/// The thread stays attached for all of `'py`.
#[inline]
pub unsafe fn attached<'py>() -> Python<'py> {
    if let Err(problem) = attach::check_layouts() {
        panic!("{problem}");
    }
    // SAFETY: the caller stays attached for all of `'py`.
    unsafe { Python::assume_attached() }
}

/// A reference that other code borrows from whoever keeps the object alive.
///
/// # Safety
/// `pointer` points to an object that is a `T`, and somebody keeps it alive for all of `'a`.
#[inline]
pub unsafe fn borrowed<'a, 'py, T>(
    py: Python<'py>,
    pointer: NonNull<ffi::PyObject>,
) -> Borrowed<'a, 'py, T> {
    // SAFETY: the caller says that it is a `T`, and that somebody keeps it alive for all of `'a`.
    unsafe { Borrowed::from_borrowed(py, pointer) }
}

/// A reference that other code kept for later, on whatever thread.
///
/// # Safety
/// `pointer` is a strong reference the caller gives away, to an object that is a `T`.
#[inline]
pub unsafe fn owned_unbound<T>(pointer: NonNull<ffi::PyObject>) -> Py<T> {
    // SAFETY: the caller gives a strong reference away, to a `T`.
    unsafe { Py::from_owned(pointer) }
}

/// A new reference, or the exception that is set.
///
/// # Safety
/// `pointer` is NULL with an exception set, or a strong reference the caller gives away.
#[inline]
pub unsafe fn owned_or_err<'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller gives a strong reference away, or NULL.
    match unsafe { owned_or_none(py, pointer) } {
        Some(object) => Ok(object),
        None => raised(py),
    }
}

/// The exception that is set. Opaque to the compiler, which would merge this path with the one
/// where nothing was raised, and there ask a second time which of the two it is.
#[cold]
#[inline(never)]
fn raised<T>(py: Python<'_>) -> PyResult<T> {
    black_box(Err(PyErr::fetch(py)))
}

/// A new reference, or none.
///
/// # Safety
/// `pointer` is NULL, or a strong reference the caller gives away.
#[inline]
pub unsafe fn owned_or_none<'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> Option<Bound<'py, PyAny>> {
    // SAFETY: not NULL where this is called; the caller gives the reference away.
    NonNull::new(pointer).map(|pointer| unsafe { Bound::from_owned(py, pointer) })
}

/// A borrowed reference, held from here on, or the exception that is set.
///
/// # Safety
/// `pointer` is NULL with an exception set, or points to a live object.
#[inline]
pub unsafe fn borrowed_or_err<'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller gives NULL or a live object, which is held before anything else happens.
    match unsafe { borrowed_or_none(py, pointer) } {
        Some(object) => Ok(object.to_owned()),
        None => Err(PyErr::fetch(py)),
    }
}

/// A borrowed reference, or none.
///
/// # Safety
/// `pointer` is NULL, or points to an object that somebody keeps alive for all of `'a`.
#[inline]
pub unsafe fn borrowed_or_none<'a, 'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> Option<Borrowed<'a, 'py, PyAny>> {
    // SAFETY: not NULL where this is called; the caller keeps the object alive.
    NonNull::new(pointer).map(|pointer| unsafe { Borrowed::from_borrowed(py, pointer) })
}

/// A borrowed reference to something CPython never gives up: a static type, `None`.
///
/// # Safety
/// `pointer` points to an object that lives as long as the interpreter.
#[inline]
pub unsafe fn immortal<'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> Borrowed<'py, 'py, PyAny> {
    debug_assert!(!pointer.is_null());
    // SAFETY: the caller says that the object lives as long as the interpreter, and is no NULL.
    unsafe { Borrowed::from_borrowed(py, NonNull::new_unchecked(pointer)) }
}

/// Success, or the exception that is set, of a function that returns -1 on failure.
#[inline]
pub fn done_or_err(py: Python<'_>, status: c_int) -> PyResult<()> {
    if status == -1 { Err(PyErr::fetch(py)) } else { Ok(()) }
}

/// Yes or no, or the exception that is set, of a function that returns 1, 0 or -1.
#[inline]
pub fn answer_or_err(py: Python<'_>, status: c_int) -> PyResult<bool> {
    if status == -1 { Err(PyErr::fetch(py)) } else { Ok(status != 0) }
}

/// A count, or the exception that is set, of a function that returns -1 on failure.
#[inline]
pub fn count_or_err(py: Python<'_>, count: ffi::Py_ssize_t) -> PyResult<usize> {
    if count == -1 { Err(PyErr::fetch(py)) } else { Ok(count as usize) }
}
