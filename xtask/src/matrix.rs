//! `cargo xtask matrix`: the tests on every interpreter and stable ABI.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::python::Python;
use crate::run::{Failure, seconds, target_folder};

/// What runs on each: all tests but those of compile-time messages, which are the same everywhere.
const TESTS: &str = "test -p convert-ffi -p convert-core -p convert-tests --no-fail-fast";

/// Run the tests on CPython 3.9 to 3.13, with `abi3-py39`, and with the newest stable ABI
#[derive(clap::Args)]
pub struct Options {
    /// An interpreter to test on, instead of those that `pyenv prefix` finds; may be repeated
    #[arg(long)]
    python: Vec<String>,
    /// Fail where fewer interpreters were found
    #[arg(long, value_name = "N")]
    expect: Option<usize>,
}

/// One line of the table.
struct Row {
    version: String,
    build: String,
    outcome: Result<usize, String>,
    elapsed: Duration,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let pythons = Python::all(&options.python)?;
    Python::expect(&pythons, options.expect.unwrap_or(1))?;
    let mut rows = Vec::new();
    for python in &pythons {
        for feature in builds(python, &pythons) {
            rows.push(test(python, feature.as_deref())?);
        }
    }
    print(&rows);
    let failed = rows.iter().filter(|row| row.outcome.is_err()).count();
    if failed > 0 {
        return Err(Failure(format!("{failed} of {} failed.", rows.len())));
    }
    Ok(())
}

/// The builds to test on an interpreter: one for it alone; on the oldest and the newest also the
/// stable ABI of 3.9, on the newest that of its own version.
fn builds(python: &Python, all: &[Python]) -> Vec<Option<String>> {
    let is = |other: Option<&Python>| other.is_some_and(|other| other.path == python.path);
    let mut builds = vec![None];
    if is(all.first()) || is(all.last()) {
        builds.push(Some("abi3-py39".into()));
    }
    if is(all.last()) {
        let minor = python.version.split('.').nth(1).unwrap_or("9");
        builds.push(Some(format!("abi3-py3{minor}")));
    }
    builds.dedup();
    builds
}

/// Runs the tests on one interpreter. All share a target directory: what does not depend on Python
/// is built once, and what does takes the place of the build before. So there is one run at a time.
fn test(python: &Python, feature: Option<&str>) -> Result<Row, Failure> {
    let build = feature.unwrap_or("its own");
    eprintln!("\n== CPython {}, {build}", python.version);
    let start = Instant::now();
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(TESTS.split(' '))
        .args(feature.map(|feature| format!("--features={feature}")))
        .env("PYO3_PYTHON", &python.path)
        .env("CARGO_TARGET_DIR", target_folder("matrix"))
        .stderr(Stdio::inherit());
    let output =
        command.output().map_err(|error| Failure(format!("cargo does not start: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let passed = count(&text, " passed");
    let outcome = if output.status.success() {
        Ok(passed)
    } else {
        eprint!("{text}");
        Err(format!("{} FAILED", count(&text, " failed")))
    };
    Ok(Row {
        version: python.version.clone(),
        build: build.into(),
        outcome,
        elapsed: start.elapsed(),
    })
}

/// The sum of the numbers before a word, in the result lines of the test programs.
fn count(text: &str, word: &str) -> usize {
    let results = text.lines().filter(|line| line.starts_with("test result:"));
    results
        .filter_map(|line| {
            line.split(word).next()?.rsplit([' ', ';']).next()?.parse::<usize>().ok()
        })
        .sum()
}

fn print(rows: &[Row]) {
    println!("\n{:<10} {:<10} {:>12} {:>9}", "CPython", "build", "tests", "time");
    for Row { version, build, outcome, elapsed } in rows {
        let outcome = match outcome {
            Ok(passed) => format!("{passed} passed"),
            Err(failed) => failed.clone(),
        };
        println!("{version:<10} {build:<10} {outcome:>12} {:>9}", seconds(*elapsed));
    }
}
