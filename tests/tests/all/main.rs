//! All tests that run Python code, in one program; see `convert_tests::harness`.

mod allocator;
mod attach;
mod buffers;
mod containers;
mod datetimes;
mod derive;
mod ecosystem;
mod errors;
mod functions;
mod hostile;
mod interpreter;
mod natives;
mod net;
mod numbers;
mod paths;
mod sample;
mod scalars;
mod serde;
mod sets;
mod strict;
mod text;
mod threads;
mod times;
mod wrappers;

use std::process::ExitCode;

/// Counts what Rust allocates, for the search for leaks.
#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

fn main() -> ExitCode {
    // Many tests panic on purpose: a line each is enough.
    std::panic::set_hook(Box::new(|info| eprintln!("{info}")));
    functions::modules::register();
    let tests = [
        attach::TESTS,
        buffers::TESTS,
        containers::TESTS,
        datetimes::TESTS,
        derive::containers::TESTS,
        derive::enums::TESTS,
        derive::errors::TESTS,
        derive::fields::TESTS,
        derive::hints::TESTS,
        derive::hostile::TESTS,
        derive::recursion::TESTS,
        derive::round_trips::TESTS,
        derive::structs::TESTS,
        derive::unions::TESTS,
        ecosystem::chrono::TESTS,
        ecosystem::chrono_tz::TESTS,
        ecosystem::hashbrown::TESTS,
        ecosystem::indexmap::TESTS,
        ecosystem::num_bigint::TESTS,
        ecosystem::rust_decimal::TESTS,
        ecosystem::serde_json::TESTS,
        ecosystem::together::TESTS,
        ecosystem::uuid::TESTS,
        errors::TESTS,
        functions::arguments::TESTS,
        functions::modules::TESTS,
        functions::panics::TESTS,
        functions::results::TESTS,
        functions::signatures::TESTS,
        functions::threads::TESTS,
        hostile::TESTS,
        interpreter::TESTS,
        natives::TESTS,
        net::TESTS,
        numbers::TESTS,
        paths::TESTS,
        sample::TESTS,
        scalars::TESTS,
        serde::errors::TESTS,
        serde::hostile::TESTS,
        serde::native::TESTS,
        serde::objects::TESTS,
        serde::options::TESTS,
        serde::pitfalls::TESTS,
        serde::shapes::TESTS,
        serde::writer::TESTS,
        sets::TESTS,
        strict::TESTS,
        text::TESTS,
        threads::TESTS,
        times::TESTS,
        wrappers::TESTS,
    ];
    convert_tests::harness::run(&tests.concat(), allocator::bytes)
}
