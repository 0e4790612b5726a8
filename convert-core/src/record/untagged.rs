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

/// Whether another variant may fit, and nothing is to be told of this one: the object is of another
/// type, or, as is noted, lacks something.
#[inline(always)]
pub fn lets_go_on(error: &ConversionError, lacks: &mut bool) -> bool {
    error.is_mismatch() || {
        let lacks_something = lacks_something(error);
        *lacks |= lacks_something;
        lacks_something
    }
}

/// Whether an error says that the object lacks something, and not yet what: that is told by asking
/// again, where no variant fits. So a variant that does not fit costs no more than finding that out.
#[cold]
pub(super) fn lacks_something(error: &ConversionError) -> bool {
    error.is_missing() && error.depth() == 0
}

/// The error that says so, of an enum.
#[cold]
pub fn no_key<'a, 'py, T: FromPyObject<'a, 'py>>() -> ConversionError {
    ConversionError::new(const { &Leaf::missing_key(T::EXPECTED) })
}

/// After a variant whose type the object has, but not the value: another may still fit. Where none
/// does, all such variants are listed. (A variant for objects of another type costs its own check and
/// no more.)
#[cold]
#[inline(never)]
pub fn go_on<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
    attempts: &[Attempt<'a, 'py, T>; N],
    in_full: &[Attempt<'a, 'py, T>; N],
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
            Err(error) if lets_go_on(&error, &mut false) => {}
            Err(error) => wrong.push((index, error)),
        }
    }
    let listed = listed(object, &names.table, in_full, wrong);
    Err(listed.unwrap_or_else(T::wrong_type))
}

/// The error for an object that lacks what it needs for some variant, and is of the wrong type for all
/// others.
#[cold]
#[inline(never)]
pub fn lacking<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize, const TEXTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
    in_full: &[Attempt<'a, 'py, T>; N],
) -> ConversionError {
    let listed = listed(object, &names.table, in_full, Vec::new());
    listed.unwrap_or_else(|| no_variant::<T, TEXTS>(object))
}

/// The error for an object of none of the variants' types. `TEXTS` says that some variants are texts.
#[inline(always)]
pub fn no_variant<'a, 'py, T: FromPyObject<'a, 'py>, const TEXTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
) -> ConversionError {
    if TEXTS { no_text::<T>(object) } else { T::wrong_type() }
}

/// What is wrong with each variant for whose type the object is. A struct without one of its keys was
/// hardly meant where another one has them all.
#[cold]
fn listed<'a, 'py, T>(
    object: Borrowed<'a, 'py, PyAny>,
    table: &Table,
    in_full: &[Attempt<'a, 'py, T>],
    mut wrong: Vec<(usize, ConversionError)>,
) -> Option<ConversionError> {
    let lacks_key = |error: &ConversionError| error.is_missing() && error.depth() == 1;
    if wrong.iter().any(|(_, error)| !lacks_key(error)) {
        wrong.retain(|(_, error)| !lacks_key(error));
    } else {
        let told: Vec<_> = wrong.iter().map(|(index, _)| *index).collect();
        for (index, attempt) in in_full.iter().enumerate().filter(|(at, _)| !told.contains(at)) {
            // That one fits which did not before is no reason to trust it: what it was made from
            // changes, or is used up.
            wrong
                .extend(attempt(object).err().filter(|it| !it.is_mismatch()).map(|it| (index, it)));
        }
        wrong.sort_by_key(|(index, _)| *index);
    }
    let errors = wrong
        .into_iter()
        .map(|(index, error)| error.at(Segment::variant(table.text(index)), object));
    let all = errors.reduce(ConversionError::and);
    all.map(|all| all.within(table.owner))
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
