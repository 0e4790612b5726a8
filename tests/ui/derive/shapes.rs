// What the derives do not work on: enums, unions, structs without fields.
use convert_core::prelude::*;

#[derive(FromPyObject, IntoPy)]
enum Shape {
    Circle { radius: f64 },
    Square(f64),
}

#[derive(FromPyObject, IntoPy)]
#[derive(Clone, Copy)]
union Bits {
    float: f64,
    integer: i64,
}

#[derive(FromPyObject, IntoPy)]
struct Unit;

#[derive(FromPyObject, IntoPy)]
struct NoItems();

// The words for named fields say nothing about fields read by position.
#[derive(FromPyObject)]
struct Point(#[py(rename = "x")] f64, #[py(item, default = 1.0)] f64);

#[derive(FromPyObject)]
struct Metres(#[py(attribute("value"))] f64);

// No further errors: the traits are implemented all the same.
fn uses<'a, 'py, T: IntoPy<'py>>(_: T)
where
    Shape: FromPyObject<'a, 'py>,
    Unit: FromPyObject<'a, 'py>,
    Point: FromPyObject<'a, 'py>,
{
}

fn main() {
    uses(Shape::Square(1.0));
    uses(&Unit);
}
