//! Arrays and scalars of the real NumPy, which `cargo xtask test` installs, are what their
//! `tolist()` is.

#![forbid(unsafe_code)]

use convert_core::prelude::*;
use convert_tests::object;
use serde_py::{PyValue, from_object};

/// What `tolist()` says of it, as `json` has it.
const OBJECTS: &[&str] = &[
    "np.arange(5)",
    "np.zeros((2, 3), dtype='f4')",
    "np.array([[[1, 2]], [[3, 4]]], dtype='u1')[::-1]",
    "np.array(7)",
    "np.array([])",
    "np.zeros((2, 0, 3))",
    "np.zeros((0, 2))",
    "np.array([-1, 2**31 - 1], dtype='>i4')",
    "np.arange(24, dtype='u2').reshape(2, 3, 4).transpose(2, 0, 1)[::2, ::-1]",
    "np.array([0, 2**64 - 1], dtype='u8')",
    "np.array([1, -1], dtype='i1')",
    "np.array([0.1, 65504], dtype='f2')",
    "np.array([0.1, 3e38], dtype='f4')",
    "np.broadcast_to(np.int64(7), (2, 2))",
    "np.array(['2024-05-17', 'NaT'], dtype='M8[D]').astype('i8')",
    "np.ma.array([1, 2], mask=[False, True])",
    "np.array([1, 2], dtype=[('a', 'i4')][0][1]).view(type('Sub', (np.ndarray,), {'tolist': lambda self: 'mine'}))",
    "np.array([True, False])",
    "np.array(['a', 'é'])",
    "np.array([1, None, 'x'], dtype=object)",
    "np.array([0.1, 1e300], dtype='>f8')",
    "np.asfortranarray(np.arange(6).reshape(2, 3))",
    "np.ma.array([1, 2])",
    "[np.int8(-1), np.uint64(2**64 - 1), np.float32(0.5), np.float64(0.1), np.bool_(True)]",
    "{'nested': np.arange(3), 'scalar': np.int64(7)}",
    "np.str_('text')",
];

#[test]
fn as_tolist_says() {
    Python::attach(|py| {
        for made in OBJECTS {
            let object = object(py, &format!("import numpy as np\nx = {made}"));
            let default =
                "import json\ndef x(o): return json.dumps(o, default=lambda o: o.tolist())";
            let expected = self::object(py, default).call1((&object,)).unwrap();
            let loads = py.import("json").unwrap().getattr("loads").unwrap();
            let expected = loads.call1((expected,)).unwrap();
            let written = serde_json::to_string(&PyValue::new(&object)).unwrap();
            assert!(loads.call1((&written,)).unwrap().eq(&expected).unwrap(), "{made}: {written}");
            let value: serde_json::Value = from_object(&object).unwrap();
            let again = serde_py::to_object(py, &value).unwrap();
            assert!(again.eq(&expected).unwrap(), "{made}: {again}");
        }
    });
}

#[test]
fn as_values_of_types() {
    Python::attach(|py| {
        let array = |made| object(py, &format!("import numpy as np\nx = {made}"));
        let rows: Vec<[f32; 2]> = from_object(&array("np.array([[1, 2], [3, 4]])")).unwrap();
        assert_eq!(rows, [[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(from_object::<u8>(&array("np.uint8(200)")).unwrap(), 200);
        let error = from_object::<Vec<u8>>(&array("np.array([1, 300])")).unwrap_err();
        assert_eq!(error.to_string(), "[1]: expected int in 0..=255, got 300");
        let complex = serde_json::to_string(&PyValue::new(&array("np.array([1j])"))).unwrap_err();
        assert_eq!(complex.to_string(), "[0]: expected what serde can carry, got complex");
        // An array of numbers is no list, but its places are told of all the same.
        let array = array("np.array([[1, 2], [np.nan, 4]])");
        let options = serde_py::Options::new().non_finite(serde_py::NonFinite::Refused);
        let error = serde_json::to_string(&options.value(&array)).unwrap_err();
        assert_eq!(error.to_string(), "[1][0]: expected finite float, got nan");
    });
}
