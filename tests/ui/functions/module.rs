//! What no module that Python imports can be.

use convert_core::prelude::*;

#[pymodule]
struct NoModule;

#[pymodule(name = "my.module")]
mod dotted {}

#[pymodule(nam = "x", gil_used = 1)]
mod words {}

#[pymodule]
mod globs {
    #[pymodule_export]
    use super::functions::*;
    #[pymodule_export]
    use super::functions::double as twofold;
}

mod functions {
    use convert_core::prelude::*;

    #[pyfunction]
    pub fn double(x: i64) -> i64 {
        2 * x
    }
}

#[pymodule]
mod two_starts {
    use convert_core::prelude::*;

    #[pymodule_init]
    fn one(_: &Bound<'_, PyModule>) {}

    #[pymodule_init]
    fn two(_: &Bound<'_, PyModule>) {}
}

#[pymodule]
mod hidden {
    #[cfg_attr(all(), convert_core::pyfunction)]
    fn unseen() {}
}

#[pymodule]
fn nothing_given() {}

fn main() {}
