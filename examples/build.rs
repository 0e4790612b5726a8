//! Passes on which CPython this build is for, lets the programs find its shared library, and says
//! what to install where there is none.

use std::env;
use std::path::Path;
use std::process::Command;

use pyo3_build_config::InterpreterConfig;

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_libpython_rpath_link_args();
    let config = pyo3_build_config::get();
    let python = config.executable().unwrap_or("python3");
    println!("cargo::rustc-env=PYTHON_OF_THIS_BUILD={python}");
    if let Some(library) = missing_library(config) {
        complain(&library, python, config);
    }
}

/// The name of the interpreter's library, where it is certain that linking will not find it.
///
/// Looks where pyo3-ffi makes the linker look, then asks the C compiler, which is the linker and
/// knows the system's folders. In doubt there is nothing to complain about: on Windows, for a
/// framework of macOS, when cross-compiling, where further folders are configured, without a C
/// compiler to ask.
fn missing_library(config: &InterpreterConfig) -> Option<String> {
    let framework = config.python_framework_prefix().unwrap_or_default();
    let rust_flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    if env::var_os("CARGO_CFG_UNIX").is_none()
        || env::var_os("HOST") != env::var_os("TARGET")
        || !["", "None"].contains(&framework)
        || rust_flags.contains("-L")
        || env::var_os("LIBRARY_PATH").is_some()
    {
        return None;
    }
    let (folder, name) = (Path::new(config.lib_dir()?), config.lib_name()?);
    let files = ["so", "dylib", "a"].map(|extension| format!("lib{name}.{extension}"));
    if files.iter().any(|file| folder.join(file).exists()) {
        return None;
    }
    for file in &files {
        // The answer is a path, or where there is no such file the name as it was given.
        let answer = Command::new("cc").arg(format!("-print-file-name={file}")).output().ok()?;
        let answer = String::from_utf8_lossy(&answer.stdout);
        if answer.trim() != file {
            return None;
        }
    }
    let [shared, dylib, _] = files;
    Some(if cfg!(target_os = "macos") { dylib } else { shared })
}

/// Fails the build and says which package brings the library.
fn complain(library: &str, python: &str, config: &InterpreterConfig) {
    let version = config.version();
    let folder = config.lib_dir().unwrap_or_default();
    println!(
        "cargo::error=a program that embeds Python needs the interpreter's library: {library} is \
         neither in {folder} nor where the linker looks (Python {version}, {python})"
    );
    let packages = [
        ("Debian, Ubuntu", format!("apt install libpython{version}-dev python3-dev")),
        ("Fedora, RHEL", "dnf install python3-devel".into()),
        ("Alpine", "apk add python3-dev".into()),
        ("macOS, Homebrew", "brew install python".into()),
        ("conda", "conda install python".into()),
        ("pyenv", format!("PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install {version}")),
    ];
    for (system, command) in packages {
        println!("cargo::error=  {system}: {command}");
    }
    println!("cargo::error=PYO3_PYTHON=/path/to/python3 selects another interpreter");
}
