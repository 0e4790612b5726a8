//! The same conversions of a thousand elements and of millions: does anything get worse? Against
//! the limit alone, as the largest take long; PyO3 takes its place where there is none.

use std::collections::HashMap;
use std::ffi::CString;
use std::hint::black_box;
use std::rc::Rc;

use convert_core::prelude::*;
use pyo3::IntoPyObject;
#[cfg(Py_LIMITED_API)]
use pyo3::prelude::{Bound as PyO3Bound, PyAnyMethods as _};
#[cfg(not(Py_LIMITED_API))]
use pyo3_ffi as ffi;

use super::case::Scene;
use super::limit::{FromObject, ToObject};
use crate::measure::{self, Contender, see};
use crate::report::{Kind, Report, Row, Table};

type Prepare = for<'py> fn(&Scene<'py>, usize) -> Vec<Contender<'py>>;

/// What is converted, at any size.
const SHAPES: [(&str, Prepare); 6] = [
    ("Vec<i64> <- list", |scene, size| extract::<Vec<i64>>(scene, &list(size))),
    ("&Vec<i64> -> list", |scene, size| into_py::<Vec<i64>>(scene, &list(size))),
    ("HashMap<String, i64> <- dict", |scene, size| {
        extract::<HashMap<String, i64>>(scene, &dict(size))
    }),
    ("&HashMap<String, i64> -> dict", |scene, size| {
        into_py::<HashMap<String, i64>>(scene, &dict(size))
    }),
    ("Vec<HashMap<String, Vec<i64>>> <- list", |scene, size| {
        extract::<Vec<HashMap<String, Vec<i64>>>>(scene, &nested(size))
    }),
    ("&Vec<HashMap<String, Vec<i64>>> -> list", |scene, size| {
        into_py::<Vec<HashMap<String, Vec<i64>>>>(scene, &nested(size))
    }),
];

fn list(size: usize) -> String {
    format!("[i * 37 for i in range({size})]")
}

fn dict(size: usize) -> String {
    format!("{{'key%09d' % i: i * 37 for i in range({size})}}")
}

/// Dicts of ten lists of ten ints each; the ints are what is counted.
fn nested(size: usize) -> String {
    format!(
        "[{{'k%d' % j: [i * 100 + j * 10 + k for k in range(10)] for j in range(10)}} \
         for i in range({size} // 100)]"
    )
}

/// Measures all shapes at 10^3, 10^4, … elements, and says how the ratios grow.
pub fn scaling(up_to: usize) -> Report {
    let sizes: Vec<usize> = std::iter::successors(Some(1000), |size| Some(size * 10))
        .take_while(|size| *size <= up_to)
        .collect();
    Scene::enter(|scene| {
        let mut report = Report::new("scaling");
        let mut table = Table::new(50);
        for (shape, prepare) in SHAPES {
            let first = report.cases.len();
            for size in &sizes {
                let mut contenders = prepare(scene, *size);
                let times = measure::times(&mut contenders);
                let times = contenders.iter().map(|contender| contender.name).zip(times);
                let name = format!("{shape}, 10^{}", size.ilog10());
                let row = Row::new(&name, Kind::Success, times);
                table.print(&row);
                report.push(row);
            }
            print_growth(shape, &sizes, &report.cases[first..]);
        }
        report
    })
}

/// One line: from the smallest to the largest, ours per element and against the others.
fn print_growth(shape: &str, sizes: &[usize], rows: &[Row]) {
    let ([first, .., last], [smallest, .., largest]) = (rows, sizes) else { return };
    let per_element = |row: &Row, size: &usize| row.times["ours"] / *size as f64;
    let (from, to) = (per_element(first, smallest), per_element(last, largest));
    let mut line = format!("  growth of {shape}: ours {from:.2} -> {to:.2} ns per element");
    for (name, ratio) in &first.ratios {
        let growth = last.ratios[name] / ratio;
        line += &format!("; ours/{name} {ratio:.2} -> {:.2}, x{growth:.2}", last.ratios[name]);
    }
    println!("{line}");
}

/// Making a `T` of an object. Nothing is leaked: it may be a gigabyte.
fn extract<'py, T>(scene: &Scene<'py>, expression: &str) -> Vec<Contender<'py>>
where
    T: for<'a> FromPyObject<'a, 'py> + FromObject + 'py,
    T: for<'a> pyo3::FromPyObject<'a, 'py>,
{
    let object = object(scene, expression);
    #[cfg(Py_LIMITED_API)]
    // SAFETY: a live object, and the thread is attached.
    let pyo3_object = unsafe { PyO3Bound::from_borrowed_ptr(scene.pyo3, object.as_ptr()) };
    #[cfg(not(Py_LIMITED_API))]
    let same = object.clone();
    Vec::from([
        Contender::new("ours", move || see(black_box(&object).extract::<T>())),
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a live object, and the thread stays attached.
        Contender::new("limit", move || see(unsafe { T::from_object(black_box(&same).as_ptr()) })),
        #[cfg(Py_LIMITED_API)]
        Contender::new("pyo3", move || see(black_box(&pyo3_object).extract::<T>())),
    ])
}

/// Making an object of a `T`, and dropping the object.
fn into_py<'py, T>(scene: &Scene<'py>, expression: &str) -> Vec<Contender<'py>>
where
    T: for<'a> FromPyObject<'a, 'py> + ToObject + 'py,
    for<'s> &'s T: IntoPy<'py> + IntoPyObject<'py>,
{
    let py = scene.py;
    let value = Rc::new(object(scene, expression).extract::<T>().expect("ours converts it"));
    #[cfg(not(Py_LIMITED_API))]
    let same = value.clone();
    #[cfg(Py_LIMITED_API)]
    let (pyo3, pyo3_value) = (scene.pyo3, value.clone());
    Vec::from([
        Contender::new("ours", move || see(black_box(&*value).into_py(py))),
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: attached; a new reference.
        Contender::new("limit", move || unsafe {
            ffi::Py_DECREF(black_box(black_box(&*same).to_object()));
        }),
        #[cfg(Py_LIMITED_API)]
        Contender::new("pyo3", move || see(black_box(&*pyo3_value).into_pyobject(pyo3))),
    ])
}

fn object<'py>(scene: &Scene<'py>, expression: &str) -> Bound<'py, PyAny> {
    let expression = CString::new(expression).expect("no NUL in the expression");
    scene.py.eval(&expression, None, None).expect("the expression is valid")
}
