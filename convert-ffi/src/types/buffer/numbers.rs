//! [`Numbers`]: what lies in a buffer, whatever its shape and its items.

use super::{shows_none, view};
use crate::types::PyAny;
use crate::{Bound, PyResult};

/// The numbers of a buffer, in one copy, the last index changing first.
///
/// ```
/// # convert_ffi::Python::initialize();
/// # #[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
/// convert_ffi::Python::attach(|py| {
///     use convert_ffi::types::{Number, Numbers};
///     let image = py.eval(c"memoryview(bytes(range(6))).cast('B', [2, 3])", None, None)?;
///     let numbers = Numbers::copy(&image)?.unwrap();
///     assert_eq!(numbers.shape(), [2, 3]);
///     assert_eq!(numbers.get(4), Some(Number::Unsigned(4)));
///     Ok::<_, convert_ffi::PyErr>(())
/// }).unwrap();
/// ```
pub struct Numbers {
    shape: Vec<usize>,
    items: Items,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// `?`; any byte but zero is `true`.
    Bool(bool),
    /// An int with a sign, of any size.
    Signed(i64),
    /// An int without a sign, of any size.
    Unsigned(u64),
    /// A float of either size.
    Float(f64),
}

impl Numbers {
    /// The numbers in the object's buffer. `None` where it exports none, or no such items: half
    /// floats, complex numbers, objects, records. Under the stable ABI before 3.11, only those of
    /// one dimension.
    ///
    /// # Errors
    /// What the object raised when asked for its buffer, unless that was a `BufferError` or a
    /// `ValueError` (NumPy's, for items that no buffer can have); `MemoryError`.
    pub fn copy(object: &Bound<'_, PyAny>) -> PyResult<Option<Numbers>> {
        if !view::has_buffer(object) {
            return Ok(None);
        }
        match Numbers::of_buffer(object) {
            Err(error) if shows_none(&error, object.py()) => Ok(None),
            copied => copied,
        }
    }

    /// How many there are in each dimension; no dimension for a single one.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The number at this place in the order of all, if there are so many.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Number> {
        self.items.get(index)
    }
}

macro_rules! items {
    ($($variant:ident($type:ty) => $number:ident;)*) => {
        enum Items {
            $($variant(Vec<$type>),)*
        }

        impl Numbers {
            #[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
            fn of_buffer(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
                let buffer = super::PyBuffer::get(object)?;
                $(if let Some(items) = buffer.to_vec::<$type>()? {
                    let shape = buffer.shape().to_vec();
                    return Ok(Some(Numbers { shape, items: Items::$variant(items) }));
                })*
                Ok(None)
            }

            #[cfg(not(any(Py_3_11, not(Py_LIMITED_API))))]
            fn of_buffer(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
                $(if let Some(items) = object.copy_buffer::<$type>(usize::MAX)? {
                    let shape = vec![items.len()];
                    return Ok(Some(Numbers { shape, items: Items::$variant(items) }));
                })*
                Ok(None)
            }
        }

        impl Items {
            #[inline]
            fn get(&self, index: usize) -> Option<Number> {
                match self {
                    $(Items::$variant(items) => {
                        items.get(index).map(|&item| Number::$number(item.into()))
                    })*
                }
            }
        }
    };
}

items! {
    F64(f64) => Float;
    F32(f32) => Float;
    I64(i64) => Signed;
    I32(i32) => Signed;
    I16(i16) => Signed;
    I8(i8) => Signed;
    U64(u64) => Unsigned;
    U32(u32) => Unsigned;
    U16(u16) => Unsigned;
    U8(u8) => Unsigned;
    Bool(bool) => Bool;
}
