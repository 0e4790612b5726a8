//! serde over Python objects, with serde_json and Python's `json` as oracles.

pub mod errors;
pub mod hostile;
pub mod native;
pub mod objects;
pub mod options;
pub mod pitfalls;
pub mod shapes;
pub mod writer;
