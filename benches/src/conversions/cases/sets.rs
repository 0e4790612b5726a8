//! Sets.

use std::collections::{BTreeSet, HashSet};

use crate::conversions::case::{Case, leak, success};

fn items() -> impl Iterator<Item = i64> {
    (0..1000).map(|index| index * 37)
}

pub const CASES: &[Case] = &[
    success("HashSet<i64> <- set 1000", |scene| {
        scene.extract::<HashSet<i64>>(c"{i * 37 for i in range(1000)}")
    }),
    success("&HashSet<i64> -> set 1000", |scene| {
        scene.make(leak(items().collect::<HashSet<i64>>()))
    }),
    success("BTreeSet<i64> <- set 1000", |scene| {
        scene.extract::<BTreeSet<i64>>(c"{i * 37 for i in range(1000)}")
    }),
    success("&BTreeSet<i64> -> set 1000", |scene| {
        scene.make(leak(items().collect::<BTreeSet<i64>>()))
    }),
];
