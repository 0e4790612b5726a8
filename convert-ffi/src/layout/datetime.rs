//! The fields of the objects of `datetime`.
//!
//! Read directly: the numbers are bytes, the highest first; a `tzinfo` is only there where
//! `hastzinfo` says so. Elsewhere the getters of the base classes are called, which no subclass can
//! override.
//!
//! Out of pickled state CPython makes objects whose fields are beyond their range (day 255, for
//! one), so no field may be believed to be within it.

use pyo3_ffi as ffi;

macro_rules! numbers {
    ($($name:ident: $type:ty = $class:ident $field:literal, $direct:ident;)*) => { $(
        #[doc = concat!("`", stringify!($class), ".", $field, "`.")]
        ///
        /// # Safety
        /// Attached; `object` is a live object of that class (or of a subclass).
        #[inline(always)]
        pub(crate) unsafe fn $name(object: *mut ffi::PyObject) -> $type {
            #[cfg(direct_layouts)]
            // SAFETY: the caller gives a live object of the class, which has this field.
            let value = unsafe { ffi::$direct(object) };
            #[cfg(not(direct_layouts))]
            // SAFETY: the caller gives a live object of the class, whose getter it is.
            let value = unsafe {
                static GETTER: Getter = Getter::new(|library| &library.$class, $field);
                GETTER.number(object)
            };
            value as $type
        }
    )* };
}

numbers! {
    date_year: i32 = date "year", PyDateTime_GET_YEAR;
    date_month: u8 = date "month", PyDateTime_GET_MONTH;
    date_day: u8 = date "day", PyDateTime_GET_DAY;
    time_hour: u8 = time "hour", PyDateTime_TIME_GET_HOUR;
    time_minute: u8 = time "minute", PyDateTime_TIME_GET_MINUTE;
    time_second: u8 = time "second", PyDateTime_TIME_GET_SECOND;
    time_microsecond: u32 = time "microsecond", PyDateTime_TIME_GET_MICROSECOND;
    time_fold: u8 = time "fold", PyDateTime_TIME_GET_FOLD;
    datetime_hour: u8 = datetime "hour", PyDateTime_DATE_GET_HOUR;
    datetime_minute: u8 = datetime "minute", PyDateTime_DATE_GET_MINUTE;
    datetime_second: u8 = datetime "second", PyDateTime_DATE_GET_SECOND;
    datetime_microsecond: u32 = datetime "microsecond", PyDateTime_DATE_GET_MICROSECOND;
    datetime_fold: u8 = datetime "fold", PyDateTime_DATE_GET_FOLD;
    delta_days: i32 = delta "days", PyDateTime_DELTA_GET_DAYS;
    delta_seconds: i32 = delta "seconds", PyDateTime_DELTA_GET_SECONDS;
    delta_microseconds: i32 = delta "microseconds", PyDateTime_DELTA_GET_MICROSECONDS;
}

macro_rules! zones {
    ($($name:ident, $is:ident = $class:ident, $direct:ident;)*) => { $(
        #[doc = concat!("Whether `", stringify!($class), ".tzinfo` is that very object, `None` for one.")]
        ///
        /// # Safety
        /// Attached; `object` is a live object of that class (or of a subclass).
        #[inline(always)]
        pub(crate) unsafe fn $is(object: *mut ffi::PyObject, zone: *mut ffi::PyObject) -> bool {
            // SAFETY: the caller gives a live object of the class. Of the new reference only the
            // address is used.
            unsafe {
                #[cfg(direct_layouts)]
                let own = ffi::$direct(object);
                #[cfg(not(direct_layouts))]
                let own = $name(object);
                #[cfg(not(direct_layouts))]
                ffi::Py_DECREF(own);
                own == zone
            }
        }

        #[doc = concat!("`", stringify!($class), ".tzinfo`, a new reference, which may be `None`.")]
        ///
        /// # Safety
        /// Attached; `object` is a live object of that class (or of a subclass).
        #[inline(always)]
        pub(crate) unsafe fn $name(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
            #[cfg(direct_layouts)]
            // SAFETY: the caller gives a live object of the class. The function asks `hastzinfo`
            // and gives `None` or what the object holds, which is live.
            unsafe {
                let zone = ffi::$direct(object);
                super::refcount::incref(zone);
                zone
            }
            #[cfg(not(direct_layouts))]
            // SAFETY: the caller gives a live object of the class, whose getter it is.
            unsafe {
                static GETTER: Getter = Getter::new(|library| &library.$class, "tzinfo");
                GETTER.get(object).into_ptr()
            }
        }
    )* };
}

