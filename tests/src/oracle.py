"""What each conversion should make of a value: by Python's own means, or by a stated rule.

`ORACLES` has a function for each Rust type, by its name. It gives what the Rust value becomes when
it is converted back, or raises: `Wrong` where the library refuses by itself, and else whatever the
Python code of the value raises.

Whoever runs this sets `TEXT_IS_KEPT`: whether a text can be borrowed from its object.
"""

import array, collections.abc, ctypes, datetime, ipaddress, itertools, math, operator, os, pathlib
import struct, sys, types

# Of a class as it is, whatever its metaclass says.
mro_of = type.__dict__["__mro__"].__get__
namespace_of = type.__dict__["__dict__"].__get__
name_of = type.__dict__["__name__"].__get__


def predicate(name):
    """A question of the C API."""
    function = getattr(ctypes.pythonapi, name)
    # Wrapped, the object is not asked for its `__class__`.
    return lambda value: function(ctypes.py_object(value)) != 0


is_sequence = predicate("PySequence_Check")
is_mapping = predicate("PyMapping_Check")


def is_a(value, base):
    """Whether the real type of a value is `base` or a subclass."""
    return type.__subclasscheck__(base, type(value))


def has(value, method):
    """Whether the real type of a value has a method."""
    return any(method in namespace_of(base) for base in mro_of(type(value)))


class Wrong(Exception):
    """What the library refuses: the class of exception for each wrong leaf."""

    def __init__(self, *leaves):
        self.leaves = leaves


class Itself:
    """Stands for the very object that was converted."""


class Equal:
    """Stands for an object of the same type as this one, and with the same stored value."""

    def __init__(self, value, base):
        self.type_name, self.base = name_of(type(value)), base
        self.items = list(base.__iter__(value))


class InAnyOrder:
    """Stands for a list of these items, of one type, in any order."""

    def __init__(self, items):
        self.items = items


class Host:
    """Stands for a text of this address."""

    def __init__(self, address):
        self.address = address


class Any:
    """Stands for an object of the same type as this one."""

    def __init__(self, value):
        self.type_name = name_of(type(value))


# Scalars.


def integer(low, high):
    def convert(value):
        if is_a(value, int):
            # Of a subclass, what it stores: none of its methods is called.
            number = int.__index__(value)
        elif has(value, "__index__"):
            number = int.__index__(operator.index(value))
        else:
            raise Wrong(TypeError)
        if not low <= number <= high:
            raise Wrong(OverflowError)
        return number

    return convert


def bits(count):
    return integer(-(2 ** (count - 1)), 2 ** (count - 1) - 1)


def unsigned(count):
    return integer(0, 2**count - 1)


def double(value):
    # A `complex` before 3.10 has a `__float__`, which only raises.
    if type(value) is complex or not (has(value, "__float__") or has(value, "__index__")):
        raise Wrong(TypeError)
    try:
        # `PyFloat_AsDouble`; `float` would also read text.
        return array.array("d", [value])[0]
    except OverflowError:
        # Of an int, the library says so itself, with the place.
        if type(value) is int:
            raise Wrong(OverflowError)
        raise


def single(value):
    number = double(value)
    try:
        return struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        raise Wrong(OverflowError)


def nonzero(convert):
    def extract(value):
        number = convert(value)
        if number == 0:
            raise Wrong(ValueError)
        return number

    return extract


def order(value):
    number = integer(-math.inf, math.inf)(value)
    if number not in (-1, 0, 1):
        raise Wrong(ValueError)
    return number


def boolean(value):
    # Truthiness is not a conversion, but numpy has booleans of its own.
    if value is True or value is False:
        return value
    names = namespace_of(type(value))
    if LIMITED_API:
        full_name = names.get("__module__"), name_of(type(value))
    else:
        full_name = tuple(name_of(type(value)).rsplit(".", 1))
    if full_name in [("numpy", "bool"), ("numpy", "bool_")]:
        return bool(value)
    raise Wrong(TypeError)


def text(value):
    if not is_a(value, str):
        raise Wrong(TypeError)
    try:
        return str.encode(value).decode()
    except UnicodeEncodeError:
        raise Wrong(ValueError)


