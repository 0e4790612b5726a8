//! Errors: the grammar of paths, the exceptions that are raised, and `PyErr`.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_core::{Leaf, Segment};
use convert_tests::{eval, namespace, object};
use std::collections::HashMap;

convert_tests::tests! {
    each_kind_is_the_exception_that_python_code_expects,
    loc_and_errors_say_where,
    raised_errors_behave_like_any_exception,
    paths,
    what_was_got_is_said_of_the_innermost_object,
    an_item_is_told_of_alike_wherever_it_is_kept,
    values_are_shown_without_running_code,
    an_exception_arrives_untouched_with_the_path_added,
    a_class_with_notes_of_its_own_gets_the_path,
    an_attribute_error_out_of_a_property_is_not_a_missing_attribute,
    keyboard_interrupt_stops_a_conversion_at_once,
    py_err_is_lazy_and_complete,
    py_err_of_a_class_of_ones_own,
    errors_of_rust_and_python_are_one,
    the_builtin_exceptions_are_pythons_own,
    exception_classes_may_be_tampered_with,
    an_option_says_so_also_of_a_struct,
}

#[derive(FromPyObject, Debug)]
#[allow(dead_code, reason = "only its errors are looked at")]
struct Order {
    id: u8,
    lines: Vec<HashMap<String, f64>>,
}

/// Raises the error in Python, catches it there, and gives what `look` (an expression about `e`)
/// sees.
fn seen_from_python(expression: &str, look: &str) -> String {
    Python::attach(|py| {
        let error = PyErr::from(eval(py, expression).extract::<Order>().unwrap_err());
        error.restore(py);
        let mut error = PyErr::take(py).unwrap();
        let names = PyDict::new(py).unwrap();
        PyAnyMethods::set_item(names.as_any(), "e", error.value(py)).unwrap();
        let look = std::ffi::CString::new(format!("str(({look}))")).unwrap();
        py.eval(&look, Some(&names), None).unwrap().to_string()
    })
}

fn each_kind_is_the_exception_that_python_code_expects() {
    for (expression, class) in [
        ("5", "TypeError"),
        ("{'id': 'x', 'lines': []}", "TypeError"),
        ("{'id': 300, 'lines': []}", "OverflowError"),
        ("{'lines': []}", "KeyError"),
        ("type('O', (), {'id': 1})()", "AttributeError"),
        ("{'id': 1, 'lines': [{'\\ud800': 1}]}", "ValueError"),
    ] {
        let look = format!("isinstance(e, {class}), type(e).__name__");
        assert_eq!(seen_from_python(expression, &look), format!("(True, '{class}')"));
        // The message is the message, also of a KeyError.
        let message =
            Python::attach(|py| eval(py, expression).extract::<Order>().unwrap_err().to_string());
        assert_eq!(seen_from_python(expression, "e"), message);
        assert_eq!(seen_from_python(expression, "e.args[0]"), message);
    }
}

fn loc_and_errors_say_where() {
    let broken = "{'id': 300, 'lines': [{}, {'a b': None, 7: 1}]}";
    assert_eq!(seen_from_python(broken, "e.loc"), "('id',)");
    assert_eq!(
        seen_from_python(broken, "e.errors"),
        "[{'loc': ('id',), 'msg': 'expected int in 0..=255, got 300', 'type': 'OverflowError'}, \
         {'loc': ('lines', 1, 'a b'), 'msg': 'expected float, got None', 'type': 'TypeError'}, \
         {'loc': ('lines', 1, 7), 'msg': 'expected str, got int', 'type': 'TypeError'}]"
    );
    assert_eq!(seen_from_python("5", "e.loc"), "()");
    assert_eq!(
        seen_from_python("5", "e.errors"),
        "[{'loc': (), 'msg': 'expected Order, got int', 'type': 'TypeError'}]"
    );
    // A long key is whole, and what stands for another object is not taken for a key.
    assert_eq!(
        seen_from_python("{'id': 1, 'lines': [{'x' * 100: None}]}", "e.loc[2] == 'x' * 100"),
        "True"
    );
    assert_eq!(
        seen_from_python("{'id': 1, 'lines': [{b'x': 1}]}", "e.loc, str(e)"),
        "(('lines', 0, '<bytes>'), 'Order: lines[0][<bytes>] (key): expected str, got bytes')"
    );
}

