//! [`Arguments`]: what a call gave, and how it is laid to the parameters.

use std::ptr::NonNull;
use std::slice;

use pyo3_ffi as ffi;

use super::Signature;
use crate::types::{PyAny, PyDict, PyString, PyTuple};
use crate::{Borrowed, Bound, PyResult, Python, gate};

/// What was given for each parameter.
type Slots<'a, 'py> = [Option<Borrowed<'a, 'py, PyAny>>];

/// The arguments of one call, as the caller laid them out (PEP 590): those by position, then the
/// values of the keywords.
#[derive(Clone, Copy)]
pub struct Arguments<'a, 'py: 'a> {
    py: Python<'py>,
    /// NULL, perhaps, where there are no arguments at all.
    values: *const Borrowed<'a, 'py, PyAny>,
    positional: usize,
    names: Option<Borrowed<'a, 'py, PyTuple>>,
}

impl<'a, 'py: 'a> Arguments<'a, 'py> {
    /// # Safety
    /// Attached for all of `'py`. For all of `'a`, `values` points to `positional` objects, and
    /// then to one for each name in `names`, a tuple or NULL; all of them are kept alive.
    #[inline(always)]
    pub(super) unsafe fn from_vector(
        py: Python<'py>,
        values: *const *mut ffi::PyObject,
        positional: usize,
        names: *mut ffi::PyObject,
    ) -> Self {
        // SAFETY: a tuple that the caller keeps alive, or NULL.
        let names = unsafe {
            gate::borrowed_or_none(py, names).map(|names| names.cast_borrowed_unchecked())
        };
        Arguments { py, values: values.cast(), positional, names }
    }

    /// The proof that this thread is attached.
    #[inline(always)]
    pub fn py(&self) -> Python<'py> {
        self.py
    }

    /// Lays the arguments to the parameters of `signature`, as a Python `def` without `**kwargs`
    /// does; one that was not given stays empty. `N` is how many parameters there are, the first
    /// `POSITIONAL` of which may be given by position. `slots` are empty before, and only used
    /// where the arguments do not already lie as they should.
    ///
    /// # Errors
    /// A `TypeError` in CPython's words, where they do not fit.
    #[inline(always)]
    pub fn bind<'s, const N: usize, const POSITIONAL: usize>(
        self,
        signature: &'static Signature,
        slots: &'s mut [Option<Borrowed<'a, 'py, PyAny>>; N],
    ) -> PyResult<&'s [Option<Borrowed<'a, 'py, PyAny>>; N]> {
        if N == POSITIONAL {
            let is_complete = match self.names {
                None => self.positional == N,
                Some(names) => self.positional + names.len() == N && self.are_in_order(signature),
            };
            if is_complete {
                // What is usual, taken where it lies.
                let values =
                    if N == 0 { NonNull::dangling().as_ptr() } else { self.values.cast_mut() };
                // SAFETY: N references lie there for all of `'a`, which outlives `'s`; NULL, which
                // is `None`, is not among them.
                return Ok(unsafe { &*values.cast() });
            }
            let is_by_position = self.names.is_none() && self.positional < N;
            if is_by_position && self.positional >= signature.enough {
                for (slot, value) in slots.iter_mut().zip(self.by_position()) {
                    *slot = Some(*value);
                }
                return Ok(slots);
            }
        }
        self.lay(signature, slots, None)?;
        Ok(slots)
    }

    /// Whether the keywords are the names of the parameters that were not given by position, in
    /// their order. They are the same objects then: names in a program's text are interned. At the
    /// first call it is not known yet.
    #[inline(never)]
    fn are_in_order(self, signature: &'static Signature) -> bool {
        let first = self.positional.checked_sub(signature.positional_only);
        let known = first.and_then(|first| signature.strings.get(self.py)?.get(first..));
        let (Some(known), Some(names)) = (known, self.names) else { return false };
        known.len() == names.len()
            && known.iter().enumerate().all(|(index, known)| {
                names.get_borrowed(index).is_some_and(|name| name.is(known.bind(self.py)))
            })
    }

    /// As [`bind`](Self::bind), with `**kwargs`: keywords that no parameter goes by are put into
    /// `others`.
    ///
    /// # Errors
    /// As [`bind`](Self::bind).
    pub fn bind_with_others<'s, const N: usize, const POSITIONAL: usize>(
        self,
        signature: &'static Signature,
        slots: &'s mut [Option<Borrowed<'a, 'py, PyAny>>; N],
        others: &mut Option<Bound<'py, PyDict>>,
    ) -> PyResult<&'s [Option<Borrowed<'a, 'py, PyAny>>; N]> {
        if self.names.is_none() {
            return self.bind::<N, POSITIONAL>(signature, slots);
        }
        self.lay(signature, slots, Some(others))?;
        Ok(slots)
    }

    /// The arguments by position for which there is no parameter: `*args`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn rest(self, signature: &'static Signature) -> PyResult<Bound<'py, PyTuple>> {
        let rest = self.by_position().get(signature.positional..).unwrap_or_default();
        PyTuple::from_objects(self.py, rest.iter().copied().map(Borrowed::to_owned))
    }

    #[inline(always)]
    fn by_position(self) -> &'a [Borrowed<'a, 'py, PyAny>] {
        match self.positional {
            0 => &[],
            // SAFETY: so many objects lie there for all of `'a`; a `Borrowed` is one pointer.
            count => unsafe { slice::from_raw_parts(self.values, count) },
        }
    }

    /// By value: what is usual then keeps all of it in registers.
    #[inline(never)]
    fn lay(
        self,
        signature: &'static Signature,
        values: &mut Slots<'a, 'py>,
        others: Option<&mut Option<Bound<'py, PyDict>>>,
    ) -> PyResult<()> {
        let by_position = self.by_position();
        let given = by_position.len().min(signature.positional);
        for (slot, value) in values.iter_mut().zip(&by_position[..given]) {
            *slot = Some(*value);
        }
        if let Some(keywords) = self.keywords() {
            keywords.lay(signature, values, others)?;
        }
        if by_position.len() > signature.positional && !signature.has_rest {
            let keyword_only = values[signature.positional..].iter().flatten().count();
            return Err(signature.too_many(by_position.len(), keyword_only));
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

    #[inline]
    fn keywords(self) -> Option<Keywords<'a, 'py>> {
        let names = self.names.filter(|names| !names.is_empty())?;
        // SAFETY: behind those by position lies one object for each name, for all of `'a`.
        let values =
            unsafe { slice::from_raw_parts(self.values.add(self.positional), names.len()) };
        Some(Keywords { names, values })
    }
}

struct Keywords<'a, 'py: 'a> {
    names: Borrowed<'a, 'py, PyTuple>,
    values: &'a [Borrowed<'a, 'py, PyAny>],
}

