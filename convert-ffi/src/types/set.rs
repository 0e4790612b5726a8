//! [`PySet`]: distinct objects in no order; and what it shares with
//! [`PyFrozenSet`](super::PyFrozenSet).

use std::ffi::c_int;
use std::ptr;

use pyo3_ffi as ffi;

#[cfg(not(set_entries))]
use super::PyIterator;
use super::abc::Abc;
use super::{PyAny, PyFrozenSet, native_type};
#[cfg(not(set_entries))]
use crate::intern;
use crate::{
    Borrowed, Bound, ConversionError, Leaf, PyResult, PyTypeInfo, Python, TypeHint, gate, layout,
};

native_type! {
    /// Python's `set`.
    PySet, "set", PySet_Type, ffi::PySet_Check, check_exact
}

/// `PySet_CheckExact`, which 3.9 does not have.
///
/// # Safety
/// Attached; `object` is live.
#[inline(always)]
unsafe fn check_exact(object: *mut ffi::PyObject) -> c_int {
    // SAFETY: the caller gives a live object; the other is a static type.
    unsafe { ffi::Py_IS_TYPE(object, &raw mut ffi::PySet_Type) }
}

impl PySet {
    /// `set()` (`PySet_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PySet>> {
        // SAFETY: attached; a new reference to a set or NULL with an exception.
        unsafe {
            Ok(gate::owned_or_err(py, ffi::PySet_New(ptr::null_mut()))?.cast_into_unchecked())
        }
    }

    /// A set of these objects (`PySet_Add`). Python code cannot see it before it is full.
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::{Python, types::{PyInt, PySet}};
    /// Python::attach(|py| {
    ///     let numbers = [1, 2, 1].map(|number| PyInt::from_i64(py, number).unwrap().into_any());
    ///     assert_eq!(PySet::from_objects(py, numbers).unwrap().len(), 2);
    /// });
    /// ```
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn from_objects<'py>(
        py: Python<'py>,
        objects: impl IntoIterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PySet>> {
        let set = Self::empty(py)?;
        // SAFETY: a set, made here.
        unsafe { fill(&set, objects)? }
        Ok(set)
    }

    /// Whether the object's type is a `collections.abc.Set`: sets, frozensets and views of keys
    /// are, and what is registered as one.
    ///
    /// # Errors
    /// What a `__subclasshook__` raised.
    pub fn is_abstract_set(object: &Bound<'_, PyAny>) -> PyResult<bool> {
        static SET: Abc = Abc::new("Set");
        if PySet::is_type_of(object) || PyFrozenSet::is_type_of(object) {
            return Ok(true);
        }
        SET.is_type_of(object)
    }
}

impl<'py> Bound<'py, PySet> {
    /// How many items it has now (`PySet_Size`).
    #[inline]
    pub fn len(&self) -> usize {
        len(self)
    }

    /// Whether it is empty now.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the object is an item (`PySet_Contains`). A subclass's own `__contains__` is not
    /// asked.
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn contains_object(&self, object: &Bound<'py, PyAny>) -> PyResult<bool> {
        contains(self, object)
    }

    /// Adds an object, unless it is an item already (`PySet_Add`).
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn add_object(&self, object: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: attached, a live set and a live object.
        gate::done_or_err(self.py(), unsafe { ffi::PySet_Add(self.as_ptr(), object.as_ptr()) })
    }

    /// Removes an object, and says whether it was an item (`PySet_Discard`).
    ///
    /// # Errors
    /// `TypeError` for an object that cannot be hashed, or what hashing or comparing raised.
    pub fn discard_object(&self, object: &Bound<'py, PyAny>) -> PyResult<bool> {
        // SAFETY: attached, a live set and a live object.
        gate::answer_or_err(self.py(), unsafe {
            ffi::PySet_Discard(self.as_ptr(), object.as_ptr())
        })
    }

    /// Takes any one item out, if there is one (`PySet_Pop`).
    pub fn pop(&self) -> Option<Bound<'py, PyAny>> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: attached, a live set; a new reference, or NULL with an exception.
        let item = unsafe { gate::owned_or_none(self.py(), ffi::PySet_Pop(self.as_ptr())) };
        if item.is_none() {
            // Another thread emptied it, on a build without the GIL: a `KeyError`.
            drop(self.py().take_error());
        }
        item
    }

    /// Removes all items (`PySet_Clear`).
    pub fn clear(&self) {
        // SAFETY: attached, a live set: the function does not fail.
        unsafe { ffi::PySet_Clear(self.as_ptr()) };
    }

    /// A set of the same items (`PySet_New`).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn copy(&self) -> PyResult<Bound<'py, PySet>> {
        // SAFETY: attached, a live set; a new reference to a set or NULL with an exception.
        unsafe {
            let copy = gate::owned_or_err(self.py(), ffi::PySet_New(self.as_ptr()))?;
            Ok(copy.cast_into_unchecked())
        }
    }

    /// Visits each item, holding it meanwhile. A subclass's own `__iter__` is not asked.
    ///
    /// # Errors
    /// The first error of `each`; a `RuntimeError` where the set changes size meanwhile.
    pub fn walk<E: From<ConversionError>>(
        &self,
        each: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
    ) -> Result<(), E> {
        walk(self, each)
    }
}

