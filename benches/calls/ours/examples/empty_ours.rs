//! A module without anything: what it takes to import it.

use convert_core::prelude::*;

#[pymodule]
mod empty_ours {}
