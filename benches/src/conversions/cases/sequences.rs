//! Lists, tuples, arrays, bytes.

use std::collections::VecDeque;

use crate::conversions::case::{Case, leak, success};

type Triple = (i64, f64, String);

fn triple() -> Triple {
    (1000, 2.5, "abcdefghij".to_owned())
}

fn strings() -> Vec<String> {
    (0..1000).map(|index| format!("string{index:04}")).collect()
}

pub const CASES: &[Case] = &[
    success("Vec<i64> <- list 1000", |scene| {
        scene.extract::<Vec<i64>>(c"[i * 37 for i in range(1000)]")
    }),
    success("Vec<i64> <- tuple 1000", |scene| {
        scene.extract::<Vec<i64>>(c"tuple(i * 37 for i in range(1000))")
    }),
    success("Vec<i64> <- array 'q' 1000", |scene| {
        scene.extract::<Vec<i64>>(c"array.array('q', range(1000))")
    }),
    success("Vec<f64> <- list 1000", |scene| {
        scene.extract::<Vec<f64>>(c"[i * 0.5 for i in range(1000)]")
    }),
    success("Vec<f64> <- array 'd' 1000", |scene| {
        scene.extract::<Vec<f64>>(c"array.array('d', range(1000))")
    }),
    success("Vec<f64> <- array 'd' 100k", |scene| {
        scene.extract::<Vec<f64>>(c"array.array('d', range(100000))")
    }),
    success("Vec<String> <- list 1000", |scene| {
        scene.extract::<Vec<String>>(c"['string%04d' % i for i in range(1000)]")
    }),
    success("Vec<u8> <- bytes 64 KiB", |scene| scene.extract::<Vec<u8>>(c"bytes(65536)")),
    success("Vec<u8> <- list 1000", |scene| {
        scene.extract::<Vec<u8>>(c"[i & 255 for i in range(1000)]")
    }),
    success("[i64; 8] <- list", |scene| scene.extract::<[i64; 8]>(c"list(range(8))")),
    success("[u8; 16] <- bytes", |scene| scene.extract::<[u8; 16]>(c"bytes(range(16))")),
    success("&Vec<i64> -> list 1000", |scene| {
        scene.make(leak((0..1000).map(|index| index * 37).collect::<Vec<i64>>()))
    }),
    success("&Vec<f64> -> list 1000", |scene| {
        scene.make(leak((0..1000).map(|index| f64::from(index) * 0.5).collect::<Vec<f64>>()))
    }),
    success("&Vec<String> -> list 1000", |scene| scene.make(leak(strings()))),
    success("&Vec<u8> -> bytes 64 KiB", |scene| scene.make(leak(vec![7u8; 65536]))),
    success("&[i64; 8] -> list", |scene| scene.make(leak([0i64, 1, 2, 3, 4, 5, 6, 7]))),
    // PyO3 has no `VecDeque`; what it is measured with is a `Vec`.
    success("VecDeque<i64> <- list 1000", |scene| {
        scene.extract_as::<VecDeque<i64>, Vec<i64>>(c"[i * 37 for i in range(1000)]")
    }),
    success("&VecDeque<i64> -> list 1000", |scene| {
        let vec: Vec<i64> = (0..1000).map(|index| index * 37).collect();
        scene.make_as(leak(VecDeque::from(vec.clone())), leak(vec))
    }),
    success("(i64, f64, String) <- tuple", |scene| {
        scene.extract::<Triple>(c"(1000, 2.5, 'abcdefghij')")
    }),
    success("&(i64, f64, String) -> tuple", |scene| scene.make(leak(triple()))),
];
