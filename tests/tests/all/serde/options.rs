//! Options, and values that borrow from what an arena keeps.

use std::collections::BTreeMap;

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde::{Deserialize, Serialize};
use serde_py::{Arena, Enums, Keys, NonFinite, Options, Unit, Wide, from_object_in};

convert_tests::tests! {
    enums,
    units,
    classes_and_maps,
    non_finite_floats,
    wide_ints,
    keys_as_json_dumps_has_them,
    forms_for_people,
    depth,
    defaults,
    borrowed,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Event {
    Ping,
    Key(char),
    Move(i64, i64),
    Resize { width: u32, height: u32 },
}

fn events() -> Vec<Event> {
    vec![Event::Ping, Event::Key('x'), Event::Move(1, 2), Event::Resize { width: 3, height: 4 }]
}

fn enums() {
    Python::attach(|py| {
        let tagged = Enums::Tagged { tag: "type", content: "is" };
        for (enums, expected) in [
            (
                Enums::Keyed,
                "['Ping', {'Key': 'x'}, {'Move': (1, 2)}, {'Resize': {'width': 3, 'height': 4}}]",
            ),
            (
                Enums::Paired,
                "['Ping', ('Key', 'x'), ('Move', (1, 2)), ('Resize', {'width': 3, 'height': 4})]",
            ),
            (
                tagged,
                "[{'type': 'Ping'}, {'type': 'Key', 'is': 'x'}, {'type': 'Move', 'is': (1, 2)},
                  {'type': 'Resize', 'is': {'width': 3, 'height': 4}}]",
            ),
        ] {
            let options = Options::new().enums(enums);
            let made = options.to_object(py, &events()).unwrap();
            assert!(made.eq(eval(py, expected)).unwrap(), "{made}");
            assert_eq!(options.from_object::<Vec<Event>>(&made).unwrap(), events());
        }
        let error = Options::new().enums(tagged).from_object::<Event>(&eval(py, "{}")).unwrap_err();
        assert_eq!(error.to_string(), "key \"type\" is missing");
        let wrong = eval(py, "['Key', 7]");
        let error = Options::new().enums(Enums::Paired).from_object::<Event>(&wrong).unwrap_err();
        assert_eq!(error.to_string(), "(variant Key): expected str, got int");
    });
}

fn units() {
    Python::attach(|py| {
        let options = Options::new().unit(Unit::Tuple);
        let made = options.to_object(py, &((), None::<i64>)).unwrap();
        assert_eq!(made.to_string(), "((), None)");
        options.from_object::<((), Option<i64>)>(&made).unwrap();
        options.from_object::<()>(&eval(py, "None")).unwrap();
        assert!(serde_py::from_object::<()>(&eval(py, "()")).is_err());
    });
}

#[derive(Serialize)]
struct Point {
    x: i64,
    y: Vec<Other>,
}

#[derive(Serialize)]
struct Other {
    z: BTreeMap<String, i64>,
}

fn classes_and_maps() {
    Python::attach(|py| {
        let code = "
from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: list
x = {'Point': Point}";
        let classes = object(py, code).cast_into::<PyDict>().unwrap().unbind();
        let maps = object(py, "from collections import OrderedDict as x").unbind();
        let options = Options::new().classes(&classes).maps(&maps);
        let point = Point { x: 1, y: vec![Other { z: BTreeMap::from([("a".into(), 1)]) }] };
        let made = options.to_object(py, &point).unwrap();
        let entries = made.getattr("y").unwrap().get_item(0).unwrap();
        assert_eq!(made.getattr("x").unwrap().extract::<i64>().unwrap(), 1);
        assert_eq!(entries.get_type().to_string(), "<class 'dict'>");
        let map = entries.get_item("z").unwrap();
        assert!(map.get_type().is(maps.bind(py)), "{map}");

        // What a class raises arrives as it is.
        let classes = object(py, "x = {'Other': lambda z: 1 / 0}").cast_into::<PyDict>().unwrap();
        let classes = classes.unbind();
        let error = Options::new().classes(&classes).to_object(py, &point).unwrap_err();
        assert!(error.to_string().contains("y[0]"), "{error}");
        assert!(PyErr::from(error).is_instance_of::<PyZeroDivisionError>(py));
    });
}

