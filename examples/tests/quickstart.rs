//! Runs the example as a user does, on input of the tests' own.

#![forbid(unsafe_code)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs the example. Cargo builds it for `cargo test`, in the folder beside this test's.
fn quickstart(argument: Option<&Path>) -> Output {
    let test = std::env::current_exe().unwrap();
    let name = format!("quickstart{}", std::env::consts::EXE_SUFFIX);
    let example = test.parent().unwrap().parent().unwrap().join("examples").join(name);
    assert!(
        example.exists(),
        "`cargo test --test …` builds no examples; run `cargo build --examples`"
    );
    Command::new(example).args(argument).output().unwrap()
}

/// Runs the example on a file of this content.
fn check(name: &str, records: impl AsRef<[u8]>) -> Output {
    let file = temporary(name);
    std::fs::write(&file, records).unwrap();
    let output = quickstart(Some(&file));
    std::fs::remove_file(&file).unwrap();
    output
}

/// A file name of this process.
fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("quickstart-{}-{name}.json", std::process::id()))
}

/// The lines of standard output; fails where the program did not end with `code`.
fn lines(output: &Output, code: i32) -> Vec<&str> {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    assert_eq!(output.stderr, b"", "{output:?}");
    std::str::from_utf8(&output.stdout).unwrap().lines().collect()
}

