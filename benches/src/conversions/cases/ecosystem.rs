//! Types of other crates.

use convert_core::crates::{hashbrown, indexmap, num_bigint, rust_decimal, uuid};
use hashbrown::{HashMap, HashSet};
use indexmap::IndexMap;
use num_bigint::{BigInt, BigUint};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::conversions::case::{Case, leak, success};

/// PyO3 makes one of the version before.
#[derive(pyo3::FromPyObject)]
pub struct OlderBigInt(older_num_bigint::BigInt);

impl From<OlderBigInt> for BigInt {
    fn from(OlderBigInt(older): OlderBigInt) -> Self {
        BigInt::from_signed_bytes_le(&older.to_signed_bytes_le())
    }
}

/// As above.
#[derive(pyo3::FromPyObject)]
pub struct OlderBigUint(older_num_bigint::BigUint);

impl From<OlderBigUint> for BigUint {
    fn from(OlderBigUint(older): OlderBigUint) -> Self {
        BigUint::from_bytes_le(&older.to_bytes_le())
    }
}

/// A number of 200 bits.
fn big_int() -> (&'static BigInt, &'static older_num_bigint::BigInt) {
    let number: BigInt = BigInt::from(12345) - (BigInt::from(1) << 199);
    let older = older_num_bigint::BigInt::from_signed_bytes_le(&number.to_signed_bytes_le());
    (leak(number), leak(older))
}

/// One that is not negative.
fn big_uint() -> (&'static BigUint, &'static older_num_bigint::BigUint) {
    let number: BigUint = (BigUint::from(1u8) << 199) + 12345u32;
    let older = older_num_bigint::BigUint::from_bytes_le(&number.to_bytes_le());
    (leak(number), leak(older))
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn entries() -> impl Iterator<Item = (String, i64)> {
    (0..1000).map(|index| (format!("key{index:07}"), index * 37))
}

pub const CASES: &[Case] = &[
    success("BigInt <- int of 200 bits", |scene| {
        scene.extract_as::<BigInt, OlderBigInt>(c"-2**199 + 12345")
    }),
    success("&BigInt -> int of 200 bits", |scene| {
        let (number, older) = big_int();
        scene.make_as(number, older)
    }),
    success("BigUint <- int of 200 bits", |scene| {
        scene.extract_as::<BigUint, OlderBigUint>(c"2**199 + 12345")
    }),
    success("&BigUint -> int of 200 bits", |scene| {
        let (number, older) = big_uint();
        scene.make_as(number, older)
    }),
    success("Decimal <- 1234.56", |scene| scene.extract::<Decimal>(c"decimal.Decimal('1234.56')")),
    success("Decimal -> 1234.56", |scene| scene.make(decimal("1234.56"))),
    success("Decimal <- 28 digits", |scene| {
        scene.extract::<Decimal>(c"decimal.Decimal('-123456789012345678.9012345678')")
    }),
    success("Decimal -> 28 digits", |scene| scene.make(decimal("-123456789012345678.9012345678"))),
    success("Uuid <- UUID", |scene| {
        scene.extract::<Uuid>(c"uuid.UUID('12345678-1234-5678-1234-567812345678')")
    }),
    success("Uuid -> UUID", |scene| {
        scene.make(Uuid::from_u128(0x12345678_1234_5678_1234_567812345678))
    }),
    success("IndexMap<String, i64> <- dict 1000", |scene| {
        scene.extract::<IndexMap<String, i64>>(c"{'key%07d' % i: i * 37 for i in range(1000)}")
    }),
    success("&IndexMap<String, i64> -> dict 1000", |scene| {
        scene.make(leak(IndexMap::<String, i64>::from_iter(entries())))
    }),
    success("hashbrown::HashMap<String, i64> <- dict 1000", |scene| {
        scene.extract::<HashMap<String, i64>>(c"{'key%07d' % i: i * 37 for i in range(1000)}")
    }),
    success("&hashbrown::HashMap<String, i64> -> dict 1000", |scene| {
        scene.make(leak(HashMap::<String, i64>::from_iter(entries())))
    }),
    success("hashbrown::HashSet<i64> <- set 1000", |scene| {
        scene.extract::<HashSet<i64>>(c"{i * 37 for i in range(1000)}")
    }),
    success("&hashbrown::HashSet<i64> -> set 1000", |scene| {
        scene.make(leak(HashSet::<i64>::from_iter((0..1000).map(|index| index * 37))))
    }),
];
