//! [`AtHand`]: the values of an object that are at hand, one after the other.

#[cfg(direct_layouts)]
use std::ptr::NonNull;

use super::dict::DictCursor;
use super::{Plain, PyAny, PyDict, PyString};
#[cfg(direct_layouts)]
use crate::gate;
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};
#[cfg(direct_layouts)]
pub use direct::KnownClasses;
#[cfg(not(direct_layouts))]
pub use public::KnownClasses;

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
    /// What it is called, by its place in `names`.
    pub index: usize,
    /// As [`AtHand::go_on_with_attributes`] was given them. Where they are is looked up when one is needed: kept
    /// in registers meanwhile, it costs what other registers are saved for.
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
    /// Nothing: it is elsewhere, or missing.
    Nothing,
    /// It is missing, unless it has another name.
    Missing,
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
    /// A place in the dict.
    entries: Option<DictCursor<Borrowed<'a, 'py, PyDict>>>,
    /// Of the instance.
    class: Option<&'static KnownClass>,
    /// A place in its namespace.
    namespace: Option<DictCursor<Bound<'py, PyDict>>>,
    /// Whether anything was.
    found: bool,
}

#[cfg(direct_layouts)]
use direct::{KnownClass, Place};
#[cfg(not(direct_layouts))]
use public::{KnownClass, Place};

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

    /// Whether the attributes are still where they were. Whatever ran Python code may have changed the
    /// class, or given the object another one, or another `__dict__`.
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

    /// All entries of the dict, if it is the values of one: for a field that was not at hand. `guessed`
    /// says that the dict may well be meant for other fields.
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
        let Some(found) = found else { return Handed::Nothing };
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
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object is
        // held at once.
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

#[inline(always)]
fn read_or_hold<'py, T: Plain>(found: Option<Unheld<'_, 'py>>) -> Handed<'py, T> {
    match found.as_ref().map(|found| T::read(found)) {
        Some(Some(value)) => Handed::Read(value),
        _ => hold(found),
    }
}

#[inline(always)]
fn hold<'py, T>(found: Option<Unheld<'_, 'py>>) -> Handed<'py, T> {
    found.map_or(Handed::Nothing, |found| Handed::Held(held(found)))
}

/// The values of a dict, from one entry to the next.
pub struct Entries<'h, 'a, 'py> {
    entries: &'h mut DictCursor<Borrowed<'a, 'py, PyDict>>,
    found: &'h mut bool,
}

impl<'a, 'py> Entries<'_, 'a, 'py> {
    /// All of them, where the next one is no likelier than any other.
    #[cfg(not(direct_layouts))]
    #[inline(always)]
    fn in_any_order(&mut self) -> Option<AllEntries<'_, 'a, 'py>> {
        let Entries { entries, found } = self;
        let entries = entries.is_in_any_order().then_some(Entries { entries, found })?;
        Some(AllEntries { entries, guessed: false })
    }

    /// A field's object, if it is the next entry.
    ///
    /// # Safety
    /// The object is held no longer than until Python code runs.
    #[inline(always)]
    unsafe fn find<'x>(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
    ) -> Option<Unheld<'x, 'py>> {
        if field.source == Source::Attribute {
            return None;
        }
        let look = |value: Borrowed<'_, 'py, PyAny>| {
            // Before anything is made of the value, which then needs fewer registers.
            *self.found = true;
            // SAFETY: the dict goes on holding it until Python code runs, by the caller's word.
            unsafe { unheld(value) }
        };
        // SAFETY: keeping an address and looking up a name run no Python code.
        unsafe { self.entries.next_if(|| field.name(object.py()), look) }
    }
}

