//! Lists, tuples and dicts in `for` loops.
//!
//! None of them panics, whatever is done to the container meanwhile. Who wants to know of changes
//! of a list walks it ([`walk`](Bound::<PyList>::walk)); sets are iterated over as any object is
//! ([`try_iter`](Bound::<PyAny>::try_iter)).

use super::{DictEntries, Entry, PyAny, PyDict, PyList, PyTuple};
use crate::{Bound, PyResult};

/// The items of a list, each as it is when its turn comes, up to as many as there were at first.
pub struct BoundListIterator<'py> {
    list: Bound<'py, PyList>,
    index: usize,
    length: usize,
}

impl<'py> Bound<'py, PyList> {
    /// Its items. A list that shrinks meanwhile ends it early; what is appended is not visited.
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::types::{PyInt, PyList};
    /// use convert_ffi::{PyResult, Python};
    /// Python::attach(|py| {
    ///     let list = PyList::empty(py)?;
    ///     for value in 1..=3 {
    ///         list.append_object(PyInt::from_i64(py, value)?.as_any())?;
    ///     }
    ///     for item in &list {
    ///         list.append_object(&item)?;
    ///     }
    ///     assert_eq!(list.len(), 6);
    ///     PyResult::Ok(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn iter(&self) -> BoundListIterator<'py> {
        BoundListIterator { list: self.clone(), index: 0, length: self.len() }
    }
}

impl<'py> Iterator for BoundListIterator<'py> {
    type Item = Bound<'py, PyAny>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let item = (self.index < self.length).then(|| self.list.get(self.index)).flatten();
        match item {
            Some(_) => self.index += 1,
            // For good, should it grow again.
            None => self.length = 0,
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.length.saturating_sub(self.index)))
    }
}

/// The items of a tuple.
pub struct BoundTupleIterator<'py> {
    tuple: Bound<'py, PyTuple>,
    index: usize,
    length: usize,
}

impl<'py> Bound<'py, PyTuple> {
    /// Its items. A tuple that is still being made, as the garbage collector may show it, ends at
    /// its first empty place.
    #[inline]
    pub fn iter(&self) -> BoundTupleIterator<'py> {
        BoundTupleIterator { tuple: self.clone(), index: 0, length: self.len() }
    }
}

impl<'py> Iterator for BoundTupleIterator<'py> {
    type Item = Bound<'py, PyAny>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let item = match self.index < self.length {
            true => self.tuple.as_borrowed().get_borrowed(self.index),
            false => None,
        };
        match item {
            Some(_) => self.index += 1,
            None => self.length = 0,
        }
        item.map(|item| item.to_owned())
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.length.saturating_sub(self.index)))
    }
}

/// The entries of a dict.
pub struct BoundDictIterator<'a, 'py> {
    /// `None` after the last one, and after an error.
    entries: Option<DictEntries<'a, 'py>>,
}

impl<'py> Bound<'py, PyDict> {
    /// Its entries, in their order (`PyDict_Next`).
    ///
    /// A dict that changes size meanwhile, or whose entries move, ends it with a `RuntimeError`;
    /// the second of these Python itself does not notice.
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::types::{PyDict, PyString};
    /// use convert_ffi::{PyResult, Python};
    /// Python::attach(|py| {
    ///     let dict = PyDict::new(py)?;
    ///     let key = PyString::new(py, "key")?;
    ///     dict.set(&key, py.none().as_any())?;
    ///     for entry in &dict {
    ///         let (key, value) = entry?;
    ///         assert!(key.is(&key) && value.is_none());
    ///     }
    ///     PyResult::Ok(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn iter(&self) -> BoundDictIterator<'_, 'py> {
        BoundDictIterator { entries: Some(DictEntries::new(self.as_borrowed())) }
    }
}

impl<'py> Iterator for BoundDictIterator<'_, 'py> {
    type Item = PyResult<Entry<'py>>;

    fn next(&mut self) -> Option<Self::Item> {
        let entries = self.entries.as_mut()?;
        let released = entries.release_after_code();
        let next = released.and_then(|()| entries.next_entry().map(|entry| entry.cloned()));
        if !matches!(next, Ok(Some(_))) {
            self.entries = None;
        }
        next.map_err(Into::into).transpose()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.entries.as_ref().map_or(0, |entries| entries.remaining() + 1)))
    }
}

impl<'py> IntoIterator for &Bound<'py, PyList> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundListIterator<'py>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'py> IntoIterator for Bound<'py, PyList> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundListIterator<'py>;

    fn into_iter(self) -> Self::IntoIter {
        let length = self.len();
        BoundListIterator { list: self, index: 0, length }
    }
}

impl<'py> IntoIterator for &Bound<'py, PyTuple> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundTupleIterator<'py>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'py> IntoIterator for Bound<'py, PyTuple> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundTupleIterator<'py>;

    fn into_iter(self) -> Self::IntoIter {
        let length = self.len();
        BoundTupleIterator { tuple: self, index: 0, length }
    }
}

impl<'a, 'py> IntoIterator for &'a Bound<'py, PyDict> {
    type Item = PyResult<Entry<'py>>;
    type IntoIter = BoundDictIterator<'a, 'py>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
