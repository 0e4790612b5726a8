//! The struct of ten fields, once for each contender.

use std::ffi::CStr;

/// The dict it is made from.
pub const DICT: &CStr = c"{'id': 123456, 'name': 'Ada Lovelace', 'email': 'ada@example.org', \
    'age': 36, 'score': 98.5, 'ratio': 0.25, 'active': True, 'verified': False, 'count': None, \
    'city': 'London'}";

macro_rules! record {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub struct $name {
            pub id: i64,
            pub name: String,
            pub email: String,
            pub age: i64,
            pub score: f64,
            pub ratio: f64,
            pub active: bool,
            pub verified: bool,
            pub count: Option<i64>,
            pub city: String,
        }
    };
}

record! {
    /// Ours; also what the limit makes.
    #[derive(convert_core::FromPyObject, PartialEq)]
    Record
}
record! {
    /// PyO3's.
    #[derive(pyo3::FromPyObject)]
    #[pyo3(from_item_all)]
    PyO3Record
}

impl From<PyO3Record> for Record {
    fn from(record: PyO3Record) -> Self {
        let PyO3Record { id, name, email, age, score, ratio, active, verified, count, city } =
            record;
        Record { id, name, email, age, score, ratio, active, verified, count, city }
    }
}
