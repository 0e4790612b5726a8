import sys
from dataclasses import dataclass, field

import pytest

import invoices
from invoices import Rates

RATES = Rates({"USD": 0.5, "JPY": 0.25})


@dataclass
class Invoice:
    lines: list = field(default_factory=list)
    currency: str = "USD"


def test_derives_of_convert_core_read_and_write():
    dollars = {"lines": [{"price": 4, "quantity": 3}, {"price": 8.0}], "currency": "USD"}
    assert invoices.total(dollars, RATES) == {"lines": 2, "amount": 10.0}
    assert invoices.total(Invoice([{"price": 1}]), rates=RATES) == {"lines": 1, "amount": 0.5}
    assert invoices.total({"lines": [], "currency": None}, RATES) == {"lines": 0, "amount": 0.0}
    assert invoices.totals([Invoice()], RATES) == [{"lines": 0, "amount": 0.0}]


def test_a_class_of_pyo3_inside_a_struct_of_convert_core():
    agreed = {"lines": [{"price": 1}], "currency": "USD", "rates": Rates({"USD": 2})}
    assert len(agreed["rates"]) == 1
    assert invoices.total(agreed, RATES)["amount"] == 2.0
    with pytest.raises(TypeError, match=r"Invoice: rates: .*Rates"):
        invoices.total({**agreed, "rates": {"USD": 2}}, RATES)


def test_errors_name_the_place():
    wrong = [Invoice(), {"lines": [{"price": "1"}, {"quantity": -1}], "currency": 7}]
    with pytest.raises(TypeError) as raised:
        invoices.totals(wrong, RATES)
    assert str(raised.value) == (
        "4 errors\n"
        "  [1].lines[0].price: expected float, got str\n"
        "  [1].lines[1].price: key is missing, expected float\n"
        "  [1].lines[1].quantity: expected int in 0..=4294967295, got -1\n"
        "  [1].currency: expected str | None, got int"
    )
    assert raised.value.loc == (1, "lines", 0, "price")
    with pytest.raises(TypeError) as raised:
        invoices.total({"lines": [{"price": "1"}], "currency": None}, RATES)
    assert str(raised.value) == "Invoice: lines[0].price: expected float, got str"
    if sys.version_info >= (3, 11):
        assert raised.value.__notes__ == ["while processing 'invoice'"]


def test_exceptions_go_through():
    class Hostile:
        @property
        def lines(self):
            raise KeyboardInterrupt("stop")

    with pytest.raises(KeyboardInterrupt, match="stop"):
        invoices.total(Hostile(), RATES)
    with pytest.raises(invoices.UnknownCurrency, match="EUR"):
        invoices.total(Invoice(currency="EUR"), RATES)


def test_serde_reads():
    customers = [{"customerId": 7, "country": "JP"}, {"customerId": 2**63}, {"customerId": 1}]
    assert invoices.by_country(customers) == {"": [2**63, 1], "JP": [7]}
    with pytest.raises(TypeError, match=r"\[1\].customerId: expected int, got str"):
        invoices.by_country([customers[0], {"customerId": "1"}])
