//! The exceptions that conversions raise.
//!
//! One private subclass for each kind, so that `except TypeError` works as ever, with two
//! attributes that are computed when asked for: `loc`, where the first failure is, as a tuple of
//! names and indices, and `errors`, a list of one dict (`loc`, `msg`, `type`) for each failure.
//! An instance holds the Rust failures behind the fields of its base class.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use pyo3_ffi as ffi;

use super::content::{Content, Failure, Failures, Owner, State};
use super::leaf::{Kind, Leaf};
use super::path::{self, push_all};
use super::word::View;
use super::{ConversionError, content};
use crate::exceptions::{
    PyAttributeError, PyBaseException, PyKeyError, PyOverflowError, PyRuntimeError, PyTypeError,
    PyValueError,
};
use crate::function;
use crate::types::{PyAny, PyInt, PyList, PyString, PyTuple, PyType};
use crate::{Borrowed, Bound, PyOnceObject, PyResult, PyTypeInfo, Python, TypeHint, gate};

/// An error to stand in while another is taken out of its place.
pub(super) const fn placeholder() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("object")) })
}

/// Class and message of an error of which nothing else is to be told: a single leaf without a path,
/// or an exception that was not made yet. It is made when it is raised, if it must.
pub(super) fn class_and_message<'py>(
    error: &ConversionError,
    py: Python<'py>,
) -> Option<(Bound<'py, PyType>, Bound<'py, PyString>)> {
    let (kind, message) = match error.0.view() {
        View::Leaf(leaf, noted) => {
            let mut message = String::with_capacity(128);
            content::write_leaf(leaf, &noted.into(), &mut message);
            (leaf.kind, message)
        }
        View::Boxed(Content::Failures(failures)) if failures.is_bare_leaf() => {
            (failures.kind(), failures.message())
        }
        View::Boxed(Content::Exception(exception)) => match &exception.state {
            State::Lazy { class, message } if !exception.has_place() => {
                let class = class.get(py).ok().filter(is_exception_class)?;
                return Some((class, PyString::new_rarely(py, message).ok()?));
            }
            _ => return None,
        },
        View::Item(..) | View::Boxed(_) => return None,
    };
    Some((class(kind, py), PyString::new_rarely(py, &message).ok()?))
}

fn is_exception_class(class: &Bound<'_, PyType>) -> bool {
    // SAFETY: attached, a live object.
    unsafe { ffi::PyExceptionClass_Check(class.as_ptr()) != 0 }
}

/// The class of the exception that the error becomes; not for errors that are exceptions.
pub(super) fn class_of<'py>(error: &ConversionError, py: Python<'py>) -> Bound<'py, PyType> {
    class(error.kind().unwrap_or(Kind::WrongType), py)
}

/// An exception of that kind with these words, which keeps the failures that it tells of.
pub(super) fn instance<'py>(
    kind: Kind,
    message: &str,
    failures: Box<Content>,
    py: Python<'py>,
) -> PyResult<Bound<'py, PyBaseException>> {
    debug_assert!(matches!(&*failures, Content::Failures(it) if it.holds_no_objects()));
    let exception = called(&class(kind, py), message)?;
    // Python code may replace the class's `__new__`, so what it gives may be anything, and may have
    // failures already.
    if let Some(slot) = slot_in(exception.as_any()) {
        let failures = Box::into_raw(failures);
        let (success, failure) = (Ordering::AcqRel, Ordering::Relaxed);
        if slot.compare_exchange(ptr::null_mut(), failures, success, failure).is_err() {
            // SAFETY: made of a box by the lines above, and not given away.
            drop(unsafe { Box::from_raw(failures) });
        }
    }
    Ok(exception)
}

/// What the class gives when it is called with the message. What is raised where that is no
/// exception must not be an error of a conversion, whose class may be the one that just failed to
/// make one.
#[cold]
#[inline(never)]
pub(super) fn called<'py>(
    class: &Bound<'py, PyType>,
    message: &str,
) -> PyResult<Bound<'py, PyBaseException>> {
    let message = PyString::new_rarely(class.py(), message)?.into_any();
    let made = class.call_objects(std::slice::from_ref(&message), None)?;
    made.cast_into_or("calling an exception class gave no exception")
}

/// The class for each kind.
static CLASSES: [PyOnceObject<PyType>; Kind::COUNT] = [const { PyOnceObject::new() }; Kind::COUNT];

/// Where in an instance of each class the pointer to its failures is; 0 until the class is made.
static OFFSETS: [AtomicUsize; Kind::COUNT] = [const { AtomicUsize::new(0) }; Kind::COUNT];

