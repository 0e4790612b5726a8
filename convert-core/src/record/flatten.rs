//! Types whose keys stand among those of another: `#[py(flatten)]`, both ways.

use convert_ffi::types::{PyAny, PyDict, PyMapping, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, TypeHint};

use super::write::Record;
use super::{Fields, Source};
use crate::std::strict::extract_as;
use crate::{FromPyObject, FromPyObjectOwned};
use convert_ffi::container::key_and_value;

impl<'py> Fields<'_, 'py> {
    /// A field that is made from the entries it knows, and from those that nobody knows:
    /// `flattened` are the hints of all such fields. `None` where something is wrong.
    pub fn read_flattened<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        flattened: &'static [TypeHint],
    ) -> Option<T> {
        if self.has_stopped() {
            return None;
        }
        self.flatten::<T, STRICT>(flattened).map_err(|error| self.add(error)).ok()
    }

    fn flatten<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        flattened: &'static [TypeHint],
    ) -> Result<T, ConversionError> {
        let own = const { <T as FromPyObject<'py, 'py>>::EXPECTED };
        match self.entries_for(&own, flattened)? {
            Some(entries) => extract_as::<T, STRICT>(entries.as_any().as_borrowed())
                .map_err(|error| error.of(entries.as_any().as_borrowed())),
            // Nothing of it is there.
            None => extract_as::<T, STRICT>(self.object.py().none().as_any().as_borrowed()),
        }
    }

    /// What stands beside a tag: is made from the same object, or, if other keys make a difference
    /// to it, from the entries without the tag.
    pub fn beside_tag<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
    ) -> Result<T, ConversionError> {
        let own = const { <T as FromPyObject<'py, 'py>>::EXPECTED };
        if own.ignores_unknown() || !self.has_keys()? {
            return extract_as::<T, STRICT>(self.object);
        }
        self.flatten::<T, STRICT>(&[])
    }

    /// The entries for one of the flattened types; `None` where that accepts `None`, and there are
    /// none for it.
    fn entries_for(
        &mut self,
        own: &TypeHint,
        flattened: &[TypeHint],
    ) -> Result<Option<Bound<'py, PyDict>>, ConversionError> {
        let table = self.table;
        let entries = PyDict::new(self.object.py())?;
        let is_closed = own.is_closed();
        let mut is_absent = true;
        let mut take = |key: Borrowed<'_, 'py, PyAny>, value: Borrowed<'_, 'py, PyAny>| {
            let text = key.try_cast::<PyString>().and_then(|key| key.to_cow().ok());
            let is_others = |text: &str| {
                let is_known = table.knows(text) || flattened.iter().any(|hint| hint.knows(text));
                is_known && !own.knows(text)
            };
            is_absent &= is_closed && !text.as_ref().is_some_and(|text| own.knows(text));
            if !text.is_some_and(|text| is_others(&text)) {
                entries.set(&key, &value)?;
            }
            Ok::<_, ConversionError>(())
        };
        if let Some(dict) = self.dict() {
            dict.walk(&mut take)?;
        } else if self.has_keys()? {
            self.object.cast::<PyMapping>()?.items()?.walk(|index, pair| {
                let (key, value) = key_and_value(index, pair)?;
                take(key.as_borrowed(), value.as_borrowed())
            })?;
        } else {
            return Err(ConversionError::new(
                const { &Leaf::wrong_type(TypeHint::name("Mapping")) },
            ));
        }
        if own.accepts_none() && (is_absent || entries.is_empty()) {
            return Ok(None);
        }
        Ok(Some(entries))
    }

    fn has_keys(&mut self) -> Result<bool, ConversionError> {
        Ok(self.is_read_by_key(Source::ItemOrAttribute)?)
    }
}

impl<'py> Record<'py> {
    /// Adds the entries of the dict that `make` makes; of `None`, none.
    pub fn merge(&mut self, make: impl FnOnce() -> Result<Bound<'py, PyAny>, ConversionError>) {
        if !self.has_failed()
            && let Err(error) = make().and_then(|object| self.merge_object(&object))
        {
            self.fail(error);
        }
    }

    fn merge_object(&mut self, object: &Bound<'py, PyAny>) -> Result<(), ConversionError> {
        if object.is_none() {
            return Ok(());
        }
        let entries = object.cast::<PyDict>().map_err(|error| error.of(object.as_borrowed()))?;
        entries.walk(|key, value| self.set_new(&key, &value))
    }
}
