//! [`PyBackedStr`], [`PyBackedBytes`]: text and bytes of Python objects, kept alive by them.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::ptr::NonNull;

use super::{PyAny, PyBytes, PyString};
use crate::{Bound, ConversionError, Py, Python};

/// The text of a `str`, without a copy, wherever it goes: it keeps the object.
///
/// Made once, it is a plain `&str` to read, on any thread, attached or not.
pub struct PyBackedStr {
    text: NonNull<str>,
    /// The str; under `abi3-py39`, which cannot borrow from that, its encoding.
    owner: Py<PyAny>,
}

/// The content of a `bytes`, without a copy, wherever it goes: it keeps the object.
///
/// Made once, it is a plain `&[u8]` to read, on any thread, attached or not.
pub struct PyBackedBytes {
    bytes: NonNull<[u8]>,
    owner: Py<PyAny>,
}

// SAFETY: the text lies in an object that `owner` keeps, and never changes; `owner` itself may go
// anywhere.
unsafe impl Send for PyBackedStr {}
// SAFETY: all that is shared is text that never changes.
unsafe impl Sync for PyBackedStr {}
// SAFETY: the bytes lie in an object that `owner` keeps, and never change; `owner` itself may go
// anywhere.
unsafe impl Send for PyBackedBytes {}
// SAFETY: all that is shared is bytes that never change.
unsafe impl Sync for PyBackedBytes {}

impl PyBackedStr {
    /// Keeps the object of a text. UTF-8 that is not there yet is made and cached in the object.
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    pub fn new(string: Bound<'_, PyString>) -> Result<Self, ConversionError> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        {
            let text = NonNull::from(string.to_str()?);
            Ok(PyBackedStr { text, owner: string.into_any().unbind() })
        }
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        {
            let bytes = string.to_utf8_bytes()?;
            // SAFETY: CPython encodes to valid UTF-8.
            let text = unsafe { std::str::from_utf8_unchecked(bytes.as_bytes()) };
            Ok(PyBackedStr { text: NonNull::from(text), owner: bytes.into_any().unbind() })
        }
    }

    /// Keeps an object, if it is an exact str whose UTF-8 is there already; else gives it back.
    #[doc(hidden)]
    #[inline(always)]
    pub fn at_once(object: Bound<'_, PyAny>) -> Result<Self, Bound<'_, PyAny>> {
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        if let Some(text) = object.try_cast_exact::<PyString>().and_then(|text| text.at_once()) {
            return Ok(PyBackedStr { text: NonNull::from(text), owner: object.unbind() });
        }
        Err(object)
    }
}

impl PyBackedBytes {
    /// Keeps the object of some bytes.
    pub fn new(bytes: Bound<'_, PyBytes>) -> Self {
        PyBackedBytes { bytes: NonNull::from(bytes.as_bytes()), owner: bytes.into_any().unbind() }
    }
}

macro_rules! backed {
    ($name:ident, $field:ident, $target:ty) => {
        impl $name {
            /// The same, sharing the object.
            pub fn clone_ref(&self, py: Python<'_>) -> Self {
                $name { $field: self.$field, owner: self.owner.clone_ref(py) }
            }

            /// The object that is kept: the one this was made of, or under `abi3-py39` for a text
            /// the `bytes` it was encoded to.
            pub fn as_py(&self) -> &Py<PyAny> {
                &self.owner
            }
        }

        impl Deref for $name {
            type Target = $target;

            #[inline]
            fn deref(&self) -> &$target {
                // SAFETY: what is pointed to lies in the object that `owner` keeps for as long as
                // this lives, and never changes: str and bytes are immutable.
                unsafe { self.$field.as_ref() }
            }
        }

        impl AsRef<$target> for $name {
            fn as_ref(&self) -> &$target {
                self
            }
        }

        impl Borrow<$target> for $name {
            fn borrow(&self) -> &$target {
                self
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&**self, f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl PartialEq<$target> for $name {
            fn eq(&self, other: &$target) -> bool {
                **self == *other
            }
        }

        impl PartialEq<&$target> for $name {
            fn eq(&self, other: &&$target) -> bool {
                **self == **other
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                (**self).cmp(&**other)
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }
    };
}

backed!(PyBackedStr, text, str);
backed!(PyBackedBytes, bytes, [u8]);

impl fmt::Display for PyBackedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}
