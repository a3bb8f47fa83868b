"""A document's lines as paragraphs: marks of formatting taken off, broken lines joined again."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence

from diembao.core.text import fold
from diembao.plan.importer.records import Line
from diembao.plan.importer.units import is_unit

_MARKS = re.compile(r"</?(?:b|i|u|strong|em|br|p|span)\s*/?>|\*{1,3}|^\s{0,3}#{1,6}\s+|\\(?=[.*_#-])")
_BREAK = "\u2029"  # Unicode's own mark for the end of a paragraph
_FULL_STOP = re.compile(r"[.:] {2,}$")
_SPACES = re.compile(r"[^\S\t]+")
_ENDS = (".", ";", ":", "!", "?", "…", "”.", ".”", "./", ")")
_BEGINS = re.compile(
    r"(?:[IVXL]+|[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)]\s|[-–•+*]\s|\([ivx0-9a-z]+\)\s|phu luc|noi nhan|ke hoach$|kt\. |tm\. ",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:[IVXL]+|[0-9]+(?:\.[0-9]+)*)[.)]\s")
# A line this much shorter than the others ends its paragraph: the others were broken at the margin.
SHORT = 0.9
# Lines are broken at the margin in a document where this share of them ends in the middle of a sentence.
BROKEN = 0.5


def lines_of(texts: Iterable[str]) -> list[Line]:
    """Lines without empty ones; numbers are those of the document."""
    cleaned = [(Line(number, _clean(text)), text) for number, text in enumerate(texts, 1)]
    return [_with_break(line, text) for line, text in cleaned if line.text.strip()]


def _with_break(line: Line, text: str) -> Line:
    """Where a PDF's text was taken out, two spaces behind a full stop stand at the end of a paragraph."""
    return Line(line.number, line.text + _BREAK) if _FULL_STOP.search(text) and "\t" not in text else line


def _clean(text: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFC", text).replace("\f", ""))
    return _SPACES.sub(" ", plain).rstrip(" \n\r").lstrip(" ")


def paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Lines joined where a sentence goes on; rows of tables stay as they are."""
    width = _width(lines)
    joined: list[Line] = []
    before: Line | None = None
    for line in lines:
        if before and joined and _goes_on(before, line, joined[-1], width):
            joined[-1] = Line(joined[-1].number, _join(joined[-1].text, line.text))
        else:
            joined.append(line)
        before = line
    return [Line(line.number, line.text.replace(_BREAK, "")) for line in joined]


def _width(lines: Sequence[Line]) -> float:
    """The usual length of a line that is broken at the margin; 0 where each line is a whole paragraph."""
    prose = [line.text for line in lines if "\t" not in line.text]
    broken = [text for text in prose if not text.endswith(_ENDS)]
    if not prose or len(broken) < BROKEN * len(prose):
        return 0
    return statistics.median(len(text) for text in broken)


def _goes_on(before: Line, line: Line, paragraph: Line, width: float) -> bool:
    if "\t" in before.text + line.text or before.text.endswith(_BREAK) or starts(line.text):
        return False
    full = bool(width) and len(before.text) >= SHORT * width
    if not before.text.endswith(_ENDS):
        # A heading has no full stop either: a capital after it begins something else, unless the margin broke it.
        heading = _is_heading(paragraph.text) and line.text[:1].isupper()
        return not heading or (full and not is_unit(_NUMBERED.sub("", paragraph.text)))
    # A full stop at the margin: the paragraph goes on if its line is as long as the others.
    return full and not line.text.startswith("(")


def starts(text: str) -> bool:
    """Whether a line begins something of its own: a number, a dash, a heading that everybody knows."""
    return bool(_BEGINS.match(text) or _BEGINS.match(fold(text)))


def _is_heading(paragraph: str) -> bool:
    return bool(_NUMBERED.match(paragraph)) or paragraph.upper() == paragraph


def _join(first: str, second: str) -> str:
    # "57-" at the margin and "KL/TW" below it are one number.
    glue = "" if re.search(r"[0-9A-ZĐ]-$", first) else " "
    return f"{first}{glue}{second}"
