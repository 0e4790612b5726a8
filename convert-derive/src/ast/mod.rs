//! What was derived on: a struct or an enum, its shape, its variants, its fields.

mod fields;

pub use fields::{Field, Fields, Missing, Shape, Source};

use crate::attr::{Both, Case, ContainerAttributes, VariantAttributes, Word};
use crate::valid::Mistakes;
use fields::{Context, cased};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, DeriveInput, Expr, Generics, Ident, LitStr, Token, Type};

#[derive(Clone, Copy, PartialEq)]
pub enum Derive {
    FromPyObject,
    IntoPy,
}

pub struct Container<'input> {
    /// Where the user wrote it, but of the expansion: so rustc does not warn that a deprecated
    /// struct is used.
    pub ident: Ident,
    pub generics: &'input Generics,
    pub attributes: ContainerAttributes,
    /// The path to the crate with the traits.
    pub core: TokenStream,
    pub derive: Derive,
    /// The type of an enum's discriminants, where one is given.
    pub repr: Option<Ident>,
    pub data: Data<'input>,
}

pub enum Data<'input> {
    Struct(Fields<'input>),
    Enum(Enum<'input>),
}

pub struct Enum<'input> {
    pub tagging: Tagging,
    /// In the order in which they are tried: the one that takes what is left is the last.
    pub variants: Vec<Variant<'input>>,
}

/// How variants are told apart.
#[derive(Clone)]
pub enum Tagging {
    /// By what they are.
    Untagged,
    /// By a key among the variant's own.
    Internal(LitStr),
    /// By a key; the variant's object is behind another one.
    Adjacent(LitStr, LitStr),
    /// The variant's object is behind a key of the variant's name.
    External,
    /// They are names.
    Names,
    /// They are numbers.
    Numbers,
}

pub struct Variant<'input> {
    pub ident: &'input Ident,
    /// The name on the Python side.
    pub name: String,
    pub attributes: VariantAttributes,
    /// The last discriminant that was written out, and how many variants come after it.
    pub after: Option<(&'input Expr, usize)>,
    /// Its place in the declaration.
    pub position: usize,
    pub fields: Fields<'input>,
}

