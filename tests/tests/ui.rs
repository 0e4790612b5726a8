//! What the compiler says where a derive is used wrongly: each mistake where it was written, with
//! what to write instead.
//!
//! `TRYBUILD=overwrite cargo test -p convert-tests --test ui` writes the messages anew, beside the
//! sources in `ui/derive/`; read them then.

// The ABI changes no message, but the one of 3.9 has no `&str`, which some sources use rightly.
#![cfg(not(Py_LIMITED_API))]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Its message lists types that implement the trait, so the text changes with every new impl.
const MISSING_TRAIT: &str = "ui/derive/missing_trait.rs";

#[test]
fn mistakes_are_explained() {
    let cases = trybuild::TestCases::new();
    let paths = fs::read_dir("ui/derive").unwrap().map(|entry| entry.unwrap().path());
    let sources = paths.filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    let sources: BTreeSet<_> = sources.filter(|path| path != Path::new(MISSING_TRAIT)).collect();
    sources.iter().for_each(|source| cases.compile_fail(source));
}

/// Every use of `Opaque` is reported at the type that the user wrote, and nothing else is.
#[test]
fn a_missing_trait_is_reported_at_the_field() {
    let source = fs::read_to_string(MISSING_TRAIT).unwrap();
    let source: Vec<&str> = source.lines().collect();
    let output = check_alone(&fs::canonicalize(MISSING_TRAIT).unwrap());

    let mut reported = BTreeSet::new();
    // `…/missing_trait.rs:9:13: error[E0277]: the message`
    for error in output.lines().filter(|line| line.contains(": error")) {
        let (_, place) = error.split_once("missing_trait.rs:").expect(error);
        let [line, column, message] = place.splitn(3, ':').collect::<Vec<_>>()[..] else {
            panic!("{error}")
        };
        let (line, column): (usize, usize) = (line.parse().unwrap(), column.parse().unwrap());
        let code = &source[line - 1][column - 1..];
        let types = ["Opaque", "Vec<Opaque>", "Page<Opaque>"];
        assert!(types.iter().any(|name| code.starts_with(name)), "{error}");
        assert!(message.contains("Opaque"), "{error}");
        reported.insert(line);
    }
    let is_use = |code: &str| code.contains("Opaque") && code != "struct Opaque;";
    let uses = (1..).zip(&source).filter(|(_, code)| is_use(code)).map(|(line, _)| line);
    assert_eq!(reported, uses.collect(), "{output}");
}

/// What `cargo check` says, a line each, about a program that depends on convert-core only.
fn check_alone(program: &Path) -> String {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let package = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ui");
    let core = workspace.join("convert-core");
    // Paths are quoted as TOML's literal strings, which know no escapes.
    let manifest = format!(
        "[package]\nname = 'ui'\nedition = '2024'\n\n\
         [[bin]]\nname = 'ui'\npath = '{}'\n\n\
         [dependencies]\nconvert-core.path = '{}'\n\n\
         [workspace]\n",
        program.display(),
        core.display(),
    );
    fs::create_dir_all(&package).unwrap();
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    // The same versions, which are there already.
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let check = "check --offline --color=never --message-format=short --target-dir=target";
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(check.split(' '))
        .current_dir(package)
        .output()
        .unwrap();
    String::from_utf8(output.stderr).unwrap()
}
