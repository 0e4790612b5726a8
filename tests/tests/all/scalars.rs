//! Ints, floats, bools, characters and text: values at every edge, against Python's own answer.

use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

convert_tests::tests! {
    i8_edges,
    i16_edges,
    i32_edges,
    i64_edges,
    i128_edges,
    isize_edges,
    u8_edges,
    u16_edges,
    u32_edges,
    u64_edges,
    u128_edges,
    usize_edges,
    ints_in_bulk_are_read_as_one_by_one,
    ints_accept_what_has_index,
    what_is_no_int,
    an_index_that_raises_or_lies,
    floats,
    bools,
    text_of_every_width,
    characters,
    surrogates_are_an_error_not_a_loss,
    what_is_no_text,
}

/// Every int next to a power of two, of both signs: wherever a digit or a type ends.
const EDGES: &str =
    "sorted({s * (2**k + d) for k in range(132) for d in (-2, -1, 0, 1, 2) for s in (1, -1)})";

macro_rules! int_edges {
    ($($test:ident: $type:ident;)*) => { $(
                fn $test() {
            Python::attach(|py| {
                for int in eval(py, EDGES).try_iter().unwrap() {
                    let int = int.unwrap();
                    // Python's decimal digits, parsed by Rust, say what the value is and whether
                    // it fits.
                    let digits = int.to_string();
                    match (digits.parse::<$type>(), int.extract::<$type>()) {
                        (Ok(expected), Ok(value)) => {
                            assert_eq!(value, expected);
                            assert!(value.into_py(py).unwrap().into_any().eq(&int).unwrap());
                            assert!((&value).into_py(py).unwrap().into_any().eq(&int).unwrap());
                        }
                        (Err(_), Err(error)) => {
                            assert!(error.is_out_of_range(), "{digits}: {error}");
                            assert!(error.to_string().ends_with(&format!(", got {digits}"))
                                || error.to_string().contains("an int of"), "{error}");
                        }
                        (expected, got) => panic!("{digits}: {expected:?}, but {got:?}"),
                    }
                }
            });
        }
    )* };
}

int_edges! {
    i8_edges: i8; i16_edges: i16; i32_edges: i32; i64_edges: i64; i128_edges: i128; isize_edges: isize;
    u8_edges: u8; u16_edges: u16; u32_edges: u32; u64_edges: u64; u128_edges: u128; usize_edges: usize;
}

fn ints_in_bulk_are_read_as_one_by_one() {
    Python::attach(|py| {
        let fitting = eval(py, &format!("[i for i in {EDGES} if -2**63 <= i < 2**63]"));
        let one_by_one: Vec<i64> =
            fitting.try_iter().unwrap().map(|int| int.unwrap().extract().unwrap()).collect();
        assert_eq!(fitting.extract::<Vec<i64>>().unwrap(), one_by_one);
        assert_eq!(
            eval(py, "[2**131, 5]").extract::<Vec<i64>>().unwrap_err().to_string(),
            format!("[0]: expected int in {}..={}, got an int of 132 bits", i64::MIN, i64::MAX)
        );
    });
}

fn ints_accept_what_has_index() {
    Python::attach(|py| {
        let index = "
class Index:
    def __index__(self): return 2**40
class Sub(int):
    def __int__(self): return 0
    def __index__(self): return 0
";
        assert_eq!(object(py, &format!("{index}x = Index()")).extract::<i64>().unwrap(), 1 << 40);
        assert_eq!(object(py, &format!("{index}x = Sub(7)")).extract::<i64>().unwrap(), 7);
        assert_eq!(
            object(py, &format!("{index}x = Sub(2**100)")).extract::<i128>().unwrap(),
            1 << 100
        );
        assert_eq!(eval(py, "True").extract::<u8>().unwrap(), 1);
        assert_eq!(
            object(py, &format!("{index}x = [Index()]"))
                .extract::<Vec<i32>>()
                .unwrap_err()
                .to_string(),
            "[0]: expected int in -2147483648..=2147483647, got 1099511627776"
        );
    });
}

fn what_is_no_int() {
    assert_eq!(message::<i64>("'7'"), "expected int, got str");
    assert_eq!(message::<i64>("7.0"), "expected int, got float");
    assert_eq!(message::<i64>("None"), "expected int, got None");
    assert_eq!(message::<u128>("object()"), "expected int, got object");
    assert_eq!(message::<i8>("[1]"), "expected int, got list");
    assert_eq!(message::<u8>("10**5000"), "expected int in 0..=255, got an int of 16610 bits");
}

fn an_index_that_raises_or_lies() {
    Python::attach(|py| {
        let raises = object(
            py,
            "
class X:
    def __index__(self): raise KeyError('mine')
x = X()",
        );
        let error = PyErr::from(raises.extract::<i64>().unwrap_err());
        assert_eq!(error.to_string(), "KeyError: 'mine'");
        let lies = object(
            py,
            "
class X:
    def __index__(self): return 'no'
x = X()",
        );
        let error = PyErr::from(lies.extract::<i64>().unwrap_err());
        assert!(error.is_instance_of::<convert_core::exceptions::PyTypeError>(py), "{error}");
    });
}

