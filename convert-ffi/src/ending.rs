//! The end of the interpreter, and the threads that Python does not know: [`Guest`].
//!
//! When CPython ends, it waits for threads that Python code started, and for no others. Before 3.14 a
//! thread that then runs Python code is ended in its midst, which no Rust frame survives, and one that
//! is on its way in finds its state freed. So the last function that `atexit` calls is ours: it
//! lets nobody in any more, and waits for those who are.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::function::{Arguments, FunctionDef, NativeFunction};
use crate::types::{PyAny, PyModule, PyNone};
use crate::{Borrowed, Py, PyResult, Python, intern};

/// How long the end waits. Who is attached so long has most likely detached itself for something
/// that takes its time, and then CPython stops it safely.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many guests are attached, or on their way in.
static GUESTS: AtomicUsize = AtomicUsize::new(0);

/// Whether nobody is let in any more.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// The process that asked `atexit` to close; 0 before. A fork has the count, but not the threads.
static ASKED_BY: AtomicU32 = AtomicU32::new(0);

/// A thread that Python does not know, from before it is attached until after; leaves on drop.
pub(crate) struct Guest(());

impl Guest {
    /// Lets this thread in, unless the interpreter is about to end.
    pub(crate) fn enter() -> Option<Guest> {
        // Of this count and `CLOSED`, who writes one then reads the other.
        GUESTS.fetch_add(1, Ordering::SeqCst);
        let guest = Guest(());
        (!CLOSED.load(Ordering::SeqCst)).then_some(guest)
    }

    /// Once it is attached: has Python tell when it ends.
    pub(crate) fn is_in(&self, py: Python<'_>) {
        if ASKED_BY.load(Ordering::Relaxed) == 0
            && ASKED_BY
                .compare_exchange(0, process::id(), Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            // Where there is no memory for it, the end comes as it would otherwise.
            drop(ask(py));
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        GUESTS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Has `atexit` call [`Close`].
fn ask(py: Python<'_>) -> PyResult<()> {
    static CLOSE: FunctionDef = FunctionDef::new::<Close>(c"close", c"Lets no thread in.");
    let close = CLOSE.make(py, None)?.into_any();
    let register = py.import("atexit")?.get_attribute(intern!(py, "register"))?;
    register.call_objects(&[close], None).map(drop)
}

/// Lets nobody in any more, and waits until all have left.
struct Close;

impl NativeFunction for Close {
    fn call<'a, 'py>(
        _module: Option<Borrowed<'a, 'py, PyModule>>,
        arguments: Arguments<'a, 'py>,
    ) -> PyResult<Py<PyAny>> {
        let py = arguments.py();
        CLOSED.store(true, Ordering::SeqCst);
        if ASKED_BY.load(Ordering::Relaxed) == process::id() {
            py.detach(wait);
        }
        Ok(PyNone::get(py).to_owned().into_any().unbind())
    }
}

fn wait() {
    let start = Instant::now();
    while GUESTS.load(Ordering::SeqCst) > 0 && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(1));
    }
}
