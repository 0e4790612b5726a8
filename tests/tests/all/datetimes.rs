//! Dates, times, timedeltas and time zones, against what Python's own classes say.

use convert_core::PyTypeInfo;
use convert_core::exceptions::*;
use convert_core::prelude::*;
use convert_tests::{eval, namespace, object};

convert_tests::tests! {
    types_are_told_apart,
    dates,
    datetimes,
    times,
    deltas,
    what_is_stored_is_read,
    making_dates,
    making_datetimes,
    making_times,
    making_deltas,
    fixed_offsets,
    offsets_of_moments,
    offsets_of_zones,
    zones_are_held,
    fields_at_the_end_of_the_recursion_limit,
    an_interpreter_without_datetime,
}

/// Objects of all of these types, and how Python's own classes read them.
const SAMPLE: &str = r#"
import datetime
from datetime import date, datetime as moment, time, timedelta, timezone, tzinfo

class Zone(tzinfo):
    def __init__(self, offset): self.offset = offset
    def utcoffset(self, dt): return self.offset
    def dst(self, dt): return None
    def tzname(self, dt): return "Zone"

def lie(self): return 77
LIES = {name: property(lie) for name in ("year", "month", "day", "hour", "minute", "second",
        "microsecond", "fold", "tzinfo", "days", "seconds", "microseconds")}
class Date(date): locals().update(LIES)
class Moment(moment): locals().update(LIES)
class Time(time): locals().update(LIES)
class Delta(timedelta): locals().update(LIES)
class Slotted(moment): __slots__ = ("a", "b")

zones = [None, timezone.utc, timezone(timedelta(hours=-5)), Zone(None),
         timezone(timedelta(seconds=-1)), timezone(timedelta(hours=23, seconds=59), "name"),
         timezone(-timedelta(hours=23, minutes=59, microseconds=7)), Zone(timedelta(hours=1))]
dates = [date.min, date.max, date(1970, 1, 1), date(2024, 2, 29), date(256, 12, 31), date(255, 1, 2),
         Date(2000, 3, 4), date(b"\xff\xff\x01\xff"), date(b"\0\0\x0c\0")]
moments = [cls(2019, 10, 27, 2, 30, 59, micro, zone, fold=fold)
           for cls in (moment, Moment, Slotted) for micro in (0, 1, 255, 256, 65536, 999999)
           for zone in zones for fold in (0, 1)]
moments += [moment.min, moment.max, moment.max.replace(tzinfo=timezone.utc, fold=1),
            moment(b"\xff\xff\x01\xff\xff\xff\xff\xff\xff\xff"),
            moment(b"\xff\xff\x81\xff\xff\xff\xff\xff\xff\xff", timezone.utc)]
times = [cls(23, 4, 5, micro, zone, fold=fold)
         for cls in (time, Time) for micro in (0, 1, 255, 256, 65536, 999999)
         for zone in zones for fold in (0, 1)]
times += [time.min, time.max, time(b"\x17\xff\xff\xff\xff\xff"), time(b"\x97\xff\xff\xff\xff\xff")]
deltas = [timedelta.min, timedelta.max, timedelta.resolution, -timedelta.resolution, timedelta(),
          timedelta(-1), timedelta(seconds=-1), timedelta(1, 86399, 999999), Delta(-5, 6, -7)]
others = [None, 5, 1.5, "2020-01-01", object(), date, moment, datetime, (2020, 1, 1),
          type("Fake", (), {"__class__": date, "year": 1, "month": 1, "day": 1})()]

def stored(x, cls, *names):
    "What is stored in an object, whatever its class says."
    return tuple(cls.__dict__[name].__get__(x) for name in names)

def outcome(make, *args, **kwargs):
    try:
        return make(*args, **kwargs)
    except Exception as error:
        return type(error)

def alike(x, y):
    "Whether two are of one class and equal in all that is stored."
    if type(x) is not type(y) or x != y or repr(x) != repr(y):
        return False
    return getattr(x, "tzinfo", None) is getattr(y, "tzinfo", None)
"#;

fn get<'py>(names: &Bound<'py, PyDict>, name: &str) -> Bound<'py, PyAny> {
    PyDictMethods::get_item(names, name).unwrap().unwrap()
}

fn each<'py>(names: &Bound<'py, PyDict>, name: &str) -> Vec<Bound<'py, PyAny>> {
    let objects: Vec<_> = get(names, name).try_iter().unwrap().map(Result::unwrap).collect();
    assert!(!objects.is_empty());
    objects
}

