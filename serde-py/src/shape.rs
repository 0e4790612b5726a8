//! What a Python object is in serde's data model.
//!
//! | Python | serde |
//! |---|---|
//! | `None` | unit |
//! | `bool`, `int` to 128 bits, `float`, `str`, `bytes`, `bytearray`, contiguous `memoryview` | bool, int, f64, str, bytes |
//! | `list`, `tuple`, `set`, `frozenset`, `deque`, `range`, views, any other `Sequence` or `Set` | sequence |
//! | `dict`, any other `Mapping` | map |
//! | dataclass | map of its fields |
//! | `enum.Enum` | that of its value |
//! | `datetime`, `date`, `time` | str, by `isoformat()` |
//! | `timedelta` | str, ISO 8601: `P1DT2.5S` |
//! | `Decimal`, `UUID`, paths, IP addresses | str |
//! | numpy scalars and arrays | that of `item()`, `tolist()` |
//!
//! Instances of subclasses are what their base is. Anything else is an error.

use convert_core::methods::PyAnyMethods;
use convert_core::types::*;
use convert_core::{
    Borrowed, Bound, ConversionError, Leaf, Py, PyOnceLock, PyResult, Python, TypeHint, intern,
};
use convert_ffi::types::{PyBackedBytes, PyDelta};

use crate::Options;

