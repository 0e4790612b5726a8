//! [`Deserializer`]: Rust values are made from Python objects.
//!
//! What an object is in serde's data model is the table of `shape.rs`. Beyond it:
//!
//! | asked for | also accepted |
//! |---|---|
//! | float | `int` |
//! | bytes | `str` is refused, a `list` of ints too |
//! | char | `str` of one character |
//! | `Option` | `None` is `None`, anything else is `Some` |
//! | struct | a dict or any other `Mapping`, a dataclass; a sequence, field by field |
//! | enum | a `str`, the name of a unit variant; a dict with one key, the variant's name; an `enum.Enum` by its value |

mod access;

use std::convert::Infallible;

use access::{Entries, Items, TupleItems, Variant};
use convert_core::Leaf;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_ffi::types::{Arena, DictEntries};
use serde::de::{self, Deserialize, DeserializeOwned, Visitor};

use crate::buffered::{is_tree, remember, remembering};
use crate::error::{Error, Result};
use crate::native;
use crate::options::{Enums, Unit, Wide};
use crate::setting::{Kept, Lend, Plain, Setting, Whole};
use crate::shape::{Shape, named};

/// The value that an object becomes; see the table of [`Deserializer`].
///
/// # Errors
/// Where the object is not what `T` takes, with the place:
/// `users[3].address.zip: expected str, got int`.
pub fn from_object<T: DeserializeOwned>(
    object: &Bound<'_, PyAny>,
) -> std::result::Result<T, Error> {
    remembering(|| T::deserialize(Deserializer::with(object, Whole)))
}

/// The value that an object becomes, which may borrow text and bytes of it: the arena keeps them.
///
/// # Errors
/// As [`from_object`].
///
/// ```
/// use convert_core::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct User<'a> {
///     name: &'a str,
///     #[serde(borrow)]
///     key: Option<&'a [u8]>,
/// }
///
/// # Python::initialize();
/// let arena = serde_py::Arena::new();
/// let user: User = Python::attach(|py| {
///     let object = py.eval(c"{'name': 'Ada', 'key': b'abc'}", None, None)?;
///     serde_py::from_object_in(&arena, &object).map_err(PyErr::from)
/// })
/// .unwrap();
/// // The object is gone; its text and bytes are there as long as the arena.
/// assert_eq!((user.name, user.key), ("Ada", Some(b"abc".as_slice())));
/// ```
pub fn from_object_in<'de, T: Deserialize<'de>>(
    arena: &'de Arena,
    object: &Bound<'_, PyAny>,
) -> std::result::Result<T, Error> {
    let setting = Kept { arena, setting: Whole };
    remembering(|| T::deserialize(Deserializer::with(object, setting)))
}

/// A serde deserializer that reads a Python object where it lies.
///
/// It lends nothing of the object: types that borrow (`&str`) are refused. An exception that Python
/// code raises meanwhile stays that exception, as [`Error::into_conversion_error`] gives it.
#[derive(Clone, Copy)]
pub struct Deserializer<'a, 'py, S = Plain>(Borrowed<'a, 'py, PyAny>, S);

impl<'a, 'py> Deserializer<'a, 'py> {
    /// One for this object.
    pub fn new(object: &'a Bound<'py, PyAny>) -> Self {
        Deserializer(object.as_borrowed(), Plain)
    }
}

impl<'a, 'py, S: Setting> Deserializer<'a, 'py, S> {
    pub(crate) fn with(object: &'a Bound<'py, PyAny>, setting: S) -> Self {
        Deserializer(object.as_borrowed(), setting)
    }

    pub(crate) fn object(&self) -> Borrowed<'a, 'py, PyAny> {
        self.0
    }

    fn wrong_type(self, leaf: &'static Leaf) -> Error {
        Error(ConversionError::new(leaf).of(self.0))
    }

