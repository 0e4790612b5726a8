//! Fields that stay native objects in Python, and have their own form everywhere else.

use std::time::Duration;

use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde::{Deserialize, Serialize};
use serde_py::{from_object, to_object};

convert_tests::tests! {
    objects_and_formats,
    within_flatten_and_untagged,
    every_kind_in_a_tree,
    nothing_is_remembered,
    ints_of_any_size,
    errors,
    the_same_name_of_somebody_else,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Job {
    name: String,
    #[serde(with = "serde_py::native")]
    timeout: Duration,
    #[serde(with = "serde_py::native", default)]
    retries: Option<Vec<Duration>>,
}

fn job() -> Job {
    Job {
        name: "build".into(),
        timeout: Duration::from_millis(1500),
        retries: Some(vec![Duration::from_secs(1), Duration::ZERO]),
    }
}

const OBJECT: &str = "
from datetime import timedelta
x = {'name': 'build', 'timeout': timedelta(seconds=1.5), 'retries': [timedelta(seconds=1), timedelta()]}";

fn objects_and_formats() {
    Python::attach(|py| {
        let made = object(py, OBJECT);
        assert!(to_object(py, &job()).unwrap().eq(&made).unwrap());
        assert_eq!(from_object::<Job>(&made).unwrap(), job());

        let text = serde_json::to_string(&job()).unwrap();
        assert!(text.contains(r#""timeout":{"secs":1,"nanos":500000000}"#), "{text}");
        assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job());

        let packed = rmp_serde::to_vec_named(&job()).unwrap();
        assert_eq!(rmp_serde::from_slice::<Job>(&packed).unwrap(), job());
    });
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Flat {
    id: i64,
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Inner {
    #[serde(with = "serde_py::native")]
    span: Duration,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Either {
    Inner(Inner),
    Text(String),
}

/// serde reads these into a tree of its own first; there the field may be in its own serde form,
/// too.
fn within_flatten_and_untagged() {
    Python::attach(|py| {
        let flat = Flat { id: 1, inner: Inner { span: Duration::from_secs(2) } };
        let written = to_object(py, &flat).unwrap();
        let native = "__import__('datetime').timedelta(seconds=2)";
        assert!(
            written.eq(eval(py, &format!("{{'id': 1, 'span': {native}}}"))).unwrap(),
            "{written}"
        );
        assert_eq!(from_object::<Flat>(&written).unwrap(), flat);
        let own = eval(py, "{'id': 1, 'span': {'secs': 2, 'nanos': 0}}");
        assert_eq!(from_object::<Flat>(&own).unwrap(), flat);
        let wrong = eval(py, "{'id': 1, 'span': 'PT2S'}");
        let error = from_object::<Flat>(&wrong).unwrap_err();
        assert_eq!(error.to_string(), "expected Duration, got str");

        let either = Either::Inner(Inner { span: Duration::from_secs(2) });
        assert!(
            to_object(py, &either).unwrap().eq(eval(py, &format!("{{'span': {native}}}"))).unwrap()
        );
        assert_eq!(from_object::<Either>(&to_object(py, &either).unwrap()).unwrap(), either);
        let own = eval(py, "{'span': {'secs': 2, 'nanos': 0}}");
        assert_eq!(from_object::<Either>(&own).unwrap(), either);
        assert_eq!(from_object::<Either>(&eval(py, "'x'")).unwrap(), Either::Text("x".into()));
        let text = serde_json::to_string(&either).unwrap();
        assert_eq!(serde_json::from_str::<Either>(&text).unwrap(), either);
    });
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(tag = "type")]
enum Tagged {
    All(Natives),
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Natives {
    #[serde(with = "serde_py::native")]
    spans: Option<Vec<Duration>>,
    #[serde(with = "serde_py::native")]
    nothing: Option<Duration>,
    #[serde(with = "serde_py::native")]
    date: chrono::NaiveDate,
    #[serde(with = "serde_py::native")]
    by_id: std::collections::BTreeMap<uuid::Uuid, Duration>,
    /// Not native: the text.
    plain: String,
}

fn every_kind_in_a_tree() {
    Python::attach(|py| {
        let value = Tagged::All(Natives {
            spans: Some(vec![Duration::from_millis(1), Duration::from_secs(2)]),
            nothing: None,
            date: chrono::NaiveDate::from_ymd_opt(2020, 1, 2).unwrap(),
            by_id: [(uuid::Uuid::nil(), Duration::from_secs(3))].into(),
            plain: "2020-01-02".into(),
        });
        let made = to_object(py, &value).unwrap();
        let native = "
import datetime, uuid
seconds = lambda s: datetime.timedelta(seconds=s)
x = {'type': 'All', 'spans': [seconds(0.001), seconds(2)], 'nothing': None,
    'date': datetime.date(2020, 1, 2), 'by_id': {uuid.UUID(int=0): seconds(3)}, 'plain': '2020-01-02'}";
        assert!(made.eq(object(py, native)).unwrap(), "{made}");
        assert_eq!(from_object::<Tagged>(&made).unwrap(), value);
        let text = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Tagged>(&text).unwrap(), value);
        let packed = rmp_serde::to_vec_named(&value).unwrap();
        assert_eq!(rmp_serde::from_slice::<Tagged>(&packed).unwrap(), value);
    });
}

/// What a conversion remembers of objects, it forgets at its end, however that comes.
fn nothing_is_remembered() {
    Python::attach(|py| {
        let code = "
import sys, datetime
held = datetime.timedelta(seconds=123)
x = [{'id': 1, 'span': held}, {'id': 'x', 'span': held}, lambda: sys.getrefcount(held)]";
        let objects = object(py, code);
        let item = |index: usize| objects.get_item(index).unwrap();
        let count = || item(2).call0().unwrap().extract::<usize>().unwrap();
        let before = count();
        assert!(from_object::<Flat>(&item(0)).is_ok());
        assert!(from_object::<Flat>(&item(1)).is_err());
        assert!(Flat::deserialize(serde_py::Deserializer::new(&item(0))).is_err());
        assert_eq!(count(), before);
    });
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Large {
    #[serde(with = "serde_py::native")]
    value: num_bigint::BigInt,
}

fn ints_of_any_size() {
    Python::attach(|py| {
        for bits in [0_usize, 31, 64, 127, 200, 5000] {
            let large = Large { value: -(num_bigint::BigInt::from(1) << bits) };
            let made = to_object(py, &large).unwrap();
            assert!(made.eq(eval(py, &format!("{{'value': -2**{bits}}}"))).unwrap());
            assert_eq!(from_object::<Large>(&made).unwrap(), large);
            let text = serde_json::to_string(&large).unwrap();
            assert_eq!(serde_json::from_str::<Large>(&text).unwrap(), large);
        }
    });
}

fn errors() {
    Python::attach(|py| {
        for (text, message) in [
            ("{'name': 'x', 'timeout': 5}", "timeout: expected timedelta, got int"),
            (
                "{'name': 'x', 'timeout': __import__('datetime').timedelta(1), 'retries': [None]}",
                "retries[0]: expected timedelta, got None",
            ),
        ] {
            let error = from_object::<Job>(&eval(py, text)).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert!(error.into_conversion_error().is_type());
        }
        let large = Job { timeout: Duration::MAX, ..job() };
        let error = to_object(py, &large).unwrap_err();
        assert!(error.to_string().starts_with("timeout"), "{error}");
        // Nothing stays behind for the next one.
        assert!(to_object(py, &job()).unwrap().eq(object(py, OBJECT)).unwrap());
    });
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(rename = "$serde_py::native")]
struct SameName(i64);

fn the_same_name_of_somebody_else() {
    Python::attach(|py| {
        let object = to_object(py, &SameName(7)).unwrap();
        assert_eq!(object.to_string(), "7");
        assert_eq!(from_object::<SameName>(&object).unwrap(), SameName(7));
        assert_eq!(from_object::<Job>(&self::object(py, OBJECT)).unwrap(), job());
    });
}
