"""Several provinces in one installation: through whose eyes record and index are seen.

What was published is everybody's: an article, its outlet, its story. What is made of it is one province's: labels
about it, corrections, counts, saved searches, alerts, cases, what is told of its plan.

In the record such things bear the province's id. In the index the values of four fields do (`PROVINCIAL`): those of
the province that an index was first made for stand plain, others bear their province before them, so that an index
serves any set of provinces, and a province more is a few values more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from diembao.core.article import Kind, Labelled
from diembao.core.errors import WrongUse
from diembao.core.query import Bool, Query, Terms

if TYPE_CHECKING:
    from diembao.core.record import Store

PROVINCIAL: Final = ("relevance", "place", "theme", "stance")
_BETWEEN: Final = ":"  # a province's id and a value; neither has one
_NOBODY: Final = _BETWEEN  # a value that no document has
_ALL: Final = 10_000  # buckets that an index gives at most


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose eyes: what is written bears ``province``, and unless ``everything`` is seen, only what bears it is read.

    ``about`` are what labels may be about (the provinces that a profile judges, and where its places lie); None: all
    labels are seen, and all coverage. ``code`` stands in the numbers of its cases; empty: it needs none.
    """

    province: str = ""
    everything: bool = True
    about: frozenset[str] | None = None
    code: str = ""


EVERYBODY: Final = Scope()


class Viewing(Protocol):
    """The part of the store that shows it through other eyes."""

    def seen_by(self, scope: Scope) -> Store:
        """The same record; closing one closes all."""

    def adopt(self, province: str) -> None:
        """What was kept before things belonged to a province is this one's."""


@dataclass(frozen=True, slots=True)
class Viewed:
    """One province as the index has it. ``plain``: its values stand without its name. ``judged`` are the ids its labels
    are about: its own, and that of the former province whose plan it carries on.
    """

    province: str
    judged: tuple[str, ...]
    plain: bool

    def value(self, key: str) -> str:
        """A label's key as the index holds it."""
        return key if self.plain else f"{self.province}{_BETWEEN}{key}"

    def key(self, value: str) -> str | None:
        """The other way; None: it is another province's."""
        if self.plain:
            return None if _BETWEEN in value else value
        return value.removeprefix(f"{self.province}{_BETWEEN}") if value.startswith(self.value("")) else None

    # -- a document
    def keywords(self, item: Labelled) -> dict[str, tuple[str, ...]]:
        """What an article's document holds of this province."""
        held = {
            "relevance": item.keys(Kind.RELEVANCE, self.province),
            "place": tuple(
                x.about for x in item.labels if x.kind is Kind.RELEVANCE and x.key != "no" and x.about in self.judged
            ),
            "theme": item.keys(Kind.THEME, self.province),
            "stance": item.keys(Kind.STANCE, self.province)[:1],  # the one that a screen shows
        }
        return {name: tuple(map(self.value, keys)) for name, keys in held.items()}

    # -- a question
    def query(self, query: Query) -> Query:
        """The same, asked of this province; a value that names another one finds nothing."""
        match query:
            case Terms() if query.field in PROVINCIAL:
                values = (self.value(each) if _BETWEEN not in each else _NOBODY for each in query.values)
                return Terms(query.field, tuple(dict.fromkeys(values)))
            case Bool():
                parts = (tuple(map(self.query, part)) for part in (query.must, query.should, query.must_not))
                return Bool(*parts)
            case _:
                return query

    def aggregations(self, aggs: Mapping[str, Any]) -> dict[str, Any]:
        """The same, asked so that `answer` can find this province's buckets among all.

        Raises:
            WrongUse: something that cannot be asked of one province.
        """
        return {name: self._asked(name, body) for name, body in aggs.items()}

    def _asked(self, name: str, body: Any) -> Any:  # noqa: ANN401 (what is no aggregation, the index refuses)
        if not isinstance(body, Mapping):
            return body
        asked = {
            key: self.aggregations(part) if key in _WITHIN and isinstance(part, Mapping) else part
            for key, part in body.items()
        }
        field = _provincial(body)
        if field is None:
            return asked
        if "terms" not in asked or asked["terms"].keys() & {"missing", "order"}:
            msg = f"aggregation '{name}': of the field '{field}' only terms can be asked, the largest first"
            raise WrongUse(msg)
        return {**asked, "terms": {**asked["terms"], "size": _ALL}}

    def answer(self, aggs: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
        """An index's answer to what `aggregations` made of ``aggs``, as this province's own."""
        return {name: self._answered(aggs[name], body) for name, body in found.items()}

    def _answered(self, asked: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        within: Mapping[str, Any] = next((asked[key] for key in _WITHIN if key in asked), {})
        if "buckets" not in body:
            return dict(body)
        buckets = [{**each, **self.answer(within, {name: each[name] for name in within})} for each in body["buckets"]]
        if _provincial(asked) is None:
            return {**body, "buckets": buckets}
        own = [{**each, "key": key} for each in buckets if (key := self.key(str(each["key"]))) is not None]
        size = asked["terms"].get("size", 10)
        left = sum(int(each["doc_count"]) for each in own[size:])
        return {**body, "buckets": own[:size], "sum_other_doc_count": left}


_WITHIN: Final = ("aggs", "aggregations")


def _provincial(body: Mapping[str, Any]) -> str | None:
    """The provincial field that an aggregation asks about; None: none."""
    parts = (part for key, part in body.items() if key not in _WITHIN and isinstance(part, Mapping))
    return next((field for part in parts if (field := part.get("field")) in PROVINCIAL), None)


def seen(items: Sequence[Labelled], scope: Scope) -> list[Labelled]:
    """The articles with the labels that this scope sees."""
    if scope.about is None:
        return list(items)
    allowed = scope.about | {""}
    return [replace(item, labels=tuple(x for x in item.labels if x.about in allowed)) for item in items]
