//! Objects that raise, change or lie while they are read.

use convert_core::exceptions::{
    PyAttributeError, PyKeyboardInterrupt, PyRuntimeError, PyValueError,
};
use convert_core::prelude::*;
use convert_tests::{eval, namespace, object};
use std::collections::HashMap;

convert_tests::tests! {
    mappings_that_raise,
    what_says_it_is_a_mapping,
    plain_objects_are_not_asked,
    dicts_that_change,
    an_empty_dict_that_a_default_fills,
    properties_that_raise,
    interrupts,
    keys_that_cannot_be_compared,
    tags_of_all_kinds,
    classes_that_change,
    classes_that_change_while_they_are_read,
    tags_that_change_the_class,
    attributes_that_become_descriptors,
    collections_of_garbage_while_a_dict_is_read,
    keys_that_change_the_dict,
}

#[derive(FromPyObject, Debug, PartialEq)]
struct Plain {
    a: i64,
    #[py(default, alias = "c")]
    b: i64,
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(deny_unknown)]
struct Flat {
    a: i64,
    #[py(flatten)]
    rest: HashMap<String, i64>,
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(deny_unknown)]
struct Closed {
    a: i64,
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(tag = "t")]
enum Tagged {
    A { a: i64 },
    B,
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(external)]
enum External {
    A(i64),
    B,
}

#[derive(FromPyObject, Debug, PartialEq)]
enum Untagged {
    A { a: i64 },
    B { b: i64 },
    C(String),
}

/// What each of the types says.
fn errors(object: &Bound<'_, PyAny>) -> [Option<ConversionError>; 6] {
    [
        object.extract::<Plain>().err(),
        object.extract::<Flat>().err(),
        object.extract::<Closed>().err(),
        object.extract::<Tagged>().err(),
        object.extract::<External>().err(),
        object.extract::<Untagged>().err(),
    ]
}

fn all_raise<T: convert_core::PyTypeInfo>(object: &Bound<'_, PyAny>) {
    let py = object.py();
    for error in errors(object) {
        let error = PyErr::from(error.expect("it raises"));
        assert!(error.is_instance_of::<T>(py), "{error}");
    }
    assert!(PyErr::take(py).is_none());
}

const MAPPING: &str = "
import collections.abc
class M(collections.abc.Mapping):
    def __getitem__(self, key): return {'a': 1, 't': 'A'}[key]
    def __iter__(self): return iter(['a', 't'])
    def __len__(self): return 2
";

fn mappings_that_raise() {
    Python::attach(|py| {
        let fine = object(py, &format!("{MAPPING}x = M()"));
        assert_eq!(fine.extract::<Plain>().unwrap(), Plain { a: 1, b: 0 });
        assert_eq!(fine.extract::<Tagged>().unwrap(), Tagged::A { a: 1 });
        let raising = object(
            py,
            &format!(
                "{MAPPING}
class R(M):
    def __getitem__(self, key): raise ValueError(key)
x = R()"
            ),
        );
        all_raise::<PyValueError>(&raising);
        let error = raising.extract::<Plain>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: a (in Plain: a)");
        // Only those who list the keys find that it cannot be done.
        let no_keys = object(
            py,
            &format!(
                "{MAPPING}
class R(M):
    def __iter__(self): raise ValueError
x = R()"
            ),
        );
        let [plain, flat, closed, tagged, external, untagged] = errors(&no_keys);
        assert!(plain.is_none() && tagged.is_none() && untagged.is_none());
        for error in [flat, closed, external] {
            assert!(PyErr::from(error.unwrap()).is_instance_of::<PyValueError>(py));
        }
    });
}

