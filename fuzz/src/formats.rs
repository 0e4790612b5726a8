//! serde: JSON against Python's `json`, and objects to values of serde's and back (`formats.py`).

use convert_core::PyOnceObject;
use convert_core::prelude::*;
use serde::de::DeserializeSeed;
use serde_py::{PyObjectSeed, PyValue};

use crate::{accept, namespace, nothing_is_raised};

/// What `formats.py` defines.
pub(crate) fn oracle<'py>(py: Python<'py>) -> &'py Bound<'py, PyDict> {
    static ORACLE: PyOnceObject<PyDict> = PyOnceObject::new();
    const CODE: [&str; 2] =
        [include_str!("../python/source.py"), include_str!("../python/formats.py")];
    ORACLE.get_or_init(py, || namespace(py, &CODE))
}

fn named<'py>(py: Python<'py>, name: &str) -> Bound<'py, PyAny> {
    oracle(py).as_any().get_item(name).expect("formats.py defines it")
}

/// What went well, or the text of the error.
fn outcome<'py, T, E: ToString>(
    py: Python<'py>,
    result: Result<T, E>,
) -> (Bound<'py, PyAny>, Option<String>)
where
    T: IntoPy<'py>,
{
    match result {
        Ok(made) => (made.into_py(py).expect("memory").into_any(), None),
        Err(error) => (py.none().to_owned().into_any(), Some(error.to_string())),
    }
}

/// JSON becomes an object as `json.loads` makes it, or is refused as there; the object becomes JSON
/// that `json.loads` reads as the same.
pub fn json_transcode(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    Python::attach(|py| {
        let mut json = serde_json::Deserializer::from_str(text);
        let made = PyObjectSeed::new(py).deserialize(&mut json);
        let made = made.and_then(|made| json.end().map(|()| made));
        let written = made.as_ref().ok().map(|made| serde_json::to_string(&PyValue::new(made)));
        let (written, refused) = outcome(py, written.transpose());
        let (made, error) = outcome(py, made);
        let arguments = (text, made, error, written, refused);
        accept(named(py, "check_json").call1(arguments), || format!("{text:?}"));
        nothing_is_raised(py);
    });
}

/// An object becomes a value of `serde_json`, and that an object and JSON: all three the same to
/// Python.
pub fn serde_roundtrip(data: &[u8]) {
    Python::attach(|py| {
        let data = PyBytes::new(py, data).expect("memory");
        let source = named(py, "Made").call1((data,)).expect("an object");
        let object = source.getattr("object").expect("an object");
        let count = || source.call_method0("count").expect("ints");
        let before = count();
        let value = serde_py::from_object::<serde_json::Value>(&object);
        let again = value.as_ref().ok().map(|value| serde_py::to_object(py, value));
        let (again, refused) = outcome(py, again.transpose());
        let error = value.err().map(|error| error.to_string());
        let (written, unwritten) = outcome(py, serde_json::to_string(&PyValue::new(&object)));
        let arguments = (again, error, refused, written, unwritten);
        accept(source.call_method1("check", arguments), || format!("{object:?}"));
        nothing_is_raised(py);
        let after = count();
        assert!(after.eq(&before).expect("ints"), "{object:?}: {before:?}, now {after:?}");
    });
}
