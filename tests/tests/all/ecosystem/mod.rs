//! Types of other crates, a file for each, named after it.

pub mod num_bigint;
pub mod rust_decimal;
pub mod uuid;
