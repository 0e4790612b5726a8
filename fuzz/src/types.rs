//! The Rust types of each target of honest objects, and the model of each in `models.py`.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{CStr, CString, OsString};
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{NonZero, Wrapping};
use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use chrono::{
    DateTime, FixedOffset, Month, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
};
use chrono_tz::Tz;
use convert_core::crates::{num_bigint, rust_decimal, uuid};
use convert_core::prelude::*;
use convert_core::types::{PyBackedBytes, PyBackedStr};
use convert_core::{Iterable, Strict};
use num_bigint::{BigInt, BigUint};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::plain::{Case, Converted, run};

/// A target: types, and the models that say what they accept.
macro_rules! target {
    ($(#[$meta:meta])* $target:ident: $($type:ty = $model:literal,)*) => {
        $(#[$meta])*
        pub fn $target(data: &[u8]) {
            static MODELS: convert_core::PyOnceLock<Vec<Py<PyAny>>> = convert_core::PyOnceLock::new();
            const CASES: &[Case] = &[$(Case {
                model: $model,
                convert: |object| {
                    let value: $type = object.extract()?;
                    let text = format!("{value:?}");
                    let by_reference = (&value).into_py(object.py())?.into_any();
                    Ok(Converted { text, made: [by_reference, value.into_py(object.py())?.into_any()] })
                },
            }),*];
            run(data, CASES, &MODELS)
        }
    };
}

target! {
    /// Numbers and single values of any size, from objects of any kind.
    scalars:
    i8 = "i8",
    i16 = "i16",
    i32 = "i32",
    i64 = "i64",
    isize = "i64",
    i128 = "i128",
    u8 = "u8",
    u16 = "u16",
    u32 = "u32",
    u64 = "u64",
    usize = "u64",
    u128 = "u128",
    f64 = "f64",
    f32 = "f32",
    bool = "boolean",
    char = "char",
    Option<i64> = "Option(i64)",
    Box<u32> = "u32",
    NonZero<u8> = "NonZero(u8)",
    NonZero<i128> = "NonZero(i128)",
    Wrapping<u16> = "Newtype(u16)",
    Cell<i64> = "Newtype(i64)",
    Ordering = "sign",
    PhantomData<u8> = "Nothing()",
    Range<i64> = "Range(i64)",
    RangeInclusive<u8> = "Range(u8, 1)",
    Duration = "span",
    SystemTime = "moment",
    Ipv4Addr = "ip4",
    Ipv6Addr = "ip6",
    IpAddr = "ip",
    SocketAddr = "socket",
    Option<Duration> = "Option(Newtype(span))",
    Strict<i64> = "Strict(i64, int)",
    Strict<f64> = "Strict(f64, float)",
    Strict<bool> = "Strict(boolean, bool)",
}

target! {
    /// Numbers of any size, and decimals: of other crates than std.
    big_numbers:
    BigInt = "big_int",
    BigUint = "big_uint",
    Decimal = "decimal",
    Uuid = "identifier",
    Vec<BigInt> = "Vec(big_int)",
    Vec<Decimal> = "Vec(decimal)",
    Option<Decimal> = "Option(decimal)",
    HashMap<BigInt, Decimal> = "Map(big_int, decimal)",
    Strict<BigInt> = "Strict(big_int, int)",
    Strict<Decimal> = "Strict(decimal, Decimal)",
    Strict<Uuid> = "Strict(identifier, UUID)",
}

target! {
    /// Dates, times and time zones, among them those that clocks skip or show twice.
    datetimes:
    NaiveDate = "NaiveDay()",
    NaiveTime = "NaiveClock()",
    NaiveDateTime = "Naive()",
    DateTime<Utc> = "Instant()",
    DateTime<FixedOffset> = "Fixed()",
    DateTime<Tz> = "Zoned()",
    TimeDelta = "Delta()",
    FixedOffset = "Offset()",
    Utc = "Universal()",
    Tz = "zones",
    Weekday = "weekday",
    Month = "month",
    Option<DateTime<Utc>> = "Option(Instant())",
    Vec<DateTime<Tz>> = "Vec(Zoned())",
    Vec<DateTime<FixedOffset>> = "Vec(Fixed())",
    (NaiveDate, NaiveTime) = "Tuple(NaiveDay(), NaiveClock())",
    Strict<NaiveDate> = "Strict(NaiveDay(), date)",
    Strict<NaiveDateTime> = "Strict(Naive(), datetime)",
    Strict<DateTime<FixedOffset>> = "Strict(FixedZone(), datetime)",
    Strict<TimeDelta> = "Strict(Delta(), timedelta)",
    Strict<Weekday> = "Strict(weekday, int)",
}

target! {
    /// Text of every width, with surrogates, of subclasses; and bytes.
    strings:
    String = "text",
    &str = "text",
    Cow<'_, str> = "text",
    Box<str> = "text",
    Rc<str> = "text",
    Arc<str> = "text",
    char = "char",
    Option<&str> = "Option(text)",
    (&str, String) = "Tuple(text, text)",
    (Cow<'_, str>, &[u8]) = "Tuple(text, byte_str)",
    &[u8] = "byte_str",
    Vec<u8> = "vec_u8",
    Cow<'_, [u8]> = "vec_u8",
    CString = "c_str",
    &CStr = "c_str",
    Cow<'_, CStr> = "c_str",
    PyBackedStr = "Kept(text)",
    PyBackedBytes = "Kept(byte_str)",
    Vec<PyBackedStr> = "Vec(Kept(text))",
    OsString = "file_name",
    PathBuf = "file_path",
    Option<PathBuf> = "Option(file_path)",
    Iterable<char> = "Each(char)",
    Strict<String> = "Strict(text, str)",
    Strict<Vec<u8>> = "Strict(vec_u8, bytes)",
    Strict<[u8; 3]> = "Strict(Array(vec_u8, 3), bytes)",
}

target! {
    /// Sequences of all kinds, nested.
    sequences:
    Vec<i64> = "Vec(i64)",
    Vec<f64> = "Vec(f64)",
    Vec<u8> = "vec_u8",
    Vec<String> = "Vec(text)",
    Vec<Vec<i64>> = "Vec(Vec(i64))",
    Vec<Option<i64>> = "Vec(Option(i64))",
    [i64; 3] = "Array(Vec(i64), 3)",
    (i64, String) = "Tuple(i64, text)",
    Vec<bool> = "Vec(boolean)",
    Vec<i8> = "Vec(i8)",
    Vec<i16> = "Vec(i16)",
    Vec<i32> = "Vec(i32)",
    Vec<i128> = "Vec(i128)",
    Vec<isize> = "Vec(i64)",
    Vec<u16> = "Vec(u16)",
    Vec<u32> = "Vec(u32)",
    Vec<u64> = "Vec(u64)",
    Vec<u128> = "Vec(u128)",
    Vec<f32> = "Vec(f32)",
    Vec<char> = "Vec(char)",
    Vec<(i64, f64)> = "Vec(Tuple(i64, f64))",
    Vec<Vec<u8>> = "Vec(vec_u8)",
    Vec<Vec<String>> = "Vec(Vec(text))",
    Vec<Vec<Vec<f64>>> = "Vec(Vec(Vec(f64)))",
    [u8; 4] = "Array(vec_u8, 4)",
    [[f64; 2]; 2] = "Array(Vec(Array(Vec(f64), 2)), 2)",
    [String; 1] = "Array(Vec(text), 1)",
    () = "Tuple()",
    (bool,) = "Tuple(boolean)",
    (i64, f64, Vec<u8>) = "Tuple(i64, f64, vec_u8)",
    (u8, (u8, Option<u8>), [u8; 2]) = "Tuple(u8, Tuple(u8, Option(u8)), Array(vec_u8, 2))",
    Option<Vec<Option<Vec<i64>>>> = "Option(Vec(Option(Vec(i64))))",
    Box<Vec<Box<i64>>> = "Newtype(Vec(Newtype(i64)))",
    VecDeque<i64> = "Vec(i64)",
    LinkedList<String> = "Vec(text)",
    Box<[f64]> = "Vec(f64)",
    Rc<[u8]> = "vec_u8",
    Arc<[bool]> = "Vec(boolean)",
    Cow<'_, [i64]> = "Vec(i64)",
    [f64; 3] = "Array(Vec(f64), 3)",
    Vec<NonZero<u8>> = "Vec(NonZero(u8))",
    Vec<Duration> = "Vec(span)",
    Vec<IpAddr> = "Vec(ip)",
    Vec<Range<u8>> = "Vec(Range(u8))",
    HashSet<i64> = "Members(i64)",
    HashSet<String> = "Members(text)",
    BTreeSet<i64> = "Members(i64, True)",
    BTreeSet<(i64, String)> = "Members(Tuple(i64, text), True)",
    Iterable<i64> = "Each(i64)",
    Iterable<u8> = "Each(u8, bytes)",
    Vec<HashSet<Option<bool>>> = "Vec(Members(Option(boolean)))",
    Strict<Vec<i64>> = "Strict(Vec(exact_i64), list)",
    Strict<[i64; 2]> = "Strict(Array(Vec(exact_i64), 2), list)",
    Strict<(i64, f64)> = "Strict(Tuple(exact_i64, exact_f64), tuple)",
    Strict<Vec<(i64, String)>> = "Strict(Vec(Inner(Tuple(exact_i64, exact_text), tuple)), list)",
    Strict<HashSet<i64>> = "Strict(Members(exact_i64), set)",
}

target! {
    /// Dicts and their subclasses, with keys and values of all kinds.
    maps:
    HashMap<String, i64> = "Map(text, i64)",
    HashMap<i64, f64> = "Map(i64, f64)",
    BTreeMap<String, String> = "Map(text, text, True)",
    BTreeMap<i64, Option<u8>> = "Map(i64, Option(u8), True)",
    BTreeMap<u8, Vec<i64>> = "Map(u8, Vec(i64), True)",
    HashMap<char, bool> = "Map(char, boolean)",
    HashMap<bool, (i64, i64)> = "Map(boolean, Tuple(i64, i64))",
    HashMap<(i64, String), u64> = "Map(Tuple(i64, text), u64)",
    HashMap<Option<i32>, char> = "Map(Option(i32), char)",
    BTreeMap<String, HashMap<u16, f64>> = "Map(text, Map(u16, f64), True)",
    HashMap<i128, Vec<u8>> = "Map(i128, vec_u8)",
    HashMap<Id, Point> = "Map(u32, point)",
    Vec<BTreeMap<i64, i64>> = "Vec(Map(i64, i64, True))",
    Option<HashMap<String, Vec<String>>> = "Option(Map(text, Vec(text)))",
    HashMap<PyBackedStr, Mutex<i64>> = "Map(Kept(text), Newtype(i64))",
    BTreeMap<String, HashSet<i64>> = "Map(text, Members(i64), True)",
    BTreeMap<i64, Duration> = "Map(i64, span, True)",
    HashMap<OsString, PathBuf> = "Map(file_name, file_path)",
    HashMap<String, Strict<i64>> = "Map(text, exact_i64)",
    Strict<HashMap<String, f64>> = "Strict(Map(exact_text, exact_f64), dict)",
    Strict<BTreeMap<i64, Vec<i64>>> =
        "Strict(Map(exact_i64, Inner(Vec(exact_i64), list), True), dict)",
}

target! {
    /// Derived structs from dicts and objects with missing, further and wrong fields.
    derive_struct:
    Order = "order",
    Customer = "customer",
    Point = "point",
    Id = "Newtype(u32)",
    Tree = "tree",
    Sources = "sources",
    Page<Point> = "page",
    Vec<Order> = "Vec(order)",
    Vec<Customer> = "Vec(customer)",
    HashMap<String, Customer> = "Map(text, customer)",
    (Customer, Option<Tree>) = "Tuple(customer, Option(tree))",
    Vec<Page<Point>> = "Vec(page)",
    Empty = "Struct()",
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Customer {
    name: String,
    age: u8,
    #[py(rename = "class")]
    kind: Option<char>,
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Order {
    id: u64,
    customer: Customer,
    prices: Vec<f64>,
    place: Point,
    #[py(default)]
    note: Option<String>,
    #[py(default = 7)]
    count: i32,
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Point(f64, f64);

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Eq, Hash)]
struct Id(u32);

#[derive(FromPyObject, IntoPy, Debug)]
struct Tree {
    value: i64,
    children: Vec<Tree>,
    #[py(default)]
    left: Option<Box<Tree>>,
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Sources {
    #[py(item)]
    key: i64,
    #[py(item("other key"))]
    other: String,
    #[py(attribute)]
    real: f64,
    #[py(attribute("size"), default)]
    length: Option<u16>,
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Page<T> {
    items: Vec<T>,
    ids: [Id; 2],
    names: HashMap<String, u32>,
}

#[derive(FromPyObject, IntoPy, Debug)]
struct Empty {}
