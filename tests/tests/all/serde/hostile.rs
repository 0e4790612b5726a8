//! Objects that contain themselves, nest without end, or change while they are read.

use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::object;
use serde::de::IgnoredAny;
use serde_py::{PyValue, from_object, to_object};

convert_tests::tests! {
    cycles,
    depth,
    depth_on_a_small_stack,
    values_too_deep,
    changes_while_it_is_read,
    text_nested_too_deeply,
}

type Value = serde_json::Value;

fn refused(object: &Bound<'_, PyAny>) {
    let py = object.py();
    let error = PyErr::from(from_object::<Value>(object).unwrap_err());
    assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
    let error = serde_json::to_string(&PyValue::new(object)).unwrap_err().to_string();
    assert!(error.contains("RecursionError"), "{error}");
    assert!(PyErr::take(py).is_none());
}

fn cycles() {
    Python::attach(|py| {
        for code in [
            "x = []\nx.append(x)",
            "x = {}\nx['x'] = x",
            "x = ([],)\nx[0].append(x)",
            "x = [{}]\nx[0]['again'] = x",
            "
class Node:
    dtype = 1
    def tolist(self): return self
x = Node()",
        ] {
            refused(&object(py, code));
        }
    });
}

const DEEP: &str = "
x = []
for _ in range(10**6): x = [x]";

fn depth() {
    Python::attach(|py| {
        refused(&object(py, DEEP));
        refused(&object(py, "x = {}\nfor _ in range(10**6): x = {'x': x}"));
    });
}

fn depth_on_a_small_stack() {
    // To let go of what is nested deeply takes CPython 3.13 half a megabyte of stack: not there.
    let deep = Python::attach(|py| object(py, DEEP).unbind());
    std::thread::scope(|scope| {
        let small = std::thread::Builder::new().stack_size(512 * 1024);
        let work = || Python::attach(|py| refused(deep.bind(py)));
        small.spawn_scoped(scope, work).unwrap().join().unwrap();
    });
    Python::attach(|py| drop(deep.into_bound(py)));
}

fn values_too_deep() {
    let work = || {
        Python::attach(|py| {
            let mut nested = Value::Null;
            for _ in 0..100_000 {
                nested = Value::Array(vec![nested]);
            }
            let error = PyErr::from(to_object(py, &nested).unwrap_err());
            assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
            // Dropping it at once would overflow the stack.
            while let Value::Array(mut inner) = nested {
                nested = inner.pop().unwrap_or_default();
            }
        });
    };
    work();
    std::thread::Builder::new().stack_size(512 * 1024).spawn(work).unwrap().join().unwrap();
}

fn changes_while_it_is_read() {
    Python::attach(|py| {
        let code = "
import collections.abc
class Changes(collections.abc.Mapping):
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __getitem__(self, key): raise KeyError
    def items(self): change(); return []
class Released(Changes):
    def __del__(self): del x['a']; x['d'] = 1
";
        for (made, change) in [
            ("[Changes(), 1, 2]", "x.clear()"),
            ("[Changes(), 1, 2]", "x.append(1)"),
            ("{'a': Changes(), 'b': 1}", "x.clear()"),
            ("{'a': Changes(), 'b': 1}", "x['c'] = 1"),
            ("{'a': Changes(), 'b': 1}", "del x['a']; x['d'] = 1"),
            ("{'a': Released(), 'b': 1}", "x['a'] = None"),
        ] {
            let object = object(py, &format!("{code}\nx = {made}\ndef change(): {change}"));
            let error = PyErr::from(from_object::<IgnoredAnyOf>(&object).unwrap_err());
            assert!(error.is_instance_of::<PyRuntimeError>(py), "{made} {change}: {error}");
        }
        for (made, change) in
            [("[Changes(), 1, 2]", "x.clear()"), ("{'a': Changes(), 'b': 1}", "x.clear()")]
        {
            let object = object(py, &format!("{code}\nx = {made}\ndef change(): {change}"));
            let error = serde_json::to_string(&PyValue::new(&object)).unwrap_err().to_string();
            assert!(error.contains("changed size while"), "{made} {change}: {error}");
        }
    });
}

/// Looks at everything, and keeps nothing.
#[derive(Debug)]
struct IgnoredAnyOf;

impl<'de> serde::Deserialize<'de> for IgnoredAnyOf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|_| IgnoredAnyOf)
    }
}

fn text_nested_too_deeply() {
    Python::attach(|py| {
        assert!(from_object::<IgnoredAny>(&object(py, DEEP)).is_ok());
        let text = "[".repeat(100_000);
        let mut json = serde_json::Deserializer::from_str(&text);
        json.disable_recursion_limit();
        let seed = serde_py::PyObjectSeed::new(py);
        let error = serde::de::DeserializeSeed::deserialize(seed, &mut json).unwrap_err();
        assert!(error.to_string().contains("RecursionError"), "{error}");
    });
}
