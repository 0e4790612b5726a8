//! [`PySequence`]: whatever has items by index.

use pyo3_ffi as ffi;

use super::abc::{Abc, yes_or_report};
use super::{PyAny, PyList, PyTuple, PyType};
use crate::{Borrowed, Bound, PyResult, PyTypeInfo, Python, gate};

/// A `collections.abc.Sequence`: lists, tuples, strs, bytes, ranges, and every class that says it
/// is one.
///
/// Its length and whether it has an item: [`Bound::size`], [`Bound::contains_object`]. Indices are
/// counted from the start; those beyond `isize` are taken for the greatest one.
pub struct PySequence(());

static SEQUENCE: Abc = Abc::new("Sequence");

// SAFETY: no memory of the object is read on the strength of this type, only its protocol used.
unsafe impl PyTypeInfo for PySequence {
    const NAME: &'static str = "Sequence";

    /// `collections.abc.Sequence`.
    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        SEQUENCE.class_or_object(py)
    }

    /// As [`PySequence::check`]; an exception is reported (`sys.unraisablehook`), and the answer
    /// no.
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
        yes_or_report(object, PySequence::check(object))
    }

    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        Self::is_type_of(object)
    }
}

impl PySequence {
    /// Whether the object's type is a `collections.abc.Sequence`. No Python code runs for a list or
    /// a tuple.
    ///
    /// # Errors
    /// What a `__subclasshook__` raised.
    pub fn check(object: &Bound<'_, PyAny>) -> PyResult<bool> {
        if PyList::is_type_of(object) || PyTuple::is_type_of(object) {
            return Ok(true);
        }
        SEQUENCE.is_type_of(object)
    }
}

impl<'py> Bound<'py, PySequence> {
    /// The item at an index (`PySequence_GetItem`).
    ///
    /// # Errors
    /// `IndexError`, or what `__getitem__` raised.
    pub fn get(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        unsafe {
            let item = ffi::PySequence_GetItem(self.as_ptr(), clip(index));
            gate::owned_or_err(self.py(), item)
        }
    }

    /// Sets the item at an index (`PySequence_SetItem`).
    ///
    /// # Errors
    /// `TypeError` for a sequence that does not change, `IndexError`, or what `__setitem__` raised.
    pub fn set(&self, index: usize, item: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, two live objects.
        gate::done_or_err(self.py(), unsafe {
            ffi::PySequence_SetItem(self.as_ptr(), clip(index), item.as_ptr())
        })
    }

    /// Removes the item at an index (`PySequence_DelItem`).
    ///
    /// # Errors
    /// `TypeError` for a sequence that does not change, `IndexError`, or what `__delitem__` raised.
    pub fn del(&self, index: usize) -> PyResult<()> {
        // SAFETY: attached, a live object.
        gate::done_or_err(self.py(), unsafe { ffi::PySequence_DelItem(self.as_ptr(), clip(index)) })
    }

