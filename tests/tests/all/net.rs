//! Addresses in networks, against `ipaddress`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, round_trip};
use proptest::prelude::*;

convert_tests::tests! {
    addresses,
    addresses_as_python_numbers_them,
    texts_as_python_reads_them,
    addresses_refused,
    what_more_than_an_address_is_refused,
    sockets,
    sockets_refused,
}

fn ip(argument: &str) -> String {
    format!("__import__('ipaddress').ip_address({argument})")
}

fn addresses() {
    round_trip!(&ip("'127.0.0.1'"), Ipv4Addr::LOCALHOST);
    round_trip!(&ip("'0.0.0.0'"), Ipv4Addr::UNSPECIFIED);
    round_trip!(&ip("'255.255.255.255'"), Ipv4Addr::BROADCAST);
    round_trip!(&ip("'::1'"), Ipv6Addr::LOCALHOST);
    round_trip!(&ip("'2001:db8::1'"), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
    round_trip!(&ip("2**128 - 1"), Ipv6Addr::from_bits(u128::MAX));
    round_trip!(&ip("'10.0.0.1'"), IpAddr::from([10, 0, 0, 1]));
    round_trip!(&ip("'::ffff:10.0.0.1'"), IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0x0a00, 1]));
    Python::attach(|py| {
        let subclass = "type('A', (__import__('ipaddress').IPv4Address,), {})('1.2.3.4')";
        assert_eq!(eval(py, subclass).extract::<IpAddr>().unwrap(), IpAddr::from([1, 2, 3, 4]));
        // What is made is complete: it can do all that `ipaddress` does.
        let names = namespace(py, "from ipaddress import ip_network\nimport pickle");
        for (address, network) in [
            (IpAddr::from(Ipv4Addr::LOCALHOST), "127.0.0.0/8"),
            (IpAddr::from(Ipv6Addr::LOCALHOST), "::/64"),
        ] {
            names.set_item("address", address).unwrap();
            names.set_item("network", network).unwrap();
            let code = c"address in ip_network(network) and address.is_loopback \
                and pickle.loads(pickle.dumps(address)) == address \
                and {address: 1}[type(address)(str(address))] \
                and getattr(address, 'scope_id', None) is None and bool(repr(address))";
            let answer = py.eval(code, Some(&names), None).unwrap();
            assert!(answer.extract::<bool>().unwrap(), "{address}");
        }
    });
}

fn addresses_as_python_numbers_them() {
    let names = Python::attach(|py| namespace(py, "from ipaddress import *").unbind());
    convert_tests::proptest!(|(v4: u32, v6: u128, zeros in 0..128u32)| {
        Python::attach(|py| {
            let class = |name| PyDictMethods::get_item(names.bind(py), name).unwrap().unwrap();
            let (v4, v6) = (Ipv4Addr::from_bits(v4), Ipv6Addr::from_bits(v6 >> zeros));
            let as_v4 = class("IPv4Address").call1((v4.to_bits(),)).unwrap();
            let as_v6 = class("IPv6Address").call1((v6.to_bits(),)).unwrap();
            assert!((&v4).into_py(py).unwrap().eq(&as_v4).unwrap());
            assert!((&v6).into_py(py).unwrap().eq(&as_v6).unwrap());
            assert_eq!(as_v4.extract::<Ipv4Addr>().unwrap(), v4);
            assert_eq!(as_v6.extract::<Ipv6Addr>().unwrap(), v6);
            // The text of one is the text of the other.
            assert_eq!(as_v4.str().unwrap().extract::<IpAddr>().unwrap(), IpAddr::V4(v4));
            assert_eq!(as_v6.str().unwrap().extract::<IpAddr>().unwrap(), IpAddr::V6(v6));
            let exploded = as_v6.getattr("exploded").unwrap();
            assert_eq!(exploded.extract::<Ipv6Addr>().unwrap(), v6);
            assert!(class("ip_address").call1((v6.to_string(),)).unwrap().eq(&as_v6).unwrap());
        });
    });
}

