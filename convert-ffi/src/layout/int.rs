//! The value of an `int`, without raising: `None` says that it does not fit. And ints from values.
//!
//! Read directly: digits of 30 bits, least significant first; before 3.12 their signed number is in
//! `ob_size`, from 3.12 on `lv_tag` holds the number above three bits, of which two are the sign.

use std::ffi::c_long;

use pyo3_ffi as ffi;

#[cfg(direct_layouts)]
pub(crate) const BITS_PER_DIGIT: u32 = 30;

#[cfg(direct_layouts)]
#[repr(C)]
struct Int {
    base: ffi::PyObject,
    /// `ob_size` up to 3.11, `lv_tag` from 3.12 on.
    tag: isize,
    digits: [u32; 1],
}

/// Whether the interpreter's ints have digits of 30 bits: it may be configured with 15.
///
/// # Safety
/// Attached.
#[cfg(direct_layouts)]
pub(super) unsafe fn has_expected_digits() -> bool {
    const WITH_TWO_DIGITS: c_long = 1 << BITS_PER_DIGIT;
    #[cfg(not(Py_3_12))]
    const TAG: isize = 2;
    #[cfg(Py_3_12)]
    const TAG: isize = 2 << 3;
    // SAFETY: attached; a new reference or NULL with an exception. The number of digits is in the
    // same place with digits of any size.
    unsafe {
        let py = crate::Python::assume_attached();
        let int = crate::gate::owned_or_err(py, ffi::PyLong_FromLong(WITH_TWO_DIGITS));
        int.is_ok_and(|int| (*int.as_ptr().cast::<Int>()).tag == TAG)
    }
}

/// A new reference to an int, or NULL with an exception.
///
/// # Safety
/// Attached.
#[inline]
pub(crate) unsafe fn from_i64(value: i64) -> *mut ffi::PyObject {
    #[cfg(direct_layouts)]
    // SAFETY: attached.
    if let Some(small) = unsafe { shared(value) } {
        return small;
    }
    // SAFETY: attached.
    unsafe {
        match c_long::try_from(value) {
            Ok(value) => ffi::PyLong_FromLong(value),
            Err(_) => ffi::PyLong_FromLongLong(value),
        }
    }
}

/// A new reference to one of the ints from -5 to 256, of which CPython has one object each; NULL
/// with an exception only where memory ran out at its first use.
///
/// # Safety
/// Attached.
#[cfg(direct_layouts)]
#[inline(always)]
unsafe fn shared(value: i64) -> Option<*mut ffi::PyObject> {
    use std::ptr;
    use std::sync::atomic::{AtomicPtr, Ordering};
    const SMALLEST: i64 = -5;
    /// Each holds a reference from its first use on, for good.
    static SHARED: [AtomicPtr<ffi::PyObject>; 262] =
        [const { AtomicPtr::new(ptr::null_mut()) }; 262];

    #[cold]
    #[inline(never)]
    unsafe fn first_use(value: i64, place: &AtomicPtr<ffi::PyObject>) -> *mut ffi::PyObject {
        // SAFETY: attached; a new reference, and another that the place keeps.
        unsafe {
            let int = ffi::PyLong_FromLong(value as c_long);
            if !int.is_null() {
                ffi::Py_INCREF(int);
                place.store(int, Ordering::Release);
            }
            int
        }
    }

    let place = SHARED.get(value.wrapping_sub(SMALLEST) as usize)?;
    let int = place.load(Ordering::Acquire);
    // SAFETY: attached; what is in a place is kept alive by the reference it holds.
    unsafe {
        if int.is_null() {
            return Some(first_use(value, place));
        }
        // From 3.12 on these are immortal (PEP 683): nobody counts.
        #[cfg(not(Py_3_12))]
        super::refcount::incref(int);
    }
    Some(int)
}

/// The value, where it has at most one digit.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn one_digit(object: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the caller says it is an int.
    let tag = unsafe { (*object.cast::<Int>()).tag };
    // From 3.11 on there is always room for one digit; before, a zero may have none.
    if cfg!(not(Py_3_11)) && tag == 0 {
        return Some(0);
    }
    // SAFETY: the caller gives a live int, and there is a first digit: from 3.11 on in any, before
    // in all but 0.
    let digit = unsafe { (*object.cast::<Int>()).digits[0] };
    #[cfg(not(Py_3_12))]
    let (is_one, sign) = ((tag + 1) as usize <= 2, tag as i64);
    #[cfg(Py_3_12)]
    let (is_one, sign) = ((tag as usize) < 2 << 3, 1 - (tag & 3) as i64);
    is_one.then(|| sign * i64::from(digit))
}