/// The place in an instance for what it tells of: NULL or a box, which [`free`] drops. `None` for
/// any other object.
#[inline(never)]
fn slot_in<'a>(exception: &'a Bound<'_, PyAny>) -> Option<&'a AtomicPtr<Content>> {
    let (py, class) = (exception.py(), exception.get_type());
    let is_own = |own: &PyOnceObject<PyType>| own.get(py).is_some_and(|own| class.is(own));
    let kind = CLASSES.iter().position(is_own)?;
    let offset = OFFSETS[kind].load(Ordering::Acquire);
    // SAFETY: a live instance of that class, which was made with room for one pointer at `offset`,
    // aligned as all fields of its base are, since a base's size is a multiple of the pointer's.
    // CPython fills it with zeros; it is used as an atomic alone.
    (offset != 0).then(|| unsafe { &*exception.as_ptr().cast::<u8>().add(offset).cast() })
}

/// The class for a kind; where it cannot be made (memory), its base class.
#[cold]
#[inline(never)]
fn class(kind: Kind, py: Python<'_>) -> Bound<'_, PyType> {
    match CLASSES[kind as usize].get_or_try_init(py, || make_class(kind, py)) {
        Ok(class) => class.clone(),
        Err(_) => base(kind, py).to_owned(),
    }
}

#[cold]
#[inline(never)]
fn base(kind: Kind, py: Python<'_>) -> Borrowed<'_, '_, PyType> {
    match kind {
        Kind::WrongType => PyTypeError::type_object(py),
        Kind::WrongValue => PyValueError::type_object(py),
        Kind::OutOfRange => PyOverflowError::type_object(py),
        Kind::MissingKey => PyKeyError::type_object(py),
        Kind::MissingAttribute => PyAttributeError::type_object(py),
        Kind::Changed => PyRuntimeError::type_object(py),
    }
}

fn make_class(kind: Kind, py: Python<'_>) -> PyResult<Bound<'_, PyType>> {
    let base = base(kind, py).to_owned();
    // The size of the base's instances differs between versions and kinds: it is asked for.
    let size = base.get_rarely(c"__basicsize__")?;
    let size = size.cast_into_or::<PyInt>("__basicsize__ of an exception class is no int")?;
    let offset = size.to_i64().unwrap_or(0) as usize;
    let mut name = String::new();
    push_all(&mut name, &["convert_core.", kind.exception_name(), "\0"]);

    // CPython keeps pointers to the name and to these tables for as long as the class lives.
    let name: &'static str = name.leak();
    let attribute =
        |name: &'static std::ffi::CStr, get, doc: &'static std::ffi::CStr| ffi::PyGetSetDef {
            name: name.as_ptr(),
            get: Some(get),
            set: None,
            doc: doc.as_ptr(),
            closure: ptr::null_mut(),
        };
    let attributes = Box::leak(Box::new([
        attribute(c"loc", get_loc, c"Where the first failure is: names and indices."),
        attribute(c"errors", get_errors, c"Every failure: dicts of loc, msg and type."),
        ffi::PyGetSetDef::default(),
    ]));
    let methods = Box::leak(Box::new([
        ffi::PyMethodDef {
            ml_name: c"__reduce__".as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunction: reduce },
            ml_flags: ffi::METH_NOARGS,
            ml_doc: c"Pickles as the built-in base class, with the message.".as_ptr(),
        },
        ffi::PyMethodDef::zeroed(),
    ]));
    let slot = |slot: c_int, value: *mut c_void| ffi::PyType_Slot { slot, pfunc: value };
    let mut slots = [
        slot(ffi::Py_tp_getset, attributes.as_mut_ptr().cast()),
        slot(ffi::Py_tp_methods, methods.as_mut_ptr().cast()),
        slot(ffi::Py_tp_free, free as *mut c_void),
        slot(ffi::Py_tp_str, str as *mut c_void),
        slot(0, ptr::null_mut()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: name.as_ptr().cast(),
        basicsize: (offset + size_of::<AtomicPtr<Content>>()) as c_int,
        itemsize: 0,
        flags: ffi::Py_TPFLAGS_DEFAULT as std::ffi::c_uint,
        slots: slots.as_mut_ptr(),
    };
    let bases = PyTuple::new_rarely(py, &[base.into_any()])?;
    // SAFETY: the spec describes a subclass with room for one more pointer; the name and the
    // tables it refers to are leaked; a new reference to a class or NULL with an exception.
    let class = unsafe {
        let class = ffi::PyType_FromSpecWithBases(&mut spec, bases.as_ptr());
        gate::owned_or_err(py, class)?.cast_into_unchecked()
    };
    OFFSETS[kind as usize].store(offset, Ordering::Release);
    Ok(class)
}

/// The failures of an instance.
#[inline(never)]
fn failures_of<'a>(exception: &'a Bound<'_, PyAny>) -> Option<&'a Failures> {
    let content = slot_in(exception)?.load(Ordering::Acquire);
    // SAFETY: NULL or a box, which is dropped with the instance, and not written to.
    match unsafe { content.as_ref() }? {
        Content::Failures(failures) => Some(failures),
        Content::Exception(_) => None,
    }
}

impl Failures {
    /// Where one of them is, as a tuple: first the argument, if it is one of a call.
    fn place_of<'py>(&self, failure: &Failure, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let argument = self.owner.and_then(Owner::argument);
        path::to_tuple(argument, &failure.path, py).map(Bound::into_any)
    }
}

unsafe extern "C" fn get_loc(
    exception: *mut ffi::PyObject,
    _closure: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls a getter while attached, with a live instance of its class.
    unsafe { callback(exception, loc) }
}

fn loc<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match failures_of(exception) {
        Some(failures) => failures.place_of(&failures.first, exception.py()),
        None => no_place(exception.py()),
    }
}

