"""Paragraphs, runs and tables as WordprocessingML, their properties in the order that its schema asks for.

python-docx sets sizes and weights for Latin letters only; every property here is also set for Asian and complex
scripts, so that a Lao title is as large and as bold as a Vietnamese one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from diembao.paper.letter import Span, Words
from diembao.paper.scripts import LATIN, Script, pieces, printable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TWIPS: Final = 1440 / 25.4  # of a millimetre
BODY: Final = 13.0  # points; the decree's 13 to 14
CELL: Final = 12.0
SMALL: Final = 9.0

_LOOKS: Final = 500  # that are kept to be copied; a document has some dozens

Link = Callable[[str], str]  # an address → its relationship id in the part that is drawn


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands. Points for sizes and the spaces before and after, millimetres for indents; ``line`` is
    a multiple of single spacing. ``rule``: nothing but a line across, ``keep``: on the page of what follows, ``page``:
    on a new page.
    """

    size: float = BODY
    align: str = "both"
    before: float = 0
    after: float = 6
    line: float = 1.15
    first: float = 0
    left: float = 0
    right: float = 0
    keep: bool = False
    level: int = 0
    rule: bool = False
    page: bool = False


def element(tag: str, *within: Element, **attributes: str) -> Element:
    """<w:tag w:attribute="…">…</w:tag>."""
    made = _maker()(_named(tag), {_named(name): value for name, value in attributes.items()}, _SPACES)
    made.extend(within)
    return made


_SPACES: Final = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@cache
def _maker() -> Callable[..., Element]:
    """python-docx's own way to an element, without its look at the name each time: an appendix has half a million."""
    from docx.oxml.parser import oxml_parser

    maker: Callable[..., Element] = oxml_parser.makeelement
    return maker


@cache
def _named(tag: str) -> str:
    return f"{{{_SPACES['w']}}}{tag}"


# -- runs -------------------------------------------------------------------------------------------


def run(text: str, span: Span, size: float, script: Script = LATIN) -> Element:
    from docx.oxml.ns import qn

    letters = element("t")
    letters.text = text
    letters.set(qn("xml:space"), "preserve")
    looks = _run_looks(span.bold, span.italic, SMALL if span.small else size, script)
    return element("r", deepcopy(looks), letters)


@lru_cache(maxsize=_LOOKS)
def _run_looks(bold: bool, italic: bool, size: float, script: Script) -> Element:  # noqa: FBT001 (properties)
    """To be copied: made once for a look, which thousands of runs share."""
    return element("rPr", *_run_properties(bold=bold, italic=italic, size=size, script=script))


def _run_properties(*, bold: bool, italic: bool, size: float, script: Script) -> Iterable[Element]:
    font = script.font
    yield element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    if bold:
        yield from (element("b"), element("bCs"))
    if italic:
        yield from (element("i"), element("iCs"))
    half_points = str(round(2 * size))
    yield from (element("sz", val=half_points), element("szCs", val=half_points))
    if script.rtl:
        yield element("rtl")
    yield element("lang", val=script.language, eastAsia=script.language, bidi=script.language)


def runs(said: Words, size: float, link: Link | None = None) -> Iterable[Element]:
    from docx.oxml.ns import qn

    for span in said:
        found = list(pieces(_line(span.text), span.language))
        # Other scripts have no slanted letters, only broken ones; and digits among them stay upright too.
        upright = replace(span, italic=span.italic and all(script is LATIN for script, _ in found))
        made = [run(piece, upright, size, script) for script, piece in found]
        address = web_address(span.link)
        if link and address and made:
            anchor = element("hyperlink", *made)
            anchor.set(qn("r:id"), link(address))
            yield anchor
        else:
            yield from made


def _line(text: str) -> str:
    """Printable, but with the spaces at its ends: spans stand side by side."""
    line = printable(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * text[-1:].isspace()}" if line else " " * bool(text)


