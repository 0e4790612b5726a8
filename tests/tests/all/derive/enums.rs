//! Enums, by every way to tell their variants apart.

use convert_core::exceptions::{PyKeyError, PyTypeError, PyValueError};
use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};
use std::collections::{BTreeMap, HashMap};

convert_tests::tests! {
    untagged,
    untagged_in_order,
    untagged_within_other_types,
    untagged_errors,
    variants_of_the_same_type,
    numbers_that_do_not_fit_the_first_variant,
    names,
    names_of_ones_own,
    names_and_what_has_none,
    numbers,
    numbers_and_what_has_none,
    tagged,
    tagged_errors,
    tagged_objects,
    what_stands_beside_a_tag,
    tagged_and_what_has_no_tag,
    adjacent,
    adjacent_errors,
    external,
    external_errors,
    names_in_another_case,
    words_within_variants,
    strict_enums,
    generic_enums,
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    borrowing_enums,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Size {
    width: u32,
    height: u32,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
enum Any {
    Nothing,
    Number(f64),
    Text(String),
    Pair(i64, Option<String>),
    Range { low: i64, high: i64 },
    Sized(Size),
    List(Vec<Any>),
}

fn untagged() {
    round_trip!("'Nothing'", Any::Nothing);
    round_trip!("1.5", Any::Number(1.5));
    round_trip!("'nothing'", Any::Text("nothing".into()));
    round_trip!("(1, None)", Any::Pair(1, None));
    round_trip!("{'low': 1, 'high': 2}", Any::Range { low: 1, high: 2 });
    round_trip!("{'width': 1, 'height': 2}", Any::Sized(Size { width: 1, height: 2 }));
    round_trip!(
        "[1.5, 'x', [{'low': 1, 'high': 2}]]",
        Any::List(vec![
            Any::Number(1.5),
            Any::Text("x".into()),
            Any::List(vec![Any::Range { low: 1, high: 2 }]),
        ])
    );
}

fn untagged_in_order() {
    #[derive(FromPyObject, Debug, PartialEq)]
    enum First {
        Red,
        Any(String),
        Green,
    }
    #[derive(FromPyObject, Debug, PartialEq)]
    enum Second {
        Float(f64),
        Int(i64),
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "'Red'").extract::<First>().unwrap(), First::Red);
        assert_eq!(eval(py, "'Green'").extract::<First>().unwrap(), First::Any("Green".into()));
        assert_eq!(eval(py, "3").extract::<Second>().unwrap(), Second::Float(3.0));
        let strict = eval(py, "3").extract::<convert_core::Strict<Second>>().unwrap();
        assert_eq!(strict.0, Second::Int(3));
    });
    let _ = First::Green;
}

fn untagged_within_other_types() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Row {
        cells: Vec<Any>,
        named: HashMap<String, Any>,
        #[py(default)]
        last: Option<Any>,
    }
    round_trip!(
        "{'cells': ['x', 1.0], 'named': {'a': [1.5]}, 'last': None}",
        Row {
            cells: vec![Any::Text("x".into()), Any::Number(1.0)],
            named: HashMap::from([("a".into(), Any::List(vec![Any::Number(1.5)]))]),
            last: None,
        }
    );
    assert_eq!(
        message::<Row>("{'cells': [{1}], 'named': {'a': None}, 'last': {1}}"),
        "Row: 3 errors
  cells[0]: expected \"Nothing\" | float | str | tuple[int, str | None] | Range | Size | Sequence[Any], got set
  named[\"a\"]: expected \"Nothing\" | float | str | tuple[int, str | None] | Range | Size | Sequence[Any], got None
  last: expected Any | None, got set"
    );
}

