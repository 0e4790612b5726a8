//! Objects that lie, change, nest without end or get in the way: an error each time, never a crash.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::{message, namespace, object};
use std::collections::{BTreeMap, HashMap};

convert_tests::tests! {
    a_list_that_changes_while_it_is_read,
    a_dict_that_changes_while_it_is_read,
    a_dict_that_changes_while_a_struct_reads_it,
    a_length_that_lies,
    nesting_of_any_depth_is_an_error,
    nesting_is_an_error_whatever_the_recursion_limit,
    deep_values_become_an_error_not_a_crash,
    objects_that_raise_at_every_turn,
    keys_that_cannot_be_hashed,
    listing_what_is_wrong_has_an_end,
    a_tuple_still_being_made,
    a_few_objects_that_stand_for_more_memory_than_there_is,
    an_array_stops_reading_where_it_is_full,
    entries_that_move_while_a_dict_is_read,
    keys_that_become_equal_in_python,
    a_module_that_was_never_initialized,
    a_zero_without_digits,
}

/// An item whose `__index__` and `__float__` run `attack` once.
const ATTACKER: &str = "
class Attacker:
    def __init__(self, attack): self.attack = attack
    def __index__(self):
        attack, self.attack = self.attack, None
        if attack: attack()
        return 7
    def __float__(self): return float(self.__index__())
    def __hash__(self): return 7
    def __eq__(self, other): return other == 7
";

fn attacked<'py>(py: Python<'py>, code: &str) -> Bound<'py, PyAny> {
    object(py, &format!("{ATTACKER}{code}"))
}

fn a_list_that_changes_while_it_is_read() {
    let changed = "the list changed size while it was being converted";
    Python::attach(|py| {
        for attack in ["l.clear()", "l.pop()", "l.append(1)", "l.extend(range(10**5))", "del l[:]"]
        {
            let code =
                format!("l = x = [1, 2, Attacker(lambda: exec('{attack}', dict(l=l))), 4, 5, 6]");
            let error = attacked(py, &code).extract::<Vec<i64>>().unwrap_err();
            assert_eq!(error.to_string(), changed, "{attack}");
            let error = attacked(py, &code).extract::<Vec<i128>>().unwrap_err();
            assert_eq!(error.to_string(), changed, "{attack}");
            let error = attacked(py, &code).extract::<Vec<f64>>().unwrap_err();
            assert_eq!(error.to_string(), changed, "{attack}");
            let error = PyErr::from(attacked(py, &code).extract::<[i64; 6]>().unwrap_err());
            assert!(error.is_instance_of::<PyRuntimeError>(py));
            let nested = attacked(py, &format!("{code}\nx = {{'list': x}}"));
            let error = nested.extract::<HashMap<String, Vec<u8>>>().unwrap_err();
            assert_eq!(error.to_string(), format!("[\"list\"]: {changed}"));
        }
        // Replacing items is no change of size: what is read is what is there.
        let replaced =
            attacked(py, "x = [Attacker(lambda: x.__setitem__(slice(1, 4), [5, 6, 7])), 2, 3, 4]");
        assert_eq!(replaced.extract::<Vec<i64>>().unwrap(), [7, 5, 6, 7]);
        // The list drops the item that is being read.
        let dropped = attacked(py, "x = [1]\nx[0] = Attacker(lambda: x.__setitem__(0, None))");
        assert_eq!(dropped.extract::<Vec<i64>>().unwrap(), [7]);
    });
}

