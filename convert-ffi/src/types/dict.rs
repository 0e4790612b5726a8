//! [`PyDict`]: a mapping.

use std::borrow::Borrow;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

use pyo3_ffi as ffi;

use super::{PyAny, PyBool, PyFloat, PyInt, PyList, PyString, native_type};
#[cfg(Py_GIL_DISABLED)]
use crate::sync::CriticalSection;
use crate::{Borrowed, Bound, ConversionError, Leaf, PyResult, Python, TypeHint, gate, layout};

native_type! {
    /// Python's `dict`.
    PyDict, "dict", PyDict_Type, ffi::PyDict_Check, ffi::PyDict_CheckExact
}

impl PyDict {
    /// `{}` (`PyDict_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        // SAFETY: attached; a new reference to a dict or NULL with an exception.
        unsafe { Ok(gate::owned_or_err(py, ffi::PyDict_New())?.cast_into_unchecked()) }
    }

    /// `{}`, with room for so many entries, where the interpreter offers that
    /// (`_PyDict_NewPresized`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn with_capacity(py: Python<'_>, entries: usize) -> PyResult<Bound<'_, PyDict>> {
        // SAFETY: attached; a new reference to a dict or NULL with an exception.
        unsafe {
            let dict = gate::owned_or_err(py, layout::dict::with_capacity(entries))?;
            Ok(dict.cast_into_unchecked())
        }
    }
}