def character(value):
    string = text(value)
    if len(string) != 1:
        raise Wrong(ValueError)
    return string


def c_text(value):
    string = text(value)
    if "\0" in string:
        raise Wrong(ValueError)
    return string


def kept_text(value):
    string = text(value)
    return Equal(value, str) if TEXT_IS_KEPT else string


def kept_bytes(value):
    stored_bytes(value)
    return Equal(value, bytes)


# Names of files.


def stored_as(base, value):
    """What a value of that type or a subclass stores, whatever its methods say."""
    return base.__getitem__(value, slice(None))


def name_in_bytes(value):
    """What the operating system calls a file; nothing, where that is neither text nor bytes."""
    if is_a(value, str):
        return os.fsencode(stored_as(str, value))
    if is_a(value, bytes):
        return stored_as(bytes, value)
    return None


def name(value):
    name = name_in_bytes(value)
    if name is None:
        raise Wrong(TypeError)
    return os.fsdecode(name)


def path(value):
    name = name_in_bytes(value)
    if name is None:
        if not has(value, "__fspath__"):
            raise Wrong(TypeError)
        name = name_in_bytes(os.fspath(value))
    return pathlib.Path(os.fsdecode(name))


# Sequences.


def gather(items, convert):
    """Each item converted, or all that is wrong with them: up to 32 leaves, then it is enough."""
    results, leaves = [], []
    for item in items:
        try:
            results.append(convert(item))
        except Wrong as wrong:
            leaves += wrong.leaves
            if len(leaves) > 32:
                break
    if leaves:
        raise Wrong(*leaves)
    return results


def walk_list(items):
    """A list must keep its length while it is read."""
    length = len(items)
    for index in range(length):
        if index >= len(items):
            raise Wrong(RuntimeError)
        yield items[index]
    if len(items) != length:
        raise Wrong(RuntimeError)


def iterate(value):
    if type(value) is memoryview:
        # Of a released one, CPython 3.10 and 3.11 give an iterator and an exception at once.
        len(value)
    return iter(value)


def items_of(value):
    if type(value) is list:
        return walk_list(value)
    if type(value) is tuple:
        return iter(value)
    # Text is not a sequence of texts; a set, an iterator or a mapping is no sequence.
    if is_a(value, str) or not is_sequence(value) or has_keys(value):
        raise Wrong(TypeError)
    return iterate(value)


def vector(convert):
    return lambda value: gather(items_of(value), convert)


KINDS = {
    **dict.fromkeys("bhilqn", "signed"),
    **dict.fromkeys("BHILQN", "unsigned"),
    **dict.fromkeys("fd", "float"),
    "?": "bool",
}


def memory_of(value, kind, size):
    """The numbers in the memory of an object that shows it as a row of such, else nothing."""
    try:
        view = memoryview(value)
    except (TypeError, BufferError, ValueError):
        return None
    if view.ndim != 1 or KINDS.get(view.format.lstrip("@=<>!")) != kind:
        return None
    if not view.itemsize == struct.calcsize(view.format) == size:
        return None
    return [number for (number,) in struct.iter_unpack(view.format, view.tobytes())]


def numbers(kind, size, convert):
    """A vector of numbers, which may lie in the memory of what is no list or tuple."""

    def extract(value):
        found = None if type(value) in (list, tuple) else memory_of(value, kind, size)
        return vector(convert)(value) if found is None else found

    return extract


def fixed_numbers(kind, size, convert, length):
    def extract(value):
        found = None if type(value) in (list, tuple) else memory_of(value, kind, size)
        # What shows more is read as any sequence, to the first item too many.
        if found is None or len(found) > length:
            return fixed(convert, length)(value)
        if len(found) != length:
            raise Wrong(ValueError)
        return found

    return extract


def any_order(extract):
    return lambda value: InAnyOrder(extract(value))


def iterable(convert):
    def extract(value):
        if type(value) in (list, tuple):
            return gather(items_of(value), convert)
        try:
            items = iterate(value)
        except TypeError:
            if has(value, "__iter__"):
                raise
            raise Wrong(TypeError)
        return gather(items, convert)

    return extract


