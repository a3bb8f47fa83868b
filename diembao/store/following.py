"""Where a list stands that other databases follow, with a mark by which they tell whether it went on from there.

Both lists are only added to, and every line has its moment: who gives a number with the mark of its line holds what the
record held then. After a backup was restored, or a database was set back by other means, the line of that number is
another one or none.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from diembao.core.bulk import LINEAGE, Followed, Place
from diembao.store.case_tables import case_log
from diembao.store.room import Room
from diembao.store.tables import facts, log

_SHOWN: Final = 16  # hexadecimal digits of a mark
_LINES: Final = {
    Followed.ARTICLES: select(log.c.number, log.c.article_id, log.c.at).order_by(log.c.number.desc()),
    Followed.CASES: select(case_log.c.id, case_log.c.case, case_log.c.at).order_by(case_log.c.id.desc()),
}


class Following(Room):
    """The part of the store that is followed (`diembao.core.bulk.Bulk`)."""

    def place_followed(self, what: Followed, number: int | None = None) -> Place | None:
        asked = _LINES[what]
        if number is not None:
            asked = asked.where(asked.selected_columns[0] == number)
        with self._database.reading() as connection:
            return _place(connection, what, asked, number)


def _place(connection: Connection, what: Followed, asked: Select[Any], number: int | None) -> Place | None:
    line = connection.execute(asked.limit(1)).first()
    if line is None and number:
        return None
    lineage = connection.scalar(select(facts.c.value).where(facts.c.name == LINEAGE)) or ""
    at, about, moment = line or (0, "", None)
    told = f"{lineage}:{what.value}:{at}:{about}:{moment.isoformat() if moment else ''}"
    return Place(at, f"{at}-{hashlib.sha256(told.encode()).hexdigest()[:_SHOWN]}")
