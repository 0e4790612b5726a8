//! `serde_json`.
//!
//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Value` | `None`, `bool`, `int`, `float`, `str`, `list`, `dict` | subclasses, `tuple`, any `Mapping` | as below |
//! | `Map<String, Value>` | `dict` | any `Mapping`, through its `items()` | the order of the keys, unless `serde_json`'s feature `preserve_order` is on |
//! | `Number` | `int`, `float` | subclasses (not `bool`) | none; into Python digits that a float has no room for, where `serde_json`'s feature `arbitrary_precision` keeps them |
//!
//! What JSON has no way to write is refused: NaN and the infinities, keys that are no `str`
//! (`json.dumps` would make texts of some), and ints beyond 64 bits (with `arbitrary_precision`
//! beyond 128).

use convert_ffi::container::{self, Reading, Writing, Wrong, no_memory};
use convert_ffi::stack::StackGuard;
use convert_ffi::types::{
    ListBuilder, PyAny, PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple,
};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, PyTypeInfo, Python, Segment, TypeHint};
use serde_json::{Map, Number, Value};

const STR: TypeHint = TypeHint::name("str");
const INT: TypeHint = TypeHint::name("int");
const FLOAT: TypeHint = TypeHint::name("float");
const NUMBER: TypeHint = TypeHint::union(&[INT, FLOAT]);
const VALUE: TypeHint = TypeHint::union(&[
    TypeHint::name("None"),
    TypeHint::name("bool"),
    INT,
    FLOAT,
    STR,
    TypeHint::name("list"),
    TypeHint::name("dict"),
]);
const MAP: TypeHint = TypeHint::generic("dict", &[STR, VALUE]);

#[inline(always)]
fn wrong_type(expected: &'static Leaf) -> ConversionError {
    ConversionError::new(expected)
}

/// `Value` as what `json.loads` gives.
pub mod value {
    use super::*;

    /// What it is depends on the value.
    pub type Target = PyAny;
    /// What `json.dumps` takes.
    pub const EXPECTED: TypeHint = VALUE;
    /// What `json.loads` gives.
    pub const PRODUCES: TypeHint = VALUE;

    /// From what `json.dumps` takes, or any `Mapping`.
    ///
    /// # Errors
    /// All that has no place in JSON, each with its path.
    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Value, ConversionError> {
        read_value::<false>(object.as_borrowed())
    }

    /// From exactly what `json.loads` gives.
    ///
    /// # Errors
    /// As [`from_py`].
    pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<Value, ConversionError> {
        read_value::<true>(object.as_borrowed())
    }

    /// Makes what `json.loads` would give.
    ///
    /// # Errors
    /// `MemoryError`, or `RecursionError` for a value that is nested too deeply.
    pub fn into_py<'py>(
        value: &Value,
        py: Python<'py>,
    ) -> Result<Bound<'py, PyAny>, ConversionError> {
        match value {
            Value::Null => Ok(py.none().to_owned().into_any()),
            Value::Bool(value) => Ok(PyBool::new(py, *value).to_owned().into_any()),
            Value::Number(number) => super::number::into_py(number, py),
            Value::String(text) => Ok(PyString::new(py, text)?.into_any()),
            Value::Array(values) => {
                let _level = StackGuard::enter(py)?;
                let mut list = ListBuilder::new(py, values.len())?;
                list.push_each(values.iter(), |index, value| {
                    into_py(value, py).map_err(|error| error.inside(Segment::index(index)))
                })?;
                Ok(list.finish().into_any())
            }
            Value::Object(map) => super::map::into_py(map, py).map(Bound::into_any),
        }
    }
}

/// `Map<String, Value>` as `dict`.
pub mod map {
    use super::*;

    /// `dict`.
    pub type Target = PyDict;
    /// `dict[str, …]`.
    pub const EXPECTED: TypeHint = MAP;
    /// `dict[str, …]`.
    pub const PRODUCES: TypeHint = MAP;

