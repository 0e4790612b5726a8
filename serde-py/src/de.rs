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
use convert_ffi::types::DictEntries;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::error::{Error, Result};
use crate::native;
use crate::shape::Shape;

/// The value that an object becomes; see the table of [`Deserializer`].
///
/// # Errors
/// Where the object is not what `T` takes, with the place: `users[3].address.zip: expected str, got int`.
pub fn from_object<T: DeserializeOwned>(
    object: &Bound<'_, PyAny>,
) -> std::result::Result<T, Error> {
    T::deserialize(Deserializer::new(object))
}

/// A serde deserializer that reads a Python object where it lies.
///
/// It lends nothing of the object: types that borrow (`&str`) are refused. An exception that Python
/// code raises meanwhile stays that exception, as [`Error::into_conversion_error`] gives it.
#[derive(Clone, Copy)]
pub struct Deserializer<'a, 'py>(Borrowed<'a, 'py, PyAny>);

impl<'a, 'py> Deserializer<'a, 'py> {
    /// One for this object.
    pub fn new(object: &'a Bound<'py, PyAny>) -> Self {
        Deserializer(object.as_borrowed())
    }

    fn of(object: Borrowed<'a, 'py, PyAny>) -> Self {
        Deserializer(object)
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
        visitor.visit_f64(float.value())
    }

    #[inline]
    fn text<'de, V: Visitor<'de>>(
        self,
        text: &Bound<'py, PyString>,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_str(&text.to_cow()?)
    }

    /// The entries of a dict or what stands for one; `fields` are the names of a struct's.
    fn map<'de, V: Visitor<'de>>(
        self,
        dict: Borrowed<'_, 'py, PyDict>,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let _level = StackGuard::enter(self.0.py())?;
        visitor.visit_map(Entries { entries: DictEntries::new(dict), fields })
    }

    /// Pairs that were made for the purpose.
    fn pairs<'de, V: Visitor<'de>>(
        self,
        pairs: &Bound<'py, PyList>,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let dict = PyDict::new(self.0.py())?;
        pairs.walk(|_, pair| {
            let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            Ok::<_, ConversionError>(dict.set(&key, &value)?)
        })?;
        self.map(dict.as_borrowed(), fields, visitor)
    }

    fn list<'de, V: Visitor<'de>>(self, list: &Bound<'py, PyList>, visitor: V) -> Result<V::Value> {
        let _level = StackGuard::enter(self.0.py())?;
        let mut items = Items { list, length: list.len(), next: 0 };
        let value = visitor.visit_seq(&mut items)?;
        items.finish()?;
        Ok(value)
    }

    fn tuple<'de, V: Visitor<'de>>(
        self,
        tuple: Borrowed<'_, 'py, PyTuple>,
        visitor: V,
    ) -> Result<V::Value> {
        let _level = StackGuard::enter(self.0.py())?;
        let mut items = TupleItems { tuple, next: 0 };
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
    ) -> Result<V::Value> {
        match Shape::of(self.0)? {
            Shape::Str(text) => self.text(&text, visitor),
            Shape::Int(int) => self.int(&int, visitor),
            Shape::Float(value) => visitor.visit_f64(value),
            Shape::Bool(value) => visitor.visit_bool(value),
            Shape::Unit => visitor.visit_unit(),
            Shape::Dict(dict) => self.map(dict, fields, visitor),
            Shape::Entries(pairs) => self.pairs(&pairs, fields, visitor),
            Shape::List(list) => self.list(&list, visitor),
            Shape::Made(list) => self.list(&list, visitor),
            Shape::Tuple(tuple) => self.tuple(tuple, visitor),
            Shape::Bytes(bytes) => visitor.visit_bytes(&bytes),
            Shape::Text(text) => self.text(&text, visitor),
            Shape::Other(other) => {
                let _level = StackGuard::enter(self.0.py())?;
                Deserializer::new(&other).any(fields, visitor)
            }
        }
    }
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

impl<'de> de::Deserializer<'de> for Deserializer<'_, '_> {
    type Error = Error;

