"""The ledger's reasons in the reader's words."""

from __future__ import annotations

from dashboard.texts import Words
from diembao.core import reasons
from diembao.core.reasons import REASONS

__all__ = ["REASONS", "reason"]


def reason(written: str, say: Words) -> str:
    return reasons.reason(written, say.language)
