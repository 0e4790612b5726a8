//! What a type may borrow: only from the object itself and from the items of a tuple.

use super::Mistakes;
use crate::ast::{Container, Derive, Fields};
use crate::generics::{self, Position};
use syn::{GenericArgument, Ident, Lifetime, Path, PathArguments, Type, TypePath, TypeReference};

pub fn check(container: &Container, mistakes: &mut Mistakes) {
    if container.derive != Derive::FromPyObject {
        return;
    }
    for lifetime in generics::borrowing(container.generics).skip(1) {
        mistakes.add(
            lifetime,
            "a struct borrows from one object: write one lifetime for all its fields, and `'py` for \
             the interpreter's",
        );
    }
    if container.stand_in().is_some() {
        return;
    }
    for fields in container.groups() {
        check_fields(fields, container.borrows(fields), mistakes);
    }
}

fn check_fields(fields: &Fields, may_borrow: bool, mistakes: &mut Mistakes) {
    for field in fields.used().filter(|field| field.attributes.reader().is_none()) {
        check_type(field.ty, may_borrow, Position::Direct, mistakes);
    }
}

/// Finds what borrows in a field's type from an object that nothing keeps alive: only the object
/// itself and the items of a tuple outlive the call. The traits refuse the same, but not in words
/// that say what to write.
fn check_type(ty: &Type, may_borrow: bool, position: Position, mistakes: &mut Mistakes) {
    let Some(borrow) = Borrow::of(ty) else {
        for (part, position) in generics::parts(ty, position) {
            check_type(part, may_borrow, position, mistakes);
        }
        return;
    };
    let (owned, kept) = (owned(ty), kept(ty));
    let message = match (borrow, position, may_borrow) {
        (Borrow::Handle(name), ..) => {
            format!("the lifetime of `{name}` is the interpreter's; write `'py` for it")
        }
        (_, Position::Argument, _) => {
            format!("items of a mutable container cannot be borrowed; write {owned}{kept}")
        }
        (_, Position::Direct, false) => format!(
            "a field read from a dict or an attribute cannot borrow: the object it would borrow \
             from may be gone; write {owned}{kept}"
        ),
        (Borrow::Object, ..) => {
            // Allowed here; what it borrows may itself be a container.
            for (part, position) in generics::parts(ty, position) {
                check_type(part, may_borrow, position, mistakes);
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

/// What keeps alive what it borrows from.
fn kept(ty: &Type) -> &'static str {
    let target = match ty {
        Type::Reference(reference) => Some(&*reference.elem),
        Type::Path(path) if ends_in(&path.path, "Cow") => {
            generics::arguments(&path.path).find_map(|argument| match argument {
                GenericArgument::Type(target) => Some(target),
                _ => None,
            })
        }
        _ => None,
    };
    match target {
        Some(Type::Slice(slice)) if name_of(&slice.elem).is_some_and(|item| item == "u8") => {
            ", or `PyBackedBytes` to borrow all the same"
        }
        Some(target) if name_of(target).is_some_and(|name| name == "str") => {
            ", or `PyBackedStr` to borrow all the same"
        }
        _ => "",
    }
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
