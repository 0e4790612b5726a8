//! [`Arena`]: keeps objects alive, so that their text and bytes can be borrowed for as long.

use std::cell::RefCell;
use std::fmt;
use std::ptr::NonNull;

use super::{PyAny, PyBackedBytes, PyBackedStr, PyString};
use crate::{Bound, ConversionError, Py, Python};

/// Keeps the objects that values borrow from.
///
/// ```
/// use convert_ffi::Python;
/// use convert_ffi::types::{Arena, PyString};
/// # Python::initialize();
/// let arena = Arena::new();
/// let text = Python::attach(|py| arena.text(&PyString::new(py, "kept")?))?;
/// assert_eq!(text, "kept");
/// # Ok::<_, convert_ffi::ConversionError>(())
/// ```
#[derive(Default)]
pub struct Arena {
    /// Only ever grows: what was lent stays until the arena ends.
    kept: RefCell<Vec<Py<PyAny>>>,
}

impl Arena {
    /// One that keeps nothing yet.
    pub const fn new() -> Self {
        Arena { kept: RefCell::new(Vec::new()) }
    }

    /// The text of a str, which is kept. UTF-8 that is not there yet is made and cached in the
    /// object.
    ///
    /// # Errors
    /// A `ValueError` for a str with surrogates, which no UTF-8 can express.
    pub fn text(&self, text: &Bound<'_, PyString>) -> Result<&str, ConversionError> {
        let backed = PyBackedStr::new(text.clone())?;
        let lent = NonNull::from(&*backed);
        self.keep(text.py(), backed.as_py());
        // SAFETY: the text lies in an object that `kept` holds until the arena is dropped, which
        // cannot be while `self` is borrowed; a str's UTF-8 neither changes nor moves.
        Ok(unsafe { lent.as_ref() })
    }

    /// The content of some bytes, which are kept.
    pub fn bytes(&self, py: Python<'_>, bytes: &PyBackedBytes) -> &[u8] {
        let lent = NonNull::from(&**bytes);
        self.keep(py, bytes.as_py());
        // SAFETY: the bytes lie in an object that `kept` holds until the arena is dropped, which
        // cannot be while `self` is borrowed; a `bytes` neither changes nor moves its content.
        unsafe { lent.as_ref() }
    }

    fn keep(&self, py: Python<'_>, object: &Py<PyAny>) {
        self.kept.borrow_mut().push(object.clone_ref(py));
    }
}

impl fmt::Debug for Arena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Arena of {} objects", self.kept.borrow().len())
    }
}
