"""Where a list stands that other databases follow, with a mark by which they tell whether it went on from there.

The lists are only added to, and every line has its moment: who gives a number with the mark of its line holds what the
record held then. After a backup was restored, or a database was set back by other means, the line of that number is
another one or none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, select

from diembao.core.bulk import LINEAGE, Followed, Place
from diembao.store.case_tables import case_log
from diembao.store.register_tables import register_steps
from diembao.store.room import Room
from diembao.store.tables import facts, log

_SHOWN: Final = 16  # hexadecimal digits of a mark
_LINEAGE: Final = select(facts.c.value).where(facts.c.name == LINEAGE)


def _lines(
    number: ColumnElement[int], about: ColumnElement[str], at: ColumnElement[datetime]
) -> tuple[Select[Any], ...]:
    """The last line, and the one of a number, each with the lineage. Built once: that costs as much as running it."""
    line = select(number, about, at, _LINEAGE.scalar_subquery())
    return line.order_by(number.desc()).limit(1), line.where(number == bindparam("number"))


_LINES: Final = {
    Followed.ARTICLES: _lines(log.c.number, log.c.article_id, log.c.at),
    Followed.CASES: _lines(case_log.c.id, case_log.c.case, case_log.c.at),
    Followed.REGISTER: _lines(register_steps.c.id, register_steps.c.subject, register_steps.c.at),
}


class Following(Room):
    """The part of the store that is followed (`diembao.core.bulk.Bulk`)."""

    def place_followed(self, what: Followed, number: int | None = None) -> Place | None:
        last, this = _LINES[what]
        with self._database.reading() as connection:
            asked = (last, {}) if number is None else (this, {"number": number})
            line = connection.execute(*asked).first()
            if line is None and number:
                return None
            return _place(what, line or (0, "", None, connection.scalar(_LINEAGE)))


def _place(what: Followed, line: Sequence[Any]) -> Place:
    number, about, moment, lineage = line
    told = f"{lineage or ''}:{what.value}:{number}:{about}:{moment.isoformat() if moment else ''}"
    return Place(number, f"{number}-{hashlib.sha256(told.encode()).hexdigest()[:_SHOWN]}")
