//! [`AtHand`]: the values of an object that are at hand, one after the other.
//!
//! Reading a field asks for it there first. What is at hand depends on the object: of a dict the
//! entry that comes next, then any; of an instance what its class is known to keep in a slot or in
//! the instance's own namespace. The answer is [`Handed`]: mostly the value or its object, else
//! where to go on looking.
//!
//! | file | what it holds |
//! |---|---|
//! | `entries.rs` | the entries of a dict |
//! | `slots.rs` | the slots of an instance alone |
//! | `classes.rs` | where the instances of a class keep their attributes |
//! | `no_classes.rs` | the same where classes cannot be seen through |
//! | `unheld.rs` | an object that is looked at without being held |

#[cfg(direct_layouts)]
mod classes;
#[cfg(not(direct_layouts))]
#[path = "no_classes.rs"]
mod classes;
mod entries;
mod slots;
mod unheld;

use classes::{KnownClass, Place};
use unheld::{Unheld, held, hold, read_or_hold, unheld};

use super::dict::DictCursor;
use super::{Plain, PyAny, PyDict, PyString};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};

pub use classes::KnownClasses;
pub use entries::{AllEntries, Entries};
pub use slots::Slots;

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

/// One field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field<'n> {
    /// Where it is read from.
    pub source: Source,
    /// Which of the `names` it has.
    pub index: usize,
    /// As [`AtHand::go_on_with_attributes`] was given them. Where they are is looked up when one is
    /// needed: kept in registers meanwhile, it costs what other registers are saved for.
    pub names: &'n &'static [Py<PyString>],
}

impl Field<'_> {
    #[inline(always)]
    fn name<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.names[self.index].bind(py)
    }
}

/// What is at hand of a field.
#[derive(Debug)]
pub enum Handed<'py, T> {
    /// Its value.
    Read(T),
    /// Its object, of which the value is still to be made.
    Held(Bound<'py, PyAny>),
    /// Nothing is at hand: the field may be elsewhere, or missing.
    NotHere,
    /// The dict has no key of the field's own name: it is missing, unless an alias leads to it.
    NotInDict,
    /// Nothing: looking for it raised.
    Raised(PyErr),
}

/// Hands out fields.
pub trait Hand<'py> {
    /// A field's value, if it is a plain one, whose object need not be held while it is read; else
    /// its object. `object` is the one whose field it is.
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T>;

    /// A field's object.
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T>;
}

/// The values of an object that are at hand: of a dict, from one entry to the next; of an instance
/// of a known class, where it keeps its attributes.
pub struct AtHand<'a, 'py> {
    /// Of the dict, how far it was read.
    entries: Option<DictCursor<Borrowed<'a, 'py, PyDict>>>,
    /// Of the instance, what is known of its class.
    class: Option<&'static KnownClass>,
    /// Of the instance, how far its namespace was read.
    namespace: Option<DictCursor<Bound<'py, PyDict>>>,
    /// Whether anything was.
    found: bool,
}

impl<'a, 'py> AtHand<'a, 'py> {
    /// None.
    #[inline(always)]
    pub const fn nothing() -> Self {
        AtHand { entries: None, class: None, namespace: None, found: false }
    }

    /// The values of a dict.
    #[inline(always)]
    pub fn entries(dict: Borrowed<'a, 'py, PyDict>) -> Self {
        AtHand { entries: Some(DictCursor::by_key(dict)), ..Self::nothing() }
    }

    /// Goes on with the attributes of an instance, always those of the same names: with none, if it
    /// is not known where its class keeps them.
    pub fn go_on_with_attributes(
        &mut self,
        object: &Bound<'py, PyAny>,
        classes: &'static KnownClasses,
        names: &[Py<PyString>],
    ) {
        self.forget();
        if let Some(class) = classes.of(object, names) {
            self.go_on_with_class(object, class);
        }
    }

    /// As [`go_on_with_attributes`](Self::go_on_with_attributes), where nothing was at hand, and an
    /// unknown class stays one; whether it is known.
    #[inline(always)]
    pub fn begin_with_attributes(
        &mut self,
        object: &Bound<'py, PyAny>,
        classes: &'static KnownClasses,
    ) -> bool {
        classes.get(object).is_some_and(|class| self.go_on_with_class(object, class))
    }

    #[inline(always)]
    fn go_on_with_class(&mut self, object: &Bound<'py, PyAny>, class: &'static KnownClass) -> bool {
        if class.has_namespace() && !self.go_on_with_namespace(object, class) {
            return false;
        }
        self.class = Some(class);
        true
    }

    #[inline(never)]
    fn go_on_with_namespace(
        &mut self,
        object: &Bound<'py, PyAny>,
        class: &'static KnownClass,
    ) -> bool {
        let namespace = class.namespace(object).map(DictCursor::new);
        // Making the namespace may have collected garbage, which may have changed the class.
        let is_known = class.is_known_of(object);
        if is_known {
            self.namespace = namespace;
        }
        is_known
    }

    /// Goes on with the values of a dict.
    pub fn go_on_with_entries(&mut self, dict: Borrowed<'a, 'py, PyDict>) {
        *self = AtHand { found: self.found, ..Self::entries(dict) };
    }

    /// Goes on with nothing.
    pub fn forget(&mut self) {
        *self = AtHand { found: self.found, ..Self::nothing() };
    }

    /// Whether anything was found here, or [noted](Self::note_found) as found.
    #[inline]
    pub fn has_found(&self) -> bool {
        self.found
    }

    /// Notes that something was found elsewhere.
    #[inline(always)]
    pub fn note_found(&mut self) {
        self.found = true;
    }

