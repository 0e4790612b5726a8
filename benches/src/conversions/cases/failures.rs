//! Objects that are refused. The error is dropped, or raised as an exception and cleared.
//!
//! A wrong type for every type whose making is measured; a wrong value where a type refuses some;
//! raised, what is raised most: wrong numbers, text, a wrong item, a union that fits none.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::ffi::CStr;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::library::Address;
use crate::conversions::assets::{Asset, Machine, PyO3Asset, PyO3Machine};
use crate::conversions::case::{Case, failure};
use crate::conversions::records::{
    AttributeRecord, DICT, MISSING, PyO3AttributeRecord, PyO3Record, Record, WRONG,
};
use crate::conversions::union::{PyO3Union, Union, UnionByHand};

const LAST_WRONG: &CStr = c"[i * 37 for i in range(999)] + ['x']";
const NAIVE: &CStr = c"datetime.datetime(2024, 5, 17, 12, 34, 56)";

type Triple = (i64, f64, String);
type Nested = Vec<HashMap<String, Vec<i64>>>;

pub const CASES: &[Case] = &[
    // Wrong types.
    failure("i64 <- str, error dropped", |scene| scene.refuse::<i64>(c"'abc'")),
    failure("u8 <- str, error dropped", |scene| scene.refuse::<u8>(c"'abc'")),
    failure("i128 <- str, error dropped", |scene| scene.refuse::<i128>(c"'abc'")),
    failure("f64 <- str, error dropped", |scene| scene.refuse::<f64>(c"'abc'")),
    failure("bool <- int, error dropped", |scene| scene.refuse::<bool>(c"7")),
    failure("Option<i64> <- str, error dropped", |scene| scene.refuse::<Option<i64>>(c"'abc'")),
    failure("String <- int, error dropped", |scene| scene.refuse::<String>(c"7")),
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    failure("&str <- int, error dropped", |scene| scene.refuse::<&str>(c"7")),
    failure("Cow<str> <- int, error dropped", |scene| scene.refuse::<Cow<str>>(c"7")),
    failure("char <- int, error dropped", |scene| scene.refuse::<char>(c"7")),
    failure("Vec<i64> <- int, error dropped", |scene| scene.refuse::<Vec<i64>>(c"7")),
    failure("Vec<f64> <- str, error dropped", |scene| scene.refuse::<Vec<f64>>(c"'abc'")),
    failure("Vec<String> <- str, error dropped", |scene| scene.refuse::<Vec<String>>(c"'abc'")),
    failure("Vec<u8> <- str, error dropped", |scene| scene.refuse::<Vec<u8>>(c"'abc'")),
    failure("VecDeque<i64> <- int, error dropped", |scene| {
        scene.refuse_as::<VecDeque<i64>, Vec<i64>>(c"7")
    }),
    failure("[i64; 8] <- int, error dropped", |scene| scene.refuse::<[i64; 8]>(c"7")),
    failure("[u8; 16] <- int, error dropped", |scene| scene.refuse::<[u8; 16]>(c"7")),
    failure("(i64, f64, String) <- list, error dropped", |scene| {
        scene.refuse::<Triple>(c"[1000, 2.5, 'abcdefghij']")
    }),
    failure("HashMap<String, i64> <- list, error dropped", |scene| {
        scene.refuse::<HashMap<String, i64>>(c"[1, 2, 3]")
    }),
    failure("BTreeMap<String, i64> <- list, error dropped", |scene| {
        scene.refuse::<BTreeMap<String, i64>>(c"[1, 2, 3]")
    }),
    failure("Vec<HashMap<String, Vec<i64>>> <- dict, error dropped", |scene| {
        scene.refuse::<Nested>(c"{'a': [1]}")
    }),
    failure("HashSet<i64> <- list, error dropped", |scene| {
        scene.refuse::<HashSet<i64>>(c"[1, 2, 3]")
    }),
    failure("BTreeSet<i64> <- list, error dropped", |scene| {
        scene.refuse::<BTreeSet<i64>>(c"[1, 2, 3]")
    }),
    failure("Duration <- int, error dropped", |scene| scene.refuse::<Duration>(c"7")),
    failure("SystemTime <- int, error dropped", |scene| scene.refuse::<SystemTime>(c"7")),
    failure("PathBuf <- int, error dropped", |scene| scene.refuse::<PathBuf>(c"7")),
    failure("Ipv4Addr <- int, error dropped", |scene| scene.refuse_as::<Ipv4Addr, Address>(c"7")),
    failure("struct of 10 <- attributes of int, error dropped", |scene| {
        scene.refuse_as::<AttributeRecord, PyO3AttributeRecord>(c"7")
    }),
    failure("struct of 10 <- empty dict, error dropped", |scene| {
        scene.refuse_as::<Record, PyO3Record>(c"{}")
    }),
    failure("struct of 4 <- dict of 10 other keys, error dropped", |scene| {
        scene.refuse_as::<Machine, PyO3Machine>(DICT)
    }),
    failure("union of structs <- empty dict, error dropped", |scene| {
        scene.refuse_as::<Asset, PyO3Asset>(c"{}")
    }),
    failure("union of 6 <- object(), error dropped", |scene| {
        scene.refuse_as::<Union, PyO3Union>(c"object()")
    }),
    failure("union of 6 by hand <- object(), error dropped", |scene| {
        scene.refuse_as::<UnionByHand, PyO3Union>(c"object()")
    }),
    // Wrong values, items, fields.
    failure("i64 <- int 2**70, error dropped", |scene| scene.refuse::<i64>(c"2**70")),
    failure("u8 <- int 300, error dropped", |scene| scene.refuse::<u8>(c"300")),
    failure("char <- 'ab', error dropped", |scene| scene.refuse::<char>(c"'ab'")),
    failure("[i64; 8] <- list of 7, error dropped", |scene| {
        scene.refuse::<[i64; 8]>(c"list(range(7))")
    }),
    failure("(i64, f64, String) <- tuple of 2, error dropped", |scene| {
        scene.refuse::<Triple>(c"(1000, 2.5)")
    }),
    failure("SystemTime <- naive datetime, error dropped", |scene| {
        scene.refuse::<SystemTime>(NAIVE)
    }),
    failure("Vec<i64> <- list, last item wrong, error dropped", |scene| {
        scene.refuse::<Vec<i64>>(LAST_WRONG)
    }),
    failure("(i64, f64, String) <- tuple, first item wrong, error dropped", |scene| {
        scene.refuse::<Triple>(c"('x', 2.5, 'abcdefghij')")
    }),
    failure("HashMap<String, i64> <- dict, a value wrong, error dropped", |scene| {
        scene.refuse::<HashMap<String, i64>>(c"{'a': 'x'}")
    }),
    failure("struct of 10 <- dict, last field wrong, error dropped", |scene| {
        scene.refuse_as::<Record, PyO3Record>(WRONG)
    }),
    failure("struct of 10 <- dict, last field missing, error dropped", |scene| {
        scene.refuse_as::<Record, PyO3Record>(MISSING)
    }),
    // Raised.
    failure("i64 <- str, raised", |scene| scene.raise::<i64>(c"'abc'")),
    failure("f64 <- str, raised", |scene| scene.raise::<f64>(c"'abc'")),
    failure("String <- int, raised", |scene| scene.raise::<String>(c"7")),
    failure("u8 <- int 300, raised", |scene| scene.raise::<u8>(c"300")),
    failure("Vec<i64> <- list, last item wrong, raised", |scene| {
        scene.raise::<Vec<i64>>(LAST_WRONG)
    }),
    failure("union of 6 <- object(), raised", |scene| {
        scene.raise_as::<Union, PyO3Union>(c"object()")
    }),
    failure("union of 6 by hand <- object(), raised", |scene| {
        scene.raise_as::<UnionByHand, PyO3Union>(c"object()")
    }),
];
