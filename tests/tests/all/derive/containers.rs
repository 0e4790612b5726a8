//! Words on a struct: other names, sources, strictness, stand-ins.

use convert_core::exceptions::{PyKeyError, PyValueError};
use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};
use std::collections::HashMap;

convert_tests::tests! {
    names_in_another_case,
    another_case_for_each_direction,
    a_type_by_another_name,
    unknown_keys_are_denied,
    unknown_keys_of_what_is_flattened,
    the_structs_own_default,
    made_from_another_type,
    tried_from_another_type,
    written_as_another_type,
    transparent_structs,
    named_structs_as_tuples,
    by_key_or_by_attribute_only,
    strict_structs,
    strictly_extracted,
    bounds_of_ones_own,
    the_path_to_the_crate,
    unit_structs,
}

/// The message of the error that a strict conversion gives.
fn strict_message<T>(expression: &str) -> String
where
    T: for<'a, 'py> FromPyObject<'a, 'py>,
{
    message::<convert_core::Strict<T>>(expression)
}

macro_rules! cased {
    ($($name:ident $case:literal $first:literal $second:literal $third:literal;)*) => { $(
        #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
        #[py(rename_all = $case)]
        struct $name {
            first: u8,
            second_field: u8,
            url_2: u8,
        }
    )*

    fn names_in_another_case() {
        $(
            round_trip!(
                concat!("{'", $first, "': 1, '", $second, "': 2, '", $third, "': 3}"),
                $name { first: 1, second_field: 2, url_2: 3 }
            );
        )*
        assert_eq!(
            message::<Camel>("{'first': 1, 'second_field': 2, 'url2': 3}"),
            "Camel: secondField: key is missing, expected int; there is a key \"second_field\""
        );
    } };
}

cased! {
    Lower "lowercase" "first" "secondfield" "url2";
    Upper "UPPERCASE" "FIRST" "SECONDFIELD" "URL2";
    Pascal "PascalCase" "First" "SecondField" "Url2";
    Camel "camelCase" "first" "secondField" "url2";
    Snake "snake_case" "first" "second_field" "url_2";
    Shouted "SCREAMING_SNAKE_CASE" "FIRST" "SECOND_FIELD" "URL_2";
    Kebab "kebab-case" "first" "second-field" "url-2";
    ShoutedKebab "SCREAMING-KEBAB-CASE" "FIRST" "SECOND-FIELD" "URL-2";
}

fn another_case_for_each_direction() {
    #[derive(FromPyObject, IntoPy)]
    #[py(rename_all(from_py = "camelCase", into_py = "kebab-case"))]
    struct Both {
        first_name: String,
        #[py(rename(into_py = "Age"))]
        own_age: u8,
    }
    #[derive(FromPyObject, IntoPy)]
    #[py(rename_all(into_py = "UPPERCASE"))]
    struct Out {
        name: String,
        #[py(rename(from_py = "years", into_py = "age"))]
        own_age: u8,
    }
    Python::attach(|py| {
        let both: Both = eval(py, "{'firstName': 'Ada', 'ownAge': 36}").extract().unwrap();
        let expected = eval(py, "{'first-name': 'Ada', 'Age': 36}");
        assert!((&both).into_py(py).unwrap().as_any().eq(&expected).unwrap());
        let out: Out = eval(py, "{'name': 'Ada', 'years': 36}").extract().unwrap();
        let expected = eval(py, "{'NAME': 'Ada', 'age': 36}");
        assert!(out.into_py(py).unwrap().as_any().eq(&expected).unwrap());
    });
}

fn a_type_by_another_name() {
    #[derive(FromPyObject, Debug)]
    #[py(rename = "order-line")]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Line {
        id: u8,
    }
    assert_eq!(message::<Line>("5"), "expected order-line, got int");
    assert_eq!(message::<Line>("{'id': 'x'}"), "order-line: id: expected int, got str");
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(deny_unknown)]
struct Strictly {
    name: String,
    #[py(alias = "years", default)]
    age: u8,
}

