"""What each conversion should make of a value: by Python's own means, or by a stated rule.

`ORACLES` has a function for each Rust type, by its name. It gives what the Rust value becomes when
it is converted back, or raises: `Wrong` where the library refuses by itself, and else whatever the
Python code of the value raises.
"""

import array, ctypes, itertools, operator, struct, sys, types

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


def boolean(value):
    # Truthiness is not a conversion.
    if value is True or value is False:
        return value
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


def items_of(value):
    if type(value) is list:
        return walk_list(value)
    if type(value) is tuple:
        return iter(value)
    # Text is not a sequence of texts; a set or an iterator is no sequence.
    if is_a(value, str) or not is_sequence(value):
        raise Wrong(TypeError)
    return iter(value)


def vector(convert):
    return lambda value: gather(items_of(value), convert)


def fixed(convert, length):
    def extract(value):
        # A list of another length is not even looked into.
        if type(value) is list and len(value) != length:
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
        view = memoryview(value)
    except (TypeError, BufferError):
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


# Maps.


def walk_dict(entries):
    """A dict must keep its size while it is read: Python's own iterator watches."""
    entries = iter(dict.items(entries))
    while True:
        try:
            entry = next(entries)
        except StopIteration:
            return
        except RuntimeError:
            raise Wrong(RuntimeError)
        yield entry


def mapping(key, value):
    def extract(entries):
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
            gather(walk_dict(entries), insert)
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
    "Vec<i64>": vector(bits(64)),
    "Vec<u16>": vector(unsigned(16)),
    "Vec<i128>": vector(bits(128)),
    "Vec<f64>": vector(double),
    "Vec<f32>": vector(single),
    "Vec<bool>": vector(boolean),
    "Vec<String>": vector(text),
    "Vec<Vec<i64>>": vector(vector(bits(64))),
    "Vec<Vec<u8>>": vector(octets),
    "Vec<Option<i64>>": vector(option(bits(64))),
    "Vec<(i64, f64)>": vector(row(bits(64), double)),
    "[i64; 2]": fixed(bits(64), 2),
    "[String; 1]": fixed(text, 1),
    "()": row(),
    "(i64, String)": row(bits(64), text),
    "(f64, Vec<i64>)": row(double, vector(bits(64))),
    "(Py<PyAny>,)": row(Any),
    "HashMap<String, i64>": mapping(text, bits(64)),
    "HashMap<i64, Py<PyAny>>": mapping(bits(64), Any),
    "HashMap<bool, f64>": mapping(boolean, double),
    "BTreeMap<String, Vec<i64>>": mapping(text, vector(bits(64))),
    "BTreeMap<i64, Option<String>>": mapping(bits(64), option(text)),
    "Option<i64>": option(bits(64)),
    "Option<String>": option(text),
    "Option<Vec<f64>>": option(vector(double)),
    "Option<HashMap<i64, i64>>": option(mapping(bits(64), bits(64))),
    "Box<f64>": double,
    "Bound<'_, PyAny>": instance(object),
    "Bound<'_, PyInt>": instance(int),
    "Bound<'_, PyString>": instance(str),
    "Bound<'_, PyList>": instance(list),
    "Py<PyDict>": instance(dict),
    "Py<PyTuple>": instance(tuple),
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
    if type(got) is not kind:
        return False
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
