"""Documents that come in, as lines of text: DOCX, PDF with a text layer, plain text. Tabs part the cells of a table.

What comes in is not trusted: size, pages and what a ZIP unpacks to are bounded, nothing in it is run.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from diembao.core.errors import SetAside

if TYPE_CHECKING:  # pdfplumber and docx cost half a second each
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph
    from pdfplumber.page import Page

LARGEST: Final = 30_000_000  # bytes; a plan has some hundred kilobytes, a scanned one some megabytes
UNPACKED: Final = 200_000_000  # bytes in all parts of a DOCX
PAGES: Final = 400
_WORD_GAP: Final = 1.5  # points between letters of one word


def lines_of(data: bytes, name: str) -> list[str]:
    """The lines of a document; what it is, its first bytes say, and its name where they do not.

    Raises:
        SetAside: not a document that can be read, too large, or without a text layer; says what to do.
    """
    if len(data) > LARGEST:
        raise SetAside(f"{name}: {len(data):,} bytes; at most {LARGEST:,} are read")
    if data.startswith(b"%PDF-"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SetAside(f"{name}: tệp .doc cũ, hãy lưu lại thành .docx. / An old .doc: save it as .docx.")
    return _text(data, name)


def _text(data: bytes, name: str) -> list[str]:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    raise SetAside(f"{name}: không phải văn bản UTF-8, hãy lưu lại bằng UTF-8. / Not UTF-8 text: save it as UTF-8.")


def _docx(data: bytes, name: str) -> list[str]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                raise SetAside(f"{name}: it unpacks to more than {UNPACKED:,} bytes")
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError) as error:
        raise SetAside(f"{name}: không mở được như .docx. / It cannot be opened as a .docx ({error}).") from error
    return list(_blocks(document))


def _blocks(document: Docx) -> Iterator[str]:
    """Paragraphs and rows of tables in their order; a paragraph's own line breaks are lines."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if not isinstance(block, Table):
            yield from (_numbered(block) + block.text).split("\n")
            continue
        for row in block.rows:
            once = {cell._tc: cell for cell in row.cells}  # noqa: SLF001 (a merged cell comes once for each column)
            yield "\t".join(" ".join(cell.text.split()) for cell in once.values())


def _numbered(paragraph: Paragraph) -> str:
    """A dash where Word draws a list mark itself, which is not in the text."""
    from docx.oxml.ns import qn

    properties = paragraph._p.find(qn("w:pPr"))  # noqa: SLF001 (python-docx has no door to numbering)
    styles = [properties, paragraph.style.element if paragraph.style is not None else None]
    listed = any(part is not None and part.find(f".//{qn('w:numPr')}") is not None for part in styles)
    return "- " if listed and paragraph.text.strip() else ""


def _pdf(data: bytes, name: str) -> list[str]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > PAGES:
                raise SetAside(f"{name}: {len(document.pages)} pages; at most {PAGES} are read")
            lines = [line for page in document.pages for line in _page(page)]
    except (PdfminerException, MalformedPDFException, PDFPasswordIncorrect, ValueError, TypeError, KeyError) as error:
        raise SetAside(f"{name}: không mở được như PDF. / It cannot be opened as a PDF ({error}).") from error
    if not any(line.strip() for line in lines):
        raise SetAside(
            f"{name}: PDF quét, không có lớp chữ. / A scanned PDF without a text layer: recognise its text first."
        )
    return lines


def _page(page: Page) -> Iterator[str]:
    """Lines of text between the tables and rows of the tables, from top to bottom."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    edges = [page.bbox[1], *(edge for table in tables for edge in (table.bbox[1], table.bbox[3])), page.bbox[3]]
    for number, (top, bottom) in enumerate(pairwise(edges)):
        if number % 2:
            for row in tables[number // 2].extract(x_tolerance=_WORD_GAP):
                yield "\t".join(" ".join((cell or "").split()) for cell in row)
        elif bottom - top > 1:
            strip = page.crop((page.bbox[0], top, page.bbox[2], bottom), strict=False)
            yield from strip.extract_text(x_tolerance=_WORD_GAP).split("\n")
