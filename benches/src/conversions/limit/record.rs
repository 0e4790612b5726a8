//! The struct of ten fields.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::*;
use crate::conversions::records::{AttributeRecord, Record};

const DICT: &Expected = &Expected(Class::Type, "a dict");
const KEY: &Expected = &Expected(Class::Value, "all keys");

pub const FIELDS: [&CStr; 10] = [
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

/// The names of the fields, interned.
static NAMES: [AtomicPtr<PyObject>; 10] = [const { AtomicPtr::new(ptr::null_mut()) }; 10];

/// Interns the names.
pub unsafe fn prepare() {
    for (name, field) in NAMES.iter().zip(FIELDS) {
        // SAFETY: the caller is attached.
        let string = unsafe { ffi::PyUnicode_InternFromString(field.as_ptr()) };
        name.store(string, Ordering::Relaxed);
    }
}

#[inline(always)]
pub fn name(index: usize) -> Object {
    NAMES[index].load(Ordering::Relaxed)
}

impl FromObject for Record {
    /// Walks the dict once, its keys expected in the order of the fields; what is not where it is
    /// expected is looked up.
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Record> {
        // SAFETY: the caller gives a live object and is attached. Values are borrowed from the
        // dict, which nothing changes meanwhile: no conversion here runs Python code.
        unsafe {
            if ffi::PyDict_CheckExact(object) == 0 {
                return wrong(DICT, object);
            }
            let mut position = 0;
            let mut next = |index| {
                let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
                if ffi::PyDict_Next(object, &mut position, &mut key, &mut value) != 0
                    && key == name(index)
                {
                    return Ok(value);
                }
                let value = ffi::PyDict_GetItemWithError(object, name(index));
                if value.is_null() { wrong(KEY, object) } else { Ok(value) }
            };
            Ok(Record {
                id: i64::from_object(next(0)?)?,
                name: String::from_object(next(1)?)?,
                email: String::from_object(next(2)?)?,
                age: i64::from_object(next(3)?)?,
                score: f64::from_object(next(4)?)?,
                ratio: f64::from_object(next(5)?)?,
                active: bool::from_object(next(6)?)?,
                verified: bool::from_object(next(7)?)?,
                count: Option::from_object(next(8)?)?,
                city: String::from_object(next(9)?)?,
            })
        }
    }
}

/// The value of the attribute number `index`.
#[inline(always)]
unsafe fn attribute<T: FromObject>(object: Object, index: usize) -> Limit<T> {
    // SAFETY: the caller gives a live object and is attached; the attribute is a new reference.
    unsafe {
        let attribute = ffi::PyObject_GetAttr(object, name(index));
        if attribute.is_null() {
            return wrong(RAISED, object);
        }
        let value = T::from_object(attribute);
        ffi::Py_DECREF(attribute);
        value
    }
}

impl FromObject for AttributeRecord {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<AttributeRecord> {
        // SAFETY: the caller's word.
        unsafe {
            Ok(AttributeRecord {
                id: attribute(object, 0)?,
                name: attribute(object, 1)?,
                email: attribute(object, 2)?,
                age: attribute(object, 3)?,
                score: attribute(object, 4)?,
                ratio: attribute(object, 5)?,
                active: attribute(object, 6)?,
                verified: attribute(object, 7)?,
                count: attribute(object, 8)?,
                city: attribute(object, 9)?,
            })
        }
    }
}

impl ToObject for Record {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; values are new references or NULL.
        unsafe {
            let dict = map::new_dict(10);
            if dict.is_null() {
                return dict;
            }
            let set = |index, value: Object| {
                let failed = value.is_null() || ffi::PyDict_SetItem(dict, name(index), value) != 0;
                ffi::Py_XDECREF(value);
                !failed
            };
            let done = set(0, self.id.to_object())
                && set(1, self.name.to_object())
                && set(2, self.email.to_object())
                && set(3, self.age.to_object())
                && set(4, self.score.to_object())
                && set(5, self.ratio.to_object())
                && set(6, self.active.to_object())
                && set(7, self.verified.to_object())
                && set(8, self.count.to_object())
                && set(9, self.city.to_object());
            if done {
                return dict;
            }
            ffi::Py_DECREF(dict);
            ptr::null_mut()
        }
    }
}
