//! [`Record`]: a dict being made from a struct.

use convert_ffi::types::{PyAny, PyDict, PyString};
use convert_ffi::{Bound, ConversionError, Py, Python, Segment};

use super::Names;
use super::names::Table;
use crate::IntoPy;

/// A dict being made from a struct.
///
/// The first error is kept until the end, and nothing is set after it: so the code of each struct
/// has no branches, and need not say what is dropped on each of them.
pub struct Record<'py> {
    dict: Bound<'py, PyDict>,
    table: &'static Table,
    strings: &'static [Py<PyString>],
    failed: Option<ConversionError>,
}

impl<'py> Record<'py> {
    /// An empty dict for these names. Who fills it watches the depth.
    #[inline]
    pub fn new<const N: usize>(
        py: Python<'py>,
        names: &'static Names<N>,
    ) -> Result<Self, ConversionError> {
        Self::with_capacity(py, names, N)
    }

    /// An empty dict for so many of these names.
    #[inline]
    pub fn with_capacity<const N: usize>(
        py: Python<'py>,
        names: &'static Names<N>,
        entries: usize,
    ) -> Result<Self, ConversionError> {
        let dict = PyDict::with_capacity(py, entries)?;
        Ok(Record { dict, table: &names.table, strings: names.strings(py), failed: None })
    }

    pub(super) fn py(&self) -> Python<'py> {
        self.dict.py()
    }

    /// Sets one field. Once for each type, not for each field; but in line under the stable ABI,
    /// where a call for each would be longer than the rest.
    #[cfg_attr(Py_LIMITED_API, inline(always))]
    #[cfg_attr(not(Py_LIMITED_API), inline(never))]
    pub fn set<T: IntoPy<'py>>(&mut self, index: usize, value: T) {
        if self.failed.is_none() {
            let object = value.into_py(self.py()).map(Bound::into_any);
            self.put(index, object);
        }
    }

    /// Sets one field, unless making its object failed.
    #[inline(never)]
    pub fn set_object(&mut self, index: usize, object: Result<Bound<'py, PyAny>, ConversionError>) {
        self.put(index, object);
    }

    /// Sets the first field, which tells what the others are, to one of other names.
    #[inline]
    pub fn set_tag<const N: usize>(&mut self, names: &'static Names<N>, name: usize) {
        self.put_first(names.strings(self.py())[name].bind(self.py()).as_any());
    }

    #[inline(never)]
    fn put_first(&mut self, object: &Bound<'py, PyAny>) {
        let key = self.strings[0].bind(self.py()).as_any();
        if let Err(error) = self.dict.set(key, object) {
            self.fail_at(0, error.into());
        }
    }

    #[inline(always)]
    fn put(&mut self, index: usize, object: Result<Bound<'py, PyAny>, ConversionError>) {
        match object {
            Ok(object) => {
                let key = self.strings[index].bind(self.py()).as_any();
                if let Err(error) = self.dict.set(key, &object) {
                    self.fail_at(index, error.into());
                }
            }
            Err(error) => self.fail_at(index, error),
        }
    }

    /// As [`set_object`](Self::set_object), of what `make` makes.
    #[inline]
    pub fn set_made(
        &mut self,
        index: usize,
        make: impl FnOnce() -> Result<Bound<'py, PyAny>, ConversionError>,
    ) {
        if self.failed.is_none() {
            self.set_object(index, make());
        }
    }

    /// As [`set_made`](Self::set_made), unless the object is `None`.
    #[inline]
    pub fn set_unless_none(
        &mut self,
        index: usize,
        make: impl FnOnce() -> Result<Bound<'py, PyAny>, ConversionError>,
    ) {
        if self.failed.is_none() {
            match make() {
                Ok(object) if object.is_none() => {}
                object => self.set_object(index, object),
            }
        }
    }

    /// Fails, if what was flattened before a field has set its key already.
    pub fn check_unset(&mut self, index: usize) {
        let key = self.strings[index].bind(self.py()).as_any();
        match self.dict.get(key) {
            Ok(None) => {}
            Ok(Some(_)) => self.fail_at(index, written_twice()),
            Err(error) => self.fail_at(index, error.into()),
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
    fn fail_at(&mut self, index: usize, error: ConversionError) {
        self.fail(error.inside(self.table.segment(index)));
    }

    /// Keeps an error, unless there is one.
    #[cold]
    pub(super) fn fail(&mut self, error: ConversionError) {
        self.failed.get_or_insert_with(|| error.within(self.table.owner));
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// The dict.
    #[inline]
    pub fn finish(self) -> Result<Bound<'py, PyDict>, ConversionError> {
        match self.failed {
            None => Ok(self.dict),
            Some(error) => Err(error),
        }
    }
}

#[cold]
fn written_twice() -> ConversionError {
    ConversionError::custom("the key is written twice")
}
