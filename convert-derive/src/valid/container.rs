//! Words on a struct or an enum, and on variants, that mean nothing there or contradict each other.

use super::Mistakes;
use crate::ast::{Container, Data, Enum, Fields, Shape, Tagging, Variant};
use crate::attr::ContainerAttributes;
use quote::{ToTokens, quote};
use syn::Ident;

pub fn check(container: &Container, mistakes: &mut Mistakes) {
    check_exclusions(&container.attributes, mistakes);
    match &container.data {
        Data::Struct(fields) => check_struct(fields, &container.attributes, mistakes),
        Data::Enum(data) => check_enum(data, container, mistakes),
    }
}

fn ident<T>(word: &Option<crate::attr::Word<T>>) -> Option<&Ident> {
    word.as_ref().map(|word| &word.ident)
}

/// Words of which one makes the other pointless.
fn check_exclusions(words: &ContainerAttributes, mistakes: &mut Mistakes) {
    let pairs = [
        (ident(&words.transparent), ident(&words.tuple)),
        (ident(&words.items), ident(&words.attributes)),
        (ident(&words.from), ident(&words.try_from)),
        (ident(&words.tag), ident(&words.external)),
        (ident(&words.tag), ident(&words.int)),
        (ident(&words.external), ident(&words.int)),
    ];
    for (first, second) in pairs {
        if let (Some(first), Some(second)) = (first, second) {
            mistakes.add(second, format!("`{first}` and `{second}` exclude each other; keep one"));
        }
    }
    if let (Some(content), None) = (&words.content, &words.tag) {
        mistakes.add(
            &content.ident,
            "`content` is the key beside a tag's; add `tag = \"key\"`, or remove it",
        );
    }
    if let (Some(deny), Some(attributes)) = (&words.deny_unknown, &words.attributes) {
        mistakes.add(
            &deny.ident,
            format!(
                "`deny_unknown` is about keys, and the fields are read as attributes; remove it, or \
                 `{}`",
                attributes.ident
            ),
        );
    }
    if let Some(stand_in) = ident(&words.from).or(ident(&words.try_from)) {
        let unused = [&words.items, &words.attributes, &words.deny_unknown, &words.default];
        for word in unused.into_iter().filter_map(ident) {
            mistakes.add(
                word,
                format!(
                    "`{word}` has no meaning here: `{stand_in}` says what is read instead of the \
                     fields; remove it"
                ),
            );
        }
    }
}

fn check_struct(fields: &Fields, words: &ContainerAttributes, mistakes: &mut Mistakes) {
    let of_enums =
        [ident(&words.tag), ident(&words.content), ident(&words.external), ident(&words.int)];
    for word in of_enums.into_iter().flatten() {
        mistakes.add(word, format!("`{word}` is for enums; remove it"));
    }
    if let Some(word) = &words.rename_all_fields {
        mistakes.add(
            &word.ident,
            "`rename_all_fields` is for the variants of an enum; write `rename_all`",
        );
    }
    let named = fields.all.iter().any(|field| matches!(field.member, syn::Member::Named(_)));
    if let Some(transparent) = &words.transparent
        && fields.shape != Shape::Newtype
    {
        mistakes.add(
            &transparent.ident,
            "`transparent` is for a struct of one field; remove it, or `skip` the other fields",
        );
        return;
    }
    if let Some(tuple) = &words.tuple
        && !named
    {
        mistakes
            .add(&tuple.ident, "a struct without named fields is a tuple already; remove `tuple`");
        return;
    }
    if fields.shape != Shape::Named {
        let (reason, instead) = match (fields.shape, named) {
            (Shape::Newtype, true) => ("the struct is its only field", "remove `transparent`"),
            (Shape::Newtype, false) => {
                ("a newtype is read as its only field", "give the field a name")
            }
            (_, true) => ("the fields are read by position", "remove `tuple`"),
            (_, false) => ("the fields are read by position", "give the fields names"),
        };
        let rename_all = ident(&words.rename_all);
        let flags = [&words.items, &words.attributes, &words.deny_unknown, &words.default];
        for word in flags.into_iter().filter_map(ident).chain(rename_all) {
            mistakes.add(
                word,
                format!("`{word}` has no meaning here: {reason}; remove it, or {instead}"),
            );
        }
    }
}