impl<'py> Bound<'py, PyDict> {
    /// How many entries it has now.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: attached, a live dict.
        unsafe { layout::dict::len(self.as_ptr()) }
    }

    /// Whether it is empty now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key, if there is one (`PyDict_GetItemWithError`). A subclass's own
    /// `__getitem__` is not asked.
    ///
    /// # Errors
    /// What hashing or comparing keys raised.
    #[inline]
    pub fn get(&self, key: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mut value = std::ptr::null_mut();
        // SAFETY: attached, a live dict and a live key. Where the lookup succeeds, `value` is a
        // new reference.
        unsafe {
            let status = ffi::compat::PyDict_GetItemRef(self.as_ptr(), key.as_ptr(), &mut value);
            gate::done_or_err(self.py(), status)?;
            Ok(gate::owned_or_none(self.py(), value))
        }
    }

    /// What `look` makes of the value of a key. In line: a call more for each field makes a struct
    /// up to a tenth slower to read from a dict of another order.
    ///
    /// # Safety
    /// `look` runs no Python code.
    #[inline(always)]
    unsafe fn look_up<R>(
        &self,
        key: &Bound<'py, PyString>,
        look: impl FnOnce(Borrowed<'_, 'py, PyAny>) -> R,
    ) -> PyResult<Option<R>> {
        #[cfg(Py_GIL_DISABLED)]
        return Ok(self.get(key.as_any())?.map(|value| look(value.as_borrowed())));
        #[cfg(not(Py_GIL_DISABLED))]
        // SAFETY: attached, a live dict and a live key. Comparing keys may run Python code, but
        // CPython reads the value after the last comparison, and looks again where it sees that the
        // dict has changed by then. (Not where a new table of keys came to lie where the old one
        // was: a fault that `dict[key]` has, too.) The value is borrowed from the dict, which holds
        // it until Python code runs: `look` runs none, as the caller says. NULL comes with an
        // exception, or the key is not there.
        unsafe {
            let value = ffi::PyDict_GetItemWithError(self.as_ptr(), key.as_ptr());
            match gate::borrowed_or_none(self.py(), value) {
                Some(value) => Ok(Some(look(value))),
                None => raised_or_missing(self.py()).map(|()| None),
            }
        }
    }

    /// Sets the value of a key (`PyDict_SetItem`).
    ///
    /// # Errors
    /// `TypeError` for a key that cannot be hashed, or what hashing or comparing raised.
    #[inline]
    pub fn set(&self, key: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live dict, a live key and a live value.
        gate::done_or_err(self.py(), unsafe {
            ffi::PyDict_SetItem(self.as_ptr(), key.as_ptr(), value.as_ptr())
        })
    }

    /// Removes a key (`PyDict_DelItem`).
    ///
    /// # Errors
    /// `KeyError` where it is not there.
    pub fn remove(&self, key: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live dict and a live key.
        gate::done_or_err(self.py(), unsafe { ffi::PyDict_DelItem(self.as_ptr(), key.as_ptr()) })
    }

    /// Removes all entries (`PyDict_Clear`).
    pub fn clear(&self) {
        // SAFETY: attached, a live dict.
        unsafe { ffi::PyDict_Clear(self.as_ptr()) }
    }

    /// A dict of the same entries (`PyDict_Copy`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn copy(&self) -> PyResult<Bound<'py, PyDict>> {
        // SAFETY: attached, a live dict; a new reference to a dict or NULL with an exception.
        unsafe {
            let copy = gate::owned_or_err(self.py(), ffi::PyDict_Copy(self.as_ptr()))?;
            Ok(copy.cast_into_unchecked())
        }
    }

    /// Takes over the entries of another mapping (`PyDict_Update`).
    ///
    /// # Errors
    /// What the mapping raised.
    pub fn update(&self, other: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live dict and a live object.
        gate::done_or_err(self.py(), unsafe { ffi::PyDict_Update(self.as_ptr(), other.as_ptr()) })
    }

    /// The keys, as a list (`PyDict_Keys`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn keys(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live dict; a new reference to a list or NULL with an exception.
        unsafe {
            let keys = gate::owned_or_err(self.py(), ffi::PyDict_Keys(self.as_ptr()))?;
            Ok(keys.cast_into_unchecked())
        }
    }

    /// The values, as a list (`PyDict_Values`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn values(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live dict; a new reference to a list or NULL with an exception.
        unsafe {
            let values = gate::owned_or_err(self.py(), ffi::PyDict_Values(self.as_ptr()))?;
            Ok(values.cast_into_unchecked())
        }
    }

    /// The entries, as a list of pairs (`PyMapping_Items`): a subclass's own `items()` is asked.
    ///
    /// # Errors
    /// What `items()` raised, or a `TypeError` where it gave no iterable.
    pub fn items(&self) -> PyResult<Bound<'py, PyList>> {
        // SAFETY: attached, a live dict; a new reference to a list or NULL with an exception.
        unsafe {
            let items = gate::owned_or_err(self.py(), ffi::PyMapping_Items(self.as_ptr()))?;
            Ok(items.cast_into_unchecked())
        }
    }

    /// Visits each entry in order, holding key and value meanwhile (`PyDict_Next`).
    ///
    /// # Errors
    /// The first error of `each`; a `RuntimeError` where the dict changes size meanwhile.
    #[inline]
    pub fn walk<E: From<ConversionError>>(
        &self,
        each: impl FnMut(Borrowed<'_, 'py, PyAny>, Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.walk_unless_quiet(false, each)
    }

    /// As [`walk`](Self::walk). Where `each` runs no Python code for an exact int, float, bool, str
    /// or None (`is_quiet`), it is not looked each time whether entries moved.
    ///
    /// # Errors
    /// As `walk`.
    #[inline]
    pub fn walk_unless_quiet<E: From<ConversionError>>(
        &self,
        is_quiet: bool,
        mut each: impl FnMut(Borrowed<'_, 'py, PyAny>, Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.walk_told(|key, value| {
            each(key, value)?;
            Ok(is_quiet && is_scalar(&key) && is_scalar(&value))
        })
    }

    /// As [`walk`](Self::walk). Where `each` gives `true`, it has run no Python code: then it is
    /// not looked whether entries moved.
    ///
    /// # Errors
    /// As `walk`.
    #[inline]
    pub fn walk_told<E: From<ConversionError>>(
        &self,
        mut each: impl FnMut(Borrowed<'_, 'py, PyAny>, Borrowed<'_, 'py, PyAny>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let length = self.len();
        let mut cursor = DictCursor::new(self);
        // No further: a dict that grows while it is walked might be walked for ever.
        for _ in 0..length {
            let place = cursor.position;
            let Some((key, value)) = cursor.next_entry() else { return Err(changed().into()) };
            if each(key.as_borrowed(), value.as_borrowed())? {
                continue;
            }
            // Entries move where some were removed and others added.
            cursor.position = place;
            // SAFETY: comparing addresses runs no Python code.
            if unsafe { cursor.with_next(|same, _| same.is(&key)) } != Some(true) {
                return Err(changed().into());
            }
        }
        // Also where `each` says that it ran none: what it wrote to may have.
        // SAFETY: doing nothing runs no Python code.
        let is_at_end = unsafe { cursor.with_next(|_, _| ()) }.is_none();
        if is_at_end && self.len() == length { Ok(()) } else { Err(changed().into()) }
    }
}

/// Whether it is an exact int, float, bool or str, or None.
#[inline(always)]
fn is_scalar(object: &Bound<'_, PyAny>) -> bool {
    object.is_exact_instance_of::<PyString>()
        || object.is_exact_instance_of::<PyInt>()
        || object.is_exact_instance_of::<PyFloat>()
        || object.is_exact_instance_of::<PyBool>()
        || object.is_none()
}

/// Whether it is an exact str of the key's text, as far as that is seen at once: only of ASCII.
/// Where it is not seen, the key is looked up.
#[cfg(direct_layouts)]
#[inline]
fn reads_as(object: &Bound<'_, PyAny>, key: &Bound<'_, PyString>) -> bool {
    let text = object.try_cast_exact::<PyString>().and_then(|text| text.to_ascii());
    text.is_some() && text == key.to_ascii()
}

/// A place in a dict, going forward. `D` holds the dict, or refers to it.
pub(super) struct DictCursor<D> {
    dict: D,
    position: ffi::Py_ssize_t,
    keys: Keys,
}

/// What the keys of a dict are, going by those that were asked for so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// The very objects that are asked for, in that order.
    SameObjects,
    /// Their texts, in that order.
    #[cfg(direct_layouts)]
    SameTexts,
    InAnyOrder,
    /// There were none when it was first looked at.
    None,
}

impl<'py, D: Borrow<Bound<'py, PyDict>>> DictCursor<D> {
    /// Before the first entry.
    #[inline]
    pub(super) fn new(dict: D) -> Self {
        DictCursor { dict, position: 0, keys: Keys::SameObjects }
    }

    /// The same for asking by key. A dict that is empty need not be searched.
    #[inline(always)]
    pub(super) fn by_key(dict: D) -> Self {
        let is_empty = dict.borrow().is_empty();
        let keys = if is_empty { Keys::None } else { Keys::SameObjects };
        DictCursor { dict, position: 0, keys }
    }

    /// The next entry, if there is one. In a dict that changes meanwhile an entry may be skipped or
    /// come twice; never is memory read that is not its own.
    #[inline(always)]
    fn next_entry(&mut self) -> Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        // SAFETY: taking references runs no Python code.
        unsafe { self.with_next(|key, value| (key.to_owned(), value.to_owned())) }
    }

    /// Shows the next entry to `look`.
    ///
    /// # Safety
    /// `look` runs no Python code.
    #[inline(always)]
    unsafe fn with_next<R>(
        &mut self,
        look: impl FnOnce(Borrowed<'_, 'py, PyAny>, Borrowed<'_, 'py, PyAny>) -> R,
    ) -> Option<R> {
        let dict: &Bound<'py, PyDict> = self.dict.borrow();
        let py = dict.py();
        let (mut key, mut value) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        #[cfg(Py_GIL_DISABLED)]
        let _section = CriticalSection::begin(dict);
        // SAFETY: attached, a live dict. The position is never negative: it begins at 0, and is set
        // only by the function, or back to where it was, or one lower but not below 0. That it does
        // not lie beyond the dict as it is now, the function checks. The references are borrowed
        // from the dict, which holds them until Python code runs: `look` runs none, as the caller
        // says.
        unsafe {
            let (position, dict) = (&mut self.position, dict.as_ptr());
            if ffi::PyDict_Next(dict, position, key.as_mut_ptr(), value.as_mut_ptr()) == 0 {
                return None;
            }
            let key = NonNull::new_unchecked(key.assume_init());
            let value = NonNull::new_unchecked(value.assume_init());
            Some(look(gate::borrowed(py, key), gate::borrowed(py, value)))
        }
    }

    /// What `look` makes of the value of the next entry, if its key is this very object: so it is
    /// for interned strings asked for in the order in which the dict has them.
    ///
    /// As long as the keys were the very objects, it goes forward even if the next entry is another
    /// one: [`find`](Self::find) goes back.
    ///
    /// # Safety
    /// `look` runs no Python code, nor does `key`.
    #[inline(always)]
    pub(super) unsafe fn next_if<'k, R>(
        &mut self,
        key: impl FnOnce() -> &'k Bound<'py, PyString>,
        look: impl FnOnce(Borrowed<'_, 'py, PyAny>) -> R,
    ) -> Option<R>
    where
        'py: 'k,
    {
        if self.keys != Keys::SameObjects {
            return None;
        }
        // SAFETY: comparing addresses runs no Python code, and the two others run none, as the
        // caller says.
        unsafe { self.with_next(|next, value| next.is(key()).then(|| look(value))) }.flatten()
    }

    /// Looks for the next keys anywhere, at once.
    #[inline(always)]
    pub(super) fn go_on_in_any_order(&mut self) {
        if self.keys != Keys::None {
            self.keys = Keys::InAnyOrder;
        }
    }

    /// Whether there is no entry, as at the beginning.
    #[inline(always)]
    pub(super) fn is_still_empty(&self) -> bool {
        self.keys == Keys::None && self.dict().is_empty()
    }

    /// Whether the keys are not in the order in which they are asked for: then each is
    /// [found](Self::find) as fast as CPython looks it up.
    #[cfg(not(direct_layouts))]
    #[inline(always)]
    pub(super) fn is_in_any_order(&self) -> bool {
        self.keys == Keys::InAnyOrder
    }

    /// The same of a key that [`next_if`](Self::next_if) has just not found, anywhere in the dict.
    /// (After anything else the result is right, too, but entries are passed twice.)
    ///
    /// # Errors
    /// What comparing keys raised.
    ///
    /// # Safety
    /// `look` runs no Python code.
    #[inline(always)]
    pub(super) unsafe fn find<R>(
        &mut self,
        key: &Bound<'py, PyString>,
        look: impl FnMut(Borrowed<'_, 'py, PyAny>) -> R,
    ) -> PyResult<Option<R>> {
        #[cfg(direct_layouts)]
        if self.keys != Keys::InAnyOrder {
            // SAFETY: `look` runs no Python code, as the caller says.
            return unsafe { self.find_in_order(key, look) };
        }
        // Comparing texts takes a call for each: looking the key up is no slower.
        #[cfg(not(direct_layouts))]
        match self.keys {
            Keys::None if self.is_still_empty() => return Ok(None),
            _ => self.keys = Keys::InAnyOrder,
        }
        // SAFETY: `look` runs no Python code, as the caller says.
        unsafe { self.dict().look_up(key, look) }
    }

    /// The same of the first key, where it is likely that the dict does not have it: it is looked
    /// up before other entries are passed.
    ///
    /// # Errors
    /// What comparing keys raised.
    ///
    /// # Safety
    /// `look` runs no Python code.
    #[inline]
    pub(super) unsafe fn find_first<R>(
        &mut self,
        key: &Bound<'py, PyString>,
        look: impl FnMut(Borrowed<'_, 'py, PyAny>) -> R,
    ) -> PyResult<Option<R>> {
        #[cfg(direct_layouts)]
        if self.keys == Keys::SameObjects {
            self.step_back();
            // SAFETY: `look` runs no Python code, as the caller says.
            let found = unsafe { self.dict().look_up(key, look) }?;
            if found.is_some() {
                // SAFETY: comparing texts runs no Python code.
                let is_next =
                    unsafe { self.with_next(|next, _| reads_as(&next, key)) } == Some(true);
                self.keys = if is_next { Keys::SameTexts } else { Keys::InAnyOrder };
            }
            return Ok(found);
        }
        // SAFETY: `look` runs no Python code, as the caller says.
        unsafe { self.find(key, look) }
    }

    /// Back before the entry that was passed. Were it another one, no harm would be done; but
    /// CPython does not look whether a position is negative.
    #[cfg(direct_layouts)]
    #[inline(always)]
    fn step_back(&mut self) {
        self.position = (self.position - 1).max(0);
    }

    /// # Safety
    /// `look` runs no Python code.
    #[cfg(direct_layouts)]
    #[inline(never)]
    unsafe fn find_in_order<R>(
        &mut self,
        key: &Bound<'py, PyString>,
        mut look: impl FnMut(Borrowed<'_, 'py, PyAny>) -> R,
    ) -> PyResult<Option<R>> {
        match self.keys {
            Keys::None if self.is_still_empty() => return Ok(None),
            Keys::SameTexts | Keys::InAnyOrder | Keys::None => {}
            Keys::SameObjects => self.step_back(),
        }
        let place = self.position;
        // The next one, or the one behind: nobody may ask for the next.
        for _ in 0..2 {
            let mut keys = self.keys;
            let show = |next: Borrowed<'_, 'py, PyAny>, value: Borrowed<'_, 'py, PyAny>| {
                if !next.is(key) {
                    keys = Keys::SameTexts;
                    if !reads_as(&next, key) {
                        return None;
                    }
                }
                Some(look(value))
            };
            // SAFETY: comparing texts runs no Python code, nor does `look`, as the caller says.
            let found = unsafe { self.with_next(show) };
            match found {
                Some(None) => {}
                Some(found) => {
                    self.keys = keys;
                    return Ok(found);
                }
                None => break,
            }
        }
        self.position = place;
        // SAFETY: `look` runs no Python code, as the caller says.
        let found = unsafe { self.dict().look_up(key, look) }?;
        if found.is_some() {
            self.keys = Keys::InAnyOrder;
        }
        Ok(found)
    }

    /// The dict.
    pub(super) fn dict(&self) -> &Bound<'py, PyDict> {
        self.dict.borrow()
    }
}

