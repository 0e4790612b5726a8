//! Arguments: what they may be, and what is said where they are wrong.

use std::collections::HashMap;

use convert_core::prelude::*;
use convert_core::{Segment, Strict};
use convert_tests::eval;

convert_tests::tests! {
    any_type_that_is_read,
    borrowed_from_the_caller,
    objects_themselves,
    lifetimes_with_a_name,
    of_exactly_its_own_type,
    read_by_a_function,
    the_module,
    wrong_arguments_say_which,
    wrong_arguments_as_python_sees_them,
    exceptions_of_arguments_arrive_untouched,
    arguments_outlive_what_they_do,
    the_first_wrong_argument_decides,
}

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be read")]
struct Point {
    x: i64,
    y: Option<f64>,
}

#[pyfunction]
fn total(numbers: Vec<f64>, by_name: HashMap<String, i64>, point: Point) -> f64 {
    numbers.iter().sum::<f64>() + by_name.values().sum::<i64>() as f64 + point.x as f64
}

fn any_type_that_is_read() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(total, py).unwrap();
        super::run(
            &[function],
            "
import types
assert total([1, 2.5], {'a': 3}, {'x': 4, 'y': None}) == 10.5
assert total((), {}, types.SimpleNamespace(x=1, y=2)) == 1.0
",
        );
    });
}

#[cfg(any(not(Py_LIMITED_API), Py_3_10))]
#[pyfunction]
fn lengths(text: &str, bytes: &[u8], pair: (&str, &str), maybe: Option<&str>) -> [usize; 4] {
    [text.len(), bytes.len(), pair.0.len() + pair.1.len(), maybe.map_or(0, str::len)]
}

fn borrowed_from_the_caller() {
    #[cfg(any(not(Py_LIMITED_API), Py_3_10))]
    Python::attach(|py| {
        let function = wrap_pyfunction!(lengths, py).unwrap();
        super::run(
            &[function],
            "
assert lengths('été', b'ab', ('a', 'bc'), 'four') == [5, 2, 3, 4]
assert lengths(maybe=None, text='', bytes=b'', pair=('', '')) == [0, 0, 0, 0]
",
        );
    });
}

#[pyfunction(signature = (any, dict, list = None, *, kept, args = None))]
#[allow(clippy::type_complexity, reason = "all that was given")]
fn objects<'py>(
    any: &Bound<'py, PyAny>,
    dict: &Bound<'py, PyDict>,
    list: Option<&Bound<'py, PyList>>,
    py: Python<'py>,
    kept: Py<PyAny>,
    args: Option<Bound<'py, PyTuple>>,
) -> PyResult<((String, usize, usize), Py<PyAny>, Option<Bound<'py, PyTuple>>)> {
    assert!(py.none().is_none());
    let list = list.map_or(0, |list| list.len());
    Ok(((any.type_name(), dict.len(), list), kept, args))
}

#[pyfunction(signature = (*args, **kwargs))]
fn gathered<'py>(
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> (Bound<'py, PyTuple>, Option<Bound<'py, PyDict>>) {
    (args.clone(), kwargs.cloned())
}

fn objects_themselves() {
    Python::attach(|py| {
        let functions = [wrap_pyfunction!(objects, py), wrap_pyfunction!(gathered, py)];
        super::run(
            &functions.map(Result::unwrap),
            "
thing = object()
assert objects(1.5, {'a': 1}, kept=thing) == (('float', 1, 0), thing, None)
assert objects(dict={}, any=None, list=[1, 2], kept=thing, args=(1,)) == (
    ('None', 0, 2), thing, (1,))
try: objects(1, {}, (), kept=1)
except TypeError as error:
    assert str(error) == \"objects() argument 'list': expected list | None, got tuple\", error
assert gathered() == ((), None)
assert gathered(1, *'ab', x=2) == ((1, 'a', 'b'), {'x': 2})
given = {'x': 1}
gathered(**given)[1]['x'] = 2
assert given == {'x': 1}
",
        );
    });
}

#[pyfunction(signature = (object, other = None, listed = Vec::new()))]
fn one_lifetime<'py>(
    py: Python<'py>,
    object: &'py Bound<'py, PyAny>,
    other: Option<&'py Bound<'py, PyAny>>,
    listed: Vec<Bound<'py, PyAny>>,
) -> (&'py Bound<'py, PyAny>, Bound<'py, PyAny>, usize) {
    (object, other.cloned().unwrap_or_else(|| py.none().to_any().to_owned()), listed.len())
}

