//! `PathBuf`: from `str` and `os.PathLike`, into `pathlib.Path`.

use std::path::PathBuf;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::*;

static CLASS: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());

/// Looks up `pathlib.Path`.
pub unsafe fn prepare() {
    // SAFETY: the caller is attached.
    CLASS.store(unsafe { import(c"pathlib", c"Path") }, Ordering::Relaxed);
}

impl FromObject for PathBuf {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<PathBuf> {
        // SAFETY: the caller's word.
        unsafe {
            if has_flag(object, ffi::Py_TPFLAGS_UNICODE_SUBCLASS) {
                return String::from_object(object).map(PathBuf::from);
            }
            from_path_like(object)
        }
    }
}

/// Calls `__fspath__`.
#[inline(never)]
unsafe fn from_path_like(object: Object) -> Limit<PathBuf> {
    // SAFETY: the caller gives a live object and is attached; the answer is a new reference.
    unsafe {
        let text = ffi::PyOS_FSPath(object);
        if text.is_null() {
            return wrong(RAISED, object);
        }
        let path = String::from_object(text).map(PathBuf::from);
        ffi::Py_DECREF(text);
        path
    }
}

impl ToObject for PathBuf {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the class is live.
        unsafe {
            let Some(text) = self.to_str() else { return ptr::null_mut() };
            let text = text.to_object();
            if text.is_null() {
                return text;
            }
            let path = ffi::PyObject_CallOneArg(CLASS.load(Ordering::Relaxed), text);
            ffi::Py_DECREF(text);
            path
        }
    }
}
