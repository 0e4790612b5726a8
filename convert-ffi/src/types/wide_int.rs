//! Ints of any size: their sign, and their magnitude in words, the least significant first.

use pyo3_ffi as ffi;

use super::PyInt;
#[cfg(not(direct_layouts))]
use super::{PyBytes, PyDict};
use crate::{Bound, PyResult, Python, gate};
#[cfg(not(direct_layouts))]
use crate::{Py, PyAny, PyOnceLock, PyTypeInfo, intern, layout};

/// Ints of up to so many bytes are put together on the stack.
const MOST_ON_STACK: usize = 256;

/// Gives so many zeros to `fill`.
#[inline(always)]
fn with_zeros<T: Copy + Default, const MOST: usize, R>(
    length: usize,
    fill: impl FnOnce(&mut [T]) -> R,
) -> R {
    let mut on_stack = [T::default(); MOST];
    match on_stack.get_mut(..length) {
        Some(zeros) => fill(zeros),
        None => fill(&mut vec![T::default(); length]),
    }
}

#[inline(always)]
fn with_words<R>(length: usize, fill: impl FnOnce(&mut [u32]) -> R) -> R {
    with_zeros::<u32, { MOST_ON_STACK / 4 }, R>(length, fill)
}

/// The words, but for a most significant one that is 0.
#[inline(always)]
fn significant(words: &[u32]) -> &[u32] {
    match words {
        [words @ .., 0] => words,
        words => words,
    }
}

impl PyInt {
    /// An int of any size, from its sign and the words of its magnitude (`_PyLong_FromByteArray`,
    /// from CPython 3.13 on `PyLong_FromNativeBytes`, under the stable ABI `int.from_bytes`).
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::Python;
    /// use convert_ffi::types::PyInt;
    /// Python::attach(|py| {
    ///     let int = PyInt::from_words(py, true, [0, 1].into_iter()).unwrap();
    ///     assert_eq!(int.as_any().str().unwrap().to_string_lossy(), "-18446744073709551616");
    /// });
    /// ```
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn from_words(
        py: Python<'_>,
        is_negative: bool,
        words: impl ExactSizeIterator<Item = u64>,
    ) -> PyResult<Bound<'_, PyInt>> {
        // In two's complement, where there is a sign: then with a word more, which holds it.
        let length = (words.len() + usize::from(is_negative)) * 8;
        with_zeros::<u8, MOST_ON_STACK, _>(length, |bytes| {
            let mut carry = is_negative;
            for (place, word) in bytes.chunks_exact_mut(8).zip(words.chain([0])) {
                let word = if is_negative {
                    let (word, overflows) = (!word).overflowing_add(carry.into());
                    carry = overflows;
                    word
                } else {
                    word
                };
                place.copy_from_slice(&word.to_le_bytes());
            }
            from_bytes(py, bytes, is_negative)
        })
    }
}

/// The int whose bits these are: in two's complement, if it is signed.
pub(super) fn from_128_bits(
    py: Python<'_>,
    bits: u128,
    is_signed: bool,
) -> PyResult<Bound<'_, PyInt>> {
    #[cfg(not(Py_LIMITED_API))]
    return from_bytes(py, &bits.to_le_bytes(), is_signed);
    #[cfg(Py_LIMITED_API)]
    {
        let high = match is_signed {
            true => PyInt::from_i64(py, (bits >> 64) as i64),
            false => PyInt::from_u64(py, (bits >> 64) as u64),
        }?;
        let (low, half) = (PyInt::from_u64(py, bits as u64)?, layout::int::half(py)?);
        // SAFETY: attached; live ints, of which these give a new reference to an int, or NULL with
        // an exception.
        unsafe {
            let high = ffi::PyNumber_Lshift(high.as_ptr(), half.as_ptr());
            let high = gate::owned_or_err(py, high)?;
            let int = gate::owned_or_err(py, ffi::PyNumber_Or(high.as_ptr(), low.as_ptr()))?;
            Ok(int.cast_into_unchecked())
        }
    }
}

