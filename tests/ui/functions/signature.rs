//! Signatures that are no signatures, or not the function's.

use convert_core::prelude::*;

#[pyfunction(signature = (a, b))]
fn missing_here(a: i64) -> i64 {
    a
}

#[pyfunction(signature = (a))]
fn missing_there(a: i64, b: i64, c: i64) -> i64 {
    a + b + c
}

#[pyfunction(signature = (a, a))]
fn twice(a: i64) -> i64 {
    a
}

#[pyfunction(signature = (a = 1, b, /, c, *, d = 2, e))]
fn default_first(a: i64, b: i64, c: i64, d: i64, e: i64) -> i64 {
    a + b + c + d + e
}

#[pyfunction(signature = (/, a, *, *args, **kwargs, b))]
fn order(a: i64, args: Vec<i64>, kwargs: Py<PyDict>, b: i64) -> i64 {
    let _ = kwargs;
    a + b + args.len() as i64
}

#[pyfunction(signature = (a, *, b, /))]
fn slash_last(a: i64, b: i64) -> i64 {
    a + b
}

#[pyfunction(signature = a)]
fn no_parentheses(a: i64) -> i64 {
    a
}

#[pyfunction(signature = (a + b))]
fn no_names(a: i64, b: i64) -> i64 {
    a + b
}

#[pyfunction(signature = (**kwargs, **others))]
fn two_of_them(kwargs: Py<PyDict>, others: Py<PyDict>) -> usize {
    let _ = (kwargs, others);
    2
}

#[pyfunction(signature = (a = Default::default(), b = "text"))]
fn which_default(a: Option<i64>, b: Option<String>) -> i64 {
    let _ = b;
    a.unwrap_or_default()
}

fn main() {}
