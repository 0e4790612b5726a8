//! The types of the module `datetime`.
//!
//! | file | types |
//! |---|---|
//! | `date.rs` | [`PyDate`], [`PyDateTime`] (a subclass) |
//! | `time.rs` | [`PyTime`] |
//! | `delta.rs` | [`PyDelta`] |
//! | `tzinfo.rs` | [`PyTzInfo`] |
//!
//! The classes are those of `_datetime`, CPython's own: in `datetime` libraries for tests put
//! others. They are imported when one is first asked for, even if only whether an object is one,
//! unless it is of a type as common as `int`: that first time runs Python code. Without such a
//! module no object is any of these, and none can be made.
//!
//! What is read of an object is what is stored in it, whatever a subclass says. It may be out of
//! range: `datetime.date(b"\xff\xff\x01\xff")`, as if unpickled, is of the year 65535, day 255.
//! Under the stable ABI, and wherever memory is not read directly, reading panics where there is no
//! memory for an `int`, and on 3.9 at the end of Python's recursion limit.

mod date;
mod delta;
mod time;
mod tzinfo;

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use super::{PyAny, PyFloat, PyType};
#[cfg(Py_LIMITED_API)]
use crate::Bound;
use crate::{Borrowed, Py, PyOnceLock, PyResult, Python, intern};

pub use date::{PyDate, PyDateTime};
pub use delta::PyDelta;
pub use time::PyTime;
pub use tzinfo::PyTzInfo;

/// What is used of the module `_datetime`, kept for good.
pub(crate) struct DateTimeLibrary {
    pub(crate) date: Py<PyType>,
    pub(crate) datetime: Py<PyType>,
    pub(crate) time: Py<PyType>,
    pub(crate) delta: Py<PyType>,
    tzinfo: Py<PyType>,
    utc: Py<PyTzInfo>,
    #[cfg(not(Py_LIMITED_API))]
    api: &'static ffi::PyDateTime_CAPI,
    #[cfg(Py_LIMITED_API)]
    timezone: Py<PyType>,
}

static LIBRARY: PyOnceLock<DateTimeLibrary> = PyOnceLock::new();

/// Where one of its classes is: nowhere before an object of that class was seen.
struct Place(AtomicPtr<ffi::PyObject>);

impl Place {
    const fn new() -> Self {
        Place(AtomicPtr::new(ptr::null_mut()))
    }

    /// Whether the object is exactly of that class.
    #[inline(always)]
    fn is_of(
        &self,
        object: Borrowed<'_, '_, PyAny>,
        class: fn(&DateTimeLibrary) -> &Py<PyType>,
    ) -> bool {
        // SAFETY: a live object has a type.
        let own = unsafe { ffi::Py_TYPE(object.as_ptr()) }.cast();
        self.0.load(Ordering::Relaxed) == own
            || DateTimeLibrary::that_may_have(object).is_some_and(|library| {
                let is_own = class(library).as_ptr() == own;
                if is_own {
                    self.0.store(own, Ordering::Relaxed);
                }
                is_own
            })
    }
}

impl DateTimeLibrary {
    /// The module, imported if it was not yet.
    ///
    /// # Errors
    /// What the import raised: an `ImportError` where CPython was built without it.
    #[inline(always)]
    pub(crate) fn get(py: Python<'_>) -> PyResult<&'static Self> {
        LIBRARY.get_or_try_init(py, || Self::load(py))
    }

    /// The module, where the object may be of one of its classes.
    #[inline(always)]
    fn that_may_have(object: Borrowed<'_, '_, PyAny>) -> Option<&'static Self> {
        match LIBRARY.get(object.py()) {
            Some(library) => Some(library),
            None => Self::load_for(object),
        }
    }

