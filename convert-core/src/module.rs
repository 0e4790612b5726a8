//! The macros about modules and exceptions, and what `#[pymodule]` writes calls to.

use ::std::ffi::CStr;

use convert_ffi::function::note_places;
use convert_ffi::types::PyModule;
use convert_ffi::{Bound, PyResult, Python};

use crate::IntoPy;
use crate::function::Outcome;
use crate::methods::PyModuleMethods;

/// Runs what a user wrote to fill a module.
pub fn initialize<'py, T: Outcome<'py>>(init: impl FnOnce() -> T, py: Python<'py>) -> PyResult<()> {
    note_places();
    init().finish(py).map(drop)
}

/// Gives a module a constant.
pub fn add_constant<'py, V: IntoPy<'py>>(
    module: &Bound<'py, PyModule>,
    name: &str,
    value: V,
) -> PyResult<()> {
    note_places();
    module.add(name, value)
}

/// Makes a `#[pymodule]` importable in a program that embeds Python, as if it were built in:
/// `append_to_inittab!(path::to::module)` before the interpreter starts (`PyImport_AppendInittab`).
///
/// # Panics
/// Where the interpreter runs already.
///
/// ```
/// use convert_core::prelude::*;
///
/// #[pymodule]
/// mod greetings {
///     use convert_core::prelude::*;
///
///     #[pyfunction]
///     fn hello(name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// fn main() -> PyResult<()> {
///     convert_core::append_to_inittab!(greetings);
///     Python::initialize();
///     Python::attach(|py| {
///         let text = py.import("greetings")?.call_method1("hello", ("Ada",))?;
///         assert_eq!(text.extract::<String>()?, "Hello, Ada!");
///         Ok(())
///     })
/// }
/// ```
#[macro_export]
macro_rules! append_to_inittab {
    ($module:path) => {{
        use $module as appended;
        $crate::__private::append_to_inittab::<appended::__Module>()
    }};
}

/// A new exception class: `create_exception!(module, Name, Base, "what it is for")`, where the base
/// is a type of [`exceptions`](mod@crate::exceptions) or another made this way. The doc text may be
/// left out.
///
/// `Name::new_err("message")` makes one to be raised. The class is made when it is first used, as
/// `module.Name`; to have it in a module, export it there: `#[pymodule_export] use super::Name;`.
///
/// ```
/// use convert_core::prelude::*;
/// use convert_core::exceptions::PyValueError;
///
/// convert_core::create_exception!(shop, SoldOut, PyValueError, "Nothing is left.");
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let error: PyErr = SoldOut::new_err("no more apples");
///     assert!(error.is_instance_of::<PyValueError>(py));
///     assert_eq!(error.to_string(), "SoldOut: no more apples");
/// });
/// ```
#[macro_export]
macro_rules! create_exception {
    ($module:expr, $name:ident, $base:ty $(,)?) => {
        $crate::create_exception!(@class $module, $name, $base, ::core::option::Option::None, "");
    };
    ($module:expr, $name:ident, $base:ty, $doc:expr $(,)?) => {
        $crate::create_exception!(
            @class $module, $name, $base,
            ::core::option::Option::Some($crate::__private::text(::core::concat!($doc, "\0"))), $doc
        );
    };
    (@class $module:expr, $name:ident, $base:ty, $text:expr, $doc:expr) => {
        #[doc = $doc]
        pub struct $name(());

        impl $crate::__private::ExceptionClass for $name {
            const NAME: &'static str = ::core::stringify!($name);

            fn class(
                py: $crate::Python<'_>,
            ) -> $crate::PyResult<&$crate::Bound<'_, $crate::types::PyType>> {
                static CLASS: $crate::PyOnceObject<$crate::types::PyType> =
                    $crate::PyOnceObject::new();
                $crate::__private::new_class(
                    &CLASS,
                    py,
                    $crate::__private::text(::core::concat!(
                        ::core::stringify!($module), ".", ::core::stringify!($name), "\0"
                    )),
                    $text,
                    <$base as $crate::PyTypeInfo>::try_type_object,
                )
            }
        }

        $crate::__exception_methods!($name);
    };
}

/// An exception class of a Python module: `import_exception!(socket, gaierror)`. It is imported
/// when it is first used; where that fails, what the import raised is raised in its place.
///
/// ```
/// use convert_core::prelude::*;
///
/// convert_core::import_exception!(json, JSONDecodeError);
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let error = py.import("json")?.call_method1("loads", ("[1,",)).unwrap_err();
///     assert!(error.is_instance_of::<JSONDecodeError>(py));
///     PyResult::Ok(())
/// })
/// .unwrap();
/// ```
#[macro_export]
macro_rules! import_exception {
    ($($module:ident).+, $name:ident $(,)?) => {
        #[doc = ::core::concat!("The exception class `", ::core::stringify!($($module).+), ".", ::core::stringify!($name), "`.")]
        #[allow(non_camel_case_types)]
        pub struct $name(());

        impl $crate::__private::ExceptionClass for $name {
            const NAME: &'static str = ::core::stringify!($name);

            fn class(
                py: $crate::Python<'_>,
            ) -> $crate::PyResult<&$crate::Bound<'_, $crate::types::PyType>> {
                static CLASS: $crate::PyOnceObject<$crate::types::PyType> =
                    $crate::PyOnceObject::new();
                let module = [$(::core::stringify!($module)),+].join(".");
                $crate::__private::imported_class(&CLASS, py, &module, Self::NAME)
            }
        }

        $crate::__exception_methods!($name);
    };
}

/// What the exception classes of both macros have.
#[doc(hidden)]
#[macro_export]
macro_rules! __exception_methods {
    ($name:ident) => {
        #[allow(dead_code)]
        impl $name {
            /// One to be raised, with this message.
            pub fn new_err(
                message: impl ::core::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> $crate::PyErr {
                $crate::PyErr::new::<$name>(message)
            }

            #[doc(hidden)]
            pub fn __add_to(
                module: &$crate::Bound<'_, $crate::types::PyModule>,
            ) -> $crate::PyResult<()> {
                let class = <$name as $crate::PyTypeInfo>::try_type_object(module.py())?;
                module.add_object(::core::stringify!($name), &class.to_any())
            }
        }
    };
}

/// The text, which ends with NUL.
pub const fn text(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("the text contains a NUL"),
    }
}
