//! `chrono`, against Python's own arithmetic.

use chrono::{
    DateTime, Datelike, FixedOffset, Local, Month, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone, Timelike, Utc, Weekday,
};
use convert_core::prelude::*;
use convert_core::{Strict, integrations};
use convert_tests::{message, namespace, read, round_trip, written};
use proptest::prelude::*;

convert_tests::tests! {
    dates,
    dates_as_python_counts_them,
    times,
    naive_moments,
    moments,
    moments_as_python_subtracts_them,
    moments_in_every_zone,
    moments_of_odd_zones,
    local_moments,
    spans,
    spans_as_python_adds_them,
    offsets,
    days_of_the_week_and_months,
    strictly,
    python_has_no_such_thing,
    truncated,
    timestamps,
    texts,
    tampered_with,
    no_attribute_is_needed,
}

/// An expression, with `dt` for the module `datetime`.
fn with_dt(expression: &str) -> String {
    format!(
        "(lambda dt, zi: {expression})(__import__('datetime'), __import__('zoneinfo').ZoneInfo)"
    )
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn time(hour: u32, minute: u32, second: u32, microsecond: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, microsecond).unwrap()
}

fn east(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).unwrap()
}

/// What the conversion into Python says is wrong.
fn refused<T: for<'py> IntoPy<'py>>(value: T) -> String {
    Python::attach(|py| match value.into_py(py) {
        Ok(_) => panic!("it was converted"),
        Err(error) => error.to_string(),
    })
}

fn dates() {
    round_trip!(&with_dt("dt.date.min"), date(1, 1, 1));
    round_trip!(&with_dt("dt.date.max"), date(9999, 12, 31));
    round_trip!(&with_dt("dt.date(2024, 2, 29)"), date(2024, 2, 29));
    let subclass = with_dt("type('D', (dt.date,), {'year': 7})(2024, 2, 29)");
    assert_eq!(read::<NaiveDate>(&subclass), date(2024, 2, 29));
    assert_eq!(message::<NaiveDate>(&with_dt("dt.datetime.min")), "expected date, got datetime");
    assert_eq!(message::<NaiveDate>("'2024-02-29'"), "expected date, got str");
}

fn dates_as_python_counts_them() {
    let names = Python::attach(|py| {
        namespace(py, "from datetime import date\nfrom_day = date.fromordinal").unbind()
    });
    convert_tests::proptest!(|(day in 1..=3_652_059)| {
        Python::attach(|py| {
            let object = py.eval(c"from_day", Some(names.bind(py)), None).unwrap();
            let object = object.call1((day,)).unwrap();
            let value: NaiveDate = object.extract().unwrap();
            assert_eq!(value.num_days_from_ce(), day);
            assert!(value.into_py(py).unwrap().eq(&object).unwrap());
            let weekday: Weekday = object.call_method0("weekday").unwrap().extract().unwrap();
            assert_eq!(weekday, value.weekday());
            let month: Month = object.getattr("month").unwrap().extract().unwrap();
            assert_eq!(month.number_from_month(), value.month());
        });
    });
}

fn times() {
    round_trip!(&with_dt("dt.time.min"), NaiveTime::MIN);
    round_trip!(&with_dt("dt.time.max"), time(23, 59, 59, 999_999));
    assert_eq!(read::<NaiveTime>(&with_dt("dt.time(1, 2, 3, 4, fold=1)")), time(1, 2, 3, 4));
    assert_eq!(
        message::<NaiveTime>(&with_dt("dt.time(1, tzinfo=dt.timezone.utc)")),
        "expected a time without tzinfo"
    );
    assert_eq!(message::<NaiveTime>("5"), "expected time, got int");
}

fn naive_moments() {
    round_trip!(&with_dt("dt.datetime.min"), date(1, 1, 1).and_time(NaiveTime::MIN));
    round_trip!(
        &with_dt("dt.datetime.max"),
        date(9999, 12, 31).and_time(time(23, 59, 59, 999_999))
    );
    assert_eq!(
        message::<NaiveDateTime>(&with_dt("dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)")),
        "expected a datetime without tzinfo"
    );
    assert_eq!(message::<NaiveDateTime>(&with_dt("dt.date.min")), "expected datetime, got date");
}

