"""Every kind of Python value, for the tests of every conversion.

`SAMPLE` has a factory for each, which makes it afresh: some change while they are read. The name of
a value is the expression that makes it. What a conversion should make of it says `oracle.py`.
`INTS` has the ints next to every power of two, for the conversions that care for the digits.

Whoever runs this sets `LIMITED_API`: whether the conversions are built for the stable ABI.
"""

import array, collections, collections.abc, ctypes, dataclasses, datetime, decimal, enum, fractions
import functools, io, ipaddress, itertools, os, pathlib, random, re, string, sys, threading, time
import types, typing, uuid, weakref
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString
from collections import defaultdict, deque
from types import SimpleNamespace as Object

# What hostile values are made of.


class Interrupt(BaseException):
    """An exception that no `except Exception` stops."""


def like(*bases, **members):
    """A class of these bases and members."""
    return type("Like", bases, members)


def gives(value):
    """A method that gives the value, whatever it is called with."""
    return lambda *args, **kwargs: value


def raises(error):
    """A method that raises such an error, a new one each time."""

    def method(*args, **kwargs):
        raise type(error)(*error.args)

    return method


def getter(method):
    """A property that is read by a method."""
    return property(lambda self: method())


def itself(*args):
    """A method that gives what it was called on."""
    return args[0]


class Trap:
    """A number; when it is first read, it springs."""

    def __init__(self, spring=None):
        self.spring = spring

    def __index__(self):
        spring, self.spring = self.spring, None
        if spring:
            spring()
        return 7

    def __float__(self):
        return float(self.__index__())


def trapped(container, change):
    """A list or deque of numbers; reading its third item changes it."""
    container.extend([1, 2, Trap(lambda: change(container)), 4, 5])
    return container


def trapped_tuple(change):
    """A tuple of two lists; reading the first changes both."""
    lists = [1, 2], [3, 4]
    lists[0][0] = Trap(lambda: [change(items) for items in lists])
    return lists


def trapped_value(change):
    """A dict of numbers; reading its second value changes it."""
    numbers = {1: 1, 2: Trap(lambda: change(numbers)), 3: 3, 4: 4, "real": 5, "imag": 6}
    return numbers


def trapped_key(change):
    """A dict of numbers; reading its second key changes it."""
    numbers = {1: 1, Trap(lambda: change(numbers)): 2, 3: 3, 4: 4}
    return numbers


def trapped_set(change):
    """A set of numbers; reading one of them changes it."""
    numbers = {1, 2, 3, Trap(lambda: change(numbers))}
    return numbers


def trapped_record(change):
    """A record as a dict; reading its first field changes it."""
    fields = {"imag": 2.5}
    fields["real"] = Trap(lambda: change(fields))
    return fields


def within_itself(container, add):
    """The container, with itself added."""
    add(container, container)
    return container


def nested(depth, innermost, wrap):
    """The innermost value, wrapped that many times."""
    for _ in range(depth):
        innermost = wrap(innermost)
    return innermost


@collections.abc.Set.register
class SetByWord:
    """Says that it is a set."""

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


@collections.abc.Mapping.register
class MappingByWord:
    """Says that it is a mapping, and gives these entries."""

    def __init__(self, entries):
        self.entries = entries

    def items(self):
        return self.entries

    def __getitem__(self, key):
        raise KeyError(key)


def zone(offset, *bases, **members):
    """A time zone whose offset from UTC a method gives."""
    return like(*bases or [datetime.tzinfo], utcoffset=offset, **members)()


def misnumbered(base, text, number, **members):
    """An address that keeps another number than it was made of."""
    address = like(base, **members)(text)
    base._ip.__set__(address, number)
    return address


def released(view):
    """A memoryview that shows nothing any more."""
    view.release()
    return view


def numpys(name, **members):
    """An instance of what passes for a class of numpy's: by the name that C knows, or, where this
    is not to be had, by its module."""
    if LIMITED_API:
        return type(name, (), {"__module__": "numpy", **members})()
    return type("numpy." + name, (), members)()


class Chain:
    """Records that go on for ever, each made when asked for."""

    next = property(lambda self: Chain())
    children = property(lambda self: [Chain()])


class Meta(type):
    """A metaclass that raises whatever its classes are asked for."""

    def __getattribute__(cls, name):
        raise ValueError(name)

    __instancecheck__ = __subclasscheck__ = raises(ValueError("checked"))


class LyingMeta(type):
    """A metaclass whose classes are something else."""

    __instancecheck__ = __subclasscheck__ = gives(True)
    __class__ = property(gives(int))


class Slots:
    __slots__ = ("real", "imag", "next", "children")


class HalfSlots(Slots):
    def __init__(self):
        self.real = 1.5


class Descriptor:
    """An attribute that is defined, and says that it is not."""

    def __get__(self, instance, owner):
        raise AttributeError("missing after all")


@dataclasses.dataclass
class Complex:
    real: float
    imag: float = 0.0


Point = collections.namedtuple("Point", "x y")
Named = collections.namedtuple("Named", "real imag")
Color = enum.Enum("Color", "RED GREEN")
Number = enum.IntEnum("Number", "ONE TWO")
Flag = enum.IntFlag("Flag", "A B C")


def generator():
    yield 1
    yield 2


def failing_generator():
    yield 1
    raise ValueError("no more")


ALIVE = Complex(1.5, 2.5)
ALIVE_LIST = UserList([1, 2, 3])

# Deeper than any stack; made once, as that takes a while.
DEEP_LIST = nested(10**5, [], lambda x: [x])
DEEP_TUPLE = nested(10**5, (), lambda x: (x,))
DEEP_DICT = nested(10**5, None, lambda x: {"a": x, 1: x})
DEEP_CHAIN = nested(10**5, {"next": None}, lambda x: {"next": x})
DEEP_TREE = nested(10**5, {"children": []}, lambda x: {"children": [x]})
DEEP_OBJECT = nested(10**5, Object(next=None), lambda x: Object(next=x))


