"""Invoices in several currencies: what each comes to."""

from invoices._native import Rates, UnknownCurrency, by_country, total, totals

__all__ = ["Rates", "UnknownCurrency", "by_country", "total", "totals"]
