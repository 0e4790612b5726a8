//! `bytes`: `Vec<u8>` and `[u8; 16]`.

use std::slice;

use super::*;

/// The contents of a `bytes`.
#[inline(always)]
unsafe fn contents<'a>(bytes: Object) -> &'a [u8] {
    // SAFETY: the caller gives a live `bytes`, whose contents are as long as it says and stay.
    unsafe {
        let bytes = bytes.cast::<ffi::PyBytesObject>();
        let start = (&raw const (*bytes).ob_sval).cast();
        slice::from_raw_parts(start, (*bytes).ob_base.ob_size as usize)
    }
}

#[inline(always)]
pub unsafe fn to_vec(object: Object) -> Limit<Vec<u8>> {
    // SAFETY: the caller's word.
    unsafe {
        if has_flag(object, ffi::Py_TPFLAGS_BYTES_SUBCLASS) {
            return Ok(contents(object).to_vec());
        }
        sequence::from_items(object)
    }
}

#[inline(always)]
pub unsafe fn from_slice(values: &[u8]) -> Object {
    // SAFETY: the caller is attached.
    unsafe { ffi::PyBytes_FromStringAndSize(values.as_ptr().cast(), values.len() as isize) }
}

impl FromObject for [u8; 16] {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<[u8; 16]> {
        // SAFETY: the caller's word.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_BYTES_SUBCLASS) {
                return wrong(&Expected(Class::Type, "bytes"), object);
            }
            match contents(object).try_into() {
                Ok(values) => Ok(values),
                Err(_) => wrong(&Expected(Class::Value, "16 bytes"), object),
            }
        }
    }
}
