//! Fields as items of a dict.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::*;

const DICT: &Expected = &Expected(Class::Type, "a dict");
const KEY: &Expected = &Expected(Class::Value, "all keys");

/// A str that is a key or a tag, interned.
pub struct Name(AtomicPtr<PyObject>);

impl Name {
    pub const fn new() -> Name {
        Name(AtomicPtr::new(ptr::null_mut()))
    }

    /// Interns the text.
    pub unsafe fn intern(&self, text: &CStr) {
        // SAFETY: the caller is attached.
        let string = unsafe { ffi::PyUnicode_InternFromString(text.as_ptr()) };
        self.0.store(string, Ordering::Relaxed);
    }

    #[inline(always)]
    pub fn get(&self) -> Object {
        self.0.load(Ordering::Relaxed)
    }
}

/// Walks a dict once, its keys expected in the order they are asked for; what is not where it is
/// expected is looked up.
pub struct Items {
    dict: Object,
    position: isize,
}

impl Items {
    /// The dict must live, and nobody change it, as long as the values are used.
    #[inline(always)]
    pub unsafe fn of(object: Object) -> Limit<Items> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if ffi::PyDict_CheckExact(object) == 0 {
                return wrong(DICT, object);
            }
            Ok(Items { dict: object, position: 0 })
        }
    }

    /// The value that a name has.
    #[inline(always)]
    pub unsafe fn next<T: FromObject>(&mut self, name: &Name) -> Limit<T> {
        // SAFETY: the caller's word.
        unsafe { T::from_object(self.next_object(name)?) }
    }

    /// The same as an object, borrowed from the dict.
    #[inline(always)]
    pub unsafe fn next_object(&mut self, name: &Name) -> Limit<Object> {
        let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: a live dict, by the caller's word to `of`, and the thread is attached.
        unsafe {
            if ffi::PyDict_Next(self.dict, &mut self.position, &mut key, &mut value) != 0
                && key == name.get()
            {
                return Ok(value);
            }
            let value = ffi::PyDict_GetItemWithError(self.dict, name.get());
            if value.is_null() { wrong(KEY, self.dict) } else { Ok(value) }
        }
    }
}

/// A dict of names and values, which are new references or NULL.
#[inline(always)]
pub unsafe fn to_dict<const N: usize>(items: [(&Name, Object); N]) -> Object {
    // SAFETY: the caller is attached and gives new references away.
    unsafe {
        let dict = map::new_dict(N);
        let mut done = !dict.is_null();
        for (name, value) in items {
            done = done && !value.is_null() && ffi::PyDict_SetItem(dict, name.get(), value) == 0;
            ffi::Py_XDECREF(value);
        }
        if done {
            return dict;
        }
        ffi::Py_XDECREF(dict);
        ptr::null_mut()
    }
}
