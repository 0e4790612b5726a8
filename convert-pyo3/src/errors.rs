//! Exceptions, from one library to the other: raised by the one, and fetched by the other. So each
//! becomes what it would be in Python, with its context, traceback and notes.

use crate::references::{IntoConvert, IntoPyo3};

impl IntoPyo3 for convert_core::PyErr {
    type Pyo3 = pyo3::PyErr;

    /// Once the interpreter has ended, a `RuntimeError` that holds the message.
    #[cold]
    fn into_pyo3(self) -> pyo3::PyErr {
        let mut error = Some(self);
        let raised = convert_core::Python::try_attach(|py| {
            error.take()?.restore(py);
            Some(pyo3::PyErr::fetch(py.into_pyo3()))
        });
        match (raised.flatten(), error) {
            (Some(raised), _) => raised,
            (None, error) => pyo3::exceptions::PyRuntimeError::new_err(
                error.map_or_else(String::new, |error| error.to_string()),
            ),
        }
    }
}

impl IntoPyo3 for convert_core::ConversionError {
    type Pyo3 = pyo3::PyErr;

    #[cold]
    fn into_pyo3(self) -> pyo3::PyErr {
        convert_core::PyErr::from(self).into_pyo3()
    }
}

impl IntoConvert for pyo3::PyErr {
    type Convert = convert_core::PyErr;

    /// # Panics
    /// Once the interpreter has ended.
    #[cold]
    fn into_convert(self) -> convert_core::PyErr {
        convert_core::Python::attach(|py| {
            self.restore(py.into_pyo3());
            convert_core::PyErr::fetch(py)
        })
    }
}

/// The value stays as it is. The error may be any that `?` takes in a function of convert-core.
impl<T, E: Into<convert_core::PyErr>> IntoPyo3 for Result<T, E> {
    type Pyo3 = pyo3::PyResult<T>;

    #[inline]
    fn into_pyo3(self) -> pyo3::PyResult<T> {
        self.map_err(|error| error.into().into_pyo3())
    }
}

/// The value stays as it is.
impl<T> IntoConvert for pyo3::PyResult<T> {
    type Convert = convert_core::PyResult<T>;

    #[inline]
    fn into_convert(self) -> convert_core::PyResult<T> {
        self.map_err(IntoConvert::into_convert)
    }
}
