//! Conversions: the cases.

mod limit;
mod records;

use std::hint::black_box;

use convert_core::prelude::*;
use pyo3::prelude::{Bound as PyO3Bound, PyAny as PyO3Any, PyAnyMethods as _};

use crate::measure;
use records::{PyO3Record, Record};

/// One case: the object to convert, as a Python expression, and the three ways to do it. Each
/// gives what can be compared; the cases of failure give whether it failed.
struct Case {
    name: &'static str,
    expression: &'static std::ffi::CStr,
    measure: fn(&Bound<'_, PyAny>, &PyO3Bound<'_, PyO3Any>) -> measure::Times,
}

/// Measures a conversion of `$expression`, after comparing what the three make of it: equal
/// values, or an error of each.
macro_rules! case {
    ($name:literal, $expression:expr, $type:ty, pyo3 $pyo3:ty, limit $limit:path) => {
        Case {
            name: $name,
            expression: $expression,
            measure: |object, pyo3_object| {
                let pointer = object.as_ptr();
                // SAFETY: the pointer is that of a live object, and the thread is attached.
                let expected = unsafe { $limit(pointer) }.ok();
                assert!(object.extract::<$type>().ok() == expected, "{}: ours differs", $name);
                let pyo3 = pyo3_object.extract::<$pyo3>().ok();
                assert!(pyo3.map(Into::into) == expected, "{}: PyO3 differs", $name);
                measure::times(
                    || see(black_box(object).extract::<$type>()),
                    // SAFETY: as above.
                    || see(unsafe { $limit(black_box(pointer)) }),
                    || see(black_box(pyo3_object).extract::<$pyo3>()),
                )
            },
        }
    };
}

/// Makes sure the result comes to be, where it is: moving it would be measured as well.
#[inline(always)]
fn see<T, E>(result: Result<T, E>) {
    match result {
        Ok(value) => {
            black_box(&value);
        }
        Err(error) => {
            black_box(&error);
        }
    }
}

const CASES: [Case; 5] = [
    case!("i64 <- int 7", c"7", i64, pyo3 i64, limit limit::to_i64),
    case!("String <- ASCII 10 B", c"'abcdefghij'", String, pyo3 String, limit limit::to_string),
    case!("Vec<i64> <- list 1000", c"[i * 37 for i in range(1000)]", Vec<i64>, pyo3 Vec<i64>, limit limit::to_vec),
    case!("struct of 10 <- dict", records::DICT, Record, pyo3 PyO3Record, limit limit::to_record),
    case!("i64 <- str, error dropped", c"'abc'", i64, pyo3 i64, limit limit::to_i64),
];

/// Measures the cases whose name contains `filter`, and prints them.
pub fn run(filter: &str) {
    Python::attach(|py| {
        let version = py.eval(c"__import__('sys').version.split()[0]", None, None);
        println!("CPython {}; ns per conversion, medians", version.expect("sys.version is a str"));
        println!(
            "{:<28} | {:>8} | {:>8} | {:>8} | {:>10} | {:>9}",
            "case", "ours ns", "limit ns", "pyo3 ns", "ours/limit", "ours/pyo3"
        );
        for case in CASES.iter().filter(|case| case.name.contains(filter)) {
            let object = py.eval(case.expression, None, None).expect("the expression is valid");
            let times = pyo3::Python::attach(|pyo3_py| {
                let pyo3_object =
                    pyo3_py.eval(case.expression, None, None).expect("the expression is valid");
                (case.measure)(&object, &pyo3_object)
            });
            println!(
                "{:<28} | {:>8.1} | {:>8.1} | {:>8.1} | {:>10.2} | {:>9.2}",
                case.name,
                times.ours,
                times.limit,
                times.pyo3,
                times.ours / times.limit,
                times.ours / times.pyo3,
            );
        }
    });
}
