//! Converts data of a depth that no stack holds, with Python's recursion limit out of the way.

use convert_core::exceptions::PyRecursionError;
use convert_core::prelude::*;
use convert_tests::object;
use serde::Deserialize;
use serde_py::from_object;

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Nested {
    inner: Vec<Nested>,
}

/// The same, as serde sees it.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only has to be made")]
struct Entries {
    inner: Vec<Entries>,
}

fn main() {
    let convert = || {
        Python::attach(|py| {
            let nested = object(
                py,
                "
import sys
sys.setrecursionlimit(10**9 if sys.version_info < (3, 12) else 10**6)
x = {}
x['inner'] = [x]",
            );
            let is_refused = |error: PyErr| error.is_instance_of::<PyRecursionError>(py);
            let Err(error) = nested.extract::<Nested>() else { panic!("a cycle has no end") };
            assert!(is_refused(error.into()));
            let Err(error) = from_object::<Entries>(&nested) else { panic!("a cycle has no end") };
            assert!(is_refused(error.into()));
        });
    };
    convert();
    for stack in [512 << 10, 2 << 20, 16 << 20] {
        let thread = std::thread::Builder::new().stack_size(stack).spawn(convert);
        thread.expect("a thread can be started").join().expect("it does not panic");
    }
    stacks_after_each_other();
}

/// Threads that Python started, with a stack each where a larger one was before.
fn stacks_after_each_other() {
    Python::attach(|py| {
        let run = object(
            py,
            "
import threading
def x(convert):
    cycle = {}
    cycle['inner'] = [cycle]
    def run(value):
        try: convert(value)
        except RecursionError: pass
    def on_a_stack_of(size, value):
        threading.stack_size(size)
        thread = threading.Thread(target=run, args=(value,))
        thread.start()
        thread.join()
    for _ in range(20):
        on_a_stack_of(64 << 20, {'inner': []})
        on_a_stack_of(64 << 10, None)
        on_a_stack_of(256 << 10, cycle)",
        );
        let function = wrap_pyfunction!(convert_or_refuse, py).expect("memory");
        run.call1((function,)).expect("it is converted, or refused");
    });
}

#[pyfunction]
fn convert_or_refuse(value: &Bound<'_, PyAny>) {
    let _ = value.extract::<Nested>();
}