fn what_says_it_is_a_mapping() {
    Python::attach(|py| {
        let raising = object(
            py,
            "
import collections.abc
class Hook(collections.abc.Mapping):
    @classmethod
    def __subclasshook__(cls, other):
        if other.__name__ == 'Trap': raise ValueError
        return NotImplemented
class Trap:
    hook = Hook
    def __getitem__(self, key): return 1
x = Trap()",
        );
        all_raise::<PyValueError>(&raising);
        let registered = object(
            py,
            "
import collections.abc
class M:
    a = 'not this'
    def __getitem__(self, key): return {'a': 1}[key]
collections.abc.Mapping.register(M)
x = M()",
        );
        assert_eq!(registered.extract::<Plain>().unwrap(), Plain { a: 1, b: 0 });
        let unregistered = object(
            py,
            "
class M:
    a = 2
    def __getitem__(self, key): return {'a': 1}[key]
x = M()",
        );
        assert_eq!(unregistered.extract::<Plain>().unwrap(), Plain { a: 2, b: 0 });
    });
}

fn plain_objects_are_not_asked() {
    Python::attach(|py| {
        let plain = object(
            py,
            "
class Meta(type):
    def __getattribute__(cls, name): raise ValueError(name)
class P(metaclass=Meta):
    def __init__(self): self.a = 1
x = P()",
        );
        assert_eq!(plain.extract::<Plain>().unwrap(), Plain { a: 1, b: 0 });
    });
}

fn dicts_that_change() {
    Python::attach(|py| {
        for change in ["d.clear()", "d.pop('z')", "d.update({k: 1 for k in range(100)})"] {
            let changing = object(
                py,
                &format!(
                    "
class N:
    def __index__(self):
        {change}
        return 1
d = {{'t': 'A', 'a': N(), 'z': 5}}
x = d"
                ),
            );
            // Whatever comes of it, it is a value or an error.
            let _ = errors(&changing);
        }
        let growing = object(
            py,
            "
class K(str):
    def __eq__(self, other):
        d[len(d)] = 1
        return False
    __hash__ = str.__hash__
d = {K('a'): 1, K('t'): 2}
x = d",
        );
        let _ = errors(&growing);
        let changed = growing.extract::<HashMap<String, i64>>();
        drop(changed);
        assert!(PyErr::take(py).is_none());
    });
}

fn an_empty_dict_that_a_default_fills() {
    thread_local! {
        static FILLED: std::cell::RefCell<Option<Py<PyDict>>> = const {
            std::cell::RefCell::new(None)
        };
    }
    fn fill() -> i64 {
        Python::attach(|py| {
            FILLED.with_borrow(|dict| dict.as_ref().unwrap().bind(py).set_item("b", 2).unwrap());
            1
        })
    }
    #[derive(FromPyObject, Debug, PartialEq)]
    struct Late {
        #[py(default = fill())]
        a: i64,
        b: i64,
    }
    Python::attach(|py| {
        let dict = PyDict::new(py).unwrap();
        FILLED.set(Some(dict.clone().unbind()));
        assert_eq!(dict.as_any().extract::<Late>().unwrap(), Late { a: 1, b: 2 });
        FILLED.set(None);
    });
}

fn properties_that_raise() {
    Python::attach(|py| {
        let missing = object(
            py,
            "
class P:
    @property
    def a(self): raise AttributeError('not this one')
    @property
    def t(self): raise AttributeError('not this one')
x = P()",
        );
        for error in [
            missing.extract::<Plain>().unwrap_err(),
            missing.extract::<Closed>().unwrap_err(),
            missing.extract::<Tagged>().unwrap_err(),
            missing.extract::<Untagged>().unwrap_err(),
        ] {
            assert!(error.is_exception());
            assert!(PyErr::from(error).is_instance_of::<PyAttributeError>(py));
        }
        let later = object(
            py,
            "
class P:
    a = 'wrong'
    @property
    def c(self): raise RuntimeError
x = P()",
        );
        let error = PyErr::from(later.extract::<Plain>().unwrap_err());
        assert!(error.is_instance_of::<PyRuntimeError>(py));
    });
}

fn interrupts() {
    Python::attach(|py| {
        let interrupted = eval(
            py,
            "{'t': 'A', 'a': type('I', (), {'__index__': lambda s: exec('raise KeyboardInterrupt')})()}",
        );
        let [plain, flat, closed, tagged, external, untagged] = errors(&interrupted);
        for error in [plain, flat, tagged, untagged] {
            assert!(PyErr::from(error.unwrap()).is_instance_of::<PyKeyboardInterrupt>(py));
        }
        assert!(PyErr::from(closed.unwrap()).is_instance_of::<PyKeyboardInterrupt>(py));
        // Its two keys are looked at first.
        assert!(external.unwrap().is_value());
        let error = interrupted.extract::<Untagged>().unwrap_err();
        assert_eq!(error.to_string(), "KeyboardInterrupt (in Untagged: (variant A).a)");
    });
}