/// The int whose bytes these are, the least significant first.
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
fn from_bytes<'py>(py: Python<'py>, bytes: &[u8], is_signed: bool) -> PyResult<Bound<'py, PyInt>> {
    let flags = ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN;
    // SAFETY: attached; as many bytes as is said; a new reference to an int or NULL with an
    // exception.
    unsafe {
        let int = if is_signed {
            ffi::PyLong_FromNativeBytes(bytes.as_ptr().cast(), bytes.len(), flags)
        } else {
            ffi::PyLong_FromUnsignedNativeBytes(bytes.as_ptr().cast(), bytes.len(), flags)
        };
        Ok(gate::owned_or_err(py, int)?.cast_into_unchecked())
    }
}

/// The int whose bytes these are, the least significant first.
#[cfg(not(any(Py_3_13, Py_LIMITED_API)))]
fn from_bytes<'py>(py: Python<'py>, bytes: &[u8], is_signed: bool) -> PyResult<Bound<'py, PyInt>> {
    // SAFETY: attached; as many bytes as is said; a new reference to an int or NULL with an
    // exception.
    unsafe {
        let int = ffi::_PyLong_FromByteArray(bytes.as_ptr(), bytes.len(), 1, is_signed.into());
        Ok(gate::owned_or_err(py, int)?.cast_into_unchecked())
    }
}

/// The int whose bytes these are, the least significant first.
#[cfg(Py_LIMITED_API)]
fn from_bytes<'py>(py: Python<'py>, bytes: &[u8], is_signed: bool) -> PyResult<Bound<'py, PyInt>> {
    let methods = Methods::get(py)?;
    let arguments = [PyBytes::new(py, bytes)?.into_any(), little(py)];
    let keywords = is_signed.then(|| methods.signed.bind(py));
    let int = methods.from_bytes.bind(py).call_objects(&arguments, keywords)?;
    Ok(int.cast_into::<PyInt>()?)
}

impl Bound<'_, PyInt> {
    /// Gives the sign (`true`: negative) and the magnitude to `read`. Of a subclass, of the stored
    /// value: no method is called (under the stable ABI `int.to_bytes`).
    ///
    /// ```
    /// # convert_ffi::Python::initialize();
    /// use convert_ffi::Python;
    /// use convert_ffi::types::PyInt;
    /// Python::attach(|py| {
    ///     let int = PyInt::from_i64(py, -1 - (1 << 32)).unwrap();
    ///     let words = int.with_words(|is_negative, words| (is_negative, words.to_vec()));
    ///     assert_eq!(words.unwrap(), (true, vec![1, 1]));
    /// });
    /// ```
    ///
    /// # Errors
    /// `MemoryError`, under the stable ABI.
    #[cfg(direct_layouts)]
    #[inline]
    pub fn with_words<R>(&self, read: impl FnOnce(bool, &[u32]) -> R) -> PyResult<R> {
        use crate::layout::int::{self, BITS_PER_DIGIT};
        // SAFETY: a live int, which lives as long as `self`.
        let (is_negative, digits) = unsafe { int::digits(self.as_ptr()) };
        let length = (digits.len() * BITS_PER_DIGIT as usize).div_ceil(32);
        with_words(length, |words| {
            // How many bits of the next word are there already, and which.
            let (mut count, mut bits) = (0, 0);
            let mut places = words.iter_mut();
            for &digit in digits {
                bits |= u64::from(digit) << count;
                count += BITS_PER_DIGIT;
                if count >= 32 {
                    if let Some(place) = places.next() {
                        *place = bits as u32;
                    }
                    bits >>= 32;
                    count -= 32;
                }
            }
            if let Some(place) = places.next() {
                *place = bits as u32;
            }
            // The most significant digit is not full.
            Ok(read(is_negative, significant(words)))
        })
    }

    /// Gives the sign (`true`: negative) and the magnitude to `read`. Of a subclass, of the stored
    /// value: no method is called but those of `int`.
    ///
    /// # Errors
    /// `MemoryError`.
    #[cfg(not(direct_layouts))]
    pub fn with_words<R>(&self, read: impl FnOnce(bool, &[u32]) -> R) -> PyResult<R> {
        let py = self.py();
        // SAFETY: attached, a live int.
        let is_negative = unsafe { layout::int::is_negative(self.as_ptr()) };
        let methods = Methods::get(py)?;
        let bits = match self.most_bits() {
            Some(bits) => bits,
            None => {
                let bits =
                    methods.bit_length.bind(py).call_objects(&[self.as_any().clone()], None)?;
                bits.cast_into::<PyInt>()?.to_u64().unwrap_or(0)
            }
        };
        // With a bit for the sign.
        let length = PyInt::from_u64(py, (bits / 32 + 1) * 4)?.into_any();
        let arguments = [self.as_any().clone(), length, little(py)];
        // A call with a keyword takes longer.
        let signed = is_negative.then(|| methods.signed.bind(py));
        let bytes = methods.to_bytes.bind(py).call_objects(&arguments, signed)?;
        let bytes = bytes.cast_into::<PyBytes>()?;
        with_words(bytes.as_bytes().len() / 4, |words| {
            let mut carry = is_negative;
            for (place, bytes) in words.iter_mut().zip(bytes.as_bytes().chunks_exact(4)) {
                let word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                *place = if is_negative {
                    let (word, overflows) = (!word).overflowing_add(carry.into());
                    carry = overflows;
                    word
                } else {
                    word
                };
            }
            Ok(read(is_negative, significant(words)))
        })
    }
}

