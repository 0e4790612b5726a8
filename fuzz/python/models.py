"""The oracle: what each Rust type accepts and becomes, said a second time, in Python.

A model makes objects that its type should like (`good`) and reads one as the type should (`read`):
it gives the value as the Python object that it becomes, and adds what is wrong, each with the place
and the name of the exception. Where Python code raises, so does the model."""

import builtins, collections, ipaddress, operator, os, re, struct
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import islice
from pathlib import Path
from sys import getrefcount

LISTED = 32  # no more wrong leaves are looked for


class Name(str):
    """A step of a path: a field."""


class Computed(Name):
    """A step of a path: what was computed of attributes, as one writes that."""


class InKey:
    """A step of a path: the key itself is meant."""


class Model:
    def make(self, source):
        """Mostly what the type likes."""
        return source.any() if source.byte() >= 232 else source.keep(self.good(source))

    def agrees(self, value, text):
        """Whether the value's text in Rust (`{:?}`) is right; where that is easily said."""
        return True


class Int(Model):
    def __init__(self, low, high):
        self.low, self.high = low, high

    def good(self, source):
        kind = source.byte()
        if kind < 150: return kind % 100
        if kind < 200: return (self.low, self.high)[kind & 1] + source.below(3) - 1
        value = source.int()
        return [int, int, Number, Index][kind % 4](value)

    def read(self, x, at, wrong):
        if isinstance(x, int): value = int.__index__(x)
        elif hasattr(type(x), "__index__"): value = operator.index(x)
        else: return wrong.append((at, "TypeError"))
        if not self.low <= value <= self.high: wrong.append((at, "OverflowError"))
        return value

    def agrees(self, value, text):
        return int(text) == value


class BigInt(Int):
    """An int of any size; one that is negative only where there are signs."""
    def __init__(self, is_signed): self.is_signed = is_signed
    def good(self, source): return [int, int, Number, Index][source.byte() % 4](source.int())

    def read(self, x, at, wrong):
        if isinstance(x, int): value = int.__index__(x)
        elif hasattr(type(x), "__index__"): value = operator.index(x)
        else: return wrong.append((at, "TypeError"))
        if value < 0 and not self.is_signed: wrong.append((at, "OverflowError"))
        return value


class Exact(Model):
    """A decimal of 96 bits and 28 places."""
    def good(self, source): return source.decimal()

    def read(self, x, at, wrong):
        if isinstance(x, int): x = Decimal(int.__index__(x))
        elif not isinstance(x, Decimal): return wrong.append((at, "TypeError"))
        sign, digits, exponent = Decimal.as_tuple(x)
        if not isinstance(exponent, int): return wrong.append((at, "ValueError"))
        number = int("".join(map(str, digits)))
        # `abs` would round to the precision of the context.
        if Decimal.copy_abs(x) >= 2**96: wrong.append((at, "OverflowError"))
        elif sign and not number: wrong.append((at, "ValueError"))
        elif exponent < -28 or exponent < 0 and number >= 2**96: wrong.append((at, "ValueError"))
        elif exponent > 0: return Decimal((sign, (*digits, *[0] * exponent), 0)) if number else Decimal(0)
        return Decimal((sign, digits, exponent))

    def agrees(self, value, text):
        return Decimal.as_tuple(Decimal(text)) == Decimal.as_tuple(value)


class Identifier(Model):
    """A UUID."""
    def good(self, source): return source.identifier()

    def read(self, x, at, wrong):
        if not isinstance(x, UUID): return wrong.append((at, "TypeError"))
        return UUID(int=x.int)

    def agrees(self, value, text): return str(value) == text


class Double(Model):
    PACKED = "<d"

    def good(self, source):
        kind = source.byte()
        if kind < 150: return source.float()
        return [Real, Float][kind & 1](source.float()) if kind < 200 else source.int()

    def read(self, x, at, wrong):
        kind = type(x)
        if isinstance(x, float): return float.__float__(x)
        if not (hasattr(kind, "__float__") or hasattr(kind, "__index__")):
            return wrong.append((at, "TypeError"))
        try: return float(x)
        except OverflowError:
            if kind is not int: raise
            wrong.append((at, "OverflowError"))

    def agrees(self, value, text):
        return value != value or struct.pack(self.PACKED, float(text)) == struct.pack(self.PACKED, value)


