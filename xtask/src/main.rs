//! The chores of this repository: `cargo xtask --help` lists them.

mod adding;
mod bench;
mod calls;
mod derives;
mod differential;
mod environment;
mod fuzz;
mod guide;
mod leaks;
mod matrix;
mod packages;
mod plot;
mod python;
mod run;
mod serde;
mod test;

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about)]
enum Chore {
    Test(test::Options),
    /// Add a crate as docs/adding-a-type.md says, to a copy of the repository
    Adding,
    Bench(bench::Options),
    Differential(differential::Options),
    Fuzz(fuzz::Options),
    /// Run the commands of docs/getting-started.md on its files, and compare what they print
    Guide,
    Leaks(leaks::Options),
    Matrix(matrix::Options),
    Packages(packages::Options),
}

fn main() -> ExitCode {
    let outcome = match Chore::parse() {
        Chore::Test(options) => test::run(&options),
        Chore::Adding => adding::run(),
        Chore::Bench(options) => bench::run(options),
        Chore::Differential(options) => differential::run(&options),
        Chore::Fuzz(options) => fuzz::run(&options),
        Chore::Guide => guide::run(),
        Chore::Leaks(options) => leaks::run(options),
        Chore::Matrix(options) => matrix::run(&options),
        Chore::Packages(options) => packages::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
