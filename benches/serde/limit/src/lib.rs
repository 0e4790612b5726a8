//! The records to and from Python objects, by hand: the limit. Dicts are made at size and filled by
//! `PyDict_SetItem`, and read entry by entry; ASCII text, digits and items are read where they lie.
//!
//! Refused is what is of another type, without a word. Nothing watches the depth.

use std::{ptr, slice, str};

use pyo3_ffi as ffi;
use serde_records::*;

pub type Object = *mut ffi::PyObject;

unsafe extern "C" {
    fn _PyDict_NewPresized(entries: ffi::Py_ssize_t) -> Object;
}

/// What has a form as a Python object.
pub trait Limit: Sized {
    /// A new reference.
    ///
    /// # Safety
    /// Attached.
    unsafe fn to_object(&self) -> Object;

    /// The value; `None` for an object of another type.
    ///
    /// # Safety
    /// Attached; a live object.
    unsafe fn from_object(object: Object) -> Option<Self>;

    /// The value of a missing field.
    fn missing() -> Option<Self> {
        None
    }
}

#[inline(always)]
unsafe fn is(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: the caller gives a live object.
    unsafe { ffi::Py_TYPE(object) == class }
}

/// The value of an int of up to two digits.
#[inline(always)]
unsafe fn int(object: Object) -> Option<i64> {
    #[repr(C)]
    struct Int {
        base: ffi::PyObject,
        tag: isize,
        digits: [u32; 2],
    }
    // SAFETY: the caller gives a live object; an int has as many digits as it says.
    unsafe {
        if !is(object, &raw mut ffi::PyLong_Type) {
            return None;
        }
        let value = object.cast::<Int>();
        let tag = (*value).tag;
        #[cfg(not(Py_3_12))]
        let (sign, digits) = (tag.signum() as i64, tag.unsigned_abs());
        #[cfg(Py_3_12)]
        let (sign, digits) = (1 - (tag & 3) as i64, (tag >> 3) as usize);
        match digits {
            0 => Some(0),
            1 => Some(sign * i64::from((*value).digits[0])),
            2 => {
                let [low, high] = (*value).digits;
                Some(sign * (i64::from(low) | i64::from(high) << 30))
            }
            _ => {
                let value = ffi::PyLong_AsLongLong(object);
                if value == -1 && !ffi::PyErr_Occurred().is_null() {
                    ffi::PyErr_Clear();
                    return None;
                }
                Some(value)
            }
        }
    }
}

#[inline(always)]
unsafe fn text<'a>(object: Object) -> Option<&'a str> {
    // SAFETY: the caller gives a live object, which outlives the text. CPython's text is UTF-8.
    unsafe {
        if !is(object, &raw mut ffi::PyUnicode_Type) {
            return None;
        }
        let (start, length) = if ffi::PyUnicode_IS_COMPACT_ASCII(object) != 0 {
            (ffi::PyUnicode_DATA(object).cast::<u8>(), ffi::PyUnicode_GET_LENGTH(object))
        } else {
            let mut length = 0;
            let start = ffi::PyUnicode_AsUTF8AndSize(object, &mut length);
            if start.is_null() {
                ffi::PyErr_Clear();
                return None;
            }
            (start.cast_mut().cast(), length)
        };
        Some(str::from_utf8_unchecked(slice::from_raw_parts(start, length as usize)))
    }
}

#[inline(always)]
unsafe fn new_text(text: &str) -> Object {
    // SAFETY: the caller is attached; a new str has room for so many ASCII characters.
    unsafe {
        if text.len() > 1 && text.is_ascii() {
            let object = ffi::PyUnicode_New(text.len() as isize, 127);
            let start = ffi::PyUnicode_DATA(object).cast::<u8>();
            ptr::copy_nonoverlapping(text.as_ptr(), start, text.len());
            return object;
        }
        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize)
    }
}

#[inline(always)]
unsafe fn shared(object: Object) -> Object {
    // SAFETY: the caller gives a live object.
    unsafe { ffi::Py_INCREF(object) };
    object
}

macro_rules! ints {
    ($($type:ty),*) => { $(
        impl Limit for $type {
            #[inline(always)]
            unsafe fn to_object(&self) -> Object {
                // SAFETY: the caller is attached.
                unsafe { ffi::PyLong_FromLongLong(*self as i64) }
            }

            #[inline(always)]
            unsafe fn from_object(object: Object) -> Option<Self> {
                // SAFETY: the caller's word.
                unsafe { int(object) }?.try_into().ok()
            }
        }
    )* };
}

ints!(i32, u64);

