//! Values that go to Rust and back, for `tests/differential/test_*.py`.

#![forbid(unsafe_code)]

use convert_core::prelude::*;

/// Each function hands back what it is given, by way of the Rust type it is named after.
#[pymodule]
mod there_and_back {
    use convert_core::crates::{
        chrono, chrono_tz, hashbrown, indexmap, num_bigint, rust_decimal, serde_json, uuid,
    };
    use convert_core::exceptions::PyValueError;
    use convert_core::integrations;
    use convert_core::prelude::*;

    #[pyfunction]
    fn roundtrip_big_int(value: num_bigint::BigInt) -> num_bigint::BigInt {
        value
    }

    #[pyfunction]
    fn roundtrip_big_uint(value: num_bigint::BigUint) -> num_bigint::BigUint {
        value
    }

    /// The number in base 16, as num-bigint writes it.
    #[pyfunction]
    fn big_int_in_hexadecimal(value: num_bigint::BigInt) -> String {
        value.to_str_radix(16)
    }

    #[pyfunction]
    fn roundtrip_decimal(value: rust_decimal::Decimal) -> rust_decimal::Decimal {
        value
    }

    /// The text of the decimal, as rust_decimal writes it.
    #[pyfunction]
    fn decimal_as_text(value: rust_decimal::Decimal) -> String {
        value.to_string()
    }

    #[pyfunction]
    fn roundtrip_uuid(value: uuid::Uuid) -> uuid::Uuid {
        value
    }

    /// The text of the UUID, as uuid writes it, and its version.
    #[pyfunction]
    fn uuid_as_text(value: uuid::Uuid) -> (String, usize) {
        (value.to_string(), value.get_version_num())
    }

    #[pyfunction]
    fn uuid_from_text(#[py(with = "integrations::uuid::text")] value: uuid::Uuid) -> uuid::Uuid {
        value
    }

    #[pyfunction]
    fn roundtrip_index_map(
        value: indexmap::IndexMap<String, i64>,
    ) -> indexmap::IndexMap<String, i64> {
        value
    }

    #[pyfunction]
    fn roundtrip_index_set(value: indexmap::IndexSet<i64>) -> indexmap::IndexSet<i64> {
        value
    }

    #[pyfunction]
    fn roundtrip_hash_map(
        value: hashbrown::HashMap<String, Vec<i64>>,
    ) -> hashbrown::HashMap<String, Vec<i64>> {
        value
    }

    #[pyfunction]
    fn roundtrip_hash_set(value: hashbrown::HashSet<String>) -> hashbrown::HashSet<String> {
        value
    }

    #[pyfunction]
    fn roundtrip_json(value: serde_json::Value) -> serde_json::Value {
        value
    }

    /// The value as serde_json writes it.
    #[pyfunction]
    fn json_as_text(value: serde_json::Value) -> String {
        value.to_string()
    }

    #[pyfunction]
    fn roundtrip_date(value: chrono::NaiveDate) -> chrono::NaiveDate {
        value
    }

    #[pyfunction]
    fn roundtrip_time(value: chrono::NaiveTime) -> chrono::NaiveTime {
        value
    }

    #[pyfunction]
    fn roundtrip_naive(value: chrono::NaiveDateTime) -> chrono::NaiveDateTime {
        value
    }

    #[pyfunction]
    fn roundtrip_utc(value: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
        value
    }

    #[pyfunction]
    fn roundtrip_fixed(
        value: chrono::DateTime<chrono::FixedOffset>,
    ) -> chrono::DateTime<chrono::FixedOffset> {
        value
    }

    #[pyfunction]
    fn roundtrip_zoned(value: chrono::DateTime<chrono_tz::Tz>) -> chrono::DateTime<chrono_tz::Tz> {
        value
    }

    #[pyfunction]
    fn roundtrip_span(value: chrono::TimeDelta) -> chrono::TimeDelta {
        value
    }

    #[pyfunction]
    fn roundtrip_offset(value: chrono::FixedOffset) -> chrono::FixedOffset {
        value
    }

    #[pyfunction]
    fn roundtrip_weekday(value: chrono::Weekday) -> chrono::Weekday {
        value
    }

    #[pyfunction]
    fn roundtrip_month(value: chrono::Month) -> chrono::Month {
        value
    }

    #[pyfunction]
    fn roundtrip_zone(value: chrono_tz::Tz) -> chrono_tz::Tz {
        value
    }

    /// The moment as chrono counts it, in microseconds since 1970.
    #[pyfunction]
    fn microseconds(value: chrono::DateTime<chrono::Utc>) -> i64 {
        value.timestamp_micros()
    }

    /// The moment as chrono writes it by RFC 3339, which it reads again.
    #[pyfunction]
    fn rfc3339(value: chrono::DateTime<chrono::FixedOffset>) -> PyResult<String> {
        let text = value.to_rfc3339();
        let read = chrono::DateTime::parse_from_rfc3339(&text);
        match read {
            Ok(read) if read == value => Ok(text),
            _ => Err(PyValueError::new_err("chrono reads another moment than it wrote")),
        }
    }
}
