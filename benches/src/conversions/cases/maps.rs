//! Dicts.

use std::collections::{BTreeMap, HashMap};

use crate::conversions::case::{Case, leak, success};

type Nested = Vec<HashMap<String, Vec<i64>>>;

fn entries() -> impl Iterator<Item = (String, i64)> {
    (0..1000).map(|index| (format!("key{index:07}"), index * 37))
}

fn nested() -> Nested {
    let list = |i: i64, j: i64| (0..10).map(|k| i * 1000 + j * 10 + k).collect();
    let map = |i| (0..10).map(|j| (format!("k{i}_{j}"), list(i, j))).collect();
    (0..20).map(map).collect()
}

pub const CASES: &[Case] = &[
    success("HashMap<String, i64> <- dict 1000", |scene| {
        scene.extract::<HashMap<String, i64>>(c"{'key%07d' % i: i * 37 for i in range(1000)}")
    }),
    success("BTreeMap<String, i64> <- dict 1000", |scene| {
        scene.extract::<BTreeMap<String, i64>>(c"{'key%07d' % i: i * 37 for i in range(1000)}")
    }),
    success("&HashMap<String, i64> -> dict 1000", |scene| {
        scene.make(leak(HashMap::<String, i64>::from_iter(entries())))
    }),
    success("&BTreeMap<String, i64> -> dict 1000", |scene| {
        scene.make(leak(BTreeMap::<String, i64>::from_iter(entries())))
    }),
    success("Vec<HashMap<String, Vec<i64>>> <- 20x10x10", |scene| {
        scene.extract::<Nested>(
            c"[{'k%d_%d' % (i, j): [i * 1000 + j * 10 + k for k in range(10)] \
              for j in range(10)} for i in range(20)]",
        )
    }),
    success("&Vec<HashMap<String, Vec<i64>>> -> 20x10x10", |scene| scene.make(leak(nested()))),
];
