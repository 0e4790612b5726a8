//! Types of other crates, a file for each, named after it.

pub mod chrono;
pub mod chrono_tz;
pub mod hashbrown;
pub mod indexmap;
pub mod num_bigint;
pub mod rust_decimal;
pub mod serde_json;
pub mod together;
pub mod uuid;