/// The only line on standard error, of a run that could not do its job.
#[track_caller]
fn complaint(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(output.stdout, b"", "{output:?}");
    let text = std::str::from_utf8(&output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end()
}

const ADDRESS: &str = r#"{"street": "1 Main St", "city": "Oslo", "zip": "0150"}"#;

/// A record that fits, with some of its parts replaced.
fn record(id: &str, customer: &str, lines: &str, paid: &str) -> String {
    format!(r#"{{"id": {id}, "customer": {customer}, "lines": {lines}, "paid": {paid}}}"#)
}

/// A customer that fits, but for the name and the address.
fn customer(name: &str, address: &str) -> String {
    format!(r#"{{"name": {name}, "address": {address}}}"#)
}

#[test]
fn records_that_fit_are_added_up() {
    let first = record(
        "18446744073709551615",
        &customer(r#""Zoë""#, ADDRESS),
        r#"[{"sku": "A", "quantity": 4294967295, "price": 1}]"#,
        "true",
    );
    let second = record(
        "0",
        &format!(r#"{{"name": "Bo", "email": "b@x", "address": {ADDRESS}}}"#),
        r#"[{"sku": "A", "quantity": 3, "price": 0.5, "tags": ["t"]},
            {"sku": "B", "quantity": 1, "price": 2.25}]"#,
        "false",
    );
    let output = check("good", format!("[{first}, {second}]"));
    let expected = [
        "2 records: 2 fit, 0 do not",
        "Bo <b@x>, 1 Main St, Oslo 0150: orders [0], 3.75 in all, 3.75 unpaid",
        "Zoë, 1 Main St, Oslo 0150: orders [18446744073709551615], 4294967295.00 in all, 0.00 unpaid",
    ];
    assert_eq!(lines(&output, 0), expected);
    assert_eq!(lines(&check("empty", "[]"), 0), ["0 records: 0 fit, 0 do not"]);
}

#[test]
fn every_wrong_leaf_is_printed_with_its_path() {
    let anna = customer(r#""Anna""#, ADDRESS);
    let line = r#"{"sku": "A", "quantity": 1, "price": 1.0}"#;
    // Each record with what is wrong in it.
    let cases: [(String, &[&str]); 12] = [
        (record("1", &anna, &format!("[{line}]"), "false"), &[]),
        (
            record("1.0", &anna, "[]", "1"),
            &["id: expected int, got float", "paid: expected bool, got int"],
        ),
        (
            record("-1", &anna, &line.replace('1', "4294967296"), "true"),
            &[
                "id: expected int in 0..=18446744073709551615, got -1",
                "lines: expected Sequence[Line], got dict",
            ],
        ),
        (
            record(
                "1",
                &anna,
                &format!(
                    "[{line}, {{\"sku\": \"A\", \"quantity\": 4294967296, \"price\": \"1\"}}]"
                ),
                "true",
            ),
            &[
                "lines[1].quantity: expected int in 0..=4294967295, got 4294967296",
                "lines[1].price: expected float, got str",
            ],
        ),
        (
            record("1", &anna, &format!("[3, {line}, [], {{\"quantity\": null}}]"), "true"),
            &[
                "lines[0]: expected Line, got int",
                "lines[2]: expected Line, got list",
                "lines[3].sku: key is missing, expected str",
                "lines[3].quantity: expected int, got None",
                "lines[3].price: key is missing, expected float",
            ],
        ),
        (
            record(
                "1",
                &anna,
                r#"[{"sku": "A", "quantity": 1, "price": 1, "tags": ["a", 1, ["b"], "c", {}]}]"#,
                "true",
            ),
            &[
                "lines[0].tags[1]: expected str, got int",
                "lines[0].tags[2]: expected str, got list",
                "lines[0].tags[4]: expected str, got dict",
            ],
        ),
        (
            record(
                "1",
                r#"{"name": true, "email": [], "address": {"street": 5, "zip": null}}"#,
                "[]",
                "true",
            ),
            &[
                "customer.name: expected str, got bool",
                "customer.email: expected str | None, got list",
                "customer.address.street: expected str, got int",
                "customer.address.city: key is missing, expected str",
                "customer.address.zip: expected str, got None",
            ],
        ),
        (
            record("1", &customer("\"A\"", "\"1 Main St\""), "null", "null"),
            &[
                "customer.address: expected Address, got str",
                "lines: expected Sequence[Line], got None",
                "paid: expected bool, got None",
            ],
        ),
        (
            "{}".into(),
            &[
                "id: key is missing, expected int",
                "customer: key is missing, expected Customer",
                "lines: key is missing, expected Sequence[Line]",
                "paid: key is missing, expected bool",
            ],
        ),
        ("null".into(), &["expected Order, got None"]),
        ("[1]".into(), &["expected Order, got list"]),
        ("\"an order\"".into(), &["expected Order, got str"]),
    ];
    let records = cases.each_ref().map(|(record, _)| &**record).join(", ");
    let mut expected = Vec::new();
    for (index, (_, wrong)) in cases.iter().enumerate() {
        expected.extend(wrong.iter().map(|wrong| format!("record {index}: {wrong}")));
    }
    expected.push("12 records: 1 fit, 11 do not".into());
    expected.push("Anna, 1 Main St, Oslo 0150: orders [1], 1.00 in all, 1.00 unpaid".into());
    assert_eq!(lines(&check("wrong", format!("[{records}]")), 1), expected);
}

#[test]
fn half_a_surrogate_pair_is_no_text() {
    let record = record("1", &customer(r#""\udc80 x""#, ADDRESS), "[]", "true");
    let output = check("surrogate", format!("[{record}]"));
    let lines = lines(&output, 1);
    let expected = "record 0: customer.name: expected str without surrogates, got \"";
    assert!(lines[0].starts_with(expected), "{lines:?}");
    assert_eq!(lines[1..], ["1 records: 0 fit, 1 do not"]);
}

#[test]
fn the_sample_has_three_records_that_fit_and_seven_that_do_not() {
    let output =
        quickstart(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("quickstart/records.json")));
    let lines = lines(&output, 1);
    assert!(lines.contains(&"10 records: 3 fit, 7 do not"), "{lines:?}");
    for record in 0..10 {
        let reported = lines.iter().any(|line| line.starts_with(&format!("record {record}: ")));
        assert_eq!(reported, record >= 3, "record {record}: {lines:?}");
    }
}

#[test]
fn a_file_that_is_no_list_of_records_is_one_line() {
    let missing = quickstart(Some(&temporary("missing")));
    assert!(complaint(&missing).starts_with("quickstart: "));
    assert!(complaint(&missing).contains("missing.json: "));
    for (name, content, expected) in [
        ("dict", &br#"{"id": 1}"#[..], "expected list, got dict"),
        ("number", b"1", "expected list, got int"),
        ("broken", b"[1,", "JSONDecodeError: "),
        ("nothing", b"", "JSONDecodeError: "),
        ("binary", b"[\"\xff\"]", "UnicodeDecodeError: "),
        ("deep", &[b'['; 100_000], "RecursionError: "),
    ] {
        let output = check(name, content);
        let complaint = complaint(&output);
        assert!(complaint.contains(&format!("{name}.json: {expected}")), "{complaint}");
    }
}

#[test]
fn help_is_printed() {
    assert!(lines(&quickstart(Some(Path::new("--help"))), 0)[0].starts_with("usage: quickstart"));
}

#[test]
fn the_report_on_the_standard_library_is_what_python_counts() {
    let output = quickstart(None);
    let text = lines(&output, 0).join("\n");
    let (report, speed) = text.split_once("\n\n").unwrap();
    assert!(speed.contains(" Python objects converted in "), "{speed}");

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stdlib.py");
    let mut python = Command::new(env!("PYTHON_OF_THIS_BUILD"))
        .args(["-W", "ignore"])
        .arg(script)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(report.as_bytes()).unwrap();
    assert!(python.wait().unwrap().success());
}
