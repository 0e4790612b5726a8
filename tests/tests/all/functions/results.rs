//! What functions return, and the errors of others as exceptions.

use std::error::Error;
use std::io;

use convert_core::exceptions::*;
use convert_core::prelude::*;

convert_tests::tests! {
    values,
    nothing_is_none,
    errors_of_std,
    errors_of_input_and_output,
    errors_that_hold_an_exception,
    errors_of_ones_own,
    errors_with_their_causes,
    results_that_cannot_be_converted,
    raised_while_another_is_handled,
    exceptions_of_ones_own,
    exceptions_that_are_imported,
    a_class_that_cannot_be_imported,
}

#[derive(IntoPy)]
struct Answer {
    value: i64,
    near: Vec<f64>,
}

#[pyfunction]
fn answer(ok: bool) -> Result<Option<Answer>, ConversionError> {
    Ok(ok.then(|| Answer { value: 42, near: vec![41.5, 42.5] }))
}

fn values() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(answer, py).unwrap();
        super::run(
            &[function],
            "
assert answer(True) == {'value': 42, 'near': [41.5, 42.5]}
assert answer(False) is None
",
        );
    });
}

#[pyfunction]
fn unit() {}

#[pyfunction]
fn unit_result() -> io::Result<()> {
    Ok(())
}

#[pyfunction]
fn units() -> (i64, ()) {
    (1, ())
}

fn nothing_is_none() {
    Python::attach(|py| {
        let functions = [
            wrap_pyfunction!(unit, py),
            wrap_pyfunction!(unit_result, py),
            wrap_pyfunction!(units, py),
        ];
        super::run(
            &functions.map(Result::unwrap),
            "assert unit() is None and unit_result() is None and units() == (1, ())",
        );
    });
}

#[pyfunction]
fn parsed(kind: String, text: String) -> PyResult<String> {
    Ok(match kind.as_str() {
        "int" => text.parse::<i64>()?.to_string(),
        "float" => text.parse::<f64>()?.to_string(),
        "bool" => text.parse::<bool>()?.to_string(),
        "char" => text.parse::<char>()?.to_string(),
        "narrow" => u8::try_from(text.parse::<i64>()?)?.to_string(),
        "utf8" => std::str::from_utf8(text.as_bytes().get(1..).unwrap_or_default())?.to_owned(),
        "nul" => format!("{:?}", std::ffi::CString::new(text)?),
        "ip" => text.parse::<std::net::IpAddr>()?.to_string(),
        "box" => Err(Box::<dyn Error + Send + Sync>::from(text))?,
        other => Err(Box::<dyn Error>::from(other))?,
    })
}

fn errors_of_std() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(parsed, py).unwrap();
        super::run(
            &[function],
            "
for kind, text, expected in [
    ('int', 'x', ValueError), ('float', 'x', ValueError), ('bool', 'x', ValueError),
    ('char', 'xy', ValueError), ('narrow', '256', OverflowError), ('utf8', 'é', ValueError),
    ('nul', 'a\\0b', ValueError), ('ip', '1.2.3', ValueError), ('box', 'mine', RuntimeError),
    ('other', '', RuntimeError),
]:
    try: parsed(kind, text)
    except Exception as error: assert type(error) is expected and str(error), (kind, error)
    else: raise AssertionError(kind)
assert parsed('int', '7') == '7'
",
        );
    });
}

#[pyfunction]
fn opened(path: String) -> io::Result<usize> {
    Ok(std::fs::read(path)?.len())
}

fn errors_of_input_and_output() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(opened, py).unwrap();
        super::run(
            &[function],
            "
for path in ['/no such file', '/']:
    try: open(path)
    except OSError as error: expected = type(error)
    try: opened(path)
    except OSError as error: assert type(error) is expected, (error, expected)
    else: raise AssertionError(path)
",
        );
        use io::ErrorKind::*;
        for (kind, class) in [
            (NotFound, "FileNotFoundError"),
            (PermissionDenied, "PermissionError"),
            (TimedOut, "TimeoutError"),
            (ConnectionReset, "ConnectionResetError"),
            (BrokenPipe, "BrokenPipeError"),
            (UnexpectedEof, "OSError"),
        ] {
            let error = PyErr::from(io::Error::new(kind, "why"));
            assert_eq!(error.to_string(), format!("{class}: why"));
        }
    });
}

fn errors_that_hold_an_exception() {
    Python::attach(|py| {
        for error in [
            PyErr::from(io::Error::other(PyKeyError::new_err("k"))),
            PyErr::from(Box::<dyn Error + Send + Sync>::from(PyKeyError::new_err("k"))),
            PyErr::from(Box::<dyn Error>::from(PyKeyError::new_err("k"))),
            PyErr::from(anyhow::Error::from(PyKeyError::new_err("k"))),
            PyErr::from(eyre::Report::from(PyKeyError::new_err("k"))),
        ] {
            assert!(error.is_instance_of::<PyKeyError>(py), "{error}");
        }
    });
}

