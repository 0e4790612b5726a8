//! What goes over the bridge arrives whole: identity, references, exceptions, attachment.

use std::thread;

use convert_core::prelude::*;
use convert_pyo3::{Convert, IntoConvert, IntoPyo3, Pyo3};
use pyo3::types::{PyAnyMethods as _, PyDictMethods as _, PyListMethods as _};

/// Runs on a thread of PyO3's own attachment, with PyO3's token.
fn with_pyo3<R>(f: impl FnOnce(pyo3::Python<'_>) -> R) -> R {
    Python::initialize();
    pyo3::Python::attach(f)
}

fn with_convert<R>(f: impl FnOnce(Python<'_>) -> R) -> R {
    Python::initialize();
    Python::attach(f)
}

/// How many references there are, and those that the question takes.
fn count(object: &pyo3::Bound<'_, pyo3::PyAny>) -> isize {
    let sys = object.py().import("sys");
    sys.and_then(|sys| sys.call_method1("getrefcount", (object,))?.extract()).unwrap()
}

#[test]
fn a_reference_is_the_same_object_and_counts_once() {
    with_pyo3(|py| {
        let list = pyo3::types::PyList::new(py, [1, 2]).unwrap();
        let any = list.clone().into_any();
        let before = count(&any);

        let ours: Bound<'_, PyList> = list.clone().into_convert();
        assert_eq!((ours.as_ptr(), count(&any)), (list.as_ptr(), before + 1));
        let kept: Py<PyList> = ours.clone().unbind();
        let theirs: pyo3::Py<pyo3::types::PyList> = kept.into_pyo3();
        assert_eq!((theirs.as_ptr(), count(&any)), (list.as_ptr(), before + 2));
        let back: Py<PyList> = theirs.into_convert();
        drop(back);
        let again: pyo3::Bound<'_, pyo3::types::PyList> = ours.into_pyo3();
        assert!(again.is(&list));
        drop(again);
        assert_eq!(count(&any), before);

        let borrowed: Borrowed<'_, '_, PyAny> = (&any).into_convert();
        let back: pyo3::Borrowed<'_, '_, pyo3::PyAny> = borrowed.into_pyo3();
        assert_eq!((back.as_ptr(), count(&any)), (any.as_ptr(), before));
        let owned: Bound<'_, PyAny> = borrowed.to_owned();
        assert_eq!((&owned).into_pyo3().as_ptr(), any.as_ptr());
    });
}

#[test]
fn native_types_stay_what_they_are() {
    with_pyo3(|py| {
        let dict = pyo3::types::PyDict::new(py);
        let ours = (&dict).into_convert();
        PyAnyMethods::set_item(ours.as_any(), "a", 1).unwrap();
        assert_eq!(dict.get_item("a").unwrap().unwrap().extract::<i32>().unwrap(), 1);
        let text: Bound<'_, PyString> = pyo3::types::PyString::new(py, "é").into_convert();
        assert_eq!(text.to_string_lossy(), "é");
        let none: Bound<'_, PyNone> = pyo3::types::PyNone::get(py).to_owned().into_convert();
        assert!(none.is_none());
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn dates_stay_dates() {
    with_pyo3(|py| {
        let date: Bound<'_, PyDate> =
            pyo3::types::PyDate::new(py, 2024, 2, 29).unwrap().into_convert();
        assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
        assert_eq!(date.into_pyo3().to_string(), "2024-02-29");
    });
}

#[test]
fn an_exception_keeps_what_it_has() {
    with_pyo3(|py| {
        let raised = py.run(
            c"
def fail():
    try:
        {}['key']
    except KeyError as cause:
        error = ValueError('no')
        error.detail = 7
        raise error from cause
fail()",
            None,
            None,
        );
        let error = raised.unwrap_err();
        let object = error.value(py).clone();
        let back: pyo3::PyErr = error.into_convert().into_pyo3();
        assert!(back.value(py).is(&object));
        assert!(back.traceback(py).is_some());
        assert!(back.cause(py).unwrap().is_instance_of::<pyo3::exceptions::PyKeyError>(py));
        assert_eq!(object.getattr("detail").unwrap().extract::<i32>().unwrap(), 7);
    });
}

#[test]
fn an_error_that_nobody_asked_about_becomes_an_exception() {
    with_pyo3(|py| {
        let list = py.eval(c"[1, 'x', None]", None, None).unwrap();
        let error: PyResult<Vec<i64>> = list.into_convert().extract().map_err(PyErr::from);
        let error: pyo3::PyErr = error.into_pyo3().unwrap_err();
        assert!(error.is_instance_of::<pyo3::exceptions::PyTypeError>(py));
        let value = error.value(py);
        assert_eq!(value.getattr("loc").unwrap().to_string(), "(1,)");
        assert_eq!(value.getattr("errors").unwrap().len().unwrap(), 2);
        // What PyO3 makes lazily arrives too.
        let lazy: PyErr = pyo3::exceptions::PyOSError::new_err((2, "gone")).into_convert();
        assert_eq!(lazy.to_string(), "FileNotFoundError: [Errno 2] gone");
    });
}

#[test]
fn a_new_exception_knows_which_one_was_being_handled() {
    #[pyo3::pyfunction]
    fn refuse() -> pyo3::PyResult<()> {
        Err(convert_core::exceptions::PyValueError::new_err("no")).into_pyo3()
    }
    with_pyo3(|py| {
        let names = pyo3::types::PyDict::new(py);
        names.set_item("refuse", pyo3::wrap_pyfunction!(refuse, py).unwrap()).unwrap();
        let code = c"
try:
    {}['key']
except KeyError:
    try:
        refuse()
    except ValueError as error:
        context = type(error.__context__).__name__";
        py.run(code, Some(&names), None).unwrap();
        assert_eq!(names.get_item("context").unwrap().unwrap().to_string(), "KeyError");
    });
}

#[test]
fn each_library_attaches_inside_the_other() {
    with_convert(|py| {
        pyo3::Python::attach(|_| {
            Python::attach(|py| {
                py.into_pyo3().detach(|| {
                    Python::attach(|_| pyo3::Python::attach(|_| ()));
                })
            })
        });
        py.detach(|| pyo3::Python::attach(|py| py.detach(|| Python::attach(|_| ()))));
        assert!(py.eval(c"1 + 1", None, None).is_ok());
    });
}

/// PyO3 touches objects where it believes the thread to be attached, so it has to know.
#[test]
fn pyo3_knows_when_convert_core_detaches() {
    const ROUNDS: usize = 2000;
    let work = || {
        for _ in 0..ROUNDS {
            with_pyo3(|py| {
                let shared = pyo3::types::PyList::new(py, [1]).unwrap();
                let alone = count(shared.as_any());
                let kept = shared.clone().unbind();
                py.into_convert().detach(move || {
                    // Attaches anew: nobody else may run meanwhile.
                    pyo3::Python::attach(|py| kept.bind(py).append(2).unwrap());
                    drop(kept);
                });
                assert_eq!(shared.len(), 2);
                assert_eq!(count(shared.as_any()), alone);
            });
        }
    };
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(work)).collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn references_cross_threads() {
    let (ours, theirs) = with_pyo3(|py| {
        let theirs = pyo3::types::PyList::empty(py).into_any();
        ((&theirs).into_convert().to_owned().unbind(), theirs.unbind())
    });
    let (ours, theirs) = thread::spawn(move || (ours.into_pyo3(), theirs.into_convert()))
        .join()
        .expect("no panic where nothing is attached");
    with_pyo3(|py| {
        assert_eq!(ours.as_ptr(), theirs.as_ptr());
        let object = theirs.bind(py.into_convert()).into_pyo3();
        let before = count(&object);
        drop(ours);
        assert_eq!(count(&object), before - 1);
    });
    drop(theirs);
}

#[derive(FromPyObject, IntoPy, Debug, Clone, PartialEq)]
struct Point {
    x: i64,
    y: i64,
}

/// A derive of PyO3 around one of convert-core.
#[derive(pyo3::FromPyObject)]
struct Shape {
    #[pyo3(item)]
    points: Vec<Convert<Point>>,
}

#[pyo3::pyclass(from_py_object)]
#[derive(Clone)]
struct Counter(i64);

#[derive(FromPyObject)]
enum Start {
    Counter(Pyo3<Counter>),
    Number(i64),
}

#[test]
fn values_of_the_one_stand_in_types_of_the_other() {
    with_pyo3(|py| {
        let shape = py.eval(c"{'points': [{'x': 1, 'y': 2}]}", None, None).unwrap();
        let Shape { points } = shape.extract().unwrap();
        assert_eq!(points[0].0, Point { x: 1, y: 2 });
        let object = pyo3::IntoPyObject::into_pyobject(points[0].clone(), py).unwrap();
        assert_eq!(object.to_string(), "{'x': 1, 'y': 2}");

        let counter = pyo3::Bound::new(py, Counter(5)).unwrap().into_any();
        let start = |object: pyo3::Bound<'_, pyo3::PyAny>| {
            PyAnyMethods::extract::<Start>(&object.into_convert()).map(|start| match start {
                Start::Counter(counter) => counter.0.0,
                Start::Number(number) => -number,
            })
        };
        assert_eq!(start(counter).unwrap(), 5);
        assert_eq!(start(py.eval(c"3", None, None).unwrap()).unwrap(), -3);
        let error = start(py.eval(c"'x'", None, None).unwrap()).unwrap_err();
        assert!(error.to_string().contains("(variant Counter): "), "{error}");
    });
}

#[test]
fn what_pyo3_made_of_a_panic_goes_on_panicking() {
    #[pyo3::pyfunction]
    fn shout() {
        panic!("aloud");
    }
    let caught = std::panic::catch_unwind(|| {
        with_pyo3(|py| {
            let shout = pyo3::wrap_pyfunction!(shout, py).unwrap().into_any();
            let error = shout.into_convert().call_objects(&[], None).unwrap_err();
            assert_eq!(
                error.get_type(py.into_convert()).to_string(),
                "<class 'pyo3_runtime.PanicException'>"
            );
            drop(error.into_pyo3());
        })
    });
    assert_eq!(caught.unwrap_err().downcast_ref::<String>().map(|text| &**text), Some("aloud"));
}
