//! [`PyValue`]: a Python object that any serde format can write.

use std::cell::RefCell;

use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::{Leaf, Segment};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq};

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
pub struct PyValue<'a, 'py> {
    object: Borrowed<'a, 'py, PyAny>,
    /// Where an error is noted on the way out; nowhere for the outermost object, which tells of it.
    place: Option<&'a Place>,
}

/// The steps to where an error was, from the innermost out.
#[derive(Default)]
struct Place(RefCell<Vec<Segment>>);

impl<'a, 'py> PyValue<'a, 'py> {
    /// The value of an object.
    pub fn new(object: &'a Bound<'py, PyAny>) -> Self {
        PyValue { object: object.as_borrowed(), place: None }
    }
}

impl Serialize for PyValue<'_, '_> {
    /// # Errors
    /// The format's own; one of the object's, as a text with the place, where it is nothing that serde
    /// can carry, changes while it is read, or is nested too deeply, as an object that contains
    /// itself is.
    #[inline]
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.place {
            Some(place) => value(self.object, place, serializer),
            None => outermost(self.object, serializer),
        }
    }
}

/// Serializes the outermost object: an error gets its place.
fn outermost<S: ser::Serializer>(
    object: Borrowed<'_, '_, PyAny>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let place = Place::default();
    value(object, &place, serializer).map_err(|error| {
        let steps = place.0.take();
        if steps.is_empty() {
            return error;
        }
        let error = ConversionError::custom(error.to_string());
        ser::Error::custom(steps.into_iter().fold(error, ConversionError::inside))
    })
}

#[inline]
fn value<S: ser::Serializer>(
    object: Borrowed<'_, '_, PyAny>,
    place: &Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match Shape::of(object).map_err(ser::Error::custom)? {
        Shape::Str(text) => serializer.serialize_str(&text.to_cow().map_err(ser::Error::custom)?),
        Shape::Int(int) => match int.to_i64() {
            Some(value) => serializer.serialize_i64(value),
            None => large(object, serializer),
        },
        Shape::Float(value) => serializer.serialize_f64(value),
        Shape::Unit => serializer.serialize_unit(),
        Shape::Bool(value) => serializer.serialize_bool(value),
        Shape::Dict(dict) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let mut map = serializer.serialize_map(Some(dict.len()))?;
            // What is written of an int or a str runs no Python code.
            walked(dict.walk_unless_quiet(true, |key, value| entry(&mut map, key, value, place)))?;
            map.end()
        }
        Shape::Entries(entries) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let mut map = serializer.serialize_map(Some(entries.len()))?;
            walked(entries.walk(|_, pair| {
                let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                entry(&mut map, key.as_borrowed(), value.as_borrowed(), place)
            }))?;
            map.end()
        }
        Shape::List(list) => items(&list, place, serializer),
        Shape::Made(list) => items(&list, place, serializer),
        Shape::Tuple(tuple) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            let mut sequence = serializer.serialize_seq(Some(tuple.len()))?;
            walked(tuple.walk(|index, item| element(&mut sequence, index, item, place)))?;
            sequence.end()
        }
        Shape::Bytes(bytes) => serializer.serialize_bytes(&bytes),
        Shape::Text(text) => serializer.serialize_str(&text.to_cow().map_err(ser::Error::custom)?),
        Shape::Other(other) => {
            let _level = StackGuard::enter(object.py()).map_err(ser::Error::custom)?;
            value(other.as_borrowed(), place, serializer)
        }
    }
}

/// An int that does not fit 64 bits.
#[cold]
fn large<S: ser::Serializer>(
    object: Borrowed<'_, '_, PyAny>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let refused = ConversionError::new(
        const { &Leaf::out_of_range(TypeHint::name("int of at most 128 bits")) },
    );
    let int = object.cast::<PyInt>().map_err(ser::Error::custom)?;
    match (int.to_u64(), int.to_i128(), int.to_u128()) {
        (Some(value), ..) => serializer.serialize_u64(value),
        (_, Some(value), _) => serializer.serialize_i128(value),
        (.., Some(value)) => serializer.serialize_u128(value),
        _ => Err(ser::Error::custom(refused.of(object))),
    }
}

fn items<S: ser::Serializer>(
    list: &Bound<'_, PyList>,
    place: &Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let _level = StackGuard::enter(list.py()).map_err(ser::Error::custom)?;
    let mut sequence = serializer.serialize_seq(Some(list.len()))?;
    walked(list.walk(|index, item| element(&mut sequence, index, item, place)))?;
    sequence.end()
}

#[inline]
fn element<Q: SerializeSeq>(
    sequence: &mut Q,
    index: usize,
    item: Borrowed<'_, '_, PyAny>,
    place: &Place,
) -> Result<(), Stop<Q::Error>> {
    sequence
        .serialize_element(&PyValue { object: item, place: Some(place) })
        .map_err(|error| noted(error, place, Segment::index(index)))
}

#[inline]
fn entry<M: SerializeMap>(
    map: &mut M,
    key: Borrowed<'_, '_, PyAny>,
    value: Borrowed<'_, '_, PyAny>,
    place: &Place,
) -> Result<(), Stop<M::Error>> {
    map.serialize_key(&PyValue { object: key, place: Some(place) }).map_err(|error| {
        place.0.borrow_mut().push(Segment::in_key());
        noted(error, place, Segment::key(&key))
    })?;
    map.serialize_value(&PyValue { object: value, place: Some(place) })
        .map_err(|error| noted(error, place, Segment::key(&key)))
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
    place.0.borrow_mut().push(step);
    Stop::Format(error)
}

#[inline]
fn walked<E: ser::Error>(result: Result<(), Stop<E>>) -> Result<(), E> {
    result.map_err(|stop| match stop {
        Stop::Format(error) => error,
        Stop::Container(error) => E::custom(error),
    })
}
