//! The object in a field: at hand, elsewhere in the dict, behind a key or an attribute, or by
//! another name.

use convert_ffi::types::{Field, Hand, Handed, PyAny, PyString, Source};
use convert_ffi::{Bound, Py, PyResult};

use super::Fields;
use crate::record::by_name::{attribute, has_keys, item};

impl<'py> Fields<'_, 'py> {
    /// Which of the strings a field is, where it is at hand and that very object; else its object.
    #[inline(always)]
    pub(in crate::record) fn choose(
        &mut self,
        index: usize,
        source: Source,
        strings: &[Py<PyString>],
    ) -> Handed<'py, usize> {
        let field = Field { source, index, names: &self.strings };
        self.at_hand.choose(&self.object, field, strings)
    }

    /// The object in a field; `None` where it is missing.
    pub(in crate::record) fn look_up(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let field = Field { source, index, names: &self.strings };
        match self.at_hand.hold::<()>(&self.object, field) {
            Handed::Held(value) => Ok(Some(value)),
            Handed::NotInDict => self.by_other_name(index, source),
            Handed::Raised(error) => Err(error),
            _ => self.look_further(index, source),
        }
    }

    /// The same of a field that was not at hand just now.
    #[inline(never)]
    pub(in crate::record) fn look_further(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let field = Field { source, index, names: &self.strings };
        let entries = self.at_hand.as_all_entries(self.tried);
        match entries.map(|mut entries| entries.hold::<()>(&self.object, field)) {
            Some(Handed::Held(value)) => Ok(Some(value)),
            Some(Handed::NotInDict) => self.by_other_name(index, source),
            Some(Handed::Raised(error)) => Err(error),
            _ => self.outside(index, source),
        }
    }

    /// The object in a field of an object whose entries are not at hand.
    #[inline(always)]
    pub(super) fn outside(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.stopped {
            return Ok(None);
        }
        match self.is_known_as_attribute(source) {
            true => match self.own_attribute(index)? {
                Some(value) => Ok(Some(value)),
                None => self.by_other_name(index, source),
            },
            false => self.outside_by_name(index, source),
        }
    }

    #[inline(never)]
    fn outside_by_name(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.strings[index].bind(self.object.py());
        match self.value_of(name, source)? {
            Some(value) => Ok(Some(value)),
            None => self.by_other_name(index, source),
        }
    }

    /// The attribute of a field's own name.
    #[inline(always)]
    fn own_attribute(&mut self, index: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.strings[index].bind(self.object.py());
        let found = match self.at_hand.attribute(&self.object, index, name) {
            Some(found) => found?,
            None => attribute(&self.object, name)?,
        };
        if found.is_some() {
            self.at_hand.note_found();
        }
        Ok(found)
    }

    /// What is there by another name of a field, whose own leads to nothing.
    #[inline]
    pub(super) fn by_other_name(
        &mut self,
        index: usize,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        if !self.table.has_aliases() {
            return Ok(None);
        }
        let mut aliases = self.table.aliases(index, self.object.py());
        aliases.find_map(|alias| self.value_of(alias, source).transpose()).transpose()
    }

    /// What is there by this very name.
    fn value_of(
        &mut self,
        name: &Bound<'py, PyString>,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let entries = self.dict().filter(|_| source != Source::Attribute);
        let found = if let Some(dict) = entries {
            dict.get(name)?
        } else if self.is_read_by_key(source)? {
            item(&self.object, name)?
        } else {
            attribute(&self.object, name)?
        };
        if found.is_some() {
            self.at_hand.note_found();
        }
        Ok(found)
    }

    pub(in crate::record) fn is_read_by_key(&mut self, source: Source) -> PyResult<bool> {
        match self.known_by_key(source) {
            Some(known) => Ok(known),
            None => {
                let by_key = self.dict().is_some() || has_keys(&self.object)?;
                Ok(*self.by_key.insert(by_key))
            }
        }
    }

    /// Whether a field is read by key, as far as that is known.
    #[inline(always)]
    pub(super) fn known_by_key(&self, source: Source) -> Option<bool> {
        match source {
            Source::Item => Some(true),
            Source::Attribute => Some(false),
            Source::ItemOrAttribute => self.by_key,
        }
    }

    #[inline(always)]
    pub(super) fn is_known_as_attribute(&self, source: Source) -> bool {
        self.known_by_key(source) == Some(false)
    }

    /// Whether attributes are where they were: making a value, its end or looking for one may have
    /// run any code.
    #[inline(always)]
    pub(in crate::record) fn look_again(&mut self) {
        if self.at_hand.are_attributes() {
            self.forget_unless_current();
        }
    }

    #[inline(never)]
    fn forget_unless_current(&mut self) {
        if !self.at_hand.is_current(&self.object) {
            self.at_hand.forget();
        }
    }
}
