"""Numbers and identifiers: num-bigint, rust_decimal, uuid."""

import uuid
from decimal import Context, Decimal, localcontext

import pytest
import there_and_back as rust
from hypothesis import example, given, strategies as st

# Sizes are drawn first: else most of the numbers would be small.
ints = st.integers(0, 100_000).flatmap(lambda bits: st.integers(-(2**bits), 2**bits))
digits = st.integers(1, 40).flatmap(lambda n: st.lists(st.integers(0, 9), min_size=n, max_size=n))
decimals = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(digits), exponent)),
    st.integers(0, 1),
    digits,
    st.integers(-45, 45) | st.integers(-(10**6), 10**6),
)
uuids = st.builds(uuid.UUID, int=st.integers(0, 2**128 - 1)) | st.builds(
    lambda number, version: uuid.UUID(int=number, version=version),
    st.integers(0, 2**128 - 1),
    st.integers(1, 5),
)


@given(ints)
def test_ints_of_any_size(value):
    back = rust.roundtrip_big_int(value)
    assert back == value and type(back) is int
    assert rust.big_int_in_hexadecimal(value) == format(value, "x")


@given(ints)
def test_ints_that_are_not_negative(value):
    if value >= 0:
        assert rust.roundtrip_big_uint(value) == value
    else:
        with pytest.raises(OverflowError):
            rust.roundtrip_big_uint(value)


def verdict(value):
    """The exception that a decimal is refused with, by what rust_decimal can hold."""
    sign, digits, exponent = value.as_tuple()
    number = int("".join(map(str, digits)))
    if value.copy_abs() >= 2**96:
        return OverflowError
    if sign and not number:
        return ValueError
    if exponent < -28 or (exponent < 0 and number >= 2**96):
        return ValueError
    return None


@given(decimals)
@example(Decimal(2**96 - 1))
@example(Decimal(2**96))
@example(Decimal("7.9228162514264337593543950335"))
@example(Decimal("7.9228162514264337593543950336"))
def test_decimals(value):
    expected = verdict(value)
    if expected:
        with pytest.raises(expected):
            rust.roundtrip_decimal(value)
        return
    back = rust.roundtrip_decimal(value)
    assert back == value and type(back) is Decimal
    text = Decimal(rust.decimal_as_text(value))
    assert text == value
    if value.as_tuple().exponent <= 0:
        assert back.as_tuple() == value.as_tuple() == text.as_tuple()


@given(st.sampled_from(["NaN", "sNaN", "Infinity", "-Infinity", "NaN7", "-0", "-0.00", "-0E+5"]))
def test_decimals_without_a_value_of_their_own(text):
    with pytest.raises(ValueError):
        rust.roundtrip_decimal(Decimal(text))


@given(decimals, st.integers(1, 5), st.booleans())
def test_the_context_of_decimals_changes_nothing(value, precision, capitals):
    with localcontext(Context(prec=precision, capitals=int(capitals))):
        if verdict(value) is None:
            assert rust.roundtrip_decimal(value) == value


@given(st.integers(-(2**100), 2**100))
def test_ints_as_decimals(value):
    if abs(value) < 2**96:
        assert rust.roundtrip_decimal(value) == value
    else:
        with pytest.raises(OverflowError):
            rust.roundtrip_decimal(value)


@given(uuids)
def test_uuids(value):
    back = rust.roundtrip_uuid(value)
    assert back == value and type(back) is uuid.UUID
    assert (hash(back), repr(back), back.is_safe) == (hash(value), repr(value), value.is_safe)
    text, version = rust.uuid_as_text(value)
    assert text == str(value)
    if value.version is not None:
        assert version == value.version
    for form in [str(value), value.hex, value.urn, "{%s}" % value, str(value).upper()]:
        assert rust.uuid_from_text(form) == value


def test_uuids_of_every_version():
    name = uuid.uuid5(uuid.NAMESPACE_DNS, "python.org")
    for value in [uuid.uuid1(), uuid.uuid3(name, "a"), uuid.uuid4(), name]:
        # One that was made in a safe way becomes one of which that is not known.
        assert rust.roundtrip_uuid(value) == value
