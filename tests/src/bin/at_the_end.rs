//! Ends the interpreter while references are kept everywhere and other threads go on converting; in
//! the child of a fork, too.

use std::cell::RefCell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use convert_core::prelude::*;
use convert_tests::{eval, object};

/// Dropped by a function that Python calls when it ends.
static AT_EXIT: Mutex<Vec<Py<PyAny>>> = Mutex::new(Vec::new());
/// Never dropped.
static FORGOTTEN: Mutex<Vec<Py<PyAny>>> = Mutex::new(Vec::new());
/// How often other threads have used the interpreter.
static USES: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Dropped when its thread ends: of the main thread, after the interpreter.
    static OF_THREAD: RefCell<Vec<Py<PyAny>>> = const { RefCell::new(Vec::new()) };
}

/// A few objects, one of which runs Python code when it goes.
fn keep(py: Python<'_>) -> Vec<Py<PyAny>> {
    let last = object(
        py,
        "
class Last:
    def __del__(self): [0] * 10
x = Last()",
    );
    vec![eval(py, "[1, [2]]").unbind(), last.unbind(), eval(py, "'text'").unbind()]
}

/// What Python calls when it begins to end.
extern "C" fn at_exit() {
    Python::attach(|py| {
        let kept = std::mem::take(&mut *AT_EXIT.lock().expect("not poisoned"));
        assert_eq!(kept[0].bind(py).to_string(), "[1, [2]]");
        py.detach(move || drop(kept));
        assert_eq!(eval(py, "6 * 7").extract::<i64>().expect("an int"), 42);
    });
}

fn call_at_exit(py: Python<'_>) {
    let register = "
import atexit, ctypes
def x(address): atexit.register(ctypes.CFUNCTYPE(None)(address))";
    let address = at_exit as *const () as usize;
    object(py, register).call1((address,)).expect("it is registered");
}

/// Goes on until the thread may no longer attach, which is a panic.
fn go_on(list: Py<PyAny>) {
    OF_THREAD.with_borrow_mut(|kept| {
        Python::attach(|py| kept.push(list.clone_ref(py)));
    });
    loop {
        let made = Python::attach(|py| {
            let numbers: Vec<i64> = list.bind(py).extract().expect("a list of ints");
            py.detach(thread::yield_now);
            assert_eq!(
                eval(py, "sum(n for n in range(100_000))").extract::<i64>().expect("an int"),
                4_999_950_000
            );
            numbers.into_py(py).expect("memory").unbind()
        });
        drop(made);
        USES.fetch_add(1, Ordering::Relaxed);
    }
}

/// From here on there are two processes, of which the first waits for the other's end.
fn fork() {
    Python::attach(|py| {
        let status = object(
            py,
            "
import os, warnings
warnings.simplefilter('ignore')
child = os.fork()
x = os.waitpid(child, 0)[1] if child else 0",
        );
        assert_eq!(status.extract::<i64>().expect("an int"), 0);
    });
}

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("the Python interpreter of this process has ended") {
            eprintln!("{text}");
            std::process::abort();
        }
    }));
    Python::attach(|py| {
        *AT_EXIT.lock().expect("not poisoned") = keep(py);
        *FORGOTTEN.lock().expect("not poisoned") = keep(py);
        OF_THREAD.set(keep(py));
        call_at_exit(py);
    });
    thread::spawn(|| Python::attach(|_| ())).join().expect("it attaches");
    fork();
    Python::attach(|py| {
        for _ in 0..4 {
            let list = eval(py, "list(range(1000))").unbind();
            thread::spawn(|| go_on(list));
        }
    });
    while USES.load(Ordering::Relaxed) < 20 {
        thread::yield_now();
    }
    // SAFETY: attached for the call, on the thread that started the interpreter; nothing of Python
    // is used afterwards but through this library.
    unsafe {
        pyo3_ffi::PyGILState_Ensure();
        assert_eq!(pyo3_ffi::Py_FinalizeEx(), 0);
    }
    // Time for the other threads to notice.
    thread::sleep(Duration::from_millis(20));
    assert!(AT_EXIT.lock().expect("not poisoned").is_empty());
}
