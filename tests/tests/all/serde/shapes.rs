//! Every shape of serde's data model, both ways: as serde_json writes it and Python's `json` reads
//! it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;

use convert_core::prelude::*;
use convert_tests::eval;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize};
use serde_py::{PyObjectSeed, PyValue, from_object, to_object};

convert_tests::tests! {
    scalars,
    containers,
    hints_of_lengths,
    structs,
    enums,
    flattened,
    nothing,
    keys,
    beyond_json,
}

/// The value becomes the object that Python reads from its JSON (but for tuples, which JSON has
/// not), and is made again from either; the object itself becomes that JSON.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    Python::attach(|py| {
        let text = serde_json::to_string(&value).unwrap();
        let loaded = py.import("json").unwrap().call_method1("loads", (&text,)).unwrap();

        let object = to_object(py, &value).unwrap();
        let lists = "
def x(o):
    if isinstance(o, (list, tuple)): return [x(i) for i in o]
    if isinstance(o, dict): return {key(k): x(v) for k, v in o.items()}
    return o
def key(k): return next(iter(json.loads(json.dumps({k: 0}))))
import json";
        let without_tuples = convert_tests::object(py, lists).call1((&object,)).unwrap();
        assert!(without_tuples.eq(&loaded).unwrap(), "{value:?}: {object:?}, not {loaded:?}");

        let again: T = from_object(&object).unwrap();
        assert_eq!(again, value, "from {object:?}");

        let written = serde_json::to_string(&PyValue::new(&object)).unwrap();
        let loads = |text: &str| py.import("json")?.call_method1("loads", (text,));
        assert!(loads(&written).unwrap().eq(&loaded).unwrap(), "{written}, not {text}");

        let mut json = serde_json::Deserializer::from_str(&text);
        let seeded = PyObjectSeed::new(py).deserialize(&mut json).unwrap();
        assert!(seeded.eq(&loaded).unwrap(), "{seeded:?}, not {loaded:?}");
    });
}

fn scalars() {
    same(true);
    same(i8::MIN);
    same(u8::MAX);
    same(i64::MIN);
    same(u64::MAX);
    same(i128::from(i64::MIN));
    same(u128::from(u64::MAX));
    same(-1.5f64);
    same(1e300);
    same(0.5f32);
    same("text".to_owned());
    same("é€𐍈\0\"".to_owned());
    same('€');
    same(String::new());
}

/// Numbers that say of themselves how many they are, whether that is so or not.
struct Announced(Option<usize>, u32);

impl Serialize for Announced {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut numbers = serializer.serialize_seq(self.0)?;
        (0..self.1).try_for_each(|number| numbers.serialize_element(&(number + 1000)))?;
        numbers.end()
    }
}

/// A length is a hint: the list has as many items as were written.
fn hints_of_lengths() {
    Python::attach(|py| {
        for hint in [None, Some(0), Some(1), Some(3), Some(5000), Some(usize::MAX)] {
            for length in [0, 1, 3, 4, 5, 4096, 4100] {
                let list = to_object(py, &Announced(hint, length)).unwrap();
                let expected = eval(py, &format!("list(range(1000, 1000 + {length}))"));
                assert!(list.eq(&expected).unwrap(), "{hint:?}, {length}");
                // A list like any other, which the garbage collector knows.
                assert!(list.call_method1("append", (&list,)).is_ok());
                let gc = py.import("gc").unwrap();
                assert!(
                    gc.call_method1("is_tracked", (&list,)).unwrap().extract::<bool>().unwrap()
                );
                list.call_method0("clear").unwrap();
            }
        }
    });
}

