//! The methods of the native types, against what Python itself answers.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_core::{PyTypeInfo, types};
use convert_tests::{eval, namespace, object};

convert_tests::tests! {
    sets,
    frozensets,
    sets_of_objects_that_resist,
    a_set_being_made_is_not_seen,
    a_set_that_changes_while_it_is_walked,
    a_set_whose_iterator_is_found_while_it_is_walked,
    subclasses_of_sets_are_not_asked,
    abstract_sets,
    classes_that_change_their_bases,
    a_class_that_changes_while_it_is_asked,
    loops_over_lists_tuples_and_dicts,
    loops_over_what_changes,
    slices,
    slices_of_objects_that_resist,
    ranges,
    complex_numbers,
    bytes_filled_in_place,
    bytearrays,
    a_bytearray_that_is_being_shown,
    memoryviews,
    a_memoryview_that_was_released,
    abstract_types_are_what_python_says,
    mappings,
    sequences,
    sequences_that_resist,
    an_abstract_class_that_raises,
}

/// Asserts that Python calls both equal, and their types the same.
fn assert_is(object: &Bound<'_, PyAny>, expression: &str) {
    let expected = eval(object.py(), expression);
    assert!(object.get_type().is(&expected.get_type()), "{object:?} is no {expected:?}");
    assert!(object.eq(&expected).unwrap(), "{object:?} is not {expression}");
}

/// Asserts that it fails, with this exception.
fn assert_raises<E: PyTypeInfo, T>(py: Python<'_>, result: PyResult<T>) -> String {
    let error = result.err().unwrap_or_else(|| panic!("no {}", E::NAME));
    assert!(error.is_instance_of::<E>(py), "{error}, no {}", E::NAME);
    assert!(PyErr::take(py).is_none());
    error.to_string()
}

fn int(py: Python<'_>, value: i64) -> Bound<'_, PyAny> {
    value.into_py(py).unwrap().into_any()
}

fn ints<'py>(py: Python<'py>, values: &[i64]) -> Vec<Bound<'py, PyAny>> {
    values.iter().map(|&value| int(py, value)).collect()
}

/// The ints that the walk of a set visits, sorted.
fn visited(
    walk: impl FnOnce(&mut dyn FnMut(Borrowed<'_, '_, PyAny>) -> PyResult<()>) -> PyResult<()>,
) -> PyResult<Vec<i64>> {
    let mut seen = Vec::new();
    walk(&mut |item| {
        seen.push(item.extract()?);
        Ok(())
    })?;
    seen.sort_unstable();
    Ok(seen)
}

fn sets() {
    Python::attach(|py| {
        assert_is(&PySet::empty(py).unwrap(), "set()");
        let set = PySet::from_objects(py, ints(py, &[3, 1, 2, 1])).unwrap();
        assert_is(&set, "{1, 2, 3}");
        assert_eq!((set.len(), set.is_empty()), (3, false));
        assert!(set.contains_object(&int(py, 2)).unwrap());
        assert!(!set.contains_object(&int(py, 4)).unwrap());
        let copy = set.copy().unwrap();
        set.add_object(&int(py, 4)).unwrap();
        set.add_object(&int(py, 4)).unwrap();
        assert_is(&set, "{1, 2, 3, 4}");
        assert!(set.discard_object(&int(py, 1)).unwrap());
        assert!(!set.discard_object(&int(py, 1)).unwrap());
        assert_is(&set, "{2, 3, 4}");
        assert_eq!(visited(|each| set.walk(each)).unwrap(), [2, 3, 4]);
        let popped: i64 = set.pop().unwrap().extract().unwrap();
        assert!((2..=4).contains(&popped) && set.len() == 2);
        assert!(!set.contains_object(&int(py, popped)).unwrap());
        set.clear();
        assert!(set.is_empty() && set.pop().is_none() && PyErr::take(py).is_none());
        assert_is(&copy, "{1, 2, 3}");

        let many: Vec<i64> = (0..1000).collect();
        let set = PySet::from_objects(py, ints(py, &many)).unwrap();
        assert_eq!(visited(|each| set.walk(each)).unwrap(), many);

        assert!(eval(py, "type('S', (set,), {})()").cast::<PySet>().is_ok());
        assert!(eval(py, "type('S', (set,), {})()").cast_exact::<PySet>().is_err());
        assert!(eval(py, "set()").cast_exact::<PySet>().is_ok());
        let error = eval(py, "frozenset()").cast::<PySet>().unwrap_err();
        assert_eq!(error.to_string(), "expected set, got frozenset");
        assert_is(&PySet::type_object(py), "set");
    });
}

fn frozensets() {
    Python::attach(|py| {
        let empty = PyFrozenSet::empty(py).unwrap();
        assert_is(&empty, "frozenset()");
        assert!(empty.is_empty());
        let set = PyFrozenSet::from_objects(py, ints(py, &[3, 1, 2, 1])).unwrap();
        assert_is(&set, "frozenset([1, 2, 3])");
        assert_eq!(set.hash().unwrap(), eval(py, "frozenset([1, 2, 3])").hash().unwrap());
        assert_eq!((set.len(), set.is_empty()), (3, false));
        assert!(set.contains_object(&int(py, 2)).unwrap());
        assert!(!set.contains_object(&int(py, 4)).unwrap());
        assert_eq!(visited(|each| set.walk(each)).unwrap(), [1, 2, 3]);
        // The empty frozenset that others have is not the one that was filled.
        assert_eq!(eval(py, "frozenset()").size().unwrap(), 0);
        assert!(empty.is_empty());

        assert!(eval(py, "type('F', (frozenset,), {})()").cast::<PyFrozenSet>().is_ok());
        assert!(eval(py, "type('F', (frozenset,), {})()").cast_exact::<PyFrozenSet>().is_err());
        assert!(eval(py, "frozenset()").cast_exact::<PyFrozenSet>().is_ok());
        let error = eval(py, "set()").cast::<PyFrozenSet>().unwrap_err();
        assert_eq!(error.to_string(), "expected frozenset, got set");
        assert_is(&PyFrozenSet::type_object(py), "frozenset");
    });
}

