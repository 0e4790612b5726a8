//! [`Serde<T>`]: serde's types where convert-core's are expected.

use std::ops::{Deref, DerefMut};

use convert_core::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value of a type with `Deserialize` and `Serialize` as an argument, a result or a field.
///
/// | Rust | Python out | also accepted |
/// |---|---|---|
/// | `Serde<T>` | as by [`to_object`](crate::to_object) | as by [`from_object`](crate::from_object) |
///
/// On a field of a derived type, `#[py(with = "serde_py")]` does the same without the wrapper.
///
/// ```
/// use convert_core::prelude::*;
/// use serde_py::Serde;
///
/// #[pyfunction]
/// fn longest(words: Serde<Vec<String>>) -> Serde<Option<String>> {
///     Serde(words.0.into_iter().max_by_key(String::len))
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let longest = wrap_pyfunction!(longest, py)?;
///     assert_eq!(longest.call1((["a", "bcd"],))?.to_string(), "bcd");
///     let error = longest.call1((("a", 2),)).unwrap_err();
///     assert_eq!(error.to_string(), "TypeError: longest() argument 'words': [1]: expected str, got int");
///     PyResult::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(pub T);

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, 'py, T: DeserializeOwned> FromPyObject<'a, 'py> for Serde<T> {
    const EXPECTED: TypeHint = TypeHint::name("object");

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        from_py(&object).map(Serde)
    }
}

impl<'py, T: Serialize> IntoPy<'py> for Serde<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::name("object");

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        into_py(&self.0, py)
    }
}

impl<'py, T: Serialize> IntoPy<'py> for &Serde<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::name("object");

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        into_py(&self.0, py)
    }
}

/// What `#[py(with = "serde_py")]` reads a field with.
///
/// # Errors
/// As [`from_object`](crate::from_object).
pub fn from_py<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<T, ConversionError> {
    crate::from_object(object).map_err(Into::into)
}

/// What `#[py(with = "serde_py")]` writes a field with.
///
/// # Errors
/// As [`to_object`](crate::to_object).
pub fn into_py<'py, T: Serialize + ?Sized>(
    value: &T,
    py: Python<'py>,
) -> Result<Bound<'py, PyAny>, ConversionError> {
    crate::to_object(py, value).map_err(Into::into)
}
