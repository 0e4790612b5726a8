//! [`PyMemoryView`]: the bytes of another object, shown without a copy.

use pyo3_ffi as ffi;

use super::{PyAny, PyBool, PyBytes, PyInt, PyString, PyTuple, native_type};
use crate::exceptions::PyOverflowError;
use crate::{Bound, PyResult, gate, intern};

native_type! {
    /// Python's `memoryview`.
    PyMemoryView, "memoryview", PyMemoryView_Type, ffi::PyMemoryView_Check, ffi::PyMemoryView_Check
}

impl PyMemoryView {
    /// `memoryview(object)` (`PyMemoryView_FromObject`).
    ///
    /// # Errors
    /// `TypeError` for an object without a buffer, or what asking it for one raised.
    pub fn from_object<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyMemoryView>> {
        // SAFETY: attached, a live object; a new reference to a memoryview or NULL with an
        // exception.
        unsafe {
            let view = ffi::PyMemoryView_FromObject(object.as_ptr());
            Ok(gate::owned_or_err(object.py(), view)?.cast_into_unchecked())
        }
    }
}

// No class derives from memoryview, whose attributes are computed in C: reading them runs no Python
// code.
impl<'py> Bound<'py, PyMemoryView> {
    /// `memoryview.release()`: lets go of the object's buffer. What is asked of the view afterwards
    /// raises a `ValueError`; a second release does nothing.
    ///
    /// # Errors
    /// `BufferError` while something else shows the view's bytes.
    pub fn release(&self) -> PyResult<()> {
        let method = self.get_attribute(intern!(self.py(), "release"))?;
        method.call_objects(&[], None).map(drop)
    }

    /// A copy of the bytes (`memoryview.tobytes`), in C order.
    ///
    /// # Errors
    /// `ValueError` once released; `MemoryError`.
    pub fn to_bytes(&self) -> PyResult<Bound<'py, PyBytes>> {
        let method = self.get_attribute(intern!(self.py(), "tobytes"))?;
        Ok(method.call_objects(&[], None)?.cast_into()?)
    }

    /// The object whose bytes it shows (`memoryview.obj`); `None` for bare memory.
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn object(&self) -> PyResult<Bound<'py, PyAny>> {
        self.get_attribute(intern!(self.py(), "obj"))
    }

    /// What an item is, in the words of the module `struct`: `"B"`, `"<d"` (`memoryview.format`).
    ///
    /// # Errors
    /// `ValueError` once released, and for a format that is not text.
    pub fn format(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.get_attribute(intern!(self.py(), "format"))?.cast_into()?)
    }

    /// How many bytes an item has (`memoryview.itemsize`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn item_size(&self) -> PyResult<usize> {
        self.number(intern!(self.py(), "itemsize"))
    }

    /// How many bytes a copy has (`memoryview.nbytes`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn len_bytes(&self) -> PyResult<usize> {
        self.number(intern!(self.py(), "nbytes"))
    }

    /// How many dimensions it has (`memoryview.ndim`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn dimensions(&self) -> PyResult<usize> {
        self.number(intern!(self.py(), "ndim"))
    }

    /// How many items each dimension has (`memoryview.shape`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn shape(&self) -> PyResult<Bound<'py, PyTuple>> {
        Ok(self.get_attribute(intern!(self.py(), "shape"))?.cast_into()?)
    }

    /// How many bytes lie between two items, for each dimension (`memoryview.strides`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn strides(&self) -> PyResult<Bound<'py, PyTuple>> {
        Ok(self.get_attribute(intern!(self.py(), "strides"))?.cast_into()?)
    }

    /// Whether writing is forbidden (`memoryview.readonly`). What is read-only here may still be
    /// changed by others.
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn is_readonly(&self) -> PyResult<bool> {
        let answer = self.get_attribute(intern!(self.py(), "readonly"))?;
        Ok(answer.cast::<PyBool>()?.is_true())
    }

    /// Whether the items lie one after the other, in C order (`memoryview.c_contiguous`).
    ///
    /// # Errors
    /// `ValueError` once released.
    pub fn is_c_contiguous(&self) -> PyResult<bool> {
        let answer = self.get_attribute(intern!(self.py(), "c_contiguous"))?;
        Ok(answer.cast::<PyBool>()?.is_true())
    }

    fn number(&self, name: &Bound<'py, PyString>) -> PyResult<usize> {
        let number = self.get_attribute(name)?.cast_into::<PyInt>()?.to_u64();
        let number = number.and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| PyOverflowError::new_err("a size beyond what memory can hold"))
    }
}
