//! Numbers in another coat: not zero, wrapping, atomic, an order, numpy's booleans; and ints of 128
//! bits, and what errors say of ints.

use std::cmp::Ordering;
use std::num::{NonZero, Saturating, Wrapping};
use std::sync::atomic;

use convert_core::prelude::*;
use convert_tests::{eval, message, object, round_trip};

convert_tests::tests! {
    nonzero,
    wrapping_and_saturating,
    atomics_give_their_value,
    orders,
    numpys_booleans,
    wide_ints,
    errors_name_the_int,
}

fn nonzero() {
    round_trip!("1", NonZero::<u8>::MIN);
    round_trip!("255", NonZero::<u8>::MAX);
    round_trip!("-128", NonZero::<i8>::MIN);
    round_trip!("-1", NonZero::new(-1i16).unwrap());
    round_trip!("2**16 - 1", NonZero::<u16>::MAX);
    round_trip!("-2**31", NonZero::<i32>::MIN);
    round_trip!("2**32 - 1", NonZero::<u32>::MAX);
    round_trip!("-2**63", NonZero::<i64>::MIN);
    round_trip!("2**64 - 1", NonZero::<u64>::MAX);
    round_trip!("-2**127", NonZero::<i128>::MIN);
    round_trip!("2**128 - 1", NonZero::<u128>::MAX);
    round_trip!("5", NonZero::new(5isize).unwrap());
    round_trip!("5", NonZero::new(5usize).unwrap());
    round_trip!("None", None::<NonZero<u8>>);
    // A `u8` that is not zero is an int: only plain ones become `bytes`.
    round_trip!("[1, 2]", vec![NonZero::<u8>::MIN, NonZero::new(2).unwrap()]);
    assert_eq!(message::<NonZero<u8>>("0"), "expected int other than 0, got 0");
    assert_eq!(message::<NonZero<i128>>("False"), "expected int other than 0, got bool");
    assert_eq!(message::<NonZero<u8>>("256"), "expected int in 0..=255, got 256");
    assert_eq!(message::<NonZero<u8>>("'1'"), "expected int, got str");
    // Nothing is no number: there is no niche between the languages.
    assert_eq!(message::<Option<NonZero<u8>>>("0"), "expected int other than 0, got 0");
    assert_eq!(
        message::<Vec<NonZero<i64>>>("[1, 0, 'x']"),
        "2 errors\n  [1]: expected int other than 0, got 0\n  [2]: expected int, got str"
    );
}

fn wrapping_and_saturating() {
    round_trip!("7", Wrapping(7u8));
    round_trip!("-2**127", Wrapping(i128::MIN));
    round_trip!("-7", Saturating(-7i64));
    // They do so when they calculate, not when they are made.
    assert_eq!(message::<Wrapping<u8>>("256"), "expected int in 0..=255, got 256");
    assert_eq!(message::<Saturating<i8>>("-129"), "expected int in -128..=127, got -129");
}

fn atomics_give_their_value() {
    /// By value and by reference.
    macro_rules! check {
        ($($atomic:expr, $expression:literal;)*) => { Python::attach(|py| { $({
            let (atomic, expected) = ($atomic, eval(py, $expression));
            let by_reference = (&atomic).into_py(py).unwrap().into_any();
            for made in [by_reference, atomic.into_py(py).unwrap().into_any()] {
                assert!(made.eq(&expected).unwrap(), "{made:?}");
                assert!(made.get_type().is(&expected.get_type()), "{made:?}");
            }
        })* }) };
    }
    check! {
        atomic::AtomicBool::new(true), "True";
        atomic::AtomicI8::new(i8::MIN), "-2**7";
        atomic::AtomicI16::new(i16::MIN), "-2**15";
        atomic::AtomicI32::new(i32::MIN), "-2**31";
        atomic::AtomicI64::new(i64::MIN), "-2**63";
        atomic::AtomicIsize::new(-1), "-1";
        atomic::AtomicU8::new(u8::MAX), "2**8 - 1";
        atomic::AtomicU16::new(u16::MAX), "2**16 - 1";
        atomic::AtomicU32::new(u32::MAX), "2**32 - 1";
        atomic::AtomicU64::new(u64::MAX), "2**64 - 1";
        atomic::AtomicUsize::new(usize::MAX), "2**64 - 1";
    }
    Python::attach(|py| {
        let counter = atomic::AtomicU32::new(1);
        counter.fetch_add(1, atomic::Ordering::Relaxed);
        assert_eq!((&counter).into_py(py).unwrap().extract::<u32>().unwrap(), 2);
    });
}

