"""Articles as screens, index and steps read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from diembao.core import provinces
from diembao.core.article import (
    LISTED,
    Article,
    DateFrom,
    Kind,
    Labelled,
    Relevance,
    Revision,
    Role,
    TextFrom,
    in_force,
)
from diembao.store.asked import asked_ids, asked_in
from diembao.store.columns import at_offset
from diembao.store.labels import standing
from diembao.store.overview import StoredInAll
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import articles, labels, revisions

# Ids read at a time by `article_ids`: each page is a short transaction of its own, so that a long walk
# does not keep SQLite from folding its WAL back.
PAGE = 2000

_MADE_OF = (  # in the order in which an `Article` is made, with the offset of its time last
    articles.c.id,
    articles.c.url,
    articles.c.outlet,
    revisions.c.title,
    revisions.c.lead,
    revisions.c.text,
    articles.c.text_from,
    articles.c.language,
    articles.c.published_at,
    articles.c.published_from,
    articles.c.seen_at,
    articles.c.revision,
    articles.c.revised_at,
    revisions.c.response,
    articles.c.published_offset,
)


def _current(*columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .join(revisions, and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision))
        .where(asked_in(articles.c.id))
    )


_WHOLE = _current(*_MADE_OF)
_BEGINNING = _current(
    *(func.substr(each, 1, LISTED).label("text") if each is revisions.c.text else each for each in _MADE_OF)
)
_HEAD = _current(*(literal("").label("text") if each is revisions.c.text else each for each in _MADE_OF))
_TEXT_FROM = {each.value: each for each in TextFrom}
_DATE_FROM = {each.value: each for each in DateFrom}


def _article(row: Sequence[Any]) -> Article:
    key, url, outlet, title, lead, text, text_from, language, at, at_from, seen, number, revised, response, offset = row
    when = at_offset(at, offset)
    source, known = _TEXT_FROM[text_from], _DATE_FROM[at_from]
    return Article(key, url, outlet, title, lead, text, source, language, when, known, seen, number, revised, response)


def _labelled(connection: Connection, asked: Select[Any], ids: Sequence[str]) -> list[Labelled]:
    """Two queries for each chunk of ids."""
    distinct = list(dict.fromkeys(ids))
    found: dict[str, Article] = {}
    for part in chunks(distinct):
        for row in connection.execute(asked, asked_ids(part)).all():
            found[row[0]] = _article(row)
    given = standing(connection, list(found))
    return [Labelled(found[article_id], in_force(given[article_id])) for article_id in ids if article_id in found]


# Among the standing labels of one (article, kind, about) the one that counts is a person's before a
# machine's, then the one of the highest score, then the first by key: as `Labelled.key` has it.
TOP = labels.alias("top")
_other = labels.alias("other")
IS_TOP = ~exists().where(
    _other.c.article_id == TOP.c.article_id,
    _other.c.kind == TOP.c.kind,
    _other.c.about == TOP.c.about,
    _other.c.ended_at.is_(None),
    or_(
        _other.c.by_person > TOP.c.by_person,
        and_(
            _other.c.by_person == TOP.c.by_person,
            or_(
                _other.c.score > TOP.c.score,
                and_(_other.c.score == TOP.c.score, _other.c.key < TOP.c.key),
                and_(_other.c.score == TOP.c.score, _other.c.key == TOP.c.key, _other.c.id < TOP.c.id),
            ),
        ),
    ),
)


def _published(start: datetime, end: datetime, about: str) -> Select[str]:
    return (
        select(articles.c.id)
        .join(TOP, TOP.c.article_id == articles.c.id)
        .where(
            articles.c.sorted_at >= start,
            articles.c.sorted_at < end,
            TOP.c.ended_at.is_(None),
            TOP.c.kind == Kind.RELEVANCE,
            TOP.c.about == about,
            TOP.c.key.in_((Relevance.YES, Relevance.PART)),
            IS_TOP,
        )
        .order_by(articles.c.sorted_at, articles.c.id)
    )


_MEMBERS = (
    select(TOP.c.key, articles.c.id)
    .join(articles, TOP.c.article_id == articles.c.id)
    .where(
        TOP.c.kind == literal_column(f"'{Kind.STORY}'"),  # a literal, so that the partial index serves
        TOP.c.ended_at.is_(None),
        asked_in(TOP.c.key),
        IS_TOP,
    )
)
_IN_ORDER = _MEMBERS.order_by(articles.c.sorted_at, articles.c.id)
_STANDING_IN = (
    select(articles.c.id, articles.c.sorted_at, articles.c.published_offset, TOP.c.key)
    .select_from(articles)
    .outerjoin(
        TOP,
        and_(
            TOP.c.article_id == articles.c.id,
            TOP.c.kind == literal_column(f"'{Kind.STORY}'"),
            TOP.c.ended_at.is_(None),
            IS_TOP,
        ),
    )
    .where(asked_in(articles.c.id))
)


def coverage(connection: Connection, ids: Sequence[str], province: str) -> set[str]:
    """Those of these articles that are about the province, or in part."""
    about = select(TOP.c.article_id).where(
        TOP.c.ended_at.is_(None),
        TOP.c.kind == Kind.RELEVANCE,
        TOP.c.about == province,
        TOP.c.key.in_((Relevance.YES, Relevance.PART)),
        IS_TOP,
    )
    return {each for part in chunks(ids) for each in connection.scalars(about.where(TOP.c.article_id.in_(part)))}


_COPIES = select(TOP.c.article_id).where(
    asked_in(TOP.c.article_id),
    TOP.c.kind == Kind.ROLE,
    TOP.c.key == Role.COPY,
    TOP.c.ended_at.is_(None),
    IS_TOP,
)


def _headlines() -> Select[str, str]:
    """A person may have moved an article since its story was made: it heads only the story it is in."""
    heads, members = labels.alias("heads"), _MEMBERS.subquery()
    return (
        select(members.c.key, members.c.id)
        .join(heads, and_(heads.c.article_id == members.c.id, heads.c.key == members.c.key))
        .where(heads.c.kind == Kind.HEADLINE, heads.c.ended_at.is_(None))
    )


_HEADLINES = _headlines()


class Articles(Room):
    """The part of the store that answers questions about articles."""

    _counted: StoredInAll

    def articles(self, ids: Sequence[str]) -> Sequence[Labelled]:
        with self._database.reading() as connection:
            return provinces.seen(_labelled(connection, _WHOLE, ids), self._scope)

    @kept
    def rows(self, ids: Sequence[str]) -> Sequence[Labelled]:
        with self._database.reading() as connection:
            return provinces.seen(_labelled(connection, _BEGINNING, ids), self._scope)

    @kept
    def heads(self, ids: Sequence[str]) -> Sequence[Labelled]:
        with self._database.reading() as connection:
            return provinces.seen(_labelled(connection, _HEAD, ids), self._scope)

    @kept
    def article(self, article_id: str) -> Labelled | None:
        return next(iter(self.articles([article_id])), None)

    def article_ids(self) -> Iterator[str]:
        """Also those that are stored while one reads."""
        last = 0
        while True:
            with self._database.reading() as connection:
                page = connection.execute(
                    select(articles.c.number, articles.c.id)
                    .where(articles.c.number > last)
                    .order_by(articles.c.number)
                    .limit(PAGE)
                ).all()
            if not page:
                return
            yield from (article_id for _, article_id in page)
            last = page[-1].number

    @kept
    def revisions(self, article_id: str) -> Sequence[Revision]:
        query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
        with self._database.reading() as connection:
            return [
                Revision(row.article_id, row.number, row.title, row.lead, row.text, row.seen_at, row.response)
                for row in connection.execute(query)
            ]

    @kept
    def story_headlines(self, stories: Sequence[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for part in chunks(sorted(set(stories))):
                found.update((row.key, row.id) for row in connection.execute(_HEADLINES, asked_ids(part)))
        return found

    @kept
    def story_sizes(self, stories: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        return self.sizes_of(self.story_members(stories))

    @kept
    def sizes_of(self, members: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[int, int]]:
        copies: set[str] = set()
        with self._database.reading() as connection:
            for part in chunks([each for ids in members.values() for each in ids]):
                copies.update(connection.scalars(_COPIES, asked_ids(part)))
        return {story: (len(ids), len(ids) - len(copies.intersection(ids))) for story, ids in members.items()}

    @kept
    def story_members(self, stories: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Every story asked for is a key; one without members has none."""
        members: dict[str, list[str]] = {story: [] for story in stories}
        with self._database.reading() as connection:
            for part in chunks(list(members)):
                for story, article_id in connection.execute(_IN_ORDER, asked_ids(part)):
                    members[story].append(article_id)
            if self._scope.about is None:
                return members
            own = coverage(connection, [each for ids in members.values() for each in ids], self._scope.province)
        return {story: [each for each in ids if each in own] for story, ids in members.items()}

    @kept
    def story_places(self, ids: Sequence[str]) -> Mapping[str, tuple[datetime, str]]:
        found: dict[str, tuple[datetime, str]] = {}
        with self._database.reading() as connection:
            for part in chunks(ids):
                for article_id, when, offset, story in connection.execute(_STANDING_IN, asked_ids(part)).all():
                    found[article_id] = at_offset(when, offset) or when, story or ""
        return found

    def published_between(self, start: datetime, end: datetime, *, about: str) -> Sequence[str]:
        with self._database.reading() as connection:
            return connection.scalars(_published(start, end, about)).all()

    @kept
    def size(self) -> int:
        with self._database.reading() as connection:
            return self._counted.read(connection)
