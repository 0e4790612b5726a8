//! [`PyValue`]: a Python object that any serde format can write.

use std::cell::{Cell, RefCell};

use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::{Leaf, Segment};
use convert_ffi::types::{Number, Numbers};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq};

use crate::Options;
use crate::error::placed;
use crate::setting::{Plain, Setting};
use crate::shape::Shape;

/// A Python object as a value that any serde format can write, read where it lies.
///
/// What the object becomes is the table of `shape.rs`: [`crate`] lists the files.
///
/// ```
/// # use convert_core::prelude::*;
/// # Python::initialize();
/// Python::attach(|py| {
///     let object = py.eval(c"{'x': [1, 2.5, None]}", None, None).unwrap();
///     let text = serde_json::to_string(&serde_py::PyValue::new(&object)).unwrap();
///     assert_eq!(text, r#"{"x":[1,2.5,null]}"#);
///     let wrong = py.eval(c"{'x': [1, object()]}", None, None).unwrap();
///     let error = serde_json::to_string(&serde_py::PyValue::new(&wrong)).unwrap_err();
///     assert_eq!(error.to_string(), r#"["x"][1]: expected what serde can carry, got object"#);
/// });
/// ```
#[derive(Clone, Copy)]
pub struct PyValue<'a, 'py, C = Plain>(Borrowed<'a, 'py, PyAny>, C);

/// The value of a dict's entry. All of an entry is written in one function: a call for the key and
/// one for the value take a tenth of the time.
struct Inner<'a, 'py, C>(Borrowed<'a, 'py, PyAny>, Way<'a, C>);

/// An item of a list: one call for each takes less time than a longer loop; what takes a call
/// anyhow, or next to nothing, needs no other.
struct Item<'a, 'py, C>(Borrowed<'a, 'py, PyAny>, Way<'a, C>);

/// What is anywhere else.
struct Apart<'a, 'py, C>(Borrowed<'a, 'py, PyAny>, Way<'a, C>);

/// The way to an object: where an error is noted on the way out, and what it is written by.
#[derive(Clone, Copy)]
struct Way<'a, C> {
    place: &'a Place,
    setting: C,
}

impl<C: Setting> Way<'_, C> {
    /// The way into a container.
    #[inline(always)]
    fn deeper<E: ser::Error>(self) -> Result<Self, E> {
        Ok(Way { setting: self.setting.deeper().map_err(E::custom)?, ..self })
    }
}

/// What is known of the way to an object.
#[derive(Default)]
struct Place {
    /// The steps to where an error was, from the innermost out.
    steps: RefCell<Vec<Segment>>,
    /// Whether Python code may have run: not while objects of Python's own types are written.
    may_have_run: Cell<bool>,
}

impl<'a, 'py> PyValue<'a, 'py> {
    /// The value of an object.
    pub fn new(object: &'a Bound<'py, PyAny>) -> Self {
        PyValue::with(object, Plain)
    }
}

impl<'a, 'py, C: Setting> PyValue<'a, 'py, C> {
    pub(crate) fn with(object: &'a Bound<'py, PyAny>, setting: C) -> Self {
        PyValue(object.as_borrowed(), setting)
    }
}

impl<C: Setting> Serialize for PyValue<'_, '_, C> {
    /// # Errors
    /// The format's own; one of the object's, as a text with the place, where it is nothing that
    /// serde can carry, changes while it is read, or is nested too deeply, as an object that
    /// contains itself is.
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = Place::default();
        value(self.0, Way { place: &place, setting: self.1 }, serializer)
            .map_err(|error| placed(error, place.steps.take(), ser::Error::custom))
    }
}

impl<C: Setting> Serialize for Inner<'_, '_, C> {
    #[inline(always)]
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        value(self.0, self.1, serializer)
    }
}

impl<C: Setting> Serialize for Item<'_, '_, C> {
    #[inline(always)]
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Item(object, way) = *self;
        if let Some(list) = object.try_cast_exact::<PyList>() {
            return list_value(list, way, serializer);
        }
        if let Some(dict) = object.try_cast_exact::<PyDict>() {
            return entries(dict, way, serializer);
        }
        if object.is_none() {
            return serializer.serialize_unit();
        }
        if let Some(text) = object.try_cast_exact::<PyString>() {
            return text_apart(text, serializer);
        }
        if let Some(int) = object.try_cast_exact::<PyInt>() {
            return int_apart(int, way, serializer);
        }
        if let Some(float) = object.try_cast_exact::<PyFloat>() {
            return float_apart(float.value(), way, serializer);
        }
        Apart(object, way).serialize(serializer)
    }
}

// Each by itself, as a call of one function for all of them saves the registers of all.

#[inline(never)]
fn text_apart<S: ser::Serializer>(
    text: &Bound<'_, PyString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    written(text, serializer)
}

#[inline(never)]
fn int_apart<S: ser::Serializer, C: Setting>(
    int: &Bound<'_, PyInt>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    written_int(int, way.setting.options(), serializer)
}

#[inline(never)]
fn float_apart<S: ser::Serializer, C: Setting>(
    value: f64,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    written_float(value, way.setting.options(), serializer)
}

