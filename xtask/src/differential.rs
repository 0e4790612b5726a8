//! `cargo xtask differential`: values that go to Rust and back, compared with Python's own.

use std::fs;
use std::path::Path;

use crate::environment::Environment;
use crate::python::Python;
use crate::run::{Failure, Step, cannot_write, empty, root, target_folder, text};

/// `tzdata` for machines that have no data of time zones.
const PACKAGES: [&str; 3] = ["hypothesis>=6,<7", "pytest>=8,<10", "tzdata"];
/// What cargo builds, and Python imports.
const MODULE: &str = "there_and_back";

/// Send values that hypothesis makes up to Rust and back, on every CPython from 3.9 to 3.13 that is
/// found
#[derive(clap::Args, Default)]
pub struct Options {
    /// An interpreter to test on, instead of those that `pyenv prefix` finds; may be repeated
    #[arg(long)]
    python: Vec<String>,
    /// Only the tests whose name contains this
    #[arg(short = 'k', value_name = "NAME")]
    name: Option<String>,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let mut pythons = Python::all(&options.python)?;
    if pythons.is_empty() {
        pythons.push(Python::chosen(None)?);
    }
    for python in &pythons {
        test(python, options)?;
    }
    Ok(())
}

/// Builds the module for an interpreter, in the place of the one before, and runs the tests with
/// it: one run at a time.
fn test(python: &Python, options: &Options) -> Result<(), Failure> {
    let cargo = target_folder("differential");
    let folder = cargo.join(&python.version);
    Step::cargo("The module", "build -p convert-differential --target-dir")
        .and(vec![text(&cargo)])
        .with("PYO3_PYTHON", &python.path)
        .with("PYO3_BUILD_EXTENSION_MODULE", "1")
        .run()?;
    let place = folder.join("module");
    put(&cargo.join("debug"), &place)?;

    let filter = options.name.iter().flat_map(|name| ["-k".to_owned(), name.clone()]);
    Environment::new("hypothesis", python, &PACKAGES)?
        .python("Differential tests", "-m pytest --quiet -p no:cacheprovider")
        .and(vec![text(&root().join("tests/differential"))])
        .and(filter.collect())
        .with("PYTHONPATH", &text(&place))
        .with("PYTHONDONTWRITEBYTECODE", "1")
        .with("HYPOTHESIS_STORAGE_DIRECTORY", &text(&folder.join("hypothesis")))
        .run()
}

/// Puts the library that cargo built where Python finds it, under the name it has there.
fn put(built: &Path, place: &Path) -> Result<(), Failure> {
    let library =
        format!("{}{MODULE}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let module = place.join(format!("{MODULE}.{}", if cfg!(windows) { "pyd" } else { "so" }));
    empty(place)
        .and_then(|()| fs::copy(built.join(library), &module))
        .map_err(cannot_write(&module))?;
    Ok(())
}