fn unknown_keys_are_denied() {
    round_trip!("{'name': 'Ada', 'age': 36}", Strictly { name: "Ada".into(), age: 36 });
    let made = || Strictly { name: "Ada".into(), age: 36 };
    Python::attach(|py| {
        for expression in [
            "{'age': 36, 'name': 'Ada'}",
            "{'years': 36, 'name': 'Ada'}",
            "{''.join('age'): 36, ''.join('name'): 'Ada'}",
            "__import__('types').MappingProxyType({'age': 36, 'name': 'Ada'})",
            "__import__('collections').OrderedDict(age=36, name='Ada')",
            // Attributes are never unknown.
            "__import__('types').SimpleNamespace(age=36, name='Ada', more=1)",
        ] {
            let read: Strictly = eval(py, expression).extract().unwrap();
            assert_eq!(read, made(), "{expression}");
        }
        let error =
            PyErr::from(eval(py, "{'name': 'Ada', 'ag': 3}").extract::<Strictly>().unwrap_err());
        assert!(error.is_instance_of::<PyValueError>(py));
    });
    for (expression, expected) in [
        ("{'name': 'Ada', 'ag': 3}", "Strictly: [\"ag\"]: unknown key; did you mean \"age\"?"),
        (
            "{'name': 'Ada', 'yaers': 3}",
            "Strictly: [\"yaers\"]: unknown key; did you mean \"years\"?",
        ),
        ("{'name': 'Ada', 5: 3}", "Strictly: [5]: unknown key"),
        (
            "{'nmae': 'Ada', 'age': 'x', None: 0}",
            "Strictly: 3 errors
  name: key is missing, expected str; there is a key \"nmae\"
  age: expected int, got str
  [<None>]: unknown key",
        ),
        (
            "__import__('types').MappingProxyType({'name': 'Ada', 'nothing': 0})",
            "Strictly: [\"nothing\"]: unknown key",
        ),
    ] {
        assert_eq!(message::<Strictly>(expression), expected);
    }
    assert_eq!(message::<Vec<Strictly>>("[{'name': '', 'x': 1}]"), "[0][\"x\"]: unknown key");
}

fn unknown_keys_of_what_is_flattened() {
    #[derive(FromPyObject, Debug, PartialEq)]
    #[py(deny_unknown)]
    struct Closed {
        id: u8,
        #[py(flatten)]
        strictly: Option<Camel>,
    }
    #[derive(FromPyObject, Debug)]
    #[py(deny_unknown)]
    struct Open {
        id: u8,
        #[py(flatten)]
        rest: HashMap<String, u8>,
    }
    Python::attach(|py| {
        let closed: Closed =
            eval(py, "{'id': 1, 'first': 1, 'secondField': 2, 'url2': 3}").extract().unwrap();
        assert_eq!(closed.strictly, Some(Camel { first: 1, second_field: 2, url_2: 3 }));
        let closed: Closed = eval(py, "{'id': 1}").extract().unwrap();
        assert_eq!(closed.strictly, None);
        let open: Open = eval(py, "{'id': 1, 'any': 2}").extract().unwrap();
        assert_eq!((open.id, open.rest["any"]), (1, 2));
    });
    assert_eq!(
        message::<Closed>("{'id': 1, 'first': 1, 'secondField': 2, 'url2': 3, 'url3': 4}"),
        "Closed: [\"url3\"]: unknown key"
    );
}

fn the_structs_own_default() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(default)]
    struct Options {
        depth: u8,
        name: String,
        #[py(default = 2.5)]
        scale: f64,
        #[py(skip)]
        note: Option<String>,
    }
    impl Default for Options {
        fn default() -> Self {
            Options { depth: 3, name: "main".into(), scale: 1.0, note: Some("own".into()) }
        }
    }
    Python::attach(|py| {
        let options: Options = eval(py, "{'name': 'x'}").extract().unwrap();
        let note = Some("own".into());
        assert_eq!(options, Options { depth: 3, name: "x".into(), scale: 2.5, note });
        let written = options.into_py(py).unwrap();
        let expected = eval(py, "{'depth': 3, 'name': 'x', 'scale': 2.5}");
        assert!(written.as_any().eq(&expected).unwrap());
    });
    assert_eq!(message::<Options>("{'depth': None}"), "Options: depth: expected int, got None");
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(from = "(f64, f64)", into = "(f64, f64)")]
struct Point {
    x: f64,
    y: f64,
}

impl From<(f64, f64)> for Point {
    fn from((x, y): (f64, f64)) -> Self {
        Point { x, y }
    }
}

impl From<Point> for (f64, f64) {
    fn from(point: Point) -> Self {
        (point.x, point.y)
    }
}

fn made_from_another_type() {
    round_trip!("(1.5, 2.0)", Point { x: 1.5, y: 2.0 });
    assert_eq!(message::<Point>("(1.5, 'x')"), "[1]: expected float, got str");
    assert_eq!(message::<Point>("5"), "expected tuple[float, float], got int");
    assert_eq!(strict_message::<Point>("(1.5, 2)"), "[1]: expected float, got int");
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(try_from = "i64")]
struct Even(i64);

impl TryFrom<i64> for Even {
    type Error = String;

