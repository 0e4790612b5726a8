//! [`Wrong`]: all that is wrong with a container or a struct, not only the first.

use std::mem;

use crate::error::Missing;
use crate::types::PyDict;
use crate::{Bound, ConversionError, FieldNames, Leaf, Segment};

/// What was found wrong so far: nothing, as long as nothing is.
#[derive(Default)]
pub struct Wrong(Found);

#[derive(Default)]
enum Found {
    #[default]
    Nothing,
    /// No more than that the object lacks these.
    Missing(Box<Missing>),
    Errors(ConversionError),
}

impl From<ConversionError> for Wrong {
    fn from(error: ConversionError) -> Self {
        Wrong(Found::Errors(error))
    }
}

impl Wrong {
    /// Whether nothing was found.
    #[inline]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Found::Nothing)
    }

    /// The same as one error.
    #[inline]
    fn take(&mut self) -> Option<ConversionError> {
        match mem::take(&mut self.0) {
            Found::Nothing => None,
            Found::Missing(missing) => Some(missing.into_error()),
            Found::Errors(all) => Some(all),
        }
    }

    /// Whether it was said of a missing field that this key may have been meant, after
    /// [`tell_missing`](Self::tell_missing).
    pub fn tells_of_key(&self, key: &str) -> bool {
        matches!(&self.0, Found::Errors(all) if all.tells_of_key(key))
    }

    /// Tells of each missing field the key that may have been meant for it.
    #[cold]
    pub fn tell_missing(&mut self) {
        if let Some(mut all) = self.take() {
            all.tell_missing();
            self.0 = Found::Errors(all);
        }
    }

    /// Adds what is wrong with one item.
    ///
    /// # Errors
    /// All that was found, where it is time to stop: after an exception, or with the list full.
    #[cold]
    #[inline(never)]
    pub fn add(&mut self, error: ConversionError) -> Result<(), ConversionError> {
        let all = match self.take() {
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
        let all = match self.take() {
            Some(earlier) => earlier.and_inside(error, place),
            None => error.inside(place),
        };
        self.go_on(all)
    }

    /// Adds that the object lacks a field: see [`ConversionError::missing`]. The dict is always the
    /// same, if there is one.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[inline]
    pub fn add_missing(
        &mut self,
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> Result<(), ConversionError> {
        if self.is_empty() {
            self.0 = Found::Missing(Missing::first(leaf, names, index, dict));
            return Ok(());
        }
        self.add(ConversionError::missing(leaf, names, index, dict))
    }

    /// Adds that the object lacks another field, if nothing else is wrong so far; whether that was so.
    #[inline(always)]
    pub fn lacks_another(
        &mut self,
        leaf: &'static Leaf,
        names: &'static dyn FieldNames,
        index: usize,
    ) -> bool {
        match &mut self.0 {
            Found::Missing(missing) => missing.add(leaf, names, index),
            Found::Nothing | Found::Errors(_) => false,
        }
    }

    #[inline(always)]
    fn go_on(&mut self, all: ConversionError) -> Result<(), ConversionError> {
        if all.is_exception() || !all.is_complete() {
            return Err(all);
        }
        self.0 = Found::Errors(all);
        Ok(())
    }

    /// The value, if nothing was wrong.
    ///
    /// # Errors
    /// All that was found.
    #[inline(always)]
    pub fn or<T>(mut self, value: T) -> Result<T, ConversionError> {
        match self.take() {
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
