//! Every kind of Python value, converted to every type: what comes of it is what Python itself, or a
//! stated rule, says (`src/sample.py`, `src/oracle.py`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use convert_core::PyOnceLock;
use convert_core::prelude::*;
use convert_tests::namespace;

convert_tests::tests! {
    numbers,
    text_and_bytes,
    sequences,
    tuples,
    maps,
    options_boxes_and_objects,
    derived_structs,
}

/// Converts an object to a Rust type, and back.
type ThereAndBack = for<'py> fn(&Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>, ConversionError>;

/// Conversions to these types, by their names.
macro_rules! conversions {
    ($($(#[$meta:meta])* $type:ty),* $(,)?) => {
        &[$($(#[$meta])* (stringify!($type), |object| {
            let value = object.extract::<$type>()?;
            Ok(value.into_py(object.py()).expect("what was read can be written").into_any())
        })),*]
    };
}

fn numbers() {
    check(conversions![
        i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64, bool
    ]);
}

fn text_and_bytes() {
    check(conversions![
        char,
        String,
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        &str,
        Cow<'_, str>,
        Box<str>,
        Rc<str>,
        Arc<str>,
        &[u8],
        Cow<'_, [u8]>,
        Vec<u8>,
        [u8; 3],
    ]);
}

fn sequences() {
    check(conversions![
        Vec<i64>,
        Vec<u16>,
        Vec<i128>,
        Vec<f64>,
        Vec<f32>,
        Vec<bool>,
        Vec<String>,
        Vec<Vec<i64>>,
        Vec<Vec<u8>>,
        Vec<Option<i64>>,
        Vec<(i64, f64)>,
        [i64; 2],
        [String; 1],
    ]);
}

fn tuples() {
    check(conversions![(), (i64, String), (f64, Vec<i64>), (Py<PyAny>,)]);
}

fn maps() {
    check(conversions![
        HashMap<String, i64>,
        HashMap<i64, Py<PyAny>>,
        HashMap<bool, f64>,
        BTreeMap<String, Vec<i64>>,
        BTreeMap<i64, Option<String>>,
    ]);
}

fn options_boxes_and_objects() {
    check(conversions![
        Option<i64>,
        Option<String>,
        Option<Vec<f64>>,
        Option<HashMap<i64, i64>>,
        Box<f64>,
        Bound<'_, PyAny>,
        Bound<'_, PyInt>,
        Bound<'_, PyString>,
        Bound<'_, PyList>,
        Py<PyDict>,
        Py<PyTuple>,
    ]);
}

/// What numbers of all kinds have as attributes.
#[derive(FromPyObject, IntoPy)]
struct Complex {
    real: f64,
    #[py(default)]
    imag: f64,
}

#[derive(FromPyObject, IntoPy)]
struct ByKey {
    #[py(item)]
    real: Option<f64>,
    #[py(item, default = 7)]
    imag: i64,
}

#[derive(FromPyObject, IntoPy)]
struct Pair(f64, f64);

#[derive(FromPyObject, IntoPy)]
struct Id(u32);

#[derive(FromPyObject, IntoPy)]
struct Tree {
    children: Vec<Tree>,
}

#[derive(FromPyObject, IntoPy)]
struct Chain {
    next: Option<Box<Chain>>,
}

fn derived_structs() {
    check(conversions![Complex, ByKey, Pair, Id, Tree, Chain]);
}

/// The names that both Python files define.
fn names(py: Python<'_>) -> &Bound<'_, PyDict> {
    static NAMES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let code = concat!(include_str!("../../src/sample.py"), include_str!("../../src/oracle.py"));
    NAMES.get_or_init(py, || namespace(py, code).unbind()).bind(py)
}

/// Asserts that converting each value of the sample gives what the oracle says.
fn check(conversions: &[(&str, ThereAndBack)]) {
    Python::attach(|py| {
        let name = |name| PyDictMethods::get_item(names(py), name).unwrap().unwrap();
        let sample: Vec<(String, Bound<'_, PyAny>)> = name("SAMPLE")
            .call_method0("items")
            .unwrap()
            .try_iter()
            .unwrap()
            .map(|entry| entry.unwrap().extract().unwrap())
            .collect();
        let case = Case {
            outcome: name("outcome"),
            is_as_expected: name("is_as_expected"),
            count: py.import("sys").unwrap().getattr("getrefcount").unwrap(),
        };
        let mut problems = Vec::new();
        for &(rust_type, convert) in conversions {
            for (expression, make) in &sample {
                if let Err(problem) = case.check(make, rust_type, convert) {
                    problems.push(format!("{rust_type} from {expression}: {problem}"));
                }
            }
        }
        let count = problems.len();
        problems.truncate(50);
        assert!(count == 0, "{count} conversions went wrong:\n{}", problems.join("\n"));
    });
}

/// Python functions that judge.
struct Case<'py> {
    outcome: Bound<'py, PyAny>,
    is_as_expected: Bound<'py, PyAny>,
    count: Bound<'py, PyAny>,
}

impl<'py> Case<'py> {
    /// Converts one value; the error says what went wrong.
    fn check(
        &self,
        make: &Bound<'py, PyAny>,
        rust_type: &str,
        convert: ThereAndBack,
    ) -> Result<(), String> {
        let object = make.call0().expect("the value can be made");
        let before = self.refcount(&object);
        let result = convert(&object);
        if let Some(error) = PyErr::take(object.py()) {
            return Err(format!("{error} is left behind"));
        }
        let outcome = self.outcome.call1((make, rust_type)).expect("the oracle answers");
        let (kind, expected, change): (String, Bound<'_, PyAny>, i64) = outcome.extract().unwrap();
        drop(outcome);
        match result {
            Ok(made) => {
                if kind != "ok" {
                    return Err(format!("{made:?}, not an error, {expected}"));
                }
                let again = convert(&made)
                    .map_err(|error| format!("{made:?} cannot be read again: {error}"))?;
                for made in [made, again] {
                    if !self.is_as_expected(&expected, &made, &object) {
                        return Err(format!("{made:?}, not {expected:?}"));
                    }
                }
            }
            Err(error) => {
                let message = error.to_string();
                let class = PyErr::from(error).get_type(object.py()).type_display_name();
                if kind != "error" || !expected.eq(&class).unwrap() {
                    return Err(format!("{class} ({message}), not {kind} {expected:?}"));
                }
            }
        }
        let counted = self.refcount(&object) - before;
        // Shared objects, as small ints, are used by other threads too.
        if counted != change && !make.call0().unwrap().is(&object) {
            return Err(format!("{counted} references more, not {change}"));
        }
        Ok(())
    }

    fn is_as_expected(
        &self,
        expected: &Bound<'py, PyAny>,
        made: &Bound<'py, PyAny>,
        object: &Bound<'py, PyAny>,
    ) -> bool {
        let answer = self.is_as_expected.call1((expected, made, object));
        answer.and_then(|answer| Ok(answer.extract()?)).expect("the oracle answers")
    }

    fn refcount(&self, object: &Bound<'py, PyAny>) -> i64 {
        let count = self.count.call1((object,));
        count.and_then(|count| Ok(count.extract()?)).expect("every object has a count")
    }
}
