//! Structs of every shape, both directions.

use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, object, round_trip};
use std::collections::HashMap;
use std::marker::PhantomData as Mark;

convert_tests::tests! {
    a_struct_is_a_dict,
    keys_of_any_kind_in_any_order,
    a_struct_is_an_object_with_attributes,
    every_wrong_leaf_is_listed,
    what_is_neither_dict_nor_has_the_attributes,
    renamed_fields,
    defaults_are_for_what_is_missing_only,
    what_may_all_be_missing_is_not_everything,
    a_default_is_asked_for_only_where_it_is_used,
    items_and_attributes,
    tuple_structs_newtypes_and_generics,
    empty_and_recursive_structs,
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    borrowing_from_the_object_itself,
    the_interpreters_lifetime,
    a_report_that_borrows_in_rust,
    no_more_than_32_wrong_leaves_are_listed,
    reading_by_key_only_and_dicts_with_defaults,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Customer {
    name: String,
    age: u8,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Order {
    id: u64,
    customer: Customer,
    prices: Vec<f64>,
    #[py(default)]
    note: Option<String>,
}

const ORDER: &str =
    "{'id': 1, 'customer': {'name': 'Ada', 'age': 36}, 'prices': [1.5], 'note': None}";

fn order() -> Order {
    let customer = Customer { name: "Ada".into(), age: 36 };
    Order { id: 1, customer, prices: vec![1.5], note: None }
}

fn a_struct_is_a_dict() {
    round_trip!(ORDER, order());
    // Keys in any order, and more of them.
    round_trip_in(
        "{'x': 0, 'note': None, 'prices': (1.5,), 'customer': {'age': 36, 'x': 0, 'name': 'Ada'}, 'id': 1}",
    );
    round_trip_in("{'id': 1, 'customer': {'name': 'Ada', 'age': 36}, 'prices': [1.5]}");
    round_trip_in(&format!("__import__('collections').OrderedDict({ORDER})"));
    round_trip_in(&format!(
        "type('D', (dict,), {{'__getitem__': lambda self, key: {ORDER}[key]}})()"
    ));
    // Keys that are equal to the names without being the interned strings.
    round_trip_in(&format!("{{''.join(list(k)): v for k, v in {ORDER}.items()}}"));
}

/// Every order of the keys, with a key more at every place, without one, as the very names, as
/// their texts, and as what only compares like them: read as `dict.get` does.
fn keys_of_any_kind_in_any_order() {
    #[derive(FromPyObject, Debug, PartialEq)]
    struct Few {
        a: i64,
        #[py(rename = "größe")]
        size: String,
        #[py(default)]
        of: Option<f64>,
        items: Vec<i64>,
    }
    #[derive(FromPyObject, Debug, PartialEq)]
    struct More {
        a: i64,
        #[py(rename = "größe")]
        size: String,
        #[py(default)]
        of: Option<f64>,
        #[py(default = 7, alias = "number")]
        more: u8,
        items: Vec<i64>,
    }
    /// Where a struct is tried among others, the dict may well be meant for another one.
    #[derive(FromPyObject, Debug, PartialEq)]
    enum Tried {
        Else(Else),
        Few(Few),
    }
    #[derive(FromPyObject, Debug, PartialEq)]
    struct Else {
        #[py(default)]
        of: Option<f64>,
        nothing: i64,
    }
    let dicts = "
from itertools import permutations
class Text(str):
    pass
class Like:
    def __init__(self, text): self.text = text
    def __hash__(self): return hash(self.text)
    def __eq__(self, other): return other == self.text
values = {'a': 1, 'größe': 'x', 'of': 2.5, 'items': [3]}
x = []
for order in permutations(values):
    for kind in (str, lambda key: ''.join(list(key)), Text, Like):
        for other in (None, 0, 1, 2, 3, 4):
            for missing in (None, *values):
                keys = [key for key in order if key != missing]
                entries = [(kind(key), values[key]) for key in keys]
                if other is not None:
                    entries.insert(other, (kind('other'), 0))
                    entries.insert(other, (kind('items '), 0))
                    entries.insert(3, (5, 0))
                x.append((dict(entries), missing))";
    Python::attach(|py| {
        let all: Vec<(Bound<'_, PyDict>, Option<String>)> = object(py, dicts).extract().unwrap();
        assert_eq!(all.len(), 24 * 4 * 6 * 5);
        for (dict, missing) in all {
            let of = (missing.as_deref() != Some("of")).then_some(2.5);
            let (few, more) = (dict.extract::<Few>(), dict.extract::<More>());
            let tried = dict.extract::<Tried>();
            match missing.as_deref() {
                None | Some("of") => {
                    let (size, items) = ("x".to_owned(), vec![3]);
                    assert_eq!(
                        few.unwrap(),
                        Few { a: 1, size: size.clone(), of, items: items.clone() }
                    );
                    let few = Few { a: 1, size: size.clone(), of, items: items.clone() };
                    assert_eq!(tried.unwrap(), Tried::Few(few));
                    assert_eq!(more.unwrap(), More { a: 1, size, of, more: 7, items });
                }
                Some(name) => {
                    for error in [few.unwrap_err(), more.unwrap_err()] {
                        assert!(error.is_missing(), "{error}");
                        assert_eq!(error.path(), name);
                        assert_eq!(error.failures().len(), 1);
                    }
                    let failures = tried.unwrap_err().failures();
                    let paths: Vec<_> = failures.iter().map(|(path, _)| path.as_str()).collect();
                    assert_eq!(paths, ["(variant Else).nothing", &format!("(variant Few).{name}")]);
                }
            }
        }
    });
}

fn round_trip_in(expression: &str) {
    Python::attach(|py| assert_eq!(eval(py, expression).extract::<Order>().unwrap(), order()));
}

fn a_struct_is_an_object_with_attributes() {
    Python::attach(|py| {
        for class in [
            "class O:
    def __init__(self, **k): self.__dict__.update(k)",
            "class O:
    __slots__ = ('id', 'customer', 'prices', 'note', 'name', 'age')
    def __init__(self, **k):
        for name, value in k.items(): setattr(self, name, value)",
            "from types import SimpleNamespace as O",
            "class O:
    def __init__(self, **k): self.k = k
    def __getattr__(self, name):
        try: return self.__dict__['k'][name]
        except KeyError: raise AttributeError(name)",
        ] {
            let made = object(
                py,
                &format!(
                    "{class}
x = O(id=1, customer=O(name='Ada', age=36), prices=[1.5])"
                ),
            );
            assert_eq!(made.extract::<Order>().unwrap(), order(), "{class}");
        }
    });
}

fn every_wrong_leaf_is_listed() {
    assert_eq!(
        message::<Order>(
            "{'id': -1, 'customer': {'name': 5, 'age': 256}, 'prices': [0, 'x', None], 'note': 5}"
        ),
        "Order: 6 errors
  id: expected int in 0..=18446744073709551615, got -1
  customer.name: expected str, got int
  customer.age: expected int in 0..=255, got 256
  prices[1]: expected float, got str
  prices[2]: expected float, got None
  note: expected str | None, got int"
    );
    assert_eq!(
        message::<Vec<Order>>("[{'id': 1, 'prices': []}]"),
        "[0].customer: key is missing, expected Customer"
    );
    assert_eq!(
        message::<HashMap<String, Customer>>("{'a b': {'name': 'x', 'age': None}}"),
        "[\"a b\"].age: expected int, got None"
    );
    assert_eq!(
        message::<Customer>("{}"),
        "Customer: 2 errors\n  name: key is missing, expected str\n  age: key is missing, expected int"
    );
}

fn what_is_neither_dict_nor_has_the_attributes() {
    for expression in ["5", "'text'", "None", "[1]", "object()"] {
        let got = match expression {
            "5" => "int",
            "'text'" => "str",
            "None" => "None",
            "[1]" => "list",
            _ => "object",
        };
        assert_eq!(message::<Customer>(expression), format!("expected Customer, got {got}"));
    }
    assert_eq!(
        message::<Order>("{'id': 1, 'customer': 7, 'prices': []}"),
        "Order: customer: expected Customer, got int"
    );
    assert_eq!(
        message::<Customer>("type('C', (), {'name': 'x'})()"),
        "Customer: age: attribute is missing, expected int"
    );
    assert_eq!(
        message::<Customer>("type('C', (), {'__slots__': ('name', 'age')})()"),
        "expected Customer, got C"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Renamed {
    #[py(rename = "class")]
    kind: String,
    #[pyo3(rename = "from")]
    r#type: i64,
    r#in: bool,
}

fn renamed_fields() {
    round_trip!(
        "{'class': 'x', 'from': 5, 'in': True}",
        Renamed { kind: "x".into(), r#type: 5, r#in: true }
    );
    assert_eq!(
        message::<Renamed>("{'class': 1, 'from': 5, 'in': True}"),
        "Renamed: class: expected str, got int"
    );
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Defaults {
    #[py(default)]
    count: u8,
    #[py(default = "none given".to_owned())]
    text: String,
    #[py(default = vec![1, 2])]
    list: Vec<u8>,
}

fn defaults_are_for_what_is_missing_only() {
    Python::attach(|py| {
        let made: Defaults = eval(py, "{}").extract().unwrap();
        assert_eq!(made, Defaults { count: 0, text: "none given".into(), list: vec![1, 2] });
        let made: Defaults = eval(py, "{'text': 'x', 'count': 3}").extract().unwrap();
        assert_eq!(made, Defaults { count: 3, text: "x".into(), list: vec![1, 2] });
        let made: Defaults = eval(py, "type('X', (), {'count': 5})()").extract().unwrap();
        assert_eq!((made.count, made.list), (5, vec![1, 2]));
        // A getter that raises is not a missing attribute.
        let object = object(
            py,
            "
class X:
    @property
    def count(self): raise RuntimeError('broken')
x = X()",
        );
        let error = PyErr::from(object.extract::<Defaults>().unwrap_err());
        assert!(error.is_instance_of::<convert_core::exceptions::PyRuntimeError>(py));
    });
    assert_eq!(message::<Defaults>("{'count': None}"), "Defaults: count: expected int, got None");
}

fn what_may_all_be_missing_is_not_everything() {
    for (expression, name) in
        [("object()", "object"), ("5", "int"), ("2.5", "float"), ("None", "None"), ("set()", "set")]
    {
        assert_eq!(
            message::<Defaults>(expression),
            format!("expected Defaults, got {name}"),
            "{expression}"
        );
        assert_eq!(
            message::<Empty>(expression),
            format!("expected Empty, got {name}"),
            "{expression}"
        );
    }
    #[derive(FromPyObject, Debug)]
    #[py(attributes, default)]
    #[derive(Default)]
    struct ByAttribute {
        size: u32,
    }
    assert_eq!(message::<ByAttribute>("{'size': 5}"), "expected ByAttribute, got dict");
    #[derive(FromPyObject, Debug, PartialEq)]
    enum Either {
        Given(Defaults),
        Neither(i64),
    }
    Python::attach(|py| {
        assert_eq!(eval(py, "7").extract::<Either>().unwrap(), Either::Neither(7));
        let given = Defaults { count: 0, text: "none given".into(), list: vec![1, 2] };
        assert_eq!(eval(py, "{}").extract::<Either>().unwrap(), Either::Given(given));
        let size: ByAttribute = eval(py, "type('X', (), {'size': 5})()").extract().unwrap();
        assert_eq!(size.size, 5);
        let mapping = "__import__('types').MappingProxyType({})";
        assert_eq!(eval(py, mapping).extract::<Defaults>().unwrap().count, 0);
    });
}

fn a_default_is_asked_for_only_where_it_is_used() {
    use std::cell::Cell;
    thread_local!(static ASKED: Cell<u32> = const { Cell::new(0) });
    fn ask() -> i64 {
        ASKED.set(ASKED.get() + 1);
        7
    }
    #[derive(FromPyObject)]
    struct Asks {
        first: i64,
        #[py(default = ask())]
        second: i64,
    }
    ASKED.set(0);
    Python::attach(|py| {
        assert!(eval(py, "{'first': 'x'}").extract::<Asks>().is_err());
        assert!(eval(py, "{'first': 1, 'second': 'x'}").extract::<Asks>().is_err());
        assert_eq!(ASKED.get(), 0);
        let Asks { first, second } = eval(py, "{'first': 1}").extract().unwrap();
        assert_eq!((first, second, ASKED.get()), (1, 7, 1));
    });
}

#[derive(FromPyObject, Debug)]
struct Sources {
    #[py(item)]
    key: i64,
    #[py(item("other key"))]
    other: i64,
    #[py(attribute)]
    real: f64,
    #[py(attribute("__len__"), default)]
    length: Option<Py<PyAny>>,
}

fn items_and_attributes() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
class Both(dict):
    real = 2.5
    key = 'not this'
x = Both(key=1, real='nor this')
x['other key'] = 2
class Items:
    real = 0.5
    def __getitem__(self, key): return {'key': 3, 'other key': 4}[key]
y = Items()",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let made: Sources = get("x").extract().unwrap();
        assert_eq!((made.key, made.other, made.real), (1, 2, 2.5));
        assert!(made.length.is_some());
        let made: Sources = get("y").extract().unwrap();
        assert_eq!((made.key, made.other, made.real), (3, 4, 0.5));
        assert!(made.length.is_none());
    });
    assert_eq!(
        message::<Sources>("{'key': 1}"),
        "Sources: 2 errors\n  [\"other key\"]: key is missing, expected int\n  real: attribute is missing, expected float"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Point(f64, f64);

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Eq, Hash, Clone)]
struct Id(u32);

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Page<T, const N: usize = 1> {
    items: Vec<T>,
    ids: [Id; N],
}

fn tuple_structs_newtypes_and_generics() {
    round_trip!("(1.5, -2.0)", Point(1.5, -2.0));
    round_trip!("7", Id(7));
    round_trip!(
        "{'items': [(0.0, 1.0)], 'ids': [1, 2]}",
        Page { items: vec![Point(0.0, 1.0)], ids: [Id(1), Id(2)] }
    );
    round_trip!("{3: 'x'}", HashMap::from([(Id(3), 'x')]));
    assert_eq!(message::<Point>("(1, 'x')"), "Point: [1]: expected float, got str");
    assert_eq!(message::<Point>("(1, 2, 3)"), "expected Point, got tuple of length 3");
    assert_eq!(message::<Point>("[1, 2]"), "expected Point, got list");
    assert_eq!(message::<Id>("'x'"), "expected int, got str");
    assert_eq!(message::<Vec<Page<Point>>>("[5]"), "[0]: expected Page[Point], got int");
    assert_eq!(
        message::<Page<Point>>("{'items': [(1, 2), ('a', 'b')], 'ids': []}"),
        "Page: 3 errors
  items[1][0]: expected float, got str
  items[1][1]: expected float, got str
  ids: expected Sequence[int] of length 1, got list of length 0"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Empty {}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Tree {
    value: i64,
    children: Vec<Tree>,
    #[py(default)]
    left: Option<Box<Tree>>,
}

fn empty_and_recursive_structs() {
    round_trip!("{}", Empty {});
    let leaf = |value| Tree { value, children: vec![], left: None };
    round_trip!(
        "{'value': 1, 'children': [{'value': 2, 'children': [], 'left': None}], 'left': {'value': 3, 'children': [], 'left': None}}",
        Tree { value: 1, children: vec![leaf(2)], left: Some(Box::new(leaf(3))) }
    );
    assert_eq!(
        message::<Tree>(
            "{'value': 1, 'children': [], 'left': {'value': 1, 'children': [{'value': None, 'children': []}]}}"
        ),
        "Tree: left.children[0].value: expected int, got None"
    );
}

#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
fn borrowing_from_the_object_itself() {
    #[derive(FromPyObject)]
    struct Name<'a>(&'a str);
    #[derive(FromPyObject)]
    struct Pair<'a>(&'a str, Option<&'a [u8]>);
    Python::attach(|py| {
        let text = eval(py, "'borrowed'");
        assert_eq!(text.extract::<Name<'_>>().unwrap().0, "borrowed");
        let pair = eval(py, "('a', b'b')");
        let Pair(a, b) = pair.extract().unwrap();
        assert_eq!((a, b), ("a", Some(&b"b"[..])));
    });
}

#[derive(FromPyObject, IntoPy)]
struct Handle<'py> {
    object: Bound<'py, PyAny>,
}

fn the_interpreters_lifetime() {
    Python::attach(|py| {
        let dict = eval(py, "{'object': [1]}");
        let handle: Handle<'_> = dict.extract().unwrap();
        assert!(handle.object.is(&dict.get_item("object").unwrap()));
        assert!(handle.into_py(py).unwrap().as_any().eq(&dict).unwrap());
    });
}

#[derive(IntoPy)]
struct Report<'a> {
    title: &'a str,
    counts: &'a [u64],
    best: Option<&'a Point>,
    pairs: Vec<(&'a str, u8)>,
}

fn a_report_that_borrows_in_rust() {
    Python::attach(|py| {
        let point = Point(0.0, 1.0);
        let report =
            Report { title: "t", counts: &[1, 2], best: Some(&point), pairs: vec![("a", 1)] };
        let expected =
            eval(py, "{'title': 't', 'counts': [1, 2], 'best': (0.0, 1.0), 'pairs': [('a', 1)]}");
        assert!((&report).into_py(py).unwrap().as_any().eq(&expected).unwrap());
        assert!(report.into_py(py).unwrap().as_any().eq(&expected).unwrap());
    });
}

fn no_more_than_32_wrong_leaves_are_listed() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Rows(Row, Row, Row, Row, Row, Row, Row, Row, Row, Row, Row, Row);
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct Row {
        a: i64,
        b: i64,
        c: i64,
    }
    let text = message::<Rows>("({'a': '', 'b': '', 'c': ''},) * 12");
    assert!(
        text.starts_with("Rows: more than 32 errors\n  [0].a: expected int, got str\n"),
        "{text}"
    );
    assert!(text.ends_with("\n  [10].b: expected int, got str\n  …"), "{text}");
}

// Not used, but must compile: names that generated code could trip over.
#[allow(dead_code, reason = "only has to compile")]
mod hygiene {
    use super::Mark;
    struct Result;
    struct Option;
    struct Ok;
    #[derive(convert_core::FromPyObject, convert_core::IntoPy)]
    struct Fields {
        fields: i64,
        value: i64,
        remaining: i64,
        object: i64,
    }
    fn unused(_: Mark<(Result, Option, Ok, Fields)>) {}
}

fn reading_by_key_only_and_dicts_with_defaults() {
    #[derive(FromPyObject, Debug)]
    #[allow(dead_code, reason = "only its errors are looked at")]
    struct ByKey {
        #[py(item)]
        name: String,
    }
    for expression in ["5", "[1]", "'abc'", "None", "(1, 2)"] {
        let text = message::<ByKey>(expression);
        assert!(text.starts_with("expected ByKey, got "), "{text}");
    }
    Python::attach(|py| {
        let defaults = object(py, "x = __import__('collections').defaultdict(int, name='x')");
        let error = defaults.extract::<Customer>().unwrap_err();
        assert_eq!(error.to_string(), "Customer: age: key is missing, expected int");
        assert_eq!(defaults.size().unwrap(), 1, "reading adds nothing");
    });
}
