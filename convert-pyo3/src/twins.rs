//! Which native type of convert-core is which of PyO3: both name them alike.

/// A native type of convert-core that PyO3 has as well.
///
/// # Safety
/// Both stand for the same class, and neither claims to be an object that the other does not.
pub unsafe trait Twin: 'static {
    /// PyO3's type for the same class.
    type Pyo3: Pyo3Twin<Convert = Self>;
}

/// A native type of PyO3 that convert-core has as well.
///
/// # Safety
/// As for [`Twin`].
pub unsafe trait Pyo3Twin: 'static {
    /// convert-core's type for the same class.
    type Convert: Twin<Pyo3 = Self>;
}

macro_rules! twins {
    ($($name:ident in $module:ident),* $(,)?) => { $(
        // SAFETY: both are instances of the one class or of its subclasses, by CPython's own check
        // or an `isinstance`.
        unsafe impl Twin for convert_core::$module::$name {
            type Pyo3 = pyo3::$module::$name;
        }

        // SAFETY: both are instances of the one class or of its subclasses, by CPython's own check
        // or an `isinstance`.
        unsafe impl Pyo3Twin for pyo3::$module::$name {
            type Convert = convert_core::$module::$name;
        }
    )* };
}

twins! {
    PyAny in types, PyBaseException in exceptions, PyBool in types, PyByteArray in types,
    PyBytes in types, PyCFunction in types, PyComplex in types, PyDict in types, PyFloat in types,
    PyFrozenSet in types, PyInt in types, PyIterator in types, PyList in types, PyMapping in types,
    PyMemoryView in types, PyModule in types, PyNone in types, PyRange in types,
    PySequence in types, PySet in types, PySlice in types, PyString in types, PyTuple in types,
    PyType in types,
}

// Under the stable ABI PyO3 asks the module `datetime`, in which other classes may have been put.
#[cfg(not(Py_LIMITED_API))]
twins! {
    PyDate in types, PyDateTime in types, PyDelta in types, PyTime in types, PyTzInfo in types,
}
