//! [`Python`]: the proof that this thread may use Python.

use std::ffi::CStr;
use std::marker::PhantomData;

use pyo3_ffi as ffi;

use crate::attach::{self, Attachment};
use crate::types::{PyAny, PyDict, PyModule, PyNone, PyString, PyType};
use crate::{Borrowed, Bound, PyErr, PyResult, PyTypeInfo, gate};

/// Proof that the current thread is attached to the interpreter (before free threading: holds the
/// GIL) for the lifetime `'py`.
///
/// A zero-sized token, handed out by [`Python::attach`]. Whatever touches Python objects takes it
/// or carries it inside a [`Bound`].
#[derive(Clone, Copy)]
pub struct Python<'py>(PhantomData<(&'py (), *mut ())>);

impl std::fmt::Debug for Python<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Python")
    }
}

impl<'py> Python<'py> {
    /// Attaches this thread to the interpreter while `f` runs (`PyGILState_Ensure`).
    ///
    /// With the feature `auto-initialize` the first attachment starts the interpreter. Attaching
    /// while attached costs next to nothing.
    ///
    /// Python does not flush `sys.stdout` when a Rust program ends: what Python printed may need
    /// `sys.stdout.flush()` when standard output is not a terminal.
    ///
    /// When the interpreter ends (`Py_FinalizeEx`), it waits up to half a second for threads that
    /// are attached and that Python does not know (`atexit`); those that come then wait until it
    /// has ended. One that runs Python code for longer is ended by CPython in its midst, before
    /// 3.14, without the values it holds being dropped in order, and the process aborts.
    ///
    /// # Panics
    /// Where no interpreter runs (without `auto-initialize`), or where it has ended.
    ///
    /// # Examples
    /// ```
    /// use convert_ffi::Python;
    /// # convert_ffi::Python::initialize();
    /// let answer = Python::attach(|py| py.eval(c"6 * 7", None, None)?.repr().map(|text| text.to_string_lossy().into_owned()));
    /// assert_eq!(answer.unwrap(), "42");
    /// ```
    #[inline]
    pub fn attach<F, R>(f: F) -> R
    where
        F: for<'a> FnOnce(Python<'a>) -> R,
    {
        let attachment = Attachment::new().unwrap_or_else(|problem| panic!("{problem}"));
        let result = f(Python(PhantomData));
        drop(attachment);
        result
    }

    /// As [`Python::attach`], but gives `None` where there is no interpreter to attach to.
    #[inline]
    pub fn try_attach<F, R>(f: F) -> Option<R>
    where
        F: for<'a> FnOnce(Python<'a>) -> R,
    {
        let _attachment = Attachment::new().ok()?;
        Some(f(Python(PhantomData)))
    }

    /// Starts the interpreter unless one runs already (`Py_InitializeEx`; Python's signal handlers
    /// stay off).
    ///
    /// As in every program that embeds CPython, its library and site-packages are those of the
    /// `python3` on the `PATH`, if that is of the same version, so an activated virtual
    /// environment is used; else those CPython was installed with. `PYTHONHOME` overrides both.
    pub fn initialize() {
        attach::initialize();
    }

    /// Detaches this thread while `f` runs, so that other Python threads go on
    /// (`PyEval_SaveThread`).
    ///
    /// `f` must be `Send`, which keeps [`Python`] and [`Bound`] out of it. (A wrapper that claims
    /// to be `Send` and checks the thread when it is used lets them in all the same: do not use one
    /// here.) Objects dropped inside (as [`Py`](crate::Py)) are released afterwards.
    pub fn detach<F, R>(self, f: F) -> R
    where
        F: Send + FnOnce() -> R,
        R: Send,
    {
        attach::detached(self, f)
    }

    /// The token, on the caller's word.
    ///
    /// # Safety
    /// The thread must be attached for all of `'py`.
    #[inline]
    pub const unsafe fn assume_attached() -> Python<'py> {
        Python(PhantomData)
    }

    /// Imports a module by its full name (`PyImport_Import`).
    ///
    /// # Errors
    /// What the import raised.
    pub fn import(self, name: &str) -> PyResult<Bound<'py, PyModule>> {
        PyModule::import(self, name)
    }

    /// The class that Rust has the type `T` for.
    ///
    /// # Panics
    /// Where `T` comes from `create_exception!` or `import_exception!`, and its class cannot be
    /// made or imported.
    pub fn get_type<T: PyTypeInfo>(self) -> Bound<'py, PyType> {
        T::type_object(self).to_owned()
    }

    /// Evaluates an expression (`PyEval_EvalCode`). Without `globals` it sees `__main__`'s names.
    ///
    /// # Errors
    /// `SyntaxError`, or what the expression raised.
    pub fn eval(
        self,
        code: &CStr,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.execute(code, ffi::Py_eval_input, globals, locals)
    }

    /// Executes statements (`PyEval_EvalCode`). Without `globals` they run in `__main__`.
    ///
    /// # Errors
    /// `SyntaxError`, or what the statements raised.
    pub fn run(
        self,
        code: &CStr,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<()> {
        self.execute(code, ffi::Py_file_input, globals, locals).map(drop)
    }

    fn execute(
        self,
        code: &CStr,
        start: std::ffi::c_int,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let globals = match globals {
            Some(globals) => globals.clone(),
            None => self.import("__main__")?.dict()?,
        };
        // Before 3.10 `PyEval_EvalCode` does not add the builtins to fresh globals.
        let builtins = PyString::intern(self, "__builtins__");
        if globals.get(builtins.as_any())?.is_none() {
            globals.set(builtins.as_any(), self.import("builtins")?.as_any())?;
        }
        let locals = locals.unwrap_or(&globals);
        // SAFETY: `code` ends with NUL; the result is a new reference or NULL with an exception.
        let code = unsafe {
            gate::owned_or_err(
                self,
                ffi::Py_CompileString(code.as_ptr(), c"<string>".as_ptr(), start),
            )?
        };
        // SAFETY: three live objects; the result is a new reference or NULL with an exception.
        unsafe {
            gate::owned_or_err(
                self,
                ffi::PyEval_EvalCode(code.as_ptr(), globals.as_ptr(), locals.as_ptr()),
            )
        }
    }

    /// `None`.
    #[inline]
    pub fn none(self) -> Borrowed<'py, 'py, PyNone> {
        PyNone::get(self)
    }

    /// Runs Python's handlers of signals that have arrived (`PyErr_CheckSignals`); long Rust code
    /// calls it now and then, so that Ctrl-C works.
    ///
    /// # Errors
    /// What a handler raised, `KeyboardInterrupt` for one.
    pub fn check_signals(self) -> PyResult<()> {
        // SAFETY: the thread is attached, witnessed by the token.
        gate::done_or_err(self, unsafe { ffi::PyErr_CheckSignals() })
    }

    /// The exception that is set and not yet handled, taken from the interpreter.
    pub(crate) fn take_error(self) -> Option<PyErr> {
        PyErr::take(self)
    }
}