fn sets_of_objects_that_resist() {
    Python::attach(|py| {
        let list = eval(py, "[]");
        let raises = object(
            py,
            "
class Raises:
    def __hash__(self): raise ValueError('hash')
x = Raises()",
        );
        let set = PySet::from_objects(py, ints(py, &[1])).unwrap();
        let items = || [int(py, 1), list.clone()];
        assert_raises::<PyTypeError, _>(py, PySet::from_objects(py, items()));
        assert_raises::<PyTypeError, _>(py, PyFrozenSet::from_objects(py, items()));
        assert_raises::<PyTypeError, _>(py, set.add_object(&list));
        assert_raises::<PyValueError, _>(py, set.add_object(&raises));
        assert_raises::<PyValueError, _>(py, set.discard_object(&raises));
        assert_raises::<PyValueError, _>(py, set.contains_object(&raises));
        let frozen = PyFrozenSet::from_objects(py, ints(py, &[1])).unwrap();
        assert_raises::<PyValueError, _>(py, frozen.contains_object(&raises));
        assert_is(&set, "{1}");
    });
}

/// Items that look for the set they are being put into.
const SEEKER: &str = "
import gc
marker = object()
found = []
class Seeker:
    def __hash__(self):
        found.extend(o for o in gc.get_objects() if type(o) in (set, frozenset) and marker in o)
        return 7
x = [marker, Seeker(), Seeker()]
";

fn a_set_being_made_is_not_seen() {
    Python::attach(|py| {
        let names = namespace(py, SEEKER);
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let items: Vec<Bound<'_, PyAny>> = get("x").extract().unwrap();
        let check = |set: Bound<'_, PyAny>| {
            assert_eq!((set.size().unwrap(), get("found").size().unwrap()), (3, 0));
            let tracked = eval(py, "__import__('gc').is_tracked").call1((set,)).unwrap();
            assert!(tracked.extract::<bool>().unwrap());
        };
        check(PySet::from_objects(py, items.clone()).unwrap().into_any());
        check(PyFrozenSet::from_objects(py, items).unwrap().into_any());
        // One that Python makes can be seen.
        eval(py, "set").call1((get("x"),)).unwrap();
        assert!(get("found").size().unwrap() > 0);
        get("found").call_method0("clear").unwrap();
    });
}

fn a_set_that_changes_while_it_is_walked() {
    let changed = "the set changed size while it was being converted";
    Python::attach(|py| {
        for attack in
            ["s.clear()", "s.pop()", "s.add(99)", "s.update(range(10**4))", "s.add(i + 50)"]
        {
            let code = format!("lambda s, i: {attack}");
            let set = eval(py, "set(range(10))").cast_into::<PySet>().unwrap();
            let attack = eval(py, &code);
            let mut visits = 0;
            let result = set.walk(|item| {
                visits += 1;
                attack.call1((&set, &*item)).map(drop)
            });
            assert!(assert_raises::<PyRuntimeError, _>(py, result).contains(changed), "{code}");
            assert_eq!(visits, 1, "{code}");
        }
        // At the last item, too.
        let set = eval(py, "set(range(10))").cast_into::<PySet>().unwrap();
        let mut visits = 0;
        let result: Result<(), ConversionError> = set.walk(|_| {
            visits += 1;
            if visits == 10 {
                set.add_object(&int(py, 99))?;
            }
            Ok(())
        });
        assert_eq!(result.unwrap_err().to_string(), changed);

        // By what Python code does to look at an item.
        let set = object(
            py,
            "
class Attacker:
    def __init__(self): self.calls = 0
    def __hash__(self):
        self.calls += 1
        if self.calls > 1: x.clear()
        return 7
x = {Attacker()} | set(range(100, 110))",
        );
        let result = set.cast::<PySet>().unwrap().walk(|item| item.hash().map(drop));
        assert!(assert_raises::<PyRuntimeError, _>(py, result).contains(changed));

        // As large as before, but not with the items that were there: noticed or not, what is
        // visited is alive.
        for swap in [
            "(s.discard(i), s.add(i + 100))",
            "(s.clear(), s.update(range(200, 210)))",
            "(s.update(range(10**4)), s.clear(), s.update(range(10)))",
        ] {
            let attack = eval(py, &format!("lambda s, i: {swap}"));
            let set = eval(py, "set(range(10))").cast_into::<PySet>().unwrap();
            let mut visits = 0;
            let result = set.walk(|item| {
                visits += 1;
                item.repr()?;
                attack.call1((&set, &*item)).map(drop)
            });
            match result {
                Ok(()) => assert_eq!(visits, 10, "{swap}"),
                Err(error) => assert!(error.to_string().contains(changed), "{error}"),
            }
        }

        // What the visitor raises comes out as it is.
        let set = eval(py, "{1}").cast_into::<PySet>().unwrap();
        let result = set.walk(|_| Err::<(), _>(PyKeyError::new_err("mine")));
        assert_eq!(assert_raises::<PyKeyError, _>(py, result), "KeyError: mine");
    });
}

