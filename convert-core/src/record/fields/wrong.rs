//! What is wrong with the fields, kept until the end.

use convert_ffi::container::Wrong;
use convert_ffi::types::{PyAny, Source};
use convert_ffi::{Bound, ConversionError, Leaf, PyErr, PyResult, TypeHint};

use super::Fields;

impl<'py> Fields<'_, 'py> {
    /// Adds what is wrong with a field.
    #[cold]
    #[inline(never)]
    pub(in crate::record) fn add(&mut self, error: ConversionError) {
        let added = self.wrong.add(error);
        self.stop_unless(added);
    }

    /// Adds what is wrong with a field, whose place the error does not tell yet.
    #[cold]
    fn add_inside(&mut self, index: usize, error: ConversionError) {
        let added = self.wrong.add_inside(error, self.table.segment(index));
        self.stop_unless(added);
    }

    /// Adds what is wrong with a field's value.
    #[cold]
    #[inline(never)]
    pub(super) fn wrong_at(
        &mut self,
        index: usize,
        error: ConversionError,
        value: &Bound<'py, PyAny>,
    ) {
        self.add_inside(index, error.of(value.as_borrowed()));
    }

    #[inline(always)]
    fn stop_unless(&mut self, added: Result<(), ConversionError>) {
        if let Err(all) = added {
            *self.wrong = Wrong::from(all);
            self.stop();
        }
    }

    /// What is wrong with a field's value, as an error that tells where.
    #[cold]
    #[inline(never)]
    pub(in crate::record) fn at(
        &self,
        index: usize,
        error: ConversionError,
        value: &Bound<'py, PyAny>,
    ) -> ConversionError {
        error.at(self.table.segment(index), value.as_borrowed())
    }

    /// What looking for a field raised.
    #[cold]
    pub(in crate::record) fn raised_at(&self, index: usize, error: PyErr) -> ConversionError {
        ConversionError::from(error).inside(self.table.segment(index))
    }

    /// What was found of a field, which may be missing.
    #[inline(always)]
    pub(super) fn if_there(
        &mut self,
        index: usize,
        found: PyResult<Option<Bound<'py, PyAny>>>,
    ) -> Option<Bound<'py, PyAny>> {
        self.look_again();
        found.unwrap_or_else(|error| {
            self.add_inside(index, error.into());
            None
        })
    }

    /// What was found of a field, which must be there.
    #[inline(always)]
    pub(super) fn present(
        &mut self,
        index: usize,
        source: Source,
        found: PyResult<Option<Bound<'py, PyAny>>>,
        leaves: &'static [Leaf; 2],
    ) -> Option<Bound<'py, PyAny>> {
        match found {
            Ok(Some(value)) => Some(value),
            missing => {
                self.absent(index, source, missing.err(), leaves);
                None
            }
        }
    }

    /// Adds that a field is missing, or what looking for it raised.
    #[cold]
    #[inline(never)]
    fn absent(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
        leaves: &'static [Leaf; 2],
    ) {
        if raised.is_none() && self.lacks() {
            return;
        }
        // Of several in a row the later ones cost a few instructions each.
        if raised.is_none()
            && let Some(by_key) = self.known_by_key(source)
            && let dict = self.at_hand.dict().filter(|_| by_key)
            && self.wrong.join_missing(missing(leaves, by_key), self.table, index, dict)
        {
            return;
        }
        self.absent_in_full(index, source, raised, leaves);
    }

    /// The same where a dict was just seen to be empty.
    #[cold]
    #[inline(never)]
    pub(super) fn absent_from_empty_dict(
        &mut self,
        index: usize,
        source: Source,
        leaves: &'static [Leaf; 2],
    ) {
        if !self.lacks() && !self.wrong.join_missing(missing(leaves, true), self.table, index, None)
        {
            self.absent_in_full(index, source, None, leaves);
        }
    }

    #[cold]
    #[inline(never)]
    fn absent_in_full(
        &mut self,
        index: usize,
        source: Source,
        raised: Option<PyErr>,
        leaves: &'static [Leaf; 2],
    ) {
        if self.stopped {
            return;
        }
        let by_key = match raised {
            None => self.is_read_by_key(source),
            Some(error) => Err(error),
        };
        match by_key {
            Ok(by_key) => self.add_missing(index, missing(leaves, by_key), by_key),
            Err(error) => self.add_inside(index, error.into()),
        }
    }

    /// Whether it was enough to say that something is missing: where another type is tried, it need
    /// not be told what.
    #[inline(always)]
    fn lacks(&mut self) -> bool {
        let is_enough = self.tried && self.is_right();
        if is_enough {
            self.stop();
            *self.wrong = Wrong::from(ConversionError::lacking());
        }
        is_enough
    }

    /// Adds that a field is missing.
    #[inline]
    fn add_missing(&mut self, index: usize, leaf: &'static Leaf, by_key: bool) {
        if !self.wrong.is_empty() || !self.at_hand.has_found() {
            // With two missing, or the first, that costs less than comparing what comes next.
            self.at_hand.go_on_in_any_order();
        }
        let dict = self.at_hand.dict().filter(|_| by_key);
        let added = self.wrong.add_missing(leaf, self.table, index, dict);
        self.stop_unless(added);
    }

    /// The error for a field that is not there.
    #[cold]
    pub(in crate::record) fn missing_leaf(
        &mut self,
        index: usize,
        source: Source,
        leaves: &'static [Leaf; 2],
    ) -> ConversionError {
        match self.is_read_by_key(source) {
            Ok(by_key) => {
                let dict = self.dict().filter(|_| by_key);
                ConversionError::missing(missing(leaves, by_key), self.table, index, dict)
            }
            Err(error) => self.raised_at(index, error),
        }
    }
}

/// The errors for a field that is not there: one for a key, one for an attribute.
pub const fn missing_leaves(expected: TypeHint) -> [Leaf; 2] {
    [Leaf::missing_key(expected), Leaf::missing_attribute(expected)]
}

fn missing([key, attribute]: &'static [Leaf; 2], by_key: bool) -> &'static Leaf {
    if by_key { key } else { attribute }
}
