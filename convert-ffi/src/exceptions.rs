//! The built-in exception classes, each as a type to name: `PyValueError::new_err("…")`,
//! `error.is_instance_of::<PyKeyError>(py)`.

use std::borrow::Cow;
use std::ffi::CStr;
use std::ptr;

use pyo3_ffi as ffi;

use crate::types::{PyString, PyType};
use crate::{Borrowed, Bound, PyAny, PyErr, PyOnceObject, PyResult, PyTypeInfo, Python, gate};

macro_rules! exceptions {
    ($($name:ident = $python:literal, $pointer:ident;)*) => { $(
        #[doc = concat!("Python's [`", $python, "`](https://docs.python.org/3/library/exceptions.html#", $python, ").")]
        pub struct $name(());

        // SAFETY: an object is an instance exactly if its type is the class or a subclass of it.
        unsafe impl PyTypeInfo for $name {
            const NAME: &'static str = $python;

            #[inline]
            fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
                // SAFETY: built-in exception classes live as long as the interpreter, and are
                // types.
                unsafe { gate::immortal(py, ffi::$pointer).cast_borrowed_unchecked() }
            }

            #[inline]
            fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
                object.is_instance_of_class(&Self::type_object(object.py()))
            }

            #[inline]
            fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
                object.get_type().is(&Self::type_object(object.py()))
            }
        }

        impl $name {
            #[doc = concat!("A `", $python, "` to be raised.")]
            pub fn new_err(message: impl Into<Cow<'static, str>>) -> PyErr {
                PyErr::new::<$name>(message)
            }
        }
    )* };
}

exceptions! {
    PyBaseException = "BaseException", PyExc_BaseException;
    PyException = "Exception", PyExc_Exception;
    PyArithmeticError = "ArithmeticError", PyExc_ArithmeticError;
    PyAssertionError = "AssertionError", PyExc_AssertionError;
    PyAttributeError = "AttributeError", PyExc_AttributeError;
    PyBlockingIOError = "BlockingIOError", PyExc_BlockingIOError;
    PyBrokenPipeError = "BrokenPipeError", PyExc_BrokenPipeError;
    PyBufferError = "BufferError", PyExc_BufferError;
    PyChildProcessError = "ChildProcessError", PyExc_ChildProcessError;
    PyConnectionAbortedError = "ConnectionAbortedError", PyExc_ConnectionAbortedError;
    PyConnectionError = "ConnectionError", PyExc_ConnectionError;
    PyConnectionRefusedError = "ConnectionRefusedError", PyExc_ConnectionRefusedError;
    PyConnectionResetError = "ConnectionResetError", PyExc_ConnectionResetError;
    PyEOFError = "EOFError", PyExc_EOFError;
    PyFileExistsError = "FileExistsError", PyExc_FileExistsError;
    PyFileNotFoundError = "FileNotFoundError", PyExc_FileNotFoundError;
    PyFloatingPointError = "FloatingPointError", PyExc_FloatingPointError;
    PyGeneratorExit = "GeneratorExit", PyExc_GeneratorExit;
    PyImportError = "ImportError", PyExc_ImportError;
    PyIndentationError = "IndentationError", PyExc_IndentationError;
    PyIndexError = "IndexError", PyExc_IndexError;
    PyInterruptedError = "InterruptedError", PyExc_InterruptedError;
    PyIsADirectoryError = "IsADirectoryError", PyExc_IsADirectoryError;
    PyKeyError = "KeyError", PyExc_KeyError;
    PyKeyboardInterrupt = "KeyboardInterrupt", PyExc_KeyboardInterrupt;
    PyLookupError = "LookupError", PyExc_LookupError;
    PyMemoryError = "MemoryError", PyExc_MemoryError;
    PyModuleNotFoundError = "ModuleNotFoundError", PyExc_ModuleNotFoundError;
    PyNameError = "NameError", PyExc_NameError;
    PyNotADirectoryError = "NotADirectoryError", PyExc_NotADirectoryError;
    PyNotImplementedError = "NotImplementedError", PyExc_NotImplementedError;
    PyOSError = "OSError", PyExc_OSError;
    PyOverflowError = "OverflowError", PyExc_OverflowError;
    PyPermissionError = "PermissionError", PyExc_PermissionError;
    PyProcessLookupError = "ProcessLookupError", PyExc_ProcessLookupError;
    PyRecursionError = "RecursionError", PyExc_RecursionError;
    PyReferenceError = "ReferenceError", PyExc_ReferenceError;
    PyRuntimeError = "RuntimeError", PyExc_RuntimeError;
    PyStopAsyncIteration = "StopAsyncIteration", PyExc_StopAsyncIteration;
    PyStopIteration = "StopIteration", PyExc_StopIteration;
    PySyntaxError = "SyntaxError", PyExc_SyntaxError;
    PySystemError = "SystemError", PyExc_SystemError;
    PySystemExit = "SystemExit", PyExc_SystemExit;
    PyTabError = "TabError", PyExc_TabError;
    PyTimeoutError = "TimeoutError", PyExc_TimeoutError;
    PyTypeError = "TypeError", PyExc_TypeError;
    PyUnboundLocalError = "UnboundLocalError", PyExc_UnboundLocalError;
    PyUnicodeDecodeError = "UnicodeDecodeError", PyExc_UnicodeDecodeError;
    PyUnicodeEncodeError = "UnicodeEncodeError", PyExc_UnicodeEncodeError;
    PyUnicodeError = "UnicodeError", PyExc_UnicodeError;
    PyUnicodeTranslateError = "UnicodeTranslateError", PyExc_UnicodeTranslateError;
    PyValueError = "ValueError", PyExc_ValueError;
    PyZeroDivisionError = "ZeroDivisionError", PyExc_ZeroDivisionError;
    PyWarning = "Warning", PyExc_Warning;
    PyBytesWarning = "BytesWarning", PyExc_BytesWarning;
    PyDeprecationWarning = "DeprecationWarning", PyExc_DeprecationWarning;
    PyFutureWarning = "FutureWarning", PyExc_FutureWarning;
    PyImportWarning = "ImportWarning", PyExc_ImportWarning;
    PyPendingDeprecationWarning = "PendingDeprecationWarning", PyExc_PendingDeprecationWarning;
    PyResourceWarning = "ResourceWarning", PyExc_ResourceWarning;
    PyRuntimeWarning = "RuntimeWarning", PyExc_RuntimeWarning;
    PySyntaxWarning = "SyntaxWarning", PyExc_SyntaxWarning;
    PyUnicodeWarning = "UnicodeWarning", PyExc_UnicodeWarning;
    PyUserWarning = "UserWarning", PyExc_UserWarning;
}

