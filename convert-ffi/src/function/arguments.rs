//! [`Arguments`]: what a call gave, and how it is laid to the parameters.

use std::ptr::NonNull;

use pyo3_ffi as ffi;

use super::Signature;
use crate::types::{PyAny, PyDict, PyString, PyTuple};
use crate::{Borrowed, Bound, PyResult, Python};

/// The arguments of one call, as the caller laid them out (PEP 590): those by position, then the
/// values of the keywords.
#[derive(Clone, Copy)]
pub struct Arguments<'a, 'py> {
    py: Python<'py>,
    positional: &'a [Borrowed<'a, 'py, PyAny>],
    keywords: Option<Keywords<'a, 'py>>,
}

#[derive(Clone, Copy)]
struct Keywords<'a, 'py> {
    names: Borrowed<'a, 'py, PyTuple>,
    values: &'a [Borrowed<'a, 'py, PyAny>],
}

impl<'a, 'py> Arguments<'a, 'py> {
    /// # Safety
    /// Attached for all of `'py`. For all of `'a`, `values` points to `positional` objects, and then
    /// to one for each name in `names`, a tuple or NULL; all of them are kept alive.
    #[inline(always)]
    pub(super) unsafe fn from_vector(
        py: Python<'py>,
        values: *const *mut ffi::PyObject,
        positional: usize,
        names: *mut ffi::PyObject,
    ) -> Self {
        // SAFETY: the caller vouches for so many objects, not NULL; a `Borrowed` is one pointer.
        let slice = |start, count| unsafe {
            // Without arguments there may be no array at all.
            let values = NonNull::new(values.cast_mut()).unwrap_or(NonNull::dangling());
            std::slice::from_raw_parts(values.as_ptr().add(start).cast_const().cast(), count)
        };
        let keywords = NonNull::new(names).map(|names| {
            // SAFETY: a tuple that the caller keeps alive.
            let names: Borrowed<'a, 'py, PyTuple> = unsafe { Borrowed::from_borrowed(py, names) };
            Keywords { names, values: slice(positional, names.len()) }
        });
        Arguments { py, positional: slice(0, positional), keywords }
    }

    /// The proof that this thread is attached.
    #[inline(always)]
    pub fn py(&self) -> Python<'py> {
        self.py
    }

    /// Lays the arguments to the parameters of `signature`, as a Python `def` does; one that was not
    /// given stays empty, and keywords that no parameter goes by are put into `others`. `N` is how many
    /// parameters there are, the first `POSITIONAL` of which may be given by position. `slots` are
    /// empty before, and only used where the arguments do not already lie as they should.
    ///
    /// # Errors
    /// A `TypeError` in CPython's words, where they do not fit.
    #[inline(always)]
    pub fn bind<'s, const N: usize, const POSITIONAL: usize>(
        &self,
        signature: &'static Signature,
        slots: &'s mut [Option<Borrowed<'a, 'py, PyAny>>; N],
        others: &mut Option<Bound<'py, PyDict>>,
    ) -> PyResult<&'s [Option<Borrowed<'a, 'py, PyAny>>; N]> {
        if N == POSITIONAL && self.keywords.is_none() {
            let given = self.positional.len();
            if given == N {
                // What is usual, taken where it lies.
                let values: *const Option<Borrowed<'a, 'py, PyAny>> =
                    self.positional.as_ptr().cast();
                // SAFETY: N references lie there for all of `'a`, which outlives `'s`; NULL, which
                // is `None`, is not among them.
                return Ok(unsafe { &*values.cast() });
            }
            if given < N && given >= signature.enough {
                for (slot, value) in slots.iter_mut().zip(self.positional) {
                    *slot = Some(*value);
                }
                return Ok(slots);
            }
        }
        self.lay(signature, slots, others)?;
        Ok(slots)
    }

    /// The arguments by position for which there is no parameter: `*args`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn rest(&self, signature: &'static Signature) -> PyResult<Bound<'py, PyTuple>> {
        let rest = self.positional.get(signature.positional..).unwrap_or_default();
        PyTuple::from_objects(self.py, rest.iter().copied().map(Borrowed::to_owned))
    }

    #[inline(never)]
    fn lay(
        &self,
        signature: &'static Signature,
        values: &mut [Option<Borrowed<'a, 'py, PyAny>>],
        others: &mut Option<Bound<'py, PyDict>>,
    ) -> PyResult<()> {
        let given = self.positional.len().min(signature.positional);
        for (slot, value) in values.iter_mut().zip(&self.positional[..given]) {
            *slot = Some(*value);
        }
        if let Some(keywords) = &self.keywords {
            keywords.lay(signature, values, others)?;
        }
        if self.positional.len() > signature.positional && !signature.has_rest {
            let keyword_only = values[signature.positional..].iter().flatten().count();
            return Err(signature.too_many(self.positional.len(), keyword_only));
        }
        if given >= signature.enough {
            return Ok(());
        }
        let mut others = signature.required.iter().zip(values.iter()).skip(given);
        if others.any(|(required, value)| *required && value.is_none()) {
            return Err(signature.missing(&|index| values[index].is_none()));
        }
        Ok(())
    }
}

impl<'a, 'py> Keywords<'a, 'py> {
    fn lay(
        &self,
        signature: &'static Signature,
        values: &mut [Option<Borrowed<'a, 'py, PyAny>>],
        others: &mut Option<Bound<'py, PyDict>>,
    ) -> PyResult<()> {
        let py = self.names.py();
        let known = signature.keywords_of(py);
        for (position, value) in self.values.iter().enumerate() {
            let name = self.names.get_borrowed(position);
            // The same object: names in a program's text are interned.
            let same = name.and_then(|name| known.iter().position(|known| name.is(known.bind(py))));
            match same.and_then(|index| values.get_mut(signature.positional_only + index)) {
                Some(slot @ None) => *slot = Some(*value),
                _ => self.lay_other(position, signature, values, others)?,
            }
        }
        Ok(())
    }

    /// A keyword that is not simply the name of a parameter which has no value yet.
    #[cold]
    #[inline(never)]
    fn lay_other(
        &self,
        position: usize,
        signature: &'static Signature,
        values: &mut [Option<Borrowed<'a, 'py, PyAny>>],
        others: &mut Option<Bound<'py, PyDict>>,
    ) -> PyResult<()> {
        let (name, value) = (self.names.item(position)?, self.values[position]);
        let Some(name) = name.try_cast::<PyString>() else {
            return Err(signature.no_text());
        };
        match signature.find(name) {
            Some(index) if values[index].is_some() => Err(signature.given_twice(index)),
            Some(index) => {
                values[index] = Some(value);
                Ok(())
            }
            None if signature.has_keywords => {
                let others = match others {
                    Some(others) => others,
                    None => others.insert(PyDict::new(name.py())?),
                };
                others.set(name.as_any(), &value)
            }
            None => {
                let names = (0..self.values.len()).flat_map(|index| self.names.item(index));
                Err(signature.unexpected(name, names))
            }
        }
    }
}
