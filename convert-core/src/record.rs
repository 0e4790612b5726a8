//! What derived code calls: the fields of an object, one after the other, and the way back.
//!
//! A derived struct reads its fields in order with [`Fields`]. On the first wrong field it hands
//! over to [`Fields::failed`], which looks at the remaining ones too, so that the error lists all
//! that is wrong; as long as nothing is wrong, that costs nothing.

use convert_ffi::exceptions::{PyAttributeError, PyKeyError};
use convert_ffi::stack::StackGuard;
use convert_ffi::types::{DictCursor, PyAny, PyDict, PyString, PyTuple};
use convert_ffi::{
    Borrowed, Bound, ConversionError, Leaf, Py, PyErr, PyOnceLock, PyResult, PyTypeInfo, Python,
    Segment, TypeHint, intern,
};

use crate::std::strict::extract_as;
use crate::wrong::all_wrong;
use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

/// The names of a struct's fields, as Python strings from the first use on.
#[derive(Debug)]
pub struct Names<const N: usize> {
    texts: [&'static str; N],
    strings: PyOnceLock<[Py<PyString>; N]>,
}

impl<const N: usize> Names<N> {
    /// The names, as text.
    pub const fn new(texts: [&'static str; N]) -> Self {
        Names { texts, strings: PyOnceLock::new() }
    }

    #[inline]
    fn strings(&'static self, py: Python<'_>) -> &'static [Py<PyString>; N] {
        self.strings.get_or_init(py, || self.texts.map(|text| PyString::intern(py, text).unbind()))
    }
}

/// Where a field is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From a dict by key, from any other object as an attribute.
    ItemOrAttribute,
    /// By key, from any object: `object["name"]`.
    Item,
    /// As an attribute, from any object: `object.name`.
    Attribute,
}

/// The fields of one Python object, read in order.
pub struct Fields<'a, 'py> {
    object: Borrowed<'a, 'py, PyAny>,
    /// A place in the object, if it is a dict, and its class has no `__getitem__` of its own.
    dict: Option<DictCursor<'a, 'py>>,
    texts: &'static [&'static str],
    strings: &'static [Py<PyString>],
    owner: &'static str,
    /// Whether any field was there at all.
    found: bool,
    _level: StackGuard<'py>,
}

/// Whether one field is right, its value dropped.
pub type Check<'a, 'py> = fn(&mut Fields<'a, 'py>) -> Result<(), ConversionError>;

impl<'a, 'py> Fields<'a, 'py> {
    /// The fields of `object`, for the derived type `owner`.
    #[inline]
    pub fn of<const N: usize>(
        object: Borrowed<'a, 'py, PyAny>,
        names: &'static Names<N>,
        owner: &'static str,
    ) -> Result<Self, ConversionError> {
        let level = StackGuard::enter(object.py())?;
        let dict = match object.try_cast_borrowed::<PyDict>() {
            Some(dict) if object.is_exact_instance_of::<PyDict>() || is_read_as_dict(&object)? => {
                Some(DictCursor::new(dict))
            }
            _ => None,
        };
        Ok(Fields {
            object,
            dict,
            texts: &names.texts,
            strings: names.strings(object.py()),
            owner,
            found: false,
            _level: level,
        })
    }