fn no_place(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    PyTuple::new_rarely(py, &[]).map(Bound::into_any)
}

unsafe extern "C" fn get_errors(
    exception: *mut ffi::PyObject,
    _closure: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls a getter while attached, with a live instance of its class.
    unsafe { callback(exception, errors) }
}

fn errors<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = exception.py();
    let errors = PyList::empty(py)?;
    match failures_of(exception) {
        Some(failures) => {
            for failure in failures.listed() {
                let mut message = String::new();
                failure.write_problem(&mut message);
                let message = PyString::new_rarely(py, &message)?;
                let place = failures.place_of(failure, py)?;
                errors.append_object(&entry(place, message, failure.kind().exception_name())?)?;
            }
        }
        None => {
            // The built-in base class, whose name is this class's as well.
            let name = exception.get_type().type_display_name();
            errors.append_object(&entry(no_place(py)?, exception.str()?, &name)?)?;
        }
    }
    Ok(errors.into_any())
}

#[inline(never)]
fn entry<'py>(
    place: Bound<'py, PyAny>,
    message: Bound<'py, PyString>,
    kind: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let py = place.py();
    let kind = PyString::new_rarely(py, kind)?;
    // SAFETY: attached; the format names three pairs of a text that ends with NUL and a live
    // object, which stays with this code; a new reference or NULL with an exception.
    unsafe {
        let (loc, msg, kind_name) = (c"loc".as_ptr(), c"msg".as_ptr(), c"type".as_ptr());
        let (place, message, kind) = (place.as_ptr(), message.as_ptr(), kind.as_ptr());
        let format = c"{sOsOsO}".as_ptr();
        let entry = ffi::Py_BuildValue(format, loc, place, msg, message, kind_name, kind);
        gate::owned_or_err(py, entry)
    }
}

/// The end of an instance (`tp_free`), which Python code cannot call.
unsafe extern "C" fn free(exception: *mut c_void) {
    // SAFETY: CPython calls it while attached, with what was an instance of a class that has this
    // function: nobody refers to it any more, and its class is still noted in it. The box was made
    // in `instance`, and holds no Python objects, as missing fields were told: none of Python's
    // code runs.
    unsafe {
        let py = Python::assume_attached();
        if let Some(exception) = gate::borrowed_or_none(py, exception.cast())
            && let Some(slot) = slot_in(&exception)
        {
            let content = slot.swap(ptr::null_mut(), Ordering::AcqRel);
            drop((!content.is_null()).then(|| Box::from_raw(content)));
        }
        ffi::PyObject_GC_Del(exception);
    }
}

unsafe extern "C" fn str(exception: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: CPython calls `tp_str` while attached, with a live instance.
    unsafe { callback(exception, message) }
}

/// The message as it is: `KeyError` would show its `repr()`.
fn message<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let arguments = exception.get_rarely(c"args")?;
    let arguments = arguments.cast_into_or::<PyTuple>("args of an exception are no tuple")?;
    let text = match arguments.as_borrowed().get_borrowed(0) {
        Some(message) if arguments.len() == 1 => message.str()?,
        _ => arguments.str()?,
    };
    Ok(text.into_any())
}

unsafe extern "C" fn reduce(
    exception: *mut ffi::PyObject,
    _unused: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls a method while attached, with a live instance.
    unsafe { callback(exception, reduced) }
}

/// `(TypeError, (message,))`: the private class cannot be found by name where a pickle is read.
fn reduced<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = exception.py();
    let arguments = exception.get_rarely(c"args")?;
    let base = exception.get_type().get_rarely(c"__base__")?;
    Ok(PyTuple::new_rarely(py, &[base, arguments])?.into_any())
}

/// Runs what CPython called.
///
/// # Safety
/// Attached; a live object.
#[cold]
#[inline(never)]
unsafe fn callback(
    exception: *mut ffi::PyObject,
    body: for<'py> fn(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>,
) -> *mut ffi::PyObject {
    // SAFETY: the caller is attached.
    let py = unsafe { Python::assume_attached() };
    function::callback(py, || {
        // SAFETY: the caller gives a live object, which is held from here on.
        let exception = unsafe { gate::borrowed_or_err(py, exception) }?;
        body(&exception).map(Bound::into_ptr)
    })
}
