//! What was measured: as a table while it goes on, a summary at its end, and JSON.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::measure::median;

/// Whether the contenders give a value or an error.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Success,
    Failure,
}

/// Numbers by the names of contenders.
pub type Numbers = BTreeMap<String, f64>;

/// A case's figures.
#[derive(Clone, Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    pub kind: Kind,
    /// Nanoseconds.
    #[serde(flatten)]
    pub times: Numbers,
    /// Ours divided by each other's. Of several runs, the median of theirs.
    pub ratios: Numbers,
    #[serde(default, skip_serializing_if = "Numbers::is_empty")]
    pub instructions: Numbers,
}

/// A benchmark's outcome.
#[derive(Serialize, Deserialize)]
pub struct Report {
    pub title: String,
    pub python: String,
    /// In the order they are shown; one is called "ours".
    pub contenders: Vec<String>,
    pub cases: Vec<Row>,
    pub geomeans: BTreeMap<Kind, Geomean>,
}

/// The geometric means of the ratios of all cases of a kind.
#[derive(Serialize, Deserialize)]
pub struct Geomean {
    pub cases: usize,
    pub ratios: Numbers,
}

/// The order of columns; what is not here comes last.
const ORDER: [&str; 3] = ["ours", "limit", "pyo3"];

/// The numbers in the order of columns.
pub fn ordered(numbers: &Numbers) -> Vec<(&str, f64)> {
    let mut ordered: Vec<_> = numbers.iter().map(|(name, value)| (&**name, *value)).collect();
    let place = |name: &str| ORDER.iter().position(|other| *other == name).unwrap_or(ORDER.len());
    ordered.sort_by_key(|(name, _)| place(name));
    ordered
}

impl Row {
    pub fn new<'a>(name: &str, kind: Kind, times: impl Iterator<Item = (&'a str, f64)>) -> Self {
        let times: Numbers = times.map(|(name, time)| (name.to_owned(), time)).collect();
        let others = times.iter().filter(|(name, _)| *name != "ours");
        let ratios = others.map(|(name, time)| (name.clone(), times["ours"] / time)).collect();
        Row { name: name.to_owned(), kind, times, ratios, instructions: Numbers::new() }
    }

    /// The medians of the same case of several runs.
    fn merge(runs: &[&Row]) -> Self {
        let medians = |numbers: fn(&Row) -> &Numbers| {
            let names = numbers(runs[0]).keys();
            let of = |name: &String| median(runs.iter().map(|run| numbers(run)[name]).collect());
            names.map(|name| (name.clone(), of(name))).collect()
        };
        Row {
            times: medians(|run| &run.times),
            ratios: medians(|run| &run.ratios),
            ..runs[0].clone()
        }
    }
}

impl Report {
    pub fn new(title: &str) -> Self {
        Report {
            title: title.to_owned(),
            python: python(),
            contenders: Vec::new(),
            cases: Vec::new(),
            geomeans: BTreeMap::new(),
        }
    }

    pub fn push(&mut self, row: Row) {
        let names = ordered(&row.times).into_iter().map(|(name, _)| name.to_owned());
        self.contenders = names.collect();
        self.cases.push(row);
        let kinds = [Kind::Success, Kind::Failure].into_iter();
        self.geomeans = kinds.filter_map(|kind| Some((kind, self.geomean(kind)?))).collect();
    }

    /// The medians of several runs.
    pub fn merge(runs: &[Report]) -> Self {
        let mut report = Report::new(&runs[0].title);
        for index in 0..runs[0].cases.len() {
            let rows: Vec<&Row> = runs.iter().map(|run| &run.cases[index]).collect();
            report.push(Row::merge(&rows));
        }
        report
    }

    fn geomean(&self, kind: Kind) -> Option<Geomean> {
        let rows: Vec<&Row> = self.cases.iter().filter(|row| row.kind == kind).collect();
        let count = rows.len() as f64;
        let mean = |name: &String| {
            (rows.iter().map(|row| row.ratios[name].ln()).sum::<f64>() / count).exp()
        };
        let names = rows.first()?.ratios.keys();
        let ratios = names.map(|name| (name.clone(), mean(name))).collect();
        Some(Geomean { cases: rows.len(), ratios })
    }

    pub fn print(&self) {
        let widest = self.cases.iter().map(|row| row.name.len()).max().unwrap_or(0);
        let mut table = Table::new(widest);
        self.cases.iter().for_each(|row| table.print(row));
    }

    /// One line: the geometric means, and the worst case.
    pub fn print_summary(&self) {
        let mut parts = Vec::new();
        for (kind, Geomean { cases, ratios }) in &self.geomeans {
            let mut part = match kind {
                Kind::Success => "success".to_owned(),
                Kind::Failure => "failure".to_owned(),
            };
            for (name, ratio) in ordered(ratios) {
                part += &format!(" ours/{name} {ratio:.3}");
            }
            parts.push(format!("{part} over {cases} cases"));
        }
        let limits = self.cases.iter().filter(|row| row.kind == Kind::Success);
        let limits = limits.filter_map(|row| Some((&row.name, *row.ratios.get("limit")?)));
        if let Some((name, ratio)) = limits.max_by(|one, other| one.1.total_cmp(&other.1)) {
            parts.push(format!("worst {name} {ratio:.2}"));
        }
        println!("geomean {}", parts.join("; "));
    }

    pub fn read(path: &Path) -> io::Result<Self> {
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    }

    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)? + "\n")
    }
}

/// The version of the interpreter, and of its stable ABI where the build is for that.
fn python() -> String {
    use convert_core::prelude::*;
    let version = Python::attach(|py| {
        let version = py.eval(c"__import__('sys').version.split()[0]", None, None);
        version.expect("sys.version is a str").to_string()
    });
    if cfg!(Py_LIMITED_API) { format!("{version}, stable ABI") } else { version }
}

/// A table that is printed row by row.
pub struct Table {
    widest: usize,
    has_head: bool,
}

impl Table {
    /// A table whose longest name is of that length.
    pub fn new(widest: usize) -> Self {
        Table { widest, has_head: false }
    }

    pub fn print(&mut self, row: &Row) {
        let width = self.widest;
        if !self.has_head {
            self.has_head = true;
            println!("CPython {}; ns per conversion, medians", python());
            let mut head = format!("{:<width$}", "case");
            for (name, _) in ordered(&row.times) {
                head += &format!(" | {:>11}", format!("{name} ns"));
            }
            for (name, _) in ordered(&row.ratios) {
                head += &format!(" | {:>10}", format!("ours/{name}"));
            }
            println!("{head}");
        }
        let mut line = format!("{:<width$}", row.name);
        for (_, time) in ordered(&row.times) {
            line += &format!(" | {time:>11.1}");
        }
        for (_, ratio) in ordered(&row.ratios) {
            line += &format!(" | {ratio:>10.2}");
        }
        println!("{line}");
    }
}
