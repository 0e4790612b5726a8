//! [`PyString`]: text.

use std::borrow::Cow;
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::{PyBytes, native_type};
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
use crate::Borrowed;
use crate::exceptions::PyUnicodeEncodeError;
use crate::{Bound, ConversionError, Leaf, PyErr, PyResult, Python, TypeHint, gate, layout};

native_type! {
    /// Python's `str`.
    PyString, "str", PyUnicode_Type, ffi::PyUnicode_Check, ffi::PyUnicode_CheckExact
}

impl PyString {
    /// A str (`PyUnicode_FromStringAndSize`, or `PyUnicode_New` filled in place).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: attached; a new reference to a str or NULL with an exception.
        unsafe { Ok(gate::owned_or_err(py, layout::str::from_utf8(text))?.cast_into_unchecked()) }
    }

    /// As [`new`](Self::new), for what is made once, and for errors: little code
    /// (`PyUnicode_FromStringAndSize`).
    #[cold]
    #[inline(never)]
    pub(crate) fn new_rarely<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: attached; valid UTF-8 of that length; a new reference to a str or NULL with an
        // exception.
        unsafe {
            let string = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as _);
            Ok(gate::owned_or_err(py, string)?.cast_into_unchecked())
        }
    }

    /// A str of one character (`PyUnicode_FromOrdinal`).
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn from_char(py: Python<'_>, character: char) -> PyResult<Bound<'_, PyString>> {
        // SAFETY: attached; every character is an ordinal; a new reference to a str or NULL with an
        // exception.
        unsafe {
            let string = ffi::PyUnicode_FromOrdinal(u32::from(character) as _);
            Ok(gate::owned_or_err(py, string)?.cast_into_unchecked())
        }
    }

    /// The name of a file, given as the operating system knows it: `os.fsdecode`
    /// (`PyUnicode_DecodeFSDefaultAndSize`). What is no text becomes surrogates (PEP 383).
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn decode_fs<'py>(py: Python<'py>, name: &[u8]) -> PyResult<Bound<'py, PyString>> {
        // SAFETY: attached; bytes of that length; a new reference to a str or NULL with an
        // exception.
        unsafe {
            let length = name.len() as _;
            let string = ffi::PyUnicode_DecodeFSDefaultAndSize(name.as_ptr().cast(), length);
            Ok(gate::owned_or_err(py, string)?.cast_into_unchecked())
        }
    }

    /// A str that is kept for good and compares fast (`PyUnicode_InternInPlace`).
    ///
    /// # Panics
    /// Where memory runs out.
    pub fn intern<'py>(py: Python<'py>, text: &str) -> Bound<'py, PyString> {
        let mut string = match PyString::new_rarely(py, text) {
            Ok(string) => string.into_ptr(),
            // It tells no more than that; and a program that writes no errors needs none of what
            // writing one takes.
            Err(_) => panic!("there is no memory to intern {text:?}"),
        };
        // SAFETY: a str owned here; the function replaces it by the interned one.
        let string = unsafe {
            ffi::PyUnicode_InternInPlace(&mut string);
            gate::owned_or_err(py, string)
        };
        match string {
            // SAFETY: what was interned is a str.
            Ok(string) => unsafe { string.cast_into_unchecked() },
            Err(_) => unreachable!("interning gives a str for a str"),
        }
    }
}

impl<'py> Bound<'py, PyString> {
    /// The text, borrowed from the object. UTF-8 that is not there yet is made and cached in the
    /// object (`PyUnicode_AsUTF8AndSize`, in the stable ABI since 3.10).
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    #[inline]
    pub fn to_str(&self) -> Result<&str, ConversionError> {
        self.as_borrowed().to_text()
    }