    /// The dict, if it is the values of one.
    #[inline]
    pub fn dict(&self) -> Option<&Bound<'py, PyDict>> {
        self.entries.as_ref().map(DictCursor::dict)
    }

    /// Whether it is the values of a dict that has none, as it had when it was first looked at.
    #[inline(always)]
    pub fn is_empty_dict(&self) -> bool {
        self.entries.as_ref().is_some_and(DictCursor::is_still_empty)
    }

    /// Looks for the next values of a dict anywhere, at once.
    #[inline(always)]
    pub fn go_on_in_any_order(&mut self) {
        if let Some(entries) = &mut self.entries {
            entries.go_on_in_any_order();
        }
    }

    /// Whether it holds anything: without, it need not be dropped.
    #[inline(always)]
    pub fn holds_something(&self) -> bool {
        cfg!(direct_layouts) && self.namespace.is_some()
    }

    /// Whether these are the attributes of an instance.
    #[inline]
    pub fn are_attributes(&self) -> bool {
        self.class().is_some()
    }

    /// Whether the attributes are still where they were. Whatever ran Python code may have changed
    /// the class, or given the object another one, or another `__dict__`.
    #[inline]
    pub fn is_current(&self, object: &Bound<'py, PyAny>) -> bool {
        let Some(class) = self.class() else { return true };
        // Asked first, as it may make the namespace, and so collect garbage.
        let is_same = self.namespace.as_ref().is_none_or(|namespace| {
            class.namespace(object).is_some_and(|now| now.is(namespace.dict()))
        });
        is_same && class.is_known_of(object)
    }

    /// The class of the instance. Where none is known, the compiler shall see it.
    #[inline(always)]
    fn class(&self) -> Option<&'static KnownClass> {
        if cfg!(direct_layouts) { self.class } else { None }
    }

    /// Of all that is at hand only the plain values in slots, which a few instructions read.
    #[inline(always)]
    pub fn slots(&self) -> Slots {
        Slots(self.class())
    }

    /// The entries of the dict, if it is the values of one.
    #[inline(always)]
    pub fn as_entries(&mut self) -> Option<Entries<'_, 'a, 'py>> {
        let entries = self.entries.as_mut()?;
        Some(Entries { entries, found: &mut self.found })
    }

    /// All entries of the dict, if it is the values of one: for a field that was not at hand.
    /// `guessed` says that the dict may well be meant for other fields.
    #[inline(always)]
    pub fn as_all_entries(&mut self, guessed: bool) -> Option<AllEntries<'_, 'a, 'py>> {
        self.as_entries().map(|entries| AllEntries { entries, guessed })
    }

    /// A field's object, if it is an attribute: the next entry of the namespace, or in a slot.
    ///
    /// # Safety
    /// The object is held no longer than until Python code runs.
    #[inline(always)]
    unsafe fn find_attribute(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
    ) -> Option<Unheld<'_, 'py>> {
        let class = self.class()?;
        let noted = &mut self.found;
        let found = |value: Borrowed<'_, 'py, PyAny>| {
            *noted = true;
            // SAFETY: what it was found in goes on holding it until Python code runs, by the
            // caller's word.
            unsafe { unheld(value) }
        };
        if field.source == Source::Item {
            return None;
        }
        match class.place(field.index) {
            // SAFETY: keeping an address runs no Python code.
            Place::Slot(offset) => unsafe { class.slot(object, offset, found) },
            Place::Instance => {
                let namespace = self.namespace.as_mut()?;
                // SAFETY: keeping an address and looking up a name run no Python code.
                unsafe { namespace.next_if(|| field.name(object.py()), found) }
            }
            Place::Unknown => None,
        }
    }

    /// Which of the strings a field is, if it is that very object; else its object.
    #[inline(always)]
    pub fn choose(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        strings: &[Py<PyString>],
    ) -> Handed<'py, usize> {
        // SAFETY: comparing addresses runs no Python code, and any other object is held at once.
        let found = unsafe {
            match self.as_entries() {
                Some(mut entries) => entries.find(object, field),
                None => self.find_attribute(object, field),
            }
        };
        let Some(found) = found else { return Handed::NotHere };
        match strings.iter().position(|string| found.is(string.bind(object.py()))) {
            Some(index) => Handed::Read(index),
            None => Handed::Held(held(found)),
        }
    }

    /// The attribute of that index and name, or that it is missing, for which no exception is made.
    /// `None` where reading it may run code of the class: that is left to the caller.
    #[inline]
    pub fn attribute(
        &self,
        object: &Bound<'py, PyAny>,
        index: usize,
        name: &Bound<'py, PyString>,
    ) -> Option<PyResult<Option<Bound<'py, PyAny>>>> {
        if !matches!(self.class()?.place(index), Place::Instance) {
            return None;
        }
        match self.namespace.as_ref().map(|namespace| namespace.dict().get(name.as_any())) {
            Some(found @ (Ok(Some(_)) | Err(_))) => Some(found),
            // Comparing keys of the namespace may have changed the class.
            Some(Ok(None)) if !self.class()?.is_known_of(object) => None,
            _ => Some(object.get_optional_attribute(name)),
        }
    }
}

impl<'py> Hand<'py> for AtHand<'_, 'py> {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        if let Some(mut entries) = self.as_entries() {
            return entries.read(object, field);
        }
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object
        // is held at once.
        read_or_hold(unsafe { self.find_attribute(object, field) })
    }

    #[inline(always)]
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        if let Some(mut entries) = self.as_entries() {
            return entries.hold(object, field);
        }
        // SAFETY: the object is held at once.
        hold(unsafe { self.find_attribute(object, field) })
    }
}
