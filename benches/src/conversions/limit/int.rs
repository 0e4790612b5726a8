//! Integers: `i64`, `u8`, `u32`, `i128`.

use std::ffi::{c_int, c_long};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::*;

const INT: &Expected = &Expected(Class::Type, "an int");
const BYTE: &Expected = &Expected(Class::Overflow, "an int in 0..=255");
const WORD: &Expected = &Expected(Class::Overflow, "an int in 0..=4294967295");
const I128: &Expected = &Expected(Class::Overflow, "an int of at most 128 bits");

/// An int object: header, signed number of digits (from 3.12 on a tag), digits of 30 bits.
#[repr(C)]
struct Int {
    base: PyObject,
    tag: isize,
    digits: [u32; 1],
}

/// The value of an int of one digit.
#[inline(always)]
pub unsafe fn one_digit(int: Object) -> Option<i64> {
    // SAFETY: the caller gives a live int, which has room for a digit.
    let (tag, digit) = unsafe { ((*int.cast::<Int>()).tag, (*int.cast::<Int>()).digits[0]) };
    #[cfg(not(Py_3_12))]
    let (is_one, sign) = ((tag + 1) as usize <= 2, tag as i64);
    #[cfg(Py_3_12)]
    let (is_one, sign) = ((tag as usize) < 16, 1 - (tag & 3) as i64);
    is_one.then(|| sign * i64::from(digit))
}

/// Whether an int is negative, the number of its digits, and where they are.
#[inline(always)]
pub unsafe fn parts(int: Object) -> (bool, usize, *const u32) {
    let int = int.cast::<Int>();
    // SAFETY: the caller gives a live int.
    let (tag, digits) = unsafe { ((*int).tag, (&raw const (*int).digits).cast::<u32>()) };
    #[cfg(not(Py_3_12))]
    return (tag < 0, tag.unsigned_abs(), digits);
    #[cfg(Py_3_12)]
    return (tag & 3 == 2, tag as usize >> 3, digits);
}

impl FromObject for i64 {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<i64> {
        // SAFETY: the caller gives a live object; of an int, `parts` says how many digits it has.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
                return without_int(object);
            }
            if let Some(value) = one_digit(object) {
                return Ok(value);
            }
            let (negative, count, digits) = parts(object);
            if count == 2 {
                let value = i64::from(*digits) | i64::from(*digits.add(1)) << 30;
                return Ok(if negative { -value } else { value });
            }
            of_three_digits(object)
        }
    }

    #[inline(always)]
    unsafe fn many_from_object(object: Object) -> Limit<Vec<i64>> {
        // SAFETY: the caller's word.
        unsafe { sequence::from_items_or_buffer(object, b"ql") }
    }
}

#[cold]
#[inline(never)]
unsafe fn of_three_digits(int: Object) -> Limit<i64> {
    // SAFETY: the caller gives a live int and is attached.
    unsafe {
        let value = ffi::PyLong_AsLongLong(int);
        if value == -1 && !ffi::PyErr_Occurred().is_null() {
            return wrong(RAISED, int);
        }
        Ok(value)
    }
}

/// What has `__index__` would be asked for it; that is not measured.
#[cold]
#[inline(never)]
unsafe fn without_int<T>(object: Object) -> Limit<T> {
    // SAFETY: the caller gives a live object; a type's number slots live as long as the type.
    unsafe {
        let numbers = (*ffi::Py_TYPE(object)).tp_as_number;
        if numbers.is_null() || (*numbers).nb_index.is_none() {
            return wrong(INT, object);
        }
        wrong(&Expected(Class::Type, "no __index__ here"), object)
    }
}

impl FromObject for u8 {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<u8> {
        // SAFETY: the caller's word.
        unsafe {
            let value = i64::from_object(object)?;
            if value as u64 > 255 { wrong(BYTE, object) } else { Ok(value as u8) }
        }
    }

