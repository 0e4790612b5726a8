//! Words that are not known, or given what they do not take.

use convert_core::prelude::*;

#[pyfunction(nam = "x", text_signature = 3, pass_module = true)]
fn unknown(a: i64) -> i64 {
    a
}

#[pyfunction(name = "x")]
#[py(name = "y")]
fn twice(a: i64) -> i64 {
    a
}

#[pyfunction]
#[pyo3(warn(text = "slow"), rename = "x")]
fn warned(a: i64) -> i64 {
    a
}

#[pyfunction(pass_module)]
fn no_module() -> i64 {
    1
}

#[pyfunction]
fn arguments(#[py(strct)] a: i64, #[py(strict, from_py_with = read)] b: i64) -> i64 {
    a + b
}

fn read(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    Ok(object.extract()?)
}

fn main() {}