/// The value, where it has at most one digit: not known where nothing is read directly.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(not(direct_layouts))]
#[inline(always)]
pub(crate) unsafe fn one_digit(_object: *mut ffi::PyObject) -> Option<i64> {
    None
}

/// The value, where it has two digits.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(direct_layouts)]
#[inline(always)]
unsafe fn two_digits(object: *mut ffi::PyObject) -> Option<i64> {
    #[cfg(not(Py_3_12))]
    const TWO: [isize; 2] = [2, -2];
    #[cfg(Py_3_12)]
    const TWO: [isize; 2] = [2 << 3, 2 << 3 | 2];
    let int = object.cast::<Int>();
    // SAFETY: the caller says it is an int; one of two digits has a second behind the first.
    let (tag, value) = unsafe {
        let tag = (*int).tag;
        if !TWO.contains(&tag) {
            return None;
        }
        let digits = (&raw const (*int).digits).cast::<u32>();
        (tag, i64::from(*digits) | i64::from(*digits.add(1)) << BITS_PER_DIGIT)
    };
    Some(if tag == TWO[0] { value } else { -value })
}

/// Sign (true: negative) and magnitude: digits of 30 bits, least significant first.
///
/// # Safety
/// `object` is a live `int` (or of a subclass), and stays so for as long as `'a`.
#[cfg(direct_layouts)]
#[inline(always)]
pub(crate) unsafe fn digits<'a>(object: *mut ffi::PyObject) -> (bool, &'a [u32]) {
    let int = object.cast::<Int>();
    // SAFETY: the caller says it is an int.
    let tag = unsafe { (*int).tag };
    #[cfg(not(Py_3_12))]
    let (negative, count) = (tag < 0, tag.unsigned_abs());
    #[cfg(Py_3_12)]
    let (negative, count) = (tag & 3 == 2, tag as usize >> 3);
    // SAFETY: an int has `count` digits, one after the other, and never changes.
    let digits =
        unsafe { std::slice::from_raw_parts((&raw const (*int).digits).cast::<u32>(), count) };
    (negative, digits)
}

/// Sign (true: negative) and magnitude, where it fits into 128 bits.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(direct_layouts)]
#[inline]
unsafe fn sign_magnitude(object: *mut ffi::PyObject) -> Option<(bool, u128)> {
    // SAFETY: the caller gives a live int; the digits are read before any Python code runs.
    let (negative, digits) = unsafe { digits(object) };
    // In pairs, each of which fits 64 bits.
    let pair = |low: u32, high: u32| u128::from(u64::from(low) | u64::from(high) << BITS_PER_DIGIT);
    let digit = |index: usize| digits.get(index).copied().unwrap_or(0);
    let magnitude = match digits {
        // Five digits are 150 bits; of the fifth, eight bits fit.
        &[a, b, c, d, e] if e >> 8 == 0 => {
            let high = u128::from(e) << (4 * BITS_PER_DIGIT);
            pair(a, b) | pair(c, d) << (2 * BITS_PER_DIGIT) | high
        }
        [_, _, _, _, _, ..] => return None,
        _ => pair(digit(0), digit(1)) | pair(digit(2), digit(3)) << (2 * BITS_PER_DIGIT),
    };
    Some((negative, magnitude))
}

/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[inline(always)]
pub(crate) unsafe fn to_i64(object: *mut ffi::PyObject) -> Option<i64> {
    #[cfg(direct_layouts)]
    {
        // SAFETY: the caller gives a live int.
        match unsafe { one_digit(object).or_else(|| two_digits(object)) } {
            Some(value) => Some(value),
            // SAFETY: the caller gives a live int.
            None => unsafe { long_to_i64(object) },
        }
    }
    #[cfg(not(direct_layouts))]
    {
        let mut overflow = 0;
        // SAFETY: attached, a live int; with an int the function never raises.
        let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
        (overflow == 0).then_some(value)
    }
}

/// Whether the int is below zero.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(not(direct_layouts))]
pub unsafe fn is_negative(object: *mut ffi::PyObject) -> bool {
    let mut overflow = 0;
    // SAFETY: attached, a live int; with an int the function never raises.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
    overflow < 0 || overflow == 0 && value < 0
}