def fixed(convert, length):
    def extract(value):
        # A list or tuple of another length is not even looked into.
        if type(value) in (list, tuple) and len(value) != length:
            raise Wrong(ValueError)
        items = items_of(value)
        # Of what may have no end, one item too many is enough.
        if type(value) not in (list, tuple):
            items = itertools.islice(items, length + 1)
        results = gather(items, convert)
        if len(results) != length:
            raise Wrong(ValueError)
        return results

    return extract


def stored_bytes(value):
    if is_a(value, bytes):
        return bytes.__getitem__(value, slice(None))
    raise Wrong(TypeError)


def shown(value, code):
    """The memory of an object that shows it as a row of such items, whatever its methods say."""
    try:
        view = memoryview(stored_bytes(value) if is_a(value, bytes) else value)
    except (TypeError, BufferError, ValueError):
        return None
    # By default in the order of this machine.
    is_row = view.ndim == 1 and view.format.lstrip("@=<>!") == code
    return view if is_row else None


def octets(value):
    view = shown(value, "B")
    return bytes(vector(unsigned(8))(value)) if view is None else view.tobytes()


def three_octets(value):
    view = shown(value, "B")
    # What shows more is read as any sequence, to its fourth item; but `bytes` is only memory.
    if view is None or (len(view) > 3 and not is_a(value, bytes)):
        return bytes(fixed(unsigned(8), 3)(value))
    if len(view) != 3:
        raise Wrong(ValueError)
    return view.tobytes()


def row(*converts):
    """A tuple is a record: of that length, and never a list."""

    def extract(value):
        if not is_a(value, tuple):
            raise Wrong(TypeError)
        if tuple.__len__(value) != len(converts):
            raise Wrong(ValueError)
        pairs = zip(converts, tuple.__iter__(value))
        return tuple(gather(pairs, lambda pair: pair[0](pair[1])))

    return extract


# Maps and sets.


def watched(container):
    """A dict or set must keep its size while it is read: Python's own iterator watches."""
    count = len(container)
    entries = iter(container.items() if type(container) is dict else container)
    while True:
        try:
            entry = next(entries)
        except StopIteration:
            break
        except RuntimeError:
            raise Wrong(RuntimeError)
        yield entry
    # That iterator does not look again after the last.
    if len(container) != count:
        raise Wrong(RuntimeError)


def distinct(convert):
    def extract(value):
        is_set = is_a(value, set) or is_a(value, frozenset)
        if not is_set and not issubclass(type(value), collections.abc.Set):
            raise Wrong(TypeError)
        result = set()

        def insert(item):
            item = convert(item)
            if item in result:
                raise Wrong(ValueError)  # no item may be lost
            result.add(item)

        gather(watched(value) if type(value) in (set, frozenset) else list(iter(value)), insert)
        return result

    return extract


def mapping(key, value):
    def extract(entries):
        # Whatever a list or a text claims to be, it has indices.
        has_indices = any(is_a(entries, base) for base in (str, bytes, list, tuple))
        if has_indices or not is_mapping(entries):
            raise Wrong(TypeError)
        if not issubclass(type(entries), collections.abc.Mapping):
            raise Wrong(TypeError)
        result = {}

        def insert(entry):
            # What `items()` of a subclass gives must be tuples of two.
            k, v = row(lambda k: k, lambda v: v)(entry)
            k, v = key(k), value(v)
            if k in result:
                raise Wrong(ValueError)  # no entry may be lost
            result[k] = v

        if type(entries) is dict:
            gather(watched(entries), insert)
        else:
            gather(list(iter(entries.items())), insert)
        return result

    return extract


# Wrappers and objects.


def option(convert):
    return lambda value: None if value is None else convert(value)


def instance(base):
    def extract(value):
        if not is_a(value, base):
            raise Wrong(TypeError)
        return Itself

    return extract


def nothing(value):
    if value is not None:
        raise Wrong(TypeError)


# Ranges.


def ends(value):
    if type(value) not in (range, slice):
        raise Wrong(TypeError)
    start, stop, step = value.start, value.stop, value.step
    if step is not None and not (has(step, "__index__") and operator.index(step) == 1):
        raise Wrong(ValueError)
    if start is None or stop is None:
        raise Wrong(ValueError)
    return start, stop


