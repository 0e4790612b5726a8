//! The smallest module of use: how large it is.

use convert_core::prelude::*;

#[pymodule]
mod hello_ours {
    use convert_core::prelude::*;

    #[pyfunction]
    fn hello(name: &str) -> String {
        format!("Hello, {name}!")
    }
}
