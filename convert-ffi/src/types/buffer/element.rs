//! What lies in a buffer: [`Element`], and the formats that say so.

use std::ffi::{c_int, c_long, c_longlong, c_short, c_uint, c_ulong, c_ulonglong, c_ushort};

use crate::types::Plain;

/// A number or a `bool`, as a buffer may hold it: the types of fixed size and the pointer-sized
/// ones.
pub trait Element: Plain + Copy {
    /// What the format of a buffer must say.
    #[doc(hidden)]
    const KIND: Kind;

    /// The item at an address, its bytes reversed first where `swapped`.
    ///
    /// # Safety
    /// As many bytes as the type has may be read there. They need not be aligned.
    #[doc(hidden)]
    unsafe fn load(item: *const u8, swapped: bool) -> Self;
}

/// How bytes are to be read.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Signed,
    Unsigned,
    Float,
}

macro_rules! elements {
    ($($kind:ident: $($type:ty)*, |$item:ident, $swapped:ident| $load:expr;)*) => { $($(
        impl Element for $type {
            const KIND: Kind = Kind::$kind;

            #[inline(always)]
            unsafe fn load($item: *const u8, $swapped: bool) -> Self {
                // SAFETY: the caller says that the bytes of an item lie there. Any bytes are a
                // value of a number.
                unsafe { $load }
            }
        }
    )*)* };
}

elements! {
    // C's `_Bool` may hold any byte here, Rust's may not.
    Bool: bool, |item, _swapped| item.read() != 0;
    Signed: i8 i16 i32 i64 isize, |item, swapped| {
        let value = item.cast::<Self>().read_unaligned();
        if swapped { value.swap_bytes() } else { value }
    };
    Unsigned: u8 u16 u32 u64 usize, |item, swapped| {
        let value = item.cast::<Self>().read_unaligned();
        if swapped { value.swap_bytes() } else { value }
    };
    Float: f32, |item, swapped| f32::from_bits(u32::load(item, swapped));
    Float: f64, |item, swapped| f64::from_bits(u64::load(item, swapped));
}

/// The format of items that are single numbers, in the notation of the module `struct`.
#[derive(Clone, Copy)]
pub(super) struct Format {
    kind: Kind,
    size: usize,
    /// Whether the bytes are in the other order than this machine's.
    pub(super) swapped: bool,
}

impl Format {
    /// What the format says, where it is that of a number: at most one sign for order and size, and
    /// one code.
    #[inline]
    pub(super) fn parse(format: &[u8]) -> Option<Format> {
        let (order, code) = match *format {
            [code] => (b'@', code),
            [order, code] => (order, code),
            _ => return None,
        };
        let swapped = match order {
            b'@' | b'=' => false,
            b'<' => cfg!(target_endian = "big"),
            b'>' | b'!' => cfg!(target_endian = "little"),
            _ => return None,
        };
        let native = order == b'@';
        // The size that C gives the type, and the one that `struct` does.
        let (kind, c_size, standard_size) = match code {
            b'?' => (Kind::Bool, size_of::<bool>(), 1),
            b'b' => (Kind::Signed, 1, 1),
            b'B' => (Kind::Unsigned, 1, 1),
            b'h' => (Kind::Signed, size_of::<c_short>(), 2),
            b'H' => (Kind::Unsigned, size_of::<c_ushort>(), 2),
            b'i' => (Kind::Signed, size_of::<c_int>(), 4),
            b'I' => (Kind::Unsigned, size_of::<c_uint>(), 4),
            b'l' => (Kind::Signed, size_of::<c_long>(), 4),
            b'L' => (Kind::Unsigned, size_of::<c_ulong>(), 4),
            b'q' => (Kind::Signed, size_of::<c_longlong>(), 8),
            b'Q' => (Kind::Unsigned, size_of::<c_ulonglong>(), 8),
            // These have no standard size.
            b'n' if native => (Kind::Signed, size_of::<isize>(), 0),
            b'N' if native => (Kind::Unsigned, size_of::<usize>(), 0),
            b'f' => (Kind::Float, 4, 4),
            b'd' => (Kind::Float, 8, 8),
            _ => return None,
        };
        Some(Format { kind, size: if native { c_size } else { standard_size }, swapped })
    }

    /// Whether it describes a `T`.
    #[inline]
    pub(super) fn is<T: Element>(&self) -> bool {
        self.kind == T::KIND && self.size == size_of::<T>()
    }
}
