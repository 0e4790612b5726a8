//! The struct of ten fields, and structs within structs.

use crate::conversions::case::{Case, Scene, leak, success};
use crate::conversions::orders::{self, Customer, Line, Orders, PyO3Orders};
use crate::conversions::records::{
    AttributeRecord, DICT, OBJECT, PARSED, PyO3AttributeRecord, PyO3Record, REVERSED, Record,
    SLOTTED, SlotsRecord,
};
use crate::measure::Contender;

fn record() -> Record {
    Record {
        id: 123_456,
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.org".to_owned(),
        age: 36,
        score: 98.5,
        ratio: 0.25,
        active: true,
        verified: false,
        count: None,
        city: "London".to_owned(),
    }
}

fn record_to_dict<'py>(scene: &Scene<'py>) -> Vec<Contender<'py>> {
    let record = leak(record());
    scene.make_as(record, leak(PyO3Record::from(record.clone())))
}

fn orders_to_dict<'py>(scene: &Scene<'py>) -> Vec<Contender<'py>> {
    let line = |i: u32| Line {
        sku: format!("SKU-{:05}", i * 37),
        quantity: i + 1,
        price: f64::from(i) + 9.99,
        tags: Vec::from(["new".to_owned(), format!("shelf {i}")]),
    };
    let orders = Orders {
        id: 4711,
        customer: Customer {
            name: "Ada Lovelace".to_owned(),
            email: "ada@example.org".to_owned(),
            age: 36,
        },
        lines: (0..20).map(line).collect(),
    };
    scene.make_as(leak(orders.clone()), leak(PyO3Orders::from(orders)))
}

pub const CASES: &[Case] = &[
    success("struct of 10 <- attributes", |scene| {
        scene.extract_as::<AttributeRecord, PyO3AttributeRecord>(OBJECT)
    }),
    success("struct of 10 <- dict", |scene| scene.extract_as::<Record, PyO3Record>(DICT)),
    success("struct of 10 <- dict, parsed", |scene| scene.extract_as::<Record, PyO3Record>(PARSED)),
    success("struct of 10 <- dict, reversed", |scene| {
        scene.extract_as::<Record, PyO3Record>(REVERSED)
    }),
    success("struct of 10 <- slots", |scene| {
        scene.extract_as::<SlotsRecord, PyO3AttributeRecord>(SLOTTED)
    }),
    success("&struct of 10 -> dict", record_to_dict),
    success("orders document <- dict", |scene| {
        scene.extract_as::<Orders, PyO3Orders>(orders::DICT)
    }),
    success("&orders document -> dict", orders_to_dict),
];
