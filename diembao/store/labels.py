"""Labels: given, ended, never changed. A person's are touched by people only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from diembao.core.article import NO_THEME, ONE_THEME, Kind, Label, Relevance, Role, Stance, in_force
from diembao.core.errors import WrongUse
from diembao.core.ports import Event
from diembao.store.asked import asked_ids, asked_in
from diembao.store.audit import append
from diembao.store.log import announce
from diembao.store.room import Room, chunks, kept
from diembao.store.tables import articles, labels

# Decimal places of a score. What differs only beyond them is the same judgement, so that a model on
# another machine does not rewrite every label.
SCORE_PLACES = 4

_MANY_KEYS = (Kind.THEME, Kind.PLACE, *ONE_THEME)  # the other kinds have one key at a time
_KINDS = {kind.value: kind for kind in Kind}  # looked up: calling an enum costs as much as making a label
_KEYS = {Kind.RELEVANCE: Relevance, Kind.STANCE: Stance, Kind.ROLE: Role}

# Statements of the hot path are built once: building one costs as much as running it.
_STANDING = labels.c.ended_at.is_(None)
_MADE_OF = (  # in the order in which a `Label` is made
    labels.c.article_id,
    labels.c.kind,
    labels.c.key,
    labels.c.about,
    labels.c.revision,
    labels.c.score,
    labels.c.given_by,
    labels.c.why,
    labels.c.at,
)
_ALL = select(*_MADE_OF).where(asked_in(labels.c.article_id), _STANDING).order_by(labels.c.id)
_MACHINES = select(
    labels.c.id,
    labels.c.article_id,
    *(labels.c.kind, labels.c.key, labels.c.about, labels.c.score, labels.c.given_by, labels.c.why, labels.c.revision),
).where(
    asked_in(labels.c.article_id),
    labels.c.kind.in_(bindparam("kinds", expanding=True)),
    labels.c.by_person.is_(False),
    _STANDING,
)
_PEOPLES = (
    (labels.c.article_id == bindparam("of_article"))
    & labels.c.kind.in_(bindparam("of_kinds", expanding=True))
    & (labels.c.about == bindparam("of_province"))
    & labels.c.by_person.is_(True)
    & _STANDING
)
_GIVE = insert(labels)
_END = update(labels).where(labels.c.id == bindparam("the"))
_END_PEOPLES = update(labels).where(_PEOPLES)
_END_SINGLE = update(labels).where(_PEOPLES, labels.c.key.in_(bindparam("of_keys", expanding=True)))


def set_labels(
    connection: Connection, kinds: Sequence[Kind], given: Mapping[str, Sequence[Label]], *, now: datetime
) -> set[str]:
    """Make the machine's standing labels of these kinds be those given, of each article: what stays the same is not
    touched. The articles of which anything changed.

    Raises:
        WrongUse: a label of another article or kind, or a person's; an unknown article.
    """
    for article_id, labels_of in given.items():
        for label in labels_of:
            _check_machine(label, article_id, kinds)
    wanted = {article_id: {_judgement(x): x for x in labels_of} for article_id, labels_of in given.items()}
    standing = _standing(connection, list(given), kinds)
    ended = {number: one for one, found in standing.items() for j, number in found.items() if j not in wanted[one]}
    added = [label for one, asked in wanted.items() for j, label in asked.items() if j not in standing[one]]
    if ended:
        connection.execute(_END, [{"the": number, "ended_at": now} for number in ended])
    if added:
        connection.execute(_GIVE, [_values(label, now) for label in added])
    return {*ended.values(), *(label.article_id for label in added)}


_Judgement = tuple[str, str, str, float, str, str, int]


def _judgement(label: Label) -> _Judgement:
    score = round(label.score, SCORE_PLACES)
    return (label.kind.value, label.key, label.about, score, label.by, label.why, label.revision)


def _check_machine(label: Label, article_id: str, kinds: Sequence[Kind]) -> None:
    if label.article_id != article_id or label.kind not in kinds:
        raise WrongUse(f"a label {label.kind} of {label.article_id} among those of {article_id} for {kinds}")
    if label.by_person:
        raise WrongUse(f"{label.by} is a person: people correct, machines set")


def _standing(connection: Connection, ids: Sequence[str], kinds: Sequence[Kind]) -> dict[str, dict[_Judgement, int]]:
    found: dict[str, dict[_Judgement, int]] = {article_id: {} for article_id in ids}
    for part in chunks(ids):
        for number, article_id, *judgement in connection.execute(_MACHINES, {"kinds": list(kinds)} | asked_ids(part)):
            kind, key, about, score, *rest = judgement
            found[article_id][kind, key, about, round(score, SCORE_PLACES), *rest] = number
    return found


def _values(label: Label, now: datetime) -> dict[str, Any]:
    return {
        "article_id": label.article_id,
        "kind": label.kind,
        "key": label.key,
        "about": label.about,
        "revision": label.revision,
        "score": round(label.score, SCORE_PLACES),
        "given_by": label.by,
        "by_person": label.by_person,
        "why": label.why,
        "at": now,
    }


def as_label(row: Row[Any]) -> Label:
    return Label(
        row.article_id, _KINDS[row.kind], row.key, row.about, row.revision, row.score, row.given_by, row.why, row.at
    )


def standing(connection: Connection, ids: Sequence[str]) -> dict[str, list[Label]]:
    """Every label that has not ended, by article, in the order in which they were given."""
    found: dict[str, list[Label]] = {article_id: [] for article_id in ids}
    for part in chunks(ids):
        for article_id, kind, *rest in connection.execute(_ALL, asked_ids(part)).all():
            found[article_id].append(Label(article_id, _KINDS[kind], *rest))
    return found


def story_of(given: Sequence[Label]) -> str | None:
    """The story that counts among an article's standing labels, as `Labelled.key` has it."""
    stories = [label for label in in_force(given) if label.kind is Kind.STORY]
    return min(stories, key=lambda label: (-label.score, label.key)).key if stories else None


