//! [`Options`]: what a conversion does where there is more than one way.

use convert_core::Leaf;
use convert_core::prelude::*;
use convert_core::types::{PyBool, PyFloat, PyInt, PyString};
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned};

use crate::buffered::remembering;
use crate::setting::{Chosen, Kept};
use crate::{Arena, Deserializer, Error, PyValue, Serializer};

/// How a variant that holds something looks in Python, if its type does not say so itself
/// (`#[serde(tag = …)]`, `#[serde(untagged)]`). A unit variant is its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Enums<'o> {
    /// `{"Name": content}`.
    #[default]
    Keyed,
    /// `("Name", content)`; a list of the two is read as well.
    Paired,
    /// A dict with a key for the name and one for the content; a unit variant is one without
    /// content.
    Tagged {
        /// The key of the name.
        tag: &'o str,
        /// The key of the content.
        content: &'o str,
    },
}

/// What `()` and unit structs are in Python.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// `None`.
    #[default]
    None,
    /// `()`; `None` is read as well.
    Tuple,
}

/// What happens to floats that are not finite: infinities and NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NonFinite {
    /// They are carried as they are. Many formats have no word for them: `serde_json` writes
    /// `null`.
    #[default]
    Float,
    /// They become `None`.
    None,
    /// They are an error.
    Refused,
}

/// What happens to keys of maps that are no text, in objects that are made or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keys {
    /// They are carried as they are; the format may refuse them.
    #[default]
    Any,
    /// `None`, bools, ints and floats become text as in Python's `json.dumps`; anything else is an
    /// error.
    Text,
    /// They are an error.
    Refused,
}

/// What happens to ints beyond 64 bits, in objects that are made or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wide {
    /// They are carried, to 128 bits; the format may refuse them.
    #[default]
    Int,
    /// They become decimal text, however many bits they have. What is read from an object stays an
    /// int to 128 bits, and is text beyond.
    Text,
    /// They are an error.
    Refused,
}

/// What a conversion does where there is more than one way; the default is what the functions of
/// this crate do without it, and what each option says first.
///
/// ```
/// use convert_core::prelude::*;
/// use serde_py::{Enums, NonFinite, Options};
///
/// const STRICT: Options = Options::new().enums(Enums::Paired).non_finite(NonFinite::Refused);
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let object = STRICT.to_object(py, &Ok::<i64, ()>(1))?;
///     assert_eq!(object.to_string(), "('Ok', 1)");
///     assert_eq!(STRICT.from_object::<Result<i64, ()>>(&object)?, Ok(1));
///     let error = STRICT.to_object(py, &[1.0, f64::NAN]).unwrap_err();
///     assert_eq!(error.to_string(), "[1]: expected finite float, got nan");
///     PyResult::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    pub(crate) enums: Enums<'o>,
    pub(crate) unit: Unit,
    pub(crate) classes: Option<&'o Py<PyDict>>,
    pub(crate) maps: Option<&'o Py<PyAny>>,
    pub(crate) default: Option<&'o Py<PyAny>>,
    pub(crate) wide: Wide,
    pub(crate) non_finite: NonFinite,
    pub(crate) keys: Keys,
    pub(crate) human_readable: bool,
    pub(crate) depth: usize,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options::new()
    }
}

impl<'o> Options<'o> {
    /// The default of each.
    pub const fn new() -> Self {
        Options {
            enums: Enums::Keyed,
            unit: Unit::None,
            classes: None,
            maps: None,
            default: None,
            wide: Wide::Int,
            non_finite: NonFinite::Float,
            keys: Keys::Any,
            human_readable: true,
            depth: usize::MAX,
        }
    }

    /// How variants look in Python.
    pub const fn enums(self, enums: Enums<'o>) -> Self {
        Options { enums, ..self }
    }

    /// What `()` is in Python.
    pub const fn unit(self, unit: Unit) -> Self {
        Options { unit, ..self }
    }

    /// Classes for structs that are made: by the struct's name as serde knows it, what is called
    /// with its fields as keywords, as a dataclass may be. A struct that is not there becomes a
    /// dict.
    pub const fn classes(self, classes: &'o Py<PyDict>) -> Self {
        Options { classes: Some(classes), ..self }
    }

    /// What is called with the dict that a map was made to, as `types.MappingProxyType` may be.
    pub const fn maps(self, maps: &'o Py<PyAny>) -> Self {
        Options { maps: Some(maps), ..self }
    }

    /// What is called with an object that serde cannot carry, and returns another one for it, as
    /// `default` in Python's `json.dumps`.
    pub const fn default_of(self, default: &'o Py<PyAny>) -> Self {
        Options { default: Some(default), ..self }
    }

    /// What happens to ints beyond 64 bits.
    pub const fn wide(self, wide: Wide) -> Self {
        Options { wide, ..self }
    }

    /// What happens to infinities and NaN.
    pub const fn non_finite(self, non_finite: NonFinite) -> Self {
        Options { non_finite, ..self }
    }

