//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Option<T>` | `None`, or as `T` | | `Some(None)` of a nested option becomes `None` |
//! | `Box<T>`, `Rc<T>`, `Arc<T>` | as `T` | as `T` | that several share the value |
//! | `Cell<T>`, `RefCell<T>` | as `T`, now | as `T` | a `RefCell` that is being changed is a `RuntimeError` |
//! | `Mutex<T>`, `RwLock<T>` | as `T`, now | as `T` | a poisoned one is a `RuntimeError` |
//! | `Wrapping<T>`, `Saturating<T>` | as `T` | as `T`: what does not fit is refused | none |
//! | `PhantomData<T>` | `None` | `None` | none |
//! | `&&T` | as `&T` | | none |
//!
//! A `Mutex` or `RwLock` is locked while its value becomes an object. Who has to wait for it waits
//! detached from the interpreter, so that whoever holds it can go on.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::num::{Saturating, Wrapping};
use std::rc::Rc;
use std::sync::{Arc, LockResult, Mutex, RwLock, TryLockError, TryLockResult};

use convert_ffi::exceptions::PyRuntimeError;
use convert_ffi::types::{Field, Hand, Handed, PyAny, PyNone};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, PyErr, Python, TypeHint};

use super::into_py_leaf;
use super::strict::extract_tried_as;
use crate::convert::Token;
use crate::{FromPyObject, IntoPy};

const NONE: TypeHint = TypeHint::name("None");

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Option<T> {
    const EXPECTED: TypeHint = TypeHint::union(&[T::EXPECTED, NONE]);
    const SHALLOW: bool = T::SHALLOW;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        extract_option::<T, false, false>(object)
    }

    #[inline]
    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        extract_option::<T, true, false>(object)
    }

    #[inline(always)]
    fn extract_tried<const STRICT: bool>(
        object: Borrowed<'a, 'py, PyAny>,
    ) -> Result<Self, ConversionError> {
        extract_option::<T, STRICT, true>(object)
    }

    #[inline(always)]
    fn extract_at_hand(
        hand: &mut impl Hand<'py>,
        object: &Bound<'py, PyAny>,
        field: Field<'_>,
        token: Token,
    ) -> Handed<'py, Self> {
        T::extract_option_at_hand(hand, object, field, token)
    }
}

#[inline]
fn extract_option<'a, 'py, T: FromPyObject<'a, 'py>, const STRICT: bool, const TRIED: bool>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<Option<T>, ConversionError> {
    if object.is_none() {
        return Ok(None);
    }
    match extract_tried_as::<T, STRICT>(object, TRIED) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(error.relabel(const { &Leaf::wrong_type(Option::<T>::EXPECTED) })),
    }
}

impl<'py, T: IntoPy<'py>> IntoPy<'py> for Option<T> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::union(&[T::PRODUCES, NONE]);
    const SHALLOW: bool = T::SHALLOW;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        match self {
            Some(value) => Ok(value.into_py(py)?.into_any()),
            None => Ok(py.none().to_owned().into_any()),
        }
    }
}

impl<'s, 'py, T> IntoPy<'py> for &'s Option<T>
where
    &'s T: IntoPy<'py>,
{
    type Target = PyAny;
    const PRODUCES: TypeHint = <Option<&'s T> as IntoPy<'py>>::PRODUCES;
    const SHALLOW: bool = <&'s T as IntoPy<'py>>::SHALLOW;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        self.as_ref().into_py(py)
    }
}

/// What holds one value and is made of one.
macro_rules! from_py {
    ($($type:ident),*) => { $(
        impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for $type<T> {
            const EXPECTED: TypeHint = T::EXPECTED;
            const SHALLOW: bool = T::SHALLOW;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                T::extract(object).map($type::from)
            }

            #[inline]
            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                T::extract_strict(object).map($type::from)
            }

            #[inline(always)]
            fn extract_tried<const STRICT: bool>(
                object: Borrowed<'a, 'py, PyAny>,
            ) -> Result<Self, ConversionError> {
                T::extract_tried::<STRICT>(object).map($type::from)
            }
        }
    )* };
    ($($type:ident by $make:expr),*) => { $(
        impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for $type<T> {
            const EXPECTED: TypeHint = T::EXPECTED;
            const SHALLOW: bool = T::SHALLOW;

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                T::extract(object).map($make)
            }

            #[inline]
            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                T::extract_strict(object).map($make)
            }

            #[inline(always)]
            fn extract_tried<const STRICT: bool>(
                object: Borrowed<'a, 'py, PyAny>,
            ) -> Result<Self, ConversionError> {
                T::extract_tried::<STRICT>(object).map($make)
            }
        }
    )* };
}

from_py!(Box, Rc, Arc, Cell, RefCell, Mutex, RwLock);
from_py!(Wrapping by Wrapping, Saturating by Saturating);

