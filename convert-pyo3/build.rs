//! Passes on which CPython this build is for, and lets the tests find its shared library.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_libpython_rpath_link_args();
    let python = pyo3_build_config::get().executable().unwrap_or("python3");
    println!("cargo::rustc-env=PYTHON_OF_THIS_BUILD={python}");
}