UTC = datetime.timezone.utc
HOUR = datetime.timedelta(hours=1)
FOLDED = zone(lambda zone, moment: HOUR * (2 - moment.fold))


# The values, an expression each.

VALUES = """
Meta('Like', (), {'__float__': gives(5.5)})()
like(real=type('member_descriptor', (Descriptor,), {})())()
None
NotImplemented
Ellipsis
True
False
0
5
-1
256
-(2**15)
2**31
2**63 - 1
2**63
2**64
2**127
2**128
10**18
10**5000
-(10**5000)
10**400
0.0
-0.0
1.0
-2.5
0.1
1e16
3.4028235677973366e38
3.5e38
1e308
-1e308
5e-324
1e-45
float('inf')
float('-inf')
float('nan')
1j
complex(1, 2)
''
'a'
'abc'
'nul \\0 inside'
'5'
'\\x7f\\x80'
'é'
'ÿ' * 3
'中文'
'a中'
'🦀'
'a🦀中é'
'\\uffff'
'\\U0010ffff'
'\\ud800'
'a\\udfff'
'\\ud83e\\udd80'
'long ' * 10**4
'länger' * 10**4
b''
b'abc'
b'\\0\\xff'
b'x' * 10**4
bytearray(b'abc')
bytearray()
memoryview(b'abc')
memoryview(b'')
memoryview(array.array('q', [1, -2, 3]))
memoryview(array.array('d', [1.5, 2.5]))
memoryview(b'abc').cast('c')
memoryview(bytes(6)).cast('B', (2, 3))
memoryview(bytes(range(6)))[::2]
array.array('b', [1, -2, 3])
array.array('B', [1, 2, 3])
array.array('h', [1, 2])
array.array('q', [2**62, -(2**63)])
array.array('Q', [2**64 - 1])
array.array('f', [1.5])
array.array('d', [1.5, float('nan')])
[]
[1, 2]
[1, 2, 3]
[0, 255, 256]
[True, False]
[1.5, 2, True]
[1, 'a']
['a', 1]
['a', 'é', '🦀']
['a', '\\ud800']
['a', None]
[None, 1]
[None]
[[1], [2, 3], []]
[(1, 2), range(3), deque([4])]
[[1], [None]]
[[1], ['a'], None]
[[], [[]]]
[2**63, -(2**63) - 1, 'a']
[2**127, -(2**127), 2**128]
[Trap(), Trap()]
[like(__index__=raises(Interrupt()))(), 'a']
['a', like(__index__=raises(ValueError()))(), None]
[None] * 40
[None] * 32 + [like(__index__=raises(ValueError()))()]
[None] * 33 + [like(__index__=raises(ValueError()))()]
[[None] * 20] * 2 + [[like(__index__=raises(ValueError()))()]]
[1, 2, 3] * 5000
list(range(2**63 - 5, 2**63 + 5))
[0.5] * 5000
['text'] * 5000
within_itself([], list.append)
within_itself([1], list.append)
within_itself({}, lambda d, d2: d.update(next=d2))
within_itself({}, lambda d, d2: d.update(children=[d2]))
within_itself({}, lambda d, d2: d.update({1: d2, 'a': d2}))
within_itself(Object(), lambda o, o2: o.__dict__.update(next=o2, children=(o2,)))
within_itself(deque(), deque.append)
within_itself([], lambda l, l2: l.append((l2,)))[0]
within_itself(UserList(), UserList.append)
nested(30, [], lambda x: [x])
DEEP_LIST
DEEP_TUPLE
nested(30, {'next': None}, lambda x: {'next': x})
nested(30, {'next': 5}, lambda x: {'next': x})
DEEP_CHAIN
nested(30, {'children': []}, lambda x: {'children': [x, {'children': ()}]})
nested(30, {'children': 5}, lambda x: {'children': [x, {'children': [None]}]})
DEEP_TREE
DEEP_OBJECT
DEEP_DICT
()
(1,)
(1, 2)
(1, 'a')
('a', 1)
(1, 2, 3)
(300, -1)
('a',)
(None, None)
(1.5, 2.5)
(1.5, [1, 2])
(1, [None, 'a'])
([1], ['a'])
((1, 2), (3, 4))
tuple(range(300))
(None,) * 40
(like(__index__=raises(ValueError()))(), 'a')
('x', like(__index__=raises(ValueError()), __float__=raises(KeyError()))())
Point(1, 2)
Point(1, 'a')
Named(1, 2)
sys.version_info
time.gmtime(0)
os.stat_result(range(10))
{}
{'a': 1}
{'a': 1, 'b': 2}
{'a': [1, 2], 'b': []}
{'a': None}
{'a': 2**63}
{'a': 'x', 'b': 1}
{1: 2}
{1: 'a', 2: None}
{1: [1], 'a': [2]}
{None: 1, 'a': 1}
{True: 1, 2: 2}
{1.5: 1}
{(1, 2): 3}
{b'a': 1}
{'\\ud800': 1}
{'a': 1, 'é': 2, '🦀': 3, '中': 4}
{Trap(): 1, Trap(): 2}
{Trap(): 1, 7: 'x', 8: 8}
{2**200: 1, 1: 1}
{'a': 1, 2: 2, 'c': None}
{k: None for k in range(40)}
{k: k for k in range(5000)}
{str(k): [k] for k in range(2000)}
{'real': 1.5}
{'real': 1.5, 'imag': -2.5}
{'imag': -2.5, 'real': 1.5, 'more': None}
{'imag': 1}
{'real': None}
{'real': 1, 'imag': 'x'}
{'real': 'x', 'imag': 'x'}
{'real': 'x', 'imag': like(__float__=raises(ValueError()))()}
{'real': 10**400}
{'real': Trap(), 'imag': Trap()}
{'real': 1.5, 'imag': None, 'next': None, 'children': []}
{''.join(['re', 'al']): 1, 'imag': 2}
{like(str)('real'): 1}
{'next': None}
{'next': {'next': None}}
{'next': Object(next={'next': None})}
{'next': 5}
{'children': ()}
{'children': [{'children': []}, Object(children=UserList())]}
{'children': {}}
{'children': [{'children': 'ab'}, {}, None]}
set()
{1, 2}
{'a'}
frozenset()
frozenset([1])
range(0)
range(3)
range(-5, 2**70, 2**68)
slice(1, 2)
deque()
deque([1, 2])
deque([1, 'a', None])
deque([1], maxlen=1)
OrderedDict()
OrderedDict(a=1, b=2)
OrderedDict(real=1, imag=2)
defaultdict(int, a=1)
defaultdict(float)
defaultdict(lambda: None, real=1)
Counter('aab')
ChainMap({'a': 1}, {'b': 2})
ChainMap({'real': 1})
UserDict(a=1)
UserDict(real=1, imag=2)
UserList([1, 2])
UserList(['a'])
UserString('abc')
types.MappingProxyType({'a': 1})
types.MappingProxyType({'real': 1})
{'a': 1}.keys()
{'a': 1}.values()
{'a': 1}.items()
iter([1])
iter(())
iter({1: 2})
reversed([1])
zip([1], [2])
map(int, '12')
filter(None, [1])
enumerate([1])
itertools.count()
itertools.repeat(1, 2)
generator()
failing_generator()
(x for x in ())
collections.abc.Sequence
collections.abc.Mapping
Color.RED
Number.ONE
Flag.A
Flag.A | Flag.B
Color
decimal.Decimal('1.5')
decimal.Decimal('NaN')
decimal.Decimal('sNaN')
decimal.Decimal('1e400')
fractions.Fraction(1, 3)
fractions.Fraction(10**400)
datetime.date(2026, 1, 2)
datetime.time(3, 4)
datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)
datetime.timedelta(days=1)
datetime.timezone.utc
uuid.UUID(int=5)
pathlib.Path('a/b')
ipaddress.ip_address('127.0.0.1')
ipaddress.ip_network('10.0.0.0/8')
ipaddress.ip_network('::/0')
re.compile('a')
re.match('(a)(b)', 'ab')
random.Random(5)
io.BytesIO(b'abc')
io.StringIO('abc')
string.Template('$a')
threading.Lock()
ctypes.c_int(5)
(ctypes.c_int * 3)(1, 2, 3)
ctypes.create_string_buffer(b'ab')
typing.Any
typing.List[int]
list[int]
typing.TypeVar('T')
int
type
object
Point
object()
len
print
[].append
str.join
int.real
lambda: None
generator
property()
staticmethod(len)
super(Complex, ALIVE)
sys
types.ModuleType('empty')
generator.__code__
weakref.ref(ALIVE)
weakref.proxy(ALIVE)
weakref.proxy(ALIVE_LIST)
weakref.proxy(like()())
ValueError()
KeyError('real')
Interrupt('x')
OSError(2, 'x')
UnicodeDecodeError('utf-8', b'x', 0, 1, 'y')
Complex(1.5)
Complex(1, 2)
Complex('x', None)
Complex
Object()
Object(real=1)
Object(real=1, imag='x')
Object(imag=1)
Object(real=None, imag=like(__float__=raises(ValueError()))())
Object(next=None)
Object(next=Object(next=None), children=[Object(children=())])
Object(next=Object(), children=[Object()])
Slots()
HalfSlots()
Chain()
Trap()
like(real=1.5)()
like(real=1.5, imag=None)
like(real=Descriptor())()
like(real=1, imag=Descriptor())()
like(Complex, imag=Descriptor())(1, 2)
like(int, real=Descriptor())(5)
like(real=1, imag=like(__get__=gives(2.5))())()
like(real=1, imag=like(__slots__=('x',)).x)()
like(__getattr__=itself)()
like(__getattr__=itself, __getitem__=itself, __len__=gives(1))()
like(__getattr__=itself, __iter__=itself, __next__=itself)()
like(__call__=itself, __getattr__=itself, __index__=gives(3), __float__=gives(1.5))()
like(__getattr__=gives(1.5))()
like(__getattr__=gives(None))()
like(__getitem__=itself)()
like(list, __getitem__=gives(9))([1, 2])
like(tuple, __getitem__=gives(9))([1, 2])
like(tuple, __len__=gives(1))([1, 2])
like(tuple, __iter__=gives(iter('ab')))([1, 'x'])
like(tuple, __class__=list)([1, 2])
like(dict, __getitem__=gives(9))(a=1)
like(dict, __getitem__=gives(9))()
like(dict, __getitem__=dict.__getitem__)(real=1)
like(dict, __missing__=gives(9))()
like(dict, __missing__=gives(9), __getitem__=lambda d, k: dict.__getitem__(d, k))()
like(dict, __getitem__=raises(KeyError()))(real=1)
like(dict, __getitem__=raises(AttributeError()))(real=1)
like(dict, __getitem__=raises(ValueError()))(real=1)
like(dict, get=raises(ValueError()), __contains__=gives(False))(real=1, imag=2)
like(dict, keys=gives(['a']), values=gives([5]))(b=1)
like(dict, items=gives([('a', 5), ('b', 6)]))(real=1)
like(dict, items=gives([('a', 5), ('a', 6)]))()
like(dict, items=gives([[1, 2]]))()
like(dict, items=gives([(1, 2, 3)]))()
like(dict, items=gives([(1,)]))()
like(dict, items=gives([Point(1, 2)]))()
like(dict, items=gives([like(tuple, __len__=gives(9), __iter__=gives(None))((1, 2))]))()
like(dict, items=gives([None]))()
like(dict, items=gives(5))()
like(dict, items=gives([('a', 2**200), 5]))()
like(dict, items=gives(None))()
like(dict, items=5)(a=1)
like(dict, items=gives(failing_generator()))()
like(dict, items=raises(Interrupt()))()
like(dict, items=property(raises(AttributeError('items'))))(a=1)
like(dict, __iter__=raises(ValueError()), __len__=gives(2**62))({1: 2})
like(dict, __class__=property(raises(ValueError())))({'a': 1})
like(dict, __getattribute__=raises(ValueError()))({'real': 1})
like(dict, __eq__=gives(True), __hash__=gives(1))({'real': 1})
like(__class__=property(gives(int)))()
like(__class__=property(gives(str)))()
like(__class__=property(gives(dict)))()
like(__class__=property(gives(list)), __iter__=gives(iter([1])))()
like(__class__=property(raises(ValueError())))()
like(__class__=5)()
like(__index__=None)()
like(__float__=None)()
like(__iter__=None)()
like(__getitem__=None)()
like(__iter__=None, __getitem__=gives(1))()
like(__index__=gives(7))()
like(__index__=gives(-(2**200)))()
like(__index__=gives(True))()
like(__index__=gives('7'))()
like(__index__=gives(None))()
like(__index__=gives(like(int, __index__=gives(5), __int__=gives(5))(6)))()
like(__index__=staticmethod(gives(8)))()
like(__index__=gives(10**400))()
like(__float__=gives(1.5))()
like(__float__=gives(1))()
like(__float__=gives('1.5'))()
like(__float__=gives(like(float, __float__=gives(2.5))(1.5)))()
like(__float__=gives(1e300), __index__=gives(2))()
like(__float__=raises(ValueError()), __index__=gives(2))()
like(__int__=gives(7), __trunc__=gives(7))()
like(__bool__=gives(True), __str__=gives('x'), __bytes__=gives(b'x'))()
like(__iter__=gives(5), __getitem__=gives(5))()
like(__iter__=gives(None), __getitem__=gives(5))()
like(__iter__=gives([1]), __getitem__=gives(5))()
like(__iter__=lambda s: iter([1, 2]))()
like(__iter__=lambda s: iter([1, 2]), __len__=gives(2))()
like(__iter__=lambda s: iter([1, 2]), __getitem__=gives(5))()
like(__iter__=lambda s: generator(), __getitem__=gives(5))()
like(__iter__=lambda s: failing_generator(), __getitem__=gives(5))()
like(__getitem__=lambda s, i: [1, 2, 3][i])()
like(__getitem__=lambda s, i: {'real': 1, 'imag': 2}[i])()
like(__getitem__=lambda s, i: {'real': 1}[i], keys=gives(['real']))()
like(__getitem__=lambda s, i: 'ab'[i], __len__=gives(-5))()
like(__getitem__=lambda s, i: [[1], [2]][i], __len__=gives(2**62))()
like(__getitem__=lambda s, i: [1, None, 'a'][i], __length_hint__=gives(-1))()
like(__getitem__=lambda s, i: [1, 2][i], __len__=raises(ValueError()))()
like(list, __iter__=lambda s: iter([1, 2]))(['a'])
like(list, __iter__=lambda s: iter(s))([1])
like(list, __iter__=gives(None))([1])
like(list, __iter__=None)([1])
like(list, __len__=gives(-1))([1, 2])
like(list, __len__=gives(10**6))([1, 2])
like(list, __len__=gives('x'))([1, 2])
like(list, __class__=dict)([1])
like(tuple, __new__=lambda c: tuple.__new__(c, [1, 'a']))()
like(int, __index__=gives(5), __int__=gives(5), __float__=gives(5.0))(6)
like(int, __float__=gives(1.5))(2**200)
like(int, __float__=raises(ValueError()))(6)
like(int, __eq__=raises(ValueError()), __lt__=gives(True), __hash__=None)(300)
like(int, bit_length=raises(ValueError()))(2**200)
like(int)(10**400)
like(bool.__base__, __bool__=gives(False))(1)
like(float, __float__=gives(2.5), __eq__=gives(True))(1.5)
like(float, __float__=raises(ValueError()))(1.5)
like(float, __index__=gives(3))(1.5)
like(complex, __float__=gives(2.5))(1)
like(complex)(1)
like(str, __str__=gives('other'), encode=gives(b'other'), __len__=gives(1))('stored')
like(str, __len__=gives(5), __iter__=gives(iter('x')), __getitem__=gives('y'))('a')
like(str, encode=raises(ValueError()))('\\ud800')
like(bytes, __bytes__=gives(b'other'), __iter__=gives(iter([9])), __len__=gives(9))(b'abc')
like(bytes, __buffer__=raises(ValueError()), __getitem__=gives(9))(b'ab')
like(bytearray, __iter__=gives(iter([9])))(b'abc')
like(bytearray, __len__=gives(9))(b'abc')
like(UserList, __len__=gives(9))([1])
like(deque, __iter__=gives(iter([9])))([1])
Meta('Like', (), {})()
Meta('Like', (), {'real': 1})()
Meta('Like', (), {})
Meta('Like', (dict,), {})(real=1, a=1)
Meta('Like', (dict,), {})
Meta('Like', (list,), {})([1])
Meta('Like', (int,), {})(5)
Meta('Like', (), {'__index__': gives(5), '__float__': gives(5.5)})()
like(type, __float__=gives(5.5))('Like', (), {})()
like(type, __float__=property(raises(Interrupt())))('Like', (), {})()
like(type, __mro__=(), __dict__={})('Like', (), {'real': Descriptor()})()
like(type, __mro__=5)('Like', (), {})()
like(type, __mro__=(5,))('Like', (), {'real': 1})()
like(type, mro=lambda c: [c, Complex, object])('Like', (Complex,), {'imag': Descriptor()})(1)
like(real=like(__get__=raises(AttributeError()), __name__='member_descriptor')())()
LyingMeta('Like', (), {})()
LyingMeta('Like', (list,), {})([1])
LyingMeta('Like', (dict,), {})(a=1)
LyingMeta('Like', (int,), {})
{like(__hash__=gives(5), __eq__=raises(ValueError()))(): 1}
{like(__hash__=gives(hash('real')), __eq__=raises(ValueError()))(): 1}
{like(__hash__=gives(hash('real')), __eq__=gives(True))(): 1.5}
{like(__hash__=gives(hash('imag')), __eq__=raises(KeyError()))(): 1, 'real': 1}
{like(str, __hash__=gives(hash('real')), __eq__=gives(True))('x'): 2.5}
{like(str, __hash__=lambda s: hash('real'))('real'): 2.5}
{like(int, __hash__=gives(1), __eq__=gives(False))(1): 1, like(int, __hash__=gives(1))(1): 2}
{'a': like(__eq__=raises(ValueError()), __hash__=None)()}
"""

