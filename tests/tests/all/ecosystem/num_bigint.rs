//! `num-bigint`, against Python's own.

use convert_core::Strict;
use convert_core::prelude::*;
use convert_tests::{eval, message, read, round_trip};
use num_bigint::{BigInt, BigUint, Sign};
use proptest::prelude::*;

convert_tests::tests! {
    around_words_and_digits,
    any_size,
    huge,
    also_accepted,
    refused,
}

/// Where words (of 32 and 64 bits) and Python's digits (of 30) end.
fn around_words_and_digits() {
    let one = BigInt::from(1);
    for bits in [
        0, 1, 7, 29, 30, 31, 32, 33, 53, 59, 60, 63, 64, 65, 90, 96, 120, 127, 128, 960, 991, 992,
        // A float ends there.
        1022, 1023, 1024, 1025, 2047,
    ] {
        for offset in [-1, 0, 1] {
            for sign in [-1, 1] {
                let value: BigInt = (&one << bits) * sign + offset;
                round_trip!(&format!("{sign} * 2**{bits} + {offset}"), value);
            }
            let value: BigInt = (&one << bits) + offset;
            round_trip!(&format!("2**{bits} + {offset}"), value.to_biguint().unwrap());
        }
    }
}

fn any_size() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..400);
    convert_tests::proptest!(|(is_negative: bool, bytes in bytes, low: bool)| {
        // With many zeros too, which carry far where the sign is changed.
        let mut bytes = bytes;
        if low {
            bytes.iter_mut().rev().skip(1).for_each(|byte| *byte = 0);
        }
        let sign = if is_negative { Sign::Minus } else { Sign::Plus };
        let value = BigInt::from_bytes_be(sign, &bytes);
        Python::attach(|py| {
            let sign = if is_negative { -1 } else { 1 };
            let make = eval(py, "lambda sign, data: sign * int.from_bytes(data, 'big')");
            let object = make.call1((sign, &bytes[..])).unwrap();
            assert_eq!(object.extract::<BigInt>().unwrap(), value);
            assert!((&value).into_py(py).unwrap().eq(&object).unwrap());
            match value.to_biguint() {
                Some(value) => {
                    assert_eq!(object.extract::<BigUint>().unwrap(), value);
                    assert!(value.into_py(py).unwrap().eq(&object).unwrap());
                }
                None => assert!(object.extract::<BigUint>().unwrap_err().is_out_of_range()),
            }
        });
    });
}

fn huge() {
    let value: BigInt = (BigInt::from(1) << 100_000) - 12345;
    round_trip!("2**100000 - 12345", value.clone());
    round_trip!("-(2**100000 - 12345)", -value);
}

fn also_accepted() {
    let subclass = "type('I', (int,), {'__index__': None, '__float__': None, 'to_bytes': None, 'bit_length': None})";
    for (value, number) in [("-(2**70)", -(1i128 << 70)), ("7", 7)] {
        assert_eq!(read::<BigInt>(&format!("{subclass}({value})")), BigInt::from(number));
        let indexed = format!("type('X', (), {{'__index__': lambda self: {value}}})()");
        assert_eq!(read::<BigInt>(&indexed), BigInt::from(number));
        assert_eq!(message::<Strict<BigInt>>(&indexed), "expected int, got X");
    }
    assert_eq!(read::<BigUint>("True"), BigUint::from(1u8));
    assert_eq!(message::<Strict<BigUint>>("True"), "expected int, got bool");
    assert_eq!(read::<Strict<BigInt>>("2**70"), Strict(BigInt::from(1i128 << 70)));
}

fn refused() {
    assert_eq!(message::<BigInt>("1.0"), "expected int, got float");
    assert_eq!(message::<BigInt>("'1'"), "expected int, got str");
    assert_eq!(message::<BigUint>("-1"), "expected int that is not negative, got -1");
    assert_eq!(
        message::<Vec<BigUint>>("[2**70, -2**200]"),
        "[1]: expected int that is not negative, got an int of 201 bits"
    );
    let indexed = "type('X', (), {'__index__': lambda self: -3})()";
    assert_eq!(message::<BigUint>(indexed), "expected int that is not negative, got -3");
    let raising = "type('X', (), {'__index__': lambda self: 1 // 0})()";
    assert!(message::<BigInt>(raising).starts_with("ZeroDivisionError"));
}
