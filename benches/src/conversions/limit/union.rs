//! The union of six types: one after the other, in the order of the variants.

use super::*;
use crate::conversions::union::{Union, UnionByHand};

const UNION: &Expected =
    &Expected(Class::Type, "int | float | str | dict[str, int] | tuple[int, str] | Sequence[int]");

/// Returns the variant, if its type can be made from the object. An error that is
/// an exception is taken back.
macro_rules! try_variant {
    ($object:ident, $variant:path) => {
        match FromObject::from_object($object) {
            Ok(value) => return Ok($variant(value)),
            Err(wrong) => wrong.clear(),
        }
    };
}

/// Once more for each enum of these variants.
macro_rules! union_of_six {
    ($($union:ident)*) => { $(
        impl FromObject for $union {
            #[inline(always)]
            unsafe fn from_object(object: Object) -> Limit<$union> {
                // SAFETY: the caller's word.
                unsafe {
                    try_variant!(object, $union::Int);
                    try_variant!(object, $union::Float);
                    try_variant!(object, $union::Text);
                    try_variant!(object, $union::Map);
                    try_variant!(object, $union::Pair);
                    try_variant!(object, $union::List);
                    wrong(UNION, object)
                }
            }
        }
    )* };
}

union_of_six!(Union UnionByHand);
