//! `cargo xtask bench`: the benchmarks, built as they are to be measured.

use std::path::PathBuf;

use crate::python::Python;
use crate::run::{Failure, Step};
use crate::{calls, derives, plot, serde};

/// Measure: `cargo xtask bench conversions`, `cargo xtask bench conversions --help`
///
/// Any benchmark also takes `--python PREFIX`, an interpreter or the directory it is installed in,
/// and `--abi3 LEVEL`, to be built against a stable ABI: `py39` to `py313`. Each interpreter's
/// build has a directory of its own below `target`.
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Draw the figures that a benchmark wrote with --json
    Plot {
        /// The figures
        file: PathBuf,
        /// The picture; by default beside the figures
        picture: Option<PathBuf>,
    },
    Calls(calls::Options),
    Derives(derives::Options),
    Serde(serde::Options),
    /// Run a benchmark with its options; `--help` lists both
    #[command(external_subcommand)]
    Measure(Vec<String>),
}

pub fn run(options: Options) -> Result<(), Failure> {
    match options.what {
        What::Plot { file, picture } => plot::run(&file, picture.as_deref()),
        What::Calls(options) => calls::run(&options),
        What::Derives(options) => derives::run(&options),
        What::Serde(options) => serde::run(&options),
        What::Measure(arguments) => measure(arguments),
    }
}

fn measure(mut arguments: Vec<String>) -> Result<(), Failure> {
    let python = take_option(&mut arguments, "--python")?.map(interpreter);
    let abi3 = take_option(&mut arguments, "--abi3")?;
    let version = Python::chosen(python.as_deref())?.version;

    let mut build = format!("--target-dir target/bench-{version}");
    if let Some(level) = &abi3 {
        build += &format!("-abi3-{level} --features abi3-{level}");
    }
    let step = |name, binary: &str| {
        let command =
            format!("run --profile bench --package convert-benches --bin {binary} {build} --");
        match &python {
            Some(python) => Step::cargo(name, &command).with("PYO3_PYTHON", python),
            None => Step::cargo(name, &command),
        }
    };
    let is_scaling = arguments.first().is_some_and(|name| name == "scaling");
    step("Benchmarks", "convert-benches").and(arguments).run()?;
    if is_scaling {
        step("Peak of memory", "peak").run()?;
    }
    Ok(())
}

/// Takes an option and its value out of the arguments: `--name VALUE` or `--name=VALUE`.
fn take_option(arguments: &mut Vec<String>, name: &str) -> Result<Option<String>, Failure> {
    let value_of =
        |argument: &str| Some(argument.strip_prefix(name)?.strip_prefix('=')?.to_owned());
    let is_option = |argument: &String| argument == name || value_of(argument).is_some();
    let Some(index) = arguments.iter().position(is_option) else { return Ok(None) };
    let option = arguments.remove(index);
    match value_of(&option) {
        Some(value) => Ok(Some(value)),
        None if index < arguments.len() => Ok(Some(arguments.remove(index))),
        None => Err(Failure(format!("{name} needs a value."))),
    }
}

/// The interpreter that is meant by itself or by the directory it is installed in.
pub fn interpreter(python: String) -> String {
    let inside = PathBuf::from(&python).join("bin/python3");
    if inside.exists() { inside.display().to_string() } else { python }
}
