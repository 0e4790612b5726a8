//! Text of every width into Python and out; C's strings; and text and bytes that stay in Python.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ffi::{CStr, CString};
use std::rc::Rc;
use std::sync::Arc;

use convert_core::prelude::*;
use convert_core::types::{PyBackedBytes, PyBackedStr};
use convert_tests::{eval, message, namespace, object, round_trip};
use proptest::prelude::*;

convert_tests::tests! {
    made_as_python_makes_it,
    read_without_a_trace,
    c_strings,
    c_strings_refused,
    backed_text,
    backed_bytes,
    backed_on_another_thread,
    backed_keys_are_found_by_text,
    backed_refused,
}

/// Texts of which no character is wider than one, two, three or four bytes of UTF-8, or of any: so
/// the string in Python has each width, and the widest character is anywhere.
fn texts() -> impl Strategy<Value = String> {
    let up_to = |last: char| proptest::collection::vec(proptest::char::range('\0', last), 0..40);
    prop_oneof![
        up_to('\x7f'),
        up_to('\u{ff}'),
        up_to('\u{7ff}'),
        up_to('\u{ffff}'),
        up_to('\u{10ffff}'),
        // ASCII but for one.
        (up_to('\x7f'), any::<char>(), up_to('\x7f')).prop_map(|(mut text, one, more)| {
            text.push(one);
            text.extend(more);
            text
        }),
    ]
    .prop_map(String::from_iter)
}

fn made_as_python_makes_it() {
    let names = Python::attach(|py| {
        let code = "
import sys
def check(made, utf8):
    expected = bytes(utf8).decode()
    assert type(made) is str
    assert made == expected and expected == made, (made, expected)
    assert hash(made) == hash(expected) and len(made) == len(expected)
    assert made.isascii() == expected.isascii()
    # Stored as narrow as can be, which comparing and hashing rely on.
    assert sys.getsizeof(made) <= sys.getsizeof(expected), (made, expected)
    assert {expected: 1}[made] == 1
    assert made + 'x' == expected + 'x' and made.upper() == expected.upper()
";
        namespace(py, code).unbind()
    });
    convert_tests::proptest!(|(text in texts())| {
        Python::attach(|py| {
            let check = PyDictMethods::get_item(names.bind(py), "check").unwrap().unwrap();
            let utf8 = PyBytes::new(py, text.as_bytes()).unwrap();
            let made = [
                text.as_str().into_py(py).unwrap(),
                (&text).into_py(py).unwrap(),
                Cow::Borrowed(text.as_str()).into_py(py).unwrap(),
                Box::<str>::from(text.as_str()).into_py(py).unwrap(),
                Rc::<str>::from(text.as_str()).into_py(py).unwrap(),
                Arc::<str>::from(text.as_str()).into_py(py).unwrap(),
                text.clone().into_py(py).unwrap(),
            ];
            for made in made {
                check.call1((made, &utf8)).unwrap();
            }
        });
    });
}

fn read_without_a_trace() {
    let names = Python::attach(|py| {
        let code = "
import sys
def fresh(utf8):
    # Joined, so that it is nobody else's.
    return ''.join(list(bytes(utf8).decode()))
";
        namespace(py, code).unbind()
    });
    convert_tests::proptest!(|(text in texts())| {
        Python::attach(|py| {
            let fresh = PyDictMethods::get_item(names.bind(py), "fresh").unwrap().unwrap();
            let utf8 = PyBytes::new(py, text.as_bytes()).unwrap();
            let size = |object: &Bound<'_, PyAny>| -> usize {
                let size = py.import("sys").unwrap().getattr("getsizeof").unwrap();
                size.call1((object,)).unwrap().extract().unwrap()
            };
            let object = fresh.call1((&utf8,)).unwrap();
            let before = size(&object);
            assert_eq!(object.extract::<String>().unwrap(), text);
            // No UTF-8 is cached with the object, where the memory is read directly. (A text of one
            // character of Latin-1 is shared by all.)
            let is_shared = text.chars().count() == 1;
            if cfg!(not(Py_LIMITED_API)) && !is_shared {
                assert_eq!(size(&object), before, "{text:?}");
            }
            assert_eq!(object.extract::<Box<str>>().unwrap().as_ref(), text);
            // Again, now that it may be cached.
            assert_eq!(object.extract::<String>().unwrap(), text);
            assert_eq!(object.extract::<Cow<'_, str>>().unwrap(), text);
            assert_eq!(object.extract::<PyBackedStr>().unwrap(), text.as_str());
            let first = text.chars().next();
            assert_eq!(object.extract::<char>().ok(), first.filter(|_| text.chars().count() == 1));
        });
    });
}

