//! Panics become exceptions, and everything goes on.

use convert_core::PanicException;
use convert_core::exceptions::PyRuntimeError;
use convert_core::prelude::*;

convert_tests::tests! {
    a_panic_is_an_exception,
    payloads_of_any_kind,
    an_exception_that_was_set_before,
    through_rust_python_and_rust,
    in_a_detached_part,
    in_a_conversion,
    recursion_without_end,
}

#[pyfunction(signature = (how = String::new()))]
fn fails(how: String) -> i64 {
    match how.as_str() {
        "index" => [1, 2, 3][how.len()],
        "unwrap" => how.find("Ada").unwrap() as i64,
        "number" => std::panic::panic_any(7),
        "hostile" => std::panic::panic_any(Hostile),
        "unwind" => {
            let caught = std::panic::catch_unwind(|| panic!("another one"));
            assert!(caught.is_err());
            std::panic::resume_unwind(Box::new("unwound"))
        }
        "recycled" => {
            let caught = std::panic::catch_unwind(|| panic!("{}", "a".repeat(100)));
            drop(caught.unwrap_err());
            // As long, and most likely where the other one was.
            std::panic::resume_unwind(Box::new("b".repeat(100)))
        }
        "" => 1,
        text => panic!("so says {text}"),
    }
}

struct Hostile;

impl Drop for Hostile {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("dropped");
        }
    }
}

fn a_panic_is_an_exception() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(fails, py).unwrap();
        super::run(
            &[function],
            "
for how, text in [
    ('Ada', 'so says Ada'), ('unwrap', '`Option::unwrap()` on a `None` value'),
    ('index', 'index out of bounds'),
]:
    try: fails(how)
    except Exception as error:
        assert type(error).__name__ == 'PanicException' and isinstance(error, RuntimeError)
        message = str(error)
        assert text in message and 'panics.rs:' in message, message
    else: raise AssertionError(how)
    assert fails() == 1
",
        );
        let error = wrap_pyfunction!(fails, py).unwrap().call1(("x",)).unwrap_err();
        assert!(
            error.is_instance_of::<PanicException>(py)
                && error.is_instance_of::<PyRuntimeError>(py)
        );
    });
}

fn payloads_of_any_kind() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(fails, py).unwrap();
        for (how, text) in [
            ("number", "a panic without a message"),
            ("hostile", "a panic without a message"),
            ("unwind", "unwound"),
        ] {
            let error = function.call1((how,)).unwrap_err().to_string();
            assert!(error.contains(text), "{error}");
        }
        // Its place is not known; that of a panic that was caught before is another's.
        let error = function.call1(("unwind",)).unwrap_err();
        assert_eq!(error.to_string(), "PanicException: unwound");
        let error = function.call1(("recycled",)).unwrap_err();
        assert_eq!(error.to_string(), format!("PanicException: {}", "b".repeat(100)));
        assert_eq!(function.call0().unwrap().extract::<i64>().unwrap(), 1);
    });
}

#[pyfunction]
fn sets_and_panics(py: Python<'_>) {
    PyRuntimeError::new_err("set before").restore(py);
    panic!("after");
}

fn an_exception_that_was_set_before() {
    Python::attach(|py| {
        let error = wrap_pyfunction!(sets_and_panics, py).unwrap().call0().unwrap_err();
        assert!(error.to_string().starts_with("PanicException: after"), "{error}");
        assert!(PyErr::take(py).is_none());
    });
}

#[pyfunction]
fn calls(function: &Bound<'_, PyAny>) -> PyResult<String> {
    match function.call0() {
        Ok(value) => Ok(value.to_string()),
        Err(error) if error.is_instance_of::<PanicException>(function.py()) => {
            Ok(format!("caught {error}"))
        }
        Err(error) => Err(error),
    }
}

fn through_rust_python_and_rust() {
    Python::attach(|py| {
        let functions = [wrap_pyfunction!(fails, py), wrap_pyfunction!(calls, py)];
        super::run(
            &functions.map(Result::unwrap),
            "
assert calls(lambda: calls(lambda: fails('deep'))).startswith('caught PanicException: so says deep')
assert calls(fails) == '1'
",
        );
    });
}

#[pyfunction]
fn detached(py: Python<'_>) -> i64 {
    py.detach(|| panic!("while detached"))
}

fn in_a_detached_part() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(detached, py).unwrap();
        for _ in 0..3 {
            let error = function.call0().unwrap_err();
            assert!(error.to_string().contains("while detached"), "{error}");
        }
        assert!(py.none().is_none());
    });
}

mod broken {
    use convert_core::prelude::*;

    pub fn from_py(_: &Bound<'_, PyAny>) -> PyResult<i64> {
        panic!("in a conversion")
    }
}

#[pyfunction]
fn reads(#[py(with = "broken")] value: i64) -> i64 {
    value
}

fn in_a_conversion() {
    Python::attach(|py| {
        let error = wrap_pyfunction!(reads, py).unwrap().call1((1,)).unwrap_err();
        assert!(error.to_string().contains("in a conversion"), "{error}");
    });
}

#[pyfunction]
fn again(function: &Bound<'_, PyAny>) -> PyResult<i64> {
    function.call1((function,))?.extract().map_err(Into::into)
}

fn recursion_without_end() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(again, py).unwrap();
        super::run(
            &[function],
            "
try: again(again)
except RecursionError: pass
else: raise AssertionError('it ended')
try: again(lambda f: again(f))
except RecursionError: pass
else: raise AssertionError('it ended')
",
        );
    });
}
