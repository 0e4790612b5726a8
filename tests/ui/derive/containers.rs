// Words on a struct: unknown ones, of another place, in a wrong form, and those that contradict each other.
use convert_core::prelude::*;

#[derive(FromPyObject)]
#[py(rename_al = "camelCase", flatten, untagged, deny_unknown_fields)]
struct Unknown {
    id: i64,
}

#[derive(FromPyObject)]
#[py(rename_all = "camel", rename(to = "X"), default = 3, strict(true), crate = 5)]
struct Forms {
    id: i64,
}

#[derive(FromPyObject)]
#[py(from = "Vec<", bound = "T", into)]
struct Parsed {
    id: i64,
}

#[derive(FromPyObject)]
#[py(transparent, tuple)]
struct Both {
    id: i64,
}

#[derive(FromPyObject)]
#[py(transparent)]
struct Two {
    id: i64,
    other: i64,
}

#[derive(FromPyObject)]
#[py(tuple, strict)]
struct Tuple(i64, i64);

#[derive(FromPyObject)]
#[py(items, attributes, deny_unknown)]
struct Sources {
    id: i64,
}

#[derive(FromPyObject)]
#[py(rename_all = "camelCase", deny_unknown, default)]
struct Newtype(i64);

#[derive(FromPyObject)]
#[py(from = "i64", try_from = "i32", default)]
struct Converted {
    id: i64,
}

#[derive(FromPyObject)]
#[py(tag = "type", content = "c", external, int, rename_all_fields = "camelCase")]
struct OfEnums {
    id: i64,
}

// These are right.
#[derive(FromPyObject, IntoPy)]
#[py(rename = "Right", rename_all(from_py = "camelCase"), deny_unknown, strict)]
struct Right {
    first_id: i64,
}

// A trait that the stand-in lacks.
#[derive(IntoPy)]
struct Written(i64);

#[derive(FromPyObject)]
#[py(from = "i64")]
struct NoFrom {
    id: i64,
}

#[derive(IntoPy)]
#[py(into = "Written")]
struct NoInto {
    id: i64,
}

#[derive(FromPyObject)]
#[py(default)]
struct NoDefault {
    id: i64,
}

fn main() {}