fn moments() {
    let noon = date(2024, 2, 29).and_time(time(12, 30, 1, 500));
    round_trip!(
        &with_dt("dt.datetime(2024, 2, 29, 12, 30, 1, 500, dt.timezone.utc)"),
        noon.and_utc()
    );
    let paris = "dt.datetime(2024, 2, 29, 12, 30, 1, 500, dt.timezone(dt.timedelta(hours=1)))";
    round_trip!(&with_dt(paris), noon.and_local_timezone(east(3600)).unwrap());
    assert_eq!(read::<DateTime<Utc>>(&with_dt(paris)), (noon - TimeDelta::hours(1)).and_utc());
    for end in ["min", "max"] {
        for hours in [-23, 0, 23] {
            let zone = format!("dt.timezone(dt.timedelta(hours={hours}))");
            let end = with_dt(&format!("dt.datetime.{end}.replace(tzinfo={zone})"));
            let value: DateTime<FixedOffset> = read(&end);
            round_trip!(&end, value);
            assert_eq!(read::<DateTime<Utc>>(&end), value);
        }
    }
    let naive = with_dt("dt.datetime.min");
    assert_eq!(message::<DateTime<Utc>>(&naive), "expected a datetime with an offset from UTC");
    assert_eq!(
        message::<DateTime<FixedOffset>>(&naive),
        "expected a datetime with an offset from UTC"
    );
    assert_eq!(message::<DateTime<Utc>>("0"), "expected datetime, got int");
}

/// Python's own difference from 1970, in microseconds.
const MICROSECONDS: &str = "
from datetime import *
from zoneinfo import ZoneInfo
epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
def microseconds(moment):
    return (moment - epoch) // timedelta.resolution
def at(microseconds, seconds_east):
    zone = timezone(timedelta(seconds=seconds_east))
    return datetime.min.replace(tzinfo=zone) + timedelta(microseconds=microseconds)
";

fn moments_as_python_subtracts_them() {
    let names = Python::attach(|py| namespace(py, MICROSECONDS).unbind());
    let all = 3_652_059 * 86_400_000_000i64;
    convert_tests::proptest!(|(
        microseconds in prop_oneof![0..all, (0..all / 1_000_000).prop_map(|second| second * 1_000_000)],
        offset in prop_oneof![-86_399..=86_399, (-95..=95).prop_map(|quarter| quarter * 900)],
    )| {
        Python::attach(|py| {
            let names = names.bind(py);
            let function = |name| PyAnyMethods::get_item(names.as_any(), name).unwrap();
            let object = function("at").call1((microseconds, offset)).unwrap();
            let expected: i64 = function("microseconds").call1((&object,)).unwrap().extract().unwrap();
            let fixed: DateTime<FixedOffset> = object.extract().unwrap();
            let utc: DateTime<Utc> = object.extract().unwrap();
            assert_eq!((fixed.timestamp_micros(), fixed.offset().local_minus_utc()), (expected, offset));
            assert_eq!(utc.timestamp_micros(), expected);
            let made = fixed.into_py(py).unwrap();
            assert!(made.eq(&object).unwrap());
            assert_eq!(made.repr().unwrap().to_string(), object.repr().unwrap().to_string());
            if (1..=9999).contains(&utc.year()) {
                assert!(utc.into_py(py).unwrap().eq(&object).unwrap());
            }
        });
    });
}

/// Zones with clocks that go forward and back, by an hour, by half of one, by a day, and long ago
/// by odd seconds.
pub const ZONES: [&str; 26] = [
    "Africa/Casablanca",
    "Africa/Monrovia",
    "America/Caracas",
    "America/Havana",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Etc/GMT-14",
    "Europe/Amsterdam",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Moscow",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
];

/// Of a zone the readings of its clocks around each change, both times they are shown, and not
/// shown.
pub const READINGS: &str = "
from datetime import *
from zoneinfo import ZoneInfo
def clock(reading):
    return reading.replace(tzinfo=None)
def changes(zone, moment):
    # Every week is asked about, and where the offset differs the moment is looked for.
    end, step = datetime(2025, 1, 1), timedelta(days=7)
    offset = lambda moment: moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
    while moment < end:
        low, high = moment, moment + step
        if offset(low) != offset(high):
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            yield high
        moment += step
