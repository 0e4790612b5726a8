//! [`Keys`]: the keys of maps as Python strings, each text made once.

use convert_core::types::PyString;
use convert_core::{Bound, PyResult, Python};

/// So many texts have a place.
const PLACES: usize = 512;
/// So many places one after the other a text may be in; where they are all taken, the later stays.
const NEAR: usize = 4;
/// Longer texts are seldom the same.
const LONGEST: usize = 64;

/// The keys that were read so far.
#[derive(Default)]
pub struct Keys<'py>(Vec<Option<(Mark, Bound<'py, PyString>)>>);

impl<'py> Keys<'py> {
    /// The text as a Python string: that which was made for it before, if it is still known.
    #[inline]
    pub fn get(&mut self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        let mark = Mark::of(text.as_bytes());
        match self.0.get(mark.place()) {
            Some(Some((other, known))) if mark.is_of(text, other, known) => Ok(known.clone()),
            _ => self.get_further(py, text, mark),
        }
    }

    /// What is not in its first place.
    #[inline(never)]
    fn get_further(
        &mut self,
        py: Python<'py>,
        text: &str,
        mark: Mark,
    ) -> PyResult<Bound<'py, PyString>> {
        if text.len() > LONGEST {
            return PyString::new(py, text);
        }
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let first = mark.place();
        let mut free = first;
        for place in (first..first + NEAR).map(|place| place % PLACES) {
            match &self.0[place] {
                Some((other, known)) if mark.is_of(text, other, known) => {
                    let key = known.clone();
                    // It is first from now on: one that is frequent comes again soon.
                    if self.0[first].as_ref().is_none_or(|(other, _)| other.is_near(place)) {
                        self.0.swap(first, place);
                    }
                    return Ok(key);
                }
                Some(_) => {}
                None => {
                    free = place;
                    break;
                }
            }
        }
        let key = PyString::new(py, text)?;
        // Others would not be known again.
        if mark.is_all() || key.is_at_once(text) {
            self.0[free] = Some((mark, key.clone()));
        }
        Ok(key)
    }
}

/// Beginning, end and length of a text: they tell most keys apart.
#[derive(Clone, Copy, PartialEq)]
struct Mark {
    start: u64,
    end: u64,
    len: usize,
}

impl Mark {
    #[inline]
    fn of(text: &[u8]) -> Self {
        let (start, end) = match text.len() {
            8.. => (word(text.first_chunk::<8>()), word(text.last_chunk::<8>())),
            4.. => (half(text.first_chunk::<4>()), half(text.last_chunk::<4>())),
            _ => (text.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
        };
        Mark { start, end, len: text.len() }
    }

    /// Whether it is that of a known text, which is this one.
    #[inline]
    fn is_of(self, text: &str, other: &Mark, known: &Bound<'_, PyString>) -> bool {
        self == *other && (self.is_all() || known.is_at_once(text))
    }

    /// Whether no two texts have it.
    #[inline]
    fn is_all(self) -> bool {
        self.len <= 16
    }

    /// Whether a text with it may be in that place.
    fn is_near(self, place: usize) -> bool {
        (place + PLACES - self.place()) % PLACES < NEAR
    }

    #[inline]
    fn place(self) -> usize {
        let mixed = self.start ^ self.end.rotate_left(29) ^ self.len as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % PLACES
    }
}

#[inline]
fn word(bytes: Option<&[u8; 8]>) -> u64 {
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[inline]
fn half(bytes: Option<&[u8; 4]>) -> u64 {
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes).into())
}
