// What the derives do not work on: unions, enums without variants. And words for named fields on others.
use convert_core::prelude::*;

#[derive(FromPyObject, IntoPy)]
#[derive(Clone, Copy)]
union Bits {
    float: f64,
    integer: i64,
}

#[derive(FromPyObject, IntoPy)]
enum Never {}

// The words for named fields say nothing about fields read by position.
#[derive(FromPyObject)]
struct Point(#[py(rename = "x")] f64, #[py(item, default = 1.0)] f64);

#[derive(FromPyObject)]
struct Metres(#[py(attribute("value"))] f64);

#[derive(FromPyObject)]
#[py(tuple)]
struct Pair {
    #[py(alias = "x")]
    left: f64,
    #[py(skip_none)]
    right: f64,
}

#[derive(FromPyObject)]
#[py(transparent)]
struct Only {
    #[py(default)]
    only: f64,
}

#[derive(FromPyObject)]
enum Variants {
    Newtype(#[py(flatten)] f64),
    Tuple(#[py(rename = "x")] f64, f64),
}

// No further errors: the traits are implemented all the same.
fn uses<'a, 'py, T: IntoPy<'py>>(_: T)
where
    Never: FromPyObject<'a, 'py>,
    Bits: FromPyObject<'a, 'py>,
    Point: FromPyObject<'a, 'py>,
{
}

fn main() {
    uses(Bits { integer: 1 });
    uses(&Bits { integer: 1 });
}