/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(direct_layouts)]
#[inline(never)]
unsafe fn long_to_i64(object: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the caller gives a live int.
    let (negative, magnitude) = unsafe { sign_magnitude(object) }?;
    let magnitude = u64::try_from(magnitude).ok()?;
    if negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[inline]
pub(crate) unsafe fn to_u64(object: *mut ffi::PyObject) -> Option<u64> {
    #[cfg(direct_layouts)]
    {
        // SAFETY: the caller gives a live int.
        if let Some(value) = unsafe { one_digit(object) } {
            return u64::try_from(value).ok();
        }
        // SAFETY: the caller gives a live int.
        let (negative, magnitude) = unsafe { sign_magnitude(object) }?;
        if negative { None } else { u64::try_from(magnitude).ok() }
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live int.
    unsafe { to_i128(object) }.and_then(|value| u64::try_from(value).ok())
}

/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[inline]
pub(crate) unsafe fn to_i128(object: *mut ffi::PyObject) -> Option<i128> {
    #[cfg(direct_layouts)]
    {
        // SAFETY: the caller gives a live int.
        let (negative, magnitude) = unsafe { sign_magnitude(object) }?;
        if negative {
            0i128.checked_sub_unsigned(magnitude)
        } else {
            i128::try_from(magnitude).ok()
        }
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live int.
    unsafe {
        if let Some(value) = to_i64(object) {
            return Some(value.into());
        }
        // With the upper half as an i64, the lower is the same as two's complement.
        let (high, low) = halves(object)?;
        Some((i128::from(to_i64(high.as_ptr())?) << 64) | i128::from(low))
    }
}

/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[inline]
pub(crate) unsafe fn to_u128(object: *mut ffi::PyObject) -> Option<u128> {
    #[cfg(direct_layouts)]
    {
        // SAFETY: the caller gives a live int.
        let (negative, magnitude) = unsafe { sign_magnitude(object) }?;
        (!negative || magnitude == 0).then_some(magnitude)
    }
    #[cfg(not(direct_layouts))]
    // SAFETY: the caller gives a live int.
    unsafe {
        if let Some(value) = to_i64(object) {
            return u128::try_from(value).ok();
        }
        let (high, low) = halves(object)?;
        let high = match to_i64(high.as_ptr()) {
            Some(high) => u64::try_from(high).ok()?,
            None => match halves(high.as_ptr())? {
                (above, high) if to_i64(above.as_ptr()) == Some(0) => high,
                _ => return None,
            },
        };
        Some((u128::from(high) << 64) | u128::from(low))
    }
}

/// The int divided by 2^64, rounded down, and the lower 64 bits of its two's complement; `None`
/// where memory ran out.
///
/// # Safety
/// Attached; `object` is a live `int` (or of a subclass).
#[cfg(not(direct_layouts))]
unsafe fn halves(object: *mut ffi::PyObject) -> Option<(crate::Bound<'static, crate::PyAny>, u64)> {
    use crate::{Python, gate};
    // SAFETY: attached, a live int. `PyLong_Type`'s own shift is used, not that of a subclass:
    // `int.__rshift__` on an exact copy. Results are new references or NULL with MemoryError.
    unsafe {
        let py = Python::assume_attached();
        let low = ffi::PyLong_AsUnsignedLongLongMask(object);
        let shifted = |exact| {
            let shift = half(py).ok()?;
            gate::owned_or_none(py, ffi::PyNumber_Rshift(exact, shift.as_ptr()))
        };
        let high = if ffi::PyLong_CheckExact(object) != 0 {
            shifted(object)
        } else {
            let exact = gate::owned_or_none(py, exact_copy(object));
            exact.and_then(|exact| shifted(exact.as_ptr()))
        };
        if high.is_none() {
            ffi::PyErr_Clear();
        }
        high.map(|high| (high, low))
    }
}

/// How far the upper half of 128 bits is shifted.
///
/// # Errors
/// `MemoryError`, at its first use.
#[cfg(not(direct_layouts))]
pub(crate) fn half(
    py: crate::Python<'_>,
) -> crate::PyResult<&crate::Bound<'_, crate::types::PyInt>> {
    use crate::{PyOnceObject, types::PyInt};
    static HALF: PyOnceObject<PyInt> = PyOnceObject::new();
    HALF.get_or_try_init(py, || PyInt::from_i64(py, 64))
}

/// An int of exactly that type and the value of one of a subclass, which may have its own
/// operators.
///
/// # Safety
/// Attached; `object` is a live `int` of a subclass.
#[cfg(not(direct_layouts))]
unsafe fn exact_copy(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached, live; a new reference either way. `int.__int__` of the base type gives an
    // exact int and runs no code of the subclass.
    unsafe {
        let method =
            ffi::PyObject_GetAttrString((&raw mut ffi::PyLong_Type).cast(), c"__int__".as_ptr());
        if method.is_null() {
            return method;
        }
        let exact = ffi::PyObject_CallFunctionObjArgs(
            method,
            object,
            std::ptr::null_mut::<ffi::PyObject>(),
        );
        ffi::Py_DECREF(method);
        exact
    }
}
