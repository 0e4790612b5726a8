//! An enum whose variants a key tells apart. PyO3 has none: it looks at the key by hand, and
//! derives the structs of the variants.

use std::ffi::CStr;

use pyo3::IntoPyObject;
use pyo3::intern;
use pyo3::prelude::{
    Borrowed, Bound, FromPyObject, PyAny, PyAnyMethods as _, PyDictMethods as _, PyErr,
    PyStringMethods as _, Python,
};
use pyo3::types::{PyDict, PyString};

/// The dict it is made from: the second variant of three.
pub const DICT: &CStr = c"{'type': 'key', 'code': 65, 'text': 'A', 'repeat': False}";

/// The same as it is parsed: neither its keys nor its tag are those that programs share.
pub const PARSED: &CStr = c"json.loads(json.dumps({'type': 'key', 'code': 65, 'text': 'A', \
    'repeat': False}))";

/// Ours; also what the limit makes.
#[derive(convert_core::FromPyObject, convert_core::IntoPy, Clone, PartialEq)]
#[py(tag = "type", rename_all = "lowercase")]
pub enum Event {
    Click { x: i64, y: i64, button: String },
    Key { code: i64, text: String, repeat: bool },
    Scroll { page: i64, delta: f64, smooth: bool },
}

/// PyO3's.
pub enum PyO3Event {
    Click(PyO3Click),
    Key(PyO3Key),
    Scroll(PyO3Scroll),
}

#[derive(FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Click {
    pub x: i64,
    pub y: i64,
    pub button: String,
}

#[derive(FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Key {
    pub code: i64,
    pub text: String,
    pub repeat: bool,
}

#[derive(FromPyObject, pyo3::IntoPyObjectRef)]
#[pyo3(from_item_all)]
pub struct PyO3Scroll {
    pub page: i64,
    pub delta: f64,
    pub smooth: bool,
}

impl<'a, 'py> FromPyObject<'a, 'py> for PyO3Event {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, PyErr> {
        let tag = object.get_item(intern!(object.py(), "type"))?;
        match &*tag.cast::<PyString>()?.to_cow()? {
            "click" => object.extract().map(PyO3Event::Click),
            "key" => object.extract().map(PyO3Event::Key),
            "scroll" => object.extract().map(PyO3Event::Scroll),
            other => {
                let message = format!("unknown type of event: {other:?}");
                Err(pyo3::exceptions::PyValueError::new_err(message))
            }
        }
    }
}

impl<'py> IntoPyObject<'py> for &PyO3Event {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> Result<Bound<'py, PyDict>, PyErr> {
        let (tag, dict) = match self {
            PyO3Event::Click(click) => (intern!(py, "click"), click.into_pyobject(py)?),
            PyO3Event::Key(key) => (intern!(py, "key"), key.into_pyobject(py)?),
            PyO3Event::Scroll(scroll) => (intern!(py, "scroll"), scroll.into_pyobject(py)?),
        };
        dict.set_item(intern!(py, "type"), tag)?;
        Ok(dict)
    }
}

impl From<PyO3Event> for Event {
    fn from(event: PyO3Event) -> Self {
        match event {
            PyO3Event::Click(PyO3Click { x, y, button }) => Event::Click { x, y, button },
            PyO3Event::Key(PyO3Key { code, text, repeat }) => Event::Key { code, text, repeat },
            PyO3Event::Scroll(PyO3Scroll { page, delta, smooth }) => {
                Event::Scroll { page, delta, smooth }
            }
        }
    }
}

impl From<Event> for PyO3Event {
    fn from(event: Event) -> Self {
        match event {
            Event::Click { x, y, button } => PyO3Event::Click(PyO3Click { x, y, button }),
            Event::Key { code, text, repeat } => PyO3Event::Key(PyO3Key { code, text, repeat }),
            Event::Scroll { page, delta, smooth } => {
                PyO3Event::Scroll(PyO3Scroll { page, delta, smooth })
            }
        }
    }
}
