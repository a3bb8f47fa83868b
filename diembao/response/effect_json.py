"""The effect of an answer as the API and `--json` tell it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from diembao.response.effect import Effect

_NONE: Final[dict[str, Any]] = {
    "issue": None,
    "issued_at": None,
    "days": 0,
    "weeks": False,
    "before": None,
    "after": None,
    "coverage": None,
    "critical": None,
    "repeats": None,
    "by_day": [],
}


def as_json(case: str, found: Effect | None) -> dict[str, Any]:
    """Before anything was issued there is no effect, and no period."""
    return {"case": case, **(_NONE if found is None else asdict(found))}
