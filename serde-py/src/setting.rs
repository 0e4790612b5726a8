//! What a conversion goes by: nothing that was chosen, [`Options`], an [`Arena`]. The first is
//! known when the program is compiled, and costs nothing.

use convert_core::exceptions::PyRecursionError;
use convert_core::prelude::*;
use convert_core::types::{PyBackedBytes, PyString};
use convert_ffi::types::Arena;
use serde::de::Visitor;

use crate::Options;
use crate::error::{Error, Result};

/// What was chosen for a conversion.
pub trait Setting: Copy {
    /// Whether somebody forgets at the end what [`buffered`](crate::buffered) remembers.
    const REMEMBERS: bool = true;

    /// The options.
    fn options(&self) -> &Options<'_>;

    /// The setting one level further in.
    ///
    /// # Errors
    /// `RecursionError` where that is too deep.
    fn deeper(self) -> std::result::Result<Self, ConversionError>;
}

/// What of an object a value may borrow.
pub trait Lend<'de>: Setting {
    /// Gives a text to a visitor.
    ///
    /// # Errors
    /// The visitor's; a `ValueError` for a text with surrogates.
    #[inline]
    fn text<V: Visitor<'de>>(self, text: &Bound<'_, PyString>, visitor: V) -> Result<V::Value> {
        text.with_text(|text| visitor.visit_str(text))?
    }

    /// Gives bytes to a visitor.
    ///
    /// # Errors
    /// The visitor's.
    #[inline]
    fn bytes<V: Visitor<'de>>(
        self,
        _py: Python<'_>,
        bytes: &PyBackedBytes,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_bytes(bytes)
    }
}

/// Nothing was chosen.
#[derive(Clone, Copy)]
pub struct Plain;

impl Setting for Plain {
    const REMEMBERS: bool = false;

    #[inline(always)]
    fn options(&self) -> &Options<'_> {
        const { &Options::new() }
    }

    #[inline(always)]
    fn deeper(self) -> std::result::Result<Self, ConversionError> {
        Ok(self)
    }
}

impl Lend<'_> for Plain {}

/// Nothing was chosen, and the conversion is known to begin and to end.
#[derive(Clone, Copy)]
pub struct Whole;

impl Setting for Whole {
    #[inline(always)]
    fn options(&self) -> &Options<'_> {
        const { &Options::new() }
    }

    #[inline(always)]
    fn deeper(self) -> std::result::Result<Self, ConversionError> {
        Ok(self)
    }
}

impl Lend<'_> for Whole {}

/// Options, and how many levels are left of the depth they allow.
#[derive(Clone, Copy)]
pub struct Chosen<'o> {
    options: &'o Options<'o>,
    left: usize,
}

impl<'o> Chosen<'o> {
    /// At the outermost object.
    pub fn new(options: &'o Options<'o>) -> Self {
        Chosen { options, left: options.depth }
    }
}

impl Setting for Chosen<'_> {
    fn options(&self) -> &Options<'_> {
        self.options
    }

    fn deeper(self) -> std::result::Result<Self, ConversionError> {
        match self.left.checked_sub(1) {
            Some(left) => Ok(Chosen { left, ..self }),
            None => Err(too_deep(self.options.depth)),
        }
    }
}

impl Lend<'_> for Chosen<'_> {}

#[cold]
fn too_deep(depth: usize) -> ConversionError {
    PyErr::new::<PyRecursionError>(format!("nested deeper than {depth} levels")).into()
}

/// A setting whose text and bytes are kept by an arena.
#[derive(Clone, Copy)]
pub struct Kept<'de, S> {
    /// What keeps them.
    pub arena: &'de Arena,
    /// Anything else.
    pub setting: S,
}

impl<S: Setting> Setting for Kept<'_, S> {
    fn options(&self) -> &Options<'_> {
        self.setting.options()
    }

    fn deeper(self) -> std::result::Result<Self, ConversionError> {
        Ok(Kept { setting: self.setting.deeper()?, ..self })
    }
}

impl<'de, S: Setting> Lend<'de> for Kept<'de, S> {
    fn text<V: Visitor<'de>>(self, text: &Bound<'_, PyString>, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(self.arena.text(text).map_err(Error)?)
    }

    fn bytes<V: Visitor<'de>>(
        self,
        py: Python<'_>,
        bytes: &PyBackedBytes,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_borrowed_bytes(self.arena.bytes(py, bytes))
    }
}
