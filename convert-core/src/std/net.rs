//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `Ipv4Addr`, `Ipv6Addr` | `ipaddress.IPv4Address`, `ipaddress.IPv6Address` | their text, a `str` | none: with a zone (`%eth0`) or a network (`/24`, as of an `IPv4Interface`) it is a `ValueError` |
//! | `IpAddr` | either | as above | none |
//! | `SocketAddrV4` | `(host, port)`, as `socket` has it | the host as anything `Ipv4Addr` takes | none |
//! | `SocketAddrV6` | `(host, port, flowinfo, scope_id)` | `(host, port)` | none |
//! | `SocketAddr` | either | as above | none |
//!
//! An int is refused, though `ipaddress` takes it: it does not say which version is meant.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use convert_ffi::types::{PyAny, PyInt, PyString, PyTuple, PyType, SlottedClass};
use convert_ffi::{Borrowed, Bound, ConversionError, Leaf, PyOnceLock, PyResult, Python, TypeHint};

use super::into_py_leaf;
use super::strict::extract_as;
use crate::methods::PyAnyMethods;
use crate::{FromPyObject, FromPyObjectOwned};

const V4: TypeHint = TypeHint::name("IPv4Address");
const V6: TypeHint = TypeHint::name("IPv6Address");
const EITHER: TypeHint = TypeHint::union(&[V4, V6]);

/// `ipaddress.IPv4Address`, which keeps its number in a slot.
static CLASS_V4: PyOnceLock<SlottedClass<1>> = PyOnceLock::new();

fn class_v4(py: Python<'_>) -> PyResult<&'static SlottedClass<1>> {
    CLASS_V4.get_or_try_init(py, || SlottedClass::new(&class(py, "IPv4Address")?, ["_ip"]))
}

/// `ipaddress.IPv6Address`, which also keeps its zone.
fn class_v6(py: Python<'_>) -> PyResult<&'static SlottedClass<2>> {
    static CLASS: PyOnceLock<SlottedClass<2>> = PyOnceLock::new();
    CLASS
        .get_or_try_init(py, || SlottedClass::new(&class(py, "IPv6Address")?, ["_ip", "_scope_id"]))
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyType>> {
    Ok(py.import("ipaddress")?.getattr(name)?.cast_into::<PyType>()?)
}

/// Whether the object is an instance of the class, or (not `STRICT`) of a subclass. An interface is
/// one, and refused: it is an address and the network that it is in.
#[inline]
fn is_a<const STRICT: bool, const N: usize>(
    object: &Bound<'_, PyAny>,
    address: &SlottedClass<N>,
    interface: &str,
) -> Result<bool, ConversionError> {
    if address.is_exact_type_of(object) {
        return Ok(true);
    }
    if STRICT || !address.is_type_of(object) {
        return Ok(false);
    }
    if object.is_instance_of_class(&class(object.py(), interface)?) {
        return Err(ConversionError::new(
            const { &Leaf::refused(TypeHint::name("an IP address without a network")) },
        ));
    }
    Ok(true)
}

/// The address as a number.
#[inline]
fn number<'py, T: FromPyObjectOwned<'py>>(
    number: &Bound<'py, PyAny>,
) -> Result<T, ConversionError> {
    T::extract(number.as_borrowed()).map_err(|error| error.of(number.as_borrowed()))
}

/// The address of an exact `IPv4Address`, once the class is known: no Python code runs.
#[inline(always)]
fn v4_at_once(object: Borrowed<'_, '_, PyAny>) -> Option<Ipv4Addr> {
    CLASS_V4.get(object.py())?.get_plain(&object, 0).map(Ipv4Addr::from_bits)
}

fn extract_v4<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<Option<Ipv4Addr>, ConversionError> {
    let class = class_v4(object.py())?;
    if !is_a::<STRICT, 1>(&object, class, "IPv4Interface")? {
        return Ok(None);
    }
    Ok(Some(Ipv4Addr::from_bits(number(&class.get(&object, 0)?)?)))
}

fn extract_v6<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<Option<Ipv6Addr>, ConversionError> {
    let class = class_v6(object.py())?;
    if !is_a::<STRICT, 2>(&object, class, "IPv6Interface")? {
        return Ok(None);
    }
    if !class.get(&object, 1)?.is_none() {
        return Err(ConversionError::new(
            const { &Leaf::refused(TypeHint::name("an IPv6 address without a zone")) },
        ));
    }
    Ok(Some(Ipv6Addr::from_bits(number(&class.get(&object, 0)?)?)))
}

/// From the text of an address.
#[cold]
fn parse<T: std::str::FromStr>(
    object: Borrowed<'_, '_, PyAny>,
    wrong_type: ConversionError,
    wrong_value: &'static Leaf,
) -> Result<T, ConversionError> {
    match object.try_cast::<PyString>() {
        Some(text) => text.to_cow()?.parse().map_err(|_| ConversionError::new(wrong_value)),
        None => Err(wrong_type),
    }
}

macro_rules! addresses {
    ($($type:ty, $hint:expr, $text:literal, |$object:ident| $at_once:expr, $extract:expr, $extract_strict:expr;)*) => { $(
        impl<'a, 'py> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = $hint;

            #[inline]
            fn extract($object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                #[inline(never)]
                fn other($object: Borrowed<'_, '_, PyAny>) -> Result<$type, ConversionError> {
                    match $extract {
                        Some(address) => Ok(address),
                        None => parse(
                            $object,
                            <$type>::wrong_type(),
                            const { &Leaf::wrong_value(TypeHint::name($text)) },
                        ),
                    }
                }
                match $at_once {
                    Some(address) => Ok(address),
                    None if $object.is_basic() && !$object.is_instance_of::<PyString>() => {
                        Err(Self::wrong_type())
                    }
                    None => other($object),
                }
            }

            fn extract_strict($object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                $extract_strict.ok_or_else(Self::wrong_type)
            }
        }
    )* };
}

addresses! {
    Ipv4Addr, V4, "the text of an IPv4 address",
        |object| v4_at_once(object), extract_v4::<false>(object)?, extract_v4::<true>(object)?;
    Ipv6Addr, V6, "the text of an IPv6 address",
        |object| None, extract_v6::<false>(object)?, extract_v6::<true>(object)?;
    IpAddr, EITHER, "the text of an IP address",
        |object| v4_at_once(object).map(IpAddr::from), either::<false>(object)?, either::<true>(object)?;
}

fn either<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<Option<IpAddr>, ConversionError> {
    match extract_v4::<STRICT>(object)? {
        Some(address) => Ok(Some(address.into())),
        None => Ok(extract_v6::<STRICT>(object)?.map(IpAddr::from)),
    }
}

fn v4_into_py<'py>(address: &Ipv4Addr, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    class_v4(py)?.make(py, [PyInt::from_i64(py, address.to_bits().into())?.into_any()])
}

fn v6_into_py<'py>(address: &Ipv6Addr, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    let number = PyInt::from_u128(py, address.to_bits())?.into_any();
    class_v6(py)?.make(py, [number, py.none().to_owned().into_any()])
}

