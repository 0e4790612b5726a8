//! Writes an enum: what the variant becomes, by the way variants are told apart.

use super::Writing;
use super::fields::{Written, by_type};
use crate::ast::{Enum, Shape, Tagging, Variant};
use crate::{numbers, shared};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::LitStr;

impl Writing<'_> {
    // type Target = PyDict;
    //
    // match self {
    //     Shape::Circle { radius: field0 } => { …; record.finish() }
    //     Shape::Nothing {} => { … }
    // }
    pub fn of_enum(&self, data: &Enum) -> (TokenStream, TokenStream) {
        let (core, span) = (self.core, Span::mixed_site());
        let has_object = data.other().is_some_and(|variant| !variant.is_unit());
        let target = match data.tagging {
            Tagging::Names if !has_object => Some("PyString"),
            Tagging::Numbers if !has_object => Some("PyInt"),
            Tagging::Internal(_) | Tagging::Adjacent(..) if !has_object => Some("PyDict"),
            _ => None,
        };
        let names = self.names(data);
        let arms = data.variants.iter().map(|variant| {
            let (pattern, fields) = self.pattern(variant);
            let body = self.variant(variant, data, &fields);
            let body = match target {
                Some(_) => body,
                None => quote_spanned! {span=>
                    (|| -> ::core::result::Result<_, #core::ConversionError> { #body })()
                        .map(#core::Bound::into_any)
                },
            };
            quote_spanned!(span=> #pattern => { #body })
        });
        let arms: Vec<_> = arms.collect();
        let target = shared::ident(target.unwrap_or("PyAny"));
        let body = quote_spanned! {span=>
            #names
            match self {
                #(#arms)*
            }
        };
        (quote_spanned!(span=> #core::types::#target), body)
    }

    /// The names of all variants, where any are written.
    fn names(&self, data: &Enum) -> Option<TokenStream> {
        let is_written = match data.tagging {
            Tagging::Numbers => false,
            Tagging::Untagged => data.variants.iter().any(Variant::is_unit),
            _ => true,
        };
        let all: Vec<_> = data.variants.iter().map(|variant| variant.name.clone()).collect();
        let names = shared::names(self.container, &all, &[]);
        is_written.then(|| quote_spanned!(Span::mixed_site()=> let names = #names;))
    }

    /// `Shape::Circle { radius: field0 }`, and its fields.
    fn pattern<'a>(&self, variant: &'a Variant<'a>) -> (TokenStream, Vec<Written<'a>>) {
        let span = Span::mixed_site();
        let (enum_ident, ident) = (&self.container.ident, variant.ident);
        let mut written = Vec::new();
        let members = variant.fields.all.iter().enumerate().map(|(index, field)| {
            let member = &field.member;
            if field.is_skipped() {
                return quote_spanned!(span=> #member: _);
            }
            let binding = shared::ident(&format!("field{index}"));
            let binding = quote_spanned!(span=> #binding);
            written.push(self.of_binding(field, &binding));
            quote_spanned!(span=> #member: #binding)
        });
        let members: Vec<_> = members.collect();
        (quote_spanned!(span=> #enum_ident::#ident { #(#members),* }), written)
    }

    fn variant(&self, variant: &Variant, data: &Enum, fields: &[Written]) -> TokenStream {
        let index = data.variants.iter().position(|one| one.ident == variant.ident);
        let index = index.unwrap_or_default();
        if variant.is_other() && !variant.is_unit() {
            return self.content(variant, fields);
        }
        match &data.tagging {
            Tagging::Untagged if !variant.is_unit() => self.content(variant, fields),
            Tagging::Numbers => self.number(variant),
            Tagging::Internal(tag) => self.internal(variant, index, tag, fields),
            Tagging::Adjacent(tag, content) => self.adjacent(variant, index, tag, content, fields),
            Tagging::External if !variant.is_unit() => self.external(variant, index, fields),
            Tagging::Untagged | Tagging::External | Tagging::Names => quote_spanned! {
                Span::mixed_site()=> ::core::result::Result::Ok(names.string(py, #index))
            },
        }
    }

    /// What the variant holds, as it is: a `Result` of some object, with statements before it.
    fn content(&self, variant: &Variant, fields: &[Written]) -> TokenStream {
        match (variant.fields.shape, fields) {
            (Shape::Named, _) => {
                let names = shared::field_names(self.container, &[], &variant.fields, &[]);
                self.named(&names, 0, fields)
            }
            (Shape::Newtype, [only]) => self.object(only),
            _ => self.tuple(fields),
        }
    }

    // <i128 as IntoPy<'py>>::into_py(const { Color::Red as i128 }, py)
    fn number(&self, variant: &Variant) -> TokenStream {
        let (implemented, span) = (self.implemented, Span::mixed_site());
        let number = numbers::of(variant, self.container);
        quote_spanned!(span=> <i128 as #implemented>::into_py(const { #number }, py))
    }

    // let mut record = Record::new(py, &NAMES)?;
    // Record::set_tag(&mut record, names, 0);
    // Record::set::<f64>(&mut record, 1, field0);
    // record.finish()
    fn internal(
        &self,
        variant: &Variant,
        index: usize,
        tag: &LitStr,
        fields: &[Written],
    ) -> TokenStream {
        let names = match variant.fields.shape {
            Shape::Named => {
                shared::field_names(self.container, &[tag.value()], &variant.fields, &[])
            }
            _ => shared::names(self.container, &[tag.value()], &[]),
        };
        let rest = match (variant.fields.shape, fields) {
            (Shape::Newtype, [only]) => self.merged(only),
            _ => self.set_all(1, fields),
        };
        self.tagged(index, &names, &rest, fields)
    }

    /// A dict with the variant's name first.
    fn tagged(
        &self,
        index: usize,
        names: &TokenStream,
        rest: &TokenStream,
        fields: &[Written],
    ) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let level = self.level(by_type(fields));
        quote_spanned! {span=>
            #level
            let mut record = #core::__private::Record::new(py, #names)?;
            #core::__private::Record::set_tag(&mut record, names, #index);
            #rest
            record.finish()
        }
    }

    fn adjacent(
        &self,
        variant: &Variant,
        index: usize,
        tag: &LitStr,
        content: &LitStr,
        fields: &[Written],
    ) -> TokenStream {
        let names = match variant.is_unit() {
            true => shared::names(self.container, &[tag.value()], &[]),
            false => shared::names(self.container, &[tag.value(), content.value()], &[]),
        };
        let rest = match variant.is_unit() {
            true => TokenStream::new(),
            false => self.set_content(1, variant, fields),
        };
        self.tagged(index, &names, &rest, fields)
    }

    // let mut record = Record::with_capacity(py, names, 1)?;
    // Record::set_object(&mut record, 0, …);
    // record.finish()
    fn external(&self, variant: &Variant, index: usize, fields: &[Written]) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let (level, set) = (self.level(None), self.set_content(index, variant, fields));
        quote_spanned! {span=>
            #level
            let mut record = #core::__private::Record::with_capacity(py, names, 1)?;
            #set
            record.finish()
        }
    }

    /// Sets one entry of a `record` to what the variant holds.
    fn set_content(&self, index: usize, variant: &Variant, fields: &[Written]) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let content = self.content(variant, fields);
        quote_spanned! {span=>
            let content = (|| -> ::core::result::Result<_, #core::ConversionError> { #content })()
                .map(#core::Bound::into_any);
            #core::__private::Record::set_object(&mut record, #index, content);
        }
    }

    /// Adds the entries of the dict that the only field becomes.
    fn merged(&self, only: &Written) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let object = self.object(only);
        quote_spanned! {span=>
            #core::__private::Record::merge(&mut record, || #object);
        }
    }
}
