//! [`IntoPyArgs`]: what a call takes.

use convert_ffi::types::{PyAny, PyTuple};
use convert_ffi::{Bound, ConversionError, PyResult, Python};

use crate::IntoPy;

/// The positional arguments of a call: a Rust tuple of values that become Python objects, or a
/// Python tuple.
///
/// A single argument is a tuple of one: `function.call1((7,))`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the arguments of a Python call",
    label = "not a tuple of values that implement `IntoPy`",
    note = "a single argument is a tuple of one: `(argument,)`",
    note = "arguments whose number is not known before are a Python tuple: `&Bound<'py, PyTuple>`"
)]
pub trait IntoPyArgs<'py> {
    /// The arguments as Python objects.
    type Objects: AsRef<[Bound<'py, PyAny>]>;

    /// Makes the objects.
    ///
    /// # Errors
    /// Where an argument cannot be converted.
    fn into_args(self, py: Python<'py>) -> Result<Self::Objects, ConversionError>;
}

impl<'py> IntoPyArgs<'py> for () {
    type Objects = [Bound<'py, PyAny>; 0];

    fn into_args(self, _py: Python<'py>) -> Result<Self::Objects, ConversionError> {
        Ok([])
    }
}

impl<'py> IntoPyArgs<'py> for &Bound<'py, PyTuple> {
    type Objects = Vec<Bound<'py, PyAny>>;

    fn into_args(self, _py: Python<'py>) -> Result<Self::Objects, ConversionError> {
        Ok((0..self.len()).map(|index| self.item(index)).collect::<PyResult<_>>()?)
    }
}

macro_rules! tuples {
    ($($count:literal: $($T:ident $index:tt),+;)*) => { $(
        impl<'py, $($T: IntoPy<'py>),+> IntoPyArgs<'py> for ($($T,)+) {
            type Objects = [Bound<'py, PyAny>; $count];

            #[inline]
            fn into_args(self, py: Python<'py>) -> Result<Self::Objects, ConversionError> {
                Ok([$(self.$index.into_py(py)?.into_any()),+])
            }
        }
    )* };
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}
