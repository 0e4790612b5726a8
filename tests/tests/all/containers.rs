//! Sequences, tuples, maps, options, and the objects themselves.

use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

convert_tests::tests! {
    vectors,
    every_kind_of_sequence,
    bytes,
    arrays_have_a_length,
    tuples,
    maps,
    a_dict_subclass_is_asked_for_its_items,
    keys_that_become_equal_lose_nothing,
    options_and_boxes,
    objects_themselves,
    a_list_being_made_is_not_seen_half_full,
}

fn vectors() {
    round_trip!("[1, 2, 3]", vec![1i64, 2, 3]);
    round_trip!("[]", Vec::<String>::new());
    round_trip!("[[1.5], []]", vec![vec![1.5f64], vec![]]);
    round_trip!("['a', 'b']", vec!["a".to_owned(), "b".to_owned()]);
    round_trip!("[None, 1]", vec![None, Some(1u8)]);
    round_trip!("[2**100, -1]", vec![1i128 << 100, -1]);
    assert_eq!(message::<Vec<i64>>("{1, 2}"), "expected Sequence[int], got set");
    assert_eq!(message::<Vec<i64>>("iter([1])"), "expected Sequence[int], got list_iterator");
    assert_eq!(message::<Vec<i64>>("{1: 2}"), "expected Sequence[int], got dict");
    for mapping in ["UserDict", "ChainMap", "OrderedDict"] {
        let object = format!("__import__('collections').{mapping}({{1: 2}})");
        let expected = format!("expected Sequence[int], got {mapping}");
        assert_eq!(message::<Vec<i64>>(&object), expected);
        assert_eq!(message::<Vec<u8>>(&object), expected);
        assert_eq!(message::<Vec<i128>>(&object), expected);
        assert_eq!(
            message::<[i64; 1]>(&object),
            format!("expected Sequence[int] of length 1, got {mapping}")
        );
    }
    assert_eq!(message::<Vec<i64>>("5"), "expected Sequence[int], got int");
    assert_eq!(
        message::<Vec<String>>("['a', 5, None]"),
        "2 errors\n  [1]: expected str, got int\n  [2]: expected str, got None"
    );
    assert_eq!(
        message::<Vec<f64>>("(1, 'a', 2.5, None)"),
        "2 errors\n  [1]: expected float, got str\n  [3]: expected float, got None"
    );
    assert_eq!(
        message::<Vec<u128>>("__import__('collections').deque([1, -1, 'a'])"),
        "2 errors\n  [1]: expected int in 0..2**128, got -1\n  [2]: expected int, got str"
    );
    assert_eq!(message::<Vec<Vec<i64>>>("[[1], [2, 'x']]"), "[1][1]: expected int, got str");
}

fn every_kind_of_sequence() {
    Python::attach(|py| {
        for expression in [
            "(0, 1, 2)",
            "range(3)",
            "__import__('collections').deque([0, 1, 2])",
            "__import__('array').array('q', [0, 1, 2])",
            "type('L', (list,), {})([0, 1, 2])",
            "type('T', (tuple,), {})([0, 1, 2])",
            "type('L', (list,), {'__iter__': lambda self: iter([0, 1, 2])})([9])",
            "type('S', (), {'__getitem__': lambda self, i: [0, 1, 2][i]})()",
            "memoryview(bytes([0, 1, 2]))",
        ] {
            let object = eval(py, expression);
            assert_eq!(object.extract::<Vec<i64>>().unwrap(), [0, 1, 2], "{expression}");
            assert_eq!(object.extract::<Vec<i128>>().unwrap(), [0, 1, 2], "{expression}");
            assert_eq!(object.extract::<[u16; 3]>().unwrap(), [0, 1, 2], "{expression}");
            assert_eq!(object.extract::<Vec<u8>>().unwrap(), [0, 1, 2], "{expression}");
        }
    });
}