impl<'py> Hand<'py> for Entries<'_, '_, 'py> {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        #[cfg(not(direct_layouts))]
        if let Some(mut all) = self.in_any_order() {
            return all.read(object, field);
        }
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object is
        // held at once.
        read_or_hold(unsafe { self.find(object, field) })
    }

    #[inline(always)]
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        #[cfg(not(direct_layouts))]
        if let Some(mut all) = self.in_any_order() {
            return all.hold(object, field);
        }
        // SAFETY: the object is held at once.
        hold(unsafe { self.find(object, field) })
    }
}

/// The values of a dict, after the next entry was not the one that was asked for.
pub struct AllEntries<'h, 'a, 'py> {
    entries: Entries<'h, 'a, 'py>,
    guessed: bool,
}

impl<'py> AllEntries<'_, '_, 'py> {
    /// What `make` makes of a field's object.
    ///
    /// # Safety
    /// `make` holds the object no longer than until Python code runs.
    #[inline(always)]
    unsafe fn find<T>(
        &mut self,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        make: impl FnOnce(Option<Unheld<'_, 'py>>) -> Handed<'py, T>,
    ) -> Handed<'py, T> {
        let Entries { entries, found } = &mut self.entries;
        let is_guess = self.guessed && !**found;
        if field.source == Source::Attribute {
            return Handed::Nothing;
        }
        let look = |value: Borrowed<'_, 'py, PyAny>| {
            **found = true;
            // SAFETY: the dict goes on holding it until Python code runs, by the caller's word.
            unsafe { unheld(value) }
        };
        let name = field.name(object.py());
        // SAFETY: keeping an address runs no Python code.
        let found = unsafe {
            if is_guess { entries.find_first(name, look) } else { entries.find(name, look) }
        };
        match found {
            Ok(None) => Handed::Missing,
            Ok(value) => make(value),
            Err(error) => Handed::Raised(error),
        }
    }
}

impl<'py> Hand<'py> for AllEntries<'_, '_, 'py> {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        // SAFETY: reading a plain value that is not held runs no Python code, and any other object is
        // held at once.
        unsafe { self.find(object, field, read_or_hold) }
    }

    #[inline(always)]
    fn hold<T>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        // SAFETY: the object is held at once.
        unsafe { self.find(object, field, hold) }
    }
}

/// The plain values in slots of an instance of a known class.
pub struct Slots(Option<&'static KnownClass>);

impl<'py> Hand<'py> for Slots {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        if field.source != Source::Item
            && let Some(class) = self.0
            && let Place::Slot(offset) = class.place(field.index)
            && let Some(Some(value)) =
                // SAFETY: reading a plain value that is not held runs no Python code.
                unsafe { class.slot(object, offset, |value| T::read(&value)) }
        {
            return Handed::Read(value);
        }
        Handed::Nothing
    }

    #[inline(always)]
    fn hold<T>(&mut self, _object: &Bound<'py, PyAny>, _field: Field<'_>) -> Handed<'py, T> {
        Handed::Nothing
    }
}

/// An object that is not held, where no other thread can change what holds it, and reading a plain
/// value is left to no function of CPython, which may collect garbage.
#[cfg(direct_layouts)]
type Unheld<'x, 'py> = Borrowed<'x, 'py, PyAny>;
#[cfg(not(direct_layouts))]
type Unheld<'x, 'py> = Bound<'py, PyAny>;

/// # Safety
/// The object is alive for all of `'x`.
#[inline(always)]
unsafe fn unheld<'x, 'py>(value: Borrowed<'_, 'py, PyAny>) -> Unheld<'x, 'py> {
    #[cfg(direct_layouts)]
    // SAFETY: the caller says that the object is alive for all of `'x`; no reference is NULL.
    return unsafe { gate::borrowed(value.py(), NonNull::new_unchecked(value.as_ptr())) };
    #[cfg(not(direct_layouts))]
    return value.to_owned();
}

#[inline(always)]
fn held<'py>(found: Unheld<'_, 'py>) -> Bound<'py, PyAny> {
    #[cfg(direct_layouts)]
    return found.to_owned();
    #[cfg(not(direct_layouts))]
    return found;
}

