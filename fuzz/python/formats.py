"""The oracle of serde: Python's `json`, and for each kind of object what stands for it there."""

import json, math, struct, sys


def same(a, b):
    """Equal, of the same types, floats bit for bit."""
    if type(a) is not type(b):
        return False
    if type(a) is dict:
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if type(a) is list:
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is float:
        return struct.pack("d", a) == struct.pack("d", b)
    return a == b


class Refused(Exception):
    """Not JSON, or nothing that both read alike."""


def constant(name):
    raise Refused(name)


def integer(digits):
    """An int beyond 64 bits is a float to serde_json, and -0 too."""
    if digits == "-0":
        return -0.0
    if len(digits) > 400:
        raise Refused(digits)
    value = int(digits)
    return value if -(2**63) <= value < 2**64 else real(digits)


def real(digits):
    value = float(digits)
    if math.isinf(value):
        raise Refused(digits)
    return value


def loaded(text):
    value = json.loads(text, parse_constant=constant, parse_int=integer, parse_float=real)
    json.dumps(value, ensure_ascii=False).encode()  # No lone surrogates.
    return value


def check_json(text, made, error, written, refused):
    """What is wrong, if anything."""
    try:
        expected = loaded(text)
    except (ValueError, Refused, RecursionError, OverflowError):
        return None if error else f"accepted, as {made!r}"
    if error:
        return None if "recursion limit" in error or "RecursionError" in error else f"refused: {error}"
    if not same(made, expected):
        return f"{made!r}, not {expected!r}"
    if refused or not same(loaded(written), expected):
        return f"written as {written!r}, {refused}"


class Made:
    """An object out of the bytes of one input, and its JSON."""

    def __init__(self, data):
        self.source = Source(data)
        self.object = self.source.sequence(self.source.any)

    def count(self):
        return [sys.getrefcount(made) for made in self.source.made]

    def check(self, again, error, refused, written, unwritten):
        if error or unwritten:
            # JSON has fewer keys than serde; what one refuses for another reason, so does the other.
            return None
        if refused:
            return f"cannot be made again: {refused}"
        expected = json.loads(written)
        # Bytes are an array in JSON, and refused as a value: so nothing of them is here.
        if not same(again, expected):
            return f"{again!r}, in JSON {expected!r}"
        try:
            dumped = json.loads(json.dumps(self.object))
        except (TypeError, ValueError, RecursionError, ZeroDivisionError):
            return None
        if not equal(dumped, expected):
            return f"{expected!r}, dumps {dumped!r}"


def equal(dumped, expected):
    """As `json.dumps` has it, where NaN is no null."""
    if type(dumped) is float and not math.isfinite(dumped):
        return expected is None
    if type(dumped) is dict:
        return type(expected) is dict and dumped.keys() == expected.keys() and all(
            equal(dumped[key], expected[key]) for key in dumped)
    if type(dumped) is list:
        return type(expected) is list and len(dumped) == len(expected) and all(
            map(equal, dumped, expected))
    return same(dumped, expected)