fn texts_as_python_reads_them() {
    let names = Python::attach(|py| {
        let code = "
import ipaddress
def read(text):
    try: return str(ipaddress.ip_address(text))
    except ValueError: return None
";
        namespace(py, code).unbind()
    });
    // Mostly nearly right.
    let part = prop_oneof!["[0-9]{1,3}", "[0-9a-fA-F]{0,5}", Just(String::new())];
    let parts = proptest::collection::vec((part, prop_oneof![Just('.'), Just(':')]), 1..9);
    let joined = (parts, prop_oneof![4 => Just(None), 1 => Just(Some('.')), 2 => Just(Some(':'))]);
    let text = joined.prop_map(|(parts, only)| {
        let mut text = String::new();
        for (part, separator) in parts {
            text.push_str(&part);
            text.push(only.unwrap_or(separator));
        }
        text.pop();
        text
    });
    let groups = proptest::collection::vec("[0-9a-f]{1,4}", 4..9).prop_map(|it| it.join(":"));
    let gap = (groups, 0..40usize).prop_map(|(mut text, at)| {
        let at = at.min(text.len());
        text.insert_str(at, "::");
        text.replace(":::", "::")
    });
    let quads = proptest::collection::vec(0..300u16, 4)
        .prop_map(|it| it.iter().map(u16::to_string).collect::<Vec<_>>().join("."));
    let mapped = quads.clone().prop_map(|quads| format!("::ffff:{quads}"));
    convert_tests::proptest!(|(text in prop_oneof![text, gap, quads, mapped])| {
        Python::attach(|py| {
            let read = PyDictMethods::get_item(names.bind(py), "read").unwrap().unwrap();
            let expected: Option<String> = read.call1((&text,)).unwrap().extract().unwrap();
            let got = (&text).into_py(py).unwrap().extract::<IpAddr>();
            match expected {
                None => assert!(got.unwrap_err().is_value(), "{text}"),
                Some(expected) => assert_eq!(got.unwrap(), expected.parse::<IpAddr>().unwrap()),
            }
        });
    });
}

fn addresses_refused() {
    assert_eq!(message::<Ipv4Addr>("5"), "expected IPv4Address, got int");
    assert_eq!(message::<Ipv4Addr>("b'\\x7f\\0\\0\\1'"), "expected IPv4Address, got bytes");
    assert_eq!(message::<Ipv4Addr>(&ip("'::1'")), "expected IPv4Address, got IPv6Address");
    assert_eq!(message::<Ipv6Addr>(&ip("'1.2.3.4'")), "expected IPv6Address, got IPv4Address");
    assert_eq!(message::<IpAddr>("None"), "expected IPv4Address | IPv6Address, got None");
    assert_eq!(
        message::<Ipv4Addr>("'1.2.3'"),
        "expected the text of an IPv4 address, got \"1.2.3\""
    );
    assert_eq!(message::<Ipv4Addr>("'::1'"), "expected the text of an IPv4 address, got \"::1\"");
    assert_eq!(
        message::<Ipv6Addr>("'127.0.0.1'"),
        "expected the text of an IPv6 address, got \"127.0.0.1\""
    );
    assert_eq!(
        message::<IpAddr>("'localhost'"),
        "expected the text of an IP address, got \"localhost\""
    );
    assert_eq!(
        message::<Vec<IpAddr>>("['::1', 'x', 5]"),
        "2 errors\n  [1]: expected the text of an IP address, got \"x\"\n  \
         [2]: expected IPv4Address | IPv6Address, got int"
    );
    Python::attach(|py| {
        // An address that somebody tampered with.
        let code = "lambda n: (lambda a: (setattr(a, '_ip', n), a)[1])(__import__('ipaddress').ip_address('1.2.3.4'))";
        let make = eval(py, code);
        let large = make.call1((1u64 << 32,)).unwrap().extract::<Ipv4Addr>().unwrap_err();
        assert_eq!(large.to_string(), "expected int in 0..=4294967295, got 4294967296");
        let text = make.call1(("5",)).unwrap().extract::<Ipv4Addr>().unwrap_err();
        assert_eq!(text.to_string(), "expected int, got str");
    });
}

