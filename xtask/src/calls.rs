//! `cargo xtask bench calls`: how long calls from Python take.

use std::path::{self, Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use crate::bench;
use crate::environment::Environment;
use crate::python::Python;
use crate::run::{Failure, Step};

/// The sources.
const SOURCES: &str = "benches/calls";
/// What is installed for the contenders that are not written in Rust.
const PACKAGES: [&str; 5] =
    ["cmake>=3.20", "cython>=3,<4", "nanobind>=2", "ninja", "pybind11>=3,<4"];
/// The extension modules in Rust: the crate, and the modules that are made of it.
const CRATES: [(&str, &[&str]); 3] = [
    ("ours", &["calls_ours", "empty_ours", "hello_ours"]),
    ("pyo3", &["calls_pyo3", "empty_pyo3", "hello_pyo3"]),
    ("raw", &["calls_raw"]),
];

/// Calls from Python: functions of this library, PyO3, C by hand, Cython, nanobind, pybind11 and
/// Python, the time to import a module, and its size
///
/// Each contender is an extension module, built for release and linked as a whole. Cython, nanobind
/// and pybind11 come from PyPI, into an environment below `target`, and need a C++ compiler.
#[derive(clap::Args)]
pub struct Options {
    /// Only cases whose name contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure in so many processes, one after the other, and give the medians of their ratios
    #[arg(long, value_name = "N", default_value_t = 1)]
    runs: usize,
    /// The interpreter, or the directory it is installed in
    #[arg(long, value_name = "PREFIX")]
    python: Option<String>,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let python = options.python.clone().map(bench::interpreter);
    let python = Python::chosen(python.as_deref())?;
    // Absolute: CMake works elsewhere.
    let directory = path::absolute(Path::new("target/calls").join(&python.version))
        .map_err(|error| Failure(format!("there is no current directory: {error}")))?;
    let build = Build { python, directory };
    build.empty_modules()?;
    for (name, modules) in CRATES {
        build.rust(name, modules)?;
    }
    if let Err(Failure(reason)) = build.others() {
        eprintln!("\nCython, nanobind and pybind11 are left out: {reason}");
    }

    let mut command = Command::new(&build.python.path);
    command.arg(Path::new(SOURCES).join("bench.py")).arg(build.modules());
    command.args(["--filter", &options.filter, "--runs", &options.runs.to_string()]);
    command.args(options.json.iter().flat_map(|file| [Path::new("--json"), file]));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure(format!("{command:?} failed."))),
    }
}

/// Builds for one interpreter.
struct Build {
    python: Python,
    directory: PathBuf,
}

impl Build {
    /// Where all extension modules are.
    fn modules(&self) -> PathBuf {
        self.directory.join("modules")
    }

    /// Makes sure that no module is there which this run does not build.
    fn empty_modules(&self) -> Result<(), Failure> {
        let modules = self.modules();
        let made = match fs::remove_dir_all(&modules) {
            Err(error) if modules.exists() => Err(error),
            _ => fs::create_dir_all(&modules),
        };
        made.map_err(|error| Failure(format!("{} cannot be made: {error}", modules.display())))
    }

    fn rust(&self, name: &str, modules: &[&str]) -> Result<(), Failure> {
        let target = self.directory.join("cargo");
        let build = format!(
            "build --release --manifest-path {SOURCES}/Cargo.toml --target-dir {} --lib --examples \
             --package calls-{name}",
            target.display()
        );
        Step::cargo("Extension modules", &build)
            .with("PYO3_PYTHON", &self.python.path)
            .with("PYO3_BUILD_EXTENSION_MODULE", "1")
            .run()?;
        for module in modules {
            let library = format!("{}{module}{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
            let places = [target.join("release"), target.join("release/examples")];
            let built = places.iter().map(|place| place.join(&library)).find(|file| file.exists());
            let built = built.ok_or_else(|| Failure(format!("there is no {library}")))?;
            let suffix = if cfg!(windows) { "pyd" } else { "so" };
            self.take(&built, &format!("{module}.{suffix}"))?;
        }
        Ok(())
    }

    fn take(&self, built: &Path, name: &str) -> Result<(), Failure> {
        let copied = fs::copy(built, self.modules().join(name)).map(drop);
        copied.map_err(|error| Failure(format!("{} cannot be copied: {error}", built.display())))
    }

    /// Builds the contenders that are not written in Rust, by CMake.
    fn others(&self) -> Result<(), Failure> {
        let compiler = env::var("CXX").unwrap_or_else(|_| "c++".into());
        output(Command::new(&compiler).arg("--version")).map_err(|_| {
            Failure(format!("they need a C++ compiler, and {compiler} does not run"))
        })?;
        let environment = Environment::new("calls", &self.python, &PACKAGES)?;
        let [python, cmake, ninja] =
            ["python", "cmake", "ninja"].map(|name| environment.program(name));
        eprintln!("\n== Cython, nanobind and pybind11: compiling");
        let build = self.directory.join("cmake");
        let mut configure = Command::new(&cmake);
        configure.args(["-S", &format!("{SOURCES}/others"), "-G", "Ninja"]).arg("-B").arg(&build);
        configure.arg("-DCMAKE_BUILD_TYPE=Release");
        configure.arg(format!("-DCMAKE_MAKE_PROGRAM={}", ninja.display()));
        configure.arg(format!("-DPython_EXECUTABLE={}", python.display()));
        output(&mut configure)?;
        output(Command::new(&cmake).arg("--build").arg(&build))?;
        let entries = fs::read_dir(&build).map_err(|error| Failure(error.to_string()))?;
        for file in entries.flatten().map(|entry| entry.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("calls_") && (name.ends_with(".so") || name.ends_with(".pyd")) {
                self.take(&file, &name)?;
            }
        }
        Ok(())
    }
}

/// Runs a command quietly; where it fails, all it said.
fn output(command: &mut Command) -> Result<Output, Failure> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(output),
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            Err(Failure(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&said))))
        }
        Err(error) => Err(Failure(format!("{command:?} does not start: {error}"))),
    }
}
