//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Range<T>`; into Python of ints | `range` | `slice` with start and stop, and no step other than 1 | those of `T` |
//! | `RangeInclusive<T>`; into Python of ints | `range`, which ends after the last | as above | as above |
//!
//! An empty range may start behind its end, on both sides. An empty `range` that stops at the least
//! value of the type is an `OverflowError` for a `RangeInclusive`, which would end before that.
//!
//! A `range` with a step other than 1 is refused, as is a slice that leaves an end open: Rust has
//! `RangeFrom` and its kin for that, whose ends mean something only to what is sliced.

use std::ops::{self, Range, RangeBounds, RangeInclusive};

use convert_ffi::types::{PyAny, PyInt, PyRange, PySlice};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, Python, Segment, TypeHint};

use crate::{FromPyObject, FromPyObjectOwned, IntoPy};

const RANGE: TypeHint = TypeHint::name("range");

/// Start and stop, where the object has both and a step of 1.
fn ends<'py>(object: Borrowed<'_, 'py, PyAny>) -> Result<[Bound<'py, PyAny>; 2], ConversionError> {
    let (start, stop, step) = if let Some(range) = object.try_cast::<PyRange>() {
        (range.start()?.into_any(), range.stop()?.into_any(), range.step()?.into_any())
    } else if let Some(slice) = object.try_cast::<PySlice>() {
        (slice.start()?, slice.stop()?, slice.step()?)
    } else {
        return Err(ConversionError::new(const { &Leaf::wrong_type(RANGE) }));
    };
    let is_one = |step: &Bound<'_, PyAny>| {
        Ok::<_, ConversionError>(step.has_index() && step.index()?.to_i64() == Some(1))
    };
    if !step.is_none() && !is_one(&step)? {
        return Err(ConversionError::new(
            const { &Leaf::refused(TypeHint::name("a range with a step of 1")) },
        ));
    }
    if start.is_none() || stop.is_none() {
        return Err(ConversionError::new(
            const { &Leaf::refused(TypeHint::name("a slice with start and stop")) },
        ));
    }
    Ok([start, stop])
}

fn end<'py, T: FromPyObjectOwned<'py>>(
    name: &'static str,
    end: &Bound<'py, PyAny>,
) -> Result<T, ConversionError> {
    T::extract(end.as_borrowed())
        .map_err(|error| error.at(Segment::computed(name), end.as_borrowed()))
}

/// Both ends, or what is wrong with them.
fn both<T>(
    start: Result<T, ConversionError>,
    stop: Result<T, ConversionError>,
) -> Result<(T, T), ConversionError> {
    match (start, stop) {
        (Ok(start), Ok(stop)) => Ok((start, stop)),
        (Err(first), Err(second)) => Err(first.and(second)),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// The last value of a range: one before its end.
fn last<'py, T: FromPyObjectOwned<'py>>(stop: &Bound<'py, PyAny>) -> Result<T, ConversionError> {
    if !stop.has_index() {
        return Err(T::wrong_type().at(Segment::field("stop"), stop.as_borrowed()));
    }
    end("stop - 1", stop.index()?.offset(-1)?.as_any())
}

impl<'a, 'py, T: FromPyObjectOwned<'py>> FromPyObject<'a, 'py> for Range<T> {
    const EXPECTED: TypeHint = RANGE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let [start, stop] = ends(object)?;
        let (start, stop) = both(end("start", &start), end("stop", &stop))?;
        Ok(start..stop)
    }

    super::strict::exact!(PyRange);
}

impl<'a, 'py, T: FromPyObjectOwned<'py>> FromPyObject<'a, 'py> for RangeInclusive<T> {
    const EXPECTED: TypeHint = RANGE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let [start, stop] = ends(object)?;
        let (start, last) = both(end("start", &start), last(&stop))?;
        Ok(start..=last)
    }

    super::strict::exact!(PyRange);
}

fn make<'py>(
    start: Bound<'py, PyAny>,
    stop: Bound<'py, PyAny>,
) -> Result<Bound<'py, PyRange>, ConversionError> {
    let step = PyInt::from_i64(start.py(), 1)?;
    Ok(PyRange::from_objects(&start, &stop, step.as_any())?)
}

impl<'py, T: IntoPy<'py, Target = PyInt>> IntoPy<'py> for Range<T> {
    type Target = PyRange;
    const PRODUCES: TypeHint = RANGE;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyRange>, ConversionError> {
        make(self.start.into_py(py)?.into_any(), self.end.into_py(py)?.into_any())
    }
}

impl<'py, T: IntoPy<'py, Target = PyInt>> IntoPy<'py> for RangeInclusive<T> {
    type Target = PyRange;
    const PRODUCES: TypeHint = RANGE;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyRange>, ConversionError> {
        let beyond = beyond(&self);
        let (start, last) = self.into_inner();
        make(start.into_py(py)?.into_any(), last.into_py(py)?.offset(beyond)?.into_any())
    }
}

/// How far the end is beyond the last value: not at all where all values were taken out.
fn beyond<T>(range: &RangeInclusive<T>) -> i64 {
    match range.end_bound() {
        ops::Bound::Excluded(_) => 0,
        _ => 1,
    }
}

impl<'py, T: IntoPy<'py, Target = PyInt> + Copy> IntoPy<'py> for &Range<T> {
    type Target = PyRange;
    const PRODUCES: TypeHint = RANGE;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyRange>, ConversionError> {
        (self.start..self.end).into_py(py)
    }
}

impl<'py, T: IntoPy<'py, Target = PyInt> + Copy> IntoPy<'py> for &RangeInclusive<T> {
    type Target = PyRange;
    const PRODUCES: TypeHint = RANGE;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyRange>, ConversionError> {
        self.clone().into_py(py)
    }
}
