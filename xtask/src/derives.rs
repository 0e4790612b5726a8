//! `cargo xtask bench derives`: what derives cost a build, in time and in size.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{fs, io};

use crate::bench;
use crate::python::Python;
use crate::run::{Failure, Step};

/// Where the crates are written and built.
const DIRECTORY: &str = "target/derives";
/// What their programs are called: the one with the structs, and the same one without any.
const PROGRAMS: [&str; 2] = ["structs", "nothing"];
/// How many fields a struct has.
const WIDTH: usize = 10;
/// How many times each program is built; the median counts.
const ROUNDS: usize = 3;

/// The fields there are to choose from: name, type, and a value in Python. An odd step goes through
/// all of them, as their number is a power of two.
const FIELDS: [(&str, &str, &str); 16] = [
    ("id", "i64", "123456"),
    ("name", "String", "'Ada'"),
    ("price", "f64", "9.99"),
    ("active", "bool", "True"),
    ("note", "Option<String>", "None"),
    ("tags", "Vec<String>", "['new', 'red']"),
    ("count", "u32", "7"),
    ("parent", "Option<i64>", "5"),
    ("values", "Vec<f64>", "[0.5, 1.5]"),
    ("weights", "HashMap<String, f64>", "{'one': 0.25}"),
    ("range", "(i64, f64)", "(3, 0.5)"),
    ("offset", "i32", "-5"),
    ("level", "u8", "200"),
    ("ids", "Vec<i64>", "[1, 2, 3]"),
    ("groups", "BTreeMap<String, Vec<i64>>", "{'one': [1, 2]}"),
    ("aliases", "Option<Vec<String>>", "['A']"),
];

/// Build structs of ten fields with the derives of this library and of PyO3, and compare the time
/// it takes and the size it adds
///
/// The structs are the same for both, are read from dicts and written to dicts, by value and by
/// reference. They are built as `cargo build --release` does by default. The size is that of the
/// stripped program less that of one without the structs.
#[derive(clap::Args)]
pub struct Options {
    /// How many structs
    #[arg(long, default_value_t = 200)]
    structs: usize,
    /// Also write the figures to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The interpreter to build against, or the directory it is installed in
    #[arg(long, value_name = "PREFIX")]
    python: Option<String>,
    /// Build against a stable ABI: `py39` to `py313`
    #[arg(long, value_name = "LEVEL")]
    abi3: Option<String>,
}

/// A library that derives.
struct Contender {
    name: &'static str,
    /// The line of the manifest, as far as the features.
    dependency: &'static str,
    /// What the structs need in scope.
    imports: &'static str,
    /// What stands above each struct.
    derives: &'static str,
    /// The function that converts, for any of the structs.
    convert: &'static str,
}

const CONTENDERS: [Contender; 2] = [
    Contender {
        name: "ours",
        dependency: "convert-core = { path = \"../../../convert-core\"",
        imports: "use convert_core::FromPyObjectOwned;\nuse convert_core::prelude::*;\n",
        derives: "#[derive(FromPyObject, IntoPy)]\n",
        convert: "\
#[inline(never)]
fn convert<'py, T>(sample: &Bound<'py, PyAny>) -> PyResult<()>
where
    T: FromPyObjectOwned<'py> + IntoPy<'py>,
    for<'a> &'a T: IntoPy<'py>,
{
    let value: T = black_box(sample).extract()?;
    print((&value).into_py(sample.py())?.into_any());
    print(value.into_py(sample.py())?.into_any());
    Ok(())
}
",
    },
    Contender {
        name: "pyo3",
        dependency: "pyo3 = { version = \"=0.30.1\"",
        imports: "use pyo3::conversion::FromPyObjectOwned;\nuse pyo3::prelude::*;\n\
                  use pyo3::{IntoPyObject, IntoPyObjectExt, IntoPyObjectRef};\n",
        derives: "#[derive(FromPyObject, IntoPyObject, IntoPyObjectRef)]\n\
                  #[pyo3(from_item_all)]\n",
        convert: "\
#[inline(never)]
fn convert<'py, T>(sample: &Bound<'py, PyAny>) -> PyResult<()>
where
    T: FromPyObjectOwned<'py> + IntoPyObject<'py>,
    for<'a> &'a T: IntoPyObject<'py>,
{
    let value: T = black_box(sample).extract().map_err(Into::into)?;
    print((&value).into_bound_py_any(sample.py())?);
    print(value.into_bound_py_any(sample.py())?);
    Ok(())
}
",
    },
];