# Of the kinds that have conversions of their own.
NUMPYS_BOOLS = """
numpys('bool', __bool__=gives(True))
numpys('bool', __bool__=gives(False))
numpys('bool_', __bool__=gives(True))
numpys('bool', __bool__=raises(KeyError()))
numpys('bool', __bool__=gives(1))
numpys('bool', __len__=gives(0))
numpys('boolean', __bool__=gives(True))
numpys('bool__', __bool__=gives(True))
like(__module__='numpy', __bool__=gives(True))()
type('bool', (), {'__bool__': gives(True)})()
type('bool', (), {'__bool__': gives(True), '__module__': 5})()
type('numpyxbool', (), {'__bool__': gives(True)})()
Meta('bool', (), {'__module__': 'numpy'})()
[True, numpys('bool', __bool__=gives(False)), False]
{numpys('bool', __bool__=gives(True)): 1}
"""
SETS = """
{1, 2, 3}
{-1, 2**63}
{True, 2}
{1.5}
{'a', 'é', '🦀'}
{'\\ud800'}
{None, True, False}
{(1, 'a'), (2, 'b')}
{(1, 'a', 2), 5}
{Trap(), 7}
{Trap()}
{k for k in range(40)}
{str(k) for k in range(40)}
{k for k in range(5000)}
{2**200, 'a', None}
{like(str)('a'), 'b'}
{like(str, __hash__=gives(1), __eq__=gives(False))('a') for _ in '12'}
{like(__index__=raises(KeyError()))()}
frozenset('ab')
frozenset([frozenset()])
frozenset(range(300))
like(set)([1, 2])
like(frozenset)([1, 2])
like(set, __iter__=gives(iter([7])))([1])
like(set, __iter__=lambda s: iter([7, 7]))([1])
like(set, __iter__=None)([1])
like(set, __len__=gives(9), __contains__=raises(ValueError()))([1])
like(set, __class__=list)([1])
like(frozenset, __iter__=raises(ValueError()))([1])
like(__class__=property(gives(set)), __iter__=lambda s: iter([1]))()
like(collections.abc.Set, __iter__=lambda s: iter([1, 2]), __len__=gives(2), __contains__=gives(True))()
SetByWord([1, 2])
SetByWord([1, 1])
SetByWord(['a', 'b', 'a'])
SetByWord([(1, 'a'), (1, 'a')])
SetByWord([Trap(), 7, 8, 8])
SetByWord([])
SetByWord(5)
SetByWord(failing_generator())
SetByWord([[1]])
SetByWord([None] * 40)
LyingMeta('Like', (set,), {})([1])
Meta('Like', (set,), {})([1])
Meta('Like', (frozenset,), {})([1])
{1: 'a', 2: 'b'}.keys()
{1: 'a', 2: 'b'}.items()
{1: [5]}.items()
OrderedDict(a=1).keys()
ChainMap({'a': 1}, {'b': 2}).keys()
UserDict({1: 'a'}).items()
types.MappingProxyType({'a': 1}).keys()
Counter('aab').items()
"""
MAPPINGS = """
MappingByWord([('a', 1), ('b', 2)])
MappingByWord([('a', 1), ('a', 2)])
MappingByWord([(1, 2), [3, 4]])
MappingByWord([Point(1, 2)])
MappingByWord(iter([(1, 2)]))
MappingByWord({'a': 1}.items())
MappingByWord(failing_generator())
MappingByWord(5)
MappingByWord(None)
like(collections.abc.Mapping, __getitem__=lambda s, k: ord(k), __iter__=lambda s: iter('ab'), __len__=gives(2))()
like(collections.abc.Mapping, __getitem__=lambda s, k: {}[k], __iter__=lambda s: iter('ab'), __len__=gives(2))()
types.MappingProxyType({1: 'a', 2: None})
types.MappingProxyType(OrderedDict(a=[1]))
types.MappingProxyType(like(dict, items=gives([('a', 5)]))())
ChainMap({1: 2}, {1: 'x', 3: 4})
UserDict({True: 1.5})
like(UserDict, items=raises(ValueError()))(a=1)
os.environ.__class__({'a': '1'}, str, str, str, str)
"""
BUFFERS = """
memoryview(bytes([0, 1, 2])).cast('?')
memoryview(bytes([1, 255])).cast('b')
memoryview(bytes(16)).cast('n')
memoryview(bytes(16)).cast('@N')
memoryview(bytes(8)).cast('P')
memoryview(bytes(8)).cast('B', (2, 4)).cast('B').cast('d')
memoryview(array.array('q', range(6)))[::-2]
memoryview(array.array('d', [1.5, 2.5, 3.5]))[1:1]
memoryview(bytearray(b'abc'))
memoryview(array.array('q', range(6))).cast('B')
released(memoryview(b'abc'))
released(memoryview(array.array('q', [1])))
[memoryview(b'ab'), released(memoryview(b'ab'))]
array.array('q', range(5000))
array.array('f', [1e-45, 3.4e38, float('nan')])
like(array.array, __iter__=lambda s: iter([9]), __len__=gives(9))('q', [1, 2])
like(array.array, __getitem__=gives(9))('d', [1.5, 2.5])
like(array.array)('H', [1, 2])
(ctypes.c_int64 * 2)(1, -2)
(ctypes.c_double * 2)(1.5, 2.5)
(ctypes.c_uint8 * 3)(1, 2, 3)
(ctypes.c_bool * 2)(True, False)
(ctypes.c_char * 3)(b'a')
(ctypes.c_int16.__ctype_be__ * 2)(1, 2)
(ctypes.c_double.__ctype_be__ * 2)(1.5, 2.5)
(ctypes.c_uint8 * 2 * 2)()
(ctypes.c_int64 * 0)()
memoryview((ctypes.c_int64 * 2)(1, -2))
memoryview((ctypes.c_uint16.__ctype_be__ * 2)(1, 2))
memoryview((ctypes.c_uint8 * 3)(1, 2, 3))
ctypes.c_double(1.5)
like(ctypes.c_double * 2, __getitem__=raises(KeyError()))(1.5, 2.5)
"""
RANGES = """
range(2, 9)
range(9, 2)
range(1, 9, 2)
range(5, 1, -1)
range(5, -2, -1)
range(0, 0)
range(-3, -3)
range(1, 5, True)
range(True, 3)
range(256)
range(255, 257)
range(2**64 - 3, 2**64)
range(2**63 - 3, 2**63)
range(2**63 - 3, 2**63 + 1)
range(-(2**63), 3 - 2**63)
range(-(2**63) - 1, 3 - 2**63)
range(like(int, __add__=gives(0), __index__=gives(1))(2**70), like(int, __add__=gives(0), __sub__=gives(0))(2**70))
slice(5)
slice(None)
slice(1, None)
slice(None, None, 2)
slice(3, 7)
slice(7, 3)
slice(3, 7, 1)
slice(3, 7, True)
slice(3, 7, 2)
slice(3, 7, -1)
slice(3, 7, 0)
slice(3, 7, 1.0)
slice(3, 7, 'x')
slice(3, 7, like(__index__=gives(1))())
slice(3, 7, like(__index__=raises(KeyError()))())
slice('a', 'b')
slice('a', 7)
slice(3, 'b')
slice(1.5, 2)
slice(True, False)
slice(Trap(), Trap())
slice(like(__index__=raises(KeyError()))(), 'b')
slice('a', like(__index__=raises(KeyError()))())
slice(2**63, 2**64)
slice(-300, 2**200)
slice(-(2**63), 2**63 - 1)
slice(-(2**63), 2**63)
slice(0, like(int, __add__=gives(0), __sub__=gives(0), __index__=gives(0))(2**70))
slice(0, like(int, __add__=gives(0), __sub__=gives(0), __index__=gives(0))(9))
"""
TIMES = """
datetime.timedelta()
datetime.timedelta(1, 2, 3)
datetime.timedelta.max
datetime.timedelta.min
datetime.timedelta.resolution
-datetime.timedelta.resolution
datetime.timedelta(-1)
datetime.timedelta(-1, 86399, 999999)
datetime.timedelta(0, 86399, 999999)
like(datetime.timedelta)(3, 4, 5)
like(datetime.timedelta, days=9, seconds=9, microseconds=9, total_seconds=gives(9.0))(3, 4, 5)
like(datetime.timedelta, __sub__=raises(ValueError()), __lt__=gives(True))(3)
datetime.datetime.min
datetime.datetime.max
datetime.datetime(2026, 1, 2, 3, 4, 5, 678901)
datetime.datetime(2026, 1, 2, fold=1)
datetime.datetime(1970, 1, 1, tzinfo=UTC)
datetime.datetime(1969, 12, 31, 23, 59, 59, 999999, UTC)
datetime.datetime(1970, 1, 1, 0, 0, 0, 1, UTC)
datetime.datetime(2024, 2, 29, 23, 59, 59, 999999, UTC)
datetime.datetime(1900, 2, 28, tzinfo=UTC)
datetime.datetime(2000, 3, 1, tzinfo=UTC)
datetime.datetime.min.replace(tzinfo=UTC)
datetime.datetime.max.replace(tzinfo=UTC)
datetime.datetime.min.replace(tzinfo=datetime.timezone(14 * HOUR))
datetime.datetime.min.replace(tzinfo=datetime.timezone(-14 * HOUR))
datetime.datetime.max.replace(tzinfo=datetime.timezone(-HOUR))
datetime.datetime(1970, 1, 1, 5, 30, tzinfo=datetime.timezone(5.5 * HOUR))
datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(microseconds=-1)))
datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone(datetime.timedelta()))
datetime.datetime(2026, 10, 25, 2, 30, tzinfo=FOLDED)
datetime.datetime(2026, 10, 25, 2, 30, tzinfo=FOLDED, fold=1)
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(None)))
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(5)))
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(24 * HOUR)))
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(-24 * HOUR)))
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(24 * HOUR - datetime.timedelta.resolution)))
datetime.datetime(2026, 1, 2, tzinfo=zone(gives(like(datetime.timedelta)(0, 60))))
datetime.datetime(2026, 1, 2, tzinfo=zone(raises(KeyError())))
datetime.datetime(2026, 1, 2, tzinfo=zone(raises(Interrupt())))
datetime.datetime(2026, 1, 2, tzinfo=datetime.tzinfo())
like(datetime.datetime)(2026, 1, 2, tzinfo=UTC)
like(datetime.datetime, year=5, hour=gives(5), timestamp=gives(0.0))(2026, 1, 2, tzinfo=UTC)
like(datetime.datetime, utcoffset=gives(HOUR))(2026, 1, 2, tzinfo=UTC)
like(datetime.datetime, utcoffset=gives(HOUR))(2026, 1, 2, tzinfo=FOLDED)
like(datetime.datetime, utcoffset=gives(HOUR))(2026, 1, 2)
like(datetime.datetime, utcoffset=raises(KeyError()), tzinfo=None)(2026, 1, 2, tzinfo=FOLDED)
like(datetime.date)(2026, 1, 2)
datetime.time(3, 4, tzinfo=UTC)
time.struct_time(range(9))
like(__class__=property(gives(datetime.datetime)))()
like(__class__=property(gives(datetime.timedelta)), days=1, seconds=1, microseconds=1)()
[datetime.timedelta(1), datetime.timedelta(-1)]
"""
ADDRESSES = """
ipaddress.ip_address('::')
ipaddress.ip_address('::1')
ipaddress.ip_address('2001:db8::ff00:42:8329')
ipaddress.ip_address('::ffff:1.2.3.4')
ipaddress.ip_address('::102:304')
ipaddress.ip_address(2**128 - 1)
ipaddress.ip_address('255.255.255.255')
ipaddress.ip_address('fe80::1%eth0')
ipaddress.ip_interface('10.0.0.1/8')
ipaddress.ip_interface('10.0.0.1')
ipaddress.ip_interface('::1/64')
ipaddress.ip_network('10.0.0.1')
like(ipaddress.IPv4Address)('1.2.3.4')
like(ipaddress.IPv6Address)('::1')
like(ipaddress.IPv4Interface)('1.2.3.4/8')
like(ipaddress.IPv4Address, __int__=gives(5), __str__=gives('5'))('1.2.3.4')
like(ipaddress.IPv6Address, scope_id=None)('::1%eth0')
like(ipaddress.IPv6Address, scope_id=property(raises(KeyError())))('::1')
misnumbered(ipaddress.IPv4Address, '1.2.3.4', 5)
misnumbered(ipaddress.IPv4Address, '1.2.3.4', True)
misnumbered(ipaddress.IPv4Address, '1.2.3.4', 2**32)
misnumbered(ipaddress.IPv4Address, '1.2.3.4', 2**128)
misnumbered(ipaddress.IPv4Address, '1.2.3.4', -1)
misnumbered(ipaddress.IPv4Address, '1.2.3.4', '5')
misnumbered(ipaddress.IPv4Address, '1.2.3.4', like(__index__=raises(KeyError()))())
misnumbered(ipaddress.IPv6Address, '::1', 2**32)
misnumbered(ipaddress.IPv6Address, '::1', 2**128)
misnumbered(ipaddress.IPv6Address, '::1', None)
ipaddress.IPv4Address.__new__(ipaddress.IPv4Address)
like(ipaddress.IPv6Address).__new__(ipaddress.IPv6Address)
like(ipaddress.IPv4Address, _ip=property(gives(5), gives(None)))('1.2.3.4')
like(__class__=property(gives(ipaddress.IPv4Address)), _ip=5)()
'0.0.0.0'
'127.0.0.1'
'1.2.3'
'01.2.3.4'
'1.2.3.256'
'1.2.3.4/8'
'1.2.3.4\\0'
' 1.2.3.4'
'1.2.3.4\\n'
'１.2.3.4'
'0x1.2.3.4'
like(str)('1.2.3.4')
like(str, encode=gives(b'5.5.5.5'), __str__=gives('5.5.5.5'))('1.2.3.4')
'::'
'::1'
'1::'
'2001:DB8::1'
'1:2:3:4:5:6:7:8'
'1:2:3:4:5:6:7::'
'1:2:3:4:5:6:7:8::'
'1:2:3:4:5:6:1.2.3.4'
'::ffff:1.2.3.4'
'::1.2.3.4'
'1::2::3'
':::'
'::12345'
'fe80::1%eth0'
'[::1]'
'localhost'
b'127.0.0.1'
b'\\x7f\\0\\0\\1'
2130706433
('127.0.0.1', 80)
('127.0.0.1', 0)
('127.0.0.1', 65535)
('127.0.0.1', 65536)
('127.0.0.1', -1)
('127.0.0.1', True)
('127.0.0.1', '80')
('127.0.0.1', Trap())
('127.0.0.1', 80, 0)
('127.0.0.1', 80, 0, 0)
('127.0.0.1',)
['127.0.0.1', 80]
like(tuple)(['127.0.0.1', 80])
(like(str)('127.0.0.1'), 80)
('localhost', 80)
('', 80)
(b'127.0.0.1', 80)
(None, None)
('x', 'x')
('x', 'x', 'x', 'x')
(ipaddress.ip_address('127.0.0.1'), 80)
(ipaddress.ip_address('::1'), 80)
(ipaddress.ip_interface('127.0.0.1/8'), 80)
('::1', 80)
('::1', 80, 1, 2)
('::ffff:1.2.3.4', 80, 0, 0)
('::1', 80, 2**32, 0)
('::1', 80, 0, 2**32 - 1)
('::1', True, 0, 0)
('::1%lo', 80, 0, 0)
(ipaddress.ip_address('::1'), 80, 0, 0)
"""
PATHS = """
'a/b'
'a//b/./c/'
'a/../b'
'/'
'//'
'.'
'~'
'caf\\xe9/🦀'
'\\udcff'
'a\\udc80/b\\udcff'
'\\udc7f'
b'a/b'
b'a\\xff'
b'a\\0b'
b'\\xed\\xa0\\x80'
b'caf\\xc3\\xa9'
like(bytes)(b'a/b')
like(str, __fspath__=gives('other'))('a/b')
like(bytes, __fspath__=gives(b'other'))(b'a/b')
pathlib.Path()
pathlib.Path('/a/b')
pathlib.Path('\\udcff')
pathlib.Path('\\ud800')
pathlib.Path('a\\0b')
pathlib.PurePosixPath('a/b')
pathlib.PureWindowsPath('a/b')
like(type(pathlib.Path()))('a/b')
like(type(pathlib.Path()), __fspath__=gives('other'))('a/b')
like(type(pathlib.Path()), __fspath__=raises(KeyError()))('a/b')
like(__fspath__=gives('a/b'))()
like(__fspath__=gives(b'a\\xff'))()
like(__fspath__=gives(''))()
like(__fspath__=gives('\\ud800'))()
like(__fspath__=gives(like(str)('a/b')))()
like(__fspath__=gives(pathlib.Path('a')))()
like(__fspath__=gives(5))()
like(__fspath__=gives(None))()
like(__fspath__=gives(bytearray(b'a')))()
like(__fspath__=raises(KeyError()))()
like(__fspath__=raises(TypeError()))()
like(__fspath__=None)()
like(__fspath__=5)()
like(__getattr__=gives(gives('a/b')))()
like(__class__=property(gives(pathlib.Path)), __fspath__=gives('a'))()
os.PathLike
"""

