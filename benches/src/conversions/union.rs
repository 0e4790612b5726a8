//! A union of six types: ours by hand, PyO3's by its derive.

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
    #[derive(PartialEq)]
    Union
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

impl<'a, 'py> FromPyObject<'a, 'py> for Union {
    const EXPECTED: TypeHint = TypeHint::union(&[
        i64::EXPECTED,
        f64::EXPECTED,
        String::EXPECTED,
        HashMap::<String, i64>::EXPECTED,
        <(i64, String)>::EXPECTED,
        Vec::<i64>::EXPECTED,
    ]);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        try_variant!(object, Union::Int);
        try_variant!(object, Union::Float);
        try_variant!(object, Union::Text);
        try_variant!(object, Union::Map);
        try_variant!(object, Union::Pair);
        try_variant!(object, Union::List);
        Err(Self::wrong_type())
    }
}

impl From<PyO3Union> for Union {
    fn from(union: PyO3Union) -> Self {
        match union {
            PyO3Union::Int(value) => Union::Int(value),
            PyO3Union::Float(value) => Union::Float(value),
            PyO3Union::Text(value) => Union::Text(value),
            PyO3Union::Map(value) => Union::Map(value),
            PyO3Union::Pair(value) => Union::Pair(value),
            PyO3Union::List(value) => Union::List(value),
        }
    }
}
