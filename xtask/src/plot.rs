//! `cargo xtask bench plot`: figures as a picture, by matplotlib.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::Failure;

/// A Python environment of its own, which is made once.
const ENVIRONMENT: &str = "target/venv-plot";
/// What it holds.
const PACKAGES: [&str; 1] = ["matplotlib>=3,<4"];

pub fn run(file: &Path, picture: Option<&Path>) -> Result<(), Failure> {
    let python = PathBuf::from(ENVIRONMENT).join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let installed = Command::new(&python).args(["-c", "import matplotlib"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        eprintln!("Making a Python environment in {ENVIRONMENT}");
        call(Command::new("python3").args(["-m", "venv", "--clear", ENVIRONMENT]))?;
        call(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES))?;
    }
    let picture = picture.map_or_else(|| file.with_extension("png"), Path::to_owned);
    call(Command::new(&python).arg("benches/plot.py").arg(file).arg(&picture))?;
    println!("{}", picture.display());
    Ok(())
}

fn call(command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure(format!("{command:?} failed."))),
        Err(error) => Err(Failure(format!("{command:?} does not start: {error}"))),
    }
}
