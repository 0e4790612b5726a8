//! [`Wrong`]: all that is wrong with a container or a struct, not only the first.

use crate::types::PyDict;
use crate::{Bound, ConversionError, FieldNames, Leaf, Segment};

/// What was found wrong so far: nothing, as long as nothing is.
#[derive(Default)]
pub struct Wrong(Option<ConversionError>);

impl From<ConversionError> for Wrong {
    fn from(error: ConversionError) -> Self {
        Wrong(Some(error))
    }
}

impl Wrong {
    /// Whether nothing was found.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether it was said of a missing field that this key may have been meant, after
    /// [`tell_missing`](Self::tell_missing).
    pub fn tells_of_key(&self, key: &str) -> bool {
        self.0.as_ref().is_some_and(|all| all.tells_of_key(key))
    }

    /// Makes one failure of each missing field, with the key that may have been meant for it.
    #[cold]
    pub fn tell_missing(&mut self) {
        if let Some(all) = &mut self.0 {
            all.tell_missing();
        }
    }

    /// Adds what is wrong with one item.
    ///
    /// # Errors
    /// All that was found, where it is time to stop: after an exception, or with the list full.
    #[cold]
    #[inline(never)]
    pub fn add(&mut self, error: ConversionError) -> Result<(), ConversionError> {
        let all = match self.0.take() {
            Some(earlier) => earlier.and(error),
            None => error,
        };
        self.go_on(all)
    }

    /// As `add(error.inside(place))`.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[cold]
    #[inline(never)]
    pub fn add_inside(
        &mut self,
        error: ConversionError,
        place: Segment,
    ) -> Result<(), ConversionError> {
        let all = match self.0.take() {
            Some(earlier) => earlier.and_inside(error, place),
            None => error.inside(place),
        };
        self.go_on(all)
    }

    /// Adds that the object lacks a field: see [`ConversionError::missing`].
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_missing(
        &mut self,
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> Result<(), ConversionError> {
        if let Some(all) = &mut self.0
            && all.join_missing::<true>(leaf, names, index, dict)
        {
            return Ok(());
        }
        self.add(ConversionError::missing(leaf, names, index, dict))
    }

    /// As [`add_missing`](Self::add_missing), if the last error is the same of another field, and
    /// has room for this one; whether that was so. That is little code, and fast.
    #[inline(always)]
    pub fn join_missing(
        &mut self,
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> bool {
        self.0.as_mut().is_some_and(|all| all.join_missing::<false>(leaf, names, index, dict))
    }

    #[inline(always)]
    fn go_on(&mut self, all: ConversionError) -> Result<(), ConversionError> {
        if all.is_exception() || !all.is_complete() {
            return Err(all);
        }
        self.0 = Some(all);
        Ok(())
    }

    /// The value, if nothing was wrong.
    ///
    /// # Errors
    /// All that was found.
    #[inline(always)]
    pub fn or<T>(self, value: T) -> Result<T, ConversionError> {
        match self.0 {
            None => Ok(value),
            Some(all) => Err(all),
        }
    }
}

/// Adds the errors of the remaining checks to a first one.
#[cold]
#[inline(never)]
pub fn all_wrong(
    first: ConversionError,
    remaining: impl Iterator<Item = Result<(), ConversionError>>,
) -> ConversionError {
    let mut wrong = Wrong::default();
    let gather = || {
        wrong.add(first)?;
        for error in remaining.filter_map(Result::err) {
            wrong.add(error)?;
        }
        std::mem::take(&mut wrong).or(())
    };
    match gather() {
        Err(all) => all,
        Ok(()) => unreachable!("at least the first was wrong"),
    }
}
