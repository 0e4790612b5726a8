//! The words on a function that Python calls, and on its arguments.

use super::{Place, Value, Word, each_word, put, words_of};
use crate::valid::Mistakes;
use proc_macro2::{Group, TokenStream};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, ExprPath, Ident, LitStr, Result, Token, parse_quote};

use super::container::core_or_default;
use super::field::function_of;

#[derive(Default)]
pub struct FunctionAttributes {
    pub name: Option<Word<LitStr>>,
    /// What stands in the parentheses.
    pub signature: Option<Word<Group>>,
    /// The text, or nothing for none at all.
    pub text_signature: Option<Word<Option<LitStr>>>,
    pub pass_module: Option<Word<()>>,
    pub warn: Vec<Word<Warning>>,
    core: Option<Word<ExprPath>>,
}

/// A warning at each call: its text, and its class if that is not `UserWarning`.
pub struct Warning {
    pub message: LitStr,
    pub category: Option<ExprPath>,
}

const PLACE: Place = Place {
    name: "a function",
    words: &[
        ("name", "`name = \"name\"`"),
        ("signature", "`signature = (a, /, b = 1, *args, c, d = None, **kwargs)`"),
        ("text_signature", "`text_signature = \"(a, b)\"` or `text_signature = None`"),
        ("pass_module", "`pass_module`"),
        ("warn", "`warn(message = \"text\")` or `warn(message = \"text\", category = path)`"),
        ("crate", "`crate = \"path\"`"),
    ],
};

impl FunctionAttributes {
    /// The words in `#[pyfunction(…)]` and in each `#[py(…)]` below it.
    pub fn new(own: TokenStream, attributes: &[Attribute], mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        words_of(own, &PLACE, mistakes, |ident, value| found.add(ident, value));
        each_word(attributes, &PLACE, mistakes, |ident, value| found.add(ident, value));
        found
    }

    fn add(&mut self, ident: Ident, value: Value) -> Result<()> {
        let word = ident.to_string();
        let expected = PLACE.example(&word);
        match word.as_str() {
            "name" => put(&mut self.name, ident.clone(), value.string(&ident, &expected)?),
            "signature" => put(&mut self.signature, ident.clone(), value.group(&ident, &expected)?),
            "text_signature" => {
                let text = value.string_or_none(&ident, &expected)?;
                put(&mut self.text_signature, ident, text)
            }
            "pass_module" => {
                value.nothing(&ident, &expected)?;
                put(&mut self.pass_module, ident, ())
            }
            "warn" => {
                let group = value.group(&ident, &expected)?;
                let value = warning.parse2(group.stream());
                let value = value.map_err(|_| Error::new_spanned(&group, &expected))?;
                self.warn.push(Word { ident, value });
                Ok(())
            }
            "crate" => put(&mut self.core, ident.clone(), value.path(&ident, &expected)?),
            _ => Err(PLACE.unknown(&ident)),
        }
    }

    /// The path to the crate with the traits.
    pub fn core(&self) -> TokenStream {
        core_or_default(&self.core)
    }
}

fn warning(input: ParseStream) -> Result<Warning> {
    let (mut message, mut category) = (None, None);
    while !input.is_empty() {
        let word: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        match word.to_string().as_str() {
            "message" => message = Some(input.parse()?),
            "category" => category = Some(input.parse()?),
            _ => return Err(input.error("")),
        }
        input.parse::<Option<Token![,]>>()?;
    }
    let message = message.ok_or_else(|| input.error(""))?;
    Ok(Warning { message, category })
}

#[derive(Default)]
pub struct ArgumentAttributes {
    pub strict: Option<Word<()>>,
    with: Option<Word<ExprPath>>,
    from_py_with: Option<Word<ExprPath>>,
}

const ARGUMENT: Place = Place {
    name: "an argument",
    words: &[
        ("strict", "`strict`"),
        ("with", "`with = \"module\"`"),
        ("from_py_with", "`from_py_with = path`"),
    ],
};

impl ArgumentAttributes {
    pub fn new(attributes: &[Attribute], mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        each_word(attributes, &ARGUMENT, mistakes, |ident, value| found.add(ident, value));
        if let (Some(strict), Some(_)) = (&found.strict, found.reader()) {
            mistakes.add(
                &strict.ident,
                "a function that reads the argument decides what it takes; remove `strict`",
            );
        }
        found
    }

    fn add(&mut self, ident: Ident, value: Value) -> Result<()> {
        let word = ident.to_string();
        let expected = ARGUMENT.example(&word);
        match word.as_str() {
            "strict" => {
                value.nothing(&ident, &expected)?;
                put(&mut self.strict, ident, ())
            }
            "with" => put(&mut self.with, ident.clone(), value.path(&ident, &expected)?),
            "from_py_with" => {
                put(&mut self.from_py_with, ident.clone(), value.path(&ident, &expected)?)
            }
            _ => Err(ARGUMENT.unknown(&ident)),
        }
    }

    /// The user's function that reads the argument.
    pub fn reader(&self) -> Option<ExprPath> {
        function_of(&self.from_py_with, &self.with, "from_py")
    }
}

/// The lines of a documentation comment: one expression that is a text at compile time.
pub fn documentation(attributes: &[Attribute]) -> TokenStream {
    let span = proc_macro2::Span::mixed_site();
    let mut parts = TokenStream::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let syn::Meta::NameValue(doc) = &attribute.meta else { continue };
        let line = match &doc.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) => {
                let text = line.value();
                let text = text.strip_prefix(' ').unwrap_or(&text).to_owned();
                let literal = LitStr::new(&text, line.span());
                parse_quote!(#literal)
            }
            other => other.clone(),
        };
        if !parts.is_empty() {
            parts.extend(quote_spanned!(span=> "\n",));
        }
        parts.extend(quote_spanned!(span=> #line,));
    }
    parts
}
