//! Interrupts Rust code on the main thread, as Ctrl-C does.

use std::collections::HashSet;
use std::thread;
use std::time::Duration;

use convert_core::exceptions::PyKeyboardInterrupt;
use convert_core::prelude::*;
use convert_tests::{namespace, object};

fn main() {
    Python::attach(|py| {
        // An embedded interpreter leaves signals to the program.
        namespace(py, "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)");
        let interrupt = || {
            Python::attach(|py| {
                namespace(py, "import os, signal\nos.kill(os.getpid(), signal.SIGINT)");
            });
        };
        py.detach(|| thread::spawn(interrupt).join().expect("the signal is sent"));
        let error = py.check_signals().expect_err("the signal has arrived");
        assert!(error.is_instance_of::<PyKeyboardInterrupt>(py), "{error}");
        py.check_signals().expect("it is handled once");

        // A sequence without end, whose items run no Python code, which would see the signal.
        let endless = object(
            py,
            "
import itertools, signal
class Endless:
    def __iter__(self): return itertools.count()
    def __getitem__(self, index): return index
x = Endless()
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)",
        );
        let error = PyErr::from(endless.extract::<Vec<i64>>().expect_err("the timer goes off"));
        assert!(error.is_instance_of::<PyKeyboardInterrupt>(py), "{error}");

        // The same of a set, whose items may come over and over.
        let endless = object(
            py,
            "
import collections.abc, itertools, signal
class Endless(collections.abc.Set):
    def __iter__(self): return itertools.count()
    def __contains__(self, item): return True
    def __len__(self): return 0
x = Endless()
signal.setitimer(signal.ITIMER_REAL, 0.05)",
        );
        let error = PyErr::from(endless.extract::<HashSet<i64>>().expect_err("the timer goes off"));
        assert!(error.is_instance_of::<PyKeyboardInterrupt>(py), "{error}");

        // Each level is read once for either variant: all 2^60 readings would take forever, whether
        // the second variant fits or not.
        for fields in ["'left': x", "'left': x, 'less': 1", "'left': x, 'right': ''"] {
            let deep = object(
                py,
                &format!(
                    "
import signal
x = 1
for level in range(60): x = {{{fields}}}
signal.setitimer(signal.ITIMER_REAL, 0.05)"
                ),
            );
            let error = PyErr::from(deep.extract::<Tree>().expect_err("the timer goes off"));
            assert!(error.is_instance_of::<PyKeyboardInterrupt>(py), "{error}");
        }

        // A function that works for long, and looks for signals now and then.
        let names = namespace(
            py,
            "
import signal
def call(work):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try: work()
    except KeyboardInterrupt: return 'interrupted'",
        );
        let call = PyAnyMethods::get_item(names.as_any(), "call").expect("it is defined");
        let work = wrap_pyfunction!(work, py).expect("memory");
        let outcome = call.call1((work,)).expect("it catches what is raised");
        assert_eq!(outcome.to_string(), "interrupted");
    });
}

#[derive(FromPyObject, Debug)]
#[expect(dead_code, reason = "what it is made of is not looked at")]
enum Tree {
    Sum { left: Box<Tree>, right: i64 },
    Difference { left: Box<Tree>, less: i64 },
    Leaf(i64),
}

#[pyfunction]
fn work(py: Python<'_>) -> PyResult<()> {
    loop {
        py.detach(|| thread::sleep(Duration::from_millis(1)));
        py.check_signals()?;
    }
}
