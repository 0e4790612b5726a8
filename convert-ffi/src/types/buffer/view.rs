//! Views of buffers: one that is copied at once, and [`PyBuffer`], which stays.

use std::ffi::{CStr, c_char, c_int};
use std::fmt;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};

use pyo3_ffi as ffi;

use super::element::{Element, Format, Kind};
use super::{shows_none, with_capacity};
use crate::exceptions::PyBufferError;
use crate::types::PyAny;
use crate::{Bound, PyResult, gate};

/// Whether the object's class has the buffer protocol (`PyObject_CheckBuffer`).
#[inline]
pub(super) fn has_buffer(object: &Bound<'_, PyAny>) -> bool {
    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: a live object, whose type and that type's slots live as long as it does.
    unsafe {
        let slots = (*ffi::Py_TYPE(object.as_ptr())).tp_as_buffer.as_ref();
        slots.is_some_and(|slots| slots.bf_getbuffer.is_some())
    }
    #[cfg(Py_LIMITED_API)]
    // SAFETY: a live object.
    unsafe {
        ffi::PyObject_CheckBuffer(object.as_ptr()) != 0
    }
}

/// See [`copy_buffer`](Bound::copy_buffer).
pub(super) fn copy<T: Element>(object: &Bound<'_, PyAny>, most: usize) -> PyResult<Option<Vec<T>>> {
    // SAFETY: what `with_view` shows came from `PyObject_GetBuffer`.
    match with_view(object, ffi::PyBUF_RECORDS_RO, |view| unsafe { copy_row(view, most) }) {
        Ok(copied) => copied,
        Err(error) if shows_none(&error, object.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Shows `look` a view of the object's buffer (`PyObject_GetBuffer`). The view stays in its place:
/// exporters may let it point into itself.
#[inline]
fn with_view<R>(
    object: &Bound<'_, PyAny>,
    flags: c_int,
    look: impl FnOnce(&ffi::Py_buffer) -> R,
) -> PyResult<R> {
    /// Releases the view, however `look` ends.
    struct Release(*mut ffi::Py_buffer);
    impl Drop for Release {
        fn drop(&mut self) {
            // SAFETY: attached, and the view was filled: both so where this is made.
            unsafe { ffi::PyBuffer_Release(self.0) }
        }
    }
    let mut view = ffi::Py_buffer::new();
    let view = &raw mut view;
    // SAFETY: attached, a live object, and a view to be filled; -1 says that an exception is set.
    gate::done_or_err(object.py(), unsafe {
        ffi::PyObject_GetBuffer(object.as_ptr(), view, flags)
    })?;
    let _release = Release(view);
    // SAFETY: filled above, and nobody changes a view before its release.
    Ok(look(unsafe { &*view }))
}

/// Copies the items, where they are `T`s in one dimension and the view does not contradict itself.
///
/// # Safety
/// `PyObject_GetBuffer` filled the view, which was not released since.
#[inline]
unsafe fn copy_row<T: Element>(view: &ffi::Py_buffer, most: usize) -> PyResult<Option<Vec<T>>> {
    // SAFETY: the caller says that `PyObject_GetBuffer` filled the view, which was not released
    // since.
    let Some(format) = (unsafe { format_as::<T>(view) }) else { return Ok(None) };
    if view.ndim != 1 || view.shape.is_null() || !view.suboffsets.is_null() {
        return Ok(None);
    }
    // SAFETY: a view of one dimension has one entry in its shape and, unless NULL, its strides.
    let (count, stride) = unsafe {
        let stride = if view.strides.is_null() { view.itemsize } else { *view.strides };
        (*view.shape, stride)
    };
    let (Ok(count), Ok(length)) = (usize::try_from(count), usize::try_from(view.len)) else {
        return Ok(None);
    };
    let is_sound =
        count.checked_mul(size_of::<T>()) == Some(length) && (count == 0 || !view.buf.is_null());
    if count > most || !is_sound {
        return Ok(None);
    }
    let start = view.buf.cast::<u8>().cast_const();
    let swapped = format.swapped;
    let mut values = with_capacity(count)?;
    // SAFETY: the exporter vouches for an item at each of `count` strides, kept and left in place
    // until the release.
    let item = |index: usize, stride: isize| unsafe {
        T::load(start.wrapping_offset((index as isize).wrapping_mul(stride)), swapped)
    };
    if stride != view.itemsize {
        values.extend((0..count).map(|index| item(index, stride)));
    } else if swapped || T::KIND == Kind::Bool {
        // A stride that the compiler knows.
        values.extend((0..count).map(|index| item(index, size_of::<T>() as isize)));
    } else if count > 0 {
        // SAFETY: the exporter vouches for `length` bytes, kept and left in place until the
        // release; the `Vec` is new and has room for as many. Any bytes are a number.
        unsafe {
            ptr::copy_nonoverlapping(start, values.as_mut_ptr().cast::<u8>(), length);
            values.set_len(count);
        }
    }
    Ok(Some(values))
}

/// The format of the items, where they are `T`s.
///
/// # Safety
/// `PyObject_GetBuffer` filled the view, which was not released since.
#[inline]
unsafe fn format_as<T: Element>(view: &ffi::Py_buffer) -> Option<Format> {
    // SAFETY: the caller says that `PyObject_GetBuffer` filled the view, which was not released
    // since.
    let format = Format::parse(unsafe { format(view) }.to_bytes())?;
    (format.is::<T>() && view.itemsize == size_of::<T>() as isize).then_some(format)
}

/// The format, which is `B` where none is given.
///
/// # Safety
/// `PyObject_GetBuffer` filled the view, which was not released since.
#[inline]
unsafe fn format(view: &ffi::Py_buffer) -> &CStr {
    if view.format.is_null() {
        return c"B";
    }
    // SAFETY: the exporter gives NULL or a text that ends with NUL and stays until the release.
    unsafe { CStr::from_ptr(view.format) }
}

/// A view of an object's buffer, which the object may not move or free before this is dropped
/// (`PyBuffer_Release`). Its items may change all the while: nothing here lends them.
///
/// ```
/// # convert_ffi::Python::initialize();
/// use convert_ffi::{Python, types::PyBuffer};
/// Python::attach(|py| {
///     let image = py.eval(c"memoryview(bytes(range(6))).cast('B', [2, 3])", None, None)?;
///     let buffer = PyBuffer::get(&image)?;
///     assert_eq!(buffer.shape(), [2, 3]);
///     assert_eq!(buffer.to_vec::<u8>()?, Some(vec![0, 1, 2, 3, 4, 5]));
///     assert_eq!(buffer.to_vec::<f32>()?, None);
///     Ok::<_, convert_ffi::PyErr>(())
/// }).unwrap();
/// ```
pub struct PyBuffer<'py> {
    /// From a `Box`: an exporter may let the view point into itself.
    view: NonNull<ffi::Py_buffer>,
    exporter: PhantomData<Bound<'py, PyAny>>,
}

impl<'py> PyBuffer<'py> {
    /// The object's buffer, whatever its shape, to be read only (`PyObject_GetBuffer` with
    /// `PyBUF_FULL_RO`).
    ///
    /// # Errors
    /// `TypeError` where it has none; `BufferError` or whatever else it raised; `BufferError` where
    /// its shape and its length contradict each other.
    pub fn get(object: &Bound<'py, PyAny>) -> PyResult<PyBuffer<'py>> {
        let mut view = Box::new(ffi::Py_buffer::new());
        // SAFETY: attached, a live object, and a view to be filled; -1 says that an exception is
        // set.
        let status =
            unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), &mut *view, ffi::PyBUF_FULL_RO) };
        gate::done_or_err(object.py(), status)?;
        let view = NonNull::from(Box::leak(view));
        let buffer = PyBuffer { view, exporter: PhantomData };
        if buffer.is_consistent() {
            Ok(buffer)
        } else {
            Err(PyBufferError::new_err("the buffer's shape and its length contradict each other"))
        }
    }

    fn is_consistent(&self) -> bool {
        let view = self.view();
        let has_shape = match view.ndim {
            0 => true,
            1..=64 => !view.shape.is_null(),
            _ => false,
        };
        let sizes = [view.len, view.itemsize].map(usize::try_from);
        let (true, [Ok(length), Ok(item_size)]) = (has_shape, sizes) else { return false };
        let none_negative = self.shape().iter().all(|&count| isize::try_from(count).is_ok());
        none_negative
            && product(self.shape()).and_then(|count| count.checked_mul(item_size)) == Some(length)
            && (!view.buf.is_null() || length == 0)
    }

    #[inline]
    fn view(&self) -> &ffi::Py_buffer {
        // SAFETY: filled in `get` and released on drop; nobody changes it meanwhile.
        unsafe { self.view.as_ref() }
    }

    /// How many bytes an item has.
    pub fn item_size(&self) -> usize {
        self.view().itemsize as usize
    }

    /// How many items there are, in all dimensions together.
    pub fn item_count(&self) -> usize {
        product(self.shape()).unwrap_or(0)
    }

    /// How many bytes all items have together.
    pub fn len_bytes(&self) -> usize {
        self.view().len as usize
    }

    /// Whether the object does not want its items to be changed.
    pub fn readonly(&self) -> bool {
        self.view().readonly != 0
    }

    /// How many dimensions there are; none for a single number.
    pub fn dimensions(&self) -> usize {
        self.view().ndim as usize
    }

    /// How many items there are in each dimension.
    pub fn shape(&self) -> &[usize] {
        if self.dimensions() == 0 {
            return &[];
        }
        // SAFETY: not NULL (checked in `get`), with an entry for each dimension, which the
        // exporter leaves as they are until the release. A `Py_ssize_t` is as wide as a `usize`.
        unsafe { std::slice::from_raw_parts(self.view().shape.cast(), self.dimensions()) }
    }

    /// How many bytes it is to the next item in each dimension; `None` where the exporter leaves it
    /// to the shape, in C's order.
    pub fn strides(&self) -> Option<&[isize]> {
        let strides = self.view().strides;
        if self.dimensions() == 0 || strides.is_null() {
            return None;
        }
        // SAFETY: not NULL, with an entry for each dimension, which the exporter leaves as they
        // are until the release.
        Some(unsafe { std::slice::from_raw_parts(strides, self.dimensions()) })
    }

    /// What the items are, in the notation of the module `struct`; `B` where the exporter does not
    /// say.
    pub fn format(&self) -> &CStr {
        // SAFETY: the view was filled in `get` and is released on drop.
        unsafe { format(self.view()) }
    }

    /// Whether the items lie one after the other, the last index changing first
    /// (`PyBuffer_IsContiguous`).
    pub fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(b'C')
    }

    /// Whether the items lie one after the other, the first index changing first
    /// (`PyBuffer_IsContiguous`).
    pub fn is_fortran_contiguous(&self) -> bool {
        self.is_contiguous(b'F')
    }

    fn is_contiguous(&self, order: u8) -> bool {
        // SAFETY: attached, and a filled view.
        unsafe { ffi::PyBuffer_IsContiguous(self.view.as_ptr(), order as c_char) != 0 }
    }

    /// All items, the last index changing first (`PyBuffer_ToContiguous`); `None` where they are no
    /// `T`s, down to their size.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn to_vec<T: Element>(&self) -> PyResult<Option<Vec<T>>> {
        // SAFETY: the view was filled in `get` and is released on drop.
        let Some(format) = (unsafe { format_as::<T>(self.view()) }) else { return Ok(None) };
        let (count, length) = (self.item_count(), self.view().len);
        let mut values = with_capacity::<T>(count)?;
        if count == 0 {
            return Ok(Some(values));
        }
        let start = values.as_mut_ptr();
        // SAFETY: attached, a filled view, and room for its `length` bytes: `count` items of the
        // size of a `T` (checked in `get` and by `format_as`).
        let status = unsafe {
            ffi::PyBuffer_ToContiguous(start.cast(), self.view.as_ptr(), length, b'C' as c_char)
        };
        gate::done_or_err(self.py(), status)?;
        if T::KIND == Kind::Bool || format.swapped {
            for index in 0..count {
                // SAFETY: the `Vec` has room for `count` items, whose bytes were written above.
                unsafe {
                    let item = start.add(index);
                    item.write(T::load(item.cast(), format.swapped));
                }
            }
        }
        // SAFETY: all `count` items were written, and bools made valid.
        unsafe { values.set_len(count) };
        Ok(Some(values))
    }

    fn py(&self) -> crate::Python<'py> {
        // SAFETY: made from a `Bound`, and as little `Send` as that.
        unsafe { crate::Python::assume_attached() }
    }
}

impl Drop for PyBuffer<'_> {
    fn drop(&mut self) {
        // SAFETY: attached: a `PyBuffer` is no more `Send` than the `Bound` it was made from. The
        // view was filled and put into a box in `get`, and both end here.
        unsafe {
            ffi::PyBuffer_Release(self.view.as_ptr());
            drop(Box::from_raw(self.view.as_ptr()));
        }
    }
}

impl fmt::Debug for PyBuffer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PyBuffer")
            .field("format", &self.format())
            .field("shape", &self.shape())
            .finish_non_exhaustive()
    }
}

/// The number of items of that shape, unless it is beyond any memory.
fn product(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1, |product: usize, &count| product.checked_mul(count))
}
