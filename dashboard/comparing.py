"""What *Hiệu quả* compares: statements of a period with the coverage before and after each, by one measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard.desk import stating
from diembao.core.statement_list import Stage, StatementLine, StatementQuery
from diembao.pipeline.wiring import Installation
from diembao.response.effect import Effect, Ratio, Side, effect_of

PERIODS: Final[Mapping[str, int]] = {"30d": 30, "90d": 90, "365d": 365, "all": 0}  # days back; 0: everything
AT_FIRST: Final = "365d"
MEASURES: Final = ("coverage", "critical", "repeats")
MOST: Final = 60  # statements that are compared at once, the newest


@dataclass(frozen=True, slots=True)
class Compared:
    """``statements`` were issued in the period; of ``done`` those that are compared, the newest first."""

    statements: int
    done: tuple[tuple[StatementLine, Effect], ...]


def asked_for(name: str, known: Sequence[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in known else ""


def query(now: datetime) -> StatementQuery:
    """What was issued in the period, of what the reader may see."""
    days = PERIODS[asked_for("period", tuple(PERIODS)) or AT_FIRST]
    everything = stating.query("all", "", None)
    return StatementQuery(
        (Stage.ISSUED, Stage.REPLACED), sight=everything.sight, since=now - timedelta(days=days) if days else None
    )


def compared(house: Installation, asked: StatementQuery, hour: datetime, _memory: tuple[int, int]) -> Compared:
    """The first issue of each case counts: a further answer falls into what comes after it."""
    lines = [line for line in house.store.statement_lines(asked, limit=10 * MOST)[1] if line.issue == 1]
    done: list[tuple[StatementLine, Effect]] = []
    for line in lines[:MOST]:
        found = house.store.case_file(line.case)
        effect = effect_of(house.store, found, house.profile.id, house.profile.timezone, hour) if found else None
        if effect is not None:
            done.append((line, effect))
    return Compared(len(lines), tuple(done))


def measure() -> str:
    return asked_for("of", MEASURES) or MEASURES[0]


def ratio_of(effect: Effect) -> Ratio | None:
    found: Ratio | None = getattr(effect, measure())
    return found


def count(side: Side) -> int:
    found: int = getattr(side, {"coverage": "texts"}.get(measure(), measure()))
    return found