fn untagged_errors() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Simple {
        Int(i64),
        Float(f64),
        Text(String),
        Whole(i32),
    }
    // Each type once.
    assert_eq!(message::<Simple>("set()"), "expected int | float | str, got set");
    assert_eq!(message::<Vec<Simple>>("[1, None]"), "[1]: expected int | float | str, got None");
    assert_eq!(message::<Vec<Simple>>("5"), "expected Sequence[Simple], got int");
    // What was right in shape, and wrong inside.
    assert_eq!(
        message::<Any>("{'low': 'x', 'high': None}"),
        "Any: 2 errors
  (variant Range).low: expected int, got str
  (variant Range).high: expected int, got None"
    );
    assert_eq!(
        message::<Any>("{'low': 'x', 'high': 1, 'width': -1, 'height': 1}"),
        "Any: 2 errors
  (variant Range).low: expected int, got str
  (variant Sized).width: expected int in 0..=4294967295, got -1"
    );
    assert_eq!(
        message::<HashMap<String, Any>>("{'a': [1, {'low': 5, 'high': 'x'}]}"),
        "[\"a\"] (variant List)[1] (variant Range).high: expected int, got str"
    );
    // Of what lacks a key, only where nothing else fits better.
    assert_eq!(
        message::<Any>("{'hihg': 1, 'low': 1}"),
        "Any: 3 errors
  (variant Range).high: key is missing, expected int; there is a key \"hihg\"
  (variant Sized).width: key is missing, expected int
  (variant Sized).height: key is missing, expected int"
    );
    // What Python raises ends it at once.
    Python::attach(|py| {
        let raising = object(
            py,
            "
class X(dict):
    tries = 0
    def __getitem__(self, key):
        X.tries += 1
        raise MemoryError
x = X()",
        );
        let error = raising.extract::<Any>().unwrap_err();
        assert_eq!(error.to_string(), "MemoryError (in Any: (variant Range).low)");
        let tries: u8 = raising.getattr("tries").unwrap().extract().unwrap();
        assert_eq!(tries, 1);
    });
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Texts {
        Red,
        Green,
        Number(u8),
    }
    assert_eq!(
        message::<Texts>("'green'"),
        "expected \"Red\" | \"Green\" | int, got \"green\"; did you mean \"Green\"?"
    );
    assert_eq!(message::<Texts>("None"), "expected \"Red\" | \"Green\" | int, got None");
    assert_eq!(
        message::<Texts>("300"),
        "Texts: (variant Number): expected int in 0..=255, got 300"
    );
}

fn variants_of_the_same_type() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Either {
        Left(#[py(strict)] i64),
        Right(i64),
    }
    round_trip!("5", Either::Left(5));
    Python::attach(|py| {
        assert_eq!(eval(py, "True").extract::<Either>().unwrap(), Either::Right(1));
    });
}