#[cfg(any(not(Py_LIMITED_API), Py_3_10))]
#[pyfunction(signature = (text, other = Some("other"), pair = None))]
#[allow(clippy::type_complexity, reason = "all that was given")]
fn borrowed_for<'a, 'py>(
    text: &'py str,
    other: Option<&'a str>,
    pair: Option<(&'a str, Bound<'py, PyAny>)>,
) -> (&'py str, Option<&'a str>, Option<(&'a str, Bound<'py, PyAny>)>) {
    (text, other, pair)
}

fn lifetimes_with_a_name() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(one_lifetime, py).unwrap();
        super::run(
            &[function],
            "
thing = object()
assert one_lifetime(thing) == (thing, None, 0)
assert one_lifetime(1, thing, [2]) == (1, thing, 1)
",
        );
        #[cfg(any(not(Py_LIMITED_API), Py_3_10))]
        super::run(
            &[wrap_pyfunction!(borrowed_for, py).unwrap()],
            "
assert borrowed_for('text') == ('text', 'other', None)
assert borrowed_for('text', None, ('a', 1)) == ('text', None, ('a', 1))
",
        );
    });
}

#[pyfunction]
fn exact(#[py(strict)] whole: i64, wrapped: Strict<f64>, any: f64) -> f64 {
    whole as f64 + *wrapped + any
}

fn of_exactly_its_own_type() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(exact, py).unwrap();
        super::run(
            &[function],
            "
assert exact(1, 2.0, 3) == 6.0
for args, name in [((True, 2.0, 3), 'whole'), ((1, 2, 3), 'wrapped')]:
    try: exact(*args)
    except TypeError as error: assert f\"argument '{name}': expected\" in str(error), error
    else: raise AssertionError(args)
",
        );
    });
}

mod hex {
    use convert_core::prelude::*;

    pub fn from_py(object: &Bound<'_, PyAny>) -> PyResult<u64> {
        Ok(u64::from_str_radix(&object.extract::<String>()?, 16)?)
    }
}

fn doubled(object: &Bound<'_, PyAny>) -> Result<i64, ConversionError> {
    Ok(2 * object.extract::<i64>()?)
}

#[pyfunction(signature = (a, b = 7))]
fn converted(#[py(with = "hex")] a: u64, #[pyo3(from_py_with = doubled)] b: i64) -> (u64, i64) {
    (a, b)
}

fn read_by_a_function() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(converted, py).unwrap();
        super::run(
            &[function],
            "
assert converted('ff') == (255, 7)
assert converted('10', 4) == (16, 8)
for args, error, text in [
    (('xy',), ValueError, 'invalid digit'),
    (('1', 'x'), TypeError, \"converted() argument 'b': expected int, got str\"),
]:
    try: converted(*args)
    except error as raised: assert text in str(raised), raised
    else: raise AssertionError(args)
",
        );
    });
}

#[pyfunction(pass_module, signature = (key = "__name__".to_owned()))]
fn of_module(module: &Bound<'_, PyModule>, key: String) -> PyResult<String> {
    Ok(module.getattr(key)?.to_string())
}

fn the_module() {
    Python::attach(|py| {
        let module = PyModule::new(py, "home").unwrap();
        module.add_function(wrap_pyfunction!(of_module, &module).unwrap()).unwrap();
        module.add("colour", "green").unwrap();
        let names = convert_tests::namespace(py, "");
        PyAnyMethods::set_item(names.as_any(), "home", &module).unwrap();
        py.run(
            c"
assert home.of_module() == 'home' and home.of_module('colour') == 'green'
assert home.of_module.__module__ == 'home' and home.of_module.__self__ is home
",
            Some(&names),
            None,
        )
        .unwrap();
        let stray = wrap_pyfunction!(of_module, py).unwrap();
        let error = stray.call0().unwrap_err();
        assert_eq!(
            error.to_string(),
            "RuntimeError: the function is in no module; make it with one"
        );
    });
}

#[pyfunction(signature = (a, b, *rest, **named))]
#[allow(unused_variables, reason = "only their errors are looked at")]
fn add(a: i64, b: Vec<Point>, rest: Vec<u8>, named: HashMap<String, bool>) {}

