//! The derives: every shape and word, both directions, and what their errors say.

pub mod containers;
pub mod enums;
pub mod errors;
pub mod fields;
pub mod hints;
pub mod hostile;
pub mod recursion;
pub mod round_trips;
pub mod structs;
pub mod unions;
