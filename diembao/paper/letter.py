"""What a document says, without a word about how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from diembao.plan.office import Letterhead


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look. ``small`` is for what points elsewhere (a figure's number), ``link`` an address that they
    lead to, ``language`` a code that settles the font of Chinese characters.
    """

    text: str
    bold: bool = False
    italic: bool = False
    small: bool = False
    link: str = ""
    language: str = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is "I. TỔNG QUAN", level 2 is "1. Theo thái độ". ``page``: on a new page."""

    text: str
    level: int = 1
    page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``listed``: an item of a list, drawn with a dash. ``keep``: on the page of what follows. ``ragged``: not
    stretched, for titles, addresses and scripts in which it hurts.
    """

    words: Words
    listed: bool = False
    keep: bool = False
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the line; ``align`` has one letter a column: l, c or r. ``small``: a list of hundreds of
    rows, for looking up.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...]
    align: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each category of its chart."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns for each category, side by side or ``stacked``, the first series at the bottom; drawn for print: in
    black, grey and hatching, which a copying machine keeps apart.
    """

    caption: Words
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Letter:
    """A document of a kind ("BÁO CÁO") on a matter. ``number`` is None until the registry gives one; ``day`` is the one
    written under the motto. ``made`` goes into the file's properties. ``appendix`` stands after the signature, on pages
    of its own, under the title ``appended``.
    """

    letterhead: Letterhead
    kind: str
    subject: str
    day: date
    made: datetime
    body: tuple[Block, ...]
    number: int | None = None
    appendix: tuple[Block, ...] = ()
    appended: str = ""


def words(*parts: str | Span) -> Words:
    """Plain text and spans, side by side."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)
