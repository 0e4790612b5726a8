//! Rust modules that Python imports, by multi-phase initialization (PEP 489).
//!
//! A module is a type, of no size, that implements [`NativeModule`]; a constant [`ModuleDef`] is
//! what CPython reads. Macros write both, and the exported function that gives the latter to
//! CPython.

use std::cell::UnsafeCell;
use std::ffi::{CStr, c_int, c_void};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicI64, Ordering};

use pyo3_ffi as ffi;

use crate::error::push_all;
use crate::exceptions::{PyImportError, PyRuntimeError};
use crate::function::callback;
use crate::types::{PyAny, PyModule, PyString};
use crate::{Bound, PyErr, PyResult, Python, attach, gate};

/// What CPython's functions give, for the type of an exported function.
pub use ffi::PyObject as RawObject;

/// A module that Python imports.
pub trait NativeModule: 'static {
    /// Its own name, without that of a package it may be in.
    const NAME: &'static CStr;
    /// What `help()` says of it.
    const DOC: &'static CStr;
    /// Whether it needs the GIL on a free-threaded Python, which then turns it on for all.
    const GIL_USED: bool;

    /// What CPython reads. Always the same one.
    fn definition() -> &'static ModuleDef;

    /// Puts in what the module has: called for each new module object. What may panic before a
    /// function is made calls [`note_places`](crate::function::note_places) first, as the macros
    /// do.
    ///
    /// # Errors
    /// What the import then raises.
    fn fill(module: &Bound<'_, PyModule>) -> PyResult<()>;
}

/// What CPython reads to make a module.
#[repr(transparent)]
pub struct ModuleDef(UnsafeCell<ffi::PyModuleDef>);

// SAFETY: CPython writes to it while it holds the lock of imports; Rust code never looks into it.
unsafe impl Sync for ModuleDef {}

impl ModuleDef {
    /// That of the module `M`.
    pub const fn new<M: NativeModule>() -> Self {
        ModuleDef(UnsafeCell::new(ffi::PyModuleDef {
            m_base: ffi::PyModuleDef_HEAD_INIT,
            m_name: M::NAME.as_ptr(),
            m_doc: M::DOC.as_ptr(),
            m_size: 0,
            m_methods: std::ptr::null_mut(),
            m_slots: Slots::<M>::ALL.as_ptr().cast_mut(),
            m_traverse: None,
            m_clear: None,
            m_free: None,
        }))
    }
}

/// The slots of the module `M`, which CPython reads and never writes to.
struct Slots<M>(PhantomData<M>);

impl<M: NativeModule> Slots<M> {
    const ALL: &[ffi::PyModuleDef_Slot] = &[
        slot(ffi::Py_mod_exec, exec::<M> as *mut c_void),
        // Objects that are made once for the process belong to one interpreter.
        #[cfg(Py_3_12)]
        slot(ffi::Py_mod_multiple_interpreters, ffi::Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED),
        #[cfg(Py_GIL_DISABLED)]
        slot(
            ffi::Py_mod_gil,
            if M::GIL_USED { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED },
        ),
        slot(0, std::ptr::null_mut()),
    ];
}

const fn slot(slot: c_int, value: *mut c_void) -> ffi::PyModuleDef_Slot {
    ffi::PyModuleDef_Slot { slot, value }
}

/// What the exported function `PyInit_…` of the module `M` gives back (`PyModuleDef_Init`).
pub fn init<M: NativeModule>() -> *mut ffi::PyObject {
    // SAFETY: CPython calls `PyInit_…` while attached, and holds the lock of imports; the
    // definition lives for ever.
    unsafe { ffi::PyModuleDef_Init(M::definition().0.get()) }
}

