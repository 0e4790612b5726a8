//! The derives `FromPyObject` and `IntoPy`. Use them through `convert-core`, which exports them
//! next to the traits of the same names.
//!
//! A derive is a line of stages, each a file: `attr` reads `#[py(…)]`, `ast` says what was derived
//! on, `valid` reports every mistake at once, `from_py` and `into_py` (and `shared`) write the
//! impls with the bounds of `generics`; after a mistake `fallback` writes an impl without a body,
//! so that the mistakes are all the user sees.

#![forbid(unsafe_code)]

mod ast;
mod attr;
mod fallback;
mod from_py;
mod generics;
mod into_py;
mod shared;
#[cfg(test)]
mod tests;
mod valid;

use ast::{Container, Derive};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};
use valid::Mistakes;

/// Derives `FromPyObject`: how a struct is read from a Python object.
///
/// | Rust | Python |
/// |---|---|
/// | `struct Order { id: i64, note: String }` | anything with the keys or attributes `id` and `note` |
/// | `struct Point(f64, f64);` | a tuple of two items |
/// | `struct Metres(f64);` | what `f64` is read from |
///
/// All wrong fields are reported, each with its path, not only the first.
///
/// # Attributes of a field
///
/// `#[py(…)]`, of which `#[pyo3(…)]` is an alias; named fields only. `IntoPy` shares them and
/// leaves aside what is about reading.
///
/// - `rename = "x"`: the name on the Python side, for reading and for writing.
/// - `default`, `default = expression`: the value where the key or the attribute is missing. A value
///   that is there and of the wrong type stays an error.
/// - `item`, `item("key")`: read by key only.
/// - `attribute`, `attribute("name")`: read as an attribute only.
///
/// A name given to `item` or `attribute` is for reading; writing keeps to `rename` or to the
/// field's name.
///
/// # Generics and lifetimes
///
/// A type parameter that a field uses must itself be readable. A lifetime parameter called `'py` is
/// the interpreter's, as in `struct Handle<'py> { object: Bound<'py, PyAny> }`. One further
/// lifetime, of any name, borrows from the object: `struct Name<'a>(&'a str);`. Only newtypes and
/// tuple structs have one. A field read from a dict or an attribute is owned, since nothing keeps
/// alive what it was read from, and so are the items of a list.
///
/// # Examples
///
/// ```no_run
/// use convert_core::prelude::*;
///
/// #[derive(FromPyObject)]
/// struct Order {
///     id: i64,
///     #[py(rename = "type")]
///     kind: String,
///     #[py(default = 1)]
///     count: u32,
/// }
/// ```
#[proc_macro_derive(FromPyObject, attributes(py, pyo3))]
pub fn derive_from_py_object(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, Derive::FromPyObject).into()
}

/// Derives `IntoPy` for a struct and for a reference to it.
///
/// | Rust | Python |
/// |---|---|
/// | `struct Order { id: i64, note: String }` | `{"id": …, "note": …}` |
/// | `struct Point(f64, f64);` | a tuple of two items |
/// | `struct Metres(f64);` | what `f64` becomes |
///
/// The attributes of a field are those of the derive `FromPyObject`; of them, `rename` is about
/// writing.
///
/// # Examples
///
/// ```no_run
/// use convert_core::prelude::*;
///
/// #[derive(IntoPy)]
/// struct Order<'a> {
///     id: i64,
///     #[py(rename = "type")]
///     kind: &'a str,
/// }
/// ```
#[proc_macro_derive(IntoPy, attributes(py, pyo3))]
pub fn derive_into_py(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, Derive::IntoPy).into()
}

fn expand(input: &DeriveInput, derive: Derive) -> TokenStream {
    match checked(input, derive) {
        Ok(container) => match derive {
            Derive::FromPyObject => from_py::expand(&container),
            Derive::IntoPy => into_py::expand(&container),
        },
        Err(mistakes) => {
            let mistakes = mistakes.into_compile_error();
            let fallback = fallback::expand(input, derive);
            quote!(#mistakes #fallback)
        }
    }
}

fn checked(input: &DeriveInput, derive: Derive) -> syn::Result<Container<'_>> {
    let mut mistakes = Mistakes::default();
    let container = Container::new(input, derive, &mut mistakes);
    valid::check(&container, derive, &mut mistakes);
    mistakes.finish().map(|()| container)
}
