//! The interpreter that runs here is the one of the build, not another that the loader found.

use std::process::Command;

use convert_ffi::{PyResult, Python};

#[test]
fn the_interpreter_is_that_of_the_build() -> PyResult<()> {
    Python::initialize();
    let code = c"repr((lambda sys: (sys.version, sys.base_prefix))(__import__('sys')))";
    let embedded = Python::attach(|py| -> PyResult<_> {
        Ok(py.eval(code, None, None)?.str()?.to_string_lossy().into_owned())
    })?;

    let print = format!("print({})", code.to_str().unwrap());
    // The one that was asked for now, where the build may be an older one.
    let python = std::env::var("PYO3_PYTHON");
    let python = python.as_deref().unwrap_or(env!("PYTHON_OF_THIS_BUILD"));
    let output = Command::new(python).args(["-c", &print]).output().unwrap();
    assert_eq!(embedded, String::from_utf8(output.stdout).unwrap().trim_end());
    Ok(())
}
