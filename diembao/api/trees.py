"""Queries that come as JSON: the one small tree of `core.query`, checked field by field."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import Final

from diembao.api.shapes import lists
from diembao.core.document import FIELDS, Shape
from diembao.core.errors import WrongUse
from diembao.core.query import All, Bool, Near, Phrase, Prefix, Query, Range, Terms, Text

# Years that an index holds.
_FIRST, _LAST = 1900, 2199
_KINDS: Final = {Shape.TEXT: ("chữ", "text"), Shape.KEYWORD: ("khóa", "keys"), Shape.TIME: ("thời gian", "times")}


@singledispatch
def tree_of(node: object) -> Query:
    """Raises:
    WrongUse: a field that is not there, or of another kind; a time without its zone.
    """
    raise TypeError(node)


@tree_of.register
def _(node: lists.TreeOf | lists.GroupOf) -> Query:
    parts = (tuple(map(tree_of, part)) for part in (node.must, node.should, node.must_not))
    return Bool(*parts)


@tree_of.register
def _(_node: lists.AllOf) -> Query:
    return All()


@tree_of.register
def _(node: lists.TextOf) -> Query:
    return Text(_field(node.field, Shape.TEXT), node.words)


@tree_of.register
def _(node: lists.PhraseOf) -> Query:
    return Phrase(_field(node.field, Shape.TEXT), node.phrase)


@tree_of.register
def _(node: lists.PrefixOf) -> Query:
    return Prefix(_field(node.field, Shape.TEXT), node.prefix)


@tree_of.register
def _(node: lists.NearOf) -> Query:
    return Near(_field(node.field, Shape.TEXT), node.near[0], node.near[1], node.distance)


@tree_of.register
def _(node: lists.TermsOf) -> Query:
    return Terms(_field(node.field, Shape.KEYWORD), tuple(node.values))


@tree_of.register
def _(node: lists.RangeOf) -> Query:
    return Range(_field(node.field, Shape.TIME), _moment(node.start), _moment(node.end))


def _field(name: str, shape: Shape) -> str:
    if FIELDS.get(name) is not shape:
        known = ", ".join(field for field, its in FIELDS.items() if its is shape)
        vietnamese, english = _KINDS[shape]
        raise WrongUse(f"trường {vietnamese} là một trong {known} (a field of {english} is one of {known})")
    return name


def _moment(value: datetime | None) -> datetime | None:
    if value is not None and (value.tzinfo is None or not _FIRST < value.year < _LAST):
        raise WrongUse(
            f"thời điểm cần múi giờ, trong các năm {_FIRST}–{_LAST}"
            f" (a moment needs its offset, and lies within {_FIRST}–{_LAST})"
        )
    return value
