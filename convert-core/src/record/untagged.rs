//! Enums whose variants are told apart by what they are: each is tried, in order.

use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Borrowed, ConversionError, Leaf, Segment};

use super::Names;
use super::names::Table;
use crate::FromPyObject;

/// Makes one of the variants.
pub type Attempt<'a, 'py, T> = fn(Borrowed<'a, 'py, PyAny>) -> Result<T, ConversionError>;

/// What a closure makes, as a function of its own.
#[inline(never)]
pub fn apart<T>(make: impl FnOnce() -> T) -> T {
    make()
}

/// After a variant whose type the object has, but not the value: another may still fit. Where none
/// does, all such variants are listed. (A variant for objects of another type costs its own check and
/// no more.)
#[cold]
#[inline(never)]
pub fn go_on<'a, 'py, T, const N: usize>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
    attempts: &[Attempt<'a, 'py, T>; N],
    index: usize,
    error: ConversionError,
) -> Result<T, ConversionError> {
    let mut wrong = vec![(index, error)];
    for (index, attempt) in attempts.iter().enumerate().skip(index + 1) {
        if wrong.iter().any(|(_, error)| error.is_exception()) {
            break;
        }
        match attempt(object) {
            Ok(value) => return Ok(value),
            Err(error) if error.is_mismatch() => {}
            Err(error) => wrong.push((index, error)),
        }
    }
    Err(listed(object, &names.table, wrong))
}

/// The error for an object of none of the variants' types. `TEXTS` says that some variants are texts.
#[inline(always)]
pub fn no_variant<'a, 'py, T: FromPyObject<'a, 'py>, const TEXTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
) -> ConversionError {
    if TEXTS { no_text::<T>(object) } else { T::wrong_type() }
}

#[cold]
fn listed(
    object: Borrowed<'_, '_, PyAny>,
    table: &Table,
    mut wrong: Vec<(usize, ConversionError)>,
) -> ConversionError {
    // A struct without one of its keys was hardly meant where another one has them all.
    let lacks_key = |error: &ConversionError| error.is_missing() && error.depth() == 1;
    if wrong.iter().any(|(_, error)| !lacks_key(error)) {
        wrong.retain(|(_, error)| !lacks_key(error));
    }
    let errors = wrong
        .into_iter()
        .map(|(index, error)| error.at(Segment::variant(table.text(index)), object));
    let all = errors.reduce(ConversionError::and);
    all.map_or_else(|| unreachable!("at least one was wrong"), |all| all.within(table.owner))
}

/// A text that is none of those known is of the right type.
#[cold]
#[inline(never)]
fn no_text<'a, 'py, T: FromPyObject<'a, 'py>>(object: Borrowed<'a, 'py, PyAny>) -> ConversionError {
    if object.is_instance_of::<PyString>() {
        ConversionError::new(const { &Leaf::wrong_value(T::EXPECTED) })
    } else {
        T::wrong_type()
    }
}

/// Whether the object is the name of a unit variant.
#[inline]
pub fn unit_variant<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize, const STRICT: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
    index: usize,
) -> Result<(), ConversionError> {
    let is_text = match STRICT {
        true => object.is_exact_instance_of::<PyString>(),
        false => object.is_instance_of::<PyString>(),
    };
    if is_text && names.position(&object) == Some(index) { Ok(()) } else { Err(T::wrong_type()) }
}
