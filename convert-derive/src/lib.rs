//! The macros of convert-core: the derives `FromPyObject` and `IntoPy`, `#[pyfunction]` and
//! `#[pymodule]`. Use them through `convert-core`, which exports them.
//!
//! A derive is a line of stages: `attr` reads `#[py(…)]`, `ast` says what was derived on, `valid`
//! reports every mistake at once, `from_py` and `into_py` (and `hint`, `numbers`, `shared`) write
//! the impls with the bounds of `generics`; after a mistake `fallback` writes an impl without a
//! body, so that the mistakes are all the user sees. `function` and `module` hold the attribute
//! macros, which share `attr` and the collecting of mistakes.

#![forbid(unsafe_code)]

mod ast;
mod attr;
mod fallback;
mod from_py;
mod function;
mod generics;
mod hint;
mod into_py;
mod module;
mod numbers;
mod shared;
#[cfg(test)]
mod tests;
mod valid;

use ast::{Container, Derive};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Item, parse_macro_input};
use valid::Mistakes;

/// Derives `FromPyObject`: how a struct or an enum is read from a Python object.
///
/// | Rust | Python |
/// |---|---|
/// | `struct Order { id: i64, note: String }` | anything with the keys or attributes `id` and `note` |
/// | `struct Point(f64, f64);` | a tuple of two items |
/// | `struct Metres(f64);` | what `f64` is read from |
/// | `struct Nothing;` | `()` |
/// | `enum Colour { Red, Green }` | `"Red"`, `"Green"` |
/// | `enum Price { Fixed(f64), Range { low: f64, high: f64 } }` | the first variant that fits |
///
/// A struct with named fields is read from a dict, or whatever else says it is a `Mapping`, by key,
/// and from any other object by attribute. All wrong fields are reported, each with its path, not
/// only the first.
///
/// All words below stand in `#[py(…)]`, of which `#[pyo3(…)]` is an alias. `FromPyObject` and
/// `IntoPy` share them; each leaves aside what is about the other direction.
///
/// # Words on a struct or an enum
///
/// - `rename = "Name"`: the type's name, in messages and hints.
/// - `rename_all = "camelCase"`: the names of all fields, or of all variants, in another case:
///   `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`,
///   `kebab-case`, `SCREAMING-KEBAB-CASE`. Of an enum, `rename_all_fields` does the same for the
///   fields of all variants.
/// - `bound = "T: Trait"`: the bounds of the impls, in place of those found by looking at the
///   fields.
/// - `crate = "path"`: where convert-core is.
/// - `from = "Type"`, `try_from = "Type"`, `into = "Type"`: read as another type and made from it;
///   made into another type and written as that. A reference is cloned first. The error of
///   `TryFrom` becomes a `ValueError`.
/// - `strict`: every field of exactly its own type, as by `Strict`.
/// - `transparent`: a struct is its only field, also a named one.
/// - `tuple`: a struct with named fields is a tuple.
/// - `items`, `attributes`: read by key only, or by attribute only.
/// - `deny_unknown`: a key that no field has is an error.
/// - `default`: a missing field has its value in the struct's own `Default`.
///
/// `rename`, `rename_all`, `rename_all_fields` and `bound` also take one value for each direction:
/// `rename_all(from_py = "camelCase", into_py = "snake_case")`.
///
/// # Words on an enum
///
/// Without any of these, an enum of unit variants is its variant's name, a `str`. Any other is
/// untagged: the variants are tried in their order, and one for another type of objects costs
/// nothing. Where none fits, the error lists the types; where some fit and are wrong inside, what
/// is wrong inside. A unit variant is the `str` of its name.
///
/// - `tag = "type"`: a dict with the variant's name by that key, among its fields.
/// - `tag = "type", content = "value"`: what the variant holds is behind a key of its own.
/// - `external`: a dict with one key, the variant's name; for a unit variant the name alone.
/// - `int`: an enum of unit variants is an `int`, the discriminant.
///
/// # Words on a variant
///
/// - `rename = "name"`, `alias = "name"` (any number of times).
/// - `rename_all = "camelCase"`: for its fields.
/// - `other`: takes what has no known name or number, and of an untagged enum all that is left. A
///   unit variant, or one with a field that is read from the object.
///
/// # Words on a field
///
/// - `rename = "x"`: the name on the Python side; also for one direction, `rename(into_py = "x")`.
/// - `alias = "x"`: a further name to read it by, where there is nothing by its own; any number of
///   times.
/// - `item`, `item("key")`: read by key only.
/// - `attribute`, `attribute("name")`: read as an attribute only.
/// - `default`, `default = expression`: the value where the key or the attribute is missing. A
///   value that is there and of the wrong type stays an error. An `Option` has no default without
///   it.
/// - `skip`: neither read nor written; it has its default.
/// - `skip_none`: not written where it becomes `None`, and `None` where it is missing.
/// - `flatten`: a struct whose keys stand among those of this one, or a map of all keys that nobody
///   else knows; only read from a dict or a `Mapping`. Written, its entries are added; a key that
///   is written twice is an error.
/// - `with = "module"`: `module::from_py(&Bound<'py, PyAny>) -> Result<T, E>` reads it, and
///   `module::into_py(&T, Python<'py>) -> Result<Bound<'py, X>, E>` writes it, where
///   `E: Into<ConversionError>`. `from_py_with = path` and `into_py_with = path` name one of them.
/// - `strict`: of exactly its own type.
///
/// A name given to `item` or `attribute` is for reading; writing keeps to `rename` or to the
/// field's name. Fields without names know `strict`, `skip`, `default` for one that is skipped, and
/// `with` and its kin.
///
/// # Generics and lifetimes
///
/// A type parameter that a field uses must itself be readable. A lifetime parameter called `'py` is
/// the interpreter's, as in `struct Handle<'py> { object: Bound<'py, PyAny> }`. One further
/// lifetime, of any name, borrows from the object: `struct Name<'a>(&'a str);`. Only newtypes and
/// tuple structs have one. A field read from a dict or an attribute is owned, since nothing keeps
/// alive what it was read from, and so are the items of a list; `PyBackedStr` and `PyBackedBytes`
/// borrow there all the same.
///
/// # Examples
///
/// ```no_run
/// use convert_core::prelude::*;
///
/// #[derive(FromPyObject)]
/// #[py(rename_all = "camelCase", deny_unknown)]
/// struct Order {
///     id: i64,
///     #[py(rename = "type")]
///     kind: String,
///     #[py(default = 1)]
///     line_count: u32,
///     price: Price,
/// }
///
/// #[derive(FromPyObject)]
/// #[py(tag = "kind", rename_all = "lowercase")]
/// enum Price {
///     Fixed { amount: f64 },
///     Range { low: f64, high: f64 },
///     Free,
/// }
/// ```
#[proc_macro_derive(FromPyObject, attributes(py, pyo3))]
pub fn derive_from_py_object(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, Derive::FromPyObject).into()
}

