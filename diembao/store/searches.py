"""Saved searches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.errors import WrongUse
from diembao.core.query_words import bare
from diembao.core.saved import SavedSearch
from diembao.store.asked_tables import saved_searches
from diembao.store.audit import append
from diembao.store.room import Room, kept
from diembao.store.upsert import upsert


class Searches(Room):
    """The part of the store that `diembao searches` and the dashboard change (`diembao.core.saved.SavedSearches`)."""

    @kept
    def saved_searches(self) -> Sequence[SavedSearch]:
        own = self._own(saved_searches.c.province)
        with self._database.reading() as connection:
            rows = connection.execute(select(saved_searches).where(own).order_by(saved_searches.c.key)).all()
        return [SavedSearch(row.name, row.query, row.version, row.by, row.at) for row in rows]

    def save_search(self, search: SavedSearch, *, replace: bool = False, by: Hand = CONSOLE) -> None:
        told = {
            "name": search.name,
            "query": search.query,
            "version": search.version,
            "by": search.by,
            "at": search.at,
        }
        adding = upsert(saved_searches).values(province=self._scope.province, key=search.key, **told)
        with self._database.writing() as connection:
            if replace:
                connection.execute(adding.or_update(["province", "key"], told))
            elif connection.scalar(adding.or_nothing(["province", "key"]).returning(saved_searches.c.key)) is None:
                raise WrongUse(
                    f"Đã có câu tìm tên “{search.name}”; hãy chọn tên khác hoặc thay câu cũ "
                    f"(there is a search '{search.name}' already; choose another name, or replace it)"
                )
            append(connection, by.actor, "search.save", f"search:{search.name}", where=by.where, now=search.at)

    def remove_search(self, name: str, *, now: datetime, by: Hand = CONSOLE) -> None:
        its = self._own(saved_searches.c.province), saved_searches.c.key == bare(name)
        with self._database.writing() as connection:
            if connection.execute(delete(saved_searches).where(*its)).rowcount == 0:
                raise WrongUse(f"Không có câu tìm tên “{name}” (there is no search '{name}')")
            append(connection, by.actor, "search.remove", f"search:{name}", where=by.where, now=now)