fn numbers_that_do_not_fit_the_first_variant() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Number {
        Small(u8),
        Large(u64),
        Text(String),
    }
    round_trip!("5", Number::Small(5));
    round_trip!("500", Number::Large(500));
    round_trip!("'x'", Number::Text("x".into()));
    assert_eq!(
        message::<Number>("-1"),
        "Number: 2 errors
  (variant Small): expected int in 0..=255, got -1
  (variant Large): expected int in 0..=18446744073709551615, got -1"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Eq, Hash, Clone, Copy)]
enum Colour {
    Red,
    Green,
    Blue,
}

fn names() {
    round_trip!("'Red'", Colour::Red);
    round_trip!("['Blue', 'Green']", vec![Colour::Blue, Colour::Green]);
    round_trip!("{'Blue': 1}", HashMap::from([(Colour::Blue, 1)]));
    Python::attach(|py| {
        for expression in ["''.join('Green')", "type('S', (str,), {})('Green')"] {
            assert_eq!(eval(py, expression).extract::<Colour>().unwrap(), Colour::Green);
        }
        // The very same object each time.
        let one: Bound<'_, PyString> = Colour::Red.into_py(py).unwrap();
        assert!(one.is(&(&Colour::Red).into_py(py).unwrap()));
        let error = PyErr::from(eval(py, "'x'").extract::<Colour>().unwrap_err());
        assert!(error.is_instance_of::<PyValueError>(py));
        let error = PyErr::from(eval(py, "5").extract::<Colour>().unwrap_err());
        assert!(error.is_instance_of::<PyTypeError>(py));
    });
    assert_eq!(
        message::<Colour>("'green'"),
        "expected \"Red\" | \"Green\" | \"Blue\", got \"green\"; did you mean \"Green\"?"
    );
    assert_eq!(
        message::<Colour>("'\\ud800'"),
        "expected \"Red\" | \"Green\" | \"Blue\", got \"\u{fffd}\u{fffd}\u{fffd}\""
    );
    assert_eq!(message::<Colour>("5"), "expected \"Red\" | \"Green\" | \"Blue\", got int");
    assert_eq!(message::<Vec<Colour>>("{}"), "expected Sequence[Colour], got dict");
    assert_eq!(message::<Option<Colour>>("5"), "expected Colour | None, got int");
}

fn names_of_ones_own() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Level {
        #[py(rename = "low", alias = "l", alias = "little")]
        Low,
        #[py(rename(from_py = "high", into_py = "HIGH"))]
        High,
        r#Default,
    }
    round_trip!("'low'", Level::Low);
    round_trip!("'Default'", Level::Default);
    Python::attach(|py| {
        for (expression, level) in
            [("'l'", Level::Low), ("'little'", Level::Low), ("'high'", Level::High)]
        {
            assert_eq!(eval(py, expression).extract::<Level>().unwrap(), level);
        }
        assert_eq!(Level::High.into_py(py).unwrap().to_string_lossy(), "HIGH");
    });
    assert!(message::<Level>("'HIGH'").ends_with("; did you mean \"high\"?"));
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    enum Many {
        A1,
        A2,
        A3,
        A4,
        A5,
        A6,
        A7,
        A8,
        Nine,
    }
    assert_eq!(message::<Many>("'nine'"), "expected Many, got \"nine\"; did you mean \"Nine\"?");
    assert_eq!(message::<Many>("None"), "expected Many, got None");
}

fn names_and_what_has_none() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Open {
        #[py(other)]
        Unknown(String),
        Known,
    }
    round_trip!("'Known'", Open::Known);
    round_trip!("'known'", Open::Unknown("known".into()));
    assert_eq!(message::<Open>("5"), "expected \"Known\" | str, got int");
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Closed {
        Known,
        #[py(other, rename = "?")]
        Unknown,
    }
    round_trip!("'Known'", Closed::Known);
    round_trip!("'?'", Closed::Unknown);
    Python::attach(|py| {
        assert_eq!(eval(py, "'any'").extract::<Closed>().unwrap(), Closed::Unknown);
    });
    assert_eq!(message::<Closed>("5"), "expected \"Known\" | str, got int");
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone, Copy)]
#[py(int)]
#[repr(u64)]
enum Code {
    Zero,
    Five = 5,
    Six,
    Most = u64::MAX,
}

fn numbers() {
    round_trip!("0", Code::Zero);
    round_trip!("6", Code::Six);
    round_trip!("2**64 - 1", Code::Most);
    Python::attach(|py| {
        assert_eq!(eval(py, "False").extract::<Code>().unwrap(), Code::Zero);
        let five: Bound<'_, PyInt> = Code::Five.into_py(py).unwrap();
        assert_eq!(five.to_i64(), Some(5));
        let error = PyErr::from(eval(py, "1").extract::<Code>().unwrap_err());
        assert!(error.is_instance_of::<PyValueError>(py));
    });
    let expected = "expected 0 | 5 | 6 | 18446744073709551615";
    for (expression, got) in [
        ("1", "1"),
        ("-1", "-1"),
        ("2**64", "18446744073709551616"),
        ("2**200", "an int of 201 bits"),
        ("'0'", "str"),
        ("None", "None"),
    ] {
        assert_eq!(message::<Code>(expression), format!("{expected}, got {got}"));
    }
    assert_eq!(message::<convert_core::Strict<Code>>("False"), format!("{expected}, got bool"));
    // Whoever answers otherwise the second time is asked once.
    let fickle =
        "type('I', (), {'asked': [2**70, 5], '__index__': lambda self: self.asked.pop(0)})()";
    assert_eq!(message::<Code>(fickle), format!("{expected}, got I"));
    Python::attach(|py| {
        let five = "type('I', (), {'__index__': lambda self: 5})()";
        assert_eq!(eval(py, five).extract::<Code>().unwrap(), Code::Five);
        let error = eval(py, five).extract::<convert_core::Strict<Code>>().unwrap_err();
        assert_eq!(error.to_string(), format!("{expected}, got I"));
    });
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(int)]
    enum Signed {
        Less = -1,
        Equal,
        Greater,
    }
    round_trip!("[-1, 0, 1]", vec![Signed::Less, Signed::Equal, Signed::Greater]);
}

