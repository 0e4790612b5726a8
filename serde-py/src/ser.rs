//! [`Serializer`]: Rust values become Python objects.
//!
//! | serde | Python |
//! |---|---|
//! | bool, ints to 128 bits, floats | `bool`, `int`, `float` |
//! | str, char | `str` |
//! | bytes | `bytes` |
//! | `None`, unit, unit struct | `None` |
//! | `Some`, newtype struct | what is inside |
//! | sequence | `list` |
//! | tuple, tuple struct | `tuple` |
//! | map, struct | `dict` |
//! | unit variant | the variant's name |
//! | other variants | a dict with one key, the variant's name |

use convert_core::Segment;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::types::PyBytes;
use convert_ffi::types::ListBuilder;
use serde::ser::{self, Serialize};

use crate::error::{Error, Result};
use crate::names::interned;
use crate::native;

/// A length is a hint, which nobody has to keep to: there is room for so many at most to begin with.
const MOST: usize = 4096;

/// The Python object that a value becomes; see the table of [`Serializer`].
///
/// # Errors
/// What the value's own `Serialize` gives; a map with a key that cannot be hashed; `RecursionError`
/// where it is nested too deeply, `MemoryError`. The message says where.
pub fn to_object<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> std::result::Result<Bound<'py, PyAny>, Error> {
    value.serialize(Serializer::new(py))
}

/// A serde serializer that makes Python objects.
///
/// bool, ints to 128 bits, floats, text and bytes become the objects one expects, `None` and `()`
/// become `None`; sequences `list`, tuples `tuple`, maps and structs `dict`; a unit variant its name, other
/// variants a dict with the name as its only key.
#[derive(Clone, Copy)]
pub struct Serializer<'py> {
    py: Python<'py>,
}

impl<'py> Serializer<'py> {
    /// One that makes objects of this interpreter.
    pub fn new(py: Python<'py>) -> Self {
        Serializer { py }
    }

    #[inline]
    fn object<T: IntoPy<'py>>(self, value: T) -> Result<Bound<'py, PyAny>> {
        Ok(value.into_py(self.py)?.into_any())
    }

    fn none(self) -> Bound<'py, PyAny> {
        self.py.none().to_owned().into_any()
    }

    fn items(self, length: usize) -> Result<Items<'py>> {
        let level = StackGuard::enter(self.py)?;
        Ok(Items { serializer: self, items: Vec::with_capacity(length.min(MOST)), _level: level })
    }

    fn entries(self, length: usize) -> Result<Entries<'py>> {
        let level = StackGuard::enter(self.py)?;
        let dict = PyDict::with_capacity(self.py, length.min(MOST))?;
        Ok(Entries { serializer: self, dict, key: None, _level: level })
    }

    /// A dict with the variant's name as its only key.
    fn variant(self, name: &'static str, content: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py)?;
        dict.set(interned(self.py, name).as_any(), content)?;
        Ok(dict.into_any())
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty);)*) => { $(
        #[inline]
        fn $method(self, value: $type) -> Result<Bound<'py, PyAny>> {
            self.object(value)
        }
    )* };
}

