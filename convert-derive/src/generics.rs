//! Bounds and lifetimes of the generated impls.
//!
//! Only type parameters are bounded, never the types of fields: `struct Tree { children: Vec<Tree>
//! }` with the bound `Vec<Tree>: FromPyObject` would need itself (E0275).

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    GenericArgument, GenericParam, Generics, Ident, Lifetime, LifetimeParam, Path, PathArguments,
    Type, parse_quote,
};

/// Where a type stands within a field's type.
#[derive(Clone, Copy, PartialEq)]
pub enum Position {
    /// It is read from the object itself or from an item of a tuple, perhaps through `Option` or
    /// `Box`.
    Direct,
    /// It is an argument of a container.
    Argument,
}

/// The types directly inside a type.
pub fn parts(ty: &Type, position: Position) -> Vec<(&Type, Position)> {
    match ty {
        Type::Group(ty) => vec![(&ty.elem, position)],
        Type::Paren(ty) => vec![(&ty.elem, position)],
        Type::Tuple(ty) => ty.elems.iter().map(|item| (item, position)).collect(),
        Type::Reference(ty) => vec![(&ty.elem, Position::Argument)],
        Type::Array(ty) => vec![(&ty.elem, Position::Argument)],
        Type::Slice(ty) => vec![(&ty.elem, Position::Argument)],
        Type::Path(ty) => {
            let name = ty.path.segments.last().map(|segment| segment.ident.to_string());
            let position = match name.as_deref() {
                // Converted without its argument.
                Some("PhantomData") => return Vec::new(),
                Some("Option" | "Box") => position,
                _ => Position::Argument,
            };
            let types = arguments(&ty.path).filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some((ty, position)),
                _ => None,
            });
            types.collect()
        }
        _ => Vec::new(),
    }
}

/// The arguments in angle brackets of a path.
pub fn arguments(path: &Path) -> impl Iterator<Item = &GenericArgument> {
    path.segments.iter().flat_map(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    })
}

/// A type to be bounded: a type parameter, an associated type of one, or a reference to these.
pub struct Bounded {
    pub ty: Type,
    pub position: Position,
}

/// What the conversion of `types` asks of the type parameters, each type once. If it stands in
/// several places, an argument's stricter bound is the one that counts.
pub fn bounded<'ty>(
    types: impl IntoIterator<Item = (&'ty Type, Position)>,
    generics: &Generics,
) -> Vec<Bounded> {
    let mut distinct: Vec<Bounded> = Vec::new();
    let found = types.into_iter().flat_map(|(ty, position)| bounded_in(ty, position, generics));
    for found in found {
        match distinct.iter_mut().find(|earlier| same(&earlier.ty, &found.ty)) {
            Some(earlier) if found.position == Position::Argument => {
                earlier.position = Position::Argument;
            }
            Some(_) => {}
            None => distinct.push(found),
        }
    }
    distinct
}

fn same(left: &Type, right: &Type) -> bool {
    left.to_token_stream().to_string() == right.to_token_stream().to_string()
}

fn bounded_in(ty: &Type, position: Position, generics: &Generics) -> Vec<Bounded> {
    if depends_on_parameter(ty, generics) {
        return vec![Bounded { ty: ty.clone(), position }];
    }
    let inside = parts(ty, position).into_iter();
    let inside = inside.flat_map(|(part, position)| bounded_in(part, position, generics));
    if let Type::Reference(reference) = ty {
        // `&'a Vec<T>` is written where `&'a T` is.
        let (and, lifetime) = (&reference.and_token, &reference.lifetime);
        inside
            .map(|Bounded { ty, position }| Bounded {
                ty: parse_quote!(#and #lifetime #ty),
                position,
            })
            .collect()
    } else {
        inside.collect()
    }
}

/// Whether a type is `T`, `T::Item` or `<T as Trait>::Item`, for a type parameter `T`.
pub fn depends_on_parameter(ty: &Type, generics: &Generics) -> bool {
    let Type::Path(ty) = ty else { return false };
    let is_parameter =
        |ident: &Ident| generics.type_params().any(|parameter| parameter.ident == *ident);
    match &ty.qself {
        Some(qself) => mentions(&qself.ty, &is_parameter),
        None => {
            ty.path.leading_colon.is_none()
                && ty.path.segments.first().is_some_and(|first| is_parameter(&first.ident))
        }
    }
}

/// Whether an identifier occurs anywhere in a type.
pub fn mentions(ty: &Type, is_sought: &dyn Fn(&Ident) -> bool) -> bool {
    fn within(tokens: TokenStream, is_sought: &dyn Fn(&Ident) -> bool) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => is_sought(&ident),
            proc_macro2::TokenTree::Group(group) => within(group.stream(), is_sought),
            _ => false,
        })
    }
    within(ty.to_token_stream(), is_sought)
}

/// The struct's lifetimes other than the interpreter's.
pub fn borrowing(generics: &Generics) -> impl Iterator<Item = &Lifetime> {
    generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime)
        .filter(|lifetime| lifetime.ident != "py")
}

/// The interpreter's lifetime: the struct's own `'py`, or a new one.
pub fn interpreter(generics: &Generics) -> Lifetime {
    let own = generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime)
        .find(|lifetime| lifetime.ident == "py");
    own.map_or_else(|| lifetime("'py"), Clone::clone)
}

/// A lifetime of the generated code. Its hygiene keeps it apart from one the user gave the same
/// name.
pub fn lifetime(name: &str) -> Lifetime {
    Lifetime::new(name, proc_macro2::Span::mixed_site())
}

/// The type's generics, with those of `lifetimes` that it does not declare and with further bounds.
pub fn extended<'a>(
    generics: &Generics,
    lifetimes: impl IntoIterator<Item = &'a Lifetime>,
    bounds: impl IntoIterator<Item = TokenStream>,
) -> Generics {
    let mut extended = generics.clone();
    for lifetime in lifetimes {
        if !generics.lifetimes().any(|parameter| parameter.lifetime == *lifetime) {
            extended.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime.clone())));
        }
    }
    for bound in bounds {
        extended.make_where_clause().predicates.push(parse_quote!(#bound));
    }
    extended
}