def half_open(convert):
    return lambda value: range(*gather(ends(value), convert))


def inclusive(convert):
    def last(stop):
        return convert(integer(-math.inf, math.inf)(stop) - 1) + 1

    def extract(value):
        start, stop = ends(value)
        return range(*gather([(convert, start), (last, stop)], lambda pair: pair[0](pair[1])))

    return extract


# Times.

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def span(value):
    if not is_a(value, datetime.timedelta):
        raise Wrong(TypeError)
    # Python's own sum: the methods of a subclass are not asked.
    span = datetime.timedelta.__add__(value, datetime.timedelta())
    if span < datetime.timedelta():
        raise Wrong(ValueError)
    return span


def moment(value):
    if not is_a(value, datetime.datetime):
        raise Wrong(TypeError)
    if datetime.datetime.utcoffset(value) is None:
        raise Wrong(ValueError)
    # Python's own difference. A moment before the year 1 can be read, and not be written.
    return EPOCH + datetime.datetime.__sub__(value, EPOCH)


# Addresses in networks.


def address(cls, interface, size):
    def convert(value):
        if is_a(value, interface):
            raise Wrong(ValueError)  # its network would be lost
        if is_a(value, cls):
            # Attributes of the module's own, which its classes keep in slots.
            if cls is ipaddress.IPv6Address and value._scope_id is not None:
                raise Wrong(ValueError)
            return cls(unsigned(size)(value._ip))
        if not is_a(value, str):
            raise Wrong(TypeError)
        string = text(value)
        try:
            address = cls(string)
        except ValueError:
            raise Wrong(ValueError)
        if "%" in string:
            raise Wrong(ValueError)
        return address

    return convert


ipv4 = address(ipaddress.IPv4Address, ipaddress.IPv4Interface, 32)
ipv6 = address(ipaddress.IPv6Address, ipaddress.IPv6Interface, 128)


def ip(value):
    is_v4 = is_a(value, ipaddress.IPv4Address) or is_a(value, str) and ":" not in text(value)
    return (ipv4 if is_v4 else ipv6)(value)


def host(convert):
    return lambda value: Host(convert(value))


def socket_v4(value):
    return row(host(ipv4), unsigned(16))(value)


def socket_v6(value):
    if is_a(value, tuple) and tuple.__len__(value) == 2:
        return row(host(ipv6), unsigned(16))(value) + (0, 0)
    return row(host(ipv6), unsigned(16), unsigned(32), unsigned(32))(value)


def socket(value):
    if not is_a(value, tuple) or tuple.__len__(value) != 2:
        return socket_v6(value)
    found = row(host(ip), unsigned(16))(value)
    return found if found[0].address.version == 4 else found + (0, 0)


# Exact types only: of those of which a conversion otherwise takes more.


def exactly(kind, convert):
    def extract(value):
        if type(value) is not kind:
            raise Wrong(TypeError)
        return convert(value)

    return extract


def exactly_utc(value):
    if value.tzinfo is not datetime.timezone.utc:
        raise Wrong(ValueError)
    return moment(value)


def exact_socket(value):
    if type(value) is not tuple:
        raise Wrong(TypeError)
    exact_host, exact_int = host(exactly(str, ipv4)), exactly(int, unsigned(16))
    if len(value) == 2:
        return row(exact_host, exact_int)(value)
    exact_host, number = host(exactly(str, ipv6)), exactly(int, unsigned(32))
    return row(exact_host, exact_int, number, number)(value)


exact_i64 = exactly(int, bits(64))
exact_f64 = exactly(float, double)
exact_text = exactly(str, text)

# Derived structs.

MISSING = object()
BY_KEY, BY_KEY_OR_ATTRIBUTE = "key", "key of a dict or mapping, else attribute"


def has_keys(value):
    """Whether fields are behind keys. Only what has keys is asked whether it is a `Mapping`."""
    return has_items(value) and issubclass(type(value), collections.abc.Mapping)


def has_items(value):
    """Whether anything can be behind keys: what looks so may have indices instead."""
    return is_mapping(value) and not any(is_a(value, base) for base in (str, bytes, list, tuple))