/// Registers the module `M` as built in (`PyImport_AppendInittab`), for programs that embed Python.
///
/// # Panics
/// Where the interpreter runs already: it has read the table.
pub fn append_to_inittab<M: NativeModule>() {
    extern "C" fn start<M: NativeModule>() -> *mut ffi::PyObject {
        init::<M>()
    }
    assert!(!attach::is_running(), "append_to_inittab! must come before the interpreter starts");
    // SAFETY: no interpreter runs, which could read the table; the name lives for ever.
    let status = unsafe { ffi::PyImport_AppendInittab(M::NAME.as_ptr(), Some(start::<M>)) };
    assert!(status == 0, "there is no memory for the table of built-in modules");
}

/// Executes the module `M` (`Py_mod_exec`).
unsafe extern "C" fn exec<M: NativeModule>(module: *mut ffi::PyObject) -> c_int {
    // SAFETY: CPython executes modules while attached.
    let py = unsafe { Python::assume_attached() };
    let done = callback(py, || {
        attach::check_layouts().map_err(PyImportError::new_err)?;
        check_interpreter(M::NAME)?;
        // SAFETY: CPython keeps the module until it is executed, and executes nothing but modules.
        let module = unsafe { gate::borrowed_or_err(py, module)?.to_owned().cast_into_unchecked() };
        M::fill(&module)?;
        Ok(module.as_ptr())
    });
    if done.is_null() { -1 } else { 0 }
}

/// Refuses a second interpreter of the process: names, classes and imports that are made once would
/// be those of the first. CPython itself asks only isolated ones, from 3.12 on.
fn check_interpreter(name: &CStr) -> PyResult<()> {
    /// The interpreter that first imported a module; -1 before.
    static FIRST: AtomicI64 = AtomicI64::new(-1);
    // SAFETY: called while attached.
    let own = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    match FIRST.compare_exchange(-1, own, Ordering::Relaxed, Ordering::Relaxed) {
        Err(first) if first != own => Err(in_another(name)),
        _ => Ok(()),
    }
}

#[cold]
#[inline(never)]
fn in_another(name: &CStr) -> PyErr {
    let mut message = String::new();
    let name = name.to_str().unwrap_or_default();
    let why =
        " does not support loading in subinterpreters: another one of this process loaded it first";
    push_all(&mut message, &["module ", name, why]);
    PyImportError::new_err(message)
}

/// A new submodule `M` of `parent`, ready for use: its attribute, and in `sys.modules`, so that
/// `import parent.M` finds it.
///
/// # Errors
/// What filling it raised, or memory.
pub fn add_submodule<M: NativeModule>(parent: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = parent.py();
    let own = M::NAME.to_str().map_err(|_| PyRuntimeError::new_err("a name that is not UTF-8"))?;
    let full = format!("{}.{own}", parent.name()?.to_string_lossy());
    let module = PyModule::new(py, &full)?;
    let doc = PyString::new_rarely(py, &M::DOC.to_string_lossy())?;
    module.set_attribute(crate::intern!(py, "__doc__"), doc.as_any())?;
    M::fill(&module)?;
    parent.add_module(own, &module)
}

impl<'py> Bound<'py, PyModule> {
    /// Gives the module an attribute (`PyModule_AddObjectRef`).
    ///
    /// # Errors
    /// What setting it raised.
    pub fn add_object(&self, name: &str, value: &Bound<'py, PyAny>) -> PyResult<()> {
        self.set_attribute(&PyString::new_rarely(self.py(), name)?, value)
    }

    /// Makes `module` a submodule: the attribute `name`, and in `sys.modules` by its full name, so
    /// that it can be imported. From then on the full name is its `__name__`.
    ///
    /// # Errors
    /// What setting it raised.
    pub fn add_module(&self, name: &str, module: &Bound<'py, PyModule>) -> PyResult<()> {
        let py = self.py();
        let full = PyString::new_rarely(py, &format!("{}.{name}", self.name()?.to_string_lossy()))?;
        module.set_attribute(crate::intern!(py, "__name__"), full.as_any())?;
        let modules = py.import("sys")?.get_attribute(crate::intern!(py, "modules"))?;
        modules.set_object(full.as_any(), module.as_any())?;
        self.add_object(name, module.as_any())
    }
}
