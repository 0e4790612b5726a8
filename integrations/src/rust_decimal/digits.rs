//! Decimals as text: exact, or not at all.

use std::borrow::Cow;

use convert_ffi::types::PyString;
use convert_ffi::{Bound, ConversionError, PyResult, Python};
use rust_decimal::Decimal;

/// The largest number of 96 bits.
const MOST: u128 = (1 << 96) - 1;
const MOST_PLACES: u64 = Decimal::MAX_SCALE as u64;
/// So many digits always fit into a `u64`.
const DIGITS_OF_U64: usize = 19;

/// Why a text is no `Decimal`.
pub enum Problem {
    Malformed,
    NotFinite,
    NegativeZero,
    /// Digits that there is no room for.
    TooPrecise,
    TooLarge,
}

impl Problem {
    /// The error for a text with this problem.
    #[cold]
    pub fn into_error(self, text: &str) -> ConversionError {
        const MOST_SHOWN: usize = 48;
        let shown: Cow<'_, str> = match text.char_indices().nth(MOST_SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]).into(),
            None => text.into(),
        };
        match self {
            Problem::Malformed => {
                ConversionError::custom(format!("expected the text of a decimal, got {shown:?}"))
            }
            Problem::NotFinite => {
                ConversionError::custom(format!("expected a finite decimal, got {shown}"))
            }
            Problem::NegativeZero => ConversionError::custom(format!(
                "expected a decimal other than the negative zero, got {shown}"
            )),
            Problem::TooPrecise => ConversionError::custom(format!(
                "expected a decimal of at most 96 bits and 28 places, got {shown}"
            )),
            Problem::TooLarge => ConversionError::custom_range(format!(
                "expected a decimal of at most 96 bits and 28 places, got {shown}"
            )),
        }
    }
}

/// The number that a text says, with as many places: `1.50` has two. In the syntax of Python's
/// `Decimal(text)` but for underscores, blanks around it and digits that are not ASCII.
pub fn parse(text: &str) -> Result<Decimal, Problem> {
    let (is_negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        digits => (false, digits),
    };
    let mut number = Number::default();
    let mut rest = number.read(digits);
    let mut places = 0;
    if let [b'.', fraction @ ..] = rest {
        rest = number.read(fraction);
        places = (fraction.len() - rest.len()) as i64;
    }
    if number.count == 0 {
        return Err(if is_special(digits) { Problem::NotFinite } else { Problem::Malformed });
    }
    let exponent = read_exponent(rest).ok_or(Problem::Malformed)?.saturating_sub(places);
    let mantissa = match number.shifted(exponent) {
        Some(mantissa) => mantissa,
        None => return Err(too_much(digits, exponent)),
    };
    if mantissa == 0 && is_negative {
        return Err(Problem::NegativeZero);
    }
    match exponent.min(0).unsigned_abs() {
        scale @ 0..=MOST_PLACES => {
            let [low, middle, high] = [0, 32, 64].map(|shift| (mantissa >> shift) as u32);
            Ok(Decimal::from_parts(low, middle, high, is_negative, scale as u32))
        }
        _ => Err(Problem::TooPrecise),
    }
}

/// The number that was read so far.
#[derive(Default)]
struct Number {
    /// Where it fits.
    value: u128,
    is_too_large: bool,
    /// How many digits it has, zeros in front of it included.
    count: usize,
}

impl Number {
    /// Reads digits, and gives what follows.
    #[inline]
    fn read<'a>(&mut self, mut text: &'a [u8]) -> &'a [u8] {
        loop {
            // In pieces that fit a `u64`, which is faster to multiply.
            let (mut piece, mut factor, mut count) = (0, 1, 0);
            while count + 8 <= DIGITS_OF_U64
                && let Some(eight) = text[count..].first_chunk().and_then(eight_digits)
            {
                piece = piece * 100_000_000 + eight;
                factor *= 100_000_000;
                count += 8;
            }
            while count < DIGITS_OF_U64
                && let Some(digit) = text.get(count).map(|byte| byte.wrapping_sub(b'0'))
                && digit <= 9
            {
                piece = piece * 10 + u64::from(digit);
                factor *= 10;
                count += 1;
            }
            if count == 0 {
                return text;
            }
            self.count += count;
            self.append(piece, factor);
            text = &text[count..];
        }
    }

    /// Adds digits after those there are: `factor` is ten for each.
    #[inline]
    fn append(&mut self, piece: u64, factor: u64) {
        // In halves: what is there has 96 bits, so no product overflows, nor does the sum.
        let [low, high] = [self.value as u64, (self.value >> 64) as u64];
        let [low, high] = [low, high].map(|half| u128::from(half) * u128::from(factor));
        if high >> 32 != 0 {
            self.is_too_large = true;
            return;
        }
        let value = (high << 64) + low + u128::from(piece);
        match value <= MOST {
            true => self.value = value,
            false => self.is_too_large = true,
        }
    }

    /// The number with the zeros that a positive exponent adds, where it fits.
    #[inline]
    fn shifted(&self, exponent: i64) -> Option<u128> {
        if self.is_too_large {
            return None;
        }
        if exponent <= 0 || self.value == 0 {
            return Some(self.value);
        }
        let factor = 10u128.checked_pow(u32::try_from(exponent).ok()?)?;
        self.value.checked_mul(factor).filter(|value| *value <= MOST)
    }
}

