//! [`PyErr`]: an exception, raised or yet to be raised.

use std::borrow::Cow;
use std::ffi::CString;
use std::fmt;

use pyo3_ffi as ffi;

use super::ConversionError;
use super::content::{Class, Content, Exception, Owner, State};
use super::path::{self, Path, push_all};
use super::raise;
use super::word::View;
use crate::exceptions::{PyBaseException, PySystemError};
#[cfg(not(Py_3_11))]
use crate::types::PyList;
use crate::types::{PyAny, PyString, PyType};
use crate::{Borrowed, Bound, PyResult, PyTypeInfo, Python, gate};

/// A Python exception, raised by Python code or made in Rust and yet to be raised.
///
/// Making one builds nothing in Python: the exception object comes to be when it is raised or
/// asked for. One word, the same as [`ConversionError`]; either turns into the other for nothing.
pub struct PyErr(ConversionError);

impl PyErr {
    /// An exception of a class that Rust has a type for; see also `PyValueError::new_err` and its
    /// kin.
    pub fn new<T: PyTypeInfo>(message: impl Into<Cow<'static, str>>) -> Self {
        let class = Class::Known { name: T::NAME, get: T::try_type_object };
        Self::from_state(State::Lazy { class, message: message.into() })
    }

    /// An exception of any class, called with the message when it is raised.
    pub fn from_type(class: Bound<'_, PyType>, message: impl Into<Cow<'static, str>>) -> Self {
        let class = Class::Given(class.unbind());
        Self::from_state(State::Lazy { class, message: message.into() })
    }

    /// The exception `value` itself.
    pub fn from_value(value: Bound<'_, PyBaseException>) -> Self {
        Self::from_state(State::Raised(value.unbind()))
    }

    #[cold]
    #[inline(never)]
    fn from_state(state: State) -> Self {
        PyErr(ConversionError::boxed(Content::exception(state)))
    }

    /// Takes the exception that is set in the interpreter, if any (`PyErr_GetRaisedException`,
    /// before 3.12 `PyErr_Fetch`).
    pub fn take(py: Python<'_>) -> Option<Self> {
        // SAFETY: attached; a new reference or NULL.
        #[cfg(Py_3_12)]
        let value = unsafe { gate::owned_or_none(py, ffi::PyErr_GetRaisedException()) };
        // SAFETY: attached; `PyErr_Fetch` gives three new references or NULLs, normalizing
        // replaces them, and the traceback then belongs to the exception.
        #[cfg(not(Py_3_12))]
        let value = unsafe {
            let (mut class, mut value, mut traceback) =
                (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
            ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
            if class.is_null() {
                return None;
            }
            ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback);
            if !traceback.is_null() {
                ffi::PyException_SetTraceback(value, traceback);
            }
            ffi::Py_XDECREF(traceback);
            ffi::Py_XDECREF(class);
            gate::owned_or_none(py, value)
        };
        // SAFETY: what the interpreter raises is an instance of BaseException.
        Some(Self::from_value(unsafe { value?.cast_into_unchecked() }))
    }

    /// Takes the exception that is set in the interpreter; a `SystemError` where, against the
    /// rules of the C API, none is.
    #[cold]
    pub fn fetch(py: Python<'_>) -> Self {
        Self::take(py).unwrap_or_else(|| {
            PySystemError::new_err("a C function reported failure without setting an exception")
        })
    }

    /// Raises the exception: sets it in the interpreter, for the C code that called this Rust code
    /// to see. One that is new gets the exception that is being handled as its `__context__`, as by
    /// `raise`.
    #[cold]
    pub fn restore(self, py: Python<'_>) {
        // There needs to be no exception object until somebody catches it.
        let (class, value) = match raise::class_and_message(&self.0, py) {
            Some((class, message)) => (class, message.into_any()),
            None => {
                let is_raised = self.is_raised();
                let value = self.into_value(py);
                if is_raised {
                    return restore_raised(value);
                }
                (value.get_type(), value.into_any())
            }
        };
        // SAFETY: attached; a class, and a value that stay with this code.
        unsafe { ffi::PyErr_SetObject(class.as_ptr(), value.as_ptr()) }
    }

    /// Whether there is an exception object.
    fn is_raised(&self) -> bool {
        match self.0.0.view() {
            View::Boxed(Content::Exception(exception)) => {
                matches!(exception.state, State::Raised(_))
            }
            _ => false,
        }
    }

    /// Whether the exception is of the class `T` or a subclass. Builds no exception object.
    pub fn is_instance_of<T: PyTypeInfo>(&self, py: Python<'_>) -> bool {
        T::try_type_object(py).is_ok_and(|class| self.matches(py, &class))
    }

    /// Whether the exception is of that class or a subclass, or of one of a tuple of classes
    /// (`PyErr_GivenExceptionMatches`, what an `except` clause asks). Builds no exception object.
    pub fn matches(&self, py: Python<'_>, class: &Bound<'_, PyAny>) -> bool {
        let own = self.get_type(py);
        // SAFETY: attached; two live objects.
        unsafe { ffi::PyErr_GivenExceptionMatches(own.as_ptr(), class.as_ptr()) != 0 }
    }

