//! Counts instructions with valgrind, which are the same every time, unlike nanoseconds.

use std::path::Path;
use std::process::{self, Command, Stdio};
use std::{env, fs, io};

use crate::report::{Numbers, Report, Row, ordered};

/// Shorter than this, a nanosecond more or less is noise.
const SHORT: f64 = 5.0;
/// How close to even a ratio has to be to need a closer look.
const CLOSE: std::ops::RangeInclusive<f64> = 0.9..=1.1;
/// How long a count takes at least, in nanoseconds outside of valgrind.
const LENGTH: f64 = 300_000.0;

/// The function that holds the measured loop: only what it does is counted, and at its end the
/// count is written down. Given one pattern for both, callgrind would do the latter only.
const TOGGLE: &str = "--toggle-collect=*measure::timed*";
const DUMP: &str = "--dump-after=convert_benches::measure::timed*";

/// Fails where there is no valgrind.
pub fn look_for_valgrind() -> io::Result<()> {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    version.map(drop).map_err(|_| {
        io::Error::other(
            "--instructions needs valgrind, which does not run. On Debian or Ubuntu:\n\n    \
             apt-get install valgrind\n",
        )
    })
}

/// Counts the cases whose times say too little, and prints their instructions.
pub fn count(report: &mut Report) -> io::Result<()> {
    let is_unclear = |row: &Row| {
        row.times.values().any(|time| *time < SHORT)
            || row.ratios.values().any(|ratio| CLOSE.contains(ratio))
    };
    let widest = report.cases.iter().map(|row| row.name.len()).max().unwrap_or(0);
    println!("\n{:<widest$} | instructions per conversion, by callgrind", "case");
    for row in report.cases.iter_mut().filter(|row| is_unclear(row)) {
        row.instructions = instructions(&row.name, &row.times)?;
        let mut line = format!("{:<widest$}", row.name);
        let counts = ordered(&row.instructions);
        for (name, count) in &counts {
            line += &format!(" | {name} {count:>9.1}");
        }
        for (name, count) in counts.iter().filter(|(name, _)| *name != "ours") {
            line += &format!(" | ours/{name} {:>5.2}", row.instructions["ours"] / count);
        }
        println!("{line}");
    }
    println!();
    Ok(())
}

/// Runs this program under valgrind, which writes down its count each time the loop ends: for each
/// contender after so many calls, and after twice as many. The difference is theirs alone.
fn instructions(case: &str, times: &Numbers) -> io::Result<Numbers> {
    let slowest = times.values().fold(0.0, |slowest: f64, time| slowest.max(*time));
    let calls = ((LENGTH / slowest) as usize).clamp(3, 10_000);
    let directory = env::temp_dir().join(format!("callgrind-{}", process::id()));
    fs::create_dir_all(&directory)?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", TOGGLE, DUMP])
        .arg(format!("--callgrind-out-file={}", directory.join("out").display()))
        .arg(env::current_exe()?)
        .args(["count", case, &calls.to_string()])
        .env("PYTHONHASHSEED", "0")
        .output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(io::Error::other(format!("valgrind failed on {case}:\n{message}")));
    }
    let contenders = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut counts = Numbers::new();
    for (index, contender) in contenders.lines().enumerate() {
        let once = total(&directory.join(format!("out.{}", 2 * index + 1)))?;
        let twice = total(&directory.join(format!("out.{}", 2 * index + 2)))?;
        counts.insert(contender.to_owned(), (twice - once) / calls as f64);
    }
    fs::remove_dir_all(&directory)?;
    Ok(counts)
}

/// The count that a file of callgrind ends with.
fn total(file: &Path) -> io::Result<f64> {
    let text = fs::read_to_string(file)?;
    let totals = text.lines().find_map(|line| line.strip_prefix("totals: "));
    totals
        .and_then(|total| total.trim().parse().ok())
        .ok_or_else(|| io::Error::other(format!("{} has no totals", file.display())))
}