fn a_dict_that_changes_while_it_is_read() {
    let changed = "the dict changed size while it was being converted";
    Python::attach(|py| {
        for attack in [
            "x.clear()",
            "x.pop(1)",
            "x.update((k, k) for k in range(100, 10**4))",
            "(x.pop(1), x.pop(2), x.__setitem__(50, 1))",
        ] {
            let code = format!(
                "x = {{1: 1, 2: Attacker(lambda: exec('{attack}', dict(x=x))), 3: 3, 4: 4}}"
            );
            let error = attacked(py, &code).extract::<HashMap<i64, i64>>().unwrap_err();
            assert_eq!(error.to_string(), changed, "{attack}");
            let error = attacked(py, &code).extract::<BTreeMap<i64, f64>>().unwrap_err();
            assert_eq!(error.to_string(), changed, "{attack}");
        }
        // As many entries as before, but not all of them were seen.
        let swapped = attacked(py, "x = {k: 0 for k in range(8)}
x[0] = Attacker(lambda: [x.pop(k) for k in range(5)] and x.update((k, 0) for k in range(100, 105)))");
        let seen = swapped.extract::<HashMap<i64, i64>>();
        if let Ok(map) = seen {
            let after: Vec<i64> =
                object(py, "x = [5, 6, 7, 100, 101, 102, 103, 104, 0]").extract().unwrap();
            assert!(map.keys().all(|key| after.contains(key)), "{map:?}");
        }
    });
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only has to be made")]
struct Record {
    a: i64,
    b: i64,
    c: Option<i64>,
}

fn a_dict_that_changes_while_a_struct_reads_it() {
    Python::attach(|py| {
        let emptied = attacked(py, "x = {'a': 1, 'c': 3}\nx['b'] = Attacker(x.clear)");
        let error = emptied.extract::<Record>().unwrap_err();
        assert_eq!(error.to_string(), "Record: c: key is missing, expected int | None");
        let grown = attacked(
            py,
            "x = {'a': 1, 'b': Attacker(lambda: x.update((str(k), k) for k in range(10**4))), 'c': 3}",
        );
        assert_eq!(grown.extract::<Record>().unwrap().c, Some(3));
    });
}

fn a_length_that_lies() {
    Python::attach(|py| {
        for length in ["0", "2", "10**6", "2**62", "-1", "1/0", "'x'"] {
            for base in ["", "list", "tuple", "__import__('collections').UserList"] {
                let class = format!(
                    "
class Liar({base}):
    def __len__(self): return {length}
    def __length_hint__(self): return {length}
    def __iter__(self): return iter((1, 2, 3))
    def __getitem__(self, index): raise IndexError
x = Liar()"
                );
                assert_eq!(object(py, &class).extract::<Vec<i64>>().unwrap(), [1, 2, 3], "{class}");
            }
            let class = format!(
                "
class Liar(dict):
    def __len__(self): return {length}
    def items(self): return [('a', 1)]
x = Liar(b=2)"
            );
            let map: HashMap<String, i64> = object(py, &class).extract().unwrap();
            assert_eq!(map, HashMap::from([("a".to_owned(), 1)]));
        }
    });
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Nested {
    inner: Vec<Nested>,
}

/// Nesting of every kind, deeper than any stack.
const NESTED: &str = "
x = {'inner': []}
for _ in range(10**6): x = {'inner': [x]}";
const CYCLE: &str = "
x = {}
x['inner'] = [x]";
const ENDLESS: &str = "
class Endless:
    @property
    def inner(self): return [Endless()]
x = Endless()";

fn assert_too_deep(nested: &Py<PyAny>) {
    Python::attach(|py| {
        let error = PyErr::from(nested.bind(py).extract::<Nested>().unwrap_err());
        assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
        assert!(PyErr::take(py).is_none());
    });
}

/// Runs on a thread with a stack of that many bytes.
fn on_a_stack_of(bytes: usize, run: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes).spawn_scoped(scope, run);
        thread.unwrap().join().unwrap();
    });
}

fn nesting_of_any_depth_is_an_error() {
    for code in [NESTED, CYCLE, ENDLESS] {
        // To let go of what is nested deeply takes CPython 3.13 half a megabyte of stack.
        on_a_stack_of(64 << 20, || {
            let nested = Python::attach(|py| object(py, code).unbind());
            assert_too_deep(&nested);
            on_a_stack_of(2 << 20, || assert_too_deep(&nested));
            on_a_stack_of(512 << 10, || assert_too_deep(&nested));
            Python::attach(|py| drop(nested.into_bound(py)));
        });
    }
}

fn nesting_is_an_error_whatever_the_recursion_limit() {
    // In a process of its own: the limit is one of the whole interpreter.
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_deep")).status().unwrap();
    assert!(status.success(), "{status}");
}

