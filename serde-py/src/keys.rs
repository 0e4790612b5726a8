//! [`Keys`]: the keys of maps as Python strings, each text made once.

use convert_core::types::PyString;
use convert_core::{Bound, PyResult, Python};

/// So many texts have a place; of two for one place the later stays.
const PLACES: usize = 512;
/// Longer texts are seldom the same.
const LONGEST: usize = 64;

/// The keys that were read so far.
#[derive(Default)]
pub struct Keys<'py>(Vec<Option<(Mark, Bound<'py, PyString>)>>);

impl<'py> Keys<'py> {
    /// The text as a Python string: that which was made for it before, if it is still known.
    #[inline]
    pub fn get(&mut self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        if text.len() > LONGEST {
            return PyString::new(py, text);
        }
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let mark = Mark::of(text.as_bytes());
        let place = &mut self.0[mark.place()];
        if let Some((other, known)) = place
            && *other == mark
            && (mark.is_all() || known.is_at_once(text))
        {
            return Ok(known.clone());
        }
        let (_, key) = place.insert((mark, PyString::new(py, text)?));
        Ok(key.clone())
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

    /// Whether no two texts have it.
    #[inline]
    fn is_all(self) -> bool {
        self.len <= 16
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