impl<'py> ser::Serializer for Serializer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;
    type SerializeSeq = List<'py>;
    type SerializeTuple = Tuple<'py>;
    type SerializeTupleStruct = Tuple<'py>;
    type SerializeTupleVariant = VariantTuple<'py>;
    type SerializeMap = Entries<'py>;
    type SerializeStruct = Entries<'py>;
    type SerializeStructVariant = VariantEntries<'py>;

    leaves! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
    }

    #[inline]
    fn serialize_bytes(self, value: &[u8]) -> Result<Bound<'py, PyAny>> {
        Ok(PyBytes::new(self.py, value)?.into_any())
    }

    #[inline]
    fn serialize_none(self) -> Result<Bound<'py, PyAny>> {
        Ok(self.none())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Bound<'py, PyAny>> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<Bound<'py, PyAny>> {
        Ok(self.none())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Bound<'py, PyAny>> {
        Ok(self.none())
    }

    #[inline]
    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Bound<'py, PyAny>> {
        Ok(interned(self.py, variant).into_any())
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Bound<'py, PyAny>> {
        if name == native::NAME { native::made(self.py, value) } else { value.serialize(self) }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Bound<'py, PyAny>> {
        let _level = StackGuard::enter(self.py)?;
        let content = value.serialize(self).map_err(|error| in_variant(error, variant))?;
        self.variant(variant, &content)
    }

    #[inline]
    fn serialize_seq(self, length: Option<usize>) -> Result<List<'py>> {
        let level = StackGuard::enter(self.py)?;
        let items = ListBuilder::new(self.py, length.unwrap_or(0).min(MOST))?;
        Ok(List { serializer: self, items, _level: level })
    }

    #[inline]
    fn serialize_tuple(self, length: usize) -> Result<Tuple<'py>> {
        self.items(length).map(Tuple)
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Tuple<'py>> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<VariantTuple<'py>> {
        Ok(VariantTuple { variant, items: self.items(length)? })
    }

    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<Entries<'py>> {
        self.entries(length.unwrap_or(0))
    }

    #[inline]
    fn serialize_struct(self, _name: &'static str, length: usize) -> Result<Entries<'py>> {
        self.entries(length)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<VariantEntries<'py>> {
        Ok(VariantEntries { variant, entries: self.entries(length)? })
    }
}

#[cold]
fn in_variant(error: Error, variant: &'static str) -> Error {
    Error(error.0.inside(Segment::variant(variant)))
}

/// The items of what is to be a tuple.
pub struct Items<'py> {
    serializer: Serializer<'py>,
    items: Vec<Bound<'py, PyAny>>,
    _level: StackGuard<'py>,
}

impl<'py> Items<'py> {
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
pub struct List<'py> {
    serializer: Serializer<'py>,
    items: ListBuilder<'py>,
    _level: StackGuard<'py>,
}

impl<'py> ser::SerializeSeq for List<'py> {
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
pub struct Tuple<'py>(Items<'py>);

impl<'py> ser::SerializeTuple for Tuple<'py> {
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

impl<'py> ser::SerializeTupleStruct for Tuple<'py> {
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
pub struct VariantTuple<'py> {
    variant: &'static str,
    items: Items<'py>,
}

impl<'py> ser::SerializeTupleVariant for VariantTuple<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.items.push(value).map_err(|error| in_variant(error, self.variant))
    }

    fn end(self) -> Result<Bound<'py, PyAny>> {
        let serializer = self.items.serializer;
        serializer.variant(self.variant, &self.items.tuple()?)
    }
}

/// The entries of a map or a struct.
pub struct Entries<'py> {
    serializer: Serializer<'py>,
    dict: Bound<'py, PyDict>,
    /// That of the value which comes next.
    key: Option<Bound<'py, PyAny>>,
    _level: StackGuard<'py>,
}

impl<'py> Entries<'py> {
    #[inline]
    fn set_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let in_field = |error: Error| Error(error.0.inside(Segment::field(name)));
        let object = value.serialize(self.serializer).map_err(in_field)?;
        let key = interned(self.serializer.py, name);
        self.dict.set(key.as_any(), &object).map_err(|error| in_field(error.into()))
    }
}

impl<'py> ser::SerializeMap for Entries<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let key = key
            .serialize(self.serializer)
            .map_err(|error| Error(error.0.inside(Segment::in_key())))?;
        self.key = Some(key);
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
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeStruct for Entries<'py> {
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
        Ok(self.dict.into_any())
    }
}

/// A variant that holds a struct.
pub struct VariantEntries<'py> {
    variant: &'static str,
    entries: Entries<'py>,
}

impl<'py> ser::SerializeStructVariant for VariantEntries<'py> {
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
        self.entries.serializer.variant(self.variant, self.entries.dict.as_any())
    }
}