    /// The exception's class.
    pub fn get_type<'py>(&self, py: Python<'py>) -> Bound<'py, PyType> {
        match self.0.0.view() {
            View::Boxed(Content::Exception(exception)) => match &exception.state {
                State::Raised(value) => value.bind(py).get_type(),
                State::Lazy { class, .. } => {
                    // Where the class cannot be had, what is raised says why.
                    class.get(py).unwrap_or_else(|error| error.get_type(py))
                }
            },
            _ => raise::class_of(&self.0, py),
        }
    }

    /// The exception object. One that was not raised yet comes to be here, and stays: that is why
    /// `self` is `mut`.
    pub fn value<'py>(&mut self, py: Python<'py>) -> Bound<'py, PyBaseException> {
        let placeholder = PyErr(raise::placeholder());
        let value = std::mem::replace(self, placeholder).into_value(py);
        *self = PyErr::from_value(value.clone());
        value
    }

    /// The exception object; the path of a conversion it stopped becomes a note.
    pub fn into_value(self, py: Python<'_>) -> Bound<'_, PyBaseException> {
        let mut content = self.0.0.into_content();
        let made = match &mut *content {
            Content::Exception(exception) => return exception.value(py),
            Content::Failures(failures) => {
                failures.tell_missing();
                let (kind, message) = (failures.kind(), failures.message());
                raise::instance(kind, &message, content, py)
            }
        };
        made.unwrap_or_else(|error| error.into_value(py))
    }

    /// The exception's `__cause__` (`raise … from …`).
    pub fn cause(&mut self, py: Python<'_>) -> Option<PyErr> {
        let value = self.value(py);
        // SAFETY: a live exception; a new reference or NULL for none.
        let cause = unsafe { gate::owned_or_none(py, ffi::PyException_GetCause(value.as_ptr())) }?;
        // SAFETY: `__cause__` is None (given as NULL) or an instance of BaseException.
        Some(PyErr::from_value(unsafe { cause.cast_into_unchecked() }))
    }

    /// Sets the exception's `__cause__`, as `raise … from cause` does.
    pub fn set_cause(&mut self, py: Python<'_>, cause: Option<PyErr>) {
        let value = self.value(py);
        let cause = cause.map_or(std::ptr::null_mut(), |cause| cause.into_value(py).into_ptr());
        // SAFETY: a live exception; the reference to the cause is given away.
        unsafe { ffi::PyException_SetCause(value.as_ptr(), cause) }
    }

    /// Adds a note (PEP 678). From 3.11 on tracebacks show it; before, it is only there to be
    /// read, in the list `__notes__`.
    ///
    /// # Errors
    /// Where the exception refuses attributes.
    pub fn add_note(&mut self, py: Python<'_>, note: &str) -> PyResult<()> {
        add_note(&self.value(py), note)
    }

    /// Warns (`PyErr_WarnEx`): `level` is how many callers up the warning is about, 1 being the
    /// code that called this Rust code.
    ///
    /// # Errors
    /// The warning itself, where filters make it an exception; a text that contains a NUL.
    pub fn warn(
        py: Python<'_>,
        category: &Bound<'_, PyAny>,
        message: &str,
        level: usize,
    ) -> PyResult<()> {
        let message = CString::new(message)?;
        // SAFETY: attached; a live object and a text that ends with NUL.
        gate::done_or_err(py, unsafe {
            ffi::PyErr_WarnEx(category.as_ptr(), message.as_ptr(), level as ffi::Py_ssize_t)
        })
    }

    /// Prints the exception and its traceback to `sys.stderr` (`PyErr_Print`).
    ///
    /// As `PyErr_Print` does, a `SystemExit` ends the process.
    pub fn print(self, py: Python<'_>) {
        self.restore(py);
        // SAFETY: attached, and an exception is set.
        unsafe { ffi::PyErr_PrintEx(0) }
    }

    /// Reports the exception where there is nobody to raise it to (`PyErr_WriteUnraisable`, which
    /// calls `sys.unraisablehook`); `object` says where it came from.
    pub fn write_unraisable(self, py: Python<'_>, object: Option<&Bound<'_, PyAny>>) {
        self.restore(py);
        let object = object.map_or(std::ptr::null_mut(), |object| object.as_ptr());
        // SAFETY: attached, and an exception is set; a live object, or NULL for none.
        unsafe { ffi::PyErr_WriteUnraisable(object) }
    }

    /// The same word as an error of a conversion.
    pub fn into_conversion_error(self) -> ConversionError {
        self.0
    }
}

