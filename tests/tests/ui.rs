//! What the compiler says where the library is used wrongly: each mistake where it was written,
//! with what to write instead.
//!
//! | | what is compared |
//! |---|---|
//! | `ui/derive/`, `ui/functions/` | all that the compiler prints |
//! | `ui/pass/` | nothing: they compile |
//! | `ui/derive/missing_trait.rs` | the places: its messages are those of the traits |
//! | `ui/traits/` | the errors with their labels and notes |
//!
//! Where a trait is missing the compiler also lists types that implement it, as a help; that list
//! changes with every new impl, so helps are left out of what is compared for `ui/traits/`.
//!
//! `TRYBUILD=overwrite cargo test -p convert-tests --features ui --test ui` writes the messages
//! anew, beside the sources; read them then.

// The ABI changes no message, but the one of 3.9 has no `&str`, which some sources use rightly.
#![cfg(not(Py_LIMITED_API))]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use convert_core::prelude::*;

const MISSING_TRAIT: &str = "ui/derive/missing_trait.rs";

fn sources(folder: &str) -> BTreeSet<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect()
}

#[test]
fn mistakes_are_explained() {
    let cases = trybuild::TestCases::new();
    let sources = &sources("ui/derive") | &sources("ui/functions");
    let sources = sources.iter().filter(|path| *path != Path::new(MISSING_TRAIT));
    sources.for_each(|source| cases.compile_fail(source));
    cases.pass("ui/pass/*.rs");
}

/// Every use of `Opaque` is reported at the type that the user wrote, and nothing else is.
#[test]
fn a_missing_trait_is_reported_at_the_field() {
    let source = fs::read_to_string(MISSING_TRAIT).unwrap();
    let errors = errors_of(Path::new(MISSING_TRAIT));
    let mut reported = BTreeSet::new();
    for error in &errors {
        let types = ["Opaque", "Vec<Opaque>", "Page<Opaque>"];
        let place = error.place().unwrap();
        assert!(types.iter().any(|name| place.rest().starts_with(name)), "{error:?}");
        assert!(error.message.contains("Opaque"), "{error:?}");
        reported.insert(place.line_start);
    }
    let is_use = |code: &str| code.contains("Opaque") && code != "struct Opaque;";
    let uses = (1..).zip(source.lines()).filter(|(_, code)| is_use(code)).map(|(line, _)| line);
    assert_eq!(reported, uses.collect(), "{errors:?}");
}

#[test]
fn missing_impls_are_explained() {
    for source in sources("ui/traits") {
        let told: Vec<String> = errors_of(&source).iter().map(Diagnostic::essence).collect();
        let told = told.join("\n");
        let expected = source.with_extension("stderr");
        if env::var_os("TRYBUILD").is_some_and(|mode| mode == "overwrite") {
            fs::write(expected, told).unwrap();
        } else {
            let expected = fs::read_to_string(expected).unwrap_or_default();
            let source = source.display();
            assert!(told == expected, "{source}\n\nExpected:\n{expected}\nTold:\n{told}");
        }
    }
}

/// A line that cargo writes about its work; some are messages of the compiler.
#[derive(FromPyObject)]
struct Report {
    #[py(default)]
    message: Option<Diagnostic>,
}

/// A message of the compiler: its [JSON](https://doc.rust-lang.org/rustc/json.html).
#[derive(FromPyObject, Debug)]
struct Diagnostic {
    level: String,
    code: Option<Code>,
    message: String,
    spans: Vec<Span>,
    children: Vec<Diagnostic>,
}

#[derive(FromPyObject, Debug)]
struct Code {
    code: String,
}

#[derive(FromPyObject, Debug)]
struct Span {
    line_start: usize,
    is_primary: bool,
    label: Option<String>,
    text: Vec<Line>,
}

#[derive(FromPyObject, Debug)]
struct Line {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

impl Diagnostic {
    fn place(&self) -> Option<&Span> {
        self.spans.iter().find(|span| span.is_primary)
    }

    /// The message, the place with its label, and the notes.
    fn essence(&self) -> String {
        let mut text = self.level.clone();
        if let Some(Code { code }) = &self.code {
            write!(text, "[{code}]").unwrap();
        }
        writeln!(text, ": {}", self.message).unwrap();
        if let Some(place) = self.place() {
            let label = place.label.as_deref().unwrap_or("(no label)");
            writeln!(text, "  line {}, `{}`: {label}", place.line_start, place.code()).unwrap();
        }
        for note in self.children.iter().filter(|child| child.level == "note") {
            writeln!(text, "  note: {}", note.message.replace('\n', "\n    ")).unwrap();
        }
        text
    }
}

impl Span {
    /// The first line from the place on.
    fn rest(&self) -> String {
        self.text[0].text.chars().skip(self.text[0].highlight_start - 1).collect()
    }

    /// What is underlined of the first line.
    fn code(&self) -> String {
        let Line { highlight_start, highlight_end, .. } = self.text[0];
        self.rest().chars().take(highlight_end - highlight_start).collect()
    }
}

/// The errors of a program that depends on convert-core only, each with a place.
fn errors_of(program: &Path) -> Vec<Diagnostic> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ui");
    let package = root.join(program.file_stem().unwrap());
    let core = workspace.join("convert-core");
    // Paths are quoted as TOML's literal strings, which know no escapes.
    let manifest = format!(
        "[package]\nname = 'ui'\nedition = '2024'\n\n\
         [[bin]]\nname = 'ui'\npath = '{}'\n\n\
         [dependencies]\nconvert-core.path = '{}'\n\n\
         [workspace]\n",
        fs::canonicalize(program).unwrap().display(),
        core.display(),
    );
    fs::create_dir_all(&package).unwrap();
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    // The same versions, which are there already.
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--message-format=json", "--target-dir"])
        .arg(root.join("target"))
        .current_dir(package)
        .output()
        .unwrap();
    let errors = Python::attach(|py| {
        let loads = py.import("json")?.getattr("loads")?;
        let lines = String::from_utf8(output.stdout).unwrap();
        let reports = lines.lines().map(|line| loads.call1((line,))?.extract::<Report>());
        let messages = reports.filter_map(|report| report.map(|it| it.message).transpose());
        messages.collect::<Result<Vec<Diagnostic>, ConversionError>>()
    });
    let mut errors = errors.unwrap();
    // The last only counts the others, and has no place.
    errors.retain(|error| error.level == "error" && error.place().is_some());
    assert!(!errors.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    errors
}
