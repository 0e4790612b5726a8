//! Enums whose variants have names or numbers.

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{Handed, PyAny, PyDict, PyMapping, PyString};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Segment, TypeHint};

use super::Names;
use super::by_name::has_keys;
use super::{Fields, Source};
use crate::FromPyObject;
use crate::std::strict::extract_as;
use convert_ffi::container::key_and_value;

/// The names of an enum's variants, and the errors for what is none of them.
#[derive(Debug)]
pub struct Tags<const N: usize> {
    names: Names<N>,
    wrong_type: Leaf,
    unknown: Leaf,
    missing: [Leaf; 2],
}

impl<const N: usize> Tags<N> {
    /// The names within the derived type `owner`, and further names for some.
    pub const fn new(
        owner: &'static str,
        texts: &'static str,
        aliases: &'static [(usize, &'static str)],
    ) -> Self {
        let expected = TypeHint::one_of(texts);
        Tags {
            names: Names::with_aliases(owner, texts, aliases),
            wrong_type: Leaf::wrong_type(expected),
            unknown: Leaf::wrong_value(expected),
            missing: [Leaf::missing_key(expected), Leaf::missing_attribute(expected)],
        }
    }

    /// The variant of that name. What is no name of one is number `N`, where there is a variant for
    /// it.
    fn variant<const OTHER: bool>(
        &'static self,
        name: &Bound<'_, PyAny>,
    ) -> Result<usize, ConversionError> {
        match self.names.position(name) {
            Some(variant) => Ok(variant),
            None if OTHER => Ok(N),
            None if name.is_instance_of::<PyString>() => Err(ConversionError::new(&self.unknown)),
            None => Err(ConversionError::new(&self.wrong_type)),
        }
    }

    /// Says which variant an error is about.
    #[cold]
    #[inline(never)]
    pub fn in_variant(
        &'static self,
        error: ConversionError,
        variant: usize,
        object: Borrowed<'_, '_, PyAny>,
    ) -> ConversionError {
        self.at(error, variant, Segment::variant, object)
    }

    /// As [`in_variant`](Self::in_variant), where the variant's name is a key.
    #[cold]
    #[inline(never)]
    pub fn in_key(
        &'static self,
        error: ConversionError,
        variant: usize,
        object: Borrowed<'_, '_, PyAny>,
    ) -> ConversionError {
        self.at(error, variant, Segment::variant_key, object)
    }

    fn at(
        &self,
        error: ConversionError,
        variant: usize,
        segment: fn(&'static str) -> Segment,
        object: Borrowed<'_, '_, PyAny>,
    ) -> ConversionError {
        let table = &self.names.table;
        let error = match variant {
            // It is about what has no known name.
            _ if variant == N => error.of(object),
            _ => error.at(segment(table.text(variant)), object),
        };
        error.within(table.owner)
    }
}

impl<'py> Fields<'_, 'py> {
    /// The variant that the first field names.
    #[inline]
    pub fn tag<const N: usize, const OTHER: bool, const TRIED: bool>(
        &mut self,
        source: Source,
        tags: &'static Tags<N>,
        wrong_type: &'static Leaf,
    ) -> Result<usize, ConversionError> {
        // Usually it is the very string.
        let name = match self.choose(0, source, tags.names.strings(self.object.py())) {
            Handed::Read(variant) => return Ok(variant),
            Handed::Held(name) => Some(name),
            _ => None,
        };
        self.tag_by_text::<N, OTHER, TRIED>(name, source, tags, wrong_type)
    }

    #[inline(never)]
    fn tag_by_text<const N: usize, const OTHER: bool, const TRIED: bool>(
        &mut self,
        name: Option<Bound<'py, PyAny>>,
        source: Source,
        tags: &'static Tags<N>,
        wrong_type: &'static Leaf,
    ) -> Result<usize, ConversionError> {
        let name = match name {
            Some(name) => Some(name),
            None => {
                let found = self.look_further(0, source);
                found.map_err(|error| self.raised_at(0, error))?
            }
        };
        let found = match &name {
            Some(name) => tags
                .variant::<OTHER>(name)
                .map_err(|error| self.at(0, error, name).within(self.table.owner)),
            None if TRIED => Err(ConversionError::lacking()),
            None => Err(self.without_tag(source, &tags.missing, wrong_type)),
        };
        drop(name);
        self.look_again();
        found
    }

    #[cold]
    #[inline(never)]
    fn without_tag(
        &mut self,
        source: Source,
        missing: &'static [Leaf; 2],
        wrong_type: &'static Leaf,
    ) -> ConversionError {
        let error = self.missing_leaf(0, source, missing);
        match has_keys(&self.object) {
            Ok(true) => error.within(self.table.owner),
            Ok(false) => ConversionError::new(wrong_type),
            Err(error) => error.into(),
        }
    }

    /// What the second field holds: the object of the variant, of which it says what was expected.
    pub fn content(
        &mut self,
        source: Source,
        missing: &'static [Leaf; 2],
    ) -> Result<Bound<'py, PyAny>, ConversionError> {
        let found = self.look_up(1, source).map_err(|error| self.raised_at(1, error));
        let found = found.and_then(|found| match found {
            Some(content) => Ok(content),
            None => Err(self.missing_leaf(1, source, missing)),
        });
        found.map_err(|error| error.within(self.table.owner))
    }

    /// Says that an error is about what the second field holds.
    #[cold]
    pub fn in_content(
        &self,
        error: ConversionError,
        content: &Bound<'py, PyAny>,
    ) -> ConversionError {
        self.at(1, error, content)
    }
}