fn c_strings() {
    round_trip!("'abc'", c"abc".to_owned());
    round_trip!("''", CString::default());
    round_trip!("'d\\xe9j\\xe0 \\U0001f980'", c"déjà 🦀".to_owned());
    Python::attach(|py| {
        let object = eval(py, "'d\\xe9j\\xe0'");
        assert_eq!(object.extract::<Cow<'_, CStr>>().unwrap().as_ref(), c"déjà");
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        {
            assert_eq!(object.extract::<&CStr>().unwrap(), c"déjà");
            assert!(matches!(object.extract::<Cow<'_, CStr>>().unwrap(), Cow::Borrowed(_)));
        }
        let made = [
            c"déjà".into_py(py).unwrap(),
            Cow::Borrowed(c"déjà").into_py(py).unwrap(),
            (&Cow::Owned::<CStr>(c"déjà".to_owned())).into_py(py).unwrap(),
            Box::<CStr>::from(c"déjà").into_py(py).unwrap(),
            (&Box::<CStr>::from(c"déjà")).into_py(py).unwrap(),
        ];
        for made in made {
            assert!(made.as_any().eq(&object).unwrap());
        }
        let subclass = eval(py, "type('S', (str,), {'encode': None})('abc')");
        assert_eq!(subclass.extract::<CString>().unwrap().as_c_str(), c"abc");
    });
}

fn c_strings_refused() {
    let with_nul = "expected str without NUL, got \"a\\0b\"";
    assert_eq!(message::<CString>("'a\\0b'"), with_nul);
    assert_eq!(message::<CString>("'a\\0'"), "expected str without NUL, got \"a\\0\"");
    assert_eq!(message::<CString>("b'a'"), "expected str, got bytes");
    assert!(message::<CString>("'\\ud800'").starts_with("expected str without surrogates, got "));
    Python::attach(|py| {
        let object = eval(py, "'a\\0b'");
        let error = object.extract::<Cow<'_, CStr>>().unwrap_err();
        assert!(error.is_value());
        assert_eq!(error.to_string(), with_nul);
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        assert_eq!(object.extract::<&CStr>().unwrap_err().to_string(), with_nul);
        let error = c"a\xff".into_py(py).unwrap_err();
        assert_eq!(error.to_string(), "a C string that is not UTF-8 is no str");
        assert!(error.is_value());
    });
}

fn backed_text() {
    Python::attach(|py| {
        for expression in ["'abc' * 50", "'\\xe9' * 50", "'\\U0001f980' * 50", "''"] {
            let expected: String = eval(py, expression).extract().unwrap();
            let object = eval(py, expression);
            let text: PyBackedStr = object.extract().unwrap();
            // The only reference goes; the text stays.
            drop(object);
            py.run(c"[bytes(2000) for _ in range(2000)]", None, None).unwrap();
            assert_eq!(&*text, expected);
            assert_eq!(format!("{text} {text:?}"), format!("{expected} {expected:?}"));
            let again = text.clone_ref(py);
            drop(text);
            assert_eq!(again, expected.as_str());
            assert_eq!((&again).into_py(py).unwrap().extract::<String>().unwrap(), expected);
        }
        // It becomes the very object that it keeps, wherever that could be kept.
        let object = eval(py, "type('S', (str,), {})('text')");
        let text: PyBackedStr = object.extract().unwrap();
        let made = text.into_py(py).unwrap();
        assert_eq!(made.is(&object), cfg!(any(Py_3_10, not(Py_LIMITED_API))));
        assert_eq!(made.extract::<String>().unwrap(), "text");
        // The items of a list that gives them up.
        let list = eval(py, "[''.join(['é', str(n)]) for n in range(100)]");
        let texts: Vec<PyBackedStr> = list.extract().unwrap();
        list.call_method0("clear").unwrap();
        for (n, text) in texts.iter().enumerate() {
            assert_eq!(&**text, format!("é{n}"));
        }
    });
}

fn backed_bytes() {
    round_trip!("b'abc'", backed(b"abc"));
    round_trip!("b''", backed(b""));
    Python::attach(|py| {
        let list = eval(py, "[bytes([n]) * 50 for n in range(100)]");
        let all: Vec<PyBackedBytes> = list.extract().unwrap();
        list.call_method0("clear").unwrap();
        for (n, bytes) in all.iter().enumerate() {
            assert_eq!(**bytes, [n as u8; 50]);
        }
        let object = eval(py, "type('B', (bytes,), {'__bytes__': None})(b'abc')");
        let bytes: PyBackedBytes = object.extract().unwrap();
        assert_eq!(bytes, &b"abc"[..]);
        assert!((&bytes).into_py(py).unwrap().is(&object));
        assert!(bytes.into_py(py).unwrap().is(&object));
    });

    fn backed(bytes: &[u8]) -> PyBackedBytes {
        Python::attach(|py| PyBackedBytes::new(PyBytes::new(py, bytes).unwrap()))
    }
}

fn backed_on_another_thread() {
    let (texts, bytes) = Python::attach(|py| {
        let names = namespace(py, "texts = ['é' * n for n in range(50)]\nx = b'abc' * 100");
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        (
            get("texts").extract::<Vec<PyBackedStr>>().unwrap(),
            get("x").extract::<PyBackedBytes>().unwrap(),
        )
    });
    // Detached, and it is this thread that gives them up.
    let lengths = std::thread::spawn(move || {
        assert_eq!(bytes.len(), 300);
        texts.iter().map(|text| text.chars().filter(|it| *it == 'é').count()).sum::<usize>()
    });
    assert_eq!(lengths.join().unwrap(), 49 * 50 / 2);
    Python::attach(|_| ());
}

fn backed_keys_are_found_by_text() {
    Python::attach(|py| {
        let object = eval(py, "{'a': 1, 'é': 2, '🦀' * 30: 3}");
        let map: HashMap<PyBackedStr, i64> = object.extract().unwrap();
        let sorted: BTreeMap<PyBackedStr, i64> = object.extract().unwrap();
        drop(object);
        for (key, value) in [("a", 1), ("é", 2), (&"🦀".repeat(30), 3)] {
            assert_eq!((map[key], sorted[key]), (value, value));
        }
        assert_eq!(map.get("b"), None);
        assert!(sorted.keys().is_sorted());
        let bytes: HashMap<PyBackedBytes, i64> = eval(py, "{b'a': 1}").extract().unwrap();
        assert_eq!(bytes[&b"a"[..]], 1);
        assert_eq!((&map).into_py(py).unwrap().extract::<HashMap<String, i64>>().unwrap().len(), 3);
    });
}

fn backed_refused() {
    assert_eq!(message::<PyBackedStr>("b'a'"), "expected str, got bytes");
    assert_eq!(message::<PyBackedBytes>("'a'"), "expected bytes, got str");
    // What may change cannot be borrowed.
    assert_eq!(message::<PyBackedBytes>("bytearray(b'a')"), "expected bytes, got bytearray");
    assert_eq!(message::<PyBackedBytes>("memoryview(b'a')"), "expected bytes, got memoryview");
    assert_eq!(
        message::<PyBackedStr>("'a\\ud800'"),
        "expected str without surrogates, got \"\\ud800\" at index 1"
    );
    assert_eq!(
        message::<Vec<PyBackedStr>>("['a', 5, None]"),
        "2 errors\n  [1]: expected str, got int\n  [2]: expected str, got None"
    );
    Python::attach(|py| {
        let object = object(py, "x = ''.join(['a', '\\ud800'])");
        let count = |object: &Bound<'_, PyAny>| -> usize {
            let count = py.import("sys").unwrap().getattr("getrefcount").unwrap();
            count.call1((object,)).unwrap().extract().unwrap()
        };
        let before = count(&object);
        assert!(object.extract::<PyBackedStr>().is_err());
        assert_eq!(count(&object), before);
    });
}
