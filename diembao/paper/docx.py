"""A letter as a DOCX file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diembao.core.errors import Misconfigured
from diembao.paper import forms, frame
from diembao.paper.drawing import BODY, CELL, Link, Look, cell, holding, paragraph, row, table
from diembao.paper.filling import filled
from diembao.paper.letter import Block, Chart, Heading, Letter, Paragraph, Span, Table, words
from diembao.paper.scripts import LATIN, printable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_TEMPLATE: Final = 10_000_000  # bytes; a letterhead with a coat of arms has one hundredth of it

_TEXT: Final = Look(first=12.7)
_ITEM: Final = Look(first=12.7, after=4)
_CLOSE: Final = 2  # points between what belongs together
# Rows of one table in a list of thousands: LibreOffice's time grows with the square of a table (5,000 rows: minutes).
# The next one begins a page, so that its head stands where it is repeated anyway.
_PIECE: Final = 400
_WHOLE: Final = 12  # rows of a table that is not to be divided between pages
_HEADINGS: Final = {
    1: Look(align="left", first=12.7, before=8, keep=True, level=1),
    2: Look(align="left", first=12.7, before=4, keep=True, level=2),
}
_CAPTION: Final = Look(align="center", before=6, after=4, line=1, keep=True)
_TITLE: Final = Look(size=14, align="center", after=0, line=1, keep=True)
_PICTURE: Final = Look(align="center", before=6, after=2, line=1, keep=True)
_SMALL: Final = Look(size=10, align="left", before=1, after=1, line=1)
_CELL: Final = Look(size=CELL, align="left", before=2, after=2, line=1)
_ALIGN: Final = {"l": "left", "c": "center", "r": "right"}


def write(letter: Letter, template: Path | None = None) -> bytes:
    """The DOCX, in the program's own template or an office's.

    Raises:
        Misconfigured: the template cannot be read, or leaves a field open.
    """
    name = str(template) if template else "the program's template"
    source = _read(template) if template else frame.template(letter.letterhead, letter.subject)
    document, place = filled(source, _fields(letter), name)
    drawn = _Drawing(document)
    for part in drawn.blocks(letter.body):
        place.addprevious(part)
    place.getparent().remove(place)
    end = document.element.body.sectPr
    if letter.appendix:
        _without_empty_lines(document.element.body)
    for part in _appended(letter, drawn):
        end.addprevious(part)
    _describe(document, letter)
    return frame.saved(document)


def reading_copy(letter: Letter) -> bytes:
    """Without letterhead, addressees and signature: what it says, for whoever reads another language."""
    document = frame.blank()
    frame.number_pages(document)
    title = Look(size=14, align="center", after=4, line=1, keep=True)
    heads = [paragraph(words(Span(each, bold=True)), title) for each in (letter.kind, *letter.subject.split("\n"))]
    for part in (*heads, *_Drawing(document).blocks(letter.body)):
        document.element.body.sectPr.addprevious(part)
    _describe(document, letter)
    return frame.saved(document)


def _without_empty_lines(body: Element) -> None:
    """Before the appendix, which begins a page: where the signature fills its own, they would begin an empty one."""
    from docx.oxml.ns import qn

    holds = [qn(name) for name in ("w:t", "w:drawing", "w:pict", "w:object", "w:sectPr")]
    for last in list(body)[-2::-1]:  # the last of all is the page's own measures
        if last.tag != qn("w:p") or any(each.text or each.tag != qn("w:t") for each in last.iter(*holds)):
            return
        body.remove(last)


def _read(template: Path) -> bytes:
    try:
        if template.stat().st_size > LARGEST_TEMPLATE:
            raise Misconfigured(
                f"{template} lớn hơn {LARGEST_TEMPLATE} byte. / {template} is larger than {LARGEST_TEMPLATE} bytes"
            )
        return template.read_bytes()
    except OSError as error:
        raise Misconfigured(
            f"Không đọc được {template}: {error.strerror}. / {template} cannot be read: {error.strerror}"
        ) from error


def _fields(letter: Letter) -> dict[str, str | tuple[str, ...]]:
    head = letter.letterhead
    return {
        "co_quan_chu_quan": _lines(head.parent),
        "co_quan_ban_hanh": _lines(head.issuer),
        "so_ky_hieu": forms.registered(letter.number, head.symbol) if head.symbol else "",
        "dia_danh_thoi_gian": forms.place_and_day(head.place, letter.day) if head.place else "",
        "ten_loai": letter.kind,
        "trich_yeu": _lines(letter.subject),
        "kinh_gui": head.to,
        "noi_nhan": head.copies,
        "chuc_vu": head.signer_title,
        "nguoi_ky": head.signer,
    }


def _lines(text: str) -> str:
    """Line breaks that were asked for stay."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _describe(document: Document, letter: Letter) -> None:
    """The file's properties; python-docx would leave its own author and the year 2013."""
    about, made = document.core_properties, letter.made.astimezone(UTC).replace(tzinfo=None)
    about.author = about.last_modified_by = printable(letter.letterhead.issuer)
    about.title = printable(f"{letter.kind} {letter.subject}")[:255]
    about.created = about.modified = made
    about.language, about.comments, about.revision = LATIN.language, "", 1