/// A variant that was named: by a text alone, or by the one key of a dict.
pub struct External<'py> {
    /// Its index; the number of variants, for one that is not known.
    pub variant: usize,
    content: Option<Bound<'py, PyAny>>,
    _level: StackGuard<'py>,
}

/// The variant that the object names.
pub fn external<
    'a,
    'py,
    T: FromPyObject<'a, 'py>,
    const N: usize,
    const OTHER: bool,
    const STRICT: bool,
>(
    object: Borrowed<'a, 'py, PyAny>,
    tags: &'static Tags<N>,
) -> Result<External<'py>, ConversionError> {
    let level = StackGuard::enter(object.py())?;
    if let Some(text) = object.try_cast::<PyString>()
        && (!STRICT || object.is_exact_instance_of::<PyString>())
    {
        let variant = tags.variant::<OTHER>(text.as_any())?;
        return Ok(External { variant, content: None, _level: level });
    }
    let Some((key, content)) = only_entry::<STRICT>(object, T::wrong_type, || {
        ConversionError::new(const { &Leaf::wrong_value(T::EXPECTED) })
    })?
    else {
        return Err(T::wrong_type());
    };
    let variant = tags.variant::<OTHER>(&key).map_err(|error| {
        let error = error.at(Segment::in_key(), key.as_borrowed());
        error.inside(Segment::key(&key)).within(tags.names.table.owner)
    })?;
    Ok(External { variant, content: Some(content), _level: level })
}

type Entry<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// The key and the value of a dict or mapping that has one.
fn only_entry<'py, const STRICT: bool>(
    object: Borrowed<'_, 'py, PyAny>,
    wrong_type: fn() -> ConversionError,
    wrong_length: fn() -> ConversionError,
) -> Result<Option<Entry<'py>>, ConversionError> {
    let mut only = None;
    if let Some(dict) = object.try_cast_exact::<PyDict>() {
        if dict.len() != 1 {
            return Err(wrong_length());
        }
        dict.walk(|key, value| {
            only = Some((key.to_owned(), value.to_owned()));
            Ok::<_, ConversionError>(())
        })?;
    } else if !STRICT && has_keys(&object)? {
        let items = object.cast::<PyMapping>()?.items()?;
        if items.len() != 1 {
            return Err(wrong_length());
        }
        items.walk(|index, pair| {
            only = Some(key_and_value(index, pair)?);
            Ok::<_, ConversionError>(())
        })?;
    } else {
        return Err(wrong_type());
    }
    Ok(only)
}

impl<'py> External<'py> {
    /// What the variant holds.
    pub fn content(&self) -> Result<&Bound<'py, PyAny>, ConversionError> {
        const EXPECTED: TypeHint = TypeHint::name("a dict of the variant and what it holds");
        self.content
            .as_ref()
            .ok_or_else(|| ConversionError::new(const { &Leaf::wrong_type(EXPECTED) }))
    }

    /// An error, if a unit variant came with anything but `None`.
    pub fn check_unit(&self) -> Result<(), ConversionError> {
        match &self.content {
            Some(content) if !content.is_none() => {
                Err(ConversionError::new(const { &Leaf::wrong_type(TypeHint::name("None")) }))
            }
            _ => Ok(()),
        }
    }

    /// Says that an error is about what the variant holds.
    #[cold]
    pub fn failed<const N: usize>(
        &self,
        error: ConversionError,
        tags: &'static Tags<N>,
        object: Borrowed<'_, 'py, PyAny>,
    ) -> ConversionError {
        match &self.content {
            Some(content) => tags.in_key(error, self.variant, content.as_borrowed()),
            None => tags.in_variant(error, self.variant, object),
        }
    }
}

/// The variant whose name the object is; `None` for a text that is no name of one.
#[inline]
pub fn named_variant<'a, 'py, T: FromPyObject<'a, 'py>, const N: usize, const STRICT: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    names: &'static Names<N>,
) -> Result<Option<usize>, ConversionError> {
    let is_text = match STRICT {
        true => object.is_exact_instance_of::<PyString>(),
        false => object.is_instance_of::<PyString>(),
    };
    if is_text { Ok(names.position(&object)) } else { Err(T::wrong_type()) }
}

/// The variant whose number the object is; `None` for an int that is no number of one.
#[inline]
pub fn numbered_variant<'a, 'py, T: FromPyObject<'a, 'py>, const STRICT: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    numbers: &[i128],
) -> Result<Option<usize>, ConversionError> {
    // Once: what has `__index__` may answer otherwise the next time.
    match extract_as::<i128, STRICT>(object) {
        Ok(number) => Ok(numbers.iter().position(|known| *known == number)),
        Err(error) if error.is_out_of_range() => Ok(None),
        Err(error) if error.is_mismatch() => Err(T::wrong_type()),
        Err(error) => Err(error),
    }
}

/// The error for a name or a number that is of no variant.
#[cold]
pub fn unknown_variant<'a, 'py, T: FromPyObject<'a, 'py>>() -> ConversionError {
    ConversionError::new(const { &Leaf::wrong_value(T::EXPECTED) })
}
