//! Python objects of every kind, as Python itself says what they are.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde_py::{PyValue, from_object};

convert_tests::tests! {
    as_json_dumps_says,
    kinds_of_objects,
    the_same_for_values,
    dataclasses,
    named_tuples,
    hooks,
    classes_that_come_later,
    numbers_of_other_libraries,
    corpora,
    of_fields_and_arguments,
}

fn dumped(object: &Bound<'_, PyAny>) -> String {
    serde_json::to_string(&PyValue::new(object))
        .unwrap_or_else(|error| panic!("{object:?}: {error}"))
}

/// The JSON of both is the same to Python.
#[track_caller]
fn is_json(object: &Bound<'_, PyAny>, expected: &Bound<'_, PyAny>) {
    let py = object.py();
    let loads = py.import("json").unwrap().getattr("loads").unwrap();
    let own = loads.call1((dumped(object),)).unwrap();
    assert!(own.eq(expected).unwrap(), "{object:?}: {own:?}, not {expected:?}");
}

fn as_json_dumps_says() {
    Python::attach(|py| {
        let json = py.import("json").unwrap();
        for text in [
            "None",
            "True",
            "[]",
            "{}",
            "''",
            "[1, [2, [3]]]",
            "{'a': {'b': [None, False]}}",
            "'é€𐍈\\n'",
            "-2**63",
            "2**64 - 1",
            "0.1",
            "-0.0",
            "1e22",
            "(1, 'two')",
            "[(), ((),)]",
            "{'k' * 5: 'v' * 1000}",
            "list(range(1000))",
        ] {
            let object = eval(py, text);
            let expected =
                json.call_method1("loads", (json.call_method1("dumps", (&object,)).unwrap(),));
            is_json(&object, &expected.unwrap());
        }
    });
}

/// An object, and what stands for it in JSON.
const KINDS: &[(&str, &str)] = &[
    ("{1}", "[1]"),
    ("frozenset({'a'})", "['a']"),
    ("collections.deque([1, 2])", "[1, 2]"),
    ("range(3)", "[0, 1, 2]"),
    ("{'a': 1}.keys()", "['a']"),
    ("{'a': 1}.items()", "[['a', 1]]"),
    ("{'a': 1}.values()", "[1]"),
    ("b'ab'", "[97, 98]"),
    ("bytearray(b'ab')", "[97, 98]"),
    ("memoryview(b'ab')", "[97, 98]"),
    ("collections.OrderedDict(a=1)", "{'a': 1}"),
    ("collections.ChainMap({'a': 1})", "{'a': 1}"),
    ("types.MappingProxyType({'a': 1})", "{'a': 1}"),
    ("collections.namedtuple('P', 'x y')(1, 2)", "[1, 2]"),
    ("type('Text', (str,), {})('x')", "'x'"),
    ("type('Int', (int,), {})(7)", "7"),
    ("type('Float', (float,), {})(0.5)", "0.5"),
    ("type('List', (list,), {})([1])", "[1]"),
    ("enum.Enum('E', {'A': 'a'}).A", "'a'"),
    ("enum.IntEnum('E', {'A': 3}).A", "3"),
    ("datetime.datetime(2020, 1, 2, 3, 4, 5, 6)", "'2020-01-02T03:04:05.000006'"),
    ("datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)", "'2020-01-02T00:00:00+00:00'"),
    ("datetime.date(2020, 1, 2)", "'2020-01-02'"),
    ("datetime.time(3, 4)", "'03:04:00'"),
    ("datetime.timedelta(1, 2, 500000)", "'P1DT2.5S'"),
    ("datetime.timedelta(-1)", "'-P1D'"),
    ("datetime.timedelta()", "'PT0S'"),
    ("decimal.Decimal('1.10')", "'1.10'"),
    ("uuid.UUID(int=1)", "'00000000-0000-0000-0000-000000000001'"),
    ("pathlib.PurePosixPath('/a/b')", "'/a/b'"),
    ("ipaddress.ip_address('::1')", "'::1'"),
];

const IMPORTS: &str =
    "import collections, types, enum, datetime, decimal, uuid, pathlib, ipaddress\n";

fn kinds_of_objects() {
    Python::attach(|py| {
        for (made, expected) in KINDS {
            let object = object(py, &format!("{IMPORTS}x = {made}"));
            is_json(&object, &eval(py, expected));
        }
    });
}

fn the_same_for_values() {
    Python::attach(|py| {
        for (made, expected) in KINDS {
            let object = object(py, &format!("{IMPORTS}x = {made}"));
            // serde_json reads an array as bytes are written, but bytes themselves are not one.
            if dumped(&object).starts_with("[97") {
                continue;
            }
            let value: serde_json::Value = from_object(&object).unwrap();
            is_json(&serde_py::to_object(py, &value).unwrap(), &eval(py, expected));
        }
        let bytes: serde_bytes_like::Bytes = from_object(&eval(py, "bytearray(b'ab')")).unwrap();
        assert_eq!(bytes.0, b"ab");
    });
}

/// A type that asks for bytes.
mod serde_bytes_like {
    use serde::de::{Deserialize, Deserializer, Error, Visitor};

    pub struct Bytes(pub Vec<u8>);

    impl<'de> Deserialize<'de> for Bytes {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Own;
            impl Visitor<'_> for Own {
                type Value = Bytes;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a byte array")
                }
                fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                    Ok(Bytes(bytes.to_vec()))
                }
            }
            deserializer.deserialize_bytes(Own)
        }
    }
}

#[derive(serde::Deserialize, Debug, PartialEq)]
struct Point {
    x: i64,
    y: Vec<f64>,
}

