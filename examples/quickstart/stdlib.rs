//! A survey of Python's standard library: Python parses it, Rust looks at it, Python prints it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::error::Error;
use std::path::{MAIN_SEPARATOR, Path};
use std::time::{Duration, Instant};

use convert_core::prelude::*;
use indicatif::{ProgressBar, ProgressStyle};

use crate::syntax::{self, Arguments, Module, Statement};

/// Folders that are not the library itself: what else is installed, tests, caches.
const SKIPPED: [&str; 6] =
    ["site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__"];
/// Lists in the report have this many entries.
const LISTED: usize = 8;
/// With fewer public definitions a module is not ranked by how it is documented.
const FEWEST_PUBLIC: usize = 10;

/// What the survey found; Python gets it as a dict.
#[derive(IntoPy)]
struct Report {
    folder: String,
    files: usize,
    unreadable: Vec<Unreadable>,
    functions: usize,
    classes: usize,
    arguments: usize,
    annotated_arguments: usize,
    /// Defaults that all calls share, as in `def f(found=[])`: the files with most of them.
    mutable_defaults: Vec<(String, usize)>,
    common_decorators: Vec<(String, usize)>,
    common_arguments: Vec<(String, usize)>,
    longest_functions: Vec<Span>,
    longest_classes: Vec<Span>,
    least_documented_modules: Vec<Documentation>,
}

/// A file that Python cannot parse, or that is not what `syntax` expects.
#[derive(IntoPy)]
struct Unreadable {
    file: String,
    problem: String,
}

/// A definition and how long it is.
#[derive(IntoPy)]
struct Span {
    name: String,
    file: String,
    lineno: usize,
    lines: usize,
}

/// How a module documents its public functions, classes and methods.
#[derive(IntoPy)]
struct Documentation {
    file: String,
    public: usize,
    undocumented: usize,
}

/// The keyword arguments of `pprint`.
#[derive(IntoPy)]
struct PrintOptions {
    width: usize,
    sort_dicts: bool,
}

/// Prints the report on the standard library, and how fast it was converted.
pub fn survey() -> Result<(), Box<dyn Error>> {
    Python::attach(|py| {
        // What the compiler says of old files is not our subject.
        py.import("warnings")?.call_method1("simplefilter", ("ignore",))?;
        let folder: String =
            py.import("sysconfig")?.call_method1("get_path", ("stdlib",))?.extract()?;
        let files = python_files(py, &folder)?;

        let mut survey = Survey::default();
        let style = ProgressStyle::with_template("{bar:40} file {pos} of {len}  {msg}")?;
        let bar = ProgressBar::new(files.len() as u64).with_style(style);
        for file in &files {
            bar.set_message(file.clone());
            if let Err(error) = survey.read(py, &Path::new(&folder).join(file), file) {
                let problem = error.to_string();
                survey.unreadable.push(Unreadable { file: file.clone(), problem });
            }
            bar.inc(1);
        }
        bar.finish_and_clear();

        let speed = survey.speed();
        let options = PrintOptions { width: 100, sort_dicts: false }.into_py(py)?;
        let report = survey.report(folder, files.len());
        py.import("pprint")?.call_method("pprint", (report,), Some(&options))?;
        // Nobody else does: the interpreter never ends in a program that embeds it.
        py.import("sys")?.getattr("stdout")?.call_method0("flush")?;
        crate::print(&speed)
    })
}

