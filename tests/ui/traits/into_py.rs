// Values that become no Python object.
use convert_core::prelude::*;
use std::thread::JoinHandle;

struct Opaque;

struct ByReference;

impl<'py> IntoPy<'py> for &ByReference {
    type Target = PyInt;
    const PRODUCES: TypeHint = TypeHint::name("int");

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyInt>, ConversionError> {
        1i64.into_py(py)
    }
}

fn makes(object: &Bound<'_, PyAny>, dict: &Bound<'_, PyDict>, task: JoinHandle<()>) -> PyResult<()> {
    Opaque.into_py(object.py())?;
    object.set_item("key", Opaque)?;
    object.set_item("key", &Opaque)?;
    object.set_item("key", vec![Opaque])?;
    object.set_item("key", task)?;
    PyDictMethods::get_item(dict, Opaque)?;
    // One of the two impls is there.
    object.set_item("key", vec![ByReference])?;
    Ok(())
}

fn main() {}