    #[inline]
    fn int<'de, V: Visitor<'de>>(self, int: &Bound<'py, PyInt>, visitor: V) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        match int.to_i64() {
            Some(value) => visitor.visit_i64(value),
            None => self.large(int, visitor),
        }
    }

    #[cold]
    fn large<'de, V: Visitor<'de>>(self, int: &Bound<'py, PyInt>, visitor: V) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        const TOO_LARGE: &Leaf = &Leaf::out_of_range(TypeHint::name("int of at most 128 bits"));
        match (int.to_u64(), int.to_i128(), int.to_u128()) {
            (Some(value), ..) => visitor.visit_u64(value),
            (_, Some(value), _) => visitor.visit_i128(value),
            (.., Some(value)) => visitor.visit_u128(value),
            _ if self.1.options().wide == Wide::Text => self.text(&int.str()?, visitor),
            _ => Err(self.wrong_type(TOO_LARGE)),
        }
    }

    #[inline]
    fn bool<'de, V: Visitor<'de>>(self, bool: &Bound<'py, PyBool>, visitor: V) -> Result<V::Value> {
        visitor.visit_bool(bool.is_true())
    }

    #[inline]
    fn float<'de, V: Visitor<'de>>(
        self,
        float: &Bound<'py, PyFloat>,
        visitor: V,
    ) -> Result<V::Value> {
        self.number(float.value(), visitor)
    }

    #[inline]
    fn number<'de, V: Visitor<'de>>(self, value: f64, visitor: V) -> Result<V::Value> {
        if self.1.options().is_none(value)? {
            visitor.visit_none()
        } else {
            visitor.visit_f64(value)
        }
    }

    #[inline]
    fn text<'de, V: Visitor<'de>>(self, text: &Bound<'py, PyString>, visitor: V) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        self.1.text(text, visitor)
    }

    /// The entries of a dict or what stands for one; `fields` are the names of a struct's.
    fn map<'de, V: Visitor<'de>>(
        self,
        dict: Borrowed<'_, 'py, PyDict>,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        let _level = StackGuard::enter(self.0.py())?;
        visitor.visit_map(Entries {
            entries: DictEntries::new(dict),
            fields,
            setting: self.1.deeper()?,
        })
    }

    /// Pairs that were made for the purpose.
    fn pairs<'de, V: Visitor<'de>>(
        self,
        pairs: &Bound<'py, PyList>,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        let dict = PyDict::new(self.0.py())?;
        pairs.walk(|_, pair| {
            let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            Ok::<_, ConversionError>(dict.set(&key, &value)?)
        })?;
        self.map(dict.as_borrowed(), fields, visitor)
    }

    fn list<'de, V: Visitor<'de>>(self, list: &Bound<'py, PyList>, visitor: V) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        let _level = StackGuard::enter(self.0.py())?;
        let mut items = Items { list, length: list.len(), next: 0, setting: self.1.deeper()? };
        let value = visitor.visit_seq(&mut items)?;
        items.finish()?;
        Ok(value)
    }

    fn tuple<'de, V: Visitor<'de>>(
        self,
        tuple: Borrowed<'_, 'py, PyTuple>,
        visitor: V,
    ) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        let _level = StackGuard::enter(self.0.py())?;
        let mut items = TupleItems { tuple, next: 0, setting: self.1.deeper()? };
        let value = visitor.visit_seq(&mut items)?;
        match items.tuple.len() - items.next {
            0 => Ok(value),
            _ => Err(de::Error::invalid_length(tuple.len(), &"fewer items")),
        }
    }

    fn any<'de, V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value>
    where
        S: Lend<'de>,
    {
        match Shape::<Infallible>::of(self.0, self.1.options())? {
            Shape::Str(text) => self.text(&text, visitor),
            Shape::Int(int) => self.int(&int, visitor),
            Shape::Float(value) => self.number(value, visitor),
            Shape::Bool(value) => visitor.visit_bool(value),
            Shape::Unit => visitor.visit_unit(),
            Shape::Dict(dict) => self.map(dict, fields, visitor),
            Shape::Entries(pairs) => self.pairs(&pairs, fields, visitor),
            Shape::List(list) => self.list(&list, visitor),
            Shape::Made(list) => self.list(&list, visitor),
            Shape::Tuple(tuple) => match named_fields(tuple, fields)? {
                Some(pairs) => self.pairs(&pairs, fields, visitor),
                None => self.tuple(tuple, visitor),
            },
            Shape::Numbers(never) => match never {},
            Shape::Bytes(bytes) => self.1.bytes(self.0.py(), &bytes, visitor),
            Shape::Text(text) => {
                if S::REMEMBERS && is_tree::<V>() {
                    remember(self.0, &text);
                }
                self.text(&text, visitor)
            }
            Shape::Other(other) => {
                let _level = StackGuard::enter(self.0.py())?;
                Deserializer::with(&other, self.1.deeper()?).any(fields, visitor)
            }
        }
    }
}

