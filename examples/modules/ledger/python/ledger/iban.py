"""Account numbers."""

from ledger._native.iban import is_valid

__all__ = ["is_valid"]
