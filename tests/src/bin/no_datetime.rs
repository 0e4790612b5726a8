//! Dates in an interpreter that cannot import `_datetime`, then in one that again can.

use std::panic;

use convert_core::PyTypeInfo;
use convert_core::exceptions::PyImportError;
use convert_core::prelude::*;
use convert_tests::{eval, namespace};

fn main() {
    Python::attach(|py| {
        let names = namespace(
            py,
            "
import sys
kept = {name: sys.modules.pop(name, None) for name in ('_datetime', 'datetime')}
sys.modules['_datetime'] = None
import datetime
date = datetime.date(2020, 1, 2)
",
        );
        let date = PyDictMethods::get_item(&names, "date").unwrap().unwrap();
        for _ in 0..2 {
            let errors = [
                PyDate::new(py, 2020, 1, 2).map(drop),
                PyDateTime::new(py, 2020, 1, 2, 3, 4, 5, 6, None).map(drop),
                PyTime::new(py, 1, 2, 3, 4, None).map(drop),
                PyDelta::new(py, 1, 2, 3, true).map(drop),
                PyTzInfo::utc(py).map(drop),
                PyTzInfo::fixed_offset(py, 60).map(drop),
            ];
            for error in errors.map(Result::unwrap_err) {
                assert!(error.is_instance_of::<PyImportError>(py), "{error}");
            }
            assert!(!date.is_instance_of::<PyDate>() && !date.is_exact_instance_of::<PyDate>());
            assert!(PyErr::take(py).is_none());
        }
        let error = date.cast::<PyDate>().unwrap_err();
        assert_eq!(error.to_string(), "expected date, got date");
        assert!(panic::catch_unwind(|| PyDate::type_object(py).as_ptr()).is_err());

        eval(py, "[__import__('sys').modules.pop(name) for name in ('_datetime', 'datetime')]");
        let date = eval(py, "__import__('datetime').date(2020, 1, 2)");
        assert!(date.is_exact_instance_of::<PyDate>());
        assert!(PyDate::new(py, 2020, 1, 2).unwrap().eq(&date).unwrap());
    });
}