def field(value, name, source):
    """What is in a field, or `MISSING`."""
    if is_a(value, dict) and (type(value) is dict or has_dicts_getitem(value)):
        # As in any dict: what a `__missing__` would make up is missing.
        return dict.get(value, name, MISSING)
    if source == BY_KEY or has_keys(value):
        if not has_items(value):
            return MISSING
        try:
            return value[name]
        except KeyError:
            return MISSING
    try:
        return getattr(value, name)
    except AttributeError:
        if runs_code(value, name):
            raise
        return MISSING


def runs_code(value, name):
    """Whether the class defines an attribute by more than a slot, whatever a metaclass says."""
    definition = defined(type(value), name)
    return definition is not MISSING and type(definition) is not types.MemberDescriptorType


def defined(cls, name):
    """What a class or the first of its bases that does defines by a name."""
    for base in mro_of(cls):
        names = namespace_of(base)
        if name in names:
            return names[name]
    return MISSING


def has_dicts_getitem(value):
    """Whether keys are looked up as in any dict."""
    return defined(type(value), "__getitem__") is dict.__dict__["__getitem__"]


def record(*fields):
    def extract(value):
        found = False

        def read(one):
            nonlocal found
            name, convert, source, *default = one
            item = field(value, name, source)
            if item is not MISSING:
                found = True
                return name, convert(item)
            if default:
                return name, default[0]
            by_key = source == BY_KEY or has_keys(value)
            raise Wrong(KeyError if by_key else AttributeError)

        try:
            return dict(gather(fields, read))
        except Wrong as wrong:
            # What has none of the fields is something else altogether.
            if wrong.leaves[0] in (KeyError, AttributeError) and not found:
                if not has_keys(value):
                    raise Wrong(TypeError)
            raise

    return extract


tree = record(("children", vector(lambda value: tree(value)), BY_KEY_OR_ATTRIBUTE))
chain = record(("next", option(lambda value: chain(value)), BY_KEY_OR_ATTRIBUTE))

i64s = numbers("signed", 8, bits(64))
u16s = numbers("unsigned", 2, unsigned(16))
f64s = numbers("float", 8, double)
f32s = numbers("float", 4, single)
bools = numbers("bool", 1, boolean)