fn with_sample(test: impl for<'py> FnOnce(Python<'py>, &Bound<'py, PyDict>)) {
    Python::attach(|py| {
        let names = namespace(py, SAMPLE);
        test(py, &names);
        // Python's garbage collector does not see the time zone that a datetime holds, so neither
        // the circle of which that one is a part.
        names.clear();
    });
}

fn types_are_told_apart() {
    fn check<'py, T: PyTypeInfo>(names: &Bound<'py, PyDict>, class: &str) {
        let class = get(names, class);
        assert!(T::type_object(class.py()).is(&class));
        let mut found = 0;
        for group in ["dates", "moments", "times", "deltas", "zones", "others"] {
            for x in each(names, group) {
                let of = class.py().import("builtins").unwrap().getattr("issubclass").unwrap();
                let is = of.call1((x.get_type(), &class)).unwrap().is_truthy().unwrap();
                assert_eq!(x.is_instance_of::<T>(), is, "{x:?}");
                assert_eq!(x.is_exact_instance_of::<T>(), x.get_type().is(&class), "{x:?}");
                assert_eq!(x.cast::<T>().is_ok(), is);
                found += usize::from(is);
            }
        }
        assert!(found > 0);
    }
    with_sample(|py, names| {
        check::<PyDate>(names, "date");
        check::<PyDateTime>(names, "moment");
        check::<PyTime>(names, "time");
        check::<PyDelta>(names, "timedelta");
        check::<PyTzInfo>(names, "tzinfo");
        let error = eval(py, "'x'").cast::<PyDateTime>().unwrap_err();
        assert_eq!(error.to_string(), "expected datetime, got str");
    });
}

type Stored = (i64, i64, i64);

fn stored<'py, T>(names: &Bound<'py, PyDict>, x: &Bound<'py, PyAny>, class: &str, of: &[&str]) -> T
where
    T: FromPyObjectOwned<'py>,
{
    let mut arguments = vec![x.clone(), get(names, class)];
    for name in of {
        arguments.push(name.into_py(x.py()).unwrap().into_any());
    }
    let stored = get(names, "stored").call_objects(&arguments, None).unwrap();
    stored.extract().unwrap()
}

fn dates() {
    with_sample(|_, names| {
        for x in each(names, "dates") {
            let date = x.cast::<PyDate>().unwrap();
            let expected: Stored = stored(names, &x, "date", &["year", "month", "day"]);
            assert_eq!((date.year().into(), date.month().into(), date.day().into()), expected);
        }
        // A datetime is a date.
        for x in each(names, "moments") {
            let expected: Stored = stored(names, &x, "date", &["year", "month", "day"]);
            let date = x.cast::<PyDate>().unwrap();
            assert_eq!((date.year().into(), date.month().into(), date.day().into()), expected);
            let date = x.cast::<PyDateTime>().unwrap();
            assert_eq!((date.year().into(), date.month().into(), date.day().into()), expected);
            assert!(date.as_date().is(&x));
        }
    });
}

/// Hour, minute, second, microsecond, fold, time zone.
type Clock<'py> = (u8, u8, u8, u32, u8, Option<Bound<'py, PyAny>>);
const CLOCK: &[&str] = &["hour", "minute", "second", "microsecond", "fold", "tzinfo"];

/// Checks what the methods of both types give.
macro_rules! check_clock {
    ($names:expr, $class:literal, $x:ident, $object:expr) => {
        let object = $object;
        let (hour, minute, second, microsecond, fold, zone): Clock =
            stored($names, &$x, $class, CLOCK);
        assert_eq!(object.hour(), hour);
        assert_eq!(object.minute(), minute);
        assert_eq!(object.second(), second);
        assert_eq!(object.microsecond(), microsecond);
        assert_eq!(object.fold(), fold == 1);
        match (object.tzinfo(), zone) {
            (Some(zone), Some(expected)) => assert!(zone.is(&expected)),
            (None, None) => {}
            (zone, expected) => panic!("{zone:?}, but {expected:?}"),
        }
    };
}

fn datetimes() {
    with_sample(|_, names| {
        for x in each(names, "moments") {
            check_clock!(names, "moment", x, x.cast::<PyDateTime>().unwrap());
        }
    });
}

fn times() {
    with_sample(|_, names| {
        for x in each(names, "times") {
            check_clock!(names, "time", x, x.cast::<PyTime>().unwrap());
        }
    });
}