def readings(name, since):
    zone = ZoneInfo(name)
    clocks = {datetime(2024, 7, 1), datetime(since, 1, 2)}
    for change in changes(zone, datetime(since, 1, 1)):
        clock = change.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0)
        clocks |= {clock + timedelta(minutes=by) for by in range(-121, 122, 20)}
        clocks |= {clock - timedelta(microseconds=1), clock}
    return [clock.replace(tzinfo=zone, fold=fold) for clock in sorted(clocks) for fold in (0, 1)]
";

fn moments_in_every_zone() {
    Python::attach(|py| {
        let names = namespace(py, &format!("{MICROSECONDS}{READINGS}"));
        let function = |name| PyAnyMethods::get_item(names.as_any(), name).unwrap();
        for zone in ZONES {
            for object in function("readings").call1((zone, 1900)).unwrap().try_iter().unwrap() {
                let object = object.unwrap();
                let expected: i64 =
                    function("microseconds").call1((&object,)).unwrap().extract().unwrap();
                let utc: DateTime<Utc> = object.extract().unwrap();
                let fixed: DateTime<FixedOffset> = object.extract().unwrap();
                assert_eq!(utc.timestamp_micros(), expected, "{object:?}");
                assert_eq!(fixed.timestamp_micros(), expected, "{object:?}");
                let clock: NaiveDateTime =
                    function("clock").call1((&object,)).unwrap().extract().unwrap();
                assert_eq!(fixed.naive_local(), clock, "{object:?}");
            }
        }
    });
}

fn moments_of_odd_zones() {
    let zoned = |methods: &str| {
        // Of names of its own: a cycle through a `datetime` is never collected.
        let class = format!("eval(\"type('Z', (dt.tzinfo,), {{{methods}}})()\", {{'dt': dt}})");
        with_dt(&format!("dt.datetime(2024, 1, 1, tzinfo={class})"))
    };
    let by = |offset: &str| zoned(&format!("'utcoffset': lambda self, moment: {offset}"));
    let midnight = date(2024, 1, 1).and_time(NaiveTime::MIN);
    let fraction = by("dt.timedelta(seconds=-1, microseconds=1)");
    assert_eq!(
        read::<DateTime<Utc>>(&fraction),
        (midnight + TimeDelta::microseconds(999_999)).and_utc()
    );
    assert_eq!(
        message::<DateTime<FixedOffset>>(&fraction),
        "expected an offset from UTC in whole seconds"
    );
    assert_eq!(
        message::<DateTime<Utc>>(&by("None")),
        "expected a datetime with an offset from UTC"
    );
    assert!(message::<DateTime<Utc>>(&by("1 / 0")).starts_with("ZeroDivisionError"));
    assert!(message::<DateTime<Utc>>(&by("'1'")).starts_with("TypeError"));
    assert!(message::<DateTime<Utc>>(&by("dt.timedelta(2)")).starts_with("ValueError"));
    assert!(message::<DateTime<Utc>>(&zoned("")).starts_with("NotImplementedError"));
    // A subclass is read by what it stores.
    let liar = "type('D', (dt.datetime,), {'utcoffset': len, 'year': 1})";
    let liar = with_dt(&format!("{liar}(2024, 1, 1, tzinfo=zi('UTC'))"));
    assert_eq!(read::<DateTime<Utc>>(&liar), midnight.and_utc());
}

fn local_moments() {
    Python::attach(|py| {
        for (year, month) in [(1995, 1), (2024, 1), (2024, 7)] {
            let moment = date(year, month, 15).and_time(time(12, 0, 0, 0)).and_utc();
            let local = moment.with_timezone(&Local);
            let utc = moment.into_py(py).unwrap();
            let expected = utc.call_method0("astimezone").unwrap();
            let made = local.into_py(py).unwrap();
            assert!(made.eq(&expected).unwrap());
            let offset = |object: &Bound<'_, PyAny>| {
                object.call_method0("utcoffset").unwrap().extract::<TimeDelta>().unwrap()
            };
            assert_eq!(offset(made.as_any()), offset(&expected));
            for object in [made.as_any(), &expected, utc.as_any()] {
                assert_eq!(object.extract::<DateTime<Local>>().unwrap(), local);
            }
        }
    });
    assert_eq!(
        message::<DateTime<Local>>(&with_dt("dt.datetime.min")),
        "expected a datetime with an offset from UTC"
    );
}