# Word calls a document damaged whose address it cannot read; longer ones it does not follow.
_LONGEST_ADDRESS: Final = 2000
_SAFE: Final = "!#$%&'()*+,/:;=?@~-._"
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(?=[/?#]|$)")


def web_address(url: str) -> str:
    """The address in the letters that every program reads; empty where it is not of the web, or too long."""
    url = url.strip()
    escaped = quote(url, safe=_SAFE) if _WEB.match(url) else ""
    return escaped if len(escaped) <= _LONGEST_ADDRESS else ""


# -- paragraphs -------------------------------------------------------------------------------------


def paragraph(said: Words, look: Look, link: Link | None = None) -> Element:
    properties = deepcopy(_paragraph_look(look))
    if not any(span.text for span in said):  # as high as the mark at its end, which has the document's size unless told
        high = str(round(2 * look.size))
        properties.append(element("rPr", element("sz", val=high), element("szCs", val=high)))
    return element("p", properties, *runs(said, look.size, link))


def holding(drawing: Element, look: Look) -> Element:
    """A paragraph with nothing but a drawing."""
    return element("p", element("pPr", *_paragraph_properties(look)), element("r", drawing))


@lru_cache(maxsize=_LOOKS)
def _paragraph_look(look: Look) -> Element:
    """To be copied, as `_run_looks`."""
    return element("pPr", *_paragraph_properties(look))


def _paragraph_properties(look: Look) -> Iterable[Element]:
    if look.keep:
        yield element("keepNext")
    if look.page:
        yield element("pageBreakBefore")
    if look.rule:
        yield element("pBdr", element("top", val="single", sz="6", space="0", color="000000"))
    yield _spacing(look)
    yield _indents(look)
    yield element("jc", val=look.align)
    if look.level:
        yield element("outlineLvl", val=str(look.level - 1))


def _spacing(look: Look) -> Element:
    height, rule = (80, "exact") if look.rule else (round(240 * look.line), "auto")
    before, after = str(round(20 * look.before)), str(round(20 * look.after))
    return element("spacing", before=before, after=after, line=str(height), lineRule=rule)


def _indents(look: Look) -> Element:
    first = {"firstLine" if look.first >= 0 else "hanging": _twips(abs(look.first))}
    return element("ind", left=_twips(look.left), right=_twips(look.right), **first)


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


# Widths of Times Bold in thousandths of its size (Adobe's metrics; Times New Roman has the same).
_WIDE: Final = {
    1000: "W", 944: "M", 833: "m", 778: "GHKOQ", 722: "ACDNRUVXYw", 667: "BELTZ", 611: "FP",
    556: "Sbdhknpqu", 500: "Jagovxy0123456789", 444: "cerz", 389: "Is", 333: "fjt-()", 278: "il/", 250: " ,.",
}  # fmt: skip
_WIDTHS: Final = {letter: width for width, letters in _WIDE.items() for letter in letters}


def width(text: str, size: float) -> float:
    """Millimetres of a line of bold Times; marks take no room."""
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return sum(_WIDTHS.get(letter, 600) for letter in letters) * size / 1000 * 25.4 / 72


def rule(length: float, line: float) -> Element:
    """A line of ``length`` in the middle of ``line`` millimetres."""
    side = max(0.0, (line - length) / 2)
    return paragraph((), Look(size=2, align="center", before=3, after=0, left=side, right=side, rule=True))


# -- tables -----------------------------------------------------------------------------------------


def table(rows: Iterable[Element], widths: Iterable[float], *, ruled: bool) -> Element:
    """A table of rows made by `row`; ``widths`` in millimetres."""
    columns = [_twips(width) for width in widths]
    total = str(sum(int(column) for column in columns))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if ruled else ()
    borders = [element(side, val="single", sz="4", space="0", color="000000") for side in sides]
    gap = _twips(1.5 if ruled else 0)
    properties = element(
        "tblPr",
        element("tblW", w=total, type="dxa"),
        element("jc", val="center"),
        *([element("tblBorders", *borders)] if ruled else []),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=gap, type="dxa"), element("right", w=gap, type="dxa")),
    )
    grid = element("tblGrid", *(element("gridCol", w=column) for column in columns))
    return element("tbl", properties, grid, *rows)


def row(cells: Iterable[Element], *, head: bool = False) -> Element:
    marks = [element("cantSplit"), *([element("tblHeader")] if head else [])]
    return element("tr", element("trPr", *marks), *cells)


def cell(width: float, *within: Element, middle: bool = False) -> Element:
    properties = [element("tcW", w=_twips(width), type="dxa")]
    if middle:
        properties.append(element("vAlign", val="center"))
    return element("tc", element("tcPr", *properties), *within)
