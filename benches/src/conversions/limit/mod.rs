//! The limit: each conversion by hand on raw pointers, for exactly the cases that are measured and
//! with as little checking as a correct conversion can do. What is not on a measured path gives
//! up with an error; so no conversion here runs Python code while it holds a borrowed object,
//! unless it says so. Frozen: a change to a limit states its reason beside it.
//!
//! Read directly: digits of ints, floats, compact strings, item arrays, `bytes`, datetimes, slots.
//! Left alone, though it would be faster: the tables of dicts and sets, attributes inside an
//! object, and putting an int together digit by digit.
//!
//! | file | what it makes, both ways |
//! |---|---|
//! | `int.rs`, `number.rs` | integers; floats, bools, options |
//! | `text.rs`, `unicode.rs` | text; the text that is not ASCII |
//! | `sequence.rs`, `bytes.rs`, `tuple.rs` | vectors and arrays; of bytes; tuples |
//! | `map.rs`, `set.rs` | maps; sets |
//! | `record.rs`, `slots.rs` | the struct of ten fields; the same read from slots |
//! | `item.rs`, `orders.rs` | fields in dicts; structs within structs |
//! | `union.rs`, `assets.rs`, `tagged.rs` | the union of six types; of two structs; the enum with a tag |
//! | `ecosystem.rs` | types of other crates: `BigInt`, `Decimal`, `Uuid` |
//! | `time.rs`, `address.rs`, `path.rs` | what lives in modules of Python's library |
//! | `dates.rs` | the types of chrono and chrono-tz |

mod address;
mod assets;
mod bytes;
mod dates;
mod ecosystem;
mod int;
mod item;
mod map;
mod number;
mod orders;
mod path;
mod record;
mod sequence;
mod set;
mod slots;
mod tagged;
mod text;
mod time;
mod tuple;
mod unicode;
mod union;

use std::ffi::{CStr, c_ulong};
use std::ptr;

use pyo3_ffi as ffi;
use pyo3_ffi::PyObject;

pub type Object = *mut PyObject;

/// A value made from an object.
pub trait FromObject: Sized {
    /// # Safety
    /// The thread is attached; `object` is live, and stays so as long as what borrows from it.
    unsafe fn from_object(object: Object) -> Limit<Self>;

    /// A `Vec` of such values.
    ///
    /// # Safety
    /// The thread is attached; `object` is live.
    #[inline(always)]
    unsafe fn many_from_object(object: Object) -> Limit<Vec<Self>> {
        // SAFETY: the caller's word.
        unsafe { sequence::from_items(object) }
    }
}

/// A value that becomes an object.
pub trait ToObject: Sized {
    /// A new reference, or NULL with an exception.
    ///
    /// # Safety
    /// The thread is attached.
    unsafe fn to_object(&self) -> Object;

    /// The object that several of them become.
    ///
    /// # Safety
    /// The thread is attached.
    #[inline(always)]
    unsafe fn many_to_object(values: &[Self]) -> Object {
        // SAFETY: the caller's word.
        unsafe { sequence::to_list(values.iter()) }
    }
}

impl<T: ToObject> ToObject for &T {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller's word.
        unsafe { T::to_object(self) }
    }
}

pub type Limit<T> = Result<T, Wrong>;

/// What was expected, and the type that was got: two words, nothing built.
pub struct Wrong {
    expected: &'static Expected,
    got: *mut ffi::PyTypeObject,
}

/// What a message says was expected, and the exception it becomes.
pub struct Expected(Class, &'static str);

enum Class {
    Type,
    Value,
    Overflow,
    /// An exception is set already.
    Raised,
}

const RAISED: &Expected = &Expected(Class::Raised, "");

impl Wrong {
    /// Raises the exception: a message, and no more.
    ///
    /// # Safety
    /// The thread is attached, and the type is alive.
    #[cold]
    #[inline(never)]
    pub unsafe fn raise(self) {
        let Expected(class, text) = self.expected;
        // SAFETY: the caller says that the thread is attached and the type, whose name ends with
        // NUL, alive; the message is a new reference.
        unsafe {
            let class = match class {
                Class::Type => ffi::PyExc_TypeError,
                Class::Value => ffi::PyExc_ValueError,
                Class::Overflow => ffi::PyExc_OverflowError,
                Class::Raised => return,
            };
            let got = CStr::from_ptr((*self.got).tp_name).to_bytes();
            let mut buffer = [0; 256];
            let mut length = 0;
            for part in [&b"expected "[..], text.as_bytes(), b", got ", got] {
                let part = &part[..part.len().min(buffer.len() - length)];
                buffer[length..length + part.len()].copy_from_slice(part);
                length += part.len();
            }
            let message = ffi::PyUnicode_FromStringAndSize(buffer.as_ptr().cast(), length as isize);
            ffi::PyErr_SetObject(class, message);
            ffi::Py_XDECREF(message);
        }
    }

    /// Takes back an exception that is set.
    ///
    /// # Safety
    /// The thread is attached.
    #[inline(always)]
    pub unsafe fn clear(&self) {
        if matches!(self.expected.0, Class::Raised) {
            // SAFETY: the caller says that the thread is attached.
            unsafe { ffi::PyErr_Clear() }
        }
    }
}

/// Looks up once what the conversions need, before anything is measured.
///
/// # Safety
/// The thread is attached; `slotted` is live, an instance of the class whose slots are read, which
/// stays.
pub unsafe fn prepare(slotted: Object) {
    // SAFETY: the caller's word.
    unsafe {
        int::prepare();
        record::prepare();
        slots::prepare(slotted);
        orders::prepare();
        tagged::prepare();
        assets::prepare();
        address::prepare();
        path::prepare();
        ecosystem::prepare();
        ffi::PyDateTime_IMPORT();
        dates::prepare();
    }
}

#[inline(always)]
unsafe fn has_flag(object: Object, flag: c_ulong) -> bool {
    // SAFETY: the caller gives a live object.
    unsafe { (*ffi::Py_TYPE(object)).tp_flags & flag != 0 }
}

#[inline(always)]
unsafe fn is_exact(object: Object, class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: the caller gives a live object.
    ptr::eq(unsafe { ffi::Py_TYPE(object) }, class)
}

#[inline(always)]
unsafe fn wrong<T>(expected: &'static Expected, object: Object) -> Limit<T> {
    // SAFETY: the caller gives a live object.
    Err(Wrong { expected, got: unsafe { ffi::Py_TYPE(object) } })
}

/// A new reference to an object that is there already.
#[inline(always)]
unsafe fn new_reference(object: Object) -> Object {
    // SAFETY: the caller gives a live object and is attached.
    unsafe { ffi::Py_INCREF(object) };
    object
}

/// A class of Python's library, for good.
unsafe fn import(module: &CStr, class: &CStr) -> Object {
    // SAFETY: the caller is attached; the module is kept, so the class is.
    unsafe {
        let module = ffi::PyImport_ImportModule(module.as_ptr());
        assert!(!module.is_null(), "Python's own library can be imported");
        let class = ffi::PyObject_GetAttrString(module, class.as_ptr());
        assert!(!class.is_null(), "the class is in its module");
        class
    }
}
