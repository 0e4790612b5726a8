//! What is made part by part: lists, tuples, dicts, and variants that hold one.

use convert_core::Segment;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_ffi::types::ListBuilder;
use serde::ser::{self, Serialize};

use super::{Serializer, in_variant};
use crate::error::{Error, Result};
use crate::names::interned;
use crate::setting::Setting;

/// The items of what is to be a tuple.
pub struct Items<'py, S> {
    pub(super) serializer: Serializer<'py, S>,
    pub(super) items: Vec<Bound<'py, PyAny>>,
    pub(super) _level: StackGuard<'py>,
}

impl<'py, S: Setting> Items<'py, S> {
    #[inline]
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let object = value
            .serialize(self.serializer)
            .map_err(|error| Error(error.0.inside(Segment::index(self.items.len()))))?;
        self.items.push(object);
        Ok(())
    }

    fn tuple(self) -> Result<Bound<'py, PyAny>> {
        Ok(PyTuple::from_objects(self.serializer.py, self.items)?.into_any())
    }
}

/// The items of a sequence, where they stay.
pub struct List<'py, S> {
    pub(super) serializer: Serializer<'py, S>,
    pub(super) items: ListBuilder<'py>,
    pub(super) _level: StackGuard<'py>,
}

impl<'py, S: Setting> ser::SerializeSeq for List<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let in_item = |error: Error| Error(error.0.inside(Segment::index(self.items.len())));
        let object = value.serialize(self.serializer).map_err(in_item)?;
        Ok(self.items.push_or_append(object)?)
    }

    #[inline]
    fn end(self) -> Result<Bound<'py, PyAny>> {
        Ok(self.items.finish_as_filled()?.into_any())
    }
}

/// The items of a tuple.
pub struct Tuple<'py, S>(pub(super) Items<'py, S>);

impl<'py, S: Setting> ser::SerializeTuple for Tuple<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.0.push(value)
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        self.0.tuple()
    }
}

impl<'py, S: Setting> ser::SerializeTupleStruct for Tuple<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.0.push(value)
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        self.0.tuple()
    }
}

/// A variant that holds a tuple.
pub struct VariantTuple<'py, S> {
    pub(super) variant: &'static str,
    pub(super) items: Items<'py, S>,
}

impl<'py, S: Setting> ser::SerializeTupleVariant for VariantTuple<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.items.push(value).map_err(|error| in_variant(error, self.variant))
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        let serializer = self.items.serializer;
        serializer.variant(self.variant, self.items.tuple()?)
    }
}

/// The entries of a map or a struct.
pub struct Entries<'py, S> {
    pub(super) serializer: Serializer<'py, S>,
    pub(super) dict: Bound<'py, PyDict>,
    /// That of the value which comes next.
    pub(super) key: Option<Bound<'py, PyAny>>,
    /// That of the struct.
    pub(super) name: Option<&'static str>,
    pub(super) _level: StackGuard<'py>,
}

impl<'py, S: Setting> Entries<'py, S> {
    #[inline]
    fn set_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let in_field = |error: Error| Error(error.0.inside(Segment::field(name)));
        let object = value.serialize(self.serializer).map_err(in_field)?;
        let key = interned(self.serializer.py, name);
        self.dict.set(key.as_any(), &object).map_err(|error| in_field(error.into()))
    }

    /// An instance of the struct's class, or its dict.
    fn instance(self) -> Result<Bound<'py, PyAny>> {
        let py = self.serializer.py;
        if let (Some(classes), Some(name)) = (self.serializer.setting.options().classes, self.name)
            && let Some(class) = classes.bind(py).get(interned(py, name).as_any())?
        {
            return Ok(class.call_objects(&[], Some(&self.dict))?);
        }
        Ok(self.dict.into_any())
    }
}

impl<'py, S: Setting> ser::SerializeMap for Entries<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let key = key
            .serialize(self.serializer)
            .map_err(|error| Error(error.0.inside(Segment::in_key())))?;
        let text =
            self.serializer.setting.options().key_text(&key).map_err(|error| {
                Error(error.inside(Segment::in_key()).inside(Segment::key(&key)))
            })?;
        self.key = Some(text.map_or(key, Bound::into_any));
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let Some(key) = self.key.take() else {
            return Err(ser::Error::custom("a value was serialized before its key"));
        };
        let in_key = |error: Error| Error(error.0.inside(Segment::key(&key)));
        let object = value.serialize(self.serializer).map_err(in_key)?;
        let length = self.dict.len();
        self.dict.set(&key, &object).map_err(|error| in_key(error.into()))?;
        if self.dict.len() == length {
            return Err(in_key(ser::Error::custom(
                "another key becomes the same object in Python",
            )));
        }
        Ok(())
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        match self.serializer.setting.options().maps {
            Some(maps) => {
                Ok(maps.bind(self.serializer.py).call_objects(&[self.dict.into_any()], None)?)
            }
            None => Ok(self.dict.into_any()),
        }
    }
}

impl<'py, S: Setting> ser::SerializeStruct for Entries<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.set_field(name, value)
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        self.instance()
    }
}

/// A variant that holds a struct.
pub struct VariantEntries<'py, S> {
    pub(super) variant: &'static str,
    pub(super) entries: Entries<'py, S>,
}

impl<'py, S: Setting> ser::SerializeStructVariant for VariantEntries<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.entries.set_field(name, value).map_err(|error| in_variant(error, self.variant))
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        let serializer = self.entries.serializer;
        serializer.variant(self.variant, self.entries.dict.into_any())
    }
}
