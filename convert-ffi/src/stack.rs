//! The guard against nesting that would overflow the stack.
//!
//! Data may be nested to any depth, or contain itself; every container and every derived struct
//! takes a [`StackGuard`] before it looks inside. It asks how much stack is left, and from a
//! certain depth on also counts against Python's own recursion limit (`Py_EnterRecursiveCall`).
//! That limit alone would not do: it may be set to anything, and knows nothing of threads with
//! small stacks.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_ffi as ffi;

use crate::exceptions::PyRecursionError;
use crate::{ConversionError, PyErr, Python};

/// The stack that is left alone: what the frames between two guards, CPython's own C frames
/// and the making of the error may use.
const RESERVE: usize = 96 * 1024;

/// Longer stretches of stack are not remembered: on a stack that is not the thread's own, one might
/// reach into others.
const STRETCH: usize = 1024 * 1024;

/// So many levels Python is not told of. Data is seldom nested deeper, and telling takes as long as
/// converting two numbers.
const UNTOLD: usize = 32;

/// One level of nesting; ends on drop.
#[must_use = "the level ends when the guard is dropped"]
pub struct StackGuard<'py> {
    py: PhantomData<Python<'py>>,
    /// Whether it counts against Python's limit.
    is_told: bool,
}

impl<'py> StackGuard<'py> {
    /// Enters one level of nesting.
    ///
    /// # Errors
    /// `RecursionError`, where Python's recursion limit or the end of the stack is near.
    #[inline]
    pub fn enter(py: Python<'py>) -> Result<Self, ConversionError> {
        check()?;
        let is_told = levels::are_many();
        if is_told {
            tell(py)?;
        }
        levels::add();
        Ok(StackGuard { py: PhantomData, is_told })
    }

    /// Enters a level, unless it is certain that there are but a few.
    ///
    /// # Errors
    /// As [`enter`](Self::enter).
    #[inline(always)]
    pub fn enter_unless(
        is_shallow: bool,
        py: Python<'py>,
    ) -> Result<Option<Self>, ConversionError> {
        if is_shallow { Ok(None) } else { Self::enter(py).map(Some) }
    }
}

/// Counts against Python's limit.
#[cold]
#[inline(never)]
fn tell(py: Python<'_>) -> Result<(), ConversionError> {
    // SAFETY: attached, witnessed by the token; the text ends with NUL.
    match unsafe { ffi::Py_EnterRecursiveCall(c" during a conversion".as_ptr()) } {
        0 => Ok(()),
        _ => Err(limit_reached(py)),
    }
}

/// How many levels are entered now, by all threads together: one that waits for the GIL keeps its
/// own, and then the others tell Python somewhat earlier. Each interpreter with a GIL of its own
/// may miscount for the others, which does no more harm.
#[cfg(not(Py_GIL_DISABLED))]
mod levels {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static LEVELS: AtomicUsize = AtomicUsize::new(0);

    #[inline(always)]
    pub(super) fn are_many() -> bool {
        LEVELS.load(Ordering::Relaxed) >= super::UNTOLD
    }

    #[inline(always)]
    pub(super) fn add() {
        LEVELS.store(LEVELS.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    #[inline(always)]
    pub(super) fn take() {
        LEVELS.store(LEVELS.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Relaxed);
    }
}

/// Threads that run at once would have to count each for itself, which takes as long as telling.
#[cfg(Py_GIL_DISABLED)]
mod levels {
    #[inline(always)]
    pub(super) fn are_many() -> bool {
        true
    }

    #[inline(always)]
    pub(super) fn add() {}

    #[inline(always)]
    pub(super) fn take() {}
}

/// The stretch of stack where there was room when somebody last looked it up: its lowest address,
/// and its length. It is part of one thread's stack, and forgotten when that thread ends
/// ([`Sojourn`]), so no other thread's is taken for it.
struct Room {
    lowest: AtomicUsize,
    length: AtomicUsize,
}

impl Room {
    const fn none() -> Self {
        Room { lowest: AtomicUsize::new(0), length: AtomicUsize::new(0) }
    }

    #[inline(always)]
    fn has(&self, here: usize) -> bool {
        let from_lowest = here.wrapping_sub(self.lowest.load(Ordering::Relaxed));
        from_lowest < self.length.load(Ordering::Relaxed)
    }

    fn set(&self, lowest: usize, length: usize) {
        self.lowest.store(lowest, Ordering::Relaxed);
        self.length.store(length, Ordering::Relaxed);
    }
}

/// Whoever looks at it holds the GIL, so both halves are of one thread.
#[cfg(not(Py_GIL_DISABLED))]
static ROOM: Room = Room::none();

// One for each thread, where threads run at once. It would do everywhere, but finding it takes an
// extension module as long as a quarter of a call.
#[cfg(Py_GIL_DISABLED)]
thread_local! {
    static ROOM: Room = const { Room::none() };
}

#[inline(always)]
fn with_room<R>(with: impl FnOnce(&Room) -> R) -> R {
    #[cfg(not(Py_GIL_DISABLED))]
    return with(&ROOM);
    #[cfg(Py_GIL_DISABLED)]
    return ROOM.with(with);
}

/// Has the next check ask anew.
pub(crate) fn forget() {
    with_room(|room| room.length.store(0, Ordering::Relaxed));
}

thread_local! {
    static SOJOURN: Sojourn = const { Sojourn };
}

/// A thread's life; at its end, before another thread can have its stack, the stretch is forgotten,
/// whosever it is.
struct Sojourn;

impl Drop for Sojourn {
    fn drop(&mut self) {
        forget();
    }
}

/// Looks only at the stack, where CPython itself counts levels: at each call of a function.
#[inline(always)]
pub(crate) fn check() -> Result<(), ConversionError> {
    let local = MaybeUninit::<u8>::uninit();
    let here = local.as_ptr().addr();
    if with_room(|room| room.has(here)) { Ok(()) } else { look_up(here) }
}

/// Asks how much stack is left, where the system tells.
#[cold]
#[inline(never)]
fn look_up(here: usize) -> Result<(), ConversionError> {
    let Some(left) = stacker::remaining_stack() else { return Ok(()) };
    let Some(room) = left.checked_sub(RESERVE) else { return Err(stack_ends()) };
    if SOJOURN.try_with(|_| ()).is_ok() {
        // Of what is left below this function there is a little more below `here`.
        let room = room.min(STRETCH);
        with_room(|known| known.set(here - room, room + 1));
    }
    Ok(())
}

impl Drop for StackGuard<'_> {
    #[inline]
    fn drop(&mut self) {
        levels::take();
        if self.is_told {
            // SAFETY: attached, witnessed by the token; pairs with the call in `tell`.
            unsafe { ffi::Py_LeaveRecursiveCall() }
        }
    }
}

#[cold]
#[inline(never)]
fn limit_reached(py: Python<'_>) -> ConversionError {
    // Said anew: at the limit an exception object cannot even be asked for its text.
    drop(PyErr::take(py));
    let message = "maximum recursion depth exceeded during a conversion";
    PyErr::new::<PyRecursionError>(message).into()
}

#[cold]
#[inline(never)]
fn stack_ends() -> ConversionError {
    PyErr::new::<PyRecursionError>("calls or data are nested too deeply for this thread's stack")
        .into()
}
