//! Counts the bytes that Rust holds. (Counts only what was really given: some tests ask for more
//! memory than there is.)

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering};

/// The system's allocator, and how much it gave.
pub struct Counting;

static BYTES: AtomicIsize = AtomicIsize::new(0);

/// How many bytes are held at this moment.
pub fn bytes() -> isize {
    BYTES.load(Ordering::Relaxed)
}

// SAFETY: every call goes to the system's allocator, which keeps the rules; counting allocates
// nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the rules of `alloc`, which are the system's.
        let given = unsafe { System.alloc(layout) };
        if !given.is_null() {
            BYTES.fetch_add(layout.size() as isize, Ordering::Relaxed);
        }
        given
    }

    unsafe fn dealloc(&self, given: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: the caller gives back what `alloc` gave, which was the system's.
        unsafe { System.dealloc(given, layout) }
    }
}
