//! The object layer between Rust and CPython: references, errors, native types, memory layouts.
//!
//! This crate knows Python objects and nothing of Rust types to convert them to; the traits
//! `FromPyObject` and `IntoPy` live in `convert-core`, which is what most programs depend on. All
//! raw pointers of the workspace are handled here; every one enters through [`gate`].
//!
//! | file | what it holds |
//! |---|---|
//! | `python.rs`, `attach.rs` | [`Python`], the proof that this thread may use Python, and how it is come by |
//! | `ending.rs` | the end of the interpreter, which waits for the threads that Python does not know |
//! | `instance.rs` | [`Bound`], [`Borrowed`], [`Py`]: the three references to an object |
//! | `error/` | [`ConversionError`], one word small, and [`PyErr`] |
//! | `function/` | Rust functions that Python calls: their arguments, their panics |
//! | `module.rs` | Rust modules that Python imports |
//! | `hint/` | [`TypeHint`]: what Python's `typing` would call a type |
//! | `container/` | walking and filling maps and sets, with functions for their elements |
//! | `names.rs` | which known name a wrong one may be meant for |
//! | `types/` | one file for each native type |
//! | `layout/` | the few memory layouts that are read directly, each beside its public-API twin |
//! | `stack.rs` | the guard against nesting that would overflow the stack |
//! | `sync.rs` | [`PyOnceLock`], [`PyOnceObject`] and [`intern!`] |

#![warn(missing_docs)]

mod attach;
pub mod container;
mod ending;
pub mod error;
pub mod exceptions;
pub mod function;
pub mod gate;
mod hint;
mod instance;
mod layout;
pub mod module;
pub mod names;
mod python;
pub mod stack;
pub mod sync;
pub mod types;

pub use error::{ConversionError, FieldNames, Leaf, PyErr, Segment};
pub use hint::{
    DerivedHint, FieldHint, FieldHints, Inside, Tagging, TypeHint, VariantHint, VariantHints,
};
pub use instance::{Borrowed, Bound, Py};
pub use python::Python;
pub use sync::{PyOnceLock, PyOnceObject};
pub use types::{PyAny, PyTypeInfo};

/// What a call into Python gives: a value, or the exception it raised.
pub type PyResult<T> = Result<T, PyErr>;
