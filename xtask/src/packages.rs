//! `cargo xtask packages`: the native modules of `examples/modules`, as their users build, ship and
//! import them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::environment::Environment;
use crate::python::Python;
use crate::run::{Failure, Step, cannot_write, empty, root, target_folder, text};

/// The first is built by maturin, the second by setuptools-rust; the third is one of PyO3.
const MODULES: [&str; 3] = ["waypoints", "ledger", "invoices"];

/// The crates of this repository that they use, and where each is.
const CRATES: [(&str, &str); 6] = [
    ("convert-core", "convert-core"),
    ("convert-derive", "convert-derive"),
    ("convert-ffi", "convert-ffi"),
    ("convert-integrations", "integrations"),
    ("convert-pyo3", "convert-pyo3"),
    ("serde-py", "serde-py"),
];

/// What builds, looks into and tests wheels.
const TOOLS: [&str; 6] = [
    "abi3audit>=0.0.20",
    "build>=1.2,<2",
    "maturin>=1.9,<2",
    "pytest>=8,<10",
    "setuptools>=77",
    "setuptools-rust>=1.11,<2",
];

/// Build source distributions and wheels of the native modules in `examples/modules`, and test the
/// wheels on every CPython from 3.9 to 3.13 that is found
#[derive(clap::Args, Default)]
pub struct Options {
    /// An interpreter to test on, instead of those that `pyenv prefix` finds; may be repeated
    #[arg(long)]
    python: Vec<String>,
    /// Fail where fewer interpreters were found
    #[arg(long, value_name = "N")]
    expect: Option<usize>,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let pythons = Python::all(&options.python)?;
    Python::expect(&pythons, options.expect.unwrap_or(0))?;
    let chosen = Python::chosen(None)?;
    let environment = Environment::new("tools", &chosen, &TOOLS)?;

    lint()?;
    let wheels = wheels(&environment)?;
    environment
        .python("What the wheels need", &text(&root().join("xtask/python/audit.py")))
        .and(wheels.clone())
        .run()?;
    test(&environment, &wheels)?;
    for python in pythons.iter().filter(|python| python.version != chosen.version) {
        test(&Environment::new("pytest", python, &["pytest>=8,<10"])?, &wheels)?;
    }
    configured(&environment, &chosen)?;

    let mut versions: Vec<_> = pythons.iter().map(|python| &*python.version).collect();
    if !versions.contains(&&*chosen.version) {
        versions.push(&chosen.version);
    }
    eprintln!("\nThe wheels were tested on CPython {}.", versions.join(", "));
    Ok(())
}

/// The modules are workspaces of their own, so nobody else looks at their code.
fn lint() -> Result<(), Failure> {
    let cargo = target_folder("packages").join("cargo");
    for module in MODULES {
        let manifest = vec![text(&directory(module).join("Cargo.toml"))];
        Step::cargo("Formatting of a module", "fmt --check --manifest-path")
            .and(manifest.clone())
            .run()?;
        Step::cargo("Lints of a module", "clippy --release --manifest-path")
            .and(manifest)
            .and(configuration(module))
            .and(vec!["--target-dir".to_owned(), text(&cargo)])
            .and(["--", "-D", "warnings"].map(str::to_owned).into())
            .run()?;
    }
    Ok(())
}

/// Makes cargo take the crates of this repository; in the folder of a module, it does by itself.
fn configuration(module: &str) -> Vec<String> {
    let files = [directory(".cargo/config.toml"), directory(module).join(".cargo/config.toml")];
    let files = files.iter().filter(|file| file.exists());
    files.flat_map(|file| ["--config".to_owned(), text(file)]).collect()
}

