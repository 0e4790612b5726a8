//! The interpreter inside is the one of the build, not another one that happens to be found first.

#![forbid(unsafe_code)]

use std::process::Command;

use convert_core::prelude::*;

#[test]
fn the_embedded_interpreter_is_the_one_of_the_build() {
    let python = env!("PYTHON_OF_THIS_BUILD");
    let output = Command::new(python)
        .args(["-c", "import sys; print(sys.version); print(sys.base_prefix)"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{python}: {output:?}");
    let expected = String::from_utf8(output.stdout).unwrap();

    let embedded = Python::attach(|py| -> PyResult<String> {
        let sys = py.import("sys")?;
        let version: String = sys.getattr("version")?.extract()?;
        let prefix: String = sys.getattr("base_prefix")?.extract()?;
        Ok(format!("{version}\n{prefix}\n"))
    });
    assert_eq!(embedded.unwrap(), expected.replace("\r\n", "\n"));
}
