// Items that no Python object becomes.
use convert_core::prelude::*;
use std::collections::HashMap;

struct Opaque;

fn extracts(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<Vec<Opaque>>()?;
    object.extract::<HashMap<String, Opaque>>()?;
    object.extract::<[Opaque; 2]>()?;
    owned::<Opaque>(object)
}

fn owned<'py, T: FromPyObjectOwned<'py>>(object: &Bound<'py, PyAny>) -> Result<(), ConversionError> {
    T::extract(object.as_borrowed()).map(drop)
}

fn main() {}
