//! The interpreter that runs here is the one of the build, not another that the loader found.

use std::process::Command;

use convert_core::prelude::*;

convert_tests::tests! {
    the_interpreter_is_that_of_the_build,
}

fn the_interpreter_is_that_of_the_build() {
    let code = c"repr((lambda sys: (sys.version, sys.base_prefix))(__import__('sys')))";
    let embedded: String =
        Python::attach(|py| py.eval(code, None, None).unwrap().extract().unwrap());

    let print = format!("print({})", code.to_str().unwrap());
    // The one that was asked for now, where the build may be an older one.
    let python = std::env::var("PYO3_PYTHON");
    let python = python.as_deref().unwrap_or(env!("PYTHON_OF_THIS_BUILD"));
    let output = Command::new(python).args(["-c", &print]).output().unwrap();
    assert_eq!(embedded, String::from_utf8(output.stdout).unwrap().trim_end());
}
