//! Whether this thread may touch Python objects, and what happens to those dropped when it may not.

use std::ptr::{self, NonNull};
#[cfg(not(feature = "pyo3"))]
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::ending::{self, Guest};
use crate::layout;
use crate::python::Python;

/// Why a thread could not be attached, and what to do.
pub(crate) type NoInterpreter = &'static str;

#[cfg(not(feature = "auto-initialize"))]
const NOT_RUNNING: NoInterpreter = "no Python interpreter runs in this process: call \
    Python::initialize() first, or enable the feature `auto-initialize`";
const ENDED: NoInterpreter = "the Python interpreter of this process has ended";

/// An attachment; ends it on drop.
///
/// Attaching always asks CPython, also where this thread attached before: C code that was called
/// since may have let go of the interpreter, and called back.
pub(crate) struct Attachment {
    state: ffi::PyGILState_STATE,
    was_detached: bool,
    /// Dropped after all else.
    guest: Option<Guest>,
}

impl Attachment {
    pub(crate) fn new() -> Result<Self, NoInterpreter> {
        check_running()?;
        // SAFETY: `PyGILState_GetThisThreadState` may be called on any thread at any time.
        let is_guest = unsafe { ffi::PyGILState_GetThisThreadState().is_null() };
        let guest = if is_guest { Some(Guest::enter().ok_or(ENDED)?) } else { None };
        // SAFETY: the interpreter runs (checked above), and its end waits for guests; a thread that
        // it knows, or does not wait for, CPython parks, and pyo3-ffi keeps that from unwinding
        // into Rust.
        let state = unsafe { ffi::PyGILState_Ensure() };
        let attachment = Attachment { state, was_detached: set_detached(false), guest };
        check_layouts()?;
        if attachment.guest.is_some() {
            // SAFETY: attached by the lines before.
            ending::watch(unsafe { Python::assume_attached() });
        }
        release_pending();
        Ok(attachment)
    }
}

impl Drop for Attachment {
    fn drop(&mut self) {
        set_detached(self.was_detached);
        // SAFETY: the state comes from the `PyGILState_Ensure` of this value, on this thread: an
        // `Attachment` is never sent, as it lives in one stack frame.
        unsafe { ffi::PyGILState_Release(self.state) }
    }
}

/// Pauses the attachment while `f` runs.
#[cfg(not(feature = "pyo3"))]
pub(crate) fn detached<R>(_py: Python<'_>, f: impl FnOnce() -> R) -> R {
    struct Detachment(*mut ffi::PyThreadState);

    impl Drop for Detachment {
        fn drop(&mut self) {
            // SAFETY: the state is what `PyEval_SaveThread` gave on this thread, restored once.
            unsafe { ffi::PyEval_RestoreThread(self.0) }
            set_detached(false);
            release_pending();
        }
    }

    set_detached(true);
    // SAFETY: the thread is attached, witnessed by the token.
    let _detachment = Detachment(unsafe { ffi::PyEval_SaveThread() });
    f()
}

/// Pauses the attachment while `f` runs. PyO3 keeps its own account of which threads are attached,
/// and touches objects on its word, so it is PyO3 that detaches.
#[cfg(feature = "pyo3")]
pub(crate) fn detached<R: Send>(_py: Python<'_>, f: impl FnOnce() -> R + Send) -> R {
    struct AttachedAgain;

    impl Drop for AttachedAgain {
        fn drop(&mut self) {
            set_detached(false);
            release_pending();
        }
    }

    set_detached(true);
    // Dropped after PyO3 has attached the thread again, also where `f` panics.
    let _attached_again = AttachedAgain;
    // SAFETY: the thread is attached, witnessed by the token.
    unsafe { pyo3::Python::assume_attached() }.detach(f)
}

/// Starts the interpreter where none was ever started by this process. Waits for a start that is
/// under way on another thread: CPython calls itself initialized before it is done.
#[cfg(not(feature = "pyo3"))]
pub(crate) fn initialize() {
    static START: Once = Once::new();
    START.call_once(|| {
        if !is_running() {
            // SAFETY: starts an interpreter, then releases it, so that any thread may attach.
            // `Once` keeps other threads of ours out.
            unsafe {
                ffi::Py_InitializeEx(0);
                if check_layouts().is_ok() {
                    ending::watch(Python::assume_attached());
                }
                ffi::PyEval_SaveThread();
            }
        }
    });
}

/// As above. Of two libraries only one may start the interpreter, and PyO3 waits for none but its
/// own start.
#[cfg(feature = "pyo3")]
pub(crate) fn initialize() {
    pyo3::Python::initialize();
}

pub(crate) fn is_running() -> bool {
    // SAFETY: `Py_IsInitialized` may be called at any time, from any thread.
    unsafe { ffi::Py_IsInitialized() != 0 }
}

fn check_running() -> Result<(), NoInterpreter> {
    #[cfg(not(feature = "auto-initialize"))]
    if !is_running() {
        return Err(NOT_RUNNING);
    }
    initialize();
    if !is_running() {
        return Err(ENDED);
    }
    // SAFETY: `Py_IsFinalizing` may be called at any time, from any thread.
    #[cfg(Py_3_13)]
    if unsafe { ffi::Py_IsFinalizing() } != 0 {
        return Err(ENDED);
    }
    Ok(())
}

/// Refuses to run on an interpreter whose ints are laid out otherwise than this build reads them.
#[inline]
pub(crate) fn check_layouts() -> Result<(), NoInterpreter> {
    static CHECKED: AtomicBool = AtomicBool::new(false);
    if !CHECKED.load(Ordering::Relaxed) {
        // SAFETY: the thread is attached: called where one was just attached, or is known to be.
        unsafe { layout::check()? };
        CHECKED.store(true, Ordering::Relaxed);
    }
    Ok(())
}

