//! What the macros write compiles in a crate that allows nothing.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, single_use_lifetimes)]

use convert_core as renamed;
use renamed::prelude::{Bound, FromPyObject, IntoPy, PyDict, PyModule, PyResult, Python};

/// Read and written.
#[derive(FromPyObject, IntoPy)]
#[py(crate = "renamed")]
pub struct Point {
    /// To the right.
    pub x: i64,
}

/// Within a function.
pub fn local(py: Python<'_>) -> PyResult<()> {
    #[renamed::pyfunction(crate = "renamed")]
    fn inside(r#type: i64) -> i64 {
        r#type
    }

    renamed::wrap_pyfunction!(inside, py).map(drop)
}

/// A module.
#[renamed::pymodule(crate = "renamed")]
pub mod shop {
    use super::*;

    /// A constant.
    pub const LIMIT: u32 = 7;

    /// A function.
    #[renamed::pyfunction(crate = "renamed", signature = (point, /, *rest, factor = 1, **named))]
    pub fn far<'py>(
        py: Python<'py>,
        point: Point,
        rest: Vec<i64>,
        factor: i64,
        named: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let _ = (point.x, rest, factor);
        Ok(named.map_or_else(|| PyDict::new(py), |named| Ok(named.clone()))?)
    }
}

/// Another one.
#[renamed::pymodule]
#[py(crate = "renamed", name = "other_shop")]
pub fn other(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_object("none", &module.py().none().to_any())
}

fn main() {}
