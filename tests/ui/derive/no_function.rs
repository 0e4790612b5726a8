// No such function.
use convert_core::prelude::*;

#[derive(FromPyObject)]
struct NoFunction {
    #[py(with = "hours")]
    time: u32,
}

fn main() {}
