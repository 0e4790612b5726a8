//! Tuples of two and of three.

use super::*;

const TUPLE: &Expected = &Expected(Class::Type, "a tuple of that length");

/// The items of a tuple of `N`.
#[inline(always)]
unsafe fn items<const N: usize>(object: Object) -> Limit<*const Object> {
    // SAFETY: the caller gives a live object.
    unsafe {
        let tuple = object.cast::<ffi::PyTupleObject>();
        if !has_flag(object, ffi::Py_TPFLAGS_TUPLE_SUBCLASS)
            || (*tuple).ob_base.ob_size != N as isize
        {
            return wrong(TUPLE, object);
        }
        Ok((&raw const (*tuple).ob_item).cast())
    }
}

impl<A: FromObject, B: FromObject> FromObject for (A, B) {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<(A, B)> {
        // SAFETY: the caller's word; the items of a tuple stay.
        unsafe {
            let items = items::<2>(object)?;
            Ok((A::from_object(*items)?, B::from_object(*items.add(1))?))
        }
    }
}

impl<A: FromObject, B: FromObject, C: FromObject> FromObject for (A, B, C) {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<(A, B, C)> {
        // SAFETY: the caller's word; the items of a tuple stay.
        unsafe {
            let items = items::<3>(object)?;
            let (a, b) = (A::from_object(*items)?, B::from_object(*items.add(1))?);
            Ok((a, b, C::from_object(*items.add(2))?))
        }
    }
}

impl<A: ToObject, B: ToObject, C: ToObject> ToObject for (A, B, C) {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the new tuple, which nobody else sees yet, has three
        // places.
        unsafe {
            let tuple = ffi::PyTuple_New(3);
            if tuple.is_null() {
                return tuple;
            }
            let items = (&raw mut (*tuple.cast::<ffi::PyTupleObject>()).ob_item).cast::<Object>();
            *items = self.0.to_object();
            *items.add(1) = self.1.to_object();
            *items.add(2) = self.2.to_object();
            if (*items).is_null() || (*items.add(1)).is_null() || (*items.add(2)).is_null() {
                ffi::Py_DECREF(tuple);
                return ptr::null_mut();
            }
            tuple
        }
    }
}
