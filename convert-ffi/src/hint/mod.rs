//! [`TypeHint`]: what Python's `typing` would call a type.

mod choice;
mod derived;

use std::fmt;

pub use derived::{DerivedHint, FieldHint, FieldHints, Inside, Tagging, VariantHint, VariantHints};

/// What Python's `typing` would call a type: `int`, `dict[str, int | None]`, `Order`.
///
/// Made in constants and never at run time; used in error messages. Hints compose:
///
/// ```
/// use convert_ffi::TypeHint;
/// const PRICES: TypeHint = TypeHint::generic("dict", &[TypeHint::name("str"), TypeHint::union(&[TypeHint::name("int"), TypeHint::name("None")])]);
/// assert_eq!(PRICES.to_string(), "dict[str, int | None]");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TypeHint(Hint);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Name(&'static str),
    Generic(&'static str, &'static [TypeHint]),
    Union(&'static [TypeHint]),
    Length(&'static TypeHint, usize),
    Text(&'static str),
    Int(&'static i128),
    OneOf(&'static str),
    Derived(&'static DerivedHint),
}

/// No more variants than this are listed in a message.
const MOST_LISTED: usize = 8;
/// Hints that refer to themselves are followed so far.
const MOST_NESTED: usize = 16;

impl TypeHint {
    /// A type by its name alone: `int`. Also a description: `int in 0..=255`.
    pub const fn name(name: &'static str) -> Self {
        TypeHint(Hint::Name(name))
    }

    /// A type with arguments: `dict[str, int]`.
    pub const fn generic(name: &'static str, arguments: &'static [TypeHint]) -> Self {
        TypeHint(Hint::Generic(name, arguments))
    }

    /// A tuple of fixed length: `tuple[int, str]`, `tuple[()]`.
    pub const fn tuple(items: &'static [TypeHint]) -> Self {
        TypeHint(Hint::Generic("tuple", items))
    }

    /// One of several types: `int | None`.
    pub const fn union(variants: &'static [TypeHint]) -> Self {
        TypeHint(Hint::Union(variants))
    }

    /// A container of a certain length: `Sequence[int] of length 3`.
    pub const fn of_length(container: &'static TypeHint, length: usize) -> Self {
        TypeHint(Hint::Length(container, length))
    }

    /// One certain text: `"red"`.
    pub const fn text(text: &'static str) -> Self {
        TypeHint(Hint::Text(text))
    }

    /// One certain number: `3`.
    pub const fn int(value: &'static i128) -> Self {
        TypeHint(Hint::Int(value))
    }

    /// One of several texts, which NUL separates: `"red" | "green"`; of many, how many there are.
    pub const fn one_of(texts: &'static str) -> Self {
        TypeHint(Hint::OneOf(texts))
    }

    /// A type that was derived from a Rust one.
    pub const fn derived(derived: &'static DerivedHint) -> Self {
        TypeHint(Hint::Derived(derived))
    }

    /// What is known of a derived type; `None` for any other.
    pub fn as_derived(&self) -> Option<&'static DerivedHint> {
        match self.0 {
            Hint::Derived(derived) => Some(derived),
            _ => None,
        }
    }

    /// The name, if it consists of nothing else.
    pub(crate) const fn as_name(&self) -> Option<&'static str> {
        match self.0 {
            Hint::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it is a union with `None`.
    pub fn accepts_none(&self) -> bool {
        match self.0 {
            Hint::Union(variants) => variants.iter().any(TypeHint::accepts_none),
            hint => hint == Hint::Name("None"),
        }
    }

    /// Whether a dict of this type has a place for a key of its own.
    pub fn knows(&self, key: &str) -> bool {
        self.knows_within(key, MOST_NESTED)
    }

    fn knows_within(&self, key: &str, levels: usize) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return false };
        match self.0 {
            Hint::Union(variants) => variants.iter().any(|hint| hint.knows_within(key, levels)),
            Hint::Derived(derived) => match derived.inside {
                Inside::Unknown => false,
                Inside::Alias(target) | Inside::Type(target) => target().knows_within(key, levels),
                Inside::Fields(fields) => fields.iter().any(|field| match field.is_flattened() {
                    true => field.hint().knows_within(key, levels),
                    false => field.names().any(|name| name == key),
                }),
                Inside::Variants(tagging, variants) => {
                    let mut variants = variants().iter();
                    match tagging {
                        Tagging::External => variants.any(|variant| variant.name == key),
                        Tagging::Adjacent(tag, content) => tag == key || content == key,
                        Tagging::Internal(tag) if tag == key => true,
                        Tagging::Internal(_) | Tagging::Untagged => {
                            variants.any(|variant| variant.hint.knows_within(key, levels))
                        }
                    }
                }
            },
            _ => false,
        }
    }

    /// Whether a dict of this type has no place for keys other than those it
    /// [`knows`](Self::knows).
    pub fn is_closed(&self) -> bool {
        self.is_closed_within(MOST_NESTED)
    }

    fn is_closed_within(&self, levels: usize) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return true };
        match self.0 {
            Hint::Name("None") | Hint::Text(_) | Hint::Int(_) => true,
            Hint::Union(variants) => variants.iter().all(|hint| hint.is_closed_within(levels)),
            Hint::Derived(derived) => match derived.inside {
                Inside::Unknown => false,
                Inside::Alias(target) | Inside::Type(target) => target().is_closed_within(levels),
                Inside::Fields(fields) => {
                    let mut flattened = fields.iter().filter(FieldHint::is_flattened);
                    flattened.all(|field| field.hint().is_closed_within(levels))
                }
                Inside::Variants(Tagging::External | Tagging::Adjacent(..), _) => true,
                Inside::Variants(Tagging::Internal(_) | Tagging::Untagged, variants) => {
                    variants().iter().all(|variant| variant.hint.is_closed_within(levels))
                }
            },
            _ => false,
        }
    }

    /// Whether keys that it does not [know](Self::knows) make no difference to it.
    pub fn ignores_unknown(&self) -> bool {
        let denies = self.target().as_derived().is_some_and(DerivedHint::denies_unknown);
        !denies && self.is_closed()
    }

    /// The texts it lets choose from, if it does.
    pub(crate) fn texts(&self) -> Vec<&'static str> {
        let hint = self.target();
        match hint.0 {
            Hint::Text(text) => vec![text],
            Hint::OneOf(texts) => texts.split('\0').collect(),
            Hint::Derived(DerivedHint {
                inside: Inside::Variants(Tagging::Untagged, variants),
                ..
            }) => {
                let texts = variants().iter().filter_map(|variant| match variant.hint.0 {
                    Hint::Text(text) => Some(text),
                    _ => None,
                });
                texts.collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a newtype, or a newtype of one, goes by.
    fn target(&self) -> TypeHint {
        let mut hint = *self;
        for _ in 0..MOST_NESTED {
            match hint.0 {
                Hint::Derived(DerivedHint { inside: Inside::Alias(target), .. }) => hint = target(),
                _ => break,
            }
        }
        hint
    }

    /// Writes what was expected: as [`write`](Self::write), but of an enum's variants to choose
    /// from each once, unless they are too many.
    pub(crate) fn write_expected(&self, out: &mut String) {
        let Hint::Derived(DerivedHint {
            inside: Inside::Variants(Tagging::Untagged, variants),
            ..
        }) = self.target().0
        else {
            return self.write(out);
        };
        let variants = variants();
        if variants.iter().len() > MOST_LISTED {
            return self.write(out);
        }
        if let Some(text) = variants.text() {
            return out.push_str(text);
        }
        let mut texts = Vec::new();
        for variant in variants.iter() {
            let text = variant.hint.to_string();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        out.push_str(&texts.join(" | "));
    }

    /// Writes the hint without going through `core::fmt`.
    pub(crate) fn write(&self, out: &mut String) {
        self.write_part(&mut Vec::new(), out);
    }

    /// Most are names.
    #[inline(always)]
    fn write_part(&self, aliases: &mut Vec<&'static DerivedHint>, out: &mut String) {
        match self.0 {
            Hint::Name(name) => out.push_str(name),
            _ => self.write_within(aliases, out),
        }
    }

    /// A newtype goes by its target, but within itself by its name.
    fn write_within(&self, aliases: &mut Vec<&'static DerivedHint>, out: &mut String) {
        let (separator, items) = match self.0 {
            Hint::Derived(derived @ DerivedHint { inside: Inside::Alias(target), .. })
                if aliases.len() < MOST_NESTED && !aliases.contains(&derived) =>
            {
                aliases.push(derived);
                target().write_within(aliases, out);
                aliases.pop();
                return;
            }
            Hint::Name(name) | Hint::Derived(&DerivedHint { name, arguments: [], .. }) => {
                return out.push_str(name);
            }
            Hint::Text(text) => return out.push_str(&format!("{text:?}")),
            Hint::Int(value) => return out.push_str(&value.to_string()),
            Hint::OneOf(texts) => {
                let texts: Vec<_> = texts.split('\0').map(|text| format!("{text:?}")).collect();
                return match texts.len() {
                    0..=MOST_LISTED => out.push_str(&texts.join(" | ")),
                    count => out.push_str(&format!("one of {count} names")),
                };
            }
            Hint::Length(container, length) => {
                container.write_within(aliases, out);
                out.push_str(" of length ");
                return out.push_str(&length.to_string());
            }
            Hint::Union(variants) => (" | ", variants),
            Hint::Generic(name, arguments)
            | Hint::Derived(&DerivedHint { name, arguments, .. }) => {
                out.push_str(name);
                out.push('[');
                (", ", arguments)
            }
        };
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(separator);
            }
            item.write_part(aliases, out);
        }
        if !matches!(self.0, Hint::Union(_)) {
            if items.is_empty() {
                out.push_str("()");
            }
            out.push(']');
        }
    }
}

impl fmt::Display for TypeHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for TypeHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeHint({self})")
    }
}