# -- the text ---------------------------------------------------------------------------------------


class _Drawing:
    """The blocks of one document, as they come."""

    def __init__(self, document: Document) -> None:
        self.document, self.link, self.charts = document, linker(document), 0

    def blocks(self, body: Iterable[Block]) -> Iterator[Element]:
        for block in body:
            match block:
                case Heading():
                    look = replace(_HEADINGS[block.level], page=block.page)
                    yield paragraph(words(Span(block.text, bold=True)), look)
                case Paragraph():
                    yield _paragraph(block, self.link)
                case Table():
                    yield from _table(block, self.link)
                case Chart():
                    yield from self._chart(block)

    def _chart(self, block: Chart) -> Iterator[Element]:
        """Above its caption, as the decree's pictures stand."""
        from diembao.paper.charts import drawing

        self.charts += 1
        yield holding(drawing(block, self.document, self.charts), _PICTURE)
        bold = (replace(span, bold=not span.small) for span in block.caption)
        yield paragraph(tuple(bold), replace(_CAPTION, before=0, after=8, keep=False), self.link)


def _appended(letter: Letter, drawn: _Drawing) -> Iterator[Element]:
    """On a page of its own: Phụ lục, its title, which document it belongs to; and what stands below."""
    if not letter.appendix:
        return
    head = letter.letterhead
    number = f"{letter.number:02d}" if letter.number is not None else "……"
    known = f" số {number}/{head.symbol}" if head.symbol else ""
    to = f"(Kèm theo {letter.kind.capitalize()}{known} ngày {forms.day(letter.day)})"
    yield paragraph(words(Span("PHỤ LỤC", bold=True)), replace(_TITLE, page=True))
    yield paragraph(words(Span(letter.appended, bold=True)), _TITLE)
    yield paragraph(words(Span(to, italic=True)), replace(_TITLE, after=8))
    yield from drawn.blocks(letter.appendix)


def linker(document: Document) -> Link:
    """Addresses as the document names them, each kept once."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    kept: dict[str, str] = {}

    def link(address: str) -> str:
        if address not in kept:
            # `relate_to` looks through all for one like it, which for thousands takes minutes.
            kept[address] = f"rIdLink{len(kept) + 1}"
            document.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, kept[address], is_external=True)
        return kept[address]

    return link


def _paragraph(block: Paragraph, link: Link) -> Element:
    said = (Span("- "), *block.words) if block.listed else block.words
    look = _ITEM if block.listed else _TEXT
    look = replace(look, after=_CLOSE, keep=True) if block.keep else look
    return paragraph(said, replace(look, align="left") if block.ragged else look, link)


def _kept(looks: list[Look], rows: int) -> Iterator[list[Look]]:
    """The looks of each row's cells: a short table stays on one page, a long one has two rows below its head."""
    together = rows - 1 if rows <= _WHOLE else 2
    for n in range(rows):
        yield [replace(look, keep=n < together) for look in looks]


def _table(block: Table, link: Link) -> Iterator[Element]:
    """Between a caption and a little room; the head again on each page."""
    widths = [share * frame.LINE / sum(block.widths) for share in block.widths]
    plain = _SMALL if block.small else _CELL
    looks = [replace(plain, align=_ALIGN[letter]) for letter in block.align]
    head_look = replace(plain, align="center", keep=True)

    def head() -> Element:
        names = zip(widths, block.head, strict=True)
        bold = (cell(x, paragraph(words(Span(text, bold=True)), head_look), middle=True) for x, text in names)
        return row(bold, head=True)

    rows = [
        row(cell(width, paragraph(said, look, link)) for width, said, look in zip(widths, each, those, strict=True))
        for each, those in zip(block.rows, _kept(looks, len(block.rows)), strict=True)
    ]
    yield paragraph(words(Span(block.caption, bold=True)), replace(_CAPTION, size=BODY))
    whole = _PIECE if block.small else max(1, len(rows))
    for at in range(0, max(1, len(rows)), whole):
        if at:
            yield paragraph((), Look(size=1, after=0, line=1, page=True))
        yield table([head(), *rows[at : at + whole]], widths, ruled=True)
    # The room is below the line: where the page is full it is dropped, and begins no empty page.
    yield paragraph((), Look(size=1, after=7, line=1))
