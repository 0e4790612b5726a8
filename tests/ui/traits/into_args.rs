// Arguments that are no tuple.
use convert_core::prelude::*;

struct Opaque;

fn calls(function: &Bound<'_, PyAny>) -> PyResult<()> {
    function.call1(7)?;
    function.call1("text")?;
    function.call1(vec![1, 2])?;
    function.call_method1("name", 7)?;
    function.call1((7, Opaque))?;
    Ok(())
}

fn main() {}