fn dataclasses() {
    Python::attach(|py| {
        // Slots can be asked for since 3.10.
        let slots = if cfg!(Py_3_10) { "slots=True" } else { "" };
        for decorator in ["@dataclass".to_owned(), format!("@dataclass({slots})")] {
            let object = object(
                py,
                &format!(
                    "
from dataclasses import dataclass
{decorator}
class Point:
    x: int
    y: list
x = Point(1, [0.5])"
                ),
            );
            is_json(&object, &eval(py, "{'x': 1, 'y': [0.5]}"));
            assert_eq!(from_object::<Point>(&object).unwrap(), Point { x: 1, y: vec![0.5] });
        }
        assert_eq!(from_object::<Point>(&eval(py, "(1, [])")).unwrap(), Point { x: 1, y: vec![] });
    });
}

fn named_tuples() {
    Python::attach(|py| {
        // In another order than the struct's.
        let object = object(
            py,
            "
from typing import NamedTuple
class Point(NamedTuple):
    y: list
    x: int
x = Point([0.5], 1)",
        );
        assert_eq!(from_object::<Point>(&object).unwrap(), Point { x: 1, y: vec![0.5] });
        assert_eq!(from_object::<(Vec<f64>, i64)>(&object).unwrap(), (vec![0.5], 1));
        is_json(&object, &eval(py, "[[0.5], 1]"));
    });
}

fn hooks() {
    Python::attach(|py| {
        let objects = object(
            py,
            "
class Money:
    def __init__(self, amount): self.amount = amount
    def __serde__(self): return {'amount': self.amount, 'unit': Unit()}
class Unit(str):
    def __serde__(self): return 'EUR'
class Broken:
    def __serde__(self): raise ZeroDivisionError('mine')
class Endless:
    def __serde__(self): return self
x = [Money(1), Broken(), Endless()]",
        );
        let item = |index: usize| objects.get_item(index).unwrap();
        is_json(&item(0), &eval(py, "{'amount': 1, 'unit': 'EUR'}"));
        let error = PyErr::from(from_object::<Vec<serde_json::Value>>(&objects).unwrap_err());
        assert!(error.is_instance_of::<PyZeroDivisionError>(py), "{error}");
        let error = PyErr::from(from_object::<serde_json::Value>(&item(2)).unwrap_err());
        assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
    });
}

/// What a class is, is remembered, but not that it is nothing, and not beyond a change.
fn classes_that_come_later() {
    Python::attach(|py| {
        let names = convert_tests::namespace(py, "class A: pass\nx = A()");
        let object = PyDictMethods::get_item(&names, "x").unwrap().unwrap();
        assert!(from_object::<serde_json::Value>(&object).is_err());
        py.run(c"A.__serde__ = lambda self: 1", Some(&names), None).unwrap();
        for _ in 0..3 {
            assert_eq!(from_object::<i64>(&object).unwrap(), 1);
        }
        py.run(c"A.__serde__ = lambda self: 2", Some(&names), None).unwrap();
        assert_eq!(from_object::<i64>(&object).unwrap(), 2);
        let text = "class T(str): pass\nx = T('a')";
        let names = convert_tests::namespace(py, text);
        let object = PyDictMethods::get_item(&names, "x").unwrap().unwrap();
        for _ in 0..3 {
            assert_eq!(from_object::<String>(&object).unwrap(), "a");
        }
        py.run(c"T.__serde__ = lambda self: 3", Some(&names), None).unwrap();
        assert_eq!(from_object::<i64>(&object).unwrap(), 3);
        // More classes than are remembered.
        for index in 0..1000 {
            let object = self::object(
                py,
                &format!("x = type('T', (), {{'__serde__': lambda self: {index}}})()"),
            );
            assert_eq!(from_object::<i64>(&object).unwrap(), index);
        }
    });
}

/// Objects that say what they are as numpy's do.
fn numbers_of_other_libraries() {
    Python::attach(|py| {
        let made = "
class Array:
    dtype = 'int64'
    def __init__(self, items): self.items = items
    def tolist(self): return self.items
x = [Array([1, 2]), Array(3)]";
        is_json(&object(py, made), &eval(py, "[[1, 2], 3]"));
    });
}

/// Real documents, where they lie beside the project: the same objects and the same JSON as
/// Python's.
fn corpora() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let Ok(files) = std::fs::read_dir(data) else { return };
    for path in files
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        Python::attach(|py| {
            let loaded = py.import("json").unwrap().call_method1("loads", (&text,)).unwrap();
            is_json(&loaded, &loaded);
            let value: serde_json::Value = from_object(&loaded).unwrap();
            assert!(serde_py::to_object(py, &value).unwrap().eq(&loaded).unwrap());
            let mut json = serde_json::Deserializer::from_str(&text);
            let seeded =
                serde::de::DeserializeSeed::deserialize(serde_py::PyObjectSeed::new(py), &mut json);
            assert!(seeded.unwrap().eq(&loaded).unwrap(), "{}", path.display());
        });
    }
}

#[derive(FromPyObject, IntoPy)]
struct Record {
    id: i64,
    #[py(with = "serde_py")]
    value: serde_json::Value,
}

fn of_fields_and_arguments() {
    Python::attach(|py| {
        let made = eval(py, "{'id': 1, 'value': {'a': [1, None]}}");
        let record: Record = made.extract().unwrap();
        assert_eq!(record.value, serde_json::json!({"a": [1, null]}));
        assert!((&record).into_py(py).unwrap().eq(&made).unwrap());
        let wrong = eval(py, "{'id': 1, 'value': {'a': [1, object()]}}");
        let error = wrong.extract::<Record>().map(|record| record.id).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Record: value[\"a\"][1]: expected what serde can carry, got object"
        );
    });
}
