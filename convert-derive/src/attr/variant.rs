//! The words on a variant of an enum.

use super::{Both, Case, Place, Value, Word, each_word, put};
use crate::valid::Mistakes;
use syn::{Attribute, Ident, LitStr, Result};

#[derive(Default)]
pub struct VariantAttributes {
    pub rename: Option<Word<Both<LitStr>>>,
    pub alias: Vec<Word<LitStr>>,
    pub rename_all: Option<Word<Both<Case>>>,
    pub other: Option<Word<()>>,
}

pub const PLACE: Place = Place {
    name: "a variant",
    words: &[
        ("rename", "`rename = \"name\"` or `rename(from_py = \"name\", into_py = \"name\")`"),
        ("alias", "`alias = \"name\"`"),
        (
            "rename_all",
            "`rename_all = \"camelCase\"`, or one for `from_py` or `into_py` in parentheses",
        ),
        ("other", "`other`"),
    ],
};

impl VariantAttributes {
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
            "rename_all" => {
                put(&mut self.rename_all, ident.clone(), value.cases(&ident, &expected)?)
            }
            "other" => {
                value.nothing(&ident, &expected)?;
                put(&mut self.other, ident, ())
            }
            _ => Err(PLACE.unknown(&ident)),
        }
    }

    /// The names that were written out.
    pub fn names(&self) -> impl Iterator<Item = &LitStr> {
        let rename = self.rename.iter().flat_map(|word| word.value.iter());
        rename.chain(self.alias.iter().map(|word| &word.value))
    }
}