fn spans() {
    round_trip!(&with_dt("dt.timedelta()"), TimeDelta::zero());
    round_trip!(&with_dt("dt.timedelta.resolution"), TimeDelta::microseconds(1));
    round_trip!(&with_dt("-dt.timedelta.resolution"), TimeDelta::microseconds(-1));
    round_trip!(&with_dt("dt.timedelta.min"), TimeDelta::days(-999_999_999));
    round_trip!(
        &with_dt("dt.timedelta.max"),
        TimeDelta::days(1_000_000_000) - TimeDelta::microseconds(1)
    );
    let days = "expected a TimeDelta of at most 999999999 days";
    assert_eq!(refused(TimeDelta::days(1_000_000_000)), days);
    assert_eq!(refused(TimeDelta::days(-999_999_999) - TimeDelta::microseconds(1)), days);
    assert_eq!(refused(TimeDelta::MAX), days);
    assert_eq!(refused(TimeDelta::MIN), days);
    let fine = "expected a TimeDelta in whole microseconds";
    assert_eq!(refused(TimeDelta::nanoseconds(1)), fine);
    assert_eq!(refused(TimeDelta::nanoseconds(-1)), fine);
    assert_eq!(message::<TimeDelta>("1"), "expected timedelta, got int");
}

fn spans_as_python_adds_them() {
    let names = Python::attach(|py| {
        let code = "from datetime import timedelta\ndef span(n): return n * timedelta.resolution\n\
            def count(span): return span // timedelta.resolution";
        namespace(py, code).unbind()
    });
    convert_tests::proptest!(|(microseconds in prop_oneof![any::<i64>(), -2_000_000..2_000_000i64])| {
        Python::attach(|py| {
            let function = |name| PyAnyMethods::get_item(names.bind(py).as_any(), name).unwrap();
            let object = function("span").call1((microseconds,)).unwrap();
            let value: TimeDelta = object.extract().unwrap();
            assert_eq!(value.num_microseconds(), Some(microseconds));
            let made = TimeDelta::microseconds(microseconds).into_py(py).unwrap();
            assert!(made.eq(&object).unwrap());
            assert_eq!(function("count").call1((made,)).unwrap().extract::<i64>().unwrap(), microseconds);
        });
    });
}

fn offsets() {
    for seconds in [-86_399, -43_200, -3600, -1, 0, 1, 900, 20_700, 86_399, 85_500] {
        round_trip!(
            &with_dt(&format!("dt.timezone(dt.timedelta(seconds={seconds}))")),
            east(seconds)
        );
    }
    round_trip!(&with_dt("dt.timezone.utc"), Utc);
    assert_eq!(read::<FixedOffset>(&with_dt("zi('Etc/GMT-14')")), east(14 * 3600));
    assert_eq!(read::<Utc>(&with_dt("zi('UTC')")), Utc);
    assert_eq!(read::<Utc>(&with_dt("dt.timezone(dt.timedelta(), 'Z')")), Utc);
    assert_eq!(message::<Utc>(&with_dt("zi('Etc/GMT-1')")), "expected timezone.utc");
    let varying = "expected a tzinfo whose offset is always the same";
    assert_eq!(message::<FixedOffset>(&with_dt("zi('Europe/Paris')")), varying);
    assert_eq!(message::<Utc>(&with_dt("zi('Europe/London')")), varying);
    assert_eq!(
        message::<FixedOffset>(&with_dt("dt.timezone(dt.timedelta(microseconds=1))")),
        "expected an offset from UTC in whole seconds"
    );
    assert_eq!(message::<FixedOffset>("3600"), "expected tzinfo, got int");
    // Python's objects are the same where they are the usual ones.
    Python::attach(|py| {
        let hour = || east(3600).into_py(py).unwrap();
        assert!(hour().is(&hour()));
        assert!(east(0).into_py(py).unwrap().is(&Utc.into_py(py).unwrap()));
    });
}

fn days_of_the_week_and_months() {
    round_trip!("0", Weekday::Mon);
    round_trip!("6", Weekday::Sun);
    round_trip!("1", Month::January);
    round_trip!("12", Month::December);
    assert_eq!(message::<Weekday>("7"), "expected a day of the week, 0 (Monday) to 6, got 7");
    assert_eq!(message::<Weekday>("-1"), "expected a day of the week, 0 (Monday) to 6, got -1");
    assert_eq!(message::<Month>("0"), "expected a month, 1 (January) to 12, got 0");
    assert_eq!(
        message::<Month>("2**70"),
        "expected a month, 1 (January) to 12, got 1180591620717411303424"
    );
    assert_eq!(message::<Weekday>("'Mon'"), "expected int, got str");
    let enumeration = "__import__('enum').IntEnum('Day', 'MONDAY TUESDAY', start=0)";
    assert_eq!(read::<Weekday>(&format!("{enumeration}.TUESDAY")), Weekday::Tue);
}

