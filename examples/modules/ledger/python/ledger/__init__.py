"""Balances of accounts after deposits, withdrawals and transfers, in cents."""

from ledger._native import Overdrawn, balances

__all__ = ["Overdrawn", "balances"]
