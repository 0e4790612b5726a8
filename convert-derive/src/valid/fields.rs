//! Words on fields that mean nothing there, or contradict each other.

use super::Mistakes;
use crate::ast::{Container, Data, Field, Fields, Shape, Source};
use syn::Ident;

pub fn check(fields: &Fields, container: &Container, mistakes: &mut Mistakes) {
    for field in &fields.all {
        check_field(field, mistakes);
        if field.is_skipped() {
            check_skipped(field, mistakes);
            continue;
        }
        match fields.shape {
            Shape::Named => check_named(field, mistakes),
            Shape::Tuple | Shape::Newtype | Shape::Unit => {
                check_unnamed(field, fields.shape, container, mistakes);
            }
        }
    }
}

/// What holds wherever a field is.
fn check_field(field: &Field, mistakes: &mut Mistakes) {
    let words = &field.attributes;
    if words.with.is_some() {
        for one in words.from_py_with.iter().chain(&words.into_py_with) {
            mistakes.add(
                &one.ident,
                "`with` names the functions for both directions; keep it, or write \
                 `from_py_with` and `into_py_with` alone",
            );
        }
    }
    if let (Some(strict), Some(_)) = (&words.strict, words.reader()) {
        mistakes.add(
            &strict.ident,
            "`strict` has no meaning here: what is accepted is up to the function; remove it",
        );
    }
}

fn check_skipped(field: &Field, mistakes: &mut Mistakes) {
    for word in field.attributes.placing().chain(field.attributes.converting()) {
        mistakes.add(
            word,
            format!("`{word}` has no meaning here: the field is neither read nor written; remove it, or `skip`"),
        );
    }
}

fn check_named(field: &Field, mistakes: &mut Mistakes) {
    let words = &field.attributes;
    if let (Some(_), Some(attribute)) = (&words.item, &words.attribute) {
        mistakes.add(
            &attribute.ident,
            "`item` and `attribute` exclude each other; keep one, or neither to accept both ways",
        );
    }
    let Some(flatten) = &words.flatten else { return };
    if field.source() == Source::Attribute && words.attribute.is_none() {
        mistakes.add(
            &flatten.ident,
            "`flatten` takes entries of a dict, and the fields are read as attributes; remove it, \
             or `attributes`",
        );
    }
    let functions = words.with.iter().chain(&words.from_py_with).chain(&words.into_py_with);
    let others = words
        .default
        .iter()
        .map(|word| &word.ident)
        .chain(words.skip_none.iter().map(|word| &word.ident))
        .chain(functions.map(|word| &word.ident));
    for word in words.placing().chain(others) {
        mistakes.add(
            word,
            format!("`{word}` has no meaning here: a flattened field has no key of its own; remove it, or `flatten`"),
        );
    }
}

fn check_unnamed(field: &Field, shape: Shape, container: &Container, mistakes: &mut Mistakes) {
    let is_variant = matches!(container.data, Data::Enum(_));
    let is_named = matches!(field.member, syn::Member::Named(_));
    let (reason, instead) = match shape {
        Shape::Newtype if is_variant => ("the variant is its only field", "give the field a name"),
        Shape::Newtype if is_named => ("the struct is its only field", "remove `transparent`"),
        Shape::Newtype => ("a newtype is read as its only field", "give the field a name"),
        _ if is_variant => {
            ("the fields of a tuple variant are read by position", "give the field a name")
        }
        _ if is_named => ("the fields of a tuple are read by position", "remove `tuple`"),
        _ => ("the fields of a tuple struct are read by position", "give the field a name"),
    };
    let words = &field.attributes;
    let mut wrong: Vec<&Ident> = words.placing().collect();
    wrong.extend(words.default.iter().map(|word| &word.ident));
    wrong.extend(words.skip_none.iter().chain(&words.flatten).map(|word| &word.ident));
    for word in wrong {
        mistakes
            .add(word, format!("`{word}` has no meaning here: {reason}; remove it, or {instead}"));
    }
}
