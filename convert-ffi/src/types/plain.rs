//! Reading plain values, also many at once: ints, floats, bools, None, text that is there as UTF-8.
//!
//! Where layouts are read directly, reading one of these from an object of the built-in type runs
//! no Python code, so the items of a list need not be held meanwhile, nor the list asked each time
//! whether it changed. Elsewhere it may: functions of CPython allocate, and up to 3.11 each
//! allocation may collect garbage. What is not of the built-in type goes to the caller, held.

use super::list::changed;
use super::{PyAny, PyBool, PyFloat, PyInt, PyList, PyString, PyTuple};
#[cfg(direct_layouts)]
use crate::Python;
use crate::{Borrowed, Bound, ConversionError};

/// A Rust value that can be read from a built-in object: without running Python code where layouts
/// are read directly, and elsewhere of an object that somebody holds.
pub trait Plain: Default + sealed::Sealed {
    /// The value; `None` where the object is not of the built-in type, or the value does not fit.
    fn read(object: &Bound<'_, PyAny>) -> Option<Self>;
}

mod sealed {
    /// `read` must run no Python code where layouts are read directly, which only this crate can
    /// promise.
    pub trait Sealed {}
}

macro_rules! plain {
    ($($type:ty => |$object:ident| $read:expr;)*) => { $(
        impl sealed::Sealed for $type {}

        impl Plain for $type {
            #[inline(always)]
            fn read($object: &Bound<'_, PyAny>) -> Option<Self> {
                $read
            }
        }
    )* };
}

plain! {
    () => |object| object.is_none().then_some(());
    bool => |object| PyBool::read(object);
    f64 => |object| object.try_cast_exact::<PyFloat>().map(|float| float.value());
    f32 => |object| {
        let value = f64::read(object)?;
        let narrow = value as f32;
        (narrow.is_finite() || !value.is_finite()).then_some(narrow)
    };
    i64 => |object| object.try_cast::<PyInt>()?.to_i64();
    i32 => |object| i64::read(object)?.try_into().ok();
    i16 => |object| i64::read(object)?.try_into().ok();
    i8 => |object| i64::read(object)?.try_into().ok();
    isize => |object| i64::read(object)?.try_into().ok();
    u64 => |object| object.try_cast::<PyInt>()?.to_u64();
    u32 => |object| i64::read(object)?.try_into().ok();
    u16 => |object| i64::read(object)?.try_into().ok();
    u8 => |object| i64::read(object)?.try_into().ok();
    usize => |object| u64::read(object)?.try_into().ok();
    i128 => |object| object.try_cast::<PyInt>()?.to_i128();
    u128 => |object| object.try_cast::<PyInt>()?.to_u128();
    // Of others, some are an exception, and making one may run any code.
    String => |object| object.try_cast_exact::<PyString>()?.at_once().map(str::to_owned);
}

impl<T: Plain> sealed::Sealed for Option<T> {}

impl<T: Plain> Plain for Option<T> {
    #[inline(always)]
    fn read(object: &Bound<'_, PyAny>) -> Option<Self> {
        if object.is_none() { Some(None) } else { T::read(object).map(Some) }
    }
}

impl<'py> Bound<'py, PyList> {
    /// All items as plain values; `other` gets each item that is not one, held meanwhile.
    ///
    /// # Errors
    /// The first error of `other`; a `RuntimeError` where the list changes size meanwhile.
    #[inline]
    pub fn collect_plain<T: Plain, E: From<ConversionError>>(
        &self,
        mut other: impl FnMut(usize, Borrowed<'_, 'py, PyAny>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let length = self.len();
        let mut values = Vec::with_capacity(length);
        while values.len() < length {
            self.append_plain(length, &mut values);
            if values.len() < length {
                match self.get(values.len()) {
                    Some(item) => values.push(other(values.len(), item.as_borrowed())?),
                    None => return Err(changed().into()),
                }
            }
        }
        if self.len() == length { Ok(values) } else { Err(changed().into()) }
    }

    /// All items as plain values, where there are exactly `N`, and no others.
    #[inline]
    pub fn copy_plain<T: Plain + Copy, const N: usize>(&self) -> Option<[T; N]> {
        if self.len() != N {
            return None;
        }
        let mut values = [T::default(); N];
        for (index, value) in values.iter_mut().enumerate() {
            #[cfg(direct_layouts)]
            // SAFETY: attached, a live list, which goes on holding its items: no Python code runs
            // while they are read.
            let item = unsafe {
                crate::gate::borrowed_or_none(
                    self.py(),
                    crate::layout::list::unheld_item(self.as_ptr(), index),
                )
            }?;
            #[cfg(not(direct_layouts))]
            let item = self.get(index)?;
            *value = T::read(&item)?;
        }
        Some(values)
    }

    /// Appends the plain values from item `values.len()` on, up to the first that is not one.
    #[cfg(direct_layouts)]
    #[inline(always)]
    fn append_plain<T: Plain>(&self, length: usize, values: &mut Vec<T>) {
        use crate::layout;
        // SAFETY: attached, a live list, which goes on holding its items: no Python code runs while
        // they are read.
        unsafe {
            append(self.py(), length.min(self.len()), values, |index| {
                layout::list::unheld_item(self.as_ptr(), index)
            });
        }
    }

    /// Appends the plain values from item `values.len()` on, up to the first that is not one.
    #[cfg(not(direct_layouts))]
    fn append_plain<T: Plain>(&self, length: usize, values: &mut Vec<T>) {
        for index in values.len()..length {
            match self.get(index).and_then(|item| T::read(&item)) {
                Some(value) => values.push(value),
                None => return,
            }
        }
    }
}

impl<'py> Bound<'py, PyTuple> {
    /// All items as plain values; `other` gets each item that is not one.
    ///
    /// # Errors
    /// The first error of `other`; a `RuntimeError` where a place is empty.
    #[inline]
    pub fn collect_plain<T: Plain, E: From<ConversionError>>(
        &self,
        mut other: impl FnMut(usize, Borrowed<'_, 'py, PyAny>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let length = self.len();
        let mut values = Vec::with_capacity(length);
        while values.len() < length {
            #[cfg(direct_layouts)]
            // SAFETY: attached, a live tuple of that length, which holds its items; an empty place,
            // of a tuple that is still being made, is NULL.
            unsafe {
                append(self.py(), length, &mut values, |index| {
                    crate::layout::tuple::item(self.as_ptr(), index)
                });
            }
            if values.len() < length {
                match self.as_borrowed().get_borrowed(values.len()) {
                    Some(item) => values.push(match T::read(&item) {
                        Some(value) => value,
                        None => other(values.len(), item)?,
                    }),
                    None => return Err(super::tuple::changed().into()),
                }
            }
        }
        Ok(values)
    }
}

/// Appends the plain values from item `values.len()` on, up to the first that is not one, or is
/// NULL, or to the end.
///
/// # Safety
/// Attached; `item` gives NULL or a live object, held by somebody until Python code runs, and there
/// is room in `values` up to `end`.
#[cfg(direct_layouts)]
#[inline(always)]
unsafe fn append<T: Plain>(
    py: Python<'_>,
    end: usize,
    values: &mut Vec<T>,
    item: impl Fn(usize) -> *mut pyo3_ffi::PyObject,
) {
    debug_assert!(end <= values.capacity());
    let mut filled = values.len();
    while filled < end {
        // SAFETY: the caller says that `item` gives live objects as long as no Python code runs,
        // which reading a plain value does not, and that there is room for `end` values.
        unsafe {
            let object = crate::gate::borrowed_or_none(py, item(filled));
            match object.and_then(|object| T::read(&object)) {
                Some(value) => values.as_mut_ptr().add(filled).write(value),
                None => break,
            }
        }
        filled += 1;
    }
    // SAFETY: all places up to `filled` were filled; where `end` is less than the length (a list
    // that shrank), nothing was.
    unsafe { values.set_len(filled) };
}
