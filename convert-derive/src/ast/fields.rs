//! The fields of a struct or of a variant.

use super::Derive;
use crate::attr::{Case, FieldAttributes, Word};
use crate::valid::Mistakes;
use syn::ext::IdentExt;
use syn::{Expr, Ident, Index, LitStr, Member, Type};

/// The fields of a struct or of a variant.
pub struct Fields<'input> {
    pub shape: Shape,
    pub all: Vec<Field<'input>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    /// `struct Order { id: i64 }`, read by name and written as a dict.
    Named,
    /// `struct Point(f64, f64);`, a tuple on both sides.
    Tuple,
    /// `struct Metres(f64);`, what its only field is.
    Newtype,
    /// A variant without fields.
    Unit,
}

pub struct Field<'input> {
    pub member: Member,
    pub ty: &'input Type,
    pub attributes: FieldAttributes,
    /// The name on the Python side.
    pub name: String,
    source: Source,
    /// Whether the struct's own default has a value for it.
    pub in_default: bool,
}

/// Where a field is looked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    ItemOrAttribute,
    Item,
    Attribute,
}

/// What a field has where nothing is read.
pub enum Missing<'field> {
    /// An error.
    Wrong,
    /// The default of its type.
    OfType,
    /// Its part of the struct's default.
    OfStruct,
    Expression(&'field Expr),
}

/// What the words around a field say about it.
#[derive(Clone, Copy)]
pub struct Context {
    pub derive: Derive,
    pub case: Option<Case>,
    pub source: Source,
    pub in_default: bool,
}

impl<'input> Fields<'input> {
    pub fn new(fields: &'input syn::Fields, context: Context, mistakes: &mut Mistakes) -> Self {
        let mut all = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let ident = field.ident.as_ref();
            let member = ident.map_or_else(
                || Member::Unnamed(Index::from(index)),
                |ident| Member::Named(ident.clone()),
            );
            let attributes = FieldAttributes::new(&field.attrs, mistakes);
            all.push(Field::new(member, &field.ty, attributes, context));
        }
        // Only where there are entries are there some to flatten.
        let has_rest = all.iter().any(|field: &Field| field.attributes.flatten.is_some());
        let by_either = |field: &&mut Field| field.source == Source::ItemOrAttribute;
        for field in all.iter_mut().filter(by_either).filter(|_| has_rest) {
            field.source = Source::Item;
        }
        let shape = match fields {
            syn::Fields::Named(_) => Shape::Named,
            syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Shape::Newtype,
            syn::Fields::Unnamed(_) => Shape::Tuple,
            syn::Fields::Unit => Shape::Unit,
        };
        Self { shape, all }
    }

    /// The fields that are read and written.
    pub fn used(&self) -> impl Iterator<Item = &Field<'input>> {
        self.all.iter().filter(|field| field.attributes.skip.is_none())
    }

    /// The fields that have a name in Python.
    pub fn keyed(&self) -> impl Iterator<Item = &Field<'input>> {
        self.used().filter(|field| field.attributes.flatten.is_none())
    }

    pub fn flattened(&self) -> impl Iterator<Item = &Field<'input>> {
        self.used().filter(|field| field.attributes.flatten.is_some())
    }
}

impl<'input> Field<'input> {
    fn new(
        member: Member,
        ty: &'input Type,
        attributes: FieldAttributes,
        context: Context,
    ) -> Self {
        let mut field = Self {
            name: match &member {
                Member::Named(ident) => cased(ident, context.case),
                Member::Unnamed(index) => index.index.to_string(),
            },
            member,
            ty,
            source: match &attributes {
                FieldAttributes { item: Some(_), .. } => Source::Item,
                FieldAttributes { attribute: Some(_), .. } => Source::Attribute,
                _ => context.source,
            },
            attributes,
            in_default: context.in_default,
        };
        if let Some(literal) = field.name_literal(context.derive) {
            field.name = literal.value();
        }
        field
    }

    /// The attribute's string that the name is taken from, if it is.
    pub fn name_literal(&self, derive: Derive) -> Option<&LitStr> {
        let FieldAttributes { rename, item, attribute, .. } = &self.attributes;
        let rename = rename.as_ref().and_then(|word| word.value.get(derive));
        let access = item.as_ref().or(attribute.as_ref());
        match derive {
            Derive::FromPyObject => access.and_then(|word| word.value.as_ref()).or(rename),
            Derive::IntoPy => rename,
        }
    }

    pub fn aliases(&self) -> impl Iterator<Item = String> {
        self.attributes.alias.iter().map(|word| word.value.value())
    }

    pub fn source(&self) -> Source {
        self.source
    }

    /// What it has where nothing is read for it.
    pub fn missing(&self) -> Missing<'_> {
        let FieldAttributes { default, skip, skip_none, .. } = &self.attributes;
        match default {
            Some(Word { value: Some(expression), .. }) => Missing::Expression(expression),
            Some(Word { value: None, .. }) => Missing::OfType,
            None if self.in_default => Missing::OfStruct,
            None if skip.is_some() || skip_none.is_some() => Missing::OfType,
            None => Missing::Wrong,
        }
    }

    pub fn is_skipped(&self) -> bool {
        self.attributes.skip.is_some()
    }
}

/// The name of an identifier.
pub fn cased(ident: &Ident, case: Option<Case>) -> String {
    let name = ident.unraw().to_string();
    case.map_or(name.clone(), |case| case.apply(&name))
}
