//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `bool` | `bool` | numpy's `bool`, and nothing else: truthiness is not a conversion | none |

use convert_ffi::types::{PyAny, PyBool};
use convert_ffi::{Borrowed, ConversionError, PyErr, TypeHint};

use super::strict::exact;
use super::{in_bulk, into_py_leaf};
use crate::FromPyObject;

impl<'a, 'py> FromPyObject<'a, 'py> for bool {
    const EXPECTED: TypeHint = TypeHint::name("bool");
    const SHALLOW: bool = true;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        match PyBool::read(&object) {
            Some(value) => Ok(value),
            None if object.is_basic() => Err(Self::wrong_type()),
            None => extract_other(object),
        }
    }

    exact!(PyBool);
    in_bulk!();
}

/// Numpy has booleans of its own, as it has other numbers; but these say so only by their name.
#[cold]
#[inline(never)]
fn extract_other(object: Borrowed<'_, '_, PyAny>) -> Result<bool, ConversionError> {
    let class = object.get_type();
    if class.is_named("numpy", "bool") || class.is_named("numpy", "bool_") {
        Ok(object.is_truthy()?)
    } else {
        Err(bool::wrong_type())
    }
}

into_py_leaf! {
    [] bool => PyBool, TypeHint::name("bool"), |value, py| Ok::<_, PyErr>(PyBool::new(py, *value).to_owned());
}
