//! The guard against nesting that would overflow the stack.
//!
//! Data may be nested to any depth, or contain itself; every container and every derived struct
//! takes a [`StackGuard`] before it looks inside. It counts against Python's own recursion limit
//! (`Py_EnterRecursiveCall`) and also asks how much stack is left, since that limit may be set to
//! anything and knows nothing of threads with small stacks.

use std::ffi::c_int;

use pyo3_ffi as ffi;

use crate::exceptions::PyRecursionError;
use crate::{ConversionError, PyErr, Python};

/// The stack that is left alone: what the frames between two guards, CPython's own C frames
/// and the making of the error may use.
const RESERVE: usize = 96 * 1024;

/// One level of nesting; ends on drop.
#[must_use = "the level ends when the guard is dropped"]
pub struct StackGuard<'py>(Python<'py>);

impl<'py> StackGuard<'py> {
    /// Enters one level of nesting.
    ///
    /// # Errors
    /// `RecursionError`, where Python's recursion limit or the end of the stack is near.
    #[inline]
    pub fn enter(py: Python<'py>) -> Result<Self, ConversionError> {
        check()?;
        // SAFETY: attached, witnessed by the token; the text ends with NUL.
        let status: c_int = unsafe { ffi::Py_EnterRecursiveCall(c" during a conversion".as_ptr()) };
        if status != 0 {
            return Err(limit_reached(py));
        }
        Ok(StackGuard(py))
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

/// Looks only at the stack, where CPython itself counts levels: at each call of a function.
#[inline]
pub(crate) fn check() -> Result<(), ConversionError> {
    match stacker::remaining_stack() {
        Some(left) if left < RESERVE => Err(stack_ends()),
        _ => Ok(()),
    }
}

impl Drop for StackGuard<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: attached, witnessed by the token; pairs with the call in `enter`.
        unsafe { ffi::Py_LeaveRecursiveCall() }
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