# An array of numbers of each kind, and its memory.
ARRAYS = """
array.array('...', [1, 0, 100])
array.array('...')
memoryview(array.array('...', [1, 0, 100]))
memoryview(array.array('...', [1, 0, 100]))[::-1]
"""

# What is done to the lists, deques and dicts while they are read.
CHANGES = """
lambda c: c.clear()
lambda c: c.pop()
lambda c: c.append(9)
lambda c: c.extend(range(10**4))
lambda c: c.__setitem__(0, 'x')
lambda c: c.__setitem__(3, 'x')
lambda c: c.reverse()
"""
LIST_CHANGES = """
lambda c: c.__delitem__(slice(None))
lambda c: c.__setitem__(slice(None), [5] * 5)
lambda c: c.insert(0, 'x')
lambda c: c.sort(key=id)
"""
DICT_CHANGES = """
lambda d: d.clear()
lambda d: d.popitem()
lambda d: d.pop('imag', None)
lambda d: d.update(imag=9)
lambda d: d.update({1: 'x', 3: 'x'})
lambda d: d.update({9: 9})
lambda d: d.update({k: k for k in range(10, 10**4)})
lambda d: d.update({str(k): k for k in range(10, 10**4)})
"""

# What these values raise, in place of the dots.
ERRORS = """
ValueError('x')
TypeError('x')
KeyError('x')
IndexError('x')
AttributeError('x')
StopIteration(5)
OverflowError('x')
RuntimeError('x')
RecursionError('x')
MemoryError('x')
SystemExit('x')
Interrupt('x')
"""
SET_CHANGES = """
lambda s: s.clear()
lambda s: s.add(9)
lambda s: s.update(range(10, 10**4))
"""
RAISING = """
like(__index__=raises(...))()
like(__float__=raises(...))()
like(__iter__=raises(...), __getitem__=gives(1))()
like(__iter__=itself, __next__=raises(...), __getitem__=gives(1))()
like(__getitem__=raises(...))()
like(__getattr__=raises(...))()
like(__getattribute__=raises(...))()
like(real=getter(raises(...)), next=None)()
like(real=1, imag=getter(raises(...)), children=getter(raises(...)))()
like(dict, items=raises(...))(a=1)
like(set, __iter__=raises(...))([1])
SetByWord(like(__iter__=itself, __next__=raises(...))())
MappingByWord(like(__iter__=raises(...))())
like(__fspath__=raises(...))()
datetime.datetime(2026, 1, 2, tzinfo=zone(raises(...)))
slice(like(__index__=raises(...))(), 5)
[1, like(__index__=raises(...), __float__=raises(...))(), None]
"""

