"""The program's own template: the form of Decree 30/2020/NĐ-CP, annex I, with a field for everything that varies.

An office may have it written out (`diembao report template`), change it in Word, and use its own.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Final

from diembao.paper.drawing import TWIPS, Look, cell, element, paragraph, row, rule, table, width
from diembao.paper.letter import Span, words
from diembao.paper.scripts import LATIN
from diembao.plan.office import Letterhead

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Twips
    from lxml.etree import _Element as Element

# Millimetres. The decree: top and bottom 20–25, left 30–35, right 15–20.
PAGE: Final = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
LINE: Final = PAGE[0] - LEFT - RIGHT
# The page number stands in the top margin.
NUMBER_AT: Final = 10

STATE: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"

_HEAD: Final = (68, LINE - 68)
_FOOT: Final = (90, LINE - 90)
_CENTRE: Final = Look(align="center", after=0, line=1)
_SIGNING: Final = 60  # points of room for a signature and a seal


def template(head: Letterhead, subject: str) -> bytes:
    """The template as a DOCX. The letterhead and the subject only say how long their rules are."""
    document = blank()
    number_pages(document)
    body = document.element.body
    for part in (*_head(head), *_title(subject), *_addressees(), _field("noi_dung"), *_foot()):
        body.sectPr.addprevious(part)
    return saved(document)


def blank() -> Document:
    """An empty page with the decree's margins and fonts."""
    from docx import Document

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (_twips(side) for side in PAGE)
    section.top_margin, section.bottom_margin = _twips(TOP), _twips(BOTTOM)
    section.left_margin, section.right_margin = _twips(LEFT), _twips(RIGHT)
    _fonts(document)
    _no_picture(document)
    return document


def saved(document: Document) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _twips(millimetres: float) -> Twips:
    """Rounded up: 15 mm must not come out as 14.99."""
    from docx.shared import Twips

    return Twips(ceil(millimetres * TWIPS))


def _no_picture(document: Document) -> None:
    """python-docx's template brings a small picture of another document, which file managers would show."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def number_pages(document: Document) -> None:
    """Page numbers centred in the top margin, 13 points, not on the first page."""
    section = document.sections[0]
    section.header_distance = section.footer_distance = _twips(NUMBER_AT)
    section.different_first_page_header_footer = True
    number = paragraph((), _CENTRE)
    for part in (element("fldChar", fldCharType="begin"), _code(" PAGE "), element("fldChar", fldCharType="end")):
        number.append(element("r", element("rPr", element("sz", val="26"), element("szCs", val="26")), part))
    header = section.header
    header.is_linked_to_previous = False
    old = header.paragraphs[0]._p  # noqa: SLF001 (python-docx has no door to put a paragraph of one's own)
    old.addprevious(number)
    old.getparent().remove(old)


def _code(text: str) -> Element:
    made = element("instrText")
    made.text = text
    return made


def _fonts(document: Document) -> None:
    """Times New Roman for every script, Vietnamese, no space of python-docx's own."""
    from docx.oxml.ns import qn

    normal = document.styles["Normal"]
    font = LATIN.font
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for properties in (normal.element.get_or_add_rPr(), defaults):
        if properties is None:
            continue
        for old in list(properties):
            properties.remove(old)
        properties.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
        properties.append(element("sz", val="26"))
        properties.append(element("szCs", val="26"))
        properties.append(element("lang", val=LATIN.language, eastAsia="zh-CN", bidi="th-TH"))


# -- what stands on it ------------------------------------------------------------------------------


def _said(text: str, size: float, look: Look = _CENTRE, *, bold: bool = False, italic: bool = False) -> Element:
    return paragraph(words(Span(text, bold=bold, italic=italic)), replace(look, size=size))


def _field(name: str) -> Element:
    return _said(f"{{{{ {name} }}}}", 13)


def _head(head: Letterhead) -> list[Element]:
    left, right = _HEAD
    issuer = [
        _said("{{ co_quan_chu_quan }}", 12),
        _said("{{ co_quan_ban_hanh }}", 12, bold=True),
        rule(_third(head.issuer, 12, left), left),
    ]
    state = [_said(STATE, 12, bold=True), _said(MOTTO, 13, bold=True), rule(width(MOTTO, 13), right)]
    number = _said("{{ so_ky_hieu }}", 13)
    dated = _said("{{ dia_danh_thoi_gian }}", 13, italic=True)
    rows = [
        row([cell(left, *issuer), cell(right, *state)]),
        row([cell(left, number), cell(right, dated)]),
    ]
    return [table(rows, _HEAD, ruled=False), _said("", 6)]


def _third(text: str, size: float, line: float) -> float:
    """The decree's one third to one half of the longest line above, which is at most as long as its column."""
    return 0.4 * min(max(width(part, size) for part in text.split("\n")), line)


def _title(subject: str) -> list[Element]:
    kind = _said("{{ ten_loai }}", 14, Look(align="center", before=6, after=0, line=1), bold=True)
    matter = _said("{{ trich_yeu }}", 14, Look(align="center", after=0, line=1, left=8, right=8), bold=True)
    return [kind, matter, rule(_third(subject, 14, LINE - 16), LINE)]


def _addressees() -> list[Element]:
    """One on the line of "Kính gửi:", several below each other."""
    one = "{%p if kinh_gui|length == 1 %}"
    listed = Look(align="left", left=45, first=-4, after=0, line=1)
    return [
        _said(one, 13),
        _said("Kính gửi: {{ kinh_gui[0] }}.", 13, Look(align="center", before=6, line=1)),
        _said("{%p endif %}", 13),
        _said("{%p if kinh_gui|length > 1 %}", 13),
        _said("Kính gửi:", 13, Look(align="left", left=30, before=6, after=0, line=1)),
        _said("{%p for noi in kinh_gui %}", 13),
        _said("- {{ noi }}{{ '.' if loop.last else ';' }}", 13, listed),
        _said("{%p endfor %}", 13),
        _said("{%p endif %}", 13),
        _said("", 6),
    ]


def _foot() -> list[Element]:
    left, right = _FOOT
    plain = Look(align="left", after=0, line=1, left=2, first=-2)
    copies = [
        _said("Nơi nhận:", 12, plain, bold=True, italic=True),
        _said("{%p for noi in noi_nhan %}", 11, plain),
        _said("- {{ noi }}{{ '.' if loop.last else ';' }}", 11, plain),
        _said("{%p endfor %}", 11, plain),
    ]
    signer = [
        _said("{{ chuc_vu }}", 13, bold=True),
        _said("", 13, Look(align="center", before=_SIGNING, after=0, line=1)),
        _said("{{ nguoi_ky }}", 13, bold=True),
    ]
    room = _said("", 6, replace(_CENTRE, keep=True))
    return [room, table([row([cell(left, *copies), cell(right, *signer)])], _FOOT, ruled=False), _said("", 1)]
