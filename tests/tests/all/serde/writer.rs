//! `PyBytesWriter`: what is written is what the `bytes` holds, whatever the pieces.

use std::io::Write;

use convert_core::prelude::*;
use convert_tests::eval;
use serde_py::{PyBytesWriter, PyValue};

convert_tests::tests! {
    pieces,
    nothing_and_dropped,
    through_formats,
    writers_that_change_what_they_write,
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

/// A writer that runs Python code once it has been given so many bytes.
struct Attacking<'py> {
    attack: Bound<'py, PyAny>,
    after: usize,
    written: Vec<u8>,
}

impl Write for Attacking<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let before = self.written.len();
        self.written.extend(bytes);
        if (before..self.written.len()).contains(&self.after) {
            self.attack.call0().map_err(std::io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is written to may run Python code as well, unknown to who walks over the dict.
fn writers_that_change_what_they_write() {
    Python::attach(|py| {
        for attack in [
            "x.pop('a') or x.update(z=9)",
            "x.pop('c', 0) and x.update(z=9)",
            "x.update(a=x.pop('a'))",
            "x.clear()",
            "x.update(z=9)",
        ] {
            for after in 0..r#"{"a":1,"b":2,"c":3"#.len() {
                let names = PyDict::new(py).unwrap();
                let code = c"x = {'a': 1, 'b': 2, 'c': 3}";
                py.run(code, Some(&names), None).unwrap();
                let attack = std::ffi::CString::new(format!("lambda: ({attack})")).unwrap();
                let attack = py.eval(&attack, Some(&names), None).unwrap();
                let x = names.get_item("x").unwrap().unwrap();
                let mut writer = Attacking { attack, after, written: Vec::new() };
                let written = serde_json::to_writer(&mut writer, &PyValue::new(&x));
                // Before the first entry was looked at, it is what it is then.
                let whole = |text: &[u8]| {
                    serde_json::from_slice::<serde_json::Value>(text)
                        .is_ok_and(|value| value == serde_json::to_value(PyValue::new(&x)).unwrap())
                };
                match written {
                    Ok(()) => assert!(whole(&writer.written), "{after}: {:?}", writer.written),
                    Err(error) => {
                        let error = error.to_string();
                        assert!(error.contains("changed size while"), "{after}: {error}");
                    }
                }
            }
        }
    });
}