fn strictly() {
    let utc = with_dt("dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)");
    let value = date(2024, 1, 1).and_time(NaiveTime::MIN).and_utc();
    assert_eq!(read::<Strict<DateTime<Utc>>>(&utc), Strict(value));
    let elsewhere = with_dt("dt.datetime(2024, 1, 1, tzinfo=zi('UTC'))");
    assert_eq!(read::<DateTime<Utc>>(&elsewhere), value);
    assert_eq!(
        message::<Strict<DateTime<Utc>>>(&elsewhere),
        "expected a datetime with timezone.utc"
    );
    let subclass = with_dt("type('D', (dt.date,), {})(2024, 1, 1)");
    assert_eq!(message::<Strict<NaiveDate>>(&subclass), "expected date, got D");
    assert_eq!(message::<Strict<Vec<Weekday>>>("[True]"), "[0]: expected int, got bool");
    assert_eq!(message::<Strict<Utc>>(&with_dt("zi('UTC')")), "expected timezone.utc");
    assert_eq!(read::<Strict<Utc>>(&with_dt("dt.timezone.utc")), Strict(Utc));
    let hour = with_dt("dt.timezone(dt.timedelta(hours=1))");
    assert_eq!(read::<Strict<FixedOffset>>(&hour), Strict(east(3600)));
    let at = |zone: &str| with_dt(&format!("dt.datetime(2024, 1, 1, 1, tzinfo={zone})"));
    let fixed = at("dt.timezone(dt.timedelta(hours=1))");
    let with_offset = value.with_timezone(&east(3600));
    assert_eq!(read::<Strict<DateTime<FixedOffset>>>(&fixed), Strict(with_offset));
    let local = with_dt("dt.datetime(2024, 1, 1, 1).astimezone()");
    assert_eq!(read::<Strict<DateTime<Local>>>(&local).0, read::<DateTime<Local>>(&local));
    assert_eq!(
        message::<Strict<DateTime<Local>>>(&at("dt.timezone(dt.timedelta(seconds=12345))")),
        "expected a datetime with the local offset"
    );
    for elsewhere in [at("zi('Etc/GMT-1')"), at("None")] {
        let expected = "expected a datetime with a timezone";
        assert_eq!(message::<Strict<DateTime<FixedOffset>>>(&elsewhere), expected);
        assert_eq!(message::<Strict<DateTime<Local>>>(&elsewhere), expected);
    }
    assert_eq!(read::<DateTime<FixedOffset>>(&at("zi('Etc/GMT-1')")), with_offset);
    assert_eq!(
        message::<Strict<FixedOffset>>(&with_dt("zi('Etc/GMT-1')")),
        "expected timezone, got ZoneInfo"
    );
}

fn python_has_no_such_thing() {
    let noon = time(12, 0, 0, 0);
    let fine = "expected a time in whole microseconds (`trunc_subsecs(6)` cuts off the rest)";
    let leap = "expected a time that is no leap second, which Python does not have";
    let leaping = NaiveTime::from_hms_micro_opt(23, 59, 59, 1_500_000).unwrap();
    for (time, expected) in [(noon.with_nanosecond(1).unwrap(), fine), (leaping, leap)] {
        let moment = date(2016, 12, 31).and_time(time);
        assert_eq!(refused(time), expected);
        assert_eq!(refused(moment), expected);
        assert_eq!(refused(moment.and_utc()), expected);
        assert_eq!(refused(moment.and_local_timezone(east(0)).unwrap()), expected);
    }
    let years = "expected a date in the years 1 to 9999";
    for day in [date(0, 12, 31), date(10_000, 1, 1), NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(refused(day), years);
        assert_eq!(refused(day.and_time(noon)), years);
        assert_eq!(refused(day.and_time(noon).and_utc()), years);
    }
    assert_eq!(refused(DateTime::<Utc>::MIN_UTC), years);
    assert_eq!(refused(DateTime::<Utc>::MAX_UTC), years);
    for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for hours in [-23, 23] {
            assert_eq!(refused(end.with_timezone(&east(hours * 3600))), years);
        }
    }
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Cut {
    #[py(with = "integrations::chrono::truncated")]
    time: NaiveTime,
    #[py(with = "integrations::chrono::truncated")]
    clock: NaiveDateTime,
    #[py(with = "integrations::chrono::truncated")]
    moment: DateTime<Utc>,
    #[py(with = "integrations::chrono::truncated")]
    span: TimeDelta,
}

