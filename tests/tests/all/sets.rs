//! Sets, and the other containers: whatever is a set, a mapping, or can be iterated over.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hasher};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use convert_core::Iterable;
use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};

convert_tests::tests! {
    sets,
    whatever_is_a_set,
    sets_refused,
    items_that_become_equal_lose_nothing,
    whatever_is_a_mapping,
    further_sequences,
    shared_slices,
    slices_borrowed_from_bytes,
    arrays_of_lists,
    vectors_of_buffers,
    iterables,
    iterables_refused,
}

fn sets() {
    round_trip!("{1, 2, 3}", HashSet::from([1u8, 2, 3]));
    round_trip!("set()", HashSet::<String>::new());
    round_trip!("{'a', 'é'}", BTreeSet::from(["a".to_owned(), "é".to_owned()]));
    round_trip!("{None, 5}", HashSet::from([None, Some(5i64)]));
    round_trip!("{(1, 'a'), (2, 'b')}", BTreeSet::from([(1i8, 'a'), (2, 'b')]));
    round_trip!("set(range(5000))", (0..5000i32).collect::<HashSet<_>>());
    round_trip!("{'k': {1}}", HashMap::from([("k".to_owned(), BTreeSet::from([1u16]))]));
}

fn whatever_is_a_set() {
    Python::attach(|py| {
        for expression in [
            "frozenset([1, 2])",
            "type('S', (set,), {})([1, 2])",
            "type('F', (frozenset,), {})([1, 2])",
            "type('S', (set,), {'__iter__': lambda self: iter([1, 2])})([9])",
            "{1: 'a', 2: 'b'}.keys()",
            "__import__('collections').OrderedDict([(1, 1), (2, 2)]).keys()",
            "__import__('types').MappingProxyType({1: 'a', 2: 'b'}).keys()",
            "__import__('collections').ChainMap({1: 0}, {2: 0}).keys()",
            "{True, 2}",
        ] {
            let object = eval(py, expression);
            assert_eq!(object.extract::<HashSet<u8>>().unwrap(), HashSet::from([1, 2]));
            assert_eq!(object.extract::<BTreeSet<i64>>().unwrap(), BTreeSet::from([1, 2]));
        }
        let items = eval(py, "{1: 'a', 2: 'b'}.items()");
        let expected = BTreeSet::from([(1, 'a'), (2, 'b')]);
        assert_eq!(items.extract::<BTreeSet<(i64, char)>>().unwrap(), expected);
        let by_word = object(
            py,
            "
import collections.abc
class ByWord:
    def __iter__(self): return iter('ab')
collections.abc.Set.register(ByWord)
x = ByWord()",
        );
        assert_eq!(by_word.extract::<HashSet<char>>().unwrap(), HashSet::from(['a', 'b']));
    });
}

fn sets_refused() {
    assert_eq!(message::<HashSet<i64>>("[1, 2]"), "expected set[int], got list");
    assert_eq!(message::<BTreeSet<i64>>("(1, 2)"), "expected set[int], got tuple");
    assert_eq!(message::<HashSet<i64>>("{1: 2}"), "expected set[int], got dict");
    assert_eq!(message::<HashSet<char>>("'ab'"), "expected set[str], got str");
    assert_eq!(message::<HashSet<i64>>("{1: 2}.values()"), "expected set[int], got dict_values");
    assert_eq!(message::<HashSet<i64>>("iter({1})"), "expected set[int], got set_iterator");
    assert_eq!(message::<HashSet<i64>>("{'a'}"), "[\"a\"]: expected int, got str");
    assert_eq!(message::<BTreeSet<u8>>("{300, 5}"), "[300]: expected int in 0..=255, got 300");
    assert_eq!(message::<HashSet<i64>>("{(1, 2)}"), "[<tuple>]: expected int, got tuple");
    // In whichever order.
    let both = message::<HashSet<i64>>("{'a', 1.5, 7}");
    assert!(both.starts_with("2 errors\n"), "{both}");
    for line in ["[\"a\"]: expected int, got str", "[<float>]: expected int, got float"] {
        assert!(both.contains(line), "{both}");
    }
    Python::attach(|py| {
        // No set in Python takes a list.
        let error = HashSet::from([vec![1]]).into_py(py).unwrap_err();
        assert_eq!(PyErr::from(error).to_string().split(": ").next(), Some("TypeError"),);
    });
}

