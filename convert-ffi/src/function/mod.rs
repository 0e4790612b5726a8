//! Rust functions that Python calls.
//!
//! | file | what it holds |
//! |---|---|
//! | `signature.rs` | [`Signature`]: names and kinds of the parameters, and what is said of calls that do not fit |
//! | `arguments.rs` | [`Arguments`]: what a call gave, laid to the parameters |
//! | `panic.rs` | how a panic becomes an exception |
//!
//! A function is a type, of no size, that implements [`NativeFunction`]; a constant
//! [`FunctionDef`] holds the C function that calls it. Macros write both, without any `unsafe`.

mod arguments;
mod panic;
mod signature;

use std::ffi::CStr;
use std::ptr;

use pyo3_ffi as ffi;

use crate::types::{PyAny, PyCFunction, PyModule};
use crate::{Borrowed, Bound, Py, PyResult, Python, gate, stack};

pub use arguments::Arguments;
pub use panic::PanicException;
pub(crate) use panic::callback;
pub use panic::note_places;
pub use signature::Signature;

/// A function that Python calls.
pub trait NativeFunction {
    /// Called with the module that it is in, if it is in one, and the arguments. The result has no
    /// lifetime, so that the function may have made it of one shorter than `'py`.
    ///
    /// # Errors
    /// What is then raised.
    fn call<'a, 'py>(
        module: Option<Borrowed<'a, 'py, PyModule>>,
        arguments: Arguments<'a, 'py>,
    ) -> PyResult<Py<PyAny>>;
}

/// The table from which CPython makes a function object. Always a `static`: function objects point
/// to it.
#[repr(transparent)]
pub struct FunctionDef([ffi::PyMethodDef; 2]);

// SAFETY: CPython reads the table and never writes to it; what it points to is constant as well.
unsafe impl Sync for FunctionDef {}

impl FunctionDef {
    /// The table of the function `F`. `doc` may start with the signature, as in
    /// `area(width)\n--\n\nThe area.`.
    pub const fn new<F: NativeFunction>(name: &'static CStr, doc: &'static CStr) -> Self {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        let (ml_meth, ml_flags) = (
            ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: call_vector::<F> },
            ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        );
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        let (ml_meth, ml_flags) = (
            ffi::PyMethodDefPointer { PyCFunctionWithKeywords: call_tuple::<F> },
            ffi::METH_VARARGS | ffi::METH_KEYWORDS,
        );
        let function =
            ffi::PyMethodDef { ml_name: name.as_ptr(), ml_meth, ml_flags, ml_doc: doc.as_ptr() };
        FunctionDef([function, ffi::PyMethodDef::zeroed()])
    }

    /// A function object, of a module if one is given (`PyCFunction_NewEx`).
    ///
    /// # Errors
    /// `MemoryError`, or a module whose name is no str.
    pub fn make<'py>(
        &'static self,
        py: Python<'py>,
        module: Option<&Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, PyCFunction>> {
        note_places();
        self.make_quietly(py, module)
    }

    /// Adds the function to a module, by its own name (`PyModule_AddFunctions`).
    ///
    /// # Errors
    /// Where the module cannot be changed; `MemoryError`.
    pub fn add_to(&'static self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        note_places();
        // SAFETY: a live module; a table that lives for ever, is only read, and ends with an empty
        // entry.
        let done = unsafe { ffi::PyModule_AddFunctions(module.as_ptr(), self.table()) };
        gate::done_or_err(module.py(), done)
    }

    fn table(&'static self) -> *mut ffi::PyMethodDef {
        (&raw const self.0).cast_mut().cast()
    }

    /// As [`make`](Self::make), for a function of which no panic is expected: the process's panic
    /// hook is left as it is.
    pub(crate) fn make_quietly<'py>(
        &'static self,
        py: Python<'py>,
        module: Option<&Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, PyCFunction>> {
        // Held until the function has a reference of its own.
        let own_name = module.map(Bound::<PyModule>::name).transpose()?;
        let name = own_name.as_ref().map_or(ptr::null_mut(), Bound::as_ptr);
        let module = module.map_or(ptr::null_mut(), |module| module.as_ptr());
        // SAFETY: a table that lives for ever and is only read; live objects or NULL, to which the
        // function takes references of its own. A new reference or NULL with an exception.
        unsafe {
            let function =
                gate::owned_or_err(py, ffi::PyCFunction_NewEx(self.table(), module, name))?;
            Ok(function.cast_into_unchecked())
        }
    }
}

/// The C function of `F` (`METH_FASTCALL | METH_KEYWORDS`).
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
unsafe extern "C" fn call_vector<F: NativeFunction>(
    module: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    positional: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls functions while attached.
    let py = unsafe { Python::assume_attached() };
    callback(py, || {
        stack::check()?;
        // SAFETY: CPython gives the module of `FunctionDef::make`, and keeps it, and all arguments,
        // until the call is over.
        let (module, arguments) = unsafe {
            let arguments = Arguments::from_vector(py, values, positional as usize, names);
            (module_of(py, module), arguments)
        };
        Ok(F::call(module, arguments)?.into_bound(py).into_ptr())
    })
}

/// The C function of `F` (`METH_VARARGS | METH_KEYWORDS`), for the stable ABI of 3.9.
#[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
unsafe extern "C" fn call_tuple<F: NativeFunction>(
    module: *mut ffi::PyObject,
    positional: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    use crate::exceptions::PyTypeError;
    use crate::types::{PyDict, PyString, PyTuple};

    // SAFETY: CPython calls functions while attached.
    let py = unsafe { Python::assume_attached() };
    callback(py, || {
        stack::check()?;
        // SAFETY: CPython gives the module of `FunctionDef::make`, a tuple, and a dict or NULL, and
        // keeps them until the call is over.
        let (module, positional, keywords) = unsafe {
            (
                module_of(py, module),
                gate::borrowed_or_err(py, positional)?.cast_into::<PyTuple>()?,
                gate::borrowed_or_none(py, keywords),
            )
        };
        let count = positional.len();
        // Held: whoever else has the dict may change it.
        let mut values = (0..count).map(|at| positional.item(at)).collect::<PyResult<Vec<_>>>()?;
        let names = match keywords {
            None => None,
            Some(keywords) => {
                let mut names = Vec::new();
                let keywords = keywords.cast::<PyDict>()?;
                for name in keywords.keys()?.try_iter()? {
                    let name = name?;
                    // Nobody has looked at them before.
                    if !name.is_instance_of::<PyString>() {
                        return Err(PyTypeError::new_err("keywords must be strings"));
                    }
                    values.push(keywords.get_object(&name)?);
                    names.push(name);
                }
                Some(PyTuple::from_objects(py, names)?)
            }
        };
        let names = names.as_ref().map_or(ptr::null_mut(), Bound::as_ptr);
        // SAFETY: `values` holds so many objects, then one for each name; a `Bound` is one pointer.
        let arguments = unsafe { Arguments::from_vector(py, values.as_ptr().cast(), count, names) };
        Ok(F::call(module, arguments)?.into_bound(py).into_ptr())
    })
}

/// # Safety
/// A module that is kept for all of `'a`, or NULL.
#[inline(always)]
unsafe fn module_of<'a, 'py>(
    py: Python<'py>,
    module: *mut ffi::PyObject,
) -> Option<Borrowed<'a, 'py, PyModule>> {
    // SAFETY: the caller gives a module that is kept for all of `'a`, or NULL.
    unsafe { gate::borrowed_or_none(py, module).map(|module| module.cast_borrowed_unchecked()) }
}
