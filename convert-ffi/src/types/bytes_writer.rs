//! [`PyBytesWriter`]: a `bytes` that grows while it is written.

use std::io;
#[cfg(feature = "sonic-rs")]
use std::mem::MaybeUninit;
use std::mem::{self, ManuallyDrop};
use std::ptr::{self, NonNull};

use pyo3_ffi as ffi;

use super::{PyBytes, to_size};
use crate::exceptions::PyMemoryError;
use crate::{Bound, PyResult, Python, gate, layout};

/// Room for so many bytes to begin with.
const AT_FIRST: usize = 1024;

/// Writes into a growing `bytes`, which is then handed out as it is: nothing is copied but by
/// growing.
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
/// It grows by doubling (`_PyBytes_Resize`; under the stable ABI, which lacks it, by a copy). An
/// error of writing is the `MemoryError` that growing raised, inside the `io::Error`; from then on
/// all fails.
///
/// With the feature `sonic-rs` it is also a writer of that crate.
pub struct PyBytesWriter<'py> {
    py: Python<'py>,
    /// Nobody else has seen it. NULL before the first byte.
    bytes: *mut ffi::PyObject,
    /// Where the next byte goes; dangling while there is no object.
    next: NonNull<u8>,
    /// Where the room ends.
    end: NonNull<u8>,
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
            next: NonNull::dangling(),
            end: NonNull::dangling(),
            is_lost: false,
        }
    }

    /// How many bytes were written.
    #[inline]
    pub fn len(&self) -> usize {
        if self.bytes.is_null() {
            return 0;
        }
        // SAFETY: attached, a live `bytes`.
        let start = unsafe { layout::bytes::start(self.bytes) };
        self.next.addr().get() - start.addr()
    }

    /// Whether none were written.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The `bytes`, of what was written.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn finish(self) -> PyResult<Bound<'py, PyBytes>> {
        self.check()?;
        let length = self.len();
        if length == 0 {
            return PyBytes::new(self.py, &[]);
        }
        let this = ManuallyDrop::new(self);
        // SAFETY: attached; `bytes` is a strong reference that nobody else has, and which is given
        // away. Where shortening fails it is NULL, with an exception.
        unsafe {
            let bytes = layout::bytes::resize(this.bytes, length as ffi::Py_ssize_t);
            Ok(gate::owned_or_err(this.py, bytes)?.cast_into_unchecked())
        }
    }

    fn check(&self) -> PyResult<()> {
        if self.is_lost { Err(PyMemoryError::new_err("")) } else { Ok(()) }
    }

    /// How much room is left.
    #[inline(always)]
    fn left(&self) -> usize {
        self.end.addr().get() - self.next.addr().get()
    }

    /// Where so many bytes may be written.
    #[inline(always)]
    fn room(&mut self, additional: usize) -> io::Result<NonNull<u8>> {
        if self.left() < additional {
            self.grow(additional)?;
        }
        Ok(self.next)
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) -> io::Result<()> {
        let needed = self.len().saturating_add(additional);
        let capacity = self.len() + self.left();
        let capacity = needed.max(capacity.saturating_mul(2)).max(AT_FIRST);
        self.resize(capacity).map_err(io::Error::other)
    }

    fn resize(&mut self, capacity: usize) -> PyResult<()> {
        self.check()?;
        let (written, size) = (self.len(), to_size(capacity)?);
        let old = mem::replace(&mut self.bytes, ptr::null_mut());
        // SAFETY: attached, a size. A new reference, or the one there was, which nobody else has
        // and which is given away; in return there is one to an object of that size, or NULL with
        // an exception.
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
                // SAFETY: attached, a live `bytes` of that capacity, of which so many were written,
                // and whose contents are not at address 0.
                unsafe {
                    let start = NonNull::new_unchecked(layout::bytes::start(self.bytes));
                    (self.next, self.end) = (start.add(written), start.add(capacity));
                }
                Ok(())
            }
            Err(error) => {
                (self.next, self.end) = (NonNull::dangling(), NonNull::dangling());
                self.is_lost = true;
                Err(error)
            }
        }
    }
}

/// Copies the bytes. Numbers are short: calling `memcpy` takes longer than copying them.
///
/// # Safety
/// There is room for all of them, which overlaps with them nowhere.
#[inline(always)]
unsafe fn copy(from: &[u8], to: NonNull<u8>) {
    /// The first and the last so many bytes, some of which may be both.
    ///
    /// # Safety
    /// As of `copy`.
    #[inline(always)]
    unsafe fn copy_ends<const N: usize>(from: &[u8], to: NonNull<u8>) {
        if let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) {
            // SAFETY: there is room for at least as many bytes, as the caller says.
            unsafe {
                to.cast().write_unaligned(*first);
                to.add(from.len() - N).cast().write_unaligned(*last);
            }
        }
    }
    // SAFETY: the caller says that there is room for all these bytes.
    unsafe {
        match from.len() {
            4..=7 => copy_ends::<4>(from, to),
            8..=16 => copy_ends::<8>(from, to),
            17..=32 => copy_ends::<16>(from, to),
            length => ptr::copy_nonoverlapping(from.as_ptr(), to.as_ptr(), length),
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
        let room = self.room(bytes.len())?;
        // SAFETY: so many bytes may be written there, to an object that nobody else has seen: it is
        // not where they come from. Where there is no object, there are none.
        unsafe {
            self.next = room.add(bytes.len());
            copy(bytes, room);
        }
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
        let room = self.room(additional)?.cast::<MaybeUninit<u8>>();
        // SAFETY: so many bytes may be written there, while the object is not shown to anybody.
        // Where there is no object, none are asked for.
        Ok(unsafe { std::slice::from_raw_parts_mut(room.as_ptr(), additional) })
    }

    #[inline(always)]
    unsafe fn flush_len(&mut self, additional: usize) -> io::Result<()> {
        debug_assert!(additional <= self.left(), "more was written than there was room for");
        // SAFETY: the caller vouches that it has written so many bytes into the room it got.
        self.next = unsafe { self.next.add(additional) };
        Ok(())
    }
}

impl Drop for PyBytesWriter<'_> {
    fn drop(&mut self) {
        // SAFETY: attached; a strong reference that nobody else has, or NULL.
        unsafe { ffi::Py_XDECREF(self.bytes) }
    }
}