zones! {
    time_tzinfo, time_tzinfo_is = time, PyDateTime_TIME_GET_TZINFO;
    datetime_tzinfo, datetime_tzinfo_is = datetime, PyDateTime_DATE_GET_TZINFO;
}

#[cfg(not(direct_layouts))]
use getter::Getter;

#[cfg(not(direct_layouts))]
mod getter {
    use std::mem;

    use pyo3_ffi as ffi;

    use crate::types::{DateTimeLibrary, PyAny, PyInt, PyString, PyType};
    use crate::{Bound, Py, PyErr, PyOnceLock, PyResult, Python, gate, intern};

    /// How a base class reads a field of its objects.
    pub(super) struct Getter {
        class: fn(&DateTimeLibrary) -> &Py<PyType>,
        field: &'static str,
        made: PyOnceLock<(Py<PyAny>, Option<ffi::descrgetfunc>)>,
    }

    impl Getter {
        pub(super) const fn new(
            class: fn(&DateTimeLibrary) -> &Py<PyType>,
            field: &'static str,
        ) -> Self {
            Getter { class, field, made: PyOnceLock::new() }
        }

        /// The field, where it is a number.
        ///
        /// # Safety
        /// As for `get`.
        pub(super) unsafe fn number(&self, object: *mut ffi::PyObject) -> i64 {
            // SAFETY: the caller gives a live object of the class, whose getter it is.
            let number = unsafe { self.get(object) };
            match number.try_cast::<PyInt>().and_then(|number| number.to_i64()) {
                Some(number) => number,
                None => panic!("`{}` of a `datetime` object is {number:?}", self.field),
            }
        }

        /// The field.
        ///
        /// # Safety
        /// Attached; `object` is a live object of the class.
        ///
        /// # Panics
        /// Where there is no memory for a number.
        pub(super) unsafe fn get<'py>(&self, object: *mut ffi::PyObject) -> Bound<'py, PyAny> {
            // SAFETY: attached.
            let py = unsafe { Python::assume_attached() };
            let value = self.made.get_or_try_init(py, || self.make(py)).and_then(|made| {
                let (descriptor, get) = (made.0.bind(py), made.1);
                match get {
                    // SAFETY: the descriptor's own function, called as `type` does: with the
                    // descriptor, an object and its class; a new reference or NULL with an
                    // exception.
                    Some(get) => unsafe {
                        let class = ffi::Py_TYPE(object).cast();
                        gate::owned_or_err(py, get(descriptor.as_ptr(), object, class))
                    },
                    None => {
                        let get = descriptor.get_attribute(intern!(py, "__get__"))?;
                        // SAFETY: a live object.
                        let object = unsafe { gate::borrowed_or_err(py, object)? };
                        // The call counts against the recursion limit, as reading a field does not.
                        // It calls no Python code, so it can have a level that is taken already.
                        // SAFETY: attached. The count of levels, a signed number, is what it was
                        // again below: entering as many as there were does not fail.
                        unsafe { ffi::Py_LeaveRecursiveCall() };
                        let value = get.call_objects(&[object], None);
                        // SAFETY: attached; the text ends with NUL.
                        unsafe { ffi::Py_EnterRecursiveCall(c"".as_ptr()) };
                        value
                    }
                }
            });
            value.unwrap_or_else(|error| self.fail(error))
        }

        #[cold]
        fn make(&self, py: Python<'_>) -> PyResult<(Py<PyAny>, Option<ffi::descrgetfunc>)> {
            let class = (self.class)(DateTimeLibrary::get(py)?).bind(py);
            // Asked of its class, a getter gives itself.
            let descriptor = class.get_attribute(&PyString::intern(py, self.field))?;
            // SAFETY: a live type; the slot is NULL (before 3.10 with a SystemError, for a static
            // type) or a function of the type that its number names.
            let get = unsafe {
                let class = ffi::Py_TYPE(descriptor.as_ptr());
                let get = ffi::PyType_GetSlot(class, ffi::Py_tp_descr_get);
                mem::transmute::<*mut std::ffi::c_void, Option<ffi::descrgetfunc>>(get)
            };
            if get.is_none() {
                drop(PyErr::take(py));
            }
            Ok((descriptor.unbind(), get))
        }

        #[cold]
        fn fail<T>(&self, error: PyErr) -> T {
            panic!("cannot read `{}` of a `datetime` object: {error}", self.field)
        }
    }
}
