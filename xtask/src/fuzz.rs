//! `cargo xtask fuzz`: generated and hostile objects, for as long as one likes; see
//! `fuzz/README.md`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Failure, Step, root, target_folder, text};

const TARGETS: [&str; 11] = [
    "scalars",
    "big_numbers",
    "datetimes",
    "strings",
    "sequences",
    "maps",
    "derive_struct",
    "hostile",
    "call_arguments",
    "json_transcode",
    "serde_roundtrip",
];

/// Convert generated objects and compare with Python's own answers: `cargo xtask fuzz maps`
#[derive(clap::Args)]
pub struct Options {
    /// How long to run each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only run the recorded inputs and some changes to each, on any toolchain
    #[arg(long, conflicts_with_all = ["seconds", "targets"])]
    replay: bool,
    /// Which targets; all of them by default
    #[arg(value_parser = TARGETS)]
    targets: Vec<String>,
}

pub fn run(options: &Options) -> Result<(), Failure> {
    if options.replay {
        return replay();
    }
    seeds()?;
    install()?;
    let chosen: Vec<&str> = match &*options.targets {
        [] => TARGETS.to_vec(),
        some => some.iter().map(String::as_str).collect(),
    };
    let mut rows = Vec::new();
    for target in chosen {
        rows.push(fuzz(target, options.seconds)?);
    }
    println!("\n{:14} {:>11} {:>9} {:>7} {:>9}", "target", "inputs", "per s", "edges", "findings");
    for Row { target, inputs, edges, findings } in &rows {
        let rate = inputs / u64::from(options.seconds.max(1));
        println!("{target:14} {inputs:11} {rate:9} {edges:7} {:9}", findings.len());
    }
    let findings: Vec<String> =
        rows.iter().flat_map(|row| &row.findings).map(|path| format!("\n    {path}")).collect();
    if findings.is_empty() {
        return Ok(());
    }
    Err(Failure(format!(
        "Found, to be kept in fuzz/findings/TARGET once it is mended:{}",
        findings.concat()
    )))
}

/// Runs all targets on recorded inputs and on some changes to each.
pub fn replay() -> Result<(), Failure> {
    seeds()?;
    Step::cargo("Recorded inputs", "run --release --bin replay --manifest-path")
        .and(vec![text(&directory().join("Cargo.toml"))])
        .and(vec!["--target-dir".to_owned(), text(&target_folder("fuzz"))])
        .with("PYTHONHASHSEED", "0")
        .run()
}

/// Writes the first inputs of each target, from Python's own library.
fn seeds() -> Result<(), Failure> {
    let python = env::var("PYO3_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    succeed(Command::new(python).arg(directory().join("seeds.py")), "seeds.py")
}

/// What came of one target.
struct Row {
    target: &'static str,
    inputs: u64,
    edges: u64,
    /// The files that the fuzzer wrote.
    findings: Vec<String>,
}

/// Runs one target with AddressSanitizer, in two processes.
fn fuzz(target: &str, seconds: u32) -> Result<Row, Failure> {
    let target = TARGETS.into_iter().find(|known| *known == target).unwrap_or("scalars");
    eprintln!("\n== {target}, {seconds} s");
    let artifacts = directory().join("artifacts").join(target);
    let before = files(&artifacts);
    let mut child = cargo_fuzz()
        .args(["run", target, "--features", "libfuzzer", "--fuzz-dir"])
        .arg(directory())
        .arg("--target-dir")
        .arg(target_folder("fuzz"))
        .arg("--")
        // More than a second for one input is a finding. Python starts before the first.
        .args(["-fork=2", "-timeout=1", "-rss_limit_mb=2048", "-max_len=256"])
        .arg(format!("-max_total_time={seconds}"))
        // Objects from `malloc`, so that the sanitizer sees them; CPython frees not all at its end,
        // and expects to be told when there is no memory. The last two double the speed: no search
        // for pointers to dead stack frames, no long record of who allocated what.
        .env("PYTHONMALLOC", "malloc")
        .env("PYTHONHASHSEED", "0")
        .env(
            "ASAN_OPTIONS",
            "detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=0:\
             malloc_context_size=2",
        )
        .stdout(Stdio::inherit())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure(format!("cargo fuzz does not start: {error}")))?;

    let mut row = Row { target, inputs: 0, edges: 0, findings: Vec::new() };
    let mut to_show = 0;
    let mut last = Vec::new();
    for line in BufReader::new(child.stderr.take().expect("it is piped")).split(b'\n') {
        let Ok(line) = line else { break };
        let line = String::from_utf8_lossy(&line);
        if let Some((inputs, edges)) = progress(&line) {
            (row.inputs, row.edges) = (row.inputs.max(inputs), row.edges.max(edges));
            eprint!("\r   {inputs} inputs, {edges} edges ");
            continue;
        }
        // What is wrong, without the pages around it.
        if line.contains("panicked at") || line.contains("ERROR: ") {
            to_show = 12;
        }
        if to_show > 0 {
            to_show -= 1;
            eprintln!("   {line}");
        }
        last.push(line.into_owned());
    }
    eprintln!();
    let status = child.wait().map_err(|error| Failure(error.to_string()))?;
    row.findings = files(&artifacts).difference(&before).cloned().collect();
    if !status.success() && row.findings.is_empty() {
        let last = last[last.len().saturating_sub(40)..].join("\n");
        return Err(Failure(format!("{target} does not run:\n{last}")));
    }
    Ok(row)
}

/// Inputs and edges, of a line such as `#2048: cov: 1595 ft: 2023 corp: 292 exec/s: 7203 …`.
fn progress(line: &str) -> Option<(u64, u64)> {
    let (inputs, rest) = line.strip_prefix('#')?.split_once(':')?;
    let edges = rest.trim_start().strip_prefix("cov: ")?.split(' ').next()?;
    Some((inputs.parse().ok()?, edges.parse().ok()?))
}

/// `cargo fuzz`, of the nightly toolchain if there is one: sanitizers are unstable.
fn cargo_fuzz() -> Command {
    let toolchains = Command::new("rustup").args(["toolchain", "list"]).output();
    let nightly =
        toolchains.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains("nightly"));
    let mut command = if nightly {
        let mut command = Command::new("rustup");
        command.args(["run", "nightly", "cargo"]);
        command
    } else {
        let mut command = Command::new("cargo");
        command.env("RUSTC_BOOTSTRAP", "1");
        command
    };
    // The cargo that runs this program is of another toolchain.
    command.env_remove("CARGO").arg("fuzz");
    command
}

fn install() -> Result<(), Failure> {
    let version = cargo_fuzz().arg("--version").output();
    if version.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    Step::cargo("cargo-fuzz", "install cargo-fuzz --locked").run()
}

fn succeed(command: &mut Command, name: &str) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("{name}: {status}"))),
        Err(error) => Err(Failure(format!("{name} does not start: {error}"))),
    }
}

/// The files in a directory, if there is one.
fn files(directory: &Path) -> BTreeSet<String> {
    fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| text(&entry.path()))
        .collect()
}

/// The package of the targets.
fn directory() -> PathBuf {
    root().join("fuzz")
}
