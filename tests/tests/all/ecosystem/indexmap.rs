//! `indexmap`, against Python's own.

use convert_core::Strict;
use convert_core::prelude::*;
use convert_tests::{eval, message, read, round_trip};
use indexmap::{IndexMap, IndexSet};

convert_tests::tests! {
    maps,
    sets,
    the_order_is_kept,
    repeated,
}

fn maps() {
    round_trip!("{'b': 1, 'a': 2}", IndexMap::from([("b".to_owned(), 1), ("a".to_owned(), 2)]));
    round_trip!("{}", IndexMap::<i64, bool>::new());
    let ordered = "__import__('collections').OrderedDict(a=1)";
    assert_eq!(read::<IndexMap<String, i64>>(ordered), IndexMap::from([("a".to_owned(), 1)]));
    assert_eq!(
        message::<Strict<IndexMap<String, i64>>>(ordered),
        "expected dict[str, int], got OrderedDict"
    );
    assert_eq!(message::<IndexMap<String, i64>>("[]"), "expected dict[str, int], got list");
    assert_eq!(
        message::<IndexMap<String, Vec<i64>>>("{'a': [1, None]}"),
        "[\"a\"][1]: expected int, got None"
    );
}

fn sets() {
    round_trip!("[3, 1, 2]", IndexSet::from([3, 1, 2]));
    round_trip!("[]", IndexSet::<String>::new());
    assert_eq!(read::<IndexSet<i64>>("(2, 1)"), IndexSet::from([2, 1]));
    assert_eq!(read::<IndexSet<i64>>("{7}"), IndexSet::from([7]));
    assert_eq!(read::<IndexSet<i64>>("{2: 0, 1: 0}.keys()"), IndexSet::from([2, 1]));
    assert_eq!(read::<Strict<IndexSet<i64>>>("[2, 1]").0, IndexSet::from([2, 1]));
    for other in ["(1,)", "{1}", "type('L', (list,), {})()"] {
        assert!(message::<Strict<IndexSet<i64>>>(other).starts_with("expected list[int], got "));
    }
    assert_eq!(message::<IndexSet<i64>>("'12'"), "expected list[int], got str");
    assert_eq!(message::<IndexSet<i64>>("{}"), "expected list[int], got dict");
    assert_eq!(
        message::<IndexSet<i64>>("[1, 'x', None]"),
        "2 errors\n  [1]: expected int, got str\n  [2]: expected int, got None"
    );
    assert_eq!(message::<IndexSet<i64>>("{'x'}"), "[\"x\"]: expected int, got str");
}

fn the_order_is_kept() {
    convert_tests::proptest!(|(values: Vec<i16>)| {
        Python::attach(|py| {
            // As Python keeps the first of equal ones.
            let unique = eval(py, "lambda values: list(dict.fromkeys(values))");
            let unique = unique.call1((&values,)).unwrap();
            let set: IndexSet<i16> = unique.extract().unwrap();
            assert!(set.iter().eq(&values.iter().copied().collect::<IndexSet<_>>()));
            assert!((&set).into_py(py).unwrap().eq(&unique).unwrap());
            let dict = eval(py, "lambda values: {v: str(v) for v in values}");
            let dict = dict.call1((&values,)).unwrap();
            let map: IndexMap<i16, String> = dict.extract().unwrap();
            assert!(map.keys().eq(set.iter()));
            let items = eval(py, "lambda dict: list(dict.items())");
            let made = (&map).into_py(py).unwrap();
            let (made, items_of) = (items.call1((made,)).unwrap(), items.call1((dict,)).unwrap());
            assert!(made.eq(items_of).unwrap());
        });
    });
}

fn repeated() {
    assert_eq!(
        message::<IndexSet<i64>>("[5, 6, 5]"),
        "[2]: another item becomes the same value in Rust"
    );
    let hostile = "type('L', (list,), {'__iter__': None, '__len__': lambda s: 10**9})([1, 2])";
    assert_eq!(read::<IndexSet<i64>>(hostile), IndexSet::from([1, 2]));
    // An item that changes the list it is in.
    Python::attach(|py| {
        let code = "
class Grows:
    def __index__(self):
        x.append(1)
        return len(x)
x = [Grows()]
";
        let list = convert_tests::object(py, code);
        let error = list.extract::<IndexSet<i64>>().unwrap_err();
        assert_eq!(error.to_string(), "the list changed size while it was being converted");
    });
}
