//! Errors say where, whoever makes them.

use std::collections::{BTreeMap, HashMap};

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde::de::DeserializeSeed;
use serde::{Deserialize, Serialize};
use serde_py::{PyObjectSeed, PyValue, from_object, to_object};

convert_tests::tests! {
    of_values_that_are_made,
    of_objects_that_are_made,
    of_objects_that_are_written,
    of_formats_that_are_read,
    of_formats_that_write,
    as_exceptions,
}

#[derive(Deserialize, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Order {
    id: u8,
    lines: Vec<Line>,
    #[serde(default)]
    by_name: HashMap<String, i64>,
    #[serde(default)]
    state: State,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Line {
    price: f64,
    note: Option<String>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "only its errors are looked at")]
enum State {
    #[default]
    Open,
    Paid(i64),
    Sent {
        at: String,
    },
}

fn of_values_that_are_made() {
    Python::attach(|py| {
        for (text, message) in [
            ("5", "expected Order, got int"),
            ("{'id': 'x', 'lines': []}", "id: expected int, got str"),
            ("{'id': 300, 'lines': []}", "id: expected int in 0..=255, got 300"),
            (
                "{'id': 2**200, 'lines': []}",
                "id: expected int of at most 128 bits, got an int of 201 bits",
            ),
            ("{'id': 1}", "lines: key is missing"),
            ("{'id': 1, 'lines': 7}", "lines: expected list, got int"),
            (
                "{'id': 1, 'lines': [{'price': 1}, {'price': 'x'}]}",
                "lines[1].price: expected float, got str",
            ),
            (
                "{'id': 1, 'lines': [{'prise': 1}]}",
                "lines[0][\"prise\"] (key): unknown key \"prise\"; did you mean \"price\"?",
            ),
            (
                "{'id': 1, 'lines': [{'price': 1, 'note': 5}]}",
                "lines[0].note: expected str, got int",
            ),
            (
                "{'id': 1, 'lines': [], 'by_name': {'a': 1, 'b': None}}",
                "by_name[\"b\"]: expected int, got None",
            ),
            (
                "{'id': 1, 'lines': [], 'by_name': {7: 1}}",
                "by_name[7] (key): expected str, got int",
            ),
            (
                "{'id': 1, 'lines': [], 'state': 'opne'}",
                "state: expected \"open\" | \"paid\" | \"sent\", got \"opne\"; did you mean \"open\"?",
            ),
            (
                "{'id': 1, 'lines': [], 'state': {'paid': 'x'}}",
                "state (variant paid): expected int, got str",
            ),
            (
                "{'id': 1, 'lines': [], 'state': {'sent': {'at': 1}}}",
                "state (variant sent).at: expected str, got int",
            ),
            (
                "{'id': 1, 'lines': [], 'state': {'paid': 1, 'sent': 2}}",
                "state: expected a dict with one key, a variant's name, got dict of length 2",
            ),
            (
                "{'id': 1, 'lines': [], 'state': 5}",
                "state: expected str or a dict with one key, a variant's name, got int",
            ),
        ] {
            let error = from_object::<Order>(&eval(py, text)).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
        let error = from_object::<(i64, i64)>(&eval(py, "[1, 2, 3]")).unwrap_err();
        assert!(error.to_string().contains("got length 3"), "{error}");
    });
}

#[derive(Serialize)]
struct Broken {
    rows: Vec<BTreeMap<String, Refuses>>,
}

struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not today"))
    }
}

fn of_objects_that_are_made() {
    Python::attach(|py| {
        let broken =
            Broken { rows: vec![BTreeMap::new(), BTreeMap::from([("a".into(), Refuses)])] };
        assert_eq!(to_object(py, &broken).unwrap_err().to_string(), "rows[1][\"a\"]: not today");
        let unhashable = BTreeMap::from([(vec![1], 2)]);
        let error = to_object(py, &unhashable).unwrap_err();
        assert!(error.to_string().contains("unhashable type: 'list'"), "{error}");
    });
}

