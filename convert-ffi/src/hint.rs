//! [`TypeHint`]: what Python's `typing` would call a type.

use std::fmt;

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
    Derived(&'static str, &'static [TypeHint]),
}

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

    /// A type that was derived from a Rust one: its name, and the hints of its type arguments.
    pub const fn derived(name: &'static str, arguments: &'static [TypeHint]) -> Self {
        TypeHint(Hint::Derived(name, arguments))
    }

    /// Writes the hint without going through `core::fmt`.
    pub(crate) fn write(&self, out: &mut String) {
        let (separator, items) = match self.0 {
            Hint::Name(name) | Hint::Derived(name, []) => return out.push_str(name),
            Hint::Length(container, length) => {
                container.write(out);
                out.push_str(" of length ");
                return out.push_str(&length.to_string());
            }
            Hint::Union(variants) => (" | ", variants),
            Hint::Generic(name, arguments) | Hint::Derived(name, arguments) => {
                out.push_str(name);
                out.push('[');
                (", ", arguments)
            }
        };
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(separator);
            }
            item.write(out);
        }
        if let Hint::Generic(_, arguments) | Hint::Derived(_, arguments) = self.0 {
            if arguments.is_empty() {
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