impl Limit for f64 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { ffi::PyFloat_FromDouble(*self) }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller's word.
        unsafe {
            is(object, &raw mut ffi::PyFloat_Type)
                .then(|| (*object.cast::<ffi::PyFloatObject>()).ob_fval)
        }
    }
}

impl Limit for bool {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { shared(if *self { ffi::Py_True() } else { ffi::Py_False() }) }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller is attached.
        unsafe {
            if object == ffi::Py_True() {
                Some(true)
            } else {
                (object == ffi::Py_False()).then_some(false)
            }
        }
    }
}

impl Limit for String {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { new_text(self) }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller's word.
        unsafe { text(object) }.map(str::to_owned)
    }
}

impl<T: Limit> Limit for Option<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe {
            match self {
                Some(value) => value.to_object(),
                None => shared(ffi::Py_None()),
            }
        }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller's word.
        unsafe {
            if object == ffi::Py_None() { Some(None) } else { T::from_object(object).map(Some) }
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Limit> Limit for Box<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { T::to_object(self) }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller's word.
        unsafe { T::from_object(object).map(Box::new) }
    }
}

impl<T: Limit> Limit for Vec<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the list has so many empty places.
        unsafe {
            let list = ffi::PyList_New(self.len() as isize);
            for (index, item) in self.iter().enumerate() {
                ffi::PyList_SET_ITEM(list, index as isize, item.to_object());
            }
            list
        }
    }

    #[inline(always)]
    unsafe fn from_object(object: Object) -> Option<Self> {
        // SAFETY: the caller's word. Nothing here runs Python code, so the list stays as it is.
        unsafe {
            if !is(object, &raw mut ffi::PyList_Type) {
                return None;
            }
            let length = ffi::PyList_GET_SIZE(object);
            let mut items = Vec::with_capacity(length as usize);
            for index in 0..length {
                items.push(T::from_object(ffi::PyList_GET_ITEM(object, index))?);
            }
            Some(items)
        }
    }
}

/// A place in a dict.
struct Entries {
    dict: Object,
    position: ffi::Py_ssize_t,
}

impl Entries {
    /// The value of that name, looked for from the next entry on; NULL where it is missing.
    #[inline(always)]
    unsafe fn take(&mut self, name: &'static str, key: Object) -> Object {
        let before = self.position;
        // SAFETY: the caller is attached; a live dict, whose entries it holds.
        unsafe {
            let (mut next, mut value) = (ptr::null_mut(), ptr::null_mut());
            while ffi::PyDict_Next(self.dict, &mut self.position, &mut next, &mut value) != 0 {
                if next == key || text(next) == Some(name) {
                    return value;
                }
            }
            self.position = before;
            ffi::PyDict_GetItemWithError(self.dict, key)
        }
    }
}

macro_rules! limit {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => { $(
        const _: () = {
            use std::sync::OnceLock;

            const NAMES: &[&str] = &[$(stringify!($field)),*];
            static KEYS: OnceLock<Vec<usize>> = OnceLock::new();

            #[inline(always)]
            fn key(index: usize) -> Object {
                KEYS.get_or_init(|| {
                    // SAFETY: who asks for a key is attached.
                    let intern = |name: &&str| unsafe {
                        let mut key = new_text(name);
                        ffi::PyUnicode_InternInPlace(&mut key);
                        ffi::PyObject_Hash(key);
                        key as usize
                    };
                    NAMES.iter().map(intern).collect()
                })[index] as Object
            }

            impl Limit for $name {
                #[inline(never)]
                unsafe fn to_object(&self) -> Object {
                    // SAFETY: the caller is attached.
                    unsafe {
                        let dict = _PyDict_NewPresized(NAMES.len() as isize);
                        let mut index = 0;
                        $(
                            let value = self.$field.to_object();
                            ffi::PyDict_SetItem(dict, key(index), value);
                            ffi::Py_DECREF(value);
                            index += 1;
                        )*
                        let _ = index;
                        dict
                    }
                }

                #[inline(never)]
                unsafe fn from_object(object: Object) -> Option<Self> {
                    // SAFETY: the caller's word.
                    unsafe {
                        if !is(object, &raw mut ffi::PyDict_Type) {
                            return None;
                        }
                        let mut entries = Entries { dict: object, position: 0 };
                        let mut index = 0;
                        $(
                            let value = entries.take(NAMES[index], key(index));
                            let $field: $type = if value.is_null() {
                                <$type as Limit>::missing()?
                            } else {
                                <$type as Limit>::from_object(value)?
                            };
                            index += 1;
                        )*
                        let _ = index;
                        Some($name { $($field),* })
                    }
                }
            }
        };
    )* };
}

serde_records::each_record!(limit);
