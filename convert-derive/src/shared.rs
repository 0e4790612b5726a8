//! What both expansions emit.

use crate::ast::{Container, Derive, Shape};
use crate::generics::mentions;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::Type;
use syn::spanned::Spanned;

/// The span for code that uses a field's type, so that a missing conversion is reported at the
/// field.
pub fn at(ty: &Type) -> Span {
    Span::mixed_site().located_at(ty.span())
}

/// The names of the fields, as a reference to a static.
///
/// ```text
/// { static NAMES: Names<2> = Names::new(["items", "note"]); &NAMES }
/// ```
///
/// In a block of its own: the user's default expressions would otherwise see `NAMES`.
pub fn names(container: &Container, derive: Derive) -> TokenStream {
    let names = container.fields.iter().map(|field| field.python_name(derive));
    let count = container.fields.len();
    quote_spanned! {Span::mixed_site()=>
        {
            static NAMES: ::convert_core::__private::Names<#count> =
                ::convert_core::__private::Names::new([#(#names),*]);
            &NAMES
        }
    }
}

/// The type hint of the struct: the inner type's for a newtype, else its name and the hints of its
/// type arguments.
///
/// ```text
/// TypeHint::derived("Page", &[<T as FromPyObject<'__object, 'py>>::EXPECTED])
/// ```
///
/// A newtype that contains itself, as in `struct Nested(Vec<Nested>)`, has a name too: its inner
/// hint would be its own (E0391).
pub fn hint<'ty>(
    container: &Container,
    types: impl IntoIterator<Item = &'ty Type>,
    arguments: impl IntoIterator<Item = &'ty Type>,
    implemented: &TokenStream,
    constant: &str,
) -> TokenStream {
    let of = |ty: &Type| {
        let constant = Ident::new(constant, at(ty));
        quote_spanned!(at(ty)=> <#ty as #implemented>::#constant)
    };
    let contains_itself =
        |ty: &Type| mentions(ty, &|ident| *ident == container.ident || ident == "Self");
    let inner = types
        .into_iter()
        .next()
        .filter(|ty| container.shape == Shape::Newtype && !contains_itself(ty));
    if let Some(inner) = inner {
        return of(inner);
    }
    let name = container.name();
    let arguments = arguments.into_iter().map(of);
    quote_spanned!(Span::mixed_site()=> ::convert_core::TypeHint::derived(#name, &[#(#arguments),*]))
}
