//! Virtual environments with what a chore needs of the Python Package Index, kept below `target`.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::python::{Python, output};
use crate::run::{Failure, Step, cannot_write, target_folder, text};

/// What to do where pip finds nothing.
const NETWORK: &str = "\nThis needs the network once. PIP_INDEX_URL names another package index.\n";

/// A virtual environment.
pub struct Environment {
    folder: PathBuf,
    requirements: Vec<String>,
}

impl Environment {
    /// The environment of that name and interpreter. It is made anew where it is not there, or was
    /// made of something else.
    pub fn new(name: &str, python: &Python, requirements: &[&str]) -> Result<Self, Failure> {
        let folder = target_folder("environments").join(format!("{name}-{}", python.version));
        let requirements = requirements.iter().map(|&requirement| requirement.to_owned()).collect();
        let environment = Environment { folder, requirements };
        let made_of = format!("{python}\n{}\n", environment.requirements.join("\n"));
        let note = environment.folder.join("made-of.txt");
        if fs::read_to_string(&note).is_ok_and(|noted| noted == made_of) {
            return Ok(environment);
        }
        Step::program("Virtual environment", (&*python.path).into(), "-m venv --clear")
            .and(vec![text(&environment.folder)])
            .run()
            .map_err(and(
                "\nOn Debian and Ubuntu, venv is a package: apt install python3-venv\n",
            ))?;
        environment
            .python("Packages", "-m pip --disable-pip-version-check install --quiet")
            .and(environment.requirements.clone())
            .run()
            .map_err(and(NETWORK))?;
        fs::write(&note, made_of).map_err(cannot_write(&note))?;
        Ok(environment)
    }

    /// A step of its interpreter.
    pub fn python(&self, name: &'static str, arguments: &str) -> Step {
        Step::program(name, self.program("python"), arguments)
    }

    /// Where its packages are, for `PYTHONPATH`.
    pub fn packages(&self) -> Result<String, Failure> {
        let code = "import sysconfig; print(sysconfig.get_path('platlib'))";
        let mut python = Command::new(self.program("python"));
        output(python.args(["-c", code]))
            .map(|path| path.trim().to_owned())
            .ok_or_else(|| Failure(format!("{} has no packages.", text(&self.folder))))
    }

    /// A folder with its packages and all they need, for others to install without the network.
    pub fn downloads(&self) -> Result<PathBuf, Failure> {
        let folder = self.folder.join("downloads");
        if !folder.exists() {
            let part = self.folder.join("downloads.part");
            self.python("Downloads", "-m pip --disable-pip-version-check download --quiet --dest")
                .and(vec![text(&part)])
                .and(self.requirements.clone())
                .run()
                .map_err(and(NETWORK))?;
            fs::rename(part, &folder).map_err(cannot_write(&folder))?;
        }
        Ok(folder)
    }

    /// What a step finds programs by, if it is to find those in here.
    pub fn path(&self) -> String {
        let path = env::var_os("PATH").unwrap_or_default();
        let paths = [self.programs()].into_iter().chain(env::split_paths(&path));
        env::join_paths(paths).unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The path of one of its programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs().join(name)
    }

    fn programs(&self) -> PathBuf {
        self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" })
    }
}

/// Adds to what went wrong.
fn and(hint: &str) -> impl Fn(Failure) -> Failure {
    move |Failure(reason)| Failure(format!("{reason}{hint}"))
}
