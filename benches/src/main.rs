//! Benchmarks: this library, PyO3 and hand-written conversions, in one process.
//!
//! Run them with `cargo xtask bench conversions`.

mod conversions;
mod measure;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Rust values from Python objects and back.
    Conversions {
        /// Only cases whose name contains this text.
        #[arg(long, default_value = "")]
        filter: String,
    },
}

fn main() {
    match Cli::parse().what {
        What::Conversions { filter } => conversions::run(&filter),
    }
}
