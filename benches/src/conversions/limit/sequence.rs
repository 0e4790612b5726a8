//! Lists and tuples item by item, numbers through the buffer protocol.

use std::collections::VecDeque;
use std::ffi::CStr;
use std::ptr;

use super::*;

pub const SEQUENCE: &Expected = &Expected(Class::Type, "a sequence");

/// The items of an exact list or tuple. They may change when Python code runs.
#[inline(always)]
pub unsafe fn items(object: Object) -> Option<*const [Object]> {
    // SAFETY: the caller gives a live object; a list or a tuple has as many items as it says.
    unsafe {
        let length = (*object.cast::<ffi::PyVarObject>()).ob_size as usize;
        if is_exact(object, &raw mut ffi::PyList_Type) {
            let items = (*object.cast::<ffi::PyListObject>()).ob_item;
            Some(ptr::slice_from_raw_parts(items, length))
        } else if is_exact(object, &raw mut ffi::PyTuple_Type) {
            let items = &raw const (*object.cast::<ffi::PyTupleObject>()).ob_item;
            Some(ptr::slice_from_raw_parts(items.cast(), length))
        } else {
            None
        }
    }
}

/// A `Vec` of the items of a list or a tuple.
#[inline(always)]
pub unsafe fn from_items<T: FromObject>(object: Object) -> Limit<Vec<T>> {
    // SAFETY: the caller gives a live object; size and items of a list are read anew for each
    // item, and those of a tuple stay.
    unsafe {
        if is_exact(object, &raw mut ffi::PyList_Type) {
            let list = object.cast::<ffi::PyListObject>();
            let mut values = Vec::with_capacity((*list).ob_base.ob_size as usize);
            while values.len() < (*list).ob_base.ob_size as usize {
                values.push(T::from_object(*(*list).ob_item.add(values.len()))?);
            }
            return Ok(values);
        }
        if is_exact(object, &raw mut ffi::PyTuple_Type) {
            let tuple = object.cast::<ffi::PyTupleObject>();
            let length = (*tuple).ob_base.ob_size as usize;
            let items = (&raw const (*tuple).ob_item).cast::<Object>();
            let mut values = Vec::with_capacity(length);
            for index in 0..length {
                values.push(T::from_object(*items.add(index))?);
            }
            return Ok(values);
        }
        wrong(SEQUENCE, object)
    }
}

/// The same, or a copy of a buffer whose items are, by one of these letters, of the type already.
#[inline(always)]
pub unsafe fn from_items_or_buffer<T: FromObject + Copy>(
    object: Object,
    letters: &'static [u8],
) -> Limit<Vec<T>> {
    // SAFETY: the caller's word.
    unsafe {
        if is_exact(object, &raw mut ffi::PyList_Type)
            || is_exact(object, &raw mut ffi::PyTuple_Type)
        {
            return from_items(object);
        }
        from_buffer(object, letters)
    }
}

/// Asks for a buffer of one dimension, which is contiguous then, and copies it at once.
#[inline(never)]
unsafe fn from_buffer<T: Copy>(object: Object, letters: &'static [u8]) -> Limit<Vec<T>> {
    // SAFETY: the caller gives a live object and is attached. A buffer asked for without strides
    // is contiguous, its format ends with NUL, and its items are plain numbers of that size.
    unsafe {
        if ffi::PyObject_CheckBuffer(object) == 0 {
            return wrong(SEQUENCE, object);
        }
        let mut view = ffi::Py_buffer::new();
        if ffi::PyObject_GetBuffer(object, &mut view, ffi::PyBUF_FORMAT | ffi::PyBUF_ND) != 0 {
            return wrong(RAISED, object);
        }
        let format = CStr::from_ptr(view.format).to_bytes();
        let is_plain = matches!(format, [letter] if letters.contains(letter));
        let values = if is_plain && view.ndim == 1 && view.itemsize as usize == size_of::<T>() {
            let count = view.len as usize / size_of::<T>();
            let mut values = Vec::with_capacity(count);
            ptr::copy_nonoverlapping(view.buf.cast::<T>(), values.as_mut_ptr(), count);
            values.set_len(count);
            Ok(values)
        } else {
            wrong(SEQUENCE, object)
        };
        ffi::PyBuffer_Release(&mut view);
        values
    }
}

impl<T: FromObject> FromObject for Vec<T> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Vec<T>> {
        // SAFETY: the caller's word.
        unsafe { T::many_from_object(object) }
    }
}

impl<T: FromObject> FromObject for VecDeque<T> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<VecDeque<T>> {
        // SAFETY: the caller's word.
        unsafe { T::many_from_object(object).map(VecDeque::from) }
    }
}

/// A list, its items stored directly: nobody else sees it yet.
#[inline(always)]
pub unsafe fn to_list<'a, T: ToObject + 'a>(
    values: impl ExactSizeIterator<Item = &'a T>,
) -> Object {
    // SAFETY: the caller is attached; the new list has as many places as there are values. Where
    // a value fails, the places left are NULL, which a list's end allows for.
    unsafe {
        let list = ffi::PyList_New(values.len() as isize);
        if list.is_null() {
            return list;
        }
        let items = (*list.cast::<ffi::PyListObject>()).ob_item;
        for (index, value) in values.enumerate() {
            let item = value.to_object();
            if item.is_null() {
                ffi::Py_DECREF(list);
                return item;
            }
            *items.add(index) = item;
        }
        list
    }
}

impl<T: ToObject> ToObject for Vec<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { T::many_to_object(self) }
    }
}

impl<T: ToObject> ToObject for VecDeque<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { to_list(self.iter()) }
    }
}
