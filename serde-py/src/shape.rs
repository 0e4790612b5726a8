//! What a Python object is in serde's data model.
//!
//! | Python | serde |
//! |---|---|
//! | `None` | unit |
//! | `bool`, `int` to 128 bits, `float`, `str`, `bytes`, `bytearray`, contiguous `memoryview` | bool, int, f64, str, bytes |
//! | an object with `__serde__()` | that of what it returns |
//! | `list`, `tuple`, `set`, `frozenset`, `deque`, `range`, views, any other `Sequence` or `Set` | sequence |
//! | `dict`, any other `Mapping` | map |
//! | named tuple | sequence; where a struct is asked for, map of its fields |
//! | dataclass | map of its fields |
//! | `enum.Enum` | that of its value |
//! | `datetime`, `date`, `time` | str, by `isoformat()` |
//! | `timedelta` | str, ISO 8601: `P1DT2.5S` |
//! | `Decimal`, `UUID`, paths, IP addresses | str |
//! | numpy scalars and arrays | that of `tolist()`; numbers in an array are written without one |
//!
//! Instances of subclasses are what their base is. Anything else is an error. Which of it a class
//! is, is decided in `kind.rs`, once for each class.

use std::convert::Infallible;

use convert_core::methods::PyAnyMethods;
use convert_core::types::*;
use convert_core::{Borrowed, Bound, ConversionError, Leaf, Py, PyResult, TypeHint, intern};
use convert_ffi::types::{Numbers, PyBackedBytes, PyDelta};

use crate::Options;
use crate::kind::Kind;

/// An object, looked at once; `N` is what the numbers of an array are taken as.
pub enum Shape<'a, 'py, N> {
    Unit,
    Bool(bool),
    Int(Borrowed<'a, 'py, PyInt>),
    Float(f64),
    Str(Borrowed<'a, 'py, PyString>),
    Bytes(PyBackedBytes),
    /// An array of any shape.
    Numbers(N),
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

/// What the numbers of an array are taken as.
pub trait Bulk: Sized {
    /// The numbers; nothing where the array is to be a list first.
    fn copy(array: Borrowed<'_, '_, PyAny>) -> PyResult<Option<Self>>;
}

impl Bulk for Numbers {
    fn copy(array: Borrowed<'_, '_, PyAny>) -> PyResult<Option<Self>> {
        Numbers::copy(&array)
    }
}

/// Always a list first.
impl Bulk for Infallible {
    fn copy(_array: Borrowed<'_, '_, PyAny>) -> PyResult<Option<Self>> {
        Ok(None)
    }
}

impl<'a, 'py, N: Bulk> Shape<'a, 'py, N> {
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
        let call = |name| object.call_method0(name);
        Ok(match Kind::of(object)? {
            Kind::Hook => Shape::Other(call(intern!(py, "__serde__"))?),
            Kind::Enum => Shape::Other(object.getattr(intern!(py, "value"))?),
            Kind::Str => Shape::Str(object.try_cast_borrowed().ok_or_else(|| unknown(object))?),
            Kind::Int => Shape::Int(object.try_cast_borrowed().ok_or_else(|| unknown(object))?),
            Kind::Float => Shape::Float(object.cast::<PyFloat>()?.value()),
            Kind::Tuple => Shape::Tuple(object.try_cast_borrowed().ok_or_else(|| unknown(object))?),
            Kind::Bytes => Shape::Bytes(object.extract()?),
            // A copy: it may change at any time.
            Kind::ByteArray => {
                Shape::Other(PyBytes::new(py, &object.extract::<Vec<u8>>()?)?.into_any())
            }
            Kind::MemoryView => Shape::Other(call(intern!(py, "tobytes"))?),
            Kind::Mapping => Shape::Entries(object.cast::<PyMapping>()?.items()?),
            Kind::Items => Shape::Made(listed(object)?),
            Kind::Date => Shape::Text(call(intern!(py, "isoformat"))?.cast_into()?),
            Kind::Delta => Shape::Text(PyString::new(py, &duration(object.cast()?)?)?),
            Kind::Text => Shape::Text(object.str()?),
            Kind::Dataclass => {
                let fields = object.getattr(intern!(py, "__dataclass_fields__"))?;
                Shape::Entries(fields_of(object, &fields)?)
            }
            Kind::Array => match N::copy(object)? {
                Some(numbers) => Shape::Numbers(numbers),
                None => Shape::Other(call(intern!(py, "tolist"))?),
            },
            Kind::ArrayLike => Shape::Other(call(intern!(py, "tolist"))?),
            Kind::Unknown => match default {
                Some(default) => {
                    Shape::Other(default.bind(py).call_objects(&[object.to_owned()], None)?)
                }
                None => return Err(unknown(object)),
            },
        })
    }
}

fn unknown(object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    ConversionError::new(UNKNOWN).of(object)
}

/// The fields of a named tuple, as pairs of name and value; nothing of a tuple without names.
pub fn named<'py>(
    tuple: &Bound<'py, PyTuple>,
) -> Result<Option<Bound<'py, PyList>>, ConversionError> {
    let py = tuple.py();
    if tuple.is_exact_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let Some(names) = tuple.get_type().definition(intern!(py, "_fields"))? else { return Ok(None) };
    let Some(names) = names.try_cast::<PyTuple>().filter(|names| names.len() == tuple.len()) else {
        return Ok(None);
    };
    let entries = PyList::empty(py)?;
    for index in 0..names.len() {
        let pair = PyTuple::from_objects(py, [names.item(index)?, tuple.item(index)?])?;
        entries.append_object(&pair)?;
    }
    Ok(Some(entries))
}

fn exact<'a, 'py, T: convert_core::PyTypeInfo>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Option<Borrowed<'a, 'py, T>> {
    if object.is_exact_instance_of::<T>() { object.try_cast_borrowed() } else { None }
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
