// Functions for fields: their forms, and their types.
use convert_core::prelude::*;

mod minutes {
    use super::*;

    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<u32, String> {
        object.extract().map_err(|_| String::new())
    }

    pub fn into_py<'py>(_: &u64, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        PyString::new(py, "")
    }
}

#[derive(FromPyObject)]
struct Forms {
    #[py(with = 5)]
    one: i64,
    #[py(with("minutes"), from_py_with)]
    two: i64,
    #[py(with = "a b")]
    three: i64,
    #[py(with = minutes, into_py_with = minutes::into_py)]
    four: i64,
    #[py(strict, from_py_with = minutes::from_py)]
    five: i64,
    #[py(skip, with = minutes)]
    six: i64,
}

// An error that is none of a conversion.
#[derive(FromPyObject)]
struct WrongError {
    #[py(from_py_with = minutes::from_py)]
    time: u32,
}

// A value of another type.
#[derive(IntoPy)]
struct WrongType {
    #[py(into_py_with = "minutes::into_py")]
    time: u32,
}

fn main() {}
