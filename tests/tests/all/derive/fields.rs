//! Words on a field.

use convert_core::exceptions::PyValueError;
use convert_core::prelude::*;
use convert_tests::{eval, message, round_trip};
use std::collections::{BTreeMap, HashMap};

convert_tests::tests! {
    further_names,
    skipped_fields,
    what_is_none_is_not_written,
    flattened_structs_and_maps,
    flattening_in_depth,
    what_is_flattened_is_written_once,
    what_is_flattened_may_be_absent,
    an_optional_part,
    functions_of_ones_own,
    functions_for_items,
    strict_fields,
    words_in_tuples,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Aliased {
    #[py(alias = "first_name", alias = "firstName", rename = "first")]
    name: String,
    #[py(alias = "years", default = 18)]
    age: u8,
}

fn further_names() {
    round_trip!("{'first': 'Ada', 'age': 36}", Aliased { name: "Ada".into(), age: 36 });
    Python::attach(|py| {
        for expression in [
            "{'first_name': 'Ada', 'years': 36}",
            "{'years': 36, 'firstName': 'Ada'}",
            "__import__('types').SimpleNamespace(firstName='Ada', age=36)",
            "__import__('types').MappingProxyType({'first_name': 'Ada', 'years': 36})",
            // The name itself comes first.
            "{'first_name': 'Eve', 'first': 'Ada', 'age': 36, 'years': 5}",
        ] {
            let read: Aliased = eval(py, expression).extract().unwrap();
            assert_eq!(read, Aliased { name: "Ada".into(), age: 36 }, "{expression}");
        }
    });
    assert_eq!(message::<Aliased>("{'firstName': 5}"), "Aliased: first: expected str, got int");
    assert_eq!(
        message::<Aliased>("{'name': 'x', 'frist': 'x'}"),
        "Aliased: first: key is missing, expected str; there is a key \"frist\""
    );
}

fn skipped_fields() {
    /// Can neither be read nor written.
    #[derive(Debug, PartialEq, Default)]
    struct Cache(u8);
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Holder {
        id: u8,
        #[py(skip)]
        cache: Cache,
        #[py(skip, default = Cache(9))]
        other: Cache,
        last: u8,
    }
    round_trip!(
        "{'id': 1, 'last': 2}",
        Holder { id: 1, cache: Cache(0), other: Cache(9), last: 2 }
    );
    Python::attach(|py| {
        let read: Holder = eval(py, "{'id': 1, 'cache': 5, 'last': 2}").extract().unwrap();
        assert_eq!(read.cache, Cache(0));
    });
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct OnlySkipped {
        #[py(skip)]
        cache: u8,
    }
    round_trip!("{}", OnlySkipped { cache: 0 });
}

fn what_is_none_is_not_written() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Sparse {
        #[py(skip_none)]
        note: Option<String>,
        id: u8,
        #[py(skip_none, default = Some(7))]
        size: Option<u8>,
    }
    round_trip!("{'id': 1, 'size': 3}", Sparse { note: None, id: 1, size: Some(3) });
    round_trip!(
        "{'note': 'x', 'id': 1, 'size': 3}",
        Sparse { note: Some("x".into()), id: 1, size: Some(3) }
    );
    Python::attach(|py| {
        let read: Sparse = eval(py, "{'note': None, 'id': 1}").extract().unwrap();
        assert_eq!(read, Sparse { note: None, id: 1, size: Some(7) });
    });
    assert_eq!(
        message::<Sparse>("{'note': 5, 'id': 1}"),
        "Sparse: note: expected str | None, got int"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Size {
    width: u32,
    #[py(alias = "tall")]
    height: u32,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Picture {
    name: String,
    #[py(flatten)]
    rest: BTreeMap<String, f64>,
    #[py(flatten)]
    size: Size,
    format: String,
}

fn picture() -> Picture {
    let rest = BTreeMap::from([("gamma".into(), 2.5)]);
    let size = Size { width: 3, height: 4 };
    Picture { name: "a".into(), rest, size, format: "png".into() }
}

fn flattened_structs_and_maps() {
    round_trip!("{'name': 'a', 'gamma': 2.5, 'width': 3, 'height': 4, 'format': 'png'}", picture());
    Python::attach(|py| {
        for expression in [
            "{'gamma': 2.5, 'width': 3, 'tall': 4, 'format': 'png', 'name': 'a'}",
            "__import__('types').MappingProxyType({'gamma': 2.5, 'width': 3, 'height': 4, 'format': 'png', 'name': 'a'})",
        ] {
            let read: Picture = eval(py, expression).extract().unwrap();
            assert_eq!(read, picture(), "{expression}");
        }
    });
    assert_eq!(
        message::<Picture>("{'name': 'a', 'gamma': 'x', 'width': -1, 'y': None}"),
        "Picture: 5 errors
  [\"gamma\"]: expected float, got str
  [\"y\"]: expected float, got None
  width: expected int in 0..=4294967295, got -1
  height: key is missing, expected int
  format: key is missing, expected str"
    );
    assert_eq!(message::<Picture>("5"), "expected Picture, got int");
    assert_eq!(
        message::<Picture>("__import__('types').SimpleNamespace(name='a', format='x')"),
        "expected Picture, got SimpleNamespace"
    );
}

fn flattening_in_depth() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Inner {
        b: u8,
        #[py(flatten)]
        rest: HashMap<String, u8>,
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Outer {
        a: u8,
        #[py(flatten)]
        inner: Box<Inner>,
        #[py(flatten)]
        size: Size,
        #[py(flatten)]
        kind: Kind,
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "kind")]
    enum Kind {
        Small,
        Large { by: u8 },
    }
    // Of what is left over, none is what somebody else knows.
    round_trip!(
        "{'a': 1, 'b': 2, 'c': 3, 'width': 4, 'height': 5, 'kind': 'Large', 'by': 6}",
        Outer {
            a: 1,
            inner: Box::new(Inner { b: 2, rest: HashMap::from([("c".into(), 3)]) }),
            size: Size { width: 4, height: 5 },
            kind: Kind::Large { by: 6 },
        }
    );
    assert_eq!(
        message::<Outer>("{'a': 1, 'b': 2, 'width': 4, 'height': 5, 'kind': 'large'}"),
        "Outer: kind: expected \"Small\" | \"Large\", got \"large\"; did you mean \"Large\"?"
    );
}

fn what_is_flattened_may_be_absent() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Spot {
        x: f64,
        y: f64,
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Label {
        text: String,
        #[py(flatten)]
        spot: Option<Spot>,
    }
    let label = |spot| Label { text: "a".into(), spot };
    round_trip!("{'text': 'a', 'x': 1.0, 'y': 2.0}", label(Some(Spot { x: 1.0, y: 2.0 })));
    round_trip!("{'text': 'a'}", label(None));
    Python::attach(|py| {
        // What nobody knows does not make it present; one of its keys does.
        let read: Label = eval(py, "{'text': 'a', 'unit': 'cm'}").extract().unwrap();
        assert_eq!(read, label(None));
    });
    assert_eq!(
        message::<Label>("{'text': 'a', 'x': 1.0}"),
        "Label: y: key is missing, expected float"
    );
}

fn what_is_flattened_is_written_once() {
    #[derive(IntoPy)]
    struct Open {
        a: u8,
        #[py(flatten)]
        rest: BTreeMap<&'static str, u8>,
        b: u8,
    }
    let text = |rest: &[(&'static str, u8)]| {
        let open = Open { a: 1, rest: rest.iter().copied().collect(), b: 2 };
        Python::attach(|py| {
            let error = (&open).into_py(py).unwrap_err();
            assert_eq!(error.to_string(), open.into_py(py).unwrap_err().to_string());
            let text = error.to_string();
            assert!(PyErr::from(error).is_instance_of::<PyValueError>(py));
            text
        })
    };
    assert_eq!(text(&[("a", 5)]), "Open: [\"a\"]: the key is written twice");
    assert_eq!(text(&[("b", 5)]), "Open: b: the key is written twice");
    #[derive(IntoPy)]
    struct NoDict {
        #[py(flatten)]
        number: u8,
    }
    Python::attach(|py| {
        let error = NoDict { number: 5 }.into_py(py).unwrap_err();
        assert_eq!(error.to_string(), "NoDict: expected dict, got int");
    });
}

fn an_optional_part() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Sized {
        name: String,
        #[py(flatten)]
        size: Option<Size>,
    }
    round_trip!("{'name': 'a'}", Sized { name: "a".into(), size: None });
    round_trip!(
        "{'name': 'a', 'width': 1, 'height': 2}",
        Sized { name: "a".into(), size: Some(Size { width: 1, height: 2 }) }
    );
    assert_eq!(
        message::<Sized>("{'name': 'a', 'width': 1}"),
        "Sized: height: key is missing, expected int"
    );
}

/// Text as a number of minutes.
mod minutes {
    use super::*;

    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<u32, ConversionError> {
        let text: String = object.extract()?;
        let (hours, minutes) =
            text.split_once(':').ok_or_else(|| ConversionError::custom("no colon"))?;
        let number = |text: &str| {
            text.parse::<u32>().map_err(|error| ConversionError::custom(error.to_string()))
        };
        Ok(60 * number(hours)? + number(minutes)?)
    }

    pub fn into_py<'py>(value: &u32, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        PyString::new(py, &format!("{}:{:02}", value / 60, value % 60))
    }
}

fn length(object: &Bound<'_, PyAny>) -> PyResult<usize> {
    object.size()
}

fn stars<'py>(value: &usize, py: Python<'py>) -> Result<Bound<'py, PyString>, ConversionError> {
    "*".repeat(*value).into_py(py)
}

fn functions_of_ones_own() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Meeting {
        #[py(with = "minutes")]
        start: u32,
        #[py(with = minutes, default = 60, rename = "end")]
        stop: u32,
        #[py(from_py_with = length, into_py_with = "stars", skip_none)]
        room: usize,
    }
    round_trip!(
        "{'start': '9:05', 'end': '10:00', 'room': '***'}",
        Meeting { start: 545, stop: 600, room: 3 }
    );
    Python::attach(|py| {
        let read: Meeting = eval(py, "{'start': '0:00', 'room': []}").extract().unwrap();
        assert_eq!(read, Meeting { start: 0, stop: 60, room: 0 });
    });
    assert_eq!(
        message::<Meeting>("{'start': 5, 'end': '5', 'room': ()}"),
        "Meeting: 2 errors\n  start: expected str, got int\n  end: no colon"
    );
    assert_eq!(
        message::<Meeting>("{'end': 5, 'room': 5}"),
        "TypeError: object of type 'int' has no len() (in Meeting: room)"
    );
    assert_eq!(
        message::<Meeting>("{'strat': '9:00', 'room': ''}"),
        "Meeting: start: key is missing; there is a key \"strat\""
    );
    // Only one direction.
    #[derive(FromPyObject, Debug)]
    struct Length {
        #[py(from_py_with = length)]
        text: usize,
    }
    #[derive(IntoPy)]
    struct Time<'a> {
        #[py(into_py_with = minutes::into_py)]
        time: u32,
        text: &'a str,
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "{'text': 'abc'}").extract::<Length>().unwrap().text, 3);
        let time = Time { time: 61, text: "x" };
        let expected = eval(py, "{'time': '1:01', 'text': 'x'}");
        assert!((&time).into_py(py).unwrap().as_any().eq(&expected).unwrap());
        assert!(time.into_py(py).unwrap().as_any().eq(&expected).unwrap());
    });
}

