"""Makes Python objects out of the bytes of one input. Past their end every byte is 0, which always
means the simplest thing, so what is made is never larger than the input, but for one repetition."""

import collections, ctypes, struct
from array import array
from collections import ChainMap, OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from ipaddress import IPv4Address, IPv6Address, ip_interface
from pathlib import Path, PurePath
from types import MappingProxyType, SimpleNamespace
from uuid import UUID


class Number(int): pass
class Real(float): pass
class Text(str): pass
class Octets(bytes): pass
class Row(list): pass
class Record(tuple): pass
Pair = namedtuple("Pair", "a b")


class Badge(UUID): pass
class Few(set): pass
class Later(timedelta): pass


class Amount(Decimal):
    """Says of itself what it is not."""
    def __str__(self): return "NaN"
    __repr__ = __str__


class Moved(bytearray):
    """A bytearray that says its bytes are others."""
    def __iter__(self): return iter([7])
    def __getitem__(self, index): return 7


class Shown(array):
    """An array that says its items are others."""
    def __iter__(self): return iter([7])
    def __getitem__(self, index): return 7


@collections.abc.Set.register
class Registered:
    """A set by its word."""
    def __init__(self, items): self.items = items
    def __iter__(self): return iter(self.items)


class Pairs(collections.abc.Mapping):
    """A mapping that holds its entries one after the other."""
    def __init__(self, entries): self.entries = list(dict(entries).items())
    def __len__(self): return len(self.entries)
    def __iter__(self): return iter([key for key, _ in self.entries])
    def __getitem__(self, key): return next(value for k, value in self.entries if k is key)
    def items(self): return list(self.entries)


class Zone(tzinfo):
    """Ahead of UTC by as much as it was told."""
    def __init__(self, ahead): self.ahead = ahead
    def utcoffset(self, moment): return self.ahead() if callable(self.ahead) else self.ahead


class Place:
    def __init__(self, path): self.path = path
    def __fspath__(self): return self.path


# As numpy's booleans: only the name says so.
Boolean = type("numpy.bool_", (), {
    "__init__": lambda self, value: setattr(self, "value", value),
    "__bool__": lambda self: self.value,
})


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


class Float:
    def __init__(self, value): self.value = value
    def __float__(self): return self.value


class Items:
    """A sequence by `__getitem__` alone."""
    def __init__(self, items): self.items = items
    def __getitem__(self, index): return self.items[index]


class Iterated:
    """No sequence: iterating is all it can do."""
    def __init__(self, items): self.items = items
    def __iter__(self): return iter(self.items)


class Circle:
    """An iterator that begins again when it has ended."""
    def __init__(self, items): self.items, self.at = items, 0
    def __iter__(self): return self
    def __next__(self):
        self.at += 1
        if self.at <= len(self.items): return self.items[self.at - 1]
        self.at = 0
        raise StopIteration


class Broken:
    def __index__(self): raise ZeroDivisionError("__index__")
    def __float__(self): raise LookupError("__float__")


class OtherItems(dict):
    """A dict that says its entries are not those it holds."""
    def items(self): return [(key, value) for key, value in reversed(dict.items(self))]
    def __getitem__(self, key): return dict.__getitem__(self, key)


FLOATS = [0.0, -0.0, 1.5, float("inf"), float("-inf"), float("nan"), 5e-324, 2.0**53 + 2,
          3.4028234663852886e38, 3.4028235677973366e38, 1e-46, 1.7976931348623157e308]
# First character and how many: of each width a str may have, and surrogates.
CHARACTERS = [(0, 0x80), (0x80, 0x80), (0x100, 0xFF00), (0xD800, 0x800), (0x10000, 0x100000)]


def shared(made):
    """Whether the interpreter has but one object of that value, used all over."""
    kind = type(made)
    return (made is None or kind in (bool, type) or kind is int and -6 < made < 257
            or kind in (str, bytes, tuple) and len(made) < 2)