fn truncated() {
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_000_000_000).unwrap();
    let clock = date(2016, 12, 31).and_time(leap);
    let moment = date(1950, 1, 1).and_hms_nano_opt(0, 0, 0, 1999).unwrap().and_utc();
    let span = TimeDelta::nanoseconds(-1999);
    let text = written(Cut { time: leap, clock, moment, span });
    assert_eq!(
        text,
        "{'time': datetime.time(23, 59, 59, 999999), \
         'clock': datetime.datetime(2016, 12, 31, 23, 59, 59, 999999), \
         'moment': datetime.datetime(1950, 1, 1, 0, 0, 0, 1, tzinfo=datetime.timezone.utc), \
         'span': datetime.timedelta(days=-1, seconds=86399, microseconds=999999)}"
    );
    let back: Cut = read(&format!("(lambda datetime: {text})(__import__('datetime'))"));
    assert_eq!(back.span, TimeDelta::microseconds(-1));
    assert_eq!(back.moment.nanosecond(), 1000);
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq, Clone)]
struct Stamps {
    #[py(with = "integrations::chrono::timestamp::seconds")]
    seconds: DateTime<Utc>,
    #[py(with = "integrations::chrono::timestamp::milliseconds")]
    milliseconds: DateTime<Utc>,
    #[py(with = "integrations::chrono::timestamp::microseconds")]
    microseconds: DateTime<Utc>,
    #[py(with = "integrations::chrono::timestamp::nanoseconds")]
    nanoseconds: DateTime<Utc>,
}

