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

use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::{Leaf, Segment};
use convert_ffi::types::{Arena, DictEntries};
use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};

use crate::buffered::{is_tree, remember, remembering};
use crate::error::{Error, Result};
use crate::native;
use crate::options::{Enums, Unit};
use crate::setting::{Kept, Lend, Plain, Setting, Whole};
use crate::shape::{Shape, named};

/// The value that an object becomes; see the table of [`Deserializer`].
///
/// # Errors
/// Where the object is not what `T` takes, with the place: `users[3].address.zip: expected str, got int`.
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
    fn int<'de, V: Visitor<'de>>(self, int: &Bound<'py, PyInt>, visitor: V) -> Result<V::Value> {
        match int.to_i64() {
            Some(value) => visitor.visit_i64(value),
            None => self.large(int, visitor),
        }
    }

    #[cold]
    fn large<'de, V: Visitor<'de>>(self, int: &Bound<'py, PyInt>, visitor: V) -> Result<V::Value> {
        const TOO_LARGE: &Leaf = &Leaf::out_of_range(TypeHint::name("int of at most 128 bits"));
        match (int.to_u64(), int.to_i128(), int.to_u128()) {
            (Some(value), ..) => visitor.visit_u64(value),
            (_, Some(value), _) => visitor.visit_i128(value),
            (.., Some(value)) => visitor.visit_u128(value),
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
        match Shape::of(self.0, self.1.options())? {
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
        let (name, content) = match (Shape::of(self.0, setting.options())?, setting.options().enums)
        {
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

/// The entries of a dict.
struct Entries<'a, 'py, S> {
    entries: DictEntries<'a, 'py>,
    fields: &'static [&'static str],
    setting: S,
}

impl<'py, S> Entries<'_, 'py, S> {
    /// An error in the value of a key.
    #[cold]
    fn in_value(&self, error: Error, key: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> Error {
        let text = key.try_cast_exact::<PyString>().map(|text| text.to_string_lossy());
        let field = text.and_then(|text| self.fields.iter().find(|field| **field == text));
        let step = field.map_or_else(|| Segment::key(key), |field| Segment::field(field));
        Error(error.0.at(step, value.as_borrowed()))
    }
}

/// An error in a key.
#[cold]
fn in_key(error: Error, key: &Bound<'_, PyAny>) -> Error {
    Error(error.0.at(Segment::in_key(), key.as_borrowed()).inside(Segment::key(key)))
}

impl<'de, S: Lend<'de>> MapAccess<'de> for Entries<'_, '_, S> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some((key, _)) = self.entries.next_entry()? else { return Ok(None) };
        match seed.deserialize(Deserializer::with(key, self.setting)) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(in_key(error, key)),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let Some((key, value)) = self.entries.current() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Deserializer::with(value, self.setting))
            .map_err(|error| self.in_value(error, key, value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.remaining())
    }
}

/// The items of a list.
struct Items<'a, 'py, S> {
    list: &'a Bound<'py, PyList>,
    length: usize,
    next: usize,
    setting: S,
}

impl<S> Items<'_, '_, S> {
    fn check(&self) -> Result<()> {
        const CHANGED: &Leaf = &Leaf::changed(TypeHint::name("list"));
        if self.list.len() == self.length {
            Ok(())
        } else {
            Err(ConversionError::new(CHANGED).into())
        }
    }

    /// Whether all were taken.
    fn finish(&self) -> Result<()> {
        self.check()?;
        match self.length - self.next {
            0 => Ok(()),
            _ => Err(de::Error::invalid_length(self.length, &"fewer items")),
        }
    }
}

impl<'de, S: Lend<'de>> SeqAccess<'de> for &mut Items<'_, '_, S> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.check()?;
        let Some(item) = self.list.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Deserializer::with(&item, self.setting))
            .map(Some)
            .map_err(|error| Error(error.0.at(Segment::index(index), item.as_borrowed())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.length - self.next)
    }
}

/// The items of a tuple.
struct TupleItems<'a, 'py, S> {
    tuple: Borrowed<'a, 'py, PyTuple>,
    next: usize,
    setting: S,
}

impl<'de, S: Lend<'de>> SeqAccess<'de> for &mut TupleItems<'_, '_, S> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(item) = self.tuple.get_borrowed(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Deserializer(item, self.setting))
            .map(Some)
            .map_err(|error| Error(error.0.at(Segment::index(index), item)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.tuple.len() - self.next)
    }
}

/// A variant: its name, and what it holds.
struct Variant<'a, 'py, S> {
    name: &'a Bound<'py, PyString>,
    variants: &'static [&'static str],
    content: Option<Bound<'py, PyAny>>,
    setting: S,
}

impl<'de, 'py, S: Lend<'de>> EnumAccess<'de> for Variant<'_, 'py, S> {
    type Error = Error;
    type Variant = Content<'py, S>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<'py, S>)> {
        let name = self.name.to_cow()?;
        let name: StrDeserializer<'_, Error> = name.as_ref().into_deserializer();
        let value = seed.deserialize(name)?;
        let text = self.name.to_string_lossy();
        let name = self.variants.iter().copied().find(|variant| *variant == text);
        Ok((value, Content { name, content: self.content, setting: self.setting }))
    }
}

/// What a variant holds; nothing where only its name was there.
struct Content<'py, S> {
    name: Option<&'static str>,
    content: Option<Bound<'py, PyAny>>,
    setting: S,
}

impl<S: Setting> Content<'_, S> {
    fn read<T>(&self, read: impl FnOnce(Deserializer<'_, '_, S>) -> Result<T>) -> Result<T> {
        const NOTHING: &Leaf = &Leaf::wrong_type(TypeHint::name("what the variant holds"));
        let Some(content) = &self.content else {
            let error = ConversionError::new(NOTHING);
            return Err(Error(
                self.name
                    .into_iter()
                    .fold(error, |error, name| error.inside(Segment::variant(name))),
            ));
        };
        read(Deserializer::with(content, self.setting)).map_err(|error| match self.name {
            Some(name) => Error(error.0.at(Segment::variant_key(name), content.as_borrowed())),
            None => error,
        })
    }
}

impl<'de, S: Lend<'de>> VariantAccess<'de> for Content<'_, S> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        if self.content.is_none() {
            return Ok(());
        }
        self.read(|content| de::Deserialize::deserialize(content))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        self.read(|content| seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value> {
        self.read(|content| content.any(&[], visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.read(|content| content.any(fields, visitor))
    }
}
