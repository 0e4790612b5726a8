//! Benchmarks: this library, PyO3 and hand-written conversions, in one process.
//!
//! Run them with `cargo xtask bench conversions` and `cargo xtask bench scaling`; draw what they
//! write with `cargo xtask bench plot`.

mod conversions;
mod instructions;
mod measure;
mod report;

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, io, process};

use clap::{Parser, Subcommand};

use report::Report;

#[derive(Parser)]
#[command(about, bin_name = "cargo xtask bench")]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Rust values from Python objects and back
    Conversions(Conversions),
    /// How the ratios change from a thousand elements to ten million
    Scaling {
        /// How many elements at most
        #[arg(long, default_value_t = 10_000_000)]
        up_to: usize,
        /// Also write the figures to this file
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// What `--instructions` runs under valgrind
    #[command(hide = true)]
    Count { case: String, calls: usize },
}

#[derive(clap::Args)]
#[command(after_help = "\
    --python PREFIX and --abi3 LEVEL (py39 … py313) choose another interpreter, and its stable ABI.")]
struct Conversions {
    /// Only cases whose name contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure in so many processes, one after the other, and give the medians of their ratios
    #[arg(long, value_name = "N", default_value_t = 1)]
    runs: usize,
    /// Count instructions as well, with valgrind, where times are too short or too close to tell
    #[arg(long)]
    instructions: bool,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().what {
        What::Conversions(options) => conversions(&options),
        What::Scaling { up_to, json } => {
            let report = conversions::scaling(up_to);
            json.map_or(Ok(()), |file| report.write(&file))
        }
        What::Count { case, calls } => {
            conversions::count(&case, calls);
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn conversions(options: &Conversions) -> io::Result<()> {
    if options.instructions {
        instructions::look_for_valgrind()?;
    }
    let mut report = match options.runs {
        0 | 1 => conversions::run(&options.filter),
        runs => {
            let reports: io::Result<Vec<_>> =
                (1..=runs).map(|run| in_own_process(run, runs, &options.filter)).collect();
            let report = Report::merge(&reports?);
            report.print();
            report
        }
    };
    if report.cases.is_empty() {
        let message = format!("no case's name contains {:?}", options.filter);
        return Err(io::Error::other(message));
    }
    if options.instructions {
        instructions::count(&mut report)?;
    }
    report.print_summary();
    options.json.as_ref().map_or(Ok(()), |file| report.write(file))
}

/// Runs this program again and reads what it measured.
fn in_own_process(run: usize, runs: usize, filter: &str) -> io::Result<Report> {
    eprintln!("run {run} of {runs}");
    let file = env::temp_dir().join(format!("conversions-{}-{run}.json", process::id()));
    let status = Command::new(env::current_exe()?)
        .args(["conversions", "--filter", filter, "--json"])
        .arg(&file)
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("run {run} failed")));
    }
    let report = Report::read(&file)?;
    fs::remove_file(&file)?;
    Ok(report)
}