#[cfg(not(direct_layouts))]
impl Bound<'_, PyInt> {
    /// As many bits as it has, or one more: those of the float next to it. `None` where that would
    /// be infinite.
    fn most_bits(&self) -> Option<u64> {
        // SAFETY: attached, a live int; with an int the function raises an OverflowError at most.
        let near = unsafe { ffi::PyLong_AsDouble(self.as_ptr()) };
        if near == -1.0 {
            // Of -1 the float has one bit, too: nobody asks for it that often.
            // SAFETY: attached.
            unsafe { ffi::PyErr_Clear() };
            return None;
        }
        // From the exponent, which says 1023 for one bit.
        (near.to_bits() >> 52 & 0x7ff).checked_sub(1022).or(Some(0))
    }
}

/// An order of bytes.
#[cfg(not(direct_layouts))]
fn little(py: Python<'_>) -> Bound<'_, PyAny> {
    intern!(py, "little").clone().into_any()
}

/// Methods of `int`, and what they take.
#[cfg(not(direct_layouts))]
struct Methods {
    bit_length: Py<PyAny>,
    #[cfg(Py_LIMITED_API)]
    from_bytes: Py<PyAny>,
    to_bytes: Py<PyAny>,
    /// The keyword for two's complement. Who finds the dict among all objects and changes it gets
    /// an exception for each such int.
    signed: Py<PyDict>,
}

#[cfg(not(direct_layouts))]
impl Methods {
    fn get(py: Python<'_>) -> PyResult<&'static Methods> {
        static METHODS: PyOnceLock<Methods> = PyOnceLock::new();
        METHODS.get_or_try_init(py, || {
            let class = PyInt::type_object(py);
            let signed = PyDict::new(py)?;
            signed.set(intern!(py, "signed").as_any(), super::PyBool::new(py, true).as_any())?;
            Ok(Methods {
                bit_length: class.get_attribute(intern!(py, "bit_length"))?.unbind(),
                #[cfg(Py_LIMITED_API)]
                from_bytes: class.get_attribute(intern!(py, "from_bytes"))?.unbind(),
                to_bytes: class.get_attribute(intern!(py, "to_bytes"))?.unbind(),
                signed: signed.unbind(),
            })
        })
    }
}
