//! Conversions: Rust values from Python objects and back.

mod assets;
mod case;
mod cases;
#[cfg(not(Py_LIMITED_API))]
mod limit;
#[cfg(Py_LIMITED_API)]
#[path = "limit/absent.rs"]
mod limit;
mod orders;
mod records;
mod scaling;
mod tagged;
mod union;

use crate::measure;
use crate::report::{Report, Row, Table};
use case::{Case, Scene};

pub use scaling::scaling;

/// The cases whose name contains `filter`.
fn chosen(filter: &str) -> impl Iterator<Item = &'static Case> {
    cases::ALL.iter().copied().flatten().filter(move |case| case.name.contains(filter))
}

/// Measures the cases whose name contains `filter`, and prints them as it goes.
pub fn run(filter: &str) -> Report {
    Scene::enter(|scene| {
        let mut report = Report::new("conversions");
        let widest = chosen(filter).map(|case| case.name.len()).max().unwrap_or(0);
        let mut table = Table::new(widest);
        for case in chosen(filter) {
            let mut contenders = (case.prepare)(scene);
            let times = measure::times(&mut contenders);
            let times = contenders.iter().map(|contender| contender.name).zip(times);
            let row = Row::new(case.name, case.kind, times);
            table.print(&row);
            report.push(row);
        }
        report
    })
}

/// Calls each contender of a case so many times, then twice as many times, and prints their names.
pub fn count(name: &str, calls: usize) {
    Scene::enter(|scene| {
        let case = chosen(name).find(|case| case.name == name).expect("there is such a case");
        for mut contender in (case.prepare)(scene) {
            contender.call(calls);
            contender.call(2 * calls);
            println!("{}", contender.name);
        }
    });
}
