//! Use `convert-core` and `serde-py` in an extension that is built with PyO3, one function at a
//! time.
//!
//! Both libraries stand on the same `pyo3-ffi`, so a reference to a Python object is the same
//! pointer in either. This crate passes it from one to the other, at no cost.
//!
//! ```
//! use convert_core::{FromPyObject, IntoPy};
//! use convert_pyo3::Convert;
//! use pyo3::prelude::{PyAnyMethods, Python, pyfunction};
//!
//! #[derive(FromPyObject)]
//! struct Line {
//!     price: u32,
//!     quantity: u32,
//! }
//!
//! #[derive(FromPyObject)]
//! struct Order {
//!     lines: Vec<Line>,
//! }
//!
//! #[derive(IntoPy)]
//! struct Total {
//!     lines: usize,
//!     price: u32,
//! }
//!
//! /// A function of PyO3 whose argument and result are converted by convert-core.
//! #[pyfunction]
//! fn total(order: Convert<Order>) -> Convert<Total> {
//!     let lines = &order.0.lines;
//!     let price = lines.iter().map(|line| line.price * line.quantity).sum();
//!     Convert(Total { lines: lines.len(), price })
//! }
//!
//! # fn main() -> pyo3::PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let total = pyo3::wrap_pyfunction!(total, py)?;
//!     let order = py.eval(c"{'lines': [{'price': 5, 'quantity': 3}]}", None, None)?;
//!     assert_eq!(total.call1((order,))?.to_string(), "{'lines': 1, 'price': 15}");
//!
//!     let order = py.eval(c"{'lines': [{'price': '5', 'quantity': 3}]}", None, None)?;
//!     let error = total.call1((order,)).unwrap_err();
//!     assert_eq!(error.to_string(), "TypeError: Order: lines[0].price: expected int, got str");
//!     assert_eq!(error.value(py).getattr("loc")?.to_string(), "('lines', 0, 'price')");
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # What becomes what
//!
//! | convert-core | PyO3 | at what cost |
//! |---|---|---|
//! | [`Python`](convert_core::Python) | [`Python`](pyo3::Python) | none; towards convert-core one test, whether it can read this interpreter's objects |
//! | [`Bound<T>`](convert_core::Bound) | [`Bound<T>`](pyo3::Bound) | as above |
//! | [`Borrowed<T>`](convert_core::Borrowed), or `&Bound<T>` | [`Borrowed<T>`](pyo3::Borrowed) | as above |
//! | [`Py<T>`](convert_core::Py) | [`Py<T>`](pyo3::Py) | none |
//! | [`PyErr`](convert_core::PyErr), [`ConversionError`](convert_core::ConversionError) | [`PyErr`](pyo3::PyErr) | the exception is made |
//! | the error of a `Result` | the error of a `Result` | as above |
//! | any `T` of convert-core's traits | [`Convert<T>`] in PyO3's | that of `T` |
//! | [`Pyo3<T>`] in convert-core's | any `T` of PyO3's traits | that of `T` |
//!
//! Towards PyO3 it is [`IntoPyo3::into_pyo3`], towards convert-core [`IntoConvert::into_convert`].
//! `T` is `PyAny` or any native type that both have (see [`Twin`]); an instance of a `#[pyclass]`
//! goes as `PyAny`.
//!
//! # One function by hand
//!
//! ```
//! use convert_pyo3::{IntoConvert, IntoPyo3};
//! use pyo3::prelude::*;
//!
//! /// How many tags there are; serde reads them.
//! #[pyfunction]
//! fn count(tags: &Bound<'_, PyAny>) -> PyResult<usize> {
//!     let tags: Vec<String> = serde_py::from_object(&tags.into_convert()).into_pyo3()?;
//!     Ok(tags.len())
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let count = pyo3::wrap_pyfunction!(count, py)?;
//!     assert_eq!(count.call1((["a", "b"],))?.extract::<usize>()?, 2);
//!     let error = count.call1(((1, "b"),)).unwrap_err();
//!     assert_eq!(error.to_string(), "TypeError: [0]: expected str, got int");
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # Attaching and detaching
//!
//! Each library starts the interpreter, attaches and detaches for both: a thread attached by one
//! may attach by the other, at any depth, and `detach` of either lets other threads run. In a
//! program that contains this crate convert-core does the first and the last by way of PyO3.
//!
//! A `pyo3::Py` that is dropped where PyO3 has not attached the thread itself, as in a function of
//! convert-core, is released when it next does.
//!
//! # Errors
//!
//! An exception keeps its identity, its traceback, its notes and its context. An argument that
//! [`Convert`] refuses raises the exception of convert-core, with `loc` and `errors`, to which PyO3
//! adds a note that names the argument (since Python 3.11).
//!
//! | file | what it holds |
//! |---|---|
//! | `references.rs` | tokens and references |
//! | `twins.rs` | which native type of the one is which of the other |
//! | `errors.rs` | exceptions |
//! | `values.rs` | [`Convert`], [`Pyo3`] |

mod errors;
mod references;
mod twins;
mod values;

pub use references::{IntoConvert, IntoPyo3};
pub use twins::{Pyo3Twin, Twin};
pub use values::{Convert, Pyo3};
