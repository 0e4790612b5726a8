//! [`Signature`]: what a function takes, and what is said of a call that does not fit.
//!
//! The rules and the words are those of a Python `def` (CPython's `ceval.c`).

use crate::error::{push_all, push_number};
use crate::exceptions::PyTypeError;
use crate::names::nearest;
use crate::types::PyString;
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
    /// Where so many are given, from the first on, none is missing.
    pub(super) enough: usize,
    pub(super) positional: usize,
    pub(super) positional_only: usize,
    pub(super) has_rest: bool,
    /// The names as Python strings, from the first call with keywords on.
    pub(super) strings: PyOnceLock<Box<[Py<PyString>]>>,
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
        let mut enough = required.len();
        while enough > 0 && !required[enough - 1] {
            enough -= 1;
        }
        Signature {
            function,
            parameters,
            required,
            enough,
            positional,
            positional_only: 0,
            has_rest: false,
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

    /// The function's name, and that of a parameter.
    pub fn names(&self, index: usize) -> (&'static str, &'static str) {
        (self.function, self.parameters.get(index).copied().unwrap_or_default())
    }

    /// The parameter of a keyword, by its text.
    pub(super) fn find(&self, keyword: &Bound<'_, PyString>) -> Option<usize> {
        let text = keyword.to_string_lossy();
        let index = self.parameters.iter().position(|name| *name == text)?;
        (index >= self.positional_only).then_some(index)
    }

    /// The names of the parameters that may be given by keyword: all but the first
    /// `positional_only`.
    #[inline(always)]
    pub(super) fn keywords_of<'py>(&'static self, py: Python<'py>) -> &'static [Py<PyString>] {
        self.strings.get_or_init(py, || {
            let names = self.parameters.get(self.positional_only..).unwrap_or_default();
            names.iter().map(|name| PyString::intern(py, name).unbind()).collect()
        })
    }

    /// The beginning of a message.
    #[cold]
    #[inline(never)]
    fn message(&self, texts: &[&str]) -> String {
        let mut message = String::with_capacity(128);
        push_all(&mut message, &[self.function, "() "]);
        push_all(&mut message, texts);
        message
    }

    /// A `TypeError` of the function's name and these texts.
    #[cold]
    #[inline(never)]
    fn error(&self, texts: &[&str]) -> PyErr {
        PyTypeError::new_err(self.message(texts))
    }

    #[cold]
    pub(super) fn given_twice(&self, index: usize) -> PyErr {
        self.error(&["got multiple values for argument '", self.parameters[index], "'"])
    }

    /// Parameter `index` was not given, though it must be.
    #[cold]
    pub fn missing_one(&self, index: usize) -> PyErr {
        self.missing(&|at| at == index)
    }

    #[cold]
    pub(super) fn no_text(&self) -> PyErr {
        self.error(&["keywords must be strings"])
    }

    /// A keyword that no parameter goes by, and whether a name was given as a keyword.
    #[cold]
    pub(super) fn unexpected(
        &self,
        keyword: &Bound<'_, PyString>,
        is_given: &dyn Fn(&str) -> bool,
    ) -> PyErr {
        let (hidden, known) = self.parameters.split_at(self.positional_only);
        let mut names = String::new();
        for name in hidden.iter().filter(|name| is_given(name)) {
            let separator = if names.is_empty() { "" } else { ", " };
            push_all(&mut names, &[separator, name]);
        }
        if !names.is_empty() {
            let what = "got some positional-only arguments passed as keyword arguments: '";
            return self.error(&[what, &names, "'"]);
        }
        let keyword = keyword.to_string_lossy();
        let near = nearest(&keyword, known.iter().copied());
        let (question, end) = match near {
            None => ("", ""),
            Some(_) => (". Did you mean '", "'?"),
        };
        let near = near.unwrap_or_default();
        let what = "got an unexpected keyword argument '";
        self.error(&[what, &keyword, "'", question, &near, end])
    }

    /// More arguments than there are parameters for; `keyword_only` of those were given as well.
    #[cold]
    pub(super) fn too_many(&self, given: usize, keyword_only: usize) -> PyErr {
        let most = self.positional;
        let least = self.required[..most].iter().filter(|required| **required).count();
        let mut message = self.message(&["takes "]);
        if least < most {
            push_count(&mut message, "from ", least, " to ");
        }
        let after_most = match (least, most) {
            (1, 1) => " positional argument but ",
            _ => " positional arguments but ",
        };
        push_count(&mut message, "", most, after_most);
        let after_given = match (given, keyword_only) {
            (1, 0) => " was given",
            (_, 0) => " were given",
            (1, _) => " positional argument (and ",
            (_, _) => " positional arguments (and ",
        };
        push_count(&mut message, "", given, after_given);
        let after_others = match keyword_only {
            0 => return PyTypeError::new_err(message),
            1 => " keyword-only argument) were given",
            _ => " keyword-only arguments) were given",
        };
        push_count(&mut message, "", keyword_only, after_others);
        PyTypeError::new_err(message)
    }

    /// Parameters that must be given and were not: the positional ones are told of first.
    #[cold]
    #[inline(never)]
    pub(super) fn missing(&self, is_missing: &dyn Fn(usize) -> bool) -> PyErr {
        let is_missing = |index: usize| {
            self.required.get(index).is_some_and(|is_required| *is_required) && is_missing(index)
        };
        let is_missing: &dyn Fn(usize) -> bool = &is_missing;
        let all = self.parameters.len();
        let is_positional = (0..self.positional).any(is_missing);
        let (range, one, many) = match is_positional {
            true => (
                0..self.positional,
                " required positional argument: '",
                " required positional arguments: '",
            ),
            false => (
                self.positional..all,
                " required keyword-only argument: '",
                " required keyword-only arguments: '",
            ),
        };
        let mut left = range.clone().filter(|index| is_missing(*index)).count();
        let mut message = self.message(&[]);
        push_count(&mut message, "missing ", left, if left == 1 { one } else { many });
        // Before the last of two names there is no comma.
        let last = if left == 2 { "' and '" } else { "', and '" };
        for (index, name) in self.parameters.iter().enumerate() {
            if range.contains(&index) && is_missing(index) {
                left = left.saturating_sub(1);
                let separator = match left {
                    0 => "'",
                    1 => last,
                    _ => "', '",
                };
                push_all(&mut message, &[name, separator]);
            }
        }
        PyTypeError::new_err(message)
    }
}

/// Adds the number and what is around it.
#[cold]
#[inline(never)]
fn push_count(message: &mut String, before: &str, count: usize, after: &str) {
    push_all(message, &[before]);
    push_number(message, count as i128);
    push_all(message, &[after]);
}