    /// What happens to keys that are no text.
    pub const fn keys(self, keys: Keys) -> Self {
        Options { keys, ..self }
    }

    /// Whether types have the form they show to people, as `IpAddr` does; they have unless this
    /// says no. A [`PyValue`] leaves it to its format.
    pub const fn human_readable(self, human_readable: bool) -> Self {
        Options { human_readable, ..self }
    }

    /// How many containers may be nested; more is a `RecursionError`. Python's own limit holds
    /// anyway.
    pub const fn depth(self, depth: usize) -> Self {
        Options { depth, ..self }
    }

    /// As [`to_object`](crate::to_object).
    ///
    /// # Errors
    /// As that, and what the options refuse.
    pub fn to_object<'py, T: Serialize + ?Sized>(
        &self,
        py: Python<'py>,
        value: &T,
    ) -> Result<Bound<'py, PyAny>, Error> {
        value.serialize(Serializer::with(py, Chosen::new(self)))
    }

    /// As [`from_object`](crate::from_object).
    ///
    /// # Errors
    /// As that, and what the options refuse.
    pub fn from_object<T: DeserializeOwned>(&self, object: &Bound<'_, PyAny>) -> Result<T, Error> {
        remembering(|| T::deserialize(Deserializer::with(object, Chosen::new(self))))
    }

    /// As [`from_object_in`](crate::from_object_in).
    ///
    /// # Errors
    /// As that, and what the options refuse.
    pub fn from_object_in<'de, T: Deserialize<'de>>(
        &self,
        arena: &'de Arena,
        object: &Bound<'_, PyAny>,
    ) -> Result<T, Error> {
        let setting = Kept { arena, setting: Chosen::new(self) };
        remembering(|| T::deserialize(Deserializer::with(object, setting)))
    }

    /// An object that any format can write, as [`PyValue::new`] gives it.
    pub fn value<'a, 'py>(&'a self, object: &'a Bound<'py, PyAny>) -> PyValue<'a, 'py, Chosen<'a>> {
        PyValue::with(object, Chosen::new(self))
    }
}

/// What the options decide.
impl Options<'_> {
    /// Whether a float becomes `None`.
    #[inline(always)]
    pub(crate) fn is_none(&self, value: f64) -> Result<bool, ConversionError> {
        if self.non_finite == NonFinite::Float || value.is_finite() {
            return Ok(false);
        }
        if self.non_finite == NonFinite::None { Ok(true) } else { Err(not_finite(value)) }
    }

    /// The text that a key becomes which is none itself.
    #[inline(always)]
    pub(crate) fn key_text<'py>(
        &self,
        key: &Bound<'py, PyAny>,
    ) -> Result<Option<Bound<'py, PyString>>, ConversionError> {
        if self.keys == Keys::Any || key.is_instance_of::<PyString>() {
            return Ok(None);
        }
        text_of_key(key, self.keys).map(Some)
    }

    /// The text that an int of more than 64 bits becomes.
    #[inline(always)]
    pub(crate) fn wide_text<'py>(
        &self,
        int: &Bound<'py, PyInt>,
    ) -> Result<Option<Bound<'py, PyString>>, ConversionError> {
        const NARROW: &Leaf = &Leaf::out_of_range(TypeHint::name("int of at most 64 bits"));
        match self.wide {
            Wide::Int => Ok(None),
            Wide::Text => Ok(Some(int.str()?)),
            Wide::Refused => Err(ConversionError::new(NARROW).of(int.as_any().as_borrowed())),
        }
    }
}

#[cold]
fn not_finite(value: f64) -> ConversionError {
    let value = value.to_string().to_lowercase();
    ConversionError::custom(format!("expected finite float, got {value}"))
}

/// The text of a key as `json.dumps` writes it.
#[cold]
fn text_of_key<'py>(
    key: &Bound<'py, PyAny>,
    keys: Keys,
) -> Result<Bound<'py, PyString>, ConversionError> {
    const TEXT: &Leaf = &Leaf::wrong_type(TypeHint::name("str"));
    const SCALAR: &Leaf = &Leaf::wrong_type(TypeHint::name("str | int | float | bool | None"));
    let py = key.py();
    let text = if keys == Keys::Refused {
        return Err(ConversionError::new(TEXT).of(key.as_borrowed()));
    } else if key.is_none() {
        "null"
    } else if let Some(bool) = key.try_cast::<PyBool>() {
        if bool.is_truthy()? { "true" } else { "false" }
    } else if let Some(int) = key.try_cast::<PyInt>() {
        return match int.to_i64() {
            Some(value) => Ok(PyString::new(py, &value.to_string())?),
            None => Ok(int.str()?),
        };
    } else if let Some(float) = key.try_cast::<PyFloat>() {
        match float.value() {
            value if value.is_nan() => "NaN",
            f64::INFINITY => "Infinity",
            f64::NEG_INFINITY => "-Infinity",
            value => return Ok(value.into_py(py)?.repr()?),
        }
    } else {
        return Err(ConversionError::new(SCALAR).of(key.as_borrowed()));
    };
    Ok(PyString::new(py, text)?)
}
