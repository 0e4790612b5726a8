//! Tokens and references, from one library to the other. References are one pointer in both.

use std::mem;
use std::ptr::NonNull;

use convert_ffi::gate;

use crate::twins::{Pyo3Twin, Twin};

/// What PyO3 has for a token, reference or error of convert-core.
///
/// ```
/// use convert_core::prelude::*;
/// use convert_pyo3::IntoPyo3;
/// use pyo3::types::PyListMethods;
///
/// # fn main() -> PyResult<()> {
/// # Python::initialize();
/// Python::attach(|py| {
///     let list = vec![3, 1, 2].into_py(py)?.cast_into::<PyList>()?.into_pyo3();
///     assert!(list.sort().is_ok());
///     assert_eq!(list.to_string(), "[1, 2, 3]");
///     Ok(())
/// })
/// # }
/// ```
pub trait IntoPyo3 {
    /// The type of PyO3.
    type Pyo3;

    /// The same as PyO3 has it. An owned reference is given away, a borrowed one stays borrowed.
    fn into_pyo3(self) -> Self::Pyo3;
}

/// What convert-core has for a token, reference or error of PyO3.
///
/// # Panics
/// Where the interpreter is one whose ints convert-core cannot read: a CPython that was configured
/// with 15-bit digits.
pub trait IntoConvert {
    /// The type of convert-core.
    type Convert;

    /// The same as convert-core has it. An owned reference is given away, a borrowed one stays
    /// borrowed.
    fn into_convert(self) -> Self::Convert;
}

impl<'py> IntoPyo3 for convert_core::Python<'py> {
    type Pyo3 = pyo3::Python<'py>;

    #[inline]
    fn into_pyo3(self) -> pyo3::Python<'py> {
        // SAFETY: our token says that the thread is attached for `'py`; detaching by either library
        // keeps both kinds of token out.
        unsafe { pyo3::Python::assume_attached() }
    }
}

impl<'py> IntoConvert for pyo3::Python<'py> {
    type Convert = convert_core::Python<'py>;

    #[inline]
    fn into_convert(self) -> convert_core::Python<'py> {
        // SAFETY: PyO3's token says that the thread is attached for `'py`; detaching by either
        // library keeps both kinds of token out.
        unsafe { gate::attached() }
    }
}

impl<'py, T: Twin> IntoPyo3 for convert_core::Bound<'py, T> {
    type Pyo3 = pyo3::Bound<'py, T::Pyo3>;

    #[inline]
    fn into_pyo3(self) -> Self::Pyo3 {
        let py = self.py().into_pyo3();
        // SAFETY: `self` gives its strong reference away; the types are twins.
        unsafe { pyo3::Bound::from_owned_ptr(py, self.into_ptr()).cast_into_unchecked() }
    }
}

impl<'py, T: Pyo3Twin> IntoConvert for pyo3::Bound<'py, T> {
    type Convert = convert_core::Bound<'py, T::Convert>;

    #[inline]
    fn into_convert(self) -> Self::Convert {
        let py = self.py().into_convert();
        // SAFETY: `self` gives its strong reference away; the types are twins.
        unsafe { gate::owned_unbound(not_null(self.into_ptr())).into_bound(py) }
    }
}

impl<'a, 'py, T: Twin> IntoPyo3 for convert_core::Borrowed<'a, 'py, T> {
    type Pyo3 = pyo3::Borrowed<'a, 'py, T::Pyo3>;

    #[inline]
    fn into_pyo3(self) -> Self::Pyo3 {
        let py = self.py().into_pyo3();
        // SAFETY: who lent the object to `self` keeps it alive for `'a`; the types are twins.
        unsafe { pyo3::Borrowed::from_ptr(py, self.as_ptr()).cast_unchecked() }
    }
}

impl<'a, 'py, T: Pyo3Twin> IntoConvert for pyo3::Borrowed<'a, 'py, T> {
    type Convert = convert_core::Borrowed<'a, 'py, T::Convert>;

    #[inline]
    fn into_convert(self) -> Self::Convert {
        let py = self.py().into_convert();
        // SAFETY: who lent the object to `self` keeps it alive for `'a`; the types are twins.
        unsafe { gate::borrowed(py, not_null(self.as_ptr())) }
    }
}

impl<'a, 'py, T: Twin> IntoPyo3 for &'a convert_core::Bound<'py, T> {
    type Pyo3 = pyo3::Borrowed<'a, 'py, T::Pyo3>;

    #[inline]
    fn into_pyo3(self) -> Self::Pyo3 {
        self.as_borrowed().into_pyo3()
    }
}

impl<'a, 'py, T: Pyo3Twin> IntoConvert for &'a pyo3::Bound<'py, T> {
    type Convert = convert_core::Borrowed<'a, 'py, T::Convert>;

    #[inline]
    fn into_convert(self) -> Self::Convert {
        self.as_borrowed().into_convert()
    }
}

impl<T: Twin> IntoPyo3 for convert_core::Py<T> {
    type Pyo3 = pyo3::Py<T::Pyo3>;

    #[inline]
    fn into_pyo3(self) -> Self::Pyo3 {
        // SAFETY: `pyo3::Py` is `#[repr(transparent)]` around this pointer, and owns a strong
        // reference, which `self` gives away; the types are twins. PyO3's own constructor wants a
        // token, though it has no use for it.
        unsafe { mem::transmute_copy(&not_null(self.into_ptr())) }
    }
}

impl<T: Pyo3Twin> IntoConvert for pyo3::Py<T> {
    type Convert = convert_core::Py<T::Convert>;

    #[inline]
    fn into_convert(self) -> Self::Convert {
        // SAFETY: `self` gives its strong reference away; the types are twins.
        unsafe { gate::owned_unbound(not_null(self.into_ptr())) }
    }
}

/// # Safety
/// The pointer comes out of a reference.
#[inline]
unsafe fn not_null(pointer: *mut pyo3_ffi::PyObject) -> NonNull<pyo3_ffi::PyObject> {
    // SAFETY: the caller took the pointer out of a reference, and none is NULL.
    unsafe { NonNull::new_unchecked(pointer) }
}
