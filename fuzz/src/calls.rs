//! Calls of Rust functions, compared with those of a Python `def` (`calls.py`).

use std::collections::BTreeMap;

use convert_core::PyOnceLock;
use convert_core::prelude::*;

use crate::{accept, namespace, nothing_is_raised};

#[pyfunction]
fn nothing() {}

#[pyfunction]
fn pair(a: i64, b: i64) -> (i64, i64) {
    (a, b)
}

#[pyfunction(signature = (a, b = 7, c = "none"))]
fn defaults<'a>(a: &'a str, b: u8, c: &'a str) -> (&'a str, u8, &'a str) {
    (a, b, c)
}

#[pyfunction(signature = (a, b = 0.5, /))]
fn positional(a: Vec<i64>, b: f64) -> (Vec<i64>, f64) {
    (a, b)
}

#[pyfunction(signature = (*, a, b = None))]
fn keywords(a: (f64, f64), b: Option<i64>) -> ((f64, f64), Option<i64>) {
    (a, b)
}

#[pyfunction(signature = (a, *args))]
fn rest(a: i64, args: Vec<u16>) -> (i64, Vec<u16>) {
    (a, args)
}

type Named = BTreeMap<String, i64>;

#[pyfunction(signature = (a, /, **kwargs))]
fn named(a: Option<String>, kwargs: Named) -> (Option<String>, Named) {
    (a, kwargs)
}

type Everything = (i64, i64, Vec<i64>, String, Option<Vec<i64>>, Named);

#[pyfunction(signature = (a, /, b = 1, *args, c, d = None, **kwargs))]
fn everything(
    a: i64,
    b: i64,
    args: Vec<i64>,
    c: String,
    d: Option<Vec<i64>>,
    kwargs: Named,
) -> Everything {
    (a, b, args, c, d, kwargs)
}

/// The functions, in the order of `FUNCTIONS` in `calls.py`.
fn natives(py: Python<'_>) -> PyResult<[Py<PyCFunction>; 8]> {
    Ok([
        wrap_pyfunction!(nothing, py)?.unbind(),
        wrap_pyfunction!(pair, py)?.unbind(),
        wrap_pyfunction!(defaults, py)?.unbind(),
        wrap_pyfunction!(positional, py)?.unbind(),
        wrap_pyfunction!(keywords, py)?.unbind(),
        wrap_pyfunction!(rest, py)?.unbind(),
        wrap_pyfunction!(named, py)?.unbind(),
        wrap_pyfunction!(everything, py)?.unbind(),
    ])
}

/// What `calls.py` defines, and the functions.
pub(crate) fn oracle<'py>(py: Python<'py>) -> &'py (Py<PyDict>, [Py<PyCFunction>; 8]) {
    static ORACLE: PyOnceLock<(Py<PyDict>, [Py<PyCFunction>; 8])> = PyOnceLock::new();
    const CODE: [&str; 3] = [
        include_str!("../python/source.py"),
        include_str!("../python/models.py"),
        include_str!("../python/calls.py"),
    ];
    ORACLE.get_or_init(py, || (namespace(py, &CODE).unbind(), natives(py).expect("memory")))
}

/// The first byte of the input chooses the function, the rest makes the arguments.
pub fn call_arguments(data: &[u8]) {
    let Some((choice, data)) = data.split_first() else { return };
    Python::attach(|py| {
        let (names, natives) = oracle(py);
        let index = usize::from(*choice) % natives.len();
        let class = names.bind(py).as_any().get_item("Call").expect("calls.py defines it");
        let data = PyBytes::new(py, data).expect("memory");
        let call = class.call1((index, data)).expect("arguments");
        let count = || call.call_method0(intern!(py, "count")).expect("a list");
        let about = || {
            let part = |name: &str| call.getattr(name).map(|part| part.to_string());
            format!("function {index}: {:?} {:?}", part("args"), part("kwargs"))
        };
        let before = count();
        accept(call.call_method1(intern!(py, "check"), (&natives[index],)), about);
        nothing_is_raised(py);
        let after = count();
        assert!(after.eq(&before).expect("ints"), "{}: {before:?}, now {after:?}", about());
    });
}
