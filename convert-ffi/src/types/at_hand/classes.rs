//! [`KnownClasses`]: where the instances of a class keep their attributes.

use std::sync::atomic::{AtomicU32, Ordering};

use pyo3_ffi as ffi;

use crate::types::{PyAny, PyDict, PyString, PyType};
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
    /// The first ones, in line: most classes have no more, and where one is asked for by a constant
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
        let mut known = self.0.get(py)?.iter().map_while(|cell| cell.get(py));
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
        for cell in classes.iter() {
            match cell.get(py) {
                Some(known) if !known.is_class_of(object) => {}
                Some(known) => return known.is_renewed(object, names).then_some(known),
                None => return learn(cell, object, names),
            }
        }
        None
    }
}

#[cold]
#[inline(never)]
fn learn(
    cell: &'static PyOnceLock<KnownClass>,
    object: &Bound<'_, PyAny>,
    names: &[Py<PyString>],
) -> Option<&'static KnownClass> {
    let (class, places) = (object.get_type().unbind(), places(object, names)?);
    // What was looked up gave the class a version, unless there are none left: then it keeps the
    // cell for nothing.
    let version = AtomicU32::new(version(object));
    // SAFETY: a live object has a type, and that is live.
    let has_namespace = unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_dictoffset != 0 };
    let in_instance = places.iter().filter(|place| **place == Place::Instance).count();
    let has_namespace = has_namespace && in_instance >= MANY;
    let places = Places::new(&places);
    let known =
        cell.get_or_init(object.py(), || KnownClass { class, version, places, has_namespace });
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
    pub(super) fn namespace<'py>(&self, object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
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
