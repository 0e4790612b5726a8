//! `chrono-tz`, against Python's `zoneinfo`.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use convert_core::Strict;
use convert_core::prelude::*;
use convert_tests::{message, namespace, read, round_trip};

use super::chrono::{READINGS, ZONES};

convert_tests::tests! {
    zones,
    every_name,
    readings_of_clocks,
    moments_become_what_python_makes_of_them,
    refused,
}

fn zone(name: &str) -> String {
    format!("__import__('zoneinfo').ZoneInfo({name:?})")
}

fn at(clock: &str, zone: &str) -> String {
    format!("__import__('datetime').datetime({clock}, tzinfo={zone})")
}

fn zones() {
    round_trip!(&zone("Europe/Paris"), Tz::Europe__Paris);
    round_trip!(&zone("UTC"), Tz::UTC);
    // Once more, when it is known.
    round_trip!(&zone("Europe/Paris"), Tz::Europe__Paris);
    assert_eq!(read::<Tz>("__import__('datetime').timezone.utc"), Tz::UTC);
    Python::attach(|py| {
        let made = || Tz::Asia__Tokyo.into_py(py).unwrap();
        assert!(made().is(&convert_tests::eval(py, &zone("Asia/Tokyo"))));
        assert!(made().is(&made()));
    });
    let subclass = "type('Z', (__import__('zoneinfo').ZoneInfo,), {})('Europe/Paris')";
    assert_eq!(read::<Tz>(subclass), Tz::Europe__Paris);
    assert_eq!(message::<Strict<Tz>>(subclass), "expected ZoneInfo, got Z");
    assert_eq!(read::<Strict<Tz>>(&zone("Europe/Paris")), Strict(Tz::Europe__Paris));
}

/// Python's data may be of another age and not have all of them.
fn every_name() {
    Python::attach(|py| {
        let mut found = 0;
        for zone in TZ_VARIANTS {
            if let Ok(made) = zone.into_py(py) {
                assert_eq!(made.getattr("key").unwrap().to_string(), zone.name());
                assert_eq!(made.extract::<Tz>().unwrap(), zone);
                found += 1;
            }
        }
        assert!(found > TZ_VARIANTS.len() * 9 / 10, "{found}: without data, `pip install tzdata`");
    });
}

fn readings_of_clocks() {
    Python::attach(|py| {
        let code = format!(
            "{READINGS}
def exists(reading):
    there = reading.astimezone(timezone.utc).astimezone(reading.tzinfo)
    return there.replace(tzinfo=None) == reading.replace(tzinfo=None)
def same(made, reading):
    differs = reading.replace(fold=0).utcoffset() != reading.replace(fold=1).utcoffset()
    return (type(made) is datetime and made.tzinfo is reading.tzinfo and made == reading
        and made.utcoffset() == reading.utcoffset() and (made.fold == reading.fold or not differs))
"
        );
        let names = namespace(py, &code);
        let function = |name| PyAnyMethods::get_item(names.as_any(), name).unwrap();
        for zone in ZONES {
            let (mut shown, mut skipped) = (0, 0);
            for object in function("readings").call1((zone, 1970)).unwrap().try_iter().unwrap() {
                let object = object.unwrap();
                if function("exists").call1((&object,)).unwrap().is_truthy().unwrap() {
                    let value: DateTime<Tz> = match object.extract() {
                        Ok(value) => value,
                        Err(error) => panic!("{object:?}: {error}"),
                    };
                    let utc: DateTime<Utc> = object.extract().unwrap();
                    assert_eq!(value.to_utc(), utc, "{object:?}");
                    let made = value.into_py(py).unwrap();
                    let same = function("same").call1((made.as_any(), &object)).unwrap();
                    assert!(same.is_truthy().unwrap(), "{object:?} came back as {made:?}");
                    shown += 1;
                } else {
                    let error = object.extract::<DateTime<Tz>>().unwrap_err();
                    assert!(error.to_string().contains("the clocks of its zone show"));
                    skipped += 1;
                }
            }
            assert!(shown >= 4 && (skipped > 0 || shown < 40), "{zone}: {shown}, {skipped}");
        }
    });
}

fn moments_become_what_python_makes_of_them() {
    let names = Python::attach(|py| {
        let code = "
from datetime import *
from zoneinfo import ZoneInfo
def at(second, name):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=second)).astimezone(ZoneInfo(name))
";
        namespace(py, code).unbind()
    });
    // From 1970 to 2023: elsewhere the data of different ages may differ.
    convert_tests::proptest!(|(second in 0..1_700_000_000i64, zone in 0..ZONES.len())| {
        Python::attach(|py| {
            let at = PyAnyMethods::get_item(names.bind(py).as_any(), "at").unwrap();
            let expected = at.call1((second, ZONES[zone])).unwrap();
            let zone: Tz = ZONES[zone].parse().unwrap();
            let value = zone.timestamp_opt(second, 0).unwrap();
            let made = value.into_py(py).unwrap();
            let fold = |object: &Bound<'_, PyAny>| object.getattr("fold").unwrap().extract::<u8>().unwrap();
            assert_eq!(made.repr().unwrap().to_string(), expected.repr().unwrap().to_string());
            assert_eq!(fold(made.as_any()), fold(&expected));
            assert_eq!(expected.extract::<DateTime<Tz>>().unwrap(), value);
        });
    });
}

fn refused() {
    let paris = zone("Europe/Paris");
    let shown = "expected a datetime that the clocks of its zone show, by chrono-tz";
    assert_eq!(message::<DateTime<Tz>>(&at("2024, 3, 31, 2, 30", &paris)), shown);
    // A whole day that was left out.
    assert_eq!(message::<DateTime<Tz>>(&at("2011, 12, 30", &zone("Pacific/Apia"))), shown);
    assert_eq!(
        message::<DateTime<Tz>>(&at("2024, 1, 1", "None")),
        "expected a datetime with a ZoneInfo"
    );
    let hour = "__import__('datetime').timezone(__import__('datetime').timedelta(hours=1))";
    assert_eq!(message::<DateTime<Tz>>(&at("2024, 1, 1", hour)), "expected ZoneInfo, got timezone");
    assert_eq!(message::<Tz>("'Europe/Paris'"), "expected tzinfo, got str");
    Python::attach(|py| {
        // Of no name, and of one that nobody knows.
        let code = "
import io, zoneinfo
from importlib import resources
def data():
    for folder in zoneinfo.TZPATH:
        try:
            with open(folder + '/Europe/Paris', 'rb') as file:
                return file.read()
        except OSError:
            pass
    return resources.read_binary('tzdata.zoneinfo.Europe', 'Paris')
x = [zoneinfo.ZoneInfo.from_file(io.BytesIO(data()), key) for key in (None, 'Atlantis')]
";
        for zone in convert_tests::object(py, code).try_iter().unwrap() {
            let zone = zone.unwrap();
            let error = zone.extract::<Tz>().unwrap_err().to_string();
            assert!(error.starts_with("expected a ZoneInfo that chrono-tz knows, got "), "{error}");
        }
    });
    let moment =
        |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
    Python::attach(|py| {
        for year in [0, 10_001] {
            let error = moment(year).with_timezone(&Tz::Asia__Tokyo).into_py(py).unwrap_err();
            assert_eq!(error.to_string(), "expected a date in the years 1 to 9999");
        }
    });
}