fn deltas() {
    with_sample(|_, names| {
        for x in each(names, "deltas") {
            let delta = x.cast::<PyDelta>().unwrap();
            let of = ["days", "seconds", "microseconds"];
            let expected: (i32, i32, i32) = stored(names, &x, "timedelta", &of);
            assert_eq!((delta.days(), delta.seconds(), delta.microseconds()), expected);
        }
    });
}

/// The oracle of the tests above is asked by name; this one says numbers.
fn what_is_stored_is_read() {
    with_sample(|py, names| {
        let made = |code: &str| {
            let code = std::ffi::CString::new(format!("x = {code}")).unwrap();
            py.run(&code, Some(names), None).unwrap();
            get(names, "x")
        };
        let x = made("Moment(2019, 10, 27, 2, 30, 59, 123456, timezone.utc, fold=1)");
        assert_eq!(x.getattr("year").unwrap().extract::<i32>().unwrap(), 77);
        let x = x.cast::<PyDateTime>().unwrap();
        assert_eq!((x.year(), x.month(), x.day()), (2019, 10, 27));
        assert_eq!((x.hour(), x.minute(), x.second(), x.microsecond()), (2, 30, 59, 123456));
        assert!(x.fold() && x.tzinfo().unwrap().is(&PyTzInfo::utc(py).unwrap()));
        let x = made("Delta(seconds=-1)");
        let x = x.cast::<PyDelta>().unwrap();
        assert_eq!((x.days(), x.seconds(), x.microseconds()), (-1, 86399, 0));
        let x = made(r"date(b'\xff\xff\x01\xff')");
        let x = x.cast::<PyDate>().unwrap();
        assert_eq!((x.year(), x.month(), x.day()), (65535, 1, 255));
    });
}

/// Checks that what was made is what Python makes of the same arguments, or the same exception.
fn check_made<'py, T>(
    names: &Bound<'py, PyDict>,
    made: PyResult<Bound<'py, T>>,
    class: &str,
    arguments: &[Bound<'py, PyAny>],
    fold: bool,
) -> bool {
    let py = names.py();
    let arguments = [&[get(names, class)], arguments].concat();
    let keywords = PyDict::new(py).unwrap();
    if fold {
        keywords.set_item("fold", 1).unwrap();
    }
    let expected = get(names, "outcome").call_objects(&arguments, Some(&keywords)).unwrap();
    match made {
        Ok(made) => {
            let alike = get(names, "alike").call1((made.into_any(), &expected)).unwrap();
            assert!(alike.is_truthy().unwrap(), "{arguments:?}: {expected:?}");
            true
        }
        Err(error) => {
            assert!(error.get_type(py).is(&expected), "{arguments:?}: {error}, but {expected:?}");
            false
        }
    }
}

fn objects<'py>(py: Python<'py>, numbers: &[i64]) -> Vec<Bound<'py, PyAny>> {
    numbers.iter().map(|number| number.into_py(py).unwrap().into_any()).collect()
}

fn making_dates() {
    with_sample(|py, names| {
        let mut made = 0;
        for year in [i32::MIN, -1, 0, 1, 4, 1900, 2000, 2023, 9999, 10000, i32::MAX] {
            for (month, day) in
                [(0, 1), (1, 0), (1, 1), (2, 28), (2, 29), (4, 31), (12, 31), (13, 1), (255, 255)]
            {
                let date = PyDate::new(py, year, month, day);
                let arguments = objects(py, &[year.into(), month.into(), day.into()]);
                made += i32::from(check_made(names, date, "date", &arguments, false));
            }
        }
        assert_eq!(made, 6 * 3 + 2);
    });
}

/// Hours, minutes, seconds, microseconds: at the edges and beyond.
const CLOCKS: &[(u8, u8, u8, u32)] = &[
    (0, 0, 0, 0),
    (23, 59, 59, 999_999),
    (12, 34, 56, 65_536),
    (24, 0, 0, 0),
    (0, 60, 0, 0),
    (0, 0, 60, 0),
    (0, 0, 0, 1_000_000),
    (0, 0, 0, u32::MAX),
    (0, 0, 0, 1 << 31),
    (255, 255, 255, 0),
];

/// What is too large for C is an `OverflowError` to Python's classes, a `ValueError` in Rust: here
/// it is only too large for a microsecond.
fn c_int(microsecond: u32) -> i64 {
    i64::from(microsecond).min(i32::MAX.into())
}

fn zones<'py>(names: &Bound<'py, PyDict>) -> Vec<Option<Bound<'py, PyTzInfo>>> {
    let zones = each(names, "zones").into_iter();
    zones.map(|zone| zone.cast_into::<PyTzInfo>().ok()).collect()
}