fn what_more_than_an_address_is_refused() {
    let zone = "expected an IPv6 address without a zone";
    let network = "expected an IP address without a network";
    assert_eq!(message::<Ipv6Addr>(&ip("'fe80::1%eth0'")), zone);
    assert_eq!(message::<IpAddr>(&ip("'fe80::1%eth0'")), zone);
    assert_eq!(
        message::<Ipv6Addr>("'fe80::1%eth0'"),
        "expected the text of an IPv6 address, got \"fe80::1%eth0\""
    );
    let interface = |text| format!("__import__('ipaddress').ip_interface('{text}')");
    assert_eq!(message::<Ipv4Addr>(&interface("10.0.0.1/8")), network);
    assert_eq!(message::<IpAddr>(&interface("10.0.0.1/8")), network);
    assert_eq!(message::<Ipv6Addr>(&interface("::1/64")), network);
    assert_eq!(
        message::<Vec<IpAddr>>(&format!("[{}]", interface("::1/64"))),
        format!("[0]: {network}")
    );
    Python::attach(|py| {
        assert!(eval(py, &interface("::1/64")).extract::<IpAddr>().unwrap_err().is_value());
    });
}

fn sockets() {
    let v4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 80);
    let v6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 65535, 7, 9);
    round_trip!("('127.0.0.1', 80)", v4);
    round_trip!("('::1', 65535, 7, 9)", v6);
    round_trip!("('127.0.0.1', 80)", SocketAddr::from(v4));
    round_trip!("('::1', 65535, 7, 9)", SocketAddr::from(v6));
    round_trip!("[('127.0.0.1', 80)]", vec![v4]);
    Python::attach(|py| {
        for host in ["'127.0.0.1'", &ip("'127.0.0.1'")] {
            let object = eval(py, &format!("({host}, 80)"));
            assert_eq!(object.extract::<SocketAddrV4>().unwrap(), v4);
            assert_eq!(object.extract::<SocketAddr>().unwrap(), SocketAddr::from(v4));
        }
        let short = eval(py, "('::1', 80)");
        let expected = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 0);
        assert_eq!(short.extract::<SocketAddrV6>().unwrap(), expected);
        assert_eq!(short.extract::<SocketAddr>().unwrap(), SocketAddr::from(expected));
        // As `socket` has it: what it says can be read, and what is made it takes.
        let code = "
import socket
with socket.socket() as server:
    server.bind(('127.0.0.1', 0))
    name = server.getsockname()
def bind(name):
    with socket.socket() as server:
        server.bind(name)
        return server.getsockname()[0]
";
        let names = namespace(py, code);
        let get = |name| PyDictMethods::get_item(&names, name).unwrap().unwrap();
        let name: SocketAddr = get("name").extract().unwrap();
        assert!(name.ip().is_loopback() && name.port() != 0);
        let any_port = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0);
        let host = get("bind").call1((any_port.into_py(py).unwrap(),)).unwrap();
        assert_eq!(host.extract::<String>().unwrap(), "127.0.0.1");
    });
}

fn sockets_refused() {
    let either = "expected tuple[str, int] | tuple[str, int, int, int], got ";
    assert_eq!(message::<SocketAddr>("'127.0.0.1:80'"), format!("{either}str"));
    assert_eq!(message::<SocketAddr>("['127.0.0.1', 80]"), format!("{either}list"));
    assert_eq!(message::<SocketAddr>("('::1', 80, 0)"), format!("{either}tuple of length 3"));
    assert_eq!(
        message::<SocketAddr>("('localhost', 80)"),
        "[0]: expected the text of an IP address, got \"localhost\""
    );
    assert_eq!(
        message::<SocketAddrV4>("('::1', 2**16)"),
        "2 errors\n  [0]: expected the text of an IPv4 address, got \"::1\"\n  \
         [1]: expected int in 0..=65535, got 65536"
    );
    assert_eq!(
        message::<SocketAddrV4>("(b'127.0.0.1', '80')"),
        "2 errors\n  [0]: expected str | IPv4Address, got bytes\n  [1]: expected int, got str"
    );
    assert_eq!(
        message::<SocketAddr>("('127.0.0.1', 80, 0, 0)"),
        "[0]: expected the text of an IPv6 address, got \"127.0.0.1\""
    );
    assert_eq!(
        message::<SocketAddrV6>("('::1%lo', 80, 2**32, -1)"),
        "3 errors\n  [0]: expected the text of an IPv6 address, got \"::1%lo\"\n  \
         [2]: expected int in 0..=4294967295, got 4294967296\n  \
         [3]: expected int in 0..=4294967295, got -1"
    );
    assert_eq!(
        message::<SocketAddrV4>("['127.0.0.1', 80]"),
        "expected tuple[str | IPv4Address, int], got list"
    );
}