fn raised_errors_behave_like_any_exception() {
    let broken = "{'id': 300, 'lines': []}";
    let copied = "__import__('pickle').loads(__import__('pickle').dumps(e))";
    assert_eq!(
        seen_from_python(broken, &format!("type({copied}), {copied}.args == e.args")),
        "(<class 'OverflowError'>, True)"
    );
    // Made by hand, or stripped of its message, it has nothing to tell but does not crash.
    assert_eq!(
        seen_from_python(broken, "type(e)('x').loc, type(e)().errors[0]['loc']"),
        "((), ())"
    );
    assert_eq!(
        seen_from_python("{'lines': []}", "str(type(e)()), str(type(e)(1, 2))"),
        "('()', '(1, 2)')"
    );
    assert_eq!(
        seen_from_python(
            broken,
            "''.join(__import__('traceback').format_exception_only(type(e), e))"
        ),
        "convert_core.OverflowError: Order: id: expected int in 0..=255, got 300\n"
    );
}

fn paths() {
    Python::attach(|py| {
        let leaf = || ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("int")) });
        let none = py.none().to_any();
        let key = eval(py, "'a\"b'");
        let error = leaf()
            .at(Segment::field("age"), none)
            .inside(Segment::index(3))
            .inside(Segment::key(&key))
            .inside(Segment::variant("Fixed"))
            .inside(Segment::field("orders"))
            .within("Shop");
        assert_eq!(
            error.to_string(),
            "Shop: orders (variant Fixed)[\"a\\\"b\"][3].age: expected int, got None"
        );
        assert_eq!(error.path(), "orders (variant Fixed)[\"a\\\"b\"][3].age");
        assert_eq!(error.expected(), Some(TypeHint::name("int")));
        let long_key = eval(py, "'k' * 10**6");
        let path = leaf().inside(Segment::key(&long_key)).path();
        assert_eq!(path, format!("[\"{}…\"]", "k".repeat(64)));
        let mut deep = leaf();
        for _ in 0..100_000 {
            deep = deep.inside(Segment::index(0));
        }
        assert_eq!(deep.path(), format!("{0} … 99960 more … {0}", "[0]".repeat(20)));
    });
}

fn what_was_got_is_said_of_the_innermost_object() {
    Python::attach(|py| {
        let leaf = || ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("int")) });
        for (expression, name) in [
            ("None", "None"),
            ("True", "bool"),
            ("7", "int"),
            ("1.5", "float"),
            ("''", "str"),
            ("b''", "bytes"),
            ("bytearray()", "bytearray"),
            ("[]", "list"),
            ("()", "tuple"),
            ("{}", "dict"),
            ("set()", "set"),
            ("frozenset()", "frozenset"),
            ("1j", "complex"),
            ("int", "type"),
            ("len", "builtin_function_or_method"),
            ("__import__('decimal').Decimal(1)", "Decimal"),
            ("type('Mine', (), {'__class__': int})()", "Mine"),
            ("type('Mine', (int,), {})(5)", "Mine"),
        ] {
            let object = eval(py, expression);
            let error = leaf().of(object.as_borrowed()).of(py.none().to_any());
            assert_eq!(error.to_string(), format!("expected int, got {name}"));
        }
    });
}

/// Small indices and lengths are kept in the word of an error, larger ones in a box.
fn an_item_is_told_of_alike_wherever_it_is_kept() {
    Python::attach(|py| {
        let leaf = || ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("int")) });
        for index in [0, 1, 2, 255, 32766, 32767, 32768, 65535, 65536, usize::MAX] {
            for (expression, name) in [
                ("None", "None"),
                ("''", "str"),
                ("[]", "list"),
                ("type", "type"),
                ("object()", "object"),
                ("len", "builtin_function_or_method"),
            ] {
                let item = || leaf().at(Segment::index(index), eval(py, expression).as_borrowed());
                let (path, problem) = (format!("[{index}]"), format!("expected int, got {name}"));
                assert_eq!(item().to_string(), format!("{path}: {problem}"));
                assert_eq!(item().path(), path);
                assert_eq!(item().depth(), 1);
                assert_eq!(item().failures(), [(path.clone(), problem.clone())]);
                assert_eq!(item().expected(), Some(TypeHint::name("int")));
                assert!(item().is_type() && !item().is_mismatch() && item().is_complete());
                let outer = item().inside(Segment::field("rows"));
                assert_eq!(outer.to_string(), format!("rows{path}: {problem}"));
                let both = item().and(item()).to_string();
                assert_eq!(both, format!("2 errors\n  {path}: {problem}\n  {path}: {problem}"));
                let both = leaf().and_inside(item(), Segment::field("x")).to_string();
                assert_eq!(both, format!("2 errors\n  expected int\n  x{path}: {problem}"));
                let raised = PyErr::from(item()).value(py).clone();
                let loc: (usize,) = raised.getattr("loc").unwrap().extract().unwrap();
                assert_eq!(loc, (index,));
                assert_eq!(raised.to_string(), format!("{path}: {problem}"));
            }
        }
        for length in [0, 1, 32767, 32768, 65535, 65536] {
            let expression = format!("[0] * {length}");
            let error = eval(py, &expression).extract::<[i64; 2]>().unwrap_err();
            assert!(error.to_string().ends_with(&format!("got list of length {length}")));
        }
    });
}

