//! [`Signature`]: what a function takes, and what is said of a call that does not fit.
//!
//! The rules and the words are those of a Python `def` (CPython's `ceval.c`).

use crate::error::push_all;
use crate::exceptions::PyTypeError;
use crate::names::nearest;
use crate::types::{PyAny, PyString};
use crate::{Bound, Py, PyErr, PyOnceLock, Python};

/// The parameters of a function, without their types: names and kinds.
///
/// ```
/// use convert_ffi::function::Signature;
/// // def area(width, /, height=1, *, unit)
/// static AREA: Signature =
///     Signature::new("area", &["width", "height", "unit"], &[true, false, true])
///         .positional(2)
///         .positional_only(1);
/// ```
#[derive(Debug)]
pub struct Signature {
    pub(super) function: &'static str,
    /// Those that may be given by position, then those that are given by keyword only.
    pub(super) parameters: &'static [&'static str],
    /// Which ones must be given.
    pub(super) required: &'static [bool],
    pub(super) positional: usize,
    positional_only: usize,
    pub(super) has_rest: bool,
    pub(super) has_keywords: bool,
    /// The names as Python strings, from the first call with keywords on.
    strings: PyOnceLock<Box<[Py<PyString>]>>,
}

impl Signature {
    /// A function's name, its parameters, and which of them must be given; all of them by position
    /// or keyword.
    pub const fn new(
        function: &'static str,
        parameters: &'static [&'static str],
        required: &'static [bool],
    ) -> Self {
        let positional = parameters.len();
        Signature {
            function,
            parameters,
            required,
            positional,
            positional_only: 0,
            has_rest: false,
            has_keywords: false,
            strings: PyOnceLock::new(),
        }
    }

    /// The same, where only the first `count` may be given by position.
    pub const fn positional(mut self, count: usize) -> Self {
        self.positional = count;
        self
    }

    /// The same, where the first `count` may not be given by keyword.
    pub const fn positional_only(mut self, count: usize) -> Self {
        self.positional_only = count;
        self
    }

    /// The same, with `*args`: any number of further arguments.
    pub const fn rest(mut self) -> Self {
        self.has_rest = true;
        self
    }

    /// The same, with `**kwargs`: any further keywords.
    pub const fn keywords(mut self) -> Self {
        self.has_keywords = true;
        self
    }

    /// The function's name, and that of a parameter.
    pub fn names(&self, index: usize) -> (&'static str, &'static str) {
        (self.function, self.parameters.get(index).copied().unwrap_or_default())
    }

    /// The parameter of a keyword. Names that are the same object are found first: those in a
    /// program's text are interned.
    pub(super) fn find(&'static self, keyword: &Bound<'_, PyString>) -> Option<usize> {
        let strings = self.strings(keyword.py());
        let same = strings.iter().position(|name| name.as_ptr() == keyword.as_ptr());
        let index = same.or_else(|| {
            let text = keyword.to_string_lossy();
            self.parameters.iter().position(|name| *name == text)
        })?;
        (index >= self.positional_only).then_some(index)
    }

    fn strings(&self, py: Python<'_>) -> &[Py<PyString>] {
        self.strings.get_or_init(py, || {
            self.parameters.iter().map(|name| PyString::intern(py, name).unbind()).collect()
        })
    }

    fn error<const N: usize>(&self, parts: [&str; N]) -> PyErr {
        let mut message = String::with_capacity(96);
        push_all(&mut message, [self.function, "() "]);
        push_all(&mut message, parts);
        PyTypeError::new_err(message)
    }

    #[cold]
    pub(super) fn given_twice(&self, index: usize) -> PyErr {
        self.error(["got multiple values for argument '", self.parameters[index], "'"])
    }

    /// Parameter `index` was not given, though it must be.
    #[cold]
    pub fn missing_one(&self, index: usize) -> PyErr {
        self.missing(|at| at == index)
    }

    #[cold]
    pub(super) fn no_text(&self) -> PyErr {
        self.error(["keywords must be strings"])
    }

    /// A keyword that no parameter goes by. `keywords` are all that were given.
    #[cold]
    pub(super) fn unexpected<'py>(
        &self,
        keyword: &Bound<'py, PyString>,
        keywords: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> PyErr {
        let given: Vec<_> = keywords.map(|keyword| keyword.to_string()).collect();
        let hidden = self.parameters[..self.positional_only].iter();
        let hidden: Vec<_> =
            hidden.copied().filter(|name| given.iter().any(|it| it == name)).collect();
        if !hidden.is_empty() {
            let hidden = hidden.join(", ");
            return self.error([
                "got some positional-only arguments passed as keyword arguments: '",
                &hidden,
                "'",
            ]);
        }
        let keyword = keyword.to_string_lossy();
        let known = self.parameters[self.positional_only..].iter().copied();
        let meant = nearest(&keyword, known).map(|name| format!(". Did you mean '{name}'?"));
        let meant = meant.unwrap_or_default();
        self.error(["got an unexpected keyword argument '", &keyword, "'", &meant])
    }

    /// More arguments than there are parameters for; `keyword_only` of those were given as well.
    #[cold]
    pub(super) fn too_many(&self, given: usize, keyword_only: usize) -> PyErr {
        let most = self.positional;
        let least = self.required[..most].iter().filter(|required| **required).count();
        let count = match least == most {
            true => most.to_string(),
            false => format!("from {least} to {most}"),
        };
        let also = match keyword_only {
            0 => String::new(),
            _ => format!(
                " positional argument{} (and {keyword_only} keyword-only argument{})",
                plural(given),
                plural(keyword_only)
            ),
        };
        let plural = if least == most { plural(most) } else { "s" };
        let was = if given == 1 && keyword_only == 0 { "was" } else { "were" };
        self.error([
            "takes ",
            &count,
            " positional argument",
            plural,
            " but ",
            &given.to_string(),
            &also,
            " ",
            was,
            " given",
        ])
    }

    /// Parameters that must be given and were not: the positional ones are told of first.
    #[cold]
    pub(super) fn missing(&self, is_missing: impl Fn(usize) -> bool) -> PyErr {
        let missing_of = |range: std::ops::Range<usize>| -> Vec<String> {
            let missing = range.filter(|index| self.required[*index] && is_missing(*index));
            missing.map(|index| format!("'{}'", self.parameters[index])).collect()
        };
        let mut kind = "positional";
        let mut names = missing_of(0..self.positional);
        if names.is_empty() {
            kind = "keyword-only";
            names = missing_of(self.positional..self.parameters.len());
        }
        let list = match names.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first, second] => format!("{first} and {second}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        };
        let count = names.len().to_string();
        self.error([
            "missing ",
            &count,
            " required ",
            kind,
            " argument",
            plural(names.len()),
            ": ",
            &list,
        ])
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
