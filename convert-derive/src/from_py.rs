//! The expansion of `FromPyObject`.

use crate::ast::{Container, Derive, Field, Shape, Source};
use crate::attr::Word;
use crate::generics::{self, Position};
use crate::shared;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Lifetime, Type};

pub fn expand(container: &Container) -> TokenStream {
    let span = Span::mixed_site();
    let py = generics::interpreter(container.generics);
    let object = generics::borrowing(container.generics).next();
    let object = object.map_or_else(|| generics::lifetime("'__object"), Clone::clone);
    let implemented = quote_spanned!(span=> ::convert_core::FromPyObject<#object, #py>);

    let bounded = generics::bounded(container.types(), container.generics);
    let bounds = bounded.iter().map(|parameter| {
        // What is read by name or from a container is owned; what is the object itself may borrow.
        let owned = container.shape == Shape::Named || parameter.position == Position::Argument;
        let owned = owned.then(|| quote_spanned!(span=> ::convert_core::FromPyObjectOwned<#py>));
        (&parameter.ty, owned.unwrap_or_else(|| implemented.clone()))
    });
    let bounds = bounds
        .chain(defaults(container).map(|ty| (ty, quote_spanned!(span=> ::core::default::Default))));
    let generics = generics::extended(container.generics, [&py, &object], bounds);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = container.generics.split_for_impl();

    let arguments = bounded.iter().map(|parameter| &parameter.ty);
    let expected = shared::hint(container, container.types(), arguments, &implemented, "EXPECTED");
    let body = match container.shape {
        Shape::Named => named(container, &implemented, &object, &py),
        Shape::Tuple => tuple(container, &object, &py),
        Shape::Newtype => newtype(container, &implemented),
    };
    let ident = &container.ident;
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #implemented for #ident #type_generics #where_clause {
            const EXPECTED: ::convert_core::TypeHint = #expected;

            fn extract(
                object: ::convert_core::Borrowed<#object, #py, ::convert_core::types::PyAny>,
            ) -> ::core::result::Result<Self, ::convert_core::ConversionError> {
                #body
            }
        }
    }
}

/// The type parameters that are themselves the type of a field with `default`.
fn defaults<'container>(
    container: &'container Container,
) -> impl Iterator<Item = &'container Type> {
    let of_type =
        |field: &&Field| matches!(field.attributes.default, Some(Word { value: None, .. }));
    let types = container.fields.iter().filter(of_type).map(|field| field.ty);
    types.filter(|ty| generics::depends_on_parameter(ty, container.generics))
}