#[cfg(direct_layouts)]
mod direct {
    use std::sync::atomic::{AtomicU32, Ordering};

    use pyo3_ffi as ffi;

    use super::{PyAny, PyDict, PyString};
    use crate::types::PyType;
    use crate::{Borrowed, Bound, Py, PyOnceLock, gate, layout};

    /// So many classes are remembered for one list of names. Each is kept alive.
    const MOST: usize = 4;
    /// For so many attributes of an instance its namespace is asked for: since 3.11 an instance has
    /// none until it is asked for, and making it takes as long as reading some attributes.
    const MANY: usize = 4;

    /// The first few classes whose instances were asked for attributes of certain names, always the
    /// same.
    ///
    /// A class is remembered if its instances have no keys, and if reading an attribute is left to
    /// `object.__getattribute__`.
    #[derive(Debug, Default)]
    pub struct KnownClasses(PyOnceLock<Box<[PyOnceLock<KnownClass>; MOST]>>);

    /// A class, and where its instances keep the attributes.
    #[derive(Debug)]
    pub struct KnownClass {
        class: Py<PyType>,
        /// Changes with whatever the class or a base defines; 0 is no version.
        version: AtomicU32,
        places: Places,
        /// Whether an instance's namespace is worth asking for.
        has_namespace: bool,
    }

