//! `hashbrown`, against Python's own.

use convert_core::Strict;
use convert_core::prelude::*;
use convert_tests::{message, read, round_trip};
use hashbrown::{HashMap, HashSet};

convert_tests::tests! { maps, sets }

fn maps() {
    round_trip!("{'a': 1, 'b': 2}", HashMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    round_trip!("{}", HashMap::<i64, bool>::new());
    let nested: HashMap<bool, HashMap<i64, Vec<String>>> =
        HashMap::from([(true, HashMap::from([(1, vec!["x".to_owned()])]))]);
    round_trip!("{True: {1: ['x']}}", nested);
    let ordered = "__import__('collections').OrderedDict(a=1)";
    assert_eq!(read::<HashMap<String, i64>>(ordered), HashMap::from([("a".to_owned(), 1)]));
    assert_eq!(
        message::<Strict<HashMap<String, i64>>>(ordered),
        "expected dict[str, int], got OrderedDict"
    );
    assert_eq!(
        message::<HashMap<String, i64>>("{'a': 'x', 2: 3}"),
        "2 errors\n  [\"a\"]: expected int, got str\n  [2] (key): expected str, got int"
    );
    // Two keys that become the same, as of std's maps.
    let unequal = "type('I', (int,), {'__hash__': lambda s: 1, '__eq__': lambda s, o: s is o})";
    let repeated = format!("{{7: (), {unequal}(7): ()}}");
    assert!(message::<HashMap<i64, ()>>(&repeated).contains("becomes the same value in Rust"));
    assert_eq!(
        message::<HashMap<i64, ()>>(&repeated),
        message::<std::collections::HashMap<i64, ()>>(&repeated)
    );
}

fn sets() {
    round_trip!("{1, 2, 3}", HashSet::from([1, 2, 3]));
    assert_eq!(read::<HashSet<i64>>("frozenset({1})"), HashSet::from([1]));
    assert_eq!(read::<HashSet<String>>("{'a': 1}.keys()"), HashSet::from(["a".to_owned()]));
    assert_eq!(message::<HashSet<i64>>("[1]"), "expected set[int], got list");
    assert_eq!(message::<Strict<HashSet<i64>>>("frozenset()"), "expected set[int], got frozenset");
    assert_eq!(message::<HashSet<i64>>("{'x'}"), "[\"x\"]: expected int, got str");
}
