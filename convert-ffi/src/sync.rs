//! Values made once for all threads: [`PyOnceLock`] and [`intern!`](crate::intern).

use std::sync::OnceLock;

use crate::types::{PyAny, PyString};
use crate::{Bound, Py, PyResult, Python};

/// A cell that is filled once, by code that may run Python.
///
/// As [`OnceLock`], but a thread never waits for another one's initializer, which could deadlock
/// with the GIL: two threads may both run it, and the first value to be ready is kept.
#[derive(Debug)]
pub struct PyOnceLock<T>(OnceLock<T>);

impl<T> PyOnceLock<T> {
    /// An empty cell.
    pub const fn new() -> Self {
        PyOnceLock(OnceLock::new())
    }

    /// The value, if there is one.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        self.0.get()
    }

    /// The value, made by `make` if there is none yet.
    #[inline]
    pub fn get_or_init(&self, py: Python<'_>, make: impl FnOnce() -> T) -> &T {
        match self.get(py) {
            Some(value) => value,
            None => self.fill_with(make),
        }
    }

    /// The value, made by `make` if there is none yet.
    ///
    /// # Errors
    /// What `make` gives; the cell then stays empty.
    #[inline]
    pub fn get_or_try_init<E>(
        &self,
        py: Python<'_>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<&T, E> {
        match self.get(py) {
            Some(value) => Ok(value),
            None => self.try_fill_with(make),
        }
    }

    #[cold]
    #[inline(never)]
    fn fill_with(&self, make: impl FnOnce() -> T) -> &T {
        self.fill(make())
    }

    #[cold]
    #[inline(never)]
    fn try_fill_with<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        Ok(self.fill(make()?))
    }

    fn fill(&self, value: T) -> &T {
        // The closure only moves a value: no Python code runs while `OnceLock` holds others back.
        self.0.get_or_init(|| value)
    }
}

impl PyOnceLock<Py<PyAny>> {
    /// What a module has by that name, imported at the first use.
    ///
    /// # Errors
    /// What the import raised, or an `AttributeError`; the next call tries again.
    #[inline]
    pub fn import<'py>(
        &self,
        py: Python<'py>,
        module: &str,
        name: &str,
    ) -> PyResult<&Bound<'py, PyAny>> {
        let make = || {
            let name = PyString::new(py, name)?;
            py.import(module)?.get_attribute(&name).map(Bound::unbind)
        };
        self.get_or_try_init(py, make).map(|object| object.bind(py))
    }
}

impl<T> Default for PyOnceLock<T> {
    fn default() -> Self {
        PyOnceLock::new()
    }
}

/// A Python string made once and kept, for names that are used again and again:
/// `intern!(py, "name")` is a `&Bound<PyString>` (`PyUnicode_InternFromString`).
///
/// ```
/// # convert_ffi::Python::initialize();
/// use convert_ffi::{Python, intern};
/// Python::attach(|py| {
///     let name = intern!(py, "append");
///     assert_eq!(name.to_string_lossy(), "append");
/// });
/// ```
#[macro_export]
macro_rules! intern {
    ($py:expr, $text:expr) => {{
        static NAME: $crate::PyOnceLock<$crate::Py<$crate::types::PyString>> =
            $crate::PyOnceLock::new();
        let py: $crate::Python<'_> = $py;
        NAME.get_or_init(py, || $crate::types::PyString::intern(py, $text).unbind()).bind(py)
    }};
}