    /// Where an attribute is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Place {
        /// In a slot of the class, at this offset.
        Slot(u32),
        /// In the instance, or else nowhere: looking there runs no code of the class.
        Instance,
        /// Only reading it will tell.
        Unknown,
    }

    /// Where the attributes are.
    #[derive(Debug, PartialEq, Eq)]
    struct Places {
        /// The first ones in place: most classes have no more, and where one is asked for by a constant
        /// there is nothing to be compared.
        first: [Place; Places::FIRST],
        later: Box<[Place]>,
    }

    impl Places {
        const FIRST: usize = 12;

        fn new(all: &[Place]) -> Self {
            let at = |index: usize| all.get(index).copied().unwrap_or(Place::Unknown);
            let later = all.get(Self::FIRST..).unwrap_or_default();
            Places { first: std::array::from_fn(at), later: later.into() }
        }

        #[inline(always)]
        fn get(&self, index: usize) -> Place {
            let place = match self.first.get(index) {
                Some(place) => Some(place),
                None => self.later.get(index - Self::FIRST),
            };
            place.copied().unwrap_or(Place::Unknown)
        }
    }

    impl KnownClasses {
        /// None yet.
        pub const fn new() -> Self {
            KnownClasses(PyOnceLock::new())
        }

        /// What is known of the object's class.
        #[inline]
        pub(super) fn get(&'static self, object: &Bound<'_, PyAny>) -> Option<&'static KnownClass> {
            let py = object.py();
            let mut known = self.0.get(py)?.iter().map_while(|place| place.get(py));
            known.find(|known| known.is_class_of(object)).filter(|known| known.is_current(object))
        }

        /// As [`get`](Self::get); a class that is new is remembered.
        #[cold]
        pub(super) fn of(
            &'static self,
            object: &Bound<'_, PyAny>,
            names: &[Py<PyString>],
        ) -> Option<&'static KnownClass> {
            let py = object.py();
            let classes = self.0.get_or_init(py, || Box::new([const { PyOnceLock::new() }; MOST]));
            for place in classes.iter() {
                match place.get(py) {
                    Some(known) if !known.is_class_of(object) => {}
                    Some(known) => return known.is_renewed(object, names).then_some(known),
                    None => return learn(place, object, names),
                }
            }
            None
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(
        place: &'static PyOnceLock<KnownClass>,
        object: &Bound<'_, PyAny>,
        names: &[Py<PyString>],
    ) -> Option<&'static KnownClass> {
        let (class, places) = (object.get_type().unbind(), places(object, names)?);
        // What was looked up gave the class a version, unless there are none left: then it keeps its
        // place for nothing.
        let version = AtomicU32::new(version(object));
        // SAFETY: a live object has a type, and that is live.
        let has_namespace = unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_dictoffset != 0 };
        let in_instance = places.iter().filter(|place| **place == Place::Instance).count();
        let has_namespace = has_namespace && in_instance >= MANY;
        let places = Places::new(&places);
        let known =
            place.get_or_init(object.py(), || KnownClass { class, version, places, has_namespace });
        known.is_class_of(object).then_some(known)
    }

    /// Where the object has the attributes; `None` where its class is not one to be remembered.
    fn places(object: &Bound<'_, PyAny>, names: &[Py<PyString>]) -> Option<Box<[Place]>> {
        // SAFETY: a live object has a type, and that is live.
        let reads = unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_getattro };
        let is_generic = reads.is_some_and(|reads| {
            std::ptr::fn_addr_eq(reads, ffi::PyObject_GenericGetAttr as ffi::getattrofunc)
        });
        if !is_generic || object.is_mapping() {
            return None;
        }
        let (py, class) = (object.py(), object.get_type());
        let place = |name: &Py<PyString>| {
            let found = class.definition(name.bind(py))?;
            Ok::<_, crate::PyErr>(found.map_or(Place::Instance, |found| place(&class, &found)))
        };
        names.iter().map(place).collect::<Result<_, _>>().ok()
    }

    /// Where an attribute is, by what the class has under its name.
    fn place(class: &Bound<'_, PyType>, definition: &Bound<'_, PyAny>) -> Place {
        // SAFETY: attached, two live objects, of which one is a class; a live object has a type.
        let (offset, is_plain) = unsafe {
            let of_definition = ffi::Py_TYPE(definition.as_ptr());
            // A class made in Python may become one of descriptors any time, and a module may get such
            // a class; nobody is told.
            let is_fixed = ffi::PyType_HasFeature(of_definition, ffi::Py_TPFLAGS_HEAPTYPE) == 0
                && ffi::PyModule_Check(definition.as_ptr()) == 0;
            (
                layout::slot::offset(class.as_ptr(), definition.as_ptr()),
                is_fixed && (*of_definition).tp_descr_get.is_none(),
            )
        };
        match offset.map(u32::try_from) {
            Some(Ok(offset)) => Place::Slot(offset),
            _ if is_plain => Place::Instance,
            _ => Place::Unknown,
        }
    }

    /// The version of the object's class; 0 where it has none.
    #[inline(always)]
    fn version(object: &Bound<'_, PyAny>) -> u32 {
        // SAFETY: a live object has a type, and that is live.
        unsafe { layout::class::version(ffi::Py_TYPE(object.as_ptr())) }
    }

    impl KnownClass {
        #[inline(always)]
        fn is_class_of(&self, object: &Bound<'_, PyAny>) -> bool {
            // SAFETY: a live object has a type.
            unsafe { ffi::Py_TYPE(object.as_ptr()).cast() == self.class.as_ptr() }
        }

        /// Whether the object is of the class, and all that is known of it still true.
        #[inline]
        pub(super) fn is_known_of(&self, object: &Bound<'_, PyAny>) -> bool {
            self.is_class_of(object) && self.is_current(object)
        }

        /// Whether the class has changed in nothing. One without a version may have.
        #[inline(always)]
        fn is_current(&self, object: &Bound<'_, PyAny>) -> bool {
            let known = self.version.load(Ordering::Relaxed);
            known != 0 && known == version(object)
        }

        /// Whether the class, of another version now, still keeps the attributes where it did.
        #[cold]
        #[inline(never)]
        fn is_renewed(&self, object: &Bound<'_, PyAny>, names: &[Py<PyString>]) -> bool {
            let is_same =
                places(object, names).is_some_and(|places| Places::new(&places) == self.places);
            let version = if is_same { version(object) } else { 0 };
            self.version.store(version, Ordering::Relaxed);
            version != 0
        }

        /// Where the attribute with that index is.
        #[inline(always)]
        pub(super) fn place(&self, index: usize) -> Place {
            self.places.get(index)
        }

        /// Whether the `__dict__` of an instance is worth asking for.
        #[inline(always)]
        pub(super) fn has_namespace(&self) -> bool {
            self.has_namespace
        }

        /// The `__dict__` of an instance, where it is worth asking for (`PyObject_GenericGetDict`).
        #[inline]
        pub(super) fn namespace<'py>(
            &self,
            object: &Bound<'py, PyAny>,
        ) -> Option<Bound<'py, PyDict>> {
            if !self.has_namespace {
                return None;
            }
            // SAFETY: attached, a live object; a new reference or NULL with an exception.
            let namespace = unsafe {
                let namespace = ffi::PyObject_GenericGetDict(object.as_ptr(), std::ptr::null_mut());
                gate::owned_or_err(object.py(), namespace)
            };
            namespace.ok()?.cast_into().ok()
        }

        /// What `look` makes of what a slot of the object holds.
        ///
        /// # Safety
        /// `look` runs no Python code.
        #[inline(always)]
        pub(super) unsafe fn slot<'py, T>(
            &self,
            object: &Bound<'py, PyAny>,
            offset: u32,
            look: impl FnOnce(Borrowed<'_, 'py, PyAny>) -> T,
        ) -> Option<T> {
            // An object may change its class meanwhile.
            if !self.is_class_of(object) {
                return None;
            }
            // SAFETY: attached, a live instance of the class, which `self` keeps alive: so its slots
            // are where they were. The slot goes on holding the value until Python code runs: `look`
            // runs none, as the caller says.
            let value = unsafe {
                gate::borrowed_or_none(
                    object.py(),
                    layout::slot::read(object.as_ptr(), offset as usize),
                )
            };
            value.map(look)
        }
    }
}

