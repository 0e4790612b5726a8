// Items that would borrow. The compiler finds this out too late for the traits' own messages.
use convert_core::prelude::*;
use std::collections::{BTreeMap, HashMap};

struct Name<'a>(&'a str);

impl<'a, 'py> FromPyObject<'a, 'py> for Name<'a> {
    const EXPECTED: TypeHint = TypeHint::name("str");

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        <&str>::extract(object).map(Name)
    }
}

fn items(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    let names: Vec<&str> = object.extract()?;
    println!("{names:?}");
    Ok(())
}

fn values(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<HashMap<String, &[u8]>>().map(drop)
}

fn keys(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<BTreeMap<&str, i64>>().map(drop)
}

fn names(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<Vec<Name>>().map(drop)
}

// A tuple keeps its items, so they can be borrowed.
fn right(object: &Bound<'_, PyAny>) -> Result<(), ConversionError> {
    object.extract::<(&str, Name)>().map(drop)
}

fn main() {}
