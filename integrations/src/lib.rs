//! Conversions of the types of well-known crates, as plain functions: a file for each crate, named
//! after it, as is its feature.
//!
//! The traits live above, in `convert-core`, whose table `ecosystem.rs` says which type goes by
//! which module of these. A module for a type (of a crate with one type, the file itself) has:
//!
//! | | |
//! |---|---|
//! | `Target` | the Python type that is produced; `PyAny` where it varies, or is no built-in one |
//! | `EXPECTED`, `PRODUCES` | what Python's `typing` would call what is accepted, and what is produced |
//! | `from_py(&Bound<PyAny>)` | makes the Rust value |
//! | `from_py_strict(&Bound<PyAny>)` | the same, of exactly the type that is produced |
//! | `into_py(&T, Python)` | makes the object |
//!
//! A module for a container has `Target` and `NAME`, what Python's `typing` would call it without
//! its elements, and two functions that take others for the elements:
//! `from_py(Borrowed<PyAny>, Reading, …)` and `into_py(items, Writing, Python, …)`; see
//! `convert_ffi::container`.
//!
//! `from_py` of an exact int, float, bool or str, or of None, runs no Python code: that is what
//! containers that are walked in place rely on.
//!
//! A module for another representation of a type (its text, its bytes) has `from_py` and `into_py`
//! alone, and is named on a field: `#[py(with = "convert_core::integrations::…")]`.

#![forbid(unsafe_code)]

#[cfg(feature = "chrono")]
pub mod chrono;
#[cfg(feature = "chrono-tz")]
pub mod chrono_tz;
#[cfg(feature = "hashbrown")]
pub mod hashbrown;
#[cfg(feature = "indexmap")]
pub mod indexmap;
#[cfg(feature = "num-bigint")]
pub mod num_bigint;
#[cfg(feature = "rust_decimal")]
pub mod rust_decimal;
#[cfg(feature = "serde_json")]
pub mod serde_json;
#[cfg(feature = "uuid")]
pub mod uuid;

/// The crates themselves, in the versions whose types are converted.
pub mod crates {
    #[cfg(feature = "chrono")]
    pub use chrono;
    #[cfg(feature = "chrono-tz")]
    pub use chrono_tz;
    #[cfg(feature = "hashbrown")]
    pub use hashbrown;
    #[cfg(feature = "indexmap")]
    pub use indexmap;
    #[cfg(feature = "num-bigint")]
    pub use num_bigint;
    #[cfg(feature = "rust_decimal")]
    pub use rust_decimal;
    #[cfg(feature = "serde_json")]
    pub use serde_json;
    #[cfg(feature = "uuid")]
    pub use uuid;
}