fn numbers_and_what_has_none() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(int)]
    #[repr(u8)]
    enum Open {
        One = 1,
        #[py(other)]
        Other(i64),
        Three,
        Letter = b'x',
    }
    round_trip!("1", Open::One);
    round_trip!("3", Open::Three);
    round_trip!("120", Open::Letter);
    round_trip!("2", Open::Other(2));
    round_trip!("-7", Open::Other(-7));
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(int)]
    enum Closed {
        One = 1,
        #[py(other)]
        Other = -1,
    }
    round_trip!("1", Closed::One);
    round_trip!("-1", Closed::Other);
    Python::attach(|py| {
        assert_eq!(eval(py, "2**100").extract::<Closed>().unwrap(), Closed::Other);
    });
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(tag = "type", rename_all = "lowercase")]
enum Shape {
    Circle {
        radius: f64,
    },
    Rectangle(Size),
    #[py(alias = "none")]
    Nothing,
    Group {
        name: String,
        members: Vec<Shape>,
    },
}

fn tagged() {
    round_trip!("{'type': 'circle', 'radius': 1.5}", Shape::Circle { radius: 1.5 });
    round_trip!(
        "{'type': 'rectangle', 'width': 1, 'height': 2}",
        Shape::Rectangle(Size { width: 1, height: 2 })
    );
    round_trip!("{'type': 'nothing'}", Shape::Nothing);
    round_trip!(
        "{'type': 'group', 'name': 'g', 'members': [{'type': 'nothing'}]}",
        Shape::Group { name: "g".into(), members: vec![Shape::Nothing] }
    );
    Python::attach(|py| {
        for expression in [
            "{'radius': 1.5, 'type': 'circle'}",
            "{'radius': 1.5, 'type': ''.join('circle'), 'more': 1}",
            "__import__('types').MappingProxyType({'type': 'circle', 'radius': 1.5})",
            "__import__('types').SimpleNamespace(type='circle', radius=1.5)",
            "__import__('collections').OrderedDict(type='circle', radius=1.5)",
        ] {
            let read: Shape = eval(py, expression).extract().unwrap();
            assert_eq!(read, Shape::Circle { radius: 1.5 }, "{expression}");
        }
        assert_eq!(eval(py, "{'type': 'none'}").extract::<Shape>().unwrap(), Shape::Nothing);
        // The tag comes first.
        let made: Bound<'_, PyDict> = Shape::Circle { radius: 1.5 }.into_py(py).unwrap();
        assert_eq!(made.str().unwrap().to_string_lossy(), "{'type': 'circle', 'radius': 1.5}");
    });
}

