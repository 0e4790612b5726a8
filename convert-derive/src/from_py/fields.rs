//! Reads the fields of a struct, or of a variant of an enum.

use super::Reading;
use crate::ast::{Data, Field, Fields, Missing, Shape, Source, Variant};
use crate::shared;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Expr, ExprPath};

/// Of a struct of so many fields, values are read in line where they are expected to be; of a
/// larger one, by functions.
const FEW: usize = 4;

impl Reading<'_> {
    pub fn of_struct(&self, fields: &Fields) -> TokenStream {
        let (implemented, span) = (self.implemented, Span::mixed_site());
        let expected = quote_spanned!(span=> <Self as #implemented>::EXPECTED);
        self.group(fields, &quote_spanned!(span=> Self), &expected, &self.tried())
    }

    /// `tried` tells whether another variant is tried if this one does not fit.
    pub fn of_variant(&self, variant: &Variant, tried: &TokenStream) -> TokenStream {
        let (core, name, span) = (self.core, &variant.name, Span::mixed_site());
        let expected = match variant.fields.shape {
            Shape::Tuple => self.hints.tuple(&variant.fields),
            _ => quote_spanned!(span=> #core::TypeHint::name(#name)),
        };
        let ident = variant.ident;
        self.group(&variant.fields, &quote_spanned!(span=> Self::#ident), &expected, tried)
    }

    /// Reads all fields from `object`, and makes `Self` or `Self::Variant` of them.
    fn group(
        &self,
        fields: &Fields,
        make: &TokenStream,
        expected: &TokenStream,
        tried: &TokenStream,
    ) -> TokenStream {
        match fields.shape {
            Shape::Named => self.named(fields, make, expected, tried),
            Shape::Tuple | Shape::Unit => self.tuple(fields, make, expected),
            Shape::Newtype => self.newtype(fields, make, tried),
        }
    }

    // let _level = StackGuard::enter_unless(<Vec<T> as FromPyObject<'__object, 'py>>::SHALLOW && …, py)?;
    // let wrong_type: &'static Leaf = const { &Leaf::wrong_type(Self::EXPECTED) };
    // let mut fields = Fields::of(object, &NAMES, wrong_type, __TRIED);
    // if !Fields::begin::<__STRICT>(&mut fields) {
    //     return Err(Fields::failed(&mut fields));
    // }
    // …
    fn named(
        &self,
        fields: &Fields,
        make: &TokenStream,
        expected: &TokenStream,
        tried: &TokenStream,
    ) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let names = shared::field_names(self.container, &[], fields, &[]);
        let of_object = fields.keyed().any(|field| field.source() == Source::Attribute);
        let strict = match of_object {
            true => quote_spanned!(span=> false),
            false => quote_spanned!(span=> __STRICT),
        };
        let rest = self.rest_of_fields(fields, make, tried);
        let level = self.level(fields);
        quote_spanned! {span=>
            #level
            let wrong_type: &'static #core::Leaf =
                const { &#core::Leaf::wrong_type(#expected) };
            let mut fields =
                #core::__private::Fields::of(object, #names, wrong_type, #tried);
            if !#core::__private::Fields::begin::<#strict>(&mut fields) {
                return ::core::result::Result::Err(#core::__private::Fields::failed(&mut fields));
            }
            #rest
        }
    }

    // let field0 = Fields::read_in_line::<Vec<T>, __STRICT>(&mut fields, 0, Source::ItemOrAttribute);
    // if __TRIED && Fields::has_stopped(&fields) {
    //     return Err(Fields::failed(&mut fields));
    // }
    // let field1 = Fields::read_or::<String, __STRICT>(&mut fields, 1, Source::Item, || expression);
    // match (field0, field1) {
    //     (Some(field0), Some(field1)) => Ok(Self { items: field0, note: field1 }),
    //     _ => Err(Fields::failed(&mut fields)),
    // }
    //
    // There is a value, or what is wrong is noted. So there is one branch; with one for each field,
    // a program with many structs is several times as large. `Fields::read(…)` and not
    // `fields.read(…)`: a trait of the user's may have a method of the same name.
    //
    // With `deny_unknown`, and where all fields may be missing, the match begins with `true`.
    /// Reads all fields from `fields`.
    pub fn rest_of_fields(
        &self,
        fields: &Fields,
        make: &TokenStream,
        tried: &TokenStream,
    ) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let mut index = 0;
        let mut reads = Vec::new();
        let mut places = Vec::new();
        let mut members = Vec::new();
        for field in &fields.all {
            let member = &field.member;
            if field.is_skipped() {
                let default = self.default(field);
                members.push(quote_spanned!(span=> #member: #default));
                continue;
            }
            let place = shared::ident(&format!("field{}", places.len()));
            let read = self.read(index, field, fields);
            let may_stop = matches!(field.missing(), Missing::Wrong).then(|| {
                quote_spanned! {span=>
                    if #tried && #core::__private::Fields::has_stopped(&fields) {
                        return ::core::result::Result::Err(
                            #core::__private::Fields::failed(&mut fields),
                        );
                    }
                }
            });
            reads.push(quote_spanned!(span=> let #place = #read; #may_stop));
            members.push(quote_spanned!(span=> #member: #place));
            places.push(place);
            index += usize::from(field.attributes.flatten.is_none());
        }
        let made = quote_spanned!(span=> ::core::result::Result::Ok(#make { #(#members),* }));
        let checks: Vec<_> = self.checks(fields).into_iter().collect();
        if places.is_empty() && checks.is_empty() {
            return made;
        }
        let right = checks.iter().map(|_| quote_spanned!(span=> true));
        quote_spanned! {span=>
            #(#reads)*
            match (#(#checks,)* #(#places,)*) {
                (#(#right,)* #(::core::option::Option::Some(#places),)*) => #made,
                _ => ::core::result::Result::Err(#core::__private::Fields::failed(&mut fields)),
            }
        }
    }

    /// What has to be true when all fields are read.
    fn checks(&self, fields: &Fields) -> Vec<TokenStream> {
        let (core, span) = (self.core, Span::mixed_site());
        let denies = self.denies(fields).then(|| {
            let flattened = self.flattened(fields);
            quote_spanned! {span=>
                #core::__private::Fields::deny_unknown(&mut fields, #flattened)
            }
        });
        let all_may_be_missing =
            fields.used().all(|field| !matches!(field.missing(), Missing::Wrong));
        let is_apt = all_may_be_missing.then(|| {
            let mut used = fields.used().peekable();
            let by_key =
                used.peek().is_none() || used.any(|field| field.source() != Source::Attribute);
            quote_spanned!(span=> #core::__private::Fields::is_apt(&mut fields, #by_key))
        });
        is_apt.into_iter().chain(denies).collect()
    }

    fn denies(&self, fields: &Fields) -> bool {
        self.container.attributes.deny_unknown.is_some() && fields.shape == Shape::Named
    }

    /// The hints of all fields that are flattened.
    fn flattened(&self, fields: &Fields) -> TokenStream {
        let hints = fields.flattened().map(|field| self.hints.of(field.ty));
        quote_spanned!(Span::mixed_site()=> const { &[#(#hints),*] })
    }

    /// The call that reads a field.
    fn read(&self, index: usize, field: &Field, fields: &Fields) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let (ty, source) = (field.ty, self.source(field));
        let strict = self.strict(field.attributes.strict.is_some());
        if field.attributes.flatten.is_some() {
            let flattened = self.flattened(fields);
            return quote_spanned! {span=>
                #core::__private::Fields::read_flattened::<#ty, #strict>(&mut fields, #flattened)
            };
        }
        let default = match field.missing() {
            Missing::Wrong => None,
            _ => {
                let default = self.default(field);
                Some(quote_spanned!(span=> || #default))
            }
        };
        let method = |method: &str| match default {
            Some(_) => shared::ident(&format!("{method}_or")),
            None => shared::ident(method),
        };
        match field.attributes.reader() {
            Some(reader) => {
                let (method, reader) = (method("read_by"), by_user(&reader));
                quote_spanned! {span=>
                    #core::__private::Fields::#method::<#ty>(
                        &mut fields, #index, #source, #reader, #default
                    )
                }
            }
            None => {
                let method = match (&self.container.data, &default) {
                    (Data::Struct(_), None) if fields.used().count() <= FEW => {
                        shared::ident("read_in_line")
                    }
                    (Data::Struct(_), None) => shared::ident("read_slot_first"),
                    (Data::Enum(_), None) => shared::ident("read_entry_first"),
                    _ => method("read"),
                };
                quote_spanned! {span=>
                    #core::__private::Fields::#method::<#ty, #strict>(
                        &mut fields, #index, #source, #default
                    )
                }
            }
        }
    }

    fn source(&self, field: &Field) -> TokenStream {
        source(self.core, field.source())
    }

    /// What the field has where nothing is read for it.
    fn default(&self, field: &Field) -> TokenStream {
        let (ty, member) = (field.ty, &field.member);
        match field.missing() {
            Missing::Expression(expression) => {
                let expression: &Expr = expression;
                quote_spanned!(Span::mixed_site()=> #expression)
            }
            Missing::OfStruct => {
                let span = self.container.attributes.default.as_ref();
                let span = span.map_or_else(Span::mixed_site, |word| {
                    Span::mixed_site().located_at(word.ident.span())
                });
                quote_spanned!(span=> <Self as ::core::default::Default>::default().#member)
            }
            Missing::OfType | Missing::Wrong => {
                quote_spanned!(shared::at(ty)=> <#ty as ::core::default::Default>::default())
            }
        }
    }

    // let items = &tuple_items::<2, __STRICT>(<f64 as …>::SHALLOW, object, const { &tuple_leaves(Self::EXPECTED) })?;
    // match 'failed: {
    //     return Ok(Self {
    //         0: match TupleItems::item::<f64, __STRICT>(items, 0) {
    //             Ok(value) => value,
    //             Err(first) => break 'failed (first, 0),
    //         },
    //         1: match TupleItems::item::<f64, __STRICT>(items, 1) {
    //             Ok(value) => value,
    //             Err(first) => break 'failed (first, 1),
    //         },
    //     });
    // } {
    //     (first, done) => {
    //         let remaining: &[ItemCheck<'_, 'py, 2>; 1] = &[(TupleItems::check::<f64, __STRICT>, 1)];
    //         Err(TupleItems::failed(items, "Point", first, done, remaining))
    //     }
    // }
    fn tuple(&self, fields: &Fields, make: &TokenStream, expected: &TokenStream) -> TokenStream {
        let (core, py, span) = (self.core, self.py, Span::mixed_site());
        let owner = self.container.name();
        let (mut values, mut checks) = (Vec::new(), Vec::new());
        for field in &fields.all {
            let member = &field.member;
            if field.is_skipped() {
                let default = self.default(field);
                values.push(quote_spanned!(span=> #member: #default,));
                continue;
            }
            let index = checks.len();
            let read = self.item(index, field);
            values.push(quote_spanned! {span=>
                #member: match #read {
                    ::core::result::Result::Ok(value) => value,
                    ::core::result::Result::Err(first) => break 'failed (first, #index),
                },
            });
            checks.push(self.item_check(index, field));
        }
        let count = checks.len();
        let is_shallow = self.is_shallow([fields]);
        let items = quote_spanned! {span=>
            &#core::__private::tuple_items::<#count, __STRICT>(
                #is_shallow, object, const { &#core::__private::tuple_leaves(#expected) },
            )?
        };
        if checks.is_empty() {
            return quote_spanned! {span=>
                let _ = #items;
                ::core::result::Result::Ok(#make { #(#values)* })
            };
        }
        let later = checks.into_iter().skip(1);
        let last = count - 1;
        quote_spanned! {span=>
            let items = #items;
            match 'failed: { return ::core::result::Result::Ok(#make { #(#values)* }); } {
                (first, done) => {
                    let remaining: &[#core::__private::ItemCheck<'_, #py, #count>; #last] =
                        &[#(#later,)*];
                    ::core::result::Result::Err(#core::__private::TupleItems::failed(
                        items, #owner, first, done, remaining,
                    ))
                }
            }
        }
    }

    /// The call that reads an item of a tuple.
    fn item(&self, index: usize, field: &Field) -> TokenStream {
        let (core, span, ty) = (self.core, Span::mixed_site(), field.ty);
        match field.attributes.reader() {
            Some(reader) => {
                let reader = by_user(&reader);
                quote_spanned! {span=>
                    #core::__private::TupleItems::item_by::<#ty>(items, #index, #reader)
                }
            }
            None => {
                let strict = self.strict(field.attributes.strict.is_some());
                quote_spanned! {span=>
                    #core::__private::TupleItems::item::<#ty, #strict>(items, #index)
                }
            }
        }
    }

    /// What checks a later item.
    fn item_check(&self, index: usize, field: &Field) -> TokenStream {
        let (core, span, ty) = (self.core, Span::mixed_site(), field.ty);
        if field.attributes.reader().is_some() {
            let read = self.item(index, field);
            return quote_spanned!(span=> (|items, _| #read.map(::core::mem::drop), #index));
        }
        let strict = self.strict(field.attributes.strict.is_some());
        quote_spanned!(span=> (#core::__private::TupleItems::check::<#ty, #strict>, #index))
    }

    // extract_tried_as::<f64, __STRICT>(object, __TRIED).map(|value| Self { 0: value })
    fn newtype(&self, fields: &Fields, make: &TokenStream, tried: &TokenStream) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let Some(field) = fields.used().next() else { return TokenStream::new() };
        let values = fields.all.iter().map(|one| {
            let member = &one.member;
            if one.is_skipped() {
                let default = self.default(one);
                return quote_spanned!(span=> #member: #default);
            }
            quote_spanned!(span=> #member: value)
        });
        let ty = field.ty;
        let strict = self.strict(field.attributes.strict.is_some());
        let read = match field.attributes.reader() {
            Some(reader) => {
                let reader = by_user(&reader);
                quote_spanned!(span=> (#reader)(&object))
            }
            None => {
                quote_spanned! {shared::at(ty)=>
                    #core::__private::extract_tried_as::<#ty, #strict>(object, #tried)
                }
            }
        };
        // A type that leads back to itself by way of `Box` or `Option` alone.
        let level = (field.attributes.reader().is_none() && shared::is_wrapper(ty))
            .then(|| self.level(fields));
        quote_spanned!(span=> #level #read.map(|value| #make { #(#values),* }))
    }
}

/// The user's function, with its error made one of a conversion.
fn by_user(function: &ExprPath) -> TokenStream {
    let span = Span::mixed_site().located_at(syn::spanned::Spanned::span(function));
    quote_spanned!(span=> |object| #function(object).map_err(::core::convert::Into::into))
}

pub fn source(core: &TokenStream, source: Source) -> TokenStream {
    let span = Span::mixed_site();
    let source = match source {
        Source::ItemOrAttribute => quote_spanned!(span=> ItemOrAttribute),
        Source::Item => quote_spanned!(span=> Item),
        Source::Attribute => quote_spanned!(span=> Attribute),
    };
    quote_spanned!(span=> #core::__private::Source::#source)
}
