//! The two traits everything rests on.

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{Field, Hand, Handed, ListBuilder, PyAny};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use crate::std::strict::extract_as;

/// A Rust type that can be made from a Python object.
///
/// Usually derived; or called, through [`extract`](crate::methods::PyAnyMethods::extract).
///
/// `'a` is how long the object itself is borrowed: only a type that borrows from it (`&'a str`)
/// cares. `'py` is how long the thread is attached.
///
/// # Implementing it
///
/// ```
/// use convert_core::prelude::*;
///
/// /// A temperature in degrees Celsius, given as a number.
/// struct Celsius(f64);
///
/// impl<'a, 'py> FromPyObject<'a, 'py> for Celsius {
///     const EXPECTED: TypeHint = TypeHint::name("float");
///
///     fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
///         let degrees = f64::extract(object)?;
///         if degrees < -273.15 {
///             return Err(ConversionError::custom("colder than absolute zero"));
///         }
///         Ok(Celsius(degrees))
///     }
/// }
/// ```
///
/// - Where the object is of no accepted type, give [`Self::wrong_type()`](Self::wrong_type): it
///   costs nothing. Whoever holds the object adds what it was, and where.
/// - An exception that Python code raised is passed on with `?`.
///
/// For types read from several Python types, containers, types that borrow, unions and tests, see
/// the guide `docs/own-conversions.md` in the repository.
///
/// # Errors
/// See [`ConversionError`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made from a Python object",
    label = "does not implement `FromPyObject`",
    note = "derive it with `#[derive(FromPyObject)]`, or implement it by hand; for a type of another \
            crate, do so for a newtype around it",
    note = "of references only `&str` (not with `abi3-py39`) and `&[u8]` can be made, and only from \
            the object itself, not from what is inside a list, a dict or another mutable object: take \
            `String` there",
    note = "an object itself is taken as `Bound<'py, PyDict>`, or `Py<PyDict>` to keep it"
)]
pub trait FromPyObject<'a, 'py>: Sized {
    /// What Python's `typing` would call the accepted input. Part of messages.
    const EXPECTED: TypeHint;

    /// Makes the value.
    ///
    /// # Errors
    /// Where the object is not accepted, or Python code it runs raises.
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError>;

    /// As [`extract`](Self::extract), but of exact types only, also inside of containers: no `bool`
    /// is taken for an int, no int for a float, no tuple for a list, no instance of a subclass.
    ///
    /// What [`Strict`](crate::Strict) calls. A type that accepts only one type of objects need not
    /// implement it.
    ///
    /// # Errors
    /// As `extract`.
    #[inline]
    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        Self::extract(object)
    }

    /// As [`extract`](Self::extract), or as [`extract_strict`](Self::extract_strict) if `STRICT`,
    /// for who tries another type where this one does not fit. The error need not tell what the
    /// object lacks: it may be [`ConversionError::lacking`], and who tried asks again for all of
    /// it.
    #[doc(hidden)]
    #[inline(always)]
    fn extract_tried<const STRICT: bool>(
        object: Borrowed<'a, 'py, PyAny>,
    ) -> Result<Self, ConversionError> {
        extract_as::<Self, STRICT>(object)
    }

    /// What a type does that has one function for [`extract`](Self::extract),
    /// [`extract_strict`](Self::extract_strict) and [`extract_tried`](Self::extract_tried), which
    /// call it.
    #[doc(hidden)]
    #[inline]
    fn extract_any<const STRICT: bool, const TRIED: bool>(
        object: Borrowed<'a, 'py, PyAny>,
    ) -> Result<Self, ConversionError> {
        extract_as::<Self, STRICT>(object)
    }

    /// The error for an object of another type: `expected …`, a constant.
    #[inline(always)]
    fn wrong_type() -> ConversionError {
        ConversionError::new(const { &Leaf::wrong_type(Self::EXPECTED) })
    }

    /// Whether the type fixes how deep a value nests, and no Python code runs where one is made of
    /// an exact int, float, bool, str or None. Nobody watches the stack for it then, nor whether
    /// what holds it changes: leave it `false`.
    #[doc(hidden)]
    const SHALLOW: bool = false;

    /// A field of this type, where it is at hand: its value, if it is a plain one, whose object
    /// need not be held meanwhile. Can be overridden in this crate only.
    #[doc(hidden)]
    #[inline(always)]
    fn extract_at_hand(
        hand: &mut impl Hand<'py>,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        _: Token,
    ) -> Handed<'py, Self> {
        hand.hold(object, field)
    }

    /// The same of a field that is an `Option` of this type.
    #[doc(hidden)]
    #[inline(always)]
    fn extract_option_at_hand(
        hand: &mut impl Hand<'py>,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        _: Token,
    ) -> Handed<'py, Option<Self>> {
        hand.hold(object, field)
    }

    /// How a `Vec` of this type is made: by `each`, which reads item by item; but some types are
    /// faster read in bulk, and `u8` is also made from `bytes`. More values than `most` will be
    /// refused, so there is no point in reading them all. Can be overridden in this crate only.
    #[doc(hidden)]
    #[inline(always)]
    fn extract_many<'x>(
        object: Borrowed<'x, 'py, PyAny>,
        most: usize,
        each: impl FnOnce(Borrowed<'x, 'py, PyAny>, usize) -> Result<Vec<Self>, ConversionError>,
        _: Token,
    ) -> Result<Vec<Self>, ConversionError> {
        each(object, most)
    }

    /// As [`extract_many`](Self::extract_many), strictly, if not item by item: `u8` is only made
    /// from `bytes`.
    #[doc(hidden)]
    #[inline(always)]
    fn extract_many_strict(
        _object: Borrowed<'_, 'py, PyAny>,
        _: Token,
    ) -> Option<Result<Vec<Self>, ConversionError>> {
        None
    }

    /// The memory of the object itself, where that is a slice of these: `u8` of a `bytes`.
    #[doc(hidden)]
    #[inline(always)]
    fn borrow_many(_object: Borrowed<'a, 'py, PyAny>, _: Token) -> Option<&'a [Self]>
    where
        Self: 'a,
    {
        None
    }

    /// An array of these, where the object is easy to read: a `bytes` for `u8`, an exact list of
    /// plain values. `None` where it is not, or has another length.
    #[doc(hidden)]
    #[inline(always)]
    fn copy_many<const N: usize>(_object: Borrowed<'_, 'py, PyAny>, _: Token) -> Option<[Self; N]> {
        None
    }

    /// The error for an object that no `Vec` of this type can be made from.
    #[doc(hidden)]
    const EXPECTED_MANY: TypeHint = TypeHint::generic("Sequence", &[Self::EXPECTED]);
}