into_py_leaf! {
    [] Ipv4Addr => PyAny, V4, |value, py| v4_into_py(value, py);
    [] Ipv6Addr => PyAny, V6, |value, py| v6_into_py(value, py);
    [] IpAddr => PyAny, EITHER, |value, py| match value {
        IpAddr::V4(address) => v4_into_py(address, py),
        IpAddr::V6(address) => v6_into_py(address, py),
    };
    [] SocketAddrV4 => PyTuple, SOCKET_V4, |value, py| {
        (value.ip().to_string(), value.port()).into_py(py)
    };
    [] SocketAddrV6 => PyTuple, SOCKET_V6, |value, py| {
        (value.ip().to_string(), value.port(), value.flowinfo(), value.scope_id()).into_py(py)
    };
    [] SocketAddr => PyTuple, SOCKET, |value, py| match value {
        SocketAddr::V4(value) => value.into_py(py),
        SocketAddr::V6(value) => value.into_py(py),
    };
}

const STR: TypeHint = TypeHint::name("str");
const INT: TypeHint = TypeHint::name("int");
const SOCKET_V4: TypeHint = TypeHint::tuple(&[STR, INT]);
const SOCKET_V6: TypeHint = TypeHint::tuple(&[STR, INT, INT, INT]);
const SOCKET: TypeHint = TypeHint::union(&[SOCKET_V4, SOCKET_V6]);

/// The host of a socket's address: a text that becomes an address.
struct Host<T>(T);

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Host<T> {
    const EXPECTED: TypeHint = TypeHint::union(&[STR, T::EXPECTED]);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        let address = T::extract(object).map(Host);
        address.map_err(|error| error.relabel(const { &Leaf::wrong_type(Self::EXPECTED) }))
    }

    /// Only from text, which is what `socket` gives.
    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if object.is_exact_instance_of::<PyString>() {
            T::extract(object).map(Host)
        } else {
            Err(ConversionError::new(const { &Leaf::wrong_type(STR) }))
        }
    }
}

fn socket_v4<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<SocketAddrV4, ConversionError> {
    let (Host(host), port) = extract_as::<_, STRICT>(object)?;
    Ok(SocketAddrV4::new(host, port))
}

fn socket_v6<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<SocketAddrV6, ConversionError> {
    if !STRICT && length(object) == Some(2) {
        let (Host(host), port) = extract_as::<_, STRICT>(object)?;
        return Ok(SocketAddrV6::new(host, port, 0, 0));
    }
    let (Host(host), port, flowinfo, scope_id) = extract_as::<_, STRICT>(object)?;
    Ok(SocketAddrV6::new(host, port, flowinfo, scope_id))
}

fn socket<const STRICT: bool>(
    object: Borrowed<'_, '_, PyAny>,
) -> Result<SocketAddr, ConversionError> {
    if STRICT && !object.is_exact_instance_of::<PyTuple>() {
        return Err(SocketAddr::wrong_type());
    }
    match length(object) {
        Some(2) if STRICT => socket_v4::<STRICT>(object).map(SocketAddr::V4),
        Some(2) => {
            let (Host(host), port): (Host<IpAddr>, u16) = extract_as::<_, STRICT>(object)?;
            Ok(SocketAddr::new(host, port))
        }
        Some(4) => socket_v6::<STRICT>(object).map(SocketAddr::V6),
        Some(_) => Err(ConversionError::new(const { &Leaf::wrong_value(SOCKET) })),
        None => Err(SocketAddr::wrong_type()),
    }
}

macro_rules! sockets {
    ($($type:ty, $expected:expr, $extract:ident;)*) => { $(
        impl<'a, 'py> FromPyObject<'a, 'py> for $type {
            const EXPECTED: TypeHint = $expected;

            fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                $extract::<false>(object)
            }

            fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
                $extract::<true>(object)
            }
        }
    )* };
}

sockets! {
    SocketAddrV4, SOCKET_V4, socket_v4;
    SocketAddrV6, SOCKET_V6, socket_v6;
    SocketAddr, SOCKET, socket;
}

/// How many items a tuple has.
fn length(object: Borrowed<'_, '_, PyAny>) -> Option<usize> {
    object.try_cast::<PyTuple>().map(|tuple| tuple.len())
}
