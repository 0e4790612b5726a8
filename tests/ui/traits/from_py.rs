// Types that no Python object becomes.
use convert_core::prelude::*;
use std::thread::JoinHandle;

struct Opaque;

fn extracts(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<Opaque>()?;
    let _: Opaque = object.extract()?;
    object.extract::<Option<Opaque>>()?;
    object.extract::<(i64, Opaque)>()?;
    // Not the user's own, or not owned.
    object.extract::<JoinHandle<()>>()?;
    object.extract::<&String>()?;
    object.extract::<&Bound<PyDict>>()?;
    object.extract::<PyDict>()?;
    Ok(())
}

fn main() {}