/// A type that borrows nothing from the object it is made from, so it can be made from what is
/// inside containers and attributes.
///
/// Where the compiler says that an "implementation of `FromPyObject` is not general enough", this
/// is what it means: the type borrows, as in `Vec<&str>`. Take `Vec<String>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made from a Python object",
    label = "does not implement `FromPyObject`, or borrows from the object",
    note = "derive it with `#[derive(FromPyObject)]`, or implement it by hand; for a type of another \
            crate, do so for a newtype around it",
    note = "what is inside a list, a dict or another mutable object cannot be borrowed: take \
            `String` for `&str`"
)]
pub trait FromPyObjectOwned<'py>: for<'x> FromPyObject<'x, 'py> {}

impl<'py, T> FromPyObjectOwned<'py> for T where T: for<'x> FromPyObject<'x, 'py> {}

/// A Rust value that can become a Python object.
///
/// Implemented for values and for references to them, so a large structure need not be cloned:
/// `(&orders).into_py(py)`.
///
/// # Implementing it
///
/// ```
/// use convert_core::prelude::*;
///
/// struct Celsius(f64);
///
/// impl<'py> IntoPy<'py> for &Celsius {
///     type Target = PyFloat;
///     const PRODUCES: TypeHint = TypeHint::name("float");
///
///     fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyFloat>, ConversionError> {
///         self.0.into_py(py)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become a Python object",
    label = "does not implement `IntoPy`",
    note = "derive it with `#[derive(IntoPy)]`, or implement it by hand; for a type of another crate, \
            do so for a newtype around it",
    note = "a value and a reference to it are two types: `impl IntoPy for Type` serves `value`, `impl \
            IntoPy for &Type` serves `&value`; the derive writes both"
)]
pub trait IntoPy<'py>: Sized {
    /// The Python type produced; `PyAny` where it varies.
    type Target;

    /// What Python's `typing` would call the result.
    const PRODUCES: TypeHint;

    /// Makes the object.
    ///
    /// # Errors
    /// Where memory runs out, the value is nested too deeply, or Python code it runs raises.
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError>;

    /// Whether the type fixes how deep a value nests.
    #[doc(hidden)]
    const SHALLOW: bool = false;

    /// Whether values that differ become objects that differ, so that as items of a set they need
    /// not be counted one by one.
    #[doc(hidden)]
    const KEEPS_DISTINCT: bool = false;

    /// The object that a Python function returns for it: for `()`, `None`.
    #[doc(hidden)]
    #[inline(always)]
    fn returned(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        self.into_py(py).map(Bound::into_any)
    }

    /// How many of these become one object: a list; for `u8`, a `bytes`. Can be overridden in this
    /// crate only.
    #[doc(hidden)]
    #[inline]
    fn collect_into_py<I: ExactSizeIterator<Item = Self>>(
        items: I,
        py: Python<'py>,
        _: Token,
    ) -> Result<Bound<'py, PyAny>, ConversionError> {
        let _level = StackGuard::enter_unless(Self::SHALLOW, py)?;
        let mut list = ListBuilder::new(py, items.len())?;
        list.push_each(items, |index, item| match item.into_py(py) {
            Ok(object) => Ok(object.into_any()),
            Err(error) => Err(error.inside(Segment::index(index))),
        })?;
        Ok(list.finish().into_any())
    }

    /// What several of these become.
    #[doc(hidden)]
    const PRODUCES_MANY: TypeHint = TypeHint::generic("list", &[Self::PRODUCES]);
}

/// Keeps the hidden methods that take it to this crate: nobody else can name it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Token(());

pub(crate) const TOKEN: Token = Token(());
