//! Objects that are refused. The error is dropped, or raised as an exception and cleared.

use std::collections::{HashMap, HashSet};
use std::ffi::CStr;
use std::time::Duration;

use crate::conversions::case::{Case, failure};
use crate::conversions::records::{MISSING, PyO3Record, Record, WRONG};
use crate::conversions::union::{PyO3Union, Union};

const LAST_WRONG: &CStr = c"[i * 37 for i in range(999)] + ['x']";
const LAST_VALUE_WRONG: &CStr = c"{**{'key%07d' % i: i * 37 for i in range(999)}, 'last': 'x'}";

pub const CASES: &[Case] = &[
    failure("union of 6 <- object(), error dropped", |scene| {
        scene.refuse_as::<Union, PyO3Union>(c"object()")
    }),
    failure("union of 6 <- object(), raised", |scene| {
        scene.raise_as::<Union, PyO3Union>(c"object()")
    }),
    failure("i64 <- str, error dropped", |scene| scene.refuse::<i64>(c"'abc'")),
    failure("i64 <- str, raised", |scene| scene.raise::<i64>(c"'abc'")),
    failure("f64 <- str, error dropped", |scene| scene.refuse::<f64>(c"'abc'")),
    failure("f64 <- str, raised", |scene| scene.raise::<f64>(c"'abc'")),
    failure("String <- int, error dropped", |scene| scene.refuse::<String>(c"7")),
    failure("String <- int, raised", |scene| scene.raise::<String>(c"7")),
    failure("u8 <- 300, error dropped", |scene| scene.refuse::<u8>(c"300")),
    failure("u8 <- 300, raised", |scene| scene.raise::<u8>(c"300")),
    failure("bool <- int, error dropped", |scene| scene.refuse::<bool>(c"7")),
    failure("Option<i64> <- str, error dropped", |scene| scene.refuse::<Option<i64>>(c"'abc'")),
    failure("char <- 'ab', error dropped", |scene| scene.refuse::<char>(c"'ab'")),
    failure("Vec<i64> <- list, last item wrong, error dropped", |scene| {
        scene.refuse::<Vec<i64>>(LAST_WRONG)
    }),
    failure("Vec<i64> <- list, last item wrong, raised", |scene| {
        scene.raise::<Vec<i64>>(LAST_WRONG)
    }),
    failure("Vec<i64> <- int, error dropped", |scene| scene.refuse::<Vec<i64>>(c"7")),
    failure("[i64; 8] <- list of 7, error dropped", |scene| {
        scene.refuse::<[i64; 8]>(c"list(range(7))")
    }),
    failure("(i64, f64, String) <- tuple of 2, error dropped", |scene| {
        scene.refuse::<(i64, f64, String)>(c"(1000, 2.5)")
    }),
    failure("HashMap<String, i64> <- list, error dropped", |scene| {
        scene.refuse::<HashMap<String, i64>>(c"[1, 2, 3]")
    }),
    failure("HashMap<String, i64> <- dict, last value wrong, error dropped", |scene| {
        scene.refuse::<HashMap<String, i64>>(LAST_VALUE_WRONG)
    }),
    failure("struct of 10 <- dict, last field wrong, error dropped", |scene| {
        scene.refuse_as::<Record, PyO3Record>(WRONG)
    }),
    failure("struct of 10 <- dict, last field missing, error dropped", |scene| {
        scene.refuse_as::<Record, PyO3Record>(MISSING)
    }),
    failure("Duration <- int, error dropped", |scene| scene.refuse::<Duration>(c"7")),
    failure("HashSet<i64> <- list, error dropped", |scene| {
        scene.refuse::<HashSet<i64>>(c"[1, 2, 3]")
    }),
];
