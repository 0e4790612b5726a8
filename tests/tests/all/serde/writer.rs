//! `PyBytesWriter`: what is written is what the `bytes` holds, whatever the pieces.

use std::collections::BTreeMap;
use std::io::Write;

use convert_core::prelude::*;
use convert_tests::eval;
use serde::Serialize;
use serde_py::{JsonFormatter, PyBytesWriter, PyValue};

convert_tests::tests! {
    pieces,
    nothing_and_dropped,
    through_formats,
    every_text,
    long_texts,
}

fn pieces() {
    Python::attach(|py| {
        // Around each size at which it grows, in pieces of every kind.
        for piece in [1, 7, 1023, 1024, 1025, 5000] {
            let mut writer = PyBytesWriter::new(py);
            let mut expected = Vec::new();
            for round in 0..40 {
                let bytes: Vec<u8> = (0..piece).map(|index| (index * 7 + round) as u8).collect();
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

/// A text as JSON, by sonic-rs with [`JsonFormatter`].
fn formatted(py: Python<'_>, text: &str) -> Vec<u8> {
    let mut json = sonic_rs::Serializer::with_formatter(PyBytesWriter::new(py), JsonFormatter);
    text.serialize(&mut json).unwrap();
    json.into_inner().finish().unwrap().as_bytes().to_vec()
}

fn every_text() {
    Python::attach(|py| {
        // Each byte at each place of texts of each length: whatever is copied together, and what is not.
        for length in 0..=50 {
            for place in 0..length {
                for byte in 0..128_u8 {
                    let mut text = vec![b'a'; length];
                    text[place] = byte;
                    let text = String::from_utf8(text).unwrap();
                    assert_eq!(formatted(py, &text), serde_json::to_vec(&text).unwrap());
                }
            }
        }
    });
}

fn long_texts() {
    const TEXT: &str = "[a-z\"\\\\é€😀\\x00-\\x7f]{0,300}";
    convert_tests::proptest!(|(text in TEXT, times in 1..100_usize)| {
        let text = text.repeat(times);
        let expected = serde_json::to_vec(&text).unwrap();
        Python::attach(|py| assert_eq!(formatted(py, &text), expected));
        // Into a writer of sonic-rs, as a key.
        let mut json = sonic_rs::Serializer::with_formatter(Vec::new(), JsonFormatter);
        BTreeMap::from([(&text, 1)]).serialize(&mut json).unwrap();
        assert_eq!(json.into_inner(), [b"{", &expected[..], b":1}"].concat());
    });
}