ORACLES = {
    "i8": bits(8),
    "i16": bits(16),
    "i32": bits(32),
    "i64": bits(64),
    "i128": bits(128),
    "isize": bits(64),
    "u8": unsigned(8),
    "u16": unsigned(16),
    "u32": unsigned(32),
    "u64": unsigned(64),
    "u128": unsigned(128),
    "usize": unsigned(64),
    "f64": double,
    "f32": single,
    "bool": boolean,
    "NonZero<u8>": nonzero(unsigned(8)),
    "NonZero<i64>": nonzero(bits(64)),
    "NonZero<u128>": nonzero(unsigned(128)),
    "Wrapping<u8>": unsigned(8),
    "Saturating<i16>": bits(16),
    "Ordering": order,
    "char": character,
    "String": text,
    "&str": text,
    "Cow<'_, str>": text,
    "Box<str>": text,
    "Rc<str>": text,
    "Arc<str>": text,
    "&[u8]": stored_bytes,
    "Cow<'_, [u8]>": octets,
    "Vec<u8>": octets,
    "[u8; 3]": three_octets,
    "CString": c_text,
    "&CStr": c_text,
    "Cow<'_, CStr>": c_text,
    "PyBackedStr": kept_text,
    "PyBackedBytes": kept_bytes,
    "Vec<PyBackedStr>": vector(kept_text),
    "HashMap<String, PyBackedBytes>": mapping(text, kept_bytes),
    "OsString": name,
    "PathBuf": path,
    "Vec<OsString>": vector(name),
    "Option<PathBuf>": option(path),
    "Vec<i64>": i64s,
    "Vec<u16>": u16s,
    "Vec<i128>": vector(bits(128)),
    "Vec<f64>": f64s,
    "Vec<f32>": f32s,
    "Vec<bool>": bools,
    "Vec<String>": vector(text),
    "Vec<Vec<i64>>": vector(i64s),
    "Vec<Vec<u8>>": vector(octets),
    "Vec<Option<i64>>": vector(option(bits(64))),
    "Vec<(i64, f64)>": vector(row(bits(64), double)),
    "[i64; 2]": fixed_numbers("signed", 8, bits(64), 2),
    "[String; 1]": fixed(text, 1),
    "[bool; 3]": fixed_numbers("bool", 1, boolean, 3),
    "[NonZero<u8>; 2]": fixed(nonzero(unsigned(8)), 2),
    "VecDeque<i64>": i64s,
    "VecDeque<u8>": octets,
    "LinkedList<String>": vector(text),
    "BinaryHeap<i64>": any_order(i64s),
    "Box<[f64]>": f64s,
    "Rc<[u8]>": octets,
    "Arc<[bool]>": bools,
    "Cow<'_, [i64]>": i64s,
    "Iterable<u8>": lambda value: bytes(iterable(unsigned(8))(value)),
    "Iterable<String>": iterable(text),
    "Iterable<(i64, String)>": iterable(row(bits(64), text)),
    "()": row(),
    "(i64, String)": row(bits(64), text),
    "(f64, Vec<i64>)": row(double, i64s),
    "(Py<PyAny>,)": row(Any),
    "HashMap<String, i64>": mapping(text, bits(64)),
    "HashMap<i64, Py<PyAny>>": mapping(bits(64), Any),
    "HashMap<bool, f64>": mapping(boolean, double),
    "BTreeMap<String, Vec<i64>>": mapping(text, i64s),
    "BTreeMap<i64, Option<String>>": mapping(bits(64), option(text)),
    "HashSet<i64>": distinct(bits(64)),
    "HashSet<String>": distinct(text),
    "BTreeSet<(i64, String)>": distinct(row(bits(64), text)),
    "BTreeSet<Option<bool>>": distinct(option(boolean)),
    "Range<i64>": half_open(bits(64)),
    "Range<u8>": half_open(unsigned(8)),
    "RangeInclusive<u8>": inclusive(unsigned(8)),
    "RangeInclusive<i64>": inclusive(bits(64)),
    "Duration": span,
    "SystemTime": moment,
    "Vec<Duration>": vector(span),
    "Ipv4Addr": ipv4,
    "Ipv6Addr": ipv6,
    "IpAddr": ip,
    "SocketAddrV4": socket_v4,
    "SocketAddrV6": socket_v6,
    "SocketAddr": socket,
    "Option<i64>": option(bits(64)),
    "Option<String>": option(text),
    "Option<Vec<f64>>": option(f64s),
    "Option<HashMap<i64, i64>>": option(mapping(bits(64), bits(64))),
    "Box<f64>": double,
    "Rc<bool>": boolean,
    "Arc<Vec<i64>>": i64s,
    "Cell<u8>": unsigned(8),
    "RefCell<String>": text,
    "Mutex<Vec<String>>": vector(text),
    "RwLock<Option<f64>>": option(double),
    "PhantomData<String>": nothing,
    "Bound<'_, PyAny>": instance(object),
    "Bound<'_, PyInt>": instance(int),
    "Bound<'_, PyString>": instance(str),
    "Bound<'_, PyList>": instance(list),
    "Py<PyDict>": instance(dict),
    "Py<PyTuple>": instance(tuple),
    "Strict<i64>": exact_i64,
    "Strict<u8>": exactly(int, unsigned(8)),
    "Strict<f64>": exact_f64,
    "Strict<f32>": exactly(float, single),
    "Strict<bool>": exactly(bool, boolean),
    "Strict<char>": exactly(str, character),
    "Strict<String>": exact_text,
    "Strict<NonZero<u8>>": exactly(int, nonzero(unsigned(8))),
    "Strict<Ordering>": exactly(int, order),
    "Strict<CString>": exactly(str, c_text),
    "Strict<OsString>": exactly(str, name),
    "Strict<PathBuf>": exactly(type(pathlib.Path()), path),
    "Strict<PyBackedStr>": exactly(str, kept_text),
    "Strict<PyBackedBytes>": exactly(bytes, kept_bytes),
    "Strict<&[u8]>": exactly(bytes, stored_bytes),
    "Strict<Cow<'_, [u8]>>": exactly(bytes, stored_bytes),
    "Strict<Vec<u8>>": exactly(bytes, stored_bytes),
    "Strict<[u8; 3]>": exactly(bytes, three_octets),
    "Strict<Vec<i64>>": exactly(list, vector(exact_i64)),
    "Strict<Vec<Vec<f64>>>": exactly(list, vector(exactly(list, vector(exact_f64)))),
    "Strict<[i64; 2]>": exactly(list, fixed(exact_i64, 2)),
    "Strict<VecDeque<Option<String>>>": exactly(list, vector(option(exact_text))),
    "Strict<Iterable<u8>>": lambda value: bytes(iterable(exactly(int, unsigned(8)))(value)),
    "Strict<(i64, String)>": exactly(tuple, row(exact_i64, exact_text)),
    "Strict<Vec<(i64, f64)>>": exactly(list, vector(exactly(tuple, row(exact_i64, exact_f64)))),
    "Strict<HashMap<String, Vec<i64>>>": exactly(
        dict, mapping(exact_text, exactly(list, vector(exact_i64)))
    ),
    "Strict<BTreeMap<i64, Option<i64>>>": exactly(dict, mapping(exact_i64, option(exact_i64))),
    "Strict<HashSet<i64>>": exactly(set, distinct(exact_i64)),
    "Strict<BTreeSet<(i64, String)>>": exactly(
        set, distinct(exactly(tuple, row(exact_i64, exact_text)))
    ),
    "Strict<Range<i64>>": exactly(range, half_open(bits(64))),
    "Strict<RangeInclusive<u8>>": exactly(range, inclusive(unsigned(8))),
    "Strict<Duration>": exactly(datetime.timedelta, span),
    "Strict<SystemTime>": exactly(datetime.datetime, exactly_utc),
    "Strict<Ipv4Addr>": exactly(ipaddress.IPv4Address, ipv4),
    "Strict<Ipv6Addr>": exactly(ipaddress.IPv6Address, ipv6),
    "Strict<SocketAddr>": exact_socket,
    "Strict<Box<Mutex<i64>>>": exact_i64,
    "Complex": record(
        ("real", double, BY_KEY_OR_ATTRIBUTE),
        ("imag", double, BY_KEY_OR_ATTRIBUTE, 0.0),
    ),
    "ByKey": record(("real", option(double), BY_KEY), ("imag", bits(64), BY_KEY, 7)),
    "Pair": row(double, double),
    "Id": unsigned(32),
    "Tree": tree,
    "Chain": chain,
}


