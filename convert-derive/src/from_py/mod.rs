//! The expansion of `FromPyObject`.

mod fields;
mod variants;

use crate::ast::{Container, Data, Fields, Missing};
use crate::generics::{self, Position};
use crate::hint::Hints;
use crate::shared;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Lifetime, Type};

/// What the code that reads fields or variants refers to.
pub struct Reading<'a> {
    pub container: &'a Container<'a>,
    /// The path to the crate.
    pub core: &'a TokenStream,
    /// The trait.
    pub implemented: &'a TokenStream,
    /// Of the object.
    pub object: &'a Lifetime,
    pub py: &'a Lifetime,
    pub hints: &'a Hints<'a>,
}

// impl<'__object, 'py> FromPyObject<'__object, 'py> for Order {
//     const EXPECTED: TypeHint = …;
//     fn extract(object: Borrowed<'__object, 'py, PyAny>) -> Result<Self, ConversionError> {
//         Self::extract_any::<false, false>(object)
//     }
//     fn extract_strict(object: …) -> … { Self::extract_any::<true, false>(object) }
//     fn extract_tried<const __STRICT: bool>(object: …) -> … { Self::extract_any::<__STRICT, true>(object) }
//     fn extract_any<const __STRICT: bool, const __TRIED: bool>(object: …) -> … { … }
// }
pub fn expand(container: &Container) -> TokenStream {
    let span = Span::mixed_site();
    let core = &container.core;
    let py = generics::interpreter(container.generics);
    let object = generics::borrowing(container.generics).next();
    let object = object.map_or_else(|| generics::lifetime("'__object"), Clone::clone);
    let implemented = quote_spanned!(span=> #core::FromPyObject<#object, #py>);

    let bounded = generics::bounded(read_types(container), container.generics);
    let own = container.attributes.bound.as_ref().and_then(|word| word.value.from_py.as_ref());
    let bounds: Vec<TokenStream> = match own {
        Some(own) => own.iter().map(|predicate| quote!(#predicate)).collect(),
        None => bounded
            .iter()
            .map(|parameter| {
                // What is read by name or from a container is owned; the object itself may be
                // borrowed.
                let owned = parameter.position == Position::Argument;
                let ty = &parameter.ty;
                match owned {
                    true => quote_spanned!(span=> #ty: #core::FromPyObjectOwned<#py>),
                    false => quote_spanned!(span=> #ty: #implemented),
                }
            })
            .chain(defaults(container).map(|ty| quote!(#ty: ::core::default::Default)))
            .collect(),
    };
    let generics = generics::extended(container.generics, [&py, &object], bounds);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = container.generics.split_for_impl();

    let hints = Hints { container, implemented: &implemented, written: &Clone::clone };
    // The user's bounds may be other than what the hints of the arguments need.
    let arguments = bounded.iter().map(|parameter| &parameter.ty).filter(|_| own.is_none());
    let expected = hints.whole(arguments);
    let reading = Reading {
        container,
        core,
        implemented: &implemented,
        object: &object,
        py: &py,
        hints: &hints,
    };
    let body = match (container.stand_in(), &container.data) {
        (Some(ty), _) => reading.stand_in(ty),
        (None, Data::Struct(fields)) => reading.of_struct(fields),
        (None, Data::Enum(data)) => reading.of_enum(data),
    };
    let ident = &container.ident;
    let parameters = quote_spanned! {span=>
        object: #core::Borrowed<#object, #py, #core::types::PyAny>,
    };
    let result = quote_spanned! {span=>
        ::core::result::Result<Self, #core::ConversionError>
    };
    // A struct becomes part of the enum that tries it as one of its variants, and is made where it
    // stays: to be moved right after it was written would take longer than to be written.
    let inline = matches!(container.data, Data::Struct(_)).then(|| quote!(#[inline(always)]));
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #implemented for #ident #type_generics #where_clause {
            const EXPECTED: #core::TypeHint = #expected;

            fn extract(#parameters) -> #result {
                <Self as #implemented>::extract_any::<false, false>(object)
            }

            fn extract_strict(#parameters) -> #result {
                <Self as #implemented>::extract_any::<true, false>(object)
            }

            #inline
            fn extract_tried<const __STRICT: bool>(#parameters) -> #result {
                <Self as #implemented>::extract_any::<__STRICT, true>(object)
            }

            #inline
            fn extract_any<const __STRICT: bool, const __TRIED: bool>(#parameters) -> #result {
                #body
            }
        }
    }
}

/// The types that are read by their own conversions, and whether they are found in a container.
fn read_types<'container>(container: &'container Container) -> Vec<(&'container Type, Position)> {
    if let Some(ty) = container.stand_in() {
        return vec![(ty, Position::Direct)];
    }
    let groups = container.groups().into_iter();
    let types = groups.flat_map(|fields| {
        let position = match container.borrows(fields) {
            true => Position::Direct,
            false => Position::Argument,
        };
        let by_type = fields.used().filter(|field| field.attributes.reader().is_none());
        by_type.map(move |field| (field.ty, position))
    });
    types.collect()
}

/// The type parameters that are themselves the type of a field that may be missing.
fn defaults<'container>(
    container: &'container Container,
) -> impl Iterator<Item = &'container Type> {
    let fields = container.groups().into_iter().flat_map(|fields| &fields.all);
    let fields = fields.filter(|field| matches!(field.missing(), Missing::OfType));
    let types = fields.map(|field| field.ty);
    types.filter(|ty| generics::depends_on_parameter(ty, container.generics))
}

impl Reading<'_> {
    // extract_as::<Raw, __STRICT>(object).map(<Self as From<Raw>>::from)
    //
    // extract_as::<Raw, __STRICT>(object)
    //     .and_then(|value| <Self as TryFrom<Raw>>::try_from(value).map_err(refused))
    fn stand_in(&self, ty: &Type) -> TokenStream {
        let core = self.core;
        let strict = self.strict(false);
        let span = shared::at(ty);
        let read = quote_spanned!(span=> #core::__private::extract_as::<#ty, #strict>(object));
        match self.container.attributes.try_from {
            None => quote_spanned! {span=>
                #read.map(|value| <Self as ::core::convert::From<#ty>>::from(value))
            },
            Some(_) => quote_spanned! {span=>
                #read.and_then(|value| {
                    <Self as ::core::convert::TryFrom<#ty>>::try_from(value)
                        .map_err(#core::__private::refused)
                })
            },
        }
    }

    /// Whether the types of these fields fix how deep what they are read from nests. Derived types
    /// never say so: a type that contains itself would ask itself.
    fn is_shallow<'f>(&self, groups: impl IntoIterator<Item = &'f Fields<'f>>) -> TokenStream {
        let all: Vec<_> = groups.into_iter().flat_map(|fields| fields.used()).collect();
        if all.iter().any(|field| field.attributes.reader().is_some()) {
            return quote_spanned!(Span::mixed_site()=> false);
        }
        shared::all_shallow(all.iter().map(|field| field.ty), self.implemented)
    }

    /// Watches the depth while these fields are read, if need be.
    fn level(&self, fields: &Fields) -> TokenStream {
        self.level_of([fields])
    }

    /// As [`level`](Self::level), for several groups of fields.
    fn level_of<'f>(&self, groups: impl IntoIterator<Item = &'f Fields<'f>>) -> TokenStream {
        let (core, is_shallow) = (self.core, self.is_shallow(groups));
        quote_spanned! {Span::mixed_site()=>
            let _level = #core::__private::StackGuard::enter_unless(#is_shallow, object.py())?;
        }
    }

    /// Whether another type is tried if what is read does not fit, where that is for the caller to
    /// say.
    fn tried(&self) -> TokenStream {
        quote_spanned!(Span::mixed_site()=> __TRIED)
    }

    /// Whether a value is read strictly: always, or where the whole is.
    fn strict(&self, always: bool) -> TokenStream {
        match always || self.container.attributes.strict.is_some() {
            true => quote_spanned!(Span::mixed_site()=> true),
            false => quote_spanned!(Span::mixed_site()=> __STRICT),
        }
    }
}
