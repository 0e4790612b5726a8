//! The smallest module of use: how large it is.

use pyo3::prelude::*;

#[pymodule]
mod hello_pyo3 {
    use pyo3::prelude::*;

    #[pyfunction]
    fn hello(name: &str) -> String {
        format!("Hello, {name}!")
    }
}
