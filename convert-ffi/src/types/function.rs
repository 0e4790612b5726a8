//! [`PyCFunction`]: functions that are not written in Python.

use super::native_type;

native_type! {
    /// A Python object for a native function: `len`, or one made by `wrap_pyfunction!`.
    PyCFunction, "builtin_function_or_method", PyCFunction_Type, pyo3_ffi::PyCFunction_Check,
    pyo3_ffi::PyCFunction_CheckExact
}
