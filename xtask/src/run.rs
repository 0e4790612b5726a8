//! One command: announced, run, timed.

use std::env;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// A command and what it is for.
pub struct Step {
    name: &'static str,
    /// What to run, if not cargo.
    program: Option<PathBuf>,
    variables: Vec<(&'static str, String)>,
    arguments: Vec<String>,
    quiet: bool,
}

/// What went wrong, and what to do.
pub struct Failure(pub String);

impl Step {
    /// `cargo` with the words of `arguments`.
    pub fn cargo(name: &'static str, arguments: &str) -> Self {
        let arguments = arguments.split_whitespace().map(str::to_owned).collect();
        Step { name, program: None, variables: Vec::new(), arguments, quiet: false }
    }

    /// Another program, with the words of `arguments`.
    pub fn program(name: &'static str, program: PathBuf, arguments: &str) -> Self {
        Step { program: Some(program), ..Step::cargo(name, arguments) }
    }

    /// With an environment variable.
    pub fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.variables.push((variable, value.to_owned()));
        self
    }

    /// With further arguments.
    pub fn and(mut self, arguments: Vec<String>) -> Self {
        self.arguments.extend(arguments);
        self
    }

    /// Without what it prints, unless it fails.
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    pub fn run(&self) -> Result<(), Failure> {
        self.time().map(drop)
    }

    /// Runs it, and says how long it took.
    pub fn time(&self) -> Result<Duration, Failure> {
        eprintln!("\n== {}: {self}", self.name);
        let start = Instant::now();
        // The cargo that runs this program; a path, so not the one to show.
        let cargo = || env::var_os("CARGO").unwrap_or_else(|| "cargo".into()).into();
        let mut command = Command::new(self.program.clone().unwrap_or_else(cargo));
        command.envs(self.variables.iter().map(|(variable, value)| (variable, value)));
        command.args(&self.arguments);
        let status = if self.quiet { quietly(&mut command) } else { command.status() };
        let status = status.map_err(|error| Failure(format!("{self} does not start: {error}")))?;
        let time = start.elapsed();
        let elapsed = seconds(time);
        if !status.success() {
            return Err(Failure(format!(
                "{} failed after {elapsed}. To run this step alone:\n\n    {self}\n",
                self.name
            )));
        }
        eprintln!("== {}: done in {elapsed}", self.name);
        Ok(time)
    }
}

/// Runs it, and shows what it printed where it fails.
fn quietly(command: &mut Command) -> io::Result<ExitStatus> {
    let output = command.output()?;
    if !output.status.success() {
        io::stderr().write_all(&output.stdout)?;
        io::stderr().write_all(&output.stderr)?;
    }
    Ok(output.status)
}

/// The command as one types it.
impl Display for Step {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        for (variable, value) in &self.variables {
            write!(f, "{variable}={value:?} ")?;
        }
        match &self.program {
            Some(program) => write!(f, "{}", program.display())?,
            None => f.write_str("cargo")?,
        }
        for argument in &self.arguments {
            let special = |letter: char| letter.is_whitespace() || "<>|&;*$".contains(letter);
            if argument.is_empty() || argument.contains(special) {
                write!(f, " {argument:?}")?;
            } else {
                write!(f, " {argument}")?;
            }
        }
        Ok(())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in a folder")
}

/// A folder of that name beside what the workspace builds.
pub fn target_folder(name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    root().join(target).join(name)
}

/// Makes a folder, with nothing in it.
pub fn empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::create_dir_all(folder),
    }
}

pub fn cannot_read(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure(format!("{} cannot be read: {error}", path.display()))
}

pub fn cannot_write(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure(format!("{} cannot be written: {error}", path.display()))
}

pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

pub fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
