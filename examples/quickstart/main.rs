//! Two small jobs for a Rust program with Python inside.
//!
//! ```text
//! cargo run --example quickstart                  what is in Python's standard library?
//! cargo run --example quickstart -- records.json  which records of a file are wrong, and where?
//! ```
//!
//! | file | what it shows |
//! |---|---|
//! | `syntax.rs` | structs derived to be read from objects with attributes, and two impls by hand |
//! | `stdlib.rs` | calling Python, measuring, and handing a report back through `IntoPy` |
//! | `orders.rs` | structs read from dicts, and errors that list every wrong leaf |

#![forbid(unsafe_code)]

mod orders;
mod stdlib;
mod syntax;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// What `--help` prints.
const USAGE: &str = "\
usage: quickstart [RECORDS.json]

Without arguments: reads the standard library of the Python this program was built for, and prints
its longest functions and its least documented modules.

With a JSON file that holds a list of orders: prints for each record that does not fit every wrong
leaf with its path (records are counted from 0, as items in paths are), then the totals of those
that fit. A record, here with all that may be left out:

  {\"id\": 7, \"paid\": true,
   \"customer\": {\"name\": \"Ada\", \"email\": null,
                \"address\": {\"street\": \"12 Dean St\", \"city\": \"London\", \"zip\": \"W1D 3RS\"}},
   \"lines\": [{\"sku\": \"TEA-01\", \"quantity\": 2, \"price\": 4.5, \"tags\": [\"gift\"]}]}

May be left out: email, tags.

exit code: 0; 1 if any record does not fit, or if the job cannot be done; 2 for wrong arguments";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let result = match &*arguments {
        [] => stdlib::survey().map(|()| ExitCode::SUCCESS),
        [help] if help == "--help" || help == "-h" => print(USAGE).map(|()| ExitCode::SUCCESS),
        [file] => orders::check(Path::new(file)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    result.unwrap_or_else(|error| {
        eprintln!("quickstart: {error}");
        ExitCode::FAILURE
    })
}

/// Prints a text. Unlike `println!` it does not panic where nobody reads on (`quickstart | head`).
fn print(text: &str) -> Result<(), Box<dyn Error>> {
    use std::io::Write;
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
