"""Objects that lie, raise and change whatever is being read, as the bytes of the input say."""

import gc, sys
from collections import deque
from sys import getrefcount

sys.unraisablehook = lambda _: None  # what `__del__` raises


class Fatal(Exception):
    """Must arrive in Rust, as the same object."""


class Mute(Fatal):
    """The same, and difficult."""
    def __str__(self): raise ValueError("no text")
    def __setattr__(self, name, value): raise ValueError("no attributes")


class Sentinel:
    """A harmless object, the references to which are counted."""
    name, age, value, inner = "x", 1, 2, ()
    def __index__(self): return 7
    def __float__(self): return 7.0


SENTINELS = [Sentinel() for _ in range(5)]
NAMES = ["name", "age", "value", "inner"]
ERRORS = [KeyError, AttributeError, IndexError, StopIteration, TypeError, ValueError, MemoryError,
          RecursionError, SystemExit, OverflowError]
LENGTHS = [0, 1, 2, 3, 1000, 2**31, 2**62, 2**64, -1, None, "x"]
PEACE = 5  # methods do not act in methods in methods any deeper
world = None


def step(good=None):
    """What a method of a hostile object does: acts, then raises or answers, often with `good`."""
    w = world
    if w is None or w.depth >= PEACE: return good
    w.depth += 1
    try:
        for _ in range(w.byte() % 3): w.act()
        kind = w.byte()
        if kind >= 246: raise (Mute if kind & 1 else Fatal)(kind)
        if kind >= 222: raise ERRORS[kind % len(ERRORS)](kind)
        return w.thing() if kind >= 190 else good
    except Fatal as error:
        # The library called, not Python code that swallows exceptions.
        if w.depth == 1 and not w.dying and w.first is None: w.first = error
        raise
    finally:
        w.depth -= 1


def length():
    answer = step(2)
    return LENGTHS[answer % len(LENGTHS)] if type(answer) is int and world else answer


class Evil:
    def __init__(self, *items): pass
    def __index__(self): return step(7)
    def __float__(self): return step(7.5)
    def __len__(self): return length()
    def __length_hint__(self): return length()
    def __iter__(self): return step(self)
    def __next__(self):
        if world is None or world.byte() < 60: raise StopIteration
        return step(3)
    def __getitem__(self, key):
        if world is None or world.byte() < 40: raise KeyError(key) if type(key) is str else IndexError(key)
        return step(4)
    def __hash__(self):
        answer = step(hash(world.pick(NAMES) if world else ""))
        # CPython itself leaks what is no int here.
        return answer if type(answer) is int else 1
    def __eq__(self, other): return step(self is other)
    def __bool__(self): return step(True)
    def __repr__(self): return step("evil")
    __str__ = __repr__
    def items(self): return step([("name", self), (1, 2)])
    @property
    def __class__(self): return step(dict)


class Lying(Evil):
    def __getattr__(self, name): return step("x" if name == "name" else 5)


class Properties(Evil):
    name = property(lambda self: step("x"))
    age = property(lambda self: step(3))
    value = property(lambda self: step(4))
    inner = property(lambda self: step([]))


class Dying(Evil):
    """Strikes when it is dropped."""
    def __del__(self):
        if world is None: return
        world.dying += 1
        try: step()
        finally: world.dying -= 1


class EvilList(Evil, list):
    __init__ = list.__init__
    def __iter__(self): return step(list.__iter__(self))


class EvilTuple(Evil, tuple):
    def __iter__(self): return step(tuple.__iter__(self))


class EvilDict(Evil, dict):
    __init__ = dict.__init__
    def items(self): return step(list(dict.items(self)))
    def __getitem__(self, key): return step(dict.__getitem__(self, key))
    def __missing__(self, key): return step(5)


class EvilInt(Evil, int): pass
class EvilFloat(Evil, float): pass
class EvilStr(Evil, str): __hash__ = str.__hash__
class EvilBytes(Evil, bytes): pass
class PlainList(list): pass
class PlainDict(dict): pass


