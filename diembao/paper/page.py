"""One page for a reader who has a minute: a title, headings and short paragraphs, no letterhead and no signature.

How much fits is reckoned before (`lines`, never too few) and can be counted after, on the PDF (`pdf.pages`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil
from typing import Final

from diembao.paper import frame
from diembao.paper.docx import linker
from diembao.paper.drawing import Look, paragraph, width
from diembao.paper.letter import Span, Words, words
from diembao.paper.scripts import LATIN, printable

DOCX_MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_POINT: Final = 72 / 25.4  # in a millimetre
_ROOM: Final = (frame.PAGE[1] - frame.TOP - frame.BOTTOM) * _POINT  # points of text on a page
_SINGLE: Final = 1.15  # height of a line of Times, of its size
_DASH: Final = 5.0  # millimetres that an item stands in


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, each an item."""

    heading: str
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """``under`` stands below the title, ``foot`` at the end, both small. ``size`` of the letters in points."""

    title: str
    under: str
    parts: tuple[Part, ...]
    foot: str
    author: str
    made: datetime
    size: float = 12.0

    def fits(self) -> bool:
        """Reckoned with letters wider than they are: what fits here fits in fact."""
        title = _height(words(Span(self.title)), 14, 0) + 4
        small = self.size - 1.5
        under = _height(words(Span(self.under)), small, 0) + _height(words(Span(self.foot)), small, 0) + 10
        parts = (
            _height(words(Span(part.heading)), self.size, 0)
            + 7
            + sum(_height(item, self.size, _DASH) + 2 for item in part.items)
            for part in self.parts
        )
        return title + under + sum(parts) <= _ROOM


def write(page: Page) -> bytes:
    """The DOCX."""
    document = frame.blank()
    link = linker(document)
    plain = Look(size=page.size, align="left", after=2, line=1)
    small = replace(plain, size=page.size - 1.5)
    drawn = [
        paragraph(words(Span(page.title, bold=True)), replace(plain, size=14, align="center", after=4)),
        paragraph(words(Span(page.under, italic=True)), replace(small, align="center", after=4)),
    ]
    for part in page.parts:
        drawn.append(paragraph(words(Span(part.heading, bold=True)), replace(plain, before=5, keep=True, level=1)))
        item = replace(plain, align="both", left=_DASH, first=-_DASH)
        drawn += [paragraph((Span("–  "), *each), item, link) for each in part.items]
    drawn.append(paragraph(words(Span(page.foot, italic=True)), replace(small, before=6)))
    for each in drawn:
        document.element.body.sectPr.addprevious(each)
    about, made = document.core_properties, page.made.astimezone(UTC).replace(tzinfo=None)
    about.author = about.last_modified_by = printable(page.author)
    about.title, about.created, about.modified = printable(page.title)[:255], made, made
    about.language, about.comments, about.revision = LATIN.language, "", 1
    return frame.saved(document)


def text(page: Page) -> str:
    """The same as plain text, addresses beside what they stand under."""
    lines = [page.title, page.under]
    for part in page.parts:
        lines += ["", part.heading, *(f"- {''.join(map(_with_address, item))}" for item in part.items)]
    return "\n".join([*lines, "", page.foot]) + "\n"


def _with_address(span: Span) -> str:
    return f"{span.text} <{span.link}>" if span.link else span.text


def _height(said: Words, size: float, indent: float) -> float:
    """Points that a paragraph takes. Letters that are no Latin ones are taken to be as wide as they are high."""
    whole = "".join(span.text for span in said)
    latin = "".join(letter for letter in whole if _narrow(letter))
    wide = sum(not _narrow(letter) and not unicodedata.combining(letter) for letter in whole)
    long = width(latin, size) + wide * size / _POINT
    # Some of each line stays empty: words are not divided.
    return ceil(long / ((frame.LINE - indent) * 0.96) or 1) * size * (_SINGLE if not wide else 1.6)


def _narrow(letter: str) -> bool:
    return ord(letter) < 0x590 or 0x1E00 <= ord(letter) < 0x2200
