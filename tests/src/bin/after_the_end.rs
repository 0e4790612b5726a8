//! Drops references, and asks for the interpreter, after the interpreter's end.

use convert_core::prelude::*;

fn main() {
    let (kept, error) = Python::attach(|py| {
        let object: Py<PyAny> = vec![1, 2, 3].into_py(py).expect("memory").unbind();
        let error = py.eval(c"1 / 0", None, None).expect_err("a division by zero");
        (object, error)
    });
    let elsewhere = Python::attach(|py| kept.clone_ref(py));
    // SAFETY: attached for the call, on the thread that started the interpreter; nothing of Python
    // is used afterwards but through this library.
    unsafe {
        pyo3_ffi::PyGILState_Ensure();
        assert_eq!(pyo3_ffi::Py_FinalizeEx(), 0);
    }
    println!("{error:?}");
    drop(kept);
    drop(error);
    std::thread::spawn(move || drop(elsewhere)).join().expect("dropping does not panic");
    assert!(Python::try_attach(|_| ()).is_none());
    std::panic::set_hook(Box::new(|panic| println!("{panic}")));
    assert!(std::panic::catch_unwind(|| Python::attach(|_| ())).is_err());
}
