//! Durations and moments, against Python's own arithmetic; and ranges.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, round_trip};
use proptest::prelude::*;

convert_tests::tests! {
    durations,
    durations_as_python_adds_them,
    durations_refused,
    durations_as_seconds,
    moments,
    moments_as_python_subtracts_them,
    moments_in_any_zone,
    moments_refused,
    moments_of_a_subclass_are_what_it_stores,
    ranges,
    ranges_as_python_counts_them,
    ranges_that_were_used_up,
    ranges_refused,
}

const DATETIME: &str = "__import__('datetime')";

/// An expression, with `dt` for the module `datetime`.
fn with_dt(expression: &str) -> String {
    format!("(lambda dt: {expression})({DATETIME})")
}

/// Names of the tests' Python code, made once.
fn helper(code: &str) -> Py<PyDict> {
    Python::attach(|py| namespace(py, code).unbind())
}

fn function<'py>(py: Python<'py>, names: &Py<PyDict>, name: &str) -> Bound<'py, PyAny> {
    PyDictMethods::get_item(names.bind(py), name).unwrap().unwrap()
}

fn durations() {
    round_trip!(&with_dt("dt.timedelta()"), Duration::ZERO);
    round_trip!(&with_dt("dt.timedelta.resolution"), Duration::from_micros(1));
    round_trip!(&with_dt("dt.timedelta(1, 2, 3)"), Duration::new(86_402, 3000));
    round_trip!(
        &with_dt("dt.timedelta.max"),
        Duration::new(1_000_000_000 * 86_400 - 1, 999_999_000)
    );
    Python::attach(|py| {
        // Finer than Python: cut off.
        for (nanoseconds, expected) in [(999, 0), (1000, 1), (1_999_999_999, 1_999_999)] {
            let made = Duration::from_nanos(nanoseconds).into_py(py).unwrap();
            let expected = eval(py, &with_dt(&format!("dt.timedelta(0, 0, {expected})")));
            assert!(made.as_any().eq(&expected).unwrap(), "{nanoseconds}");
        }
        let subclass = eval(py, &with_dt("type('D', (dt.timedelta,), {'days': 9})(1)"));
        assert_eq!(subclass.extract::<Duration>().unwrap(), Duration::from_secs(86_400));
    });
}

