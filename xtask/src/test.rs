//! `cargo xtask test`: whatever must hold before a change goes in.

use std::fs;
use std::time::Instant;

use crate::environment::Environment;
use crate::python::Python;
use crate::run::{Failure, Step, cannot_read, root, seconds};
use crate::{adding, differential, fuzz, guide, packages};

/// Check the formatting, the lints and the documentation, and run all tests
#[derive(clap::Args)]
pub struct Options {
    /// Only the formatting, the lints and the tests of the usual build
    #[arg(long)]
    fast: bool,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    eprintln!("Python {}", Python::chosen(None)?);
    let start = Instant::now();
    let mut steps = usual();
    if !options.fast {
        steps.extend(thorough());
        steps.extend(each_crate()?);
    }
    for step in &steps {
        step.run()?;
    }
    if !options.fast {
        with_numpy()?;
        differential::run(&differential::Options::default())?;
        fuzz::replay()?;
        packages::run(&packages::Options::default())?;
        guide::run()?;
        adding::run()?;
    }
    eprintln!("\nAll is well ({} steps, {}).", steps.len(), seconds(start.elapsed()));
    Ok(())
}

/// The tests that need NumPy.
fn with_numpy() -> Result<(), Failure> {
    let environment = Environment::new("numpy", &Python::chosen(None)?, &["numpy"])?;
    Step::cargo("Tests with NumPy", "test -p convert-tests --features numpy --test numpy")
        .with("PYTHONPATH", &environment.packages()?)
        .run()
}

fn usual() -> Vec<Step> {
    vec![
        Step::cargo("Formatting", "fmt --all --check"),
        Step::cargo(
            "Lints",
            "clippy --workspace --all-targets --features convert-tests/ui,convert-tests/numpy -- -D warnings",
        ),
        Step::cargo("Tests", "test --workspace --features convert-tests/ui --no-fail-fast"),
    ]
}

/// Each crate whose types are converted, without the others: what `full` in `convert-core` lists.
fn each_crate() -> Result<Vec<Step>, Failure> {
    let manifest = root().join("convert-core/Cargo.toml");
    let manifest = fs::read_to_string(&manifest).map_err(cannot_read(&manifest))?;
    let full = manifest.split("full = [").nth(1).and_then(|rest| rest.split(']').next());
    let features = full.into_iter().flat_map(|full| full.split('"').skip(1).step_by(2));
    let lint = "clippy -p convert-integrations -p convert-core --features";
    let steps = features.map(|feature| {
        Step::cargo(
            "Lints, one crate alone",
            &format!("{lint} convert-core/{feature} -- -D warnings"),
        )
    });
    Ok(steps.collect())
}

/// The workspace as a whole is always built with `auto-initialize` (the tests and examples ask for
/// it) and never against the stable ABI, so these are builds of their own.
fn thorough() -> Vec<Step> {
    vec![
        Step::cargo(
            "Formatting of the fuzz targets",
            "fmt --manifest-path fuzz/Cargo.toml --check",
        ),
        Step::cargo(
            "Lints of the fuzz targets",
            "clippy --manifest-path fuzz/Cargo.toml --target-dir target/fuzz -- -D warnings",
        ),
        Step::cargo(
            "Formatting of the modules whose calls are measured",
            "fmt --manifest-path benches/calls/Cargo.toml --all --check",
        ),
        Step::cargo(
            "Lints of the modules whose calls are measured",
            "clippy --manifest-path benches/calls/Cargo.toml --target-dir target/calls/lints \
             --workspace --all-targets -- -D warnings",
        ),
        Step::cargo(
            "Formatting of the modules whose serde is measured",
            "fmt --manifest-path benches/serde/Cargo.toml --all --check",
        ),
        Step::cargo(
            "Lints of the modules whose serde is measured",
            "clippy --manifest-path benches/serde/Cargo.toml --target-dir target/serde/lints \
             --workspace --all-targets -- -D warnings",
        ),
        Step::cargo("Documentation", "doc --workspace --no-deps")
            .with("RUSTDOCFLAGS", "-D warnings"),
        Step::cargo(
            "Lints, without auto-initialize",
            "clippy -p convert-ffi -p convert-core --all-targets -- -D warnings",
        ),
        Step::cargo(
            "Tests, without auto-initialize",
            "test -p convert-ffi -p convert-core --no-fail-fast",
        ),
        Step::cargo(
            "Tests of the bridge to PyO3, stable ABI",
            "test -p convert-pyo3 --features convert-pyo3/abi3-py39 --no-fail-fast",
        ),
        Step::cargo(
            "Lints, stable ABI",
            "clippy -p convert-ffi -p convert-core -p convert-tests --all-targets \
             --features abi3-py39 -- -D warnings",
        ),
        Step::cargo(
            "Tests, stable ABI",
            "test -p convert-ffi -p convert-core -p convert-tests --features abi3-py39 \
             --no-fail-fast",
        ),
    ]
}
