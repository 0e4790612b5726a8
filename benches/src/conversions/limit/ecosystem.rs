//! Types of other crates: `BigInt`, `BigUint`, `Decimal`, `Uuid`.

use std::ffi::c_int;
use std::ptr;
use std::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

use num_bigint::{BigInt, BigUint, Sign};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::int::parts;
use super::*;

const INT: &Expected = &Expected(Class::Type, "an int");
const DECIMAL: &Expected = &Expected(Class::Type, "a Decimal");
const FITTING: &Expected = &Expected(Class::Value, "a Decimal that fits");
const UUID: &Expected = &Expected(Class::Type, "a UUID");

static DECIMAL_CLASS: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());
static UUID_CLASS: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());
static UNKNOWN: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());
/// Where in a UUID its number is, and whether it is safe.
static SLOTS: [AtomicIsize; 2] = [const { AtomicIsize::new(0) }; 2];

/// Imports the classes, and asks UUID where its slots are.
pub unsafe fn prepare() {
    // SAFETY: the caller is attached. A name in `__slots__` is a member descriptor in the class.
    unsafe {
        DECIMAL_CLASS.store(import(c"decimal", c"Decimal"), Ordering::Relaxed);
        let class = import(c"uuid", c"UUID");
        UUID_CLASS.store(class, Ordering::Relaxed);
        for (slot, name) in SLOTS.iter().zip([c"int", c"is_safe"]) {
            let member = ffi::PyObject_GetAttrString(class, name.as_ptr());
            assert!(is_exact(member, &raw mut ffi::PyMemberDescr_Type), "it is in __slots__");
            let member = (*member.cast::<ffi::PyMemberDescrObject>()).d_member;
            // Before 3.11 the declaration names another struct.
            slot.store((*member.cast::<ffi::PyMemberDef>()).offset, Ordering::Relaxed);
        }
        let safe = import(c"uuid", c"SafeUUID");
        UNKNOWN.store(ffi::PyObject_GetAttrString(safe, c"unknown".as_ptr()), Ordering::Relaxed);
    }
}

/// Digits of 30 bits as words of 32, on the stack, where they are few; and whether the int is
/// negative.
#[inline(always)]
unsafe fn words(object: Object) -> Limit<(bool, [u32; 31], usize)> {
    // SAFETY: the caller gives a live object; of an int, `parts` says how many digits it has.
    unsafe {
        if !has_flag(object, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
            return wrong(INT, object);
        }
        let (negative, count, digits) = parts(object);
        if count > 32 {
            return wrong(&Expected(Class::Type, "an int that is measured"), object);
        }
        let mut words = [0; 31];
        let (mut bits, mut filled, mut length) = (0u64, 0, 0);
        for index in 0..count {
            bits |= u64::from(*digits.add(index)) << filled;
            filled += 30;
            if filled >= 32 {
                words[length] = bits as u32;
                length += 1;
                bits >>= 32;
                filled -= 32;
            }
        }
        if bits != 0 {
            words[length] = bits as u32;
            length += 1;
        }
        Ok((negative, words, length))
    }
}

impl FromObject for BigInt {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<BigInt> {
        // SAFETY: the caller's word.
        let (negative, words, length) = unsafe { words(object)? };
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        Ok(BigInt::from_slice(sign, &words[..length]))
    }
}

impl FromObject for BigUint {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<BigUint> {
        // SAFETY: the caller's word.
        let (negative, words, length) = unsafe { words(object)? };
        if negative {
            // SAFETY: the caller gives a live object.
            return unsafe { wrong(INT, object) };
        }
        Ok(BigUint::from_slice(&words[..length]))
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

impl ToObject for BigInt {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let mut words = [0u64; 32];
        let mut count = 0;
        for (place, word) in words.iter_mut().zip(self.iter_u64_digits()) {
            *place = word;
            count += 1;
        }
        if self.sign() == Sign::Minus {
            let mut carry = true;
            for word in &mut words[..=count] {
                (*word, carry) = (!*word).overflowing_add(carry.into());
            }
            count += 1;
        }
        // SAFETY: the caller is attached; so many words, of 8 bytes each, lie there.
        unsafe {
            _PyLong_FromByteArray(
                words.as_ptr().cast(),
                count * 8,
                1,
                (self.sign() == Sign::Minus).into(),
            )
        }
    }
}

impl ToObject for BigUint {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let mut words = [0u64; 32];
        let mut count = 0;
        for (place, word) in words.iter_mut().zip(self.iter_u64_digits()) {
            *place = word;
            count += 1;
        }
        // SAFETY: the caller is attached; so many words, of 8 bytes each, lie there.
        unsafe { _PyLong_FromByteArray(words.as_ptr().cast(), count * 8, 1, 0) }
    }
}

