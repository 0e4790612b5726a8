//! What is emitted beside the mistakes: impls that are never run, so that the rest of the user's
//! crate does not complain that the trait is missing.

use crate::ast::Derive;
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
//     const EXPECTED: TypeHint = TypeHint::derived("", &[]);
//     fn extract(_: Borrowed<'__object, 'py, PyAny>) -> Result<Self, ConversionError> { unreachable!() }
// }
fn from_py(input: &DeriveInput) -> TokenStream {
    let span = Span::mixed_site();
    let (py, object) = (generics::interpreter(&input.generics), generics::lifetime("'__object"));
    let generics = generics::extended(&input.generics, [&py, &object], []);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    let ident = &input.ident;
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics ::convert_core::FromPyObject<#object, #py> for #ident #type_generics #where_clause {
            const EXPECTED: ::convert_core::TypeHint = ::convert_core::TypeHint::derived("", &[]);

            fn extract(
                _: ::convert_core::Borrowed<#object, #py, ::convert_core::types::PyAny>,
            ) -> ::core::result::Result<Self, ::convert_core::ConversionError> {
                ::core::unreachable!()
            }
        }
    }
}

// impl<'py, T> IntoPy<'py> for Page<T> {
//     type Target = PyDict;
//     const PRODUCES: TypeHint = TypeHint::derived("", &[]);
//     fn into_py(self, _: Python<'py>) -> Result<Bound<'py, PyDict>, ConversionError> { unreachable!() }
// }
fn into_py(input: &DeriveInput, reference: Option<&syn::Lifetime>) -> TokenStream {
    let span = Span::mixed_site();
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
        impl #impl_generics ::convert_core::IntoPy<#py> for #reference #ident #type_generics #where_clause {
            type Target = ::convert_core::types::#target;

            const PRODUCES: ::convert_core::TypeHint = ::convert_core::TypeHint::derived("", &[]);

            fn into_py(
                self,
                _: ::convert_core::Python<#py>,
            ) -> ::core::result::Result<::convert_core::Bound<#py, Self::Target>, ::convert_core::ConversionError> {
                ::core::unreachable!()
            }
        }
    }
}
