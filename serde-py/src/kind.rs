//! [`Kind`]: what objects of a class are to serde, decided once for each class.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

use convert_core::methods::PyAnyMethods;
use convert_core::types::*;
use convert_core::{Borrowed, Bound, ConversionError, PyOnceObject, PyResult, Python, intern};
use convert_ffi::types::PyDelta;

/// What an object is that is of none of the exact built-in types which are looked at first.
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Kind {
    /// Has `__serde__`, which says what stands for it.
    Hook,
    Enum,
    Str,
    Int,
    Float,
    Tuple,
    Bytes,
    ByteArray,
    MemoryView,
    Mapping,
    /// Can be iterated over.
    Items,
    /// A date, a time, or both.
    Date,
    Delta,
    /// `str()` says all of it.
    Text,
    Dataclass,
    /// `numpy.ndarray`.
    Array,
    /// Another of numpy's, or what looks alike.
    ArrayLike,
    Unknown,
}

/// So many classes have a place; of two for one place the later stays.
const PLACES: usize = 256;

/// What classes are, by their version, which no other class has: the version, and below it, in the
/// last eight bits, the kind. No class is kept alive, and one that was changed is looked at again.
static CACHE: [AtomicU64; PLACES] = [const { AtomicU64::new(0) }; PLACES];

/// Every kind, in order.
const ALL: [Kind; 18] = [
    Kind::Hook,
    Kind::Enum,
    Kind::Str,
    Kind::Int,
    Kind::Float,
    Kind::Tuple,
    Kind::Bytes,
    Kind::ByteArray,
    Kind::MemoryView,
    Kind::Mapping,
    Kind::Items,
    Kind::Date,
    Kind::Delta,
    Kind::Text,
    Kind::Dataclass,
    Kind::Array,
    Kind::ArrayLike,
    Kind::Unknown,
];

const _: () = {
    let mut index = 0;
    while index < ALL.len() {
        assert!(ALL[index] as usize == index);
        index += 1;
    }
};

static VALUES: PyOnceObject<PyAny> = PyOnceObject::new();

/// Classes of the standard library of which `str()` says all.
const TEXTS: [(&str, &str); 5] = [
    ("decimal", "Decimal"),
    ("uuid", "UUID"),
    ("pathlib", "PurePath"),
    ("ipaddress", "IPv4Address"),
    ("ipaddress", "IPv6Address"),
];

impl Kind {
    /// What the object is, by its class. A class that is nothing may become something later on, by
    /// being registered with an abstract one.
    ///
    /// # Errors
    /// What an abstract base class raised when asked.
    pub fn of(object: Borrowed<'_, '_, PyAny>) -> Result<Self, ConversionError> {
        let class = object.get_type();
        if let Some(kind) = class.version().and_then(Kind::known) {
            return Ok(kind);
        }
        let kind = Kind::decide(object, &class)?;
        if kind != Kind::Unknown
            && let Some(version) = class.version()
        {
            kind.remember(version);
        }
        Ok(kind)
    }

    fn known(version: NonZeroU32) -> Option<Self> {
        let known = CACHE[version.get() as usize % PLACES].load(Ordering::Relaxed);
        let is_same = known >> 8 == u64::from(version.get());
        if is_same { ALL.get(usize::from(known as u8)).copied() } else { None }
    }

    fn remember(self, version: NonZeroU32) {
        let known = u64::from(version.get()) << 8 | u64::from(self as u8);
        CACHE[version.get() as usize % PLACES].store(known, Ordering::Relaxed);
    }

    #[cold]
    fn decide(
        object: Borrowed<'_, '_, PyAny>,
        class: &Bound<'_, PyType>,
    ) -> Result<Self, ConversionError> {
        let py = object.py();
        let defines = |name| Ok::<_, ConversionError>(class.definition(name)?.is_some());
        Ok(if defines(intern!(py, "__serde__"))? {
            Kind::Hook
        } else if is_instance(object, "enum", "Enum")? {
            Kind::Enum
        } else if object.is_instance_of::<PyString>() {
            Kind::Str
        } else if object.is_instance_of::<PyInt>() {
            Kind::Int
        } else if object.is_instance_of::<PyFloat>() {
            Kind::Float
        } else if object.is_instance_of::<PyTuple>() {
            Kind::Tuple
        } else if object.is_instance_of::<PyBytes>() {
            Kind::Bytes
        } else if object.is_instance_of::<PyByteArray>() {
            Kind::ByteArray
        } else if object.is_instance_of::<PyMemoryView>() {
            Kind::MemoryView
        } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
            Kind::Items
        } else if object.is_mapping() && PyMapping::check(&object)? {
            Kind::Mapping
        } else if object.is_instance_of::<PyList>()
            || object.is_sequence() && PySequence::check(&object)?
            || PySet::is_abstract_set(&object)?
            // Keys and items are sets; values are no more than what they say they are.
            || object.is_instance(VALUES.import(py, "collections.abc", "ValuesView")?)?
        {
            Kind::Items
        } else if object.is_instance_of::<PyDate>() || object.is_instance_of::<PyTime>() {
            Kind::Date
        } else if object.is_instance_of::<PyDelta>() {
            Kind::Delta
        } else if is_text(object)? {
            Kind::Text
        } else if defines(intern!(py, "__dataclass_fields__"))? {
            Kind::Dataclass
        } else if defines(intern!(py, "dtype"))? && defines(intern!(py, "tolist"))? {
            if is_exact(class, "numpy", "ndarray")? { Kind::Array } else { Kind::ArrayLike }
        } else {
            Kind::Unknown
        })
    }
}

fn is_text(object: Borrowed<'_, '_, PyAny>) -> PyResult<bool> {
    for (module, name) in TEXTS {
        if is_instance(object, module, name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the object is of that class or a subclass. The class is not imported for the question:
/// where nobody did, there is no instance.
fn is_instance(object: Borrowed<'_, '_, PyAny>, module: &str, name: &str) -> PyResult<bool> {
    let class = class_of(object.py(), module, name)?;
    Ok(class.is_some_and(|class| object.is_instance_of_class(&class)))
}

/// Whether it is that class.
fn is_exact(class: &Bound<'_, PyType>, module: &str, name: &str) -> PyResult<bool> {
    Ok(class_of(class.py(), module, name)?.is_some_and(|other| class.is(&other)))
}

fn class_of<'py>(
    py: Python<'py>,
    module: &str,
    name: &str,
) -> PyResult<Option<Bound<'py, PyType>>> {
    if !is_imported(py, module)? {
        return Ok(None);
    }
    Ok(py.import(module)?.getattr(name)?.cast_into().ok())
}

fn is_imported(py: Python<'_>, module: &str) -> PyResult<bool> {
    let modules = py.import("sys")?.getattr(intern!(py, "modules"))?;
    modules.contains(module)
}