    /// `self[start:stop]` (`PySequence_GetSlice`).
    ///
    /// # Errors
    /// What `__getitem__` raised.
    pub fn slice(&self, start: usize, stop: usize) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        unsafe {
            let slice = ffi::PySequence_GetSlice(self.as_ptr(), clip(start), clip(stop));
            gate::owned_or_err(self.py(), slice)
        }
    }

    /// `self[start:stop] = items` (`PySequence_SetSlice`).
    ///
    /// # Errors
    /// `TypeError` for a sequence that does not change, or what `__setitem__` raised.
    pub fn set_slice(&self, start: usize, stop: usize, items: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, two live objects.
        gate::done_or_err(self.py(), unsafe {
            ffi::PySequence_SetSlice(self.as_ptr(), clip(start), clip(stop), items.as_ptr())
        })
    }

    /// `del self[start:stop]` (`PySequence_DelSlice`).
    ///
    /// # Errors
    /// `TypeError` for a sequence that does not change, or what `__delitem__` raised.
    pub fn del_slice(&self, start: usize, stop: usize) -> PyResult<()> {
        // SAFETY: attached, a live object.
        gate::done_or_err(self.py(), unsafe {
            ffi::PySequence_DelSlice(self.as_ptr(), clip(start), clip(stop))
        })
    }

    /// `self + other` (`PySequence_Concat`).
    ///
    /// # Errors
    /// `TypeError` where they cannot be joined, or what `__add__` raised.
    pub fn concat(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, two live objects; a new reference or NULL with an exception.
        unsafe {
            let both = ffi::PySequence_Concat(self.as_ptr(), other.as_ptr());
            gate::owned_or_err(self.py(), both)
        }
    }

    /// `self += other`, and gives `self`, or another object for a sequence that does not change
    /// (`PySequence_InPlaceConcat`).
    ///
    /// # Errors
    /// `TypeError` where they cannot be joined, or what `__iadd__` or `__add__` raised.
    pub fn in_place_concat(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, two live objects; a new reference or NULL with an exception.
        unsafe {
            let both = ffi::PySequence_InPlaceConcat(self.as_ptr(), other.as_ptr());
            gate::owned_or_err(self.py(), both)
        }
    }

    /// `self * count` (`PySequence_Repeat`).
    ///
    /// # Errors
    /// `TypeError` where it cannot be repeated, `MemoryError`, or what `__mul__` raised.
    pub fn repeat(&self, count: usize) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        unsafe {
            let repeated = ffi::PySequence_Repeat(self.as_ptr(), clip(count));
            gate::owned_or_err(self.py(), repeated)
        }
    }

    /// `self *= count`, and gives `self`, or another object for a sequence that does not change
    /// (`PySequence_InPlaceRepeat`).
    ///
    /// # Errors
    /// `TypeError` where it cannot be repeated, `MemoryError`, or what `__imul__` or `__mul__`
    /// raised.
    pub fn in_place_repeat(&self, count: usize) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        unsafe {
            let repeated = ffi::PySequence_InPlaceRepeat(self.as_ptr(), clip(count));
            gate::owned_or_err(self.py(), repeated)
        }
    }

    /// How many items equal the object (`PySequence_Count`). All items are asked for.
    ///
    /// # Errors
    /// What `__iter__` or a comparison raised.
    pub fn count(&self, object: &Bound<'py, PyAny>) -> PyResult<usize> {
        // SAFETY: attached, two live objects.
        let count = unsafe { ffi::PySequence_Count(self.as_ptr(), object.as_ptr()) };
        gate::count_or_err(self.py(), count)
    }

    /// The index of the first item that equals the object (`PySequence_Index`).
    ///
    /// # Errors
    /// `ValueError` where none does, or what `__iter__` or a comparison raised.
    pub fn index_of(&self, object: &Bound<'py, PyAny>) -> PyResult<usize> {
        // SAFETY: attached, two live objects.
        let index = unsafe { ffi::PySequence_Index(self.as_ptr(), object.as_ptr()) };
        gate::count_or_err(self.py(), index)
    }

    /// A new list of the items (`PySequence_List`).
    ///
    /// # Errors
    /// What `__iter__` raised.
    pub fn to_list(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live object; a new reference to a list or NULL with an exception.
        unsafe {
            let list = gate::owned_or_err(self.py(), ffi::PySequence_List(self.as_ptr()))?;
            Ok(list.cast_into_unchecked())
        }
    }

    /// A tuple of the items: itself, where it is one (`PySequence_Tuple`).
    ///
    /// # Errors
    /// What `__iter__` raised.
    pub fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>> {
        // SAFETY: attached, a live object; a new reference to a tuple or NULL with an exception.
        unsafe {
            let tuple = gate::owned_or_err(self.py(), ffi::PySequence_Tuple(self.as_ptr()))?;
            Ok(tuple.cast_into_unchecked())
        }
    }
}

/// The index as CPython counts; one beyond that is beyond every sequence, too.
fn clip(index: usize) -> ffi::Py_ssize_t {
    ffi::Py_ssize_t::try_from(index).unwrap_or(ffi::Py_ssize_t::MAX)
}
