//! [`PyRange`]: evenly spaced integers.

use pyo3_ffi as ffi;

use super::{PyAny, PyInt, native_type};
use crate::{Bound, PyResult, PyTypeInfo, Python, intern};

native_type! {
    /// Python's `range`.
    PyRange, "range", PyRange_Type, ffi::PyRange_Check, ffi::PyRange_Check
}

impl PyRange {
    /// `range(start, stop, step)`.
    ///
    /// # Errors
    /// `ValueError` for the step 0.
    pub fn new(
        py: Python<'_>,
        start: isize,
        stop: isize,
        step: isize,
    ) -> PyResult<Bound<'_, PyRange>> {
        let int = |value: isize| PyInt::from_i64(py, value as i64).map(Bound::into_any);
        Self::from_objects(&int(start)?, &int(stop)?, &int(step)?)
    }

    /// `range(start, stop, step)` of integers of any size.
    ///
    /// # Errors
    /// `ValueError` for the step 0; `TypeError` for an object without `__index__`, or what that
    /// raised.
    pub fn from_objects<'py>(
        start: &Bound<'py, PyAny>,
        stop: &Bound<'py, PyAny>,
        step: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyRange>> {
        let arguments = [start.clone(), stop.clone(), step.clone()];
        let range = PyRange::type_object(start.py()).call_objects(&arguments, None)?;
        Ok(range.cast_into()?)
    }
}

// No class derives from range, and its attributes are members of a C struct: reading them runs no
// Python code.
impl<'py> Bound<'py, PyRange> {
    /// `range.start`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn start(&self) -> PyResult<Bound<'py, PyInt>> {
        Ok(self.get_attribute(intern!(self.py(), "start"))?.cast_into()?)
    }

    /// `range.stop`: the integer that is not reached.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn stop(&self) -> PyResult<Bound<'py, PyInt>> {
        Ok(self.get_attribute(intern!(self.py(), "stop"))?.cast_into()?)
    }

    /// `range.step`: never 0.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn step(&self) -> PyResult<Bound<'py, PyInt>> {
        Ok(self.get_attribute(intern!(self.py(), "step"))?.cast_into()?)
    }
}
