//! The words on a field.

use super::{Both, Place, Value, Word, each_word, put};
use crate::valid::Mistakes;
use quote::quote;
use syn::{Attribute, Expr, ExprPath, Ident, LitStr, Result, parse_quote};

#[derive(Default)]
pub struct FieldAttributes {
    pub rename: Option<Word<Both<LitStr>>>,
    pub alias: Vec<Word<LitStr>>,
    /// The key, or nothing for the field's name.
    pub item: Option<Word<Option<LitStr>>>,
    /// The attribute's name, or nothing for the field's name.
    pub attribute: Option<Word<Option<LitStr>>>,
    /// The expression, or nothing for the type's own default.
    pub default: Option<Word<Option<Expr>>>,
    pub skip: Option<Word<()>>,
    pub skip_none: Option<Word<()>>,
    pub flatten: Option<Word<()>>,
    pub strict: Option<Word<()>>,
    pub with: Option<Word<ExprPath>>,
    pub from_py_with: Option<Word<ExprPath>>,
    pub into_py_with: Option<Word<ExprPath>>,
}

pub const PLACE: Place = Place {
    name: "a field",
    words: &[
        ("rename", "`rename = \"name\"` or `rename(from_py = \"name\", into_py = \"name\")`"),
        ("alias", "`alias = \"name\"`"),
        ("item", "`item` or `item(\"key\")`"),
        ("attribute", "`attribute` or `attribute(\"name\")`"),
        ("default", "`default` or `default = expression`"),
        ("skip", "`skip`"),
        ("skip_none", "`skip_none`"),
        ("flatten", "`flatten`"),
        ("strict", "`strict`"),
        ("with", "`with = \"module\"`"),
        ("from_py_with", "`from_py_with = path`"),
        ("into_py_with", "`into_py_with = path`"),
    ],
};

impl FieldAttributes {
    pub fn new(attributes: &[Attribute], mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        each_word(attributes, &PLACE, mistakes, |ident, value| found.add(ident, value));
        found
    }

    fn add(&mut self, ident: Ident, value: Value) -> Result<()> {
        let word = ident.to_string();
        let expected = PLACE.example(&word);
        match word.as_str() {
            "rename" => put(&mut self.rename, ident.clone(), value.both(&ident, &expected)?),
            "alias" => {
                let value = value.string(&ident, &expected)?;
                self.alias.push(Word { ident, value });
                Ok(())
            }
            "item" => put(&mut self.item, ident.clone(), value.optional_name(&ident, &expected)?),
            "attribute" => {
                put(&mut self.attribute, ident.clone(), value.optional_name(&ident, &expected)?)
            }
            "default" => {
                put(&mut self.default, ident.clone(), value.optional_expression(&ident, &expected)?)
            }
            "with" => put(&mut self.with, ident.clone(), value.path(&ident, &expected)?),
            "from_py_with" => {
                put(&mut self.from_py_with, ident.clone(), value.path(&ident, &expected)?)
            }
            "into_py_with" => {
                put(&mut self.into_py_with, ident.clone(), value.path(&ident, &expected)?)
            }
            _ => {
                let slot = match word.as_str() {
                    "skip" => &mut self.skip,
                    "skip_none" => &mut self.skip_none,
                    "flatten" => &mut self.flatten,
                    "strict" => &mut self.strict,
                    _ => return Err(PLACE.unknown(&ident)),
                };
                value.nothing(&ident, &expected)?;
                put(slot, ident, ())
            }
        }
    }

    /// The identifiers of the words that say where a field of a dict or an object is.
    pub fn placing(&self) -> impl Iterator<Item = &Ident> {
        let rename = self.rename.iter().map(|word| &word.ident);
        let alias = self.alias.iter().map(|word| &word.ident);
        let access = self.item.iter().chain(&self.attribute).map(|word| &word.ident);
        rename.chain(alias).chain(access)
    }

    /// The identifiers of the words that say what becomes of a field.
    pub fn converting(&self) -> impl Iterator<Item = &Ident> {
        let flags = self.skip_none.iter().chain(&self.flatten).chain(&self.strict);
        let paths = self.with.iter().chain(&self.from_py_with).chain(&self.into_py_with);
        flags.map(|word| &word.ident).chain(paths.map(|word| &word.ident))
    }

    /// The names that were written out.
    pub fn names(&self) -> impl Iterator<Item = &LitStr> {
        let access = self.item.iter().chain(&self.attribute);
        let rename = self.rename.iter().flat_map(|word| word.value.iter());
        let alias = self.alias.iter().map(|word| &word.value);
        rename.chain(alias).chain(access.filter_map(|word| word.value.as_ref()))
    }

    /// The user's function that reads the field.
    pub fn reader(&self) -> Option<ExprPath> {
        function_of(&self.from_py_with, &self.with, "from_py")
    }

    /// The user's function that writes the field.
    pub fn writer(&self) -> Option<ExprPath> {
        function_of(&self.into_py_with, &self.with, "into_py")
    }
}

/// The function that was named, or that of a module that was.
pub fn function_of(
    own: &Option<Word<ExprPath>>,
    module: &Option<Word<ExprPath>>,
    name: &str,
) -> Option<ExprPath> {
    if let Some(own) = own {
        return Some(own.value.clone());
    }
    module.as_ref().map(|Word { value, .. }| {
        let span = value.path.segments.last().map_or(value_span(value), |last| last.ident.span());
        let name = Ident::new(name, span);
        let path = quote!(#value::#name);
        parse_quote!(#path)
    })
}

fn value_span(path: &ExprPath) -> proc_macro2::Span {
    syn::spanned::Spanned::span(path)
}
