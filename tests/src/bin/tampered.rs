//! Raises errors of conversions after Python code has tampered with their classes.

use convert_core::exceptions::PyTypeError;
use convert_core::prelude::*;
use convert_tests::{eval, namespace};

/// An error with a path, as Python sees it.
fn raise(py: Python<'_>) -> PyErr {
    PyErr::from(eval(py, "['x']").extract::<Vec<i64>>().unwrap_err())
}

fn main() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import gc
def look(e):
    'Has garbage ask for the error while it is being described, and would give it another class.'
    class Cycle:
        def __init__(self): self.me = self
        def __del__(self): assert e.errors
    gc.set_threshold(1)
    for _ in range(50):
        Cycle()
        assert e.loc == (0,) and len(e.errors) == 1
    gc.set_threshold(700)
    assert e.loc == (0,)
def change(e, other):
    'The classes have no subclasses; one may take the place of another, with what it tells.'
    try: type('Sub', (type(e),), {})
    except TypeError: pass
    else: raise AssertionError('a subclass')
    try: e.__class__ = type(other)
    except TypeError: pass
    assert e.loc == (0,) and other.loc == (1,)
def tamper(e, new): type(e).__new__ = new
plain = lambda cls, *args: TypeError(*args)
number = lambda cls, *args: 5
kept = []
def same(cls, *args):
    if not kept: kept.append(TypeError.__new__(cls, *args))
    return kept[0]
",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        get("look").call1((raise(py).value(py),)).unwrap();
        let mut other = PyErr::from(eval(py, "[1, 2**70]").extract::<Vec<i64>>().unwrap_err());
        get("change").call1((raise(py).value(py), other.value(py))).unwrap();
        let first = raise(py).value(py);
        for new in ["plain", "number", "same", "same"] {
            get("tamper").call1((&first, get(new))).unwrap();
            for _ in 0..3 {
                let mut error = raise(py);
                assert!(error.value(py).is_instance_of::<PyTypeError>());
                error.restore(py);
                assert!(PyErr::take(py).unwrap().is_instance_of::<PyTypeError>(py));
            }
        }
    });
}
