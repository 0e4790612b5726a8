//! The functions that are called, by hand: the limit. The C API as a careful C programmer uses it:
//! vector calls, keywords told by their address before their text, errors in the same words.
//! What is immutable and simple is read where it lies (digits of an int, ASCII text).
//!
//! | file | what it holds |
//! |---|---|
//! | `signature.rs` | arguments laid to parameters |
//! | `read.rs` | values from arguments |
//! | `raise.rs` | exceptions |

mod raise;
mod read;
mod signature;

use std::cell::UnsafeCell;
use std::ffi::{c_int, c_void};
use std::hint::black_box;
use std::ptr;
use std::sync::atomic::AtomicPtr;

use pyo3_ffi as ffi;
use read::{Ints, KeptPerson, Person, Point, Read};
use signature::{Argument, Signature};

type Object = *mut ffi::PyObject;

/// A signature: all of it constant but for the interned names.
macro_rules! signature {
    ($constant:ident, $function:literal, [$($name:literal),*], $required:literal) => {
        static $constant: Signature<{ [$($name),*].len() }> = Signature {
            function: $function,
            names: [$($name),*],
            required: $required,
            interned: {
                const COUNT: usize = [$($name),*].len();
                static NAMES: [AtomicPtr<ffi::PyObject>; COUNT] =
                    [const { AtomicPtr::new(ptr::null_mut()) }; COUNT];
                &NAMES
            },
        };
    };
}

signature!(ADD, c"add", [c"a", c"b"], 2);
signature!(SCALE, c"scale", [c"a", c"b"], 1);
signature!(TEXT_LENGTH, c"text_length", [c"text"], 1);
signature!(BYTES_LENGTH, c"bytes_length", [c"data"], 1);
signature!(TOTAL, c"total", [c"values"], 1);
signature!(TOTAL_IN_PLACE, c"total_in_place", [c"values"], 1);
signature!(POINT, c"point", [c"point"], 1);
signature!(PERSON, c"person", [c"person"], 1);
signature!(PERSON_KEPT, c"person_kept", [c"person"], 1);

unsafe extern "C" fn nothing(
    _module: Object,
    _values: *mut Object,
    count: ffi::Py_ssize_t,
) -> Object {
    // SAFETY: CPython calls functions while attached; `None` is given a reference of its own.
    unsafe {
        if count != 0 {
            let given = count.to_string();
            let takes = b"nothing() takes 0 positional arguments but ";
            raise::raise::<()>(&[takes, given.as_bytes(), b" were given"]);
            return ptr::null_mut();
        }
        let none = ffi::Py_None();
        ffi::Py_INCREF(none);
        none
    }
}

/// The C function of the name, which gives the Rust function its arguments by `$signature`.
macro_rules! function {
    ($name:ident, $signature:ident, |$($argument:ident),*| $body:expr) => {
        unsafe extern "C" fn $name(
            _module: Object,
            values: *const Object,
            count: ffi::Py_ssize_t,
            names: Object,
        ) -> Object {
            // SAFETY: CPython calls functions while attached, with so many objects, then one for
            // each name, which it keeps until the call is over.
            unsafe {
                let mut laid = [ptr::null_mut(); $signature.names.len()];
                let values = $signature.lay(values, count as usize, names, &mut laid);
                if values.is_null() {
                    return ptr::null_mut();
                }
                let [$($argument),*] = *values.cast::<[Object; $signature.names.len()]>();
                $body
            }
        }
    };
}

/// The value of an argument, or back to the caller with an exception.
macro_rules! read {
    ($signature:ident, $index:expr, $argument:ident) => {
        match Read::read(Argument($argument, $signature.at($index))) {
            Some(value) => value,
            None => return ptr::null_mut(),
        }
    };
}

function!(add, ADD, |a, b| {
    let (a, b): (i64, i64) = (read!(ADD, 0, a), read!(ADD, 1, b));
    ffi::PyLong_FromLongLong(a.wrapping_add(b))
});

function!(scale, SCALE, |a, b| {
    let a: i64 = read!(SCALE, 0, a);
    let b: i64 = if b.is_null() { 2 } else { read!(SCALE, 1, b) };
    ffi::PyLong_FromLongLong(a.wrapping_mul(b))
});

function!(text_length, TEXT_LENGTH, |text| {
    let text: &str = read!(TEXT_LENGTH, 0, text);
    ffi::PyLong_FromSize_t(text.len())
});