/// The library's files, by their paths inside the folder, in order.
fn python_files(py: Python<'_>, root: &str) -> PyResult<Vec<String>> {
    let mut found = Vec::new();
    for step in py.import("os")?.call_method1("walk", (root,))?.try_iter()? {
        let (folder, folders, files): (String, Bound<'_, PyList>, Vec<String>) = step?.extract()?;
        // `os.walk` goes into the folders that are left in its list.
        for name in SKIPPED {
            if folders.contains(name)? {
                folders.call_method1("remove", (name,))?;
            }
        }
        let inside = folder[root.len()..].trim_start_matches(MAIN_SEPARATOR);
        let files = files.iter().filter(|file| file.ends_with(".py"));
        found.extend(files.map(|file| Path::new(inside).join(file).to_string_lossy().into_owned()));
    }
    found.sort();
    Ok(found)
}

/// What was seen so far.
#[derive(Default)]
struct Survey {
    unreadable: Vec<Unreadable>,
    functions: Vec<Span>,
    classes: Vec<Span>,
    modules: Vec<Documentation>,
    decorators: HashMap<String, usize>,
    mutable_defaults: HashMap<String, usize>,
    /// How often each name is used.
    arguments: HashMap<String, usize>,
    annotated_arguments: usize,
    /// How many Python objects became Rust values.
    objects: usize,
    parsing: Duration,
    converting: Duration,
    unparsing: Duration,
}

impl Survey {
    /// Parses one file, converts its syntax tree and looks at it.
    fn read(&mut self, py: Python<'_>, path: &Path, file: &str) -> Result<(), Box<dyn Error>> {
        let source = std::fs::read(path)?;
        let start = Instant::now();
        let tree = py.import("ast")?.call_method1("parse", (source, file))?;
        let parsed = Instant::now();
        let module: Module = tree.extract()?;
        self.parsing += parsed - start;
        let unparsing = syntax::take_unparsing_time();
        self.converting += parsed.elapsed() - unparsing;
        self.unparsing += unparsing;

        self.modules.push(Documentation { file: file.into(), public: 0, undocumented: 0 });
        self.visit(&module.body, file, "", true);
        Ok(())
    }

    /// Looks at the definitions among the statements, and at those inside them. `scope` is what
    /// their qualified names start with.
    fn visit(&mut self, body: &[Statement], file: &str, scope: &str, public: bool) {
        for statement in body {
            match statement {
                Statement::Function(function) => {
                    let name = format!("{scope}{}", function.name);
                    self.visit_arguments(&function.args, file);
                    self.decorators(&function.decorator_list);
                    self.definition(public, &function.name, &function.body);
                    self.visit(&function.body, file, &format!("{name}.<locals>."), false);
                    let (first, last) = (function.lineno, function.end_lineno);
                    self.functions.push(Span::new(name, file, first, last));
                    self.objects += usize::from(function.returns.is_some());
                }
                Statement::Class(class) => {
                    let name = format!("{scope}{}", class.name);
                    self.decorators(&class.decorator_list);
                    let public = self.definition(public, &class.name, &class.body);
                    self.visit(&class.body, file, &format!("{name}."), public);
                    self.classes.push(Span::new(name, file, class.lineno, class.end_lineno));
                }
                Statement::Block(block) => {
                    for body in block.bodies() {
                        self.visit(body, file, scope, public);
                    }
                }
                Statement::Text(_) | Statement::Other => {}
            }
        }
        self.objects += body.len();
    }

    /// Counts a function or class; whether it is public.
    fn definition(&mut self, public: bool, name: &str, body: &[Statement]) -> bool {
        let public = public && !name.starts_with('_');
        let documented = syntax::docstring(body).is_some();
        if let Some(module) = self.modules.last_mut() {
            module.public += usize::from(public);
            module.undocumented += usize::from(public && !documented);
        }
        // The name and two line numbers; the docstring.
        self.objects += 3 + usize::from(documented);
        public
    }

    /// Counts the decorators of a definition.
    fn decorators(&mut self, decorators: &[syntax::Expression]) {
        for decorator in decorators {
            *self.decorators.entry(decorator.0.clone()).or_default() += 1;
        }
        self.objects += decorators.len();
    }

    /// Counts the arguments of a function, and what they come with.
    fn visit_arguments(&mut self, arguments: &Arguments, file: &str) {
        for (argument, default) in arguments.with_defaults() {
            let annotated = argument.annotation.is_some();
            *self.arguments.entry(argument.name.clone()).or_default() += 1;
            self.annotated_arguments += usize::from(annotated);
            // The argument and its name; its annotation; its default.
            self.objects += 2 + usize::from(annotated) + usize::from(default.is_some());
            if default.is_some_and(|default| default.0.starts_with(['[', '{'])) {
                *self.mutable_defaults.entry(file.to_owned()).or_default() += 1;
            }
        }
        self.objects += 1;
    }

    /// Sorts what was seen.
    fn report(self, folder: String, files: usize) -> Report {
        let mut modules = self.modules;
        modules.retain(|module| module.public >= FEWEST_PUBLIC);
        modules.sort_by_key(|module| {
            let share = module.undocumented * 10_000 / module.public;
            (Reverse(share), Reverse(module.undocumented))
        });
        modules.truncate(LISTED);
        Report {
            folder,
            files,
            unreadable: self.unreadable,
            functions: self.functions.len(),
            classes: self.classes.len(),
            arguments: self.arguments.values().sum(),
            annotated_arguments: self.annotated_arguments,
            mutable_defaults: most(self.mutable_defaults),
            common_decorators: most(self.decorators),
            common_arguments: most(self.arguments),
            longest_functions: longest(self.functions),
            longest_classes: longest(self.classes),
            least_documented_modules: modules,
        }
    }

    /// What the conversion took, in words.
    fn speed(&self) -> String {
        let Survey { objects, parsing, converting, unparsing, .. } = self;
        let rate = (*objects as f64 / converting.as_secs_f64()) as u64;
        format!(
            "\n{objects} Python objects converted in {converting:.2?}: {rate} a second\n\
             (each statement, name, line number, docstring, argument and expression is one)\n\
             besides, Python took {parsing:.2?} to parse the files and {unparsing:.2?} to write \
             expressions as text"
        )
    }
}

impl Span {
    /// From the first line of a definition to its last.
    fn new(name: String, file: &str, first: usize, last: usize) -> Self {
        Span { name, file: file.into(), lineno: first, lines: last - first + 1 }
    }
}

/// The entries with the highest counts.
fn most(counts: HashMap<String, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (Reverse(*count), name.clone()));
    counts.truncate(LISTED);
    counts
}

/// The longest definitions.
fn longest(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| Reverse(span.lines));
    spans.truncate(LISTED);
    spans
}
