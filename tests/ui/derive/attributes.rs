// Words of #[py(…)] that are unknown, misplaced or given the wrong value: all are reported at once.
use convert_core::prelude::*;

#[derive(FromPyObject)]
#[py(rename_all = "camelCase", item)]
struct Unknown {
    #[py(renam = "x", default, attribut("y"))]
    near: i64,
    #[py(serialize_with = "x", default = 3)]
    far: i64,
    #[py]
    bare: i64,
    #[pyo3 = "x"]
    assigned: i64,
}

#[derive(FromPyObject)]
struct Values {
    #[py(rename = 3)]
    number: i64,
    #[py(rename)]
    nothing: i64,
    #[py(rename("x"))]
    list: i64,
    #[py(default(3))]
    called: i64,
    #[py(item = "x", default)]
    assigned: i64,
    #[py(attribute())]
    empty: i64,
    #[py(item(3))]
    index: i64,
    #[py(item "x")]
    no_comma: i64,
    #[py(default = )]
    no_expression: i64,
}

#[derive(FromPyObject)]
struct Names {
    #[py(rename = "")]
    empty: i64,
    #[py(item("a\0b"))]
    nul: i64,
    #[py(item, attribute("x"))]
    both: i64,
}

#[derive(IntoPy)]
struct Written {
    #[py(rename = "")]
    empty: i64,
    #[py(nam = "x")]
    unknown: i64,
}

#[derive(FromPyObject)]
struct Defaults {
    #[py(default = "one")]
    mismatched: i64,
    #[py(default)]
    without: Opaque,
}

#[derive(FromPyObject)]
struct Opaque {}

fn main() {}
