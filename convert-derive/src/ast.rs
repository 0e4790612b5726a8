//! What was derived on: a struct, its shape, its fields.

use crate::attr::{FieldAttributes, check_container};
use crate::valid::Mistakes;
use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, Ident, Index, LitStr, Member, Type};

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
    pub shape: Shape,
    pub fields: Vec<Field<'input>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    /// `struct Order { id: i64 }`, read by name and written as a dict.
    Named,
    /// `struct Point(f64, f64);`, a tuple on both sides.
    Tuple,
    /// `struct Metres(f64);`, what its only field is.
    Newtype,
}

pub struct Field<'input> {
    pub member: Member,
    pub ty: &'input Type,
    pub attributes: FieldAttributes,
}

/// Where a field is looked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    ItemOrAttribute,
    Item,
    Attribute,
}

impl<'input> Container<'input> {
    pub fn new(input: &'input DeriveInput, derive: Derive, mistakes: &mut Mistakes) -> Self {
        check_container(&input.attrs, mistakes);
        let (shape, fields) = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(_) => (Shape::Named, Some(&data.fields)),
                Fields::Unnamed(fields) if fields.unnamed.len() > 1 => {
                    (Shape::Tuple, Some(&data.fields))
                }
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    (Shape::Newtype, Some(&data.fields))
                }
                Fields::Unnamed(_) | Fields::Unit => {
                    unsupported(
                        input,
                        &data.struct_token,
                        derive,
                        "structs with fields",
                        "an empty one",
                        mistakes,
                    );
                    (Shape::Named, None)
                }
            },
            Data::Enum(data) => {
                unsupported(input, &data.enum_token, derive, "structs", "an enum", mistakes);
                (Shape::Named, None)
            }
            Data::Union(data) => {
                unsupported(input, &data.union_token, derive, "structs", "a union", mistakes);
                (Shape::Named, None)
            }
        };
        let fields = fields.into_iter().flatten().enumerate();
        let fields = fields.map(|(index, field)| Field {
            member: field
                .ident
                .clone()
                .map_or_else(|| Member::Unnamed(Index::from(index)), Member::Named),
            ty: &field.ty,
            attributes: FieldAttributes::new(&field.attrs, mistakes),
        });
        let fields = fields.collect();
        let mut ident = input.ident.clone();
        ident.set_span(Span::mixed_site().located_at(ident.span()));
        Self { ident, generics: &input.generics, shape, fields }
    }

    /// The name for messages and hints.
    pub fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    pub fn types(&self) -> impl Iterator<Item = &'input Type> {
        self.fields.iter().map(|field| field.ty)
    }
}

impl Field<'_> {
    /// The name on the Python side, for reading or for writing.
    pub fn python_name(&self, derive: Derive) -> String {
        match (self.name_literal(derive), &self.member) {
            (Some(literal), _) => literal.value(),
            (None, Member::Named(ident)) => ident.unraw().to_string(),
            (None, Member::Unnamed(index)) => index.index.to_string(),
        }
    }

    /// The attribute's string that `python_name` is taken from, if it is.
    pub fn name_literal(&self, derive: Derive) -> Option<&LitStr> {
        let FieldAttributes { rename, item, attribute, .. } = &self.attributes;
        let rename = rename.as_ref().map(|word| &word.value);
        let access = item.as_ref().or(attribute.as_ref());
        match derive {
            Derive::FromPyObject => access.and_then(|word| word.value.as_ref()).or(rename),
            Derive::IntoPy => rename,
        }
    }

    pub fn source(&self) -> Source {
        match &self.attributes {
            FieldAttributes { item: Some(_), .. } => Source::Item,
            FieldAttributes { attribute: Some(_), .. } => Source::Attribute,
            _ => Source::ItemOrAttribute,
        }
    }
}

fn unsupported(
    input: &DeriveInput,
    keyword: &dyn ToTokens,
    derive: Derive,
    supported: &str,
    got: &str,
    mistakes: &mut Mistakes,
) {
    let ident = &input.ident;
    let (name, items) = match derive {
        Derive::FromPyObject => ("FromPyObject", "`EXPECTED` and `extract`"),
        Derive::IntoPy => ("IntoPy", "`Target`, `PRODUCES` and `into_py`"),
    };
    let instead = match &input.data {
        Data::Struct(_) => format!("write `struct {ident} {{}}`"),
        _ => format!("write `impl {name}` with {items}"),
    };
    mistakes.add(
        quote!(#keyword #ident),
        format!("derive({name}) works on {supported}; for {got} {instead}"),
    );
}
