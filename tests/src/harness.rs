//! Runs the tests: once, as any test program does, or, with the environment variable
//! [`FIND_LEAKS`], three times each, to see whether anything is left behind.

use std::process::ExitCode;

use convert_core::prelude::*;
use libtest_mimic::{Arguments, Trial};

/// Makes the program look for leaks. Needs an interpreter that counts its references, a debug
/// build of CPython.
pub const FIND_LEAKS: &str = "FIND_LEAKS";

/// A test, by its name.
pub type Test = (&'static str, fn());

/// The tests of a module, as its `TESTS`. A function that is forgotten here is reported as unused.
#[macro_export]
macro_rules! tests {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {
        pub const TESTS: &[$crate::harness::Test] =
            &[$($(#[$meta])* (concat!(module_path!(), "::", stringify!($name)), $name)),*];
    };
}

/// Runs the tests that the command line asks for; `bytes` says how much memory Rust holds.
pub fn run(tests: &[Test], bytes: fn() -> isize) -> ExitCode {
    let arguments = Arguments::from_args();
    if std::env::var_os(FIND_LEAKS).is_some() {
        let filter = arguments.filter.unwrap_or_default();
        let chosen = tests.iter().filter(|(name, _)| name.contains(&filter));
        return find_leaks(chosen, bytes);
    }
    let trials = tests
        .iter()
        .map(|&(name, body)| {
            Trial::test(name, move || {
                body();
                Ok(())
            })
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// What is held at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Held {
    /// References that Python counts, to all objects together.
    references: i64,
    /// Bytes that Rust has allocated.
    bytes: isize,
}

/// Runs each test three times; after the third, as much must be held as after the second. (The
/// first fills what is made once: interned names, classes, caches.)
fn find_leaks<'a>(tests: impl Iterator<Item = &'a Test>, bytes: fn() -> isize) -> ExitCode {
    let mut leaking = 0;
    for (name, body) in tests {
        body();
        body();
        let mut earlier = vec![hold(bytes)];
        // Python itself resizes a table now and then, and back again; what leaks grows every time.
        let is_tight = (0..4).any(|_| {
            body();
            let now = hold(bytes);
            let is_known = earlier.contains(&now);
            earlier.push(now);
            is_known
        });
        if is_tight {
            println!("ok    {name}");
        } else {
            println!("LEAKS {name}: {earlier:?}");
            leaking += 1;
        }
    }
    if leaking == 0 {
        println!("\nnothing leaks");
        return ExitCode::SUCCESS;
    }
    println!("\n{leaking} tests leak");
    ExitCode::FAILURE
}

fn hold(bytes: fn() -> isize) -> Held {
    let references = Python::attach(|py| {
        // The cache of methods holds on to names.
        let code =
            c"(lambda gc, sys: [gc.collect(), sys._clear_type_cache(), sys.gettotalrefcount()])(\
            __import__('gc'), __import__('sys'))[2]";
        let count = py.eval(code, None, None).and_then(|count| Ok(count.extract()?));
        count.unwrap_or_else(|error| {
            panic!("{error}: this needs a debug build of CPython (Debian: python3.11-dbg)")
        })
    });
    Held { references, bytes: bytes() }
}
