//! The items of a tuple of a fixed length, and a tuple being made.

use convert_ffi::stack::StackGuard;
use convert_ffi::types::{PyAny, PyTuple};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use crate::std::strict::extract_as;
use crate::{FromPyObject, IntoPy};
use convert_ffi::container::all_wrong;

/// The items of a tuple of a fixed length.
pub struct TupleItems<'a, 'py, const N: usize> {
    tuple: Borrowed<'a, 'py, PyTuple>,
    _level: Option<StackGuard<'py>>,
}

/// Whether one item is right, its value dropped: a function for each type, and the item.
pub type ItemCheck<'a, 'py, const N: usize> =
    (fn(&TupleItems<'a, 'py, N>, usize) -> Result<(), ConversionError>, usize);

/// The errors for what is no such tuple: for one of another length, and for anything else.
pub const fn tuple_leaves(expected: TypeHint) -> [Leaf; 2] {
    [Leaf::wrong_length(expected), Leaf::wrong_type(expected)]
}

/// The items of `object`, if it is a tuple of `N`. `is_shallow` says that the types of the items
/// fix how deep they nest.
#[inline(always)]
pub fn tuple_items<'a, 'py, const N: usize, const STRICT: bool>(
    is_shallow: bool,
    object: Borrowed<'a, 'py, PyAny>,
    [wrong_length, wrong_type]: &'static [Leaf; 2],
) -> Result<TupleItems<'a, 'py, N>, ConversionError> {
    let level = StackGuard::enter_unless(is_shallow, object.py())?;
    match object.try_cast_borrowed::<PyTuple>() {
        Some(_) if STRICT && !object.is_exact_instance_of::<PyTuple>() => {
            Err(ConversionError::new(wrong_type))
        }
        Some(tuple) if tuple.len() == N => Ok(TupleItems { tuple, _level: level }),
        Some(_) => Err(ConversionError::new(wrong_length)),
        None => Err(ConversionError::new(wrong_type)),
    }
}

impl<'a, 'py, const N: usize> TupleItems<'a, 'py, N> {
    /// The item at an index below `N`.
    #[inline(always)]
    pub fn item<T: FromPyObject<'a, 'py>, const STRICT: bool>(
        &self,
        index: usize,
    ) -> Result<T, ConversionError> {
        match self.tuple.get_borrowed(index) {
            Some(item) => {
                extract_as::<T, STRICT>(item).map_err(|error| error.at(Segment::index(index), item))
            }
            None => Err(unfinished(index)),
        }
    }

    /// Whether the item at an index below `N` is right.
    #[cold]
    #[inline(never)]
    pub fn check<T: FromPyObject<'a, 'py>, const STRICT: bool>(
        &self,
        index: usize,
    ) -> Result<(), ConversionError> {
        self.item::<T, STRICT>(index).map(drop)
    }

    /// The item at an index below `N`, made by a function of the user's.
    pub fn item_by<T>(
        &self,
        index: usize,
        make: fn(&Bound<'py, PyAny>) -> Result<T, ConversionError>,
    ) -> Result<T, ConversionError> {
        match self.tuple.get_borrowed(index) {
            Some(item) => make(&item).map_err(|error| error.at(Segment::index(index), item)),
            None => Err(unfinished(index)),
        }
    }

    /// The error of the whole, after the first wrong item: adds what is wrong with the remaining
    /// ones, but for those of them that were done.
    #[cold]
    #[inline(never)]
    pub fn failed(
        &self,
        owner: &'static str,
        first: ConversionError,
        done: usize,
        remaining: &[ItemCheck<'a, 'py, N>],
    ) -> ConversionError {
        let remaining = remaining.get(done..).unwrap_or_default();
        self.all_wrong(first, remaining).within(owner)
    }

    /// As [`failed`](Self::failed), for a tuple that is not a derived type.
    #[cold]
    #[inline(never)]
    pub(crate) fn all_wrong(
        &self,
        first: ConversionError,
        remaining: &[ItemCheck<'a, 'py, N>],
    ) -> ConversionError {
        all_wrong(first, remaining.iter().map(|(check, index)| check(self, *index)))
    }
}

/// A tuple that is still being made, which the garbage collector shows.
#[cold]
fn unfinished(index: usize) -> ConversionError {
    ConversionError::new(const { &Leaf::changed(TypeHint::name("tuple")) })
        .inside(Segment::index(index))
}

/// A tuple being made from a tuple struct. As in a [`Record`](super::Record), the first error is
/// kept until the end.
pub struct TupleBuilder<'py, const N: usize> {
    items: Vec<Bound<'py, PyAny>>,
    py: Python<'py>,
    owner: &'static str,
    failed: Option<ConversionError>,
}

impl<'py, const N: usize> TupleBuilder<'py, N> {
    /// No items yet, for the derived type `owner`. Who adds some watches the depth.
    #[inline]
    pub fn new(py: Python<'py>, owner: &'static str) -> Self {
        TupleBuilder { items: Vec::with_capacity(N), py, owner, failed: None }
    }

    /// Adds the next item.
    #[inline]
    pub fn push<T: IntoPy<'py>>(&mut self, value: T) {
        let py = self.py;
        self.push_made(|| value.into_py(py).map(Bound::into_any));
    }

    /// Adds what `make` makes as the next item.
    #[inline]
    pub fn push_made(&mut self, make: impl FnOnce() -> Result<Bound<'py, PyAny>, ConversionError>) {
        if self.failed.is_some() {
            return;
        }
        match make() {
            Ok(object) => self.items.push(object),
            Err(error) => {
                let error = error.inside(Segment::index(self.items.len()));
                self.failed = Some(error.within(self.owner));
            }
        }
    }

    /// The tuple.
    #[inline]
    pub fn finish(self) -> Result<Bound<'py, PyTuple>, ConversionError> {
        match self.failed {
            None => Ok(PyTuple::from_objects(self.py, self.items)?),
            Some(error) => Err(error),
        }
    }
}
