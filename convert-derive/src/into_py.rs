//! The expansion of `IntoPy`, for the struct and for a reference to it.

use crate::ast::{Container, Derive, Shape};
use crate::{generics, shared};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Lifetime, Type, parse_quote, parse_quote_spanned};

pub fn expand(container: &Container) -> TokenStream {
    let by_value = container.fields.iter().map(|field| {
        let member = &field.member;
        Written { ty: field.ty.clone(), value: quote_spanned!(Span::mixed_site()=> self.#member) }
    });
    let lifetime = generics::lifetime("'__value");
    let by_reference = container.fields.iter().map(|field| {
        let (ty, member) = (without_self(field.ty, container), &field.member);
        if is_shared_reference(&ty) {
            // Copied: `&&str` would be one more type to convert.
            return Written { ty, value: quote_spanned!(Span::mixed_site()=> self.#member) };
        }
        let ty = parse_quote_spanned!(shared::at(&ty)=> &#lifetime #ty);
        Written { ty, value: quote_spanned!(Span::mixed_site()=> &self.#member) }
    });
    let by_value = implementation(container, None, &by_value.collect::<Vec<_>>());
    let by_reference =
        implementation(container, Some(&lifetime), &by_reference.collect::<Vec<_>>());
    quote!(#by_value #by_reference)
}

/// A field as it is written: its value, and the type of that.
struct Written {
    ty: Type,
    value: TokenStream,
}

/// The impl for the struct, or for a reference to it.
fn implementation(
    container: &Container,
    reference: Option<&Lifetime>,
    fields: &[Written],
) -> TokenStream {
    let span = Span::mixed_site();
    let py = generics::interpreter(container.generics);
    let implemented = quote_spanned!(span=> ::convert_core::IntoPy<#py>);

    let bounded = generics::bounded(fields.iter().map(|field| &field.ty), container.generics);
    let bounds = bounded.iter().map(|parameter| (&parameter.ty, implemented.clone()));
    let generics =
        generics::extended(container.generics, [&py].into_iter().chain(reference), bounds);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = container.generics.split_for_impl();
    let reference = reference.map(|lifetime| quote_spanned!(span=> &#lifetime));
    // The user wrote `Option<&str>`; the reference to it is ours.
    let lint = reference.is_some().then(|| quote_spanned!(span=> #[allow(clippy::ref_option_ref)]));

    let arguments = bounded.iter().map(|parameter| &parameter.ty);
    let types = fields.iter().map(|field| &field.ty);
    let produces = shared::hint(container, types, arguments, &implemented, "PRODUCES");
    let (target, body) = match container.shape {
        Shape::Named => {
            (quote_spanned!(span=> ::convert_core::types::PyDict), named(container, fields))
        }
        Shape::Tuple => {
            (quote_spanned!(span=> ::convert_core::types::PyTuple), tuple(container, fields))
        }
        Shape::Newtype => newtype(fields, &implemented),
    };
    let ident = &container.ident;
    // The whole impl of a newtype speaks of its field: so do its errors.
    let span = match (container.shape, fields) {
        (Shape::Newtype, [field]) => shared::at(&field.ty),
        _ => span,
    };
    quote_spanned! {span=>
        #[automatically_derived]
        #lint
        impl #impl_generics #implemented for #reference #ident #type_generics #where_clause {
            type Target = #target;

            const PRODUCES: ::convert_core::TypeHint = #produces;

            fn into_py(
                self,
                py: ::convert_core::Python<#py>,
            ) -> ::core::result::Result<::convert_core::Bound<#py, Self::Target>, ::convert_core::ConversionError> {
                #body
            }
        }
    }
}

// static NAMES: Names<2> = Names::new(["items", "note"]);
// let mut record = Record::new(py, &NAMES, "Page")?;
// Record::set::<Vec<T>>(&mut record, 0, self.items)?;
// Record::set::<String>(&mut record, 1, self.note)?;
// Ok(record.finish())
fn named(container: &Container, fields: &[Written]) -> TokenStream {
    let span = Span::mixed_site();
    let (names, owner) = (shared::names(container, Derive::IntoPy), container.name());
    let set = fields.iter().enumerate().map(|(index, Written { ty, value })| {
        quote_spanned!(span=> ::convert_core::__private::Record::set::<#ty>(&mut record, #index, #value)?;)
    });
    let mutable = (!fields.is_empty()).then(|| quote_spanned!(span=> mut));
    quote_spanned! {span=>
        let #mutable record = ::convert_core::__private::Record::new(py, #names, #owner)?;
        #(#set)*
        ::core::result::Result::Ok(record.finish())
    }
}

// let mut items = TupleBuilder::<2>::new(py, "Point")?;
// TupleBuilder::push::<f64>(&mut items, self.0)?;
// TupleBuilder::push::<f64>(&mut items, self.1)?;
// items.finish()
fn tuple(container: &Container, fields: &[Written]) -> TokenStream {
    let span = Span::mixed_site();
    let (count, owner) = (fields.len(), container.name());
    let push = fields.iter().map(|Written { ty, value }| {
        quote_spanned!(span=> ::convert_core::__private::TupleBuilder::push::<#ty>(&mut items, #value)?;)
    });
    quote_spanned! {span=>
        let mut items = ::convert_core::__private::TupleBuilder::<#count>::new(py, #owner)?;
        #(#push)*
        items.finish()
    }
}

// type Target = <f64 as IntoPy<'py>>::Target;
//
// <f64 as IntoPy<'py>>::into_py(self.0, py)
fn newtype(fields: &[Written], implemented: &TokenStream) -> (TokenStream, TokenStream) {
    let target = fields
        .iter()
        .map(|Written { ty, .. }| quote_spanned!(shared::at(ty)=> <#ty as #implemented>::Target));
    let calls = fields.iter().map(|Written { ty, value }| {
        quote_spanned!(shared::at(ty)=> <#ty as #implemented>::into_py(#value, py))
    });
    (target.collect(), calls.collect())
}

/// The type with the struct's name for `Self`, which in the impl for a reference is the reference.
fn without_self(ty: &Type, container: &Container) -> Type {
    fn replaced(tokens: TokenStream, name: &TokenStream) -> TokenStream {
        let replace = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => name.clone(),
            TokenTree::Group(group) => {
                let mut changed = Group::new(group.delimiter(), replaced(group.stream(), name));
                changed.set_span(group.span());
                TokenTree::Group(changed).into()
            }
            other => other.into(),
        };
        tokens.into_iter().map(replace).collect()
    }
    let is_self = |ident: &Ident| ident == "Self";
    if !generics::mentions(ty, &is_self) {
        return ty.clone();
    }
    let ident = &container.ident;
    let (_, type_generics, _) = container.generics.split_for_impl();
    let tokens = replaced(ty.to_token_stream(), &quote!(#ident #type_generics));
    parse_quote!(#tokens)
}

fn is_shared_reference(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Group(group) => is_shared_reference(&group.elem),
        Type::Paren(paren) => is_shared_reference(&paren.elem),
        _ => false,
    }
}
