//! `cargo xtask guide`: does `docs/getting-started.md` work as it is written?

use std::env;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::environment::Environment;
use crate::packages::patch_crates;
use crate::python::Python;
use crate::run::{Failure, cannot_write, empty, root, seconds, target_folder, text};

const GUIDE: &str = "docs/getting-started.md";

/// What the guide installs, and what its projects are built with.
const PACKAGES: [&str; 3] = ["maturin>=1.9,<2", "setuptools>=77", "setuptools-rust>=1.11,<2"];

/// A fenced block of the guide.
pub struct Block<'a> {
    /// The line it begins in.
    pub line: usize,
    pub language: &'a str,
    pub content: &'a str,
}

/// What the guide says to do.
enum Instruction<'a> {
    /// Write a file, or add to it.
    Write { path: &'a str, add: bool, content: &'a str },
    /// Run commands, which may print something that is shown.
    Run { line: usize, commands: &'a str, shown: Option<&'a str> },
}

/// Runs the commands of the guide on its files, and compares what they print.
pub fn run() -> Result<(), Failure> {
    if cfg!(windows) {
        eprintln!("\nThe guide's commands are for a Unix shell, so they are left out.");
        return Ok(());
    }
    let start = Instant::now();
    let guide = root().join(GUIDE);
    let guide = fs::read_to_string(&guide)
        .map_err(|error| Failure(format!("{GUIDE} cannot be read: {error}")))?;
    let instructions = instructions(&blocks(&guide))?;

    let python = Python::chosen(None)?;
    let packages = Environment::new("guide", &python, &PACKAGES)?.downloads()?;
    eprintln!("\n== The guide: cargo xtask guide");
    let folder = target_folder("guide");
    let work = folder.join("work");
    let printed = folder.join("printed");
    [&work, &printed]
        .into_iter()
        .try_for_each(|folder| empty(folder))
        .and_then(|()| command(&folder.join("bin"), "python3", &python.path))
        .and_then(|()| patch_crates(&folder))
        .map_err(cannot_write(&folder))?;
    // How it ends is told by what was printed.
    shell(&folder, &packages)
        .args(["-c", &script(&instructions, &printed)])
        .current_dir(&work)
        .status()
        .map_err(|error| Failure(format!("sh does not start: {error}")))?;
    for instruction in &instructions {
        if let Instruction::Run { line, shown, .. } = instruction {
            compare(*line, *shown, &printed)?;
        }
    }
    eprintln!("== The guide: done in {}", seconds(start.elapsed()));
    Ok(())
}

pub fn blocks(guide: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut offset = 0;
    for (index, line) in guide.split_inclusive('\n').enumerate() {
        let end = offset + line.len();
        if let Some(language) = line.trim_end().strip_prefix("```") {
            open = match open {
                None => Some((index + 1, language, end)),
                Some((line, language, begin)) => {
                    blocks.push(Block { line, language, content: &guide[begin..offset] });
                    None
                }
            };
        }
        offset = end;
    }
    blocks
}

fn instructions<'a>(blocks: &[Block<'a>]) -> Result<Vec<Instruction<'a>>, Failure> {
    let mut instructions = Vec::new();
    for (index, &Block { line, language, content }) in blocks.iter().enumerate() {
        match language {
            "sh" => {
                let next = blocks.get(index + 1).filter(|next| next.language == "text");
                let shown = next.map(|next| next.content);
                instructions.push(Instruction::Run { line, commands: content, shown });
            }
            // What a command prints.
            "text" => {}
            _ => {
                let first = content.lines().next().unwrap_or_default();
                let path = first.strip_prefix("# ").or_else(|| first.strip_prefix("// "));
                let path = path.ok_or_else(|| {
                    Failure(format!("{GUIDE}:{line}: the block does not begin with a file's name"))
                })?;
                let added = path.strip_prefix("added to ");
                let (path, add) = (added.unwrap_or(path), added.is_some());
                instructions.push(Instruction::Write { path, add, content });
            }
        }
    }
    Ok(instructions)
}

/// A shell that knows of no Python but the one in the folder, and of no packages but those.
fn shell(folder: &Path, packages: &Path) -> Command {
    let path = env::var_os("PATH").unwrap_or_default();
    let paths = [folder.join("bin")].into_iter().chain(env::split_paths(&path));
    let mut shell = Command::new("sh");
    shell
        .env("PATH", env::join_paths(paths).unwrap_or_default())
        .env("CARGO_TARGET_DIR", folder.join("cargo"))
        .env("PIP_NO_INDEX", "1")
        .env("PIP_FIND_LINKS", packages);
    for variable in ["PYO3_PYTHON", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX"] {
        shell.env_remove(variable);
    }
    shell
}

/// All instructions as one script, so that one finds the folder and the environment as the one
/// before left them. What a block prints is in `LINE.txt` once it has done what it should.
fn script(instructions: &[Instruction], printed: &Path) -> String {
    let mut script = "set -e\n".to_owned();
    for instruction in instructions {
        match instruction {
            Instruction::Write { path, add, content } => {
                let operator = if *add { ">>" } else { ">" };
                let _ = write!(
                    script,
                    "cat {operator} '{path}' <<'END OF FILE'\n{content}END OF FILE\n"
                );
            }
            Instruction::Run { line, commands, shown } => {
                let (part, whole) = (path(printed, *line, "part"), path(printed, *line, "txt"));
                let block = format!("{{\n{commands}}} >'{part}' 2>&1 </dev/null");
                let block = match fails(*shown) {
                    true => format!("if {block}; then echo '(no error)' >>'{part}'; exit 1; fi"),
                    false => block,
                };
                let _ = write!(script, "echo '{GUIDE}:{line}'\n{block}\nmv '{part}' '{whole}'\n");
            }
        }
    }
    script
}

/// Whether a block is shown to end in an exception.
fn fails(shown: Option<&str>) -> bool {
    shown.is_some_and(|shown| shown.starts_with("Traceback"))
}

fn compare(line: usize, shown: Option<&str>, printed: &Path) -> Result<(), Failure> {
    let Ok(text) = fs::read_to_string(path(printed, line, "txt")) else {
        let part = fs::read_to_string(path(printed, line, "part")).unwrap_or_default();
        return Err(Failure(format!(
            "{GUIDE}:{line}: the commands fail:\n\n{part}\nTo run the guide alone:\n\n    \
             cargo xtask guide\n"
        )));
    };
    match shown {
        Some(shown) if !matches(shown.trim_end(), text.trim_end()) => Err(Failure(format!(
            "{GUIDE}:{line}: the guide shows\n\n{shown}\nwhere is printed\n\n{text}\nTo run the \
             guide alone:\n\n    cargo xtask guide\n"
        ))),
        _ => Ok(()),
    }
}

/// Whether a text is as shown, where `...` stands for anything.
fn matches(shown: &str, text: &str) -> bool {
    let Some((begin, others)) = shown.split_once("...") else { return shown == text };
    let Some(rest) = text.strip_prefix(begin) else { return false };
    (0..=rest.len())
        .filter(|&index| rest.is_char_boundary(index))
        .any(|index| matches(others, &rest[index..]))
}

fn path(printed: &Path, line: usize, extension: &str) -> String {
    text(&printed.join(format!("{line}.{extension}")))
}

/// A program of that name which runs another one.
fn command(folder: &Path, name: &str, program: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\nexec '{program}' \"$@\"\n"))?;
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}