fn wrong_arguments_say_which() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(add, py).unwrap();
        for (call, message) in [
            ("f('1', [])", "TypeError: add() argument 'a': expected int, got str"),
            (
                "f(2**70, [])",
                "OverflowError: add() argument 'a': expected int in -9223372036854775808..=9223372036854775807, got 1180591620717411303424",
            ),
            (
                "f(1, [{'x': 1, 'y': 2}, {'x': 'no', 'y': 1}])",
                "TypeError: add() argument 'b': [1].x: expected int, got str",
            ),
            (
                "f(1, [{'x': 'no'}, 5])",
                "TypeError: add() argument 'b': 3 errors\n  [0].x: expected int, got str\n  [0].y: key is missing, expected float | None\n  [1]: expected Point, got int",
            ),
            (
                "f(1, [], 1, -2)",
                "OverflowError: add() argument 'rest': [1]: expected int in 0..=255, got -2",
            ),
            (
                "f(1, [], x=True, y=0)",
                "TypeError: add() argument 'named': [\"y\"]: expected bool, got int",
            ),
        ] {
            let names = convert_tests::namespace(py, "");
            PyAnyMethods::set_item(names.as_any(), "f", &function).unwrap();
            let call = std::ffi::CString::new(call).unwrap();
            let error = py.eval(&call, Some(&names), None).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    });
}

fn wrong_arguments_as_python_sees_them() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(add, py).unwrap();
        super::run(
            &[function],
            "
import copy, pickle
try: add(1, [{'x': 'no', 'y': 1}, {'x': 1, 'y': 'no'}])
except TypeError as error:
    assert error.loc == ('b', 0, 'x'), error.loc
    assert [e['loc'] for e in error.errors] == [('b', 0, 'x'), ('b', 1, 'y')]
    assert [e['msg'] for e in error.errors] == ['expected int, got str', 'expected float | None, got str']
    assert type(pickle.loads(pickle.dumps(error))) is TypeError
    assert str(copy.copy(error)) == str(error)
else: raise AssertionError('not raised')
try: add('1', [])
except TypeError as error:
    assert error.loc == ('a',) and error.args == (\"add() argument 'a': expected int, got str\",)
    assert error.errors == [{'loc': ('a',), 'msg': 'expected int, got str', 'type': 'TypeError'}]
else: raise AssertionError('not raised')
",
        );
    });
}

fn exceptions_of_arguments_arrive_untouched() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(add, py).unwrap();
        super::run(
            &[function],
            "
class Broken:
    def __index__(self): raise ZeroDivisionError('mine')
for call, note in [
    (lambda: add(Broken(), []), \"in add() argument 'a'\"),
    (lambda: add(1, [], 1, Broken()), \"in add() argument 'rest': [1]\"),
]:
    try: call()
    except ZeroDivisionError as error:
        assert error.args == ('mine',) and error.__notes__ == [note], error.__notes__
    else: raise AssertionError('not raised')
",
        );
    });
}

#[pyfunction]
fn keeps(first: &Bound<'_, PyAny>, run: &Bound<'_, PyAny>, text: PyBackedStr) -> PyResult<String> {
    run.call0()?;
    Ok(format!("{first} {}", &*text))
}
use convert_core::types::PyBackedStr;

fn arguments_outlive_what_they_do() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(keeps, py).unwrap();
        super::run(
            &[function],
            "
import gc
box = [['kept'], 'te' + str(1)]
def clear():
    box.clear()
    gc.collect()
assert keeps(box[0], clear, box[1]) == \"['kept'] te1\"
given = {'first': ['kept'], 'text': 'x' * 3}
def clear():
    given.clear()
    gc.collect()
assert keeps(run=clear, **given) == \"['kept'] xxx\"
",
        );
    });
}

#[pyfunction]
#[allow(unused_variables, reason = "never called with the right ones")]
fn both(a: i64, b: i64) {}

fn the_first_wrong_argument_decides() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(both, py).unwrap();
        let error = function.call1(("x", "y")).unwrap_err();
        assert_eq!(error.to_string(), "TypeError: both() argument 'a': expected int, got str");
        // The conversion of what a Python object holds is told of in the same way, without a call.
        let error = eval(py, "'x'").extract::<i64>().unwrap_err();
        assert_eq!(error.inside(Segment::index(1)).to_string(), "[1]: expected int, got str");
    });
}