/// An object, looked at once.
pub enum Shape<'a, 'py> {
    Unit,
    Bool(bool),
    Int(Borrowed<'a, 'py, PyInt>),
    Float(f64),
    Str(Borrowed<'a, 'py, PyString>),
    Bytes(PyBackedBytes),
    List(Borrowed<'a, 'py, PyList>),
    Tuple(Borrowed<'a, 'py, PyTuple>),
    Dict(Borrowed<'a, 'py, PyDict>),
    /// Items that were made for the purpose.
    Made(Bound<'py, PyList>),
    /// Entries that were made for the purpose: pairs.
    Entries(Bound<'py, PyList>),
    /// Text that stands for the object.
    Text(Bound<'py, PyString>),
    /// Another object that stands for it.
    Other(Bound<'py, PyAny>),
}

const UNKNOWN: &Leaf = &Leaf::wrong_type(TypeHint::name("what serde can carry"));

impl<'a, 'py> Shape<'a, 'py> {
    /// What the object is.
    ///
    /// # Errors
    /// Where it is nothing of the table, or what its methods raised.
    #[inline]
    pub fn of(
        object: Borrowed<'a, 'py, PyAny>,
        options: &Options<'_>,
    ) -> Result<Self, ConversionError> {
        Ok(if let Some(text) = exact::<PyString>(object) {
            Shape::Str(text)
        } else if let Some(int) = exact::<PyInt>(object) {
            Shape::Int(int)
        } else if let Some(dict) = exact::<PyDict>(object) {
            Shape::Dict(dict)
        } else if let Some(list) = exact::<PyList>(object) {
            Shape::List(list)
        } else if let Some(float) = exact::<PyFloat>(object) {
            Shape::Float(float.value())
        } else if object.is_none() {
            Shape::Unit
        } else if let Some(bool) = exact::<PyBool>(object) {
            Shape::Bool(bool.is_truthy()?)
        } else if let Some(tuple) = exact::<PyTuple>(object) {
            Shape::Tuple(tuple)
        } else {
            return Shape::of_other(object, options.default);
        })
    }

    #[cold]
    fn of_other(
        object: Borrowed<'a, 'py, PyAny>,
        default: Option<&Py<PyAny>>,
    ) -> Result<Self, ConversionError> {
        let py = object.py();
        if is_instance(object, &ENUM, "enum", "Enum")? {
            return Ok(Shape::Other(object.getattr(intern!(py, "value"))?));
        }
        Ok(if let Some(text) = object.try_cast_borrowed() {
            Shape::Str(text)
        } else if let Some(int) = object.try_cast_borrowed() {
            Shape::Int(int)
        } else if let Some(float) = object.try_cast_borrowed::<PyFloat>() {
            Shape::Float(float.value())
        } else if let Some(tuple) = object.try_cast_borrowed() {
            Shape::Tuple(tuple)
        } else if object.is_instance_of::<PyBytes>() {
            Shape::Bytes(object.extract()?)
        } else if object.is_instance_of::<PyByteArray>() {
            // A copy: it may change at any time.
            Shape::Other(PyBytes::new(py, &object.extract::<Vec<u8>>()?)?.into_any())
        } else if object.is_instance_of::<PyMemoryView>() {
            Shape::Other(object.call_method0(intern!(py, "tobytes"))?)
        } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
            Shape::Made(listed(object)?)
        } else if object.is_mapping() && PyMapping::check(&object)? {
            Shape::Entries(object.cast::<PyMapping>()?.items()?)
        } else if object.is_instance_of::<PyList>()
            || object.is_sequence() && PySequence::check(&object)?
            || PySet::is_abstract_set(&object)?
        {
            Shape::Made(listed(object)?)
        } else {
            return Shape::of_instance(object, default);
        })
    }

    /// Of a class that is known by its name or its attributes.
    fn of_instance(
        object: Borrowed<'a, 'py, PyAny>,
        default: Option<&Py<PyAny>>,
    ) -> Result<Self, ConversionError> {
        let py = object.py();
        if object.is_instance_of::<PyDate>() || object.is_instance_of::<PyTime>() {
            return Ok(Shape::Text(object.call_method0(intern!(py, "isoformat"))?.cast_into()?));
        }
        if let Some(delta) = object.try_cast::<PyDelta>() {
            return Ok(Shape::Text(PyString::new(py, &duration(delta)?)?));
        }
        for (cell, module, name) in [
            (&DECIMAL, "decimal", "Decimal"),
            (&UUID, "uuid", "UUID"),
            (&PATH, "pathlib", "PurePath"),
            (&IPV4, "ipaddress", "IPv4Address"),
            (&IPV6, "ipaddress", "IPv6Address"),
        ] {
            if is_instance(object, cell, module, name)? {
                return Ok(Shape::Text(object.str()?));
            }
        }
        let class = object.get_type();
        if let Some(fields) = class.definition(intern!(py, "__dataclass_fields__"))? {
            return Ok(Shape::Entries(fields_of(object, &fields)?));
        }
        // numpy says what it is by these two.
        if class.definition(intern!(py, "dtype"))?.is_some()
            && class.definition(intern!(py, "tolist"))?.is_some()
        {
            return Ok(Shape::Other(object.call_method0(intern!(py, "tolist"))?));
        }
        // Keys and items are sets; values are no more than what they say they are.
        if object.is_instance(VALUES.import(py, "collections.abc", "ValuesView")?)? {
            return Ok(Shape::Made(listed(object)?));
        }
        match default {
            Some(default) => {
                let made = default.bind(py).call_objects(&[object.to_owned()], None)?;
                Ok(Shape::Other(made))
            }
            None => Err(ConversionError::new(UNKNOWN).of(object)),
        }
    }
}

fn exact<'a, 'py, T: convert_core::PyTypeInfo>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Option<Borrowed<'a, 'py, T>> {
    if object.is_exact_instance_of::<T>() { object.try_cast_borrowed() } else { None }
}

static VALUES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static ENUM: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static DECIMAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static UUID: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static PATH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static IPV4: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static IPV6: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Whether the object is of that class or a subclass. The class is not imported for the question:
/// where nobody did, there is no instance.
fn is_instance(
    object: Borrowed<'_, '_, PyAny>,
    class: &'static PyOnceLock<Py<PyAny>>,
    module: &str,
    name: &str,
) -> PyResult<bool> {
    let py = object.py();
    let class = match class.get(py) {
        Some(class) => class.bind(py),
        None if is_imported(py, module)? => class.import(py, module, name)?,
        None => return Ok(false),
    };
    Ok(class.try_cast::<PyType>().is_some_and(|class| object.is_instance_of_class(class)))
}

fn is_imported(py: Python<'_>, module: &str) -> PyResult<bool> {
    let modules = py.import("sys")?.getattr(intern!(py, "modules"))?;
    modules.contains(module)
}

/// A list of what the object iterates over (`list(object)`).
fn listed<'py>(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(object.py())?;
    for item in object.try_iter()? {
        list.append_object(&item?)?;
    }
    Ok(list)
}

/// The fields of a dataclass, as pairs of name and value.
fn fields_of<'py>(
    object: Borrowed<'_, 'py, PyAny>,
    fields: &Bound<'py, PyAny>,
) -> Result<Bound<'py, PyList>, ConversionError> {
    let py = object.py();
    let entries = PyList::empty(py)?;
    fields.cast::<PyDict>()?.walk(|name, _| {
        let value = object.get_attribute(name.cast::<PyString>()?)?;
        let pair = PyTuple::from_objects(py, [name.to_owned(), value])?;
        Ok::<_, ConversionError>(entries.append_object(&pair)?)
    })?;
    Ok(entries)
}

/// `P1DT2.5S`, with a minus sign in front of one that is negative.
fn duration(delta: &Bound<'_, PyDelta>) -> Result<String, ConversionError> {
    let read = |name| delta.getattr(name)?.extract::<i64>();
    let (days, seconds) = (read("days")?, read("seconds")?);
    let micros =
        i128::from(days * 86_400 + seconds) * 1_000_000 + i128::from(read("microseconds")?);
    let sign = if micros < 0 { "-" } else { "" };
    let micros = micros.unsigned_abs();
    let (days, rest) = (micros / 86_400_000_000, micros % 86_400_000_000);
    let mut text = format!("{sign}P");
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if rest > 0 || days == 0 {
        let seconds = format!("{}.{:06}", rest / 1_000_000, rest % 1_000_000);
        text.push_str(&format!("T{}S", seconds.trim_end_matches('0').trim_end_matches('.')));
    }
    Ok(text)
}
