//! `cargo xtask bench serde`: how long JSON and typed records take to and from Python objects.

use std::path::{self, Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::bench;
use crate::environment::Environment;
use crate::python::Python;
use crate::run::{Failure, Step};

/// The sources.
const SOURCES: &str = "benches/serde";
/// What is installed to be measured against.
const PACKAGES: [&str; 3] = ["jiter", "msgspec", "orjson"];
/// The extension modules: where their workspace is.
const MODULES: [(&str, &str); 2] = [("serde_ours", ""), ("serde_peers", "peers")];

/// JSON and typed records to and from Python objects: this library with sonic-rs and serde_json,
/// orjson, msgspec, jiter, pythonize, serde-pyobject, the standard library, and code by hand
///
/// Needs four files, which every benchmark of JSON has: twitter, citm_catalog, canada, github.
#[derive(clap::Args)]
pub struct Options {
    /// Only rows whose name contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Where the JSON files are
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The interpreter, or the directory it is installed in
    #[arg(long, value_name = "PREFIX")]
    python: Option<String>,
    /// Compile the extension modules for this processor, as `x86-64-v3` or `native`: sonic-rs then
    /// has more of it; otherwise, as wheels are, for every processor of the architecture
    #[arg(long, value_name = "CPU")]
    target_cpu: Option<String>,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    if !options.data.join("twitter.json").exists() {
        return Err(Failure(format!(
            "There is no twitter.json in {}. Name the directory of the files with --data.",
            options.data.display()
        )));
    }
    let python = options.python.clone().map(bench::interpreter);
    let python = Python::chosen(python.as_deref())?;
    let directory = Path::new("target/serde").join(&python.version);
    let processor = options.target_cpu.as_deref();
    let directory = path::absolute(processor.map_or(directory.clone(), |cpu| directory.join(cpu)))
        .map_err(|error| Failure(format!("there is no current directory: {error}")))?;
    let modules = directory.join("modules");
    fs::create_dir_all(&modules)
        .map_err(|error| Failure(format!("{} cannot be made: {error}", modules.display())))?;
    for (module, workspace) in MODULES {
        build(&python, module, &Path::new(SOURCES).join(workspace), &directory, processor)?;
    }
    let environment = Environment::new("serde", &python, &PACKAGES)?;
    let mut command = Command::new(environment.program("python"));
    command.arg(Path::new(SOURCES).join("bench.py")).arg(&modules).env("PYTHONHASHSEED", "0");
    command.arg("--data").arg(&options.data).args(["--filter", &options.filter]);
    command.args(options.json.iter().flat_map(|file| [Path::new("--json"), file]));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure(format!("{command:?} failed."))),
    }
}

/// Builds an extension module, and puts it where Python finds it.
fn build(
    python: &Python,
    module: &str,
    workspace: &Path,
    to: &Path,
    processor: Option<&str>,
) -> Result<(), Failure> {
    let target = to.join("cargo");
    let package = module.replace('_', "-");
    let build = format!(
        "build --release --manifest-path {}/Cargo.toml --target-dir {} --package {package}",
        workspace.display(),
        target.display()
    );
    let mut step = Step::cargo("Extension modules", &build)
        .with("PYO3_PYTHON", &python.path)
        .with("PYO3_BUILD_EXTENSION_MODULE", "1");
    if let Some(processor) = processor {
        step = step.with("RUSTFLAGS", &format!("-C target-cpu={processor}"));
    }
    step.run()?;
    let built = format!("{}{module}{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let suffix = if cfg!(windows) { "pyd" } else { "so" };
    let from = target.join("release").join(built);
    let copied = fs::copy(&from, to.join("modules").join(format!("{module}.{suffix}")));
    copied
        .map(drop)
        .map_err(|error| Failure(format!("{} cannot be copied: {error}", from.display())))
}