fn functions_for_items() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Span(#[py(with = "minutes")] u32, u8, #[py(with = "minutes")] u32);
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Start(#[py(with = "minutes")] u32);
    round_trip!("('9:00', 1, '10:00')", Span(540, 1, 600));
    round_trip!("'9:00'", Start(540));
    assert_eq!(
        message::<Span>("(5, 'x', 'x')"),
        "Span: 3 errors\n  [0]: expected str, got int\n  [1]: expected int, got str\n  [2]: no colon"
    );
    assert_eq!(message::<Vec<Start>>("['9:00', 5]"), "[1]: expected str, got int");
}

fn strict_fields() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Mixed {
        #[py(strict)]
        exact: Vec<f64>,
        kind: f64,
        #[py(strict, default)]
        flag: Option<i64>,
    }
    round_trip!(
        "{'exact': [1.5], 'kind': 1.0, 'flag': None}",
        Mixed { exact: vec![1.5], kind: 1.0, flag: None }
    );
    assert_eq!(
        message::<Mixed>("{'exact': [1], 'kind': 1, 'flag': True}"),
        "Mixed: 2 errors\n  exact[0]: expected float, got int\n  flag: expected int | None, got bool"
    );
}

fn words_in_tuples() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Row(#[py(strict)] f64, #[py(skip, default = 5)] i64, f64);
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct One(f64, #[py(skip)] i64);
    round_trip!("(1.5, 2.5)", Row(1.5, 5, 2.5));
    round_trip!("(1.5,)", One(1.5, 0));
    assert_eq!(message::<Row>("(1, 2)"), "Row: [0]: expected float, got int");
}
