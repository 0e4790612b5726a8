//! Dates, times and time zones: chrono and chrono-tz.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::conversions::case::{Case, success};

const ZONE: Tz = Tz::Europe__Paris;

fn clock() -> NaiveDateTime {
    let date = NaiveDate::from_ymd_opt(2024, 5, 17).expect("a date");
    date.and_hms_micro_opt(12, 34, 56, 789_012).expect("a time")
}

fn offset() -> FixedOffset {
    FixedOffset::east_opt(5 * 3600 + 1800).expect("less than a day")
}

pub const CASES: &[Case] = &[
    success("NaiveDate <- date", |scene| scene.extract::<NaiveDate>(c"datetime.date(2024, 5, 17)")),
    success("NaiveDate -> date", |scene| scene.make(clock().date())),
    success("NaiveTime <- time", |scene| {
        scene.extract::<NaiveTime>(c"datetime.time(12, 34, 56, 789012)")
    }),
    success("NaiveTime -> time", |scene| scene.make(clock().time())),
    success("NaiveDateTime <- datetime", |scene| {
        scene.extract::<NaiveDateTime>(c"datetime.datetime(2024, 5, 17, 12, 34, 56, 789012)")
    }),
    success("NaiveDateTime -> datetime", |scene| scene.make(clock())),
    success("TimeDelta <- timedelta", |scene| {
        scene.extract::<TimeDelta>(c"datetime.timedelta(-3, 4567, 891011)")
    }),
    success("TimeDelta -> timedelta", |scene| {
        scene.make(TimeDelta::new(-3 * 86_400 + 4567, 891_011_000).expect("in range"))
    }),
    success("DateTime<Utc> <- datetime", |scene| {
        scene.extract::<DateTime<Utc>>(
            c"datetime.datetime(2024, 5, 17, 12, 34, 56, 789012, datetime.timezone.utc)",
        )
    }),
    success("DateTime<Utc> -> datetime", |scene| scene.make(clock().and_utc())),
    success("DateTime<FixedOffset> <- datetime", |scene| {
        scene.extract::<DateTime<FixedOffset>>(
            c"datetime.datetime(2024, 5, 17, 12, 34, 56, 789012, HALF_PAST_FIVE)",
        )
    }),
    success("DateTime<FixedOffset> -> datetime", |scene| {
        scene.make(clock().and_local_timezone(offset()).single().expect("one moment"))
    }),
    success("FixedOffset <- timezone", |scene| scene.extract::<FixedOffset>(c"HALF_PAST_FIVE")),
    success("FixedOffset -> timezone", |scene| scene.make(offset())),
    success("DateTime<Tz> <- datetime", |scene| {
        scene.extract::<DateTime<Tz>>(
            c"datetime.datetime(2024, 5, 17, 12, 34, 56, 789012, zoneinfo.ZoneInfo('Europe/Paris'))",
        )
    }),
    success("DateTime<Tz> -> datetime", |scene| {
        scene.make(clock().and_local_timezone(ZONE).single().expect("one moment"))
    }),
    success("Tz <- ZoneInfo", |scene| scene.extract::<Tz>(c"zoneinfo.ZoneInfo('Europe/Paris')")),
    success("Tz -> ZoneInfo", |scene| scene.make(ZONE)),
];
