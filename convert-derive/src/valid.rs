//! Every mistake, collected and reported at once, each where it was written and with what to write
//! instead.

use crate::ast::{Container, Derive, Field, Shape, Source};
use crate::generics::{self, Position};
use quote::ToTokens;
use std::fmt::Display;
use syn::{
    Error, GenericArgument, Ident, Lifetime, Path, PathArguments, Type, TypePath, TypeReference,
};

/// The mistakes found so far.
#[derive(Default)]
pub struct Mistakes(Option<Error>);

impl Mistakes {
    pub fn add(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    pub fn push(&mut self, mistake: Error) {
        match &mut self.0 {
            Some(found) => found.combine(mistake),
            None => self.0 = Some(mistake),
        }
    }

    pub fn finish(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

pub fn check(container: &Container, derive: Derive, mistakes: &mut Mistakes) {
    for field in &container.fields {
        check_words(field, container.shape, mistakes);
        check_names(field, mistakes);
    }
    check_distinct(container, derive, mistakes);
    if derive == Derive::FromPyObject {
        for lifetime in generics::borrowing(container.generics).skip(1) {
            mistakes.add(
                lifetime,
                "a struct borrows from one object: write one lifetime for all its fields, and \
                 `'py` for the interpreter's",
            );
        }
        for ty in container.types() {
            check_borrows(ty, container.shape, Position::Direct, mistakes);
        }
    }
}

fn check_words(field: &Field, shape: Shape, mistakes: &mut Mistakes) {
    let reason = match shape {
        Shape::Named => {
            if let (Some(_), Some(attribute)) =
                (&field.attributes.item, &field.attributes.attribute)
            {
                mistakes.add(
                    &attribute.ident,
                    "`item` and `attribute` exclude each other; keep one, or neither to accept both ways",
                );
            }
            return;
        }
        Shape::Tuple => "the fields of a tuple struct are read by position",
        Shape::Newtype => "a newtype is read as its only field",
    };
    for word in field.attributes.words() {
        mistakes.add(
            word,
            format!("`{word}` has no meaning here: {reason}; remove it, or give the field a name"),
        );
    }
}

fn check_names(field: &Field, mistakes: &mut Mistakes) {
    for literal in field.attributes.names() {
        let name = literal.value();
        if name.is_empty() {
            mistakes.add(
                literal,
                "a name cannot be empty; write the key or attribute as Python has it",
            );
        } else if name.contains('\0') {
            mistakes.add(
                literal,
                "a name cannot contain NUL; write the key or attribute as Python has it",
            );
        }
    }
}

/// No two fields are the same place in Python. A key and an attribute of one name are two places.
fn check_distinct(container: &Container, derive: Derive, mistakes: &mut Mistakes) {
    let fields =
        container.fields.iter().map(|field| (field, field.python_name(derive), field.source()));
    let fields: Vec<_> = fields.collect();
    for (index, (later, name, source)) in fields.iter().enumerate() {
        let same = fields[..index].iter().find(|(_, earlier_name, earlier_source)| {
            let overlap = earlier_source == source
                || derive == Derive::IntoPy
                || *earlier_source == Source::ItemOrAttribute
                || *source == Source::ItemOrAttribute;
            earlier_name == name && overlap
        });
        if let Some((earlier, ..)) = same {
            let (earlier, member) =
                (earlier.member.to_token_stream(), later.member.to_token_stream());
            let message = format!(
                "the fields `{earlier}` and `{member}` are both `{name}` on the Python side; \
                 rename one of them"
            );
            match later.name_literal(derive) {
                Some(literal) => mistakes.add(literal, message),
                None => mistakes.add(member, message),
            }
        }
    }
}

/// Finds what borrows in a field's type from an object that nothing keeps alive: only the object
/// itself and the items of a tuple outlive the call. The traits refuse the same, but not in words
/// that say what to write.
fn check_borrows(ty: &Type, shape: Shape, position: Position, mistakes: &mut Mistakes) {
    let Some(borrow) = Borrow::of(ty) else {
        for (part, position) in generics::parts(ty, position) {
            check_borrows(part, shape, position, mistakes);
        }
        return;
    };
    let owned = owned(ty);
    let message = match (borrow, position, shape) {
        (Borrow::Handle(name), ..) => {
            format!("the lifetime of `{name}` is the interpreter's; write `'py` for it")
        }
        (_, Position::Argument, _) => {
            format!("items of a mutable container cannot be borrowed; write {owned}")
        }
        (_, Position::Direct, Shape::Named) => format!(
            "a field read from a dict or an attribute cannot borrow: the object it would borrow \
             from may be gone; write {owned}"
        ),
        (Borrow::Object, ..) => {
            // Allowed here; what it borrows may itself be a container.
            for (part, position) in generics::parts(ty, position) {
                check_borrows(part, shape, position, mistakes);
            }
            return;
        }
        (Borrow::TooLong(lifetime), ..) => format!(
            "an object does not live for `{lifetime}`; write {owned}, or borrow for a lifetime of \
             the struct's own, as in `struct Name<'a>(&'a str)`"
        ),
    };
    mistakes.add(ty, message);
}

/// How a type borrows.
enum Borrow<'ty> {
    /// From the object being read.
    Object,
    /// For longer than the object is known to live.
    TooLong(&'ty Lifetime),
    /// A handle to an object, with another lifetime in the interpreter's place.
    Handle(&'ty Ident),
}

impl<'ty> Borrow<'ty> {
    fn of(ty: &'ty Type) -> Option<Self> {
        match ty {
            Type::Reference(TypeReference { lifetime: Some(lifetime), .. })
                if outlives_object(lifetime) =>
            {
                Some(Self::TooLong(lifetime))
            }
            Type::Reference(_) => Some(Self::Object),
            Type::Path(TypePath { qself: None, path, .. }) => Self::of_path(path),
            _ => None,
        }
    }

    fn of_path(path: &'ty Path) -> Option<Self> {
        let name = &path.segments.last()?.ident;
        // Marks without borrowing.
        if name == "PhantomData" {
            return None;
        }
        let lifetimes: Vec<_> = lifetimes(path).collect();
        let last = lifetimes.last()?;
        if (name == "Bound" || name == "Borrowed" || name == "Python") && last.ident != "py" {
            return Some(Self::Handle(name));
        }
        if name == "Cow" && last.ident == "py" {
            return Some(Self::TooLong(last));
        }
        lifetimes.iter().any(|lifetime| !outlives_object(lifetime)).then_some(Self::Object)
    }
}

fn outlives_object(lifetime: &Lifetime) -> bool {
    lifetime.ident == "py" || lifetime.ident == "static"
}

fn lifetimes(path: &Path) -> impl Iterator<Item = &Lifetime> {
    generics::arguments(path).filter_map(|argument| match argument {
        GenericArgument::Lifetime(lifetime) => Some(lifetime),
        _ => None,
    })
}

/// What to write instead of a type that borrows.
fn owned(ty: &Type) -> String {
    let target = match ty {
        Type::Reference(reference) => Some(&*reference.elem),
        Type::Path(path) if ends_in(&path.path, "Borrowed") => return "`Bound<'py, …>`".to_owned(),
        Type::Path(path) if ends_in(&path.path, "Cow") => {
            generics::arguments(&path.path).find_map(|argument| match argument {
                GenericArgument::Type(target) => Some(target),
                _ => None,
            })
        }
        _ => None,
    };
    match target {
        Some(Type::Slice(slice)) => name_of(&slice.elem).map(|item| format!("`Vec<{item}>`")),
        Some(target) => name_of(target).map(|name| match name.to_string().as_str() {
            "str" => "`String`".to_owned(),
            name => format!("`{name}`"),
        }),
        None => None,
    }
    .unwrap_or_else(|| "an owned type (`String`, `Vec<u8>`)".to_owned())
}

fn ends_in(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == name)
}

/// The name of a type that is only a name.
fn name_of(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(TypePath { qself: None, path, .. }) => {
            let segment = path.segments.last()?;
            matches!(segment.arguments, PathArguments::None).then_some(&segment.ident)
        }
        Type::Group(group) => name_of(&group.elem),
        _ => None,
    }
}
