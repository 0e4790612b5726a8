//! What bridges between serde and Python are known to get wrong. Cycles and depth are in
//! `hostile.rs`, the place of an error in `errors.rs`.

use std::collections::{BTreeMap, BTreeSet};

use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_py::{PyValue, from_object, to_object};

convert_tests::tests! {
    bytes_of_every_type,
    sets,
    bools_are_not_guessed,
    characters,
    order_of_maps,
    lengths_are_told,
    wide_ints_within_flatten_and_untagged,
    every_type_of_the_library,
}

#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl Visitor<'_> for Own {
            type Value = Bytes;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a byte array")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Own)
    }
}

fn bytes_of_every_type() {
    Python::attach(|py| {
        for text in ["b'a\\xff'", "bytearray(b'a\\xff')", "memoryview(b'a\\xff')"] {
            assert_eq!(from_object::<Bytes>(&eval(py, text)).unwrap().0, b"a\xff", "{text}");
        }
        assert!(from_object::<Bytes>(&eval(py, "'text'")).is_err());
    });
}

fn sets() {
    Python::attach(|py| {
        for text in ["{1, 2}", "frozenset((1, 2))", "{1: 0, 2: 0}.keys()"] {
            let set: BTreeSet<i64> = from_object(&eval(py, text)).unwrap();
            assert_eq!(set, BTreeSet::from([1, 2]), "{text}");
        }
    });
}

fn bools_are_not_guessed() {
    Python::attach(|py| {
        for text in ["1", "0", "'true'", "''", "[]", "None", "0.0"] {
            let error = from_object::<bool>(&eval(py, text)).unwrap_err();
            assert!(error.to_string().starts_with("expected bool, got "), "{text}: {error}");
        }
    });
}

fn characters() {
    Python::attach(|py| {
        for char in ['a', 'é', '€', '𐍈'] {
            let object = to_object(py, &char).unwrap();
            assert_eq!(from_object::<char>(&object).unwrap(), char);
        }
        assert!(from_object::<char>(&eval(py, "'éé'")).is_err());
        assert!(from_object::<char>(&eval(py, "''")).is_err());
    });
}

fn order_of_maps() {
    Python::attach(|py| {
        let object = eval(py, "{'c': 1, 'a': 2, 'b': 3}");
        assert_eq!(
            serde_json::to_string(&PyValue::new(&object)).unwrap(),
            r#"{"c":1,"a":2,"b":3}"#
        );
        let map: indexmap::IndexMap<String, i64> = from_object(&object).unwrap();
        assert!(map.keys().eq(["c", "a", "b"]));
        let pairs = BTreeMap::from([("a", 1), ("b", 2)]);
        assert_eq!(to_object(py, &pairs).unwrap().to_string(), "{'a': 1, 'b': 2}");
    });
}

/// The length that a sequence or map was said to have.
struct Told(Option<usize>);

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl<'de> Visitor<'de> for Own {
            type Value = Told;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a sequence or a map")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Told, A::Error> {
                let told = Told(items.size_hint());
                while items.next_element::<i64>()?.is_some() {}
                Ok(told)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Told, A::Error> {
                let told = Told(entries.size_hint());
                while entries.next_entry::<i64, i64>()?.is_some() {}
                Ok(told)
            }
        }
        deserializer.deserialize_any(Own)
    }
}

fn lengths_are_told() {
    Python::attach(|py| {
        for text in ["[1, 2, 3]", "(1, 2, 3)", "{1, 2, 3}", "range(3)", "{1: 1, 2: 2, 3: 3}"] {
            assert_eq!(from_object::<Told>(&eval(py, text)).unwrap().0, Some(3), "{text}");
        }
    });
}

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Flat {
    #[serde(flatten)]
    inner: Wide,
}

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Wide {
    value: i128,
}

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Either {
    Wide(Wide),
    Text(String),
}

/// serde reads these into values of its own first, which hold 64 bits and make no wider ones; what
/// is written is not.
fn wide_ints_within_flatten_and_untagged() {
    Python::attach(|py| {
        let narrow = to_object(py, &Flat { inner: Wide { value: 1 } }).unwrap();
        let error = from_object::<Flat>(&narrow).unwrap_err();
        assert_eq!(error.to_string(), "i128 is not supported");
        let wide = i128::from(u64::MAX) + 1;
        let object = to_object(py, &Flat { inner: Wide { value: wide } }).unwrap();
        assert!(object.eq(eval(py, "{'value': 2**64}")).unwrap());
        let expected = "expected int of at most 64 bits, all that serde carries within flatten and \
                        untagged, got 18446744073709551616";
        for error in
            [from_object::<Flat>(&object).unwrap_err(), from_object::<Either>(&object).unwrap_err()]
        {
            assert_eq!(error.to_string(), format!("[\"value\"]: {expected}"));
        }
    });
}

fn every_type_of_the_library() {
    Python::attach(|py| {
        let code = "
import collections, datetime, decimal, enum, uuid
class Slots:
    __slots__ = ('x',)
    __dataclass_fields__ = {'x': None}
    def __init__(self): self.x = 1
Colour = enum.Enum('Colour', {'RED': 'red'})
x = [datetime.date(2020, 1, 2), decimal.Decimal('1.5'), uuid.UUID(int=0), Colour.RED, Slots()]";
        let value: serde_json::Value = from_object(&object(py, code)).unwrap();
        let expected = serde_json::json!([
            "2020-01-02", "1.5", "00000000-0000-0000-0000-000000000000", "red", {"x": 1}
        ]);
        assert_eq!(value, expected);
    });
}