    by_shape! {
        deserialize_any deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_map
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
        self.any(&[], visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        if name == native::NAME {
            native::read(self.0, visitor)
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
        match Shape::of(self.0)? {
            Shape::Str(name) => {
                visitor.visit_enum(Variant { name: &name, variants, content: None })
            }
            Shape::Dict(dict) => {
                let _level = StackGuard::enter(self.0.py())?;
                if dict.len() != 1 {
                    return Err(self.wrong_type(ONE));
                }
                let mut entries = DictEntries::new(dict);
                let Some((key, content)) = entries.next_entry()? else {
                    return Err(self.wrong_type(ONE));
                };
                let Some(name) = key.try_cast::<PyString>() else {
                    return Err(self.wrong_type(EXPECTED));
                };
                let content = Some(content.clone());
                visitor.visit_enum(Variant { name, variants, content })
            }
            Shape::Other(other) => {
                let _level = StackGuard::enter(self.0.py())?;
                Deserializer::new(&other).deserialize_enum(_name, variants, visitor)
            }
            _ => Err(self.wrong_type(EXPECTED)),
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}

/// The entries of a dict.
struct Entries<'a, 'py> {
    entries: DictEntries<'a, 'py>,
    fields: &'static [&'static str],
}

impl<'py> Entries<'_, 'py> {
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

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some((key, _)) = self.entries.next_entry()? else { return Ok(None) };
        match seed.deserialize(Deserializer::new(key)) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(in_key(error, key)),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let Some((key, value)) = self.entries.current() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Deserializer::new(value)).map_err(|error| self.in_value(error, key, value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.remaining())
    }
}

/// The items of a list.
struct Items<'a, 'py> {
    list: &'a Bound<'py, PyList>,
    length: usize,
    next: usize,
}

impl Items<'_, '_> {
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

impl<'de> SeqAccess<'de> for &mut Items<'_, '_> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.check()?;
        let Some(item) = self.list.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Deserializer::new(&item))
            .map(Some)
            .map_err(|error| Error(error.0.at(Segment::index(index), item.as_borrowed())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.length - self.next)
    }
}

/// The items of a tuple.
struct TupleItems<'a, 'py> {
    tuple: Borrowed<'a, 'py, PyTuple>,
    next: usize,
}

impl<'de> SeqAccess<'de> for &mut TupleItems<'_, '_> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(item) = self.tuple.get_borrowed(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Deserializer::of(item))
            .map(Some)
            .map_err(|error| Error(error.0.at(Segment::index(index), item)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.tuple.len() - self.next)
    }
}

/// A variant: its name, and what it holds.
struct Variant<'a, 'py> {
    name: &'a Bound<'py, PyString>,
    variants: &'static [&'static str],
    content: Option<Bound<'py, PyAny>>,
}

impl<'de, 'py> EnumAccess<'de> for Variant<'_, 'py> {
    type Error = Error;
    type Variant = Content<'py>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<'py>)> {
        let name = self.name.to_cow()?;
        let name: StrDeserializer<'_, Error> = name.as_ref().into_deserializer();
        let value = seed.deserialize(name)?;
        let text = self.name.to_string_lossy();
        let name = self.variants.iter().copied().find(|variant| *variant == text);
        Ok((value, Content { name, content: self.content }))
    }
}

/// What a variant holds; nothing where only its name was there.
struct Content<'py> {
    name: Option<&'static str>,
    content: Option<Bound<'py, PyAny>>,
}

impl Content<'_> {
    fn read<T>(&self, read: impl FnOnce(Deserializer<'_, '_>) -> Result<T>) -> Result<T> {
        const NOTHING: &Leaf = &Leaf::wrong_type(TypeHint::name("what the variant holds"));
        let Some(content) = &self.content else {
            let error = ConversionError::new(NOTHING);
            return Err(Error(
                self.name
                    .into_iter()
                    .fold(error, |error, name| error.inside(Segment::variant(name))),
            ));
        };
        read(Deserializer::new(content)).map_err(|error| match self.name {
            Some(name) => Error(error.0.at(Segment::variant_key(name), content.as_borrowed())),
            None => error,
        })
    }
}

impl<'de> VariantAccess<'de> for Content<'_> {
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
