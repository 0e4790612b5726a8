//! Integers, floats, bools, options.

use crate::conversions::case::{Case, success};

/// A number of 127 bits.
const I128: i128 = -(1 << 126) + 12_345_678_901_234_567_890;

pub const CASES: &[Case] = &[
    success("i64 <- int 7", |scene| scene.extract::<i64>(c"7")),
    success("i64 <- int 2**40", |scene| scene.extract::<i64>(c"2**40")),
    success("i64 -> int 7", |scene| scene.make(7i64)),
    success("i64 -> int 2**40", |scene| scene.make(1i64 << 40)),
    success("u8 <- int 200", |scene| scene.extract::<u8>(c"200")),
    success("u8 -> int 200", |scene| scene.make(200u8)),
    success("i128 <- int of 127 bits", |scene| {
        scene.extract::<i128>(c"-2**126 + 12345678901234567890")
    }),
    success("i128 -> int of 127 bits", |scene| scene.make(I128)),
    success("f64 <- float", |scene| scene.extract::<f64>(c"1.5")),
    success("f64 <- int 7", |scene| scene.extract::<f64>(c"7")),
    success("f64 -> float", |scene| scene.make(1.5f64)),
    success("bool <- bool", |scene| scene.extract::<bool>(c"True")),
    success("bool -> bool", |scene| scene.make(true)),
    success("Option<i64> <- None", |scene| scene.extract::<Option<i64>>(c"None")),
    success("Option<i64> <- int 1000", |scene| scene.extract::<Option<i64>>(c"1000")),
    success("Option<i64> -> None", |scene| scene.make(None::<i64>)),
    success("Option<i64> -> int 1000", |scene| scene.make(Some(1000i64))),
];
