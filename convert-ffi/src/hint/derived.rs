//! What is known of a derived type: its fields or variants.

use super::TypeHint;

/// A type that was derived from a Rust one: its name, the hints of its type arguments, and what is
/// inside.
///
/// What is inside stands behind a function: a type that contains itself could not be a constant
/// otherwise.
#[derive(Debug, Clone, Copy)]
pub struct DerivedHint {
    pub(super) name: &'static str,
    pub(super) arguments: &'static [TypeHint],
    pub(super) inside: Inside,
}

impl DerivedHint {
    /// The type of that name.
    pub const fn new(name: &'static str, arguments: &'static [TypeHint], inside: Inside) -> Self {
        DerivedHint { name, arguments, inside }
    }

    /// Its name, without arguments.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The hints of its type arguments.
    pub const fn arguments(&self) -> &'static [TypeHint] {
        self.arguments
    }

    /// What is inside.
    pub const fn inside(&self) -> Inside {
        self.inside
    }
}

/// By name and arguments: what is inside follows from them.
impl PartialEq for DerivedHint {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.arguments == other.arguments
    }
}

impl Eq for DerivedHint {}

/// What is inside a derived type.
#[derive(Debug, Clone, Copy)]
pub enum Inside {
    /// It does not say.
    Unknown,
    /// Another type, by which it goes in messages: a newtype.
    Alias(fn() -> TypeHint),
    /// Another type: that of a tuple struct is a tuple.
    Type(fn() -> TypeHint),
    /// The fields of a struct.
    Fields(fn() -> &'static [FieldHint]),
    /// The variants of an enum, and what tells them apart.
    Variants(Tagging, fn() -> &'static [VariantHint]),
}

/// How the variants of an enum are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagging {
    /// By what they are.
    Untagged,
    /// By a key of that name among a variant's own.
    Internal(&'static str),
    /// By a key; the variant's own object is behind another one.
    Adjacent(&'static str, &'static str),
    /// The variant's own object is behind a key of the variant's name.
    External,
}

/// A field of a derived struct.
#[derive(Debug, Clone, Copy)]
pub struct FieldHint {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) hint: TypeHint,
    is_optional: bool,
    pub(super) is_flattened: bool,
}

impl FieldHint {
    /// A field that must be there.
    pub const fn new(name: &'static str, hint: TypeHint) -> Self {
        FieldHint { name, aliases: &[], hint, is_optional: false, is_flattened: false }
    }

    /// A type whose own keys stand among those of the struct.
    pub const fn flattened(hint: TypeHint) -> Self {
        FieldHint { is_flattened: true, ..FieldHint::new("", hint) }
    }

    /// The same, which may be missing.
    pub const fn optional(self) -> Self {
        FieldHint { is_optional: true, ..self }
    }

    /// The same, which goes by further names.
    pub const fn with_aliases(self, aliases: &'static [&'static str]) -> Self {
        FieldHint { aliases, ..self }
    }

    /// Its name in Python; empty for one that is flattened.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The further names by which it is read.
    pub const fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Its type.
    pub const fn hint(&self) -> TypeHint {
        self.hint
    }

    /// Whether it may be missing.
    pub const fn is_optional(&self) -> bool {
        self.is_optional
    }

    /// Whether its keys stand among those of the struct.
    pub const fn is_flattened(&self) -> bool {
        self.is_flattened
    }
}

/// A variant of a derived enum.
#[derive(Debug, Clone, Copy)]
pub struct VariantHint {
    pub(super) name: &'static str,
    pub(super) hint: TypeHint,
}

impl VariantHint {
    /// The variant of that name, and the type of what it holds.
    pub const fn new(name: &'static str, hint: TypeHint) -> Self {
        VariantHint { name, hint }
    }

    /// Its name in Python.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The type of what it holds; of a unit variant, what stands for it.
    pub const fn hint(&self) -> TypeHint {
        self.hint
    }
}