#[derive(Debug)]
struct SoldOut {
    name: &'static str,
}

impl From<SoldOut> for PyErr {
    fn from(error: SoldOut) -> PyErr {
        PyLookupError::new_err(format!("no more {}", error.name))
    }
}

#[pyfunction]
fn bought() -> Result<i64, SoldOut> {
    Err(SoldOut { name: "apples" })
}

fn errors_of_ones_own() {
    Python::attach(|py| {
        let error = wrap_pyfunction!(bought, py).unwrap().call0().unwrap_err();
        assert_eq!(error.to_string(), "LookupError: no more apples");
    });
}

#[pyfunction]
fn by_anyhow() -> anyhow::Result<i64> {
    use anyhow::Context;
    "x".parse::<i64>().context("while reading the price")
}

#[pyfunction]
fn by_eyre() -> eyre::Result<i64> {
    use eyre::WrapErr;
    "x".parse::<i64>().wrap_err("while reading the price")
}

fn errors_with_their_causes() {
    Python::attach(|py| {
        let text = "RuntimeError: while reading the price: invalid digit found in string";
        for function in [wrap_pyfunction!(by_anyhow, py), wrap_pyfunction!(by_eyre, py)] {
            assert_eq!(function.unwrap().call0().unwrap_err().to_string(), text);
        }
    });
}

#[pyfunction]
fn too_large() -> std::time::Duration {
    std::time::Duration::MAX
}

fn results_that_cannot_be_converted() {
    Python::attach(|py| {
        let error = wrap_pyfunction!(too_large, py).unwrap().call0().unwrap_err();
        assert!(error.is_instance_of::<PyOverflowError>(py), "{error}");
    });
}

#[pyfunction]
fn raising(kind: i64, function: &Bound<'_, PyAny>) -> PyResult<Option<u8>> {
    match kind {
        0 => Err(PyValueError::new_err("new")),
        1 => Err("x".parse::<i64>().unwrap_err().into()),
        2 => Ok(Some(function.extract()?)),
        3 => function.call0().map(|_| None),
        _ => panic!("raised by a panic"),
    }
}

fn raised_while_another_is_handled() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(raising, py).unwrap();
        super::run(
            &[function],
            "
def inner():
    try: [].missing
    except AttributeError: raise KeyError
for args in [(0, 1), (1, 1), (2, ''), (3, inner), (4, 1), ('', 1), ()]:
    try:
        try: 1 / 0
        except ZeroDivisionError as first: handled = first; raising(*args)
    except Exception as error: context = error.__context__
    if args == (3, inner):
        assert type(context) is AttributeError, context
        context = context.__context__
    assert context is handled, (args, context)
try: raising(0, 1)
except ValueError as error: assert error.__context__ is None
",
        );
    });
}

convert_core::create_exception!(shop, ShopError, PyException, "What goes wrong in a shop.");
convert_core::create_exception!(shop, TooDear, ShopError);

#[pyfunction]
fn buy(price: f64) -> PyResult<f64> {
    if price > 10.0 { Err(TooDear::new_err(format!("{price} is too much"))) } else { Ok(price) }
}

fn exceptions_of_ones_own() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(buy, py).unwrap();
        let mut error = function.call1((11.5,)).unwrap_err();
        assert!(error.is_instance_of::<TooDear>(py) && error.is_instance_of::<ShopError>(py));
        assert!(!error.is_instance_of::<PyValueError>(py));
        assert_eq!(error.to_string(), "TooDear: 11.5 is too much");
        let class = error.value(py).get_type();
        assert_eq!(class.to_string(), "<class 'shop.TooDear'>");
        let base = class.getattr("__base__").unwrap();
        assert_eq!(base.getattr("__doc__").unwrap().to_string(), "What goes wrong in a shop.");
        let other = function.call1((12.5,)).unwrap_err();
        assert!(other.get_type(py).is(&class), "the class is made once");
    });
}

convert_core::import_exception!(json, JSONDecodeError);
convert_core::import_exception!(concurrent.futures, CancelledError);

fn exceptions_that_are_imported() {
    Python::attach(|py| {
        let error = py.import("json").unwrap().call_method1("loads", ("[",)).unwrap_err();
        assert!(error.is_instance_of::<JSONDecodeError>(py));
        assert!(!PyValueError::new_err("").is_instance_of::<JSONDecodeError>(py));
        let error = CancelledError::new_err("gone");
        assert_eq!(error.get_type(py).name().unwrap().to_string(), "CancelledError");
    });
}

convert_core::import_exception!(no_such_module, NoSuchError);

fn a_class_that_cannot_be_imported() {
    Python::attach(|py| {
        let mut error = NoSuchError::new_err("never seen");
        assert!(!PyValueError::new_err("").is_instance_of::<NoSuchError>(py));
        assert!(error.is_instance_of::<PyModuleNotFoundError>(py));
        let text = error.value(py).to_string();
        assert!(text.contains("no_such_module"), "{text}");
    });
}