fn keys_that_cannot_be_compared() {
    Python::attach(|py| {
        for name in ["a", "t"] {
            let keys = object(
                py,
                &format!(
                    "
class K:
    def __hash__(self): return hash('{name}')
    def __eq__(self, other): raise ValueError
x = {{K(): 1}}"
                ),
            );
            for error in errors(&keys).into_iter().flatten() {
                let text = error.to_string();
                let external = text.contains("expected \"A\" | \"B\", got K");
                let raised = PyErr::from(error).is_instance_of::<PyValueError>(py);
                assert!(raised || external || text.contains("is missing"), "{text}");
            }
            assert!(PyErr::take(py).is_none());
        }
    });
}

fn tags_of_all_kinds() {
    Python::attach(|py| {
        for tag in [
            "None",
            "5",
            "'\\ud800'",
            "b'A'",
            "[]",
            "type('S', (str,), {'__eq__': None, '__hash__': None})('A')",
        ] {
            let tagged = eval(py, &format!("{{'t': {tag}, 'a': 1}}"));
            match tagged.extract::<Tagged>() {
                Ok(tagged) => assert_eq!(tagged, Tagged::A { a: 1 }),
                Err(error) => assert!(error.is_type() || error.is_value(), "{error}"),
            }
        }
    });
}

#[derive(FromPyObject, IntoPy)]
struct Two {
    a: i64,
    b: i64,
}

/// A struct of five fields.
macro_rules! five {
    ($name:ident) => {
        #[derive(FromPyObject, IntoPy)]
        struct $name {
            a: i64,
            b: i64,
            c: i64,
            d: i64,
            e: i64,
        }

        impl From<$name> for [i64; 5] {
            fn from(five: $name) -> Self {
                [five.a, five.b, five.c, five.d, five.e]
            }
        }
    };
}

five!(Five);

/// Where instances of a class keep their attributes is remembered; whatever happens to the class
/// then, what is read is what Python itself gives.
fn classes_that_change() {
    const CHANGES: [&str; 21] = [
        "pass",
        "own, C.a = C.__dict__.get('a'), property(lambda self: 10)",
        "C.other = 1",
        "C.other = 2",
        "del C.a; C.a = own if own else 11",
        "C.other = 3",
        "B.b = property(lambda self: 12)",
        "C.b = property(lambda self: 13)",
        "B.other = 4",
        "C.b = 14",
        "C.__getattribute__ = lambda self, name: 15",
        "B.other = 5",
        "del C.__getattribute__",
        "x.__class__ = D",
        "D.a = property(lambda self: 16)",
        "D.other = 6",
        "x.__class__ = C",
        // Since 3.12 a class that changed this often has no version any more.
        "for i in range(2000): C.other = i; C.other",
        "C.a = property(lambda self: 17)",
        "C.other = 7",
        "C.a = 18",
    ];
    Python::attach(|py| {
        for body in ["__slots__ = tuple('abcde')", "pass"] {
            let code = format!(
                "
class B: __slots__ = ()
class C(B): {body}
class D(B): {body}
x = C()
x.a, x.b, x.c, x.d, x.e = range(5)"
            );
            let names = namespace(py, &code);
            for change in CHANGES {
                let change = std::ffi::CString::new(change).unwrap();
                py.run(&change, Some(&names), None).unwrap();
                for _ in 0..3 {
                    let x = PyDictMethods::get_item(&names, "x").unwrap().unwrap();
                    let read = (x.extract::<Two>().unwrap(), x.extract::<Five>().unwrap());
                    PyAnyMethods::set_item(names.as_any(), "read", read).unwrap();
                    let same =
                        c"[{n: getattr(x, n) for n in fields} for fields in read] == [*read]";
                    let same = py.eval(same, Some(&names), None).unwrap();
                    assert!(same.extract::<bool>().unwrap(), "{body}: {change:?}: {names:?}");
                }
            }
        }
    });
}

