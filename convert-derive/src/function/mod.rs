//! `#[pyfunction]`: a function that Python calls.
//!
//! | file | what it does |
//! |---|---|
//! | `parameters.rs` | the function's own parameters, and which of them Python gives |
//! | `signature.rs` | `signature = (…)`: their kinds and defaults |
//! | `text.rs` | the signature as Python shows it |
//! | `expand.rs` | the code |

mod expand;
mod parameters;
mod signature;
mod text;

use crate::attr::{FunctionAttributes, documentation, is_ours};
use crate::valid::Mistakes;
use parameters::Parameters;
pub use parameters::is_python;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use signature::Signature;
use syn::ext::IdentExt;
use syn::{Attribute, Error, FnArg, Ident, Item, ItemFn, Safety};

/// A function, and all that was said about it.
pub struct Function<'input> {
    pub item: &'input ItemFn,
    pub attributes: FunctionAttributes,
    pub parameters: Parameters<'input>,
    pub signature: Signature,
    /// The path to the crate with the traits.
    pub core: TokenStream,
}

impl Function<'_> {
    /// The name on the Python side.
    pub fn name(&self) -> String {
        let name = self.attributes.name.as_ref().map(|word| word.value.value());
        name.unwrap_or_else(|| self.ident().unraw().to_string())
    }

    pub fn ident(&self) -> &Ident {
        &self.item.sig.ident
    }
}

pub fn expand(own: TokenStream, item: Item) -> TokenStream {
    let Item::Fn(mut item) = item else {
        let message =
            "a function that Python calls is a function: `fn name(argument: Type) -> Type`";
        let mistake = Error::new_spanned(&item, message).into_compile_error();
        return quote!(#mistake #item);
    };
    let mut mistakes = Mistakes::default();
    let attributes = FunctionAttributes::new(own, &item.attrs, &mut mistakes);
    check(&item, &mut mistakes);
    let parameters = Parameters::new(&item, &attributes, &mut mistakes);
    let signature = Signature::new(&attributes, &parameters, &mut mistakes);
    let core = attributes.core();
    let function = Function { item: &item, attributes, parameters, signature, core };
    let expanded = match mistakes.finish() {
        Ok(()) => expand::expand(&function),
        Err(mistakes) => {
            let mistakes = mistakes.into_compile_error();
            // In an `impl` nothing else may stand.
            let fallback = item.sig.receiver().is_none().then(|| expand::fallback(&function));
            quote!(#mistakes #fallback)
        }
    };
    strip(&mut item);
    quote!(#item #expanded)
}

/// Takes away the attributes that are ours.
fn strip(item: &mut ItemFn) {
    let foreign =
        |attributes: &mut Vec<Attribute>| attributes.retain(|attribute| !is_ours(attribute));
    foreign(&mut item.attrs);
    for input in &mut item.sig.inputs {
        match input {
            FnArg::Typed(input) => foreign(&mut input.attrs),
            FnArg::Receiver(input) => foreign(&mut input.attrs),
        }
    }
}

/// What no function that Python calls can be.
fn check(item: &ItemFn, mistakes: &mut Mistakes) {
    let signature = &item.sig;
    if let Some(keyword) = &signature.asyncness {
        mistakes.add(keyword, "an async function cannot be called from Python yet; block on the future inside of a plain function, in `py.detach`");
    }
    if let Safety::Unsafe(keyword) = &signature.safety {
        mistakes.add(
            keyword,
            "Python code cannot promise what an unsafe function asks for; make it safe",
        );
    }
    if let Some(variadic) = &signature.variadic {
        mistakes.add(variadic, "write `signature = (*args)` and an argument `args`");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, syn::GenericParam::Lifetime(_)) {
            mistakes.add(parameter, "Python calls one function; make a function for each type");
        }
    }
    if let Some(message) = documentation(&item.attrs).into_iter().find_map(|token| nul(&token)) {
        mistakes.push(message);
    }
}

/// The mistake of a text with a NUL in it, which CPython would cut off.
fn nul(token: &proc_macro2::TokenTree) -> Option<Error> {
    let text: syn::LitStr = syn::parse2(token.to_token_stream()).ok()?;
    let message = "a documentation text cannot contain a NUL";
    text.value().contains('\0').then(|| Error::new(token.span(), message))
}
