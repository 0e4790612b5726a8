//! Values from arguments.

use std::ffi::{CStr, c_ulong};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::{ptr, slice, str};

use pyo3_ffi as ffi;

use crate::Object;
use crate::raise::raise;
use crate::signature::Argument;

/// A value that is read from an argument.
pub trait Read<'a>: Sized {
    /// Nothing with an exception.
    ///
    /// # Safety
    /// Attached; a live object, which outlives what borrows from it.
    unsafe fn read(argument: Argument) -> Option<Self>;
}

#[cold]
#[inline(never)]
unsafe fn wrong(Argument(object, (function, name)): Argument, expected: &str) {
    let (function, name) = (function.to_bytes(), name.to_bytes());
    // SAFETY: attached, and a live object, by the caller of `read`; a type's name ends with NUL.
    unsafe {
        let got = CStr::from_ptr((*ffi::Py_TYPE(object)).tp_name).to_bytes();
        let middle = b"': expected ";
        let expected = expected.as_bytes();
        raise::<()>(&[function, b"() argument '", name, middle, expected, b", got ", got]);
    }
}

#[inline(always)]
unsafe fn has_flag(object: Object, flag: c_ulong) -> bool {
    // SAFETY: a live object, by the caller.
    unsafe { (*ffi::Py_TYPE(object)).tp_flags as c_ulong & flag != 0 }
}

/// An int object: header, signed number of digits (from 3.12 on a tag), digits of 30 bits.
#[repr(C)]
struct Int {
    base: ffi::PyObject,
    tag: isize,
    digits: [u32; 1],
}

impl Read<'_> for i64 {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<i64> {
        let int = argument.0;
        // SAFETY: a live object; an int has room for a digit.
        unsafe {
            if !has_flag(int, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
                wrong(argument, "int");
                return None;
            }
            let (tag, digit) = ((*int.cast::<Int>()).tag, (*int.cast::<Int>()).digits[0]);
            #[cfg(not(Py_3_12))]
            let (is_one, sign) = ((tag + 1) as usize <= 2, tag as i64);
            #[cfg(Py_3_12)]
            let (is_one, sign) = ((tag as usize) < 16, 1 - (tag & 3) as i64);
            if is_one { Some(sign * i64::from(digit)) } else { large(int) }
        }
    }
}

#[inline(never)]
unsafe fn large(int: Object) -> Option<i64> {
    // SAFETY: a live int, attached.
    unsafe {
        let value = ffi::PyLong_AsLongLong(int);
        if value == -1 && !ffi::PyErr_Occurred().is_null() { None } else { Some(value) }
    }
}

impl Read<'_> for f64 {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<f64> {
        // SAFETY: a live object, attached.
        unsafe {
            if ffi::PyFloat_CheckExact(argument.0) != 0 {
                return Some(ffi::PyFloat_AS_DOUBLE(argument.0));
            }
            let value = ffi::PyFloat_AsDouble(argument.0);
            if value == -1.0 && !ffi::PyErr_Occurred().is_null() { None } else { Some(value) }
        }
    }
}

impl Read<'_> for bool {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<bool> {
        // SAFETY: the constants live for ever; a live object.
        unsafe {
            if argument.0 == ffi::Py_True() {
                Some(true)
            } else if argument.0 == ffi::Py_False() {
                Some(false)
            } else {
                wrong(argument, "bool");
                None
            }
        }
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<Option<T>> {
        // SAFETY: the constant lives for ever; the caller's word.
        unsafe {
            if argument.0 == ffi::Py_None() { Some(None) } else { T::read(argument).map(Some) }
        }
    }
}

/// `compact` and `ascii` of the state of a str.
const COMPACT_ASCII: u32 = 0b11 << 5;

impl<'a> Read<'a> for &'a str {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<&'a str> {
        let text = argument.0;
        // SAFETY: a live object, attached. The text of a compact ASCII str lies behind its header;
        // the UTF-8 of any other lives as long as the object.
        unsafe {
            if !has_flag(text, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                wrong(argument, "str");
                return None;
            }
            let ascii = text.cast::<ffi::PyASCIIObject>();
            if (*ascii).state & COMPACT_ASCII == COMPACT_ASCII {
                let start = ascii.add(1).cast::<u8>();
                let bytes = slice::from_raw_parts(start, (*ascii).length as usize);
                return Some(str::from_utf8_unchecked(bytes));
            }
            let mut length = 0;
            let start = ffi::PyUnicode_AsUTF8AndSize(text, &mut length);
            if start.is_null() {
                return None;
            }
            let bytes = slice::from_raw_parts(start.cast(), length as usize);
            Some(str::from_utf8_unchecked(bytes))
        }
    }
}

impl Read<'_> for String {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<String> {
        // SAFETY: the caller's word; the text is copied at once.
        unsafe { <&str>::read(argument).map(str::to_owned) }
    }
}

impl<'a> Read<'a> for &'a [u8] {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<&'a [u8]> {
        // SAFETY: a live object; bytes do not change, and live as long as the object.
        unsafe {
            if !has_flag(argument.0, ffi::Py_TPFLAGS_BYTES_SUBCLASS) {
                wrong(argument, "bytes");
                return None;
            }
            let start = ffi::PyBytes_AS_STRING(argument.0).cast::<u8>();
            Some(slice::from_raw_parts(start, ffi::Py_SIZE(argument.0) as usize))
        }
    }
}

