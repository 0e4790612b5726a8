//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `bool` | `bool` | nothing: truthiness is not a conversion | none |

use convert_ffi::types::{PyAny, PyBool};
use convert_ffi::{Borrowed, ConversionError, PyErr, TypeHint};

use super::into_py_leaf;
use crate::FromPyObject;
use crate::convert::Token;
use crate::std::sequence;

impl<'a, 'py> FromPyObject<'a, 'py> for bool {
    const EXPECTED: TypeHint = TypeHint::name("bool");

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        PyBool::read(&object).ok_or_else(Self::wrong_type)
    }

    #[inline]
    fn extract_many(
        object: Borrowed<'_, 'py, PyAny>,
        _: Token,
    ) -> Option<Result<Vec<Self>, ConversionError>> {
        Some(sequence::extract_plain(object))
    }
}

into_py_leaf! {
    [] bool => PyBool, TypeHint::name("bool"), |value, py| Ok::<_, PyErr>(PyBool::new(py, *value).to_owned());
}