fn making_datetimes() {
    with_sample(|py, names| {
        let mut made = 0;
        for &(hour, minute, second, micro) in CLOCKS {
            for zone in zones(names) {
                for fold in [false, true] {
                    let of = |year, month, day| {
                        let zone = zone.as_ref();
                        PyDateTime::new_with_fold(
                            py, year, month, day, hour, minute, second, micro, zone, fold,
                        )
                    };
                    for (year, month, day) in
                        [(1, 1, 1), (9999, 12, 31), (2023, 2, 29), (i32::MAX, 1, 1), (0, 1, 1)]
                    {
                        let clock = [hour.into(), minute.into(), second.into(), c_int(micro)];
                        let day_numbers = [year.into(), month.into(), day.into()];
                        let mut arguments = objects(py, &day_numbers);
                        arguments.extend(objects(py, &clock));
                        arguments.push(zone.clone().into_py(py).unwrap().into_any());
                        let moment = of(year, month, day);
                        let moment = check_made(names, moment, "moment", &arguments, fold);
                        made += usize::from(moment);
                    }
                }
            }
        }
        assert_eq!(made, 3 * 2 * zones(names).len() * 2);
        let plain = PyDateTime::new(py, 2024, 2, 29, 1, 2, 3, 4, None).unwrap();
        assert_eq!(format!("{plain:?}"), "datetime.datetime(2024, 2, 29, 1, 2, 3, 4)");
    });
}

fn making_times() {
    with_sample(|py, names| {
        let mut made = 0;
        for &(hour, minute, second, micro) in CLOCKS {
            for zone in zones(names) {
                for fold in [false, true] {
                    let clock = [hour.into(), minute.into(), second.into(), c_int(micro)];
                    let mut arguments = objects(py, &clock);
                    arguments.push(zone.clone().into_py(py).unwrap().into_any());
                    let zone = zone.as_ref();
                    let time = PyTime::new_with_fold(py, hour, minute, second, micro, zone, fold);
                    made += usize::from(check_made(names, time, "time", &arguments, fold));
                }
            }
        }
        assert_eq!(made, 3 * zones(names).len() * 2);
        let plain = PyTime::new(py, 1, 2, 3, 4, None).unwrap();
        assert_eq!(format!("{plain:?}"), "datetime.time(1, 2, 3, 4)");
    });
}

fn making_deltas() {
    const MOST: i32 = 999_999_999;
    with_sample(|py, names| {
        let (mut made, mut refused) = (0, 0);
        for days in [0, 1, -1, MOST, -MOST, MOST + 1, -MOST - 1, i32::MAX, i32::MIN] {
            for seconds in [0, 1, -1, 86399, 86400, -86400, -86401, i32::MAX, i32::MIN] {
                for micros in [0, 1, -1, 999_999, 1_000_000, -1_000_001, i32::MAX, i32::MIN] {
                    let arguments = objects(py, &[days.into(), seconds.into(), micros.into()]);
                    let delta = PyDelta::new(py, days, seconds, micros, true);
                    made += u32::from(check_made(names, delta, "timedelta", &arguments, false));
                    let strict = PyDelta::new(py, days, seconds, micros, false);
                    if (0..86400).contains(&seconds) && (0..1_000_000).contains(&micros) {
                        check_made(names, strict, "timedelta", &arguments, false);
                    } else {
                        let error = strict.unwrap_err();
                        assert!(error.is_instance_of::<PyValueError>(py), "{error}");
                        refused += 1;
                    }
                }
            }
        }
        assert!(made > 200 && refused > 200, "{made} {refused}");
    });
}

fn fixed_offsets() {
    with_sample(|py, names| {
        let utc = PyTzInfo::utc(py).unwrap();
        assert!(utc.is(&eval(py, "__import__('datetime').timezone.utc")));
        let mut made = 0;
        for seconds in [0, 1, -1, 3600, -5 * 3600, 86399, -86399, 86400, -86400, i32::MAX, i32::MIN]
        {
            let offset = PyDelta::new(py, 0, seconds, 0, true).unwrap();
            let zone = PyTzInfo::fixed_offset(py, seconds);
            if let Ok(zone) = &zone {
                assert_eq!(zone.is(&utc), seconds == 0);
                assert!(zone.utcoffset(None).unwrap().unwrap().eq(&offset).unwrap());
            }
            let arguments = [offset.into_any()];
            made += i32::from(check_made(names, zone, "timezone", &arguments, false));
        }
        assert_eq!(made, 7);
    });
}

