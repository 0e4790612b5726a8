//! What a case is made of: the contenders, and the check that they agree.

use std::ffi::{CStr, CString};
use std::hint::black_box;

use convert_core::prelude::*;
use pyo3::prelude::{Bound as PyO3Bound, PyAny as PyO3Any, PyAnyMethods as _};
use pyo3::{IntoPyObject, IntoPyObjectExt as _};
use pyo3_ffi as ffi;

use super::limit::{FromObject, ToObject};
#[cfg(not(Py_LIMITED_API))]
use super::records::SLOTTED;
use crate::measure::{Contender, see};
use crate::report::Kind;

/// One row of the table. Preparing a case compares what its contenders give: equal values, or an
/// error of each.
pub struct Case {
    pub name: &'static str,
    pub kind: Kind,
    pub prepare: Prepare,
}

type Prepare = for<'py> fn(&Scene<'py>) -> Vec<Contender<'py>>;

/// A conversion that gives a value.
pub const fn success(name: &'static str, prepare: Prepare) -> Case {
    Case { name, kind: Kind::Success, prepare }
}

/// A conversion that is refused.
pub const fn failure(name: &'static str, prepare: Prepare) -> Case {
    Case { name, kind: Kind::Failure, prepare }
}

/// A running interpreter, for all contenders.
pub struct Scene<'py> {
    pub(super) py: Python<'py>,
    pub(super) pyo3: pyo3::Python<'py>,
    names: Bound<'py, PyDict>,
}

/// A value that stays until the process ends, so that contenders can share it.
pub fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

impl Scene<'_> {
    /// Attaches and sets the scene.
    pub fn enter<R>(act: impl FnOnce(&Scene<'_>) -> R) -> R {
        Python::attach(|py| {
            let names = PyDict::new(py).expect("a dict");
            let objects = CString::new(include_str!("objects.py")).expect("no NUL in the source");
            py.run(&objects, Some(&names), None).expect("objects.py runs");
            #[cfg(not(Py_LIMITED_API))]
            {
                let slotted = py.eval(SLOTTED, Some(&names), None).expect("an instance");
                // SAFETY: attached; an instance of the class of the slots, which `names` keeps.
                unsafe { super::limit::prepare(slotted.as_ptr()) };
            }
            pyo3::Python::attach(|pyo3| act(&Scene { py, pyo3, names }))
        })
    }
}

impl<'py> Scene<'py> {
    /// What an expression gives; it may name what is in `objects.py`.
    fn object(&self, expression: &CStr) -> &'py Bound<'py, PyAny> {
        let object = self.py.eval(expression, Some(&self.names), None);
        Box::leak(Box::new(object.expect("the expression is valid")))
    }

