//! Attaching and detaching, threads, and what happens to references dropped anywhere.

use convert_core::prelude::*;
use convert_core::{PyOnceLock, PyOnceObject, intern};
use convert_tests::{eval, namespace};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

convert_tests::tests! {
    references_are_counted,
    a_reference_dropped_by_a_thread_that_never_attached,
    many_threads_attach_detach_and_count,
    a_panic_leaves_the_attachment_in_order,
    after_the_interpreters_end,
    interned_names_and_cells_are_made_once,
    modules_and_code,
    methods_of_objects,
    foreign_code_that_lets_go_of_the_interpreter,
}

fn refcount(object: &Bound<'_, PyAny>) -> isize {
    let count = object.py().import("sys").unwrap().getattr("getrefcount").unwrap();
    count.call1((object,)).unwrap().extract().unwrap()
}

fn references_are_counted() {
    Python::attach(|py| {
        let object = eval(py, "object()");
        let before = refcount(&object);
        let clone = object.clone();
        let kept = object.clone().unbind();
        let again = kept.clone_ref(py);
        let borrowed = object.as_borrowed();
        assert_eq!(refcount(&object), before + 3);
        drop((clone, kept, again.into_bound(py)));
        assert_eq!(refcount(&borrowed), before);
        let list = vec![object.clone(), object.clone()].into_py(py).unwrap();
        assert_eq!(refcount(&object), before + 2);
        let vector: Vec<Py<PyAny>> = list.extract().unwrap();
        assert_eq!(refcount(&object), before + 4);
        drop((list, vector));
        assert_eq!(refcount(&object), before);
        let failed = (object.clone(), 5).into_py(py).unwrap();
        assert!(failed.extract::<(Py<PyAny>, String)>().is_err());
        assert!(failed.extract::<Vec<String>>().is_err());
        drop(failed);
        assert_eq!(refcount(&object), before);
    });
}

fn a_reference_dropped_by_a_thread_that_never_attached() {
    Python::attach(|py| {
        let object = eval(py, "object()");
        let before = refcount(&object);
        for _ in 0..100 {
            let kept = object.clone().unbind();
            thread::spawn(move || drop(kept)).join().unwrap();
        }
        py.detach(|| ());
        assert_eq!(refcount(&object), before);
        let kept = object.clone().unbind();
        py.detach(move || drop(kept));
        assert_eq!(refcount(&object), before);
        let kept = object.clone().unbind();
        thread::scope(|scope| {
            py.detach(|| scope.spawn(|| Python::attach(|_| drop(kept))).join().unwrap());
        });
        assert_eq!(refcount(&object), before);
    });
}

fn many_threads_attach_detach_and_count() {
    let counter = AtomicUsize::new(0);
    let shared = Python::attach(|py| eval(py, "[0]").unbind());
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..200 {
                    Python::attach(|py| {
                        let list = shared.bind(py);
                        let kept = shared.clone_ref(py);
                        py.detach(|| {
                            drop(kept);
                            counter.fetch_add(1, Ordering::Relaxed);
                            Python::attach(|py| {
                                assert!(shared.bind(py).extract::<Vec<i64>>().is_ok());
                            });
                        });
                        let before: i64 = list.get_item(0).unwrap().extract().unwrap();
                        list.set_item(0, before + 1).unwrap();
                    });
                }
            });
        }
    });
    Python::attach(|py| {
        let total: Vec<i64> = shared.bind(py).extract().unwrap();
        assert_eq!(total, [16 * 200]);
        assert_eq!(counter.load(Ordering::Relaxed), 16 * 200);
    });
}

fn a_panic_leaves_the_attachment_in_order() {
    let panicked = std::panic::catch_unwind(|| {
        Python::attach(|py| py.detach(|| Python::attach(|_| panic!("on purpose"))))
    });
    assert!(panicked.is_err());
    let other = thread::spawn(|| Python::attach(|py| eval(py, "6 * 7").extract::<i64>().unwrap()));
    assert_eq!(other.join().unwrap(), 42);
    Python::attach(|py| assert_eq!(eval(py, "1").extract::<i64>().unwrap(), 1));
}

fn after_the_interpreters_end() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_after_the_end")).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    assert!(text.contains("a Python exception"), "{text}");
    assert!(text.contains("the Python interpreter of this process has ended"), "{text}");
}