impl<'a, 'py> Keywords<'a, 'py> {
    fn lay(
        &self,
        signature: &'static Signature,
        values: &mut Slots<'a, 'py>,
        mut others: Option<&mut Option<Bound<'py, PyDict>>>,
    ) -> PyResult<()> {
        let py = self.names.py();
        let known = signature.keywords_of(py);
        for (position, value) in self.values.iter().enumerate() {
            let name = self.names.get_borrowed(position);
            // The same object: names in a program's text are interned.
            let same = name.and_then(|name| known.iter().position(|known| name.is(known.bind(py))));
            match same.and_then(|index| values.get_mut(signature.positional_only + index)) {
                Some(slot @ None) => *slot = Some(*value),
                _ => self.lay_other(position, signature, values, others.as_deref_mut())?,
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
        values: &mut Slots<'a, 'py>,
        others: Option<&mut Option<Bound<'py, PyDict>>>,
    ) -> PyResult<()> {
        let value = self.values[position];
        let name = self.names.get_borrowed(position);
        let Some(name) = name.as_ref().and_then(|name| name.try_cast::<PyString>()) else {
            return Err(signature.no_text());
        };
        match (signature.find(name), others) {
            (Some(index), _) if values[index].is_some() => Err(signature.given_twice(index)),
            (Some(index), _) => {
                values[index] = Some(value);
                Ok(())
            }
            (None, Some(others)) => {
                let others = match others {
                    Some(others) => others,
                    None => others.insert(PyDict::new(name.py())?),
                };
                others.set(name.as_any(), &value)
            }
            (None, None) => {
                let is_text = |name: &Bound<'_, PyAny>, text: &str| {
                    name.try_cast::<PyString>().is_some_and(|name| name.to_string_lossy() == text)
                };
                let name_at = |index| self.names.get_borrowed(index);
                let is_given = |text: &str| {
                    let mut names = (0..self.values.len()).filter_map(name_at);
                    names.any(|name| is_text(&name, text))
                };
                Err(signature.unexpected(name, &is_given))
            }
        }
    }
}
