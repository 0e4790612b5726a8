//! `rust_decimal`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Decimal` | `decimal.Decimal` | subclasses, `int` | an exponent above 0: `1E+3` is `1000`, which is equal; into Python the sign of a zero |
//!
//! What a `Decimal` of 96 bits and 28 places cannot hold exactly is refused, not rounded: more
//! places or digits are a `ValueError`, larger numbers an `OverflowError`, and so are (as
//! `ValueError`) NaN, the infinities, and `-0`, whose sign would be lost.
//!
//! A float or a text is refused: neither says that it is meant as a decimal. Where it is, see
//! [`text`] and [`float`].

mod digits;
pub mod float;
pub mod text;

use convert_ffi::types::{PyAny, PyInt, PyString, PyType};
use convert_ffi::{Bound, ConversionError, Leaf, PyOnceObject, PyResult, Python, TypeHint, intern};
use rust_decimal::Decimal;

/// An instance of a class of Python's library.
pub type Target = PyAny;
/// `Decimal`.
pub const EXPECTED: TypeHint = TypeHint::name("Decimal");
/// `Decimal`.
pub const PRODUCES: TypeHint = EXPECTED;

/// From an instance of `decimal.Decimal` or of a subclass, or an int.
///
/// # Errors
/// A `TypeError` for anything else; a `ValueError` or an `OverflowError` for what it cannot hold.
#[inline]
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Decimal, ConversionError> {
    match at_once(object) {
        Some(text) => of_text(text),
        None => other(object),
    }
}

/// From an instance of exactly `decimal.Decimal`.
///
/// # Errors
/// A `TypeError` for anything else; a `ValueError` or an `OverflowError` for what it cannot hold.
#[inline]
pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<Decimal, ConversionError> {
    if object.is_basic() || !object.is_exact_instance_of_class(class(object.py())?) {
        return Err(wrong_type());
    }
    of_text(object.str())
}

/// Makes a `decimal.Decimal` with as many places.
///
/// # Errors
/// What importing `decimal` raised, or `MemoryError`.
pub fn into_py<'py>(value: &Decimal, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    let argument = match i64::try_from(value.mantissa()) {
        Ok(whole) if value.scale() == 0 => PyInt::from_i64(py, whole)?.into_any(),
        _ => digits::Written::new(value).into_py(py)?.into_any(),
    };
    class(py)?.call_objects(&[argument], None)
}

/// What an exact `decimal.Decimal` says it is, once the class is known: the one way to ask it that
/// takes a single call of C code and is exact (`Decimal.__str__`).
#[inline(always)]
fn at_once<'py>(object: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyString>>> {
    let class = CLASS.get(object.py())?;
    object.is_exact_instance_of_class(class).then(|| object.str())
}

fn of_text(text: PyResult<Bound<'_, PyString>>) -> Result<Decimal, ConversionError> {
    let text = text?;
    match text.to_ascii() {
        Some(text) => parsed(text),
        None => parsed(&text.to_cow()?),
    }
}

fn parsed(text: &str) -> Result<Decimal, ConversionError> {
    digits::parse(text).map_err(|problem| problem.into_error(text))
}

#[inline(never)]
fn other(object: &Bound<'_, PyAny>) -> Result<Decimal, ConversionError> {
    if let Some(int) = object.try_cast::<PyInt>() {
        return of_int(int);
    }
    if object.is_basic() {
        return Err(wrong_type());
    }
    let class = class(object.py())?;
    if object.is_exact_instance_of_class(class) {
        return of_text(object.str());
    }
    if !object.is_instance_of_class(class) {
        return Err(wrong_type());
    }
    // A subclass may write itself in another way.
    let method = class.get_attribute(intern!(object.py(), "__str__"))?;
    of_text(Ok(method.call_objects(std::slice::from_ref(object), None)?.cast_into()?))
}

fn of_int(int: &Bound<'_, PyInt>) -> Result<Decimal, ConversionError> {
    let value = int.to_i128().and_then(|value| Decimal::try_from_i128_with_scale(value, 0).ok());
    value.ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::out_of_range(TypeHint::name("int of at most 96 bits")) },
        )
    })
}

/// The value, a negative zero without its sign.
fn unsigned_zero(value: &Decimal) -> Decimal {
    if value.is_zero() { value.abs() } else { *value }
}

#[inline(always)]
fn wrong_type() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(EXPECTED) })
}

static CLASS: PyOnceObject<PyType> = PyOnceObject::new();

/// `decimal.Decimal`.
#[inline]
fn class<'py>(py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
    CLASS.get_or_try_init(py, || {
        let class = py.import("decimal")?.get_attribute(intern!(py, "Decimal"))?;
        Ok(class.cast_into::<PyType>()?)
    })
}
