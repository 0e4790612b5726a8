//! Writes the fields of a struct, or of a variant of an enum.

use super::{Writing, is_shared_reference};
use crate::ast::{Field, Fields, Shape};
use crate::shared;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Type;

/// A field as it is written.
pub struct Written<'a> {
    field: &'a Field<'a>,
    /// The type of the value: perhaps a reference to that of the field.
    ty: Type,
    value: TokenStream,
    /// A reference to the field.
    reference: TokenStream,
}

impl Writing<'_> {
    pub fn of_struct(&self, fields: &Fields) -> (TokenStream, TokenStream) {
        let (core, implemented, span) = (self.core, self.implemented, Span::mixed_site());
        let written: Vec<_> = fields.used().map(|field| self.of_self(field)).collect();
        match (fields.shape, &*written) {
            (Shape::Named, _) => {
                let names = shared::field_names(self.container, &[], fields, &[]);
                let body = self.named(&names, 0, &written);
                (quote_spanned!(span=> #core::types::PyDict), body)
            }
            (Shape::Newtype, [written @ Written { field, ty, .. }]) => {
                let target = match field.attributes.writer() {
                    Some(_) => quote_spanned!(span=> #core::types::PyAny),
                    None => quote_spanned!(shared::at(ty)=> <#ty as #implemented>::Target),
                };
                (target, self.newtype(written))
            }
            _ => (quote_spanned!(span=> #core::types::PyTuple), self.tuple(&written)),
        }
    }

    fn of_self<'a>(&self, field: &'a Field<'a>) -> Written<'a> {
        let (span, member, ty) = (Span::mixed_site(), &field.member, self.written(field.ty));
        // The function's parameter is of this type, or that is the mistake.
        let reference = quote_spanned!(shared::at(field.ty)=> &self.#member);
        let value = match self.reference {
            Some(_) if !is_shared_reference(field.ty) => reference.clone(),
            _ => quote_spanned!(span=> self.#member),
        };
        Written { field, ty, value, reference }
    }

    /// A field that a pattern bound to a name.
    pub fn of_binding<'a>(&self, field: &'a Field<'a>, binding: &TokenStream) -> Written<'a> {
        let (span, ty) = (Span::mixed_site(), self.written(field.ty));
        let (value, reference) = match self.reference {
            None => (binding.clone(), quote_spanned!(span=> &#binding)),
            Some(_) if is_shared_reference(field.ty) => {
                (quote_spanned!(span=> *#binding), binding.clone())
            }
            Some(_) => (binding.clone(), binding.clone()),
        };
        Written { field, ty, value, reference }
    }

    // let _level = StackGuard::enter_unless(<Vec<T> as IntoPy<'py>>::SHALLOW && …, py)?;
    // let mut record = Record::new(py, &NAMES)?;
    // Record::set::<Vec<T>>(&mut record, 0, self.items);
    // Record::set::<String>(&mut record, 1, self.note);
    // record.finish()
    pub fn named(&self, names: &TokenStream, before: usize, fields: &[Written]) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let set = self.set_all(before, fields);
        let mutable = (!fields.is_empty()).then(|| quote_spanned!(span=> mut));
        let level = self.level(by_type(fields));
        quote_spanned! {span=>
            #level
            let #mutable record = #core::__private::Record::new(py, #names)?;
            #set
            record.finish()
        }
    }

    /// Sets all fields of a `record`, which has so many names before theirs.
    pub fn set_all(&self, before: usize, fields: &[Written]) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let mut index = before;
        let mut flattened = false;
        let set = fields.iter().map(|written| {
            let Written { field, ty, value, .. } = written;
            if field.attributes.flatten.is_some() {
                flattened = true;
                let object = self.object(written);
                return quote_spanned! {span=>
                    #core::__private::Record::merge(&mut record, || #object);
                };
            }
            let check = flattened.then(|| {
                quote_spanned! {span=>
                    #core::__private::Record::check_unset(&mut record, #index);
                }
            });
            let set = match (field.attributes.writer(), &field.attributes.skip_none) {
                (None, None) => quote_spanned! {span=>
                    #core::__private::Record::set::<#ty>(&mut record, #index, #value);
                },
                (_, skip_none) => {
                    let object = self.object(written);
                    let method = if skip_none.is_some() { "set_unless_none" } else { "set_made" };
                    let method = shared::ident(method);
                    quote_spanned! {span=>
                        #core::__private::Record::#method(&mut record, #index, || #object);
                    }
                }
            };
            index += 1;
            quote_spanned!(span=> #check #set)
        });
        set.collect()
    }

    /// What becomes of a field: a `Result` of any object.
    pub fn object(&self, written: &Written) -> TokenStream {
        let (core, implemented) = (self.core, self.implemented);
        let Written { field, ty, value, reference } = written;
        match field.attributes.writer() {
            Some(function) => {
                let span = syn::spanned::Spanned::span(&function);
                let span = Span::mixed_site().located_at(span);
                quote_spanned! {span=>
                    match #function(#reference, py) {
                        ::core::result::Result::Ok(object) => {
                            ::core::result::Result::Ok(#core::Bound::into_any(object))
                        }
                        ::core::result::Result::Err(error) => {
                            ::core::result::Result::Err(::core::convert::Into::into(error))
                        }
                    }
                }
            }
            None => quote_spanned! {shared::at(ty)=>
                <#ty as #implemented>::into_py(#value, py).map(#core::Bound::into_any)
            },
        }
    }

    // let _level = StackGuard::enter_unless(<f64 as IntoPy<'py>>::SHALLOW, py)?;
    // let mut items = TupleBuilder::<2>::new(py, "Point");
    // TupleBuilder::push::<f64>(&mut items, self.0);
    // TupleBuilder::push::<f64>(&mut items, self.1);
    // items.finish()
    pub fn tuple(&self, fields: &[Written]) -> TokenStream {
        let (core, span) = (self.core, Span::mixed_site());
        let (count, owner) = (fields.len(), self.container.name());
        let push = fields.iter().map(|written| {
            let Written { field, ty, value, .. } = written;
            match field.attributes.writer() {
                Some(_) => {
                    let object = self.object(written);
                    quote_spanned! {span=>
                        #core::__private::TupleBuilder::push_made(&mut items, || #object);
                    }
                }
                None => quote_spanned! {span=>
                    #core::__private::TupleBuilder::push::<#ty>(&mut items, #value);
                },
            }
        });
        let mutable = (!fields.is_empty()).then(|| quote_spanned!(span=> mut));
        let level = self.level(by_type(fields));
        quote_spanned! {span=>
            #level
            let #mutable items = #core::__private::TupleBuilder::<#count>::new(py, #owner);
            #(#push)*
            items.finish()
        }
    }

    // <f64 as IntoPy<'py>>::into_py(self.0, py)
    fn newtype(&self, written: &Written) -> TokenStream {
        let implemented = self.implemented;
        let Written { field, ty, value, .. } = written;
        match field.attributes.writer() {
            Some(_) => self.object(written),
            None => quote_spanned!(shared::at(ty)=> <#ty as #implemented>::into_py(#value, py)),
        }
    }
}

/// The types of the fields, unless functions of the user's write some.
pub fn by_type<'a>(fields: &'a [Written]) -> Option<Vec<&'a Type>> {
    let all = fields.iter().map(|written| match written.field.attributes.writer() {
        Some(_) => None,
        None => Some(&written.ty),
    });
    all.collect()
}