fn items_that_become_equal_lose_nothing() {
    Python::attach(|py| {
        let index = "
class Index:
    def __index__(self): return 7
x = {Index(), 7}";
        for error in [
            object(py, index).extract::<HashSet<i64>>().unwrap_err(),
            object(py, index).extract::<BTreeSet<i64>>().unwrap_err(),
        ] {
            assert!(error.is_value());
            let message = error.to_string();
            let item = message.strip_suffix(": another item becomes the same value in Rust");
            assert!(matches!(item, Some("[7]" | "[<Index>]")), "{message}");
        }
        // A mapping that is no dict, as a dict does.
        let proxy = index.replace("{Index(), 7}", "type(type.__dict__)({Index(): 1, 7: 2})");
        for error in [
            object(py, &proxy).extract::<HashMap<i64, i64>>().unwrap_err(),
            object(py, &proxy).extract::<BTreeMap<i64, i64>>().unwrap_err(),
        ] {
            let expected = "[7] (key): another key becomes the same value in Rust";
            assert_eq!(error.to_string(), expected);
        }
        // The way back: nanoseconds, of which Python knows nothing.
        let close = BTreeSet::from([Duration::from_nanos(1), Duration::from_nanos(2)]);
        for error in [(&close).into_py(py).unwrap_err(), close.into_py(py).unwrap_err()] {
            let message = error.to_string();
            assert!(
                message.ends_with("another item becomes the same value in Python"),
                "{message}"
            );
        }
        // What hashes each value anew lets a set hold the same one twice.
        let twice = HashSet::<i64, Anew>::from_iter([7, 7]);
        assert_eq!(twice.len(), 2);
        let error = twice.into_py(py).unwrap_err().to_string();
        assert_eq!(error, "two items become the same value in Python");
        let twice = HashMap::<i64, i64, Anew>::from_iter([(7, 1), (7, 2)]);
        let error = twice.into_py(py).unwrap_err().to_string();
        assert_eq!(error, "two keys become the same value in Python");
    });
}

/// Hashers of which no two give the same.
#[derive(Default)]
struct Anew(Cell<u64>);

impl BuildHasher for Anew {
    type Hasher = Given;

