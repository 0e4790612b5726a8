//! Types of other crates, a file for each, named after it.

pub mod uuid;
