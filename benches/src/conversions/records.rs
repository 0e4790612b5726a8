//! The struct of ten fields, once for each contender and each way it is read.

use std::ffi::CStr;

/// The dict it is made from.
pub const DICT: &CStr = c"{'id': 123456, 'name': 'Ada Lovelace', 'email': 'ada@example.org', \
    'age': 36, 'score': 98.5, 'ratio': 0.25, 'active': True, 'verified': False, 'count': None, \
    'city': 'London'}";
/// The same as it is parsed: its keys are not those that programs share.
pub const PARSED: &CStr = c"json.loads(json.dumps({'id': 123456, 'name': 'Ada Lovelace', \
    'email': 'ada@example.org', 'age': 36, 'score': 98.5, 'ratio': 0.25, 'active': True, \
    'verified': False, 'count': None, 'city': 'London'}))";
/// The same the other way round.
pub const REVERSED: &CStr = c"{'city': 'London', 'count': None, 'verified': False, \
    'active': True, 'ratio': 0.25, 'score': 98.5, 'age': 36, 'email': 'ada@example.org', \
    'name': 'Ada Lovelace', 'id': 123456}";
/// The same, its last field of another type.
pub const WRONG: &CStr = c"{'id': 123456, 'name': 'Ada Lovelace', 'email': 'ada@example.org', \
    'age': 36, 'score': 98.5, 'ratio': 0.25, 'active': True, 'verified': False, 'count': None, \
    'city': 7}";
/// The same, without its last field.
pub const MISSING: &CStr = c"{'id': 123456, 'name': 'Ada Lovelace', 'email': 'ada@example.org', \
    'age': 36, 'score': 98.5, 'ratio': 0.25, 'active': True, 'verified': False, 'count': None}";
/// The same as attributes: an instance of a class, which its `__init__` filled.
pub const OBJECT: &CStr = c"Person(123456, 'Ada Lovelace', 'ada@example.org', 36, 98.5, 0.25, \
    True, False, None, 'London')";
/// The same in slots: an instance of a class with `__slots__`.
pub const SLOTTED: &CStr = c"Slotted(123456, 'Ada Lovelace', 'ada@example.org', 36, 98.5, 0.25, \
    True, False, None, 'London')";

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
    #[derive(convert_core::FromPyObject, convert_core::IntoPy, Clone, PartialEq)]
    Record
}
record! {
    /// Ours, for reading attributes: the same derive, which takes either.
    #[derive(convert_core::FromPyObject, PartialEq)]
    AttributeRecord
}
record! {
    /// Ours, for reading slots: the same once more, of which the limit is another.
    #[derive(convert_core::FromPyObject, PartialEq)]
    SlotsRecord
}
record! {
    /// PyO3's, for attributes, in slots or not.
    #[derive(pyo3::FromPyObject)]
    PyO3AttributeRecord
}

/// PyO3's, for dicts. Not made by the macro, where its derive does not find names of its own.
#[derive(pyo3::FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Record {
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

macro_rules! same_fields {
    ($($from:ident => $into:ident;)*) => { $(
        impl From<$from> for $into {
            fn from(record: $from) -> Self {
                let $from { id, name, email, age, score, ratio, active, verified, count, city } =
                    record;
                $into { id, name, email, age, score, ratio, active, verified, count, city }
            }
        }
    )* };
}

same_fields! {
    PyO3Record => Record;
    Record => PyO3Record;
    PyO3AttributeRecord => AttributeRecord;
    PyO3AttributeRecord => SlotsRecord;
}