impl<'input> Container<'input> {
    pub fn new(input: &'input DeriveInput, derive: Derive, mistakes: &mut Mistakes) -> Self {
        let attributes = ContainerAttributes::new(&input.attrs, mistakes);
        let context = Context {
            derive,
            case: case(&attributes.rename_all, derive),
            source: match (&attributes.items, &attributes.attributes) {
                (Some(_), _) => Source::Item,
                (_, Some(_)) => Source::Attribute,
                _ => Source::ItemOrAttribute,
            },
            in_default: attributes.default.is_some(),
        };
        let data = match &input.data {
            syn::Data::Struct(data) => {
                let mut fields = Fields::new(&data.fields, context, mistakes);
                let named = matches!(&data.fields, syn::Fields::Named(_));
                let read = fields.used().count();
                fields.shape = match &data.fields {
                    _ if attributes.transparent.is_some() && read == 1 => Shape::Newtype,
                    syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 && read == 1 => {
                        Shape::Newtype
                    }
                    _ if named && attributes.tuple.is_none() => Shape::Named,
                    _ => Shape::Tuple,
                };
                Data::Struct(fields)
            }
            syn::Data::Enum(data) => Data::Enum(Enum::new(data, &attributes, context, mistakes)),
            syn::Data::Union(data) => {
                let (keyword, ident) = (&data.union_token, &input.ident);
                let (name, items) = match derive {
                    Derive::FromPyObject => ("FromPyObject", "`EXPECTED` and `extract`"),
                    Derive::IntoPy => ("IntoPy", "`Target`, `PRODUCES` and `into_py`"),
                };
                let message = format!(
                    "derive({name}) works on structs and enums; for a union write `impl {name}` \
                     with {items}"
                );
                mistakes.add(quote!(#keyword #ident), message);
                Data::Struct(Fields { shape: Shape::Named, all: Vec::new() })
            }
        };
        let mut ident = input.ident.clone();
        ident.set_span(Span::mixed_site().located_at(ident.span()));
        let core = attributes.core();
        let repr = repr(&input.attrs);
        Self { ident, generics: &input.generics, attributes, core, derive, repr, data }
    }

    /// The name for messages and hints.
    pub fn name(&self) -> String {
        let rename = self.attributes.rename.as_ref().and_then(|word| word.value.get(self.derive));
        rename.map_or_else(|| self.ident.unraw().to_string(), LitStr::value)
    }

    /// The type that stands for this one, if one was given.
    pub fn stand_in(&self) -> Option<&Type> {
        let ContainerAttributes { from, try_from, into, .. } = &self.attributes;
        let word = match self.derive {
            Derive::FromPyObject => from.as_ref().or(try_from.as_ref()),
            Derive::IntoPy => into.as_ref(),
        };
        word.map(|word| &word.value)
    }

    /// The fields of the struct, or of all variants.
    pub fn groups(&self) -> Vec<&Fields<'input>> {
        match &self.data {
            Data::Struct(fields) => vec![fields],
            Data::Enum(data) => data.variants.iter().map(|variant| &variant.fields).collect(),
        }
    }

    /// Whether what is read as these fields may borrow: it is the object itself, or a tuple.
    pub fn borrows(&self, fields: &Fields) -> bool {
        let of_object = match &self.data {
            Data::Struct(_) => true,
            Data::Enum(data) => !matches!(
                data.tagging,
                Tagging::Internal(_) | Tagging::Adjacent(..) | Tagging::External
            ),
        };
        of_object && fields.shape != Shape::Named
    }
}

/// The int type in `#[repr(…)]`.
fn repr(attributes: &[Attribute]) -> Option<Ident> {
    let words = attributes.iter().filter(|attribute| attribute.path().is_ident("repr"));
    let words = words.filter_map(|attribute| {
        let parse = Punctuated::<Ident, Token![,]>::parse_terminated;
        attribute.parse_args_with(parse).ok()
    });
    words.flatten().find(|word| word != "C" && word != "transparent")
}

fn case(word: &Option<Word<Both<Case>>>, derive: Derive) -> Option<Case> {
    word.as_ref().and_then(|word| word.value.get(derive)).copied()
}

impl<'input> Enum<'input> {
    fn new(
        data: &'input syn::DataEnum,
        attributes: &ContainerAttributes,
        context: Context,
        mistakes: &mut Mistakes,
    ) -> Self {
        let fields_case = case(&attributes.rename_all_fields, context.derive);
        let (mut variants, mut last) = (Vec::new(), None);
        for (position, variant) in data.variants.iter().enumerate() {
            let discriminant = variant.discriminant.as_ref().map(|(_, value)| value);
            last = discriminant.map(|value| (value, 0)).or(last.map(|(value, n)| (value, n + 1)));
            let attributes = VariantAttributes::new(&variant.attrs, mistakes);
            let own_case = case(&attributes.rename_all, context.derive);
            let fields = Context { case: own_case.or(fields_case), in_default: false, ..context };
            let rename = attributes.rename.as_ref().and_then(|word| word.value.get(context.derive));
            variants.push(Variant {
                ident: &variant.ident,
                name: rename.map_or_else(|| cased(&variant.ident, context.case), LitStr::value),
                attributes,
                after: last,
                position,
                fields: Fields::new(&variant.fields, fields, mistakes),
            });
        }
        variants.sort_by_key(Variant::is_other);
        let named = variants.iter().all(|variant| variant.is_unit() || variant.is_other());
        let tagging = match attributes {
            ContainerAttributes { tag: Some(tag), content: Some(content), .. } => {
                Tagging::Adjacent(tag.value.clone(), content.value.clone())
            }
            ContainerAttributes { tag: Some(tag), .. } => Tagging::Internal(tag.value.clone()),
            ContainerAttributes { int: Some(_), .. } => Tagging::Numbers,
            _ if named => Tagging::Names,
            ContainerAttributes { external: Some(_), .. } => Tagging::External,
            _ => Tagging::Untagged,
        };
        Self { tagging, variants }
    }

    /// The variants that have names of their own.
    pub fn known(&self) -> impl Iterator<Item = &Variant<'input>> {
        self.variants.iter().filter(|variant| !variant.is_other())
    }

    /// The variant for what has no name that is known.
    pub fn other(&self) -> Option<&Variant<'input>> {
        self.variants.iter().find(|variant| variant.is_other())
    }
}

impl Variant<'_> {
    pub fn is_other(&self) -> bool {
        self.attributes.other.is_some()
    }

    pub fn is_unit(&self) -> bool {
        self.fields.shape == Shape::Unit
    }

    pub fn aliases(&self) -> impl Iterator<Item = String> {
        self.attributes.alias.iter().map(|word| word.value.value())
    }
}
