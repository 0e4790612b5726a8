//! Has `atexit` call its functions while a program goes on, as some do, and while one of them waits
//! for another thread. The interpreter is started by somebody else, before anything asks for it.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use convert_core::prelude::*;
use convert_tests::{eval, object};

/// To ask the worker, and to hear it.
static WORKER: Mutex<Option<(Sender<()>, Receiver<i64>)>> = Mutex::new(None);

/// Of those that `atexit` calls the last, as it was registered first.
extern "C" fn ask_worker() {
    let Some((ask, answer)) = WORKER.lock().expect("not poisoned").take() else { return };
    Python::attach(|py| {
        let answer = py.detach(move || {
            ask.send(()).expect("it listens");
            answer.recv()
        });
        assert_eq!(answer, Ok(42));
    });
}

/// A thread that answers once it is asked.
fn start_worker() {
    let ((ask, is_asked), (give, answer)) = (channel(), channel());
    *WORKER.lock().expect("not poisoned") = Some((ask, answer));
    thread::spawn(move || {
        Python::attach(|_| ());
        is_asked.recv().expect("somebody asks");
        let answer = Python::attach(|py| eval(py, "6 * 7").extract::<i64>().expect("an int"));
        give.send(answer).expect("somebody waits");
    });
}

fn main() {
    // SAFETY: the only thread so far; it lets go of the interpreter, so that all may attach.
    unsafe {
        pyo3_ffi::Py_InitializeEx(0);
        pyo3_ffi::PyEval_SaveThread();
    }
    let register = "
import atexit, ctypes
def x(address): atexit.register(ctypes.CFUNCTYPE(None)(address))";
    let address = ask_worker as *const () as usize;
    Python::attach(|py| drop(object(py, register).call1((address,)).expect("it is registered")));
    start_worker();
    let other = thread::spawn(|| {
        Python::attach(|py| drop(eval(py, "__import__('atexit')._run_exitfuncs()")));
    });
    other.join().expect("its functions are called");
    thread::spawn(|| Python::attach(|_| ())).join().expect("it may still attach");
    Python::attach(|py| drop(object(py, register).call1((address,)).expect("it is registered")));
    start_worker();
    // SAFETY: attached for the call, on the thread that started the interpreter; nothing of Python
    // is used afterwards.
    unsafe {
        pyo3_ffi::PyGILState_Ensure();
        assert_eq!(pyo3_ffi::Py_FinalizeEx(), 0);
    }
    assert!(WORKER.lock().expect("not poisoned").is_none());
}
