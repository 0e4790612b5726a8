//! Passes on which CPython this build is for, and lets the tests find its shared library.

use std::env;
use std::process::{Command, Stdio};

use pyo3_build_config::{GilUsed, PythonAbiKind, PythonImplementation};

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_libpython_rpath_link_args();
    let config = pyo3_build_config::get();
    let python = config.executable();
    println!("cargo::rustc-env=PYTHON_OF_THIS_BUILD={}", python.unwrap_or("python3"));

    // `src/layout` reads memory directly where it knows the layout, and only there.
    println!("cargo::rustc-check-cfg=cfg(direct_layouts)");
    let version = config.version();
    let known = config.implementation() == PythonImplementation::CPython
        && version.major == 3
        && (9..=13).contains(&version.minor)
        && config.target_abi().kind() == PythonAbiKind::VersionSpecific(GilUsed::GilEnabled)
        && target("POINTER_WIDTH", "64")
        && target("ENDIAN", "little");
    // Functions of CPython's own that do what no public one does.
    for (name, function) in [
        ("presized_dicts", "_PyDict_NewPresized"),
        ("set_entries", "_PySet_NextEntry"),
        ("type_lookup", "_PyType_Lookup"),
        ("optional_attributes", "_PyObject_LookupAttr"),
    ] {
        println!("cargo::rustc-check-cfg=cfg({name})");
        if known && python.is_some_and(|python| exports(python, function)) {
            println!("cargo::rustc-cfg={name}");
        }
    }
    if known {
        println!("cargo::rustc-cfg=direct_layouts");
    }
}

/// Whether the interpreter lets others call a function of its own. It is asked itself; where it is
/// that of another machine, or does not run here, the answer is no.
fn exports(python: &str, function: &str) -> bool {
    if env::var_os("HOST") != env::var_os("TARGET") {
        return false;
    }
    let question = format!("import ctypes; ctypes.pythonapi.{function}");
    let mut command = Command::new(python);
    command.args(["-c", &question]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn target(property: &str, value: &str) -> bool {
    env::var(format!("CARGO_CFG_TARGET_{property}")).is_ok_and(|is| is == value)
}
