//! What derived code calls: the fields of an object, one after the other, and the way back.
//!
//! A derived struct reads its fields in order with [`Fields`], each into a place of its own. What
//! is wrong is noted there, and the error lists it all; as long as nothing is wrong, that costs
//! nothing.
//!
//! | file | what it holds |
//! |---|---|
//! | `names.rs` | [`Names`]: the keys of a type, made once |
//! | `fields/` | [`Fields`]: values by key or attribute |
//! | `near.rs` | which keys may have been meant for missing fields |
//! | `by_name.rs` | what Python has by a name: behind a key, or as an attribute |
//! | `flatten.rs` | types whose keys stand among those of another |
//! | `tuple.rs` | items of a tuple, both ways |
//! | `write.rs` | [`Record`]: a dict being made |
//! | `untagged.rs` | enums whose variants are told apart by what they are |
//! | `tagged.rs` | enums whose variants have names or numbers |
//! | `custom.rs` | conversions of the user's own |

mod by_name;
mod custom;
mod fields;
mod flatten;
mod names;
mod near;
mod tagged;
mod tuple;
mod untagged;
mod write;

pub use convert_ffi::types::Source;
pub use custom::refused;
pub use fields::{Fields, missing_leaves};
pub use names::Names;
pub use tagged::{External, Tags, external, named_variant, numbered_variant, unknown_variant};
pub use tuple::{ItemCheck, TupleBuilder, TupleItems, tuple_items, tuple_leaves};
pub use untagged::{Attempt, apart, go_on, lets_go_on, no_variant, unit_variant};
pub use write::Record;
