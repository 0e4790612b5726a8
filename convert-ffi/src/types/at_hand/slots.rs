//! [`Slots`]: of an instance only what is in slots.

use super::classes::{KnownClass, Place};
use super::{Field, Hand, Handed, Source};
use crate::Bound;
use crate::types::{Plain, PyAny};

/// The plain values in slots of an instance of a known class.
pub struct Slots(pub(super) Option<&'static KnownClass>);

impl<'py> Hand<'py> for Slots {
    #[inline(always)]
    fn read<T: Plain>(&mut self, object: &Bound<'py, PyAny>, field: Field<'_>) -> Handed<'py, T> {
        if field.source != Source::Item
            && let Some(class) = self.0
            && let Place::Slot(offset) = class.place(field.index)
            && let Some(Some(value)) =
                // SAFETY: reading a plain value that is not held runs no Python code.
                unsafe { class.slot(object, offset, |value| T::read(&value)) }
        {
            return Handed::Read(value);
        }
        Handed::NotHere
    }

    #[inline(always)]
    fn hold<T>(&mut self, _object: &Bound<'py, PyAny>, _field: Field<'_>) -> Handed<'py, T> {
        Handed::NotHere
    }
}
