//! Converts data of a depth that no stack holds, with Python's recursion limit out of the way.

use convert_core::exceptions::PyRecursionError;
use convert_core::prelude::*;
use convert_tests::object;

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Nested {
    inner: Vec<Nested>,
}

fn main() {
    let convert = || {
        Python::attach(|py| {
            let nested = object(
                py,
                "
import sys
sys.setrecursionlimit(10**9 if sys.version_info < (3, 12) else 10**6)
x = {}
x['inner'] = [x]",
            );
            let Err(error) = nested.extract::<Nested>() else { panic!("a cycle has no end") };
            assert!(PyErr::from(error).is_instance_of::<PyRecursionError>(py));
        });
    };
    convert();
    for stack in [512 << 10, 2 << 20, 16 << 20] {
        let thread = std::thread::Builder::new().stack_size(stack).spawn(convert);
        thread.expect("a thread can be started").join().expect("it does not panic");
    }
}
