"""Dates, times and time zones: chrono, chrono-tz."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import there_and_back as rust
from hypothesis import example, given, strategies as st

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# Zones of all kinds of changes, in whose history since 1970 all sources agree.
ZONES = [
    "Africa/Casablanca", "America/Caracas", "America/Havana", "America/New_York",
    "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Pyongyang", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe",
    "Australia/Sydney", "Etc/GMT-14", "Europe/Dublin", "Europe/London", "Europe/Moscow",
    "Europe/Paris", "Pacific/Apia", "Pacific/Chatham", "UTC",
]

offsets = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))
zones = st.sampled_from(ZONES).map(ZoneInfo)
folds = st.integers(0, 1)


def offset(moment, zone):
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()


def changes(zone):
    """What the clocks of a zone show when they are changed."""
    moment, step = datetime(1971, 1, 1), timedelta(days=7)
    while moment < datetime(2030, 1, 1):
        low, high = moment, moment + step
        if offset(low, zone) != offset(high, zone):
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                same = offset(middle, zone) == offset(low, zone)
                low, high = (middle, high) if same else (low, middle)
            yield high.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0)
        moment += step


CHANGES = [
    (clock, zone) for zone in map(ZoneInfo, ZONES) for clock in [datetime(2000, 1, 1), *changes(zone)]
]
near_changes = st.builds(
    lambda change, by, fold: (change[0] + by).replace(tzinfo=change[1], fold=fold),
    st.sampled_from(CHANGES),
    st.timedeltas(timedelta(hours=-3), timedelta(hours=3)),
    folds,
)
moments = near_changes | st.datetimes(timezones=st.just(timezone.utc) | offsets | zones)


@given(st.dates())
@example(date.min)
@example(date.max)
def test_dates(value):
    back = rust.roundtrip_date(value)
    assert back == value and type(back) is date
    assert rust.roundtrip_weekday(value.weekday()) == value.weekday()
    assert rust.roundtrip_month(value.month) == value.month


@given(st.times())
def test_times(value):
    back = rust.roundtrip_time(value)
    assert back == value and type(back) is time


@given(st.datetimes())
@example(datetime.min)
@example(datetime.max)
def test_datetimes_of_no_zone(value):
    back = rust.roundtrip_naive(value)
    assert back == value and type(back) is datetime and back.tzinfo is None
    for roundtrip in [rust.roundtrip_utc, rust.roundtrip_fixed, rust.roundtrip_zoned]:
        with pytest.raises(ValueError):
            roundtrip(value)


@given(moments)
@example(datetime.min.replace(tzinfo=timezone.utc))
@example(datetime.max.replace(tzinfo=timezone.utc))
def test_moments(value):
    moment = (value - EPOCH) // timedelta.resolution
    assert rust.microseconds(value) == moment
    ahead = value.utcoffset()
    fixed = rust.roundtrip_fixed(value)
    assert fixed.replace(tzinfo=None) == value.replace(tzinfo=None)
    assert fixed.tzinfo == timezone(ahead) and type(fixed) is datetime
    try:
        expected = value.replace(tzinfo=timezone.utc, fold=0) - ahead
    except OverflowError:
        with pytest.raises(OverflowError):
            rust.roundtrip_utc(value)
        return
    utc = rust.roundtrip_utc(value)
    assert utc == expected and utc.tzinfo is timezone.utc
    if not ahead % timedelta(minutes=1):
        text = rust.rfc3339(value)
        assert text[:19] == fixed.isoformat()[:19]


@given(near_changes)
def test_moments_in_zones(value):
    there = value.astimezone(timezone.utc).astimezone(value.tzinfo)
    if there.replace(tzinfo=None) != value.replace(tzinfo=None):
        with pytest.raises(ValueError, match="the clocks of its zone show"):
            rust.roundtrip_zoned(value)
        return
    back = rust.roundtrip_zoned(value)
    assert (back, back.fold, back.utcoffset()) == (there, there.fold, value.utcoffset())
    assert back.tzinfo is value.tzinfo


@given(st.timedeltas())
@example(timedelta.min)
@example(timedelta.max)
def test_spans(value):
    back = rust.roundtrip_span(value)
    assert back == value and type(back) is timedelta


@given(offsets)
def test_offsets(value):
    back = rust.roundtrip_offset(value)
    assert back == value and type(back) is timezone


@given(zones)
def test_zones(value):
    assert rust.roundtrip_zone(value) is value
