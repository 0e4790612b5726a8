//! Random values become objects and come back the same, for each word that has an inverse.

use convert_core::Strict;
use convert_core::prelude::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::fmt::Debug;

convert_tests::tests! {
    structs,
    tuples,
    untagged_enums,
    tagged_enums,
    names_and_numbers,
}

/// Asserts that values of a strategy come back, by value and by reference, also strictly.
macro_rules! comes_back {
    ($strategy:expr) => {
        each($strategy, |value, py| {
            let by_reference = (&value).into_py(py).unwrap().into_any();
            let (again, strictly) = both_ways(&value, &by_reference);
            prop_assert_eq!(&again, &value);
            prop_assert_eq!(&strictly, &value);
            let text = format!("{value:?}");
            let by_value = value.into_py(py).unwrap().into_any();
            prop_assert!(by_value.eq(&by_reference).unwrap(), "{}", text);
            Ok(())
        })
    };
}

/// The object as a value of the same type, as usual and strictly.
fn both_ways<T>(_: &T, object: &Bound<'_, PyAny>) -> (T, T)
where
    T: for<'a, 'py> FromPyObject<'a, 'py>,
{
    (object.extract().unwrap(), object.extract::<Strict<T>>().unwrap().0)
}

fn each<S: Strategy>(strategy: S, check: impl Fn(S::Value, Python<'_>) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&strategy, |value| Python::attach(|py| check(value, py)));
    run.unwrap_or_else(|error| panic!("{error}"));
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(rename_all = "camelCase", deny_unknown)]
struct Leaf {
    whole_number: i64,
    #[py(rename = "class", alias = "kind")]
    text: String,
    #[py(skip_none)]
    maybe: Option<u8>,
    #[py(default)]
    listed: Vec<Option<i32>>,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Whole {
    #[py(flatten)]
    leaf: Leaf,
    #[py(flatten)]
    rest: BTreeMap<u64, u32>,
    pair: Pair,
    only: Only,
    #[py(with = "hex")]
    hex: u32,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(tuple)]
struct Pair {
    left: f64,
    right: String,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(transparent)]
struct Only {
    only: BTreeMap<String, i64>,
}

mod hex {
    use super::*;

    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<u32, ConversionError> {
        let text: String = object.extract()?;
        u32::from_str_radix(&text, 16).map_err(|error| ConversionError::custom(error.to_string()))
    }

    pub fn into_py<'py>(value: &u32, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        PyString::new(py, &format!("{value:x}"))
    }
}

fn leaf() -> impl Strategy<Value = Leaf> {
    (any::<i64>(), any::<String>(), option::of(any::<u8>()), vec(option::of(any::<i32>()), 0..4))
        .prop_map(|(whole_number, text, maybe, listed)| Leaf { whole_number, text, maybe, listed })
}

fn pair() -> impl Strategy<Value = Pair> {
    (-1e9..1e9, any::<String>()).prop_map(|(left, right)| Pair { left, right })
}

fn whole() -> impl Strategy<Value = Whole> {
    let only = btree_map(any::<String>(), any::<i64>(), 0..4).prop_map(|only| Only { only });
    let rest = btree_map(any::<u64>(), any::<u32>(), 0..4);
    (leaf(), rest, pair(), only, any::<u32>()).prop_map(|(leaf, rest, pair, only, hex)| Whole {
        leaf,
        rest,
        pair,
        only,
        hex,
    })
}

fn structs() {
    comes_back!(leaf());
    comes_back!(vec(leaf(), 0..4));
    // A `deny_unknown` within sees only what is its own or nobody's.
    comes_back!(whole().prop_map(|mut whole| {
        whole.rest.clear();
        whole
    }));
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Triple<T>(T, #[py(with = "hex")] u32, Vec<T>);

fn tuples() {
    let triple = (any::<String>(), any::<u32>(), vec(any::<String>(), 0..4));
    comes_back!(triple.prop_map(|(a, b, c)| Triple(a, b, c)));
    comes_back!(pair());
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
enum Json {
    Null(()),
    Bool(#[py(strict)] bool),
    Int(#[py(strict)] i64),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Leaf { leaf: Leaf },
    Map(BTreeMap<String, Json>),
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Internal {
    FirstOne { whole_number: i64, any_more: Option<Box<Internal>> },
    Leaf(Leafless),
    NoMore,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Leafless {
    all: Vec<Adjacent>,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    New(External),
    Two(i64, Option<String>),
    Named { x: f64 },
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(external)]
enum External {
    Unit,
    New(String),
    Two(u8, Vec<u16>),
    Named { hex: Pair },
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null(())),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::Int),
        (-1e9..1e9).prop_map(Json::Float),
        any::<String>().prop_map(Json::Text),
        leaf().prop_map(|leaf| Json::Leaf { leaf }),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::List),
            btree_map("[a-k]{1,3}", inner, 0..4).prop_map(Json::Map),
        ]
    })
}

fn untagged_enums() {
    comes_back!(json());
}

fn external() -> impl Strategy<Value = External> {
    prop_oneof![
        Just(External::Unit),
        any::<String>().prop_map(External::New),
        (any::<u8>(), vec(any::<u16>(), 0..4)).prop_map(|(a, b)| External::Two(a, b)),
        pair().prop_map(|hex| External::Named { hex }),
    ]
}

fn adjacent() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        Just(Adjacent::Unit),
        external().prop_map(Adjacent::New),
        (any::<i64>(), option::of(any::<String>())).prop_map(|(a, b)| Adjacent::Two(a, b)),
        (-1e9..1e9).prop_map(|x| Adjacent::Named { x }),
    ]
}

fn internal() -> impl Strategy<Value = Internal> {
    let leaf = prop_oneof![
        Just(Internal::NoMore),
        vec(adjacent(), 0..4).prop_map(|all| Internal::Leaf(Leafless { all })),
    ];
    leaf.prop_recursive(3, 4, 1, |inner| {
        (any::<i64>(), option::of(inner)).prop_map(|(whole_number, more)| Internal::FirstOne {
            whole_number,
            any_more: more.map(Box::new),
        })
    })
}

fn tagged_enums() {
    comes_back!(external());
    comes_back!(adjacent());
    comes_back!(internal());
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(rename_all = "kebab-case")]
enum Name {
    FirstOf,
    #[py(rename = "2")]
    Second,
    #[py(other)]
    Other(String),
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
#[py(int)]
#[repr(i16)]
enum Number {
    Low = i16::MIN,
    Zero = 0,
    One,
    #[py(other)]
    Other(i64),
}

fn names_and_numbers() {
    let other = |text: String| match text.as_str() {
        "first-of" => Name::FirstOf,
        "2" => Name::Second,
        _ => Name::Other(text),
    };
    comes_back!(prop_oneof![
        Just(Name::FirstOf),
        Just(Name::Second),
        any::<String>().prop_map(other)
    ]);
    let other = |number: i64| match number {
        0 => Number::Zero,
        1 => Number::One,
        -32768 => Number::Low,
        number => Number::Other(number),
    };
    comes_back!((-3_i64..70000).prop_map(other));
    comes_back!(vec(prop_oneof![Just(Number::Low), Just(Number::One), Just(Number::Zero)], 0..4));
}
