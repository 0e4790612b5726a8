//! Honest objects: one conversion, and everything it says compared with the oracle.

use convert_core::prelude::*;
use convert_core::{PyOnceLock, PyOnceObject};

use crate::{accept, namespace, nothing_is_raised};

/// A value in Rust, as far as the oracle looks at it.
pub(crate) struct Converted<'py> {
    /// `{:?}`.
    pub text: String,
    /// What it became in Python again, by reference and by value.
    pub made: [Bound<'py, PyAny>; 2],
}

/// A Rust type, and the model that says what it accepts.
pub(crate) struct Case {
    /// An expression of `models.py` and `dates.py`.
    pub model: &'static str,
    /// Extracts a value, and makes Python objects of it again.
    pub convert: for<'py> fn(&Bound<'py, PyAny>) -> Result<Converted<'py>, ConversionError>,
}

/// The names that `source.py`, `models.py` and `dates.py` define.
pub(crate) fn oracle<'py>(py: Python<'py>) -> &'py Bound<'py, PyDict> {
    static NAMES: PyOnceObject<PyDict> = PyOnceObject::new();
    const CODE: [&str; 3] = [
        include_str!("../python/source.py"),
        include_str!("../python/models.py"),
        include_str!("../python/dates.py"),
    ];
    NAMES.get_or_init(py, || namespace(py, &CODE))
}

/// The models of some cases.
pub(crate) fn models(py: Python<'_>, cases: &[Case]) -> Vec<Py<PyAny>> {
    let model = |case: &Case| {
        let expression = std::ffi::CString::new(case.model).expect("no NUL");
        py.eval(&expression, Some(oracle(py)), None).expect(case.model).unbind()
    };
    cases.iter().map(model).collect()
}

/// The first byte of the input chooses the type, the rest makes the object.
pub(crate) fn run(data: &[u8], cases: &[Case], all_models: &PyOnceLock<Vec<Py<PyAny>>>) {
    let Some((choice, data)) = data.split_first() else { return };
    let index = usize::from(*choice) % cases.len();
    Python::attach(|py| {
        let model = all_models.get_or_init(py, || models(py, cases))[index].bind(py);
        let class = oracle(py).as_any().get_item("Case").expect("models.py defines it");
        let input =
            class.call1((model, PyBytes::new(py, data).expect("memory"))).expect("an object");
        let object = input.getattr(intern!(py, "object")).expect("an object");
        let count = || input.call_method0(intern!(py, "count")).expect("a list");

        let before = count();
        let made = check(&cases[index], &input, &object);
        nothing_is_raised(py);
        if let Some(made) = made {
            // What it became is an object that the type must accept again.
            check(&cases[index], &input, &made);
        }
        let after = count();
        assert!(
            after.eq(&before).expect("ints"),
            "{object:?}: referred to {before:?}, now {after:?}"
        );
    });
}

/// Converts, and asks the oracle about the outcome. Gives what the value became.
fn check<'py>(
    case: &Case,
    input: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
) -> Option<Bound<'py, PyAny>> {
    let py = object.py();
    let about = || format!("{}: {object:?}", case.model);
    let outcome = (case.convert)(object);
    nothing_is_raised(py);
    match outcome {
        Ok(Converted { text, made: [first, second] }) => {
            let arguments = (object, text, &first, &second);
            accept(input.call_method1(intern!(py, "value"), arguments), about);
            Some(first)
        }
        Err(error) => {
            let kind = kind(&error);
            let complete = error.is_complete();
            let failures = error.failures();
            assert_eq!(
                error.path(),
                failures.first().map_or(error.path(), |(path, _)| path.clone())
            );
            let message = error.to_string();
            for (path, problem) in &failures {
                assert!(message.contains(path) && message.contains(problem), "{message}");
            }
            let paths: Vec<String> = failures.into_iter().map(|(path, _)| path).collect();
            let exception = PyErr::from(error).into_value(py);
            let arguments = (object, kind, complete, paths, exception);
            accept(input.call_method1(intern!(py, "error"), arguments), about);
            None
        }
    }
}

/// The name of the exception that the first failure is; none for an exception of Python code.
fn kind(error: &ConversionError) -> Option<&'static str> {
    let failures = error.failures();
    let problem = failures.first().map_or("", |(_, problem)| problem);
    let kinds = [
        (error.is_type(), "TypeError"),
        (error.is_value(), "ValueError"),
        (error.is_out_of_range(), "OverflowError"),
        (error.is_missing() && problem.starts_with("key is missing"), "KeyError"),
        (error.is_missing() && problem.starts_with("attribute is missing"), "AttributeError"),
    ];
    let kind = kinds.into_iter().find(|(is, _)| *is).map(|(_, name)| name);
    assert_eq!(kind.is_none(), error.is_exception(), "{error}");
    kind
}
