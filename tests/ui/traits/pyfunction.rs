//! Arguments and results that Python does not know.

use convert_core::prelude::*;

struct Opaque;

#[pyfunction]
fn takes(a: Opaque, b: Vec<Opaque>) -> usize {
    let _ = a;
    b.len()
}

#[pyfunction]
fn gives() -> Opaque {
    Opaque
}

#[pyfunction]
fn fails() -> Result<i64, Opaque> {
    Err(Opaque)
}

#[pymodule]
mod constants {
    const OPAQUE: super::Opaque = super::Opaque;
}

fn main() {}