    fn try_from(value: i64) -> Result<Self, String> {
        if value % 2 == 0 { Ok(Even(value)) } else { Err(format!("{value} is odd")) }
    }
}

/// What its conversion raises: an exception, or an error of this library.
#[derive(FromPyObject, Debug)]
#[py(try_from = "bool")]
struct Refused;

impl TryFrom<bool> for Refused {
    type Error = PyErr;

    fn try_from(_: bool) -> Result<Self, PyErr> {
        Err(PyKeyError::new_err("no such thing"))
    }
}

fn tried_from_another_type() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Numbers {
        even: Even,
        more: Vec<Even>,
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "4").extract::<Even>().unwrap(), Even(4));
        let error = PyErr::from(eval(py, "3").extract::<Even>().unwrap_err());
        assert!(error.is_instance_of::<PyValueError>(py));
        let error = PyErr::from(eval(py, "True").extract::<Refused>().unwrap_err());
        assert!(error.is_instance_of::<PyKeyError>(py));
    });
    assert_eq!(message::<Even>("3"), "3 is odd");
    assert_eq!(message::<Even>("'x'"), "expected int, got str");
    assert_eq!(
        message::<Numbers>("{'even': 5, 'more': [2, 7, None]}"),
        "Numbers: 3 errors\n  even: 5 is odd\n  more[1]: 7 is odd\n  more[2]: expected int, got None"
    );
}

fn written_as_another_type() {
    #[derive(IntoPy, Clone)]
    #[py(into = "String")]
    struct Name {
        first: &'static str,
        last: &'static str,
    }
    impl From<Name> for String {
        fn from(name: Name) -> Self {
            format!("{} {}", name.first, name.last)
        }
    }
    Python::attach(|py| {
        let name = Name { first: "Ada", last: "Lovelace" };
        // The target is that of the other type.
        let text: Bound<'_, PyString> = (&name).into_py(py).unwrap();
        assert_eq!(text.to_string_lossy(), "Ada Lovelace");
        assert!(name.into_py(py).unwrap().as_any().eq(text.as_any()).unwrap());
    });
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(transparent)]
struct Metres {
    value: f64,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(transparent)]
struct Cached<T> {
    value: Vec<T>,
    #[py(skip, default = 7)]
    count: usize,
}

fn transparent_structs() {
    round_trip!("1.5", Metres { value: 1.5 });
    round_trip!("[1, 2]", Cached { value: vec![1_u16, 2], count: 7 });
    assert_eq!(message::<Metres>("'x'"), "expected float, got str");
    assert_eq!(message::<Cached<u16>>("[1, None]"), "[1]: expected int, got None");
    assert_eq!(message::<Vec<Metres>>("{}"), "expected Sequence[float], got dict");
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
#[py(tuple)]
struct Pair {
    left: i64,
    #[py(skip)]
    between: Option<String>,
    right: String,
}

fn named_structs_as_tuples() {
    round_trip!("(1, 'x')", Pair { left: 1, between: None, right: "x".into() });
    assert_eq!(message::<Pair>("(1, 2)"), "Pair: [1]: expected str, got int");
    assert_eq!(message::<Pair>("(1, 'x', 3)"), "expected Pair, got tuple of length 3");
    assert_eq!(message::<Pair>("{'left': 1, 'right': 'x'}"), "expected Pair, got dict");
}

fn by_key_or_by_attribute_only() {
    #[derive(FromPyObject, Debug)]
    #[py(items)]
    struct Items {
        size: i64,
        #[py(attribute("__class__"))]
        class: Py<PyAny>,
    }
    #[derive(FromPyObject, Debug, PartialEq)]
    #[py(attributes)]
    struct Attributes {
        size: i64,
        #[py(item, default)]
        key: Option<i64>,
    }
    Python::attach(|py| {
        let both = object(
            py,
            "
class Both(dict):
    size = 1
x = Both(size=2, key=3)",
        );
        let items: Items = both.extract().unwrap();
        assert_eq!(items.size, 2);
        assert!(items.class.bind(py).is(&both.get_type()));
        let attributes: Attributes = both.extract().unwrap();
        assert_eq!(attributes, Attributes { size: 1, key: Some(3) });
        let plain = eval(py, "__import__('types').SimpleNamespace(size=5)");
        assert_eq!(plain.extract::<Attributes>().unwrap(), Attributes { size: 5, key: None });
    });
    assert_eq!(
        message::<Attributes>("{'size': 5}"),
        "Attributes: size: attribute is missing, expected int"
    );
    assert_eq!(
        message::<Items>("__import__('types').SimpleNamespace(size=5)"),
        "Items: size: key is missing, expected int"
    );
}

fn strict_structs() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(strict)]
    struct Exact {
        number: i64,
        all: Vec<f64>,
        #[py(default)]
        flag: Option<bool>,
    }
    round_trip!(
        "{'number': 1, 'all': [1.5], 'flag': True}",
        Exact { number: 1, all: vec![1.5], flag: Some(true) }
    );
    assert_eq!(
        message::<Exact>("{'number': True, 'all': [1.5, 2]}"),
        "Exact: 2 errors\n  number: expected int, got bool\n  all[1]: expected float, got int"
    );
    // The object may be any that has the fields.
    Python::attach(|py| {
        let object = eval(py, "__import__('types').SimpleNamespace(number=1, all=[])");
        assert_eq!(object.extract::<Exact>().unwrap().number, 1);
    });
}