    /// From a dict, or any `Mapping`.
    ///
    /// # Errors
    /// All that has no place in JSON, each with its path.
    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Map<String, Value>, ConversionError> {
        read_map::<false>(object.as_borrowed())
    }

    /// From an exact dict.
    ///
    /// # Errors
    /// As [`from_py`].
    pub fn from_py_strict(
        object: &Bound<'_, PyAny>,
    ) -> Result<Map<String, Value>, ConversionError> {
        read_map::<true>(object.as_borrowed())
    }

    /// Makes a dict, in the order of the map.
    ///
    /// # Errors
    /// As for a [`value`].
    pub fn into_py<'py>(
        map: &Map<String, Value>,
        py: Python<'py>,
    ) -> Result<Bound<'py, PyDict>, ConversionError> {
        container::entries_into_py(
            map.iter(),
            Writing { is_shallow: false, keeps_distinct: true },
            py,
            |key| Ok(PyString::new(py, key)?.into_any()),
            |value| super::value::into_py(value, py),
        )
    }
}

/// `Number` as `int` or `float`.
pub mod number {
    use super::*;

    /// `int` or `float`.
    pub type Target = PyAny;
    /// `int | float`.
    pub const EXPECTED: TypeHint = NUMBER;
    /// `int | float`.
    pub const PRODUCES: TypeHint = NUMBER;

    /// From an int or a float.
    ///
    /// # Errors
    /// A `TypeError` for anything else, a bool too; an `OverflowError` for an int beyond 64 bits; a
    /// `ValueError` for NaN and the infinities.
    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<Number, ConversionError> {
        let number = match PyBool::read(object) {
            None => read_number::<false>(object),
            Some(_) => None,
        };
        number.unwrap_or_else(|| Err(wrong_type(const { &Leaf::wrong_type(NUMBER) })))
    }

    /// From an exact int or float.
    ///
    /// # Errors
    /// As [`from_py`].
    pub fn from_py_strict(object: &Bound<'_, PyAny>) -> Result<Number, ConversionError> {
        let number = read_number::<true>(object);
        number.unwrap_or_else(|| Err(wrong_type(const { &Leaf::wrong_type(NUMBER) })))
    }

    /// Makes an int or a float.
    ///
    /// # Errors
    /// `MemoryError`; an `OverflowError` for a number that no float is near to.
    pub fn into_py<'py>(
        number: &Number,
        py: Python<'py>,
    ) -> Result<Bound<'py, PyAny>, ConversionError> {
        if let Some(int) = number.as_i64() {
            Ok(PyInt::from_i64(py, int)?.into_any())
        } else if let Some(int) = number.as_u64() {
            Ok(PyInt::from_u64(py, int)?.into_any())
        } else {
            other_into_py(number, py)
        }
    }
}

/// A float; or an int of more than 64 bits, which there is with `arbitrary_precision`.
fn other_into_py<'py>(
    number: &Number,
    py: Python<'py>,
) -> Result<Bound<'py, PyAny>, ConversionError> {
    if !number.is_f64() {
        let text = PyString::new(py, &number.to_string())?.into_any();
        return Ok(PyInt::type_object(py).call_objects(&[text], None)?);
    }
    match number.as_f64() {
        Some(float) => Ok(PyFloat::new(py, float)?.into_any()),
        None => Err(ConversionError::new(
            const { &Leaf::out_of_range(TypeHint::name("a number in the range of float")) },
        )),
    }
}

/// The object as one of the type `P`, strictly of no subclass.
#[inline(always)]
fn cast<'a, 'py, P: PyTypeInfo, const STRICT: bool>(
    object: &'a Bound<'py, PyAny>,
) -> Option<&'a Bound<'py, P>> {
    if STRICT { object.try_cast_exact::<P>() } else { object.try_cast::<P>() }
}

