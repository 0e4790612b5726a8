//! `serde_json`, against Python's own `json`.

use convert_core::Strict;
use convert_core::prelude::*;
use convert_tests::{message, namespace, read, round_trip};
use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

convert_tests::tests! {
    examples,
    as_python_reads_them,
    numbers,
    also_accepted,
    refused,
    too_deep,
}

fn examples() {
    round_trip!("None", Value::Null);
    round_trip!("True", json!(true));
    round_trip!("7", json!(7));
    round_trip!("-2**63", json!(i64::MIN));
    round_trip!("2**64 - 1", json!(u64::MAX));
    round_trip!("1.0", json!(1.0));
    round_trip!("'é'", json!("é"));
    round_trip!("[1, [None], {}]", json!([1, [null], {}]));
    round_trip!("{'a': [1.5, {'b': ''}], 'c': None}", json!({"a": [1.5, {"b": ""}], "c": null}));
    let Value::Object(map) = json!({"a": 1}) else { unreachable!() };
    round_trip!("{'a': 1}", map);
    round_trip!("{}", Map::<String, Value>::new());
    assert_eq!(read::<Strict<Value>>("{'a': [1, '']}").0, json!({"a": [1, ""]}));
}

fn as_python_reads_them() {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(".{0,4}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let names = Python::attach(|py| namespace(py, "import json").unbind());
    convert_tests::proptest!(|(value in value)| {
        Python::attach(|py| {
            let names = names.bind(py);
            names.set_item("text", value.to_string()).unwrap();
            let object = py.eval(c"json.loads(text)", Some(names), None).unwrap();
            assert_eq!(object.extract::<Value>().unwrap(), value);
            assert_eq!(object.extract::<Strict<Value>>().unwrap().0, value);
            assert!((&value).into_py(py).unwrap().eq(&object).unwrap());
            names.set_item("made", &value).unwrap();
            let same = c"json.dumps(made, sort_keys=True) == json.dumps(json.loads(text), sort_keys=True)";
            assert!(py.eval(same, Some(names), None).unwrap().is_truthy().unwrap());
        });
    });
}

fn numbers() {
    round_trip!("7", Number::from(7));
    round_trip!("2.5", Number::from_f64(2.5).unwrap());
    round_trip!("2**64 - 1", Number::from(u64::MAX));
    assert_eq!(message::<Number>("True"), "expected int | float, got bool");
    assert_eq!(message::<Strict<Number>>("True"), "expected int | float, got bool");
    assert_eq!(message::<Number>("'1'"), "expected int | float, got str");
    let large = "expected int that fits a JSON number, got ";
    assert_eq!(message::<Number>("2**64"), format!("{large}{}", 1u128 << 64));
    assert_eq!(message::<Value>("-2**63 - 1"), format!("{large}{}", i128::from(i64::MIN) - 1));
    assert_eq!(message::<Value>("2**200"), format!("{large}an int of 201 bits"));
    assert_eq!(message::<Value>("float('nan')"), "expected a finite float, got nan");
    assert_eq!(message::<Number>("float('inf')"), "expected a finite float, got inf");
}

fn also_accepted() {
    assert_eq!(read::<Value>("(1, (2,))"), json!([1, [2]]));
    assert_eq!(read::<Value>("__import__('enum').IntEnum('E', 'A B').B"), json!(2));
    assert_eq!(read::<Value>("__import__('collections').OrderedDict(a=(1,))"), json!({"a": [1]}));
    assert_eq!(read::<Value>("__import__('types').MappingProxyType({'a': 1})"), json!({"a": 1}));
    assert!(message::<Strict<Value>>("(1,)").ends_with("got tuple"));
    assert!(message::<Strict<Value>>("[(1,)]").starts_with("[0]: expected None | bool | int"));
}

fn refused() {
    let expected = "expected None | bool | int | float | str | list | dict, got ";
    assert_eq!(message::<Value>("b''"), format!("{expected}bytes"));
    assert_eq!(message::<Value>("{1}"), format!("{expected}set"));
    assert_eq!(message::<Value>("range(3)"), format!("{expected}range"));
    assert_eq!(
        message::<Value>("{'a': [1, b'', float('nan')], 2: None}"),
        format!(
            "3 errors\n  [\"a\"][1]: {expected}bytes\n  [\"a\"][2]: expected a finite float, got nan\n  \
             [2] (key): expected str, got int"
        )
    );
    assert!(message::<Map<String, Value>>("[]").ends_with("got list"));
}

fn too_deep() {
    Python::attach(|py| {
        for code in [
            "x = []\nfor _ in range(100000): x = [x]",
            "x = {}\nfor _ in range(100000): x = {'': x}",
            "x = []\nx.append(x)",
        ] {
            let object = convert_tests::object(py, code);
            let error = PyErr::from(object.extract::<Value>().unwrap_err());
            assert_eq!(error.get_type(py).type_display_name(), "RecursionError");
        }
        let mut value = Value::Null;
        for _ in 0..5000 {
            value = Value::from(vec![value]);
        }
        let error = PyErr::from((&value).into_py(py).unwrap_err());
        assert_eq!(error.get_type(py).type_display_name(), "RecursionError");
    });
}
