//! Panics, which must not unwind into C: they become exceptions.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3_ffi as ffi;

use crate::exceptions::{self, ExceptionClass, PyRuntimeError};
use crate::types::PyType;
use crate::{Bound, PyErr, PyOnceObject, PyResult, PyTypeInfo, Python};

/// The exception that a panic of Rust code becomes where it was called from Python: a
/// `RuntimeError` with the panic's message and place.
pub struct PanicException(());

impl ExceptionClass for PanicException {
    const NAME: &'static str = "PanicException";

    fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
        static CLASS: PyOnceObject<PyType> = PyOnceObject::new();
        let doc = c"A panic of Rust code that was called from Python.";
        let base = PyRuntimeError::try_type_object;
        exceptions::new_class(&CLASS, py, c"convert_core.PanicException", Some(doc), base)
    }
}

/// A panic, as the hook saw it: `message (src/lib.rs:1:2)`.
struct Seen {
    text: String,
    /// How long the message is, by which the panic is known again.
    length: usize,
}

thread_local! {
    /// The last panic of this thread.
    static LAST: Cell<Option<Seen>> = const { Cell::new(None) };
}

/// Has panics note where they were, for the exceptions that they become. Only the panic hook is
/// told that, so it is added to, the first time: before anything of a user's runs that Python
/// called.
pub fn note_places() {
    static IS_ADDED: AtomicBool = AtomicBool::new(false);
    if std::thread::panicking() || IS_ADDED.swap(true, Ordering::Relaxed) {
        return;
    }
    let earlier = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let message = message(info.payload());
        let seen = info
            .location()
            .map(|place| Seen { text: format!("{message} ({place})"), length: message.len() });
        let _ = LAST.try_with(|last| last.set(seen));
        earlier(info);
    }));
}

fn message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "a panic without a message",
    }
}

/// Runs what CPython called. An error is raised; so is a panic, as a [`PanicException`].
#[inline(always)]
pub(crate) fn callback(
    py: Python<'_>,
    body: impl FnOnce() -> PyResult<*mut ffi::PyObject>,
) -> *mut ffi::PyObject {
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        body().unwrap_or_else(|error| {
            error.restore(py);
            ptr::null_mut()
        })
    }));
    result.unwrap_or_else(|payload| {
        raise(payload, py);
        ptr::null_mut()
    })
}

#[cold]
#[inline(never)]
fn raise(payload: Box<dyn Any + Send>, py: Python<'_>) {
    let message = message(&*payload);
    // Another one was caught earlier, where this one comes from another thread.
    let text = match LAST.try_with(Cell::take) {
        Ok(Some(seen)) if seen.text.get(..seen.length) == Some(message) => seen.text,
        _ => message.to_owned(),
    };
    discard(payload, 4);
    // Code that ran before the panic may have set an exception: it is replaced.
    drop(PyErr::take(py));
    PyErr::new::<PanicException>(text).restore(py);
}

/// Drops what somebody panicked with, which may panic again, and so on: so many times, at most.
#[inline(never)]
fn discard(mut payload: Box<dyn Any + Send>, times: usize) {
    for _ in 0..times {
        match panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            Ok(()) => return,
            Err(next) => payload = next,
        }
    }
    std::mem::forget(payload);
}