    /// A field that must be there.
    #[inline(always)]
    pub fn required<T: FromPyObjectOwned<'py>>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<T, ConversionError> {
        match self.next_in_dict(index, source) {
            Some(value) => self.convert(index, &value),
            None => self.look_up(index, source)?.ok_or_else(|| self.missing::<T>(index, source)),
        }
    }

    /// A field that has a default for when it is missing, and only then.
    #[inline(always)]
    pub fn or_else<T: FromPyObjectOwned<'py>>(
        &mut self,
        index: usize,
        source: Source,
        default: impl FnOnce() -> T,
    ) -> Result<T, ConversionError> {
        Ok(self.optional(index, source)?.unwrap_or_else(default))
    }

    /// A field that may be missing.
    #[inline(always)]
    pub fn optional<T: FromPyObjectOwned<'py>>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Option<T>, ConversionError> {
        match self.next_in_dict(index, source) {
            Some(value) => self.convert(index, &value).map(Some),
            None => self.look_up(index, source),
        }
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
    fn convert<T: FromPyObjectOwned<'py>>(
        &self,
        index: usize,
        value: &Bound<'py, PyAny>,
    ) -> Result<T, ConversionError> {
        T::extract(value.as_borrowed())
            .map_err(|error| error.at(Segment::field(self.texts[index]), value.as_borrowed()))
    }

    /// A field that is wherever it may be; `None` where it is missing.
    #[inline(never)]
    fn look_up<T: FromPyObjectOwned<'py>>(
        &mut self,
        index: usize,
        source: Source,
    ) -> Result<Option<T>, ConversionError> {
        match self.value(index, source) {
            Ok(Some(value)) => {
                self.found = true;
                self.convert(index, &value).map(Some)
            }
            Ok(None) => Ok(None),
            Err(error) => {
                Err(ConversionError::from(error).inside(Segment::field(self.texts[index])))
            }
        }
    }

    /// The object in a field; `None` where it is missing.
    fn value(&self, index: usize, source: Source) -> PyResult<Option<Bound<'py, PyAny>>> {
        let name = self.strings[index].bind(self.object.py());
        match (&self.dict, source) {
            (Some(dict), Source::ItemOrAttribute | Source::Item) => dict.dict().get(name),
            _ if self.is_read_by_key(source) => item(&self.object, name),
            _ => attribute(&self.object, name),
        }
    }

    fn is_read_by_key(&self, source: Source) -> bool {
        match source {
            Source::Item => true,
            Source::Attribute => false,
            Source::ItemOrAttribute => self.object.is_instance_of::<PyDict>(),
        }
    }

    #[cold]
    #[inline(never)]
    fn missing<T: FromPyObjectOwned<'py>>(&self, index: usize, source: Source) -> ConversionError {
        let error = if self.is_read_by_key(source) {
            ConversionError::new(
                const { &Leaf::missing_key(<T as FromPyObject<'py, 'py>>::EXPECTED) },
            )
        } else {
            ConversionError::new(
                const { &Leaf::missing_attribute(<T as FromPyObject<'py, 'py>>::EXPECTED) },
            )
        };
        error.inside(Segment::field(self.texts[index]))
    }

    /// The error of the whole, after the first wrong field: adds what is wrong with the remaining
    /// ones. An object that is no dict and has not one of the attributes is of the wrong type.
    #[cold]
    #[inline(never)]
    pub fn failed(
        mut self,
        wrong_type: ConversionError,
        first: ConversionError,
        remaining: &[Check<'a, 'py>],
    ) -> ConversionError {
        let error = all_wrong(first, remaining.iter().map(|check| check(&mut self)));
        let missing_all =
            !self.found && error.is_missing() && !self.object.is_instance_of::<PyDict>();
        if missing_all { wrong_type } else { error.within(self.owner) }
    }
}

/// Whether keys of a dict subclass are looked up as those of any dict: its class has no
/// `__getitem__` of its own. (What it may have is a `__missing__`, but a conversion only looks at its
/// input: a `defaultdict` does not grow by being read.)
#[cold]
#[inline(never)]
fn is_read_as_dict(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let name = intern!(py, "__getitem__");
    let own = object.get_type().definition(name)?;
    let of_dict = PyDict::type_object(py).definition(name)?;
    Ok(own.zip(of_dict).is_some_and(|(own, of_dict)| own.is(&of_dict)))
}

/// `object[name]`; `None` for a `KeyError`, and for an object that has no keys.
fn item<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !object.is_mapping() {
        return Ok(None);
    }
    match object.get_object(name.as_any()) {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_instance_of::<PyKeyError>(object.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `object.name`; `None` where there is no such attribute. An `AttributeError` that comes out of a
/// property stays an exception.
#[inline]
fn attribute<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match object.get_attribute(name) {
        Ok(value) => Ok(Some(value)),
        Err(error) => attribute_error(object, name, error),
    }
}

#[cold]
fn attribute_error<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
    error: PyErr,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !error.is_instance_of::<PyAttributeError>(object.py()) {
        return Err(error);
    }
    match is_defined_by_class(object, name) {
        Ok(false) => Ok(None),
        Ok(true) | Err(_) => Err(error),
    }
}

/// Whether the object's class, or a base, defines the name by something that runs code when the
/// attribute is read. A slot does not: where it is empty, the attribute is missing.
fn is_defined_by_class<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<bool> {
    let definition = object.get_type().definition(name)?;
    Ok(definition.is_some_and(|definition| !definition.is_slot_of_class()))
}

/// The items of a tuple of a fixed length.
pub struct TupleItems<'a, 'py, const N: usize> {
    tuple: Borrowed<'a, 'py, PyTuple>,
    _level: Option<StackGuard<'py>>,
}

/// Whether one item is right, its value dropped.
pub type ItemCheck<'a, 'py, const N: usize> =
    fn(&TupleItems<'a, 'py, N>) -> Result<(), ConversionError>;