fn check_enum(data: &Enum, container: &Container, mistakes: &mut Mistakes) {
    let words = &container.attributes;
    if data.variants.is_empty() {
        let name = &container.ident;
        mistakes.add(
            quote!(#name),
            "an enum without variants has no values; add a variant, or remove the derive",
        );
    }
    for word in [&words.transparent, &words.tuple].into_iter().filter_map(ident) {
        mistakes.add(
            word,
            format!("`{word}` is for structs; a variant is already what it holds; remove it"),
        );
    }
    if let Some(word) = &words.default {
        mistakes.add(&word.ident, "`default` is for structs; write it on the fields of a variant");
    }
    let has_named = data.variants.iter().any(|variant| variant.fields.shape == Shape::Named);
    let is_keyed =
        has_named || matches!(data.tagging, Tagging::Internal(_) | Tagging::Adjacent(..));
    for word in [&words.items, &words.attributes].into_iter().filter_map(ident) {
        if !is_keyed {
            mistakes.add(
                word,
                format!("`{word}` has no meaning here: no variant has named fields; remove it"),
            );
        }
    }
    let keyed = [ident(&words.deny_unknown), ident(&words.rename_all_fields)];
    for word in keyed.into_iter().flatten() {
        if !has_named {
            mistakes.add(
                word,
                format!("`{word}` has no meaning here: no variant has named fields; remove it"),
            );
        }
    }
    if let (Some(word), Tagging::Numbers) = (&words.rename_all, &data.tagging) {
        mistakes.add(
            &word.ident,
            "`rename_all` has no meaning here: the variants are numbers; remove it, or `int`",
        );
    }
    let others = data.variants.iter().filter_map(|variant| variant.attributes.other.as_ref());
    for word in others.skip(1) {
        mistakes.add(&word.ident, "another variant is `other` already; keep one");
    }
    for variant in &data.variants {
        check_variant(variant, data, mistakes);
    }
}

fn check_variant(variant: &Variant, data: &Enum, mistakes: &mut Mistakes) {
    let (ident, words) = (variant.ident, &variant.attributes);
    if let (Some(other), Shape::Tuple | Shape::Named) = (&words.other, variant.fields.shape) {
        mistakes.add(
            &other.ident,
            "`other` is for a unit variant, or for one with a single field that receives the object",
        );
        return;
    }
    match (&data.tagging, variant.fields.shape) {
        (Tagging::Internal(_), Shape::Tuple) => mistakes.add(
            ident.to_token_stream(),
            format!(
                "the items of `{ident}` have no keys beside the tag's; add `content = \"key\"` to \
                 the enum, or give the fields names"
            ),
        ),
        (Tagging::Numbers, Shape::Tuple | Shape::Named | Shape::Newtype) if !variant.is_other() => {
            mistakes.add(
                ident.to_token_stream(),
                format!(
                    "`{ident}` has fields, and the variants of an enum with `int` are numbers; \
                     remove them, or `int`"
                ),
            );
        }
        _ => {}
    }
    if let (Tagging::Numbers, Some(word)) = (&data.tagging, &words.rename) {
        mistakes.add(
            &word.ident,
            "`rename` has no meaning here: the variant is a number; remove it, or `int`",
        );
    }
    let is_named = match data.tagging {
        Tagging::Untagged => variant.is_unit(),
        Tagging::Numbers => false,
        _ => true,
    };
    for word in &words.alias {
        if !is_named || variant.is_other() {
            mistakes.add(
                &word.ident,
                "`alias` has no meaning here: the variant has no name in Python; remove it",
            );
        }
    }
    if let (Some(word), Shape::Unit | Shape::Tuple | Shape::Newtype) =
        (&words.rename_all, variant.fields.shape)
    {
        mistakes.add(
            &word.ident,
            "`rename_all` has no meaning here: the variant has no named fields; remove it",
        );
    }
}