# Of each of these types a subclass that has every method overridden, and such a value stored.
BASES = """
int, 7
float, 1.5
str, 'abc'
bytes, b'abc'
bytearray, b'abc'
list, [1, 2]
tuple, [1, 'a']
dict, {'a': 1, 'real': 2}
set, [1]
frozenset, [1]
deque, [1, 2]
"""
METHODS = {name for base in (int, float, str, bytes, list, tuple, dict, set) for name in vars(base)}
METHODS -= {"__new__", "__init__", "__doc__", "__class_getitem__"}


@functools.lru_cache(None)
def overriding(base, method):
    """A subclass of `base` with a method in place of every method."""
    return like(base, **dict.fromkeys(METHODS, method))


def stored(base, value, method):
    """Such a value, whose class overrides every method."""
    return overriding(base, method)(value)


RAISE = raises(ValueError("overridden"))
ZERO, NOTHING = gives(0), gives(None)


def lines(text):
    return text.strip().splitlines()


def expressions():
    """The names of all values."""
    kinds = NUMPYS_BOOLS, SETS, MAPPINGS, BUFFERS, RANGES, TIMES, ADDRESSES, PATHS
    changed = CHANGES, LIST_CHANGES, DICT_CHANGES, SET_CHANGES
    changes, list_changes, dict_changes, set_changes = map(lines, changed)
    errors, raising, bases = map(lines, (ERRORS, RAISING, BASES))
    for kind in (VALUES, *kinds):
        yield from lines(kind)
    for code in "bBhHiIlLqQfd":
        yield from (line.replace("...", code) for line in lines(ARRAYS))
    for change in changes + list_changes:
        yield f"trapped([], {change})"
        yield f"trapped_tuple({change})"
        yield f"[[1], trapped([], {change}), None]"
    for change in changes:
        yield f"trapped(deque(), {change})"
    for change in set_changes:
        yield f"trapped_set({change})"
    for change in dict_changes:
        yield f"trapped_value({change})"
        yield f"trapped_key({change})"
        yield f"trapped_record({change})"
    for error in errors:
        yield from (value.replace("...", error) for value in raising)
    for base in bases:
        yield from (f"stored({base}, {method})" for method in ("RAISE", "ZERO", "NOTHING"))


def powers():
    """The names of the ints next to the powers of two."""
    for bits in range(1, 133):
        for power in (f"2**{bits}", f"-2**{bits}"):
            yield from (power, f"{power} + 1", f"{power} - 1")


def factories(names):
    return {name: eval("lambda: " + name) for name in names}


INTS = factories(powers())
SAMPLE = factories(expressions())