fn values_are_shown_without_running_code() {
    Python::attach(|py| {
        let leaf = || ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("x")) });
        for (expression, shown) in [
            ("-2**127", "-170141183460469231731687303715884105728"),
            ("2**200", "an int of 201 bits"),
            ("0.1", "0.1"),
            ("'a\\nb'", "\"a\\nb\""),
            ("[1] * 5", "list of length 5"),
            (
                "type('Mine', (), {'__repr__': lambda self: 1/0, '__len__': lambda self: 1/0})()",
                "Mine",
            ),
            ("type('Mine', (str,), {'__repr__': lambda self: 1/0})('x')", "Mine"),
            ("type('Größe', (), {})()", "Größe"),
            ("type('हिन्दी', (), {})()", "हिन्दी"),
            ("type('a\\nb\\u202e', (), {})()", "a\\nb\\u{202e}"),
            ("type('x' * 100, (), {})()", &format!("{}…", "x".repeat(64))),
        ] {
            let object = eval(py, expression);
            let error = leaf().of(object.as_borrowed());
            assert_eq!(error.to_string(), format!("expected x, got {shown}"));
        }
    });
}

fn an_exception_arrives_untouched_with_the_path_added() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
class Mine(Exception): pass
raised = Mine('mine')
class Item:
    @property
    def id(self): raise raised
    lines = ()
x = [Item()]",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let error = get("x").extract::<Vec<Order>>().unwrap_err();
        assert!(error.is_exception() && !error.is_type());
        assert_eq!(error.to_string(), "Mine: mine (in [0].id)");
        let mut error = PyErr::from(error);
        assert!(error.value(py).is(&get("raised")));
        let notes: Vec<String> = error.value(py).getattr("__notes__").unwrap().extract().unwrap();
        assert_eq!(notes, ["in [0].id"]);
        let traceback = error.value(py).getattr("__traceback__").unwrap();
        assert!(!traceback.is_none());
    });
}

fn a_class_with_notes_of_its_own_gets_the_path() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
called = []
class Mine(Exception):
    def add_note(self, author, text): called.append(text)
class Item:
    @property
    def id(self): raise Mine
x = [Item()]",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let mut error = PyErr::from(get("x").extract::<Vec<Order>>().unwrap_err());
        error.add_note(py, "another").unwrap();
        let notes: Vec<String> = error.value(py).getattr("__notes__").unwrap().extract().unwrap();
        assert_eq!(notes, ["in [0].id", "another"]);
        assert!(get("called").extract::<Vec<String>>().unwrap().is_empty());
    });
}

fn an_attribute_error_out_of_a_property_is_not_a_missing_attribute() {
    Python::attach(|py| {
        let broken = object(
            py,
            "
class X:
    @property
    def id(self): return self.no_such_thing
    lines = ()
x = X()",
        );
        let mut error = PyErr::from(broken.extract::<Order>().unwrap_err());
        let text = error.value(py).to_string();
        assert!(text.contains("no_such_thing"), "{text}");
        assert_eq!(error.value(py).get_type().name().unwrap().to_string(), "AttributeError");
    });
}

fn keyboard_interrupt_stops_a_conversion_at_once() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
seen = []
class X:
    @property
    def id(self): raise KeyboardInterrupt
    @property
    def lines(self): seen.append(1); return ()
x = X()",
        );
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let error = PyErr::from(get("x").extract::<Order>().unwrap_err());
        assert!(error.is_instance_of::<PyKeyboardInterrupt>(py));
        assert!(get("seen").extract::<Vec<i64>>().unwrap().is_empty());
    });
}

