//! `rust_decimal`, against Python's own.

use std::collections::HashMap;

use convert_core::Strict;
use convert_core::integrations::rust_decimal::{float, text};
use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, read, round_trip, written};
use proptest::prelude::*;
use rust_decimal::Decimal;

convert_tests::tests! {
    examples,
    as_python_has_them,
    into_python,
    also_accepted,
    refused,
    as_text,
    as_float,
}

fn decimal(text: &str) -> String {
    format!("__import__('decimal').Decimal('{text}')")
}

fn examples() {
    for (text, mantissa, scale) in [
        ("0", 0, 0),
        ("0.00", 0, 2),
        ("1.50", 150, 2),
        ("-12345.678901", -12_345_678_901, 6),
        ("1E-28", 1, 28),
        ("79228162514264337593543950335", (1i128 << 96) - 1, 0),
        ("-7.9228162514264337593543950335", -(1i128 << 96) + 1, 28),
        ("9999999999999999999", 9_999_999_999_999_999_999, 0),
        ("10000000000000000000", 10_000_000_000_000_000_000, 0),
        ("20000000000000000001E-10", 20_000_000_000_000_000_001, 10),
    ] {
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        let object = decimal(text);
        round_trip!(&object, value);
        assert_eq!(read::<Strict<Decimal>>(&object).0, value);
        // The same number of places, too.
        assert_eq!(read::<Decimal>(&object).scale(), scale, "{text}");
        assert_eq!(written(value), format!("Decimal('{}')", written_by_python(text)));
    }
    // An exponent above 0 becomes zeros.
    assert_eq!(read::<Decimal>(&decimal("-1.2E+3")), Decimal::from(-1200));
    assert_eq!(read::<Decimal>(&decimal("0E+999999")), Decimal::ZERO);
}

fn written_by_python(text: &str) -> String {
    Python::attach(|py| eval(py, &decimal(text)).str().unwrap().to_string())
}

/// Any decimal of 1 to 40 digits is read exactly, or refused for a reason that Python sees as well.
fn as_python_has_them() {
    let code = "
from decimal import Decimal, localcontext
def make(is_negative, digits, exponent):
    return Decimal((is_negative, [int(digit) for digit in digits], exponent))
def verdict(value):
    sign, digits, exponent = value.as_tuple()
    number = int(''.join(map(str, digits)))
    if value.copy_abs() >= 2**96: return 'OverflowError'
    if sign and not number: return 'ValueError'
    if exponent < -28 or exponent < 0 and number >= 2**96: return 'ValueError'
    return 'ok'
";
    let names = Python::attach(|py| namespace(py, code).unbind());
    let exponent = prop_oneof![4 => -45..45i64, 1 => -10_000..10_000i64];
    convert_tests::proptest!(|(is_negative: bool, digits in "[0-9]{1,40}", exponent in exponent)| {
        Python::attach(|py| {
            let name = |name| PyDictMethods::get_item(names.bind(py), name).unwrap().unwrap();
            let arguments = (is_negative, &digits[..], exponent);
            let object = name("make").call1(arguments).unwrap();
            let verdict: String = name("verdict").call1((&object,)).unwrap().extract().unwrap();
            match object.extract::<Decimal>() {
                Ok(value) => {
                    assert_eq!(verdict, "ok", "{object:?}");
                    let back = value.into_py(py).unwrap();
                    assert!(back.eq(&object).unwrap(), "{object:?} became {back:?}");
                    if exponent <= 0 {
                        assert_eq!(back.to_string(), object.to_string());
                    }
                }
                Err(error) => {
                    let class = PyErr::from(error).get_type(py).type_display_name();
                    assert_eq!(class, verdict, "{object:?}");
                }
            }
        });
    });
}

fn into_python() {
    convert_tests::proptest!(|(low: u32, middle: u32, high: u32, negative: bool, scale in 0..29u32)| {
        for (middle, high) in [(0, 0), (middle, 0), (middle, high)] {
            let value = Decimal::from_parts(low, middle, high, negative, scale);
            Python::attach(|py| {
                let object = (&value).into_py(py).unwrap();
                let expected = eval(py, &decimal(&value.to_string()));
                assert_eq!(object.repr().unwrap().to_string(), expected.repr().unwrap().to_string());
                let back: Decimal = object.extract().unwrap();
                assert_eq!((back, back.scale()), (value, scale));
            });
        }
    });
    let mut negative_zero = Decimal::ZERO;
    negative_zero.set_sign_negative(true);
    assert_eq!(written(negative_zero), "Decimal('0')");
}

fn also_accepted() {
    let subclass = "type('D', (__import__('decimal').Decimal,), {'__str__': lambda s: 'x'})('1.5')";
    assert_eq!(read::<Decimal>(subclass), Decimal::new(15, 1));
    assert_eq!(message::<Strict<Decimal>>(subclass), "expected Decimal, got D");
    assert_eq!(read::<Decimal>("-5"), Decimal::from(-5));
    assert_eq!(read::<Decimal>("True"), Decimal::ONE);
    assert_eq!(read::<Decimal>("2**96 - 1"), Decimal::MAX);
    assert_eq!(message::<Strict<Decimal>>("5"), "expected Decimal, got int");
}