fn tagged_errors() {
    let known = "\"circle\" | \"rectangle\" | \"nothing\" | \"group\"";
    for (expression, expected) in [
        (
            "{'type': 'circel'}",
            format!("Shape: type: expected {known}, got \"circel\"; did you mean \"circle\"?"),
        ),
        ("{'type': 'x'}", format!("Shape: type: expected {known}, got \"x\"")),
        ("{'type': 5}", format!("Shape: type: expected {known}, got int")),
        ("{}", format!("Shape: type: key is missing, expected {known}")),
        (
            "{'tpye': 'circle'}",
            format!("Shape: type: key is missing, expected {known}; there is a key \"tpye\""),
        ),
        ("5", "expected Shape, got int".into()),
        ("'circle'", "expected Shape, got str".into()),
        (
            "{'type': 'circle', 'radius': 'x'}",
            "Shape: (variant circle).radius: expected float, got str".into(),
        ),
        (
            "{'type': 'rectangle', 'width': 'x', 'height': -1}",
            "Shape: 2 errors
  (variant rectangle).width: expected int, got str
  (variant rectangle).height: expected int in 0..=4294967295, got -1"
                .into(),
        ),
        (
            "{'type': 'group', 'name': None, 'members': [{'type': 'x'}, {'type': 'circle'}, 5]}",
            format!(
                "Shape: 4 errors
  (variant group).name: expected str, got None
  (variant group).members[0].type: expected {known}, got \"x\"
  (variant group).members[1] (variant circle).radius: key is missing, expected float
  (variant group).members[2]: expected Shape, got int"
            ),
        ),
    ] {
        assert_eq!(message::<Shape>(expression), expected, "{expression}");
    }
    Python::attach(|py| {
        let class = |expression| PyErr::from(eval(py, expression).extract::<Shape>().unwrap_err());
        assert!(class("{'type': 'x'}").is_instance_of::<PyValueError>(py));
        assert!(class("{'type': 5}").is_instance_of::<PyTypeError>(py));
        assert!(class("{}").is_instance_of::<PyKeyError>(py));
        // The places are those of the data.
        let expression = "{'type': 'group', 'name': '', 'members': [{'type': 'circle'}]}";
        let mut error = class(expression);
        let place = error.value(py).getattr("loc").unwrap();
        assert!(place.eq(eval(py, "('members', 0, 'radius')")).unwrap());
    });
}

fn tagged_objects() {
    #[derive(FromPyObject, Debug, PartialEq)]
    #[py(tag = "kind", attributes)]
    enum Node {
        Leaf { value: i64 },
        Branch { children: Vec<Node> },
    }
    Python::attach(|py| {
        let tree = eval(
            py,
            "(lambda N: N(kind='Branch', children=[N(kind='Leaf', value=1)]))(__import__('types').SimpleNamespace)",
        );
        assert_eq!(
            tree.extract::<Node>().unwrap(),
            Node::Branch { children: vec![Node::Leaf { value: 1 }] }
        );
        tree.extract::<convert_core::Strict<Node>>().unwrap();
    });
    assert_eq!(
        message::<Node>("{'kind': 'Leaf'}"),
        "Node: kind: attribute is missing, expected \"Leaf\" | \"Branch\""
    );
    assert_eq!(message::<Node>("5"), "expected Node, got int");
}

fn what_stands_beside_a_tag() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(deny_unknown)]
    struct Closed {
        id: u8,
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "type")]
    enum Beside {
        Closed(Closed),
        Map(BTreeMap<String, u8>),
        Size(Box<Size>),
        Inner(Inner),
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "kind")]
    enum Inner {
        A,
        B { b: u8 },
    }
    round_trip!("{'type': 'Closed', 'id': 1}", Beside::Closed(Closed { id: 1 }));
    round_trip!("{'type': 'Map', 'a': 1}", Beside::Map(BTreeMap::from([("a".into(), 1)])));
    round_trip!(
        "{'type': 'Size', 'width': 1, 'height': 2}",
        Beside::Size(Box::new(Size { width: 1, height: 2 }))
    );
    round_trip!("{'type': 'Inner', 'kind': 'B', 'b': 1}", Beside::Inner(Inner::B { b: 1 }));
    round_trip!("{'type': 'Inner', 'kind': 'A'}", Beside::Inner(Inner::A));
    Python::attach(|py| {
        let object = eval(py, "__import__('types').SimpleNamespace(type='Closed', id=1, more=2)");
        assert_eq!(object.extract::<Beside>().unwrap(), Beside::Closed(Closed { id: 1 }));
    });
    assert_eq!(
        message::<Beside>("{'type': 'Closed', 'id': 1, 'x': 2}"),
        "Beside: (variant Closed)[\"x\"]: unknown key"
    );
    assert_eq!(
        message::<Beside>("{'type': 'Inner', 'kind': 'b'}"),
        "Beside: (variant Inner).kind: expected \"A\" | \"B\", got \"b\"; did you mean \"B\"?"
    );
    // What becomes no dict has no place for a tag.
    #[derive(IntoPy)]
    #[py(tag = "type")]
    enum Number {
        One(u8),
    }
    Python::attach(|py| {
        let error = Number::One(5).into_py(py).unwrap_err();
        assert_eq!(error.to_string(), "Number: expected dict, got int");
    });
}

