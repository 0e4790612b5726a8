//! What an error notes of the object that it is about: its type, length or value.

use super::ConversionError;
use super::got::Builtin;
use super::leaf::Leaf;
use super::path::{push_all, push_number, quoted, shorten};
use super::word::Word;
use crate::Borrowed;
use crate::types::{PyAny, PyInt, PyString};

/// Notes the type of the object: one of the built-in ones fits into the word.
#[cold]
#[inline(never)]
pub(super) fn of_type(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    match Builtin::of(object) {
        Some(builtin) => ConversionError(Word::leaf_of(leaf, builtin)),
        None => type_name(leaf, object),
    }
}

#[cold]
#[inline(never)]
fn type_name(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    ConversionError::got(leaf, object.type_name())
}

/// Notes the length, and the type.
#[cold]
#[inline(never)]
pub(super) fn length(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    match sized(object).and_then(|(builtin, length)| Word::leaf_of_length(leaf, builtin, length)) {
        Some(word) => ConversionError(word),
        None => length_in_full(leaf, object),
    }
}

#[cold]
#[inline(never)]
fn length_in_full(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    ConversionError::got(leaf, describe_length(object))
}

/// Notes the value of an int.
#[cold]
#[inline(never)]
pub(super) fn int(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    match small_int(object).and_then(|small| Word::leaf_of_int(leaf, small)) {
        Some(word) => ConversionError(word),
        None => value(leaf, object),
    }
}

/// Notes the value, and what may have been meant by it.
#[cold]
#[inline(never)]
pub(super) fn value(leaf: &'static Leaf, object: Borrowed<'_, '_, PyAny>) -> ConversionError {
    let mut text = describe_value(object);
    if let Some(name) = meant(leaf, object) {
        text = format!("{text}; did you mean {name:?}?").into();
    }
    ConversionError::got(leaf, text)
}

/// The nearest of the texts that were expected.
fn meant(leaf: &Leaf, object: Borrowed<'_, '_, PyAny>) -> Option<String> {
    let text = object.try_cast_exact::<PyString>()?;
    crate::names::nearest(&text.to_string_lossy(), leaf.expected.texts())
}

/// The value of an exact int, where it fits.
#[inline(always)]
fn small_int(object: Borrowed<'_, '_, PyAny>) -> Option<i16> {
    object.try_cast_exact::<PyInt>()?.to_i64()?.try_into().ok()
}

/// The type and length of an exact built-in container.
#[inline(always)]
fn sized(object: Borrowed<'_, '_, PyAny>) -> Option<(Builtin, usize)> {
    Some((Builtin::of(object)?, own_length(object)?))
}

/// `list of length 7`
fn describe_sized(kind: &str, length: usize) -> String {
    let mut text = String::with_capacity(32);
    push_all(&mut text, &[kind, " of length "]);
    push_number(&mut text, length as i128);
    text
}

/// The length of a built-in container or of text, by what is stored: no method is called.
fn own_length(object: Borrowed<'_, '_, PyAny>) -> Option<usize> {
    use crate::types::{PyBytes, PyDict, PyList, PyTuple};
    Some(if let Some(list) = object.try_cast::<PyList>() {
        list.len()
    } else if let Some(tuple) = object.try_cast::<PyTuple>() {
        tuple.len()
    } else if let Some(text) = object.try_cast::<PyString>() {
        text.len()
    } else if let Some(dict) = object.try_cast::<PyDict>() {
        dict.len()
    } else {
        object.try_cast::<PyBytes>()?.as_bytes().len()
    })
}

/// The type and length, where the length can be had without running Python code.
fn describe_length(object: Borrowed<'_, '_, PyAny>) -> Box<str> {
    let name = object.type_name();
    match own_length(object) {
        Some(length) => describe_sized(&name, length).into(),
        None => name.into(),
    }
}

/// What a value looks like, for errors about values of the right type. Runs no Python code: what
/// is not a plain built-in value is shown by the name of its type.
fn describe_value(object: Borrowed<'_, '_, PyAny>) -> Box<str> {
    use crate::types::{PyBytes, PyDict, PyFloat, PyList, PyTuple};
    use describe_sized as sized;
    let text = if let Some(text) = object.try_cast_exact::<PyString>() {
        quoted(&shorten(text.to_string_lossy()))
    } else if let Some(int) = object.try_cast_exact::<PyInt>() {
        match int.to_i128() {
            Some(value) => value.to_string(),
            None => format!("an int of {} bits", int.bits()),
        }
    } else if let Some(float) = object.try_cast_exact::<PyFloat>() {
        // An exact float's repr runs no Python code and has at most 24 characters.
        float.repr().map_or_else(|_| "float".into(), |text| text.to_string_lossy().into_owned())
    } else if let Some(list) = object.try_cast_exact::<PyList>() {
        sized("list", list.len())
    } else if let Some(tuple) = object.try_cast::<PyTuple>() {
        sized("tuple", tuple.len())
    } else if let Some(dict) = object.try_cast_exact::<PyDict>() {
        sized("dict", dict.len())
    } else if let Some(bytes) = object.try_cast::<PyBytes>() {
        sized("bytes", bytes.as_bytes().len())
    } else {
        object.type_name()
    };
    text.into()
}