impl<C: Setting> Serialize for Apart<'_, '_, C> {
    #[inline(never)]
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        value(self.0, self.1, serializer)
    }
}

#[inline(always)]
fn value<S: ser::Serializer, C: Setting>(
    object: Borrowed<'_, '_, PyAny>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let Some(text) = object.try_cast_exact::<PyString>() {
        return written(text, serializer);
    }
    if let Some(int) = object.try_cast_exact::<PyInt>() {
        return written_int(int, way.setting.options(), serializer);
    }
    if let Some(value) = PyBool::read(&object) {
        return serializer.serialize_bool(value);
    }
    if object.is_none() {
        return serializer.serialize_unit();
    }
    if let Some(float) = object.try_cast_exact::<PyFloat>() {
        return written_float(float.value(), way.setting.options(), serializer);
    }
    if let Some(dict) = object.try_cast_exact::<PyDict>() {
        return entries(dict, way, serializer);
    }
    if let Some(list) = object.try_cast_exact::<PyList>() {
        return list_value(list, way, serializer);
    }
    other(object, way, serializer)
}

#[inline(always)]
fn written<S: ser::Serializer>(
    text: &Bound<'_, PyString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    text.with_text(|text| serializer.serialize_str(text)).map_err(ser::Error::custom)?
}

#[inline(always)]
fn written_int<S: ser::Serializer>(
    int: &Bound<'_, PyInt>,
    options: &Options<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match int.to_i64() {
        Some(value) => serializer.serialize_i64(value),
        None => large(int, options, serializer),
    }
}

#[inline(always)]
fn written_float<S: ser::Serializer>(
    value: f64,
    options: &Options<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match options.is_none(value) {
        Ok(false) => serializer.serialize_f64(value),
        Ok(true) => serializer.serialize_none(),
        Err(error) => Err(ser::Error::custom(error)),
    }
}

/// What is not of the commonest types.
#[inline(never)]
fn other<S: ser::Serializer, C: Setting>(
    object: Borrowed<'_, '_, PyAny>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    way.place.may_have_run.set(true);
    match Shape::<Numbers>::of(object, way.setting.options()).map_err(ser::Error::custom)? {
        Shape::Str(text) => written(&text, serializer),
        Shape::Text(text) => written(&text, serializer),
        Shape::Int(int) => written_int(&int, way.setting.options(), serializer),
        Shape::Float(value) => written_float(value, way.setting.options(), serializer),
        Shape::Unit => serializer.serialize_unit(),
        Shape::Bool(value) => serializer.serialize_bool(value),
        Shape::Dict(dict) => entries(&dict, way, serializer),
        Shape::Entries(pairs) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let way = way.deeper()?;
            let mut map = serializer.serialize_map(Some(pairs.len()))?;
            walked(pairs.walk(|_, pair| {
                let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                let (key, value) = (key.as_borrowed(), value.as_borrowed());
                other_key(&mut map, key, way)
                    .map_err(|error| noted_in_key(error, way.place, &key))?;
                map.serialize_value(&Apart(value, way))
                    .map_err(|error| noted(error, way.place, Segment::key(&key)))
            }))?;
            map.end()
        }
        Shape::List(list) => list_value(&list, way, serializer),
        Shape::Made(list) => list_value(&list, way, serializer),
        Shape::Tuple(tuple) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let way = way.deeper()?;
            let mut sequence = serializer.serialize_seq(Some(tuple.len()))?;
            walked(
                tuple.walk(|index, item| element(&mut sequence, index, &Apart(item, way), way)),
            )?;
            sequence.end()
        }
        Shape::Bytes(bytes) => serializer.serialize_bytes(&bytes),
        Shape::Numbers(numbers) => {
            Numbered { numbers: &numbers, depth: 0, first: 0, way }.serialize(serializer)
        }
        Shape::Other(other) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let way = way.deeper()?;
            value(other.as_borrowed(), way, serializer)
        }
    }
}

/// A list, of which an empty one needs no call.
#[inline(always)]
fn list_value<S: ser::Serializer, C: Setting>(
    list: &Bound<'_, PyList>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if list.is_empty() {
        way.deeper()?;
        return serializer.serialize_seq(Some(0))?.end();
    }
    items(list, way, serializer)
}

#[inline(never)]
fn entries<S: ser::Serializer, C: Setting>(
    dict: &Bound<'_, PyDict>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let _level = StackGuard::enter(dict.py()).map_err(ser::Error::custom)?;
    let way = way.deeper()?;
    let mut map = serializer.serialize_map(Some(dict.len()))?;
    walked(dict.walk_told(|key, value| {
        entry(&mut map, key, value, way)?;
        Ok(!way.place.may_have_run.get())
    }))?;
    map.end()
}

/// What an array has at one index in each of the first dimensions: a number, or rows of them.
struct Numbered<'a, C> {
    numbers: &'a Numbers,
    /// In how many dimensions.
    depth: usize,
    /// Where its first number is.
    first: usize,
    way: Way<'a, C>,
}

