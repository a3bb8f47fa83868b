"""Pieces → tree. They are put in order first, so that every mistake is found with its place; then luqum's grammar
says what binds to what: NOT, then AND (also where nothing is typed), then OR.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core import query_dates as dates
from diembao.core.analysis import has_tokens
from diembao.core.document import FIELDS, Shape
from diembao.core.errors import QueryError, WrongUse
from diembao.core.query import VERSION, All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text
from diembao.core.query_order import Operand, in_order
from diembao.core.query_scan import What, shortened, wrong
from diembao.core.query_words import DAY, NAMED, SAVED, SINCE, TASK, UNIT, UNTIL, VALUES, values_for, values_of
from diembao.core.saved import SavedSearch
from diembao.core.vocabulary import MAX_EXPANSIONS, Vocabulary

_RANGES: Final[dict[str, Callable[[str, datetime, ZoneInfo], dates.Span]]] = {
    SINCE: dates.since,
    UNTIL: dates.until,
    DAY: dates.day,
}


def read(text: str, *, now: datetime, zone: str, words: Vocabulary) -> Query:
    """See ``core.query.parse``."""
    if now.tzinfo is None:
        msg = "now must be an aware datetime"
        raise WrongUse(msg)
    return _read(text, _Asked(now, ZoneInfo(zone), words))


@dataclass(slots=True)
class _Asked:
    """What holds for a query and for the saved searches in it. ``within`` are the saved ones being read, from the
    outside in; ``expanded`` counts all that were.
    """

    now: datetime
    zone: ZoneInfo
    words: Vocabulary
    within: tuple[str, ...] = ()
    expanded: int = 0


def _read(text: str, asked: _Asked) -> Query:
    grammar, operands = in_order(text)
    if not grammar:
        return All()
    from luqum.thread import parse

    return _Reading(operands, asked).node(parse(grammar), "text")


class _Reading:
    """luqum's tree → ours. ``field`` is the name in force: a field of the index, one of the short ranges, or a name
    that the vocabulary knows.
    """

    def __init__(self, operands: tuple[Operand, ...], asked: _Asked) -> None:
        from luqum import tree

        self._operands, self._asked = operands, asked
        self._luqum = tree

    def node(self, node: Any, field: str) -> Query:  # noqa: ANN401  # luqum has no types
        luqum = self._luqum
        if isinstance(node, luqum.Word):
            return self._operand(self._operands[int(node.value[1:])], field)
        if isinstance(node, luqum.SearchField):
            return self.node(node.expr, node.name)
        if isinstance(node, luqum.AndOperation):
            return self._all_of(node.children, field)
        if isinstance(node, luqum.OrOperation):
            return _any_of((self.node(child, field) for child in node.children), field)
        if isinstance(node, luqum.Not):
            return self._all_of((node,), field)
        return self.node(node.children[0], field)  # a group

    def _all_of(self, nodes: Iterable[Any], field: str) -> Query:
        must, must_not = [], []
        for node in nodes:
            if isinstance(node, self._luqum.Not):
                must_not.append(self.node(node.children[0], field))
            else:
                must.append(self.node(node, field))
        return Bool(must=tuple(must), must_not=tuple(must_not))

    def _operand(self, operand: Operand, field: str) -> Query:
        if field in NAMED:
            return self._saved(operand) if field == SAVED else self._themes(operand, field)
        if field in _RANGES or FIELDS[field] is Shape.TIME:
            return self._range(operand, field)
        if FIELDS[field] is Shape.KEYWORD:
            return _terms(operand, field)
        return _text(operand, field)

    def _range(self, operand: Operand, field: str) -> Range:
        span = _RANGES.get(field, dates.between)
        try:
            start, end = span(operand.text, self._asked.now, self._asked.zone)
        except (ValueError, OverflowError):
            wrong(
                f"Không đọc được ngày '{shortened(operand.text)}', xin viết như 21/11/2026, 2026-11-21, hôm_nay, -7d",
                f"no date: '{shortened(operand.text)}'",
                operand.at,
            )
        return Range("published" if field in _RANGES else field, start, end)

    # -- what the installation knows ------------------------------------------------------------------

    def _themes(self, operand: Operand, field: str) -> Query:
        _whole_value(operand)
        found = self._asked.words.themes(field, operand.text)
        if found is None:
            near = self._asked.words.nearest(field, operand.text)
            wrong(f"Không có {_CALLED[field]} '{shortened(operand.text)}'{near}", f"no such {field}", operand.at)
        if not found and not self._asked.words.lenient:
            what = f"{_CALLED[field]} '{shortened(operand.text)}'"
            wrong(f"Không có chủ đề nào thuộc {what}", f"no theme belongs to this {field}", operand.at)
        return Terms("theme", found)

    def _saved(self, operand: Operand) -> Query:
        """The tree of a saved search, in its place."""
        _whole_value(operand)
        asked = self._asked
        search = asked.words.search(operand.text)
        if search is None and asked.words.lenient:
            return All()
        if search is None:
            near = asked.words.nearest(SAVED, operand.text)
            wrong(f"Không có câu đã lưu '{shortened(operand.text)}'{near}", "no such saved search", operand.at)
        self._check(search, operand)
        before, asked.within = asked.within, (*asked.within, search.key)
        try:
            return _read(search.query, asked)
        except QueryError as error:
            if before:  # the outermost name is the one that was typed
                raise
            name, (vietnamese, english) = shortened(search.name), error.said
            inside = (error.position or 0) + 1
            wrong(
                f"Trong câu đã lưu '{name}', ký tự {inside}: {vietnamese}",
                f"in the saved search '{name}', character {inside}: {english}",
                operand.at,
            )
        finally:
            asked.within = before

    def _check(self, search: SavedSearch, operand: Operand) -> None:
        """May it stand here?"""
        asked, name = self._asked, shortened(search.name)
        asked.expanded += 1
        if search.key in asked.within:
            wrong(f"Câu đã lưu '{name}' gọi lại chính nó", f"'{name}' asks for itself", operand.at)
        if asked.expanded > MAX_EXPANSIONS:
            wrong(f"Quá {MAX_EXPANSIONS} câu đã lưu", f"more than {MAX_EXPANSIONS} saved searches", operand.at)
        if search.version > VERSION:
            wrong(
                f"Câu đã lưu '{name}' là của bản chương trình mới hơn",
                f"'{name}' is of a newer version of the program",
                operand.at,
            )


_CALLED: Final = {UNIT: "đơn vị", TASK: "nhiệm vụ"}


def _any_of(queries: Iterable[Query], field: str) -> Query:
    """Alternatives; the values of one keyword field, báo:(a OR b), are one node."""
    found = tuple(queries)
    terms = [query for query in found if isinstance(query, Terms) and query.field == field]
    if len(terms) == len(found):
        return Terms(field, tuple(dict.fromkeys(value for query in terms for value in query.values)))
    return Bool(should=found)


def _whole_value(operand: Operand) -> None:
    if operand.what in {What.PREFIX, What.ALL}:
        wrong("Trường này chỉ nhận giá trị đầy đủ, không có dấu *", "this field takes whole values only", operand.at)


def _terms(operand: Operand, field: str) -> Terms:
    _whole_value(operand)
    values = values_for(field, operand.text, quoted=operand.what is What.PHRASE)
    if not values:
        known = values_of(field) if field in VALUES else ""
        wrong(
            f"Không có giá trị '{shortened(operand.text)}', chỉ có {known}",
            f"no such value of '{field}'",
            operand.at,
        )
    return Terms(field, values)


def _text(operand: Operand, field: str) -> Query:
    if operand.after:
        return _near(operand, field)
    if operand.what is What.ALL:
        return All()
    _has_words(operand)
    if operand.what is What.PREFIX:
        return Prefix(field, operand.text)
    return (Phrase if operand.what is What.PHRASE else Text)(field, operand.text)


def _near(operand: Operand, field: str) -> Query:
    """``a NEAR/5 b NEAR/3 c``: a near b, and b near c."""
    found: list[Query] = []
    left = operand
    for distance, right in operand.after:
        _has_words(left)
        _has_words(right)
        found.append(Near(field, left.text, right.text, distance))
        left = right
    return found[0] if len(found) == 1 else Bool(must=tuple(found))


def _has_words(operand: Operand) -> None:
    if not has_tokens(operand.text):
        wrong("Không có từ nào để tìm", "there is no word to look for", operand.at)