    #[inline(always)]
    unsafe fn many_from_object(object: Object) -> Limit<Vec<u8>> {
        // SAFETY: the caller's word.
        unsafe { bytes::to_vec(object) }
    }
}

impl FromObject for u32 {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<u32> {
        // SAFETY: the caller's word.
        unsafe {
            let value = i64::from_object(object)?;
            u32::try_from(value).or_else(|_| wrong(WORD, object))
        }
    }
}

impl FromObject for i128 {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<i128> {
        // SAFETY: the caller gives a live object; of an int, `parts` says how many digits it has.
        unsafe {
            if !has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
                return without_int(object);
            }
            let (negative, count, digits) = parts(object);
            // Five digits are 150 bits; of the fifth, eight bits fit.
            if count > 5 || (count == 5 && *digits.add(4) >> 8 != 0) {
                return wrong(I128, object);
            }
            let digit = |index| if index < count { u128::from(*digits.add(index)) } else { 0 };
            let magnitude =
                digit(0) | digit(1) << 30 | digit(2) << 60 | digit(3) << 90 | digit(4) << 120;
            let value = if negative {
                0i128.checked_sub_unsigned(magnitude)
            } else {
                i128::try_from(magnitude).ok()
            };
            match value {
                Some(value) => Ok(value),
                None => wrong(I128, object),
            }
        }
    }
}

/// The first int of which CPython keeps the only instance, and how many follow.
const FIRST: i64 = -5;
const COUNT: usize = 262;

static SMALL: [AtomicPtr<PyObject>; COUNT] = [const { AtomicPtr::new(ptr::null_mut()) }; COUNT];

/// Fills the table of small ints.
pub unsafe fn prepare() {
    for (value, place) in (FIRST..).zip(&SMALL) {
        // SAFETY: the caller is attached.
        place.store(unsafe { ffi::PyLong_FromLong(value as c_long) }, Ordering::Relaxed);
    }
}

impl ToObject for i64 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the table holds live ints, which from 3.12 on are
        // immortal.
        unsafe {
            match SMALL.get(self.wrapping_sub(FIRST) as usize) {
                Some(small) => {
                    let int = small.load(Ordering::Relaxed);
                    if cfg!(not(Py_3_12)) {
                        ffi::Py_INCREF(int);
                    }
                    int
                }
                None => ffi::PyLong_FromLongLong(*self),
            }
        }
    }
}

impl ToObject for u8 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { i64::from(*self).to_object() }
    }

    #[inline(always)]
    unsafe fn many_to_object(values: &[u8]) -> Object {
        // SAFETY: the caller's word.
        unsafe { bytes::from_slice(values) }
    }
}

impl ToObject for u32 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { i64::from(*self).to_object() }
    }
}

unsafe extern "C" {
    fn _PyLong_FromByteArray(
        bytes: *const u8,
        count: usize,
        little_endian: c_int,
        is_signed: c_int,
    ) -> Object;
}

impl ToObject for i128 {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the bytes are as many as is said.
        unsafe {
            match i64::try_from(*self) {
                Ok(small) => small.to_object(),
                Err(_) => {
                    let bytes = self.to_le_bytes();
                    _PyLong_FromByteArray(bytes.as_ptr(), bytes.len(), 1, 1)
                }
            }
        }
    }
}

impl FromObject for [i64; 8] {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<[i64; 8]> {
        // SAFETY: the caller's word; a list has as many items as it says.
        unsafe {
            let Some(items) = sequence::items(object) else {
                return wrong(sequence::SEQUENCE, object);
            };
            if items.len() != 8 {
                return wrong(&Expected(Class::Value, "8 items"), object);
            }
            let mut values = [0; 8];
            for (index, value) in values.iter_mut().enumerate() {
                *value = i64::from_object(*items.cast::<Object>().add(index))?;
            }
            Ok(values)
        }
    }
}

impl ToObject for [i64; 8] {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { i64::many_to_object(self) }
    }
}
