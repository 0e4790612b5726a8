//! Passes on which CPython this build is for.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
}