fn durations_as_python_adds_them() {
    let names = helper(
        "
from datetime import timedelta
def check(made, seconds, nanoseconds):
    expected = timedelta(seconds=seconds) + timedelta(microseconds=nanoseconds // 1000)
    assert type(made) is timedelta and made == expected, (made, expected)
    return made / timedelta.resolution if made < timedelta(10**5) else None
def times(made, factor):
    return made * factor
",
    );
    convert_tests::proptest!(|(
        seconds in prop_oneof![0..1_000_000_000 * 86_400u64, 0..10u64, any::<u32>().prop_map(u64::from)],
        nanoseconds in 0..1_000_000_000u32,
    )| {
        Python::attach(|py| {
            let duration = Duration::new(seconds, nanoseconds);
            let made = (&duration).into_py(py).unwrap();
            function(py, &names, "check").call1((&made, seconds, nanoseconds)).unwrap();
            let back: Duration = made.extract().unwrap();
            assert_eq!(back, Duration::new(seconds, nanoseconds / 1000 * 1000));
            // What Python calculates with it is what Rust does.
            if seconds < 1 << 30 {
                let triple = function(py, &names, "times").call1((made, 3)).unwrap();
                assert_eq!(triple.extract::<Duration>().unwrap(), back * 3);
            }
        });
    });
}

fn durations_refused() {
    let negative = "expected a timedelta that is not negative";
    assert_eq!(message::<Duration>(&with_dt("-dt.timedelta.resolution")), negative);
    assert_eq!(message::<Duration>(&with_dt("dt.timedelta.min")), negative);
    assert_eq!(message::<Duration>("1.5"), "expected timedelta, got float");
    assert_eq!(message::<Duration>(&with_dt("dt.time()")), "expected timedelta, got time");
    assert_eq!(
        message::<Vec<Duration>>(&with_dt("[dt.timedelta(), 5, -dt.timedelta.resolution]")),
        format!("2 errors\n  [1]: expected timedelta, got int\n  [2]: {negative}")
    );
    Python::attach(|py| {
        for seconds in [1_000_000_000 * 86_400, i64::MAX as u64, u64::MAX] {
            let error = Duration::from_secs(seconds).into_py(py).unwrap_err();
            assert!(error.is_out_of_range());
            assert_eq!(error.to_string(), "expected a Duration of at most 999999999 days");
        }
        let error = vec![Duration::MAX].into_py(py).unwrap_err();
        assert_eq!(error.to_string(), "[0]: expected a Duration of at most 999999999 days");
    });
}

/// So many microseconds after 1970.
fn after_1970(microseconds: i64) -> SystemTime {
    let distance = Duration::from_micros(microseconds.unsigned_abs());
    if microseconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Job {
    #[py(with = "convert_core::std::seconds")]
    timeout: Duration,
}

fn durations_as_seconds() {
    round_trip!("{'timeout': 1.25}", Job { timeout: Duration::from_millis(1250) });
    convert_tests::proptest!(|(micros in 0..1_000_000_000_000u64)| {
        // As `timedelta.total_seconds()` has it.
        let seconds = with_dt(&format!("dt.timedelta(microseconds={micros}).total_seconds()"));
        let job = Job { timeout: Duration::from_micros(micros) };
        round_trip!(&format!("{{'timeout': {seconds}}}"), job);
    });
    let timeout = |expression| message::<Job>(&format!("{{'timeout': {expression}}}"));
    assert_eq!(timeout("'1'"), "Job: timeout: expected float, got str");
    for (expression, shown) in
        [("-0.5", "-0.5"), ("float('nan')", "nan"), ("2**64", "1.8446744073709552e+19")]
    {
        let expected = format!("Job: timeout: expected seconds from 0 to 2**64, got {shown}");
        assert_eq!(timeout(expression), expected);
    }
}

fn moments() {
    let utc = |arguments| with_dt(&format!("dt.datetime({arguments}, tzinfo=dt.timezone.utc)"));
    round_trip!(&utc("1970, 1, 1"), UNIX_EPOCH);
    round_trip!(&utc("1970, 1, 1, 0, 0, 0, 1"), after_1970(1));
    round_trip!(&utc("1969, 12, 31, 23, 59, 59, 999999"), after_1970(-1));
    round_trip!(&utc("2000, 2, 29, 12"), UNIX_EPOCH + Duration::from_secs(951_825_600));
    round_trip!(&utc("1, 1, 1"), UNIX_EPOCH - Duration::from_secs(62_135_596_800));
    round_trip!(
        &utc("9999, 12, 31, 23, 59, 59, 999999"),
        UNIX_EPOCH + Duration::new(253_402_300_799, 999_999_000)
    );
    Python::attach(|py| {
        let utc = eval(py, &with_dt("dt.timezone.utc"));
        let made = SystemTime::now().into_py(py).unwrap();
        assert!(made.getattr("tzinfo").unwrap().is(&utc));
        // Finer than Python: cut off towards the past, on both sides of 1970.
        let nanosecond = Duration::from_nanos(1);
        let close = [(UNIX_EPOCH + nanosecond, 0), (UNIX_EPOCH - nanosecond, -1)];
        for (time, microseconds) in close {
            let made = time.into_py(py).unwrap();
            assert_eq!(made.extract::<SystemTime>().unwrap(), after_1970(microseconds));
        }
    });
}

fn moments_as_python_subtracts_them() {
    let names = helper(
        "
from datetime import datetime, timedelta, timezone
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
def made_of(microseconds):
    return EPOCH + timedelta(microseconds=microseconds)
def shifted(microseconds, offset):
    zone = timezone(timedelta(microseconds=offset))
    try: return (EPOCH + timedelta(microseconds=microseconds)).astimezone(zone)
    except OverflowError: return None
",
    );
    // From the year 1 to 9999.
    let range = -62_135_596_800_000_000..253_402_300_800_000_000i64;
    let day = 86_400_000_000i64;
    convert_tests::proptest!(|(
        microseconds in prop_oneof![range, -5 * day..5 * day],
        offset in 1 - day..day,
    )| {
        Python::attach(|py| {
            let time = after_1970(microseconds);
            let expected = function(py, &names, "made_of").call1((microseconds,)).unwrap();
            for made in [time.into_py(py).unwrap(), (&time).into_py(py).unwrap()] {
                assert!(made.as_any().eq(&expected).unwrap(), "{made:?} {expected:?}");
                assert_eq!(made.repr().unwrap().to_string(), expected.repr().unwrap().to_string());
            }
            assert_eq!(expected.extract::<SystemTime>().unwrap(), time);
            let shifted = function(py, &names, "shifted").call1((microseconds, offset)).unwrap();
            if !shifted.is_none() {
                assert_eq!(shifted.extract::<SystemTime>().unwrap(), time, "{shifted:?}");
            }
        });
    });
}

fn moments_in_any_zone() {
    let names = helper(
        "
import datetime
class Folded(datetime.tzinfo):
    'An hour ahead, and two for the first of two equal times.'
    def utcoffset(self, moment): return datetime.timedelta(hours=2 - moment.fold)
def folded(fold): return datetime.datetime(1970, 1, 1, 2, tzinfo=Folded(), fold=fold)
def ahead(**offset):
    zone = datetime.timezone(datetime.timedelta(**offset))
    return datetime.datetime(1970, 1, 1, tzinfo=zone)
before = datetime.datetime.min.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=14)))
",
    );
    Python::attach(|py| {
        let time = |expression: &str| -> SystemTime {
            let code = std::ffi::CString::new(expression).unwrap();
            py.eval(&code, Some(names.bind(py)), None).unwrap().extract().unwrap()
        };
        let hour = Duration::from_secs(3600);
        assert_eq!(time("folded(0)"), UNIX_EPOCH);
        assert_eq!(time("folded(1)"), UNIX_EPOCH + hour);
        assert_eq!(time("ahead(hours=1)"), UNIX_EPOCH - hour);
        assert_eq!(time("ahead(hours=-1)"), UNIX_EPOCH + hour);
        assert_eq!(time("ahead(microseconds=1)"), after_1970(-1));
        assert_eq!(
            time("ahead(hours=23, minutes=59, seconds=59, microseconds=999999)"),
            after_1970(1 - 86_400_000_000)
        );
        // Before the year 1: Rust can say when, Python in UTC cannot.
        let error = time("before").into_py(py).unwrap_err();
        assert!(error.is_out_of_range());
        assert_eq!(error.to_string(), "expected a SystemTime in the years 1 to 9999");
    });
}

