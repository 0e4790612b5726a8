//! `PyBytesWriter`: what is written is what the `bytes` holds, whatever the pieces.

use std::io::Write;

use convert_core::prelude::*;
use convert_tests::eval;
use serde_py::{PyBytesWriter, PyValue};

convert_tests::tests! {
    pieces,
    nothing_and_dropped,
    through_formats,
}

fn pieces() {
    Python::attach(|py| {
        // Each short length, and those around each size at which it grows.
        for piece in (1..70).chain([1023, 1024, 1025, 5000]) {
            let mut writer = PyBytesWriter::new(py);
            let mut expected = Vec::new();
            for round in 0..40 {
                let bytes: Vec<u8> =
                    (0..piece).map(|index| (index * 7 + round * 11) as u8).collect();
                writer.write_all(&bytes).unwrap();
                assert_eq!(writer.write(&[]).unwrap(), 0);
                expected.extend(bytes);
                assert_eq!(writer.len(), expected.len());
            }
            let bytes = writer.finish().unwrap();
            assert_eq!(bytes.as_bytes(), expected);
            // It is a bytes like any other.
            assert!(bytes.eq(expected.as_slice()).unwrap());
            assert_eq!(
                bytes.hash().unwrap(),
                expected.as_slice().into_py(py).unwrap().hash().unwrap()
            );
        }
    });
}

fn nothing_and_dropped() {
    Python::attach(|py| {
        assert!(PyBytesWriter::new(py).finish().unwrap().as_bytes().is_empty());
        let mut writer = PyBytesWriter::new(py);
        assert!(writer.is_empty());
        writer.write_all(&[7; 100_000]).unwrap();
        drop(writer);
    });
}

fn through_formats() {
    Python::attach(|py| {
        let text =
            "{'é': [1, -2.5, True, None, 'x' * 3000, '\\n\\u20ac'], 'big': list(range(2000))}";
        let object = eval(py, text);
        let expected = serde_json::to_vec(&PyValue::new(&object)).unwrap();
        let mut writer = PyBytesWriter::new(py);
        serde_json::to_writer(&mut writer, &PyValue::new(&object)).unwrap();
        assert_eq!(writer.finish().unwrap().as_bytes(), expected);
        let mut writer = PyBytesWriter::new(py);
        sonic_rs::to_writer(&mut writer, &PyValue::new(&object)).unwrap();
        assert_eq!(writer.finish().unwrap().as_bytes(), expected);
    });
}