fn tagged_and_what_has_no_tag() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "type")]
    enum Event {
        Click {
            x: i64,
        },
        #[py(other)]
        Unknown(BTreeMap<String, Option<i64>>),
    }
    round_trip!("{'type': 'Click', 'x': 1}", Event::Click { x: 1 });
    round_trip!(
        "{'type': None, 'x': 1}",
        Event::Unknown(BTreeMap::from([("type".into(), None), ("x".into(), Some(1))]))
    );
    assert_eq!(
        message::<Event>("{'type': 'x'}"),
        "Event: [\"type\"]: expected int | None, got str"
    );
    assert_eq!(message::<Event>("{'x': 1}"), "Event: type: key is missing, expected \"Click\"");
    #[derive(FromPyObject, Debug, PartialEq)]
    #[py(tag = "t", content = "c")]
    enum Adjacent {
        Known(i64),
        #[py(other)]
        Unknown,
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "{'t': 'x'}").extract::<Adjacent>().unwrap(), Adjacent::Unknown);
        assert_eq!(eval(py, "{'t': 5, 'c': 1}").extract::<Adjacent>().unwrap(), Adjacent::Unknown);
        let known = eval(py, "{'t': 'Known', 'c': 1}").extract::<Adjacent>().unwrap();
        assert_eq!(known, Adjacent::Known(1));
    });
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(external)]
    enum External {
        Known(i64),
        #[py(other)]
        Unknown(HashMap<String, i64>),
    }
    round_trip!("{'Known': 1}", External::Known(1));
    round_trip!("{'x': 1}", External::Unknown(HashMap::from([("x".into(), 1)])));
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(tag = "t", content = "c")]
enum Message {
    Quit,
    Write(String),
    Move(i64, i64),
    Resize { width: u32, height: u32 },
}

fn adjacent() {
    round_trip!("{'t': 'Quit'}", Message::Quit);
    round_trip!("{'t': 'Write', 'c': 'x'}", Message::Write("x".into()));
    round_trip!("{'t': 'Move', 'c': (1, 2)}", Message::Move(1, 2));
    round_trip!(
        "{'t': 'Resize', 'c': {'width': 1, 'height': 2}}",
        Message::Resize { width: 1, height: 2 }
    );
    Python::attach(|py| {
        for expression in ["{'t': 'Quit', 'c': None}", "{'c': {}, 't': 'Quit'}"] {
            assert_eq!(eval(py, expression).extract::<Message>().unwrap(), Message::Quit);
        }
        let object = eval(py, "__import__('types').SimpleNamespace(c='x', t='Write')");
        assert_eq!(object.extract::<Message>().unwrap(), Message::Write("x".into()));
    });
}

fn adjacent_errors() {
    for (expression, expected) in [
        ("{'t': 'Write', 'c': 5}", "Message: (variant Write).c: expected str, got int"),
        ("{'t': 'Write'}", "Message: c: key is missing, expected str"),
        (
            "{'t': 'Move', 'c': (1, 2, 3)}",
            "Message: (variant Move).c: expected tuple[int, int], got tuple of length 3",
        ),
        ("{'t': 'Move', 'c': ('x', 2)}", "Message: (variant Move).c[0]: expected int, got str"),
        ("{'t': 'Resize', 'c': 5}", "Message: (variant Resize).c: expected Resize, got int"),
        (
            "{'t': 'Resize', 'c': {'width': 1, 'heigth': 2}}",
            "Message: (variant Resize).c.height: key is missing, expected int; there is a key \"heigth\"",
        ),
        (
            "{'t': 'Wriet', 'c': 5}",
            "Message: t: expected \"Quit\" | \"Write\" | \"Move\" | \"Resize\", got \"Wriet\"; did you mean \"Write\"?",
        ),
        ("None", "expected Message, got None"),
    ] {
        assert_eq!(message::<Message>(expression), expected, "{expression}");
    }
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(external)]
enum Price {
    Fixed(f64),
    Range { low: f64, high: f64 },
    Pair(f64, String),
    Free,
}

