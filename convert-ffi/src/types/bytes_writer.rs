//! [`PyBytesWriter`]: a `bytes` that grows while it is written.

use std::io;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr::{self, NonNull};
use std::{mem, slice};

use pyo3_ffi as ffi;

use super::{PyBytes, to_size};
use crate::exceptions::PyMemoryError;
use crate::{Bound, PyResult, Python, gate, layout};

/// Room for so many bytes to begin with.
const AT_FIRST: usize = 1024;

/// Writes into a growing `bytes`, which is then handed out as it is: nothing is copied but by growing.
///
/// ```
/// # convert_ffi::Python::initialize();
/// use std::io::Write;
///
/// use convert_ffi::{PyErr, Python, types::PyBytesWriter};
///
/// Python::attach(|py| {
///     let mut writer = PyBytesWriter::new(py);
///     write!(writer, "{}-{}", 1, 2)?;
///     assert_eq!(writer.finish()?.as_bytes(), b"1-2");
///     Ok::<_, PyErr>(())
/// })
/// .unwrap();
/// ```
///
/// It grows by doubling (`_PyBytes_Resize`; under the stable ABI, which lacks it, by a copy). An error of
/// writing is the `MemoryError` that growing raised, inside the `io::Error`; from then on all fails.
///
/// With the feature `sonic-rs` it is also a writer of that crate.
pub struct PyBytesWriter<'py> {
    py: Python<'py>,
    /// Nobody else has seen it. NULL before the first byte.
    bytes: *mut ffi::PyObject,
    /// Where its bytes are; dangling while there is none.
    start: NonNull<u8>,
    written: usize,
    capacity: usize,
    /// Whether what was written is lost, as memory ran out.
    is_lost: bool,
}

impl<'py> PyBytesWriter<'py> {
    /// An empty one. Allocates nothing.
    #[inline]
    pub fn new(py: Python<'py>) -> Self {
        PyBytesWriter {
            py,
            bytes: ptr::null_mut(),
            start: NonNull::dangling(),
            written: 0,
            capacity: 0,
            is_lost: false,
        }
    }

    /// How many bytes were written.
    #[inline]
    pub fn len(&self) -> usize {
        self.written
    }

    /// Whether none were written.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.written == 0
    }

    /// The `bytes`, of what was written.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn finish(self) -> PyResult<Bound<'py, PyBytes>> {
        self.check()?;
        if self.written == 0 {
            return PyBytes::new(self.py, &[]);
        }
        let this = ManuallyDrop::new(self);
        // SAFETY: attached; `bytes` is a strong reference that nobody else has, and which is given
        // away. Where shortening fails it is NULL, with an exception.
        unsafe {
            let bytes = layout::bytes::resize(this.bytes, this.written as ffi::Py_ssize_t);
            Ok(gate::owned_or_err(this.py, bytes)?.cast_into_unchecked())
        }
    }

    fn check(&self) -> PyResult<()> {
        if self.is_lost { Err(PyMemoryError::new_err("")) } else { Ok(()) }
    }

    /// Room for so many bytes behind those that were written. They are not initialized.
    #[inline(always)]
    fn room(&mut self, additional: usize) -> io::Result<&mut [MaybeUninit<u8>]> {
        if self.capacity - self.written < additional {
            self.grow(additional)?;
        }
        // SAFETY: `bytes` has `capacity` bytes, of which there are so many left behind `written`; as
        // nobody else has seen the object, they may be written to. Where there is no object, none are
        // asked for.
        unsafe {
            let room = self.start.cast::<MaybeUninit<u8>>().add(self.written);
            Ok(slice::from_raw_parts_mut(room.as_ptr(), additional))
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) -> io::Result<()> {
        let needed = self.written.saturating_add(additional);
        let capacity = needed.max(self.capacity.saturating_mul(2)).max(AT_FIRST);
        self.resize(capacity).map_err(io::Error::other)
    }

    fn resize(&mut self, capacity: usize) -> PyResult<()> {
        self.check()?;
        let size = to_size(capacity)?;
        let old = mem::replace(&mut self.bytes, ptr::null_mut());
        // SAFETY: attached, a size. A new reference, or the one there was, which nobody else has and
        // which is given away; in return there is one to an object of that size, or NULL with an
        // exception.
        let bytes = unsafe {
            let bytes = if old.is_null() {
                ffi::PyBytes_FromStringAndSize(ptr::null(), size)
            } else {
                layout::bytes::resize(old, size)
            };
            gate::owned_or_err(self.py, bytes)
        };
        match bytes {
            Ok(bytes) => {
                self.bytes = bytes.into_ptr();
                // SAFETY: attached, a live `bytes`, whose contents are not at address 0.
                self.start = unsafe { NonNull::new_unchecked(layout::bytes::start(self.bytes)) };
                self.capacity = capacity;
                Ok(())
            }
            Err(error) => {
                (self.start, self.written, self.capacity) = (NonNull::dangling(), 0, 0);
                self.is_lost = true;
                Err(error)
            }
        }
    }
}

impl io::Write for PyBytesWriter<'_> {
    #[inline(always)]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline(always)]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        // SAFETY: the same bytes; initialized ones pass for others.
        let written = unsafe { slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) };
        self.room(bytes.len())?.copy_from_slice(written);
        self.written += bytes.len();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "sonic-rs")]
impl sonic_rs::writer::WriteExt for PyBytesWriter<'_> {
    #[inline(always)]
    fn reserve_with(&mut self, additional: usize) -> io::Result<&mut [MaybeUninit<u8>]> {
        self.room(additional)
    }

    #[inline(always)]
    unsafe fn flush_len(&mut self, additional: usize) -> io::Result<()> {
        // The caller vouches that it has written so many bytes into the room it got. What it says
        // beyond that room is not believed.
        self.written = self.capacity.min(self.written + additional);
        Ok(())
    }
}

impl Drop for PyBytesWriter<'_> {
    fn drop(&mut self) {
        // SAFETY: attached; a strong reference that nobody else has, or NULL.
        unsafe { ffi::Py_XDECREF(self.bytes) }
    }
}