def deep(): return deep()


class World:
    """One input: a script of bytes, the objects it made, and what came of it."""
    def __init__(self, data):
        global world
        self.data, self.at, self.depth, self.nested, self.dying = data, 0, 0, 0, 0
        self.lists, self.dicts, self.others, self.first = [], [], [], None
        self.again = 0
        world = self

    def byte(self):
        at = self.at
        self.at = at + 1
        return self.data[at] if at < len(self.data) else 0

    def pick(self, things):
        return things[self.byte() % len(things)]

    def some(self):
        return [self.thing() for _ in range(self.byte() % 6)]

    def keep(self, made, kind):
        kind.append(made)
        return made

    def thing(self):
        """Any object, new or not. Past the end of the script: 1."""
        self.nested += 1
        made = self.pick(THINGS)(self) if self.nested < 7 else 2
        self.nested -= 1
        return made

    def key(self):
        """An object that can be hashed."""
        return self.pick(KEYS)(self)

    def same(self, things):
        """One that is there already. Only a few times: what holds several of what holds several
        multiplies what there is to read."""
        self.again += 1
        return self.pick(things) if things and self.again < 5 else None

    def act(self):
        """Changes something. Past the end of the script: nothing."""
        try: self.pick(ACTIONS)(self)
        except Fatal: raise
        except Exception: pass

    def change(self):
        if self.lists: self.pick(LIST_CHANGES)(self, self.pick(self.lists))

    def change_dict(self):
        if self.dicts: self.pick(DICT_CHANGES)(self, self.pick(self.dicts))

    def root(self):
        """What is converted. Peaceful until it is made."""
        self.depth = PEACE
        root = self.start()
        self.depth = 0
        return root

    def start(self):
        kind = self.byte()
        if kind < 90: return self.keep(self.some(), self.lists)
        if kind < 150:
            return self.keep({self.pick(NAMES): self.thing() for _ in range(self.byte() % 6)}, self.dicts)
        if kind < 180:
            return self.keep({n: self.thing() for n in range(self.byte() % 6)}, self.dicts)
        return self.thing()

    def stop(self, result):
        """Ends hostilities. What is wrong with the exception (or None) that came back, or None."""
        global world
        world = None
        if self.first is not None and result is not self.first:
            return f"{self.first!r} was raised, {result!r} came back" if type(self.first) is Fatal \
                else f"an exception without text was raised, {type(result)} came back"
        if isinstance(result, SystemError): return f"{result!r}"


THINGS = [
    lambda w: 1,
    lambda w: w.pick(SENTINELS),
    lambda w: w.pick(SENTINELS),
    lambda w: Evil(),
    lambda w: Evil(),
    lambda w: Dying(),
    lambda w: Dying(),
    lambda w: Lying(),
    lambda w: w.keep(Properties(), w.others),
    lambda w: EvilInt(w.byte()),
    lambda w: EvilFloat(w.byte()),
    lambda w: EvilStr(w.pick(NAMES)),
    lambda w: EvilBytes(b"ab"),
    lambda w: w.keep(EvilList(w.some()), w.lists),
    lambda w: EvilTuple(w.some()),
    lambda w: w.keep(EvilDict({w.pick(NAMES): w.thing()}), w.dicts),
    lambda w: w.keep(PlainList(w.some()), w.lists),
    lambda w: w.keep(PlainDict({w.key(): w.thing()}), w.dicts),
    lambda w: w.keep(w.some(), w.lists),
    lambda w: w.keep(w.some(), w.lists),
    lambda w: tuple(w.some()),
    lambda w: (w.thing(), w.thing()),
    lambda w: w.keep({w.key(): w.thing(), w.byte(): w.thing()}, w.dicts),
    lambda w: w.keep({w.pick(NAMES): w.thing(), w.pick(NAMES): w.thing()}, w.dicts),
    lambda w: w.keep(deque(w.some()), w.lists),
    lambda w: w.keep(bytearray(range(w.byte() % 9)), w.lists),
    lambda w: w.same(w.lists),
    lambda w: w.same(w.dicts),
    lambda w: w.pick(NAMES),
    lambda w: -w.byte() << w.byte(),
    lambda w: 1.5,
    lambda w: None,
    lambda w: "\ud800",
    lambda w: b"abc",
    lambda w: Evil,
    lambda w: (each for each in w.some()),
]

