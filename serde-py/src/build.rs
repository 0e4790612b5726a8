//! [`Builder`]: Python objects are built of what a format reads, from the inside out.

use std::convert::Infallible;
use std::fmt;

use convert_core::Segment;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_ffi::types::ListBuilder;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::keys::Keys;

/// What is needed while objects are built.
pub struct Scaffold<'py> {
    py: Python<'py>,
    keys: Keys<'py>,
    /// The items, or keys and values, of all containers that are not complete: so each is made at
    /// its size. The innermost container's come last.
    waiting: Vec<Bound<'py, PyAny>>,
    /// The steps to where an error was, from the innermost out.
    pub steps: Vec<Segment>,
}

impl<'py> Scaffold<'py> {
    pub fn new(py: Python<'py>) -> Self {
        Scaffold { py, keys: Keys::default(), waiting: Vec::new(), steps: Vec::new() }
    }

    /// Gives up a container: notes in which of its items an error was, if in one.
    #[cold]
    fn give_up<E>(&mut self, from: usize, step: Option<Segment>, error: E) -> E {
        self.steps.extend(step);
        self.waiting.truncate(from);
        error
    }

    /// An error in the next item, or before it.
    #[cold]
    fn in_item<E>(&mut self, from: usize, error: E) -> E {
        self.give_up(from, Some(Segment::index(self.waiting.len() - from)), error)
    }

    /// An error in the value of the key that waits.
    #[cold]
    fn in_value<E>(&mut self, from: usize, error: E) -> E {
        let step = self.waiting.last().map(|key| Segment::key(key));
        self.give_up(from, step, error)
    }

    /// A list of what waits from there on.
    fn list(&mut self, from: usize) -> PyResult<Bound<'py, PyAny>> {
        let mut list = ListBuilder::new(self.py, self.waiting.len() - from)?;
        let Ok(()) =
            list.push_each(self.waiting.drain(from..), |_, item| Ok::<_, Infallible>(item));
        Ok(list.finish().into_any())
    }

    /// A dict of what waits from there on: keys and values.
    fn dict(&mut self, from: usize) -> Result<Bound<'py, PyAny>, ConversionError> {
        let dict = PyDict::with_capacity(self.py, (self.waiting.len() - from) / 2)?;
        let mut waiting = self.waiting.drain(from..);
        while let (Some(key), Some(value)) = (waiting.next(), waiting.next()) {
            dict.set(&key, &value).map_err(|error| {
                ConversionError::from(error).inside(Segment::in_key()).inside(Segment::key(&key))
            })?;
        }
        Ok(dict.into_any())
    }
}

/// Builds one object: `KEY` says that it is the key of a map.
pub struct Builder<'s, 'py, const KEY: bool>(pub &'s mut Scaffold<'py>);

impl<'py, const KEY: bool> Builder<'_, 'py, KEY> {
    #[inline]
    fn object<T: IntoPy<'py>, E: de::Error>(self, value: T) -> Result<Bound<'py, PyAny>, E> {
        value.into_py(self.0.py).map(Bound::into_any).map_err(E::custom)
    }
}

impl<'de, 'py, const KEY: bool> DeserializeSeed<'de> for Builder<'_, 'py, KEY> {
    type Value = Bound<'py, PyAny>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty);)*) => { $(
        #[inline]
        fn $method<E: de::Error>(self, value: $type) -> Result<Self::Value, E> {
            self.object(value)
        }
    )* };
}

impl<'de, 'py, const KEY: bool> Visitor<'de> for Builder<'_, 'py, KEY> {
    type Value = Bound<'py, PyAny>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what a Python object can be made of")
    }

    leaves! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_char(char);
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if !KEY {
            return self.object(text);
        }
        self.0.keys.get(self.0.py, text).map(Bound::into_any).map_err(E::custom)
    }

    fn visit_bytes<E: de::Error>(self, value: &[u8]) -> Result<Self::Value, E> {
        PyBytes::new(self.0.py, value).map(Bound::into_any).map_err(E::custom)
    }

    #[inline]
    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(self.0.py.none().to_owned().into_any())
    }

    #[inline]
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let scaffold = self.0;
        let _level = StackGuard::enter(scaffold.py).map_err(de::Error::custom)?;
        let from = scaffold.waiting.len();
        while let Some(item) = items
            .next_element_seed(Builder::<false>(scaffold))
            .map_err(|error| scaffold.in_item(from, error))?
        {
            scaffold.waiting.push(item);
        }
        scaffold.list(from).map_err(de::Error::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let scaffold = self.0;
        let _level = StackGuard::enter(scaffold.py).map_err(de::Error::custom)?;
        let from = scaffold.waiting.len();
        while let Some(key) = entries
            .next_key_seed(Builder::<true>(scaffold))
            .map_err(|error| scaffold.give_up(from, None, error))?
        {
            scaffold.waiting.push(key);
            let value = entries
                .next_value_seed(Builder::<false>(scaffold))
                .map_err(|error| scaffold.in_value(from, error))?;
            scaffold.waiting.push(value);
        }
        scaffold.dict(from).map_err(de::Error::custom)
    }
}