// static NAMES: Names<2> = Names::new(["items", "note"]);
// let mut fields = Fields::of(object, &NAMES, "Page")?;
// let remaining: &[Check<'__object, 'py>; 1] = &[
//     |fields| Fields::optional::<String>(fields, 1, Source::Item).map(drop),
// ];
// Ok(Self {
//     items: match Fields::required::<Vec<T>>(&mut fields, 0, Source::ItemOrAttribute) {
//         Ok(value) => value,
//         Err(first) => return Err(fields.failed(Self::wrong_type(), first, &remaining[0..])),
//     },
//     note: match Fields::or_else::<String>(&mut fields, 1, Source::Item, || expression) {
//         Ok(value) => value,
//         Err(first) => return Err(fields.failed(Self::wrong_type(), first, &remaining[1..])),
//     },
// })
//
// One array of checks serves all fields, so that the code grows with their number and not with its
// square. Its closures capture nothing, which makes it a constant. `Fields::required(…)` and not
// `fields.required(…)`: a trait of the user's may have a method of the same name.
fn named(
    container: &Container,
    implemented: &TokenStream,
    object: &Lifetime,
    py: &Lifetime,
) -> TokenStream {
    let span = Span::mixed_site();
    let names = shared::names(container, Derive::FromPyObject);
    let owner = container.name();
    if container.fields.is_empty() {
        return quote_spanned! {span=>
            ::convert_core::__private::Fields::of(object, #names, #owner).map(|_| Self {})
        };
    }
    let fields = container.fields.iter().enumerate().map(|(index, field)| {
        let (member, read) = (&field.member, read(index, field, &quote_spanned!(span=> &mut fields)));
        quote_spanned! {span=>
            #member: match #read {
                ::core::result::Result::Ok(value) => value,
                ::core::result::Result::Err(first) => return ::core::result::Result::Err(
                    fields.failed(<Self as #implemented>::wrong_type(), first, &remaining[#index..]),
                ),
            }
        }
    });
    let later = container.fields.iter().enumerate().skip(1);
    let later = later.map(|(index, field)| check(index, field));
    let count = container.fields.len() - 1;
    quote_spanned! {span=>
        let mut fields = ::convert_core::__private::Fields::of(object, #names, #owner)?;
        let remaining: &[::convert_core::__private::Check<#object, #py>; #count] =
            &[#(|fields| #later.map(::core::mem::drop),)*];
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

/// The call that checks a later field, after an earlier one was wrong. The user's default is not
/// asked for: nothing would come of it.
fn check(index: usize, field: &Field) -> TokenStream {
    let span = Span::mixed_site();
    let (ty, source) = (field.ty, source(field));
    let method = match field.attributes.default {
        None => quote_spanned!(span=> required),
        Some(_) => quote_spanned!(span=> optional),
    };
    quote_spanned!(span=> ::convert_core::__private::Fields::#method::<#ty>(fields, #index, #source))
}

fn source(field: &Field) -> TokenStream {
    let span = Span::mixed_site();
    let source = match field.source() {
        Source::ItemOrAttribute => quote_spanned!(span=> ItemOrAttribute),
        Source::Item => quote_spanned!(span=> Item),
        Source::Attribute => quote_spanned!(span=> Attribute),
    };
    quote_spanned!(span=> ::convert_core::__private::Source::#source)
}

/// The call that reads a field.
fn read(index: usize, field: &Field, fields: &TokenStream) -> TokenStream {
    let span = Span::mixed_site();
    let (ty, source) = (field.ty, source(field));
    let (method, default) = match &field.attributes.default {
        None => (quote_spanned!(span=> required), None),
        Some(Word { value, .. }) => {
            let default = match value {
                None => {
                    quote_spanned!(shared::at(ty)=> || <#ty as ::core::default::Default>::default())
                }
                Some(expression) => quote_spanned!(span=> || #expression),
            };
            (quote_spanned!(span=> or_else), Some(default))
        }
    };
    quote_spanned! {span=>
        ::convert_core::__private::Fields::#method::<#ty>(
            #fields, #index, #source, #default
        )
    }
}

// let items = &tuple_items::<Self, 2>(object)?;
// let remaining: &[ItemCheck<'__object, 'py, 2>; 1] =
//     &[|items| TupleItems::item::<f64>(items, 1).map(drop)];
// Ok(Self {
//     0: match TupleItems::item::<f64>(items, 0) {
//         Ok(value) => value,
//         Err(first) => return Err(TupleItems::failed(items, "Point", first, &remaining[0..])),
//     },
//     1: match TupleItems::item::<f64>(items, 1) {
//         Ok(value) => value,
//         Err(first) => return Err(TupleItems::failed(items, "Point", first, &remaining[1..])),
//     },
// })
fn tuple(container: &Container, object: &Lifetime, py: &Lifetime) -> TokenStream {
    let span = Span::mixed_site();
    let owner = container.name();
    let reads = container.types().enumerate().map(|(index, ty)| {
        quote_spanned!(span=> ::convert_core::__private::TupleItems::item::<#ty>(items, #index))
    });
    let reads: Vec<_> = reads.collect();
    let fields = container.fields.iter().zip(&reads).enumerate().map(|(index, (field, read))| {
        let member = &field.member;
        quote_spanned! {span=>
            #member: match #read {
                ::core::result::Result::Ok(value) => value,
                ::core::result::Result::Err(first) => return ::core::result::Result::Err(
                    ::convert_core::__private::TupleItems::failed(items, #owner, first, &remaining[#index..]),
                ),
            }
        }
    });
    let (later, count, last) = (&reads[1..], reads.len(), reads.len() - 1);
    quote_spanned! {span=>
        let items = &::convert_core::__private::tuple_items::<Self, #count>(object)?;
        let remaining: &[::convert_core::__private::ItemCheck<#object, #py, #count>; #last] =
            &[#(|items| #later.map(::core::mem::drop),)*];
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

// <f64 as FromPyObject<'__object, 'py>>::extract(object).map(Self)
fn newtype(container: &Container, implemented: &TokenStream) -> TokenStream {
    let types = container.types();
    let extract = types.map(|ty| quote_spanned!(shared::at(ty)=> <#ty as #implemented>::extract));
    quote_spanned!(Span::mixed_site()=> #(#extract(object).map(Self))*)
}
