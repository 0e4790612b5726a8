//! Every kind of Python value, converted to every type: what comes of it is what Python itself, or
//! a stated rule, says (`src/sample.py`, `src/oracle.py`).

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{CStr, CString, OsString};
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZero, Saturating, Wrapping};
use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, SystemTime};

use convert_core::prelude::*;
use convert_core::types::{PyBackedBytes, PyBackedStr};
use convert_core::{Iterable, PyOnceObject, Strict};
use convert_tests::namespace;

convert_tests::tests! {
    numbers,
    other_numbers,
    text_and_bytes,
    names_of_files,
    sequences,
    iterables,
    tuples,
    maps,
    sets,
    ranges_and_times,
    network_addresses,
    options_boxes_and_objects,
    wrappers,
    strict_scalars,
    strict_containers,
    derived_structs,
}

/// Converts an object to a Rust type, and back.
type ThereAndBack = for<'py> fn(&Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>, ConversionError>;

/// By the name of the type.
type Conversion = (&'static str, ThereAndBack);

/// Conversions to these types, by their names.
macro_rules! conversions {
    ($($(#[$meta:meta])* $type:ty),* $(,)?) => {
        &[$($(#[$meta])* (stringify!($type), |object| {
            let value = object.extract::<$type>()?;
            Ok(value.into_py(object.py())?.into_any())
        })),*]
    };
}

fn numbers() {
    let conversions: &[Conversion] = conversions![
        i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64, bool
    ];
    check(conversions);
    check_with("INTS", conversions);
}

fn other_numbers() {
    let conversions: &[Conversion] = conversions![
        NonZero<u8>,
        NonZero<i64>,
        NonZero<u128>,
        Wrapping<u8>,
        Saturating<i16>,
        Ordering
    ];
    check(conversions);
    check_with("INTS", conversions);
}

fn text_and_bytes() {
    check(conversions![
        char,
        String,
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        &str,
        Cow<'_, str>,
        Box<str>,
        Rc<str>,
        Arc<str>,
        CString,
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        &CStr,
        Cow<'_, CStr>,
        PyBackedStr,
        PyBackedBytes,
        Vec<PyBackedStr>,
        HashMap<String, PyBackedBytes>,
        &[u8],
        Cow<'_, [u8]>,
        Vec<u8>,
        [u8; 3],
    ]);
}

fn names_of_files() {
    check(conversions![OsString, PathBuf, Vec<OsString>, Option<PathBuf>]);
}

fn sequences() {
    check(conversions![
        Vec<i64>,
        Vec<u16>,
        Vec<i128>,
        Vec<f64>,
        Vec<f32>,
        Vec<bool>,
        Vec<String>,
        Vec<Vec<i64>>,
        Vec<Vec<u8>>,
        Vec<Option<i64>>,
        Vec<(i64, f64)>,
        [i64; 2],
        [String; 1],
        [bool; 3],
        [NonZero<u8>; 2],
        VecDeque<i64>,
        VecDeque<u8>,
        LinkedList<String>,
        BinaryHeap<i64>,
        Box<[f64]>,
        Rc<[u8]>,
        Arc<[bool]>,
        Cow<'_, [i64]>,
    ]);
}

fn iterables() {
    check(conversions![Iterable<u8>, Iterable<String>, Iterable<(i64, String)>]);
}

fn tuples() {
    check(conversions![(), (i64, String), (f64, Vec<i64>), (Py<PyAny>,)]);
}

fn maps() {
    check(conversions![
        HashMap<String, i64>,
        HashMap<i64, Py<PyAny>>,
        HashMap<bool, f64>,
        BTreeMap<String, Vec<i64>>,
        BTreeMap<i64, Option<String>>,
    ]);
}

fn sets() {
    check(conversions![
        HashSet<i64>,
        HashSet<String>,
        BTreeSet<(i64, String)>,
        BTreeSet<Option<bool>>,
    ]);
}

fn ranges_and_times() {
    check(conversions![
        Range<i64>,
        Range<u8>,
        RangeInclusive<u8>,
        RangeInclusive<i64>,
        Duration,
        SystemTime,
        Vec<Duration>,
    ]);
}

fn network_addresses() {
    check(conversions![Ipv4Addr, Ipv6Addr, IpAddr, SocketAddrV4, SocketAddrV6, SocketAddr]);
}

fn wrappers() {
    check(conversions![
        Rc<bool>,
        Arc<Vec<i64>>,
        Cell<u8>,
        RefCell<String>,
        Mutex<Vec<String>>,
        RwLock<Option<f64>>,
        PhantomData<String>,
    ]);
}

fn strict_scalars() {
    check(conversions![
        Strict<i64>,
        Strict<u8>,
        Strict<f64>,
        Strict<f32>,
        Strict<bool>,
        Strict<char>,
        Strict<String>,
        Strict<NonZero<u8>>,
        Strict<Ordering>,
        Strict<CString>,
        Strict<OsString>,
        Strict<PathBuf>,
        Strict<PyBackedStr>,
        Strict<PyBackedBytes>,
        Strict<&[u8]>,
        Strict<Duration>,
        Strict<SystemTime>,
        Strict<Ipv4Addr>,
        Strict<Ipv6Addr>,
        Strict<Box<Mutex<i64>>>,
    ]);
}

fn strict_containers() {
    check(conversions![
        Strict<Cow<'_, [u8]>>,
        Strict<Vec<u8>>,
        Strict<[u8; 3]>,
        Strict<Vec<i64>>,
        Strict<Vec<Vec<f64>>>,
        Strict<[i64; 2]>,
        Strict<VecDeque<Option<String>>>,
        Strict<Iterable<u8>>,
        Strict<(i64, String)>,
        Strict<Vec<(i64, f64)>>,
        Strict<HashMap<String, Vec<i64>>>,
        Strict<BTreeMap<i64, Option<i64>>>,
        Strict<HashSet<i64>>,
        Strict<BTreeSet<(i64, String)>>,
        Strict<Range<i64>>,
        Strict<RangeInclusive<u8>>,
        Strict<SocketAddr>,
    ]);
}

fn options_boxes_and_objects() {
    check(conversions![
        Option<i64>,
        Option<String>,
        Option<Vec<f64>>,
        Option<HashMap<i64, i64>>,
        Box<f64>,
        Bound<'_, PyAny>,
        Bound<'_, PyInt>,
        Bound<'_, PyString>,
        Bound<'_, PyList>,
        Py<PyDict>,
        Py<PyTuple>,
    ]);
}

/// What numbers of all kinds have as attributes.
#[derive(FromPyObject, IntoPy)]
struct Complex {
    real: f64,
    #[py(default)]
    imag: f64,
}

#[derive(FromPyObject, IntoPy)]
struct ByKey {
    #[py(item)]
    real: Option<f64>,
    #[py(item, default = 7)]
    imag: i64,
}

#[derive(FromPyObject, IntoPy)]
struct Pair(f64, f64);

#[derive(FromPyObject, IntoPy)]
struct Id(u32);

#[derive(FromPyObject, IntoPy)]
struct Tree {
    children: Vec<Tree>,
}

#[derive(FromPyObject, IntoPy)]
struct Chain {
    next: Option<Box<Chain>>,
}

fn derived_structs() {
    check(conversions![Complex, ByKey, Pair, Id, Tree, Chain]);
}

/// The names that both Python files define.
fn names(py: Python<'_>) -> &Bound<'_, PyDict> {
    static NAMES: PyOnceObject<PyDict> = PyOnceObject::new();
    const CODE: &str =
        concat!(include_str!("../../src/sample.py"), include_str!("../../src/oracle.py"));
    let python = |is: bool| if is { "True" } else { "False" };
    let make = || {
        let limited_api = python(cfg!(Py_LIMITED_API));
        let text_is_kept = python(cfg!(any(Py_3_10, not(Py_LIMITED_API))));
        let build = format!("LIMITED_API = {limited_api}; TEXT_IS_KEPT = {text_is_kept}\n");
        namespace(py, &(build + CODE))
    };
    NAMES.get_or_init(py, make)
}

/// Asserts that converting each value of the sample gives what the oracle says.
fn check(conversions: &[Conversion]) {
    check_with("SAMPLE", conversions);
}

/// As [`check`], with the values of the sample by that name.
fn check_with(sample: &str, conversions: &[Conversion]) {
    Python::attach(|py| {
        let name = |name| PyDictMethods::get_item(names(py), name).unwrap().unwrap();
        let sample: Vec<(String, Bound<'_, PyAny>)> = name(sample)
            .call_method0("items")
            .unwrap()
            .try_iter()
            .unwrap()
            .map(|entry| entry.unwrap().extract().unwrap())
            .collect();
        let case = Case {
            outcome: name("outcome"),
            is_as_expected: name("is_as_expected"),
            count: py.import("sys").unwrap().getattr("getrefcount").unwrap(),
        };
        let mut problems = Vec::new();
        for &(rust_type, convert) in conversions {
            for (expression, make) in &sample {
                if let Err(problem) = case.check(make, rust_type, convert) {
                    problems.push(format!("{rust_type} from {expression}: {problem}"));
                }
            }
        }
        let count = problems.len();
        problems.truncate(50);
        assert!(count == 0, "{count} conversions went wrong:\n{}", problems.join("\n"));
    });
}

/// Python functions that judge.
struct Case<'py> {
    outcome: Bound<'py, PyAny>,
    is_as_expected: Bound<'py, PyAny>,
    count: Bound<'py, PyAny>,
}

impl<'py> Case<'py> {
    /// Converts one value; the error says what went wrong.
    fn check(
        &self,
        make: &Bound<'py, PyAny>,
        rust_type: &str,
        convert: ThereAndBack,
    ) -> Result<(), String> {
        let object = make.call0().expect("the value can be made");
        let before = self.refcount(&object);
        let result = convert(&object);
        if let Some(error) = PyErr::take(object.py()) {
            return Err(format!("{error} is left behind"));
        }
        let outcome = self.outcome.call1((make, rust_type)).expect("the oracle answers");
        let (kind, expected, change): (String, Bound<'_, PyAny>, i64) = outcome.extract().unwrap();
        drop(outcome);
        match result {
            Ok(made) => {
                if kind != "ok" {
                    return Err(format!("{made:?}, not an error, {expected}"));
                }
                let again = convert(&made)
                    .map_err(|error| format!("{made:?} cannot be read again: {error}"))?;
                for made in [made, again] {
                    if !self.is_as_expected(&expected, &made, &object) {
                        return Err(format!("{made:?}, not {expected:?}"));
                    }
                }
            }
            Err(error) => {
                let message = error.to_string();
                let class = PyErr::from(error).get_type(object.py()).type_display_name();
                if kind != "error" || !expected.eq(&class).unwrap() {
                    return Err(format!("{class} ({message}), not {kind} {expected:?}"));
                }
            }
        }
        let counted = self.refcount(&object) - before;
        // Shared objects, as small ints, are used by other threads too.
        if counted != change && !make.call0().unwrap().is(&object) {
            return Err(format!("{counted} references more, not {change}"));
        }
        Ok(())
    }

    fn is_as_expected(
        &self,
        expected: &Bound<'py, PyAny>,
        made: &Bound<'py, PyAny>,
        object: &Bound<'py, PyAny>,
    ) -> bool {
        let answer = self.is_as_expected.call1((expected, made, object));
        answer.and_then(|answer| Ok(answer.extract()?)).expect("the oracle answers")
    }

    fn refcount(&self, object: &Bound<'py, PyAny>) -> i64 {
        let count = self.count.call1((object,));
        count.and_then(|count| Ok(count.extract()?)).expect("every object has a count")
    }
}