/// The first field's `__index__` changes the class, or the object, of which the others are still to
/// be read.
fn classes_that_change_while_they_are_read() {
    /// Each with a struct of its own, which knows no class yet: none knows more than a few.
    macro_rules! read_while_changed {
        ($py:ident; $($body:literal: $($change:literal),*;)*) => { $( $({
            five!(Own);
            let names = namespace($py, &changing($body, $change));
            let new = |first: &str| eval_in($py, &names, &format!("new({first})"));
            for _ in 0..2 {
                new("0").extract::<Own>().unwrap();
            }
            let own = new("Changer(change)").extract::<Own>().unwrap();
            // What Python says, of a class that was not changed yet.
            let names = namespace($py, &changing($body, $change));
            eval_in($py, &names, "new(Changer(change))");
            let expected = eval_in($py, &names, "by_python()").extract::<[i64; 5]>().unwrap();
            assert_eq!(<[i64; 5]>::from(own), expected, "{}: {}", $body, $change);
        })* )* };
    }
    Python::attach(|py| {
        read_while_changed! { py;
            "__slots__ = tuple('abcde')":
                "type(x).d = property(lambda self: 70)",
                "type(x).__getattribute__ = lambda self, name: 71",
                "x.__class__ = D",
                "x.c = 72";
            "pass":
                "type(x).d = property(lambda self: 70)",
                "type(x).__getattribute__ = lambda self, name: 71",
                "x.__class__ = D",
                "x.c = 72",
                "x.__dict__ = dict.fromkeys('abcde', 73)",
                "x.__dict__.update(c=74, d=75)";
        }
    });
}

fn changing(body: &str, change: &str) -> String {
    format!(
        "
class Changer:
    def __init__(self, change): self.change = change
    def __index__(self):
        change, self.change = self.change, lambda: None
        change()
        return 7
class C: {body}
class D: {body}
D.e = property(lambda self: 80)
def change():
    {change}
def new(first):
    global x
    x = C()
    x.a, x.b, x.c, x.d, x.e = first, 1, 2, 3, 4
    return x
def by_python():
    return [getattr(x, name).__index__() for name in 'abcde']"
    )
}

fn eval_in<'py>(py: Python<'py>, names: &Bound<'py, PyDict>, code: &str) -> Bound<'py, PyAny> {
    py.eval(&std::ffi::CString::new(code).unwrap(), Some(names), None).unwrap()
}

#[derive(FromPyObject, Debug, PartialEq)]
#[py(tag = "tag", content = "content")]
enum Beside {
    A(i64),
}

/// Looking for the tag changes where the content is.
fn tags_that_change_the_class() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
class C:
    __slots__ = ('content', 'left')
    @property
    def tag(self):
        self.left -= 1
        if not self.left: C.content = property(lambda self: 70)
        return 'A'
x = C()
x.content, x.left = 1, 3",
        );
        let read = || eval_in(py, &names, "x").extract::<Beside>().unwrap();
        assert_eq!([read(), read()], [Beside::A(1), Beside::A(1)]);
        assert_eq!([read(), read()], [Beside::A(70), Beside::A(70)]);
    });
}

/// A class attribute whose own class gets `__get__` later, of which its owner is not told.
fn attributes_that_become_descriptors() {
    five!(Own);
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import types
class D: pass
class M(types.ModuleType):
    __get__ = lambda *_: 60
    __set__ = lambda *_: None
class C: d, e = D(), types.ModuleType('m')
x = C()
x.a, x.b, x.c, x.d, x.e = range(5)
def change():
    C.__dict__['e'].__class__ = M
    D.__get__ = lambda *_: 50
    D.__set__ = lambda *_: None",
        );
        let read = || <[i64; 5]>::from(eval_in(py, &names, "x").extract::<Own>().unwrap());
        assert_eq!((read(), read()), ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]));
        eval_in(py, &names, "change()");
        let by_python = eval_in(py, &names, "[x.a, x.b, x.c, x.d, x.e]");
        assert_eq!(by_python.extract::<[i64; 5]>().unwrap(), [0, 1, 2, 50, 60]);
        assert_eq!(read(), [0, 1, 2, 50, 60]);
    });
}

