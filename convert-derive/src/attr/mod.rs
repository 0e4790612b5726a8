//! `#[py(…)]`: one parser for all macros. The derives share their words, so that a type may carry
//! those of either.

mod case;
mod container;
mod field;
mod function;
mod module;
mod value;
mod variant;

pub use case::Case;
pub use container::{ContainerAttributes, core_path};
pub use field::FieldAttributes;
pub use function::{ArgumentAttributes, FunctionAttributes, documentation};
pub use module::ModuleAttributes;
pub use value::{Both, Value};
pub use variant::VariantAttributes;

use crate::valid::Mistakes;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Ident, Meta, Result, Token};

/// A word of `#[py(…)]` and what it was given.
pub struct Word<T> {
    pub ident: Ident,
    pub value: T,
}

/// Where words are written, and the ones that are known there, each with an example of its use.
pub struct Place {
    pub name: &'static str,
    pub words: &'static [(&'static str, &'static str)],
}

/// The places of the derives.
const PLACES: [&Place; 3] = [&container::PLACE, &variant::PLACE, &field::PLACE];

impl Place {
    /// What to write for a word of this place.
    pub fn example(&self, word: &str) -> String {
        let found = self.words.iter().find(|(known, _)| *known == word);
        format!("write {}", found.map_or(word, |(_, example)| example))
    }

    fn list(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|(word, _)| format!("`{word}`")).collect();
        words.join(", ")
    }

    fn unknown(&self, ident: &Ident) -> Error {
        let word = ident.to_string();
        let of_derives = PLACES.iter().any(|place| place.name == self.name);
        let elsewhere = PLACES
            .iter()
            .find(|place| of_derives && place.words.iter().any(|(known, _)| *known == word));
        let message = match elsewhere {
            _ if of_derives && word == "untagged" => {
                "`untagged` is what an enum is without `tag`, `external` or `int`; remove it"
                    .to_owned()
            }
            Some(place) => {
                format!("`{word}` is not known on {}; write it on {}", self.name, place.name)
            }
            None => {
                let known = self.words.iter().map(|(known, _)| *known);
                let near = known.clone().map(|known| (distance(&word, known), known)).min();
                let near = near.filter(|(distance, _)| *distance <= 2).map(|(_, known)| known);
                // `deny_unknown_fields`, as others say.
                let start = known.filter(|known| word.starts_with(&format!("{known}_"))).max();
                let near = near.or(start);
                let near = near.map_or(String::new(), |known| format!("did you mean `{known}`? "));
                format!(
                    "unknown attribute `{word}`; {near}known on {} are {}",
                    self.name,
                    self.list()
                )
            }
        };
        Error::new(ident.span(), message)
    }
}

/// Parses the words of every `#[py(…)]`. After a mistake it goes on behind the next comma, so that
/// all of them are seen.
fn each_word(
    attributes: &[Attribute],
    place: &Place,
    mistakes: &mut Mistakes,
    mut add: impl FnMut(Ident, Value) -> Result<()>,
) {
    for attribute in attributes {
        if !is_ours(attribute) {
            continue;
        }
        let Meta::List(list) = &attribute.meta else {
            mistakes.add(&attribute.meta, "write the words in parentheses: `#[py(…)]`");
            continue;
        };
        words_of(list.tokens.clone(), place, mistakes, &mut add);
    }
}

/// Whether it is `#[py(…)]` or its alias.
pub fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().is_ident("py") || attribute.path().is_ident("pyo3")
}

/// Parses words. After a mistake it goes on behind the next comma.
fn words_of(
    tokens: TokenStream,
    place: &Place,
    mistakes: &mut Mistakes,
    mut add: impl FnMut(Ident, Value) -> Result<()>,
) {
    let words = |input: ParseStream| {
        while !input.is_empty() {
            if let Err(mistake) = word(input, place, &mut add) {
                mistakes.push(mistake);
                while !input.is_empty() && !input.peek(Token![,]) {
                    input.parse::<TokenTree>()?;
                }
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    };
    words.parse2(tokens).unwrap_or_else(|mistake| mistakes.push(mistake));
}

fn word(
    input: ParseStream,
    place: &Place,
    add: &mut impl FnMut(Ident, Value) -> Result<()>,
) -> Result<()> {
    // Any identifier: a keyword is a word like others.
    let ident = input.call(Ident::parse_any).map_err(|mistake| {
        let list = place.list();
        Error::new(mistake.span(), format!("expected a word; known on {} are {list}", place.name))
    })?;
    let value = Value::parse(&ident, input)?;
    if !input.is_empty() && !input.peek(Token![,]) {
        let known = place.words.iter().any(|(known, _)| ident == known);
        let example =
            if known { format!("; {}", place.example(&ident.to_string())) } else { String::new() };
        return Err(input.error(format!("expected `,`{example}")));
    }
    add(ident, value)
}

fn put<T>(slot: &mut Option<Word<T>>, ident: Ident, value: T) -> Result<()> {
    if slot.is_some() {
        return Err(Error::new(ident.span(), format!("`{ident}` is given twice; keep one")));
    }
    *slot = Some(Word { ident, value });
    Ok(())
}

/// How many letters must be added, removed or replaced (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, from) in left.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in right.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[row.len() - 1]
}