fn interned_names_and_cells_are_made_once() {
    let cell: PyOnceLock<Vec<u8>> = PyOnceLock::new();
    Python::attach(|py| {
        assert!(cell.get(py).is_none());
        let failed: Result<_, i64> = cell.get_or_try_init(py, || Err(5));
        assert_eq!(failed.unwrap_err(), 5);
        assert_eq!(cell.get_or_init(py, || vec![7]), &[7]);
        assert_eq!(cell.get_or_init(py, || unreachable!("the cell is full")), &[7]);
    });
    // As a thread that was overtaken: its value ends at once, the first one with the cell.
    let (first, late) = (std::sync::Arc::new(1), std::sync::Arc::new(2));
    let count = std::sync::Arc::strong_count;
    let cell = PyOnceLock::new();
    Python::attach(|py| {
        let kept = cell.get_or_init(py, || {
            cell.get_or_init(py, || first.clone());
            late.clone()
        });
        assert!(**kept == 1 && count(&first) == 2 && count(&late) == 1);
    });
    drop(cell);
    assert_eq!(count(&first), 1);
    let cell: PyOnceObject<PyAny> = PyOnceObject::new();
    Python::attach(|py| {
        assert!(cell.get(py).is_none());
        let failed: Result<_, i64> = cell.get_or_try_init(py, || Err(5));
        assert_eq!(failed.unwrap_err(), 5);
        // As a thread that was overtaken: what it made is given up, and the first one stays.
        let (mut kept, late) = (None, eval(py, "object()"));
        let before = late.reference_count();
        let second = cell.get_or_init(py, || {
            kept = Some(cell.get_or_init(py, || eval(py, "object()")).clone());
            late.clone()
        });
        let first = kept.unwrap();
        assert!(first.is(second));
        assert_eq!(late.reference_count(), before);
        assert!(first.is(cell.get_or_init(py, || unreachable!("the cell is full"))));
        let held = first.reference_count();
        drop(cell);
        assert_eq!(first.reference_count(), held - 1);
        let name = || intern!(py, "a name that nobody else uses");
        assert!(name().is(name()));
        let literal = eval(py, "__import__('sys').intern('a name that nobody else uses')");
        assert!(literal.is(name()));
    });
}

fn modules_and_code() {
    Python::attach(|py| {
        let math = py.import("math").unwrap();
        assert_eq!(math.name().unwrap().to_string(), "math");
        assert!(math.dict().unwrap().contains("pi").unwrap());
        let root: f64 = math.call_method1("sqrt", (16,)).unwrap().extract().unwrap();
        assert_eq!(root, 4.0);
        let names = namespace(py, "def f(*args, **kwargs): return args, kwargs\nx = len('abc')");
        let f = PyDictMethods::get_item(&names, "f").unwrap().unwrap();
        let kwargs = std::collections::BTreeMap::from([("k", 1.5)]).into_py(py).unwrap();
        let called = f.call((1, "a", None::<i64>), Some(&kwargs)).unwrap();
        assert_eq!(called.to_string(), "((1, 'a', None), {'k': 1.5})");
        assert_eq!(f.call0().unwrap().to_string(), "((), {})");
        let arguments = (1, 2).into_py(py).unwrap();
        assert_eq!(f.call1(&arguments).unwrap().to_string(), "((1, 2), {})");
        assert!(py.import("no_such_module_at_all").is_err());
        assert!(py.eval(c"1 +", None, None).unwrap_err().to_string().starts_with("SyntaxError"));
        // Without globals the code runs in `__main__`.
        py.run(c"convert_tests_were_here = 1", None, None).unwrap();
        assert!(py.import("__main__").unwrap().hasattr("convert_tests_were_here").unwrap());
    });
}

fn methods_of_objects() {
    Python::attach(|py| {
        let object = eval(py, "type('O', (), {})()");
        assert!(!object.hasattr("a").unwrap());
        object.setattr("a", vec![1, 2]).unwrap();
        assert_eq!(object.getattr(intern!(py, "a")).unwrap().extract::<Vec<u8>>().unwrap(), [1, 2]);
        object.delattr("a").unwrap();
        assert!(object.getattr("a").is_err());
        let dict = PyDict::new(py).unwrap();
        PyAnyMethods::set_item(dict.as_any(), "k", 1).unwrap();
        assert!(dict.get_item("k").unwrap().is_some() && dict.get_item("x").unwrap().is_none());
        assert!(dict.as_any().get_item("x").is_err());
        dict.del_item("k").unwrap();
        assert!(dict.is_empty());
        let list = PyList::empty(py).unwrap();
        list.append("b").unwrap();
        list.insert(0, "a").unwrap();
        assert_eq!(list.extract::<Vec<String>>().unwrap(), ["a", "b"]);
        assert!(list.contains("b").unwrap() && list.eq(vec!["a", "b"]).unwrap());
        list.reverse().unwrap();
        list.sort().unwrap();
        assert_eq!(list.to_tuple().unwrap().to_string(), "('a', 'b')");
        assert!(eval(py, "2").compare(3, convert_core::types::CompareOp::Lt).unwrap());
        assert!(list.is_instance(&eval(py, "(int, list)")).unwrap());
        let lengths: Vec<usize> = eval(py, "['a', 'bc']")
            .try_iter()
            .unwrap()
            .map(|item| item.unwrap().size().unwrap())
            .collect();
        assert_eq!(lengths, [1, 2]);
    });
}

/// Called by C code that has let go of the interpreter, as any callback may be.
extern "C" fn called_back() {
    let made = Python::attach(|py| eval(py, "[1, 2]").unbind());
    // Not attached here: what is dropped waits.
    drop(made);
}

fn foreign_code_that_lets_go_of_the_interpreter() {
    Python::attach(|py| {
        let ctypes = py.import("ctypes").unwrap();
        let kind = ctypes.getattr("CFUNCTYPE").unwrap().call1((py.none(),)).unwrap();
        let callback = kind.call1((called_back as *const () as usize,)).unwrap();
        // A `CFUNCTYPE` function is called with the interpreter let go.
        callback.call0().unwrap();
        callback.call0().unwrap();
    });
}
