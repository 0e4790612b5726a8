//! The words on a struct or an enum.

use super::{Both, Case, Place, Value, Word, each_word, put};
use crate::valid::Mistakes;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, ExprPath, Ident, LitStr, Result, Type, WherePredicate};

#[derive(Default)]
pub struct ContainerAttributes {
    pub rename: Option<Word<Both<LitStr>>>,
    pub rename_all: Option<Word<Both<Case>>>,
    pub rename_all_fields: Option<Word<Both<Case>>>,
    pub bound: Option<Word<Both<Vec<WherePredicate>>>>,
    pub core: Option<Word<ExprPath>>,
    pub from: Option<Word<Type>>,
    pub try_from: Option<Word<Type>>,
    pub into: Option<Word<Type>>,
    pub transparent: Option<Word<()>>,
    pub tuple: Option<Word<()>>,
    pub items: Option<Word<()>>,
    pub attributes: Option<Word<()>>,
    pub deny_unknown: Option<Word<()>>,
    pub default: Option<Word<()>>,
    pub strict: Option<Word<()>>,
    pub tag: Option<Word<LitStr>>,
    pub content: Option<Word<LitStr>>,
    pub external: Option<Word<()>>,
    pub int: Option<Word<()>>,
}

pub const PLACE: Place = Place {
    name: "a struct or an enum",
    words: &[
        ("rename", "`rename = \"Name\"` or `rename(from_py = \"Name\", into_py = \"Name\")`"),
        (
            "rename_all",
            "`rename_all = \"camelCase\"`, or one for `from_py` or `into_py` in parentheses",
        ),
        (
            "rename_all_fields",
            "`rename_all_fields = \"camelCase\"`, or one for `from_py` or `into_py` in parentheses",
        ),
        ("bound", "`bound = \"T: Trait\"`, or one for `from_py` or `into_py` in parentheses"),
        ("crate", "`crate = \"path\"`"),
        ("from", "`from = \"Type\"`"),
        ("try_from", "`try_from = \"Type\"`"),
        ("into", "`into = \"Type\"`"),
        ("transparent", "`transparent`"),
        ("tuple", "`tuple`"),
        ("items", "`items`"),
        ("attributes", "`attributes`"),
        ("deny_unknown", "`deny_unknown`"),
        ("default", "`default`"),
        ("strict", "`strict`"),
        ("tag", "`tag = \"key\"`"),
        ("content", "`content = \"key\"`"),
        ("external", "`external`"),
        ("int", "`int`"),
    ],
};

impl ContainerAttributes {
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
            "rename_all" => {
                put(&mut self.rename_all, ident.clone(), value.cases(&ident, &expected)?)
            }
            "rename_all_fields" => {
                put(&mut self.rename_all_fields, ident.clone(), value.cases(&ident, &expected)?)
            }
            "bound" => put(&mut self.bound, ident.clone(), value.bounds(&ident, &expected)?),
            "crate" => put(&mut self.core, ident.clone(), value.path(&ident, &expected)?),
            "from" => put(&mut self.from, ident.clone(), value.ty(&ident, &expected)?),
            "try_from" => put(&mut self.try_from, ident.clone(), value.ty(&ident, &expected)?),
            "into" => put(&mut self.into, ident.clone(), value.ty(&ident, &expected)?),
            "tag" => put(&mut self.tag, ident.clone(), value.string(&ident, &expected)?),
            "content" => put(&mut self.content, ident.clone(), value.string(&ident, &expected)?),
            _ => {
                let slot = match word.as_str() {
                    "transparent" => &mut self.transparent,
                    "tuple" => &mut self.tuple,
                    "items" => &mut self.items,
                    "attributes" => &mut self.attributes,
                    "deny_unknown" => &mut self.deny_unknown,
                    "default" => &mut self.default,
                    "strict" => &mut self.strict,
                    "external" => &mut self.external,
                    "int" => &mut self.int,
                    _ => return Err(PLACE.unknown(&ident)),
                };
                value.nothing(&ident, &expected)?;
                put(slot, ident, ())
            }
        }
    }

    /// The path to the crate with the traits.
    pub fn core(&self) -> TokenStream {
        core_or_default(&self.core)
    }
}

/// The path that was given, or that of the crate itself.
pub fn core_or_default(path: &Option<Word<ExprPath>>) -> TokenStream {
    match path {
        Some(path) => path.value.to_token_stream(),
        None => quote_spanned!(Span::mixed_site()=> ::convert_core),
    }
}

/// The path to the crate with the traits, whatever else is wrong.
pub fn core_path(attributes: &[Attribute]) -> TokenStream {
    ContainerAttributes::new(attributes, &mut Mistakes::default()).core()
}
