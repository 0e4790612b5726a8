//! [`Fields`]: the values of an object, by key or attribute, one after the other.

use convert_ffi::names::{Nearest, nearest};
use convert_ffi::types::{DictCursor, PyAny, PyDict, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Py, PyErr, PyResult, Segment, TypeHint};

use super::Names;
use super::names::Table;
use super::place::{attribute, attribute_error, has_keys, is_plain, is_read_as_dict, item, keys};
use crate::std::strict::extract_as;
use crate::wrong::{Wrong, all_wrong};
use crate::{FromPyObject, FromPyObjectOwned};

/// Where a field is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From a dict or a mapping by key, from any other object as an attribute.
    ItemOrAttribute,
    /// By key, from any object: `object["name"]`.
    Item,
    /// As an attribute, from any object: `object.name`.
    Attribute,
}

/// The fields of one Python object, read in order.
pub struct Fields<'a, 'py> {
    pub(super) object: Borrowed<'a, 'py, PyAny>,
    /// A place in the object, if it is a dict, and its class has no `__getitem__` of its own.
    pub(super) dict: Option<DictCursor<'a, 'py>>,
    pub(super) table: &'static Table,
    strings: &'static [Py<PyString>],
    /// Whether the object is read by key, once that was asked.
    by_key: Option<bool>,
    /// Whether any field was there at all.
    found: bool,
}

/// Whether one field is right, its value dropped: a function for each type, and the field.
pub type Check<'a, 'py> =
    (fn(&mut Fields<'a, 'py>, usize, Source) -> Result<(), ConversionError>, u32, Source);

impl<'a, 'py> Fields<'a, 'py> {
    /// The fields of `object`. Strictly, it is an exact dict. Who reads them watches the depth.
    #[inline]
    pub fn of<const N: usize, const STRICT: bool>(
        object: Borrowed<'a, 'py, PyAny>,
        names: &'static Names<N>,
        wrong_type: &'static Leaf,
    ) -> Result<Self, ConversionError> {
        let dict = match object.try_cast_borrowed::<PyDict>() {
            Some(dict) if object.is_exact_instance_of::<PyDict>() => Some(DictCursor::new(dict)),
            _ if STRICT => return Err(ConversionError::new(wrong_type)),
            Some(dict) if is_read_as_dict(&object)? => Some(DictCursor::new(dict)),
            _ => None,
        };
        Ok(Fields {
            object,
            dict,
            table: &names.table,
            strings: names.strings(object.py()),
            by_key: None,
            found: false,
        })
    }

    /// Goes on with other names, from where it is.
    #[inline]
    pub fn turn_to<const N: usize>(&mut self, names: &'static Names<N>) {
        self.table = &names.table;
        self.strings = names.strings(self.object.py());
    }

    /// A field that must be there.
    #[inline(always)]
    pub fn required<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<T, ConversionError> {
        if <T as FromPyObject<'py, 'py>>::IS_BRIEF {
            self.required_here::<T, STRICT>(index, source)
        } else {
            self.required_there::<T, STRICT>(index, source)
        }
    }

    /// As [`required_here`](Self::required_here), once for each type: a program with many structs
    /// would be several times as large, and as slow to build, for a nanosecond a field.
    #[inline(never)]
    fn required_there<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<T, ConversionError> {
        self.required_here::<T, STRICT>(index, source)
    }

    #[inline(always)]
    fn required_here<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<T, ConversionError> {
        let value = match self.next_in_dict(index, source) {
            Some(value) => value,
            None => self.present(index, source, const { &missing_leaves::<T>() })?,
        };
        self.convert::<T, STRICT>(index, &value)
    }

