//! A union of two structs, none of whose keys the other has.

use super::records::{PyO3Record, Record};

/// Ours; also what the limit makes.
#[derive(convert_core::FromPyObject, PartialEq)]
pub struct Machine {
    pub serial: i64,
    pub model: String,
    pub power: f64,
    pub owner: Option<String>,
}

/// Ours; also what the limit makes.
#[derive(convert_core::FromPyObject, PartialEq)]
pub enum Asset {
    Machine(Machine),
    Person(Record),
}

#[derive(pyo3::FromPyObject)]
#[pyo3(from_item_all)]
pub struct PyO3Machine {
    pub serial: i64,
    pub model: String,
    pub power: f64,
    pub owner: Option<String>,
}

#[derive(pyo3::FromPyObject)]
pub enum PyO3Asset {
    Machine(PyO3Machine),
    Person(PyO3Record),
}

impl From<PyO3Asset> for Asset {
    fn from(asset: PyO3Asset) -> Self {
        match asset {
            PyO3Asset::Machine(PyO3Machine { serial, model, power, owner }) => {
                Asset::Machine(Machine { serial, model, power, owner })
            }
            PyO3Asset::Person(person) => Asset::Person(person.into()),
        }
    }
}
