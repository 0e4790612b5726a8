//! Arguments laid to parameters.

use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::Object;
use crate::raise::{plural, raise};

/// The parameters of a function, each of which may be given by position or keyword.
pub struct Signature<const N: usize> {
    pub function: &'static CStr,
    pub names: [&'static CStr; N],
    /// The first ones must be given.
    pub required: usize,
    pub interned: &'static [AtomicPtr<ffi::PyObject>; N],
}

/// An object, and the function and the parameter that it was given to.
#[derive(Clone, Copy)]
pub struct Argument(pub Object, pub (&'static CStr, &'static CStr));

impl<const N: usize> Signature<N> {
    /// # Safety
    /// Attached.
    pub unsafe fn intern(&self) {
        for (interned, name) in self.interned.iter().zip(self.names) {
            // SAFETY: attached; a text that ends with NUL.
            let name = unsafe { ffi::PyUnicode_InternFromString(name.as_ptr()) };
            interned.store(name, Ordering::Relaxed);
        }
    }

    /// The function and a parameter, for messages.
    pub const fn at(&self, index: usize) -> (&'static CStr, &'static CStr) {
        (self.function, self.names[index])
    }

    /// Where the arguments are in the order of the parameters, NULL for those that were not given:
    /// where they lie, or in `laid`. NULL with an exception.
    ///
    /// # Safety
    /// Attached; `count` objects and then one for each of `names`, a tuple or NULL, all live.
    #[inline(always)]
    pub unsafe fn lay(
        &'static self,
        values: *const Object,
        count: usize,
        names: Object,
        laid: &mut [Object; N],
    ) -> *const Object {
        if count == N && names.is_null() {
            return values;
        }
        // SAFETY: the caller's word.
        match unsafe { self.lay_by_name(values, count, names, laid) } {
            Some(()) => laid.as_ptr(),
            None => ptr::null(),
        }
    }

    #[inline(never)]
    unsafe fn lay_by_name(
        &'static self,
        values: *const Object,
        count: usize,
        names: Object,
        laid: &mut [Object; N],
    ) -> Option<()> {
        // SAFETY: the caller of `lay` gives so many objects, and as many more as there are names;
        // names of keywords are str objects (CPython sees to it).
        unsafe {
            if count > N {
                return self.too_many(count);
            }
            for (index, slot) in laid.iter_mut().enumerate() {
                *slot = if index < count { *values.add(index) } else { ptr::null_mut() };
            }
            if !names.is_null() {
                for at in 0..ffi::PyTuple_GET_SIZE(names) {
                    let name = ffi::PyTuple_GET_ITEM(names, at);
                    let Some(index) = self.find(name) else { return self.unexpected(name) };
                    if !laid[index].is_null() {
                        return self.given_twice(index);
                    }
                    laid[index] = *values.add(count + at as usize);
                }
            }
            if laid[..self.required].iter().any(|value| value.is_null()) {
                return self.missing(laid);
            }
            Some(())
        }
    }

    #[inline(always)]
    unsafe fn find(&self, name: Object) -> Option<usize> {
        for (index, interned) in self.interned.iter().enumerate() {
            if interned.load(Ordering::Relaxed) == name {
                return Some(index);
            }
        }
        // SAFETY: the caller gives a live str.
        unsafe { self.find_text(name) }
    }

    #[cold]
    #[inline(never)]
    unsafe fn find_text(&self, name: Object) -> Option<usize> {
        self.names.iter().position(|parameter| {
            // SAFETY: the caller gives a live str; a text that ends with NUL.
            unsafe { ffi::PyUnicode_CompareWithASCIIString(name, parameter.as_ptr()) == 0 }
        })
    }

    #[cold]
    #[inline(never)]
    unsafe fn too_many(&self, given: usize) -> Option<()> {
        let (most, were) = (N.to_string(), given.to_string());
        let least = if self.required == N { "" } else { "at most " };
        // SAFETY: attached.
        unsafe {
            let function = self.function.to_bytes();
            let takes = [function, b"() takes ", least.as_bytes(), most.as_bytes()];
            let rest =
                [b" positional argument", plural(N), b" but ", were.as_bytes(), b" were given"];
            raise(&[&takes[..], &rest[..]].concat())
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn given_twice(&self, index: usize) -> Option<()> {
        let (function, name) = self.at(index);
        let middle = b"() got multiple values for argument '";
        // SAFETY: attached.
        unsafe { raise(&[function.to_bytes(), middle, name.to_bytes(), b"'"]) }
    }

    #[cold]
    #[inline(never)]
    unsafe fn unexpected(&self, name: Object) -> Option<()> {
        // SAFETY: attached; a live str, whose text lives as long.
        unsafe {
            let mut length = 0;
            let text = ffi::PyUnicode_AsUTF8AndSize(name, &mut length);
            if text.is_null() {
                return None;
            }
            let text = std::slice::from_raw_parts(text.cast(), length as usize);
            let middle = b"() got an unexpected keyword argument '";
            raise(&[self.function.to_bytes(), middle, text, b"'"])
        }
    }

    /// No function here has more than two parameters.
    #[cold]
    #[inline(never)]
    unsafe fn missing(&self, laid: &[Object; N]) -> Option<()> {
        let missing = |index: &usize| laid[*index].is_null();
        let mut missing = (0..self.required).filter(missing).map(|index| self.names[index]);
        let function = self.function.to_bytes();
        let first = missing.next().unwrap_or_default().to_bytes();
        // SAFETY: attached.
        unsafe {
            match missing.next() {
                None => {
                    let middle = b"() missing 1 required positional argument: '";
                    raise(&[function, middle, first, b"'"])
                }
                Some(second) => {
                    let middle = b"() missing 2 required positional arguments: '";
                    raise(&[function, middle, first, b"' and '", second.to_bytes(), b"'"])
                }
            }
        }
    }
}
