//! `#[serde(with = "serde_py::native")]`: fields that stay native Python objects.
//!
//! In a Python object the field is what `IntoPy` makes of it and `FromPyObject` reads: a `Duration`
//! is a `timedelta`. In every other format it has its own serde form.
//!
//! ```
//! use convert_core::prelude::*;
//! use serde::{Deserialize, Serialize};
//! use std::time::Duration;
//!
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! struct Job {
//!     #[serde(with = "serde_py::native")]
//!     timeout: Duration,
//! }
//!
//! # Python::initialize();
//! Python::attach(|py| {
//!     let job = Job { timeout: Duration::from_millis(1500) };
//!     let object = serde_py::to_object(py, &job)?;
//!     assert_eq!(object.to_string(), "{'timeout': datetime.timedelta(seconds=1, microseconds=500000)}");
//!     assert_eq!(serde_py::from_object::<Job>(&object)?, job);
//!     let text = serde_json::to_string(&job).unwrap();
//!     assert_eq!(text, r#"{"timeout":{"secs":1,"nanos":500000000}}"#);
//!     assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job);
//!     PyResult::Ok(())
//! })
//! .unwrap();
//! ```
//!
//! Where serde itself reads a tree of values first (`flatten`, untagged and internally tagged
//! enums), the functions of this crate find the object again by the text that stands for it (dates,
//! times, `timedelta`, `Decimal`, `UUID`, paths, addresses), also within lists and dicts. Such a
//! field may be in its own serde form there, too, which is all that a
//! [`Deserializer`](crate::Deserializer) alone reads.
//!
//! serde has no way to ask whose serializer it is. So the field is given as a newtype of a name
//! that only this crate's own look for; they leave word on the thread, and the field answers there.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use convert_core::prelude::*;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Visitor};
use serde::ser::{self, Serialize, Serializer};

use crate::buffered;
use crate::error::{Error, Result};
use crate::setting::{Lend, Setting};

/// The name of the newtype.
pub(crate) const NAME: &str = "$serde_py::native";

/// What this crate and a field say to each other, each time taken at once by the other.
enum Word {
    /// To a field that is to be written: make an object.
    Make,
    /// From a field that was written.
    Made(std::result::Result<Py<PyAny>, ConversionError>),
    /// To a field that is to be read: from this object.
    Read(Py<PyAny>),
    /// From a field that could not be read.
    Refused(ConversionError),
}

thread_local! {
    static WORD: RefCell<Option<Word>> = const { RefCell::new(None) };
}

fn say(word: Word) {
    WORD.with(|slot| slot.replace(Some(word)));
}

fn hear() -> Option<Word> {
    WORD.with(RefCell::take)
}

/// Writes a field: by `IntoPy` into a Python object, by its own `Serialize` into anything else.
///
/// # Errors
/// The serializer's own; that of the conversion.
pub fn serialize<T, S: Serializer>(value: &T, serializer: S) -> std::result::Result<S::Ok, S::Error>
where
    T: Serialize + Clone + for<'py> IntoPy<'py>,
{
    serializer.serialize_newtype_struct(NAME, &Field(value))
}

struct Field<'a, T>(&'a T);

impl<T> Serialize for Field<'_, T>
where
    T: Serialize + Clone + for<'py> IntoPy<'py>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match hear() {
            Some(Word::Make) => {
                say(Word::Made(Python::attach(|py| {
                    Ok(self.0.clone().into_py(py)?.into_any().unbind())
                })));
                Err(ser::Error::custom("the object is left on the thread"))
            }
            _ => self.0.serialize(serializer),
        }
    }
}

/// The object that a field becomes, given as a newtype of that name.
pub(crate) fn made<'py, T: Serialize + ?Sized, S: Setting>(
    serializer: crate::Serializer<'py, S>,
    field: &T,
) -> Result<Bound<'py, PyAny>> {
    let py = serializer.py();
    say(Word::Make);
    let served = field.serialize(serializer);
    match (hear(), served) {
        (Some(Word::Made(object)), _) => Ok(object?.into_bound(py)),
        // Somebody else's newtype of that name.
        (_, served) => served,
    }
}

/// Reads a field: by `FromPyObject` from a Python object, by its own `Deserialize` from anything
/// else.
///
/// # Errors
/// The deserializer's own; that of the conversion.
pub fn deserialize<'de, T, D>(deserializer: D) -> std::result::Result<T, D::Error>
where
    T: Deserialize<'de> + for<'a, 'py> FromPyObject<'a, 'py>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(NAME, FieldVisitor(PhantomData))
}

struct FieldVisitor<T>(PhantomData<T>);

impl<'de, T> Visitor<'de> for FieldVisitor<T>
where
    T: Deserialize<'de> + for<'a, 'py> FromPyObject<'a, 'py>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", <T as FromPyObject<'_, '_>>::EXPECTED)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<T, D::Error> {
        let Some(Word::Read(object)) = hear() else {
            if buffered::reads_tree::<D>() && buffered::any_remembered() {
                return Python::attach(|py| read_tree(py, deserializer));
            }
            return T::deserialize(deserializer);
        };
        Python::attach(|py| object.bind(py).extract::<T>()).map_err(|error| {
            let text = error.to_string();
            say(Word::Refused(error));
            de::Error::custom(text)
        })
    }
}

/// The value of a field that reads a part of serde's own tree, made of an object. It may be native
/// there as well, or in its own form.
fn read_tree<'de, T, D: Deserializer<'de>>(
    py: Python<'_>,
    deserializer: D,
) -> std::result::Result<T, D::Error>
where
    T: Deserialize<'de> + for<'a, 'py> FromPyObject<'a, 'py>,
{
    let object = crate::PyObjectSeed::new(py).deserialize(deserializer)?;
    let object = buffered::restored(object.as_borrowed()).map_err(de::Error::custom)?;
    object.extract::<T>().or_else(|error| {
        T::deserialize(crate::Deserializer::new(&object)).map_err(|_| de::Error::custom(error))
    })
}

/// The value of a field that reads this object.
pub(crate) fn read<'de, V: Visitor<'de>, S: Lend<'de>>(
    deserializer: crate::Deserializer<'_, '_, S>,
    visitor: V,
) -> Result<V::Value> {
    say(Word::Read(deserializer.object().to_owned().unbind()));
    let value = visitor.visit_newtype_struct(deserializer);
    match hear() {
        Some(Word::Refused(error)) => Err(Error(error)),
        _ => value,
    }
}
