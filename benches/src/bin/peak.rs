//! How much memory a conversion takes at its peak: numbers in a buffer, and a `Vec` of them. A
//! program of its own, since counting would slow down what the others measure.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use convert_core::prelude::*;

/// Counts what the Rust side holds.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

impl Counting {
    fn add(&self, bytes: usize) {
        let held = HELD.fetch_add(bytes, Ordering::Relaxed) + bytes;
        PEAK.fetch_max(held, Ordering::Relaxed);
    }

    fn subtract(&self, bytes: usize) {
        HELD.fetch_sub(bytes, Ordering::Relaxed);
    }
}

// SAFETY: the system's allocator does the work; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's word.
        let block = unsafe { System.alloc(layout) };
        if !block.is_null() {
            self.add(layout.size());
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's word.
        unsafe { System.dealloc(block, layout) };
        self.subtract(layout.size());
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's word.
        let block = unsafe { System.alloc_zeroed(layout) };
        if !block.is_null() {
            self.add(layout.size());
        }
        block
    }

    /// A block that grows may be copied: both are held for a while.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's word.
        let moved = unsafe { System.realloc(block, layout, size) };
        if !moved.is_null() {
            self.add(size);
            self.subtract(layout.size());
        }
        moved
    }
}

fn main() {
    /// Of the numbers in the array.
    const BYTES: usize = 100_000_000;
    Python::attach(|py| {
        let run = |code| py.run(code, None, None).expect("the code runs");
        run(c"import array, tracemalloc");
        // From bytes, so that there never was a list.
        run(c"numbers = array.array('d', bytes(100_000_000))");
        let array = py.eval(c"numbers", None, None).expect("it was made");
        run(c"tracemalloc.start()");
        let before = HELD.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let numbers: Vec<f64> = array.extract().expect("the array holds floats");
        let rust = PEAK.load(Ordering::Relaxed) - before;
        let python = py.eval(c"tracemalloc.get_traced_memory()[1]", None, None);
        let python: usize = python.and_then(|peak| Ok(peak.extract()?)).expect("it is an int");
        assert!(size_of_val(&*numbers) == BYTES, "every number is there");
        println!(
            "peak of Vec<f64> <- array 'd' of {BYTES} bytes: Rust {rust}, Python {python} bytes; \
             {:.3} copies",
            (rust + python) as f64 / BYTES as f64
        );
    });
}
