//! Whether this thread may touch Python objects, and what happens to those dropped when it may not.
//!
//! CPython offers no cheap and reliable question "is this thread attached?" (`PyGILState_Check`
//! is outside the stable ABI and always says yes once a sub-interpreter was made). So each thread
//! counts for itself.

use std::cell::Cell;
use std::ptr::{self, NonNull};
use std::sync::Once;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::layout;
use crate::python::Python;

thread_local! {
    /// How many attachments this thread holds; zero while it is detached.
    static ATTACHED: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread is attached, as far as this library attached it.
#[inline]
pub(crate) fn is_attached() -> bool {
    ATTACHED.try_with(|count| count.get() > 0).unwrap_or(false)
}

/// Why a thread could not be attached, and what to do.
pub(crate) type NoInterpreter = &'static str;

#[cfg(not(feature = "auto-initialize"))]
const NOT_RUNNING: NoInterpreter = "no Python interpreter runs in this process: call \
    Python::initialize() first, or enable the feature `auto-initialize`";
#[cfg(any(feature = "auto-initialize", Py_3_13))]
const ENDED: NoInterpreter = "the Python interpreter of this process has ended";

/// An attachment; ends it on drop.
pub(crate) struct Attachment {
    /// `None` where the thread was attached already.
    state: Option<ffi::PyGILState_STATE>,
}

impl Attachment {
    pub(crate) fn new() -> Result<Self, NoInterpreter> {
        if is_attached() {
            enter();
            return Ok(Attachment { state: None });
        }
        check_running()?;
        // SAFETY: the interpreter runs (checked above); where it ends at this very moment, CPython
        // parks the calling thread and pyo3-ffi keeps that from unwinding into Rust.
        let state = unsafe { ffi::PyGILState_Ensure() };
        enter();
        check_layouts();
        release_pending();
        Ok(Attachment { state: Some(state) })
    }

    /// An attachment for code that CPython calls.
    ///
    /// # Safety
    /// The thread must be attached: true for whatever CPython itself calls.
    pub(crate) unsafe fn assumed() -> Self {
        enter();
        release_pending();
        Attachment { state: None }
    }
}

impl Drop for Attachment {
    fn drop(&mut self) {
        ATTACHED.with(|count| count.set(count.get() - 1));
        if let Some(state) = self.state {
            // SAFETY: `state` comes from the `PyGILState_Ensure` of this value, on this thread:
            // an `Attachment` is never sent, as it lives in one stack frame of `Python::attach`.
            unsafe { ffi::PyGILState_Release(state) }
        }
    }
}

fn enter() {
    ATTACHED.with(|count| count.set(count.get() + 1));
}

/// A pause of the attachment; takes it up again on drop.
pub(crate) struct Detachment {
    count: usize,
    state: *mut ffi::PyThreadState,
}

impl Detachment {
    pub(crate) fn new(_py: Python<'_>) -> Self {
        let count = ATTACHED.with(|count| count.replace(0));
        // SAFETY: the thread is attached, witnessed by the token.
        let state = unsafe { ffi::PyEval_SaveThread() };
        Detachment { count, state }
    }
}

impl Drop for Detachment {
    fn drop(&mut self) {
        // SAFETY: `state` is what `PyEval_SaveThread` gave on this thread, restored once.
        unsafe { ffi::PyEval_RestoreThread(self.state) }
        ATTACHED.with(|count| count.set(self.count));
        release_pending();
    }
}

/// Starts the interpreter where none was ever started by this process.
pub(crate) fn initialize() {
    static START: Once = Once::new();
    START.call_once(|| {
        // SAFETY: `Py_IsInitialized` may always be called; the other two start an interpreter and
        // then release it, so that any thread may attach. `Once` keeps other threads of ours out.
        unsafe {
            if ffi::Py_IsInitialized() == 0 {
                ffi::Py_InitializeEx(0);
                ffi::PyEval_SaveThread();
            }
        }
    });
}

fn check_running() -> Result<(), NoInterpreter> {
    // SAFETY: `Py_IsInitialized` may be called at any time, from any thread.
    if unsafe { ffi::Py_IsInitialized() } == 0 {
        #[cfg(feature = "auto-initialize")]
        {
            initialize();
            // SAFETY: as above. Still not running: it ran before and has ended.
            if unsafe { ffi::Py_IsInitialized() } == 0 {
                return Err(ENDED);
            }
        }
        #[cfg(not(feature = "auto-initialize"))]
        return Err(NOT_RUNNING);
    }
    // SAFETY: `Py_IsFinalizing` may be called at any time, from any thread.
    #[cfg(Py_3_13)]
    if unsafe { ffi::Py_IsFinalizing() } != 0 {
        return Err(ENDED);
    }
    Ok(())
}

/// Refuses to run on an interpreter whose ints are laid out otherwise than this build reads them.
fn check_layouts() {
    static CHECK: Once = Once::new();
    CHECK.call_once(|| {
        // SAFETY: the thread is attached: `check_layouts` is called from `Attachment::new` only.
        if let Err(problem) = unsafe { layout::check() } {
            panic!("{problem}");
        }
    });
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
#[inline]
pub(crate) unsafe fn release(object: NonNull<ffi::PyObject>) {
    if is_attached() {
        // SAFETY: attached, and the reference is the caller's to give up.
        unsafe { layout::refcount::decref(object.as_ptr()) }
    } else {
        release_later(object);
    }
}

#[cold]
fn release_later(object: NonNull<ffi::PyObject>) {
    // SAFETY: `Py_IsInitialized` may be called at any time, from any thread.
    if unsafe { ffi::Py_IsInitialized() } == 0 {
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