/// The items of `object`, if it is a tuple of `N`; `T` is the type to be made.
#[inline]
pub fn tuple_items<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<TupleItems<'a, 'py, N>, ConversionError> {
    let level = StackGuard::enter_unless(T::SHALLOW, object.py())?;
    match object.try_cast_borrowed::<PyTuple>() {
        Some(tuple) if tuple.len() == N => Ok(TupleItems { tuple, _level: level }),
        Some(_) => Err(ConversionError::new(const { &Leaf::wrong_length(T::EXPECTED) })),
        None => Err(T::wrong_type()),
    }
}

impl<'a, 'py, const N: usize> TupleItems<'a, 'py, N> {
    /// The item at an index below `N`.
    #[inline(always)]
    pub fn item<T: FromPyObject<'a, 'py>>(&self, index: usize) -> Result<T, ConversionError> {
        self.item_as::<T, false>(index)
    }

    /// As [`item`](Self::item), strictly or not.
    #[inline(always)]
    pub(crate) fn item_as<T: FromPyObject<'a, 'py>, const STRICT: bool>(
        &self,
        index: usize,
    ) -> Result<T, ConversionError> {
        match self.tuple.get_borrowed(index) {
            Some(item) => {
                extract_as::<T, STRICT>(item).map_err(|error| error.at(Segment::index(index), item))
            }
            // A tuple that is still being made, which the garbage collector shows.
            None => Err(ConversionError::new(const { &Leaf::changed(TypeHint::name("tuple")) })
                .inside(Segment::index(index))),
        }
    }

    /// The error of the whole, after the first wrong item: adds what is wrong with the remaining
    /// ones.
    #[cold]
    #[inline(never)]
    pub fn failed(
        &self,
        owner: &'static str,
        first: ConversionError,
        remaining: &[ItemCheck<'a, 'py, N>],
    ) -> ConversionError {
        self.all_wrong(first, remaining).within(owner)
    }

    /// As [`failed`](Self::failed), for a tuple that is not a derived type.
    #[cold]
    #[inline(never)]
    pub(crate) fn all_wrong(
        &self,
        first: ConversionError,
        remaining: &[ItemCheck<'a, 'py, N>],
    ) -> ConversionError {
        all_wrong(first, remaining.iter().map(|check| check(self)))
    }
}

/// A dict being made from a struct.
pub struct Record<'py> {
    dict: Bound<'py, PyDict>,
    texts: &'static [&'static str],
    strings: &'static [Py<PyString>],
    owner: &'static str,
    _level: StackGuard<'py>,
}

impl<'py> Record<'py> {
    /// An empty dict, for the derived type `owner`.
    #[inline]
    pub fn new<const N: usize>(
        py: Python<'py>,
        names: &'static Names<N>,
        owner: &'static str,
    ) -> Result<Self, ConversionError> {
        Ok(Record {
            _level: StackGuard::enter(py)?,
            dict: PyDict::with_capacity(py, N)?,
            texts: &names.texts,
            strings: names.strings(py),
            owner,
        })
    }

    /// Sets one field.
    #[inline]
    pub fn set<T: IntoPy<'py>>(&mut self, index: usize, value: T) -> Result<(), ConversionError> {
        let py = self.dict.py();
        let done = value.into_py(py).and_then(|value| {
            Ok(self.dict.set(self.strings[index].bind(py).as_any(), value.as_any())?)
        });
        done.map_err(|error| error.inside(Segment::field(self.texts[index])).within(self.owner))
    }

    /// The dict.
    #[inline]
    pub fn finish(self) -> Bound<'py, PyDict> {
        self.dict
    }
}

/// A tuple being made from a tuple struct.
pub struct TupleBuilder<'py, const N: usize> {
    items: Vec<Bound<'py, PyAny>>,
    py: Python<'py>,
    owner: &'static str,
    _level: StackGuard<'py>,
}

impl<'py, const N: usize> TupleBuilder<'py, N> {
    /// No items yet, for the derived type `owner`.
    #[inline]
    pub fn new(py: Python<'py>, owner: &'static str) -> Result<Self, ConversionError> {
        let level = StackGuard::enter(py)?;
        Ok(TupleBuilder { items: Vec::with_capacity(N), py, owner, _level: level })
    }

    /// Adds the next item.
    #[inline]
    pub fn push<T: IntoPy<'py>>(&mut self, value: T) -> Result<(), ConversionError> {
        match value.into_py(self.py) {
            Ok(object) => {
                self.items.push(object.into_any());
                Ok(())
            }
            Err(error) => Err(error.inside(Segment::index(self.items.len())).within(self.owner)),
        }
    }

    /// The tuple.
    #[inline]
    pub fn finish(self) -> Result<Bound<'py, PyTuple>, ConversionError> {
        Ok(PyTuple::from_objects(self.py, self.items)?)
    }
}
