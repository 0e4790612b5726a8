//! What a word is given, in its several forms.

use super::Case;
use super::case::CASES;
use crate::ast::Derive;
use proc_macro2::Group;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Error, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Result, Token, Type, WherePredicate, token,
};

/// What follows a word.
pub enum Value {
    Nothing,
    /// `= expression`
    Assigned(Expr),
    /// `(…)`
    Listed(Group),
}

/// One for each direction.
pub struct Both<T> {
    pub from_py: Option<T>,
    pub into_py: Option<T>,
    /// Whether it was written once.
    is_one: bool,
}

impl<T> Both<T> {
    pub fn get(&self, derive: Derive) -> Option<&T> {
        match derive {
            Derive::FromPyObject => self.from_py.as_ref(),
            Derive::IntoPy => self.into_py.as_ref(),
        }
    }

    /// What was written.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.from_py.iter().chain(self.into_py.iter().filter(|_| !self.is_one))
    }

    fn map<U>(self, mut make: impl FnMut(T) -> Result<U>) -> Result<Both<U>> {
        let from_py = self.from_py.map(&mut make).transpose()?;
        Ok(Both { from_py, into_py: self.into_py.map(make).transpose()?, is_one: self.is_one })
    }
}

impl Value {
    /// What follows the word `ident`.
    pub fn parse(ident: &Ident, input: ParseStream) -> Result<Self> {
        // What a signature is given is no expression.
        if ident == "signature" && input.peek(Token![=]) && input.peek2(token::Paren) {
            input.parse::<Token![=]>()?;
        }
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

    /// Nothing at all.
    pub fn nothing(self, ident: &Ident, expected: &str) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            _ => Err(self.mistake(ident, expected)),
        }
    }

    /// Nothing, or an expression.
    pub fn optional_expression(self, ident: &Ident, expected: &str) -> Result<Option<Expr>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Assigned(value) => Ok(Some(value)),
            Self::Listed(_) => Err(self.mistake(ident, expected)),
        }
    }

    /// A string.
    pub fn string(self, ident: &Ident, expected: &str) -> Result<LitStr> {
        match &self {
            Self::Assigned(value) => {
                literal(value).ok_or_else(|| Error::new_spanned(value, not_a_string(expected)))
            }
            _ => Err(self.mistake(ident, expected)),
        }
    }

    /// Nothing, or one string in parentheses.
    pub fn optional_name(self, ident: &Ident, expected: &str) -> Result<Option<LitStr>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Listed(ref group) => match syn::parse2(group.stream()) {
                Ok(name) => Ok(Some(name)),
                Err(_) => Err(self.mistake(ident, expected)),
            },
            Self::Assigned(_) => Err(self.mistake(ident, expected)),
        }
    }

    /// A string, or the word `None`.
    pub fn string_or_none(self, ident: &Ident, expected: &str) -> Result<Option<LitStr>> {
        match &self {
            Self::Assigned(Expr::Path(path)) if path.path.is_ident("None") => Ok(None),
            _ => self.string(ident, expected).map(Some),
        }
    }

    /// What stands in parentheses.
    pub fn group(self, ident: &Ident, expected: &str) -> Result<Group> {
        match self {
            Self::Listed(group) => Ok(group),
            _ => Err(self.mistake(ident, expected)),
        }
    }

    /// A string for both directions, or in parentheses one for either.
    pub fn both(self, ident: &Ident, expected: &str) -> Result<Both<LitStr>> {
        let Self::Listed(group) = &self else {
            let string = self.string(ident, expected)?;
            return Ok(Both { from_py: Some(string.clone()), into_py: Some(string), is_one: true });
        };
        let directions = |input: ParseStream| {
            let mut both = Both { from_py: None, into_py: None, is_one: false };
            while !input.is_empty() {
                let direction: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                let slot = match direction.to_string().as_str() {
                    "from_py" => &mut both.from_py,
                    "into_py" => &mut both.into_py,
                    _ => return Err(input.error("")),
                };
                *slot = Some(input.parse()?);
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(both)
        };
        let both = syn::parse::Parser::parse2(directions, group.stream());
        let both = both.ok().filter(|both| both.iter().next().is_some());
        both.ok_or_else(|| self.mistake(ident, expected))
    }

    /// The name of a case, for either direction or for both.
    pub fn cases(self, ident: &Ident, expected: &str) -> Result<Both<Case>> {
        self.both(ident, expected)?.map(|name| {
            Case::of(&name.value()).ok_or_else(|| {
                let known: Vec<_> = CASES.iter().map(|(case, _)| format!("`{case}`")).collect();
                let message = format!("no known case; write one of {}", known.join(", "));
                Error::new(name.span(), message)
            })
        })
    }

    /// Bounds, for either direction or for both.
    pub fn bounds(self, ident: &Ident, expected: &str) -> Result<Both<Vec<WherePredicate>>> {
        self.both(ident, expected)?.map(|text| {
            let parse = Punctuated::<WherePredicate, Token![,]>::parse_terminated;
            let bounds = text.parse_with(parse);
            let bounds = bounds.map_err(|mistake| explained(&text, &mistake, expected))?;
            Ok(bounds.into_iter().collect())
        })
    }

    /// A type in a string.
    pub fn ty(self, ident: &Ident, expected: &str) -> Result<Type> {
        parse(&self.string(ident, expected)?, expected)
    }

    /// A path, in a string or not.
    pub fn path(self, ident: &Ident, expected: &str) -> Result<ExprPath> {
        match &self {
            Self::Assigned(Expr::Path(path)) => Ok(path.clone()),
            Self::Assigned(value) => match literal(value) {
                Some(text) => parse(&text, expected),
                None => Err(self.mistake(ident, expected)),
            },
            _ => Err(self.mistake(ident, expected)),
        }
    }

    /// What to write instead.
    pub fn mistake(&self, ident: &Ident, expected: &str) -> Error {
        match self {
            Self::Nothing => Error::new(ident.span(), expected),
            Self::Assigned(value) => Error::new_spanned(value, expected),
            Self::Listed(group) => Error::new_spanned(group, expected),
        }
    }
}

/// What stands in a string, at the string's place.
fn parse<T: Parse>(text: &LitStr, expected: &str) -> Result<T> {
    text.parse().map_err(|mistake| explained(text, &mistake, expected))
}

fn explained(text: &LitStr, mistake: &Error, expected: &str) -> Error {
    Error::new(text.span(), format!("{mistake}; {expected}"))
}

fn literal(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(string), .. }) => Some(string.clone()),
        // What a `macro_rules` variable was replaced with.
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

fn not_a_string(expected: &str) -> String {
    format!("expected a string literal; {expected}")
}
