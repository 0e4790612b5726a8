//! Types of several crates in derived structs and in each other, with no attribute.

use chrono::{DateTime, TimeZone, Utc};
use convert_core::Strict;
use convert_core::crates::{chrono, indexmap, num_bigint, rust_decimal, serde_json, uuid};
use convert_core::prelude::*;
use convert_tests::{message, round_trip};
use indexmap::{IndexMap, IndexSet};
use num_bigint::BigInt;
use rust_decimal::Decimal;
use uuid::Uuid;

convert_tests::tests! {
    a_struct,
    all_that_is_wrong,
    in_each_other,
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Event {
    at: DateTime<Utc>,
    id: Uuid,
    price: Decimal,
}

const EVENT: &str = "{
    'at': __import__('datetime').datetime(2024, 2, 29, 12, 30, tzinfo=__import__('datetime').timezone.utc),
    'id': __import__('uuid').UUID(int=7),
    'price': __import__('decimal').Decimal('12.50'),
}";

fn event() -> Event {
    let at = Utc.with_ymd_and_hms(2024, 2, 29, 12, 30, 0).unwrap();
    Event { at, id: Uuid::from_u128(7), price: Decimal::new(1250, 2) }
}

fn a_struct() {
    round_trip!(EVENT, event());
    round_trip!(&format!("[{EVENT}, {EVENT}]"), vec![event(), event()]);
}

fn all_that_is_wrong() {
    assert_eq!(
        message::<Vec<Event>>(&format!("[{EVENT}, {{'at': 0, 'id': '7', 'price': 12.5}}]")),
        "3 errors\n  [1].at: expected datetime, got int\n  [1].id: expected UUID, got str\n  \
         [1].price: expected Decimal, got float"
    );
}

fn in_each_other() {
    let id = Uuid::from_u128(7);
    round_trip!(
        "{__import__('uuid').UUID(int=7): [2**70, -1]}",
        IndexMap::from([(id, IndexSet::from([BigInt::from(1u128 << 70), BigInt::from(-1)]))])
    );
    round_trip!(
        "{'b': {'x': [1]}, 'a': None}",
        IndexMap::from([
            ("b".to_owned(), serde_json::json!({"x": [1]})),
            ("a".to_owned(), serde_json::Value::Null),
        ])
    );
    assert_eq!(
        message::<Strict<IndexMap<String, Option<Decimal>>>>("{'a': None, 'b': 1}"),
        "[\"b\"]: expected Decimal | None, got int"
    );
}
