//! `uuid`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Uuid` | `uuid.UUID` | subclasses | `is_safe`, which takes no part in comparing |
//!
//! A text, bytes or an int is refused: none of them says that it is meant as a UUID.
//! Where it is, see [`text`], [`bytes`] and [`int`].

pub mod bytes;
pub mod int;
pub mod text;

use convert_ffi::types::{PyAny, PyInt, PyType, SlottedClass};
use convert_ffi::{
    Bound, ConversionError, Leaf, Py, PyOnceLock, PyResult, Python, TypeHint, intern,
};
use uuid::Uuid;

/// An instance of a class of Python's library.
pub type Target = PyAny;
/// `UUID`.
pub const EXPECTED: TypeHint = TypeHint::name("UUID");
/// `UUID`.
pub const PRODUCES: TypeHint = EXPECTED;

/// From an instance of `uuid.UUID`, or of a subclass.
///
/// # Errors
/// A `TypeError` for anything else.
#[inline]
pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    match at_once(object) {
        Some(number) => Ok(Uuid::from_u128(number)),
        None if object.is_basic() => Err(wrong_type()),
        None => extract::<false>(object),
    }
}

/// From an instance of exactly `uuid.UUID`.
///
/// # Errors
/// A `TypeError` for anything else.
#[inline]
pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    match at_once(object) {
        Some(number) => Ok(Uuid::from_u128(number)),
        None if object.is_basic() => Err(wrong_type()),
        None => extract::<true>(object),
    }
}

/// Makes a `uuid.UUID`, as `UUID(int=…)` does, without calling it.
///
/// # Errors
/// What importing `uuid` raised, or `MemoryError`.
#[inline]
pub fn into_py<'py>(value: &Uuid, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    let class = class(py)?;
    let number = PyInt::from_u128(py, value.as_u128())?.into_any();
    class.slots.make(py, [number, class.unknown.bind(py).clone()])
}

/// The number of an exact `uuid.UUID`, once the class is known: no Python code runs.
#[inline(always)]
fn at_once(object: &Bound<'_, PyAny>) -> Option<u128> {
    CLASS.get(object.py())?.slots.get_plain(object, 0)
}

#[inline(never)]
fn extract<const STRICT: bool>(object: &Bound<'_, PyAny>) -> Result<Uuid, ConversionError> {
    let class = &class(object.py())?.slots;
    if !class.is_exact_type_of(object) && (STRICT || !class.is_type_of(object)) {
        return Err(wrong_type());
    }
    let number = class.get(object, 0)?;
    let number = number.try_cast::<PyInt>().and_then(|number| number.to_u128());
    number.map(Uuid::from_u128).ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::refused(TypeHint::name("a UUID with a number in 0..2**128")) },
        )
    })
}

#[inline(always)]
fn wrong_type() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_type(EXPECTED) })
}

/// `uuid.UUID`.
struct Class {
    /// Its number, and whether it was made in a way safe for several processes.
    slots: SlottedClass<2>,
    /// `SafeUUID.unknown`, which is what `UUID(int=…)` puts there.
    unknown: Py<PyAny>,
}

static CLASS: PyOnceLock<Class> = PyOnceLock::new();

#[inline]
fn class(py: Python<'_>) -> PyResult<&'static Class> {
    CLASS.get_or_try_init(py, || {
        let module = py.import("uuid")?;
        let class = module.get_attribute(intern!(py, "UUID"))?.cast_into::<PyType>()?;
        let safe = module.get_attribute(intern!(py, "SafeUUID"))?;
        Ok(Class {
            slots: SlottedClass::new(&class, ["int", "is_safe"])?,
            unknown: safe.get_attribute(intern!(py, "unknown"))?.unbind(),
        })
    })
}
