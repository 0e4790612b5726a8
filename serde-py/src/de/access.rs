//! What a visitor is given: the entries of a dict, the items of a list or a tuple, a variant.

use convert_core::prelude::*;
use convert_core::{Leaf, Segment};
use convert_ffi::types::DictEntries;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::Deserializer;
use crate::error::{Error, Result};
use crate::setting::{Lend, Setting};

/// The entries of a dict.
pub struct Entries<'a, 'py, S> {
    pub(super) entries: DictEntries<'a, 'py>,
    pub(super) fields: &'static [&'static str],
    pub(super) setting: S,
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
pub struct Items<'a, 'py, S> {
    pub(super) list: &'a Bound<'py, PyList>,
    pub(super) length: usize,
    pub(super) next: usize,
    pub(super) setting: S,
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
    pub(super) fn finish(&self) -> Result<()> {
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
pub struct TupleItems<'a, 'py, S> {
    pub(super) tuple: Borrowed<'a, 'py, PyTuple>,
    pub(super) next: usize,
    pub(super) setting: S,
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
pub struct Variant<'a, 'py, S> {
    pub(super) name: &'a Bound<'py, PyString>,
    pub(super) variants: &'static [&'static str],
    pub(super) content: Option<Bound<'py, PyAny>>,
    pub(super) setting: S,
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
pub struct Content<'py, S> {
    pub(super) name: Option<&'static str>,
    pub(super) content: Option<Bound<'py, PyAny>>,
    pub(super) setting: S,
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
