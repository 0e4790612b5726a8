//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `(A, B, …)` up to 12 | `tuple` | subclasses (named tuples) of that length | none |
//! | `()` | `()` | | none |
//!
//! A list is refused: a Rust tuple is a record, not a sequence. Items may borrow from the tuple
//! (`(&str, i64)`): it keeps them as long as it lives.

use convert_ffi::types::{PyAny, PyTuple};
use convert_ffi::{Borrowed, Bound, ConversionError, Python, Segment, TypeHint};

use crate::record::{ItemCheck, TupleItems, tuple_items, tuple_leaves};
use crate::{FromPyObject, IntoPy};

macro_rules! tuples {
    ($($count:literal: $($T:ident $item:ident $index:tt),*;)*) => { $(
        impl<'a, 'py, $($T: FromPyObject<'a, 'py>),*> FromPyObject<'a, 'py> for ($($T,)*) {
            const EXPECTED: TypeHint = TypeHint::tuple(&[$($T::EXPECTED),*]);
            const SHALLOW: bool = true $(&& $T::SHALLOW)*;

            #[inline(always)]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                Self::extract_any::<false, false>(object)
            }

            #[inline(always)]
            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                Self::extract_any::<true, false>(object)
            }

            // Inlined, since a tuple that is moved from one place to another, as the result of a
            // call is, takes longer than one that is made.
            #[inline(always)]
            fn extract_any<const STRICT: bool, const TRIED: bool>(
                object: Borrowed<'a, 'py, PyAny>,
            ) -> Result<Self, ConversionError> {
                #[cold]
                #[inline(never)]
                fn failed<'a, 'py, const STRICT: bool, $($T: FromPyObject<'a, 'py>),*>(
                    items: &TupleItems<'a, 'py, $count>,
                    first: ConversionError,
                    index: usize,
                ) -> ConversionError {
                    let checks: [ItemCheck<'a, 'py, $count>; $count] =
                        [$((TupleItems::check::<$T, STRICT>, $index)),*];
                    items.all_wrong(first, &checks[index + 1..])
                }
                let failed = failed::<STRICT, $($T),*>;
                let leaves = const { &tuple_leaves(Self::EXPECTED) };
                let items = tuple_items::<$count, STRICT>(
                    <Self as FromPyObject<'a, 'py>>::SHALLOW,
                    object,
                    leaves,
                )?;
                $(
                    let $item = match items.item::<$T, STRICT>($index) {
                        Ok(value) => value,
                        Err(first) => return Err(failed(&items, first, $index)),
                    };
                )*
                let _ = (&items, failed);
                Ok(($($item,)*))
            }
        }

        impl<'py, $($T: IntoPy<'py>),*> IntoPy<'py> for ($($T,)*) {
            type Target = PyTuple;
            const PRODUCES: TypeHint = TypeHint::tuple(&[$($T::PRODUCES),*]);
            const SHALLOW: bool = true $(&& $T::SHALLOW)*;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyTuple>, ConversionError> {
                let objects: [Bound<'py, PyAny>; $count] = [$(
                    self.$index
                        .into_py(py)
                        .map_err(|error| error.inside(Segment::index($index)))?
                        .into_any()
                ),*];
                Ok(PyTuple::from_array(py, objects)?)
            }

            #[inline]
            fn returned(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
                match $count {
                    0 => Ok(py.none().to_owned().into_any()),
                    _ => self.into_py(py).map(Bound::into_any),
                }
            }
        }

        tuples!(@by_reference $count $($T $index),*);
    )* };
    // `&()` has no items to bound.
    (@by_reference $count:literal) => {
        impl<'py> IntoPy<'py> for &() {
            type Target = PyTuple;
            const PRODUCES: TypeHint = <() as IntoPy<'py>>::PRODUCES;
            const SHALLOW: bool = true;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyTuple>, ConversionError> {
                ().into_py(py)
            }
        }
    };
    (@by_reference $count:literal $($T:ident $index:tt),+) => {
        impl<'s, 'py, $($T),+> IntoPy<'py> for &'s ($($T,)+)
        where
            $(&'s $T: IntoPy<'py>),+
        {
            type Target = PyTuple;
            const PRODUCES: TypeHint = TypeHint::tuple(&[$(<&'s $T as IntoPy<'py>>::PRODUCES),+]);
            const SHALLOW: bool = true $(&& <&'s $T as IntoPy<'py>>::SHALLOW)+;

            #[inline]
            fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyTuple>, ConversionError> {
                ($(&self.$index,)+).into_py(py)
            }
        }
    };
}

tuples! {
    0: ;
    1: A a 0;
    2: A a 0, B b 1;
    3: A a 0, B b 1, C c 2;
    4: A a 0, B b 1, C c 2, D d 3;
    5: A a 0, B b 1, C c 2, D d 3, E e 4;
    6: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5;
    7: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6;
    8: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7;
    9: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8;
    10: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9;
    11: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10;
    12: A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11;
}
