//! What both expansions emit.

use crate::ast::{Container, Enum, Fields};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

/// The span for code that uses a field's type, so that a missing conversion is reported at the
/// field.
pub fn at(ty: &Type) -> Span {
    Span::mixed_site().located_at(ty.span())
}

/// Names and their aliases, as a reference to a static.
///
/// ```text
/// { static NAMES: Names<2> = Names::new("Page", "items\0note"); &NAMES }
/// ```
///
/// In a block of its own: the user's default expressions would otherwise see `NAMES`.
pub fn names(container: &Container, names: &[String], aliases: &[(usize, String)]) -> TokenStream {
    let (core, owner, count) = (&container.core, container.name(), names.len());
    let (names, span) = (names.join("\0"), Span::mixed_site());
    let made = if aliases.is_empty() {
        quote_spanned!(span=> new(#owner, #names))
    } else {
        let aliases = pairs(aliases);
        quote_spanned!(span=> with_aliases(#owner, #names, #aliases))
    };
    quote_spanned! {span=>
        {
            static NAMES: #core::__private::Names<#count> = #core::__private::Names::#made;
            &NAMES
        }
    }
}

fn pairs(aliases: &[(usize, String)]) -> TokenStream {
    let pairs =
        aliases.iter().map(|(index, alias)| quote_spanned!(Span::mixed_site()=> (#index, #alias)));
    quote_spanned!(Span::mixed_site()=> &[#(#pairs),*])
}

/// The names of fields, and further ones before and after.
pub fn field_names(
    container: &Container,
    before: &[String],
    fields: &Fields,
    after: &[String],
) -> TokenStream {
    let keyed = fields.keyed().map(|field| field.name.clone());
    let all: Vec<_> = before.iter().cloned().chain(keyed).chain(after.iter().cloned()).collect();
    let aliases = fields
        .keyed()
        .enumerate()
        .flat_map(|(index, field)| field.aliases().map(move |alias| (before.len() + index, alias)));
    names(container, &all, &aliases.collect::<Vec<_>>())
}

/// The names of variants.
pub fn variant_names(container: &Container, data: &Enum) -> TokenStream {
    let all: Vec<_> = data.known().map(|variant| variant.name.clone()).collect();
    names(container, &all, &variant_aliases(data))
}

fn variant_aliases(data: &Enum) -> Vec<(usize, String)> {
    let known = data.known().enumerate();
    known.flat_map(|(index, variant)| variant.aliases().map(move |alias| (index, alias))).collect()
}

/// The names of variants, and the errors for what is none of them.
///
/// ```text
/// { static TAGS: Tags<2> = Tags::new("Shape", "circle\0square", &[]); &TAGS }
/// ```
pub fn tags(container: &Container, data: &Enum) -> TokenStream {
    let (core, owner) = (&container.core, container.name());
    let names: Vec<_> = data.known().map(|variant| variant.name.clone()).collect();
    let (count, aliases) = (names.len(), pairs(&variant_aliases(data)));
    let names = names.join("\0");
    quote_spanned! {Span::mixed_site()=>
        {
            static TAGS: #core::__private::Tags<#count> =
                #core::__private::Tags::new(#owner, #names, #aliases);
            &TAGS
        }
    }
}

/// An identifier of the generated code.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Whether a type may be read from the very object without another look at how deep that is: what
/// holds a single value, by its name.
pub fn is_wrapper(ty: &Type) -> bool {
    const WRAPPERS: [&str; 10] =
        ["Option", "Box", "Rc", "Arc", "Cell", "RefCell", "Mutex", "RwLock", "Strict", "Cow"];
    match ty {
        Type::Group(ty) => is_wrapper(&ty.elem),
        Type::Paren(ty) => is_wrapper(&ty.elem),
        Type::Path(ty) => {
            let last = ty.path.segments.last();
            last.is_some_and(|last| WRAPPERS.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}

/// Whether all of these types say that they fix how deep a value nests.
///
/// ```text
/// <i64 as FromPyObject<'__object, 'py>>::SHALLOW && <String as FromPyObject<'__object, 'py>>::SHALLOW
/// ```
pub fn all_shallow<'ty>(
    types: impl IntoIterator<Item = &'ty Type>,
    implemented: &TokenStream,
) -> TokenStream {
    let mut distinct: Vec<(String, TokenStream)> = Vec::new();
    for ty in types {
        let text = ty.to_token_stream().to_string();
        if distinct.iter().all(|(earlier, _)| *earlier != text) {
            distinct.push((text, quote_spanned!(at(ty)=> <#ty as #implemented>::SHALLOW)));
        }
    }
    let each = distinct.iter().map(|(_, each)| each);
    match distinct.is_empty() {
        true => quote_spanned!(Span::mixed_site()=> true),
        false => quote_spanned!(Span::mixed_site()=> #(#each)&&*),
    }
}
