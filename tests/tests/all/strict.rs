//! `Strict`: exact types only, on every level.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::ffi::{CString, OsString};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::NonZero;
use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use convert_core::prelude::*;
use convert_core::types::{PyBackedBytes, PyBackedStr};
use convert_core::{Iterable, Strict};
use convert_tests::{eval, message, round_trip};

convert_tests::tests! {
    takes_what_it_gives,
    no_kindness,
    no_subclasses,
    on_every_level,
    arrays_and_vectors_agree,
    in_a_field,
}

fn takes_what_it_gives() {
    round_trip!("5", Strict(5i64));
    round_trip!("1.5", Strict(1.5f32));
    round_trip!("[[1], []]", Strict(vec![vec![1u8 as i16], vec![]]));
    round_trip!("b'abc'", Strict(*b"abc"));
    round_trip!(
        "{'a': (1, None)}",
        Strict(HashMap::from([("a".to_owned(), (1i64, None::<bool>))]))
    );
    round_trip!("{(1, 'a')}", Strict(BTreeSet::from([(1u8, 'a')])));
    round_trip!("range(2, 5)", Strict(2..5i64));
    round_trip!("('127.0.0.1', 80)", Strict(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 80)));
    round_trip!(
        "('::1', 80, 1, 2)",
        Strict(
            "[::1%2]:80"
                .parse::<SocketAddrV6>()
                .map(|mut it| {
                    it.set_flowinfo(1);
                    SocketAddr::V6(it)
                })
                .unwrap()
        )
    );
    round_trip!("__import__('pathlib').Path('a')", Strict(PathBuf::from("a")));
    round_trip!("__import__('datetime').timedelta(1)", Strict(Duration::from_secs(86_400)));
    round_trip!("[1, 2]", Strict(VecDeque::from([Strict(1i64), Strict(2)])));
    Python::attach(|py| {
        let items = eval(py, "(n for n in (1, 2))").extract::<Strict<Iterable<u8>>>().unwrap();
        // As if it were the value itself.
        assert_eq!((items.len(), items[0]), (2, 1));
        let mut strict = Strict(vec![1]);
        strict.push(2);
        assert_eq!(strict.0, [1, 2]);
    });
}

fn no_kindness() {
    // What the usual conversion takes, and why this does not.
    macro_rules! refused {
        ($($type:ty, $expression:expr, $error:literal;)*) => { $(
            Python::attach(|py| {
                let object = eval(py, $expression);
                if let Err(error) = object.extract::<$type>() {
                    panic!("{} as {}: {error}", $expression, stringify!($type));
                }
            });
            assert_eq!(message::<Strict<$type>>($expression), $error);
        )* };
    }
    assert_eq!(message::<Strict<Vec<String>>>("'ab'"), "expected list[str], got str");
    assert_eq!(message::<Strict<[i64; 2]>>("5"), "expected list[int] of length 2, got int");
    let numpy = if cfg!(Py_LIMITED_API) {
        "type('bool', (), {'__module__': 'numpy', '__bool__': lambda self: True})()"
    } else {
        "type('numpy.bool', (), {'__bool__': lambda self: True})()"
    };
    let got = message::<Strict<bool>>(numpy);
    assert!(got.starts_with("expected bool, got "), "{got}");
    refused! {
        i64, "True", "expected int, got bool";
        u8, "type('I', (), {'__index__': lambda self: 5})()", "expected int, got I";
        i128, "True", "expected int, got bool";
        NonZero<u8>, "True", "expected int, got bool";
        Ordering, "True", "expected int, got bool";
        f64, "1", "expected float, got int";
        f32, "True", "expected float, got bool";
        f64, "__import__('decimal').Decimal('1.5')", "expected float, got Decimal";
        Vec<i64>, "(1, 2)", "expected list[int], got tuple";
        Vec<i64>, "range(3)", "expected list[int], got range";
        [i64; 2], "(1, 2)", "expected list[int] of length 2, got tuple";
        [u8; 2], "bytearray(2)", "expected bytes, got bytearray";
        Vec<f64>, "__import__('array').array('d', [1.5])", "expected list[float], got array";
        Vec<u8>, "bytearray(b'ab')", "expected bytes, got bytearray";
        Vec<u8>, "[1, 2]", "expected bytes, got list";
        OsString, "b'a'", "expected str, got bytes";
        PathBuf, "'a'", "expected Path, got str";
        PathBuf, "type('P', (), {'__fspath__': lambda self: 'a'})()", "expected Path, got P";
        HashSet<i64>, "frozenset([1])", "expected set[int], got frozenset";
        BTreeSet<char>, "{'a': 1}.keys()", "expected set[str], got dict_keys";
        HashMap<char, u8>, "__import__('collections').ChainMap({'a': 1})",
            "expected dict[str, int], got ChainMap";
        Range<i64>, "slice(1, 2)", "expected range, got slice";
        Ipv4Addr, "'127.0.0.1'", "expected IPv4Address, got str";
        IpAddr, "'::1'", "expected IPv4Address | IPv6Address, got str";
        SocketAddrV4, "(__import__('ipaddress').ip_address('127.0.0.1'), 80)",
            "[0]: expected str, got IPv4Address";
        SocketAddrV4, "('127.0.0.1', True)", "[1]: expected int, got bool";
        SocketAddr, "('::1', 80)", "[0]: expected the text of an IPv4 address, got \"::1\"";
        SocketAddrV6, "('::1', 80)",
            "expected tuple[str | IPv6Address, int, int, int], got tuple of length 2";
    }
}