class Single(Double):
    PACKED = "<f"

    def read(self, x, at, wrong):
        value = super().read(x, at, wrong)
        if wrong: return
        try: return struct.unpack("<f", struct.pack("<f", value))[0]
        except OverflowError: wrong.append((at, "OverflowError"))


class Bool(Model):
    def good(self, source): return source.byte() >= 128

    def read(self, x, at, wrong):
        if type(x) is Boolean: return bool(x)
        if type(x) is not bool: wrong.append((at, "TypeError"))
        return x

    def agrees(self, value, text): return text == str(value).lower()


class Str(Model):
    def good(self, source):
        return Text(source.text()) if source.byte() >= 220 else source.text()

    def read(self, x, at, wrong):
        if not isinstance(x, str): return wrong.append((at, "TypeError"))
        try: return x.encode().decode()
        except UnicodeEncodeError: wrong.append((at, "ValueError"))


class Char(Str):
    def good(self, source):
        return source.character() if source.byte() < 240 else source.text()

    def read(self, x, at, wrong):
        value = super().read(x, at, wrong)
        if not wrong and len(value) != 1: wrong.append((at, "ValueError"))
        return value


class Bytes(Model):
    """What only `bytes` itself becomes."""
    def good(self, source):
        return Octets(source.take(3)) if source.byte() >= 220 else source.take(source.below(9))

    def read(self, x, at, wrong):
        if not isinstance(x, bytes): return wrong.append((at, "TypeError"))
        return bytes(memoryview(x))


class CStr(Str):
    """Text without NUL."""
    def read(self, x, at, wrong):
        value = super().read(x, at, wrong)
        if not wrong and "\0" in value: wrong.append((at, "ValueError"))
        return value


class Kept(Model):
    """What is kept alive, and becomes itself again."""
    def __init__(self, model): self.model = model
    def good(self, source): return self.model.good(source)

    def read(self, x, at, wrong):
        self.model.read(x, at, wrong)
        return x


class NonZero(Model):
    def __init__(self, model): self.model = model
    def good(self, source): return self.model.good(source)

    def read(self, x, at, wrong):
        value = self.model.read(x, at, wrong)
        if not wrong and value == 0: wrong.append((at, "ValueError"))
        return value


class Sign(Model):
    """How two things compare."""
    def good(self, source): return source.below(4) - 2

    def read(self, x, at, wrong):
        if isinstance(x, int): value = int.__index__(x)
        elif hasattr(type(x), "__index__"): value = operator.index(x)
        else: return wrong.append((at, "TypeError"))
        if abs(value) > 1: wrong.append((at, "ValueError"))
        return value

    def agrees(self, value, text): return text == ["Equal", "Greater", "Less"][value]


class Nothing(Model):
    def good(self, source): return None

    def read(self, x, at, wrong):
        if x is not None: wrong.append((at, "TypeError"))


class Range(Model):
    """Two ends, the second of which counts in where `last` is 1."""
    def __init__(self, end, last=0): self.end, self.last = end, last

    def good(self, source):
        kind = source.byte()
        if kind < 160:
            return range(operator.index(self.end.good(source)), operator.index(self.end.good(source)))
        ends = self.end.make(source), self.end.make(source)
        return slice(*ends, source.below(3)) if kind & 1 else slice(*ends)

    def read(self, x, at, wrong):
        if type(x) not in (range, slice): return wrong.append((at, "TypeError"))
        one = x.step is None or hasattr(type(x.step), "__index__") and operator.index(x.step) == 1
        if not one or x.start is None or x.stop is None: return wrong.append((at, "ValueError"))
        start = self.end.read(x.start, at + (Name("start"),), wrong)
        if not self.last:
            stop = self.end.read(x.stop, at + (Name("stop"),), wrong)
            return None if wrong else range(start, stop)
        if not hasattr(type(x.stop), "__index__"):
            return wrong.append((at + (Name("stop"),), "TypeError"))
        stop = int.__index__(x.stop) if isinstance(x.stop, int) else operator.index(x.stop)
        stop = self.end.read(int(stop) - 1, at + (Computed("stop - 1"),), wrong)
        return None if wrong else range(start, stop + 1)