fn timestamps() {
    let at = |nanoseconds: i64| DateTime::from_timestamp_nanos(nanoseconds);
    convert_tests::proptest!(|(nanoseconds: i64)| {
        let whole = |unit: i64| at(nanoseconds.div_euclid(unit).max(i64::MIN / unit) * unit);
        let stamps = Stamps {
            seconds: whole(1_000_000_000),
            milliseconds: whole(1_000_000),
            microseconds: whole(1000),
            nanoseconds: at(nanoseconds),
        };
        let text = written(stamps.clone());
        assert_eq!(read::<Stamps>(&text), stamps);
        let expected = format!(
            "{{'seconds': {}, 'milliseconds': {}, 'microseconds': {}, 'nanoseconds': {nanoseconds}}}",
            stamps.seconds.timestamp(),
            stamps.milliseconds.timestamp_millis(),
            stamps.microseconds.timestamp_micros(),
        );
        assert_eq!(text, expected);
    });
    let epoch = at(0);
    let fine =
        Stamps { seconds: at(1), milliseconds: epoch, microseconds: epoch, nanoseconds: epoch };
    assert_eq!(
        refused(fine),
        "Stamps: seconds: expected a time without a fraction of the timestamp's unit"
    );
    assert_eq!(
        message::<Stamps>(
            "{'seconds': 10**30, 'milliseconds': 0.5, 'microseconds': 0, 'nanoseconds': 0}"
        ),
        "Stamps: 2 errors\n  \
           seconds: expected a timestamp in the range of chrono, got 1000000000000000000000000000000\n  \
           milliseconds: expected int, got float"
    );
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Texts {
    #[py(with = "integrations::chrono::rfc3339")]
    utc: DateTime<Utc>,
    #[py(with = "integrations::chrono::rfc3339")]
    fixed: DateTime<FixedOffset>,
    #[py(with = "integrations::chrono::iso_weekday")]
    day: Weekday,
}

fn texts() {
    let clock = date(2024, 2, 29).and_time(time(12, 30, 0, 500_000));
    let fixed = clock.and_local_timezone(east(-9000)).unwrap();
    let texts = Texts { utc: fixed.to_utc(), fixed, day: Weekday::Sun };
    let text = written(Texts { ..texts });
    assert_eq!(
        text,
        "{'utc': '2024-02-29T15:00:00.500+00:00', 'fixed': '2024-02-29T12:30:00.500-02:30', 'day': 7}"
    );
    assert_eq!(read::<Texts>(&text), Texts { utc: fixed.to_utc(), fixed, day: Weekday::Sun });
    // Python reads the same moment from them.
    let same = "(lambda dt, d: dt.fromisoformat(d['utc']) == dt.fromisoformat(d['fixed']))";
    assert!(read::<bool>(&format!("{same}(__import__('datetime').datetime, {text})")));
    assert_eq!(
        message::<Texts>("{'utc': '2024-02-30T00:00:00Z', 'fixed': 5, 'day': 0}"),
        "Texts: 3 errors\n  \
           utc: expected a date and time by RFC 3339, got \"2024-02-30T00:00:00Z\"\n  \
           fixed: expected str, got int\n  \
           day: expected a day of the week, 1 (Monday) to 7, got 0"
    );
    // A minus that is none, though chrono reads it.
    assert_eq!(
        message::<Texts>(
            "{'utc': '2024-02-29T00:00:00\\u221201:00', 'fixed': '2024-02-29T00:00:00Z', 'day': 1}"
        ),
        "Texts: utc: expected a date and time by RFC 3339, got \"2024-02-29T00:00:00\u{2212}01:00\""
    );
    let odd = clock.and_local_timezone(east(1)).unwrap();
    assert_eq!(
        refused(Texts { utc: odd.to_utc(), fixed: odd, day: Weekday::Mon }),
        "Texts: fixed: expected an offset from UTC in whole minutes"
    );
    let late = date(10_000, 1, 1).and_time(NaiveTime::MIN).and_utc();
    assert_eq!(
        refused(Texts { utc: late, fixed, day: Weekday::Mon }),
        "Texts: utc: expected a date in the years 0 to 9999"
    );
}

fn tampered_with() {
    // As out of a pickle that somebody wrote.
    let day = with_dt("dt.date(bytes([255, 255, 1, 255]))");
    assert_eq!(message::<NaiveDate>(&day), "expected a date of the calendar");
    let moment = |bytes: &str| with_dt(&format!("dt.datetime(bytes({bytes}), dt.timezone.utc)"));
    for (bytes, expected) in [
        ("[7, 232, 2, 30, 0, 0, 0, 0, 0, 0]", "expected a date of the calendar"),
        ("[7, 232, 1, 1, 24, 0, 0, 0, 0, 0]", "expected a time of day"),
        ("[7, 232, 1, 1, 23, 59, 59, 15, 66, 64]", "expected a time of day"),
        ("[7, 232, 1, 1, 23, 59, 59, 255, 255, 255]", "expected a time of day"),
    ] {
        assert_eq!(message::<DateTime<Utc>>(&moment(bytes)), expected, "{bytes}");
    }
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Event {
    at: DateTime<Utc>,
    id: uuid::Uuid,
    price: rust_decimal::Decimal,
    lasts: Option<TimeDelta>,
    days: Vec<NaiveDate>,
}

fn no_attribute_is_needed() {
    let text = "{'at': datetime.datetime(2024, 2, 29, 12, 0, tzinfo=datetime.timezone.utc), \
        'id': UUID('12345678-1234-5678-1234-567812345678'), 'price': Decimal('9.90'), \
        'lasts': datetime.timedelta(seconds=5400), 'days': [datetime.date(2024, 2, 29)]}";
    let names = "(__import__('datetime'), __import__('uuid').UUID, __import__('decimal').Decimal)";
    let event: Event = read(&format!("(lambda datetime, UUID, Decimal: {text}){names}"));
    assert_eq!(event.at, Utc.with_ymd_and_hms(2024, 2, 29, 12, 0, 0).unwrap());
    assert_eq!(written(event), text);
    assert_eq!(
        message::<Event>(
            "{'at': '2024-02-29', 'id': 'x', 'price': 9.9, 'lasts': 5, 'days': [None]}"
        ),
        "Event: 5 errors\n  \
           at: expected datetime, got str\n  \
           id: expected UUID, got str\n  \
           price: expected Decimal, got float\n  \
           lasts: expected timedelta | None, got int\n  \
           days[0]: expected date, got None"
    );
}