fn no_subclasses() {
    macro_rules! refused {
        ($($type:ty, $base:literal, $value:literal, $error:literal;)*) => { $(
            let subclass = format!("type('Sub', ({},), {{}})({})", $base, $value);
            Python::attach(|py| {
                assert!(eval(py, &subclass).extract::<$type>().is_ok(), "{subclass}");
                let exact = eval(py, &format!("{}({})", $base, $value));
                assert!(exact.extract::<Strict<$type>>().is_ok(), "{exact:?}");
            });
            assert_eq!(message::<Strict<$type>>(&subclass), $error);
        )* };
    }
    refused! {
        i64, "int", "5", "expected int, got Sub";
        f64, "float", "1.5", "expected float, got Sub";
        String, "str", "'a'", "expected str, got Sub";
        char, "str", "'a'", "expected str, got Sub";
        CString, "str", "'a'", "expected str, got Sub";
        PyBackedStr, "str", "'a'", "expected str, got Sub";
        PyBackedBytes, "bytes", "b'a'", "expected bytes, got Sub";
        Vec<u8>, "bytes", "b'a'", "expected bytes, got Sub";
        [u8; 1], "bytes", "b'a'", "expected bytes, got Sub";
        Vec<i64>, "list", "[1]", "expected list[int], got Sub";
        [i64; 1], "list", "[1]", "expected list[int] of length 1, got Sub";
        (i64, i64), "tuple", "[1, 2]", "expected tuple[int, int], got Sub";
        (), "tuple", "", "expected tuple[()], got Sub";
        HashMap<String, i64>, "dict", "{'a': 1}", "expected dict[str, int], got Sub";
        BTreeMap<String, i64>, "dict", "{'a': 1}", "expected dict[str, int], got Sub";
        HashSet<i64>, "set", "[1]", "expected set[int], got Sub";
        Duration, "__import__('datetime').timedelta", "1", "expected timedelta, got Sub";
        SystemTime, "__import__('datetime').datetime",
            "2026, 1, 2, tzinfo=__import__('datetime').timezone.utc", "expected datetime, got Sub";
        Ipv4Addr, "__import__('ipaddress').IPv4Address", "5", "expected IPv4Address, got Sub";
        SocketAddr, "tuple", "['127.0.0.1', 80]",
            "expected tuple[str, int] | tuple[str, int, int, int], got Sub";
    }
}

fn on_every_level() {
    assert_eq!(message::<Strict<Vec<f64>>>("[1.5, 2]"), "[1]: expected float, got int");
    assert_eq!(
        message::<Strict<Vec<Vec<i64>>>>("[[1], (2,), [True]]"),
        "2 errors\n  [1]: expected list[int], got tuple\n  [2][0]: expected int, got bool"
    );
    assert_eq!(
        message::<Strict<(i64, f64, Option<i64>)>>("(True, 1, False)"),
        "3 errors\n  [0]: expected int, got bool\n  [1]: expected float, got int\n  \
         [2]: expected int | None, got bool"
    );
    assert_eq!(
        message::<Strict<Vec<(i64, [f64; 1])>>>("[(1, [1.5]), (True, [1])]"),
        "2 errors\n  [1][0]: expected int, got bool\n  [1][1][0]: expected float, got int"
    );
    assert_eq!(
        message::<Strict<HashMap<i64, Vec<u8>>>>("{True: b''}"),
        "[<bool>] (key): expected int, got bool"
    );
    assert_eq!(
        message::<Strict<BTreeMap<String, Box<Mutex<f64>>>>>("{'a': 1}"),
        "[\"a\"]: expected float, got int"
    );
    assert_eq!(message::<Strict<HashSet<i64>>>("{True}"), "[<bool>]: expected int, got bool");
    assert_eq!(message::<Strict<Iterable<i64>>>("iter([True])"), "[0]: expected int, got bool");
    assert_eq!(message::<Strict<Iterable<i64>>>("[1, True]"), "[1]: expected int, got bool");
    assert_eq!(
        message::<Strict<RangeInclusive<u8>>>("range(300)"),
        "stop - 1: expected int in 0..=255, got 299"
    );
}

fn arrays_and_vectors_agree() {
    // Bytes are what becomes of both.
    assert_eq!(message::<Strict<Vec<u8>>>("[1, 2]"), "expected bytes, got list");
    assert_eq!(message::<Strict<[u8; 2]>>("[1, 2]"), "expected bytes, got list");
    Python::attach(|py| {
        let object = eval(py, "memoryview(b'ab')");
        let error = object.extract::<Strict<Cow<'_, [u8]>>>().unwrap_err();
        assert_eq!(error.to_string(), "expected bytes, got memoryview");
    });
    assert_eq!(
        message::<Strict<[u8; 2]>>("b'abc'"),
        "expected Sequence[int] of length 2, got bytes of length 3"
    );
}

fn in_a_field() {
    #[derive(FromPyObject, Debug)]
    struct Order {
        #[allow(dead_code)]
        id: Strict<i64>,
        #[allow(dead_code)]
        count: i64,
    }
    assert_eq!(
        message::<Order>("{'id': True, 'count': True}"),
        "Order: id: expected int, got bool"
    );
    Python::attach(|py| {
        let order: Order = eval(py, "{'id': 1, 'count': True}").extract().unwrap();
        assert_eq!((*order.id, order.count), (1, 1));
    });
    // All fields of a derived struct are, where it is.
    assert_eq!(
        message::<Strict<Order>>("{'id': 1, 'count': True}"),
        "Order: count: expected int, got bool"
    );
}
