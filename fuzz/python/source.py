"""Makes Python objects out of the bytes of one input. Past their end every byte is 0, which always
means the simplest thing, so what is made is never larger than the input, but for one repetition."""

import collections, struct
from array import array
from collections import OrderedDict, UserList, defaultdict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace


class Number(int): pass
class Real(float): pass
class Text(str): pass
class Octets(bytes): pass
class Row(list): pass
class Record(tuple): pass
Pair = namedtuple("Pair", "a b")


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

    def mapping(self, key, value):
        self.depth += 1
        entries = []
        for _ in range(self.below(6) if self.depth < 7 else 0):
            new = key()
            try: hash(new)
            except TypeError: continue
            entries.append((new, value()))
        if self.byte() >= 250 and entries and not self.repeated:
            self.repeated = True
            entries += [(n, entries[0][1]) for n in range(self.below(80))]
        self.depth -= 1
        kind = self.byte()
        shape = dict if kind < 160 else [OrderedDict, OtherItems, collections.Counter][kind % 3]
        return self.keep(shape(entries) if shape is not collections.Counter else
                         defaultdict(lambda: None, entries))

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
    lambda s: Iterated([s.int()]),
    lambda s: iter([s.int()]),
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