class Source:
    def __init__(self, data):
        self.data, self.at, self.depth = data, 0, 0
        self.made = []  # the objects, to count the references to each
        self.repeated = False

    def byte(self):
        at = self.at
        self.at = at + 1
        return self.data[at] if at < len(self.data) else 0

    def below(self, end):
        return self.byte() % end

    def take(self, count):
        at = self.at
        self.at = at + count
        return self.data[at:at + count]

    def keep(self, made):
        if not shared(made): self.made.append(made)
        return made

    def several(self, make):
        """A few; seldom many, alike but for the last. Not many times many, which takes too long."""
        count = self.byte()
        if count >= 248 and not self.repeated:
            self.repeated = True
            return [make()] * self.below(80) + [make()]
        return [make() for _ in range(count % 7)]

    def int(self):
        kind = self.byte()
        if kind < 64:
            value = kind
        elif kind < 160:
            value = (1 << self.below(140)) + self.below(5) - 2
        elif kind < 240:
            value = int.from_bytes(self.take(self.below(20)), "little")
        else:
            value = int.from_bytes(self.take(self.byte()), "little") << self.byte()
        return -value if kind & 1 else value

    def float(self):
        kind = self.byte()
        if kind < 128:
            return FLOATS[kind % len(FLOATS)]
        if kind < 192:
            return float(int.from_bytes(self.take(3), "little", signed=True))
        return struct.unpack("<d", self.take(8).ljust(8, b"\0"))[0]

    def decimal(self):
        """A decimal of few or many digits, or what `Decimal` has beside numbers."""
        kind = self.byte()
        if kind >= 224: return Decimal(["NaN", "-Infinity", "sNaN7", "-0", "0E-29", "0E+9"][kind % 6])
        if kind >= 208: return self.int()
        exponent = self.byte() % 64 - 32 if kind < 192 else (self.byte() - 128) * 999
        digits = tuple(map(int, str(abs(self.int()) % 10**40)))
        return [Decimal, Amount][kind & 1]((kind >> 1 & 1, digits, exponent))

    def identifier(self):
        number = int.from_bytes(self.take(16), "big")
        return [UUID, Badge][self.byte() & 1](int=number)

    def character(self):
        kind = self.byte()
        if kind < 160:
            return chr(0x20 + kind % 0x5F)
        first, count = CHARACTERS[kind % len(CHARACTERS)]
        return chr(first + int.from_bytes(self.take(3), "little") % count)

    def text(self):
        return "".join(self.several(self.character))

    def sequence(self, make):
        """Items that `make` gives, in something that is a sequence."""
        self.depth += 1
        items = self.several(make) if self.depth < 8 else []
        self.depth -= 1
        kind = self.byte()
        if kind < 120: return self.keep(items)
        if kind < 180: return self.keep(tuple(items))
        shape = [Row, Record, deque, UserList, Items][kind % 5]
        return self.keep(shape(items))

    def members(self, make, shapes=(set, frozenset, Few, Registered)):
        """What `make` gives, in something that is a set."""
        self.depth += 1
        items = []
        for item in self.several(make) if self.depth < 8 else []:
            try: hash(item)
            except Exception: continue
            items.append(item)
        self.depth -= 1
        kind = self.byte()
        shape = set if kind < 150 else shapes[kind % len(shapes)]
        return self.keep(shape(items))

    def numbers(self):
        """The memory of numbers: of an array, of a view of one, of something of C's."""
        code = "bBhHiIlLqQfd"[self.below(12)]
        size = struct.calcsize(code)
        data = self.take(self.below(5) * size)
        items = array(code, data[:len(data) // size * size])
        kind = self.byte() % 6
        if kind == 1: return memoryview(items)
        if kind == 2: return memoryview(items)[::-1]
        if kind == 3: return Shown(code, items)
        if kind == 4: return memoryview(bytes(items)).cast("?bBhHqQdn"[self.below(9)]) \
            if len(bytes(items)) % 8 == 0 else items
        if kind == 5: return (ctypes.c_int32.__ctype_be__ * len(items))(*[1] * len(items))
        return items

    def delta(self):
        kind = self.byte()
        if kind < 60: return timedelta(0, kind - 10, self.below(250))
        if kind < 80: return timedelta.max if kind & 1 else timedelta.min
        days = int.from_bytes(self.take(4), "little", signed=True) % 10**9 - (kind & 1) * 10**6
        made = min(timedelta(days, self.below(200) * 432, self.below(256) * 3906), timedelta.max)
        return Later(made.days, made.seconds, made.microseconds) if kind > 220 else made

    def moment(self):
        kind = self.byte()
        day = int.from_bytes(self.take(3), "little") % 3652059 + 1
        made = datetime.fromordinal(day) + timedelta(0, 0, int.from_bytes(self.take(4), "little"))\
            if day < 3652000 else datetime.max
        ahead = timedelta(0, self.below(256) * 600 - 76800, kind & 3)
        zone = [timezone.utc, timezone.utc, timezone(ahead), Zone(ahead), Zone(lambda: None),
                Zone(lambda: 5), Zone(lambda: 1 // 0), None, Zone(timedelta(1))][kind % 9]
        return made.replace(tzinfo=zone, fold=kind >> 7)

    def address(self):
        kind = self.byte()
        v4, v6 = self.take(4), self.take(16)
        if kind < 60: return IPv4Address(int.from_bytes(v4, "big"))
        made = IPv6Address(int.from_bytes(v6, "big") >> self.below(128))
        if kind < 120: return made
        if kind < 180: return str(made) if kind & 1 else ".".join(map(str, v4))
        text = str(made)
        return [text + "%1", IPv6Address(text + "%1"), ip_interface(text + "/9"), text[:-1],
                text + ":", ".".join(map(str, v4[:3]))][kind % 6]

    def path(self):
        kind = self.byte()
        name = self.text()
        if kind < 100: return name
        data = self.take(self.below(9))
        if kind < 140: return data
        return [Path, PurePath, Place, lambda name: Place(data), lambda name: Place(5),
                lambda name: Place(Text(name))][kind % 6](name)

    def mapping(self, key, value):
        self.depth += 1
        entries = []
        for _ in range(self.below(6) if self.depth < 7 else 0):
            new = key()
            try: hash(new)
            except Exception: continue
            entries.append((new, value()))
        if self.byte() >= 250 and entries and not self.repeated:
            self.repeated = True
            entries += [(n, entries[0][1]) for n in range(self.below(80))]
        self.depth -= 1
        kind = self.byte()
        if kind < 160: return self.keep(dict(entries))
        shape = [OrderedDict, OtherItems, lambda entries: defaultdict(lambda: None, entries),
                 lambda entries: MappingProxyType(dict(entries)), UserDict,
                 lambda entries: ChainMap(dict(entries[1:]), dict(entries[:1])), Pairs]
        return self.keep(shape[kind % 7](entries))

    def any(self):
        """Any kind of object."""
        self.depth += 1
        made = KINDS[self.below(len(KINDS))](self) if self.depth < 9 else None
        self.depth -= 1
        return self.keep(made)


KINDS = [
    lambda s: None,
    lambda s: True,
    lambda s: False,
    Source.int,
    Source.int,
    Source.float,
    Source.text,
    Source.text,
    Source.character,
    lambda s: s.take(s.below(8)),
    lambda s: bytearray(s.take(s.below(8))),
    lambda s: s.sequence(s.any),
    lambda s: s.sequence(s.any),
    lambda s: s.sequence(s.int),
    lambda s: s.mapping(s.any, s.any),
    lambda s: range(s.below(9)),
    lambda s: array("q", range(s.below(5))),
    lambda s: memoryview(s.take(3)),
    lambda s: {s.below(4), s.below(4)},
    lambda s: s.members(s.any),
    lambda s: {s.below(4): s.int(), s.below(4): None}.keys(),
    Source.numbers,
    lambda s: Moved(s.take(s.below(8))),
    Source.delta,
    Source.moment,
    Source.address,
    Source.path,
    lambda s: slice(s.any(), s.any()),
    lambda s: slice(s.int(), s.int(), s.below(3)),
    lambda s: range(s.below(9), s.below(9), s.below(5) - 2 or 1),
    lambda s: Boolean(s.byte() > 9),
    lambda s: Boolean(5),
    lambda s: (s.any(), s.any()),
    lambda s: Iterated([s.int()]),
    lambda s: Circle([s.int(), s.any()]),
    lambda s: Index(s.int()),
    lambda s: Float(s.float()),
    lambda s: Number(s.int()),
    lambda s: Real(s.float()),
    lambda s: Text(s.text()),
    lambda s: Octets(s.take(3)),
    lambda s: Decimal(s.below(100)) / 8,
    lambda s: Fraction(s.int(), 7),
    lambda s: complex(s.below(3), 1),
    lambda s: Pair(s.any(), s.any()),
    lambda s: SimpleNamespace(name=s.any(), value=s.any()),
    lambda s: Broken(),
    lambda s: Index("no int"),
    lambda s: int,
    lambda s: object(),
]