fn bytes() {
    round_trip!("b'abc'", b"abc".to_vec());
    round_trip!("b''", Vec::<u8>::new());
    round_trip!("b'abc'", *b"abc");
    Python::attach(|py| {
        let object = eval(py, "bytes(range(256))");
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(object.extract::<&[u8]>().unwrap(), all);
        assert_eq!(object.extract::<Cow<'_, [u8]>>().unwrap(), all);
        assert_eq!(eval(py, "bytearray(range(256))").extract::<Vec<u8>>().unwrap(), all);
        assert_eq!(eval(py, "list(range(256))").extract::<Vec<u8>>().unwrap(), all);
        assert!(all.as_slice().into_py(py).unwrap().eq(&object).unwrap());
        assert!(Cow::Borrowed(all.as_slice()).into_py(py).unwrap().as_any().eq(&object).unwrap());
        let error = eval(py, "bytearray(b'x')").extract::<&[u8]>().unwrap_err();
        assert_eq!(error.to_string(), "expected bytes, got bytearray");
    });
    assert_eq!(message::<Vec<u8>>("'abc'"), "expected Sequence[int], got str");
    assert_eq!(message::<Vec<u8>>("[1, 256]"), "[1]: expected int in 0..=255, got 256");
}

fn arrays_have_a_length() {
    round_trip!("[1, 2]", [1i64, 2]);
    assert_eq!(
        message::<[i64; 2]>("[1]"),
        "expected Sequence[int] of length 2, got list of length 1"
    );
    assert_eq!(
        message::<[i64; 2]>("(1, 2, 3)"),
        "expected Sequence[int] of length 2, got tuple of length 3"
    );
    // What is of another length is not looked into.
    assert_eq!(
        message::<[i64; 2]>("('x',)"),
        "expected Sequence[int] of length 2, got tuple of length 1"
    );
    assert_eq!(message::<[i64; 2]>("[1, 'x']"), "[1]: expected int, got str");
    assert_eq!(message::<[i64; 2]>("7"), "expected Sequence[int] of length 2, got int");
    assert_eq!(
        message::<[u8; 2]>("b'abc'"),
        "expected Sequence[int] of length 2, got bytes of length 3"
    );
}

fn tuples() {
    round_trip!("(1, 'a', None)", (1u8, "a".to_owned(), None::<f64>));
    round_trip!("()", ());
    round_trip!("(7,)", (7i64,));
    round_trip!("tuple(range(12))", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    assert_eq!(message::<(i64, String)>("[1, 'a']"), "expected tuple[int, str], got list");
    assert_eq!(message::<(i64, String)>("(1,)"), "expected tuple[int, str], got tuple of length 1");
    assert_eq!(
        message::<(i64, String, f64)>("('a', 1, 1.5)"),
        "2 errors\n  [0]: expected int, got str\n  [1]: expected str, got int"
    );
    Python::attach(|py| {
        let point = eval(py, "__import__('collections').namedtuple('Point', 'x y')(1, 2)");
        assert_eq!(point.extract::<(i64, i64)>().unwrap(), (1, 2));
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        {
            let pair = eval(py, "('borrowed', b'too')");
            assert_eq!(pair.extract::<(&str, &[u8])>().unwrap(), ("borrowed", &b"too"[..]));
        }
    });
}

fn maps() {
    let entries = [("a".to_owned(), 1i64), ("b".to_owned(), -2)];
    round_trip!("{'a': 1, 'b': -2}", HashMap::from(entries.clone()));
    round_trip!("{'a': 1, 'b': -2}", BTreeMap::from(entries));
    round_trip!("{1: {2: [3]}}", HashMap::from([(1u8, BTreeMap::from([(2u8, vec![3u16])]))]));
    type Prices = HashMap<String, f64>;
    assert_eq!(message::<Prices>("[('a', 1)]"), "expected dict[str, float], got list");
    assert_eq!(message::<Prices>("{'a': 1, 'b': 'x'}"), "[\"b\"]: expected float, got str");
    assert_eq!(message::<Prices>("{5: 1.0}"), "[5] (key): expected str, got int");
    assert_eq!(message::<Prices>("{(1, 2): 1.0}"), "[<tuple>] (key): expected str, got tuple");
    assert_eq!(
        message::<HashMap<i64, Prices>>("{7: {'q\"': None}}"),
        "[7][\"q\\\"\"]: expected float, got None"
    );
    Python::attach(|py| {
        let sorted = BTreeMap::from([(2, 'b'), (1, 'a')]).into_py(py).unwrap();
        assert_eq!(sorted.to_string(), "{1: 'a', 2: 'b'}");
    });
}

fn a_dict_subclass_is_asked_for_its_items() {
    Python::attach(|py| {
        for expression in [
            "__import__('collections').OrderedDict(a=1)",
            "__import__('collections').defaultdict(int, a=1)",
            "__import__('collections').Counter('a')",
            "type('D', (dict,), {'items': lambda self: [('a', 1)]})(b=2)",
        ] {
            let map: HashMap<String, i64> = eval(py, expression).extract().unwrap();
            assert_eq!(map, HashMap::from([("a".to_owned(), 1)]), "{expression}");
        }
    });
    assert_eq!(
        message::<HashMap<String, i64>>("type('D', (dict,), {'items': lambda self: [5]})(b=2)"),
        "items()[0]: expected tuple, got int"
    );
    assert_eq!(
        message::<Vec<HashMap<String, i64>>>(
            "[type('D', (dict,), {'items': lambda self: [('a', 1), (1,)]})(b=2)]"
        ),
        "[0].items()[1]: expected a key and a value, got tuple of length 1"
    );
}

fn keys_that_become_equal_lose_nothing() {
    Python::attach(|py| {
        let twice = object(
            py,
            "
class Key:
    def __index__(self): return 1
x = {Key(): 'a', Key(): 'b'}",
        );
        let error = twice.extract::<HashMap<i64, String>>().unwrap_err();
        assert_eq!(error.to_string(), "[<Key>] (key): another key becomes the same value in Rust");
        assert!(error.is_value());
    });
}

fn options_and_boxes() {
    round_trip!("None", None::<i64>);
    round_trip!("5", Some(5i64));
    round_trip!("5", Box::new(5i64));
    assert_eq!(message::<Option<i64>>("'x'"), "expected int | None, got str");
    assert_eq!(message::<Option<Vec<i64>>>("['x']"), "[0]: expected int, got str");
    assert_eq!(message::<Vec<Option<i64>>>("[None, 'x']"), "[1]: expected int | None, got str");
    assert_eq!(
        message::<HashMap<String, Option<(u8, [char; 2])>>>("5"),
        "expected dict[str, tuple[int, Sequence[str] of length 2] | None], got int"
    );
}

fn objects_themselves() {
    Python::attach(|py| {
        let object = eval(py, "{'a': [1]}");
        let dict: Bound<'_, PyDict> = object.extract().unwrap();
        assert!(dict.is(&object));
        let kept: Py<PyAny> = object.extract().unwrap();
        assert!(kept.bind(py).is(&object));
        let inner: HashMap<String, Py<PyList>> = object.extract().unwrap();
        let item = object.get_item("a").unwrap();
        assert!(inner["a"].bind(py).is(&item));
        assert!((&inner).into_py(py).unwrap().as_any().eq(&object).unwrap());
        let error = object.extract::<Bound<'_, PyList>>().unwrap_err();
        assert_eq!(error.to_string(), "expected list, got dict");
        assert_eq!(object.cast::<PyList>().unwrap_err().to_string(), "expected list, got dict");
    });
}

fn a_list_being_made_is_not_seen_half_full() {
    /// Looks, while it is converted, for lists with empty places among all containers.
    struct Spy;
    impl<'py> IntoPy<'py> for Spy {
        type Target = PyAny;
        const PRODUCES: TypeHint = TypeHint::name("int");
        fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
            let find = c"[len(o) for o in __import__('gc').get_objects() if type(o) is list and len(o) == 77777]";
            Ok(py.eval(find, None, None)?.call_method0("__len__")?)
        }
    }
    Python::attach(|py| {
        let mut spies: Vec<Option<Spy>> = (0..77_777).map(|_| None).collect();
        spies[5] = Some(Spy);
        let list = spies.into_py(py).unwrap();
        assert_eq!(list.get_item(5).unwrap().extract::<i64>().unwrap(), 0);
        let tracked =
            py.eval(c"lambda o: any(o is t for t in __import__('gc').get_objects())", None, None);
        assert!(tracked.unwrap().call1((&list,)).unwrap().extract::<bool>().unwrap());
    });
}
