//! [`PyList`]: a row of objects that may change.

use pyo3_ffi as ffi;

use super::{PyAny, native_type};
use crate::exceptions::PyIndexError;
use crate::{Borrowed, Bound, ConversionError, Leaf, PyResult, Python, TypeHint, gate, layout};

native_type! {
    /// Python's `list`.
    PyList, "list", PyList_Type, ffi::PyList_Check, ffi::PyList_CheckExact
}

impl PyList {
    /// `[]` (`PyList_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
        // SAFETY: attached; a new reference to a list or NULL with an exception.
        unsafe { Ok(gate::owned_or_err(py, ffi::PyList_New(0))?.cast_into_unchecked()) }
    }
}

/// A list being filled, at a size that is known. Python code cannot see it before it is full:
/// the garbage collector, through which every container may be found, learns of it last.
pub struct ListBuilder<'py> {
    list: Bound<'py, PyList>,
    capacity: usize,
    filled: usize,
}

impl<'py> ListBuilder<'py> {
    /// An empty list with that many places (`PyList_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new(py: Python<'py>, capacity: usize) -> PyResult<Self> {
        // SAFETY: attached; a new reference to a list or NULL with an exception. A new list is
        // tracked by the garbage collector, which is undone here and redone in `finish`.
        unsafe {
            let list = gate::owned_or_err(py, ffi::PyList_New(capacity as _))?;
            ffi::PyObject_GC_UnTrack(list.as_ptr().cast());
            Ok(ListBuilder { list: list.cast_into_unchecked(), capacity, filled: 0 })
        }
    }

    /// Fills the next place.
    ///
    /// # Panics
    /// Where there is none left.
    #[inline]
    pub fn push(&mut self, object: Bound<'py, PyAny>) {
        assert!(self.filled < self.capacity, "more items than the list was made for");
        // SAFETY: attached; the list was made here with `capacity` places, and nobody has seen it;
        // place `filled` is empty. The reference is given away.
        unsafe {
            layout::list::Places::of(self.list.as_ptr()).fill(self.filled, object.into_ptr());
        }
        self.filled += 1;
    }

    /// Fills the next places with what `make` makes of items and their indices, until there are no
    /// more items, or no more places.
    ///
    /// # Errors
    /// The first error of `make`.
    #[inline]
    pub fn push_each<T, E>(
        &mut self,
        items: impl Iterator<Item = T>,
        mut make: impl FnMut(usize, T) -> Result<Bound<'py, PyAny>, E>,
    ) -> Result<(), E> {
        // SAFETY: a live list, made here, which nobody has seen: its places do not move.
        let mut places = unsafe { layout::list::Places::of(self.list.as_ptr()) };
        for (place, item) in (self.filled..self.capacity).zip(items) {
            let object = make(place, item)?;
            // SAFETY: the list has `capacity` places, and this one is empty. The reference is given
            // away.
            unsafe { places.fill(place, object.into_ptr()) };
            self.filled = place + 1;
        }
        Ok(())
    }

    /// How many places are filled.
    #[inline]
    pub fn len(&self) -> usize {
        self.filled
    }

    /// Whether no place is filled.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Fills the next place, or makes one where none is left (`PyList_Append`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn push_or_append(&mut self, object: Bound<'py, PyAny>) -> PyResult<()> {
        if self.filled == self.capacity {
            self.list.append_object(&object)?;
            (self.filled, self.capacity) = (self.filled + 1, self.capacity + 1);
        } else {
            self.push(object);
        }
        Ok(())
    }

    /// The list, without the places that are left empty (`PyList_SetSlice`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn finish_as_filled(mut self) -> PyResult<Bound<'py, PyList>> {
        if self.filled < self.capacity {
            let (filled, capacity) = (self.filled as _, self.capacity as _);
            // SAFETY: attached, a live list, which nobody has seen; NULL for what is put there
            // removes the places, and those that are empty may be removed like others.
            gate::done_or_err(self.list.py(), unsafe {
                ffi::PyList_SetSlice(self.list.as_ptr(), filled, capacity, std::ptr::null_mut())
            })?;
            self.capacity = self.filled;
        }
        Ok(self.finish())
    }

    /// The list.
    ///
    /// # Panics
    /// Where places are left empty.
    pub fn finish(self) -> Bound<'py, PyList> {
        assert_eq!(self.filled, self.capacity, "fewer items than the list was made for");
        // SAFETY: a live list without empty places, not tracked since `new`.
        unsafe { ffi::PyObject_GC_Track(self.list.as_ptr().cast()) };
        self.list
    }
}

impl<'py> Bound<'py, PyList> {
    /// How many items it has now.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: attached, a live list.
        unsafe { layout::list::len(self.as_ptr()) }
    }

    /// Whether it is empty now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at an index, where there is one now.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Bound<'py, PyAny>> {
        // SAFETY: attached, a live list; a new reference or NULL for none.
        unsafe { gate::owned_or_none(self.py(), layout::list::item(self.as_ptr(), index)) }
    }

    /// The item at an index.
    ///
    /// # Errors
    /// `IndexError` beyond the end.
    pub fn item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        self.get(index).ok_or_else(|| PyIndexError::new_err("list index out of range"))
    }

    /// Appends an object (`PyList_Append`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn append_object(&self, object: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live list and a live object.
        gate::done_or_err(self.py(), unsafe { ffi::PyList_Append(self.as_ptr(), object.as_ptr()) })
    }

    /// Inserts an object before the item at an index (`PyList_Insert`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn insert_object(&self, index: usize, object: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live list and a live object.
        gate::done_or_err(self.py(), unsafe {
            ffi::PyList_Insert(self.as_ptr(), index as _, object.as_ptr())
        })
    }

    /// Sorts in place (`PyList_Sort`).
    ///
    /// # Errors
    /// What a comparison raised.
    pub fn sort(&self) -> PyResult<()> {
        // SAFETY: attached, a live list.
        gate::done_or_err(self.py(), unsafe { ffi::PyList_Sort(self.as_ptr()) })
    }

    /// Reverses in place (`PyList_Reverse`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn reverse(&self) -> PyResult<()> {
        // SAFETY: attached, a live list.
        gate::done_or_err(self.py(), unsafe { ffi::PyList_Reverse(self.as_ptr()) })
    }

    /// A tuple of the same items (`PyList_AsTuple`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn to_tuple(&self) -> PyResult<Bound<'py, super::PyTuple>> {
        // SAFETY: attached, a live list; a new reference to a tuple or NULL with an exception.
        unsafe {
            let tuple = gate::owned_or_err(self.py(), ffi::PyList_AsTuple(self.as_ptr()))?;
            Ok(tuple.cast_into_unchecked())
        }
    }

    /// Visits each item in order, holding it meanwhile. Reads the storage in place.
    ///
    /// # Errors
    /// The first error of `each`; a `RuntimeError` where the list changes size meanwhile.
    #[inline]
    pub fn walk<E: From<ConversionError>>(
        &self,
        mut each: impl FnMut(usize, Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        let length = self.len();
        for index in 0..length {
            match self.get(index) {
                Some(item) => each(index, item.as_borrowed())?,
                None => return Err(changed().into()),
            }
        }
        if self.len() == length { Ok(()) } else { Err(changed().into()) }
    }
}

#[cold]
pub(super) fn changed() -> ConversionError {
    ConversionError::new(const { &Leaf::changed(TypeHint::name("list")) })
}