    /// Whether an object of one of the commonest types is a date runs no Python code: it is not.
    #[cold]
    #[inline(never)]
    fn load_for(object: Borrowed<'_, '_, PyAny>) -> Option<&'static Self> {
        let is_other =
            object.is_basic() || object.is_none() || object.is_exact_instance_of::<PyFloat>();
        if is_other { None } else { Self::get(object.py()).ok() }
    }

    /// The module's C API, as `PyDateTime_IMPORT` gets it.
    #[cfg(not(Py_LIMITED_API))]
    #[cold]
    #[inline(never)]
    fn load(py: Python<'_>) -> PyResult<Self> {
        use crate::{PyErr, gate};
        let capsule = py.import("_datetime")?.get_attribute(intern!(py, "datetime_CAPI"))?;
        let name = ffi::PyDateTime_CAPSULE_NAME.as_ptr();
        // SAFETY: a live object; NULL with an exception where it is no capsule of that name. What
        // that one points to lives as long as the capsule, which is never given up.
        let api = unsafe {
            ffi::PyCapsule_GetPointer(capsule.as_ptr(), name)
                .cast::<ffi::PyDateTime_CAPI>()
                .as_ref()
        };
        let Some(api) = api else { return Err(PyErr::fetch(py)) };
        std::mem::forget(capsule);
        // SAFETY: the C API holds a live class at each of these.
        let class = |class: *mut ffi::PyTypeObject| unsafe {
            gate::immortal(py, class.cast()).cast_borrowed_unchecked::<PyType>().to_owned().unbind()
        };
        // SAFETY: the C API holds a live `timezone` there.
        let utc =
            unsafe { gate::immortal(py, api.TimeZone_UTC).cast_borrowed_unchecked::<PyTzInfo>() };
        Ok(DateTimeLibrary {
            date: class(api.DateType),
            datetime: class(api.DateTimeType),
            time: class(api.TimeType),
            delta: class(api.DeltaType),
            tzinfo: class(api.TZInfoType),
            utc: utc.to_owned().unbind(),
            api,
        })
    }

    /// The module's classes: the stable ABI does not have its C API.
    #[cfg(Py_LIMITED_API)]
    #[cold]
    #[inline(never)]
    fn load(py: Python<'_>) -> PyResult<Self> {
        let module = py.import("_datetime")?;
        let class =
            |name| -> PyResult<_> { Ok(module.get_attribute(name)?.cast_into::<PyType>()?) };
        let timezone = class(intern!(py, "timezone"))?;
        let utc = timezone.get_attribute(intern!(py, "utc"))?;
        Ok(DateTimeLibrary {
            date: class(intern!(py, "date"))?.unbind(),
            datetime: class(intern!(py, "datetime"))?.unbind(),
            time: class(intern!(py, "time"))?.unbind(),
            delta: class(intern!(py, "timedelta"))?.unbind(),
            tzinfo: class(intern!(py, "tzinfo"))?.unbind(),
            // SAFETY: `timezone`, whose instance it is, is a subclass of `tzinfo`, and nothing is
            // read directly under the stable ABI.
            utc: unsafe { utc.cast_into_unchecked::<PyTzInfo>().unbind() },
            timezone: timezone.unbind(),
        })
    }
}

/// Calls a class with what it takes by position, and `fold` where that is not as ever.
///
/// # Errors
/// What the class raised.
#[cfg(Py_LIMITED_API)]
fn construct<'py, T: crate::PyTypeInfo, const N: usize>(
    py: Python<'py>,
    class: &Py<PyType>,
    arguments: [Bound<'py, PyAny>; N],
    fold: bool,
) -> PyResult<Bound<'py, T>> {
    use super::{PyBool, PyDict};
    let mut keywords = None;
    if fold {
        let names = PyDict::new(py)?;
        names.set(intern!(py, "fold"), &PyBool::new(py, fold))?;
        keywords = Some(names);
    }
    let arguments = super::PyTuple::from_array(py, arguments)?;
    let object = class.bind(py).call_tuple(&arguments, keywords.as_ref())?;
    Ok(object.cast_into::<T>()?)
}

/// A number as [`construct`] takes it.
///
/// # Errors
/// `MemoryError`.
#[cfg(Py_LIMITED_API)]
fn number(py: Python<'_>, number: impl Into<i64>) -> PyResult<Bound<'_, PyAny>> {
    Ok(super::PyInt::from_i64(py, number.into())?.into_any())
}

/// A time zone as [`construct`] takes it.
#[cfg(Py_LIMITED_API)]
fn zone_or_none<'py>(py: Python<'py>, zone: Option<&Bound<'py, PyTzInfo>>) -> Bound<'py, PyAny> {
    zone.map_or_else(|| py.none().to_owned().into_any(), |zone| zone.as_any().clone())
}

/// A microsecond as C takes it: what is too large for C is too large for Python as well.
fn microsecond_for_c(microsecond: u32) -> i32 {
    microsecond.try_into().unwrap_or(i32::MAX)
}

/// A type of this module: its class is a field of the library.
macro_rules! datetime_type {
    ($(#[$doc:meta])* $name:ident, $python:literal, $field:ident) => {
        $(#[$doc])*
        pub struct $name(());

        // SAFETY: an object is an instance exactly if its type is the class, which is CPython's
        // own, or a subclass of it.
        unsafe impl $crate::PyTypeInfo for $name {
            const NAME: &'static str = $python;

            /// # Panics
            /// Where `_datetime` cannot be imported.
            fn type_object(py: $crate::Python<'_>) -> $crate::Borrowed<'_, '_, $crate::types::PyType> {
                match super::DateTimeLibrary::get(py) {
                    Ok(library) => library.$field.bind_borrowed(py),
                    Err(error) => panic!("cannot import `_datetime`: {error}"),
                }
            }

            #[inline]
            fn is_type_of(object: &$crate::Bound<'_, $crate::PyAny>) -> bool {
                Self::is_exact_type_of(object) || !object.is_basic() && {
                    let library = super::DateTimeLibrary::that_may_have(object.as_borrowed());
                    library.is_some_and(|library| {
                        object.is_instance_of_class(library.$field.bind(object.py()))
                    })
                }
            }

            #[inline]
            fn is_exact_type_of(object: &$crate::Bound<'_, $crate::PyAny>) -> bool {
                static SEEN: super::Place = super::Place::new();
                SEEN.is_of(object.as_borrowed(), |library| &library.$field)
            }
        }
    };
}
use datetime_type;
