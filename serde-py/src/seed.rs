//! [`PyObjectSeed`], [`PyObject`]: any serde format makes Python objects.

use convert_core::prelude::*;
use serde::de::{Deserialize, DeserializeSeed, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::PyValue;
use crate::build::{Builder, Scaffold};
use crate::error::placed;

/// Makes Python objects of what any serde format reads.
///
/// What describes itself, as JSON does, becomes `None`, `bool`, `int`, `float`, `str`, `bytes`,
/// `list` and `dict`. An error says where it was, in front of what the format says of it. Of keys
/// that are equal the last one stays, as in `json.loads`.
///
/// ```
/// # use convert_core::prelude::*;
/// use serde::de::DeserializeSeed;
/// # Python::initialize();
/// Python::attach(|py| {
///     let mut json = serde_json::Deserializer::from_str(r#"{"x": [1, 2.5, null]}"#);
///     let object = serde_py::PyObjectSeed::new(py).deserialize(&mut json).unwrap();
///     assert_eq!(object.to_string(), "{'x': [1, 2.5, None]}");
/// });
/// ```
#[derive(Clone, Copy)]
pub struct PyObjectSeed<'py> {
    py: Python<'py>,
}

impl<'py> PyObjectSeed<'py> {
    /// One that makes objects of this interpreter.
    pub fn new(py: Python<'py>) -> Self {
        PyObjectSeed { py }
    }
}

impl<'de, 'py> DeserializeSeed<'de> for PyObjectSeed<'py> {
    type Value = Bound<'py, PyAny>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut scaffold = Scaffold::new(self.py);
        let made = Builder::<false>(&mut scaffold).deserialize(deserializer);
        made.map_err(|error| placed(error, scaffold.steps, serde::de::Error::custom))
    }
}

/// An owned Python object as a type of serde's: any format writes it, as a
/// [`PyValue`](crate::PyValue), and reads it, as a [`PyObjectSeed`] does. Both attach to the
/// interpreter, which must run.
#[derive(Debug)]
pub struct PyObject(pub Py<PyAny>);

impl Serialize for PyObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Python::attach(|py| PyValue::new(self.0.bind(py)).serialize(serializer))
    }
}

impl<'de> Deserialize<'de> for PyObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Python::attach(|py| {
            PyObjectSeed::new(py).deserialize(deserializer).map(|object| PyObject(object.unbind()))
        })
    }
}
