//! [`Choice`]: the variants of an enum as messages tell them, written in a constant.

use std::fmt;

use super::derived::{DerivedHint, Inside, VariantHint};
use super::{Hint, MOST_LISTED, TypeHint};

/// Longer ones are written when they are asked for.
const ROOM: usize = 127;

/// What an object of an enum without tags may be, each once: `int | str | dict[str, int]`.
///
/// An object that is none of these is the likeliest error of such an enum, and what takes the
/// longest to write of it never changes.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    bytes: [u8; ROOM],
    /// `None`: it does not fit, or hides behind a function.
    length: Option<u8>,
}

impl Choice {
    pub(super) const fn between(variants: &[VariantHint]) -> Self {
        let mut choice = Choice::EMPTY;
        if variants.len() > MOST_LISTED {
            choice.length = None;
        }
        let mut index = 0;
        while index < variants.len() && choice.length.is_some() {
            let one = Choice::of(&variants[index].hint);
            if !one.is_among(variants, index) {
                if index > 0 {
                    choice.push(" | ");
                }
                choice.push_hint(&variants[index].hint);
            }
            index += 1;
        }
        choice
    }

    /// The text, if it is known.
    pub(super) fn text(&self) -> Option<&str> {
        let bytes = self.bytes.get(..usize::from(self.length?))?;
        // SAFETY: so many bytes are texts, one after the other, each of which `push` took as a
        // whole.
        Some(unsafe { str::from_utf8_unchecked(bytes) })
    }

    const EMPTY: Self = Choice { bytes: [0; ROOM], length: Some(0) };

    const fn of(hint: &TypeHint) -> Self {
        let mut choice = Choice::EMPTY;
        choice.push_hint(hint);
        choice
    }

    /// Whether one of the first so many variants reads the same.
    const fn is_among(&self, variants: &[VariantHint], count: usize) -> bool {
        let mut index = 0;
        while index < count {
            if self.reads_as(&Choice::of(&variants[index].hint)) {
                return true;
            }
            index += 1;
        }
        false
    }

    const fn reads_as(&self, other: &Self) -> bool {
        let (Some(length), Some(of_other)) = (self.length, other.length) else { return false };
        if length != of_other {
            return false;
        }
        let mut index = 0;
        while index < length as usize {
            if self.bytes[index] != other.bytes[index] {
                return false;
            }
            index += 1;
        }
        true
    }

    /// As `TypeHint::write`, of hints whose text is known in a constant.
    const fn push_hint(&mut self, hint: &TypeHint) {
        let (name, items) = match hint.0 {
            Hint::Name(name) => (name, None),
            Hint::Generic(name, items) => (name, Some(items)),
            Hint::Union(items) => return self.push_hints(items, " | "),
            Hint::Derived(DerivedHint { inside: Inside::Alias(_), .. })
            | Hint::Length(..)
            | Hint::Text(_)
            | Hint::Int(_)
            | Hint::OneOf(_) => return self.length = None,
            Hint::Derived(DerivedHint { name, arguments: [], .. }) => (*name, None),
            Hint::Derived(DerivedHint { name, arguments, .. }) => (*name, Some(*arguments)),
        };
        self.push(name);
        if let Some(items) = items {
            self.push("[");
            self.push_hints(items, ", ");
            self.push(if items.is_empty() { "()]" } else { "]" });
        }
    }

    const fn push_hints(&mut self, items: &[TypeHint], separator: &str) {
        let mut index = 0;
        while index < items.len() && self.length.is_some() {
            if index > 0 {
                self.push(separator);
            }
            self.push_hint(&items[index]);
            index += 1;
        }
    }

    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let Some(length) = self.length else { return };
        let length = length as usize;
        if text.len() > ROOM - length {
            return self.length = None;
        }
        let mut index = 0;
        while index < text.len() {
            self.bytes[length + index] = text[index];
            index += 1;
        }
        self.length = Some((length + text.len()) as u8);
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}