    /// The text, borrowed where the stable ABI of the build allows it (3.10 and later), else
    /// copied.
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    #[inline]
    pub fn to_cow(&self) -> Result<Cow<'_, str>, ConversionError> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        return self.to_str().map(Cow::Borrowed);
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        return self.with_text(|text| Cow::Owned(text.to_owned()));
    }

    /// What `act` makes of the text, which is borrowed meanwhile: under the stable ABI of 3.9 from
    /// a `bytes` object.
    ///
    /// # Errors
    /// As `to_cow`.
    #[inline(always)]
    pub fn with_text<R>(&self, act: impl FnOnce(&str) -> R) -> Result<R, ConversionError> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        return Ok(act(self.to_str()?));
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        {
            let bytes = self.to_utf8_bytes()?;
            // SAFETY: CPython encodes to valid UTF-8, and refuses what has none.
            Ok(act(unsafe { std::str::from_utf8_unchecked(bytes.as_bytes()) }))
        }
    }

    /// The character, where it is just one.
    ///
    /// # Errors
    /// A `ValueError` for a surrogate, which is no character.
    #[inline]
    pub fn to_char(&self) -> Result<Option<char>, ConversionError> {
        // SAFETY: attached, a live str, which outlives the borrow of `self`.
        if let Some(&[byte]) = unsafe { layout::str::ready_utf8(self.as_ptr()) }.map(str::as_bytes)
        {
            return Ok(Some(byte.into()));
        }
        if self.len() != 1 {
            return Ok(None);
        }
        // SAFETY: attached, a live str with that index: the function does not fail.
        let point = unsafe { ffi::PyUnicode_ReadChar(self.as_ptr(), 0) };
        match char::from_u32(point) {
            Some(character) => Ok(Some(character)),
            None => self.to_cow().map(|_| None),
        }
    }

    /// The text, where it can be seen at once, and is known to be ASCII.
    #[inline]
    pub fn to_ascii(&self) -> Option<&str> {
        // SAFETY: attached, a live str, which outlives the borrow of `self`.
        unsafe { layout::str::ready_ascii(self.as_ptr()) }
    }

    /// The text, where it can be seen at once: without any of CPython's code.
    #[inline]
    pub(super) fn at_once(&self) -> Option<&str> {
        // SAFETY: attached, a live str, which outlives the borrow of `self`.
        unsafe { layout::str::ready_utf8(self.as_ptr()) }
    }

    /// Whether it is this text, as far as that can be seen at once: a str whose UTF-8 is not there
    /// is not.
    #[inline]
    pub fn is_at_once(&self, text: &str) -> bool {
        self.at_once() == Some(text)
    }

    /// A copy of the text. Nothing is cached in the object.
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    #[inline]
    pub fn to_text_owned(&self) -> Result<String, ConversionError> {
        // SAFETY: attached, a live str, which outlives the borrow of `self`.
        let text = match unsafe { layout::str::ready_utf8(self.as_ptr()) } {
            Some(text) => text.to_owned(),
            None => self.copy_other()?,
        };
        // Both ways meet in registers, not in memory: what was just stored in words is slow to load
        // in larger pieces, which is how a `String` is moved.
        let mut text = std::mem::ManuallyDrop::new(text);
        let (start, length, capacity) = (text.as_mut_ptr(), text.len(), text.capacity());
        // SAFETY: the parts of a `String` that nobody else owns any more.
        Ok(unsafe { String::from_raw_parts(start, length, capacity) })
    }

    /// A copy of a text that is not ASCII; where nothing is read directly, of any.
    #[cfg_attr(direct_layouts, inline(never))]
    #[cfg_attr(not(direct_layouts), inline)]
    fn copy_other(&self) -> Result<String, ConversionError> {
        // SAFETY: attached, a live str; an ASCII one would have been ready.
        match unsafe { layout::str::copy_utf8(self.as_ptr()) } {
            Some(text) => Ok(text),
            None => self.to_cow().map(Cow::into_owned),
        }
    }

    /// The text, encoded to an object of its own (`PyUnicode_AsUTF8String`).
    #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
    pub(super) fn to_utf8_bytes(&self) -> Result<Bound<'py, PyBytes>, ConversionError> {
        // SAFETY: attached, a live str; a new reference to a bytes object or NULL with an
        // exception.
        unsafe {
            match gate::owned_or_err(self.py(), ffi::PyUnicode_AsUTF8String(self.as_ptr())) {
                Ok(bytes) => Ok(bytes.cast_into_unchecked()),
                Err(error) => Err(encoding_error(self, error)),
            }
        }
    }

    /// The text; each surrogate becomes three U+FFFD, one for each byte of its encoding.
    #[cold]
    #[inline(never)]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        // SAFETY: attached, a live str, which outlives the borrow of `self`.
        if let Some(text) = unsafe { layout::str::ready_utf8(self.as_ptr()) } {
            return Cow::Borrowed(text);
        }
        match self.encode_utf8(c"surrogatepass") {
            Ok(bytes) => Cow::Owned(String::from_utf8_lossy(bytes.as_bytes()).into_owned()),
            Err(_) => Cow::Borrowed("\u{fffd}"),
        }
    }

    /// The name of a file as the operating system knows it: `os.fsencode`
    /// (`PyUnicode_EncodeFSDefault`).
    ///
    /// # Errors
    /// `UnicodeEncodeError`, a `ValueError`.
    pub fn encode_fs(&self) -> PyResult<Bound<'py, PyBytes>> {
        // SAFETY: attached, a live str; a new reference to a bytes object or NULL with an
        // exception.
        unsafe {
            let bytes = ffi::PyUnicode_EncodeFSDefault(self.as_ptr());
            Ok(gate::owned_or_err(self.py(), bytes)?.cast_into_unchecked())
        }
    }

    /// `str.encode("utf-8", errors)`.
    #[cold]
    fn encode_utf8(&self, errors: &std::ffi::CStr) -> PyResult<Bound<'py, PyBytes>> {
        // SAFETY: attached, a live str, names that end with NUL; a new reference to a bytes object
        // or NULL with an exception.
        unsafe {
            let bytes =
                ffi::PyUnicode_AsEncodedString(self.as_ptr(), c"utf-8".as_ptr(), errors.as_ptr());
            Ok(gate::owned_or_err(self.py(), bytes)?.cast_into_unchecked())
        }
    }

    /// How many characters it has (`len`).
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: attached, a live str.
        unsafe { layout::str::length(self.as_ptr()) }
    }

    /// Whether it is `""`.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
