//! Values made once for all threads: [`PyOnceLock`], [`PyOnceObject`] and
//! [`intern!`](crate::intern). Without the GIL also what keeps other threads away from an object.

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, AtomicU8, Ordering};

use pyo3_ffi as ffi;

use crate::types::{PyAny, PyString};
use crate::{Bound, Py, PyResult, Python};

/// A cell that is filled once, by code that may run Python.
///
/// As [`OnceLock`](std::sync::OnceLock), but a thread never waits for another one's initializer,
/// which could deadlock with the GIL: two threads may both run it, and the first value to be ready
/// is kept.
pub struct PyOnceLock<T> {
    state: AtomicU8,
    value: UnsafeCell<MaybeUninit<T>>,
}

/// There is no value yet.
const EMPTY: u8 = 0;
/// A thread moves its value in, which takes no longer than copying it.
const FILLING: u8 = 1;
/// There is a value, which stays.
const FULL: u8 = 2;

// SAFETY: threads share the value, which needs `Sync`; one may drop what another has put in, which
// needs `Send`. It is written once, by the thread that made the state `FILLING`, and read where it
// is `FULL`.
unsafe impl<T: Send + Sync> Sync for PyOnceLock<T> {}

impl<T: UnwindSafe + RefUnwindSafe> RefUnwindSafe for PyOnceLock<T> {}

impl<T> PyOnceLock<T> {
    /// An empty cell.
    pub const fn new() -> Self {
        PyOnceLock { state: AtomicU8::new(EMPTY), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    /// The value, if there is one.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        let is_full = self.state.load(Ordering::Acquire) == FULL;
        // SAFETY: it was written before the state became `FULL`, and is not written any more while
        // the cell is borrowed.
        is_full.then(|| unsafe { (*self.value.get()).assume_init_ref() })
    }

    /// The value, made by `make` if there is none yet.
    #[inline]
    pub fn get_or_init(&self, py: Python<'_>, make: impl FnOnce() -> T) -> &T {
        match self.get(py) {
            Some(value) => value,
            None => self.fill_with(py, make),
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
            None => self.try_fill_with(py, make),
        }
    }

    #[cold]
    #[inline(never)]
    fn fill_with(&self, py: Python<'_>, make: impl FnOnce() -> T) -> &T {
        self.fill(py, make())
    }

    #[cold]
    #[inline(never)]
    fn try_fill_with<E>(
        &self,
        py: Python<'_>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<&T, E> {
        Ok(self.fill(py, make()?))
    }

    /// Keeps the first value to come, and gives it.
    fn fill(&self, py: Python<'_>, value: T) -> &T {
        let acquire = Ordering::Acquire;
        if self.state.compare_exchange(EMPTY, FILLING, acquire, acquire).is_ok() {
            // SAFETY: of all threads this one alone found the cell empty; nobody reads it yet.
            unsafe { (*self.value.get()).write(value) };
            self.state.store(FULL, Ordering::Release);
        }
        loop {
            match self.get(py) {
                Some(value) => return value,
                None => std::hint::spin_loop(),
            }
        }
    }
}

impl<T> Drop for PyOnceLock<T> {
    fn drop(&mut self) {
        if *self.state.get_mut() == FULL {
            // SAFETY: the value was written, and nobody refers to it any more.
            unsafe { self.value.get_mut().assume_init_drop() };
        }
    }
}

impl<T> fmt::Debug for PyOnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_full = self.state.load(Ordering::Acquire) == FULL;
        f.write_str(if is_full { "PyOnceLock(full)" } else { "PyOnceLock(empty)" })
    }
}

impl<T> Default for PyOnceLock<T> {
    fn default() -> Self {
        PyOnceLock::new()
    }
}

/// A [`PyOnceLock`] for an object: it is one word, and looking takes one load.
pub struct PyOnceObject<T> {
    /// NULL, or a strong reference, which then stays.
    object: AtomicPtr<ffi::PyObject>,
    owns: PhantomData<Py<T>>,
}

impl<T> PyOnceObject<T> {
    /// An empty cell.
    pub const fn new() -> Self {
        PyOnceObject { object: AtomicPtr::new(ptr::null_mut()), owns: PhantomData }
    }