/// Derives `IntoPy` for a struct or an enum, and for a reference to it.
///
/// | Rust | Python |
/// |---|---|
/// | `struct Order { id: i64, note: String }` | `{"id": …, "note": …}` |
/// | `struct Point(f64, f64);` | a tuple of two items |
/// | `struct Metres(f64);` | what `f64` becomes |
/// | `struct Nothing;` | `()` |
/// | `enum Colour { Red, Green }` | `"Red"`, `"Green"` |
/// | `enum Price { Fixed(f64), Range { low: f64, high: f64 } }` | what the variant holds |
///
/// The words of `#[py(…)]` are those of the derive `FromPyObject`.
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
///     #[py(skip_none)]
///     note: Option<String>,
/// }
/// ```
#[proc_macro_derive(IntoPy, attributes(py, pyo3))]
pub fn derive_into_py(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, Derive::IntoPy).into()
}

/// Makes a Rust function one that Python calls.
///
/// The arguments are of any types with `FromPyObject`, the result of any with `IntoPy`, or a
/// `Result<T, E>` of one, where `PyErr: From<E>`: the errors of std are, `anyhow` and `eyre` are by
/// feature. `()` becomes `None`. The documentation comment becomes `__doc__`.
///
/// An argument may borrow from its object, as `&str`, `&[u8]` and `&Bound<'_, T>` do, since the
/// caller keeps it. One of type `Python<'_>`, anywhere, is the token; Python does not give it.
///
/// A wrong argument is told of as `area() argument 'width': expected float, got str`, where `loc`
/// begins with the argument's name; a call with the wrong arguments in CPython's own words. A panic
/// becomes a `PanicException`, a `RuntimeError`.
///
/// # Words
///
/// In `#[pyfunction(…)]`, or in `#[py(…)]` below it, of which `#[pyo3(…)]` is an alias:
///
/// - `signature = (a, /, b = 1, *args, c, d = None, **kwargs)`: kinds and defaults, as in a Python
///   `def`. A default is a Rust expression, evaluated when the argument is missing; for an
///   `Option`, `Some` may be left out. `inspect.signature` shows literals, and `...` for what is
///   none. Without a signature all arguments must be given, by position or keyword; an `Option`,
///   too.
/// - `name = "name"`: the name in Python.
/// - `pass_module`: the first argument, `&Bound<'_, PyModule>`, is the module that the function is
///   in.
/// - `text_signature = "(a, b)"`, or `None`: what `inspect.signature` shows instead.
/// - `warn(message = "text", category = path)`: a warning at each call. Rust's `#[deprecated]`
///   makes a `DeprecationWarning`.
/// - `crate = "path"`: where convert-core is.
///
/// # Words on an argument
///
/// - `strict`: of exactly its own type, as by `Strict`.
/// - `with = "module"`: `module::from_py(&Bound<'py, PyAny>) -> Result<T, E>` reads it, where
///   `E: Into<ConversionError>`. `from_py_with = path` names the function.
///
/// # Examples
///
/// ```
/// use convert_core::prelude::*;
///
/// /// The area of a rectangle.
/// #[pyfunction(signature = (width, /, height = 1.0, *, unit = "m"))]
/// fn area(width: f64, height: f64, unit: &str) -> String {
///     format!("{} {unit}²", width * height)
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let area = wrap_pyfunction!(area, py)?;
///     assert_eq!(area.call1((2, 3))?.extract::<String>()?, "6 m²");
///     let error = area.call1((2, "3")).unwrap_err();
///     assert_eq!(error.to_string(), "TypeError: area() argument 'height': expected float, got str");
///     PyResult::Ok(())
/// })
/// .unwrap();
/// ```
#[proc_macro_attribute]
pub fn pyfunction(
    words: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let item = parse_macro_input!(item as Item);
    function::expand(words.into(), item).into()
}

