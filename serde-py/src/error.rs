//! [`Error`]: a [`ConversionError`] that serde's traits can make.

use std::fmt::{self, Display};

use convert_core::{ConversionError, PyErr, Segment};
use convert_ffi::names::nearest;
use serde::de::{self, Expected, Unexpected};
use serde::ser;

/// Why a value could not be converted: where, what was expected, what was there.
///
/// ```text
/// users[3].address.zip: expected str, got int
/// ```
///
/// The same word as a [`ConversionError`], which it turns into by `?`, as it does into a [`PyErr`].
/// serde stops at the first mistake, so there is one place.
pub struct Error(pub(crate) ConversionError);

/// The result of a conversion through serde.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The error as convert-core knows it.
    pub fn into_conversion_error(self) -> ConversionError {
        self.0
    }

    fn wrong_type(expected: &dyn Expected, got: &str) -> Self {
        let expected = python_name(expected);
        Error(ConversionError::custom_type(format!("expected {expected}, got {got}")))
    }

    fn out_of_range(range: &str, got: &str) -> Self {
        Error(ConversionError::custom_range(format!("expected int in {range}, got {got}")))
    }
}

/// An error of a format with its place in front; `steps` lead to it from the innermost out. A line
/// and a column that the format gave stay at the end, where it finds them itself.
#[cold]
pub(crate) fn placed<E: Display>(
    error: E,
    steps: Vec<Segment>,
    custom: impl FnOnce(ConversionError) -> E,
) -> E {
    if steps.is_empty() {
        return error;
    }
    let error = ConversionError::custom(error.to_string());
    custom(steps.into_iter().fold(error, ConversionError::inside))
}

impl From<ConversionError> for Error {
    fn from(error: ConversionError) -> Self {
        Error(error)
    }
}

impl From<PyErr> for Error {
    fn from(error: PyErr) -> Self {
        Error(error.into())
    }
}

impl From<Error> for ConversionError {
    fn from(error: Error) -> Self {
        error.0
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        error.0.into()
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?})", self.to_string())
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Error(ConversionError::custom(message.to_string()))
    }
}

impl de::Error for Error {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Error(ConversionError::custom(message.to_string()))
    }

    #[cold]
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        if let Some(value) = wide_int(unexpected) {
            let expected = match expected.to_string().as_str() {
                // serde's own tree of values.
                "any value" => {
                    "at most 64 bits, all that serde carries within flatten and untagged"
                }
                "any valid JSON value" => "at most 64 bits",
                name => match range(name) {
                    Some(range) => return Error::out_of_range(&range, value),
                    None => return Error::wrong_type(expected, "int"),
                },
            };
            return Error(ConversionError::custom_range(format!(
                "expected int of {expected}, got {value}"
            )));
        }
        Error::wrong_type(expected, &kind(unexpected))
    }

    #[cold]
    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let value = value(unexpected);
        match range(&expected.to_string()) {
            Some(range) => Error::out_of_range(&range, &value),
            None => {
                let expected = python_name(expected);
                Error(ConversionError::custom(format!("expected {expected}, got {value}")))
            }
        }
    }

    #[cold]
    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let expected = python_name(expected);
        Error(ConversionError::custom(format!("expected {expected}, got length {length}")))
    }

    #[cold]
    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let known: Vec<_> = expected.iter().map(|name| format!("{name:?}")).collect();
        let meant = nearest(variant, expected.iter().copied());
        let meant = meant.map_or_else(String::new, |name| format!("; did you mean {name:?}?"));
        let known = known.join(" | ");
        Error(ConversionError::custom(format!("expected {known}, got {variant:?}{meant}")))
    }

    #[cold]
    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let meant = nearest(field, expected.iter().copied());
        let meant = meant.map_or_else(String::new, |name| format!("; did you mean {name:?}?"));
        Error(ConversionError::custom(format!("unknown key {field:?}{meant}")))
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        let error = ConversionError::custom_missing("key is missing");
        Error(error.inside(Segment::field(field)))
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        let error = ConversionError::custom("key is there twice, perhaps by another name");
        Error(error.inside(Segment::field(field)))
    }
}

/// What Python calls what a visitor expected: the visitors of std and of derives have names of
/// their own for it.
fn python_name(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    let known = match text.as_str() {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128"
        | "usize" => "int",
        "f32" | "f64" => "float",
        "a boolean" => "bool",
        "a string" | "a borrowed string" | "a character" | "path string" => "str",
        "a byte array" | "a borrowed byte array" | "byte array" => "bytes",
        "a sequence" => "list",
        "a map" => "dict",
        "unit" => "None",
        _ => {
            let name = ["struct ", "enum ", "unit struct ", "tuple struct ", "newtype struct "]
                .iter()
                .find_map(|start| text.strip_prefix(start));
            return name.unwrap_or(&text).to_owned();
        }
    };
    known.to_owned()
}

/// The digits of an int that a visitor refused, in the words that serde has for one of 128 bits.
fn wide_int(unexpected: Unexpected<'_>) -> Option<&str> {
    let Unexpected::Other(text) = unexpected else { return None };
    let (digits, kind) = text.strip_prefix("integer `")?.split_once("` as ")?;
    matches!(kind, "i128" | "u128").then_some(digits)
}

/// What an int type holds.
fn range(name: &str) -> Option<String> {
    Some(match name {
        "i8" => format!("{:?}", i8::MIN..=i8::MAX),
        "i16" => format!("{:?}", i16::MIN..=i16::MAX),
        "i32" => format!("{:?}", i32::MIN..=i32::MAX),
        "i64" | "isize" => format!("{:?}", i64::MIN..=i64::MAX),
        "i128" => format!("{:?}", i128::MIN..=i128::MAX),
        "u8" => format!("{:?}", u8::MIN..=u8::MAX),
        "u16" => format!("{:?}", u16::MIN..=u16::MAX),
        "u32" => format!("{:?}", u32::MIN..=u32::MAX),
        "u64" | "usize" => format!("{:?}", u64::MIN..=u64::MAX),
        "u128" => format!("{:?}", u128::MIN..=u128::MAX),
        _ => return None,
    })
}

/// The Python type of what was there.
fn kind(unexpected: Unexpected<'_>) -> String {
    let name = match unexpected {
        Unexpected::Bool(_) => "bool",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "int",
        Unexpected::Float(_) => "float",
        Unexpected::Char(_) | Unexpected::Str(_) => "str",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "None",
        Unexpected::Seq => "list",
        Unexpected::Map => "dict",
        other => return other.to_string(),
    };
    name.to_owned()
}

/// The value that was there.
fn value(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(value) => if value { "True" } else { "False" }.to_owned(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => format!("{value:?}"),
        Unexpected::Char(value) => format!("{:?}", value.to_string()),
        Unexpected::Str(value) => format!("{value:?}"),
        other => kind(other),
    }
}