    /// The object, if there is one.
    #[inline]
    pub fn get<'py>(&self, _py: Python<'py>) -> Option<&Bound<'py, T>> {
        let is_full = !self.object.load(Ordering::Acquire).is_null();
        // SAFETY: what is not NULL is a strong reference to a `T`, as a `Bound` is, and is not
        // written any more while the cell is borrowed; the token proves that the thread is
        // attached.
        is_full.then(|| unsafe { &*(&raw const self.object).cast::<Bound<'py, T>>() })
    }

    /// The object, made by `make` if there is none yet.
    #[inline]
    pub fn get_or_init<'py>(
        &self,
        py: Python<'py>,
        make: impl FnOnce() -> Bound<'py, T>,
    ) -> &Bound<'py, T> {
        match self.get(py) {
            Some(object) => object,
            None => self.fill_with(make),
        }
    }

    /// The object, made by `make` if there is none yet.
    ///
    /// # Errors
    /// What `make` gives; the cell then stays empty.
    #[inline]
    pub fn get_or_try_init<'py, E>(
        &self,
        py: Python<'py>,
        make: impl FnOnce() -> Result<Bound<'py, T>, E>,
    ) -> Result<&Bound<'py, T>, E> {
        match self.get(py) {
            Some(object) => Ok(object),
            None => self.try_fill_with(make),
        }
    }

    #[cold]
    #[inline(never)]
    fn fill_with<'py>(&self, make: impl FnOnce() -> Bound<'py, T>) -> &Bound<'py, T> {
        self.fill(make())
    }

    #[cold]
    #[inline(never)]
    fn try_fill_with<'py, E>(
        &self,
        make: impl FnOnce() -> Result<Bound<'py, T>, E>,
    ) -> Result<&Bound<'py, T>, E> {
        Ok(self.fill(make()?))
    }

    /// Keeps the first object to come, and gives it.
    fn fill<'py>(&self, object: Bound<'py, T>) -> &Bound<'py, T> {
        let (py, new) = (object.py(), object.into_ptr());
        let (success, failure) = (Ordering::AcqRel, Ordering::Acquire);
        if self.object.compare_exchange(ptr::null_mut(), new, success, failure).is_err() {
            // SAFETY: the strong reference that no cell has taken.
            drop(NonNull::new(new).map(|new| unsafe { Bound::<T>::from_owned(py, new) }));
        }
        match self.get(py) {
            Some(object) => object,
            None => unreachable!("the cell was filled"),
        }
    }
}

impl PyOnceObject<PyString> {
    /// The text as a str that is kept, made if there is none yet. See [`intern!`](crate::intern).
    #[doc(hidden)]
    #[inline]
    pub fn get_or_intern<'py>(&self, py: Python<'py>, text: &str) -> &Bound<'py, PyString> {
        match self.get(py) {
            Some(string) => string,
            None => self.intern(py, text),
        }
    }

    /// One function for all names.
    #[cold]
    #[inline(never)]
    fn intern<'py>(&self, py: Python<'py>, text: &str) -> &Bound<'py, PyString> {
        self.fill(PyString::intern(py, text))
    }
}

impl PyOnceObject<PyAny> {
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
        self.get_or_try_init(py, || {
            let name = PyString::new_rarely(py, name)?;
            py.import(module)?.get_attribute(&name)
        })
    }
}

impl<T> Default for PyOnceObject<T> {
    fn default() -> Self {
        PyOnceObject::new()
    }
}

impl<T> Drop for PyOnceObject<T> {
    fn drop(&mut self) {
        let object = NonNull::new(*self.object.get_mut());
        // SAFETY: the strong reference that the cell was given.
        drop(object.map(|object| unsafe { Py::<T>::from_owned(object) }));
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
        static NAME: $crate::PyOnceObject<$crate::types::PyString> = $crate::PyOnceObject::new();
        let py: $crate::Python<'_> = $py;
        NAME.get_or_intern(py, $text)
    }};
}

/// Keeps other threads away from an object, on a build without the GIL.
#[cfg(Py_GIL_DISABLED)]
pub(crate) struct CriticalSection(Box<ffi::PyCriticalSection>);

#[cfg(Py_GIL_DISABLED)]
impl CriticalSection {
    pub(crate) fn begin<T>(object: &Bound<'_, T>) -> Self {
        // SAFETY: a critical section is plain data that `PyCriticalSection_Begin` fills in; it is
        // boxed, so it does not move before its end.
        unsafe {
            let mut section = Box::new(std::mem::zeroed());
            ffi::PyCriticalSection_Begin(&mut *section, object.as_ptr());
            CriticalSection(section)
        }
    }
}

#[cfg(Py_GIL_DISABLED)]
impl Drop for CriticalSection {
    fn drop(&mut self) {
        // SAFETY: begun in `begin`, on this thread: the value never leaves one stack frame.
        unsafe { ffi::PyCriticalSection_End(&mut *self.0) }
    }
}