#[cfg(not(direct_layouts))]
mod public {
    use std::convert::Infallible;

    use super::{PyAny, PyDict, PyString};
    use crate::{Borrowed, Bound, Py};

    /// None: where classes cannot be seen through.
    #[derive(Debug, Default)]
    pub struct KnownClasses(());

    /// There is none.
    #[derive(Debug, Clone, Copy)]
    pub struct KnownClass(Infallible);

    /// There is none, either.
    #[expect(dead_code, reason = "named where classes are known, and never made here")]
    pub enum Place {
        Slot(Infallible),
        Instance,
        Unknown,
    }

    impl KnownClasses {
        /// None.
        pub const fn new() -> Self {
            KnownClasses(())
        }

        #[inline(always)]
        pub(super) fn get(
            &'static self,
            _object: &Bound<'_, PyAny>,
        ) -> Option<&'static KnownClass> {
            None
        }

        #[inline(always)]
        pub(super) fn of(
            &'static self,
            _object: &Bound<'_, PyAny>,
            _names: &[Py<PyString>],
        ) -> Option<&'static KnownClass> {
            None
        }
    }

    impl KnownClass {
        pub(super) fn is_known_of(&self, _object: &Bound<'_, PyAny>) -> bool {
            match self.0 {}
        }

        pub(super) fn place(&self, _index: usize) -> Place {
            match self.0 {}
        }

        pub(super) fn has_namespace(&self) -> bool {
            match self.0 {}
        }

        pub(super) fn namespace<'py>(
            &self,
            _object: &Bound<'py, PyAny>,
        ) -> Option<Bound<'py, PyDict>> {
            match self.0 {}
        }

        /// # Safety
        /// None: there are no slots.
        pub(super) unsafe fn slot<'py, T>(
            &self,
            _object: &Bound<'py, PyAny>,
            offset: Infallible,
            _look: impl FnOnce(Borrowed<'_, 'py, PyAny>) -> T,
        ) -> Option<T> {
            match offset {}
        }
    }
}
