//! [`PySlice`]: `start:stop:step`.

use std::ptr;

use pyo3_ffi as ffi;

use super::{PyAny, PyInt, native_type};
use crate::exceptions::PyValueError;
use crate::{Bound, PyResult, Python, gate, intern};

native_type! {
    /// Python's `slice`.
    PySlice, "slice", PySlice_Type, ffi::PySlice_Check, ffi::PySlice_Check
}

/// What a slice means for a sequence of a certain length: see [`Bound::indices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PySliceIndices {
    /// The index of the first item.
    pub start: isize,
    /// The index that is not reached; -1 for "before the first", where the step is negative.
    pub stop: isize,
    /// From one index to the next; never 0.
    pub step: isize,
    /// How many items the slice has.
    pub slicelength: usize,
}

impl PySlice {
    /// `slice(start, stop, step)` (`PySlice_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new(
        py: Python<'_>,
        start: isize,
        stop: isize,
        step: isize,
    ) -> PyResult<Bound<'_, PySlice>> {
        let int = |value: isize| PyInt::from_i64(py, value as i64).map(Bound::into_any);
        Self::from_objects(&int(start)?, &int(stop)?, &int(step)?)
    }

    /// `slice(None)`, all items: `[:]` (`PySlice_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn full(py: Python<'_>) -> PyResult<Bound<'_, PySlice>> {
        // SAFETY: attached; NULL stands for None; a new reference to a slice or NULL with an
        // exception.
        unsafe {
            let slice = ffi::PySlice_New(ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
            Ok(gate::owned_or_err(py, slice)?.cast_into_unchecked())
        }
    }

    /// `slice(start, stop, step)` of any objects, `None` among them (`PySlice_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_objects<'py>(
        start: &Bound<'py, PyAny>,
        stop: &Bound<'py, PyAny>,
        step: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PySlice>> {
        // SAFETY: attached, three live objects; a new reference to a slice or NULL with an
        // exception.
        unsafe {
            let slice = ffi::PySlice_New(start.as_ptr(), stop.as_ptr(), step.as_ptr());
            Ok(gate::owned_or_err(start.py(), slice)?.cast_into_unchecked())
        }
    }
}

// No class derives from slice, and its attributes are members of a C struct: reading them runs no
// Python code.
impl<'py> Bound<'py, PySlice> {
    /// `slice.start`: any object.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn start(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "start"))
    }

    /// `slice.stop`: any object.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn stop(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "stop"))
    }

    /// `slice.step`: any object.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn step(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "step"))
    }

    /// The indices that the slice selects from a sequence of that length (`PySlice_Unpack`,
    /// `PySlice_AdjustIndices`): `slice.indices(length)`, with a step beyond `isize` clipped to it.
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::{Python, types::{PySlice, PySliceIndices}};
    /// Python::attach(|py| {
    ///     let indices = PySlice::new(py, 1, -1, 2).unwrap().indices(6).unwrap();
    ///     assert_eq!(indices, PySliceIndices { start: 1, stop: 5, step: 2, slicelength: 2 });
    /// });
    /// ```
    ///
    /// # Errors
    /// `ValueError` for the step 0 or a negative length; `TypeError` where start, stop or step has
    /// no `__index__`, or what that raised.
    pub fn indices(&self, length: isize) -> PyResult<PySliceIndices> {
        if length < 0 {
            return Err(PyValueError::new_err("length should not be negative"));
        }
        let (mut start, mut stop, mut step) = (0, 0, 0);
        // SAFETY: attached, a live slice, and three places to write to.
        let status =
            unsafe { ffi::PySlice_Unpack(self.as_ptr(), &mut start, &mut stop, &mut step) };
        gate::done_or_err(self.py(), status)?;
        // SAFETY: the length is not negative, and `PySlice_Unpack` gives a step that is neither 0
        // nor the least `isize`: nothing overflows.
        let slicelength =
            unsafe { ffi::PySlice_AdjustIndices(length, &mut start, &mut stop, step) };
        Ok(PySliceIndices { start, stop, step, slicelength: slicelength as usize })
    }
}