fn deep_values_become_an_error_not_a_crash() {
    fn nested(depth: usize) -> Nested {
        let mut value = Nested { inner: vec![] };
        for _ in 0..depth {
            value = Nested { inner: vec![value] };
        }
        value
    }
    /// Takes it apart without recursion, which Rust's own drop would use.
    fn take_apart(mut value: Nested) {
        while let Some(inner) = value.inner.pop() {
            value = inner;
        }
    }
    on_a_stack_of(512 * 1024, || {
        let value = nested(100_000);
        Python::attach(|py| {
            let error = PyErr::from((&value).into_py(py).unwrap_err());
            assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
        });
        take_apart(value);
    });
    Python::attach(|py| assert!(nested(100).into_py(py).is_ok()));
}

fn objects_that_raise_at_every_turn() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
class Raises:
    def __getattribute__(self, name): raise ValueError(name)
    def __index__(self): raise ValueError('index')
    def __float__(self): raise ValueError('float')
    def __iter__(self): raise ValueError('iter')
    def __len__(self): raise ValueError('len')
    def __getitem__(self, key): raise ValueError('item')
    def __bool__(self): raise ValueError('bool')
    def __hash__(self): raise ValueError('hash')
    def __eq__(self, other): raise ValueError('eq')
    def __repr__(self): raise ValueError('repr')
    __str__ = __repr__
x = Raises()
class Stops(list):
    def __iter__(self):
        yield 1
        raise ValueError('stopped')
y = Stops()",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let x = get("x");
        let raised = |error: ConversionError| PyErr::from(error).to_string();
        assert_eq!(raised(x.extract::<i64>().unwrap_err()), "ValueError: index");
        assert_eq!(raised(x.extract::<f64>().unwrap_err()), "ValueError: float");
        assert_eq!(raised(x.extract::<Vec<i64>>().unwrap_err()), "ValueError: iter");
        assert_eq!(raised(x.extract::<Record>().unwrap_err()), "ValueError: a (in Record: a)");
        assert_eq!(
            raised(x.extract::<String>().unwrap_err()),
            "TypeError: expected str, got Raises"
        );
        assert_eq!(
            raised(x.extract::<HashMap<i64, i64>>().unwrap_err()),
            "TypeError: expected dict[int, int], got Raises"
        );
        assert_eq!(format!("{x:?}"), "<Raises object whose repr() fails>");
        assert_eq!(raised(get("y").extract::<Vec<i64>>().unwrap_err()), "ValueError: stopped");
        let key = HashMap::from([("a", x.clone())]).into_py(py).unwrap();
        assert_eq!(key.len(), 1);
        assert!(x.hash().is_err() && x.is_truthy().is_err() && x.size().is_err());
        let list = vec![x].into_py(py).unwrap();
        assert!(list.contains(1).is_err());
        assert!(PyErr::take(py).is_none());
    });
}

fn keys_that_cannot_be_hashed() {
    Python::attach(|py| {
        let unhashable = BTreeMap::from([(vec![1i64], 'x')]);
        let error = unhashable.into_py(py).unwrap_err();
        assert_eq!(
            PyErr::from(error).to_string(),
            "TypeError: unhashable type: 'list' (in [<list>] (key))"
        );
    });
}

fn listing_what_is_wrong_has_an_end() {
    Python::attach(|py| {
        // Nothing is read after the list of errors is full: the sequence has no end.
        let endless = object(
            py,
            "
class Endless:
    def __getitem__(self, index): return None
x = {'a': 1, 'b': 2, 'c': Endless()}",
        );
        let error = endless.extract::<HashMap<String, Vec<i64>>>().unwrap_err();
        assert!(!error.is_complete());
        assert_eq!(error.failures().len(), 32);
        let error = object(py, "x = [None] * 10**7").extract::<Vec<Record>>().unwrap_err();
        assert!(error.to_string().ends_with("[31]: expected Record, got None\n  …"), "{error}");
    });
    // An exception stops it at once, whatever was wrong before.
    assert_eq!(
        message::<Vec<i64>>("[None, type('X', (), {'__index__': lambda self: 1 // 0})(), None]"),
        "ZeroDivisionError: integer division or modulo by zero (in [1])"
    );
}

