//! Conversions of std types, a file for each kind.
//!
//! | Rust | Python out | also accepted | file |
//! |---|---|---|---|
//! | `bool` | `bool` | | `bool.rs` |
//! | `i8` … `u128`, `isize`, `usize` | `int` | anything with `__index__` | `int.rs` |
//! | `f64`, `f32` | `float` | anything with `__float__` or `__index__` | `float.rs` |
//! | `char` | `str` of one character | | `str.rs` |
//! | `String`, `&str`, `Cow<str>`, `Box<str>`, `Rc<str>`, `Arc<str>` | `str` | | `str.rs` |
//! | `Vec<u8>`, `&[u8]`, `[u8; N]` | `bytes` | for owned ones any sequence of ints | `bytes.rs` |
//! | `Option<T>`, `Box<T>` | `None` or as `T` | | `wrapper.rs` |
//! | `Vec<T>`, `&[T]`, `[T; N]` | `list` | any sequence but `str` | `sequence.rs` |
//! | `(A, B, …)`, `()` | `tuple` | | `tuple.rs` |
//! | `HashMap<K, V>`, `BTreeMap<K, V>` | `dict` | | `map.rs` |
//! | `Bound<T>`, `Borrowed<T>`, `Py<T>` | the object itself | subclasses | `object.rs` |

mod bool;
mod bytes;
mod float;
mod int;
mod map;
mod object;
mod sequence;
mod str;
mod tuple;
mod wrapper;

/// A leaf type's two impls of `IntoPy`, by value and by reference, from one function that takes a
/// reference.
macro_rules! into_py_leaf {
    ($($(#[$meta:meta])* [$($generics:tt)*] $type:ty => $target:ty, $hint:expr, |$value:ident, $py:ident| $make:expr;)*) => { $(
        $(#[$meta])*
        impl<'py, $($generics)*> $crate::IntoPy<'py> for &$type {
            type Target = $target;
            const PRODUCES: convert_ffi::TypeHint = $hint;

            #[inline]
            fn into_py(
                self,
                $py: convert_ffi::Python<'py>,
            ) -> Result<convert_ffi::Bound<'py, $target>, convert_ffi::ConversionError> {
                let $value = self;
                Ok($make?)
            }
        }

        $(#[$meta])*
        impl<'py, $($generics)*> $crate::IntoPy<'py> for $type {
            type Target = $target;
            const PRODUCES: convert_ffi::TypeHint = $hint;

            #[inline]
            fn into_py(
                self,
                py: convert_ffi::Python<'py>,
            ) -> Result<convert_ffi::Bound<'py, $target>, convert_ffi::ConversionError> {
                $crate::IntoPy::into_py(&self, py)
            }
        }
    )* };
}
use into_py_leaf;