/// The fields of a named tuple, where those of a struct are asked for.
#[inline]
fn named_fields<'py>(
    tuple: Borrowed<'_, 'py, PyTuple>,
    fields: &'static [&'static str],
) -> Result<Option<Bound<'py, PyList>>> {
    if fields.is_empty() { Ok(None) } else { Ok(named(&tuple)?) }
}

macro_rules! by_shape {
    ($($method:ident)*) => { $(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.any(&[], visitor)
        }
    )* };
}

/// Asks first for the type that is likely, then as [`Deserializer::any`].
macro_rules! likely {
    ($($type:ty, $read:ident: $($method:ident)*;)*) => { $($(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self.0.try_cast_exact::<$type>() {
                Some(object) => self.$read(object, visitor),
                None => self.any(&[], visitor),
            }
        }
    )*)* };
}

impl<'de, S: Lend<'de>> de::Deserializer<'de> for Deserializer<'_, '_, S> {
    type Error = Error;

    by_shape! {
        deserialize_any deserialize_bytes deserialize_byte_buf deserialize_map
    }

    likely! {
        PyBool, bool: deserialize_bool;
        PyInt, int: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        PyFloat, float: deserialize_f32 deserialize_f64;
        PyString, text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        PyList, list: deserialize_seq;
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let is_empty = |tuple: &Bound<'_, PyTuple>| tuple.is_empty();
        if self.1.options().unit == Unit::Tuple && self.0.try_cast().is_some_and(is_empty) {
            return visitor.visit_unit();
        }
        self.any(&[], visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        if name == native::NAME {
            native::read(self, visitor)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value> {
        self.any(&[], visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.any(&[], visitor)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0.try_cast_exact::<PyDict>() {
            Some(dict) => self.map(dict.as_borrowed(), fields, visitor),
            None => self.any(fields, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        const EXPECTED: &Leaf =
            &Leaf::wrong_type(TypeHint::name("str or a dict with one key, a variant's name"));
        const ONE: &Leaf =
            &Leaf::wrong_length(TypeHint::name("a dict with one key, a variant's name"));
        let setting = self.1;
        let py = self.0.py();
        let shape = Shape::<Infallible>::of(self.0, setting.options())?;
        let (name, content) = match (shape, setting.options().enums) {
            (Shape::Dict(dict), Enums::Tagged { tag, content }) => {
                let Some(name) = dict.get(PyString::new(py, tag)?.as_any())? else {
                    let missing = format!("key {tag:?} is missing");
                    return Err(Error(ConversionError::custom_missing(missing)));
                };
                (name, dict.get(PyString::new(py, content)?.as_any())?)
            }
            (Shape::Tuple(pair), Enums::Paired) if pair.len() == 2 => {
                (pair.item(0)?, Some(pair.item(1)?))
            }
            (Shape::List(pair), Enums::Paired) if pair.len() == 2 => {
                let item = |index| pair.get(index).ok_or_else(|| self.wrong_type(EXPECTED));
                (item(0)?, Some(item(1)?))
            }
            (Shape::Str(name), _) => (name.to_owned().into_any(), None),
            (Shape::Dict(dict), Enums::Keyed) => {
                if dict.len() != 1 {
                    return Err(self.wrong_type(ONE));
                }
                match DictEntries::new(dict).next_entry()? {
                    Some((name, content)) => (name.clone(), Some(content.clone())),
                    None => return Err(self.wrong_type(ONE)),
                }
            }
            (Shape::Other(other), _) => {
                let _level = StackGuard::enter(py)?;
                return Deserializer::with(&other, setting.deeper()?)
                    .deserialize_enum(_name, variants, visitor);
            }
            _ => return Err(self.wrong_type(EXPECTED)),
        };
        let Some(name) = name.try_cast::<PyString>() else {
            return Err(self.wrong_type(EXPECTED));
        };
        let _level = StackGuard::enter(py)?;
        visitor.visit_enum(Variant { name, variants, content, setting: setting.deeper()? })
    }

    #[inline]
    fn is_human_readable(&self) -> bool {
        self.1.options().human_readable
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}