/// Makes a Rust module, or a function that fills one, a module that Python imports.
///
/// Inside of a `mod`, these become the Python module's:
///
/// - every `#[pyfunction]`;
/// - every `const` whose name does not begin with `_`, as the object it becomes;
/// - every `#[pymodule] mod`, as a submodule, which can be imported by its full name;
/// - what `#[pymodule_export] use path::{function, module, Exception};` names.
///
/// A function under `#[pymodule_init]`, `fn(&Bound<'_, PyModule>) -> PyResult<()>`, is then called
/// and may add more. The other form is such a function alone, under `#[pymodule]`.
///
/// The module is made anew for each import (multi-phase initialization, PEP 489). A second
/// interpreter of the process gets an `ImportError`.
///
/// # Words
///
/// In `#[pymodule(…)]`, or in `#[py(…)]` below it, of which `#[pyo3(…)]` is an alias:
///
/// - `name = "_native"`: the name in Python, without that of a package; the file is named after it.
/// - `submodule`: exports no symbol, as it is only found inside of another module.
/// - `gil_used = false`: free-threaded Pythons need not turn on the GIL for it.
/// - `crate = "path"`: where convert-core is.
///
/// # Examples
///
/// ```
/// use convert_core::prelude::*;
///
/// /// Rectangles.
/// #[pymodule]
/// mod rectangles {
///     use convert_core::prelude::*;
///
///     const SIDES: u32 = 4;
///
///     #[pyfunction]
///     fn area(width: f64, height: f64) -> f64 {
///         width * height
///     }
/// }
///
/// /// The same, as a function.
/// #[pymodule]
/// fn squares(module: &Bound<'_, PyModule>) -> PyResult<()> {
///     #[pyfunction]
///     fn area(side: f64) -> f64 {
///         side * side
///     }
///     module.add("SIDES", 4)?;
///     module.add_function(wrap_pyfunction!(area, module)?)
/// }
/// ```
#[proc_macro_attribute]
pub fn pymodule(
    words: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let item = parse_macro_input!(item as Item);
    module::expand(words.into(), item).into()
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
    valid::check(&container, &mut mistakes);
    mistakes.finish().map(|()| container)
}
