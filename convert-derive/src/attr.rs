//! `#[py(…)]`: one parser for both derives, so that a field may carry the words of either.

use crate::valid::Mistakes;
use proc_macro2::{Group, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result, Token, token};

/// A word of `#[py(…)]` and what it was given.
pub struct Word<T> {
    pub ident: Ident,
    pub value: T,
}

/// The words on one field.
#[derive(Default)]
pub struct FieldAttributes {
    pub rename: Option<Word<LitStr>>,
    /// The expression, or nothing for the type's own default.
    pub default: Option<Word<Option<Expr>>>,
    /// The key, or nothing for the field's name.
    pub item: Option<Word<Option<LitStr>>>,
    /// The attribute's name, or nothing for the field's name.
    pub attribute: Option<Word<Option<LitStr>>>,
}

const KNOWN: [&str; 4] = ["rename", "default", "item", "attribute"];
const KNOWN_LIST: &str = "`rename = \"…\"`, `default`, `default = …`, `item`, `item(\"…\")`, \
                          `attribute`, `attribute(\"…\")`";

impl FieldAttributes {
    pub fn new(attributes: &[Attribute], mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        each_word(attributes, mistakes, |ident, value| found.add(ident, value));
        found
    }

    /// The identifiers of the words that are there.
    pub fn words(&self) -> impl Iterator<Item = &Ident> {
        let rename = self.rename.iter().map(|word| &word.ident);
        let default = self.default.iter().map(|word| &word.ident);
        let access = self.item.iter().chain(&self.attribute).map(|word| &word.ident);
        rename.chain(default).chain(access)
    }

    /// The names that were written out.
    pub fn names(&self) -> impl Iterator<Item = &LitStr> {
        let access = self.item.iter().chain(&self.attribute);
        let rename = self.rename.iter().map(|word| &word.value);
        rename.chain(access.filter_map(|word| word.value.as_ref()))
    }

    fn add(&mut self, ident: Ident, value: Value) -> Result<()> {
        match ident.to_string().as_str() {
            "rename" => {
                let name = match value {
                    Value::Assigned(value) => string(&value)?,
                    other => return Err(other.mistake(&ident, "write `rename = \"name\"`")),
                };
                put(&mut self.rename, ident, name)
            }
            "default" => {
                let expression = match value {
                    Value::Nothing => None,
                    Value::Assigned(value) => Some(value),
                    Value::Listed(_) => {
                        return Err(
                            value.mistake(&ident, "write `default` or `default = expression`")
                        );
                    }
                };
                put(&mut self.default, ident, expression)
            }
            "item" => {
                let name = value.optional_name(&ident, "write `item` or `item(\"key\")`")?;
                put(&mut self.item, ident, name)
            }
            "attribute" => {
                let name =
                    value.optional_name(&ident, "write `attribute` or `attribute(\"name\")`")?;
                put(&mut self.attribute, ident, name)
            }
            unknown => Err(Error::new(ident.span(), unknown_word(unknown))),
        }
    }
}

/// No word is known on the struct itself: each one is a mistake.
pub fn check_container(attributes: &[Attribute], mistakes: &mut Mistakes) {
    each_word(attributes, mistakes, |ident, _| {
        let hint = if KNOWN.contains(&ident.to_string().as_str()) {
            "write it on a field"
        } else {
            "remove it"
        };
        Err(Error::new(
            ident.span(),
            format!("`{ident}` is not known here: a struct itself has no attributes yet; {hint}"),
        ))
    });
}

/// What follows a word.
enum Value {
    Nothing,
    /// `= expression`
    Assigned(Expr),
    /// `(…)`
    Listed(Group),
}

impl Value {
    fn parse(input: ParseStream) -> Result<Self> {
        if input.peek(Token![=]) {
            let equals = input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                return Err(Error::new(equals.span(), "a value is missing after `=`"));
            }
            input.parse().map(Self::Assigned)
        } else if input.peek(token::Paren) {
            input.parse().map(Self::Listed)
        } else {
            Ok(Self::Nothing)
        }
    }

    /// Nothing, or one string in parentheses.
    fn optional_name(self, ident: &Ident, expected: &str) -> Result<Option<LitStr>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Listed(ref group) => match syn::parse2(group.stream()) {
                Ok(name) => Ok(Some(name)),
                Err(_) => Err(self.mistake(ident, expected)),
            },
            Self::Assigned(_) => Err(self.mistake(ident, expected)),
        }
    }

    fn mistake(&self, ident: &Ident, expected: &str) -> Error {
        match self {
            Self::Nothing => Error::new(ident.span(), expected),
            Self::Assigned(value) => Error::new_spanned(value, expected),
            Self::Listed(group) => Error::new_spanned(group, expected),
        }
    }
}

/// Parses the words of every `#[py(…)]`. After a mistake it goes on behind the next comma, so that
/// all of them are seen.
fn each_word(
    attributes: &[Attribute],
    mistakes: &mut Mistakes,
    mut add: impl FnMut(Ident, Value) -> Result<()>,
) {
    for attribute in attributes {
        let path = attribute.path();
        if !path.is_ident("py") && !path.is_ident("pyo3") {
            continue;
        }
        let Meta::List(list) = &attribute.meta else {
            mistakes.add(&attribute.meta, "write the words in parentheses: `#[py(…)]`");
            continue;
        };
        let words = |input: ParseStream| {
            while !input.is_empty() {
                if let Err(mistake) = word(input, &mut add) {
                    mistakes.push(mistake);
                    while !input.is_empty() && !input.peek(Token![,]) {
                        input.parse::<TokenTree>()?;
                    }
                }
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(())
        };
        list.parse_args_with(words).unwrap_or_else(|mistake| mistakes.push(mistake));
    }
}

fn word(input: ParseStream, add: &mut impl FnMut(Ident, Value) -> Result<()>) -> Result<()> {
    // Any identifier: a keyword is an unknown word like others.
    let ident = input.call(Ident::parse_any).map_err(|mistake| {
        Error::new(mistake.span(), format!("expected a word; known are {KNOWN_LIST}"))
    })?;
    let value = Value::parse(input)?;
    if !input.is_empty() && !input.peek(Token![,]) {
        let example = match ident.to_string().as_str() {
            word @ ("item" | "attribute") => format!("; write `{word}(\"name\")`"),
            word @ ("rename" | "default") => format!("; write `{word} = …`"),
            _ => String::new(),
        };
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

fn string(value: &Expr) -> Result<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(string), .. }) => Ok(string.clone()),
        // What a `macro_rules` variable was replaced with.
        Expr::Group(group) => string(&group.expr),
        other => {
            Err(Error::new(other.span(), "expected a string literal; write `rename = \"name\"`"))
        }
    }
}

fn unknown_word(word: &str) -> String {
    let nearest = KNOWN.into_iter().map(|known| (distance(word, known), known)).min();
    match nearest {
        Some((1 | 2, known)) => {
            format!("unknown attribute `{word}`; did you mean `{known}`? Known are {KNOWN_LIST}")
        }
        _ => format!("unknown attribute `{word}`; known are {KNOWN_LIST}"),
    }
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
