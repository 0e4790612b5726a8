//! The interpreters on this machine.

use std::env;
use std::fmt::{self, Display, Formatter};
use std::process::{Command, Stdio};

use crate::run::Failure;

/// The versions that are looked for with `pyenv`, oldest first.
const VERSIONS: [&str; 5] = ["3.9", "3.10", "3.11", "3.12", "3.13"];

/// An interpreter.
pub struct Python {
    pub path: String,
    pub version: String,
}

impl Python {
    /// The interpreter that a command starts, if it is one.
    fn new(command: &str) -> Option<Self> {
        const WHICH: &str = "import sys; assert sys.version_info >= (3,); \
                             print(sys.version.split()[0]); print(sys.executable)";
        let text = output(Command::new(command).args(["-c", WHICH]))?;
        let (version, path) = text.split_once('\n')?;
        Some(Python { path: path.trim().to_owned(), version: version.trim().to_owned() })
    }

    /// The interpreter that is named, or else the one that the build finds: the one `PYO3_PYTHON`
    /// names, or the first Python 3 on the path.
    pub fn chosen(named: Option<&str>) -> Result<Self, Failure> {
        let candidates = match named.map(str::to_owned).or_else(|| env::var("PYO3_PYTHON").ok()) {
            Some(python) => vec![python],
            None => vec!["python".to_owned(), "python3".to_owned()],
        };
        candidates.iter().find_map(|python| Python::new(python)).ok_or_else(|| {
            Failure(format!(
                "No Python 3: {} does not run. Set PYO3_PYTHON.",
                candidates.join(", ")
            ))
        })
    }

    /// The interpreters that are named, or else those that `pyenv` has, one for each version.
    pub fn all(named: &[String]) -> Result<Vec<Self>, Failure> {
        if named.is_empty() {
            return Ok(VERSIONS.iter().filter_map(|version| pyenv(version)).collect());
        }
        let python =
            |path: &String| Python::new(path).ok_or(Failure(format!("{path} is no Python.")));
        named.iter().map(python).collect()
    }

    /// Fails where there are fewer of them than expected.
    pub fn expect(pythons: &[Self], expected: usize) -> Result<(), Failure> {
        if pythons.len() >= expected {
            return Ok(());
        }
        let found: Vec<_> = pythons.iter().map(|python| &*python.version).collect();
        Err(Failure(format!(
            "{expected} interpreters were expected, and {} found ({}). Install the missing ones, \
             or name them with --python.",
            found.len(),
            found.join(", ")
        )))
    }
}

impl Display for Python {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "{} ({})", self.version, self.path)
    }
}

/// The interpreter of a version, the newest that `pyenv` has installed.
fn pyenv(version: &str) -> Option<Python> {
    let newest = output(Command::new("pyenv").args(["latest", version]))?;
    let prefix = output(Command::new("pyenv").args(["prefix", &newest]))?;
    Python::new(&format!("{prefix}/bin/python3"))
}

/// What a command prints, if it succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
