//! What no function that Python calls can be.

use convert_core::prelude::*;

#[pyfunction]
async fn later() -> i64 {
    1
}

#[pyfunction]
fn generic<T: Clone, const N: usize>(a: T) -> T {
    a
}

#[pyfunction]
fn any(a: impl Iterator<Item = i64>) -> i64 {
    a.sum()
}

#[pyfunction]
unsafe fn dangerous(a: i64) -> i64 {
    a
}

#[pyfunction]
fn unnamed(_: i64, (a, b): (i64, i64)) -> i64 {
    a + b
}

#[pyfunction]
fn conditional(#[cfg(unix)] a: i64, b: i64) -> i64 {
    a + b
}

struct Class;

impl Class {
    #[pyfunction]
    fn method(&self) -> i64 {
        1
    }
}

#[pyfunction]
struct NoFunction;

#[pyfunction]
#[doc = "one\0two"]
fn nul() {}

fn main() {}
