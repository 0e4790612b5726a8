//! Fields that stay native objects in Python, and have their own form everywhere else.

use std::time::Duration;

use convert_core::prelude::*;
use convert_tests::{eval, object};
use serde::{Deserialize, Serialize};
use serde_py::{from_object, to_object};

convert_tests::tests! {
    objects_and_formats,
    within_flatten_and_untagged,
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

/// What serde reads into a tree of its own first has lost its Python object: there the field has its
/// own serde form. Written, it is native all the same.
fn within_flatten_and_untagged() {
    Python::attach(|py| {
        let flat = Flat { id: 1, inner: Inner { span: Duration::from_secs(2) } };
        let written = to_object(py, &flat).unwrap();
        let native = "__import__('datetime').timedelta(seconds=2)";
        assert!(
            written.eq(eval(py, &format!("{{'id': 1, 'span': {native}}}"))).unwrap(),
            "{written}"
        );
        let own = eval(py, "{'id': 1, 'span': {'secs': 2, 'nanos': 0}}");
        assert_eq!(from_object::<Flat>(&own).unwrap(), flat);

        let either = Either::Inner(Inner { span: Duration::from_secs(2) });
        assert!(
            to_object(py, &either).unwrap().eq(eval(py, &format!("{{'span': {native}}}"))).unwrap()
        );
        let own = eval(py, "{'span': {'secs': 2, 'nanos': 0}}");
        assert_eq!(from_object::<Either>(&own).unwrap(), either);
        assert_eq!(from_object::<Either>(&eval(py, "'x'")).unwrap(), Either::Text("x".into()));
        let text = serde_json::to_string(&either).unwrap();
        assert_eq!(serde_json::from_str::<Either>(&text).unwrap(), either);
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