impl Read<'_> for Vec<i64> {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<Vec<i64>> {
        let Argument(list, at) = argument;
        // SAFETY: a live object, attached; reading an int runs no Python code that could change the
        // list.
        unsafe {
            if ffi::PyList_CheckExact(list) == 0 {
                wrong(argument, "list");
                return None;
            }
            let length = ffi::PyList_GET_SIZE(list) as usize;
            let items = (*list.cast::<ffi::PyListObject>()).ob_item;
            let mut values = Vec::with_capacity(length);
            let start: *mut i64 = values.as_mut_ptr();
            for index in 0..length {
                start.add(index).write(i64::read(Argument(*items.add(index), at))?);
            }
            values.set_len(length);
            Some(values)
        }
    }
}

/// The ints in a list, read where they lie.
pub struct Ints(Argument);

impl Read<'_> for Ints {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<Ints> {
        // SAFETY: a live object, by the caller.
        unsafe {
            if ffi::PyList_CheckExact(argument.0) == 0 {
                wrong(argument, "list");
                return None;
            }
        }
        Some(Ints(argument))
    }
}

impl Ints {
    /// Nothing with an exception.
    #[inline(always)]
    pub fn sum(&self) -> Option<i64> {
        let Argument(list, at) = self.0;
        // SAFETY: a live list, attached; reading an int runs no Python code that could change it.
        unsafe {
            let items = (*list.cast::<ffi::PyListObject>()).ob_item;
            let mut sum = 0_i64;
            for index in 0..ffi::PyList_GET_SIZE(list) as usize {
                sum = sum.wrapping_add(i64::read(Argument(*items.add(index), at))?);
            }
            Some(sum)
        }
    }
}

/// A text in the object that it comes in.
pub struct Kept {
    object: Object,
    text: *const str,
}

impl Read<'_> for Kept {
    #[inline(always)]
    unsafe fn read(argument: Argument) -> Option<Kept> {
        // SAFETY: the caller's word; a reference of its own keeps the text.
        unsafe {
            let text: *const str = <&str>::read(Argument(argument.0, argument.1))?;
            ffi::Py_INCREF(argument.0);
            Some(Kept { object: argument.0, text })
        }
    }
}

impl Kept {
    pub fn len(&self) -> usize {
        (self.text as *const [u8]).len()
    }
}

impl Drop for Kept {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the reference is this value's own; it is dropped within the call that made it.
        unsafe { ffi::Py_DECREF(self.object) }
    }
}

/// The entries of a dict, expected in the order of the fields; one that is elsewhere is looked up.
struct Entries {
    dict: Argument,
    position: ffi::Py_ssize_t,
}

impl Entries {
    #[inline(always)]
    unsafe fn of(dict: Argument) -> Option<Entries> {
        // SAFETY: a live object, by the caller.
        unsafe {
            if ffi::PyDict_CheckExact(dict.0) == 0 {
                wrong(dict, "dict");
                return None;
            }
        }
        Some(Entries { dict, position: 0 })
    }

    #[inline(always)]
    unsafe fn next<'a, T: Read<'a>>(&mut self, name: &AtomicPtr<ffi::PyObject>) -> Option<T> {
        let name = name.load(Ordering::Relaxed);
        let Argument(dict, at) = self.dict;
        // SAFETY: a live dict, attached; nothing changes it between its entry and the value that is
        // read from it.
        unsafe {
            let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
            let found = ffi::PyDict_Next(dict, &mut self.position, &mut key, &mut value);
            if found == 0 || key != name {
                value = ffi::PyDict_GetItemWithError(dict, name);
                if value.is_null() {
                    if ffi::PyErr_Occurred().is_null() {
                        ffi::PyErr_SetObject(ffi::PyExc_KeyError, name);
                    }
                    return None;
                }
            }
            T::read(Argument(value, at))
        }
    }
}

/// A struct that is read from a dict.
macro_rules! record {
    ($name:ident, $names:ident, $count:literal, { $($index:literal $field:ident: $ty:ty,)* }) => {
        pub struct $name {
            $(pub $field: $ty,)*
        }

        static $names: [AtomicPtr<ffi::PyObject>; $count] =
            [const { AtomicPtr::new(ptr::null_mut()) }; $count];

        impl $name {
            /// # Safety
            /// Attached.
            pub unsafe fn intern_fields() {
                $(
                    let name = concat!(stringify!($field), "\0").as_ptr().cast();
                    // SAFETY: attached; a text that ends with NUL.
                    let name = unsafe { ffi::PyUnicode_InternFromString(name) };
                    $names[$index].store(name, Ordering::Relaxed);
                )*
            }
        }

        impl Read<'_> for $name {
            #[inline(always)]
            unsafe fn read(argument: Argument) -> Option<$name> {
                // SAFETY: the caller's word.
                unsafe {
                    let mut entries = Entries::of(argument)?;
                    Some($name { $($field: entries.next(&$names[$index])?,)* })
                }
            }
        }
    };
}

record!(Point, POINT_FIELDS, 3, { 0 x: i64, 1 y: i64, 2 label: String, });

record!(Person, PERSON_FIELDS, 10, {
    0 id: i64,
    1 name: String,
    2 email: String,
    3 age: i64,
    4 score: f64,
    5 ratio: f64,
    6 active: bool,
    7 verified: bool,
    8 count: Option<i64>,
    9 city: String,
});

record!(KeptPerson, KEPT_PERSON_FIELDS, 10, {
    0 id: i64,
    1 name: Kept,
    2 email: Kept,
    3 age: i64,
    4 score: f64,
    5 ratio: f64,
    6 active: bool,
    7 verified: bool,
    8 count: Option<i64>,
    9 city: Kept,
});