/// Eight digits as a number, in three multiplications; `None` where they are not all digits.
#[inline]
fn eight_digits(text: &[u8; 8]) -> Option<u64> {
    let digits = u64::from_le_bytes(*text) ^ 0x3030_3030_3030_3030;
    // Adding this sets the highest bit of each byte above 9.
    let above = digits.wrapping_add(0x7676_7676_7676_7676) | digits;
    if above & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    // The digit that comes first is in the lowest byte. Neighbours are joined, then pairs, then
    // fours.
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) & 0xffff_ffff)
}

/// The exponent that a text ends with; 0 where it has ended.
#[inline]
fn read_exponent(text: &[u8]) -> Option<i64> {
    match text {
        [] => Some(0),
        [b'e' | b'E', exponent @ ..] => str::from_utf8(exponent).ok()?.parse().ok(),
        _ => None,
    }
}

/// Whether it is one of the numbers that are none.
#[cold]
fn is_special(text: &[u8]) -> bool {
    let text = text.to_ascii_lowercase();
    let names: [&[u8]; 4] = [b"inf", b"infinity", b"nan", b"snan"];
    let end = text.iter().position(u8::is_ascii_digit).unwrap_or(text.len());
    names.contains(&&text[..end])
}

/// Whether digits that do not fit are too many, or the number too large.
#[cold]
fn too_much(text: &[u8], exponent: i64) -> Problem {
    let digits = text.iter().take_while(|byte| !matches!(byte, b'e' | b'E'));
    let digits: Vec<u8> = digits.filter(|byte| **byte != b'.').copied().collect();
    let whole = (digits.len() as i64).saturating_add(exponent);
    let whole = usize::try_from(whole).unwrap_or(0);
    let mut number = Number::default();
    match digits.get(..whole) {
        Some(whole) if exponent < 0 => {
            number.read(whole);
            if number.is_too_large { Problem::TooLarge } else { Problem::TooPrecise }
        }
        _ => Problem::TooLarge,
    }
}

/// A number as Python's `Decimal` reads it, exactly: digits and an exponent.
pub struct Written {
    text: [u8; MOST_WRITTEN],
    start: usize,
}

/// A sign, 29 digits, `E-28`.
const MOST_WRITTEN: usize = 34;

impl Written {
    pub fn new(value: &Decimal) -> Self {
        let mut written = Written { text: [0; MOST_WRITTEN], start: MOST_WRITTEN };
        if value.scale() > 0 {
            written.prepend_digits(value.scale().into());
            written.prepend(b'-');
            written.prepend(b'E');
        }
        let mantissa = value.mantissa();
        // Two words of up to 19 digits each.
        const WORD: u128 = 10u128.pow(DIGITS_OF_U64 as u32);
        let magnitude = mantissa.unsigned_abs();
        if magnitude < WORD {
            written.prepend_digits(magnitude as u64);
        } else {
            let end = written.start;
            written.prepend_digits((magnitude % WORD) as u64);
            while end - written.start < DIGITS_OF_U64 {
                written.prepend(b'0');
            }
            written.prepend_digits((magnitude / WORD) as u64);
        }
        if mantissa < 0 {
            written.prepend(b'-');
        }
        written
    }

    pub fn into_py<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        // Only ASCII was written.
        PyString::new(py, str::from_utf8(&self.text[self.start..]).unwrap_or_default())
    }

    #[inline]
    fn prepend_digits(&mut self, mut number: u64) {
        loop {
            self.prepend(b'0' + (number % 10) as u8);
            number /= 10;
            if number == 0 {
                return;
            }
        }
    }

    #[inline]
    fn prepend(&mut self, byte: u8) {
        self.start -= 1;
        self.text[self.start] = byte;
    }
}