#[derive(FromPyObject)]
struct Large {
    a: u64,
}

/// Keys that change the dict when they are compared, which looking a name up does: whatever is read
/// was there.
fn keys_that_change_the_dict() {
    #[derive(FromPyObject, Debug)]
    struct Three {
        a: i64,
        #[py(alias = "bb", default)]
        b: i64,
        c: String,
    }
    #[derive(FromPyObject, Debug)]
    enum Tried {
        Else { nothing: i64 },
        Three(Three),
    }
    let make = "
class Evil:
    def __init__(self, like, dict, change):
        self.like, self.dict, self.change = like, dict, change
    def __hash__(self): return hash(self.like)
    def __eq__(self, other):
        change, self.change = self.change, None
        if change == 'clear': self.dict.clear()
        if change == 'refill':
            self.dict.clear()
            self.dict.update({str(i): i for i in range(50)}, c='c' * 40)
        if change == 'raise':
            log.append(change)
            raise ZeroDivisionError
        if change == 'pop': self.dict.pop(other, None)
        return False
def make(like, change, order):
    d = {}
    d[Evil(like, d, None)] = 0
    for key in order:
        d[key] = {'a': 2 ** 61, 'b': 2, 'c': 'c' * 40}[key]
    for key in d:
        if isinstance(key, Evil): key.change = change
    return d
log = []
x = (make, log)";
    Python::attach(|py| {
        let made: (Bound<'_, PyAny>, Bound<'_, PyList>) = object(py, make).extract().unwrap();
        let (make, log) = made;
        for like in ["a", "b", "bb", "c"] {
            for change in ["clear", "refill", "raise", "pop"] {
                for order in ["abc", "cba", "bca", "ac", "ca"] {
                    for tried in [false, true] {
                        let dict = make.call1((like, change, order)).unwrap();
                        let before = log.len();
                        let read = match tried {
                            false => dict.extract::<Three>(),
                            true => dict.extract().map(|tried| match tried {
                                Tried::Three(three) => three,
                                Tried::Else { nothing } => panic!("{nothing}"),
                            }),
                        };
                        // What was raised once is not lost.
                        let is_exception = read.as_ref().is_err_and(ConversionError::is_exception);
                        assert_eq!(is_exception, log.len() > before, "{like} {change} {order}");
                        if let Ok(Three { a, b, c }) = read {
                            assert!(a == 1 << 61 && (b == 2 || b == 0) && c == "c".repeat(40));
                        }
                    }
                }
            }
        }
        assert!(!log.is_empty());
    });
}

/// Where a conversion allocates, garbage may be collected, whose end takes away what is being read.
fn collections_of_garbage_while_a_dict_is_read() {
    const VALUE: u64 = (1 << 60) + 5;
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import gc
class I(int): pass
class Bomb:
    def __del__(self):
        d.clear()
        global taken
        taken = [bytearray(80) for _ in range(100)]
thresholds = gc.get_threshold()
def arm():
    global d, drained
    d = {'a': I(2**60 + 5)}
    drained = None
    gc.collect()
    # Tuples of one item, of which some wait to be used again.
    drained = [(x,) for x in range(3000)]
    bomb = Bomb()
    bomb.itself = bomb
    del bomb
    gc.set_threshold(1, 0, 0)
    gc.enable()
    return d
def disarm():
    gc.set_threshold(*thresholds)
disable = gc.disable",
        );
        let call = |name: &str| names.as_any().get_item(name).unwrap();
        let (arm, disarm, disable) = (call("arm"), call("disarm"), call("disable"));
        for _ in 0..10 {
            disable.call((), None).unwrap();
            let dict: Bound<'_, PyAny> = arm.call((), None).unwrap();
            let read = dict.extract::<Large>();
            disarm.call((), None).unwrap();
            // The bomb may go off before anything is read.
            match read {
                Ok(large) => assert_eq!(large.a, VALUE),
                Err(error) => assert!(error.is_missing(), "{error}"),
            }
        }
    });
}
