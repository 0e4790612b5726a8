//! A module without anything: what it takes to import it.

use pyo3::prelude::*;

#[pymodule]
mod empty_pyo3 {}
