//! What an object has by a name: behind a key, or as an attribute.

use convert_ffi::exceptions::{PyAttributeError, PyKeyError};
use convert_ffi::types::{
    PyAny, PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple,
};
use convert_ffi::{Bound, PyErr, PyResult, PyTypeInfo, intern};

/// Whether keys of a dict subclass are looked up as those of any dict: its class has no
/// `__getitem__` of its own. (What it may have is a `__missing__`, but a conversion only looks at
/// its input: a `defaultdict` does not grow by being read.)
#[cold]
#[inline(never)]
pub(super) fn is_read_as_dict(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let name = intern!(py, "__getitem__");
    let own = object.get_type().definition(name)?;
    let of_dict = PyDict::type_object(py).definition(name)?;
    Ok(own.zip(of_dict).is_some_and(|(own, of_dict)| own.is(&of_dict)))
}

/// Whether the object's values are behind keys: a dict of any kind, and what says it is a
/// `Mapping`. Only an object that has keys is asked.
#[inline(never)]
pub(super) fn has_keys(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(object.is_mapping() && PyMapping::check(object)?)
}

/// `object[name]`; `None` for a `KeyError`, and for an object that has no keys.
pub(super) fn item<'py>(
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
pub(super) fn attribute<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match object.get_attribute(name) {
        Ok(value) => Ok(Some(value)),
        Err(error) => attribute_error(object, name, error),
    }
}

/// `None`, where that is what the error says.
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
        // Where that cannot be told, the error is passed on as well.
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

/// A bit for each of the eight common built-in types whose objects take no attributes, and have no
/// keys, if the object is exactly of one of them. Nobody can change one of these types.
#[inline]
pub(super) fn plain_type(object: &Bound<'_, PyAny>) -> Option<u8> {
    if object.is_none() {
        return Some(1);
    }
    if object.is_exact_instance_of::<PyFloat>() {
        return Some(1 << 1);
    }
    if !object.is_basic() {
        return None;
    }
    let basic = [
        object.is_exact_instance_of::<PyString>(),
        object.is_exact_instance_of::<PyInt>(),
        object.is_exact_instance_of::<PyBool>(),
        object.is_exact_instance_of::<PyBytes>(),
        object.is_exact_instance_of::<PyList>(),
        object.is_exact_instance_of::<PyTuple>(),
    ];
    basic.iter().position(|is_exact| *is_exact).map(|index| 1 << (index + 2))
}

/// The keys of a mapping that is no dict, as a list.
#[cold]
pub(super) fn keys<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    object.cast::<PyMapping>()?.keys()
}
