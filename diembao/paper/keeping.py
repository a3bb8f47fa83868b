"""Blocks of a document as plain values, to be kept and drawn again exactly as they were told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diembao.paper.letter import Block, Chart, Heading, Paragraph, Series, Span, Table, Words

_PLAIN = Span("")
_FIELDS = ("bold", "italic", "small", "link", "language")


def kept(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """For JSON."""
    return [_kept(block) for block in blocks]


def _kept(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"heading": block.text, "level": block.level}
        case Paragraph():
            told = {name: True for name in ("listed", "keep", "ragged") if getattr(block, name)}
            return {"said": _words(block.words), **told}
        case Table():
            rows = [[_words(cell) for cell in row] for row in block.rows]
            how = {"widths": list(block.widths), "align": block.align, "small": block.small}
            return {"table": block.caption, "head": list(block.head), "rows": rows, **how}
        case Chart():
            series = [{"name": each.name, "values": list(each.values)} for each in block.series]
            names = list(block.categories)
            return {"chart": _words(block.caption), "categories": names, "series": series, "stacked": block.stacked}


def _words(said: Words) -> list[Any]:
    """A plain span is its text alone."""
    return [_span(span) for span in said]


def _span(span: Span) -> Any:  # noqa: ANN401 (a text, or a mapping where it looks in any way)
    looks = {name: value for name in _FIELDS if (value := getattr(span, name)) != getattr(_PLAIN, name)}
    return {"text": span.text, **looks} if looks else span.text


def blocks(found: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """As they were before `kept`."""
    return tuple(_block(each) for each in found)


def _block(told: Mapping[str, Any]) -> Block:
    if "heading" in told:
        return Heading(told["heading"], told["level"])
    if "table" in told:
        rows = tuple(tuple(_said(cell) for cell in row) for row in told["rows"])
        widths, head = tuple(told["widths"]), tuple(told["head"])
        return Table(told["table"], head, rows, widths, told["align"], told["small"])
    if "chart" in told:
        series = tuple(Series(each["name"], tuple(each["values"])) for each in told["series"])
        return Chart(_said(told["chart"]), tuple(told["categories"]), series, told["stacked"])
    return Paragraph(_said(told["said"]), **{name: True for name in ("listed", "keep", "ragged") if told.get(name)})


def _said(found: Iterable[Any]) -> Words:
    return tuple(Span(each) if isinstance(each, str) else Span(**each) for each in found)