def outcome(make, rust_type):
    """What converting a value should do: "ok" and the result, or "error" and the class of the
    exception; and by how much it changes the count of references to the value."""
    value = make()
    count = sys.getrefcount(value)
    try:
        kind, result = "ok", ORACLES[rust_type](value)
    except Wrong as wrong:
        kind, result = "error", wrong.leaves[0].__name__
    except BaseException as error:
        kind, result = "error", type(error).__name__
    return kind, result, 0 if result is value else sys.getrefcount(value) - count


def is_as_expected(expected, got, value):
    """Whether a result is the expected one, of the same types, down to the sign of a zero."""
    kind = type(expected)
    if expected is Itself:
        return got is value
    if kind is Any:
        return name_of(type(got)) == expected.type_name
    if kind is Equal:
        is_stored = is_a(got, expected.base) and list(expected.base.__iter__(got)) == expected.items
        return is_stored and name_of(type(got)) == expected.type_name
    if kind is InAnyOrder:
        return type(got) is list and is_as_expected(sorted(expected.items), sorted(got), value)
    if kind is Host:
        return type(got) is str and ipaddress.ip_address(got) == expected.address
    if type(got) is not kind:
        return False
    if kind is datetime.datetime:
        return got == expected and got.tzinfo is expected.tzinfo
    if kind is float:
        return struct.pack("d", got) == struct.pack("d", expected)
    if kind in (list, tuple):
        pairs = zip(expected, got)
        return len(got) == len(expected) and all(is_as_expected(*pair, value) for pair in pairs)
    if kind is dict:
        return got.keys() == expected.keys() and all(
            is_as_expected(expected[key], got[key], value) for key in got
        )
    return got == expected