fn non_finite_floats() {
    Python::attach(|py| {
        for (text, name) in [("nan", "nan"), ("inf", "inf"), ("-inf", "-inf")] {
            let object = eval(py, &format!("[float('{text}')]"));
            let refused = Options::new().non_finite(NonFinite::Refused);
            let message = format!("[0]: expected finite float, got {name}");
            let written = serde_json::to_string(&refused.value(&object)).unwrap_err();
            assert_eq!(written.to_string(), message);
            let read = refused.from_object::<[f64; 1]>(&object).unwrap_err();
            assert_eq!(read.to_string(), message);
            let value: f64 = text.parse().unwrap();
            assert_eq!(refused.to_object(py, &[value]).unwrap_err().to_string(), message);

            let none = Options::new().non_finite(NonFinite::None);
            assert_eq!(serde_json::to_string(&none.value(&object)).unwrap(), "[null]");
            assert_eq!(none.to_object(py, &[value as f32]).unwrap().to_string(), "(None,)");
        }
    });
}

fn wide_ints() {
    Python::attach(|py| {
        let object = eval(py, "[2**63, -2**64, 2**200]");
        let text = Options::new().wide(Wide::Text);
        let written = serde_json::to_string(&text.value(&object)).unwrap();
        let digits = eval(py, "str(2**200)");
        assert_eq!(
            written,
            format!("[9223372036854775808,\"-18446744073709551616\",\"{digits}\"]")
        );
        let made = text.to_object(py, &[1, i128::MIN]).unwrap();
        assert!(made.eq(eval(py, "(1, str(-2**127))")).unwrap());
        // Back: the int as far as serde has one, and its text beyond.
        let (small, large): (u128, String) =
            text.from_object(&eval(py, "(2**127, 2**200)")).unwrap();
        assert_eq!((small, large), (1 << 127, digits.to_string()));
        let error = Options::new().from_object::<[String; 1]>(&eval(py, "[2**200]")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "[0]: expected int of at most 128 bits, got an int of 201 bits"
        );
        let refused = Options::new().wide(Wide::Refused);
        let error = refused.to_object(py, &[1, u128::MAX]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "[1]: expected int of at most 64 bits, got an int of 128 bits"
        );
    });
}

/// Python's own `json.dumps` is the oracle.
fn keys_as_json_dumps_has_them() {
    Python::attach(|py| {
        let text = Options::new().keys(Keys::Text);
        let refused = Options::new().keys(Keys::Refused);
        for key in
            ["None", "True", "False", "7", "-2**70", "0.1", "1e300", "-0.0", "float('nan')", "'é'"]
        {
            let object = eval(py, &format!("{{{key}: 0}}"));
            let json = py.import("json").unwrap();
            let dumped = json.call_method1("dumps", (&object,)).unwrap();
            let loaded = json.call_method1("loads", (dumped,)).unwrap();
            let written = serde_json::to_string(&text.value(&object)).unwrap();
            let again = json.call_method1("loads", (written,)).unwrap();
            assert!(again.eq(&loaded).unwrap(), "{key}: {again}");
            assert_eq!(
                serde_json::to_string(&refused.value(&object)).is_ok(),
                key.starts_with('\'')
            );
        }
        let made = text.to_object(py, &BTreeMap::from([(true, 1)])).unwrap();
        assert_eq!(made.to_string(), "{'true': 1}");
        let error = text.to_object(py, &BTreeMap::from([((1, 2), 1)])).unwrap_err();
        let message = "[<tuple>] (key): expected str | int | float | bool | None, got tuple";
        assert_eq!(error.to_string(), message);
        let error = serde_json::to_string(&refused.value(&eval(py, "{'a': {1: 2}}"))).unwrap_err();
        assert_eq!(error.to_string(), "[\"a\"][1] (key): expected str, got int");
    });
}

fn forms_for_people() {
    Python::attach(|py| {
        let address = std::net::Ipv4Addr::LOCALHOST;
        let bytes = Options::new().human_readable(false);
        let made = bytes.to_object(py, &address).unwrap();
        assert_eq!(made.to_string(), "(127, 0, 0, 1)");
        assert_eq!(bytes.from_object::<std::net::Ipv4Addr>(&made).unwrap(), address);
        assert_eq!(serde_py::to_object(py, &address).unwrap().to_string(), "127.0.0.1");
    });
}

