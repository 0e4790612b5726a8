//! The code of `#[pyfunction]`.

use super::parameters::{Held, Parameter, Source, elided, option_of};
use super::signature::Place;
use super::{Function, text};
use crate::attr::documentation;
use crate::shared;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Meta};

// mod area {
//     pub struct Function;
//     pub static DEFINITION: FunctionDef =
//         FunctionDef::new::<Function>(text("area\0"), text(concat!("area(width)\n--\n\n", "The area.", "\0")));
//     pub fn __add_to(module: &Bound<'_, PyModule>) -> PyResult<()> { DEFINITION.add_to(module) }
// }
//
// impl NativeFunction for area::Function {
//     fn call<'a, 'py>(module: …, arguments: Arguments<'a, 'py>) -> PyResult<Py<PyAny>> {
//         …
//     }
// }
pub fn expand(function: &Function) -> TokenStream {
    impls(function, &doc(function), &body(function))
}

/// After a mistake: all that others may name.
pub fn fallback(function: &Function) -> TokenStream {
    let span = Span::mixed_site();
    let body = quote_spanned!(span=> let _ = (module, arguments); ::core::unreachable!());
    impls(function, &quote_spanned!(span=> "\0"), &body)
}

fn impls(function: &Function, doc: &TokenStream, body: &TokenStream) -> TokenStream {
    let (core, span) = (&function.core, Span::mixed_site());
    let (ident, visibility) = (function.ident(), &function.item.vis);
    let name = format!("{}\0", function.name());
    let conditions = conditions(function);
    let marker = Ident::new("Function", span);
    quote_spanned! {span=>
        #(#conditions)*
        #[doc(hidden)]
        #[allow(dead_code, unused_imports, missing_docs, non_snake_case)]
        #visibility mod #ident {
            // The path to the crate may be a name that was imported.
            use super::*;

            pub struct #marker;

            pub static DEFINITION: #core::__private::FunctionDef =
                #core::__private::FunctionDef::new::<#marker>(
                    #core::__private::text(#name),
                    #core::__private::text(#doc),
                );

            pub fn __add_to(
                module: &#core::Bound<'_, #core::types::PyModule>,
            ) -> #core::PyResult<()> {
                DEFINITION.add_to(module)
            }
        }

        #(#conditions)*
        #[automatically_derived]
        #[allow(deprecated, clippy::all)]
        impl #core::__private::NativeFunction for #ident::#marker {
            fn call<'a, 'py>(
                module: ::core::option::Option<#core::Borrowed<'a, 'py, #core::types::PyModule>>,
                arguments: #core::__private::Arguments<'a, 'py>,
            ) -> #core::PyResult<#core::Py<#core::types::PyAny>> {
                #body
            }
        }
    }
}

/// The `#[cfg(…)]` of the function, for what is made beside it.
fn conditions<'f>(function: &'f Function) -> Vec<&'f syn::Attribute> {
    function.item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

