//! Values that one library converts, in functions and structs of the other.

use convert_core::types::PyAny;
use convert_core::{ConversionError, TypeHint};
use pyo3::BoundObject;

use crate::references::{IntoConvert, IntoPyo3};
use crate::twins::Twin;

/// A value that convert-core converts, as an argument, result or field of PyO3.
///
/// # Errors
/// Those of `T`, as exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convert<T>(pub T);

impl<'a, 'py, T> pyo3::FromPyObject<'a, 'py> for Convert<T>
where
    T: convert_core::FromPyObject<'a, 'py>,
{
    type Error = pyo3::PyErr;

    #[inline]
    fn extract(object: pyo3::Borrowed<'a, 'py, pyo3::PyAny>) -> pyo3::PyResult<Self> {
        let object = object.into_convert();
        match T::extract(object) {
            Ok(value) => Ok(Convert(value)),
            Err(error) => Err(error.of(object).into_pyo3()),
        }
    }
}

impl<'py, T> pyo3::IntoPyObject<'py> for Convert<T>
where
    T: convert_core::IntoPy<'py, Target: Twin>,
{
    type Target = <T::Target as Twin>::Pyo3;
    type Output = pyo3::Bound<'py, Self::Target>;
    type Error = pyo3::PyErr;

    #[inline]
    fn into_pyobject(self, py: pyo3::Python<'py>) -> pyo3::PyResult<Self::Output> {
        self.0.into_py(py.into_convert()).map(IntoPyo3::into_pyo3).into_pyo3()
    }
}

/// A value that PyO3 converts, as an argument, result or field of convert-core.
///
/// A `TypeError` that no Python code raised says that the object is of another type, so that a
/// union goes on to its next variant.
///
/// # Errors
/// Those of `T`.
///
/// # Examples
/// ```
/// use convert_core::prelude::*;
/// use convert_pyo3::Pyo3;
///
/// #[pyo3::pyclass(from_py_object)]
/// #[derive(Clone)]
/// struct Colour(u32);
///
/// #[derive(FromPyObject)]
/// struct Pen {
///     colour: Pyo3<Colour>,
///     width: f64,
/// }
///
/// # fn main() -> PyResult<()> {
/// # Python::initialize();
/// Python::attach(|py| {
///     let pen = PyDict::new(py)?;
///     pen.set_item("colour", Pyo3(Colour(0xffffff)))?;
///     pen.set_item("width", 0.5)?;
///     let Pen { colour, width } = pen.extract()?;
///     assert_eq!((colour.0.0, width), (0xffffff, 0.5));
///
///     pen.set_item("colour", "white")?;
///     let error = pen.extract::<Pen>().err().map(|error| error.to_string());
///     assert!(error.unwrap().starts_with("Pen: colour: "));
///     Ok(())
/// })
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pyo3<T>(pub T);

impl<'a, 'py, T> convert_core::FromPyObject<'a, 'py> for Pyo3<T>
where
    T: pyo3::FromPyObject<'a, 'py>,
{
    // PyO3 does not tell.
    const EXPECTED: TypeHint = TypeHint::name("object");

    #[inline]
    fn extract(object: convert_core::Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let object = object.into_pyo3();
        T::extract(object).map(Pyo3).map_err(|error| failure(error.into(), object.py()))
    }
}

/// What a failed conversion of PyO3 is in convert-core.
#[cold]
fn failure(error: pyo3::PyErr, py: pyo3::Python<'_>) -> ConversionError {
    if error.is_instance_of::<pyo3::exceptions::PyTypeError>(py) && error.traceback(py).is_none() {
        ConversionError::custom_type(error.value(py).to_string())
    } else {
        error.into_convert().into()
    }
}

impl<'py, T: pyo3::IntoPyObject<'py>> convert_core::IntoPy<'py> for Pyo3<T> {
    type Target = PyAny;
    // PyO3 does not tell.
    const PRODUCES: TypeHint = TypeHint::name("object");

    #[inline]
    fn into_py(
        self,
        py: convert_core::Python<'py>,
    ) -> Result<convert_core::Bound<'py, PyAny>, ConversionError> {
        match self.0.into_pyobject(py.into_pyo3()) {
            Ok(object) => Ok(object.into_bound().into_any().into_convert()),
            Err(error) => Err(error.into().into_convert().into()),
        }
    }
}
