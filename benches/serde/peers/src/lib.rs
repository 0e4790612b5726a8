//! pythonize and serde-pyobject, as an extension module.

use pyo3::prelude::*;

#[pymodule]
mod serde_peers {
    use std::sync::OnceLock;

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::types::PyBytes;
    use pythonize::{Depythonizer, Pythonizer};
    use serde_records::Twitter;

    static TWITTER: OnceLock<Twitter> = OnceLock::new();

    fn wrong(error: impl ToString) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    #[pyfunction]
    fn dumps_pythonize<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        let mut text = Vec::with_capacity(1024);
        let mut json = serde_json::Serializer::new(&mut text);
        serde_transcode::transcode(&mut Depythonizer::from_object(object), &mut json)
            .map_err(wrong)?;
        Ok(PyBytes::new(object.py(), &text))
    }

    #[pyfunction]
    fn loads_pythonize<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let mut json = serde_json::Deserializer::from_slice(data);
        serde_transcode::transcode(&mut json, Pythonizer::new(py)).map_err(wrong)
    }

    /// Keeps the records that `to_…` makes objects of.
    #[pyfunction]
    fn keep(data: &[u8]) -> PyResult<()> {
        let records = serde_json::from_slice(data).map_err(wrong)?;
        TWITTER.set(records).map_err(|_| wrong("there are some already"))
    }

    fn kept() -> PyResult<&'static Twitter> {
        TWITTER.get().ok_or_else(|| wrong("keep some records first"))
    }

    #[pyfunction]
    fn to_object_pythonize(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        pythonize::pythonize(py, kept()?).map_err(wrong)
    }

    #[pyfunction]
    fn to_object_serde_pyobject(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        serde_pyobject::to_pyobject(py, kept()?).map_err(wrong)
    }

    #[pyfunction]
    fn from_object_pythonize(object: &Bound<'_, PyAny>) -> PyResult<usize> {
        let records: Twitter = pythonize::depythonize(object).map_err(wrong)?;
        Ok(records.statuses.len())
    }

    #[pyfunction]
    fn from_object_serde_pyobject(object: Bound<'_, PyAny>) -> PyResult<usize> {
        let records: Twitter = serde_pyobject::from_pyobject(object).map_err(wrong)?;
        Ok(records.statuses.len())
    }

    #[pyfunction]
    fn read_back_pythonize(object: &Bound<'_, PyAny>) -> PyResult<String> {
        let records: Twitter = pythonize::depythonize(object).map_err(wrong)?;
        serde_json::to_string(&records).map_err(wrong)
    }
}
