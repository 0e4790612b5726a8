//! [`PyTuple`]: a fixed row of objects.

use pyo3_ffi as ffi;

use super::{PyAny, native_type};
use crate::exceptions::PyIndexError;
use crate::{Borrowed, Bound, ConversionError, Leaf, PyResult, Python, TypeHint, gate, layout};

native_type! {
    /// Python's `tuple`.
    PyTuple, "tuple", PyTuple_Type, ffi::PyTuple_Check, ffi::PyTuple_CheckExact
}

impl PyTuple {
    /// A tuple of these objects.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_array<'py, const N: usize>(
        py: Python<'py>,
        objects: [Bound<'py, PyAny>; N],
    ) -> PyResult<Bound<'py, PyTuple>> {
        // As pointers, which need no dropping, the loop becomes a line of stores.
        let pointers = || objects.map(Bound::into_ptr).into_iter();
        // SAFETY: an array gives as many as it has, and moving them runs no Python code.
        unsafe { made_of(py, N, pointers) }
    }

    /// A tuple of these objects.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub(super) fn from_slice<'py>(
        py: Python<'py>,
        objects: &[Bound<'py, PyAny>],
    ) -> PyResult<Bound<'py, PyTuple>> {
        let pointers = || objects.iter().map(|object| object.clone().into_ptr());
        // SAFETY: a slice gives as many as it has, and a further reference runs no Python code.
        unsafe { made_of(py, objects.len(), pointers) }
    }

    /// As [`from_slice`](Self::from_slice), but not in line: for what is made once, and for errors.
    #[cold]
    #[inline(never)]
    pub(crate) fn new_rarely<'py>(
        py: Python<'py>,
        objects: &[Bound<'py, PyAny>],
    ) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::from_slice(py, objects)
    }

    /// A tuple of the objects that an iterator gives.
    ///
    /// # Errors
    /// `MemoryError`.
    ///
    /// # Panics
    /// If the iterator gives fewer items than it announces.
    #[inline]
    pub fn from_objects<'py, I>(py: Python<'py>, objects: I) -> PyResult<Bound<'py, PyTuple>>
    where
        I: IntoIterator<Item = Bound<'py, PyAny>>,
        I::IntoIter: ExactSizeIterator,
    {
        let objects = objects.into_iter();
        let length = objects.len();
        // SAFETY: attached; a new reference to a tuple or NULL with an exception.
        let tuple = unsafe { gate::owned_or_err(py, ffi::PyTuple_New(length as _))? };
        if length == 0 {
            // SAFETY: it was made as a tuple.
            return Ok(unsafe { tuple.cast_into_unchecked() });
        }
        // Nobody shall find the tuple while it has empty places, which the garbage collector, who
        // knows of every container, would otherwise allow to the code that makes the items.
        // SAFETY: a live, new tuple of its own (only the empty one is shared), tracked once.
        unsafe { ffi::PyObject_GC_UnTrack(tuple.as_ptr().cast()) };
        let mut filled = 0;
        for (index, object) in objects.take(length).enumerate() {
            // SAFETY: the tuple is new, seen by nobody, and has `length` places, each filled once;
            // the reference is given away.
            unsafe { set_item(tuple.as_ptr(), index, object.into_ptr()) };
            filled += 1;
        }
        assert_eq!(filled, length, "an ExactSizeIterator gave fewer items than it announced");
        // SAFETY: a live tuple without empty places, untracked above; it was made as a tuple.
        unsafe {
            ffi::PyObject_GC_Track(tuple.as_ptr().cast());
            Ok(tuple.cast_into_unchecked())
        }
    }
}

/// A tuple of objects that are all there: while it has empty places, nothing happens that would let
/// anybody find it.
///
/// # Safety
/// `objects` gives `length` references, to be given away, and runs no Python code for that.
#[inline]
unsafe fn made_of<I: Iterator<Item = *mut ffi::PyObject>>(
    py: Python<'_>,
    length: usize,
    objects: impl FnOnce() -> I,
) -> PyResult<Bound<'_, PyTuple>> {
    // SAFETY: attached; a new reference to a tuple or NULL with an exception. Nobody has seen it
    // unless it is empty; it has `length` places, each filled once.
    unsafe {
        let tuple = gate::owned_or_err(py, ffi::PyTuple_New(length as _))?;
        for (index, object) in objects().enumerate() {
            set_item(tuple.as_ptr(), index, object);
        }
        Ok(tuple.cast_into_unchecked())
    }
}

/// # Safety
/// `tuple` is a tuple nobody has seen, with an empty place at `index`; the reference is given away.
unsafe fn set_item(tuple: *mut ffi::PyObject, index: usize, object: *mut ffi::PyObject) {
    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: the caller gives a tuple nobody has seen, with an empty place at the index.
    unsafe {
        ffi::PyTuple_SET_ITEM(tuple, index as _, object)
    }
    #[cfg(Py_LIMITED_API)]
    // SAFETY: the caller gives a tuple nobody has seen, with a place at the index: the function
    // does not fail.
    unsafe {
        ffi::PyTuple_SetItem(tuple, index as _, object);
    }
}

impl<'py> Bound<'py, PyTuple> {
    /// How many items it has.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: attached, a live tuple.
        unsafe { layout::tuple::len(self.as_ptr()) }
    }

    /// Whether it is `()`.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at an index.
    ///
    /// # Errors
    /// `IndexError` beyond the end, or where the place is empty.
    pub fn item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.as_borrowed().get_borrowed(index) {
            Some(item) => Ok(item.to_owned()),
            None => Err(PyIndexError::new_err("tuple index out of range")),
        }
    }

    /// Visits each item in order.
    ///
    /// # Errors
    /// The first error of `each`, or a `RuntimeError` where a place is empty: the garbage collector
    /// shows tuples that are still being made.
    #[inline]
    pub fn walk<E: From<ConversionError>>(
        &self,
        mut each: impl FnMut(usize, Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        for index in 0..self.len() {
            match self.as_borrowed().get_borrowed(index) {
                Some(item) => each(index, item)?,
                None => return Err(changed().into()),
            }
        }
        Ok(())
    }
}

/// The error for a tuple with an empty place.
#[cold]
pub(super) fn changed() -> ConversionError {
    ConversionError::new(const { &Leaf::changed(TypeHint::name("tuple")) })
}

impl<'a, 'py> Borrowed<'a, 'py, PyTuple> {
    /// The item at an index, which lives as long as the tuple: tuples do not change. `None` beyond
    /// the end, and for a place that is still empty.
    #[inline]
    pub fn get_borrowed(self, index: usize) -> Option<Borrowed<'a, 'py, PyAny>> {
        if index >= self.len() {
            return None;
        }
        // SAFETY: attached, a live tuple with that index; it holds the item for as long as it
        // lives itself, `'a`. A tuple that is still being made has NULL in its empty places.
        unsafe { gate::borrowed_or_none(self.py(), layout::tuple::item(self.as_ptr(), index)) }
    }
}
