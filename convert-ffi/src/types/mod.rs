//! The native types, one file each, with methods that take and give Python objects.
//!
//! The methods that convert Rust values (`extract`, `call`, `get_item`, …) are in `convert-core`.

mod abc;
mod any;
mod arena;
mod at_hand;
mod backed;
mod bool;
mod buffer;
mod bytearray;
mod bytes;
mod bytes_writer;
mod complex;
mod datetime;
mod dict;
mod float;
mod frozenset;
mod function;
mod int;
mod iterate;
mod iterator;
mod list;
mod mapping;
mod memoryview;
mod module;
mod none;
mod plain;
mod range;
mod sequence;
mod set;
mod slice;
mod slotted;
mod str;
mod tuple;
mod r#type;
mod wide_int;

use pyo3_ffi as ffi;

use crate::exceptions::PyMemoryError;
use crate::{Borrowed, Bound, ConversionError, Leaf, PyResult, Python, TypeHint, gate};

pub use any::{CompareOp, PyAny};
pub use arena::Arena;
pub use at_hand::{AtHand, Field, Hand, Handed, KnownClasses, Slots, Source};
pub use backed::{PyBackedBytes, PyBackedStr};
pub use bool::PyBool;
#[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
pub use buffer::PyBuffer;
pub(crate) use buffer::no_memory;
pub use buffer::{Element, Number, Numbers};
pub use bytearray::PyByteArray;
pub use bytes::PyBytes;
pub use bytes_writer::PyBytesWriter;
pub use complex::PyComplex;
#[cfg(not(direct_layouts))]
pub(crate) use datetime::DateTimeLibrary;
pub use datetime::{PyDate, PyDateTime, PyDelta, PyTime, PyTzInfo};
pub use dict::{DictEntries, Entry, PyDict};
pub use float::PyFloat;
pub use frozenset::PyFrozenSet;
pub use function::PyCFunction;
pub use int::PyInt;
pub use iterate::{BoundDictIterator, BoundListIterator, BoundTupleIterator};
pub use iterator::PyIterator;
pub use list::{ListBuilder, PyList};
pub use mapping::PyMapping;
pub use memoryview::PyMemoryView;
pub use module::PyModule;
pub use none::PyNone;
pub use plain::Plain;
pub use range::PyRange;
pub use sequence::PySequence;
pub use set::PySet;
pub use slice::{PySlice, PySliceIndices};
pub use slotted::SlottedClass;
pub use str::PyString;
pub use tuple::PyTuple;
pub use r#type::PyType;

pub use crate::exceptions::PyBaseException;

/// A native type: its name, its type object, and whether an object is one.
///
/// # Safety
/// Where `is_type_of` or `is_exact_type_of` says yes, the object must really be laid out as the
/// type, whatever its `__class__` claims.
pub unsafe trait PyTypeInfo: Sized {
    /// The name, as messages show it.
    const NAME: &'static str;

    /// The type object.
    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType>;

    /// The type object, also where it has to be made or imported first.
    ///
    /// # Errors
    /// What making or importing it raised.
    fn try_type_object(py: Python<'_>) -> PyResult<Borrowed<'_, '_, PyType>> {
        Ok(Self::type_object(py))
    }

    /// Whether the object is of this type or a subclass. Runs no Python code, but for the abstract
    /// types ([`PyMapping`], [`PySequence`]), which ask the class.
    fn is_type_of(object: &Bound<'_, PyAny>) -> bool;

    /// Whether the object's type is this very one; for an abstract type, as `is_type_of`.
    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool;

    /// `expected NAME, got …`.
    #[cold]
    #[inline(never)]
    fn wrong_type(object: Borrowed<'_, '_, PyAny>) -> ConversionError {
        ConversionError::new(const { &Leaf::wrong_type(TypeHint::name(Self::NAME)) }).of(object)
    }
}

/// A native type that CPython knows by a static type object and two checks.
macro_rules! native_type {
    ($(#[$doc:meta])* $name:ident, $python:literal, $type:ident, $check:path, $check_exact:path) => {
        $(#[$doc])*
        pub struct $name(());

        // SAFETY: CPython's own checks of the object's type flags and type pointer.
        unsafe impl $crate::PyTypeInfo for $name {
            const NAME: &'static str = $python;

            #[inline]
            fn type_object(py: $crate::Python<'_>) -> $crate::Borrowed<'_, '_, $crate::types::PyType> {
                // SAFETY: a static type object, which lives as long as the interpreter.
                unsafe {
                    $crate::gate::immortal(py, (&raw mut pyo3_ffi::$type).cast())
                        .cast_borrowed_unchecked()
                }
            }

            #[inline(always)]
            fn is_type_of(object: &$crate::Bound<'_, $crate::PyAny>) -> bool {
                // Under the stable ABI the flags of a type are asked for by a call.
                #[cfg(Py_LIMITED_API)]
                if Self::is_exact_type_of(object) {
                    return true;
                }
                // SAFETY: a live object, and attached.
                unsafe { $check(object.as_ptr()) != 0 }
            }

            #[inline(always)]
            fn is_exact_type_of(object: &$crate::Bound<'_, $crate::PyAny>) -> bool {
                // SAFETY: a live object, and attached.
                unsafe { $check_exact(object.as_ptr()) != 0 }
            }
        }
    };
}
use native_type;

/// A length as CPython counts.
///
/// # Errors
/// `MemoryError` where no object can be that long.
fn to_size(length: usize) -> PyResult<ffi::Py_ssize_t> {
    ffi::Py_ssize_t::try_from(length).map_err(|_| PyMemoryError::new_err(""))
}

// SAFETY: every object is an instance of `object`.
unsafe impl PyTypeInfo for PyAny {
    const NAME: &'static str = "object";

    fn type_object(py: Python<'_>) -> Borrowed<'_, '_, PyType> {
        // SAFETY: a static type object, which lives as long as the interpreter.
        unsafe {
            gate::immortal(py, (&raw mut ffi::PyBaseObject_Type).cast()).cast_borrowed_unchecked()
        }
    }

    #[inline(always)]
    fn is_type_of(_object: &Bound<'_, PyAny>) -> bool {
        true
    }

    fn is_exact_type_of(object: &Bound<'_, PyAny>) -> bool {
        object.get_type().is(&Self::type_object(object.py()))
    }
}