// What `PyThreadState_GetUnchecked` was called before it became public; pyo3-ffi keeps it private.
#[cfg(not(any(Py_LIMITED_API, Py_3_13)))]
unsafe extern "C" {
    fn _PyThreadState_UncheckedGet() -> *mut ffi::PyThreadState;
}

/// Whether this thread is attached at this moment, to the best that the C API tells.
#[cfg(not(Py_LIMITED_API))]
#[inline]
fn is_attached() -> bool {
    // SAFETY: both may be called on any thread at any time, also without an interpreter. The
    // current state is the thread's own from 3.12 on, before that the one of whichever thread
    // holds the GIL.
    unsafe {
        #[cfg(Py_3_13)]
        let current = ffi::PyThreadState_GetUnchecked();
        #[cfg(not(Py_3_13))]
        let current = _PyThreadState_UncheckedGet();
        !current.is_null() && (cfg!(Py_3_12) || current == ffi::PyGILState_GetThisThreadState())
    }
}

/// Calls a function with the token, if this thread is attached. Does not wait for others.
pub(crate) fn if_attached<R>(call: impl FnOnce(Python<'_>) -> R) -> Option<R> {
    #[cfg(not(Py_LIMITED_API))]
    {
        // SAFETY: it was just asked.
        is_attached().then(|| call(unsafe { Python::assume_attached() }))
    }
    // The stable ABI cannot say: a thread that ever was attached, and is not detached by this
    // library.
    #[cfg(Py_LIMITED_API)]
    {
        // SAFETY: `PyGILState_GetThisThreadState` may be called on any thread at any time.
        let has_state = unsafe { !ffi::PyGILState_GetThisThreadState().is_null() };
        let may_be = has_state && !DETACHED.try_with(std::cell::Cell::get).unwrap_or(true);
        may_be.then(|| Python::try_attach(call)).flatten()
    }
}

/// A reference given up by a thread that was not attached.
struct Pending {
    object: NonNull<ffi::PyObject>,
    next: *mut Pending,
}

/// The references to give up at the next attachment: a stack that is only pushed to or taken
/// whole, so it needs no lock, and a fork never inherits one that somebody held.
static PENDING: AtomicPtr<Pending> = AtomicPtr::new(ptr::null_mut());

/// Gives up one strong reference, now if this thread is attached, else at the next attachment of
/// any thread. Once the interpreter has ended there is nothing left to give it back to.
///
/// # Safety
/// The caller owns a strong reference to `object` and gives it up.
#[cfg(not(Py_LIMITED_API))]
#[inline]
pub(crate) unsafe fn release(object: NonNull<ffi::PyObject>) {
    if is_attached() {
        // SAFETY: attached, and the reference is the caller's to give up.
        unsafe { layout::refcount::decref(object.as_ptr()) }
    } else {
        release_later(object);
    }
}

/// Gives up one strong reference, as above. The stable ABI cannot say whether a thread is attached:
/// one that ever was attaches anew, unless it is detached by this library, when it must not wait.
///
/// # Safety
/// The caller owns a strong reference to `object` and gives it up.
#[cfg(Py_LIMITED_API)]
pub(crate) unsafe fn release(object: NonNull<ffi::PyObject>) {
    // SAFETY: `PyGILState_GetThisThreadState` may be called on any thread at any time.
    let has_state = unsafe { !ffi::PyGILState_GetThisThreadState().is_null() };
    if has_state
        && !DETACHED.try_with(std::cell::Cell::get).unwrap_or(true)
        && let Ok(_attachment) = Attachment::new()
    {
        // SAFETY: attached by the line before, and the reference is the caller's to give up.
        unsafe { layout::refcount::decref(object.as_ptr()) }
    } else {
        release_later(object);
    }
}

#[cfg(Py_LIMITED_API)]
thread_local! {
    /// Whether this thread is detached by this library.
    static DETACHED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Notes whether this thread is detached, and gives what was noted before. Only the stable ABI
/// needs notes.
#[inline]
fn set_detached(_detached: bool) -> bool {
    #[cfg(Py_LIMITED_API)]
    return DETACHED.try_with(|noted| noted.replace(_detached)).unwrap_or(false);
    #[cfg(not(Py_LIMITED_API))]
    false
}

#[cold]
fn release_later(object: NonNull<ffi::PyObject>) {
    if !is_running() {
        return;
    }
    let entry = Box::into_raw(Box::new(Pending { object, next: ptr::null_mut() }));
    let mut head = PENDING.load(Ordering::Relaxed);
    loop {
        // SAFETY: `entry` was just made and is not shared before the exchange below succeeds.
        unsafe { (*entry).next = head };
        match PENDING.compare_exchange_weak(head, entry, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(now) => head = now,
        }
    }
}

#[inline]
fn release_pending() {
    if !PENDING.load(Ordering::Relaxed).is_null() {
        release_all_pending();
    }
}

#[cold]
fn release_all_pending() {
    let mut entry = PENDING.swap(ptr::null_mut(), Ordering::Acquire);
    while !entry.is_null() {
        // SAFETY: the swap made this thread the only owner of the chain; each entry was made by
        // `Box::into_raw` in `release_later`.
        let Pending { object, next } = *unsafe { Box::from_raw(entry) };
        // SAFETY: attached (`release_pending` runs inside an attachment only); `release` was given
        // this strong reference.
        unsafe { layout::refcount::decref(object.as_ptr()) };
        entry = next;
    }
}
