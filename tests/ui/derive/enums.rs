// Words on enums and variants that mean nothing there, or contradict each other.
use convert_core::prelude::*;

#[derive(FromPyObject, IntoPy)]
#[py(tag = "type")]
enum Tagged {
    Circle(f64, f64),
    Square { r#type: f64 },
    Fine(Inner),
}

#[derive(FromPyObject, IntoPy)]
struct Inner {
    id: i64,
}

#[derive(FromPyObject)]
#[py(content = "c")]
enum Content {
    A(i64),
}

#[derive(FromPyObject)]
#[py(tag = "t", content = "t")]
enum Same {
    A(i64),
}

#[derive(FromPyObject)]
#[py(tag = "t", external, int)]
enum Ways {
    A,
}

#[derive(FromPyObject)]
#[py(int, rename_all = "lowercase")]
enum Numbers {
    A = 1,
    #[py(rename = "b", alias = "c")]
    B,
    C(i64),
}

#[derive(FromPyObject)]
#[py(untagged, transparent, default, deny_unknown, items)]
enum OfStructs {
    A(i64),
}

#[derive(FromPyObject)]
enum Others {
    #[py(other)]
    A,
    #[py(other)]
    B(Py<PyAny>),
    #[py(other)]
    C(i64, i64),
    #[py(alias = "d", rename_all = "lowercase", default)]
    D(i64),
}

#[derive(FromPyObject, IntoPy)]
enum Names {
    A,
    #[py(rename = "A")]
    B,
    #[py(alias = "B", alias = "C")]
    C,
}

#[derive(FromPyObject, IntoPy)]
#[py(int)]
#[repr(u8)]
enum OutOfRange {
    A = 1,
    B = 1,
    C = 300,
}

fn main() {}