/// By value, of what gives its value up.
macro_rules! into_py_by_value {
    ($($type:ident, |$wrapper:ident| $value:expr;)*) => { $(
        impl<'py, T: IntoPy<'py>> IntoPy<'py> for $type<T> {
            type Target = T::Target;
            const PRODUCES: TypeHint = T::PRODUCES;
            const SHALLOW: bool = T::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, T::Target>, ConversionError> {
                let $wrapper = self;
                $value.into_py(py)
            }
        }
    )* };
}

into_py_by_value! {
    Box, |wrapper| (*wrapper);
    Cell, |wrapper| wrapper.into_inner();
    RefCell, |wrapper| wrapper.into_inner();
    Mutex, |wrapper| unpoisoned(wrapper.into_inner())?;
    RwLock, |wrapper| unpoisoned(wrapper.into_inner())?;
    Wrapping, |wrapper| wrapper.0;
    Saturating, |wrapper| wrapper.0;
}

/// By reference, of what gives a reference for as long as it lives itself.
macro_rules! into_py_by_reference {
    ($($type:ident, |$wrapper:ident| $value:expr;)*) => { $(
        impl<'s, 'py, T> IntoPy<'py> for &'s $type<T>
        where
            &'s T: IntoPy<'py>,
        {
            type Target = <&'s T as IntoPy<'py>>::Target;
            const PRODUCES: TypeHint = <&'s T as IntoPy<'py>>::PRODUCES;
            const SHALLOW: bool = <&'s T as IntoPy<'py>>::SHALLOW;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
                let $wrapper = self;
                $value.into_py(py)
            }
        }
    )* };
}

into_py_by_reference! {
    Box, |wrapper| (&**wrapper);
    Rc, |wrapper| (&**wrapper);
    Arc, |wrapper| (&**wrapper);
    Wrapping, |wrapper| (&wrapper.0);
    Saturating, |wrapper| (&wrapper.0);
}

/// What gives a reference only for a while.
macro_rules! into_py_for_a_while {
    ($([$($bound:tt)*] $type:ty, |$wrapper:ident, $py:ident| $value:expr;)*) => { $(
        impl<'py, T: 'py $($bound)*> IntoPy<'py> for $type
        where
            for<'x> &'x T: IntoPy<'py>,
        {
            type Target = PyAny;
            const PRODUCES: TypeHint = <&'py T as IntoPy<'py>>::PRODUCES;

            #[inline]
            fn into_py(self, $py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                let $wrapper = self;
                Ok((&*$value).into_py($py)?.into_any())
            }
        }
    )* };
}

into_py_for_a_while! {
    [] Rc<T>, |wrapper, py| wrapper;
    [] Arc<T>, |wrapper, py| wrapper;
    [] &RefCell<T>, |wrapper, py| wrapper.try_borrow().map_err(|_| being_changed())?;
    [+ Send] &Mutex<T>, |wrapper, py| locked(py, || wrapper.try_lock(), || drop(wrapper.lock()))?;
    [+ Send + Sync] &RwLock<T>, |wrapper, py| locked(py, || wrapper.try_read(), || drop(wrapper.read()))?;
}

impl<'py, T: IntoPy<'py> + Copy> IntoPy<'py> for &Cell<T> {
    type Target = T::Target;
    const PRODUCES: TypeHint = T::PRODUCES;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, T::Target>, ConversionError> {
        self.get().into_py(py)
    }
}

#[cold]
fn being_changed() -> PyErr {
    PyRuntimeError::new_err("the RefCell is mutably borrowed")
}

#[cold]
fn poisoned() -> PyErr {
    PyRuntimeError::new_err("the lock is poisoned: a thread panicked while it held it")
}

fn unpoisoned<T>(result: LockResult<T>) -> Result<T, PyErr> {
    result.map_err(|_| poisoned())
}

/// A lock's guard. While it is not to be had, the thread waits detached.
fn locked<G>(
    py: Python<'_>,
    try_lock: impl Fn() -> TryLockResult<G>,
    wait: impl Fn() + Send + Sync,
) -> Result<G, PyErr> {
    loop {
        match try_lock() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(_)) => return Err(poisoned()),
            Err(TryLockError::WouldBlock) => py.detach(&wait),
        }
    }
}

impl<'a, 'py, T> FromPyObject<'a, 'py> for PhantomData<T> {
    const EXPECTED: TypeHint = NONE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if object.is_none() { Ok(PhantomData) } else { Err(Self::wrong_type()) }
    }
}

into_py_leaf! {
    [T] PhantomData<T> => PyNone, NONE, |_value, py| Ok::<_, PyErr>(py.none().to_owned());
}

/// What holds references is converted by reference as well: a field of type `Option<&T>`.
impl<'x, 'py, T: ?Sized> IntoPy<'py> for &&'x T
where
    &'x T: IntoPy<'py>,
{
    type Target = <&'x T as IntoPy<'py>>::Target;
    const PRODUCES: TypeHint = <&'x T as IntoPy<'py>>::PRODUCES;
    const SHALLOW: bool = <&'x T as IntoPy<'py>>::SHALLOW;

    #[inline]
    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, Self::Target>, ConversionError> {
        (*self).into_py(py)
    }
}