    fn build_hasher(&self) -> Given {
        self.0.set(self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        Given(self.0.get())
    }
}

/// Gives what it was made with.
struct Given(u64);

impl Hasher for Given {
    fn write(&mut self, _: &[u8]) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

fn whatever_is_a_mapping() {
    Python::attach(|py| {
        for expression in [
            "__import__('types').MappingProxyType({'a': 1, 'b': 2})",
            "__import__('collections').ChainMap({'a': 1}, {'b': 2})",
            "__import__('collections').UserDict(a=1, b=2)",
        ] {
            let expected = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
            let object = eval(py, expression);
            assert_eq!(object.extract::<BTreeMap<String, i64>>().unwrap(), expected);
            let hashed: HashMap<String, i64> = object.extract().unwrap();
            assert_eq!(BTreeMap::from_iter(hashed), expected);
        }
        let mapping = object(
            py,
            "
import collections.abc
class Squares(collections.abc.Mapping):
    def __getitem__(self, n): return n * n
    def __iter__(self): return iter(range(4))
    def __len__(self): return 4
x = Squares()",
        );
        let squares: BTreeMap<u8, u8> = mapping.extract().unwrap();
        assert_eq!(squares, BTreeMap::from([(0, 0), (1, 1), (2, 4), (3, 9)]));
    });
    // What only looks like one.
    assert_eq!(
        message::<HashMap<String, i64>>(
            "type('M', (), {'keys': dict.keys, 'items': dict.items, '__getitem__': dict.get})()"
        ),
        "expected dict[str, int], got M"
    );
}

fn further_sequences() {
    round_trip!("[1, 2, 3]", VecDeque::from([1i64, 2, 3]));
    round_trip!("b'abc'", VecDeque::from(*b"abc"));
    round_trip!("['a', 'b']", LinkedList::from(["a".to_owned(), "b".to_owned()]));
    round_trip!("[1.5]", Box::<[f64]>::from([1.5]));
    round_trip!("[]", Box::<[String]>::default());
    round_trip!("b'abc'", Box::<[u8]>::from(*b"abc"));
    assert_eq!(message::<VecDeque<i64>>("{1}"), "expected Sequence[int], got set");
    assert_eq!(message::<LinkedList<i64>>("'ab'"), "expected Sequence[int], got str");
    assert_eq!(message::<Box<[i64]>>("[1, 'x']"), "[1]: expected int, got str");
    Python::attach(|py| {
        // One that was turned round, so that its memory begins in the middle.
        let mut turned = VecDeque::from([3, 4]);
        turned.push_front(2);
        turned.push_front(1);
        assert!((&turned).into_py(py).unwrap().eq(eval(py, "[1, 2, 3, 4]")).unwrap());
        assert!(turned.into_py(py).unwrap().eq(eval(py, "[1, 2, 3, 4]")).unwrap());
        let heap: BinaryHeap<i64> = eval(py, "[3, 1, 2]").extract().unwrap();
        let made = [(&heap).into_py(py).unwrap(), heap.clone().into_py(py).unwrap()];
        for made in made {
            let mut items: Vec<i64> = made.extract().unwrap();
            items.sort();
            assert_eq!(items, [1, 2, 3]);
        }
        assert_eq!(heap.into_sorted_vec(), [1, 2, 3]);
    });
}

fn shared_slices() {
    round_trip!("[1, 2]", Rc::<[i64]>::from([1, 2]));
    round_trip!("['a']", Arc::<[String]>::from(["a".to_owned()]));
    round_trip!("b'abc'", Arc::<[u8]>::from(*b"abc"));
    round_trip!("[[1], []]", Rc::<[Vec<i64>]>::from([vec![1], vec![]]));
    Python::attach(|py| {
        let shared: Rc<[i64]> = Rc::from([1, 2]);
        let slice: &[i64] = &shared;
        assert!(slice.into_py(py).unwrap().eq(eval(py, "[1, 2]")).unwrap());
        assert_eq!(Rc::strong_count(&shared), 1);
        assert!(shared.clone().into_py(py).unwrap().eq(eval(py, "[1, 2]")).unwrap());
        assert_eq!(Rc::strong_count(&shared), 1);
    });
}

fn slices_borrowed_from_bytes() {
    Python::attach(|py| {
        let bytes = eval(py, "b'abc' * 100");
        let start = bytes.extract::<&[u8]>().unwrap().as_ptr();
        let Cow::Borrowed(borrowed) = bytes.extract::<Cow<'_, [u8]>>().unwrap() else {
            panic!("copied");
        };
        assert_eq!((borrowed.as_ptr(), borrowed.len()), (start, 300));
        for expression in ["bytearray(b'ab')", "[97, 98]", "memoryview(b'ab')"] {
            let Cow::Owned(owned) = eval(py, expression).extract::<Cow<'_, [u8]>>().unwrap() else {
                panic!("{expression} was borrowed");
            };
            assert_eq!(owned, b"ab");
        }
        let numbers = eval(py, "[1, 2]");
        assert_eq!(numbers.extract::<Cow<'_, [i64]>>().unwrap(), &[1, 2][..]);
        let made = [
            Cow::Borrowed(&[1i64, 2][..]).into_py(py).unwrap(),
            (&Cow::<[i64]>::Owned(vec![1, 2])).into_py(py).unwrap(),
        ];
        for made in made {
            assert!(made.eq(&numbers).unwrap());
        }
    });
}

fn arrays_of_lists() {
    round_trip!("[1.5, 2.5]", [1.5f64, 2.5]);
    round_trip!("[]", [0i64; 0]);
    round_trip!("b''", [0u8; 0]);
    round_trip!("[['a'], ['b']]", [["a".to_owned()], ["b".to_owned()]]);
    assert_eq!(
        message::<[Option<u8>; 3]>("[None, 'x', 300]"),
        "2 errors\n  [1]: expected int | None, got str\n  [2]: expected int in 0..=255, got 300"
    );
    // The length first: nothing of it is read.
    Python::attach(|py| {
        let read = object(
            py,
            "
class Index:
    def __index__(self): raise KeyError('read')
x = [Index()] * 3",
        );
        let error = read.extract::<[i64; 2]>().unwrap_err();
        assert_eq!(error.to_string(), "expected Sequence[int] of length 2, got list of length 3");
        assert!(read.extract::<[i64; 3]>().unwrap_err().is_exception());
        // What is already converted when an item fails is dropped: the leak test would tell.
        assert!(eval(py, "['a' * 50, 'b' * 50, None]").extract::<[String; 3]>().is_err());
        // A list that changes while it becomes an array.
        let shrinks = object(
            py,
            "
class Index:
    def __index__(self): x.clear(); return 1
x = [Index(), 2]",
        );
        let error = shrinks.extract::<[i64; 2]>().unwrap_err();
        assert_eq!(error.to_string(), "the list changed size while it was being converted");
    });
}

fn vectors_of_buffers() {
    Python::attach(|py| {
        let array = eval(py, "__import__('array').array('q', [1, -2, 3])");
        assert_eq!(array.extract::<Vec<i64>>().unwrap(), [1, -2, 3]);
        assert_eq!(array.extract::<Arc<[isize]>>().unwrap().as_ref(), [1, -2, 3]);
        assert_eq!(array.extract::<[i64; 3]>().unwrap(), [1, -2, 3]);
        // Of another size: read as what it is as well, a sequence.
        assert_eq!(array.extract::<Vec<i8>>().unwrap(), [1, -2, 3]);
        assert_eq!(
            array.extract::<Vec<u8>>().unwrap_err().to_string(),
            "[1]: expected int in 0..=255, got -2"
        );
        assert_eq!(
            array.extract::<[i64; 2]>().unwrap_err().to_string(),
            "expected Sequence[int] of length 2, got array"
        );
        let strided = eval(py, "memoryview(__import__('array').array('d', range(6)))[::-2]");
        assert_eq!(strided.extract::<Vec<f64>>().unwrap(), [5.0, 3.0, 1.0]);
    });
}

fn iterables() {
    round_trip!("[1, 2]", Iterable(vec![1i64, 2]));
    round_trip!("b'ab'", Iterable(b"ab".to_vec()));
    Python::attach(|py| {
        for expression in [
            "(n for n in (1, 2))",
            "iter([1, 2])",
            "{1: 'a', 2: 'b'}",
            "{1: 'a', 2: 'b'}.keys()",
            "{'a': 1, 'b': 2}.values()",
            "frozenset([1, 2])",
            "range(1, 3)",
            "map(int, '12')",
            "bytes([1, 2])",
            "type('I', (), {'__iter__': lambda self: iter([1, 2])})()",
            "type('I', (), {'__getitem__': lambda self, i: [1, 2][i]})()",
        ] {
            let Iterable(items) = eval(py, expression).extract::<Iterable<u8>>().unwrap();
            assert_eq!(items, [1, 2], "{expression}");
        }
        let characters: Iterable<char> = eval(py, "'a🦀'").extract().unwrap();
        assert_eq!(*characters, ['a', '🦀']);
        // Used up, and no further than to its end.
        let generator = eval(py, "(n for n in range(3))");
        assert_eq!(generator.extract::<Iterable<i64>>().unwrap().len(), 3);
        assert_eq!(generator.extract::<Iterable<i64>>().unwrap().len(), 0);
        let nested: Iterable<Iterable<i64>> = eval(py, "({n} for n in (1, 2))").extract().unwrap();
        assert_eq!(nested.0, [Iterable(vec![1]), Iterable(vec![2])]);
        let mut all = Vec::new();
        for item in nested {
            all.extend(item);
        }
        assert_eq!(all, [1, 2]);
    });
}

fn iterables_refused() {
    assert_eq!(message::<Iterable<i64>>("5"), "expected Iterable[int], got int");
    assert_eq!(message::<Iterable<i64>>("None"), "expected Iterable[int], got None");
    assert_eq!(
        message::<Iterable<i64>>("type('N', (), {'__iter__': None})()"),
        "expected Iterable[int], got N"
    );
    assert_eq!(
        message::<Iterable<i64>>("(n for n in (1, 'a', None))"),
        "2 errors\n  [1]: expected int, got str\n  [2]: expected int, got None"
    );
    // It never ends, but what is wrong does.
    let endless = message::<Iterable<String>>("__import__('itertools').count()");
    assert!(endless.starts_with("more than 32 errors\n"), "{endless}");
    Python::attach(|py| {
        let raises = eval(py, "(1 // n for n in (1, 0))");
        let error = PyErr::from(raises.extract::<Iterable<i64>>().unwrap_err());
        assert!(error.is_instance_of::<convert_core::exceptions::PyZeroDivisionError>(py));
        let raises = eval(py, "type('I', (), {'__iter__': lambda self: None + 1})()");
        let error = raises.extract::<Iterable<i64>>().unwrap_err();
        // A TypeError of its own, not that it cannot be iterated.
        assert!(error.is_exception(), "{error}");
    });
}