fn read_value<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<Value, ConversionError> {
    if let Some(text) = cast::<PyString, STRICT>(&object) {
        return Ok(Value::String(text.to_text_owned()?));
    }
    if let Some(value) = PyBool::read(&object) {
        return Ok(Value::Bool(value));
    }
    if let Some(number) = read_number::<STRICT>(&object) {
        return number.map(Value::Number);
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Some(list) = cast::<PyList, STRICT>(&object) {
        return Items::read(list.len(), object.py(), |items| {
            list.walk(|index, item| items.add::<STRICT>(index, item))
        });
    }
    if cast::<PyDict, STRICT>(&object).is_some() {
        return read_map::<STRICT>(object).map(Value::Object);
    }
    if !STRICT && let Some(tuple) = object.try_cast::<PyTuple>() {
        return Items::read(tuple.len(), object.py(), |items| {
            tuple.walk(|index, item| items.add::<STRICT>(index, item))
        });
    }
    if !STRICT && object.is_mapping() && PyMapping::check(&object)? {
        return read_map::<STRICT>(object).map(Value::Object);
    }
    Err(wrong_type(const { &Leaf::wrong_type(VALUE) }))
}

/// The items of a list or a tuple that were read so far, and what is wrong with others.
struct Items {
    values: Vec<Value>,
    wrong: Wrong,
}

impl Items {
    fn read(
        length: usize,
        py: Python<'_>,
        walk: impl FnOnce(&mut Items) -> Result<(), ConversionError>,
    ) -> Result<Value, ConversionError> {
        let _level = StackGuard::enter(py)?;
        let mut items = Items { values: Vec::new(), wrong: Wrong::default() };
        items.values.try_reserve_exact(length).map_err(|_| no_memory())?;
        walk(&mut items)?;
        items.wrong.or(Value::Array(items.values))
    }

    fn add<const STRICT: bool>(
        &mut self,
        index: usize,
        item: Borrowed<'_, '_, PyAny>,
    ) -> Result<(), ConversionError> {
        match read_value::<STRICT>(item) {
            Ok(value) => {
                self.values.push(value);
                Ok(())
            }
            Err(error) => self.wrong.add(error.at(Segment::index(index), item)),
        }
    }
}

fn read_map<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<Map<String, Value>, ConversionError> {
    let mut map = Map::new();
    container::read_entries(
        object,
        Reading {
            is_strict: STRICT,
            is_shallow: false,
            wrong_type: || wrong_type(const { &Leaf::wrong_type(MAP) }),
        },
        |key| match cast::<PyString, STRICT>(&key) {
            Some(text) => text.to_text_owned(),
            None => Err(wrong_type(const { &Leaf::wrong_type(STR) })),
        },
        read_value::<STRICT>,
        |key, value| map.insert(key, value).is_none(),
    )?;
    Ok(map)
}

/// An int or a float; `None` where it is neither.
#[inline]
fn read_number<const STRICT: bool>(
    object: &Bound<'_, PyAny>,
) -> Option<Result<Number, ConversionError>> {
    if let Some(int) = cast::<PyInt, STRICT>(object) {
        return Some(match int.to_i64() {
            Some(value) => Ok(value.into()),
            None => read_large(int),
        });
    }
    let float = cast::<PyFloat, STRICT>(object)?;
    Some(Number::from_f64(float.value()).ok_or_else(|| {
        ConversionError::new(const { &Leaf::wrong_value(TypeHint::name("a finite float")) })
    }))
}

/// An int of more than 63 bits.
#[cold]
fn read_large(int: &Bound<'_, PyInt>) -> Result<Number, ConversionError> {
    if let Some(value) = int.to_u64() {
        return Ok(value.into());
    }
    let number = int.to_i128().and_then(Number::from_i128);
    number.ok_or_else(|| {
        ConversionError::new(
            const { &Leaf::out_of_range(TypeHint::name("int that fits a JSON number")) },
        )
    })
}
