//! Time zones that were seen before, and what was found out of them.

use convert_ffi::types::{PyAny, PyTzInfo};
use convert_ffi::{Bound, Py, PyOnceLock};

/// How many are kept at most.
const PLACES: usize = 256;

/// How many references there are to a time zone that nobody else has: of a datetime, and of who
/// looks at it.
const ITS_OWN: usize = 2;

/// In so many places a time zone may be.
const NEAR: usize = 4;

/// Time zones, each in the first free place from the one on that its address gives it; none ever
/// goes. They are kept, as their addresses would otherwise be those of others one day.
pub(crate) struct Seen<T>([PyOnceLock<(Py<PyTzInfo>, T)>; PLACES]);

impl<T> Seen<T> {
    pub(crate) const fn new() -> Self {
        Seen([const { PyOnceLock::new() }; PLACES])
    }

    /// What was found out of this very object.
    #[inline]
    pub(crate) fn get(&self, zone: &Bound<'_, PyAny>) -> Option<&T> {
        let mut seen = self.places(zone).map_while(|place| place.get(zone.py()));
        seen.find_map(|(seen, known)| (seen.as_ptr() == zone.as_ptr()).then_some(known))
    }

    /// As [`keep`](Self::keep), but not what a single datetime has, as each that was read from a
    /// text.
    pub(crate) fn keep_shared(&self, zone: &Bound<'_, PyTzInfo>, known: T) {
        if zone.reference_count() > ITS_OWN {
            self.keep(zone, known);
        }
    }

    /// Keeps what was found out, if there is room.
    pub(crate) fn keep(&self, zone: &Bound<'_, PyTzInfo>, known: T) {
        if let Some(place) = self.places(zone).find(|place| place.get(zone.py()).is_none()) {
            place.get_or_init(zone.py(), || (zone.clone().unbind(), known));
        }
    }

    #[inline]
    fn places(
        &self,
        zone: &Bound<'_, PyAny>,
    ) -> impl Iterator<Item = &PyOnceLock<(Py<PyTzInfo>, T)>> {
        let first = zone.as_ptr() as usize >> 4;
        (first..first + NEAR).map(|place| &self.0[place % PLACES])
    }
}