/// What is compared: one line of the table.
struct Figure {
    name: String,
    /// In the order of the contenders.
    values: [f64; 2],
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let python = options.python.clone().map(bench::interpreter);
    let version = &*Python::chosen(python.as_deref())?.version;
    let crates = Crates { version, python, options };
    crates.write().map_err(|error| Failure(format!("{DIRECTORY} cannot be written: {error}")))?;
    for Contender { name, .. } in &CONTENDERS {
        // One after the other, as measured: together they would share features of dependencies.
        let build = format!("build --package derives-{name}");
        crates.step("Dependencies, and a first build", &build).run()?;
    }
    crates.check()?;
    let figures = crates.measure()?;
    print(&figures, version, options.structs);
    match &options.json {
        Some(file) => fs::write(file, json(&figures, version))
            .map_err(|error| Failure(format!("{} cannot be written: {error}", file.display()))),
        None => Ok(()),
    }
}

/// The crates that are built, one for each contender.
struct Crates<'a> {
    /// Of the interpreter.
    version: &'a str,
    python: Option<String>,
    options: &'a Options,
}

impl Crates<'_> {
    /// Writes them, as a workspace with the dependencies that this one has locked.
    fn write(&self) -> io::Result<()> {
        let root = Path::new(DIRECTORY);
        for contender in &CONTENDERS {
            let directory = root.join(contender.name);
            fs::create_dir_all(directory.join("src/bin"))?;
            fs::write(directory.join("Cargo.toml"), self.manifest(contender))?;
            fs::write(directory.join("build.rs"), BUILD_SCRIPT)?;
            for program in PROGRAMS {
                let structs = if program == "nothing" { 0 } else { self.options.structs };
                fs::write(source(contender, program), code(contender, structs))?;
            }
        }
        fs::write(root.join("Cargo.toml"), WORKSPACE)?;
        fs::copy("Cargo.lock", root.join("Cargo.lock")).map(drop)
    }

    fn manifest(&self, contender: &Contender) -> String {
        let Contender { name, dependency, .. } = contender;
        let abi3 = self.options.abi3.as_ref();
        let abi3 = abi3.map(|level| format!(", \"abi3-{level}\"")).unwrap_or_default();
        format!(
            "\
[package]
name = \"derives-{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
{dependency}, features = [\"auto-initialize\"{abi3}] }}
# Only for the build script, which asks it where Python is.
pyo3-ffi = \"0.30\"

[build-dependencies]
pyo3-build-config = \"0.30\"
"
        )
    }

    /// A command of cargo in their workspace.
    fn step(&self, name: &'static str, command: &str) -> Step {
        let build = format!(
            "{command} --release --manifest-path {DIRECTORY}/Cargo.toml --target-dir {}",
            self.build_directory().display()
        );
        let step = Step::cargo(name, &build).with("CARGO_INCREMENTAL", "0");
        match &self.python {
            Some(python) => step.with("PYO3_PYTHON", python),
            None => step,
        }
    }

    fn build_directory(&self) -> PathBuf {
        let abi3 = self.options.abi3.as_ref();
        let abi3 = abi3.map(|level| format!("-abi3-{level}")).unwrap_or_default();
        Path::new(DIRECTORY).join(format!("build-{}{abi3}", self.version))
    }

    fn program(&self, contender: &Contender, program: &str) -> PathBuf {
        let mut path = self.build_directory().join("release");
        path.push(format!("{}-{program}{}", contender.name, std::env::consts::EXE_SUFFIX));
        path
    }

    /// Runs the programs with structs: they have to print the same objects.
    fn check(&self) -> Result<(), Failure> {
        let mut printed = Vec::new();
        for contender in &CONTENDERS {
            let program = self.program(contender, "structs");
            let output = Command::new(&program)
                .output()
                .map_err(|error| Failure(format!("{} does not run: {error}", program.display())))?;
            if !output.status.success() {
                let message = String::from_utf8_lossy(&output.stderr);
                return Err(Failure(format!("{} failed:\n{message}", program.display())));
            }
            printed.push(output.stdout);
        }
        if printed[0] != printed[1] {
            return Err(Failure("The two programs do not convert alike.".to_owned()));
        }
        Ok(())
    }

    /// Builds each program again and again, in turns; then weighs them.
    fn measure(&self) -> Result<Vec<Figure>, Failure> {
        let mut times = [const { [const { Vec::new() }; 2] }; 2];
        for round in 1..=ROUNDS {
            eprintln!("\nround {round} of {ROUNDS}");
            for (program, times) in PROGRAMS.iter().zip(&mut times) {
                for (contender, times) in CONTENDERS.iter().zip(times) {
                    touch(&source(contender, program))?;
                    let name = contender.name;
                    let build =
                        format!("build --quiet --package derives-{name} --bin {name}-{program}");
                    times.push(self.step("Measured build", &build).time()?.as_secs_f64());
                }
            }
        }
        let mut sizes = [[0.0; 2]; 2];
        for (program, sizes) in PROGRAMS.iter().zip(&mut sizes) {
            for (contender, size) in CONTENDERS.iter().zip(sizes) {
                let path = self.program(contender, program);
                let metadata = fs::metadata(&path)
                    .map_err(|error| Failure(format!("{}: {error}", path.display())))?;
                *size = metadata.len() as f64 / 1024.0;
            }
        }
        let [structs, nothing] = times.map(|times| times.map(median));
        let added = [sizes[0][0] - sizes[1][0], sizes[0][1] - sizes[1][1]];
        let figure = |name: &str, values| Figure { name: name.to_owned(), values };
        Ok(vec![
            figure("build, s", structs),
            figure("build without the structs, s", nothing),
            figure("size that the structs add, KiB", added),
            figure("size without the structs, KiB", sizes[1]),
        ])
    }
}

