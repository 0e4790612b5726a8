//! The expansion of `IntoPy`, for the type and for a reference to it.

mod fields;
mod variants;

use crate::ast::{Container, Data, Fields, Shape};
use crate::generics::{self, Position};
use crate::hint::Hints;
use crate::shared;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Lifetime, Type, parse_quote, parse_quote_spanned};

/// What the code that writes fields or variants refers to.
pub struct Writing<'a> {
    pub container: &'a Container<'a>,
    /// The path to the crate.
    pub core: &'a TokenStream,
    /// The trait.
    pub implemented: &'a TokenStream,
    /// Of the reference, in the impl for one.
    pub reference: Option<&'a Lifetime>,
}

pub fn expand(container: &Container) -> TokenStream {
    let lifetime = generics::lifetime("'__value");
    let by_value = implementation(container, None);
    let by_reference = implementation(container, Some(&lifetime));
    quote!(#by_value #by_reference)
}

/// The impl for the type, or for a reference to it.
fn implementation(container: &Container, reference: Option<&Lifetime>) -> TokenStream {
    let (core, span) = (&container.core, Span::mixed_site());
    let py = generics::interpreter(container.generics);
    let implemented = quote_spanned!(span=> #core::IntoPy<#py>);
    let writing = Writing { container, core, implemented: &implemented, reference };

    let types = writing.types();
    let all = types.iter().map(|ty| (ty, Position::Direct));
    let bounded = generics::bounded(all, container.generics);
    let own = container.attributes.bound.as_ref().and_then(|word| word.value.into_py.as_ref());
    let bounds: Vec<TokenStream> = match own {
        Some(own) => own.iter().map(|predicate| quote!(#predicate)).collect(),
        None => {
            let types = bounded.iter().map(|parameter| &parameter.ty);
            types.map(|ty| quote_spanned!(span=> #ty: #implemented)).collect()
        }
    };
    let generics =
        generics::extended(container.generics, [&py].into_iter().chain(reference), bounds);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = container.generics.split_for_impl();
    let lifetime = reference.map(|lifetime| quote_spanned!(span=> &#lifetime));
    // The user wrote `Option<&str>`; the reference to it is ours.
    let lint = reference.is_some().then(|| quote_spanned!(span=> #[allow(clippy::ref_option_ref)]));

    let written = |ty: &Type| writing.written(ty);
    let stand_in = |ty: &Type| ty.clone();
    let written: &dyn Fn(&Type) -> Type = match container.stand_in() {
        Some(_) => &stand_in,
        None => &written,
    };
    let hints = Hints { container, implemented: &implemented, written };
    // The user's bounds may be other than what the hints of the arguments need.
    let arguments = bounded.iter().map(|parameter| &parameter.ty).filter(|_| own.is_none());
    let produces = hints.whole(arguments);
    let (target, body) = match (container.stand_in(), &container.data) {
        (Some(ty), _) => writing.stand_in(ty),
        (None, Data::Struct(fields)) => writing.of_struct(fields),
        (None, Data::Enum(data)) => writing.of_enum(data),
    };
    let ident = &container.ident;
    // The whole impl of a newtype speaks of its field: so do its errors.
    let span = match &container.data {
        Data::Struct(fields @ Fields { shape: Shape::Newtype, .. }) => {
            fields.used().next().map_or(span, |field| shared::at(field.ty))
        }
        _ => span,
    };
    quote_spanned! {span=>
        #[automatically_derived]
        #lint
        impl #impl_generics #implemented for #lifetime #ident #type_generics #where_clause {
            type Target = #target;

            const PRODUCES: #core::TypeHint = #produces;

            fn into_py(
                self,
                py: #core::Python<#py>,
            ) -> ::core::result::Result<#core::Bound<#py, Self::Target>, #core::ConversionError> {
                #body
            }
        }
    }
}

impl Writing<'_> {
    /// The types that are written by their own conversions.
    fn types(&self) -> Vec<Type> {
        if let Some(ty) = self.container.stand_in() {
            return vec![ty.clone()];
        }
        let fields = self.container.groups().into_iter().flat_map(|fields| fields.used());
        let by_type = fields.filter(|field| field.attributes.writer().is_none());
        by_type.map(|field| self.written(field.ty)).collect()
    }

    /// Watches the depth while these are written, if need be.
    fn level(&self, types: Option<Vec<&Type>>) -> TokenStream {
        let core = self.core;
        let is_shallow = match types {
            Some(types) => shared::all_shallow(types, self.implemented),
            None => quote_spanned!(Span::mixed_site()=> false),
        };
        quote_spanned! {Span::mixed_site()=>
            let _level = #core::__private::StackGuard::enter_unless(#is_shallow, py)?;
        }
    }

    /// A field's type as it is written: by reference, the reference to it.
    fn written(&self, ty: &Type) -> Type {
        let Some(lifetime) = self.reference else { return ty.clone() };
        let ty = without_self(ty, self.container);
        if is_shared_reference(&ty) {
            // Copied: `&&str` would be one more type to convert.
            return ty;
        }
        parse_quote_spanned!(shared::at(&ty)=> &#lifetime #ty)
    }

    // type Target = <Raw as IntoPy<'py>>::Target;
    //
    // <Raw as IntoPy<'py>>::into_py(<Self as Into<Raw>>::into(self), py)
    fn stand_in(&self, ty: &Type) -> (TokenStream, TokenStream) {
        let (implemented, span) = (self.implemented, shared::at(ty));
        let (ident, (_, type_generics, _)) =
            (&self.container.ident, self.container.generics.split_for_impl());
        let value = match self.reference {
            None => quote_spanned!(span=> self),
            Some(_) => {
                quote_spanned!(span=> <#ident #type_generics as ::core::clone::Clone>::clone(self))
            }
        };
        let value = quote_spanned!(span=> <#ident #type_generics as ::core::convert::Into<#ty>>::into(#value));
        (
            quote_spanned!(span=> <#ty as #implemented>::Target),
            quote_spanned!(span=> <#ty as #implemented>::into_py(#value, py)),
        )
    }
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

pub fn is_shared_reference(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Group(group) => is_shared_reference(&group.elem),
        Type::Paren(paren) => is_shared_reference(&paren.elem),
        _ => false,
    }
}