fn external() {
    round_trip!("{'Fixed': 1.5}", Price::Fixed(1.5));
    round_trip!("{'Range': {'low': 1.5, 'high': 2.5}}", Price::Range { low: 1.5, high: 2.5 });
    round_trip!("{'Pair': (1.5, 'x')}", Price::Pair(1.5, "x".into()));
    round_trip!("'Free'", Price::Free);
    Python::attach(|py| {
        for expression in [
            "__import__('types').MappingProxyType({'Fixed': 1.5})",
            "__import__('collections').OrderedDict(Fixed=1.5)",
        ] {
            assert_eq!(eval(py, expression).extract::<Price>().unwrap(), Price::Fixed(1.5));
        }
        assert_eq!(eval(py, "{'Free': None}").extract::<Price>().unwrap(), Price::Free);
    });
}

fn external_errors() {
    let known = "\"Fixed\" | \"Range\" | \"Pair\" | \"Free\"";
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Line {
        price: Price,
    }
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Order {
        lines: Vec<Line>,
    }
    assert_eq!(
        message::<Order>("{'lines': [{'price': 'Free'}, {'price': {'Fixed': None}}]}"),
        "Order: lines[1].price (variant Fixed): expected float, got None"
    );
    for (expression, expected) in [
        ("5", "expected Price, got int".to_owned()),
        ("{}", "expected Price, got dict of length 0".into()),
        ("{'Fixed': 1, 'x': 2}", "expected Price, got dict of length 2".into()),
        ("'free'", format!("expected {known}, got \"free\"; did you mean \"Free\"?")),
        (
            "{'fixed': 1}",
            format!(
                "Price: [\"fixed\"] (key): expected {known}, got \"fixed\"; did you mean \"Fixed\"?"
            ),
        ),
        ("{5: 1}", format!("Price: [5] (key): expected {known}, got int")),
        (
            "'Fixed'",
            "Price: (variant Fixed): expected a dict of the variant and what it holds, got str"
                .into(),
        ),
        ("{'Free': 5}", "Price: (variant Free): expected None, got int".into()),
        (
            "{'Range': {'low': 'x'}}",
            "Price: 2 errors
  (variant Range).low: expected float, got str
  (variant Range).high: key is missing, expected float"
                .into(),
        ),
        (
            "{'Pair': (1.5,)}",
            "Price: (variant Pair): expected tuple[float, str], got tuple of length 1".into(),
        ),
    ] {
        assert_eq!(message::<Price>(expression), expected, "{expression}");
    }
    Python::attach(|py| {
        let error = eval(py, "{'Range': {'low': 'x', 'high': 1}}").extract::<Price>().unwrap_err();
        let place = PyErr::from(error).value(py).getattr("loc").unwrap();
        assert!(place.eq(eval(py, "('Range', 'low')")).unwrap());
    });
}

fn names_in_another_case() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "t", rename_all = "kebab-case", rename_all_fields = "camelCase")]
    enum Cased {
        FirstVariant {
            first_field: u8,
            #[py(rename = "own")]
            second_field: u8,
        },
        #[py(rename_all = "UPPERCASE")]
        SecondVariant { first_field: u8 },
    }
    round_trip!(
        "{'t': 'first-variant', 'firstField': 1, 'own': 2}",
        Cased::FirstVariant { first_field: 1, second_field: 2 }
    );
    round_trip!(
        "{'t': 'second-variant', 'FIRSTFIELD': 1}",
        Cased::SecondVariant { first_field: 1 }
    );
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(rename_all(from_py = "SCREAMING_SNAKE_CASE"))]
    enum Names {
        HTTPServer,
        PlainText,
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "'HTTP_SERVER'").extract::<Names>().unwrap(), Names::HTTPServer);
        assert_eq!(eval(py, "'PLAIN_TEXT'").extract::<Names>().unwrap(), Names::PlainText);
        assert_eq!(Names::PlainText.into_py(py).unwrap().to_string_lossy(), "PlainText");
    });
}