class Span(Model):
    def good(self, source): return source.delta()

    def read(self, x, at, wrong):
        if not isinstance(x, timedelta): return wrong.append((at, "TypeError"))
        if x.days < 0: wrong.append((at, "ValueError"))
        return timedelta(x.days, x.seconds, x.microseconds)

    def agrees(self, value, text):
        number, unit = re.fullmatch("([0-9.]+)(ns|µs|ms|s)", text).groups()
        scale = {"ns": 9, "µs": 6, "ms": 3, "s": 0}[unit]
        whole = Fraction(number) * 10 ** (6 - scale)
        return whole == Fraction(value // timedelta(microseconds=1))


class Moment(Model):
    def good(self, source): return source.moment()

    def read(self, x, at, wrong):
        if not isinstance(x, datetime): return wrong.append((at, "TypeError"))
        ahead = x.utcoffset()
        if ahead is None: return wrong.append((at, "ValueError"))
        # Beyond the years of Python it is an OverflowError, of the way back.
        try: return x.replace(tzinfo=timezone.utc) - ahead
        except OverflowError: wrong.append((at, "OverflowError"))


class Address(Model):
    def __init__(self, *versions): self.versions = versions
    def good(self, source): return source.address()

    def read(self, x, at, wrong):
        kinds = {4: ipaddress.IPv4Address, 6: ipaddress.IPv6Address}
        for version in self.versions:
            if not isinstance(x, kinds[version]): continue
            if hasattr(x, "network") or getattr(x, "scope_id", None) is not None:
                wrong.append((at, "ValueError"))
            return x
        if not isinstance(x, str): return wrong.append((at, "TypeError"))
        try: x = ipaddress.ip_address("".join(list(x)))
        except ValueError: return wrong.append((at, "ValueError"))
        if x.version not in self.versions or "%" in str(x): wrong.append((at, "ValueError"))
        return x


class Socket(Model):
    """A host and a port, and two more numbers for what is not of version 4."""
    def good(self, source):
        host = source.address()
        row = host, source.below(9) * 8191
        return row if source.byte() < 160 else row + (source.byte(), source.int())

    def read(self, x, at, wrong):
        if not isinstance(x, tuple): return wrong.append((at, "TypeError"))
        if len(x) not in (2, 4): return wrong.append((at, "ValueError"))
        numbers = [u16, u32, u32][:len(x) - 1]
        host = Address(4, 6) if len(x) == 2 else Address(6)
        host, *rest = each(((m, item, at + (i,)) for i, (m, item) in enumerate(zip([host, *numbers], x))), wrong)
        if wrong: return
        if host.version == 6 and len(x) == 2: rest += [0, 0]
        return (AddressText(host), *rest)


class AddressText(str):
    """A text that is read as an address: there are several of each."""
    def __new__(cls, address): return str.__new__(cls, address)


class FileName(Model):
    """What files are called, by the bytes that the operating system knows."""
    def good(self, source): return source.path()

    def name(self, x):
        if isinstance(x, str): return str.encode(x, "utf-8", "surrogateescape")
        if isinstance(x, bytes): return bytes(memoryview(x))

    def read(self, x, at, wrong):
        name = self.name(x)
        if name is None: return wrong.append((at, "TypeError"))
        return name.decode("utf-8", "surrogateescape")


class FilePath(FileName):
    def read(self, x, at, wrong):
        name = self.name(x)
        if name is None:
            if not hasattr(type(x), "__fspath__"): return wrong.append((at, "TypeError"))
            name = self.name(os.fspath(x))
        return Path(name.decode("utf-8", "surrogateescape"))


class Strict(Model):
    """As another model, but only of objects of exactly these types."""
    def __init__(self, model, *types): self.model, self.types = model, types

    def good(self, source):
        if bytes in self.types and source.byte() < 160: return source.take(source.below(5))
        return self.model.make(source)

    def read(self, x, at, wrong):
        if type(x) not in self.types: return wrong.append((at, "TypeError"))
        return self.model.read(x, at, wrong)

    def agrees(self, value, text):
        return self.model.agrees(value, re.fullmatch(r"Strict\((.*)\)", text, re.DOTALL)[1])


class Inner(Strict):
    """As `Strict`, inside of that."""
    def agrees(self, value, text): return self.model.agrees(value, text)


class Option(Model):
    def __init__(self, item): self.item = item
    def good(self, source): return None if source.byte() >= 200 else self.item.make(source)
    def read(self, x, at, wrong): return None if x is None else self.item.read(x, at, wrong)


def each(pairs, wrong):
    """Reads `(model, object, place)` in order, all or up to the last that is still listed."""
    values = []
    for model, x, at in pairs:
        inner = []
        values.append(model.read(x, at, inner))
        wrong += inner
        if len(wrong) > LISTED: break
    return values


class Vec(Model):
    def __init__(self, item): self.item = item

    def good(self, source):
        return source.sequence(lambda: self.item.make(source))

    def read(self, x, at, wrong, most=None):
        kind = type(x)
        memory = self.memory(x)
        if memory is not None and (most is None or len(memory) < most): return memory
        if isinstance(x, (str, collections.abc.Mapping)) or not hasattr(kind, "__getitem__") or isinstance(x, type):
            return wrong.append((at, "TypeError"))
        mine = []
        values = each(((self.item, item, at + (i,)) for i, item in enumerate(islice(x, most))), mine)
        wrong += mine
        return values

    def memory(self, x):
        """The numbers in the memory of `x`, where it shows as many bits for each as are wanted."""
        codes = {Int: "bhilqn" if getattr(self.item, "low", 0) else "BHILQN", Bool: "?"}.get(type(self.item))
        size = (self.item.high - self.item.low).bit_length() // 8 if type(self.item) is Int else 1
        if type(self.item) is Double: codes, size = "d", 8
        if type(self.item) is Single: codes, size = "f", 4
        if codes is None or isinstance(x, (list, tuple)): return None
        try: view = memoryview(x)
        except TypeError: return None
        code = view.format[-1]
        if view.ndim != 1 or code not in codes or view.itemsize != size: return None
        if struct.calcsize(view.format) != size: return None
        return list(struct.unpack(f"{view.format[:-1]}{len(view)}{code}", view.tobytes()))

    def agrees(self, value, text):
        return not isinstance(self.item, Int) or text == repr(value)


class Members(Model):
    """What is in a set. A tree tells repeated items only where nothing else is wrong."""
    def __init__(self, item, tree=False): self.item, self.tree = item, tree
    def good(self, source): return source.members(lambda: self.item.make(source))

    def read(self, x, at, wrong):
        if not isinstance(x, collections.abc.Set): return wrong.append((at, "TypeError"))
        values, repeated, mine = set(), [], []
        for item in x:
            place, inner = at + (step(item),), []
            value = self.item.read(item, place, inner)
            if not inner and value in values:
                repeated.append((place, "ValueError"))
                if not self.tree: mine.append(repeated[-1])
            if not inner: values.add(value)
            mine += inner
            if len(mine) > LISTED: break
        wrong += mine or repeated
        return values


class Each(Model):
    """Whatever can be iterated."""
    def __init__(self, item, made=list): self.item, self.made = item, made

    def good(self, source):
        kind = source.byte()
        if kind < 100: return source.sequence(lambda: self.item.make(source))
        if kind < 160: return source.members(lambda: self.item.make(source))
        items = source.several(lambda: self.item.make(source))
        return [Iterated(items), dict.fromkeys(range(len(items)), None).keys(), Items(items)][kind % 3]

    def read(self, x, at, wrong):
        mine = []
        try: items = iter(x)
        except TypeError: return wrong.append((at, "TypeError"))
        values = each(((self.item, item, at + (i,)) for i, item in enumerate(items)), mine)
        wrong += mine
        return None if mine else self.made(values)


class ByteVec(Vec):
    def good(self, source):
        kind = source.byte()
        if kind >= 160: return super().good(source)
        return [bytes, bytearray, Octets, Moved][kind % 4](source.take(source.below(9)))

    def read(self, x, at, wrong, most=None):
        values = x if isinstance(x, bytes) else super().read(x, at, wrong, most)
        return None if wrong else bytes(values)

    def agrees(self, value, text): return text == repr(list(value))


class Array(Model):
    def __init__(self, vec, count):
        self.vec, self.count = vec, count

    def good(self, source):
        if source.byte() >= 220: return self.vec.good(source)
        return [list, tuple, Row][source.below(3)](
            self.vec.item.make(source) for _ in range(self.count))

    def read(self, x, at, wrong):
        if type(x) in (list, tuple) and len(x) != self.count:
            return wrong.append((at, "ValueError"))
        is_memory = isinstance(x, bytes) and isinstance(self.vec, ByteVec)
        at_once = is_memory or type(x) in (list, tuple)
        values = self.vec.read(x, at, wrong, None if at_once else self.count + 1)
        if not wrong and len(values) != self.count: wrong.append((at, "ValueError"))
        return values


class Tuple(Model):
    def __init__(self, *items): self.items = items

    def good(self, source):
        items = tuple(item.make(source) for item in self.items)
        kind = source.byte()
        if kind < 200: return items
        return [Record(items), items + (1,), items[1:], list(items)][kind % 4]

    def read(self, x, at, wrong):
        if not isinstance(x, tuple): return wrong.append((at, "TypeError"))
        if len(x) != len(self.items): return wrong.append((at, "ValueError"))
        return tuple(each(((m, item, at + (i,)) for i, (m, item) in enumerate(zip(self.items, x))), wrong))


class Map(Model):
    """Entries. A tree tells repeated keys only where nothing else is wrong."""
    def __init__(self, key, value, tree=False): self.key, self.value, self.tree = key, value, tree

    def good(self, source):
        return source.mapping(lambda: self.key.make(source), lambda: self.value.make(source))

    def read(self, x, at, wrong):
        if not isinstance(x, collections.abc.Mapping): return wrong.append((at, "TypeError"))
        entries, mine, repeated = {}, [], []
        for key, value in list(x.items()):
            place, inner = at + (step(key),), []
            new = self.key.read(key, place + (InKey,), inner)
            if not inner: value = self.value.read(value, place, inner)
            if not inner and new in entries:
                repeated.append((place + (InKey,), "ValueError"))
                if not self.tree: inner.append(repeated[-1])
            if not inner: entries[new] = value
            mine += inner
            if len(mine) > LISTED: break
        wrong += mine or repeated
        return entries


def step(key):
    """How a key of a mapping is named in a path."""
    if type(key) is str:
        return key.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if type(key) is int and -2**63 <= key < 2**63: return key
    return OtherKey(f"<{None if key is None else type(key).__name__.rpartition('.')[2]}>")


class OtherKey(str):
    """A step of a path: a key that is shown by its type."""


class Field:
    """A field: its model, where it is read from, and its name when written."""
    def __init__(self, name, model, by="either", default=(), write=None):
        self.name, self.model, self.by, self.default = name, model, by, default
        self.write = write or name


class Slots:
    __slots__ = ("__dict__",)


class Answers:
    def __init__(self, fields): self.fields = fields
    def __getattr__(self, name):
        try: return self.__dict__["fields"][name]
        except KeyError: raise AttributeError(name) from None


class Both(dict):
    """A dict with attributes."""


class Struct(Model):
    def __init__(self, *fields): self.fields = fields

    def good(self, source):
        source.depth += 1
        fields = {}
        for field in self.fields:
            kind = source.byte()
            if kind < 244 if field.default == () else kind >= 100 and source.depth < 6:
                fields[field.name] = field.model.make(source)
        source.depth -= 1
        kind = source.byte()
        if kind >= 200: fields = dict(reversed(fields.items()))
        if kind % 5 == 4: fields["more"] = fields[1] = 0
        shape = source.below(12)
        if shape == 5: return OrderedDict(fields)
        if shape == 6: return defaultdict(int, fields)
        if shape == 7: return OtherItems(fields)
        fields_only = {name: value for name, value in fields.items() if type(name) is str}
        if shape == 8: return SimpleNamespace(**fields_only)
        if shape == 9: return Answers(fields)
        if shape == 10 and self.fields:
            return slotted(*(field.name for field in self.fields if field.name.isidentifier()))(fields)
        if shape == 11 or shape > 2 and any(field.by == "attribute" for field in self.fields):
            both = Both(fields)
            both.__dict__.update(fields_only)
            return both
        return fields if shape % 2 else {"".join(list(str(k))): v for k, v in fields.items()}

    def read(self, x, at, wrong):
        mine, values, found = [], {}, False
        has_keys = isinstance(x, collections.abc.Mapping)
        for field in self.fields:
            by_key = field.by == "item" or field.by == "either" and has_keys
            place, inner = at + (Name(field.name),), []
            try:
                value = by_name(x, field.name) if by_key else getattr(x, field.name)
            except (KeyError if by_key else AttributeError) as missing:
                value = field.default
                if value == (): inner.append((place, type(missing).__name__))
            else:
                found = True
                value = field.model.read(value, place, inner)
            mine += inner
            if len(mine) > LISTED: break
            values[field.write] = value
        # Where nothing has to be there, not every object is such a struct either.
        if not found and not has_keys: mine = [(at, "TypeError")]
        wrong += mine
        return values


def by_name(x, name):
    """`x[name]`; what has no keys has none missing either, and no `__missing__` makes one up."""
    if isinstance(x, dict) and type(x).__getitem__ is dict.__getitem__:
        if name in x: return dict.get(x, name)
    elif hasattr(type(x), "__getitem__") and not isinstance(x, (str, bytes, list, tuple, deque)):
        return x[name]
    raise KeyError(name)


def slotted(*names, made={}):
    """A class with these slots."""
    if names not in made:
        def fill(self, fields):
            for name in names:
                if name in fields: setattr(self, name, fields[name])
        made[names] = type("Slotted", (), {"__slots__": names, "__init__": fill})
    return made[names]


class Newtype(Model):
    """As another model, which may be given later: for what is made of itself."""
    def __init__(self, model=None): self.model = model
    def good(self, source): return self.model.good(source)
    def read(self, x, at, wrong): return self.model.read(x, at, wrong)


def same(a, b):
    """Whether two values are equal, of the same types, bit for bit."""
    if type(a) is AddressText: return type(b) is str and ipaddress.ip_address(a) == ipaddress.ip_address(b)
    if type(a) is not type(b): return False
    if type(a) is float:
        return struct.pack("<d", a) == struct.pack("<d", b) or a != a and b != b
    if type(a) in (list, tuple): return len(a) == len(b) and all(map(same, a, b))
    if type(a) is Decimal: return a.as_tuple() == b.as_tuple()
    if type(a) is datetime:
        if not (a.tzinfo is b.tzinfo or type(a.tzinfo) is timezone and a.tzinfo == b.tzinfo): return False
        return a == b and a.utcoffset() == b.utcoffset()
    if type(a) is dict:
        return len(a) == len(b) and all(key in b and same(value, b[key]) for key, value in a.items())
    return a == b


def path(steps):
    """The path as text; `None` where that is not easily said."""
    text = ""
    for step in steps:
        if type(step) is Computed or type(step) is Name and step.isidentifier():
            text += "." + step if text else step
        elif type(step) is OtherKey: text += f"[{step}]"
        elif step is InKey: text += " (key)"
        elif isinstance(step, str):
            if not re.fullmatch("[ !#-&(-[\\]-~]*", step): return None
            text += f'["{step[:64]}{"…" if len(step) > 64 else ""}"]'
        else: text += f"[{step}]"
    return text


class Case:
    """One input: the object it makes, and what is to be said of its conversion. Methods give what
    is wrong, or None."""
    def __init__(self, model, data):
        source = Source(data)
        self.model, self.object = model, model.make(source)
        self.made = source.made

    def count(self):
        """How often each object is referred to, but for time zones: some are kept, for their offset."""
        return [getrefcount(made) for made in self.made if not isinstance(made, tzinfo)]

    def value(self, object, text, *made):
        """It was converted, has that text in Rust, and came back as `made`."""
        wrong = []
        try: expected = self.model.read(object, (), wrong)
        except Exception as error: return f"converted, but Python raises {error!r}"
        if wrong: return f"converted, but there is wrong: {wrong}"
        if not self.model.agrees(expected, text): return f"is {text} in Rust, not {expected!r}"
        for each in made:
            if not same(expected, each): return f"came back as {each!r}, not {expected!r}"

    def error(self, object, kind, complete, paths, exception):
        """It was refused with an error of that kind, with failures at these paths, and becomes
        that exception."""
        wrong = []
        try: value = self.model.read(object, (), wrong)
        except Exception as error:
            if kind is None and type(exception) is type(error): return
            return f"Python raises {error!r}, not {exception!r}"
        if not wrong: return f"refused: {exception!r}, but it is {value!r}"
        if kind is None: return f"raised {exception!r}, but there is wrong: {wrong}"
        listed = wrong[:LISTED]
        if complete is not (len(wrong) <= LISTED): return f"{len(wrong)} wrong, complete: {complete}"
        if kind != listed[0][1] or not isinstance(exception, getattr(builtins, kind)):
            return f"{kind}, not {listed[0]}"
        for at, got in zip([path(at) for at, _ in listed], paths):
            if at is not None and at != got: return f"wrong at {got}, not {at}"
        got = [(failure["loc"], failure["type"]) for failure in exception.errors]
        listed = [(tuple(step for step in at if step is not InKey), name) for at, name in listed]
        if got != listed or len(got) != len(paths): return f"wrong at {got}, not {listed}"
        if exception.loc != listed[0][0]: return f"loc is {exception.loc}"


span, moment, sign, c_str, file_name, file_path = Span(), Moment(), Sign(), CStr(), FileName(), FilePath()
ip, ip4, ip6, socket = Address(4, 6), Address(4), Address(6), Socket()
i8, i16, i32, i64, i128 = (Int(-2**(bits - 1), 2**(bits - 1) - 1) for bits in (8, 16, 32, 64, 128))
u8, u16, u32, u64, u128 = (Int(0, 2**bits - 1) for bits in (8, 16, 32, 64, 128))
f64, f32, boolean, text, char, byte_str = Double(), Single(), Bool(), Str(), Char(), Bytes()
vec_u8 = ByteVec(u8)
big_int, big_uint, decimal, identifier = BigInt(True), BigInt(False), Exact(), Identifier()
exact_i64, exact_f64, exact_text = Inner(i64, int), Inner(f64, float), Inner(text, str)

point = Tuple(f64, f64)
customer = Struct(Field("name", text), Field("age", u8), Field("class", Option(char)))
order = Struct(
    Field("id", u64),
    Field("customer", customer),
    Field("prices", Vec(f64)),
    Field("place", point),
    Field("note", Option(text), default=None),
    Field("count", i32, default=7),
)
tree = Newtype()
tree.model = Struct(
    Field("value", i64),
    Field("children", Vec(tree)),
    Field("left", Option(tree), default=None),
)
sources = Struct(
    Field("key", i64, by="item"),
    Field("other key", text, by="item", write="other"),
    Field("real", f64, by="attribute"),
    Field("size", Option(u16), by="attribute", default=None, write="length"),
)
page = Struct(
    Field("items", Vec(point)),
    Field("ids", Array(Vec(u32), 2)),
    Field("names", Map(text, u32)),
)