fn orders() {
    round_trip!("-1", Ordering::Less);
    round_trip!("0", Ordering::Equal);
    round_trip!("1", Ordering::Greater);
    assert_eq!(message::<Ordering>("2"), "expected -1, 0 or 1, got 2");
    assert_eq!(message::<Ordering>("-2**70"), "expected -1, 0 or 1, got -1180591620717411303424");
    assert_eq!(message::<Ordering>("1.0"), "expected int, got float");
    assert_eq!(message::<Ordering>("None"), "expected int, got None");
    Python::attach(|py| {
        assert!(eval(py, "2").extract::<Ordering>().unwrap_err().is_value());
        assert_eq!(eval(py, "True").extract::<Ordering>().unwrap(), Ordering::Greater);
    });
}

/// A class that passes for numpy's by the name that C knows, or by its module under the stable ABI.
fn numpys_boolean(name: &str, answer: &str) -> String {
    if cfg!(Py_LIMITED_API) {
        format!("type('{name}', (), {{'__module__': 'numpy', '__bool__': {answer}}})()")
    } else {
        format!("type('numpy.{name}', (), {{'__bool__': {answer}}})()")
    }
}

fn numpys_booleans() {
    Python::attach(|py| {
        for name in ["bool", "bool_"] {
            for (answer, expected) in [("True", true), ("False", false)] {
                let object = eval(py, &numpys_boolean(name, &format!("lambda self: {answer}")));
                assert_eq!(object.extract::<bool>().unwrap(), expected);
            }
        }
        let many = format!("[True, {}, False]", numpys_boolean("bool", "lambda self: True"));
        assert_eq!(eval(py, &many).extract::<Vec<bool>>().unwrap(), [true, true, false]);
        let raises = eval(py, &numpys_boolean("bool", "lambda self: 1 / 0"));
        let error = PyErr::from(raises.extract::<bool>().unwrap_err());
        assert!(error.is_instance_of::<convert_core::exceptions::PyZeroDivisionError>(py));
    });
    let other = message::<bool>(&numpys_boolean("int64", "lambda self: True"));
    assert!(other.starts_with("expected bool, got "), "{other}");
    assert_eq!(message::<bool>("type('bool', (), {})()"), "expected bool, got bool");
}

fn wide_ints() {
    let from_bytes = |signed| {
        let code = format!("lambda bytes: int.from_bytes(bytes, 'little', signed={signed})");
        Python::attach(|py| eval(py, &code).unbind())
    };
    let (unsigned, signed) = (from_bytes("False"), from_bytes("True"));
    convert_tests::proptest!(|(bytes: [u8; 16], shift in 0..128u32)| {
        Python::attach(|py| {
            // Numbers of every size.
            let value = u128::from_le_bytes(bytes) >> shift;
            let argument = (PyBytes::new(py, &value.to_le_bytes()).unwrap(),);
            assert_is::<u128>(value, &unsigned.bind(py).call1(argument).unwrap());
            let value = i128::from_le_bytes(bytes) >> shift;
            let argument = (PyBytes::new(py, &value.to_le_bytes()).unwrap(),);
            assert_is::<i128>(value, &signed.bind(py).call1(argument).unwrap());
        });
    });

    fn assert_is<'py, T>(value: T, int: &Bound<'py, PyAny>)
    where
        T: FromPyObjectOwned<'py> + IntoPy<'py> + PartialEq + std::fmt::Debug + Copy,
        for<'s> &'s T: IntoPy<'py>,
    {
        let py = int.py();
        assert_eq!(T::extract(int.as_borrowed()).unwrap(), value);
        assert!(value.into_py(py).unwrap().into_any().eq(int).unwrap(), "{value:?}");
        let by_reference = (&value).into_py(py).unwrap().into_any();
        assert!(by_reference.eq(int).unwrap(), "{value:?}");
        // What is equal is also the same in memory: no leading zero digits.
        let hash = |object: &Bound<'py, PyAny>| object.hash().unwrap();
        assert_eq!(hash(&by_reference), hash(int));
        assert_eq!(by_reference.repr().unwrap().to_string(), int.repr().unwrap().to_string());
    }
}

fn errors_name_the_int() {
    // At the edges of what an error notes for free, and beyond.
    for value in [-32769i64, -32768, -129, 128, 255, 256, 257, 32767, 32768, 1 << 40] {
        assert_eq!(
            message::<i8>(&value.to_string()),
            format!("expected int in -128..=127, got {value}")
        );
        assert_eq!(
            message::<Vec<i8>>(&format!("[0, {value}]")),
            format!("[1]: expected int in -128..=127, got {value}")
        );
    }
    Python::attach(|py| {
        let index = object(py, "class Index:\n    def __index__(self): return 300\nx = Index()");
        let error = index.extract::<u8>().unwrap_err();
        // The value is what matters, not that it came out of an `Index`.
        assert_eq!(error.to_string(), "expected int in 0..=255, got 300");
    });
}