impl FromObject for Decimal {
    /// What `str` gives is the fastest that a `Decimal` says of itself without reading its memory.
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Decimal> {
        // SAFETY: the caller gives a live object and is attached. The text of a Decimal is ASCII,
        // which lies behind the header of the str.
        unsafe {
            if !is_exact(object, DECIMAL_CLASS.load(Ordering::Relaxed).cast()) {
                return wrong(DECIMAL, object);
            }
            let text = ffi::PyObject_Str(object);
            if text.is_null() {
                return wrong(RAISED, object);
            }
            let length = ffi::PyUnicode_GET_LENGTH(text) as usize;
            let start = text.cast::<ffi::PyASCIIObject>().add(1).cast::<u8>();
            let value = decimal(std::slice::from_raw_parts(start, length));
            ffi::Py_DECREF(text);
            value.map_or_else(|| wrong(FITTING, object), Ok)
        }
    }
}

/// A number without an exponent.
#[inline(always)]
fn decimal(text: &[u8]) -> Option<Decimal> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        text => (false, text),
    };
    let (mut mantissa, mut word, mut factor) = (0u128, 0u64, 1u64);
    let mut point = None;
    for (index, &byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                word = word * 10 + u64::from(byte - b'0');
                factor *= 10;
                if factor == 10u64.pow(19) {
                    mantissa = mantissa.checked_mul(factor.into())? + u128::from(word);
                    (word, factor) = (0, 1);
                }
            }
            b'.' => point = Some(index),
            _ => return None,
        }
    }
    let mantissa = mantissa.checked_mul(factor.into())?.checked_add(word.into())?;
    let scale = point.map_or(0, |point| text.len() - point - 1) as u32;
    if mantissa >> 96 != 0 || scale > 28 {
        return None;
    }
    let (low, middle, high) = (mantissa as u32, (mantissa >> 32) as u32, (mantissa >> 64) as u32);
    Some(Decimal::from_parts(low, middle, high, negative, scale))
}

impl ToObject for Decimal {
    /// Digits and an exponent, as a str that the class reads.
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        let mut text = [0u8; 40];
        let mut start = text.len();
        let mut prepend = |byte| {
            start -= 1;
            text[start] = byte;
        };
        let (mut scale, mut left) = (self.scale(), self.mantissa().unsigned_abs());
        if scale > 0 {
            while scale > 0 {
                prepend(b'0' + (scale % 10) as u8);
                scale /= 10;
            }
            prepend(b'-');
            prepend(b'E');
        }
        while left >> 64 != 0 {
            let mut word = (left % 10u128.pow(19)) as u64;
            left /= 10u128.pow(19);
            for _ in 0..19 {
                prepend(b'0' + (word % 10) as u8);
                word /= 10;
            }
        }
        let mut left = left as u64;
        loop {
            prepend(b'0' + (left % 10) as u8);
            left /= 10;
            if left == 0 {
                break;
            }
        }
        if self.is_sign_negative() {
            prepend(b'-');
        }
        // SAFETY: the caller is attached; the text is ASCII; the class is live.
        unsafe {
            let length = text.len() - start;
            let string = ffi::PyUnicode_New(length as isize, 127);
            if string.is_null() {
                return string;
            }
            let place = string.cast::<ffi::PyASCIIObject>().add(1).cast::<u8>();
            ptr::copy_nonoverlapping(text.as_ptr().add(start), place, length);
            let class = DECIMAL_CLASS.load(Ordering::Relaxed);
            let object = ffi::PyObject_CallOneArg(class, string);
            ffi::Py_DECREF(string);
            object
        }
    }
}

impl FromObject for Uuid {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Uuid> {
        // SAFETY: the caller gives a live object; a UUID holds an int or NULL in its slot.
        unsafe {
            if !is_exact(object, UUID_CLASS.load(Ordering::Relaxed).cast()) {
                return wrong(UUID, object);
            }
            let int = *object.byte_offset(SLOTS[0].load(Ordering::Relaxed)).cast::<Object>();
            if int.is_null() || !has_flag(int, ffi::Py_TPFLAGS_LONG_SUBCLASS) {
                return wrong(UUID, object);
            }
            let (negative, count, digits) = parts(int);
            if negative || count > 5 || (count == 5 && *digits.add(4) >> 8 != 0) {
                return wrong(UUID, object);
            }
            let digit = |index| if index < count { u128::from(*digits.add(index)) } else { 0 };
            let number =
                digit(0) | digit(1) << 30 | digit(2) << 60 | digit(3) << 90 | digit(4) << 120;
            Ok(Uuid::from_u128(number))
        }
    }
}

impl ToObject for Uuid {
    /// What `__init__` does with an int, without calling it: two slots of a new instance are set.
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the class is live, and its instances hold NULL in their
        // slots at first. Nobody else sees the instance yet.
        unsafe {
            let object = ffi::PyType_GenericAlloc(UUID_CLASS.load(Ordering::Relaxed).cast(), 0);
            if object.is_null() {
                return object;
            }
            let bytes = self.as_u128().to_le_bytes();
            let number = _PyLong_FromByteArray(bytes.as_ptr(), bytes.len(), 1, 0);
            let values = [number, new_reference(UNKNOWN.load(Ordering::Relaxed))];
            for (slot, value) in SLOTS.iter().zip(values) {
                *object.byte_offset(slot.load(Ordering::Relaxed)).cast() = value;
            }
            object
        }
    }
}
