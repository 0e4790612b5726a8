//! Reads an enum: finds the variant, then its fields.

use super::Reading;
use super::fields::source;
use crate::ast::{Enum, Shape, Source, Tagging, Variant};
use crate::{numbers, shared};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::LitStr;

impl Reading<'_> {
    pub fn of_enum(&self, data: &Enum) -> TokenStream {
        match &data.tagging {
            Tagging::Untagged => self.untagged(data),
            Tagging::Internal(tag) => self.internal(data, tag),
            Tagging::Adjacent(tag, content) => self.adjacent(data, tag, content),
            Tagging::External => self.external(data),
            Tagging::Names => self.by_name(data),
            Tagging::Numbers => self.by_number(data),
        }
    }

    /// `Self::Variant`
    fn make(&self, variant: &Variant) -> TokenStream {
        let ident = variant.ident;
        quote_spanned!(Span::mixed_site()=> Self::#ident)
    }

    /// Whether some variant takes what has no known name, as a constant.
    fn has_other(&self, data: &Enum) -> TokenStream {
        match data.other() {
            Some(_) => quote_spanned!(Span::mixed_site()=> true),
            None => quote_spanned!(Span::mixed_site()=> false),
        }
    }

    /// The arm for what has no known name.
    fn other(&self, data: &Enum) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        match data.other() {
            Some(variant) if variant.is_unit() => {
                let make = self.make(variant);
                quote_spanned!(span=> ::core::result::Result::Ok(#make))
            }
            Some(variant) => {
                let body = self.of_variant(variant, &quote_spanned!(span=> false));
                quote_spanned!(span=> { #body })
            }
            None => quote_spanned! {span=>
                ::core::result::Result::Err(#core::__private::unknown_variant::<Self>())
            },
        }
    }

    // let _level = StackGuard::enter_unless(<f64 as FromPyObject<'__object, 'py>>::SHALLOW, object.py())?;
    // let attempt0 = |object: Borrowed<'__object, 'py, PyAny>, tried: bool| -> Result<Self, ConversionError> {
    //     extract_tried_as::<f64, __STRICT>(object, tried).map(|value| Self::Fixed { 0: value })
    // };
    // let attempt1 = …;
    // let error = match (|| -> Result<Self, ConversionError> {
    //     let tried = true;
    //     extract_tried_as::<f64, __STRICT>(object, tried).map(|value| Self::Fixed { 0: value })
    // })() {
    //     Err(error) => error,
    //     made => return made,
    // };
    // apart(move || {
    //     let mut lacking = 0;
    //     match 'tried: {
    //         if !lets_go_on(&error, 0, &mut lacking) {
    //             break 'tried (0, error);
    //         }
    //         match (|| { … })() {
    //             Err(error) if lets_go_on(&error, 1, &mut lacking) => {}
    //             Err(error) => break 'tried (1, error),
    //             made => return made,
    //         }
    //         …
    //         if lacking == 0 {
    //             return Err(no_variant::<Self, true>(object));
    //         }
    //         (2, ConversionError::lacking())
    //     } {
    //         (_, error) if __TRIED && ConversionError::is_lacking(&error) => Err(error),
    //         (index, error) => go_on::<Self, 2, true>(
    //             object, &NAMES, &[attempt0, attempt1], lacking, index, error,
    //         ),
    //     }
    // })
    //
    // The attempts capture nothing: they are functions, too, for when all is to be told. Until then
    // each variant is read by a closure of its own, which is called here only and so becomes part
    // of what surrounds it: what it makes is not moved. What reads the later variants stands apart,
    // so that the first is read in line, and without saving registers for them.
    fn untagged(&self, data: &Enum) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let all: Vec<_> = data.variants.iter().map(|variant| variant.name.clone()).collect();
        let known = data.variants.iter().enumerate();
        let aliases =
            known.flat_map(|(index, variant)| variant.aliases().map(move |alias| (index, alias)));
        let names = shared::names(self.container, &all, &aliases.collect::<Vec<_>>());
        let count = data.variants.len();
        let bodies = data.variants.iter().enumerate().map(|(index, variant)| {
            let make = self.make(variant);
            match variant.fields.shape {
                Shape::Unit if variant.is_other() => quote_spanned! {span=>
                    let _ = (object, tried);
                    ::core::result::Result::Ok(#make)
                },
                Shape::Unit => quote_spanned! {span=>
                    let _ = tried;
                    #core::__private::unit_variant::<Self, #count, __STRICT>(
                        object, __names(), #index,
                    ).map(|()| #make)
                },
                _ => {
                    let body = self.of_variant(variant, &quote_spanned!(span=> tried));
                    quote_spanned! {span=>
                        let _ = tried;
                        #body
                    }
                }
            }
        });
        let bodies: Vec<_> = bodies.collect();
        let attempts: Vec<_> =
            (0..count).map(|index| shared::ident(&format!("attempt{index}"))).collect();
        let (first, later, indices) = (&bodies[0], &bodies[1..], 1..count);
        let newtypes = data.variants.iter().map(|variant| &variant.fields);
        let newtypes = newtypes.filter(|fields| fields.shape == Shape::Newtype);
        let by_type = newtypes.flat_map(|fields| fields.used());
        let by_type = by_type.filter(|field| field.attributes.reader().is_none());
        let is_shallow = shared::all_shallow(by_type.map(|field| field.ty), self.implemented);
        let texts = data.variants.iter().any(|variant| variant.is_unit() && !variant.is_other());
        let (object, py) = (self.object, self.py);
        quote_spanned! {span=>
            fn __names() -> &'static #core::__private::Names<#count> {
                #names
            }
            let _level = #core::__private::StackGuard::enter_unless(#is_shallow, object.py())?;
            #(let #attempts = |
                object: #core::Borrowed<#object, #py, #core::types::PyAny>,
                tried: bool,
            | -> ::core::result::Result<Self, #core::ConversionError> { #bodies };)*
            let error = match (|| -> ::core::result::Result<Self, #core::ConversionError> {
                let tried = true;
                #first
            })() {
                ::core::result::Result::Err(error) => error,
                made => return made,
            };
            #core::__private::apart(move || {
                let mut lacking = 0;
                match 'tried: {
                    if !#core::__private::lets_go_on(&error, 0, &mut lacking) {
                        break 'tried (0, error);
                    }
                    #(match (|| -> ::core::result::Result<Self, #core::ConversionError> {
                        let tried = true;
                        #later
                    })() {
                        ::core::result::Result::Err(error)
                            if #core::__private::lets_go_on(&error, #indices, &mut lacking) => {}
                        ::core::result::Result::Err(error) => break 'tried (#indices, error),
                        made => return made,
                    })*
                    if lacking == 0 {
                        return ::core::result::Result::Err(
                            #core::__private::no_variant::<Self, #texts>(object),
                        );
                    }
                    (#count, #core::ConversionError::lacking())
                } {
                    (_, error) if __TRIED && #core::ConversionError::is_lacking(&error) => {
                        ::core::result::Result::Err(error)
                    }
                    (index, error) => #core::__private::go_on::<Self, #count, #texts>(
                        object, __names(), &[#(#attempts),*], lacking, index, error,
                    ),
                }
            })
        }
    }

    // let _level = StackGuard::enter_unless(<f64 as FromPyObject<'__object, 'py>>::SHALLOW, object.py())?;
    // let tags: &Tags<2> = &TAGS;
    // let mut fields = Fields::of(object, &NAMES, wrong_type, false);
    // if !Fields::begin::<__STRICT>(&mut fields) {
    //     return Err(Fields::failed(&mut fields));
    // }
    // let variant = Fields::tag::<2, false, __TRIED>(&mut fields, Source::ItemOrAttribute, tags, wrong_type)?;
    // let read = || match variant {
    //     0 => { Fields::turn_to(&mut fields, &CIRCLE); …; Ok(Self::Circle { radius: … }) }
    //     _ => Ok(Self::Nothing),
    // };
    // read().map_err(|error| Tags::in_variant(tags, error, variant, object))
    fn internal(&self, data: &Enum, tag: &LitStr) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let implemented = self.implemented;
        let (tags, has_other) = (shared::tags(self.container, data), self.has_other(data));
        let names = shared::names(self.container, &[tag.value()], &[]);
        let arms = data.known().enumerate().map(|(index, variant)| {
            let make = self.make(variant);
            let body = match variant.fields.shape {
                Shape::Unit => quote_spanned!(span=> ::core::result::Result::Ok(#make)),
                Shape::Named => {
                    let names =
                        shared::field_names(self.container, &[], &variant.fields, &[tag.value()]);
                    let rest =
                        self.rest_of_fields(&variant.fields, &make, &quote_spanned!(span=> false));
                    quote_spanned! {span=>
                        #core::__private::Fields::turn_to(&mut fields, #names);
                        #rest
                    }
                }
                Shape::Newtype => self.beside_tag(variant),
                Shape::Tuple => TokenStream::new(),
            };
            quote_spanned!(span=> #index => { #body })
        });
        let arms: Vec<_> = arms.collect();
        let other = self.other(data);
        let (source, strict) = (self.tag_source(), self.tag_strict());
        let level = self.level_of(data.variants.iter().map(|variant| &variant.fields));
        quote_spanned! {span=>
            #level
            let tags = #tags;
            let wrong_type: &'static #core::Leaf =
                const { &#core::Leaf::wrong_type(<Self as #implemented>::EXPECTED) };
            let mut fields = #core::__private::Fields::of(object, #names, wrong_type, false);
            if !#core::__private::Fields::begin::<#strict>(&mut fields) {
                return ::core::result::Result::Err(#core::__private::Fields::failed(&mut fields));
            }
            let variant =
                #core::__private::Fields::tag::<_, #has_other, __TRIED>(&mut fields, #source, tags, wrong_type)?;
            #[allow(unused_mut)]
            let mut read = || -> ::core::result::Result<Self, #core::ConversionError> {
                match variant {
                    #(#arms)*
                    _ => { #other }
                }
            };
            read().map_err(|error| {
                #core::__private::Tags::in_variant(tags, error, variant, object)
            })
        }
    }

    // Fields::beside_tag::<Size, __STRICT>(&mut fields).map(|value| Self::Rectangle { 0: value })
    fn beside_tag(&self, variant: &Variant) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let Some(field) = variant.fields.used().next() else { return TokenStream::new() };
        if field.attributes.reader().is_some() {
            return self.of_variant(variant, &quote_spanned!(span=> false));
        }
        let (ty, member, make) = (field.ty, &field.member, self.make(variant));
        let strict = self.strict(field.attributes.strict.is_some());
        quote_spanned! {span=>
            #core::__private::Fields::beside_tag::<#ty, #strict>(&mut fields)
                .map(|value| #make { #member: value })
        }
    }

    /// Where the tag is looked for: where fields are that do not say.
    fn tag_source(&self) -> TokenStream {
        let words = &self.container.attributes;
        let of_words = match (&words.items, &words.attributes) {
            (Some(_), _) => Source::Item,
            (_, Some(_)) => Source::Attribute,
            _ => Source::ItemOrAttribute,
        };
        source(self.core, of_words)
    }

    fn tag_strict(&self) -> TokenStream {
        match self.container.attributes.attributes {
            Some(_) => quote_spanned!(Span::mixed_site()=> false),
            None => quote_spanned!(Span::mixed_site()=> __STRICT),
        }
    }

    // let _level = StackGuard::enter(object.py())?;
    // let tags: &Tags<2> = &TAGS;
    // let mut fields = Fields::of(object, &NAMES, wrong_type, false);
    // if !Fields::begin::<__STRICT>(&mut fields) {
    //     return Err(Fields::failed(&mut fields));
    // }
    // let variant = Fields::tag::<2, false, __TRIED>(&mut fields, Source::ItemOrAttribute, tags, wrong_type)?;
    // let content = match variant {
    //     0 => Fields::content(&mut fields, Source::ItemOrAttribute)?,
    //     1 => return Ok(Self::Nothing),
    // };
    // let read = move |object: Borrowed<'_, 'py, PyAny>| match variant {
    //     0 => { …; Ok(Self::Circle { radius: … }) }
    //     _ => unreachable!(),
    // };
    // read(content.as_borrowed()).map_err(|error| {
    //     Tags::in_variant(tags, Fields::in_content(&fields, error, &content), variant, object)
    // })
    fn adjacent(&self, data: &Enum, tag: &LitStr, content: &LitStr) -> TokenStream {
        let (core, py, span) = (self.core, self.py, Span::mixed_site());
        let implemented = self.implemented;
        let (tags, has_other) = (shared::tags(self.container, data), self.has_other(data));
        let names = shared::names(self.container, &[tag.value(), content.value()], &[]);
        let known: Vec<_> = data.known().enumerate().collect();
        let units =
            known.iter().filter(|(_, variant)| variant.is_unit()).map(|(index, variant)| {
                let make = self.make(variant);
                quote_spanned!(span=> #index => return ::core::result::Result::Ok(#make),)
            });
        let arms =
            known.iter().filter(|(_, variant)| !variant.is_unit()).map(|(index, variant)| {
                let body = self.of_variant(variant, &quote_spanned!(span=> false));
                quote_spanned!(span=> #index => { #body })
            });
        let missing =
            known.iter().filter(|(_, variant)| !variant.is_unit()).map(|(index, variant)| {
                let hint = self.hints.variant(variant, data);
                quote_spanned! {span=>
                    #index => const { &#core::__private::missing_leaves(#hint) },
                }
            });
        let missing: Vec<_> = missing.collect();
        let (units, arms) = (units.collect::<Vec<_>>(), arms.collect::<Vec<_>>());
        let unknown = data.other().map(|_| {
            let (count, other) = (known.len(), self.other(data));
            quote_spanned!(span=> #count => return { #other },)
        });
        let (source, strict) = (self.tag_source(), self.tag_strict());
        quote_spanned! {span=>
            let _level = #core::__private::StackGuard::enter(object.py())?;
            let tags = #tags;
            let wrong_type: &'static #core::Leaf =
                const { &#core::Leaf::wrong_type(<Self as #implemented>::EXPECTED) };
            let mut fields = #core::__private::Fields::of(object, #names, wrong_type, false);
            if !#core::__private::Fields::begin::<#strict>(&mut fields) {
                return ::core::result::Result::Err(#core::__private::Fields::failed(&mut fields));
            }
            let variant =
                #core::__private::Fields::tag::<_, #has_other, __TRIED>(&mut fields, #source, tags, wrong_type)?;
            let content = match variant {
                #(#units)*
                #unknown
                _ => {
                    let missing = match variant {
                        #(#missing)*
                        _ => ::core::unreachable!(),
                    };
                    #core::__private::Fields::content(&mut fields, #source, missing)?
                }
            };
            let read = move |object: #core::Borrowed<'_, #py, #core::types::PyAny>|
                -> ::core::result::Result<Self, #core::ConversionError>
            {
                match variant {
                    #(#arms)*
                    _ => {
                        let _ = object;
                        ::core::unreachable!()
                    }
                }
            };
            read(content.as_borrowed()).map_err(|error| {
                let error = #core::__private::Fields::in_content(&fields, error, &content);
                #core::__private::Tags::in_variant(tags, error, variant, object)
            })
        }
    }

    // let tags: &Tags<2> = &TAGS;
    // let named = external::<Self, 2, false, __STRICT>(object, tags)?;
    // let read = || match named.variant {
    //     0 => (|object: Borrowed<'_, 'py, PyAny>| { …; Ok(Self::Circle { radius: … }) })(
    //         External::content(&named)?.as_borrowed(),
    //     ),
    //     _ => External::check_unit(&named).map(|()| Self::Nothing),
    // };
    // read().map_err(|error| External::failed(&named, error, tags, object))
    fn external(&self, data: &Enum) -> TokenStream {
        let (core, py, span) = (self.core, self.py, Span::mixed_site());
        let (tags, has_other) = (shared::tags(self.container, data), self.has_other(data));
        let arms = data.known().enumerate().map(|(index, variant)| {
            let make = self.make(variant);
            if variant.is_unit() {
                return quote_spanned! {span=>
                    #index => #core::__private::External::check_unit(&named).map(|()| #make),
                };
            }
            let body = self.of_variant(variant, &quote_spanned!(span=> false));
            quote_spanned! {span=>
                #index => (|object: #core::Borrowed<'_, #py, #core::types::PyAny>|
                    -> ::core::result::Result<Self, #core::ConversionError> { #body }
                )(#core::__private::External::content(&named)?.as_borrowed()),
            }
        });
        let arms: Vec<_> = arms.collect();
        let other = self.other(data);
        quote_spanned! {span=>
            let tags = #tags;
            let named =
                #core::__private::external::<Self, _, #has_other, __STRICT>(object, tags)?;
            let read = || -> ::core::result::Result<Self, #core::ConversionError> {
                match named.variant {
                    #(#arms)*
                    _ => { #other }
                }
            };
            read().map_err(|error| {
                #core::__private::External::failed(&named, error, tags, object)
            })
        }
    }

    // match named_variant::<Self, 2, __STRICT>(object, &NAMES)? {
    //     Some(0) => Ok(Self::Red),
    //     Some(1) => Ok(Self::Green),
    //     _ => Err(unknown_variant::<Self>()),
    // }
    fn by_name(&self, data: &Enum) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let names = shared::variant_names(self.container, data);
        let found = quote_spanned! {span=>
            #core::__private::named_variant::<Self, _, __STRICT>(object, #names)?
        };
        self.by_index(data, &found)
    }

    // match numbered_variant::<Self, __STRICT>(object, const { &[Color::Red as i128, …] })? { … }
    fn by_number(&self, data: &Enum) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let numbers = data.known().map(|variant| numbers::of(variant, self.container));
        let found = quote_spanned! {span=>
            #core::__private::numbered_variant::<Self, __STRICT>(object, const { &[#(#numbers),*] })?
        };
        self.by_index(data, &found)
    }

    fn by_index(&self, data: &Enum, found: &TokenStream) -> TokenStream {
        let span = Span::mixed_site();
        let arms = data.known().enumerate().map(|(index, variant)| {
            let make = self.make(variant);
            quote_spanned! {span=>
                ::core::option::Option::Some(#index) => ::core::result::Result::Ok(#make),
            }
        });
        let other = self.other(data);
        quote_spanned! {span=>
            match #found {
                #(#arms)*
                _ => #other,
            }
        }
    }
}
