//! The union of six types: one after the other, in the order of the variants.

use super::*;
use crate::conversions::union::Union;

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

impl FromObject for Union {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Union> {
        // SAFETY: the caller's word.
        unsafe {
            try_variant!(object, Union::Int);
            try_variant!(object, Union::Float);
            try_variant!(object, Union::Text);
            try_variant!(object, Union::Map);
            try_variant!(object, Union::Pair);
            try_variant!(object, Union::List);
            wrong(UNION, object)
        }
    }
}