impl<C: Setting> Serialize for Numbered<'_, C> {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((&length, inner)) = self.numbers.shape()[self.depth..].split_first() else {
            return match self.numbers.get(self.first) {
                Some(Number::Bool(value)) => serializer.serialize_bool(value),
                Some(Number::Signed(value)) => serializer.serialize_i64(value),
                Some(Number::Unsigned(value)) => serializer.serialize_u64(value),
                Some(Number::Float(value)) => {
                    written_float(value, self.way.setting.options(), serializer)
                }
                None => Err(ser::Error::custom("an array has fewer items than its shape says")),
            };
        };
        // Where a dimension is empty, no number is asked for, however large the others are.
        let step = inner.iter().fold(1, |step: usize, &length| step.wrapping_mul(length));
        let way = self.way.deeper()?;
        let mut sequence = serializer.serialize_seq(Some(length))?;
        for index in 0..length {
            let first = self.first.wrapping_add(index.wrapping_mul(step));
            let row = Numbered { depth: self.depth + 1, first, way, ..*self };
            let written = sequence.serialize_element(&row);
            walked(written.map_err(|error| noted(error, self.way.place, Segment::index(index))))?;
        }
        sequence.end()
    }
}

/// An int that does not fit 64 bits.
#[cold]
fn large<S: ser::Serializer>(
    int: &Bound<'_, PyInt>,
    options: &Options<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    const REFUSED: &Leaf = &Leaf::out_of_range(TypeHint::name("int of at most 128 bits"));
    if let Some(value) = int.to_u64() {
        return serializer.serialize_u64(value);
    }
    if let Some(text) = options.wide_text(int).map_err(ser::Error::custom)? {
        return written(&text, serializer);
    }
    match (int.to_i128(), int.to_u128()) {
        (Some(value), _) => serializer.serialize_i128(value),
        (_, Some(value)) => serializer.serialize_u128(value),
        _ => Err(ser::Error::custom(ConversionError::new(REFUSED).of(int.as_any().as_borrowed()))),
    }
}

#[inline(never)]
fn items<S: ser::Serializer, C: Setting>(
    list: &Bound<'_, PyList>,
    way: Way<'_, C>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let _level = StackGuard::enter(list.py()).map_err(ser::Error::custom)?;
    let way = way.deeper()?;
    let mut sequence = serializer.serialize_seq(Some(list.len()))?;
    walked(list.walk(|index, item| element(&mut sequence, index, &Item(item, way), way)))?;
    sequence.end()
}

#[inline]
fn element<Q: SerializeSeq, C: Setting>(
    sequence: &mut Q,
    index: usize,
    item: &impl Serialize,
    way: Way<'_, C>,
) -> Result<(), Stop<Q::Error>> {
    sequence.serialize_element(item).map_err(|error| noted(error, way.place, Segment::index(index)))
}

/// A key, which may be no str.
#[inline(never)]
fn other_key<M: SerializeMap, C: Setting>(
    map: &mut M,
    key: Borrowed<'_, '_, PyAny>,
    way: Way<'_, C>,
) -> Result<(), M::Error> {
    match way.setting.options().key_text(&key).map_err(ser::Error::custom)? {
        Some(text) => {
            way.place.may_have_run.set(true);
            map.serialize_key(&Apart(text.as_any().as_borrowed(), way))
        }
        None => map.serialize_key(&Apart(key, way)),
    }
}

#[inline(always)]
fn entry<M: SerializeMap, C: Setting>(
    map: &mut M,
    key: Borrowed<'_, '_, PyAny>,
    value: Borrowed<'_, '_, PyAny>,
    way: Way<'_, C>,
) -> Result<(), Stop<M::Error>> {
    let text = key.try_cast_exact::<PyString>();
    let written = match text.map(|text| text.with_text(|text| map.serialize_key(text))) {
        Some(Ok(written)) => written,
        _ => other_key(map, key, way),
    };
    written.map_err(|error| noted_in_key(error, way.place, &key))?;
    map.serialize_value(&Inner(value, way))
        .map_err(|error| noted(error, way.place, Segment::key(&key)))
}

/// Why a walk over a container ended.
enum Stop<E> {
    /// The format, or what is inside.
    Format(E),
    /// The container itself.
    Container(ConversionError),
}

impl<E> From<ConversionError> for Stop<E> {
    fn from(error: ConversionError) -> Self {
        Stop::Container(error)
    }
}

#[cold]
fn noted<E>(error: E, place: &Place, step: Segment) -> Stop<E> {
    place.steps.borrow_mut().push(step);
    Stop::Format(error)
}

#[cold]
fn noted_in_key<E>(error: E, place: &Place, key: &Bound<'_, PyAny>) -> Stop<E> {
    place.steps.borrow_mut().push(Segment::in_key());
    noted(error, place, Segment::key(key))
}

#[inline]
fn walked<E: ser::Error>(result: Result<(), Stop<E>>) -> Result<(), E> {
    result.map_err(|stop| match stop {
        Stop::Format(error) => error,
        Stop::Container(error) => E::custom(error),
    })
}