fn a_tuple_still_being_made() {
    Python::attach(|py| {
        let half = object(
            py,
            "
import gc
def items():
    marker = []
    yield marker
    found.extend(o for o in gc.get_referrers(marker) if type(o) is tuple)
    yield 1.5
found = []
try: x = tuple(items())
except SystemError: pass
x = found[0] if found else (1.5, 'x')",
        );
        assert!(half.extract::<Vec<f64>>().is_err());
        assert!(half.extract::<(Py<PyAny>, Py<PyAny>, f64)>().is_err());
        assert!(half.extract::<Vec<Py<PyAny>>>().is_err() || half.size().unwrap() == 2);
    });
}

fn a_few_objects_that_stand_for_more_memory_than_there_is() {
    use convert_core::exceptions::PyMemoryError;
    Python::attach(|py| {
        let list = object(py, "x = [None] * 10**7");
        let error = PyErr::from(list.extract::<Vec<Option<[i64; 1 << 40]>>>().unwrap_err());
        assert!(error.is_instance_of::<PyMemoryError>(py), "{error}");
        let dict = object(py, "x = dict.fromkeys(range(10**4))");
        type Large = HashMap<i64, Option<[i64; 1 << 40]>>;
        let error = PyErr::from(dict.extract::<Large>().err().unwrap());
        assert!(error.is_instance_of::<PyMemoryError>(py), "{error}");
    });
}

fn an_array_stops_reading_where_it_is_full() {
    Python::attach(|py| {
        let endless = object(
            py,
            "
class Endless:
    def __getitem__(self, index): return index
x = Endless()",
        );
        let error = endless.extract::<[i64; 3]>().unwrap_err();
        assert_eq!(error.to_string(), "expected Sequence[int] of length 3, got Endless");
    });
}

fn entries_that_move_while_a_dict_is_read() {
    Python::attach(|py| {
        let moved = attacked(
            py,
            "
x = {'a': 0, 'c': 2, 'd': 3, 'e': 4}
x = {'a': 0, 'b': Attacker(lambda: (x.pop('a'), x.__setitem__('x', 1))), 'c': 2, 'd': 3, 'e': 4}",
        );
        match moved.extract::<HashMap<String, i64>>() {
            Err(error) => assert!(error.to_string().contains("changed size"), "{error}"),
            Ok(map) => {
                assert!(["b", "c", "d", "e"].iter().all(|key| map.contains_key(*key)), "{map:?}")
            }
        }
    });
}

fn keys_that_become_equal_in_python() {
    Python::attach(|py| {
        #[derive(PartialEq, Eq, PartialOrd, Ord)]
        enum Key {
            Int,
            Bool,
        }
        impl<'py> IntoPy<'py> for Key {
            type Target = PyAny;
            const PRODUCES: TypeHint = TypeHint::name("int");
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                match self {
                    Key::Int => Ok(1i64.into_py(py)?.into_any()),
                    Key::Bool => Ok(true.into_py(py)?.into_any()),
                }
            }
        }
        let error = BTreeMap::from([(Key::Int, 1), (Key::Bool, 2)]).into_py(py).unwrap_err();
        assert_eq!(
            error.to_string(),
            "[<bool>] (key): another key becomes the same value in Python"
        );
    });
}

fn a_module_that_was_never_initialized() {
    Python::attach(|py| {
        let module = object(py, "x = type(__import__('sys')).__new__(type(__import__('sys')))");
        // It has a namespace since 3.11.
        if let Err(error) = module.cast::<PyModule>().unwrap().dict() {
            assert!(error.is_instance_of::<PySystemError>(py), "{error}");
        }
    });
}

fn a_zero_without_digits() {
    Python::attach(|py| {
        let zero = object(py, "x = int.from_bytes(b'', 'big')");
        assert_eq!(zero.extract::<i64>().unwrap(), 0);
        assert_eq!(zero.extract::<u128>().unwrap(), 0);
    });
    assert_eq!(message::<f64>("1j"), "expected float, got complex");
}
