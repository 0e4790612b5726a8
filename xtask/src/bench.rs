//! `cargo xtask bench`: the benchmarks, built as they are to be measured.

use crate::run::{Failure, Step};

/// Measure: `cargo xtask bench conversions`
#[derive(clap::Args)]
pub struct Options {
    /// What to measure, and how; `cargo xtask bench help` lists it
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub fn run(options: Options) -> Result<(), Failure> {
    Step::cargo("Benchmarks", "run --profile bench --package convert-benches --")
        .and(options.arguments)
        .run()
}
