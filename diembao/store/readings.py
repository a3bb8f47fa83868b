"""What pages said of themselves, kept beside their words (`core.reading`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, delete, exists, insert, or_, select

from diembao.core.article import DateFrom, Kind, Label
from diembao.core.reading import DateSaid, Extent, Form, Reading, Twin
from diembao.store.columns import at_offset, offset_of
from diembao.store.labels import set_labels
from diembao.store.reading_tables import dates_said, editions
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import articles, labels

BY = "rules"
_PART = (
    select(labels.c.id)
    .where(labels.c.article_id == bindparam("the"), labels.c.kind == Kind.EXTENT, labels.c.ended_at.is_(None))
    .limit(1)
)
_other = articles.alias("other")
KINDS = (Kind.EXTENT, Kind.FORM)


def keep_reading(connection: Connection, article_id: str, revision: int, reading: Reading, now: datetime) -> bool:
    """In place of what the reading before said. True: it says something else of how much there is."""
    changed = set_labels(connection, KINDS, {article_id: _labels(article_id, revision, reading)}, now=now)
    connection.execute(delete(dates_said).where(dates_said.c.article_id == article_id))
    if reading.dates:
        connection.execute(insert(dates_said), [_said(article_id, n, each) for n, each in enumerate(reading.dates)])
    connection.execute(delete(editions).where(editions.c.article_id == article_id))
    if reading.editions:
        told = {each.id: each for each in reading.editions}
        named = [
            {"article_id": article_id, "edition": x.id, "url": x.url, "language": x.language} for x in told.values()
        ]
        connection.execute(insert(editions), named)
    return bool(changed)


def is_part(connection: Connection, article_id: str) -> bool:
    """Is what we have of this article known to be a part of it?"""
    return connection.scalar(_PART, {"the": article_id}) is not None


def _labels(article_id: str, revision: int, reading: Reading) -> list[Label]:
    found = []
    if reading.extent is not Extent.WHOLE:
        found.append(Label(article_id, Kind.EXTENT, reading.extent, revision=revision, by=BY, why=reading.why))
    if reading.form is not Form.ARTICLE:
        found.append(Label(article_id, Kind.FORM, reading.form, revision=revision, by=BY))
    return found


def _said(article_id: str, turn: int, said: DateSaid) -> dict[str, object]:
    return {
        "article_id": article_id,
        "place": said.where,
        "turn": turn,
        "at": said.at,
        "at_offset": offset_of(said.at),
        "raw": said.raw,
        "refused": said.refused,
    }


class ReadingsRoom(Room):
    """The part of the store that says it again."""

    @kept
    def dates_said(self, article_id: str) -> Sequence[DateSaid]:
        query = select(dates_said).where(dates_said.c.article_id == article_id).order_by(dates_said.c.turn)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        found = ((row, at_offset(row.at, row.at_offset)) for row in rows)
        return [DateSaid(DateFrom(row.place), at, row.raw, row.refused) for row, at in found if at is not None]

    def twins(self, ids: Iterable[str]) -> Sequence[Twin]:
        return self._twins_of(tuple(sorted(set(ids))))

    @kept
    def _twins_of(self, ids: Sequence[str]) -> Sequence[Twin]:
        found: dict[tuple[str, str], Twin] = {}
        with self._database.reading() as connection:
            for part in chunks(ids):
                for row in connection.execute(_twins(part)):
                    found.setdefault((row.article_id, row.edition), Twin(row.article_id, row.edition, row.language))
                    found.setdefault((row.edition, row.article_id), Twin(row.edition, row.article_id, row.own))
        wanted = set(ids)
        return [twin for _, twin in sorted(found.items()) if twin.article in wanted]


def _twins(ids: Sequence[str]) -> Select[str, str, str, str]:
    """Both are here: the one by its key, the other because it is asked for."""
    return (
        select(editions.c.article_id, editions.c.edition, editions.c.language, articles.c.language.label("own"))
        .join(articles, articles.c.id == editions.c.article_id)
        .where(
            or_(editions.c.article_id.in_(ids), editions.c.edition.in_(ids)),
            exists().where(_other.c.id == editions.c.edition),
        )
    )
