//! Where in the data something is: `orders[3].customer.age`.

use std::borrow::Cow;
use std::sync::Arc;

use super::missing::FieldNames;
use crate::types::{PyAny, PyInt, PyList, PyString, PyTuple};
use crate::{Bound, PyResult, Python};

/// One step of a path.
///
/// | step | written |
/// |---|---|
/// | [`Segment::field`], [`Segment::nth_field`] | `.name`, without the dot at the start of a path; `["the name"]` where it is no identifier |
/// | [`Segment::computed`] | as it is given, without the dot at the start of a path |
/// | [`Segment::index`] | `[3]` |
/// | [`Segment::key`] | `["name"]`, `[7]`; `[<bytes>]`, by its type, for what is neither |
/// | [`Segment::in_key`] | ` (key)`: the key itself is meant, not what it leads to |
/// | [`Segment::variant`], [`Segment::variant_key`] | ` (variant Fixed)`, without the space at the start of a path |
#[derive(Debug, Clone)]
pub struct Segment(Step);

#[derive(Debug, Clone)]
enum Step {
    Field(&'static str),
    NthField(&'static dyn FieldNames, usize),
    Computed(&'static str),
    Index(usize),
    TextKey(Arc<str>),
    IntKey(i64),
    OtherKey(Arc<str>),
    InKey,
    Variant(&'static str),
    VariantKey(&'static str),
}

/// Messages show so many characters of a key; `loc` has all of it.
const KEY_LIMIT: usize = 64;
/// Paths longer than twice this show so many steps at both ends.
const SHOWN_STEPS: usize = 20;

impl Segment {
    /// A field of a struct, by its name in Python.
    pub const fn field(name: &'static str) -> Self {
        Segment(Step::Field(name))
    }

    /// A field of a struct, whose name is asked for when somebody asks for the path.
    pub const fn nth_field(names: &'static dyn FieldNames, index: usize) -> Self {
        Segment(Step::NthField(names, index))
    }

    /// What was computed of attributes, as one writes that in Python: `stop - 1`.
    pub const fn computed(expression: &'static str) -> Self {
        Segment(Step::Computed(expression))
    }

    /// An item of a sequence.
    pub const fn index(index: usize) -> Self {
        Segment(Step::Index(index))
    }

    /// The index, if that is what it is.
    pub(super) const fn as_index(&self) -> Option<usize> {
        match self.0 {
            Step::Index(index) => Some(index),
            _ => None,
        }
    }

    /// What a key of a mapping leads to. Runs no Python code: keys other than strings and ints are
    /// shown by the name of their type.
    pub fn key(key: &Bound<'_, PyAny>) -> Self {
        Segment(if let Some(text) = key.try_cast_exact::<PyString>() {
            Step::TextKey(text.to_string_lossy().into())
        } else if let Some(value) = key.try_cast_exact::<PyInt>().and_then(|key| key.to_i64()) {
            Step::IntKey(value)
        } else {
            Step::OtherKey(key.type_name().into())
        })
    }

    /// The key of a mapping itself; goes inside the [`Segment::key`] of the same key.
    pub const fn in_key() -> Self {
        Segment(Step::InKey)
    }

    /// A variant of an enum.
    pub const fn variant(name: &'static str) -> Self {
        Segment(Step::Variant(name))
    }

    /// A variant of an enum, behind a key of its name.
    pub const fn variant_key(name: &'static str) -> Self {
        Segment(Step::VariantKey(name))
    }

    fn write(&self, out: &mut String) {
        match &self.0 {
            Step::Field(name) => write_field(name, out),
            Step::NthField(names, index) => write_field(names.name(*index), out),
            Step::Computed(expression) => write_attribute(expression, out),
            Step::Index(index) => write_number(*index as i128, out),
            Step::TextKey(key) => write_text(&shorten(Cow::Borrowed(key)), out),
            Step::IntKey(key) => write_number((*key).into(), out),
            Step::OtherKey(name) => push_all(out, &["[<", name, ">]"]),
            Step::InKey => push_all(out, &[" (key)"]),
            Step::Variant(name) | Step::VariantKey(name) => {
                let start = if out.is_empty() { "(variant " } else { " (variant " };
                push_all(out, &[start, name, ")"]);
            }
        }
    }

    fn to_object<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let text = match &self.0 {
            Step::OtherKey(name) => &*format!("<{name}>"),
            Step::Field(name) | Step::Computed(name) | Step::VariantKey(name) => name,
            Step::NthField(names, index) => names.name(*index),
            Step::TextKey(key) => key,
            Step::Index(index) => return PyInt::new_rarely(py, *index as i128).map(Some),
            Step::IntKey(key) => return PyInt::new_rarely(py, (*key).into()).map(Some),
            Step::InKey | Step::Variant(_) => return Ok(None),
        };
        PyString::new_rarely(py, text).map(|text| Some(text.into_any()))
    }
}

/// Steps from the innermost out: the order in which they become known. The first lies in place,
/// since most paths have no other.
#[derive(Debug, Default)]
pub(super) struct Path {
    innermost: Option<Segment>,
    outer: Vec<Segment>,
}

impl From<Option<Segment>> for Path {
    #[inline(always)]
    fn from(innermost: Option<Segment>) -> Self {
        Path { innermost, outer: Vec::new() }
    }
}

impl Path {
    pub(super) fn push(&mut self, segment: Segment) {
        match self.innermost {
            None => self.innermost = Some(segment),
            Some(_) => self.outer.push(segment),
        }
    }

    pub(super) fn len(&self) -> usize {
        usize::from(self.innermost.is_some()) + self.outer.len()
    }

    /// The path to what lies at that place in what this one leads to.
    pub(super) fn to(&self, place: Segment) -> Self {
        let outer = self.innermost.iter().chain(&self.outer).cloned().collect();
        Path { innermost: Some(place), outer }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.innermost.is_none()
    }

    /// The steps from the outside in.
    fn steps(&self) -> impl Iterator<Item = &Segment> {
        self.outer.iter().rev().chain(&self.innermost)
    }
}

/// Writes the path from the outside in.
pub(super) fn write(path: &Path) -> String {
    let mut out = String::new();
    let hidden = path.len().saturating_sub(2 * SHOWN_STEPS);
    for (index, segment) in path.steps().enumerate() {
        if hidden > 0 && index == SHOWN_STEPS {
            push_all(&mut out, &[" … "]);
            push_number(&mut out, hidden as i128);
            push_all(&mut out, &[" more … "]);
        }
        if hidden == 0 || index < SHOWN_STEPS || index >= SHOWN_STEPS + hidden {
            segment.write(&mut out);
        }
    }
    out
}

/// The path as a tuple of strings and ints, from the outside in, in an argument if one is given.
pub(super) fn to_tuple<'py>(
    argument: Option<&str>,
    path: &Path,
    py: Python<'py>,
) -> PyResult<Bound<'py, PyTuple>> {
    let steps = PyList::empty(py)?;
    if let Some(name) = argument {
        steps.append_object(PyString::new_rarely(py, name)?.as_any())?;
    }
    for segment in path.steps() {
        if let Some(step) = segment.to_object(py)? {
            steps.append_object(&step)?;
        }
    }
    steps.to_tuple()
}

/// Adds these texts. Once, not in line, as messages are made of many.
#[cold]
#[inline(never)]
pub(crate) fn push_all(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

/// Adds the digits of the number, whose magnitude has 64 bits. One function for all: those of the
/// standard library are one for each type.
#[cold]
#[inline(never)]
pub(crate) fn push_number(out: &mut String, value: i128) {
    let (mut rest, mut text, mut start) = (value.unsigned_abs() as u64, [b'-'; 21], 21);
    loop {
        start -= 1;
        text[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    start -= usize::from(value < 0);
    push_all(out, &[str::from_utf8(&text[start..]).unwrap_or_default()]);
}

/// The text, or its beginning and an ellipsis.
pub(crate) fn shorten(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.char_indices().nth(KEY_LIMIT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => text,
    }
}

#[inline(never)]
fn write_field(name: &str, out: &mut String) {
    if is_identifier(name) {
        write_attribute(name, out);
    } else {
        write_text(name, out);
    }
}

#[inline(never)]
fn write_text(text: &str, out: &mut String) {
    push_all(out, &["[", &quoted(text), "]"]);
}

#[inline(never)]
fn write_number(number: i128, out: &mut String) {
    push_all(out, &["["]);
    push_number(out, number);
    push_all(out, &["]"]);
}

#[inline(never)]
fn write_attribute(text: &str, out: &mut String) {
    push_all(out, &[if out.is_empty() { "" } else { "." }, text]);
}

/// Whether the text can follow a dot.
fn is_identifier(text: &str) -> bool {
    // What is not ASCII passes for a letter: the tables would be a hundredth of a small module.
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii();
    text.bytes().next().is_some_and(is_letter)
        && text.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

/// The text as one writes it in a program.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if !text.bytes().all(is_plain) {
        return format!("{text:?}");
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    push_all(&mut quoted, &["\"", text, "\""]);
    quoted
}
