//! `cargo xtask adding`: does `docs/adding-a-type.md` work as it is written?

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::guide::{Block, blocks};
use crate::python::Python;
use crate::run::{Failure, cannot_write, empty, root, seconds, target_folder, text};

const GUIDE: &str = "docs/adding-a-type.md";

/// What is made and not written: no part of a copy.
const MADE: [&str; 5] = ["target", ".git", ".venv", "corpus", "artifacts"];

/// Does what the guide says to a copy of the repository.
pub fn run() -> Result<(), Failure> {
    let start = Instant::now();
    eprintln!("\n== The guide to new types: cargo xtask adding");
    let guide = fs::read_to_string(root().join(GUIDE))
        .map_err(|error| Failure(format!("{GUIDE} cannot be read: {error}")))?;
    let copy = target_folder("adding").join("copy");
    empty(&copy).and_then(|()| copy_files(root(), &copy)).map_err(cannot_write(&copy))?;
    for block in blocks(&guide) {
        follow(&block, &copy)?;
    }
    eprintln!("== The guide to new types: done in {}", seconds(start.elapsed()));
    Ok(())
}

/// Copies what is written, not what is made.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), place)?;
        } else if !MADE.iter().any(|made| entry.file_name() == *made) {
            copy_files(&entry.path(), &place)?;
        }
    }
    Ok(())
}

/// Writes a file, changes one, or runs a command.
fn follow(block: &Block<'_>, copy: &Path) -> Result<(), Failure> {
    let (first, rest) = block.content.split_once('\n').unwrap_or((block.content, ""));
    match block.language {
        "sh" => command(block, copy),
        "diff" => {
            let file = copy.join(first);
            let before = fs::read_to_string(&file)
                .map_err(|error| Failure(format!("{first} cannot be read: {error}")))?;
            let after = change(&before, rest)
                .map_err(|line| wrong(block, &format!("{first} has no one line {line:?}")))?;
            fs::write(&file, after).map_err(cannot_write(&file))
        }
        _ => {
            let path = first.strip_prefix("// ").ok_or_else(|| wrong(block, "names no file"))?;
            let file = copy.join(path);
            fs::write(&file, rest).map_err(cannot_write(&file))
        }
    }
}

/// Adds the lines with a plus behind the line before them, which the text must have once.
fn change(text: &str, diff: &str) -> Result<String, String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut end = 0;
    for line in diff.lines() {
        match line.split_at_checked(1) {
            Some(("+", added)) => {
                lines.insert(end, added);
                end += 1;
            }
            Some((" ", known)) => {
                let mut places = (0..lines.len()).filter(|index| lines[*index] == known);
                end = match (places.next(), places.next()) {
                    (Some(index), None) => index + 1,
                    _ => return Err(known.to_owned()),
                };
            }
            _ => return Err(line.to_owned()),
        }
    }
    Ok(lines.join("\n") + "\n")
}

fn command(block: &Block<'_>, copy: &Path) -> Result<(), Failure> {
    let words: Vec<&str> = block.content.split_whitespace().collect();
    let Some((&"cargo", arguments)) = words.split_first() else {
        return Err(wrong(block, "is no command of cargo"));
    };
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(copy)
        .env("PYO3_PYTHON", &Python::chosen(None)?.path)
        .env("CARGO_TARGET_DIR", text(&target_folder("adding").join("cargo")))
        .output()
        .map_err(|error| Failure(format!("cargo does not start: {error}")))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || printed.contains(" 0 passed") {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(wrong(block, &format!("fails:\n{errors}\n{printed}")));
    }
    Ok(())
}

fn wrong(block: &Block<'_>, what: &str) -> Failure {
    Failure(format!("{GUIDE}:{}: the block {what}", block.line))
}