/// Builds the source distributions, and the wheels from nothing else.
fn wheels(environment: &Environment) -> Result<Vec<String>, Failure> {
    let folder = target_folder("packages");
    let (distributions, unpacked) = (folder.join("dist"), folder.join("unpacked"));
    let prepared = empty(&distributions).and_then(|()| empty(&unpacked));
    prepared.and_then(|()| patch_crates(&folder)).map_err(cannot_write(&folder))?;
    for module in MODULES {
        environment
            .python("Source distribution and wheel", "-m build --no-isolation --outdir")
            .and(vec![text(&distributions), text(&directory(module))])
            // It runs maturin, and unpacks the source distribution in a temporary folder.
            .with("PATH", &environment.path())
            .with("TMPDIR", &text(&unpacked))
            .with("CARGO_TARGET_DIR", &text(&folder.join("cargo")))
            .quiet()
            .run()?;
    }
    let files = fs::read_dir(&distributions).map_err(cannot_write(&distributions))?;
    let files = files.flatten().map(|file| text(&file.path()));
    Ok(files.filter(|file| file.ends_with(".whl")).collect())
}

/// Installs the wheels and runs the tests of the modules.
fn test(environment: &Environment, wheels: &[String]) -> Result<(), Failure> {
    const INSTALL: &str = "-m pip --disable-pip-version-check install --quiet --no-index --no-deps \
                           --force-reinstall";
    environment.python("Installing the wheels", INSTALL).and(wheels.to_vec()).run()?;
    pytest(environment, "Tests of the wheels", &MODULES).run()
}

fn pytest(environment: &Environment, name: &'static str, modules: &[&str]) -> Step {
    let folders = modules.iter().map(|module| text(&directory(module)));
    environment.python(name, "-m pytest --quiet -p no:cacheprovider").and(folders.collect())
}

/// Builds and tests a module where no interpreter is asked, but a file says what it is like.
fn configured(environment: &Environment, python: &Python) -> Result<(), Failure> {
    let module = MODULES[0];
    let folder = target_folder("packages").join("configured");
    let file = folder.join("pyo3.txt");
    let version: Vec<_> = python.version.splitn(3, '.').take(2).collect();
    let config = format!("implementation=CPython\nversion={}\nshared=true\n", version.join("."));
    empty(&folder).and_then(|()| fs::write(&file, config)).map_err(cannot_write(&folder))?;

    let cargo = target_folder("packages").join("cargo");
    Step::cargo("A build without an interpreter", "build --release --manifest-path")
        .and(vec![text(&directory(module).join("Cargo.toml"))])
        .and(configuration(module))
        .and(vec!["--target-dir".to_owned(), text(&cargo)])
        .with("PYO3_CONFIG_FILE", &text(&file))
        .with("PYO3_BUILD_EXTENSION_MODULE", "1")
        .run()?;
    let python_files = directory(module).join("python").join(module);
    let native = place(&cargo.join("release"), &python_files, &folder.join(module))
        .map_err(cannot_write(&folder))?;
    environment
        .python("What it needs", &text(&root().join("xtask/python/audit.py")))
        .and(vec![native])
        .run()?;
    pytest(environment, "Its tests", &[module]).with("PYTHONPATH", &text(&folder)).run()
}

/// Puts a package together as an installation would: its Python files, and the library that cargo
/// built as `_native`. Gives the path of the latter.
fn place(built: &Path, python_files: &Path, package: &Path) -> io::Result<String> {
    fs::create_dir_all(package)?;
    for file in fs::read_dir(python_files)?.flatten() {
        if file.file_type()?.is_file() {
            fs::copy(file.path(), package.join(file.file_name()))?;
        }
    }
    let name = python_files.file_name().unwrap_or_default().to_string_lossy();
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let native = package.join(if cfg!(windows) { "_native.pyd" } else { "_native.so" });
    fs::copy(built.join(format!("{prefix}{name}{suffix}")), &native)?;
    Ok(text(&native))
}

/// Makes cargo take the crates of this repository below that folder, as if they were published.
pub fn patch_crates(folder: &Path) -> io::Result<()> {
    let mut patch = "[patch.crates-io]\n".to_owned();
    for (name, directory) in CRATES {
        patch += &format!("{name} = {{ path = '{}' }}\n", root().join(directory).display());
    }
    fs::create_dir_all(folder.join(".cargo"))?;
    fs::write(folder.join(".cargo/config.toml"), patch)
}

fn directory(module: &str) -> PathBuf {
    root().join("examples/modules").join(module)
}