/// Sets an exception that was raised before, with the traceback that it has.
#[cold]
#[inline(never)]
fn restore_raised(error: Bound<'_, PyBaseException>) {
    // SAFETY: attached; the reference is given away.
    #[cfg(Py_3_12)]
    unsafe {
        ffi::PyErr_SetRaisedException(error.into_ptr())
    }
    // SAFETY: attached; `PyErr_Restore` takes over three references.
    #[cfg(not(Py_3_12))]
    unsafe {
        let traceback = ffi::PyException_GetTraceback(error.as_ptr());
        let class = error.get_type().into_ptr();
        ffi::PyErr_Restore(class, error.into_ptr(), traceback)
    }
}

/// Where a conversion was stopped, behind these words: `in Order: lines[2]`, `in area() argument
/// 'width'`.
#[inline(never)]
fn place(words: &str, owner: Option<Owner>, path: &Path) -> Option<String> {
    let is_argument = owner.is_some_and(|owner| owner.argument().is_some());
    if path.is_empty() && !is_argument {
        return None;
    }
    let mut place = String::new();
    push_all(&mut place, &[words]);
    if let Some(owner) = owner {
        owner.write(if path.is_empty() { "" } else { ": " }, &mut place);
    }
    push_all(&mut place, &[&path::write(path)]);
    Some(place)
}

/// `BaseException.add_note(value, note)`: a class may have a method of that name for something
/// else.
#[cfg(Py_3_11)]
fn add_note(value: &Bound<'_, PyBaseException>, note: &str) -> PyResult<()> {
    let note = PyString::new_rarely(value.py(), note)?.into_any();
    let add = PyBaseException::type_object(value.py()).get_rarely(c"add_note")?;
    add.call_objects(&[value.clone().into_any(), note], None).map(drop)
}

/// What it does, where the build cannot count on that method.
#[cfg(not(Py_3_11))]
fn add_note(value: &Bound<'_, PyBaseException>, note: &str) -> PyResult<()> {
    let py = value.py();
    let notes = match value.get_rarely(c"__notes__") {
        Ok(notes) => notes.cast_into_or::<PyList>("__notes__ are no list")?,
        Err(_) => {
            let notes = PyList::empty(py)?;
            value.set_attribute(&PyString::new_rarely(py, "__notes__")?, &notes)?;
            notes
        }
    };
    notes.append_object(PyString::new_rarely(py, note)?.as_any())
}

impl Exception {
    /// The exception object, with a note that says where it was raised.
    fn value<'py>(&self, py: Python<'py>) -> Bound<'py, PyBaseException> {
        let value = match &self.state {
            State::Raised(value) => value.bind(py).clone(),
            State::Lazy { class, message } => class.instantiate(message, py),
        };
        if let Some(place) = place("in ", self.owner, &self.path) {
            // The exception arrives even where the note cannot be added.
            let _ = add_note(&value, &place);
        }
        value
    }
}

impl Class {
    pub(super) fn get<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyType>> {
        match self {
            Class::Known { get, .. } => get(py).map(Borrowed::to_owned),
            Class::Given(class) => Ok(class.bind(py).clone()),
        }
    }

    /// An instance; where making it raises, what was raised.
    fn instantiate<'py>(&self, message: &str, py: Python<'py>) -> Bound<'py, PyBaseException> {
        let made = self.get(py).and_then(|class| raise::called(&class, message));
        made.unwrap_or_else(|error| error.into_value(py))
    }
}

impl From<ConversionError> for PyErr {
    #[inline]
    fn from(error: ConversionError) -> Self {
        PyErr(error)
    }
}

impl From<PyErr> for ConversionError {
    #[inline]
    fn from(error: PyErr) -> Self {
        error.0
    }
}

impl fmt::Display for Exception {
    /// `TypeError: message`, and where.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            State::Lazy { class: Class::Known { name, .. }, message } => {
                write!(f, "{name}: {message}")?;
            }
            State::Lazy { class: Class::Given(class), message } => {
                match Python::try_attach(|py| class.bind(py).type_display_name()) {
                    Some(name) => write!(f, "{name}: {message}")?,
                    None => f.write_str(message)?,
                }
            }
            State::Raised(value) => {
                let text = Python::try_attach(|py| {
                    let value = value.bind(py);
                    let message = value.str();
                    let name = value.as_any().type_name();
                    match message {
                        Ok(text) if text.is_empty() => name,
                        Ok(text) => format!("{name}: {}", text.to_string_lossy()),
                        Err(_) => format!("{name} (its str() fails)"),
                    }
                });
                f.write_str(text.as_deref().unwrap_or("a Python exception"))?;
            }
        }
        match place(" (in ", self.owner, &self.path) {
            Some(place) => write!(f, "{place})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for PyErr {
    /// `TypeError: message`, as the last line of a traceback.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = self.0.kind() {
            write!(f, "{}: ", kind.exception_name())?;
        }
        self.0.fmt(f)
    }
}

impl fmt::Debug for PyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PyErr({:?})", self.to_string())
    }
}

impl std::error::Error for PyErr {}
