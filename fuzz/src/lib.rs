//! Conversions of generated objects, checked against what Python itself says of them.
//!
//! A target is a function of bytes, which panics where something is wrong. Python code makes an
//! object of the bytes and is the oracle (`python/`); Rust only converts it, there and back. The
//! README lists what is checked.
//!
//! | file | what it holds |
//! |---|---|
//! | `plain.rs` | honest objects: one conversion, everything it says compared with the oracle |
//! | `types.rs` | the Rust types of each target, and the name of the model of each |
//! | `calls.rs` | functions in Rust, called beside a Python `def` |
//! | `formats.rs` | serde: JSON and objects, beside Python's `json` |
//! | `hostile.rs` | objects that lie, raise and change while they are read |
//! | `bin/replay.rs` | runs all targets on recorded inputs, without a fuzzer |

#![forbid(unsafe_code)]

mod calls;
mod formats;
mod hostile;
mod plain;
mod types;

use std::ffi::CString;

use convert_core::prelude::*;

pub use calls::call_arguments;
pub use formats::{json_transcode, serde_roundtrip};
pub use hostile::hostile;
pub use types::{big_numbers, datetimes, derive_struct, maps, scalars, sequences, strings};

/// A target: its name, and what it does with one input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 11] = [
    ("scalars", scalars),
    ("big_numbers", big_numbers),
    ("datetimes", datetimes),
    ("strings", strings),
    ("sequences", sequences),
    ("maps", maps),
    ("derive_struct", derive_struct),
    ("hostile", hostile),
    ("call_arguments", call_arguments),
    ("json_transcode", json_transcode),
    ("serde_roundtrip", serde_roundtrip),
];

/// Starts Python and defines the objects and oracles, which takes longer than an input may.
pub fn start() {
    Python::attach(|py| {
        plain::oracle(py);
        hostile::oracle(py);
        calls::oracle(py);
        formats::oracle(py);
    });
}

/// The namespace that Python code leaves behind.
fn namespace<'py>(py: Python<'py>, code: &[&str]) -> Bound<'py, PyDict> {
    let names = PyDict::new(py).expect("memory");
    for code in code {
        let code = CString::new(*code).expect("no NUL in the code");
        py.run(&code, Some(&names), None).unwrap_or_else(|error| panic!("{error}"));
    }
    names
}

/// Panics with what the oracle complains of, if anything.
#[track_caller]
fn accept<'py>(complaint: PyResult<Bound<'py, PyAny>>, of: impl Fn() -> String) {
    match complaint {
        Ok(complaint) if complaint.is_none() => {}
        Ok(complaint) => panic!("{complaint}\n{}", of()),
        Err(error) => panic!("the oracle itself raised {error}\n{}", of()),
    }
}

/// Asserts that no exception is set in the interpreter.
#[track_caller]
fn nothing_is_raised(py: Python<'_>) {
    if let Some(error) = PyErr::take(py) {
        panic!("left set in the interpreter: {error}");
    }
}
