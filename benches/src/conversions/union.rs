//! A union of six types: by the derives of either, and ours by hand.

use std::collections::HashMap;

use convert_core::prelude::*;

macro_rules! union_of_six {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub enum $name {
            Int(i64),
            Float(f64),
            Text(String),
            Map(HashMap<String, i64>),
            Pair((i64, String)),
            List(Vec<i64>),
        }
    };
}

union_of_six! {
    /// Ours; also what the limit makes.
    #[derive(FromPyObject, PartialEq)]
    Union
}
union_of_six! {
    /// Ours without the derive; the limit is the same.
    #[derive(PartialEq)]
    UnionByHand
}
union_of_six! {
    /// PyO3's.
    #[derive(pyo3::FromPyObject)]
    PyO3Union
}

/// Returns the variant, if its type can be made from the object. An exception that Python code
/// raised is passed on.
macro_rules! try_variant {
    ($object:ident, $variant:path) => {
        match FromPyObject::extract($object) {
            Ok(value) => return Ok($variant(value)),
            Err(error) if error.is_exception() => return Err(error),
            Err(_) => {}
        }
    };
}

impl<'a, 'py> FromPyObject<'a, 'py> for UnionByHand {
    const EXPECTED: TypeHint = TypeHint::union(&[
        i64::EXPECTED,
        f64::EXPECTED,
        String::EXPECTED,
        HashMap::<String, i64>::EXPECTED,
        <(i64, String)>::EXPECTED,
        Vec::<i64>::EXPECTED,
    ]);

    #[inline(always)]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        try_variant!(object, UnionByHand::Int);
        try_variant!(object, UnionByHand::Float);
        try_variant!(object, UnionByHand::Text);
        try_variant!(object, UnionByHand::Map);
        try_variant!(object, UnionByHand::Pair);
        try_variant!(object, UnionByHand::List);
        Err(Self::wrong_type())
    }
}

macro_rules! same_variants {
    ($($from:ident => $into:ident;)*) => { $(
        impl From<$from> for $into {
            fn from(union: $from) -> Self {
                match union {
                    $from::Int(value) => $into::Int(value),
                    $from::Float(value) => $into::Float(value),
                    $from::Text(value) => $into::Text(value),
                    $from::Map(value) => $into::Map(value),
                    $from::Pair(value) => $into::Pair(value),
                    $from::List(value) => $into::List(value),
                }
            }
        }
    )* };
}

same_variants! {
    PyO3Union => Union;
    PyO3Union => UnionByHand;
}
