//! Types of other crates, a file for each, named after it.

pub mod chrono;
pub mod chrono_tz;
pub mod uuid;
