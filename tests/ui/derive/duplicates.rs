// A word given twice, and two fields of one name on the Python side.
use convert_core::prelude::*;

#[derive(FromPyObject)]
struct Words {
    #[py(rename = "a", rename = "b")]
    one: i64,
    #[py(default)]
    #[pyo3(default = 3)]
    two: i64,
    #[py(item, item("x"))]
    three: i64,
}

#[derive(FromPyObject, IntoPy)]
struct Both {
    r#type: i64,
    #[py(rename = "type")]
    kind: i64,
}

#[derive(FromPyObject)]
struct Read {
    id: i64,
    #[py(item("id"))]
    key: i64,
    #[py(attribute("id"))]
    attribute: i64,
}

#[derive(IntoPy)]
struct Written {
    #[py(item, rename = "x")]
    key: i64,
    #[py(attribute, rename = "x")]
    attribute: i64,
}

// These are right: a key and an attribute of one name are two places; what is only read does not matter for writing.
#[derive(FromPyObject)]
struct TwoPlaces {
    #[py(item("id"))]
    key: i64,
    #[py(attribute("id"))]
    attribute: i64,
}

#[derive(IntoPy)]
struct WrittenApart {
    #[py(item("id"))]
    key: i64,
    #[py(item("id"))]
    other: i64,
}

fn main() {}