fn depth() {
    Python::attach(|py| {
        let two = Options::new().depth(2);
        let fits = eval(py, "[{'a': 1}]");
        let deeper = eval(py, "[{'a': ()}]");
        let value: serde_json::Value = two.from_object(&fits).unwrap();
        two.to_object(py, &value).unwrap();
        serde_json::to_string(&two.value(&fits)).unwrap();
        let error = PyErr::from(two.from_object::<serde_json::Value>(&deeper).unwrap_err());
        assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
        let error = PyErr::from(two.to_object(py, &[[[0]]]).unwrap_err());
        assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
        let error = serde_json::to_string(&two.value(&deeper)).unwrap_err().to_string();
        assert!(error.contains("nested deeper than 2 levels"), "{error}");
    });
}

fn defaults() {
    Python::attach(|py| {
        let object = eval(py, "[1+2j, {'a': object}]");
        let default =
            eval(py, "lambda o: [o.real, o.imag] if isinstance(o, complex) else o.__name__");
        let default = default.unbind();
        let options = Options::new().default_of(&default);
        let written = serde_json::to_string(&options.value(&object)).unwrap();
        assert_eq!(written, r#"[[1.0,2.0],{"a":"object"}]"#);
        let value: serde_json::Value = options.from_object(&object).unwrap();
        assert_eq!(value.to_string(), written);
        // One that never comes to an end is told of; so is one that raises.
        let same = eval(py, "lambda o: o").unbind();
        let error = Options::new().default_of(&same).from_object::<serde_json::Value>(&object);
        assert!(PyErr::from(error.unwrap_err()).is_instance_of::<PyRecursionError>(py));
        let raises = eval(py, "lambda o: {}[o]").unbind();
        let error = Options::new().default_of(&raises).from_object::<serde_json::Value>(&object);
        assert!(PyErr::from(error.unwrap_err()).is_instance_of::<PyKeyError>(py));
    });
}

#[derive(Deserialize, Debug, PartialEq)]
struct Borrowing<'a> {
    name: &'a str,
    tags: Vec<&'a str>,
    #[serde(borrow)]
    bytes: Option<&'a [u8]>,
    #[serde(borrow)]
    cow: std::borrow::Cow<'a, str>,
}

fn borrowed() {
    let arena = Arena::new();
    let read = |code: &str| {
        Python::attach(|py| {
            let object = object(py, code);
            let value: Borrowing<'_> = from_object_in(&arena, &object).unwrap();
            // Nothing else keeps what it was made of.
            object.call_method0("clear").unwrap();
            value
        })
    };
    let values = [
        read(
            "x = {'name': 'n' * 3, 'tags': ['\u{e9}' * 2, 'b'], 'bytes': bytes([1, 2]), 'cow': 'c' * 2}",
        ),
        read("x = {'name': 'm' * 3, 'tags': [], 'bytes': bytearray([3]), 'cow': '\u{1040d}'}"),
    ];
    Python::attach(|py| py.run(c"junk = [str(i) * 3 for i in range(1000)]", None, None).unwrap());
    assert_eq!(values[0].name, "nnn");
    assert_eq!(values[0].tags, ["éé", "b"]);
    assert_eq!(values[0].bytes, Some([1, 2].as_slice()));
    assert!(matches!(&values[0].cow, std::borrow::Cow::Borrowed("cc")));
    assert_eq!(values[1].name, "mmm");
    assert_eq!(values[1].bytes, Some([3].as_slice()));
    assert_eq!(values[1].cow, "\u{1040d}");
    Python::attach(|py| {
        let object = eval(py, "('Key', 'x')");
        let event = Options::new().enums(Enums::Paired).from_object_in::<Event>(&arena, &object);
        assert_eq!(event.unwrap(), Event::Key('x'));
        let surrogate = eval(py, "'\\ud800'");
        assert!(from_object_in::<&str>(&arena, &surrogate).is_err());
    });
}