fn moments_refused() {
    let naive = "expected a datetime with an offset from UTC";
    assert_eq!(message::<SystemTime>(&with_dt("dt.datetime(2026, 1, 2)")), naive);
    assert_eq!(
        message::<SystemTime>(&with_dt("dt.date(2026, 1, 2)")),
        "expected datetime, got date"
    );
    assert_eq!(message::<SystemTime>("0.0"), "expected datetime, got float");
    // A datetime is none of the garbage collector's: nothing that it refers to may refer to it.
    let names = helper(
        "
from datetime import datetime, timedelta, tzinfo
class Zone(tzinfo):
    def __init__(self, answer): self.answer = answer
    def utcoffset(self, moment): return self.answer()
def moment(answer): return datetime(2026, 1, 2, tzinfo=Zone(answer))
",
    );
    Python::attach(|py| {
        let refused = |answer: &str| {
            let code = std::ffi::CString::new(format!("moment(lambda: {answer})")).unwrap();
            let moment = py.eval(&code, Some(names.bind(py)), None).unwrap();
            moment.extract::<SystemTime>().unwrap_err()
        };
        assert_eq!(refused("None").to_string(), naive);
        for (answer, class) in [
            ("1 / 0", "ZeroDivisionError"),
            ("5", "TypeError"),
            ("timedelta(1)", "ValueError"),
            ("timedelta(-1)", "ValueError"),
        ] {
            let error = refused(answer);
            assert!(error.is_exception(), "{error}");
            assert_eq!(PyErr::from(error).get_type(py).type_display_name(), class);
        }
        let year = Duration::from_secs(365 * 86_400);
        for time in [UNIX_EPOCH - year * 1971, UNIX_EPOCH + year * 8036] {
            let error = time.into_py(py).unwrap_err();
            assert!(error.is_out_of_range());
            assert_eq!(error.to_string(), "expected a SystemTime in the years 1 to 9999");
        }
    });
}

fn moments_of_a_subclass_are_what_it_stores() {
    Python::attach(|py| {
        for zone in ["dt.timezone.utc", "dt.timezone(dt.timedelta())"] {
            let members = "{'utcoffset': lambda self: dt.timedelta(0, 60), 'year': 5}";
            let code = format!("type('D', (dt.datetime,), {members})(1970, 1, 1, tzinfo={zone})");
            let object = eval(py, &with_dt(&code));
            assert_eq!(object.extract::<SystemTime>().unwrap(), UNIX_EPOCH, "{zone}");
        }
    });
}

fn ranges() {
    round_trip!("range(2, 5)", 2..5i64);
    round_trip!("range(0)", 0..0u8);
    round_trip!("range(5, 2)", Range { start: 5, end: 2i32 });
    round_trip!("range(-2**127, 2**127 - 1)", i128::MIN..i128::MAX);
    round_trip!("range(0, 2**64 - 1)", 0..u64::MAX);
    round_trip!("range(2, 6)", 2..=5i64);
    round_trip!("range(0, 256)", 0..=u8::MAX);
    round_trip!("range(2**128 - 1, 2**128)", u128::MAX..=u128::MAX);
    round_trip!("range(-2**63, 2**63)", i64::MIN..=i64::MAX);
    round_trip!("[range(1), range(2)]", vec![0..1u8, 0..2]);
    Python::attach(|py| {
        for expression in
            ["slice(2, 5)", "slice(2, 5, 1)", "slice(2, 5, True)", "range(2, 5, True)"]
        {
            let object = eval(py, expression);
            assert_eq!(object.extract::<Range<u8>>().unwrap(), 2..5, "{expression}");
            assert_eq!(object.extract::<RangeInclusive<u8>>().unwrap(), 2..=4, "{expression}");
        }
    });
}