/// A set or a frozenset, for the functions that CPython has for both.
pub(super) trait AnySet: PyTypeInfo {}
impl AnySet for PySet {}
impl AnySet for PyFrozenSet {}

/// `PySet_Size`.
#[inline]
pub(super) fn len<T: AnySet>(set: &Bound<'_, T>) -> usize {
    // SAFETY: attached, a live set or frozenset.
    unsafe { layout::set::len(set.as_ptr()) }
}

/// `PySet_Contains`.
pub(super) fn contains<'py, T: AnySet>(
    set: &Bound<'py, T>,
    object: &Bound<'py, PyAny>,
) -> PyResult<bool> {
    // SAFETY: attached, a live set or frozenset and a live object.
    gate::answer_or_err(set.py(), unsafe { ffi::PySet_Contains(set.as_ptr(), object.as_ptr()) })
}

/// Adds the items of a set that is being made. The garbage collector, through which Python code
/// finds every container, learns of it when it is full: a frozenset that somebody else holds
/// takes no items.
///
/// # Safety
/// The set was just made, and nobody else has seen it.
pub(super) unsafe fn fill<'py, T: AnySet>(
    set: &Bound<'py, T>,
    objects: impl IntoIterator<Item = Bound<'py, PyAny>>,
) -> PyResult<()> {
    // SAFETY: a live object that the garbage collector may know.
    unsafe { ffi::PyObject_GC_UnTrack(set.as_ptr().cast()) };
    for object in objects {
        // SAFETY: attached, a live object, and a live set that has but this reference: nobody has
        // seen it, on the caller's word, and nobody could find it since.
        let status = unsafe { ffi::PySet_Add(set.as_ptr(), object.as_ptr()) };
        gate::done_or_err(set.py(), status)?;
    }
    // SAFETY: a live object of a type with garbage collection, which is tracked once.
    unsafe {
        if ffi::PyObject_GC_IsTracked(set.as_ptr()) == 0 {
            ffi::PyObject_GC_Track(set.as_ptr().cast());
        }
    }
    Ok(())
}

/// Visits each item, and looks at the size after each.
#[cfg(set_entries)]
#[inline]
pub(super) fn walk<'py, T: AnySet, E: From<ConversionError>>(
    set: &Bound<'py, T>,
    mut each: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
) -> Result<(), E> {
    let length = len(set);
    let (mut position, mut visited) = (0, 0);
    loop {
        // SAFETY: attached, a live set or frozenset. It holds the item, which is held here before
        // any Python code runs.
        let item = unsafe {
            gate::borrowed_or_none(set.py(), layout::set::next(set.as_ptr(), &mut position))
                .map(Borrowed::to_owned)
        };
        let Some(item) = item else { break };
        visited += 1;
        each(item.as_borrowed())?;
        if len(set) != length {
            return Err(changed::<T>().into());
        }
    }
    // Fewer or more where items moved.
    if visited == length { Ok(()) } else { Err(changed::<T>().into()) }
}

/// Visits each item by the iterator of the built-in type, which looks at the size before each step.
#[cfg(not(set_entries))]
pub(super) fn walk<'py, T: AnySet, E: From<ConversionError>>(
    set: &Bound<'py, T>,
    mut each: impl FnMut(Borrowed<'_, 'py, PyAny>) -> Result<(), E>,
) -> Result<(), E> {
    let length = len(set);
    let mut visited = 0;
    for item in own_iterator(set).map_err(ConversionError::from)? {
        // The one thing it raises for is a change of size.
        let Ok(item) = item else { return Err(changed::<T>().into()) };
        visited += 1;
        each(item.as_borrowed())?;
    }
    // Fewer or more where items moved, or where somebody found the iterator and took from it.
    if visited == length && len(set) == length { Ok(()) } else { Err(changed::<T>().into()) }
}

/// The iterator of the built-in type, also for a subclass that has its own.
#[cfg(not(set_entries))]
fn own_iterator<'py, T: AnySet>(set: &Bound<'py, T>) -> PyResult<Bound<'py, PyIterator>> {
    let set = set.as_any();
    if T::is_exact_type_of(set) {
        return set.try_iter();
    }
    let method = T::type_object(set.py()).get_attribute(intern!(set.py(), "__iter__"))?;
    Ok(method.call_objects(std::slice::from_ref(set), None)?.cast_into()?)
}

#[cold]
fn changed<T: AnySet>() -> ConversionError {
    ConversionError::new(const { &Leaf::changed(TypeHint::name(T::NAME)) })
}
