//! Virtual environments with what a chore needs of the Python Package Index, kept below `target`.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::python::Python;
use crate::run::{Failure, Step, target_folder};

/// A virtual environment.
pub struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of that name and interpreter. It is made anew where it is not there, or was
    /// made of something else.
    pub fn new(name: &str, python: &Python, requirements: &[&str]) -> Result<Self, Failure> {
        let folder = target_folder("environments").join(format!("{name}-{}", python.version));
        let environment = Environment { folder };
        let made_of = format!("{python}\n{}\n", requirements.join("\n"));
        let note = environment.folder.join("made-of.txt");
        if fs::read_to_string(&note).is_ok_and(|noted| noted == made_of) {
            return Ok(environment);
        }
        let hint = |hint: &'static str| move |failure: Failure| Failure(format!("{failure}{hint}"));
        let folder = environment.folder.to_string_lossy().into_owned();
        Step::program("Virtual environment", (&*python.path).into(), "-m venv --clear")
            .and(vec![folder])
            .run()
            .map_err(hint(
                "\nOn Debian and Ubuntu, venv is a package: apt install python3-venv\n",
            ))?;
        let requirements = requirements.iter().map(|&requirement| requirement.to_owned());
        environment
            .python("Tools", "-m pip --disable-pip-version-check install --quiet")
            .and(requirements.collect())
            .run()
            .map_err(hint(
                "\nThis needs the network once. PIP_INDEX_URL names another package index.\n",
            ))?;
        fs::write(&note, made_of)
            .map_err(|error| Failure(format!("{} cannot be written: {error}", note.display())))?;
        Ok(environment)
    }

    /// A step of its interpreter.
    pub fn python(&self, name: &'static str, arguments: &str) -> Step {
        Step::program(name, self.program("python"), arguments)
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
