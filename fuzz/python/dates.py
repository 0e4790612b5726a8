"""Dates, times and time zones: objects of them, and models of what chrono and chrono-tz make of them."""

from datetime import date, time
from zoneinfo import ZoneInfo

# Of these all have the same history since 1970, whoever tells it.
ZONES = [ZoneInfo(name) for name in (
    "UTC", "Europe/London", "Europe/Paris", "Europe/Dublin", "America/New_York", "America/St_Johns",
    "America/Havana", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham",
    "Asia/Kathmandu", "Asia/Tokyo", "Africa/Casablanca", "Antarctica/Troll", "Etc/GMT-14")]


class Day(date): pass
class Clock(time): pass
class At(datetime): pass
class OtherZone(ZoneInfo): pass


def changes(zone):
    """The readings of a zone's clocks when its offset changes, from 1971 to 2036."""
    offset = lambda moment: moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
    moment = datetime(1971, 1, 1)
    while moment < datetime(2037, 1, 1):
        low, high = moment, moment + timedelta(days=7)
        if offset(low) != offset(high):
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            yield high.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0)
        moment += timedelta(days=7)


CHANGES = [[*changes(zone)] or [datetime(2000, 1, 1)] for zone in ZONES]


def any_zone(source):
    kind = source.byte()
    offset = timedelta(0, source.below(256) * 675 - 86000, (kind & 3) // 3)
    if kind < 120: return ZONES[kind % len(ZONES)]
    return [timezone.utc, timezone(offset), timezone(offset, "Z"), OtherZone("Europe/Paris"),
            Zone(offset), Zone(lambda: None), Zone(lambda: 5), Zone(lambda: 1 // 0),
            Zone(timedelta(1)), timezone(timedelta(0, source.below(192) * 900 - 86000))][kind % 10]


def clock(source):
    kind = source.byte()
    if kind < 8: return [datetime.min, datetime.max][kind & 1]
    day = int.from_bytes(source.take(3), "little") % 3652059 + 1
    micro = int.from_bytes(source.take(5), "little") % 86400000000
    return datetime.fromordinal(day) + timedelta(0, 0, micro)


class NaiveDay(Model):
    def good(self, source): return [date, Day][source.byte() >= 200].fromordinal(clock(source).toordinal())

    def read(self, x, at, wrong):
        if isinstance(x, date) and not isinstance(x, datetime): return date(x.year, x.month, x.day)
        wrong.append((at, "TypeError"))

    def agrees(self, value, text): return str(value) == text


class NaiveClock(Model):
    def good(self, source):
        zone = timezone.utc if source.byte() >= 240 else None
        made = clock(source).time().replace(tzinfo=zone, fold=source.byte() & 1)
        if source.byte() < 200: return made
        return Clock(made.hour, made.minute, made.second, made.microsecond, zone)

    def read(self, x, at, wrong):
        if not isinstance(x, time): return wrong.append((at, "TypeError"))
        if x.tzinfo is not None: return wrong.append((at, "ValueError"))
        return time(x.hour, x.minute, x.second, x.microsecond)

    def agrees(self, value, text): return time.fromisoformat(text) == value


def plain(x, zone=None):
    """What a datetime stores, as one of the very class."""
    return datetime(x.year, x.month, x.day, x.hour, x.minute, x.second, x.microsecond, zone)


class Naive(Model):
    def good(self, source):
        made = clock(source).replace(tzinfo=any_zone(source) if source.byte() >= 240 else None)
        return made if source.byte() < 220 else At.fromisoformat(made.replace(tzinfo=None).isoformat())

    def read(self, x, at, wrong):
        if not isinstance(x, datetime): return wrong.append((at, "TypeError"))
        if x.tzinfo is not None: return wrong.append((at, "ValueError"))
        return plain(x)

    def agrees(self, value, text): return datetime.fromisoformat(text) == value


class Instant(Moment):
    def good(self, source): return clock(source).replace(tzinfo=any_zone(source), fold=source.byte() & 1)
    def agrees(self, value, text): return datetime.fromisoformat(text.replace("Z", "+00:00")) == value


class Fixed(Instant):
    def read(self, x, at, wrong):
        if not isinstance(x, datetime): return wrong.append((at, "TypeError"))
        ahead = x.utcoffset()
        if ahead is None or ahead.microseconds: return wrong.append((at, "ValueError"))
        return plain(x, timezone(ahead))


class FixedZone(Fixed):
    """As `Fixed`, but only of a `timezone`."""
    def read(self, x, at, wrong):
        if type(x.tzinfo) is not timezone: return wrong.append((at, "ValueError"))
        return super().read(x, at, wrong)


class Zoned(Model):
    def good(self, source):
        kind = source.byte()
        index = kind % len(ZONES)
        near = CHANGES[index][source.below(65536) % len(CHANGES[index])]
        made = near + timedelta(0, source.below(65536) // 4 - 8192, source.below(2))
        zone = ZONES[index] if kind < 220 else any_zone(source)
        return made.replace(tzinfo=zone, fold=source.byte() & 1)

    def read(self, x, at, wrong):
        if not isinstance(x, datetime): return wrong.append((at, "TypeError"))
        if x.tzinfo is None or x.utcoffset() is None: return wrong.append((at, "ValueError"))
        zone = zones.read(x.tzinfo, at, wrong)
        if wrong: return
        there = x.astimezone(timezone.utc).astimezone(zone)
        if plain(there) != plain(x): return wrong.append((at, "ValueError"))
        return there


class Delta(Model):
    def good(self, source): return source.delta()

    def read(self, x, at, wrong):
        if not isinstance(x, timedelta): return wrong.append((at, "TypeError"))
        return timedelta(x.days, x.seconds, x.microseconds)


class Offset(Model):
    def good(self, source): return any_zone(source)

    def read(self, x, at, wrong):
        if not isinstance(x, tzinfo): return wrong.append((at, "TypeError"))
        ahead = x.utcoffset(None)
        if ahead is not None and not isinstance(ahead, timedelta): return wrong.append((at, "TypeError"))
        if ahead is None or ahead.microseconds or abs(ahead) >= timedelta(1):
            return wrong.append((at, "ValueError"))
        return timezone(ahead)

    def agrees(self, value, text):
        return text == "Z" or datetime.fromisoformat("2000-01-01T00:00" + text).tzinfo == value


class Universal(Offset):
    def read(self, x, at, wrong):
        value = super().read(x, at, wrong)
        if not wrong and value is not timezone.utc: wrong.append((at, "ValueError"))
        return value


class Zones(Model):
    def good(self, source): return any_zone(source)

    def read(self, x, at, wrong):
        if x is timezone.utc: return ZONES[0]
        if isinstance(x, ZoneInfo): return ZoneInfo(x.key)
        wrong.append((at, "TypeError"))

    def agrees(self, value, text): return text == value.key


class Numbered(Int):
    """A small number by which something else goes."""
    def __init__(self, low, names): super().__init__(low, low + len(names) - 1); self.names = names

    def read(self, x, at, wrong):
        if not isinstance(x, int): return wrong.append((at, "TypeError"))
        if not self.low <= x <= self.high: wrong.append((at, "ValueError"))
        return int.__index__(x)

    def agrees(self, value, text): return text == self.names[value - self.low]


zones = Zones()
weekday = Numbered(0, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
month = Numbered(1, [date(2000, month, 1).strftime("%B") for month in range(1, 13)])
