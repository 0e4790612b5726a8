//! Many threads at once, and the ends of things: interrupts, forks, the interpreter's exit.

use std::collections::HashMap;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use convert_core::exceptions::PyRuntimeError;
use convert_core::prelude::*;
use convert_tests::{eval, namespace};

convert_tests::tests! {
    containers_that_other_threads_change,
    references_dropped_by_threads_that_never_attach,
    attachments_within_detachments,
    interrupts,
    forks,
    the_end_of_the_interpreter,
    an_end_that_is_none,
}

/// Containers of numbers that run Python code when they are read, so that other threads get their
/// turn in the midst of a conversion; and functions that change them.
const SHARED: &str = "
import sys
class Number:
    def __init__(self, value): self.value = value
    def __index__(self): return int(str(self.value))
    def __float__(self): return float(str(self.value))
numbers = [Number(n) for n in range(20)]
by_name = {str(n): Number(n) for n in range(20)}
record = {'numbers': numbers, 'by_name': by_name, 'last': Number(0)}
def change_numbers(n):
    numbers.append(Number(n))
    numbers[n % 20] = Number(n)
    del numbers[20:]
    numbers.reverse()
def change_by_name(n):
    by_name['new'] = Number(n)
    by_name['7'] = Number(n)
    del by_name['new']
def change_record(n):
    record['last'] = Number(n)
    record['numbers'] = [Number(n)] * (n % 5)
    del record['last']
    record['numbers'] = numbers
interval = sys.getswitchinterval()
sys.setswitchinterval(1e-6)
";

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Record {
    numbers: Vec<f64>,
    by_name: HashMap<String, i64>,
    #[py(default)]
    last: Option<i64>,
}

/// The value, unless its object changed meanwhile: the only mistake there may be.
fn unless_changed<T>(py: Python<'_>, result: Result<T, ConversionError>) -> Option<T> {
    result
        .map_err(|error| {
            let message = error.to_string();
            assert!(message.contains("changed size while it was being converted"), "{message}");
            assert!(PyErr::from(error).is_instance_of::<PyRuntimeError>(py), "{message}");
        })
        .ok()
}

/// Converts what other threads change.
fn read(py: Python<'_>, names: &Bound<'_, PyDict>) {
    let get = |name| PyDictMethods::get_item(names, name).unwrap().unwrap();
    for _ in 0..150 {
        let numbers = get("numbers");
        if let Some(numbers) = unless_changed(py, numbers.extract::<Vec<i64>>()) {
            assert!(matches!(numbers.len(), 20 | 21), "{numbers:?}");
        }
        unless_changed(py, numbers.extract::<Vec<i128>>());
        unless_changed(py, numbers.extract::<Vec<Py<PyAny>>>());
        if let Some(map) = unless_changed(py, get("by_name").extract::<HashMap<String, i64>>()) {
            assert!(matches!(map.len(), 20 | 21) && map["3"] == 3, "{map:?}");
        }
        unless_changed(py, get("record").extract::<Record>());
    }
}

fn containers_that_other_threads_change() {
    let names = Python::attach(|py| namespace(py, SHARED).unbind());
    let done = AtomicBool::new(false);
    let change = |function| {
        Python::attach(|py| {
            let function = PyDictMethods::get_item(names.bind(py), function).unwrap().unwrap();
            for n in (0..1000).cycle().take_while(|_| !done.load(Ordering::Relaxed)) {
                function.call1((n,)).unwrap();
            }
        });
    };
    thread::scope(|scope| {
        for function in ["change_numbers", "change_by_name", "change_record"] {
            scope.spawn(move || change(function));
        }
        let readers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| Python::attach(|py| read(py, names.bind(py))))).collect();
        let results: Vec<_> = readers.into_iter().map(|reader| reader.join()).collect();
        done.store(true, Ordering::Relaxed);
        results.into_iter().for_each(|result| result.unwrap());
    });
    Python::attach(|py| {
        py.run(c"sys.setswitchinterval(interval)", Some(names.bind(py)), None).unwrap();
    });
}

fn refcount(object: &Bound<'_, PyAny>) -> isize {
    let count = object.py().import("sys").unwrap().getattr("getrefcount").unwrap();
    count.call1((object,)).unwrap().extract().unwrap()
}

fn references_dropped_by_threads_that_never_attach() {
    let object = Python::attach(|py| eval(py, "object()").unbind());
    let before = Python::attach(|py| refcount(object.bind(py)));
    thread::scope(|scope| {
        for _ in 0..4 {
            let (sender, receiver) = mpsc::channel::<Vec<Py<PyAny>>>();
            scope.spawn(|| receiver.into_iter().for_each(drop));
            let object = &object;
            scope.spawn(move || {
                for _ in 0..500 {
                    let references = Python::attach(|py| {
                        let list = vec![object.bind(py); 10].into_py(py).unwrap();
                        list.extract().unwrap()
                    });
                    sender.send(references).unwrap();
                }
            });
        }
    });
    Python::attach(|py| assert_eq!(refcount(object.bind(py)), before));
}

fn attachments_within_detachments() {
    /// Attaches and detaches in turn, that many levels deep.
    fn nest(depth: usize, list: &Py<PyList>) {
        Python::attach(|py| {
            let kept = list.clone_ref(py);
            py.detach(move || {
                drop(kept);
                if depth > 0 {
                    nest(depth - 1, list);
                }
            });
            list.bind(py).append(depth).unwrap();
        });
    }
    let list = Python::attach(|py| PyList::empty(py).unwrap().unbind());
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..50).for_each(|_| nest(5, &list)));
        }
    });
    Python::attach(|py| {
        let depths: Vec<usize> = list.bind(py).extract().unwrap();
        assert_eq!((depths.len(), depths.iter().sum()), (16 * 50 * 6, 16 * 50 * 15));
    });
}

/// Runs a program of this package, for which a minute must do.
fn run(program: &str) {
    let mut child = Command::new(program).spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(60) => {
                child.kill().unwrap();
                panic!("{program} hangs");
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    assert!(status.success(), "{program}: {status}");
}

fn interrupts() {
    run(env!("CARGO_BIN_EXE_interrupt"));
}

fn forks() {
    run(env!("CARGO_BIN_EXE_fork"));
}

fn the_end_of_the_interpreter() {
    for _ in 0..5 {
        run(env!("CARGO_BIN_EXE_at_the_end"));
    }
}

fn an_end_that_is_none() {
    run(env!("CARGO_BIN_EXE_goes_on"));
}
