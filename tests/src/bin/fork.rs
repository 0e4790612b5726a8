//! Forks while other threads use the interpreter; the child goes on converting and dropping.

use std::collections::HashMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use convert_core::prelude::*;
use convert_tests::{eval, namespace};

/// What both processes do after the fork.
fn use_python(py: Python<'_>, kept: Vec<Py<PyAny>>) {
    let map = eval(py, "{'a': [1, 2], 'b': []}").extract::<HashMap<String, Vec<i64>>>();
    assert_eq!(map.expect("a dict of lists")["a"], [1, 2]);
    assert!(eval(py, "['x']").extract::<Vec<i64>>().is_err());
    py.detach(|| {
        drop(kept);
        let other = thread::spawn(|| Python::attach(|py| drop(eval(py, "[1]"))));
        other.join().expect("it does not panic");
    });
}

fn main() {
    let (ready, done) = (Barrier::new(5), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..4 {
            // Attached once: CPython does not bear a fork while a thread attaches for the first
            // time, or for the last.
            scope.spawn(|| {
                Python::attach(|py| {
                    py.detach(|| ready.wait());
                    while !done.load(Ordering::Relaxed) {
                        let kept = eval(py, "object()").unbind();
                        py.detach(|| drop(kept));
                    }
                });
            });
        }
        ready.wait();
        Python::attach(|py| {
            let names = namespace(py, "import os, warnings\nwarnings.simplefilter('ignore')");
            let value = |code| py.eval(code, Some(&names), None).expect("it runs");
            for _ in 0..20 {
                let kept = (0..100).map(|_| eval(py, "[1, 2]").unbind()).collect();
                let child: i32 = value(c"os.fork()").extract().expect("a process id");
                use_python(py, kept);
                if child == 0 {
                    value(c"os._exit(0)");
                }
                names.as_any().set_item("child", child).expect("it is set");
                let status: i32 = value(c"os.waitpid(child, 0)[1]").extract().expect("a status");
                assert_eq!(status, 0);
            }
        });
        done.store(true, Ordering::Relaxed);
    });
}
