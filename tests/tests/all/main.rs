//! All tests that run Python code, in one program; see `convert_tests::harness`.

mod allocator;
mod attach;
mod containers;
mod derive;
mod errors;
mod hostile;
mod interpreter;
mod natives;
mod sample;
mod scalars;
mod threads;

use std::process::ExitCode;

/// Counts what Rust allocates, for the search for leaks.
#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

fn main() -> ExitCode {
    let tests = [
        attach::TESTS,
        containers::TESTS,
        derive::containers::TESTS,
        derive::enums::TESTS,
        derive::errors::TESTS,
        derive::fields::TESTS,
        derive::hints::TESTS,
        derive::hostile::TESTS,
        derive::recursion::TESTS,
        derive::round_trips::TESTS,
        derive::structs::TESTS,
        errors::TESTS,
        hostile::TESTS,
        interpreter::TESTS,
        natives::TESTS,
        sample::TESTS,
        scalars::TESTS,
        threads::TESTS,
    ];
    convert_tests::harness::run(&tests.concat(), allocator::bytes)
}