function!(bytes_length, BYTES_LENGTH, |data| {
    let data: &[u8] = read!(BYTES_LENGTH, 0, data);
    ffi::PyLong_FromSize_t(data.len())
});

function!(total, TOTAL, |values| {
    let values: Vec<i64> = read!(TOTAL, 0, values);
    ffi::PyLong_FromLongLong(values.iter().sum())
});

function!(total_in_place, TOTAL_IN_PLACE, |values| {
    let values: Ints = read!(TOTAL_IN_PLACE, 0, values);
    match values.sum() {
        Some(sum) => ffi::PyLong_FromLongLong(sum),
        None => ptr::null_mut(),
    }
});

function!(point, POINT, |point| {
    let point: Point = read!(POINT, 0, point);
    // All of it is made, though not all is needed.
    let point = black_box(&point);
    ffi::PyLong_FromLongLong(point.x + point.y + point.label.len() as i64)
});

function!(person, PERSON, |person| {
    let person: Person = read!(PERSON, 0, person);
    let person = black_box(&person);
    let texts = person.name.len() + person.email.len() + person.city.len();
    let flags = i64::from(person.active) + i64::from(person.verified);
    let whole = person.id + person.age + person.count.unwrap_or(0) + flags + texts as i64;
    ffi::PyFloat_FromDouble(whole as f64 + person.score + person.ratio)
});

function!(person_kept, PERSON_KEPT, |person| {
    let person: KeptPerson = read!(PERSON_KEPT, 0, person);
    let person = black_box(&person);
    let texts = person.name.len() + person.email.len() + person.city.len();
    let flags = i64::from(person.active) + i64::from(person.verified);
    let whole = person.id + person.age + person.count.unwrap_or(0) + flags + texts as i64;
    ffi::PyFloat_FromDouble(whole as f64 + person.score + person.ratio)
});

/// Interns the names, and gives the module its functions.
unsafe extern "C" fn exec(module: Object) -> c_int {
    // SAFETY: CPython executes a module while attached, and the table lives for ever.
    unsafe {
        for signature in [&ADD, &SCALE] {
            signature.intern();
        }
        for signature in [&TEXT_LENGTH, &BYTES_LENGTH, &TOTAL, &TOTAL_IN_PLACE] {
            signature.intern();
        }
        for signature in [&POINT, &PERSON, &PERSON_KEPT] {
            signature.intern();
        }
        Point::intern_fields();
        Person::intern_fields();
        KeptPerson::intern_fields();
        ffi::PyModule_AddFunctions(module, (&raw const FUNCTIONS).cast_mut().cast())
    }
}

/// A table of CPython's: most it only reads, though it asks for pointers that it could write to.
struct Table<T>(T);

// SAFETY: CPython reads the tables, except for the module's definition, to which it writes while it
// holds the lock of imports.
unsafe impl<T> Sync for Table<T> {}

const fn function(
    name: &'static std::ffi::CStr,
    function: ffi::PyCFunctionFastWithKeywords,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: function },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: ptr::null(),
    }
}

static FUNCTIONS: Table<[ffi::PyMethodDef; 11]> = Table([
    ffi::PyMethodDef {
        ml_name: c"nothing".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFast: nothing },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: ptr::null(),
    },
    function(c"add", add),
    function(c"scale", scale),
    function(c"text_length", text_length),
    function(c"bytes_length", bytes_length),
    function(c"total", total),
    function(c"total_in_place", total_in_place),
    function(c"point", point),
    function(c"person", person),
    function(c"person_kept", person_kept),
    ffi::PyMethodDef::zeroed(),
]);

static SLOTS: Table<[ffi::PyModuleDef_Slot; 2]> = Table([
    ffi::PyModuleDef_Slot { slot: ffi::Py_mod_exec, value: exec as *mut c_void },
    ffi::PyModuleDef_Slot { slot: 0, value: ptr::null_mut() },
]);

static MODULE: Table<UnsafeCell<ffi::PyModuleDef>> = Table(UnsafeCell::new(ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"calls_raw".as_ptr(),
    m_doc: ptr::null(),
    m_size: 0,
    m_methods: ptr::null_mut(),
    m_slots: (&raw const SLOTS).cast_mut().cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
}));

/// What CPython calls to import the module.
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub extern "C" fn PyInit_calls_raw() -> Object {
    // SAFETY: CPython calls this while attached, and holds the lock of imports.
    unsafe { ffi::PyModuleDef_Init(MODULE.0.get()) }
}