KEYS = [
    lambda w: w.byte(),
    lambda w: w.pick(NAMES),
    lambda w: w.pick(SENTINELS),
    lambda w: Evil(),
    lambda w: Dying(),
    lambda w: EvilStr(w.pick(NAMES)),
    lambda w: EvilInt(w.byte()),
    lambda w: (w.byte(), w.key() if w.byte() else 1),
]

ACTIONS = [
    lambda w: None,
    World.change,
    World.change,
    World.change,
    World.change_dict,
    World.change_dict,
    lambda w: gc.collect(),
    lambda w: w.others.clear(),
    lambda w: w.lists.pop(0),
    lambda w: w.dicts.pop(0),
    lambda w: w.lists.append([w.thing()]),
    lambda w: deep(),
    lambda w: setattr(w.pick(w.others), "__class__", w.pick([Evil, Lying, Properties])),
    lambda w: setattr(w.pick(w.others), w.pick(NAMES), w.thing()),
]

LIST_CHANGES = [
    lambda w, row: row.clear(),
    lambda w, row: row.pop(),
    lambda w, row: row.pop(0),
    lambda w, row: row.append(w.thing()),
    lambda w, row: row.append(w.same([row])),
    lambda w, row: row.insert(0, w.thing()),
    lambda w, row: row.extend(w.some()),
    lambda w, row: row.extend([1] * w.byte()),
    lambda w, row: row.__setitem__(w.byte() % len(row), w.thing()),
    lambda w, row: row.__setitem__(w.byte() % len(row), None),
    lambda w, row: row.__setitem__(slice(None), w.some()),
    lambda w, row: row.__setitem__(slice(None), [None] * min(len(row), 1000)),
    lambda w, row: row.__delitem__(slice(w.byte() % 4, None)),
    lambda w, row: row.reverse(),
    lambda w, row: row.sort(key=lambda item: step(1)),
    lambda w, row: (row.pop(), row.append(w.thing())),
]

DICT_CHANGES = [
    lambda w, entries: entries.clear(),
    lambda w, entries: entries.popitem(),
    lambda w, entries: entries.pop(next(iter(entries))),
    lambda w, entries: entries.__setitem__(w.pick(NAMES), w.thing()),
    lambda w, entries: entries.__setitem__(w.byte(), w.thing()),
    lambda w, entries: entries.__setitem__(w.key(), w.thing()),
    lambda w, entries: entries.__setitem__(w.pick(NAMES), w.same([entries])),
    lambda w, entries: entries.__setitem__(next(iter(entries)), None),
    lambda w, entries: entries.update((n, n) for n in range(w.byte())),
    lambda w, entries: (entries.popitem(), entries.__setitem__(w.byte(), 1)),
    lambda w, entries: [entries.__setitem__(key, w.thing()) for key in list(dict.keys(entries))],
]


def count():
    """How often each sentinel is referred to, once nothing else is left."""
    gc.collect()
    return [getrefcount(sentinel) for sentinel in SENTINELS]


# What is here now stays, and need not be looked at again by each `gc.collect`.
gc.collect()
gc.freeze()
BEFORE = count()


def settled():
    """Whether all references are given back. Says by how many not, or None."""
    lost = [now - before for now, before in zip(count(), BEFORE)]
    return f"references kept: {lost}" if any(lost) else None