class Labels(Room):
    """The part of the store where people judge, and where every judgement can be looked up."""

    @kept
    def label_history(self, article_id: str) -> Sequence[tuple[Label, datetime | None]]:
        query = select(labels).where(labels.c.article_id == article_id).order_by(labels.c.id.desc())
        with self._database.reading() as connection:
            given = [(as_label(row), row.ended_at) for row in connection.execute(query)]
        about = self._scope.about
        return [each for each in given if about is None or not each[0].about or each[0].about in about]

    def people_labels(self, kinds: Sequence[Kind], about: str) -> Sequence[Label]:
        query = (
            select(labels)
            .where(labels.c.by_person.is_(True), _STANDING, labels.c.kind.in_(kinds), labels.c.about == about)
            .order_by(labels.c.id.desc())
        )
        with self._database.reading() as connection:
            return [as_label(row) for row in connection.execute(query)]

    def correct(  # noqa: PLR0913 (the door's)
        self,
        article_id: str,
        kind: Kind,
        about: str,
        keys: Sequence[str],
        *,
        by: str,
        why: str,
        now: datetime,
        where: str = "",
    ) -> None:
        """Every earlier judgement of people on this (article, kind, about) ends, whoever gave it; of a word on single
        themes what people said of just these, of all themes the words on single ones too.

        Raises:
            WrongUse: not a person, an unknown article, or keys that this kind cannot have.
        """
        check_person(by)
        checked = _checked_keys(kind, keys)
        with self._database.writing() as connection:
            revision = _revision(connection, article_id)
            _end_earlier(connection, article_id, kind, about, checked, by=by, now=now)
            given = [Label(article_id, kind, key, about, revision, 1.0, by, why) for key in checked]
            connection.execute(_GIVE, [_values(label, now) for label in given])
            announce(connection, Event.PERSON_LABEL, [article_id], now=now)
            said = {"kind": kind.value, "about": about, "keys": checked, "why": why, "revision": revision}
            append(connection, by, "label.correct", f"article:{article_id}", where=where, now=now, **said)

    def retract(self, article_id: str, kind: Kind, about: str, *, by: str, now: datetime, where: str = "") -> None:
        """Where people gave none, nothing happens and nothing is logged.

        Raises:
            WrongUse: not a person, or an unknown article.
        """
        check_person(by)
        with self._database.writing() as connection:
            _revision(connection, article_id)
            if _end_people(connection, article_id, kind, about, by=by, now=now):
                announce(connection, Event.PERSON_LABEL, [article_id], now=now)
                said = {"kind": kind.value, "about": about}
                append(connection, by, "label.retract", f"article:{article_id}", where=where, now=now, **said)


def check_person(by: str) -> None:
    """Raises:
    WrongUse: it is a machine.
    """
    if not by.removeprefix("person:").strip() or not by.startswith("person:"):
        raise WrongUse(
            f"“{by}” không phải là người: phải là 'person:' và số tài khoản"
            f" ('{by}' is not a person: it begins with 'person:' and names the account)"
        )


def _checked_keys(kind: Kind, keys: Sequence[str]) -> list[str]:
    """The keys, each once; "none" where a person says that no theme fits."""
    if kind is Kind.THEME and not keys:
        return [NO_THEME]
    distinct = list(dict.fromkeys(keys))
    allowed = _KEYS.get(kind)
    if allowed is not None and not set(distinct) <= {key.value for key in allowed}:
        known, given = ", ".join(key.value for key in allowed), ", ".join(distinct)
        raise WrongUse(f"{kind} là một trong {known}, không phải {given} ({kind} is one of {known}, not {given})")
    alone = len(distinct) == 1 and not (kind in ONE_THEME and NO_THEME in distinct)
    if not alone and (not distinct or kind not in _MANY_KEYS or NO_THEME in distinct):
        given = ", ".join(distinct)
        raise WrongUse(f"{kind} không thể là “{given}” ({kind} cannot be '{given}')")
    return distinct


def _revision(connection: Connection, article_id: str) -> int:
    revision = connection.scalar(select(articles.c.revision).where(articles.c.id == article_id))
    if revision is None:
        raise WrongUse(f"không có bài {article_id} (there is no article {article_id})")
    return int(revision)


def _end_earlier(  # noqa: PLR0913 (the door's)
    connection: Connection, article_id: str, kind: Kind, about: str, keys: Sequence[str], *, by: str, now: datetime
) -> None:
    if kind not in ONE_THEME:
        _end_people(connection, article_id, kind, about, by=by, now=now)
        return
    these = {"of_article": article_id, "of_kinds": list(ONE_THEME), "of_province": about, "of_keys": list(keys)}
    connection.execute(_END_SINGLE, these | {"ended_at": now, "ended_by": by})


def _end_people(connection: Connection, article_id: str, kind: Kind, about: str, *, by: str, now: datetime) -> int:
    """How many labels of people ended. What they say of all themes, or take back, is of the single ones too."""
    kinds = [Kind.THEME, *ONE_THEME] if kind is Kind.THEME else [kind]
    these = {"of_article": article_id, "of_kinds": kinds, "of_province": about}
    return connection.execute(_END_PEOPLES, these | {"ended_at": now, "ended_by": by}).rowcount
