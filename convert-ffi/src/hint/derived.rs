//! What is known of a derived type: its fields or variants.

use super::TypeHint;
use super::choice::Choice;

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
    denies_unknown: bool,
}

impl DerivedHint {
    /// The type of that name.
    pub const fn new(name: &'static str, arguments: &'static [TypeHint], inside: Inside) -> Self {
        DerivedHint { name, arguments, inside, denies_unknown: false }
    }

    /// The same, which refuses dicts with keys that it does not know.
    pub const fn denying_unknown(self) -> Self {
        DerivedHint { denies_unknown: true, ..self }
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

    /// Whether it refuses dicts with keys that it does not know.
    pub const fn denies_unknown(&self) -> bool {
        self.denies_unknown
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
    Fields(FieldHints),
    /// The variants of an enum, and what tells them apart.
    Variants(Tagging, fn() -> &'static VariantHints),
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

/// The fields of a derived struct.
///
/// Of as many as a program may have, each costs no more than one pointer: the rest is in one text.
#[derive(Debug, Clone, Copy)]
pub struct FieldHints {
    text: &'static str,
    types: fn() -> &'static [&'static TypeHint],
}

impl FieldHints {
    /// The fields that a text describes, and their types.
    ///
    /// For each field the text has a mark (`!` for one that must be there, `?` for one that may be
    /// missing, `*` for one whose keys stand among those of the struct), its name, and after a NUL
    /// each further name by which it is read. Two NULs stand between fields.
    pub const fn new(text: &'static str, types: fn() -> &'static [&'static TypeHint]) -> Self {
        FieldHints { text, types }
    }

    /// Each field.
    pub fn iter(&self) -> impl Iterator<Item = FieldHint> + use<> {
        let texts = self.text.split("\0\0");
        texts.zip((self.types)()).map(|(text, hint)| FieldHint { text, hint })
    }
}

/// A field of a derived struct.
#[derive(Debug, Clone, Copy)]
pub struct FieldHint {
    text: &'static str,
    hint: &'static TypeHint,
}

impl FieldHint {
    /// Its name in Python; empty for one that is flattened.
    pub fn name(&self) -> &'static str {
        self.names().next().unwrap_or_default()
    }

    /// The further names by which it is read.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names().skip(1)
    }

    /// Its name and the further ones.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.get(1..).unwrap_or_default().split('\0')
    }

    /// Its type.
    pub fn hint(&self) -> TypeHint {
        *self.hint
    }

    /// Whether it may be missing.
    pub fn is_optional(&self) -> bool {
        self.text.starts_with('?')
    }

    /// Whether its keys stand among those of the struct.
    pub fn is_flattened(&self) -> bool {
        self.text.starts_with('*')
    }
}

/// The variants of a derived enum.
#[derive(Debug, Clone, Copy)]
pub struct VariantHints {
    list: &'static [VariantHint],
    choice: Choice,
}

impl VariantHints {
    /// These variants, in order.
    pub const fn new(list: &'static [VariantHint]) -> Self {
        VariantHints { list, choice: Choice::between(list) }
    }

    /// Each variant.
    pub fn iter(&self) -> std::slice::Iter<'static, VariantHint> {
        self.list.iter()
    }

    /// What each is, as messages tell it: `int | str`. `None` where no constant can tell.
    pub(super) fn text(&self) -> Option<&str> {
        self.choice.text()
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
