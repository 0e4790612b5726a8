//! Convert between Rust values and Python objects: fast, exact, with errors that name the place.
//!
//! ```
//! use convert_core::prelude::*;
//!
//! #[derive(FromPyObject, IntoPy, Debug, PartialEq)]
//! struct Order {
//!     id: u32,
//!     tags: Vec<String>,
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let object = py.eval(c"{'id': 7, 'tags': ['new', 'gift']}", None, None)?;
//!     let order: Order = object.extract()?;
//!     assert_eq!(order, Order { id: 7, tags: vec!["new".into(), "gift".into()] });
//!     assert!((&order).into_py(py)?.eq(&object)?);
//!
//!     let broken = py.eval(c"{'id': -1, 'tags': ['new', None]}", None, None)?;
//!     let error = broken.extract::<Order>().unwrap_err();
//!     assert_eq!(
//!         error.to_string(),
//!         "Order: 2 errors\n  \
//!            id: expected int in 0..=4294967295, got -1\n  \
//!            tags[1]: expected str, got None"
//!     );
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # Where things are
//!
//! | | |
//! |---|---|
//! | the traits | [`FromPyObject`], [`IntoPy`] |
//! | deriving them | [`derive@FromPyObject`], [`derive@IntoPy`] |
//! | what std types become | the table of [`std`](mod@crate::std) |
//! | functions and modules that Python calls and imports | [`macro@pyfunction`], [`macro@pymodule`] |
//! | exceptions of one's own | [`create_exception!`], [`import_exception!`] |
//! | methods of objects that convert | [`PyAnyMethods`](methods::PyAnyMethods) |
//! | objects, errors, native types | re-exported from `convert-ffi` |
//!
//! A type that is not covered is one `impl` away; see [`FromPyObject`].

#![forbid(unsafe_code)]

mod args;
mod convert;
mod ecosystem;
mod function;
pub mod methods;
mod module;
mod record;
pub mod std;

pub use args::IntoPyArgs;
pub use convert::{FromPyObject, FromPyObjectOwned, IntoPy};
pub use convert_derive::{FromPyObject, IntoPy, pyfunction, pymodule};
pub use convert_ffi::{
    Borrowed, Bound, ConversionError, DerivedHint, FieldHint, FieldHints, Inside, Leaf, Py, PyErr,
    PyOnceLock, PyOnceObject, PyResult, PyTypeInfo, Python, Segment, Tagging, TypeHint,
    VariantHint, VariantHints, exceptions, intern, stack, types,
};

pub use convert_ffi::function::PanicException;
pub use convert_integrations as integrations;
pub use convert_integrations::crates;

pub use crate::std::{Iterable, Strict};

/// Everything a first program needs.
pub mod prelude {
    pub use crate::methods::{
        PyAnyMethods, PyDictMethods, PyListMethods, PyModuleMethods, PySetMethods,
    };
    pub use crate::types::{
        PyAny, PyBool, PyByteArray, PyBytes, PyCFunction, PyComplex, PyDate, PyDateTime, PyDelta,
        PyDict, PyFloat, PyFrozenSet, PyInt, PyIterator, PyList, PyMapping, PyMemoryView, PyModule,
        PyNone, PyRange, PySequence, PySet, PySlice, PySliceIndices, PyString, PyTime, PyTuple,
        PyType, PyTzInfo,
    };
    pub use crate::{
        Borrowed, Bound, ConversionError, FromPyObject, FromPyObjectOwned, IntoPy, Py, PyErr,
        PyResult, Python, TypeHint, intern, pyfunction, pymodule, wrap_pyfunction,
    };
}

/// What generated code calls. Not meant for anybody else; may change at any time.
#[doc(hidden)]
pub mod __private {
    pub use crate::function::{
        Home, OptionalDefault, Outcome, is_given, keywords, module, required, required_strict,
        required_with, rest, warn,
    };
    pub use crate::module::{add_constant, initialize, text};
    pub use crate::record::{
        Attempt, External, Fields, ItemCheck, Names, Record, Source, Tags, TupleBuilder,
        TupleItems, apart, external, go_on, lets_go_on, missing_leaves, named_variant, no_variant,
        numbered_variant, refused, tuple_items, tuple_leaves, unit_variant, unknown_variant,
    };
    pub use crate::std::strict::{extract_as, extract_tried_as};
    pub use convert_ffi::exceptions::{ExceptionClass, imported_class, new_class};
    pub use convert_ffi::function::{Arguments, FunctionDef, NativeFunction, Signature};
    pub use convert_ffi::module::{
        ModuleDef, NativeModule, RawObject, add_submodule, append_to_inittab, init,
    };
    pub use convert_ffi::stack::StackGuard;
}