fn a_set_whose_iterator_is_found_while_it_is_walked() {
    // Where no iterator is used, there is none to be found.
    fn check(py: Python<'_>, stolen: usize, visited: usize, result: PyResult<()>) {
        match result {
            Ok(()) => assert_eq!((stolen, visited), (0, 10)),
            result => {
                assert!(stolen > 0);
                let message = assert_raises::<PyRuntimeError, _>(py, result);
                assert!(message.contains("changed size"), "{message}");
            }
        }
    }
    Python::attach(|py| {
        let steal = eval(
            py,
            "lambda s: [next(o, None) for o in __import__('gc').get_referrers(s) \
             if type(o).__name__ == 'set_iterator']",
        );
        let set = eval(py, "set(range(10))").cast_into::<PySet>().unwrap();
        let (mut stolen, mut visited) = (0, 0);
        let result = set.walk(|_| {
            visited += 1;
            stolen += steal.call1((&set,))?.size()?;
            PyResult::Ok(())
        });
        check(py, stolen, visited, result);
        let frozen = eval(py, "frozenset(range(10))").cast_into::<PyFrozenSet>().unwrap();
        let (mut stolen, mut visited) = (0, 0);
        let result = frozen.walk(|_| {
            visited += 1;
            stolen += steal.call1((&frozen,))?.size()?;
            PyResult::Ok(())
        });
        check(py, stolen, visited, result);
    });
}

fn subclasses_of_sets_are_not_asked() {
    Python::attach(|py| {
        for base in ["set", "frozenset"] {
            let set = object(
                py,
                &format!(
                    "
class Sub({base}):
    def __iter__(self): return iter([5, 6])
    def __contains__(self, item): return True
    def __len__(self): return 100
x = Sub([1, 2, 3])"
                ),
            );
            let (length, seen, contains) = match set.cast::<PySet>() {
                Ok(set) => {
                    assert_is(&set.copy().unwrap(), "{1, 2, 3}");
                    let contains = set.contains_object(&int(py, 9)).unwrap();
                    (set.len(), visited(|each| set.walk(each)), contains)
                }
                Err(_) => {
                    let set = set.cast::<PyFrozenSet>().unwrap();
                    let contains = set.contains_object(&int(py, 9)).unwrap();
                    (set.len(), visited(|each| set.walk(each)), contains)
                }
            };
            assert_eq!((length, seen.unwrap(), contains), (3, vec![1, 2, 3], false));
        }
    });
}

fn abstract_sets() {
    Python::attach(|py| {
        let is_set = |expression| PySet::is_abstract_set(&eval(py, expression)).unwrap();
        for yes in [
            "set()",
            "frozenset()",
            "{}.keys()",
            "{}.items()",
            "type('S', (set,), {})()",
            "type('F', (frozenset,), {})()",
        ] {
            assert!(is_set(yes), "{yes}");
        }
        for no in ["{}", "[]", "{}.values()", "5", "iter(set())", "None"] {
            assert!(!is_set(no), "{no}");
        }
        let registered = object(
            py,
            "
import collections.abc
class Own: pass
collections.abc.Set.register(Own)
x = Own()",
        );
        assert!(PySet::is_abstract_set(&registered).unwrap());
    });
}

/// More classes than are remembered, and some that change: the answer is always that of
/// `issubclass`.
fn classes_that_change_their_bases() {
    Python::attach(|py| {
        let found: (Vec<Bound<'_, PyAny>>, Bound<'_, PyAny>, Bound<'_, PyAny>) = object(
            py,
            "
from collections.abc import Mapping, Set
class Plain: pass
class AsSet: pass
class AsMapping: pass
Set.register(AsSet)
Mapping.register(AsMapping)
objects = [type('O', (base,), {})() for base in (Plain, AsSet, AsMapping) for _ in range(6)]
def change():
    bases = [AsSet, AsMapping, Plain]
    for index, one in enumerate(objects): type(one).__bases__ = (bases[index % 3],)
x = (objects, change, lambda one: (issubclass(type(one), Set), issubclass(type(one), Mapping)))",
        )
        .extract()
        .unwrap();
        let (objects, change, expected) = found;
        let mut seen = Vec::new();
        for _ in 0..3 {
            for object in &objects {
                let ours =
                    (PySet::is_abstract_set(object).unwrap(), PyMapping::check(object).unwrap());
                let expected: (bool, bool) = expected.call1((object,)).unwrap().extract().unwrap();
                assert_eq!(ours, expected);
                seen.push(ours);
            }
            change.call0().unwrap();
        }
        for answer in [(false, false), (true, false), (false, true)] {
            assert!(seen.contains(&answer), "{answer:?}");
        }
    });
}

/// Who is asked gives the object another class meanwhile: the answer is about the old one.
fn a_class_that_changes_while_it_is_asked() {
    Python::attach(|py| {
        let found: (Bound<'_, PyAny>, Bound<'_, PyAny>) = object(
            py,
            "
from collections.abc import Mapping
class Plain: pass
class Odd: pass
x = (Odd(), Plain())
class Hooked(Mapping):
    @classmethod
    def __subclasshook__(cls, other):
        if other is not Odd: return NotImplemented
        x[0].__class__ = Plain
        return True",
        )
        .extract()
        .unwrap();
        let (odd, plain) = found;
        assert!(PyMapping::check(&odd).unwrap());
        assert_eq!(odd.get_type().as_any().to_string(), plain.get_type().as_any().to_string());
        assert!(!PyMapping::check(&plain).unwrap() && !PyMapping::check(&odd).unwrap());
    });
}