/// After NULL for a value: an exception, if there is one.
#[cfg(not(Py_GIL_DISABLED))]
#[cold]
#[inline(never)]
fn raised_or_missing(py: Python<'_>) -> PyResult<()> {
    // SAFETY: attached.
    if unsafe { ffi::PyErr_Occurred() }.is_null() { Ok(()) } else { Err(crate::PyErr::fetch(py)) }
}

/// The entries of a dict, one after the other, for whoever cannot be called for each; a dict that
/// changes meanwhile is an error.
pub struct DictEntries<'a, 'py> {
    cursor: DictCursor<Borrowed<'a, 'py, PyDict>>,
    length: usize,
    visited: usize,
    /// The entry that was given last, held until the next one is asked for.
    current: Option<Entry<'py>>,
    /// Where that is.
    place: ffi::Py_ssize_t,
}

/// A key and its value.
pub type Entry<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

impl<'a, 'py> DictEntries<'a, 'py> {
    /// All of them.
    #[inline]
    pub fn new(dict: Borrowed<'a, 'py, PyDict>) -> Self {
        let length = dict.len();
        DictEntries { cursor: DictCursor::new(dict), length, visited: 0, current: None, place: 0 }
    }

    /// The entry that [`next_entry`](Self::next_entry) gave last.
    #[inline]
    pub fn current(&self) -> Option<&Entry<'py>> {
        self.current.as_ref()
    }

    /// The next one, if there is one (`PyDict_Next`).
    ///
    /// # Errors
    /// A `RuntimeError` where the dict changed since the last call.
    #[inline(always)]
    pub fn next_entry(&mut self) -> Result<Option<&Entry<'py>>, ConversionError> {
        if let Some((key, value)) = &self.current
            && !(key.is_exact_instance_of::<PyString>() && is_scalar(value))
        {
            self.release()?;
        }
        if self.visited == self.length {
            self.current = None;
            return if self.cursor.dict.len() == self.length { Ok(None) } else { Err(changed()) };
        }
        self.place = self.cursor.position;
        let Some(next) = self.cursor.next_entry() else { return Err(changed()) };
        self.visited += 1;
        Ok(Some(self.current.insert(next)))
    }

    /// Lets go of the current entry, which may run Python code as using it may, and looks whether
    /// all is as it was, and the key where it was: entries move where some were removed and others
    /// added.
    #[inline(never)]
    fn release(&mut self) -> Result<(), ConversionError> {
        match &self.current {
            Some((key, value)) if !(is_scalar(key) && is_scalar(value)) => {
                self.release_after_code()
            }
            _ => {
                self.current = None;
                Ok(())
            }
        }
    }

    /// The same where any code may have run since the entry was given.
    pub(super) fn release_after_code(&mut self) -> Result<(), ConversionError> {
        let Some((key, value)) = self.current.take() else { return Ok(()) };
        drop(value);
        let mut same = DictCursor { position: self.place, ..DictCursor::new(self.cursor.dict) };
        // SAFETY: comparing addresses runs no Python code.
        let is_there = unsafe { same.with_next(|now, _| now.is(&key)) } == Some(true);
        if is_there && self.cursor.dict.len() == self.length { Ok(()) } else { Err(changed()) }
    }

    /// How many are left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.length - self.visited
    }
}

#[cold]
fn changed() -> ConversionError {
    ConversionError::new(const { &Leaf::changed(TypeHint::name("dict")) })
}