/// An exception class that is made or imported when it is first used; `create_exception!` and
/// `import_exception!` of convert-core implement it.
pub trait ExceptionClass {
    /// The class's name, as messages show it.
    const NAME: &'static str;

    /// The class.
    ///
    /// # Errors
    /// What making or importing it raised.
    fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>>;
}

// SAFETY: an object is an instance exactly if its type is the class or a subclass of it; nothing
// else is assumed of its layout, as `T` has no methods of this crate's.
unsafe impl<T: ExceptionClass> PyTypeInfo for T {
    const NAME: &'static str = <T as ExceptionClass>::NAME;

    /// # Panics
    /// Where the class cannot be made or imported.
    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        Self::try_type_object(py).unwrap_or_else(|error| panic!("no class {}: {error}", T::NAME))
    }

    fn try_type_object(py: Python<'_>) -> PyResult<Borrowed<'_, '_, PyType>> {
        T::class(py).map(Bound::as_borrowed)
    }

    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        T::class(object.py()).is_ok_and(|class| object.is_instance_of_class(class))
    }

    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        T::class(object.py()).is_ok_and(|class| object.get_type().is(class))
    }
}

/// The class of that name in that module, made the first time (`PyErr_NewExceptionWithDoc`).
///
/// # Errors
/// What making it raised, or what `base` gives.
pub fn new_class<'py>(
    class: &'static PyOnceObject<PyType>,
    py: Python<'py>,
    name: &CStr,
    doc: Option<&CStr>,
    base: impl FnOnce(Python<'py>) -> PyResult<Borrowed<'py, 'py, PyType>>,
) -> PyResult<&'py Bound<'py, PyType>> {
    let make = || {
        let (base, doc) = (base(py)?, doc.map_or(ptr::null(), CStr::as_ptr));
        // SAFETY: texts that end with NUL, and a live class; a new reference or NULL with an
        // exception.
        let class = unsafe {
            let (name, base) = (name.as_ptr(), base.as_ptr());
            gate::owned_or_err(
                py,
                ffi::PyErr_NewExceptionWithDoc(name, doc, base, ptr::null_mut()),
            )?
        };
        class.cast_into_or("the metaclass of a base class made no class")
    };
    class.get_or_try_init(py, make)
}

/// The class of that name in that module, imported the first time.
///
/// # Errors
/// What the import raised; a `TypeError` where it is no class.
pub fn imported_class<'py>(
    class: &'static PyOnceObject<PyType>,
    py: Python<'py>,
    module: &str,
    name: &str,
) -> PyResult<&'py Bound<'py, PyType>> {
    let import = || {
        let class = py.import(module)?.get_attribute(&PyString::new_rarely(py, name)?)?;
        PyResult::Ok(class.cast_into::<PyType>()?)
    };
    class.get_or_try_init(py, import)
}