const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"ours\", \"pyo3\"]

[profile.release]
strip = \"symbols\"
";

const BUILD_SCRIPT: &str = "\
fn main() {
    pyo3_build_config::add_libpython_rpath_link_args();
}
";

fn source(contender: &Contender, program: &str) -> PathBuf {
    let name = contender.name;
    Path::new(DIRECTORY).join(format!("{name}/src/bin/{name}-{program}.rs"))
}

/// A program with so many structs, which converts each from a dict, and back by reference and by
/// value.
fn code(contender: &Contender, structs: usize) -> String {
    let Contender { imports, derives, convert, .. } = contender;
    let mut code = format!(
        "\
// Written by `cargo xtask bench derives`.
#![allow(dead_code, unused_imports, unused_variables)]

use std::collections::{{BTreeMap, HashMap}};
use std::hint::black_box;

{imports}
"
    );
    for number in 0..structs {
        code += &format!("{derives}struct Record{number} {{\n");
        // Not two after each other alike: each starts at another field, and goes on in other steps.
        let step = 2 * (number / FIELDS.len()) + 1;
        for place in 0..WIDTH {
            let (name, ty, _) = FIELDS[(number + place * step) % FIELDS.len()];
            code += &format!("    {name}_{number}: {ty},\n");
        }
        code += "}\n\n";
    }
    code += convert;
    code += "
#[inline(never)]
fn print(object: Bound<'_, PyAny>) {
    println!(\"{object}\");
}

fn convert_all(sample: &Bound<'_, PyAny>) -> PyResult<()> {
";
    for number in 0..structs {
        code += &format!("    convert::<Record{number}>(sample)?;\n");
    }
    let items: Vec<_> =
        FIELDS.iter().map(|(name, _, value)| format!("(\"{name}\", {value})")).collect();
    let sample = format!(
        "{{f\"{{name}}_{{number}}\": value for number in range({structs}) for name, value in [{}]}}",
        items.join(", ")
    );
    code += &format!(
        "    Ok(())
}}

fn main() -> PyResult<()> {{
    Python::attach(|py| convert_all(&py.eval(c{sample:?}, None, None)?))
}}
"
    );
    code
}

/// Makes cargo build it again.
fn touch(path: &Path) -> Result<(), Failure> {
    let file = fs::File::options().write(true).open(path);
    file.and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| Failure(format!("{} cannot be touched: {error}", path.display())))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn print(figures: &[Figure], version: &str, structs: usize) {
    println!(
        "\n{structs} structs of {WIDTH} fields; CPython {version}; medians of {ROUNDS} builds"
    );
    let [ours, theirs] = &CONTENDERS.map(|contender| contender.name);
    println!("{:<30} | {ours:>8} | {theirs:>8} | ours/{theirs}", "");
    for Figure { name, values: [ours, theirs] } in figures {
        println!("{name:<30} | {ours:>8.2} | {theirs:>8.2} | {:>9.2}", ours / theirs);
    }
}

/// In the form that all benchmarks write.
fn json(figures: &[Figure], version: &str) -> String {
    let cases: Vec<_> = figures
        .iter()
        .map(|Figure { name, values: [ours, theirs] }| {
            format!(
                "    {{\"name\": {name:?}, \"ours\": {ours}, \"pyo3\": {theirs}, \
                 \"ratios\": {{\"pyo3\": {}}}}}",
                ours / theirs
            )
        })
        .collect();
    format!(
        "{{\n  \"title\": \"derives\",\n  \"python\": {version:?},\n  \
         \"contenders\": [\"ours\", \"pyo3\"],\n  \"cases\": [\n{}\n  ]\n}}\n",
        cases.join(",\n")
    )
}
