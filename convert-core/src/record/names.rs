//! [`Names`]: the keys of a type, as Python strings from the first use on.
//!
//! The texts of all names are one, which NUL separates: of as many as a program may have, each
//! would cost a pointer, and that pointer's relocation.

use std::sync::atomic::{AtomicU8, Ordering};

use convert_ffi::types::{KnownClasses, PyAny, PyDict, PyString};
use convert_ffi::{Bound, FieldNames, Py, PyOnceLock, Python, Segment};

use super::by_name::plain_type;
use super::near::near_keys;

/// The names of a struct's fields, or of an enum's variants.
#[derive(Debug)]
pub struct Names<const N: usize> {
    pub(super) table: Table,
    strings: PyOnceLock<[Py<PyString>; N]>,
}

/// What of the names does not depend on their number.
#[derive(Debug)]
pub struct Table {
    /// The derived type.
    pub(super) owner: &'static str,
    pub(super) texts: &'static str,
    count: usize,
    /// Further names, each with the index of the one it stands for.
    aliases: &'static [(usize, &'static str)],
    alias_strings: PyOnceLock<Vec<Py<PyString>>>,
    /// A bit for each of the plain types that was asked and defines none of the names.
    foreign: AtomicU8,
    /// The classes whose instances keep attributes of these names where it is known.
    pub(super) classes: KnownClasses,
}

impl<const N: usize> Names<N> {
    /// The names within the derived type `owner`.
    pub const fn new(owner: &'static str, texts: &'static str) -> Self {
        Self::with_aliases(owner, texts, &[])
    }

    /// As [`new`](Self::new), with further names for some.
    pub const fn with_aliases(
        owner: &'static str,
        texts: &'static str,
        aliases: &'static [(usize, &'static str)],
    ) -> Self {
        let table = Table {
            owner,
            texts,
            count: N,
            aliases,
            alias_strings: PyOnceLock::new(),
            foreign: AtomicU8::new(0),
            classes: KnownClasses::new(),
        };
        Names { table, strings: PyOnceLock::new() }
    }

    #[inline]
    pub(super) fn strings(&'static self, py: Python<'_>) -> &'static [Py<PyString>; N] {
        self.strings.get_or_init(py, || {
            std::array::from_fn(|index| PyString::intern(py, self.table.text(index)).unbind())
        })
    }

    /// A name as a Python string.
    #[inline]
    pub fn string<'py>(&'static self, py: Python<'py>, index: usize) -> Bound<'py, PyString> {
        self.strings(py)[index].bind(py).clone()
    }

    /// Which of the names the object is.
    pub(super) fn position(&'static self, object: &Bound<'_, PyAny>) -> Option<usize> {
        self.table.position(self.strings(object.py()), object)
    }
}

impl Table {
    fn texts(&self) -> impl Iterator<Item = &'static str> {
        self.texts.split('\0').take(self.count)
    }

    /// The name with that index; empty beyond the last.
    #[cold]
    pub(super) fn text(&self, index: usize) -> &'static str {
        self.texts().nth(index).unwrap_or_default()
    }

    /// The step of a path to the field with that index.
    pub(super) fn segment(&'static self, index: usize) -> Segment {
        Segment::nth_field(self, index)
    }

    /// Whether any has another name.
    pub(super) fn has_aliases(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// The other names of one of them.
    pub(super) fn aliases<'py>(
        &'static self,
        index: usize,
        py: Python<'py>,
    ) -> impl Iterator<Item = &'py Bound<'py, PyString>> {
        let aliases = self.aliases.iter().zip(self.alias_strings(py));
        let of_index = aliases.filter(move |((of, _), _)| *of == index);
        of_index.map(move |(_, string)| string.bind(py))
    }

    fn alias_strings(&'static self, py: Python<'_>) -> &'static [Py<PyString>] {
        if self.aliases.is_empty() {
            return &[];
        }
        let intern = |(_, text): &(_, &str)| PyString::intern(py, text).unbind();
        self.alias_strings.get_or_init(py, || self.aliases.iter().map(intern).collect())
    }

    /// Which of the names the object is: usually the very string, else one of the same text.
    pub(super) fn position(
        &'static self,
        strings: &[Py<PyString>],
        object: &Bound<'_, PyAny>,
    ) -> Option<usize> {
        let py = object.py();
        if let Some(index) = strings.iter().position(|string| object.is(string.bind(py))) {
            return Some(index);
        }
        object.try_cast::<PyString>()?.with_text(|text| self.position_of(text)).ok()?
    }

    fn position_of(&self, text: &str) -> Option<usize> {
        let alias = || self.aliases.iter().find(|(_, alias)| *alias == text).map(|(of, _)| *of);
        // Of bytes, which are faster to part than characters.
        let texts = self.texts.as_bytes().split(|byte| *byte == 0).take(self.count);
        let position = { texts }.position(|known| known == text.as_bytes());
        position.or_else(alias)
    }

    pub(super) fn knows(&self, text: &str) -> bool {
        self.position_of(text).is_some()
    }

    /// Whether the object is of a plain type, which defines none of the names: it has neither keys
    /// nor any of the attributes.
    pub(super) fn is_foreign_to(
        &'static self,
        object: &Bound<'_, PyAny>,
        strings: &[Py<PyString>],
    ) -> bool {
        plain_type(object).is_some_and(|bit| {
            self.foreign.load(Ordering::Relaxed) & bit != 0
                || self.is_undefined_by(object, strings, bit)
        })
    }

    /// Whether the class defines none of the names: then that is noted.
    #[cold]
    fn is_undefined_by(
        &'static self,
        object: &Bound<'_, PyAny>,
        strings: &[Py<PyString>],
        note: u8,
    ) -> bool {
        let (py, class) = (object.py(), object.get_type());
        let mut all = strings.iter().chain(self.alias_strings(py));
        let is_undefined = all.all(|name| matches!(class.definition(name.bind(py)), Ok(None)));
        if is_undefined {
            self.foreign.fetch_or(note, Ordering::Relaxed);
        }
        is_undefined
    }

    /// All names, the further ones too.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.texts().chain(self.aliases.iter().map(|(_, alias)| *alias))
    }
}

impl FieldNames for Table {
    fn name(&self, index: usize) -> &'static str {
        self.text(index)
    }

    fn near_keys(&self, dict: &Bound<'_, PyDict>, missing: &[usize]) -> Vec<(usize, String)> {
        near_keys(self, dict, missing)
    }
}