impl<'a> Borrowed<'a, '_, PyString> {
    /// As [`Bound::to_str`], for as long as somebody keeps the object.
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    #[inline]
    pub fn to_text(self) -> Result<&'a str, ConversionError> {
        // SAFETY: attached, a live str, kept for `'a` by whom this borrows from.
        match unsafe { layout::str::ready_utf8(self.as_ptr()) } {
            Some(text) => Ok(text),
            None => self.encode(),
        }
    }

    /// The text with a NUL behind it, as C wants it, for as long as somebody keeps the object;
    /// `None` where there is a NUL inside (`PyUnicode_AsUTF8AndSize`).
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    pub fn to_c_str(self) -> Result<Option<&'a CStr>, ConversionError> {
        let text = self.encode()?;
        // SAFETY: CPython writes a NUL behind the UTF-8 it keeps with the object.
        let with_nul = unsafe { std::slice::from_raw_parts(text.as_ptr(), text.len() + 1) };
        Ok(CStr::from_bytes_with_nul(with_nul).ok())
    }

    /// The text, by asking CPython.
    #[cfg_attr(direct_layouts, cold, inline(never))]
    #[cfg_attr(not(direct_layouts), inline)]
    fn encode(self) -> Result<&'a str, ConversionError> {
        let mut length = 0;
        // SAFETY: attached, a live str; the result is NULL with an exception, or UTF-8 of that
        // length, kept by the object, which lives for `'a`.
        unsafe {
            let start = ffi::PyUnicode_AsUTF8AndSize(self.as_ptr(), &mut length);
            if start.is_null() {
                return Err(encoding_error(&self, PyErr::fetch(self.py())));
            }
            let bytes = std::slice::from_raw_parts(start.cast::<u8>(), length as usize);
            Ok(std::str::from_utf8_unchecked(bytes))
        }
    }
}

/// Tells surrogates from lack of memory.
#[cold]
fn encoding_error(string: &Bound<'_, PyString>, error: PyErr) -> ConversionError {
    let (py, mut index) = (string.py(), 0);
    let error = error.into_value(py);
    if !error.is_instance_of::<PyUnicodeEncodeError>() {
        return PyErr::from_value(error).into();
    }
    // SAFETY: attached; an instance of that class, and a place for its `start`; a live str.
    let (done, character) = unsafe {
        let done = ffi::PyUnicodeEncodeError_GetStart(error.as_ptr(), &mut index);
        (done, if done == 0 { ffi::PyUnicode_ReadChar(string.as_ptr(), index) } else { 0 })
    };
    // Somebody replaced what the exception says.
    if done != 0 || character == u32::MAX {
        return PyErr::fetch(py).into();
    }
    let (character, index) = (u64::from(character), index as u64);
    ConversionError::got(
        const { &Leaf::refused(TypeHint::name("str without surrogates")) },
        format!("\"\\u{character:x}\" at index {index}"),
    )
}
