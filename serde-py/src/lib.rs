//! Any serde type and any serde format meet Python objects directly, with no value tree in between.
//!
//! ```
//! use convert_core::prelude::*;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! struct Address {
//!     city: String,
//!     zip: String,
//! }
//!
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! struct User {
//!     name: String,
//!     age: u8,
//!     address: Option<Address>,
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let object = py.eval(c"{'name': 'Ada', 'age': 36, 'address': None}", None, None)?;
//!     let user: User = serde_py::from_object(&object)?;
//!     assert_eq!(user, User { name: "Ada".into(), age: 36, address: None });
//!     assert!(serde_py::to_object(py, &user)?.eq(&object)?);
//!
//!     let wrong = py.eval(c"[{'name': 'Ada', 'age': 1, 'address': {'city': 'X', 'zip': 7}}]", None, None)?;
//!     let error = serde_py::from_object::<Vec<User>>(&wrong).unwrap_err();
//!     assert_eq!(error.to_string(), "[0].address.zip: expected str, got int");
//!
//!     // Any format writes and reads objects.
//!     let text = serde_json::to_string(&serde_py::PyValue::new(&object)).unwrap();
//!     assert_eq!(text, r#"{"name":"Ada","age":36,"address":null}"#);
//!     let mut json = serde_json::Deserializer::from_str(&text);
//!     let again = serde::de::DeserializeSeed::deserialize(serde_py::PyObjectSeed::new(py), &mut json).unwrap();
//!     assert!(again.eq(&object)?);
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # Where things are
//!
//! | | from | to | file |
//! |---|---|---|---|
//! | [`to_object`], [`Serializer`] | a Rust value | a Python object | `ser/` |
//! | [`from_object`], [`Deserializer`] | a Python object | a Rust value | `de/` |
//! | [`from_object_in`], [`Arena`] | a Python object | a Rust value that borrows from it | `de/` |
//! | [`Options`] | all of these, in another way | | `options.rs`, `setting.rs` |
//! | [`PyValue`] | a Python object | any serde format | `value.rs` |
//! | [`PyObjectSeed`] | any serde format | a Python object | `seed.rs`, `build.rs` |
//! | [`PyObject`] | any serde format, an object | either | `seed.rs` |
//! | [`PyBytesWriter`] | what a format writes | a Python `bytes` | convert-ffi |
//! | [`Serde<T>`](Serde) | arguments, results and fields of convert-core | | `field.rs` |
//! | [`native`] | fields that stay native Python objects | | `native.rs`, `buffered.rs` |
//! | what a Python object is in serde's data model | | | `shape.rs`, `kind.rs` |
//! | [`Error`] | | | `error.rs` |

#![forbid(unsafe_code)]

mod buffered;
mod build;
mod de;
mod error;
mod field;
mod keys;
mod kind;
mod names;
pub mod native;
mod options;
mod seed;
mod ser;
mod setting;
mod shape;
mod value;

pub use convert_ffi::types::{Arena, PyBytesWriter};
pub use de::{Deserializer, from_object, from_object_in};
pub use error::Error;
pub use field::{Serde, from_py, into_py};
pub use options::{Enums, Keys, NonFinite, Options, Unit, Wide};
pub use seed::{PyObject, PyObjectSeed};
pub use ser::{Serializer, to_object};
pub use value::PyValue;