fn refused() {
    let finite = "expected a finite decimal, got ";
    for text in ["NaN", "sNaN", "-NaN123", "Infinity", "-Infinity"] {
        assert_eq!(message::<Decimal>(&decimal(text)), format!("{finite}{text}"));
    }
    assert_eq!(
        message::<Decimal>(&decimal("-0.0")),
        "expected a decimal other than the negative zero, got -0.0"
    );
    let most = "expected a decimal of at most 96 bits and 28 places, got ";
    for text in ["1E-29", "0E-29", "79228162514264337593543950336", "1E+29"] {
        assert_eq!(message::<Decimal>(&decimal(text)), format!("{most}{text}"));
    }
    let long = format!("0.{}", "123".repeat(30));
    assert_eq!(message::<Decimal>(&decimal(&long)), format!("{most}{}…", &long[..48]));
    assert_eq!(
        message::<Decimal>("2**96"),
        format!("expected int of at most 96 bits, got {}", 1u128 << 96)
    );
    assert_eq!(message::<Decimal>("1.5"), "expected Decimal, got float");
    assert_eq!(message::<Decimal>("'1.5'"), "expected Decimal, got str");
    assert_eq!(message::<Decimal>("object()"), "expected Decimal, got object");
    let prices = format!("{{'a': [{}, {}]}}", decimal("1"), decimal("NaN"));
    assert_eq!(
        message::<HashMap<String, Vec<Decimal>>>(&prices),
        format!("[\"a\"][1]: {finite}NaN")
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Price {
    #[py(with = "text")]
    net: Decimal,
    #[py(with = "float")]
    tax: Decimal,
}

fn as_text() {
    let price = Price { net: Decimal::new(1250, 2), tax: Decimal::new(19, 2) };
    round_trip!("{'net': '12.50', 'tax': 0.19}", price);
    // What Python reads as a decimal.
    let code = "
import decimal
def read(text):
    try: return str(decimal.Decimal(text))
    except decimal.InvalidOperation: return None
";
    let names = Python::attach(|py| namespace(py, code).unbind());
    let text = "[+-]?[0-9]{0,3}[.]?[0-9]{0,3}([eE][+-]?[0-9]{0,2})?|[-+]?(inf|NaN|snan1|nanx)";
    convert_tests::proptest!(|(text in text)| {
        Python::attach(|py| {
            let read = PyDictMethods::get_item(names.bind(py), "read").unwrap().unwrap();
            let expected = read.call1((&text,)).unwrap();
            let object = (&text).into_py(py).unwrap();
            match text::from_py(object.as_any()) {
                Ok(value) => {
                    let own = eval(py, &decimal(&value.to_string()));
                    let decimal = eval(py, &decimal(&text));
                    assert!(own.eq(&decimal).unwrap(), "{text}");
                    let back = text::into_py(&value, py).unwrap();
                    assert_eq!(text::from_py(back.as_any()).unwrap(), value);
                }
                // Python takes it where the sign, the size or the places are what is wrong.
                Err(error) => {
                    let is_malformed = error.to_string().starts_with("expected the text");
                    assert_eq!(is_malformed, expected.is_none(), "{text}: {error}");
                }
            }
        });
    });
    assert_eq!(
        message::<Price>("{'net': '1,5', 'tax': None}"),
        "Price: 2 errors\n  net: expected the text of a decimal, got \"1,5\"\n  \
         tax: expected float, got None"
    );
    assert_eq!(message::<Price>("{'net': 1.5, 'tax': 0}"), "Price: net: expected str, got float");
    for net in ["1e9223372036854775807", "1.5e9223372036854775807", "1e-9223372036854775808"] {
        let message = message::<Price>(&format!("{{'net': '{net}', 'tax': 0.5}}"));
        assert!(message.starts_with("Price: net: expected a decimal"), "{message}");
    }
}

fn as_float() {
    let number = prop_oneof![-1e9..1e9f64, -1.0..1.0f64, Just(-0.0), any::<f64>()];
    convert_tests::proptest!(|(number in number)| {
        Python::attach(|py| {
            let object = number.into_py(py).unwrap();
            // `repr` is the shortest text that reads as the float.
            let exact = eval(py, "__import__('decimal').Decimal").call1((object.as_any().repr().unwrap(),));
            let exact = exact.unwrap().extract::<Decimal>();
            match float::from_py(object.as_any()) {
                Ok(_) if number == 0.0 => {}
                Ok(value) => {
                    assert_eq!(value, exact.unwrap());
                    let back = float::into_py(&value, py).unwrap();
                    assert_eq!(back.extract::<f64>().unwrap(), number);
                }
                Err(error) => {
                    let (own, exact) = (PyErr::from(error), PyErr::from(exact.unwrap_err()));
                    assert!(own.get_type(py).is(&exact.get_type(py)), "{number:?}");
                }
            }
        });
    });
    assert_eq!(read::<Price>("{'net': '1', 'tax': 7}").tax, Decimal::from(7));
    // Halfway between two texts: Python's own choice.
    let halfway = read::<Price>("{'net': '1', 'tax': 572078521702208.25}").tax;
    assert_eq!(halfway, "572078521702208.2".parse().unwrap());
}
