//! [`Record`]: a dict being made from a struct.

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{PyAny, PyDict, PyString};
use convert_ffi::{Bound, ConversionError, Py, Python, Segment};

use super::Names;
use super::names::Table;
use crate::IntoPy;

/// A dict being made from a struct.
pub struct Record<'py> {
    dict: Bound<'py, PyDict>,
    table: &'static Table,
    strings: &'static [Py<PyString>],
    _level: StackGuard<'py>,
}

impl<'py> Record<'py> {
    /// An empty dict for these names.
    #[inline(always)]
    pub fn new<const N: usize>(
        py: Python<'py>,
        names: &'static Names<N>,
    ) -> Result<Self, ConversionError> {
        Self::with_capacity(py, names, N)
    }

    /// An empty dict for so many of these names.
    #[inline(always)]
    pub fn with_capacity<const N: usize>(
        py: Python<'py>,
        names: &'static Names<N>,
        entries: usize,
    ) -> Result<Self, ConversionError> {
        Ok(Record {
            _level: StackGuard::enter(py)?,
            dict: PyDict::with_capacity(py, entries)?,
            table: &names.table,
            strings: names.strings(py),
        })
    }

    pub(super) fn py(&self) -> Python<'py> {
        self.dict.py()
    }

    /// Sets one field.
    #[inline(always)]
    pub fn set<T: IntoPy<'py>>(&mut self, index: usize, value: T) -> Result<(), ConversionError> {
        let object = value.into_py(self.py()).map(Bound::into_any);
        self.set_object(index, object)
    }

    /// Sets one field, unless making its object failed. Inlined, where which of the two it is need
    /// not be asked again.
    #[inline(always)]
    pub fn set_object(
        &mut self,
        index: usize,
        object: Result<Bound<'py, PyAny>, ConversionError>,
    ) -> Result<(), ConversionError> {
        let object = match object {
            Ok(object) => object,
            Err(error) => return Err(self.at(index, error)),
        };
        match self.dict.set(self.strings[index].bind(self.py()).as_any(), &object) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.at(index, error.into())),
        }
    }

    /// As [`set_object`](Self::set_object), unless the object is `None`.
    #[inline]
    pub fn set_unless_none(
        &mut self,
        index: usize,
        object: Result<Bound<'py, PyAny>, ConversionError>,
    ) -> Result<(), ConversionError> {
        match object {
            Ok(object) if object.is_none() => Ok(()),
            object => self.set_object(index, object),
        }
    }

    /// An error about a field, if what was flattened before it has set its key already.
    pub fn check_unset(&self, index: usize) -> Result<(), ConversionError> {
        let key = self.strings[index].bind(self.py()).as_any();
        match self.dict.get(key) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(self.at(index, written_twice())),
            Err(error) => Err(self.at(index, error.into())),
        }
    }

    /// Sets a key that must not be there yet.
    pub(super) fn set_new(
        &mut self,
        key: &Bound<'py, PyAny>,
        value: &Bound<'py, PyAny>,
    ) -> Result<(), ConversionError> {
        if self.dict.get(key)?.is_some() {
            return Err(written_twice().inside(Segment::key(key)));
        }
        Ok(self.dict.set(key, value)?)
    }

    #[cold]
    #[inline(never)]
    fn at(&self, index: usize, error: ConversionError) -> ConversionError {
        self.whole(error.inside(Segment::field(self.table.texts[index])))
    }

    #[cold]
    pub(super) fn whole(&self, error: ConversionError) -> ConversionError {
        error.within(self.table.owner)
    }

    /// The dict.
    #[inline]
    pub fn finish(self) -> Bound<'py, PyDict> {
        self.dict
    }
}

#[cold]
fn written_twice() -> ConversionError {
    ConversionError::custom("the key is written twice")
}
