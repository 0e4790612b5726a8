"""Containers and documents: indexmap, hashbrown, serde_json."""

import json

import pytest
import there_and_back as rust
from hypothesis import given, strategies as st

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
i64s = st.integers(-(2**63), 2**63 - 1)
documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=30,
)


@given(st.dictionaries(texts, i64s))
def test_maps_with_an_order(value):
    back = rust.roundtrip_index_map(value)
    assert list(back.items()) == list(value.items()) and type(back) is dict


@given(st.lists(i64s, unique=True))
def test_sets_with_an_order(value):
    back = rust.roundtrip_index_set(value)
    assert back == value and type(back) is list
    assert rust.roundtrip_index_set(tuple(value)) == value
    assert rust.roundtrip_index_set(dict.fromkeys(value).keys()) == value
    assert rust.roundtrip_index_set(set(value)) == list(set(value))
    if value:
        with pytest.raises(ValueError):
            rust.roundtrip_index_set([*value, value[0]])


@given(st.dictionaries(texts, st.lists(i64s, max_size=5)))
def test_maps(value):
    assert rust.roundtrip_hash_map(value) == value


@given(st.sets(texts))
def test_sets(value):
    back = rust.roundtrip_hash_set(value)
    assert back == value and type(back) is set
    assert rust.roundtrip_hash_set(frozenset(value)) == value


@given(documents)
def test_documents(value):
    back = rust.roundtrip_json(value)
    assert back == value
    # `1 == 1.0 == True`, but not as text.
    assert json.dumps(back, sort_keys=True) == json.dumps(value, sort_keys=True)
    read = json.loads(rust.json_as_text(value))
    assert json.dumps(read, sort_keys=True) == json.dumps(value, sort_keys=True)


@given(documents, st.sampled_from([float("nan"), float("inf"), 2**64, {1: 2}, b"", {1}]))
def test_what_has_no_place_in_a_document(value, wrong):
    with pytest.raises((TypeError, ValueError, OverflowError), match=r"\[1\]"):
        rust.roundtrip_json([value, wrong])
