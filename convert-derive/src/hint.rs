//! The constant that says what Python's `typing` would call the type.
//!
//! ```text
//! const EXPECTED: TypeHint = TypeHint::derived(&DerivedHint::new(
//!     "Page",
//!     &[<T as FromPyObject<'__object, 'py>>::EXPECTED],
//!     Inside::Fields(FieldHints::new("!items\0\0?note", || const { &[
//!         &<Vec<T> as FromPyObject<'__object, 'py>>::EXPECTED,
//!         &<String as FromPyObject<'__object, 'py>>::EXPECTED,
//!     ] })),
//! ));
//! ```
//!
//! What is inside stands in a function: a type that contains itself would otherwise need its own
//! constant (E0391).

use crate::ast::{Container, Data, Derive, Enum, Field, Fields, Missing, Shape, Tagging, Variant};
use crate::{numbers, shared};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::Type;

/// Writes hints for one impl.
pub struct Hints<'a> {
    pub container: &'a Container<'a>,
    /// The trait.
    pub implemented: &'a TokenStream,
    /// What a field's type is in this impl: perhaps a reference to it.
    pub written: &'a dyn Fn(&Type) -> Type,
}

impl Hints<'_> {
    /// The hint of the whole.
    pub fn whole<'ty>(&self, arguments: impl IntoIterator<Item = &'ty Type>) -> TokenStream {
        let core = &self.container.core;
        let name = self.container.name();
        let arguments = arguments.into_iter().map(|ty| self.of(ty));
        let inside = match (self.container.stand_in(), &self.container.data) {
            (Some(ty), _) => {
                let target = self.of(ty);
                quote_spanned!(Span::mixed_site()=> Alias(|| #target))
            }
            (None, Data::Struct(fields)) => self.inside(fields),
            (None, Data::Enum(data)) => self.variants(data),
        };
        let denying = self.container.attributes.deny_unknown.as_ref();
        let denying = denying.map(|_| quote_spanned!(Span::mixed_site()=> .denying_unknown()));
        quote_spanned! {Span::mixed_site()=>
            #core::TypeHint::derived(&#core::DerivedHint::new(
                #name, &[#(#arguments),*], #core::Inside::#inside,
            )#denying)
        }
    }

    /// The hint of a tuple of these fields.
    pub fn tuple(&self, fields: &Fields) -> TokenStream {
        let core = &self.container.core;
        let items = fields.used().map(|field| self.field_type(field));
        quote_spanned!(Span::mixed_site()=> #core::TypeHint::tuple(const { &[#(#items),*] }))
    }

    /// The hint of a type.
    pub fn of(&self, ty: &Type) -> TokenStream {
        let implemented = self.implemented;
        let constant = match self.container.derive {
            Derive::FromPyObject => "EXPECTED",
            Derive::IntoPy => "PRODUCES",
        };
        let constant = Ident::new(constant, shared::at(ty));
        quote_spanned!(shared::at(ty)=> <#ty as #implemented>::#constant)
    }

    fn field_type(&self, field: &Field) -> TokenStream {
        let core = &self.container.core;
        let by_user = match self.container.derive {
            Derive::FromPyObject => field.attributes.reader(),
            Derive::IntoPy => field.attributes.writer(),
        };
        match by_user {
            Some(_) => quote_spanned!(Span::mixed_site()=> #core::TypeHint::name("object")),
            None => self.of(&(self.written)(field.ty)),
        }
    }

    fn inside(&self, fields: &Fields) -> TokenStream {
        let span = Span::mixed_site();
        match fields.shape {
            Shape::Named => {
                let core = &self.container.core;
                let texts: Vec<_> = fields.used().map(|field| self.field(field)).collect();
                let text = texts.join("\0\0");
                let types = fields.used().map(|field| self.field_type(field));
                quote_spanned! {span=>
                    Fields(#core::FieldHints::new(#text, || const { &[#(&#types),*] }))
                }
            }
            Shape::Tuple | Shape::Unit => {
                let tuple = self.tuple(fields);
                quote_spanned!(span=> Type(|| #tuple))
            }
            Shape::Newtype => {
                let target = fields.used().map(|field| self.field_type(field));
                quote_spanned!(span=> Alias(|| #(#target)*))
            }
        }
    }

    /// A field in the text of all.
    fn field(&self, field: &Field) -> String {
        if field.attributes.flatten.is_some() {
            return "*".to_owned();
        }
        let is_optional = match self.container.derive {
            Derive::FromPyObject => !matches!(field.missing(), Missing::Wrong),
            Derive::IntoPy => field.attributes.skip_none.is_some(),
        };
        let mark = if is_optional { "?" } else { "!" };
        let mut names = vec![format!("{mark}{}", field.name)];
        if self.container.derive == Derive::FromPyObject {
            names.extend(field.aliases());
        }
        names.join("\0")
    }

    fn variants(&self, data: &Enum) -> TokenStream {
        let (core, span) = (&self.container.core, Span::mixed_site());
        let tagging = match &data.tagging {
            Tagging::Internal(tag) => quote_spanned!(span=> Internal(#tag)),
            Tagging::Adjacent(tag, content) => quote_spanned!(span=> Adjacent(#tag, #content)),
            Tagging::External => quote_spanned!(span=> External),
            Tagging::Untagged | Tagging::Names | Tagging::Numbers => {
                quote_spanned!(span=> Untagged)
            }
        };
        let variants = data.variants.iter().map(|variant| {
            let (name, hint) = (&variant.name, self.variant(variant, data));
            quote_spanned!(span=> #core::VariantHint::new(#name, #hint))
        });
        quote_spanned! {span=>
            Variants(#core::Tagging::#tagging, || const {
                &#core::VariantHints::new(const { &[#(#variants),*] })
            })
        }
    }

    /// The hint of what a variant holds.
    pub fn variant(&self, variant: &Variant, data: &Enum) -> TokenStream {
        let (core, span) = (&self.container.core, Span::mixed_site());
        let name = &variant.name;
        match variant.fields.shape {
            Shape::Unit if variant.is_other() => {
                let any = match data.tagging {
                    Tagging::Names => "str",
                    Tagging::Numbers => "int",
                    _ => "object",
                };
                quote_spanned!(span=> #core::TypeHint::name(#any))
            }
            Shape::Unit => match data.tagging {
                Tagging::Numbers => {
                    let number = numbers::of(variant, self.container);
                    quote_spanned!(span=> #core::TypeHint::int(const { &#number }))
                }
                Tagging::Names | Tagging::Untagged | Tagging::External => {
                    quote_spanned!(span=> #core::TypeHint::text(#name))
                }
                Tagging::Internal(_) | Tagging::Adjacent(..) => {
                    quote_spanned!(span=> #core::TypeHint::name("None"))
                }
            },
            Shape::Tuple => self.tuple(&variant.fields),
            Shape::Newtype => {
                let target = variant.fields.used().map(|field| self.field_type(field));
                quote_spanned!(span=> #(#target)*)
            }
            Shape::Named => {
                let inside = self.inside(&variant.fields);
                quote_spanned! {span=>
                    #core::TypeHint::derived(const {
                        &#core::DerivedHint::new(#name, &[], #core::Inside::#inside)
                    })
                }
            }
        }
    }
}
