"""Pieces → tree. They are put in order first, so that every mistake is found with its place; then luqum's grammar
says what binds to what: NOT, then AND (also where nothing is typed), then OR.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from diembao.core import query_dates as dates
from diembao.core.analysis import has_tokens
from diembao.core.document import FIELDS, Shape
from diembao.core.errors import WrongUse
from diembao.core.query import All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text
from diembao.core.query_order import Operand, in_order
from diembao.core.query_scan import What, shortened, wrong
from diembao.core.query_words import DAY, SINCE, UNTIL, VALUES, values_for, values_of

_RANGES: Final[dict[str, Callable[[str, datetime, ZoneInfo], dates.Span]]] = {
    SINCE: dates.since,
    UNTIL: dates.until,
    DAY: dates.day,
}


def read(text: str, *, now: datetime, zone: str) -> Query:
    """See ``core.query.parse``."""
    if now.tzinfo is None:
        msg = "now must be an aware datetime"
        raise WrongUse(msg)
    grammar, operands = in_order(text)
    if not grammar:
        return All()
    from luqum.thread import parse

    return _Reading(operands, now, ZoneInfo(zone)).node(parse(grammar), "text")


class _Reading:
    """luqum's tree → ours. ``field`` is the name in force: a field of the index, or one of the short ranges."""

    def __init__(self, operands: tuple[Operand, ...], now: datetime, zone: ZoneInfo) -> None:
        from luqum import tree

        self._operands, self._now, self._zone = operands, now, zone
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
        if operand.after and FIELDS.get(field) is not Shape.TEXT:
            wrong("Trường này không nhận GẦN", "this field takes no NEAR", operand.after[0][1].at)
        if field in _RANGES or FIELDS[field] is Shape.TIME:
            return self._range(operand, field)
        if FIELDS[field] is Shape.KEYWORD:
            return _terms(operand, field)
        return _text(operand, field)

    def _range(self, operand: Operand, field: str) -> Range:
        span = _RANGES.get(field, dates.between)
        try:
            start, end = span(operand.text, self._now, self._zone)
        except (ValueError, OverflowError):
            wrong(
                f"Không đọc được ngày '{shortened(operand.text)}', xin viết như 21/11/2026, 2026-11-21, hôm_nay, -7d",
                f"no date: '{shortened(operand.text)}'",
                operand.at,
            )
        return Range("published" if field in _RANGES else field, start, end)


def _any_of(queries: Iterable[Query], field: str) -> Query:
    """Alternatives; the values of one keyword field, báo:(a OR b), are one node."""
    found = tuple(queries)
    terms = [query for query in found if isinstance(query, Terms) and query.field == field]
    if len(terms) == len(found):
        return Terms(field, tuple(dict.fromkeys(value for query in terms for value in query.values)))
    return Bool(should=found)


def _terms(operand: Operand, field: str) -> Terms:
    if operand.what in {What.PREFIX, What.ALL}:
        wrong("Trường này chỉ nhận giá trị đầy đủ, không có dấu *", "this field takes whole values only", operand.at)
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
