//! The orders document, structs within structs: ours, PyO3's, and what makes the one of the other.

use std::ffi::CStr;

/// The dict it is made from: a customer, and twenty lines of two tags each.
pub const DICT: &CStr = c"{'id': 4711, \
    'customer': {'name': 'Ada Lovelace', 'email': 'ada@example.org', 'age': 36}, \
    'lines': [{'sku': 'SKU-%05d' % (i * 37), 'quantity': i + 1, 'price': i + 9.99, \
        'tags': ['new', 'shelf %d' % i]} for i in range(20)]}";

/// Ours; also what the limit makes.
#[derive(convert_core::FromPyObject, convert_core::IntoPy, Clone, PartialEq)]
pub struct Orders {
    pub id: i64,
    pub customer: Customer,
    pub lines: Vec<Line>,
}

#[derive(convert_core::FromPyObject, convert_core::IntoPy, Clone, PartialEq)]
pub struct Customer {
    pub name: String,
    pub email: String,
    pub age: u32,
}

#[derive(convert_core::FromPyObject, convert_core::IntoPy, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub quantity: u32,
    pub price: f64,
    pub tags: Vec<String>,
}

/// PyO3's.
#[derive(pyo3::FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Orders {
    pub id: i64,
    pub customer: PyO3Customer,
    pub lines: Vec<PyO3Line>,
}

#[derive(pyo3::FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Customer {
    pub name: String,
    pub email: String,
    pub age: u32,
}

#[derive(pyo3::FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Line {
    pub sku: String,
    pub quantity: u32,
    pub price: f64,
    pub tags: Vec<String>,
}

macro_rules! same_fields {
    ($($from:ident, $from_customer:ident => $into:ident, $customer:ident, $line:ident;)*) => { $(
        impl From<$from> for $into {
            fn from($from { id, customer, lines }: $from) -> Self {
                let $from_customer { name, email, age } = customer;
                let customer = $customer { name, email, age };
                let lines = lines.into_iter().map(|line| $line {
                    sku: line.sku,
                    quantity: line.quantity,
                    price: line.price,
                    tags: line.tags,
                });
                $into { id, customer, lines: lines.collect() }
            }
        }
    )* };
}

same_fields! {
    PyO3Orders, PyO3Customer => Orders, Customer, Line;
    Orders, Customer => PyO3Orders, PyO3Customer, PyO3Line;
}
