//! Floats, bools, options.

use super::*;

const FLOAT: &Expected = &Expected(Class::Type, "a float");
const BOOL: &Expected = &Expected(Class::Type, "a bool");

impl FromObject for f64 {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<f64> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if is_exact(object, &raw mut ffi::PyFloat_Type) {
                return Ok((*object.cast::<ffi::PyFloatObject>()).ob_fval);
            }
            if is_exact(object, &raw mut ffi::PyLong_Type)
                && let Some(value) = int::one_digit(object)
            {
                return Ok(value as f64);
            }
            without_float(object)
        }
    }

    #[inline(always)]
    unsafe fn many_from_object(object: Object) -> Limit<Vec<f64>> {
        // SAFETY: the caller's word.
        unsafe { sequence::from_items_or_buffer(object, b"d") }
    }
}

/// What has `__float__` or `__index__` would be asked for it; that is not measured.
#[cold]
#[inline(never)]
unsafe fn without_float(object: Object) -> Limit<f64> {
    // SAFETY: the caller gives a live object; a type's number slots live as long as the type.
    unsafe {
        let numbers = (*ffi::Py_TYPE(object)).tp_as_number;
        if numbers.is_null() || ((*numbers).nb_float.is_none() && (*numbers).nb_index.is_none()) {
            return wrong(FLOAT, object);
        }
        wrong(&Expected(Class::Type, "no __float__ here"), object)
    }
}

impl ToObject for f64 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached.
        unsafe { ffi::PyFloat_FromDouble(*self) }
    }
}

impl FromObject for bool {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<bool> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if object == ffi::Py_True() {
                Ok(true)
            } else if object == ffi::Py_False() {
                Ok(false)
            } else {
                wrong(BOOL, object)
            }
        }
    }
}

impl ToObject for bool {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the two bools live for ever.
        unsafe { new_reference(if *self { ffi::Py_True() } else { ffi::Py_False() }) }
    }
}

impl<T: FromObject> FromObject for Option<T> {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Option<T>> {
        // SAFETY: the caller's word.
        unsafe {
            if object == ffi::Py_None() { Ok(None) } else { T::from_object(object).map(Some) }
        }
    }
}

impl<T: ToObject> ToObject for Option<T> {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; `None` lives for ever.
        unsafe {
            match self {
                Some(value) => value.to_object(),
                None => new_reference(ffi::Py_None()),
            }
        }
    }
}