fn of_objects_that_are_written() {
    Python::attach(|py| {
        for (text, message) in [
            ("object()", "expected what serde can carry, got object"),
            (
                "[1, {'a': (2, object())}]",
                "[1][\"a\"][1]: expected what serde can carry, got object",
            ),
            ("{'a': {(1, 2): 3}}", "[\"a\"][<tuple>] (key): key must be a string"),
            ("['\\ud800']", "[0]: expected str without surrogates, got \"\\ud800\" at index 0"),
            ("[2**128]", "[0]: expected int of at most 128 bits, got an int of 129 bits"),
        ] {
            let error = serde_json::to_string(&PyValue::new(&eval(py, text))).unwrap_err();
            assert_eq!(error.to_string(), message, "{text}");
        }
    });
}

/// Line and column stay, in the message and where the format has them.
fn of_formats_that_are_read() {
    Python::attach(|py| {
        for (text, message, line, column) in [
            ("[1, {\"a\": tru}]", "[1][\"a\"]: expected ident at line 1 column 14", 1, 14),
            ("{\"a\":\n [1, 2, }", "[\"a\"][2]: expected value at line 2 column 9", 2, 9),
            ("7 8", "", 0, 0),
            ("nul", "EOF while parsing a value at line 1 column 3", 1, 3),
        ] {
            let mut json = serde_json::Deserializer::from_str(text);
            let made = PyObjectSeed::new(py).deserialize(&mut json);
            let Err(error) = made else {
                assert!(message.is_empty(), "{text}");
                continue;
            };
            assert_eq!(error.to_string(), message);
            assert_eq!((error.line(), error.column()), (line, column), "{text}");
        }
        // MessagePack, cut off.
        let packed = [0x81, 0xa1, b'k', 0x92, 0x01];
        let mut reader = rmp_serde::Deserializer::new(packed.as_slice());
        let error = PyObjectSeed::new(py).deserialize(&mut reader).unwrap_err();
        assert!(error.to_string().starts_with("[\"k\"][1]: "), "{error}");
    });
}

fn of_formats_that_write() {
    Python::attach(|py| {
        // TOML has no null.
        let object = eval(py, "{'a': [{'b': None}]}");
        let error = toml::to_string(&PyValue::new(&object)).map(drop).unwrap_err();
        assert!(error.to_string().contains("unsupported"), "{error}");
        // Of `T`'s own visitor.
        let object = eval(py, "{'a': ['127.0.0.1', '127.0.0.256']}");
        let error = from_object::<HashMap<String, Vec<std::net::Ipv4Addr>>>(&object).unwrap_err();
        assert_eq!(error.to_string(), "[\"a\"][1]: invalid IPv4 address syntax");
    });
}

fn as_exceptions() {
    Python::attach(|py| {
        for (text, class) in [
            ("{'id': 'x', 'lines': []}", "TypeError"),
            ("{'id': 300, 'lines': []}", "OverflowError"),
            ("{'id': 1}", "KeyError"),
            ("{'id': 1, 'lines': [], 'state': 'opne'}", "ValueError"),
        ] {
            let mut error = PyErr::from(from_object::<Order>(&eval(py, text)).unwrap_err());
            assert_eq!(error.get_type(py).name().unwrap().to_string(), class, "{text}");
            assert!(error.value(py).getattr("loc").is_ok());
        }
        // What Python code raises arrives as it is.
        let raising = object(
            py,
            "
import collections.abc
class Raises(collections.abc.Mapping):
    def __len__(self): return 1
    def __iter__(self): raise ZeroDivisionError('mine')
    def __getitem__(self, key): return 1
x = {'id': 1, 'lines': [Raises()]}",
        );
        let error = PyErr::from(from_object::<Order>(&raising).unwrap_err());
        assert!(error.is_instance_of::<PyZeroDivisionError>(py), "{error}");
        assert!(error.to_string().contains("lines[0]"), "{error}");
    });
}
