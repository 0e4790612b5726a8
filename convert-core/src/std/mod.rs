//! Conversions of std types, a file for each kind.
//!
//! | Rust | Python out | also accepted | file |
//! |---|---|---|---|
//! | `bool` | `bool` | numpy's `bool` | `bool.rs` |
//! | `i8` … `u128`, `isize`, `usize` | `int` | anything with `__index__` | `int.rs` |
//! | `NonZero<T>`; out only: `AtomicI64`, … | as `T` | as `T` | `number.rs` |
//! | `f64`, `f32` | `float` | anything with `__float__` or `__index__` | `float.rs` |
//! | `char` | `str` of one character | | `str.rs` |
//! | `String`, `&str`, `Cow<str>`, `Box<str>`, `Rc<str>`, `Arc<str>` | `str` | | `str.rs` |
//! | `CString`, `&CStr`, `Cow<CStr>` | `str` | | `c_str.rs` |
//! | `OsString`, `&OsStr` | `str` | `bytes` on Unix | `path.rs` |
//! | `PathBuf`, `&Path` | `pathlib.Path` | `str`, anything with `__fspath__` | `path.rs` |
//! | `PyBackedStr`, `PyBackedBytes` | `str`, `bytes` | borrowed, and kept alive | `backed.rs` |
//! | `Vec<u8>`, `&[u8]`, `[u8; N]`, `Cow<[u8]>` | `bytes` | for owned ones any buffer or sequence of ints | `bytes.rs` |
//! | `Vec<T>`, `&[T]`, `[T; N]`, `VecDeque<T>`, `LinkedList<T>`, `BinaryHeap<T>`, `Box<[T]>`, `Rc<[T]>`, `Arc<[T]>`, `Cow<[T]>` | `list` | any sequence but `str`; buffers of numbers | `sequence.rs` |
//! | `Iterable<T>` | `list` | anything that can be iterated | `iterable.rs` |
//! | `(A, B, …)`, `()` | `tuple` | | `tuple.rs` |
//! | `HashMap<K, V>`, `BTreeMap<K, V>` | `dict` | any `Mapping` | `map.rs` |
//! | `HashSet<T>`, `BTreeSet<T>` | `set` | `frozenset`, any `collections.abc.Set` | `set.rs` |
//! | `Option<T>` | `None` or as `T` | | `wrapper.rs` |
//! | `Box<T>`, `Rc<T>`, `Arc<T>`, `Cell<T>`, `RefCell<T>`, `Mutex<T>`, `RwLock<T>`, `Wrapping<T>`, `Saturating<T>` | as `T` | as `T` | `wrapper.rs` |
//! | `PhantomData<T>` | `None` | | `wrapper.rs` |
//! | `Range<T>`, `RangeInclusive<T>` | `range` | `slice` | `range.rs` |
//! | `Duration` | `datetime.timedelta` | | `time.rs` |
//! | `SystemTime` | `datetime.datetime` in UTC | with any `tzinfo` | `time.rs` |
//! | `IpAddr`, `Ipv4Addr`, `Ipv6Addr` | `ipaddress.IPv4Address`, `IPv6Address` | `str` | `net.rs` |
//! | `SocketAddr`, `SocketAddrV4`, `SocketAddrV6` | `tuple` | | `net.rs` |
//! | `Ordering` | `int`: -1, 0, 1 | | `number.rs` |
//! | `Strict<T>` | as `T` | nothing: exact types only | `strict.rs` |
//! | `Bound<T>`, `Borrowed<T>`, `Py<T>` | the object itself | subclasses | `object.rs` |
//!
//! A field of another representation says so: [`seconds`].
//!
//! Rust has no complex numbers of its own; a `complex` is handled as
//! [`PyComplex`](crate::types::PyComplex).

mod backed;
mod bool;
mod bytes;
mod c_str;
mod float;
mod int;
mod iterable;
mod map;
mod net;
mod number;
mod object;
mod path;
mod range;
pub mod seconds;
mod sequence;
mod set;
mod str;
pub(crate) mod strict;
mod time;
mod tuple;
mod wrapper;

pub use iterable::Iterable;
pub use strict::Strict;

/// Reads many values of a type in bulk.
macro_rules! in_bulk {
    () => {
        $crate::std::at_hand!();

        #[inline]
        fn extract_many<'x>(
            object: convert_ffi::Borrowed<'x, 'py, convert_ffi::PyAny>,
            most: usize,
            _: impl FnOnce(
                convert_ffi::Borrowed<'x, 'py, convert_ffi::PyAny>,
                usize,
            ) -> Result<Vec<Self>, convert_ffi::ConversionError>,
            _: $crate::convert::Token,
        ) -> Result<Vec<Self>, convert_ffi::ConversionError> {
            $crate::std::sequence::extract_plain(object, most)
        }

        #[inline]
        fn copy_many<const N: usize>(
            object: convert_ffi::Borrowed<'_, 'py, convert_ffi::PyAny>,
            _: $crate::convert::Token,
        ) -> Option<[Self; N]> {
            object.try_cast_exact::<convert_ffi::types::PyList>()?.copy_plain()
        }
    };
}
use in_bulk;

/// Reads a plain value without holding its object.
macro_rules! at_hand {
    () => {
        $crate::std::at_hand!(extract_at_hand, Self);
        $crate::std::at_hand!(extract_option_at_hand, Option<Self>);
    };
    ($method:ident, $type:ty) => {
        #[inline(always)]
        fn $method(
            hand: &mut impl convert_ffi::types::Hand<'py>,
            object: &convert_ffi::Bound<'py, convert_ffi::PyAny>,
            field: convert_ffi::types::Field<'_>,
            _: $crate::convert::Token,
        ) -> convert_ffi::types::Handed<'py, $type> {
            hand.read(object, field)
        }
    };
}
use at_hand;

/// A leaf type's two impls of `IntoPy`, by value and by reference, from one function that takes a
/// reference. `distinct` before them says that values that differ become objects that differ.
macro_rules! into_py_leaf {
    (distinct $($rows:tt)*) => { $crate::std::into_py_leaf! { @true $($rows)* } };
    (@$distinct:literal $($(#[$meta:meta])* [$($generics:tt)*] $type:ty => $target:ty, $hint:expr, |$value:ident, $py:ident| $make:expr;)*) => { $(
        $(#[$meta])*
        impl<'py, $($generics)*> $crate::IntoPy<'py> for &$type {
            type Target = $target;
            const PRODUCES: convert_ffi::TypeHint = $hint;
            const SHALLOW: bool = true;
            const KEEPS_DISTINCT: bool = $distinct;

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
            const SHALLOW: bool = true;
            const KEEPS_DISTINCT: bool = $distinct;

            #[inline]
            fn into_py(
                self,
                py: convert_ffi::Python<'py>,
            ) -> Result<convert_ffi::Bound<'py, $target>, convert_ffi::ConversionError> {
                $crate::IntoPy::into_py(&self, py)
            }
        }
    )* };
    ($($rows:tt)*) => { $crate::std::into_py_leaf! { @false $($rows)* } };
}
pub(crate) use into_py_leaf;
