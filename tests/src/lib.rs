//! What the tests share.

#![forbid(unsafe_code)]

pub mod harness;

use convert_core::prelude::*;

/// Runs statements in a fresh namespace, and gives it.
///
/// # Panics
/// Where they raise.
pub fn namespace<'py>(py: Python<'py>, code: &str) -> Bound<'py, PyDict> {
    let names = PyDict::new(py).expect("memory");
    let code = std::ffi::CString::new(code).expect("no NUL in the code");
    if let Err(error) = py.run(&code, Some(&names), None) {
        panic!("{error}\nin:\n{}", code.to_string_lossy());
    }
    names
}

/// Runs statements and gives the object they leave in `x`.
///
/// # Panics
/// Where they raise, or leave no `x`.
pub fn object<'py>(py: Python<'py>, code: &str) -> Bound<'py, PyAny> {
    let names = namespace(py, code);
    PyDictMethods::get_item(&names, "x").expect("a str can be hashed").expect("the code sets x")
}

/// The value of an expression.
///
/// # Panics
/// Where it raises.
pub fn eval<'py>(py: Python<'py>, expression: &str) -> Bound<'py, PyAny> {
    object(py, &format!("x = {expression}"))
}

/// The value of an expression as a `T`.
///
/// # Panics
/// Where it cannot be converted.
pub fn read<T>(expression: &str) -> T
where
    T: for<'a, 'py> FromPyObject<'a, 'py>,
{
    Python::attach(|py| match eval(py, expression).extract() {
        Ok(value) => value,
        Err(error) => panic!("{expression}: {error}"),
    })
}

/// The `repr` of what a value becomes.
///
/// # Panics
/// Where the conversion fails.
pub fn written<T>(value: T) -> String
where
    T: for<'py> IntoPy<'py>,
{
    Python::attach(|py| {
        let object = value.into_py(py).unwrap_or_else(|error| panic!("{error}"));
        object.as_any().repr().expect("the object has a repr").to_string_lossy().into_owned()
    })
}

/// The message of the error that converting an expression to a `T` gives.
///
/// # Panics
/// Where the conversion succeeds.
pub fn message<T>(expression: &str) -> String
where
    T: for<'a, 'py> FromPyObject<'a, 'py>,
{
    Python::attach(|py| {
        let object = eval(py, expression);
        match T::extract(object.as_borrowed()) {
            Ok(_) => panic!("{expression} was converted"),
            Err(error) => error.of(object.as_borrowed()).to_string(),
        }
    })
}

/// Asserts that an expression becomes this value, and the value (taken by value and by reference)
/// becomes an object that Python calls equal, of the same type.
///
/// A macro, since a bound `for<'s> &'s T: IntoPy` would need the type written out at every use.
#[macro_export]
macro_rules! round_trip {
    ($expression:expr, $value:expr) => {
        $crate::same(
            $expression,
            $value,
            |value, py| value.into_py(py).map(Bound::into_any),
            |value, py| value.into_py(py).map(Bound::into_any),
        )
    };
}

/// See [`round_trip!`].
///
/// # Panics
/// Where the round trip gives something else.
pub fn same<T>(
    expression: &str,
    value: T,
    by_reference: impl for<'s, 'py> Fn(&'s T, Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError>,
    by_value: impl for<'py> Fn(T, Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError>,
) where
    T: for<'a, 'py> FromPyObject<'a, 'py> + PartialEq + std::fmt::Debug,
{
    Python::attach(|py| {
        let object = eval(py, expression);
        assert_eq!(T::extract(object.as_borrowed()).unwrap(), value, "{expression}");
        for made in [by_reference(&value, py).unwrap(), by_value(value, py).unwrap()] {
            assert!(made.eq(&object).unwrap(), "{expression} came back as {made:?}");
            assert!(made.get_type().is(&object.get_type()), "{expression} came back as {made:?}");
        }
    })
}

/// `proptest::proptest!` with closures, which leaves no files behind. The search for leaks runs the
/// same cases each time: what Python keeps of new ones is no leak.
#[macro_export]
macro_rules! proptest {
    (|$arguments:tt| $body:block) => {
        ::proptest::proptest!(
            ::proptest::test_runner::Config {
                failure_persistence: None,
                rng_seed: match ::std::env::var_os($crate::harness::FIND_LEAKS) {
                    Some(_) => ::proptest::test_runner::RngSeed::Fixed(1),
                    None => ::proptest::test_runner::RngSeed::Random,
                },
                ..::proptest::test_runner::Config::default()
            },
            |$arguments| $body
        )
    };
}

/// The examples of the README, which run as tests of this package.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the guide to conversions of one's own.
#[cfg(doctest)]
#[doc = include_str!("../../docs/own-conversions.md")]
pub struct OwnConversions;

/// The examples of the guide to functions and modules.
#[cfg(doctest)]
#[doc = include_str!("../../docs/functions.md")]
pub struct FunctionGuide;

/// The examples of the guide to dates and times.
#[cfg(doctest)]
#[doc = include_str!("../../docs/dates-and-times.md")]
pub struct DateGuide;

/// The examples of the guide to serde.
#[cfg(doctest)]
#[doc = include_str!("../../docs/serde.md")]
pub struct SerdeGuide;

/// The examples of the guide to the derives.
#[cfg(doctest)]
#[doc = include_str!("../../docs/derive.md")]
pub struct DeriveGuide;
