//! The buffer protocol: numbers that lie in memory one after the other, as in `array.array`,
//! `memoryview`, `bytearray`, ctypes arrays or NumPy's.
//!
//! | | for |
//! |---|---|
//! | [`copy_buffer`](Bound::copy_buffer) | conversions: one copy of a row of numbers, or no answer |
//! | [`Numbers`] | all numbers of a buffer of any shape, whatever their type |
//! | `PyBuffer` | looking at a buffer of any shape |
//!
//! The stable ABI has the buffer protocol from 3.11 on. Below, `PyBuffer` does not exist, and
//! `copy_buffer` asks a `memoryview` of the object.

mod element;
mod numbers;

pub use element::Element;
pub use numbers::{Number, Numbers};
#[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
pub use view::PyBuffer;

#[cfg(not(any(Py_3_11, not(Py_LIMITED_API))))]
#[path = "memoryview.rs"]
mod view;
#[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
mod view;

use super::PyAny;
use crate::exceptions::{PyBufferError, PyMemoryError, PyValueError};
use crate::{Bound, PyErr, PyResult, Python};

impl Bound<'_, PyAny> {
    /// The items of a buffer of one dimension, in one copy. `None` where the object has no such
    /// buffer, or one of more items than `most`, or they are no `T`s, down to their size: then it
    /// may still be a sequence of what can be converted.
    ///
    /// Any byte but zero is `true`. Bytes in the other order than this machine's are swapped.
    ///
    /// # Errors
    /// What the object raised when asked for its buffer, unless it was a `BufferError` or a
    /// `ValueError` (NumPy's, for items that no buffer can have); `MemoryError`.
    #[inline]
    pub fn copy_buffer<T: Element>(&self, most: usize) -> PyResult<Option<Vec<T>>> {
        if view::has_buffer(self) { view::copy(self, most) } else { Ok(None) }
    }
}

/// Whether an exporter said by this error that it shows no buffer, which is no reason not to read
/// it in another way: NumPy raises a `ValueError` for items that no buffer can have.
fn shows_none(error: &PyErr, py: Python<'_>) -> bool {
    error.is_instance_of::<PyBufferError>(py) || error.is_instance_of::<PyValueError>(py)
}

/// A `Vec` with room for so many values.
fn with_capacity<T>(count: usize) -> PyResult<Vec<T>> {
    let mut values = Vec::new();
    match values.try_reserve_exact(count) {
        Ok(()) => Ok(values),
        Err(_) => Err(no_memory()),
    }
}

/// The exception where what is read does not fit into memory.
#[cold]
#[inline(never)]
pub(crate) fn no_memory() -> PyErr {
    PyMemoryError::new_err("the converted values do not fit into memory")
}
