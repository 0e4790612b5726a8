//! The struct of ten fields, and the union of six types.

use crate::conversions::case::{Case, Scene, leak, success};
use crate::conversions::records::{
    AttributeRecord, DICT, OBJECT, PyO3AttributeRecord, PyO3Record, Record,
};
use crate::conversions::union::{PyO3Union, Union};
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

pub const CASES: &[Case] = &[
    success("struct of 10 <- attributes", |scene| {
        scene.extract_as::<AttributeRecord, PyO3AttributeRecord>(OBJECT)
    }),
    success("struct of 10 <- dict", |scene| scene.extract_as::<Record, PyO3Record>(DICT)),
    success("&struct of 10 -> dict", record_to_dict),
    success("union of 6 <- 1st, int", |scene| scene.extract_as::<Union, PyO3Union>(c"7")),
    success("union of 6 <- 3rd, str", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"'abcdefghij'")
    }),
    success("union of 6 <- last, list of 3", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"[1, 2, 3]")
    }),
];