/// `concat!("area(width)\n--\n\n", "The area.", "\0")`
fn doc(function: &Function) -> TokenStream {
    let text = match &function.attributes.text_signature {
        Some(word) => word.value.as_ref().map(syn::LitStr::value),
        None => Some(text::signature(&function.signature)),
    };
    let signature = text.map(|text| format!("{}{text}\n--\n\n", function.name()));
    let signature = signature.unwrap_or_default();
    let lines = documentation(&function.item.attrs);
    quote_spanned!(Span::mixed_site()=> ::core::concat!(#signature, #lines "\0"))
}

// let signature = { static SIGNATURE: Signature = Signature::new("area", &["width"], &[true])…; &SIGNATURE };
// let py = arguments.py();
// let mut slots = [None; 1];
// let values = Arguments::bind::<1, 1>(arguments, signature, &mut slots)?;
// let argument_0: f64 = required::<f64, _>(values, 0, signature)?;
// Outcome::finish(area(argument_0), py)
fn body(function: &Function) -> TokenStream {
    let (core, span) = (&function.core, Span::mixed_site());
    let warnings = warnings(function);
    let named = &function.signature.named;
    let (count, positional) = (named.len(), function.signature.positional);
    let signature = signature(function);
    let mut reads = TokenStream::new();
    let mut given = Vec::new();
    for (index, parameter) in function.parameters.all.iter().enumerate() {
        let variable = format_ident!("argument_{index}", span = span);
        let (read, value) = read(function, parameter, &variable);
        reads.extend(read);
        given.push(value);
    }
    let ident = function.ident();
    let returned = match &function.item.sig.output {
        syn::ReturnType::Default => span,
        syn::ReturnType::Type(_, ty) => shared::at(ty),
    };
    let bind = match function.signature.keywords {
        None => quote_spanned! {span=>
            let values = #core::__private::Arguments::bind::<#count, #positional>(
                arguments, signature, &mut slots,
            )?;
        },
        Some(_) => quote_spanned! {span=>
            let mut others = ::core::option::Option::None;
            let values = #core::__private::Arguments::bind_with_others::<#count, #positional>(
                arguments, signature, &mut slots, &mut others,
            )?;
        },
    };
    let finish = quote_spanned!(returned=> #core::__private::Outcome::finish(outcome, py));
    quote_spanned! {span=>
        let signature = #signature;
        let py = #core::__private::Arguments::py(&arguments);
        #warnings
        let mut slots = [::core::option::Option::None; #count];
        #bind
        let _ = (module, values);
        #reads
        let outcome = #ident(#(#given),*);
        #finish
    }
}

/// In a block of its own: the user's default expressions would otherwise see `SIGNATURE`.
fn signature(function: &Function) -> TokenStream {
    let (core, span, name) = (&function.core, Span::mixed_site(), function.name());
    let signature = &function.signature;
    let names = signature.named.iter().map(|named| {
        let found = function.parameters.of_call().find(|parameter| parameter.ident == named.ident);
        found.map_or_else(|| named.ident.to_string(), Parameter::name)
    });
    let required = signature.named.iter().map(|named| named.default.is_none());
    let (positional, positional_only) = (signature.positional, signature.positional_only);
    let rest = signature.rest.as_ref().map(|_| quote_spanned!(span=> .rest()));
    quote_spanned! {span=>
        {
            static SIGNATURE: #core::__private::Signature =
                #core::__private::Signature::new(#name, &[#(#names),*], &[#(#required),*])
                    .positional(#positional)
                    .positional_only(#positional_only)
                    #rest;
            &SIGNATURE
        }
    }
}

/// Reads a parameter into `variable`; and what the function is then given.
fn read(
    function: &Function,
    parameter: &Parameter,
    variable: &Ident,
) -> (TokenStream, TokenStream) {
    let (core, span) = (&function.core, Span::mixed_site());
    let at = shared::at(parameter.ty);
    match parameter.source {
        Source::Python => return (TokenStream::new(), quote_spanned!(span=> py)),
        Source::Module => {
            let read = quote_spanned!(span=> let #variable = #core::__private::module(module)?;);
            return (read, quote_spanned!(at=> &#variable));
        }
        Source::Call => {}
    }
    let Some(place) = function.signature.place_of(&parameter.ident) else {
        return Default::default();
    };
    let (ty, given) = match parameter.held() {
        Held::Bound(ty) => {
            (quote_spanned!(at=> #core::Borrowed<'_, '_, #ty>), quote_spanned!(at=> &*#variable))
        }
        Held::OptionalBound(ty) => (
            quote_spanned!(at=> ::core::option::Option<#core::Borrowed<'_, '_, #ty>>),
            quote_spanned!(at=> ::core::option::Option::as_deref(&#variable)),
        ),
        Held::Value => (elided(parameter.ty), quote_spanned!(at=> #variable)),
    };
    let (name, function_name) = (parameter.name(), function.name());
    let value = match place {
        Place::Named(index) => {
            let read = required(function, parameter, index, &ty);
            match &function.signature.named[index].default {
                None => read,
                Some(default) => {
                    let default = default_of(function, parameter, default);
                    quote_spanned! {span=>
                        if #core::__private::is_given(values, #index) { #read } else { #default }
                    }
                }
            }
        }
        Place::Rest => quote_spanned! {span=>
            let rest = #core::Bound::into_any(
                #core::__private::Arguments::rest(arguments, signature)?
            );
        },
        Place::Keywords => quote_spanned! {span=>
            let keywords = #core::__private::keywords(others, py)?;
        },
    };
    let read = match place {
        Place::Named(_) => quote_spanned!(span=> let #variable: #ty = #value;),
        Place::Rest => {
            let rest = quote_spanned! {at=>
                #core::__private::rest(&rest, #function_name, #name)?
            };
            quote_spanned!(span=> #value let #variable: #ty = #rest;)
        }
        Place::Keywords => {
            let rest = quote_spanned! {at=>
                #core::__private::rest(&keywords, #function_name, #name)?
            };
            // Without any, an `Option` is `None`.
            match parameter.is_option() {
                true => quote_spanned! {span=>
                    let is_empty = ::core::option::Option::is_none(&others);
                    #value
                    let #variable: #ty = if is_empty { ::core::option::Option::None } else { #rest };
                },
                false => quote_spanned!(span=> #value let #variable: #ty = #rest;),
            }
        }
    };
    (read, given)
}

/// Reads a parameter that was given.
fn required(
    function: &Function,
    parameter: &Parameter,
    index: usize,
    ty: &TokenStream,
) -> TokenStream {
    let (core, at) = (&function.core, shared::at(parameter.ty));
    if let Some(reader) = parameter.attributes.reader() {
        return quote_spanned! {at=>
            #core::__private::required_with(values, #index, signature, #reader)?
        };
    }
    let read = match parameter.attributes.strict {
        Some(_) => quote_spanned!(at=> required_strict),
        None => quote_spanned!(at=> required),
    };
    quote_spanned!(at=> #core::__private::#read::<#ty, _>(values, #index, signature)?)
}

/// The default; of an `Option`, `Some` may be left out.
fn default_of(function: &Function, parameter: &Parameter, default: &Expr) -> TokenStream {
    let core = &function.core;
    match (parameter.held(), option_of(parameter.ty)) {
        (Held::Value, Some(ty)) => {
            let (ty, span) = (elided(ty), Span::mixed_site().located_at(default.span()));
            quote_spanned!(span=> #core::__private::OptionalDefault::<#ty>::wrapped(#default))
        }
        _ => default.to_token_stream(),
    }
}

// warn::<PyDeprecationWarning>(py, "area() is deprecated: take size()")?;
fn warnings(function: &Function) -> TokenStream {
    let (core, span) = (&function.core, Span::mixed_site());
    let mut warnings = TokenStream::new();
    for warning in &function.attributes.warn {
        let message = &warning.value.message;
        let category = match &warning.value.category {
            Some(path) => path.to_token_stream(),
            None => quote_spanned!(span=> #core::exceptions::PyUserWarning),
        };
        warnings.extend(quote_spanned!(span=> #core::__private::warn::<#category>(py, #message)?;));
    }
    if let Some(note) = deprecation(function) {
        let message = format!("{}() is deprecated{note}", function.name());
        warnings.extend(quote_spanned! {span=>
            #core::__private::warn::<#core::exceptions::PyDeprecationWarning>(py, #message)?;
        });
    }
    warnings
}

/// What `#[deprecated]` says.
fn deprecation(function: &Function) -> Option<String> {
    let mut attributes = function.item.attrs.iter();
    let deprecated = attributes.find(|attribute| attribute.path().is_ident("deprecated"))?;
    let text = |value: &Expr| match value {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => format!(": {}", text.value()),
        _ => String::new(),
    };
    Some(match &deprecated.meta {
        Meta::Path(_) => String::new(),
        Meta::NameValue(value) => text(&value.value),
        Meta::List(_) => {
            let mut note = String::new();
            let _ = deprecated.parse_nested_meta(|meta| {
                let value: Expr = meta.value()?.parse()?;
                if meta.path.is_ident("note") {
                    note = text(&value);
                }
                Ok(())
            });
            note
        }
    })
}