    /// A field that has a default for when it is missing, and only then.
    #[inline(always)]
    pub fn or_else<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
        default: impl FnOnce() -> T,
    ) -> Result<T, ConversionError> {
        Ok(self.optional::<T, STRICT>(index, source)?.unwrap_or_else(default))
    }

    /// A field that may be missing.
    #[inline(never)]
    pub fn optional<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Option<T>, ConversionError> {
        let value = match self.next_in_dict(index, source) {
            Some(value) => value,
            None => match self.looked_up(index, source)? {
                Some(value) => value,
                None => return Ok(None),
            },
        };
        self.convert::<T, STRICT>(index, &value).map(Some)
    }

    /// A field that must be there, made by a function of the user's.
    pub fn required_by<T>(
        &mut self,
        index: usize,
        source: Source,
        make: fn(&Bound<'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Result<T, ConversionError> {
        match self.optional_by(index, source, make)? {
            Some(value) => Ok(value),
            None => Err(self.missing_leaf(
                index,
                source,
                const { &[Leaf::missing_key(OBJECT), Leaf::missing_attribute(OBJECT)] },
            )),
        }
    }

    /// A field that may be missing, made by a function of the user's.
    pub fn optional_by<T>(
        &mut self,
        index: usize,
        source: Source,
        make: fn(&Bound<'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Result<Option<T>, ConversionError> {
        let Some(value) = self.object_in(index, source)? else { return Ok(None) };
        match make(&value) {
            Ok(made) => Ok(Some(made)),
            Err(error) => Err(self.at(index, error, &value)),
        }
    }

    /// Whether a field is right that must be there.
    #[cold]
    #[inline(never)]
    pub fn check<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<(), ConversionError> {
        self.required_there::<T, STRICT>(index, source).map(drop)
    }

    /// Whether a field is right that may be missing.
    #[cold]
    #[inline(never)]
    pub fn check_optional<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<(), ConversionError> {
        self.optional::<T, STRICT>(index, source).map(drop)
    }

    /// The object in a field, where that is what comes next in an exact dict.
    #[inline(always)]
    fn next_in_dict(&mut self, index: usize, source: Source) -> Option<Bound<'py, PyAny>> {
        match (&mut self.dict, source) {
            (Some(dict), Source::ItemOrAttribute | Source::Item) => {
                dict.next_if(self.strings[index].bind(self.object.py()))
            }
            _ => None,
        }
    }

    #[inline(always)]
    fn convert<T: FromPyObjectOwned<'py>, const STRICT: bool>(
        &self,
        index: usize,
        value: &Bound<'py, PyAny>,
    ) -> Result<T, ConversionError> {
        extract_as::<T, STRICT>(value.as_borrowed()).map_err(|error| self.at(index, error, value))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn at(
        &self,
        index: usize,
        error: ConversionError,
        value: &Bound<'py, PyAny>,
    ) -> ConversionError {
        error.at(Segment::field(self.table.text(index)), value.as_borrowed())
    }

    /// The object in a field, wherever it may be; it must be there.
    #[inline(never)]
    fn present(
        &mut self,
        index: usize,
        source: Source,
        missing: &'static [Leaf; 2],
    ) -> Result<Bound<'py, PyAny>, ConversionError> {
        match self.attribute_at_once(index, source) {
            Ok(value) => Ok(value),
            Err(raised) => match self.looked_up_further(index, source, raised)? {
                Some(value) => Ok(value),
                None => Err(self.missing_leaf(index, source, missing)),
            },
        }
    }

    /// The object in a field; `None` where it is missing.
    pub(super) fn object_in(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Option<Bound<'py, PyAny>>, ConversionError> {
        match self.next_in_dict(index, source) {
            Some(value) => Ok(Some(value)),
            None => self.looked_up(index, source),
        }
    }

    /// The object in a field, wherever it may be; `None` where it is missing.
    #[inline(never)]
    fn looked_up(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Option<Bound<'py, PyAny>>, ConversionError> {
        match self.attribute_at_once(index, source) {
            Ok(value) => Ok(Some(value)),
            Err(raised) => self.looked_up_further(index, source, raised),
        }
    }

    /// The attribute, where the field is one; else what reading it raised, if it was read.
    #[inline(always)]
    fn attribute_at_once(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Bound<'py, PyAny>, Option<PyErr>> {
        let is_attribute = match source {
            Source::Attribute => true,
            Source::Item => false,
            Source::ItemOrAttribute => self.by_key == Some(false),
        };
        if !is_attribute {
            return Err(None);
        }
        let value = self.object.get_attribute(self.strings[index].bind(self.object.py()))?;
        self.found = true;
        Ok(value)
    }

    #[inline(never)]
    fn looked_up_further(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
    ) -> Result<Option<Bound<'py, PyAny>>, ConversionError> {
        let found = self.value(index, source, raised).map_err(|error| {
            ConversionError::from(error).inside(Segment::field(self.table.text(index)))
        })?;
        self.found |= found.is_some();
        Ok(found)
    }

    /// What is there by the name of a field, or by another of its names.
    /// What the attribute raised, if that was asked for already, is taken into account.
    fn value(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let (py, table) = (self.object.py(), self.table);
        let name = self.strings[index].bind(py);
        let found = match raised {
            Some(error) => attribute_error(&self.object, name, error)?,
            None => self.value_of(name, source)?,
        };
        if found.is_some() {
            return Ok(found);
        }
        let mut aliases = table.aliases(index, py);
        aliases.find_map(|alias| self.value_of(alias, source).transpose()).transpose()
    }

    fn value_of(
        &mut self,
        name: &Bound<'py, PyString>,
        source: Source,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        if let (Some(dict), Source::ItemOrAttribute | Source::Item) = (&self.dict, source) {
            return dict.dict().get(name);
        }
        if self.is_read_by_key(source)? {
            item(&self.object, name)
        } else {
            attribute(&self.object, name)
        }
    }

    pub(super) fn is_read_by_key(&mut self, source: Source) -> PyResult<bool> {
        match (source, self.by_key) {
            (Source::Item, _) => Ok(true),
            (Source::Attribute, _) => Ok(false),
            (Source::ItemOrAttribute, Some(known)) => Ok(known),
            (Source::ItemOrAttribute, None) => {
                let by_key = self.dict.is_some() || has_keys(&self.object)?;
                Ok(*self.by_key.insert(by_key))
            }
        }
    }

    /// The error for a field that is not there: one leaf for a key, one for an attribute.
    #[cold]
    pub(super) fn missing_leaf(
        &mut self,
        index: usize,
        source: Source,
        [key, attribute]: &'static [Leaf; 2],
    ) -> ConversionError {
        let name = self.table.text(index);
        let error = match self.is_read_by_key(source) {
            Ok(true) => {
                let error = ConversionError::new(key);
                match self.unused_key_like(name) {
                    Some(near) => error.beside(&near),
                    None => error,
                }
            }
            Ok(false) => ConversionError::new(attribute),
            Err(error) => error.into(),
        };
        error.inside(Segment::field(name))
    }

    /// A key of the dict that no field has, and that may have been meant for this one.
    fn unused_key_like(&self, name: &str) -> Option<String> {
        let dict = self.dict.as_ref()?.dict();
        if dict.is_empty() {
            return None;
        }
        let mut nearest = None;
        let walked = dict.walk(|key, _| {
            // Usually the keys that are known are the very strings.
            if self.strings.iter().any(|known| key.is(known.bind(key.py()))) {
                return Ok(());
            }
            let key = key.try_cast_exact::<PyString>().map(|key| key.to_cow()).transpose()?;
            if let Some(key) = key.filter(|key| !self.table.knows(key)) {
                nearest.get_or_insert_with(|| Nearest::to(name)).offer(&key);
            }
            Ok::<_, ConversionError>(())
        });
        // Of no interest here.
        drop(walked);
        nearest?.found()
    }

    /// Refuses keys that neither the fields nor what is flattened among them know.
    pub fn deny_unknown(&mut self, flattened: &[TypeHint]) -> Result<(), ConversionError> {
        if flattened.iter().any(|hint| !hint.is_closed()) {
            return Ok(());
        }
        let (table, strings) = (self.table, self.strings);
        let known = |key: &Bound<'py, PyAny>| {
            table.position(strings, key).is_some()
                || !flattened.is_empty() && is_known(flattened, key)
        };
        let mut wrong = Wrong::default();
        if let Some(dict) = &self.dict {
            // Usually they come in the order of the fields.
            let mut index = 0;
            dict.dict().walk(|key, _| {
                let is_next = strings.get(index).is_some_and(|next| key.is(next.bind(key.py())));
                index += 1;
                if is_next || known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        } else if self.is_read_by_key(Source::ItemOrAttribute)? {
            keys(&self.object)?.walk(|_, key| {
                if known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        }
        wrong.or(())
    }

    /// As [`deny_unknown`](Self::deny_unknown), when all fields are read.
    pub fn finish(mut self, flattened: &[TypeHint]) -> Result<(), ConversionError> {
        let owner = self.table.owner;
        self.deny_unknown(flattened).map_err(|error| error.within(owner))
    }

    /// Whether the object is a plain built-in, which can only have what its class defines, and that
    /// is none of the fields: then it need not be asked for each.
    fn has_no_attribute(&self) -> bool {
        let (py, class) = (self.object.py(), self.object.get_type());
        is_plain(&self.object)
            && self.table.has_no_aliases()
            && self.strings.iter().all(|name| matches!(class.definition(name.bind(py)), Ok(None)))
    }

    /// The error of the whole, after the first wrong field: adds what is wrong with the remaining
    /// ones, but for those of them that were done. An object that has no keys and not one of the
    /// attributes is of the wrong type.
    #[cold]
    #[inline(never)]
    pub fn failed(
        &mut self,
        wrong_type: &'static Leaf,
        first: ConversionError,
        done: usize,
        remaining: &[Check<'a, 'py>],
    ) -> ConversionError {
        if first.is_missing() && !self.found && self.has_no_attribute() {
            return ConversionError::new(wrong_type);
        }
        let error = all_wrong(
            first,
            remaining
                .iter()
                .skip(done)
                .map(|(check, index, source)| check(self, *index as usize, *source)),
        );
        if self.found || !(error.is_missing() || error.is_mismatch()) {
            return error.within(self.table.owner);
        }
        match has_keys(&self.object) {
            Ok(true) => error.within(self.table.owner),
            Ok(false) => ConversionError::new(wrong_type),
            Err(error) => error.into(),
        }
    }
}

const OBJECT: TypeHint = TypeHint::name("object");

/// The errors for a field that is not there: one for a key, one for an attribute.
const fn missing_leaves<'py, T: FromPyObjectOwned<'py>>() -> [Leaf; 2] {
    let expected = <T as FromPyObject<'py, 'py>>::EXPECTED;
    [Leaf::missing_key(expected), Leaf::missing_attribute(expected)]
}

fn is_known(flattened: &[TypeHint], key: &Bound<'_, PyAny>) -> bool {
    let key = key.try_cast::<PyString>().and_then(|key| key.to_cow().ok());
    key.is_some_and(|key| flattened.iter().any(|hint| hint.knows(&key)))
}

#[cold]
fn unknown(table: &Table, key: &Bound<'_, PyAny>) -> ConversionError {
    let text = key.try_cast_exact::<PyString>().map(|key| key.to_string_lossy());
    let near = text.and_then(|text| nearest(&text, table.all()));
    let message = match near {
        Some(near) => format!("unknown key; did you mean {near:?}?"),
        None => "unknown key".to_owned(),
    };
    ConversionError::custom(message).inside(Segment::key(key))
}