fn containers() {
    same(vec![1, 2, 3]);
    same(Vec::<String>::new());
    same((1, "two".to_owned(), 3.5));
    same([[1, 2], [3, 4]]);
    same(HashMap::from([("a".to_owned(), vec![Some(1), None])]));
    same(BTreeSet::from(["b".to_owned(), "a".to_owned()]));
    same(vec![(1, vec!["x".to_owned()])]);
    same(Box::new(Some(vec![0.5])));
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Plain {
    id: u32,
    name: String,
    #[serde(rename = "class", default)]
    kind: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<String>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Newtype(Vec<i64>);

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Pair(i64, String);

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Nested {
    inner_value: Plain,
    list_of_them: Vec<Plain>,
    pair: Pair,
    newtype: Newtype,
}

fn plain(id: u32) -> Plain {
    Plain { id, name: format!("n{id}"), kind: Some('k'), note: (id > 1).then(|| "more".into()) }
}

fn structs() {
    same(plain(1));
    same(Newtype(vec![1, -2]));
    same(Pair(7, "x".into()));
    same(Nested {
        inner_value: plain(1),
        list_of_them: vec![plain(2), plain(3)],
        pair: Pair(0, String::new()),
        newtype: Newtype(vec![]),
    });
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
enum External {
    Unit,
    Newtype(Vec<u8>),
    Tuple(i64, String),
    Struct { x: i64, y: Option<f64> },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Internal {
    UnitOne,
    Holds(Plain),
    Struct { x: i64 },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    Newtype(i64),
    Tuple(i64, i64),
    Struct { x: i64 },
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Untagged {
    Int(i64),
    Text(String),
    Pair(i64, String),
    Struct { x: f64 },
    Nothing,
}

fn enums() {
    same(vec![
        External::Unit,
        External::Newtype(vec![1, 2]),
        External::Tuple(1, "x".into()),
        External::Struct { x: 1, y: None },
    ]);
    same(vec![Internal::UnitOne, Internal::Holds(plain(2)), Internal::Struct { x: -1 }]);
    same(vec![
        Adjacent::Unit,
        Adjacent::Newtype(1),
        Adjacent::Tuple(1, 2),
        Adjacent::Struct { x: 3 },
    ]);
    same(vec![
        Untagged::Int(1),
        Untagged::Text("x".into()),
        Untagged::Pair(1, "y".into()),
        Untagged::Struct { x: 0.5 },
        Untagged::Nothing,
    ]);
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Flat {
    id: i64,
    #[serde(flatten)]
    pair: FlatInner,
    #[serde(flatten)]
    rest: BTreeMap<String, Untagged>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct FlatInner {
    left: String,
    right: Option<bool>,
}

fn flattened() {
    same(Flat {
        id: 1,
        pair: FlatInner { left: "l".into(), right: Some(true) },
        rest: BTreeMap::from([("a".into(), Untagged::Int(2)), ("b".into(), Untagged::Nothing)]),
    });
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Unit;

fn nothing() {
    same(());
    same(Unit);
    same(None::<i64>);
    same(vec![Some(1), None]);
    // As in JSON, `Some(None)` and `None` are the same.
    Python::attach(|py| {
        assert!(to_object(py, &Some(None::<i64>)).unwrap().is_none());
        assert_eq!(
            from_object::<Option<Option<i64>>>(&convert_tests::eval(py, "None")).unwrap(),
            None
        );
    });
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Colour {
    Red,
    Green,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Key(i64);

/// A float with an order: so many halves.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Half(i32);

impl Serialize for Half {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 2.0)
    }
}

impl<'de> Deserialize<'de> for Half {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(|value| Half((value * 2.0) as i32))
    }
}

fn keys() {
    same(BTreeMap::from([("a".to_owned(), 1)]));
    same(BTreeMap::from([('é', 1)]));
    same(BTreeMap::from([(-3, "x".to_owned())]));
    same(BTreeMap::from([(u64::MAX, 1), (0, 2)]));
    same(BTreeMap::from([(true, 1), (false, 2)]));
    same(BTreeMap::from([(Key(7), 1)]));
    same(BTreeMap::from([(Half(3), 1), (Half(-1), 2)]));
    same(BTreeMap::from([(Colour::Red, 1), (Colour::Green, 2)]));
}

fn beyond_json() {
    Python::attach(|py| {
        let round = |text: &str| convert_tests::eval(py, text);
        for text in ["2**100", "-2**127", "2**127 - 1"] {
            let value: i128 = from_object(&round(text)).unwrap();
            assert!(to_object(py, &value).unwrap().eq(round(text)).unwrap());
        }
        let value: u128 = from_object(&round("2**128 - 1")).unwrap();
        assert_eq!(value, u128::MAX);
        assert!(to_object(py, &value).unwrap().eq(round("2**128 - 1")).unwrap());
        let map: BTreeMap<(i64, bool), f64> = from_object(&round("{(1, True): 2}")).unwrap();
        assert_eq!(map, BTreeMap::from([((1, true), 2.0)]));
        assert_eq!(to_object(py, &map).unwrap().to_string(), "{(1, True): 2.0}");
        assert!(from_object::<f64>(&round("float('nan')")).unwrap().is_nan());
    });
}
