//! Functions and modules in Rust that Python calls.

pub mod arguments;
pub mod modules;
pub mod panics;
pub mod results;
pub mod signatures;
pub mod threads;

use convert_core::prelude::*;
use convert_tests::namespace;

/// Runs statements that see the functions by their names.
///
/// # Panics
/// Where they raise.
fn run(functions: &[Bound<'_, PyCFunction>], code: &str) {
    let Some(function) = functions.first() else { panic!("no functions") };
    let py = function.py();
    let names = namespace(py, "");
    for function in functions {
        PyAnyMethods::set_item(names.as_any(), function.getattr("__name__").unwrap(), function)
            .unwrap();
    }
    let code = std::ffi::CString::new(code).unwrap();
    if let Err(error) = py.run(&code, Some(&names), None) {
        error.print(py);
        panic!("the Python code above raised");
    }
}
