//! What `#[pyfunction]` writes calls to: arguments that become Rust values, and results that become
//! objects.

use convert_ffi::exceptions::PyRuntimeError;
use convert_ffi::function::{FunctionDef, Signature};
use convert_ffi::types::{PyAny, PyCFunction, PyDict, PyModule};
use convert_ffi::{Borrowed, Bound, ConversionError, Py, PyErr, PyResult, PyTypeInfo, Python};

use crate::{FromPyObject, IntoPy};

type Values<'a, 'py, const N: usize> = [Option<Borrowed<'a, 'py, PyAny>>; N];

/// An argument that must be there.
#[inline(always)]
pub fn required<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize>(
    values: &Values<'a, 'py, N>,
    index: usize,
    signature: &'static Signature,
) -> PyResult<T> {
    required_by(values, index, signature, T::extract)
}

/// As [`required`], of exactly its own type.
#[inline(always)]
pub fn required_strict<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize>(
    values: &Values<'a, 'py, N>,
    index: usize,
    signature: &'static Signature,
) -> PyResult<T> {
    required_by(values, index, signature, T::extract_strict)
}

/// As [`required`], by a function of the user's.
#[inline(always)]
pub fn required_with<'a, 'py, T, E: Into<ConversionError>, const N: usize>(
    values: &Values<'a, 'py, N>,
    index: usize,
    signature: &'static Signature,
    read: impl FnOnce(&Bound<'py, PyAny>) -> Result<T, E>,
) -> PyResult<T> {
    required_by(values, index, signature, |value| read(&value).map_err(Into::into))
}

#[inline(always)]
fn required_by<'a, 'py, T, const N: usize>(
    values: &Values<'a, 'py, N>,
    index: usize,
    signature: &'static Signature,
    read: impl FnOnce(Borrowed<'a, 'py, PyAny>) -> Result<T, ConversionError>,
) -> PyResult<T> {
    match values[index] {
        Some(value) => read(value).map_err(|error| wrong(error, value, signature.names(index))),
        None => Err(signature.missing_one(index)),
    }
}

/// Whether an argument was given, of those that may be missing.
#[inline(always)]
pub fn is_given<const N: usize>(values: &Values<'_, '_, N>, index: usize) -> bool {
    values[index].is_some()
}

/// The default of an `Option<T>`: one, or what is in it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no default of an argument `Option<{T}>`",
    label = "neither a `{T}` nor an `Option` of one"
)]
pub trait OptionalDefault<T> {
    /// The default as an `Option`.
    fn wrapped(self) -> Option<T>;
}

impl<T> OptionalDefault<T> for Option<T> {
    #[inline(always)]
    fn wrapped(self) -> Option<T> {
        self
    }
}

impl<T> OptionalDefault<T> for T {
    #[inline(always)]
    fn wrapped(self) -> Option<T> {
        Some(self)
    }
}

/// All further arguments, `*args` or `**kwargs`, as one value.
#[inline]
pub fn rest<'a, 'py, T: FromPyObject<'a, 'py>>(
    object: &'a Bound<'py, PyAny>,
    function: &'static str,
    name: &'static str,
) -> PyResult<T> {
    let object = object.as_borrowed();
    T::extract(object).map_err(|error| wrong(error, object, (function, name)))
}

/// The further keywords: where there are none, an empty dict.
pub fn keywords<'py>(
    others: Option<Bound<'py, PyDict>>,
    py: Python<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    others.map_or_else(|| PyDict::new(py), Ok).map(Bound::into_any)
}

#[cold]
#[inline(never)]
fn wrong(
    error: ConversionError,
    value: Borrowed<'_, '_, PyAny>,
    (function, name): (&'static str, &'static str),
) -> PyErr {
    error.of(value).in_argument(function, name).into()
}

/// The module of a function that asks for it.
#[inline]
pub fn module<'a, 'py>(
    module: Option<Borrowed<'a, 'py, PyModule>>,
) -> PyResult<Borrowed<'a, 'py, PyModule>> {
    module.ok_or_else(|| PyRuntimeError::new_err("the function is in no module; make it with one"))
}

/// What a function may return: a value that becomes an object, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that a Python function can return",
    label = "neither a type that becomes a Python object, nor a `Result` of one",
    note = "return a type with `IntoPy`, or a `Result<T, E>` of one, where `PyErr` has `From<E>`"
)]
pub trait Outcome<'py> {
    /// The object, or what is raised. It has no lifetime: that of the value may be shorter than the
    /// call's.
    ///
    /// # Errors
    /// The error that was returned, or that of the conversion.
    fn finish(self, py: Python<'py>) -> PyResult<Py<PyAny>>;
}

impl<'py, T: IntoPy<'py>> Outcome<'py> for T {
    #[inline(always)]
    fn finish(self, py: Python<'py>) -> PyResult<Py<PyAny>> {
        Ok(self.returned(py)?.unbind())
    }
}

impl<'py, T: IntoPy<'py>, E: Into<PyErr>> Outcome<'py> for Result<T, E> {
    #[inline(always)]
    fn finish(self, py: Python<'py>) -> PyResult<Py<PyAny>> {
        match self {
            Ok(value) => Ok(value.returned(py)?.unbind()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Where `wrap_pyfunction!` puts a function: into a module, or nowhere.
pub trait Home<'py> {
    /// The function object.
    ///
    /// # Errors
    /// `MemoryError`, or a module without a name.
    fn make(self, function: &'static FunctionDef) -> PyResult<Bound<'py, PyCFunction>>;
}

impl<'py> Home<'py> for Python<'py> {
    fn make(self, function: &'static FunctionDef) -> PyResult<Bound<'py, PyCFunction>> {
        function.make(self, None)
    }
}

impl<'py> Home<'py> for &Bound<'py, PyModule> {
    fn make(self, function: &'static FunctionDef) -> PyResult<Bound<'py, PyCFunction>> {
        function.make(self.py(), Some(self))
    }
}

/// A warning at the call.
#[cold]
pub fn warn<C: PyTypeInfo>(py: Python<'_>, message: &str) -> PyResult<()> {
    PyErr::warn(py, C::try_type_object(py)?.to_any().as_any(), message, 1)
}

/// The Python object of a `#[pyfunction]`: `wrap_pyfunction!(path::to::function, module)?`, or with
/// `py` in place of the module for a function that is in none (`PyCFunction_NewEx`).
///
/// ```
/// use convert_core::prelude::*;
///
/// #[pyfunction]
/// fn double(x: i64) -> i64 {
///     2 * x
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let double = wrap_pyfunction!(double, py)?;
///     assert_eq!(double.call1((21,))?.extract::<i64>()?, 42);
///     PyResult::Ok(())
/// })
/// .unwrap();
/// ```
#[macro_export]
macro_rules! wrap_pyfunction {
    ($function:path, $home:expr) => {{
        // What is imported here is not to be seen by the user's expression.
        let definition = {
            #[allow(deprecated)]
            use $function as wrapped;
            &wrapped::DEFINITION
        };
        $crate::__private::Home::make($home, definition)
    }};
}
