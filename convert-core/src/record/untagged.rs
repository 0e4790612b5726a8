//! Enums whose variants are told apart by what they are: each is tried, in order.

use std::sync::atomic::{AtomicUsize, Ordering};

use convert_ffi::container::give_way;
use convert_ffi::types::{PyAny, PyString};
use convert_ffi::{Borrowed, ConversionError, Leaf, PyResult, Python, Segment};

use super::Names;
use super::names::Table;
use crate::FromPyObject;

/// Makes one of the variants. With `false`, the error tells what the object lacks.
pub type Attempt<'a, 'py, T> = fn(Borrowed<'a, 'py, PyAny>, bool) -> Result<T, ConversionError>;

/// What a closure makes, as a function of its own.
#[inline(never)]
pub fn apart<T>(make: impl FnOnce() -> T) -> T {
    make()
}

/// Whether another variant may fit and nothing is to be told of this one yet: the object is of
/// another type, or it lacks something, which sets the variant's bit in `lacking`.
#[inline(always)]
pub fn lets_go_on(error: &ConversionError, index: usize, lacking: &mut u64) -> bool {
    error.is_mismatch() || {
        let is_lacking = error.is_lacking();
        *lacking |= if is_lacking { bit(index) } else { 0 };
        is_lacking
    }
}

/// The variants from the 64th on share a bit.
#[inline(always)]
const fn bit(index: usize) -> u64 {
    1 << if index < 64 { index } else { 63 }
}

/// After a variant whose type the object has, but not the value: another may still fit. Where none
/// does, all such variants are listed. (A variant for objects of another type costs its own check
/// and no more.) After the last variant, the error is that some were lacking something.
#[cold]
#[inline(never)]
pub fn go_on<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize, const TEXTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
    attempts: &[Attempt<'a, 'py, T>; N],
    mut lacking: u64,
    index: usize,
    error: ConversionError,
) -> Result<T, ConversionError> {
    let mut wrong = Vec::new();
    if !error.is_lacking() {
        wrong.push((index, error));
    }
    for (index, attempt) in attempts.iter().enumerate().skip(index + 1) {
        if wrong.iter().any(|(_, error)| error.is_exception()) {
            break;
        }
        lose_time(object.py())?;
        match attempt(object, true) {
            Ok(value) => return Ok(value),
            Err(error) if lets_go_on(&error, index, &mut lacking) => {}
            Err(error) => wrong.push((index, error)),
        }
    }
    // A struct without one of its keys was hardly meant where another one has them all.
    let lacks_key = |error: &ConversionError| error.is_missing() && error.depth() == 1;
    if wrong.iter().any(|(_, error)| !lacks_key(error)) {
        wrong.retain(|(_, error)| !lacks_key(error));
    } else {
        tell_what_lacks(object, attempts, lacking, &mut wrong);
    }
    Err(match listed(object, &names.table, wrong) {
        Some(error) => error,
        None => no_variant::<T, TEXTS>(object),
    })
}

/// Gives way to Ctrl-C now and then, where what was read of an object may have been for nothing.
/// Where variants that contain the enum begin alike, that is so once for each, on every level.
pub(super) fn lose_time(py: Python<'_>) -> PyResult<()> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.load(Ordering::Relaxed);
    // Of two threads that count at once one is not counted, which is no loss.
    COUNT.store(count.wrapping_add(1), Ordering::Relaxed);
    give_way(count, py)
}

/// Asks those again that said no more than that something is missing.
fn tell_what_lacks<'a, 'py, T>(
    object: Borrowed<'a, 'py, PyAny>,
    attempts: &[Attempt<'a, 'py, T>],
    lacking: u64,
    wrong: &mut Vec<(usize, ConversionError)>,
) {
    for (index, attempt) in attempts.iter().enumerate() {
        if lacking & bit(index) == 0 || wrong.iter().any(|(told, _)| *told == index) {
            continue;
        }
        // That it fits now is not believed: what it was made from changes, or is used up.
        let Err(error) = attempt(object, false) else { continue };
        let is_exception = error.is_exception();
        if !error.is_mismatch() {
            wrong.push((index, error));
        }
        if is_exception {
            break;
        }
    }
    wrong.sort_by_key(|(index, _)| *index);
}

/// The error for an object of none of the variants' types. `TEXTS` says that some variants are
/// texts.
#[inline(always)]
pub fn no_variant<'a, 'py, T: FromPyObject<'a, 'py>, const TEXTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
) -> ConversionError {
    if TEXTS { no_text::<T>(object) } else { T::wrong_type() }
}

/// Lists what is wrong with each variant that the object may have been meant for.
#[cold]
fn listed(
    object: Borrowed<'_, '_, PyAny>,
    table: &Table,
    wrong: Vec<(usize, ConversionError)>,
) -> Option<ConversionError> {
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
