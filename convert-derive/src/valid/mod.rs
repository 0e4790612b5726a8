//! Every mistake, collected and reported at once, each where it was written and with what to write
//! instead.

mod borrows;
mod container;
mod fields;
mod names;

use crate::ast::{Container, Data};
use quote::ToTokens;
use std::fmt::Display;
use syn::Error;

/// The mistakes found so far.
#[derive(Default)]
pub struct Mistakes(Option<Error>);

impl Mistakes {
    pub fn add(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    pub fn push(&mut self, mistake: Error) {
        match &mut self.0 {
            Some(found) => found.combine(mistake),
            None => self.0 = Some(mistake),
        }
    }

    pub fn finish(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

pub fn check(container: &Container, mistakes: &mut Mistakes) {
    container::check(container, mistakes);
    match &container.data {
        Data::Struct(struct_fields) => fields::check(struct_fields, container, mistakes),
        Data::Enum(data) => {
            for variant in &data.variants {
                fields::check(&variant.fields, container, mistakes);
            }
        }
    }
    names::check(container, mistakes);
    borrows::check(container, mistakes);
}