fn words_within_variants() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "t", deny_unknown)]
    enum Words {
        A {
            #[py(alias = "identity")]
            id: u8,
            #[py(default = 5)]
            count: u8,
            #[py(skip)]
            cache: u8,
            #[py(skip_none)]
            note: Option<String>,
        },
        B {
            id: u8,
            #[py(flatten)]
            rest: BTreeMap<String, u8>,
        },
        C(#[py(strict)] Size),
    }
    round_trip!(
        "{'t': 'A', 'id': 1, 'count': 2}",
        Words::A { id: 1, count: 2, cache: 0, note: None }
    );
    round_trip!(
        "{'t': 'B', 'id': 1, 'count': 2}",
        Words::B { id: 1, rest: BTreeMap::from([("count".into(), 2)]) }
    );
    Python::attach(|py| {
        let read: Words = eval(py, "{'identity': 1, 't': 'A'}").extract().unwrap();
        assert_eq!(read, Words::A { id: 1, count: 5, cache: 0, note: None });
    });
    assert_eq!(
        message::<Words>("{'t': 'A', 'id': 1, 'conut': 1}"),
        "Words: (variant A)[\"conut\"]: unknown key; did you mean \"count\"?"
    );
    assert_eq!(
        message::<Words>("{'t': 'C', 'width': True, 'height': 2}"),
        "Words: (variant C).width: expected int, got bool"
    );
}

fn strict_enums() {
    use convert_core::Strict;
    assert_eq!(
        message::<Strict<Shape>>("{'type': 'circle', 'radius': 1}"),
        "Shape: (variant circle).radius: expected float, got int"
    );
    assert_eq!(
        message::<Strict<Shape>>("__import__('collections').OrderedDict(type='nothing')"),
        "expected Shape, got OrderedDict"
    );
    assert_eq!(
        message::<Strict<Price>>("{'Fixed': 1}"),
        "Price: (variant Fixed): expected float, got int"
    );
    assert_eq!(
        message::<Strict<Message>>("{'t': 'Move', 'c': (1, True)}"),
        "Message: (variant Move).c[1]: expected int, got bool"
    );
    assert_eq!(
        message::<Strict<Colour>>("type('S', (str,), {})('Red')"),
        "expected \"Red\" | \"Green\" | \"Blue\", got S"
    );
}

fn generic_enums() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Either<L, R> {
        Left(L),
        Right { right: Vec<R> },
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(tag = "k", content = "v")]
    enum Tagged<T> {
        One(T),
        Two(T, T),
        Named { all: Vec<T> },
        Nothing,
    }
    round_trip!("5", Either::<i64, String>::Left(5));
    round_trip!("{'right': ['x']}", Either::<i64, String>::Right { right: vec!["x".into()] });
    round_trip!("{'k': 'One', 'v': 5}", Tagged::One(5));
    round_trip!("{'k': 'Two', 'v': (5, 6)}", Tagged::Two(5, 6));
    round_trip!("{'k': 'Named', 'v': {'all': ['x']}}", Tagged::Named { all: vec!["x".to_owned()] });
    round_trip!("{'k': 'Nothing'}", Tagged::<u8>::Nothing);
    assert_eq!(message::<Either<i64, String>>("None"), "expected int | Right, got None");
    assert_eq!(message::<Vec<Tagged<i64>>>("[5]"), "[0]: expected Tagged[int], got int");
}

#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
fn borrowing_enums() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    enum Text<'a> {
        Str(&'a str),
        Bytes(&'a [u8]),
        Both(&'a str, &'a [u8]),
    }
    Python::attach(|py| {
        let both = eval(py, "('x', b'y')");
        let text: Text<'_> = both.extract().unwrap();
        assert_eq!(text, Text::Both("x", b"y"));
        assert!((&text).into_py(py).unwrap().eq(&both).unwrap());
    });
}
