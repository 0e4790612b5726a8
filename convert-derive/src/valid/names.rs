//! Names that Python cannot have, or has already.

use super::Mistakes;
use crate::ast::{Container, Data, Derive, Enum, Fields, Shape, Source, Tagging};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

pub fn check(container: &Container, mistakes: &mut Mistakes) {
    let words = &container.attributes;
    let renamed = words.rename.iter().flat_map(|word| word.value.iter());
    let keys = words.tag.iter().chain(&words.content).map(|word| &word.value);
    renamed.chain(keys).for_each(|name| check_name(name, mistakes));
    for fields in container.groups() {
        fields.all.iter().flat_map(|field| field.attributes.names()).for_each(|name| {
            check_name(name, mistakes);
        });
        check_fields(fields, container, mistakes);
    }
    if let (Some(tag), Some(content)) = (&words.tag, &words.content)
        && tag.value.value() == content.value.value()
    {
        mistakes.add(&content.value, "the tag has this key; write another one for the content");
    }
    if let Data::Enum(data) = &container.data {
        data.variants.iter().flat_map(|variant| variant.attributes.names()).for_each(|name| {
            check_name(name, mistakes);
        });
        check_variants(data, container.derive, mistakes);
    }
}

fn check_name(literal: &LitStr, mistakes: &mut Mistakes) {
    let name = literal.value();
    if name.is_empty() {
        mistakes
            .add(literal, "a name cannot be empty; write the key or attribute as Python has it");
    } else if name.contains('\0') {
        mistakes
            .add(literal, "a name cannot contain NUL; write the key or attribute as Python has it");
    }
}

/// What names the tag of an enum.
const TAG: &str = "the tag";

/// A name on the Python side.
struct Name {
    name: String,
    source: Source,
    /// What has the name: `id`.
    of: String,
    /// Where it was written.
    tokens: TokenStream,
}

/// No two fields are the same place in Python. A key and an attribute of one name are two places.
fn check_fields(fields: &Fields, container: &Container, mistakes: &mut Mistakes) {
    if fields.shape != Shape::Named {
        return;
    }
    let mut names = Vec::new();
    if let Data::Enum(Enum { tagging: Tagging::Internal(tag), .. }) = &container.data {
        let (name, tokens) = (tag.value(), tag.to_token_stream());
        names.push(Name { name, source: Source::ItemOrAttribute, of: TAG.into(), tokens });
    }
    for field in fields.keyed() {
        let (of, source) = (format!("`{}`", field.member.to_token_stream()), field.source());
        let literal = field.name_literal(container.derive);
        let tokens =
            literal.map_or_else(|| field.member.to_token_stream(), |name| name.to_token_stream());
        names.push(Name { name: field.name.clone(), source, of: of.clone(), tokens });
        if container.derive == Derive::FromPyObject {
            names.extend(field.attributes.alias.iter().map(|word| Name {
                name: word.value.value(),
                source,
                of: of.clone(),
                tokens: word.value.to_token_stream(),
            }));
        }
    }
    check_distinct(&names, "the fields ", container.derive, mistakes);
}

/// No two variants have one name, where they go by their names.
fn check_variants(data: &Enum, derive: Derive, mistakes: &mut Mistakes) {
    let mut names = Vec::new();
    for variant in data.known() {
        if matches!(data.tagging, Tagging::Untagged) && !variant.is_unit() {
            continue;
        }
        let of = format!("`{}`", variant.ident);
        let literal = variant.attributes.rename.as_ref().and_then(|word| word.value.get(derive));
        let tokens =
            literal.map_or_else(|| variant.ident.to_token_stream(), |name| name.to_token_stream());
        let source = Source::ItemOrAttribute;
        names.push(Name { name: variant.name.clone(), source, of: of.clone(), tokens });
        if derive == Derive::FromPyObject {
            names.extend(variant.attributes.alias.iter().map(|word| Name {
                name: word.value.value(),
                source,
                of: of.clone(),
                tokens: word.value.to_token_stream(),
            }));
        }
    }
    if !matches!(data.tagging, Tagging::Numbers) {
        check_distinct(&names, "the variants ", derive, mistakes);
    }
}

fn check_distinct(names: &[Name], what: &str, derive: Derive, mistakes: &mut Mistakes) {
    for (index, later) in names.iter().enumerate() {
        let same = names[..index].iter().find(|earlier| {
            let overlap = earlier.source == later.source
                || derive == Derive::IntoPy
                || earlier.source == Source::ItemOrAttribute
                || later.source == Source::ItemOrAttribute;
            earlier.name == later.name && overlap
        });
        if let Some(earlier) = same {
            let name = &later.name;
            let message = if earlier.of == later.of {
                format!("{} is `{name}` on the Python side already; remove this name", later.of)
            } else {
                let what = if earlier.of == TAG { "" } else { what };
                format!(
                    "{what}{} and {} are both `{name}` on the Python side; rename one of them",
                    earlier.of, later.of
                )
            };
            mistakes.add(&later.tokens, message);
        }
    }
}
