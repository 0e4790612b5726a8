from concurrent.futures import ThreadPoolExecutor

import pytest

import ledger
from ledger import iban

ENTRIES = [
    {"kind": "deposit", "account": "Ada", "cents": 500},
    {"kind": "transfer", "from": "Ada", "to": "Bo", "cents": 200},
    {"kind": "withdrawal", "account": "Bo", "cents": 50},
]


def test_entries_are_booked():
    assert ledger.balances(ENTRIES) == {"Ada": 300, "Bo": 150}
    opening = {"Bo": 1, "Cy": 2}
    assert ledger.balances(ENTRIES, opening=opening) == {"Ada": 300, "Bo": 151, "Cy": 2}
    assert opening == {"Bo": 1, "Cy": 2}
    assert ledger.balances([]) == {}


def test_every_wrong_leaf_is_named():
    entries = [
        {"kind": "deposit", "account": "Ada", "cents": "500"},
        {"kind": "loan", "account": "Ada", "cents": 5},
        {"kind": "transfer", "from": "Ada", "cents": -5, "to": None},
    ]
    with pytest.raises(TypeError) as raised:
        ledger.balances(entries)
    assert str(raised.value) == (
        "balances() argument 'entries': 4 errors\n"
        "  [0] (variant deposit).cents: expected int, got str\n"
        '  [1].kind: expected "deposit" | "withdrawal" | "transfer", got "loan"\n'
        "  [2] (variant transfer).to: expected str, got None\n"
        "  [2] (variant transfer).cents: expected int in 0..=4294967295, got -5"
    )


def test_an_exception_of_its_own():
    with pytest.raises(ledger.Overdrawn) as raised:
        ledger.balances(ENTRIES + [{"kind": "withdrawal", "account": "Bo", "cents": 151}])
    assert str(raised.value) == 'entries[3]: "Bo" has 1 cents too little'


def test_a_module_inside():
    assert iban.is_valid("GB82 WEST 1234 5698 7654 32")
    assert not iban.is_valid("GB83 WEST 1234 5698 7654 32")
    assert not iban.is_valid("gb82 west 1234 5698 7654 32")
    assert not iban.is_valid("")
    with pytest.raises(TypeError, match=r"is_valid\(\) argument 'text': expected str, got bytes"):
        iban.is_valid(b"GB82")


def test_many_threads():
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(ledger.balances, [ENTRIES * 100] * 50))
    assert results == [{"Ada": 30_000, "Bo": 15_000}] * 50
