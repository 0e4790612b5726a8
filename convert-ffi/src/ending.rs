//! The end of the interpreter, and the threads that Python does not know: [`Guest`].
//!
//! When CPython ends, it waits for threads that Python code started, and for no others. Before 3.14
//! a thread that then runs Python code is ended in its midst, which no Rust frame survives, and one
//! that is on its way in finds its state freed. So `atexit` calls [`Close`]: it closes the door,
//! and waits for those who are inside. Who comes then waits at the door, until the interpreter has
//! ended; or, as functions that were registered earlier are called later, and may wait for such a
//! thread, until it evidently goes on.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::attach::is_running;
use crate::function::{Arguments, FunctionDef, NativeFunction};
use crate::types::{PyAny, PyDict, PyModule, PyNone};
use crate::{Borrowed, Py, PyResult, Python, intern, stack};

/// How long the end waits for those who are inside. Who is attached so long has most likely
/// detached itself for something that takes its time, and then CPython stops it safely. And how
/// long others wait at the door: an interpreter that has not ended by then goes on.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many guests are attached, or on their way in.
static GUESTS: AtomicUsize = AtomicUsize::new(0);

/// Whether nobody is let in.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether Python was asked to tell when it ends.
static ASKED: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Whether this thread is a guest now.
    static IS_GUEST: Cell<bool> = const { Cell::new(false) };
}

/// A thread that Python does not know, from before it is attached until after; leaves on drop.
pub(crate) struct Guest(());

impl Guest {
    /// Lets this thread in, unless the interpreter has ended.
    pub(crate) fn enter() -> Option<Guest> {
        loop {
            // Of this count and `CLOSED`, who writes one then reads the other.
            GUESTS.fetch_add(1, Ordering::SeqCst);
            let guest = Guest(());
            if !CLOSED.load(Ordering::SeqCst) {
                let _ = IS_GUEST.try_with(|is_guest| is_guest.set(true));
                return Some(guest);
            }
            drop(guest);
            if !opens_again() {
                return None;
            }
        }
    }
}

/// Has Python tell when it ends. The earlier it is asked, the later it calls [`Close`].
pub(crate) fn watch(py: Python<'_>) {
    if !ASKED.swap(true, Ordering::Relaxed) {
        // Where there is no memory for it, the end comes as it would otherwise.
        drop(ask(py));
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let _ = IS_GUEST.try_with(|is_guest| is_guest.set(false));
        GUESTS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits at the door; whether it opens again.
#[cold]
fn opens_again() -> bool {
    let start = Instant::now();
    while CLOSED.load(Ordering::SeqCst) {
        if !is_running() {
            return false;
        }
        if start.elapsed() >= PATIENCE {
            // The functions of `atexit` are called once: it is to be asked again.
            ASKED.store(false, Ordering::Relaxed);
            CLOSED.store(false, Ordering::SeqCst);
        } else {
            thread::sleep(Duration::from_millis(1));
        }
    }
    true
}

/// Has `atexit` call [`Close`], and each child of a fork [`Alone`].
fn ask(py: Python<'_>) -> PyResult<()> {
    static CLOSE: FunctionDef = FunctionDef::new::<Close>(c"close", c"Lets no thread in.");
    static ALONE: FunctionDef = FunctionDef::new::<Alone>(c"alone", c"Forgets other threads.");
    let close = CLOSE.make_quietly(py, None)?.into_any();
    let register = py.import("atexit")?.get_attribute(intern!(py, "register"))?;
    register.call_objects(&[close], None)?;
    // Where there are forks, and only once: it cannot be taken back.
    static TOLD_OF_FORKS: AtomicBool = AtomicBool::new(false);
    let os = py.import("os")?;
    if let Ok(register) = os.get_attribute(intern!(py, "register_at_fork"))
        && !TOLD_OF_FORKS.swap(true, Ordering::Relaxed)
    {
        let names = PyDict::new(py)?;
        let alone = ALONE.make_quietly(py, None)?;
        names.set(intern!(py, "after_in_child").as_any(), alone.as_any())?;
        register.call_objects(&[], Some(&names))?;
    }
    Ok(())
}

/// Lets nobody in, and waits until all have left.
struct Close;

impl NativeFunction for Close {
    fn call<'a, 'py>(
        _module: Option<Borrowed<'a, 'py, PyModule>>,
        arguments: Arguments<'a, 'py>,
    ) -> PyResult<Py<PyAny>> {
        let py = arguments.py();
        CLOSED.store(true, Ordering::SeqCst);
        let own = usize::from(IS_GUEST.get());
        py.detach(move || {
            let start = Instant::now();
            while GUESTS.load(Ordering::SeqCst) > own && start.elapsed() < PATIENCE {
                thread::sleep(Duration::from_millis(1));
            }
        });
        Ok(PyNone::get(py).to_owned().into_any().unbind())
    }
}

/// Of the threads of its parent, the child of a fork has only the one that forked.
struct Alone;

impl NativeFunction for Alone {
    fn call<'a, 'py>(
        _module: Option<Borrowed<'a, 'py, PyModule>>,
        arguments: Arguments<'a, 'py>,
    ) -> PyResult<Py<PyAny>> {
        GUESTS.store(usize::from(IS_GUEST.get()), Ordering::SeqCst);
        CLOSED.store(false, Ordering::SeqCst);
        stack::forget();
        Ok(PyNone::get(arguments.py()).to_owned().into_any().unbind())
    }
}
