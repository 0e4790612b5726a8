//! The parameters of a function as it is written: which ones Python gives, and of what type.

use crate::attr::{ArgumentAttributes, FunctionAttributes};
use crate::valid::Mistakes;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{FnArg, GenericArgument, Ident, ItemFn, Pat, PathArguments, PathSegment, Type};

pub struct Parameters<'input> {
    pub all: Vec<Parameter<'input>>,
}

pub struct Parameter<'input> {
    /// The name, where Python gives a value for it.
    pub ident: Ident,
    pub ty: &'input Type,
    pub attributes: ArgumentAttributes,
    pub source: Source,
}

/// Where the value comes from.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    /// The token that proves the thread is attached.
    Python,
    /// The module that the function is in.
    Module,
    /// The call.
    Call,
}

/// How a parameter holds a Python object that the caller keeps.
pub enum Held<'ty> {
    /// `&Bound<'_, T>`
    Bound(&'ty Type),
    /// `Option<&Bound<'_, T>>`
    OptionalBound(&'ty Type),
    /// By a value of its own.
    Value,
}

impl<'input> Parameters<'input> {
    pub fn new(
        item: &'input ItemFn,
        attributes: &FunctionAttributes,
        mistakes: &mut Mistakes,
    ) -> Self {
        let mut all: Vec<Parameter> = Vec::new();
        let mut wants_module = attributes.pass_module.is_some();
        for input in &item.sig.inputs {
            let input = match input {
                FnArg::Typed(input) => input,
                FnArg::Receiver(receiver) => {
                    mistakes.add(
                        receiver,
                        "a function that Python calls stands for itself, outside of an `impl`",
                    );
                    continue;
                }
            };
            if let Some(condition) =
                input.attrs.iter().find(|attribute| attribute.path().is_ident("cfg"))
            {
                mistakes.add(
                    condition,
                    "a macro cannot tell whether this holds; write two functions, each under a `#[cfg(…)]`",
                );
            }
            let attributes = ArgumentAttributes::new(&input.attrs, mistakes);
            let source = match &*input.ty {
                ty if is_python(ty) => Source::Python,
                _ if std::mem::take(&mut wants_module) => Source::Module,
                _ => Source::Call,
            };
            if let Type::ImplTrait(ty) = &*input.ty {
                mistakes.add(ty, "Python gives a value of one type; name that type");
            }
            let ident = match &*input.pat {
                Pat::Ident(pattern) if pattern.subpat.is_none() => pattern.ident.clone(),
                pattern if source == Source::Call => {
                    mistakes.add(pattern, "an argument needs a name, by which Python can give it");
                    continue;
                }
                _ => Ident::new("_unnamed", proc_macro2::Span::mixed_site()),
            };
            all.push(Parameter { ident, ty: &input.ty, attributes, source });
        }
        if let (true, Some(word)) = (wants_module, &attributes.pass_module) {
            mistakes.add(
                &word.ident,
                "the first argument is the module: write `module: &Bound<'_, PyModule>`",
            );
        }
        Parameters { all }
    }

    /// Those that Python gives.
    pub fn of_call(&self) -> impl Iterator<Item = &Parameter<'input>> {
        self.all.iter().filter(|parameter| parameter.source == Source::Call)
    }
}

impl Parameter<'_> {
    /// The name on the Python side.
    pub fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Whether its type is an `Option`, as it is written.
    pub fn is_option(&self) -> bool {
        option_of(self.ty).is_some()
    }

    pub fn held(&self) -> Held<'_> {
        if let Some(ty) = bound_of(self.ty) {
            Held::Bound(ty)
        } else if let Some(ty) = option_of(self.ty).and_then(bound_of) {
            Held::OptionalBound(ty)
        } else {
            Held::Value
        }
    }
}

/// The type, where lifetimes that the function declares are not known: `&'_ str` for `&'a str`.
pub fn elided(ty: &Type) -> TokenStream {
    fn elide(tokens: TokenStream) -> TokenStream {
        let mut after_quote = false;
        let elide = |token| {
            let is_lifetime = std::mem::take(&mut after_quote);
            match token {
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), elide(group.stream()));
                    inner.set_span(group.span());
                    inner.into()
                }
                TokenTree::Ident(name) if is_lifetime && name != "static" => {
                    Ident::new("_", name.span()).into()
                }
                TokenTree::Punct(punct) => {
                    after_quote = punct.as_char() == '\'';
                    punct.into()
                }
                other => other,
            }
        };
        tokens.into_iter().map(elide).collect()
    }
    elide(ty.to_token_stream())
}

/// The last part of a type's path.
fn last(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(ty) => ty.path.segments.last(),
        Type::Group(ty) => last(&ty.elem),
        Type::Paren(ty) => last(&ty.elem),
        _ => None,
    }
}

pub fn is_python(ty: &Type) -> bool {
    last(ty).is_some_and(|last| last.ident == "Python")
}

/// The type in angle brackets of the type called `name`.
fn argument_of<'ty>(ty: &'ty Type, name: &str) -> Option<&'ty Type> {
    let last = last(ty).filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// `T` of `Option<T>`.
pub fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// `T` of `&Bound<'_, T>`.
fn bound_of(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Reference(ty) => argument_of(&ty.elem, "Bound"),
        Type::Group(ty) => bound_of(&ty.elem),
        Type::Paren(ty) => bound_of(&ty.elem),
        _ => None,
    }
}
