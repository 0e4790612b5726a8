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

mod compound;

use compound::{Entries, Items, List, Tuple, VariantEntries, VariantTuple};
use convert_core::Segment;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::types::PyBytes;
use convert_ffi::types::ListBuilder;
use serde::ser::{self, Serialize};

use crate::error::{Error, Result};
use crate::names::interned;
use crate::native;
use crate::options::{Enums, Unit, Wide};
use crate::setting::{Plain, Setting};

/// A length is a hint, which nobody has to keep to: there is room for so many at most to begin
/// with.
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
/// become `None`; sequences `list`, tuples `tuple`, maps and structs `dict`; a unit variant its
/// name, other variants a dict with the name as its only key.
#[derive(Clone, Copy)]
pub struct Serializer<'py, S = Plain> {
    py: Python<'py>,
    setting: S,
}

impl<'py> Serializer<'py> {
    /// One that makes objects of this interpreter.
    pub fn new(py: Python<'py>) -> Self {
        Serializer { py, setting: Plain }
    }
}

impl<'py, S: Setting> Serializer<'py, S> {
    pub(crate) fn with(py: Python<'py>, setting: S) -> Self {
        Serializer { py, setting }
    }

    pub(crate) fn py(self) -> Python<'py> {
        self.py
    }

    /// The one for what is inside a container.
    #[inline(always)]
    fn deeper(self) -> Result<Self> {
        Ok(Serializer { setting: self.setting.deeper()?, ..self })
    }

    #[inline(always)]
    fn float(self, value: f64) -> Result<Bound<'py, PyAny>> {
        if self.setting.options().is_none(value)? { Ok(self.none()) } else { self.object(value) }
    }

    /// An int that may have more than 64 bits.
    #[inline]
    fn wide<T: IntoPy<'py, Target = PyInt>>(self, value: T) -> Result<Bound<'py, PyAny>> {
        let int = value.into_py(self.py)?;
        if self.setting.options().wide == Wide::Int
            || int.to_i64().is_some()
            || int.to_u64().is_some()
        {
            return Ok(int.into_any());
        }
        let text = self.setting.options().wide_text(&int)?;
        Ok(text.map_or_else(|| int.into_any(), Bound::into_any))
    }

    fn unit(self) -> Result<Bound<'py, PyAny>> {
        match self.setting.options().unit {
            Unit::None => Ok(self.none()),
            Unit::Tuple => Ok(PyTuple::from_objects(self.py, [])?.into_any()),
        }
    }

    #[inline]
    fn object<T: IntoPy<'py>>(self, value: T) -> Result<Bound<'py, PyAny>> {
        Ok(value.into_py(self.py)?.into_any())
    }

    fn none(self) -> Bound<'py, PyAny> {
        self.py.none().to_owned().into_any()
    }

    fn items(self, length: usize) -> Result<Items<'py, S>> {
        let level = StackGuard::enter(self.py)?;
        let items = Vec::with_capacity(length.min(MOST));
        Ok(Items { serializer: self.deeper()?, items, _level: level })
    }

    fn entries(self, length: usize) -> Result<Entries<'py, S>> {
        let level = StackGuard::enter(self.py)?;
        let serializer = self.deeper()?;
        let dict = PyDict::with_capacity(self.py, length.min(MOST))?;
        Ok(Entries { serializer, dict, key: None, name: None, _level: level })
    }

    /// A variant that holds something.
    fn variant(self, name: &'static str, content: Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let name = interned(self.py, name).into_any();
        match self.setting.options().enums {
            Enums::Keyed => self.dict([(name, content)]),
            Enums::Paired => Ok(PyTuple::from_objects(self.py, [name, content])?.into_any()),
            Enums::Tagged { tag, content: key } => {
                self.dict([(self.object(tag)?, name), (self.object(key)?, content)])
            }
        }
    }

    fn dict<const N: usize>(
        self,
        entries: [(Bound<'py, PyAny>, Bound<'py, PyAny>); N],
    ) -> Result<Bound<'py, PyAny>> {
        let dict = PyDict::new(self.py)?;
        for (key, value) in entries {
            dict.set(&key, &value)?;
        }
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

impl<'py, S: Setting> ser::Serializer for Serializer<'py, S> {
    type Ok = Bound<'py, PyAny>;
    type Error = Error;
    type SerializeSeq = List<'py, S>;
    type SerializeTuple = Tuple<'py, S>;
    type SerializeTupleStruct = Tuple<'py, S>;
    type SerializeTupleVariant = VariantTuple<'py, S>;
    type SerializeMap = Entries<'py, S>;
    type SerializeStruct = Entries<'py, S>;
    type SerializeStructVariant = VariantEntries<'py, S>;

    leaves! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_char(char);
        serialize_str(&str);
    }

    #[inline]
    fn serialize_i128(self, value: i128) -> Result<Bound<'py, PyAny>> {
        self.wide(value)
    }

    #[inline]
    fn serialize_u128(self, value: u128) -> Result<Bound<'py, PyAny>> {
        self.wide(value)
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<Bound<'py, PyAny>> {
        self.float(value.into())
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<Bound<'py, PyAny>> {
        self.float(value)
    }

    #[inline]
    fn serialize_bytes(self, value: &[u8]) -> Result<Bound<'py, PyAny>> {
        Ok(PyBytes::new(self.py, value)?.into_any())
    }

    #[inline]
    fn is_human_readable(&self) -> bool {
        self.setting.options().human_readable
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
        self.unit()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Bound<'py, PyAny>> {
        self.unit()
    }

    #[inline]
    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Bound<'py, PyAny>> {
        let name = interned(self.py, variant).into_any();
        match self.setting.options().enums {
            Enums::Tagged { tag, .. } => self.dict([(self.object(tag)?, name)]),
            _ => Ok(name),
        }
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Bound<'py, PyAny>> {
        if name == native::NAME { native::made(self, value) } else { value.serialize(self) }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Bound<'py, PyAny>> {
        let _level = StackGuard::enter(self.py)?;
        let content =
            value.serialize(self.deeper()?).map_err(|error| in_variant(error, variant))?;
        self.variant(variant, content)
    }

    #[inline]
    fn serialize_seq(self, length: Option<usize>) -> Result<List<'py, S>> {
        let level = StackGuard::enter(self.py)?;
        let items = ListBuilder::new(self.py, length.unwrap_or(0).min(MOST))?;
        Ok(List { serializer: self.deeper()?, items, _level: level })
    }

    #[inline]
    fn serialize_tuple(self, length: usize) -> Result<Tuple<'py, S>> {
        self.items(length).map(Tuple)
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Tuple<'py, S>> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<VariantTuple<'py, S>> {
        Ok(VariantTuple { variant, items: self.items(length)? })
    }

    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<Entries<'py, S>> {
        self.entries(length.unwrap_or(0))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Entries<'py, S>> {
        Ok(Entries { name: Some(name), ..self.entries(length)? })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<VariantEntries<'py, S>> {
        Ok(VariantEntries { variant, entries: self.entries(length)? })
    }
}

#[cold]
fn in_variant(error: Error, variant: &'static str) -> Error {
    Error(error.0.inside(Segment::variant(variant)))
}
