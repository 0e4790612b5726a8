//! The words on a module that Python imports.

use super::container::core_or_default;
use super::{Place, Value, Word, each_word, put, words_of};
use crate::valid::Mistakes;
use proc_macro2::TokenStream;
use syn::{Attribute, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Result};

#[derive(Default)]
pub struct ModuleAttributes {
    pub name: Option<Word<LitStr>>,
    pub submodule: Option<Word<()>>,
    pub gil_used: Option<Word<bool>>,
    core: Option<Word<ExprPath>>,
}

const PLACE: Place = Place {
    name: "a module",
    words: &[
        ("name", "`name = \"name\"`"),
        ("submodule", "`submodule`"),
        ("gil_used", "`gil_used = false`"),
        ("crate", "`crate = \"path\"`"),
    ],
};

impl ModuleAttributes {
    /// The words in `#[pymodule(…)]` and in each `#[py(…)]` below it.
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
            "submodule" => {
                value.nothing(&ident, &expected)?;
                put(&mut self.submodule, ident, ())
            }
            "gil_used" => match value {
                Value::Assigned(Expr::Lit(ExprLit { lit: Lit::Bool(is), .. })) => {
                    put(&mut self.gil_used, ident, is.value)
                }
                _ => Err(value.mistake(&ident, &expected)),
            },
            "crate" => put(&mut self.core, ident.clone(), value.path(&ident, &expected)?),
            _ => Err(PLACE.unknown(&ident)),
        }
    }

    /// The path to the crate with the traits.
    pub fn core(&self) -> TokenStream {
        core_or_default(&self.core)
    }
}
