//! Buffers by way of a `memoryview`, where the stable ABI has nothing else.

use super::element::{Element, Format};
use super::{shows_none, with_capacity};
use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyBytes, PyList, PyMemoryView, PyString, PyTuple};
use crate::{Bound, PyResult, PyTypeInfo, intern};

/// Whether it is worth asking for a view: of no object that is no buffer for certain.
#[inline]
pub(super) fn has_buffer(object: &Bound<'_, PyAny>) -> bool {
    !object.is_exact_instance_of::<PyList>()
        && !object.is_exact_instance_of::<PyTuple>()
        && !object.is_exact_instance_of::<PyString>()
}

/// See [`copy_buffer`](Bound::copy_buffer). A `TypeError` says that there is no buffer.
pub(super) fn copy<T: Element>(object: &Bound<'_, PyAny>, most: usize) -> PyResult<Option<Vec<T>>> {
    let py = object.py();
    let view = match PyMemoryView::from_object(object) {
        Ok(view) => view,
        Err(error) if shows_none(&error, py) => return Ok(None),
        Err(error) if error.is_instance_of::<PyTypeError>(py) && !raises_itself(object)? => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    // Items behind pointers are left to the sequence, as they are where buffers are asked for.
    if view.get_attribute(intern!(py, "suboffsets"))?.size()? != 0 {
        return Ok(None);
    }
    let format = view.format()?;
    let Some(format) = Format::parse(format.to_string_lossy().as_bytes()) else { return Ok(None) };
    let size = size_of::<T>();
    if !format.is::<T>() || view.item_size()? != size || view.dimensions()? != 1 {
        return Ok(None);
    }
    if view.len_bytes()? / size > most {
        return Ok(None);
    }
    let bytes = view.to_bytes()?;
    let items = bytes.as_bytes().chunks_exact(size);
    let mut values = with_capacity(items.len())?;
    // SAFETY: each chunk has as many bytes as a `T`.
    values.extend(items.map(|item| unsafe { T::load(item.as_ptr(), format.swapped) }));
    Ok(Some(values))
}

/// Whether the object's class has a method to be asked for a buffer, as classes can from 3.12 on
/// (PEP 688): then it is that which raised.
#[cold]
fn raises_itself(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let name = intern!(object.py(), "__buffer__");
    let is_known = PyBytes::type_object(object.py()).definition(name)?.is_some();
    Ok(is_known && object.get_type().definition(name)?.is_some())
}