fn offsets_of_moments() {
    with_sample(|py, names| {
        let mut found = 0;
        for x in each(names, "moments") {
            let offset = x.cast::<PyDateTime>().unwrap().utc_offset().unwrap();
            let expected = get(names, "moment").getattr("utcoffset").unwrap().call1((&x,)).unwrap();
            assert_eq!(offset.is_none(), expected.is_none());
            if let Some(offset) = offset {
                assert!(offset.eq(&expected).unwrap());
                found += 1;
            }
        }
        assert!(found > 100);
        let code = |offset: &str| {
            format!(
                "import datetime\nclass Zone(datetime.tzinfo):\n    def utcoffset(self, dt): \
                 {offset}\nx = datetime.datetime(2020, 1, 1, tzinfo=Zone())"
            )
        };
        let fails = |offset| {
            let names = namespace(py, &code(offset));
            let error = get(&names, "x").cast::<PyDateTime>().unwrap().utc_offset().unwrap_err();
            names.clear();
            error
        };
        assert!(fails("return 'no'").is_instance_of::<PyTypeError>(py));
        assert!(fails("return datetime.timedelta(1)").is_instance_of::<PyValueError>(py));
        assert_eq!(fails("raise KeyError('mine')").to_string(), "KeyError: 'mine'");
    });
}

fn offsets_of_zones() {
    Python::attach(|py| {
        let x = object(
            py,
            "
import datetime
class Summer(datetime.tzinfo):
    def utcoffset(self, dt):
        if dt is None: return None
        return datetime.timedelta(hours=2 if dt.month == 7 else 1)
x = Summer()",
        );
        let zone = x.cast::<PyTzInfo>().unwrap();
        assert!(zone.utcoffset(None).unwrap().is_none());
        for (month, seconds) in [(1, 3600), (7, 7200)] {
            let moment = PyDateTime::new(py, 2020, month, 1, 0, 0, 0, 0, Some(zone)).unwrap();
            for offset in [zone.utcoffset(Some(&moment)), moment.utc_offset()] {
                assert_eq!(offset.unwrap().unwrap().seconds(), seconds);
            }
        }
        let x = object(
            py,
            "
import datetime
class X(datetime.tzinfo):
    def utcoffset(self, dt): return 3600
x = X()",
        );
        let error = x.cast::<PyTzInfo>().unwrap().utcoffset(None).unwrap_err();
        assert_eq!(error.to_string(), "TypeError: expected timedelta, got int");
    });
}

fn zones_are_held() {
    Python::attach(|py| {
        let zone = PyTzInfo::fixed_offset(py, 1234).unwrap();
        let moment = PyDateTime::new(py, 2020, 1, 1, 0, 0, 0, 0, Some(&zone)).unwrap();
        let time = PyTime::new(py, 0, 0, 0, 0, Some(&zone)).unwrap();
        drop(zone);
        let zones = [moment.tzinfo().unwrap(), time.tzinfo().unwrap()];
        drop((moment, time));
        for zone in zones {
            assert_eq!(zone.utcoffset(None).unwrap().unwrap().seconds(), 1234);
        }
    });
}

/// Where Python can call nothing more, a field is still read: what reads it is no call there, or
/// makes none.
fn fields_at_the_end_of_the_recursion_limit() {
    #[pyfunction]
    fn nothing() {}
    #[pyfunction]
    fn seconds_of(delta: std::time::Duration) -> f64 {
        delta.as_secs_f64()
    }
    Python::attach(|py| {
        let code = "
import datetime, sys
class Delta(datetime.timedelta): pass
def nested(levels, function, *args):
    return function(*args) if levels == 0 else nested(levels - 1, function, *args)
def deepest(function, *args):
    for levels in range(sys.getrecursionlimit()):
        try: nested(levels, function, *args)
        except RecursionError: return levels
";
        let names = namespace(py, code);
        names.set_item("seconds_of", wrap_pyfunction!(seconds_of, py).unwrap()).unwrap();
        names.set_item("nothing", wrap_pyfunction!(nothing, py).unwrap()).unwrap();
        let levels = |expression| {
            let levels = py.eval(expression, Some(&names), None).unwrap();
            levels.extract::<usize>().unwrap()
        };
        let deepest = levels(c"deepest(nothing)");
        assert_eq!(levels(c"deepest(seconds_of, datetime.timedelta(seconds=90.5))"), deepest);
        assert_eq!(levels(c"deepest(seconds_of, Delta(seconds=90.5))"), deepest);
    });
}

fn an_interpreter_without_datetime() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_no_datetime")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
