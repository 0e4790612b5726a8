//! The one word a [`ConversionError`](super::ConversionError) consists of.
//!
//! Either the address of a constant [`Leaf`], whose six free bits hold a mark (bit 0) and a code
//! (bits 1 to 5, zero for none): that of a built-in type, or one which says that the upper 16 bits,
//! which addresses seldom need, hold more. That is a small int; or, for a built-in type, the length
//! of a container, or the index of the item that was wrong, with the topmost bit set.
//! Or the address of a boxed [`Content`].

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use super::content::Content;
use super::got::{Builtin, Noted};
use super::leaf::Leaf;
use super::path::Segment;

pub(super) struct Word(NonNull<u8>, PhantomData<Box<Content>>);

pub(super) enum View<'a> {
    Leaf(&'static Leaf, Option<Noted>),
    /// A leaf about an item of the object: the item's type and index.
    Item(&'static Leaf, Builtin, u16),
    Boxed(&'a Content),
}

const LEAF_MARK: usize = 1;
const CODE_SHIFT: u32 = 1;
const FREE_BITS: usize = 63;
/// Says that there is something in the upper bits: added to the code of a type, a length or an
/// index; alone, an int.
const WITH_UPPER: usize = 16;
const UPPER_SHIFT: u32 = usize::BITS - 16;
/// Set in the upper bits of an index, not in those of a length.
const INDEX_MARK: u16 = 1 << 15;

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
        // SAFETY: a mark and no code: the word was made from a `&'static Leaf` by `leaf`, so that
        // is what lies there, and not the null address.
        Some(unsafe { self.0.byte_sub(LEAF_MARK).cast::<Leaf>().as_ref() })
    }

    /// Also keeps an int. `None` where the leaf's address leaves no room for it, as on 32-bit
    /// platforms.
    #[inline]
    pub(super) fn leaf_of_int(leaf: &'static Leaf, value: i16) -> Option<Self> {
        Word::with_upper(leaf, 0, value as u16)
    }

    /// Also keeps the type and length of a container. `None` where there is no room for it.
    #[inline]
    pub(super) fn leaf_of_length(
        leaf: &'static Leaf,
        builtin: Builtin,
        length: usize,
    ) -> Option<Self> {
        let length = u16::try_from(length).ok().filter(|length| *length < INDEX_MARK)?;
        Word::with_upper(leaf, builtin.code(), length)
    }

    /// A leaf about an item, with the item's type and index. `None` where there is no room for it.
    #[inline]
    pub(super) fn leaf_at(leaf: &'static Leaf, builtin: Builtin, index: usize) -> Option<Self> {
        let index = u16::try_from(index).ok().filter(|index| *index < INDEX_MARK)?;
        Word::with_upper(leaf, builtin.code(), index | INDEX_MARK)
    }

    #[inline]
    fn with_upper(leaf: &'static Leaf, code: u8, upper: u16) -> Option<Self> {
        let Word(marked, _) = *ManuallyDrop::new(Word::leaf(leaf));
        if usize::BITS < 64 || marked.addr().get() >> UPPER_SHIFT != 0 {
            return None;
        }
        let code = WITH_UPPER + usize::from(code);
        let bits = code << CODE_SHIFT | usize::from(upper) << UPPER_SHIFT;
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
            let added = self.bits() | if code < WITH_UPPER { 0 } else { upper << UPPER_SHIFT };
            // SAFETY: the functions above made the word from a `&'static Leaf` by setting the free
            // bits that are taken off here.
            let leaf = unsafe { &*self.0.as_ptr().cast_const().wrapping_sub(added).cast::<Leaf>() };
            let upper = upper as u16;
            let builtin = Builtin::from_code((code % WITH_UPPER) as u8);
            match builtin {
                builtin if code < WITH_UPPER => View::Leaf(leaf, builtin.map(Noted::Builtin)),
                None => View::Leaf(leaf, Some(Noted::Int(upper as i16))),
                Some(builtin) if upper & INDEX_MARK == 0 => {
                    View::Leaf(leaf, Some(Noted::Sized(builtin, upper)))
                }
                Some(builtin) => View::Item(leaf, builtin, upper & !INDEX_MARK),
            }
        } else {
            // SAFETY: without the mark the word is a box made by `boxed`, owned by `self`.
            View::Boxed(unsafe { self.0.cast::<Content>().as_ref() })
        }
    }

    /// What the box holds, if it is one.
    pub(super) fn boxed_mut(&mut self) -> Option<&mut Content> {
        // SAFETY: without the mark the word is a box made by `boxed`, owned by `self`.
        (!self.is_leaf()).then(|| unsafe { self.0.cast::<Content>().as_mut() })
    }

    /// What the word says, boxed or not, to be added to.
    pub(super) fn into_content(self) -> Box<Content> {
        let (leaf, got, place) = match self.view() {
            View::Leaf(leaf, got) => (leaf, got, None),
            View::Item(leaf, builtin, index) => {
                let place = Segment::index(usize::from(index));
                (leaf, Some(Noted::Builtin(builtin)), Some(place))
            }
            View::Boxed(_) => {
                let word = ManuallyDrop::new(self);
                // SAFETY: the word is a box made by `boxed`; `ManuallyDrop` keeps it from being
                // freed a second time.
                return unsafe { Box::from_raw(word.0.cast::<Content>().as_ptr()) };
            }
        };
        Box::new(Content::leaf(leaf, got, place))
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
