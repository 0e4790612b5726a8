//! The one word a [`ConversionError`](super::ConversionError) consists of.
//!
//! Either the address of a constant [`Leaf`], whose six free bits hold a mark (bit 0) and a code
//! (bits 1 to 5, zero for none): that of a built-in type, or one which says that the upper 16 bits
//! hold a small int, or the length of a container of that type: bits that addresses seldom need.
//! Or the address of a boxed [`Content`].

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use super::content::Content;
use super::leaf::{Builtin, Leaf, Noted};

pub(super) struct Word(NonNull<u8>, PhantomData<Box<Content>>);

pub(super) enum View<'a> {
    Leaf(&'static Leaf, Option<Noted>),
    Boxed(&'a Content),
}

const LEAF_MARK: usize = 1;
const CODE_SHIFT: u32 = 1;
const FREE_BITS: usize = 63;
/// The code that says that there is an int in the upper bits.
const INT_CODE: usize = FREE_BITS >> CODE_SHIFT;
/// What is added to the code of a type to say that its length is in the upper bits. The last type,
/// `object`, has none: that code is the one above.
const SIZED: usize = 16;
const UPPER_SHIFT: u32 = usize::BITS - 16;

const _: () = assert!(align_of::<Leaf>() > FREE_BITS && align_of::<Content>() > LEAF_MARK);

// SAFETY: a word is a shared reference to a `Sync` constant or a box of a `Send` value.
unsafe impl Send for Word where Content: Send {}
// SAFETY: a shared word gives out shared references only, to a constant or to a `Sync` value.
unsafe impl Sync for Word where Content: Sync {}

impl Word {
    #[inline(always)]
    pub(super) const fn leaf(leaf: &'static Leaf) -> Self {
        let marked = (&raw const *leaf).cast::<u8>().wrapping_add(LEAF_MARK).cast_mut();
        // SAFETY: the address of a reference plus a bit that its alignment keeps free: not null.
        Word(unsafe { NonNull::new_unchecked(marked) }, PhantomData)
    }

    /// Also keeps the type that was got.
    #[inline(always)]
    pub(super) fn leaf_of(leaf: &'static Leaf, builtin: Builtin) -> Self {
        let Word(marked, _) = *ManuallyDrop::new(Word::leaf(leaf));
        let bits = usize::from(builtin.code()) << CODE_SHIFT;
        // SAFETY: only bits that are free are set: not null.
        let word = unsafe { NonNull::new_unchecked(marked.as_ptr().wrapping_add(bits)) };
        Word(word, PhantomData)
    }

    /// The leaf, where nothing was noted yet.
    #[inline(always)]
    pub(super) fn bare_leaf(&self) -> Option<&'static Leaf> {
        if self.bits() != LEAF_MARK {
            return None;
        }
        // SAFETY: a mark and no code: the word was made from a `&'static Leaf` by `leaf`.
        Some(unsafe { &*self.0.as_ptr().cast_const().wrapping_sub(LEAF_MARK).cast::<Leaf>() })
    }

    /// Also keeps what was got. `None` where that does not fit, or the leaf's address leaves no room
    /// for it, as on 32-bit platforms.
    #[inline]
    pub(super) fn leaf_with(leaf: &'static Leaf, got: Noted) -> Option<Self> {
        let Word(marked, _) = *ManuallyDrop::new(Word::leaf(leaf));
        let (code, upper) = match got {
            Noted::Builtin(builtin) => (usize::from(builtin.code()), 0),
            Noted::Sized(builtin, length) => {
                (SIZED + usize::from(builtin.code()), usize::from(length))
            }
            Noted::Int(value) => (INT_CODE, usize::from(value as u16)),
        };
        let needs_upper = !matches!(got, Noted::Builtin(_));
        if needs_upper && (usize::BITS < 64 || marked.addr().get() >> UPPER_SHIFT != 0) {
            return None;
        }
        let bits = code << CODE_SHIFT | upper << UPPER_SHIFT;
        // SAFETY: only bits that are free are set: not null.
        let word = unsafe { NonNull::new_unchecked(marked.as_ptr().wrapping_add(bits)) };
        Some(Word(word, PhantomData))
    }

    pub(super) fn boxed(content: Box<Content>) -> Self {
        Word(NonNull::from(Box::leak(content)).cast(), PhantomData)
    }

    #[inline(always)]
    fn bits(&self) -> usize {
        self.0.addr().get() & FREE_BITS
    }

    #[inline(always)]
    pub(super) fn is_leaf(&self) -> bool {
        self.0.addr().get() & LEAF_MARK != 0
    }

    #[inline]
    pub(super) fn view(&self) -> View<'_> {
        if self.is_leaf() {
            let code = self.bits() >> CODE_SHIFT;
            let upper = self.0.addr().get() >> UPPER_SHIFT;
            let noted = match code {
                INT_CODE => Some(Noted::Int(upper as i16)),
                SIZED.. => Builtin::from_code((code - SIZED) as u8)
                    .map(|builtin| Noted::Sized(builtin, upper as u16)),
                _ => Builtin::from_code(code as u8).map(Noted::Builtin),
            };
            let added = self.bits() | if code < SIZED { 0 } else { upper << UPPER_SHIFT };
            // SAFETY: the functions above made the word from a `&'static Leaf` by setting the free
            // bits that are taken off here.
            let leaf = unsafe { &*self.0.as_ptr().cast_const().wrapping_sub(added).cast::<Leaf>() };
            View::Leaf(leaf, noted)
        } else {
            // SAFETY: without the mark the word is a box made by `boxed`, owned by `self`.
            View::Boxed(unsafe { self.0.cast::<Content>().as_ref() })
        }
    }

    /// What the word says, boxed or not, to be added to.
    pub(super) fn into_content(self) -> Box<Content> {
        match self.view() {
            View::Leaf(leaf, got) => Box::new(Content::leaf(leaf, got, None)),
            View::Boxed(_) => {
                let word = ManuallyDrop::new(self);
                // SAFETY: the word is a box made by `boxed`; `ManuallyDrop` keeps it from being
                // freed a second time.
                unsafe { Box::from_raw(word.0.cast::<Content>().as_ptr()) }
            }
        }
    }
}

impl Drop for Word {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.is_leaf() {
            free(self.0.cast());
        }
    }
}

/// Frees a boxed error: out of line, so that dropping a leaf is one test.
#[cold]
#[inline(never)]
fn free(content: NonNull<Content>) {
    // SAFETY: called from `Word::drop` only, with a box made by `Word::boxed`.
    drop(unsafe { Box::from_raw(content.as_ptr()) })
}