fn strictly_extracted() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Line {
        id: i64,
        price: f64,
        pair: (i64, Metres),
    }
    let line = |id: &str, price: &str, pair: &str| {
        format!("{{'id': {id}, 'price': {price}, 'pair': {pair}}}")
    };
    Python::attach(|py| {
        let exact = eval(py, &line("1", "1.5", "(1, 2.5)"));
        exact.extract::<convert_core::Strict<Line>>().unwrap();
        eval(py, &line("True", "1", "(1, 2)")).extract::<Line>().unwrap();
    });
    assert_eq!(
        strict_message::<Line>(&line("True", "1", "(False, 2)")),
        "Line: 4 errors
  id: expected int, got bool
  price: expected float, got int
  pair[0]: expected int, got bool
  pair[1]: expected float, got int"
    );
    let dict = line("1", "1.5", "(1, 2.5)");
    for other in [
        format!("__import__('collections').OrderedDict({dict})"),
        format!("__import__('types').MappingProxyType({dict})"),
        format!("__import__('types').SimpleNamespace(**{dict})"),
    ] {
        let text = strict_message::<Line>(&other);
        assert!(text.starts_with("expected Line, got "), "{text}");
    }
    #[derive(FromPyObject, Debug)]
    #[py(attributes)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Attributes {
        id: i64,
    }
    let text = strict_message::<Attributes>("__import__('types').SimpleNamespace(id=True)");
    assert_eq!(text, "Attributes: id: expected int, got bool");
}

fn bounds_of_ones_own() {
    trait Unit {
        const NAME: &'static str;
    }
    fn in_unit<'py, U: Unit>(text: &Label<U>, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        PyString::new(py, &format!("{} {}", text.0, U::NAME))
    }
    struct Label<U>(&'static str, std::marker::PhantomData<U>);
    #[derive(IntoPy)]
    #[py(bound = "U: Unit")]
    struct Labelled<U> {
        #[py(into_py_with = in_unit)]
        label: Label<U>,
    }
    #[derive(FromPyObject)]
    #[py(bound(from_py = "U: Unit, V: FromPyObjectOwned<'py>"))]
    struct Quantity<U, V> {
        #[py(default = format!("in {}", U::NAME))]
        unit: String,
        values: Vec<V>,
        #[py(skip)]
        mark: std::marker::PhantomData<U>,
    }
    struct Metric;
    impl Unit for Metric {
        const NAME: &'static str = "m";
    }
    Python::attach(|py| {
        let quantity: Quantity<Metric, f64> = eval(py, "{'values': [1.5]}").extract().unwrap();
        assert_eq!((&*quantity.unit, &*quantity.values), ("in m", &[1.5][..]));
        let labelled = Labelled { label: Label::<Metric>("in", quantity.mark) };
        assert!(labelled.into_py(py).unwrap().as_any().eq(eval(py, "{'label': 'in m'}")).unwrap());
    });
}

fn the_path_to_the_crate() {
    mod elsewhere {
        pub use convert_core as core;
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(crate = "elsewhere::core")]
    struct Far {
        id: u8,
    }
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    #[py(crate = "elsewhere::core", tag = "type")]
    enum FarEnum {
        Near,
        Further { by: u8 },
    }
    round_trip!("{'id': 1}", Far { id: 1 });
    round_trip!("{'type': 'Near'}", FarEnum::Near);
    round_trip!("{'type': 'Further', 'by': 1}", FarEnum::Further { by: 1 });
}

fn unit_structs() {
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct Nothing;
    #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
    struct NoItems();
    round_trip!("()", Nothing);
    round_trip!("()", NoItems());
    assert_eq!(message::<Nothing>("None"), "expected Nothing, got None");
    assert_eq!(message::<NoItems>("(1,)"), "expected NoItems, got tuple of length 1");
}