    /// The same object for PyO3.
    fn for_pyo3(&self, object: &Bound<'py, PyAny>) -> PyO3Bound<'py, PyO3Any> {
        // SAFETY: a live object, and the thread is attached.
        unsafe { PyO3Bound::from_borrowed_ptr(self.pyo3, object.as_ptr()) }
    }

    /// Making a `T` of an object.
    pub fn extract<T>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject + PartialEq,
        T: pyo3::FromPyObject<'py, 'py>,
    {
        self.extract_as::<T, T>(expression)
    }

    /// The same where PyO3 makes another type.
    pub fn extract_as<T, P>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject + PartialEq,
        P: pyo3::FromPyObject<'py, 'py> + Into<T>,
    {
        let object = self.object(expression);
        let pyo3_object: &'py PyO3Bound<'py, _> = Box::leak(Box::new(self.for_pyo3(object)));
        let expected = object.extract::<T>().expect("ours converts it");
        let pyo3 = pyo3_object.extract::<P>().ok().map(Into::into);
        assert!(pyo3.as_ref() == Some(&expected), "PyO3 differs");
        #[cfg(not(Py_LIMITED_API))]
        let pointer = object.as_ptr();
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: the pointer is that of an object that is leaked, and the thread is attached.
        let limit = unsafe { T::from_object(pointer) }.ok();
        #[cfg(not(Py_LIMITED_API))]
        assert!(limit.as_ref() == Some(&expected), "the limit differs");
        Vec::from([
            Contender::new("ours", move || see(black_box(object).extract::<T>())),
            #[cfg(not(Py_LIMITED_API))]
            // SAFETY: a leaked object, and the thread stays attached.
            Contender::new("limit", move || see(unsafe { T::from_object(black_box(pointer)) })),
            Contender::new("pyo3", move || see(black_box(pyo3_object).extract::<P>())),
        ])
    }

    /// Making a `T` of a str that nobody looked at before: none has its UTF-8 cached.
    pub fn extract_fresh<T>(&self, text: &'static str) -> Vec<Contender<'py>>
    where
        T: for<'a> FromPyObject<'a, 'py> + FromObject + PartialEq,
        T: for<'a> pyo3::FromPyObject<'a, 'py>,
    {
        let (py, pyo3) = (self.py, self.pyo3);
        let fresh = move || PyString::new(py, text).expect("a str").into_any();
        let fresh_for_pyo3 = move || pyo3::types::PyString::new(pyo3, text).into_any();
        let expected = fresh().extract::<T>().expect("ours converts it");
        assert!(fresh_for_pyo3().extract::<T>().ok().as_ref() == Some(&expected), "PyO3 differs");
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a live object, and the thread is attached.
        let limit = move |object: &Bound<'py, PyAny>| unsafe { T::from_object(object.as_ptr()) };
        #[cfg(not(Py_LIMITED_API))]
        assert!(limit(&fresh()).ok().as_ref() == Some(&expected), "the limit differs");
        Vec::from([
            Contender::with_fresh("ours", fresh, |object| see(object.extract::<T>())),
            #[cfg(not(Py_LIMITED_API))]
            Contender::with_fresh("limit", fresh, move |object| see(limit(object))),
            Contender::with_fresh("pyo3", fresh_for_pyo3, |object| see(object.extract::<T>())),
        ])
    }

    /// Refusing to make a `T` of an object; the error is dropped.
    pub fn refuse<T>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject + pyo3::FromPyObject<'py, 'py>,
    {
        self.refuse_as::<T, T>(expression)
    }

    /// The same where PyO3 makes another type.
    pub fn refuse_as<T, P>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject,
        P: pyo3::FromPyObject<'py, 'py>,
    {
        let (object, pyo3_object) = self.refused::<T, P>(expression);
        #[cfg(not(Py_LIMITED_API))]
        let pointer = object.as_ptr();
        Vec::from([
            Contender::new("ours", move || see(black_box(object).extract::<T>())),
            #[cfg(not(Py_LIMITED_API))]
            // SAFETY: a leaked object, and the thread stays attached.
            Contender::new("limit", move || unsafe {
                let result = T::from_object(black_box(pointer));
                if let Err(wrong) = &result {
                    wrong.clear();
                }
                see(result)
            }),
            Contender::new("pyo3", move || see(black_box(pyo3_object).extract::<P>())),
        ])
    }

    /// Refusing to make a `T` of an object; the exception is raised, and cleared.
    pub fn raise<T>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject + pyo3::FromPyObject<'py, 'py>,
    {
        self.raise_as::<T, T>(expression)
    }

    /// The same where PyO3 makes another type.
    pub fn raise_as<T, P>(&self, expression: &CStr) -> Vec<Contender<'py>>
    where
        T: FromPyObject<'py, 'py> + FromObject,
        P: pyo3::FromPyObject<'py, 'py>,
    {
        let (object, pyo3_object) = self.refused::<T, P>(expression);
        let (py, pyo3) = (self.py, self.pyo3);
        #[cfg(not(Py_LIMITED_API))]
        let pointer = object.as_ptr();
        Vec::from([
            Contender::new("ours", move || {
                if let Err(error) = black_box(object).extract::<T>() {
                    PyErr::from(error).restore(py);
                    clear();
                }
            }),
            #[cfg(not(Py_LIMITED_API))]
            // SAFETY: a leaked object, whose type is alive, and the thread stays attached.
            Contender::new("limit", move || unsafe {
                if let Err(wrong) = T::from_object(black_box(pointer)) {
                    wrong.raise();
                    clear();
                }
            }),
            Contender::new("pyo3", move || {
                if let Err(error) = black_box(pyo3_object).extract::<P>() {
                    let error: pyo3::PyErr = error.into();
                    error.restore(pyo3);
                    clear();
                }
            }),
        ])
    }

    /// An object that all contenders refuse.
    fn refused<T, P>(
        &self,
        expression: &CStr,
    ) -> (&'py Bound<'py, PyAny>, &'py PyO3Bound<'py, PyO3Any>)
    where
        T: FromPyObject<'py, 'py> + FromObject,
        P: pyo3::FromPyObject<'py, 'py>,
    {
        let object = self.object(expression);
        let pyo3_object: &'py PyO3Bound<'py, _> = Box::leak(Box::new(self.for_pyo3(object)));
        assert!(object.extract::<T>().is_err(), "ours converts it");
        assert!(pyo3_object.extract::<P>().is_err(), "PyO3 converts it");
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: the pointer is that of a leaked object, and the thread is attached.
        unsafe {
            let refused = T::from_object(object.as_ptr()).map_err(|wrong| wrong.clear()).is_err();
            assert!(refused, "the limit converts it");
        }
        (object, pyo3_object)
    }

    /// Making an object of a value, and dropping the object.
    pub fn make<T>(&self, value: T) -> Vec<Contender<'py>>
    where
        T: Copy + IntoPy<'py> + ToObject + IntoPyObject<'py> + 'py,
    {
        self.make_as(value, value)
    }

    /// The same where PyO3 is given another type.
    pub fn make_as<T, P>(&self, value: T, pyo3_value: P) -> Vec<Contender<'py>>
    where
        T: Copy + IntoPy<'py> + ToObject + 'py,
        P: Copy + IntoPyObject<'py> + 'py,
    {
        let (py, pyo3) = (self.py, self.pyo3);
        let object = value.into_py(py).expect("ours converts it");
        let pyo3_object = pyo3_value.into_bound_py_any(pyo3).expect("PyO3 converts it");
        assert!(is_same(object.as_ptr(), pyo3_object.as_ptr()), "PyO3 differs");
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; a new reference.
        unsafe {
            let limit = value.to_object();
            assert!(is_same(object.as_ptr(), limit), "the limit differs");
            ffi::Py_DECREF(limit);
        }
        Vec::from([
            Contender::new("ours", move || see(black_box(value).into_py(py))),
            #[cfg(not(Py_LIMITED_API))]
            // SAFETY: attached; a new reference, as the check has seen.
            Contender::new("limit", move || unsafe {
                ffi::Py_DECREF(black_box(black_box(value).to_object()));
            }),
            // An object of one's own, as the others give: of a bool PyO3 borrows one.
            Contender::new("pyo3", move || see(black_box(pyo3_value).into_bound_py_any(pyo3))),
        ])
    }
}

/// Clears the exception that is set.
fn clear() {
    // SAFETY: only called while attached.
    unsafe { ffi::PyErr_Clear() }
}

/// Whether two objects are equal and of the same type.
fn is_same(one: *mut ffi::PyObject, other: *mut ffi::PyObject) -> bool {
    // SAFETY: only called while attached, with live objects, or NULL where one could not be made.
    unsafe {
        !one.is_null()
            && !other.is_null()
            && ffi::Py_TYPE(one) == ffi::Py_TYPE(other)
            && ffi::PyObject_RichCompareBool(one, other, ffi::Py_EQ) == 1
    }
}
