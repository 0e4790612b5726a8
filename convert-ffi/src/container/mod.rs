//! What containers of every kind share: walking those of Python, which elements may be wrong, and
//! putting together new ones. What an element becomes is up to the caller's functions.

mod map;
mod set;
mod wrong;

pub use map::{entries_into_py, key_and_value, read_entries};
pub use set::{items_into_py, read_items, read_unique_items};
pub use wrong::{Wrong, all_wrong};

use crate::types::{self, PyDict, PySet};
use crate::{Borrowed, ConversionError, PyAny, PyResult, Python, Segment};

/// How a container is read.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Of exactly the type that is produced as well.
    pub is_strict: bool,
    /// Whether the type of the elements fixes how deep they nest, and reading one from an exact
    /// int, float, bool or str, or from None, runs no Python code.
    pub is_shallow: bool,
    /// The error for an object that is no such container.
    pub wrong_type: fn() -> ConversionError,
}

/// How a set or a dict is made.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Whether the type of the elements fixes how deep they nest.
    pub is_shallow: bool,
    /// Whether items or keys that differ in Rust become objects that differ in Python: then they
    /// are counted but once.
    pub keeps_distinct: bool,
}

/// How many elements there will be, where that is certain: in an exact dict or set.
#[inline(always)]
pub fn known_length(object: Borrowed<'_, '_, PyAny>) -> usize {
    match object.try_cast_exact::<PyDict>() {
        Some(dict) => dict.len(),
        None => object.try_cast_exact::<PySet>().map_or(0, |set| set.len()),
    }
}

/// The error where what is read does not fit into memory.
#[cold]
#[inline(never)]
pub fn no_memory() -> ConversionError {
    types::no_memory().into()
}

/// Gives way to Ctrl-C, as items are counted that may have no end: once in some thousand.
///
/// # Errors
/// What the handler of a signal raised, `KeyboardInterrupt` for one.
#[inline(always)]
pub fn give_way(count: usize, py: Python<'_>) -> PyResult<()> {
    const PAUSE: usize = 1 << 12;
    if count % PAUSE == PAUSE - 1 { py.check_signals() } else { Ok(()) }
}

/// An error in a key itself.
#[cold]
fn in_key(error: ConversionError, key: Borrowed<'_, '_, PyAny>) -> ConversionError {
    error.at(Segment::in_key(), key).inside(Segment::key(&key))
}
