//! The limit: each conversion by hand on raw pointers, for exactly the case that is measured and
//! with as little checking as a correct conversion can do. What is not on the measured path gives
//! up with an error. Frozen: a change to a limit states its reason beside it.

use std::ffi::c_ulong;
use std::ptr;
use std::slice;
use std::str;

use pyo3_ffi as ffi;
use pyo3_ffi::PyObject;

use super::records::Record;

/// What was expected, and the type that was got: two words, nothing built.
#[allow(dead_code, reason = "an error has to carry what a message would need")]
pub struct Wrong(&'static str, *mut ffi::PyTypeObject);

type Limit<T> = Result<T, Wrong>;

#[inline(always)]
unsafe fn has_flag(object: *mut PyObject, flag: c_ulong) -> bool {
    // SAFETY: the caller gives a live object.
    unsafe { (*ffi::Py_TYPE(object)).tp_flags & flag != 0 }
}

#[inline(always)]
unsafe fn wrong<T>(expected: &'static str, object: *mut PyObject) -> Limit<T> {
    // SAFETY: the caller gives a live object.
    Err(Wrong(expected, unsafe { ffi::Py_TYPE(object) }))
}

/// An int object: header, signed number of digits (from 3.12 on a tag), digits.
#[repr(C)]
struct Int {
    base: PyObject,
    tag: isize,
    digits: [u32; 2],
}

#[inline(always)]
pub unsafe fn to_i64(object: *mut PyObject) -> Limit<i64> {
    // SAFETY: the caller gives a live object; an int has at least one digit.
    unsafe {
        if !has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
            return to_i64_by_index(object);
        }
        let int = object.cast::<Int>();
        let (tag, digit) = ((*int).tag, i64::from((*int).digits[0]));
        #[cfg(not(Py_3_12))]
        let (is_one, sign) = ((tag + 1) as usize <= 2, tag as i64);
        #[cfg(Py_3_12)]
        let (is_one, sign) = ((tag as usize) < 16, 1 - (tag & 3) as i64);
        if is_one { Ok(sign * digit) } else { wrong("an int of one digit", object) }
    }
}

#[cold]
#[inline(never)]
unsafe fn to_i64_by_index(object: *mut PyObject) -> Limit<i64> {
    // SAFETY: the caller gives a live object; a type's number slots live as long as the type.
    unsafe {
        let numbers = (*ffi::Py_TYPE(object)).tp_as_number;
        if numbers.is_null() || (*numbers).nb_index.is_none() {
            return wrong("an int", object);
        }
        wrong("no __index__ here", object)
    }
}

#[inline(always)]
unsafe fn to_f64(object: *mut PyObject) -> Limit<f64> {
    // SAFETY: the caller gives a live object.
    unsafe {
        if ffi::PyFloat_CheckExact(object) != 0 {
            Ok((*object.cast::<ffi::PyFloatObject>()).ob_fval)
        } else {
            wrong("a float", object)
        }
    }
}

#[inline(always)]
unsafe fn to_bool(object: *mut PyObject) -> Limit<bool> {
    // SAFETY: the caller gives a live object.
    unsafe {
        if object == ffi::Py_True() {
            Ok(true)
        } else if object == ffi::Py_False() {
            Ok(false)
        } else {
            wrong("a bool", object)
        }
    }
}

#[inline(always)]
pub unsafe fn to_string(object: *mut PyObject) -> Limit<String> {
    /// `compact` and `ascii` of the state word.
    const COMPACT_ASCII: u32 = 0x60;
    // SAFETY: the caller gives a live object; the text of a compact ASCII string is behind its
    // header, and is UTF-8.
    unsafe {
        if !has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
            return wrong("a str", object);
        }
        let ascii = object.cast::<ffi::PyASCIIObject>();
        if (*ascii).state & COMPACT_ASCII != COMPACT_ASCII {
            return wrong("an ASCII str", object);
        }
        let bytes = slice::from_raw_parts(ascii.add(1).cast::<u8>(), (*ascii).length as usize);
        Ok(str::from_utf8_unchecked(bytes).to_owned())
    }
}

#[inline(always)]
pub unsafe fn to_vec(object: *mut PyObject) -> Limit<Vec<i64>> {
    // SAFETY: the caller gives a live object; size and items are read anew for each item.
    unsafe {
        if ffi::PyList_CheckExact(object) == 0 {
            return wrong("a list", object);
        }
        let list = object.cast::<ffi::PyListObject>();
        let mut values = Vec::with_capacity((*list).ob_base.ob_size as usize);
        while values.len() < (*list).ob_base.ob_size as usize {
            values.push(to_i64(*(*list).ob_item.add(values.len()))?);
        }
        Ok(values)
    }
}

/// The field names, interned on first use.
unsafe fn names() -> &'static [*mut PyObject; 10] {
    struct Names([*mut PyObject; 10]);
    // SAFETY: the strings are made once, and only read under the GIL.
    unsafe impl Send for Names {}
    // SAFETY: as above.
    unsafe impl Sync for Names {}
    static NAMES: std::sync::OnceLock<Names> = std::sync::OnceLock::new();
    let texts = [
        c"id",
        c"name",
        c"email",
        c"age",
        c"score",
        c"ratio",
        c"active",
        c"verified",
        c"count",
        c"city",
    ];
    // SAFETY: the caller is attached; the texts end with NUL.
    let make =
        || Names(texts.map(|text| unsafe { ffi::PyUnicode_InternFromString(text.as_ptr()) }));
    &NAMES.get_or_init(make).0
}

/// Walks the dict once, its keys expected in the order of the fields; what is not where it is
/// expected is looked up.
#[inline(always)]
pub unsafe fn to_record(object: *mut PyObject) -> Limit<Record> {
    // SAFETY: the caller gives a live object and is attached. Values are borrowed from the dict,
    // which nothing changes meanwhile: no conversion here runs Python code.
    unsafe {
        if ffi::PyDict_CheckExact(object) == 0 {
            return wrong("a dict", object);
        }
        let names = names();
        let mut position = 0;
        let mut next = |index: usize| {
            let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
            if ffi::PyDict_Next(object, &mut position, &mut key, &mut value) != 0
                && key == names[index]
            {
                return Ok(value);
            }
            let value = ffi::PyDict_GetItemWithError(object, names[index]);
            if value.is_null() { wrong("a key", object) } else { Ok(value) }
        };
        Ok(Record {
            id: to_i64(next(0)?)?,
            name: to_string(next(1)?)?,
            email: to_string(next(2)?)?,
            age: to_i64(next(3)?)?,
            score: to_f64(next(4)?)?,
            ratio: to_f64(next(5)?)?,
            active: to_bool(next(6)?)?,
            verified: to_bool(next(7)?)?,
            count: {
                let value = next(8)?;
                if value == ffi::Py_None() { None } else { Some(to_i64(value)?) }
            },
            city: to_string(next(9)?)?,
        })
    }
}