fn py_err_is_lazy_and_complete() {
    Python::attach(|py| {
        let mut error = PyValueError::new_err("bad");
        assert_eq!(error.to_string(), "ValueError: bad");
        assert!(error.is_instance_of::<PyValueError>(py));
        assert!(error.is_instance_of::<PyException>(py));
        assert!(!error.is_instance_of::<PyKeyError>(py));
        assert!(error.matches(py, &eval(py, "(KeyError, ValueError)")));
        // Once asked for, the exception object stays the same.
        assert!(error.value(py).is(&error.value(py)));
        assert!(error.cause(py).is_none());
        error.set_cause(py, Some(PyKeyError::new_err("because")));
        assert_eq!(error.cause(py).unwrap().to_string(), "KeyError: 'because'");
        error.add_note(py, "one").unwrap();
        error.add_note(py, "two").unwrap();
        let notes: Vec<String> = error.value(py).getattr("__notes__").unwrap().extract().unwrap();
        assert_eq!(notes, ["one", "two"]);
        let value = error.value(py);
        error.restore(py);
        let mut taken = PyErr::take(py).unwrap();
        assert!(taken.value(py).is(&value));
        assert!(PyErr::take(py).is_none());
        assert!(PyErr::fetch(py).is_instance_of::<PySystemError>(py));
    });
}

fn py_err_of_a_class_of_ones_own() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
class Mine(Exception):
    def __init__(self, text): super().__init__('made ' + text)
class Refuses(Exception):
    def __init__(self, text): raise RuntimeError('not today')
class NotOne:
    def __init__(self, text): pass",
        );
        let class = |name| {
            let class = PyDictMethods::get_item(&names, name).unwrap().unwrap();
            class.cast_into::<PyType>().unwrap()
        };
        let error = PyErr::from_type(class("Mine"), "it");
        assert_eq!(error.to_string(), "Mine: it");
        error.restore(py);
        assert_eq!(PyErr::take(py).unwrap().to_string(), "Mine: made it");
        PyErr::from_type(class("Refuses"), "it").restore(py);
        assert_eq!(PyErr::take(py).unwrap().to_string(), "RuntimeError: not today");
        PyErr::from_type(class("NotOne"), "it").restore(py);
        assert!(PyErr::take(py).unwrap().is_instance_of::<PyTypeError>(py));
    });
}

fn errors_of_rust_and_python_are_one() {
    Python::attach(|py| {
        let leaf = eval(py, "'x'").extract::<i64>().unwrap_err();
        let back = ConversionError::from(PyErr::from(leaf));
        assert!(back.is_type());
        assert_eq!(back.to_string(), "expected int, got str");
        assert_eq!(PyErr::from(back).to_string(), "TypeError: expected int, got str");
        let error = py.eval(c"{}['k']", None, None).unwrap_err();
        assert_eq!(error.to_string(), "KeyError: 'k'");
        assert_eq!(PyErr::from(ConversionError::custom("no")).to_string(), "ValueError: no");
    });
}

fn the_builtin_exceptions_are_pythons_own() {
    use convert_core::PyTypeInfo;
    fn check<T: PyTypeInfo>(py: Python<'_>) {
        let own = py.import("builtins").unwrap().getattr(T::NAME).unwrap();
        assert!(T::type_object(py).is(&own), "{}", T::NAME);
        let error = PyErr::new::<T>("text");
        assert!(error.is_instance_of::<PyBaseException>(py) && error.is_instance_of::<T>(py));
    }
    Python::attach(|py| {
        check::<PyBaseException>(py);
        check::<PyException>(py);
        check::<PyConnectionResetError>(py);
        check::<PyIndentationError>(py);
        check::<PyKeyboardInterrupt>(py);
        check::<PyModuleNotFoundError>(py);
        check::<PyOSError>(py);
        check::<PyStopIteration>(py);
        check::<PyUserWarning>(py);
        check::<PyZeroDivisionError>(py);
    });
}

/// Converts on another process's interpreter, where nothing else needs its exception classes.
fn in_a_process_of_its_own(program: &str) {
    let output = std::process::Command::new(program).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn exception_classes_may_be_tampered_with() {
    in_a_process_of_its_own(env!("CARGO_BIN_EXE_tampered"));
}

fn an_option_says_so_also_of_a_struct() {
    Python::attach(|py| {
        let error = eval(py, "5").extract::<Option<Order>>().unwrap_err();
        assert_eq!(
            error.of(eval(py, "5").as_borrowed()).to_string(),
            "expected Order | None, got int"
        );
    });
}
