//! What is emitted beside the mistakes: impls that are never run, so that the rest of the user's
//! crate does not complain that the trait is missing.

use crate::ast::Derive;
use crate::attr::core_path;
use crate::generics;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DataStruct, DeriveInput, Fields};

pub fn expand(input: &DeriveInput, derive: Derive) -> TokenStream {
    match derive {
        Derive::FromPyObject => from_py(input),
        Derive::IntoPy => {
            let lifetime = generics::lifetime("'__value");
            let (by_value, by_reference) = (into_py(input, None), into_py(input, Some(&lifetime)));
            quote!(#by_value #by_reference)
        }
    }
}

// impl<'__object, 'py, T> FromPyObject<'__object, 'py> for Page<T> {
//     const EXPECTED: TypeHint = TypeHint::name("");
//     fn extract(_: Borrowed<'__object, 'py, PyAny>) -> Result<Self, ConversionError> { unreachable!() }
// }
fn from_py(input: &DeriveInput) -> TokenStream {
    let (core, span) = (core_path(&input.attrs), Span::mixed_site());
    let (py, object) = (generics::interpreter(&input.generics), generics::lifetime("'__object"));
    let generics = generics::extended(&input.generics, [&py, &object], []);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #core::FromPyObject<#object, #py> for #ident #type_generics #where_clause {
            const EXPECTED: #core::TypeHint = #core::TypeHint::name("");

            fn extract(
                _: #core::Borrowed<#object, #py, #core::types::PyAny>,
            ) -> ::core::result::Result<Self, #core::ConversionError> {
                ::core::unreachable!()
            }
        }
    }
}

// impl<'py, T> IntoPy<'py> for Page<T> {
//     type Target = PyDict;
//     const PRODUCES: TypeHint = TypeHint::name("");
//     fn into_py(self, _: Python<'py>) -> Result<Bound<'py, PyDict>, ConversionError> { unreachable!() }
// }
fn into_py(input: &DeriveInput, reference: Option<&syn::Lifetime>) -> TokenStream {
    let (core, span) = (core_path(&input.attrs), Span::mixed_site());
    let py = generics::interpreter(&input.generics);
    let generics = generics::extended(&input.generics, [&py].into_iter().chain(reference), []);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    let reference = reference.map(|lifetime| quote_spanned!(span=> &#lifetime));
    let ident = &input.ident;
    let target = match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(_), .. }) => quote_spanned!(span=> PyDict),
        Data::Struct(DataStruct { fields: Fields::Unnamed(fields), .. })
            if fields.unnamed.len() > 1 =>
        {
            quote_spanned!(span=> PyTuple)
        }
        _ => quote_spanned!(span=> PyAny),
    };
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #core::IntoPy<#py> for #reference #ident #type_generics #where_clause {
            type Target = #core::types::#target;

            const PRODUCES: #core::TypeHint = #core::TypeHint::name("");

            fn into_py(
                self,
                _: #core::Python<#py>,
            ) -> ::core::result::Result<#core::Bound<#py, Self::Target>, #core::ConversionError> {
                ::core::unreachable!()
            }
        }
    }
}