fn floats() {
    for value in [0.0, -0.0, 1.5, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY, -1e300] {
        let expression = format!("float('{value:e}')");
        Python::attach(|py| {
            let got: f64 = eval(py, &expression).extract().unwrap();
            assert_eq!(got.to_bits(), value.to_bits());
            let back: f64 = value.into_py(py).unwrap().extract().unwrap();
            assert_eq!(back.to_bits(), value.to_bits());
        });
    }
    Python::attach(|py| {
        assert!(eval(py, "float('nan')").extract::<f64>().unwrap().is_nan());
        // Ints are rounded as Python rounds them.
        for int in eval(py, EDGES).try_iter().unwrap() {
            let int = int.unwrap();
            let expected: f64 = int.call_method0("__float__").unwrap().extract().unwrap();
            assert_eq!(int.extract::<f64>().unwrap(), expected, "{int}");
        }
        assert_eq!(eval(py, "__import__('decimal').Decimal('2.5')").extract::<f64>().unwrap(), 2.5);
        assert_eq!(eval(py, "[1, 2.5, True]").extract::<Vec<f64>>().unwrap(), [1.0, 2.5, 1.0]);
    });
    assert_eq!(message::<f64>("'1.5'"), "expected float, got str");
    assert_eq!(
        message::<f64>("10**400"),
        "expected int in the range of a float, got an int of 1329 bits"
    );
    assert_eq!(message::<f32>("1e39"), "expected float in the range of f32, got 1e+39");
    round_trip!("0.5", 0.5f32);
    Python::attach(|py| {
        assert_eq!(eval(py, "float('inf')").extract::<f32>().unwrap(), f32::INFINITY);
        assert_eq!(eval(py, "0.1").extract::<f32>().unwrap(), 0.1f32);
    });
}

fn bools() {
    round_trip!("True", true);
    round_trip!("False", false);
    assert_eq!(message::<bool>("1"), "expected bool, got int");
    assert_eq!(message::<bool>("[]"), "expected bool, got list");
    assert_eq!(message::<Vec<bool>>("[True, 0]"), "[1]: expected bool, got int");
}

/// Texts of every width that CPython stores, and what lies at their edges.
const TEXTS: [&str; 9] = [
    "",
    "a",
    "abcdefghij",
    "\0nul",
    "déjà vu",
    "Привет",
    "日本語",
    "🦀 mixed é",
    "\u{10ffff}\u{ffff}",
];

fn text_of_every_width() {
    Python::attach(|py| {
        for text in TEXTS {
            // Made by Python from an ASCII literal.
            let escaped: String =
                text.chars().map(|character| format!("\\U{:08x}", character as u32)).collect();
            let object = eval(py, &format!("'{escaped}'"));
            assert_eq!(object.extract::<String>().unwrap(), text);
            // Again, now that the object may have its UTF-8 cached.
            assert_eq!(object.extract::<String>().unwrap(), text);
            assert_eq!(&*object.extract::<Box<str>>().unwrap(), text);
            assert_eq!(&*object.extract::<Rc<str>>().unwrap(), text);
            assert_eq!(&*object.extract::<Arc<str>>().unwrap(), text);
            assert_eq!(object.extract::<Cow<'_, str>>().unwrap(), text);
            #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
            assert_eq!(object.extract::<&str>().unwrap(), text);
            assert!(text.into_py(py).unwrap().as_any().eq(&object).unwrap());
            assert!(Cow::Borrowed(text).into_py(py).unwrap().as_any().eq(&object).unwrap());
            let subclass = convert_tests::namespace(py, "class S(str): pass");
            let subclass = PyDictMethods::get_item(&subclass, "S").unwrap().unwrap();
            let object = subclass.call1((text,)).unwrap();
            assert_eq!(object.extract::<String>().unwrap(), text);
        }
    });
    for text in TEXTS {
        round_trip!(
            &format!("{text:?}")
                .replace("\\0", "\\x00")
                .replace("\\u{ffff}", "\\uffff")
                .replace("\\u{10ffff}", "\\U0010ffff"),
            text.to_owned()
        );
    }
}

fn characters() {
    round_trip!("'a'", 'a');
    round_trip!("'é'", 'é');
    round_trip!("'🦀'", '🦀');
    assert_eq!(message::<char>("'ab'"), "expected str of one character, got str of length 2");
    assert_eq!(message::<char>("''"), "expected str of one character, got str of length 0");
    assert_eq!(message::<char>("7"), "expected str, got int");
}

fn surrogates_are_an_error_not_a_loss() {
    let expected = "expected str without surrogates, got \"\\ud800\" at index 1";
    assert_eq!(message::<String>("'a\\ud800'"), expected);
    assert_eq!(
        message::<char>("'\\udfff'"),
        "expected str without surrogates, got \"\\udfff\" at index 0"
    );
    assert_eq!(
        message::<std::collections::HashMap<String, i64>>("{'ok': 1, '\\ud800': 2}"),
        "[\"\u{fffd}\u{fffd}\u{fffd}\"] (key): expected str without surrogates, got \"\\ud800\" at index 0"
    );
    Python::attach(|py| {
        let error = eval(py, "'a\\ud800'").extract::<String>().unwrap_err();
        assert!(error.is_value());
        assert!(PyErr::take(py).is_none(), "no exception is left behind");
    });
}

fn what_is_no_text() {
    assert_eq!(message::<String>("b'x'"), "expected str, got bytes");
    assert_eq!(message::<String>("7"), "expected str, got int");
    assert_eq!(message::<Vec<String>>("'abc'"), "expected Sequence[str], got str");
}
