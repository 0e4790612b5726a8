//! [`Wrong`]: all that is wrong with a container or a struct, not only the first.

use crate::types::PyDict;
use crate::{Bound, ConversionError, Leaf, Segment};

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

    /// Whether it was said of a missing field that this key may have been meant.
    pub fn tells_of_key(&self, key: &str) -> bool {
        self.0.as_ref().is_some_and(|error| error.tells_of_key(key))
    }

    /// Names for each missing field the key that may have been meant for it.
    #[cold]
    pub fn name_near_keys(&mut self) {
        if let Some(error) = &mut self.0 {
            error.name_near_keys();
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

    /// Adds that a field is missing, from that dict, if it is one: see
    /// [`ConversionError::missing`].
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[inline]
    pub fn add_missing(
        &mut self,
        leaf: &'static Leaf,
        field: Segment,
        dict: Option<&Bound<'_, PyDict>>,
    ) -> Result<(), ConversionError> {
        match &mut self.0 {
            None => self.0 = Some(ConversionError::missing(leaf, field, dict)),
            Some(all) => {
                all.and_missing(leaf, field, dict);
                if !all.is_complete() {
                    return std::mem::take(self).or(());
                }
            }
        }
        Ok(())
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