fn ranges_as_python_counts_them() {
    let names = helper(
        "
def check(half_open, inclusive, start, end):
    assert type(half_open) is type(inclusive) is range
    assert (half_open.start, half_open.stop, half_open.step) == (start, end, 1)
    for n in (start - 1, start, end - 1, end, end + 1):
        assert (n in half_open) == (start <= n < end)
        assert (n in inclusive) == (start <= n <= end)
",
    );
    convert_tests::proptest!(|(start: i64, end: i64, near in -3..3i64)| {
        Python::attach(|py| {
            let check = function(py, &names, "check");
            for end in [end, start.saturating_add(near)] {
                let (half_open, inclusive) = (start..end, start..=end);
                let made = (&half_open, &inclusive).into_py(py).unwrap();
                check
                    .call1((made.get_item(0).unwrap(), made.get_item(1).unwrap(), start, end))
                    .unwrap();
                let back: (Range<i64>, RangeInclusive<i64>) = made.extract().unwrap();
                assert_eq!(back, (half_open, inclusive));
            }
        });
    });
}

fn ranges_that_were_used_up() {
    Python::attach(|py| {
        let mut range = 1..=3u8;
        assert_eq!(range.by_ref().count(), 3);
        assert!(range.is_empty());
        for made in [(&range).into_py(py).unwrap(), range.into_py(py).unwrap()] {
            assert_eq!(made.size().unwrap(), 0, "{made:?}");
        }
        let mut range = 1..=3u8;
        range.next();
        assert!(range.into_py(py).unwrap().as_any().eq(eval(py, "range(2, 4)")).unwrap());
    });
}

fn ranges_refused() {
    type Numbers = Range<i64>;
    type Last = RangeInclusive<u8>;
    let step = "expected a range with a step of 1";
    assert_eq!(message::<Numbers>("range(0, 9, 2)"), step);
    assert_eq!(message::<Numbers>("range(9, 0, -1)"), step);
    assert_eq!(message::<Last>("slice(0, 9, 2)"), step);
    assert_eq!(message::<Numbers>("slice(0, 9, 'x')"), step);
    let open = "expected a slice with start and stop";
    assert_eq!(message::<Numbers>("slice(5)"), open);
    assert_eq!(message::<Last>("slice(5, None)"), open);
    assert_eq!(message::<Numbers>("[0, 5]"), "expected range, got list");
    assert_eq!(message::<Numbers>("(0, 5)"), "expected range, got tuple");
    assert_eq!(
        message::<Range<u8>>("range(-1, 300)"),
        "2 errors\n  start: expected int in 0..=255, got -1\n  \
         stop: expected int in 0..=255, got 300"
    );
    assert_eq!(
        message::<Numbers>("slice('a', None or 1.5)"),
        "2 errors\n  start: expected int, got str\n  stop: expected int, got float"
    );
    assert_eq!(message::<Last>("slice(0, 'b')"), "stop: expected int, got str");
    assert_eq!(message::<Last>("range(257)"), "stop - 1: expected int in 0..=255, got 256");
    // Empty, and not to be said in Rust.
    assert_eq!(message::<Last>("range(0)"), "stop - 1: expected int in 0..=255, got -1");
    assert_eq!(
        message::<BTreeMap<String, Vec<Numbers>>>("{'a': [range(1), range(2**63, 2**64)]}"),
        "2 errors\n  [\"a\"][1].start: expected int in -9223372036854775808..=9223372036854775807, \
         got 9223372036854775808\n  \
         [\"a\"][1].stop: expected int in -9223372036854775808..=9223372036854775807, \
         got 18446744073709551616"
    );
    Python::attach(|py| {
        let raises = eval(py, "slice(0, type('I', (), {'__index__': lambda self: 1 / 0})())");
        for error in
            [raises.extract::<Numbers>().unwrap_err(), raises.extract::<Last>().unwrap_err()]
        {
            assert!(error.is_exception(), "{error}");
        }
        // Of a subclass of int, what it stores.
        let code =
            "slice(0, type('I', (int,), {'__add__': lambda *a: 0, '__index__': lambda s: 0})(N))";
        let stored = eval(py, &code.replace('N', "7"));
        assert_eq!(stored.extract::<Last>().unwrap(), 0..=6);
        let stored = eval(py, &code.replace('N', "2**70"));
        assert_eq!(stored.extract::<RangeInclusive<i128>>().unwrap(), 0..=(1 << 70) - 1);
    });
}
