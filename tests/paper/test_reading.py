"""Documents that come in: what they say is read, what they try is not done."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from diembao.core.errors import SetAside
from diembao.paper.pdf import convert
from diembao.paper.reading import LARGEST, lines_of
from tests.parts import needs

TITLE = "Phổ biến chủ trương về thông tin đối ngoại"


def plan_docx(rows: int = 2) -> bytes:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Rà soát quy định.", style="List Bullet")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("TT", "NHIỆM VỤ", "ĐƠN VỊ CHỦ TRÌ"), strict=True):
        cell.text = text
    for number in range(1, rows + 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = f"1.{number}", TITLE, "Sở Nội vụ\nSở Tài chính"
    whole = table.add_row().cells
    whole[0].merge(whole[2]).text = "Nhóm 2"
    document.add_paragraph("Nơi nhận:")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_docx_gives_its_paragraphs_and_rows_in_order() -> None:
    assert lines_of(plan_docx(1), "kh.docx") == [
        "KẾ HOẠCH",
        "- Rà soát quy định.",
        "TT\tNHIỆM VỤ\tĐƠN VỊ CHỦ TRÌ",
        f"1.1\t{TITLE}\tSở Nội vụ Sở Tài chính",
        "Nhóm 2",
        "Nơi nhận:",
    ]


@needs("soffice")
def test_a_pdf_gives_the_rows_of_its_tables_over_two_pages() -> None:
    lines = lines_of(convert(plan_docx(60)), "kh.pdf")
    assert sum(line.startswith("1.") and line.count("\t") == 2 for line in lines) == 60
    assert lines[0] == "KẾ HOẠCH"
    assert lines[-1] == "Nơi nhận:"
    assert f"1.7\t{TITLE}\tSở Nội vụ Sở Tài chính" in lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_any_unicode(encoding: str) -> None:
    assert lines_of("Kế hoạch\r\nNhiệm vụ".encode(encoding), "kh.txt") == ["Kế hoạch", "Nhiệm vụ"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"0" * 210_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0old", ".docx"),
        (b"K\xd5 ho\xb9ch TCVN3", "UTF-8"),
        (b"text\0with zero", "UTF-8"),
        (b"PK\x03\x04 not a zip", ".docx"),
        (b"%PDF-1.7 broken", "PDF"),
        (b" " * (LARGEST + 1), "bytes"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(SetAside, match=says):
        lines_of(data, "tep")


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked() -> None:
    with pytest.raises(SetAside, match="unpacks"):
        lines_of(bomb(), "kh.docx")


@needs("soffice")
def test_a_pdf_without_a_text_layer_is_said_to_be_scanned() -> None:
    document = Document()
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(SetAside, match="quét"):
        lines_of(convert(out.getvalue()), "scan.pdf")
