//! `signature = (a, /, b = 1, *args, c, d = None, **kwargs)`: the kinds of the parameters, and
//! their defaults.

use super::parameters::Parameters;
use crate::attr::FunctionAttributes;
use crate::valid::Mistakes;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Result, Token};

/// Where the value of a parameter is looked for; numbers are places in [`Signature::named`].
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Named(usize),
    /// `*args`
    Rest,
    /// `**kwargs`
    Keywords,
}

/// A parameter that goes by a name.
pub struct Named {
    pub ident: Ident,
    pub default: Option<Expr>,
}

#[derive(Default)]
pub struct Signature {
    /// Those that may be given by position, then those that may only be given by keyword.
    pub named: Vec<Named>,
    /// How many may be given by position.
    pub positional: usize,
    /// How many of these may not be given by keyword.
    pub positional_only: usize,
    pub rest: Option<Ident>,
    pub keywords: Option<Ident>,
}

impl Signature {
    /// The signature that was given, or that of a function of which all parameters must be given.
    pub fn new(
        attributes: &FunctionAttributes,
        parameters: &Parameters,
        mistakes: &mut Mistakes,
    ) -> Self {
        let Some(word) = &attributes.signature else {
            let named = parameters
                .of_call()
                .map(|parameter| Named { ident: parameter.ident.clone(), default: None });
            let named: Vec<_> = named.collect();
            return Signature { positional: named.len(), named, ..Signature::default() };
        };
        let parts = Punctuated::<Part, Token![,]>::parse_terminated;
        let parts = match parts.parse2(word.value.stream()) {
            Ok(parts) => parts,
            Err(mistake) => {
                mistakes.push(mistake);
                return Signature::default();
            }
        };
        let signature = Signature::of(parts, mistakes);
        signature.check(parameters, mistakes);
        signature
    }

    fn of(parts: Punctuated<Part, Token![,]>, mistakes: &mut Mistakes) -> Self {
        let mut signature = Signature::default();
        let mut keyword_only = Vec::new();
        // Whether a `*` was there, and a default before it.
        let (mut after_star, mut has_default) = (false, false);
        for part in parts {
            if let (Some(keywords), false) =
                (&signature.keywords, matches!(part, Part::Keywords(_)))
            {
                mistakes.add(keywords, "nothing can come after `**`; write it last");
            }
            match part {
                Part::Slash(slash) if after_star || signature.positional_only > 0 => {
                    mistakes.add(slash, "`/` comes once, before any `*`");
                }
                Part::Slash(slash) if signature.named.is_empty() => {
                    mistakes.add(
                        slash,
                        "`/` comes after the arguments that are given by position only",
                    );
                }
                Part::Slash(_) => signature.positional_only = signature.named.len(),
                Part::Star(star) if after_star => mistakes.add(star, "`*` comes only once"),
                Part::Star(_) => after_star = true,
                Part::Rest(ident) if after_star => mistakes.add(ident, "`*` comes only once"),
                Part::Rest(ident) => {
                    signature.rest = Some(ident);
                    after_star = true;
                }
                Part::Keywords(ident) if signature.keywords.is_some() => {
                    mistakes.add(ident, "`**` comes only once");
                }
                Part::Keywords(ident) => signature.keywords = Some(ident),
                Part::Named(named) if after_star => keyword_only.push(named),
                Part::Named(named) => {
                    if has_default && named.default.is_none() {
                        mistakes.add(&named.ident, "an argument before it has a default, so this one needs one; or write it after `*`");
                    }
                    has_default |= named.default.is_some();
                    signature.named.push(named);
                }
            }
        }
        signature.positional = signature.named.len();
        signature.named.extend(keyword_only);
        signature
    }

    fn check(&self, parameters: &Parameters, mistakes: &mut Mistakes) {
        let named: Vec<_> = self.idents().map(IdentExt::unraw).collect();
        for (index, ident) in self.idents().enumerate() {
            if named[..index].contains(&ident.unraw()) {
                mistakes.add(ident, format!("`{ident}` is there twice"));
            } else if !parameters
                .of_call()
                .any(|parameter| parameter.ident.unraw() == ident.unraw())
            {
                mistakes.add(ident, format!("the function has no argument `{ident}`"));
            }
        }
        for parameter in parameters.of_call() {
            if !named.contains(&parameter.ident.unraw()) {
                let message =
                    format!("`{}` is not in the signature; add it there", parameter.ident);
                mistakes.add(&parameter.ident, message);
            }
        }
    }

    fn idents(&self) -> impl Iterator<Item = &Ident> {
        self.named.iter().map(|named| &named.ident).chain(&self.rest).chain(&self.keywords)
    }

    /// Where the value of a parameter is; nowhere after a mistake.
    pub fn place_of(&self, ident: &Ident) -> Option<Place> {
        let is = |other: &Ident| other.unraw() == ident.unraw();
        let named = self.named.iter().position(|named| is(&named.ident)).map(Place::Named);
        named
            .or_else(|| self.rest.as_ref().is_some_and(is).then_some(Place::Rest))
            .or_else(|| self.keywords.as_ref().is_some_and(is).then_some(Place::Keywords))
    }
}

/// What stands between commas.
enum Part {
    Slash(Token![/]),
    Star(Token![*]),
    Rest(Ident),
    Keywords(Ident),
    Named(Named),
}

impl Parse for Part {
    fn parse(input: ParseStream) -> Result<Self> {
        if input.peek(Token![/]) {
            return input.parse().map(Part::Slash);
        }
        if input.peek(Token![*]) {
            let star = input.parse()?;
            if input.peek(Token![*]) {
                input.parse::<Token![*]>()?;
                return input.call(Ident::parse_any).map(Part::Keywords);
            }
            if input.is_empty() || input.peek(Token![,]) {
                return Ok(Part::Star(star));
            }
            return input.call(Ident::parse_any).map(Part::Rest);
        }
        let ident = input.call(Ident::parse_any)?;
        let default = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Part::Named(Named { ident, default }))
    }
}
