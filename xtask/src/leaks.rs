//! `cargo xtask leaks`: does anything hold on to memory?

use std::process::Command;

use crate::run::{Failure, Step};

/// The interpreter that counts its references: a debug build of CPython.
const PYTHON: &str = "python3.11-dbg";

/// Run every test three times on a debug build of CPython, which counts its references, and fail
/// where a third run leaves more behind than the second
#[derive(clap::Args)]
pub struct Options {
    /// Only tests whose name contains this text
    filter: Option<String>,
}

pub fn run(options: Options) -> Result<(), Failure> {
    if Command::new(PYTHON).arg("--version").output().is_err() {
        let packages = ["install", "--yes", PYTHON, "libpython3.11-dbg"];
        let installed = Command::new("apt-get").args(packages).status();
        if !installed.is_ok_and(|status| status.success()) {
            return Err(Failure(format!(
                "{PYTHON} is missing, and installing it failed. By hand, on Debian or Ubuntu:\n\n    \
                 apt-get install {PYTHON} libpython3.11-dbg\n"
            )));
        }
    }
    Step::cargo("Leaks", "test -p convert-tests --test all --target-dir target/leaks --")
        .with("PYO3_PYTHON", PYTHON)
        .with("FIND_LEAKS", "1")
        // Three runs of this length: half a minute of sixteen threads.
        .with("STRESS_SECONDS", "10")
        .and(options.filter.into_iter().collect())
        .run()
}
