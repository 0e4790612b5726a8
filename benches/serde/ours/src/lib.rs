//! This library, as an extension module.

use convert_core::prelude::*;

#[pymodule]
mod serde_ours {
    use std::sync::OnceLock;

    use convert_core::exceptions::PyValueError;
    use convert_core::prelude::*;
    use convert_core::types::PyBytes;
    use convert_ffi::gate;
    use serde::Serialize;
    use serde::de::DeserializeSeed;
    use serde_limit::Limit;
    use serde_py::{PyBytesWriter, PyObjectSeed, PyValue};
    use serde_records::Twitter;

    static TWITTER: OnceLock<Twitter> = OnceLock::new();

    fn wrong(error: impl ToString) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    #[pyfunction]
    fn dumps<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        let writer = PyBytesWriter::new(object.py());
        let mut serializer = sonic_rs::Serializer::new(writer);
        PyValue::new(object).serialize(&mut serializer).map_err(wrong)?;
        serializer.into_inner().finish()
    }

    #[pyfunction]
    fn dumps_serde_json<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        let mut writer = PyBytesWriter::new(object.py());
        serde_json::to_writer(&mut writer, &PyValue::new(object)).map_err(wrong)?;
        writer.finish()
    }

    #[pyfunction]
    fn loads<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let mut json = sonic_rs::Deserializer::from_slice(data);
        PyObjectSeed::new(py).deserialize(&mut json).map_err(wrong)
    }

    #[pyfunction]
    fn loads_serde_json<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let text = std::str::from_utf8(data)?;
        let mut json = serde_json::Deserializer::from_str(text);
        PyObjectSeed::new(py).deserialize(&mut json).map_err(wrong)
    }

    /// Keeps the records that `to_object` makes objects of.
    #[pyfunction]
    fn keep(data: &[u8]) -> PyResult<()> {
        let records = serde_json::from_slice(data).map_err(wrong)?;
        TWITTER.set(records).map_err(|_| wrong("there are some already"))
    }

    #[pyfunction]
    fn to_object<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let records = TWITTER.get().ok_or_else(|| wrong("keep some records first"))?;
        Ok(serde_py::to_object(py, records)?)
    }

    #[pyfunction]
    fn from_object(object: &Bound<'_, PyAny>) -> PyResult<usize> {
        let records: Twitter = serde_py::from_object(object)?;
        Ok(records.statuses.len())
    }

    /// The same by hand.
    #[pyfunction]
    fn to_object_limit<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let records = TWITTER.get().ok_or_else(|| wrong("keep some records first"))?;
        // SAFETY: attached; a new reference.
        let object = unsafe {
            std::ptr::NonNull::new(records.to_object()).map(|object| gate::owned_unbound(object))
        };
        object.map(|object: Py<PyAny>| object.into_bound(py)).ok_or_else(|| PyErr::fetch(py))
    }

    #[pyfunction]
    fn from_object_limit(object: &Bound<'_, PyAny>) -> PyResult<usize> {
        Ok(by_hand(object)?.statuses.len())
    }

    #[pyfunction]
    fn read_back_limit(object: &Bound<'_, PyAny>) -> PyResult<String> {
        serde_json::to_string(&by_hand(object)?).map_err(wrong)
    }

    fn by_hand(object: &Bound<'_, PyAny>) -> PyResult<Twitter> {
        // SAFETY: attached, a live object.
        let records = unsafe { Twitter::from_object(object.as_ptr()) };
        records.ok_or_else(|| wrong("an object is of another type"))
    }

    /// What `from_object` reads, as JSON: to be compared.
    #[pyfunction]
    fn read_back(object: &Bound<'_, PyAny>) -> PyResult<String> {
        let records: Twitter = serde_py::from_object(object)?;
        serde_json::to_string(&records).map_err(wrong)
    }
}