fn loops_over_lists_tuples_and_dicts() {
    Python::attach(|py| {
        for expression in ["[]", "[1]", "['a', None, [2], 2.5]", "list(range(1000))"] {
            let list = eval(py, expression);
            let again = PyList::empty(py).unwrap();
            for item in list.cast::<PyList>().unwrap() {
                again.append(item).unwrap();
            }
            assert!(again.as_any().eq(&list).unwrap());
            let tuple = again.to_tuple().unwrap();
            let items: Vec<_> = tuple.iter().collect();
            assert_eq!(tuple.iter().size_hint().1, Some(items.len()));
            let ids =
                |items: &[Bound<'_, PyAny>]| items.iter().map(|it| it.as_ptr()).collect::<Vec<_>>();
            assert_eq!(ids(&items), ids(&again.into_iter().collect::<Vec<_>>()));
            assert_eq!(ids(&items), ids(&tuple.into_iter().collect::<Vec<_>>()));
        }
        for expression in
            ["{}", "{1: 2}", "{'a': 1, ('b', 2): [], None: {}}", "dict.fromkeys(range(1000))"]
        {
            let dict = eval(py, expression);
            let again = PyDict::new(py).unwrap();
            for entry in dict.cast::<PyDict>().unwrap() {
                let (key, value) = entry.unwrap();
                again.set(&key, &value).unwrap();
            }
            assert!(again.as_any().eq(&dict).unwrap());
            let keys: Vec<_> = again.iter().map(|entry| entry.unwrap().0.as_ptr()).collect();
            let in_order: Vec<_> = again.keys().unwrap().iter().map(|key| key.as_ptr()).collect();
            assert_eq!(keys, in_order);
        }
    });
}

fn loops_over_what_changes() {
    Python::attach(|py| {
        let list = eval(py, "[1, 2, 3, 4]").cast_into::<PyList>().unwrap();
        let mut seen = 0;
        let mut items = list.iter();
        while items.next().is_some() {
            seen += 1;
            list.append(5).unwrap();
        }
        assert_eq!((seen, list.len()), (4, 8));
        let mut items = list.iter();
        items.next();
        list.call_method0("clear").unwrap();
        assert!(items.next().is_none());
        list.call_method1("extend", ("longer than before",)).unwrap();
        assert!(items.next().is_none());

        let dict = eval(py, "{1: 1, 2: 2}").cast_into::<PyDict>().unwrap();
        let mut entries = dict.iter();
        entries.next().unwrap().unwrap();
        dict.set_item(3, 3).unwrap();
        let error = loop {
            match entries.next().unwrap() {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(error.is_instance_of::<PyRuntimeError>(py));
        assert!(entries.next().is_none());
        assert_eq!(dict.iter().flatten().count(), 3);
        // Entries that move, which changes no size.
        let dict = eval(py, "dict.fromkeys('abcde', 0)").cast_into::<PyDict>().unwrap();
        for key in "vwxyz".chars() {
            dict.set_item(key, 1).unwrap();
            dict.del_item(key).unwrap();
        }
        let mut entries = dict.iter();
        assert_eq!(entries.by_ref().take(2).filter(Result::is_ok).count(), 2);
        dict.del_item("a").unwrap();
        dict.set_item("z", 1).unwrap();
        let seen = entries.take_while(Result::is_ok).count();
        assert!(seen == 4 || seen == 0, "{seen}: all that is left, or an error at once");
        // A value that changes the dict at its end, which is when the next one is asked for.
        let names = namespace(
            py,
            "
class Last:
    def __del__(self): dict.clear()
dict = {1: Last(), 2: 2, 3: 3}
",
        );
        let dict = names.get_item("dict").unwrap().unwrap().cast_into::<PyDict>().unwrap();
        let mut entries = dict.iter();
        drop(entries.next().unwrap().unwrap());
        dict.set_item(1, 1).unwrap();
        assert!(entries.next().unwrap().is_err() && entries.next().is_none());
    });
}

fn slices() {
    Python::attach(|py| {
        assert_is(&PySlice::new(py, 1, -2, 3).unwrap(), "slice(1, -2, 3)");
        assert_is(&PySlice::full(py).unwrap(), "slice(None)");
        let (start, stop) = (eval(py, "'a'"), eval(py, "2 ** 100"));
        let slice = PySlice::from_objects(&start, &stop, &py.none()).unwrap();
        assert_is(&slice, "slice('a', 2 ** 100, None)");
        assert!(slice.start().unwrap().is(&start) && slice.stop().unwrap().is(&stop));
        assert!(slice.step().unwrap().is_none());

        let expected = eval(
            py,
            "lambda s, n, max=__import__('sys').maxsize: (lambda start, stop, step: \
             (start, stop, min(abs(step), max) * (1 if step > 0 else -1), \
             len(range(start, stop, step))))(*s.indices(n))",
        );
        for arguments in [
            "None",
            "0, 5",
            "1, -1, 2",
            "None, None, -1",
            "-1, None, -2",
            "5, 2",
            "-100, 100, 7",
            "100, -100, -7",
            "2 ** 100",
            "-2 ** 100, 2 ** 100, 2 ** 70",
            "2 ** 100, -2 ** 100, -2 ** 70",
            "None, None, -2 ** 63",
            "None, None, 2 ** 63 - 1",
            "-2 ** 63, 2 ** 63 - 1",
            "True, type('I', (), {'__index__': lambda self: 4})()",
        ] {
            let slice = eval(py, &format!("slice({arguments})")).cast_into::<PySlice>().unwrap();
            for length in [0, 1, 5, 10, isize::MAX] {
                let types::PySliceIndices { start, stop, step, slicelength } =
                    slice.indices(length).unwrap();
                let expected = expected.call1((&slice, length)).unwrap();
                let expected: (isize, isize, isize, usize) = expected.extract().unwrap();
                assert_eq!((start, stop, step, slicelength), expected, "{arguments} of {length}");
            }
        }
        assert!(eval(py, "5").cast::<PySlice>().is_err());
        assert_is(&PySlice::type_object(py), "slice");
    });
}

fn slices_of_objects_that_resist() {
    Python::attach(|py| {
        let slice = |arguments: &str| {
            eval(py, &format!("slice({arguments})")).cast_into::<PySlice>().unwrap()
        };
        assert_raises::<PyValueError, _>(py, slice("1, 2, 0").indices(5));
        assert_raises::<PyValueError, _>(py, slice("None").indices(-1));
        assert_raises::<PyValueError, _>(py, slice("-2 ** 100, None").indices(isize::MIN));
        assert_raises::<PyTypeError, _>(py, slice("'a', None").indices(5));
        assert_raises::<PyTypeError, _>(py, slice("1.5").indices(5));
        let raises = "type('I', (), {'__index__': lambda self: 1 // 0})()";
        assert_raises::<PyZeroDivisionError, _>(py, slice(raises).indices(5));
    });
}

fn ranges() {
    Python::attach(|py| {
        let range = PyRange::new(py, 10, -5, -3).unwrap();
        assert_is(&range, "range(10, -5, -3)");
        assert_is(&range.start().unwrap(), "10");
        assert_is(&range.stop().unwrap(), "-5");
        assert_is(&range.step().unwrap(), "-3");
        assert_eq!(range.extract::<Vec<i64>>().unwrap(), [10, 7, 4, 1, -2]);
        let (start, stop) = (eval(py, "-2 ** 100"), eval(py, "2 ** 100"));
        let range = PyRange::from_objects(&start, &stop, &int(py, 1)).unwrap();
        assert_is(&range, "range(-2 ** 100, 2 ** 100, 1)");
        assert_is(&range.stop().unwrap(), "2 ** 100");
        let range = eval(py, "range(True, 5)").cast_into::<PyRange>().unwrap();
        assert_eq!(range.start().unwrap().to_i64(), Some(1));

        assert_raises::<PyValueError, _>(py, PyRange::new(py, 1, 2, 0));
        let one = int(py, 1);
        assert_raises::<PyTypeError, _>(py, PyRange::from_objects(&one, &py.none(), &one));
        let raises = eval(py, "type('I', (), {'__index__': lambda self: 1 // 0})()");
        let result = PyRange::from_objects(&raises, &one, &one);
        assert_raises::<PyZeroDivisionError, _>(py, result);
        assert!(eval(py, "[]").cast::<PyRange>().is_err());
        assert_is(&PyRange::type_object(py), "range");
    });
}

fn complex_numbers() {
    Python::attach(|py| {
        let complex = PyComplex::from_doubles(py, 1.5, -2.0).unwrap();
        assert_is(&complex, "1.5 - 2j");
        assert_eq!((complex.real(), complex.imag()), (1.5, -2.0));
        let zeros = PyComplex::from_doubles(py, -0.0, f64::NAN).unwrap();
        assert!(zeros.real().is_sign_negative() && zeros.imag().is_nan());
        let subclass = object(
            py,
            "
class Sub(complex):
    real = property(lambda self: 1 // 0)
    def __complex__(self): return 5 + 5j
    def __float__(self): return 5.0
x = Sub(1, 2)",
        );
        let subclass = subclass.cast_into::<PyComplex>().unwrap();
        assert_eq!((subclass.real(), subclass.imag()), (1.0, 2.0));
        assert!(subclass.cast_exact::<PyComplex>().is_err());
        assert!(eval(py, "1j").cast_exact::<PyComplex>().is_ok());
        let error = eval(py, "1.5").cast::<PyComplex>().unwrap_err();
        assert_eq!(error.to_string(), "expected complex, got float");
        assert!(PyErr::take(py).is_none());
        assert_is(&PyComplex::type_object(py), "complex");
    });
}

fn bytes_filled_in_place() {
    Python::attach(|py| {
        let fill = |bytes: &mut [u8]| {
            assert!(bytes.iter().all(|&byte| byte == 0));
            bytes.iter_mut().enumerate().for_each(|(index, byte)| *byte = index as u8);
            Ok(())
        };
        for length in [0, 1, 2, 256] {
            let bytes = PyBytes::new_with(py, length, fill).unwrap();
            assert_is(&bytes, &format!("bytes(range({length}))"));
            let bytes = PyByteArray::new_with(py, length, fill).unwrap();
            assert_is(&bytes, &format!("bytearray(range({length}))"));
        }
        assert_is(&PyBytes::new_with(py, 3, |_| Ok(())).unwrap(), "bytes(3)");
        let refuse = |_: &mut [u8]| Err(PyKeyError::new_err("mine"));
        assert_raises::<PyKeyError, _>(py, PyBytes::new_with(py, 3, refuse));
        assert_raises::<PyKeyError, _>(py, PyByteArray::new_with(py, 3, refuse));
        for length in [usize::MAX, isize::MAX as usize + 1] {
            assert_raises::<PyMemoryError, _>(py, PyBytes::new_with(py, length, refuse));
            assert_raises::<PyMemoryError, _>(py, PyByteArray::new_with(py, length, refuse));
        }
        let length = isize::MAX as usize;
        assert_raises::<PyOverflowError, _>(py, PyBytes::new_with(py, length, refuse));
        assert_raises::<PyMemoryError, _>(py, PyByteArray::new_with(py, length, refuse));
    });
}

fn bytearrays() {
    Python::attach(|py| {
        let bytes = PyByteArray::new(py, b"a\0c").unwrap();
        assert_is(&bytes, "bytearray(b'a\\0c')");
        assert_eq!((bytes.len(), bytes.is_empty(), bytes.to_vec()), (3, false, b"a\0c".to_vec()));
        bytes.copy_from_slice(b"xyz").unwrap();
        assert_is(&bytes, "bytearray(b'xyz')");
        assert_raises::<PyValueError, _>(py, bytes.copy_from_slice(b"xy"));
        assert_raises::<PyValueError, _>(py, bytes.copy_from_slice(b"wxyz"));
        bytes.resize(2).unwrap();
        assert_is(&bytes, "bytearray(b'xy')");
        bytes.resize(1000).unwrap();
        assert_eq!((bytes.len(), &bytes.to_vec()[..2]), (1000, &b"xy"[..]));
        bytes.resize(0).unwrap();
        assert!(bytes.is_empty() && bytes.to_vec().is_empty());
        bytes.copy_from_slice(b"").unwrap();
        for length in [usize::MAX, isize::MAX as usize + 1, isize::MAX as usize] {
            assert_raises::<PyMemoryError, _>(py, bytes.resize(length));
            assert!(bytes.is_empty());
        }
        // Bytes were taken from its start, which CPython does by moving where it begins.
        let moved = object(py, "x = bytearray(range(100))\ndel x[:50]");
        let moved = moved.cast_into::<PyByteArray>().unwrap();
        assert_eq!(moved.to_vec(), (50..100).collect::<Vec<u8>>());
        moved.copy_from_slice(&[7; 50]).unwrap();
        assert_is(&moved, "bytearray([7] * 50)");

        for source in ["b'abc'", "bytearray(b'abc')", "memoryview(b'abc')", "[1, 2]", "3"] {
            let made = PyByteArray::from_object(&eval(py, source)).unwrap();
            assert_is(&made, &format!("bytearray({source})"));
        }
        assert_raises::<PyTypeError, _>(py, PyByteArray::from_object(&eval(py, "'abc'")));
        assert_raises::<PyValueError, _>(py, PyByteArray::from_object(&eval(py, "[256]")));
        let subclass = eval(py, "type('B', (bytearray,), {'__len__': lambda self: 9})(b'abc')");
        let subclass = subclass.cast_into::<PyByteArray>().unwrap();
        assert_eq!((subclass.len(), subclass.to_vec()), (3, b"abc".to_vec()));
        assert!(subclass.cast_exact::<PyByteArray>().is_err());
        assert!(eval(py, "b''").cast::<PyByteArray>().is_err());
        assert_is(&PyByteArray::type_object(py), "bytearray");
    });
}

fn a_bytearray_that_is_being_shown() {
    Python::attach(|py| {
        let bytes = PyByteArray::new(py, b"abc").unwrap();
        let view = PyMemoryView::from_object(&bytes).unwrap();
        assert_raises::<PyBufferError, _>(py, bytes.resize(10_000));
        assert_raises::<PyBufferError, _>(py, bytes.resize(0));
        bytes.copy_from_slice(b"xyz").unwrap();
        assert_is(&view.to_bytes().unwrap(), "b'xyz'");
        view.release().unwrap();
        bytes.resize(10_000).unwrap();
        assert_eq!(bytes.len(), 10_000);
    });
}

fn memoryviews() {
    Python::attach(|py| {
        for expression in [
            "memoryview(b'abc')",
            "memoryview(b'')",
            "memoryview(bytearray(16)).cast('d')",
            "memoryview(bytes(range(12))).cast('B', [3, 4])",
            "memoryview(bytes(range(12)))[::-2]",
            "memoryview(__import__('array').array('q', [1, -2]))",
        ] {
            let view = eval(py, expression).cast_into::<PyMemoryView>().unwrap();
            let own = |name: &str| view.getattr(name).unwrap();
            assert!(view.format().unwrap().eq(own("format")).unwrap(), "{expression}");
            assert!(view.shape().unwrap().eq(own("shape")).unwrap(), "{expression}");
            assert!(view.strides().unwrap().eq(own("strides")).unwrap(), "{expression}");
            assert!(view.object().unwrap().is(&own("obj")), "{expression}");
            let numbers = [view.item_size(), view.len_bytes(), view.dimensions()];
            let names = ["itemsize", "nbytes", "ndim"];
            for (number, name) in numbers.into_iter().zip(names) {
                assert_eq!(
                    number.unwrap(),
                    own(name).extract::<usize>().unwrap(),
                    "{expression}.{name}"
                );
            }
            let answers = [view.is_readonly(), view.is_c_contiguous()];
            for (answer, name) in answers.into_iter().zip(["readonly", "c_contiguous"]) {
                assert_eq!(
                    answer.unwrap(),
                    own(name).extract::<bool>().unwrap(),
                    "{expression}.{name}"
                );
            }
            assert_is(&view.to_bytes().unwrap(), &format!("{expression}.tobytes()"));
        }
        let bytes = PyBytes::new(py, b"abc").unwrap();
        let view = PyMemoryView::from_object(&bytes).unwrap();
        assert!(view.object().unwrap().is(&bytes) && view.is_readonly().unwrap());
        assert_raises::<PyTypeError, _>(py, PyMemoryView::from_object(&eval(py, "'abc'")));
        assert!(bytes.cast::<PyMemoryView>().is_err());
        assert_is(&PyMemoryView::type_object(py), "memoryview");
    });
}

fn a_memoryview_that_was_released() {
    Python::attach(|py| {
        let view = PyMemoryView::from_object(&PyByteArray::new(py, b"abc").unwrap()).unwrap();
        let user = eval(py, "__import__('pickle').PickleBuffer").call1((&view,)).unwrap();
        assert_raises::<PyBufferError, _>(py, view.release());
        assert_is(&view.to_bytes().unwrap(), "b'abc'");
        user.call_method0("release").unwrap();
        view.release().unwrap();
        view.release().unwrap();
        assert_raises::<PyValueError, _>(py, view.to_bytes());
        assert_raises::<PyValueError, _>(py, view.object());
        assert_raises::<PyValueError, _>(py, view.format());
        assert_raises::<PyValueError, _>(py, view.item_size());
        assert_raises::<PyValueError, _>(py, view.len_bytes());
        assert_raises::<PyValueError, _>(py, view.dimensions());
        assert_raises::<PyValueError, _>(py, view.shape());
        assert_raises::<PyValueError, _>(py, view.strides());
        assert_raises::<PyValueError, _>(py, view.is_readonly());
        assert_raises::<PyValueError, _>(py, view.is_c_contiguous());
    });
}

fn abstract_types_are_what_python_says() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import array, collections, collections.abc, types
class Sub(dict): pass
class Own(collections.abc.Mapping):
    def __getitem__(self, key): return {}[key]
    def __iter__(self): return iter(())
    def __len__(self): return 0
class Virtual: pass
collections.abc.Mapping.register(Virtual)
collections.abc.Sequence.register(Virtual)
class Indexed:
    def __getitem__(self, index): raise IndexError
    def __len__(self): return 0
sample = [{}, Sub(), Own(), Virtual(), Indexed(), types.MappingProxyType({}),
    collections.OrderedDict(), collections.ChainMap(), collections.UserDict(), collections.deque(),
    collections.UserList(), [], type('L', (list,), {})(), (), collections.namedtuple('T', 'a')(1),
    '', b'', bytearray(), memoryview(b''), range(3), array.array('b'), set(), {}.keys(), {}.values(),
    iter([]), None, 5, 1.5, dict, list]
x = [(o, issubclass(type(o), collections.abc.Mapping),
    issubclass(type(o), collections.abc.Sequence)) for o in sample]",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let sample: Vec<(Bound<'_, PyAny>, bool, bool)> = get("x").extract().unwrap();
        for (object, mapping, sequence) in sample {
            assert_eq!(PyMapping::check(&object).unwrap(), mapping, "{object:?}");
            assert_eq!(object.is_instance_of::<PyMapping>(), mapping, "{object:?}");
            assert_eq!(object.is_exact_instance_of::<PyMapping>(), mapping, "{object:?}");
            assert_eq!(object.cast::<PyMapping>().is_ok(), mapping, "{object:?}");
            assert_eq!(PySequence::check(&object).unwrap(), sequence, "{object:?}");
            assert_eq!(object.is_instance_of::<PySequence>(), sequence, "{object:?}");
            assert_eq!(object.is_exact_instance_of::<PySequence>(), sequence, "{object:?}");
            assert_eq!(object.cast::<PySequence>().is_ok(), sequence, "{object:?}");
        }
        // What `__class__` says does not count.
        let liar = eval(py, "type('Liar', (), {'__class__': dict})()");
        assert!(!PyMapping::check(&liar).unwrap());
        let error = eval(py, "5").cast::<PyMapping>().unwrap_err();
        assert_eq!(error.to_string(), "expected Mapping, got int");
        let error = eval(py, "5").cast::<PySequence>().unwrap_err();
        assert_eq!(error.to_string(), "expected Sequence, got int");
        assert_is(&PyMapping::type_object(py), "__import__('collections.abc').abc.Mapping");
        assert_is(&PySequence::type_object(py), "__import__('collections.abc').abc.Sequence");
    });
}

fn mappings() {
    Python::attach(|py| {
        for expression in [
            "{'a': 1, 'b': 2}",
            "__import__('collections').UserDict(a=1, b=2)",
            "__import__('types').MappingProxyType({'a': 1, 'b': 2})",
        ] {
            let mapping = eval(py, expression).cast_into::<PyMapping>().unwrap();
            assert_is(&mapping.keys().unwrap(), "['a', 'b']");
            assert_is(&mapping.values().unwrap(), "[1, 2]");
            assert_is(&mapping.items().unwrap(), "[('a', 1), ('b', 2)]");
            assert_eq!(mapping.size().unwrap(), 2);
            assert!(mapping.contains_object(&eval(py, "'a'")).unwrap());
            assert_is(&mapping.get_object(&eval(py, "'b'")).unwrap(), "2");
        }
        let mapping = object(
            py,
            "
class Strange(dict):
    def keys(self): return 5
    def values(self): raise ValueError('values')
    def items(self): return iter('ab')
x = Strange(a=1)",
        );
        let mapping = mapping.cast_into::<PyMapping>().unwrap();
        assert_raises::<PyTypeError, _>(py, mapping.keys());
        assert_raises::<PyValueError, _>(py, mapping.values());
        assert_is(&mapping.items().unwrap(), "['a', 'b']");
    });
}

fn sequences() {
    Python::attach(|py| {
        for expression in [
            "[1, 2, 3, 2]",
            "(1, 2, 3, 2)",
            "__import__('collections').UserList([1, 2, 3, 2])",
            "bytearray([1, 2, 3, 2])",
            "b'\\1\\2\\3\\2'",
        ] {
            let sequence = eval(py, expression).cast_into::<PySequence>().unwrap();
            let own = |what: &str| format!("({expression}){what}");
            assert_is(&sequence.get(2).unwrap(), "3");
            assert_raises::<PyIndexError, _>(py, sequence.get(4));
            assert_raises::<PyIndexError, _>(py, sequence.get(usize::MAX));
            assert_is(&sequence.slice(1, 3).unwrap(), &own("[1:3]"));
            assert_is(&sequence.slice(2, usize::MAX).unwrap(), &own("[2:]"));
            assert_is(&sequence.concat(&sequence).unwrap(), &own(" * 2"));
            assert_is(&sequence.repeat(3).unwrap(), &own(" * 3"));
            assert_is(&sequence.repeat(0).unwrap(), &own("[:0]"));
            assert_eq!(sequence.count(&int(py, 2)).unwrap(), 2);
            assert_eq!(sequence.count(&int(py, 5)).unwrap(), 0);
            assert_eq!(sequence.index_of(&int(py, 2)).unwrap(), 1);
            assert_raises::<PyValueError, _>(py, sequence.index_of(&int(py, 5)));
            assert_is(&sequence.to_list().unwrap(), "[1, 2, 3, 2]");
            assert_is(&sequence.to_tuple().unwrap(), "(1, 2, 3, 2)");
            assert_eq!(sequence.size().unwrap(), 4);
            assert!(!sequence.to_list().unwrap().is(&sequence));
        }
        let sequence = eval(py, "[1, 2, 3, 4, 5]").cast_into::<PySequence>().unwrap();
        sequence.set(1, &int(py, 9)).unwrap();
        assert_is(&sequence, "[1, 9, 3, 4, 5]");
        sequence.del(0).unwrap();
        assert_is(&sequence, "[9, 3, 4, 5]");
        sequence.set_slice(1, 3, &eval(py, "'abc'")).unwrap();
        assert_is(&sequence, "[9, 'a', 'b', 'c', 5]");
        sequence.del_slice(1, 4).unwrap();
        assert_is(&sequence, "[9, 5]");
        assert!(sequence.in_place_concat(&eval(py, "(7,)")).unwrap().is(&sequence));
        assert_is(&sequence, "[9, 5, 7]");
        assert!(sequence.in_place_repeat(2).unwrap().is(&sequence));
        assert_is(&sequence, "[9, 5, 7, 9, 5, 7]");
        sequence.del_slice(0, usize::MAX).unwrap();
        assert_is(&sequence, "[]");
        assert_raises::<PyIndexError, _>(py, sequence.set(0, &int(py, 1)));
        assert_raises::<PyIndexError, _>(py, sequence.del(usize::MAX));

        let tuple = eval(py, "(1, 2)").cast_into::<PySequence>().unwrap();
        assert_is(&tuple.in_place_concat(&tuple).unwrap(), "(1, 2, 1, 2)");
        assert_is(&tuple.in_place_repeat(2).unwrap(), "(1, 2, 1, 2)");
        assert_is(&tuple, "(1, 2)");
        assert_raises::<PyTypeError, _>(py, tuple.set(0, &int(py, 1)));
        assert_raises::<PyTypeError, _>(py, tuple.del(0));
        assert_raises::<PyTypeError, _>(py, tuple.set_slice(0, 1, &tuple));
        assert_raises::<PyTypeError, _>(py, tuple.del_slice(0, 1));
        assert!(tuple.to_tuple().unwrap().is(&tuple));
    });
}

fn sequences_that_resist() {
    Python::attach(|py| {
        let sequence = eval(py, "[1]").cast_into::<PySequence>().unwrap();
        assert_raises::<PyTypeError, _>(py, sequence.concat(&int(py, 1)));
        assert_raises::<PyTypeError, _>(py, sequence.in_place_concat(&int(py, 1)));
        assert_raises::<PyMemoryError, _>(py, sequence.repeat(usize::MAX));
        assert_raises::<PyMemoryError, _>(py, sequence.in_place_repeat(usize::MAX));
        let raises = object(
            py,
            "
import collections.abc
class Raises(collections.abc.Sequence):
    def __getitem__(self, index): raise ValueError('item')
    def __len__(self): return 3
    def __eq__(self, other): raise ValueError('eq')
x = Raises()",
        );
        assert_raises::<PyValueError, _>(py, sequence.count(&raises));
        assert_raises::<PyValueError, _>(py, sequence.index_of(&raises));
        let raises = raises.cast_into::<PySequence>().unwrap();
        assert_raises::<PyValueError, _>(py, raises.get(0));
        assert_raises::<PyValueError, _>(py, raises.slice(0, 1));
        assert_raises::<PyValueError, _>(py, raises.to_list());
        assert_raises::<PyValueError, _>(py, raises.to_tuple());
        assert_raises::<PyValueError, _>(py, raises.count(&int(py, 1)));
        assert_raises::<PyTypeError, _>(py, raises.set(0, &int(py, 1)));
        assert_raises::<PyTypeError, _>(py, raises.repeat(2));
    });
}

fn an_abstract_class_that_raises() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import collections.abc as abc, sys
def hook(cls, other):
    if other.__name__ == 'Refused': raise ValueError('refused')
    return NotImplemented
bases = [abc.Mapping, abc.Sequence, abc.Set]
raising = [type('Raising', (base,), {'__subclasshook__': classmethod(hook)}) for base in bases]
class Refused: pass
x = Refused()
reports = []
before = sys.unraisablehook
def report(report):
    if str(report.exc_value) == 'refused': reports.append(report.object)
    else: before(report)
sys.unraisablehook = report",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let x = get("x");
        assert_raises::<PyValueError, _>(py, PyMapping::check(&x));
        assert_raises::<PyValueError, _>(py, PySequence::check(&x));
        assert_raises::<PyValueError, _>(py, PySet::is_abstract_set(&x));
        assert_eq!(get("reports").size().unwrap(), 0);
        assert!(!x.is_instance_of::<PyMapping>());
        assert_eq!(get("reports").size().unwrap(), 1);
        assert!(x.cast::<PySequence>().is_err());
        assert_eq!(get("reports").size().unwrap(), 2);
        assert!(get("reports").get_item(0).unwrap().is(&get("Refused")));
        assert!(PyErr::take(py).is_none());
        // Whatever such a class does, these are what they are.
        assert!(PyMapping::check(&eval(py, "{}")).unwrap());
        assert!(PySequence::check(&eval(py, "[]")).unwrap());
        py.run(c"sys.unraisablehook = before; reports.clear()", Some(&names), None).unwrap();
    });
}
