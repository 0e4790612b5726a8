//! Enums whose variants are structs: one after the other is tried, and the first that fits is made.
//! What the others lack is told of when none does.

use convert_core::prelude::*;
use convert_core::{Iterable, Strict};
use convert_tests::{message, object};

convert_tests::tests! {
    the_variant_that_has_all_keys,
    a_strict_variant,
    what_every_variant_lacks,
    one_that_lacks_nothing_is_meant,
    attributes_that_are_missing,
    a_property_that_says_so,
    what_was_used_up,
    what_a_variant_says_itself,
    exceptions_while_it_is_told_what_is_missing,
    unions_within_unions,
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Circle {
    radius: f64,
    label: Option<String>,
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Wrapped(Circle);

#[derive(FromPyObject, Debug, PartialEq)]
#[py(tag = "kind")]
enum Line {
    Straight { length: f64 },
    Bent,
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Grid {
    rows: i64,
    #[py(default)]
    columns: i64,
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Text {
    text: String,
    #[py(alias = "colour")]
    color: String,
}

#[derive(FromPyObject, Debug, PartialEq)]
enum Shape {
    Circle(Wrapped),
    Boxed(Box<Text>),
    Line(Line),
    Perhaps(Option<Grid>),
    Point { x: f64, y: f64 },
    Other(Other),
}

#[derive(FromPyObject, Debug, PartialEq)]
enum Other {
    Named { name: String },
    Numbered { number: u8 },
}

const NEEDS: [(&str, &str); 7] = [
    ("{'radius': 1.5, 'label': None}", "Circle(Wrapped(Circle { radius: 1.5, label: None }))"),
    ("{'colour': 'red', 'text': 'a'}", "Boxed(Text { text: \"a\", color: \"red\" })"),
    ("{'kind': 'Bent'}", "Line(Bent)"),
    ("{'rows': 2}", "Perhaps(Some(Grid { rows: 2, columns: 0 }))"),
    ("{'x': 1, 'y': 2}", "Point { x: 1.0, y: 2.0 }"),
    ("{'name': 'a'}", "Other(Named { name: \"a\" })"),
    ("{'number': 3}", "Other(Numbered { number: 3 })"),
];

fn the_variant_that_has_all_keys() {
    for (dict, expected) in NEEDS {
        for source in [
            dict.to_owned(),
            format!("__import__('types').MappingProxyType({dict})"),
            format!("type('D', (dict,), {{}})({dict})"),
            format!("__import__('types').SimpleNamespace(**{dict})"),
        ] {
            Python::attach(|py| {
                let shape = object(py, &format!("x = {source}")).extract::<Shape>().unwrap();
                assert_eq!(format!("{shape:?}"), expected, "{source}");
            });
        }
    }
}

fn a_strict_variant() {
    #[derive(FromPyObject, Debug, PartialEq)]
    enum Exact {
        Line(Line),
        Grid(Strict<Grid>),
        Text(Text),
    }
    let (line, text) = ("{'kind': 'Straight', 'length': 1}", "{'text': 'a', 'color': 'b'}");
    for (source, expected) in [
        ("{'rows': 2}", "Grid(Strict(Grid { rows: 2, columns: 0 }))"),
        (line, "Line(Straight { length: 1.0 })"),
        (text, "Text(Text { text: \"a\", color: \"b\" })"),
    ] {
        Python::attach(|py| {
            let exact = object(py, &format!("x = {source}")).extract::<Exact>().unwrap();
            assert_eq!(format!("{exact:?}"), expected, "{source}");
        });
    }
    assert_eq!(
        message::<Exact>("{'rows': True}"),
        "Exact: (variant Grid).rows: expected int, got bool"
    );
}

fn what_every_variant_lacks() {
    assert_eq!(
        message::<Shape>("{'Radius': 1.5}"),
        "Shape: 10 errors
  (variant Circle).radius: key is missing, expected float; there is a key \"Radius\"
  (variant Circle).label: key is missing, expected str | None
  (variant Boxed).text: key is missing, expected str
  (variant Boxed).color: key is missing, expected str
  (variant Line).kind: key is missing, expected \"Straight\" | \"Bent\"
  (variant Perhaps).rows: key is missing, expected int
  (variant Point).x: key is missing, expected float
  (variant Point).y: key is missing, expected float
  (variant Other) (variant Named).name: key is missing, expected str
  (variant Other) (variant Numbered).number: key is missing, expected int"
    );
    assert_eq!(
        message::<Shape>("5"),
        "expected Circle | Text | Line | Grid | None | Point | Other, got int"
    );
}

fn one_that_lacks_nothing_is_meant() {
    assert_eq!(
        message::<Shape>("{'radius': 'x', 'label': None}"),
        "Shape: (variant Circle).radius: expected float, got str"
    );
    assert_eq!(
        message::<Shape>("{'text': 5, 'color': 'red', 'rows': 'x'}"),
        "Shape: 2 errors
  (variant Boxed).text: expected str, got int
  (variant Perhaps).rows: expected int, got str"
    );
    // What is wrong comes before what is missing: all of it is told, as ever.
    assert_eq!(
        message::<Shape>("{'radius': 'x'}"),
        "Shape: 2 errors
  (variant Circle).radius: expected float, got str
  (variant Circle).label: key is missing, expected str | None"
    );
}

fn attributes_that_are_missing() {
    let namespace = |attributes: &str| format!("__import__('types').SimpleNamespace({attributes})");
    assert_eq!(
        message::<Shape>(&namespace("")),
        "expected Circle | Text | Line | Grid | None | Point | Other, got SimpleNamespace"
    );
    // Where it has some of the attributes of a variant, that may have been meant.
    assert_eq!(
        message::<Shape>(&namespace("radius=1.5, y=2")),
        "Shape: 2 errors
  (variant Circle).label: attribute is missing, expected str | None
  (variant Point).x: attribute is missing, expected float"
    );
}

fn a_property_that_says_so() {
    let class = "type('C', (), {'radius': property(lambda self: self.diameter)})()";
    let raised = "AttributeError: 'C' object has no attribute 'diameter'";
    assert_eq!(message::<Shape>(class), format!("{raised} (in Shape: (variant Circle).radius)"));
    assert_eq!(message::<Circle>(class), format!("{raised} (in Circle: radius)"));
    // It is asked once: what it raised the first time is what is told.
    let once = "
class Once:
    asked = 0
    @property
    def radius(self):
        self.asked += 1
        raise {1: AttributeError('the reason')}.get(self.asked, RuntimeError('asked again'))
x = Once()";
    Python::attach(|py| {
        for extract in [
            |object: &Bound<'_, PyAny>| object.extract::<Circle>().unwrap_err(),
            |object: &Bound<'_, PyAny>| object.extract::<Shape>().unwrap_err(),
        ] {
            let text = extract(&object(py, once)).to_string();
            assert!(text.starts_with("AttributeError: the reason"), "{text}");
        }
    });
}

fn what_was_used_up() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Either {
        Items { items: Iterable<i64>, size: usize },
        Values { values: Vec<i64> },
    }
    assert_eq!(
        message::<Either>("{'items': iter([1, 2])}"),
        "Either: 2 errors
  (variant Items).size: key is missing, expected int
  (variant Values).values: key is missing, expected Sequence[int]"
    );
    // A key that is there when it is asked for once more does not make what was used up whole
    // again.
    let later = "
from collections import UserDict
class Later(UserDict):
    asked = 0
    def __getitem__(self, key):
        if key == 'size':
            self.asked += 1
            return {2: 3}[self.asked]
        return self.data[key]
x = Later(items=iter([1, 2]))";
    Python::attach(|py| {
        let object = object(py, later);
        assert_eq!(
            object.extract::<Either>().unwrap_err().to_string(),
            "Either: (variant Values).values: key is missing, expected Sequence[int]"
        );
        assert_eq!(object.getattr("asked").unwrap().extract::<i64>().unwrap(), 2);
    });
}

/// An error of the user's own about something missing is told, as any other.
fn what_a_variant_says_itself() {
    #[derive(Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Registered(i64);
    impl<'a, 'py> FromPyObject<'a, 'py> for Registered {
        const EXPECTED: TypeHint = TypeHint::name("a registered number");
        fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
            let number: i64 = object.extract()?;
            match number {
                0..100 => Ok(Registered(number)),
                _ => Err(ConversionError::custom_missing(format!("nobody is {number}"))),
            }
        }
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Number {
        Registered(Registered),
        Small(i8),
    }
    assert_eq!(
        message::<Number>("300"),
        "Number: 2 errors
  (variant Registered): nobody is 300
  (variant Small): expected int in -128..=127, got 300"
    );
    // Nor is it taken for a missing field, for which another key may have been meant.
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Entry {
        number: Registered,
    }
    assert_eq!(
        message::<Entry>("{'number': 300, 'numbers': 1}"),
        "Entry: 2 errors
  number: nobody is 300
  [\"numbers\"]: unknown key; did you mean \"number\"?"
    );
}

fn exceptions_while_it_is_told_what_is_missing() {
    #[derive(FromPyObject, Debug)]
    #[py(items)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Either {
        One { a: i64, b: i64 },
        Other { c: i64, d: i64 },
    }
    let code = "
class Interrupted:
    def __init__(self): self.asked = []
    def __getitem__(self, key):
        self.asked.append(key)
        if key == 'a' and self.asked.count('a') == 2:
            raise KeyboardInterrupt
        raise KeyError(key)
x = Interrupted()";
    Python::attach(|py| {
        let object = object(py, code);
        let error = object.extract::<Either>().unwrap_err();
        assert!(error.to_string().starts_with("KeyboardInterrupt"), "{error}");
        // Both were tried; after the exception nothing more is asked.
        let asked: Vec<String> = object.getattr("asked").unwrap().extract().unwrap();
        assert_eq!(asked, ["a", "c", "a"]);
    });
}

fn unions_within_unions() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Outer {
        Shape(Shape),
        Shapes(Vec<Shape>),
        Both { shape: Shape, other: Other },
    }
    assert_eq!(
        message::<Outer>("[{'kind': 'Bent'}, {'name': 1}]"),
        "Outer: (variant Shapes)[1] (variant Other) (variant Named).name: expected str, got int"
    );
    assert_eq!(
        message::<Outer>("{'shape': {'kind': 'Bent'}, 'other': {'number': 300}}"),
        "Outer: (variant Both).other (variant Numbered).number: expected int in 0..=255, got 300"
    );
    assert_eq!(
        message::<Outer>("{'number': 300}"),
        "Outer: (variant Shape) (variant Other) (variant Numbered).number: expected int in 0..=255, \
         got 300"
    );
}
