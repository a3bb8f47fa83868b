"""A letter to test with, and what a reader finds in one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Opened

from diembao.paper.letter import Block, Heading, Letter, Paragraph, Table, words
from diembao.plan.office import Letterhead

MADE = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
HEAD = Letterhead(
    parent="UBND TỈNH MẪU",
    issuer="SỞ VĂN HÓA,\nTHỂ THAO VÀ DU LỊCH",
    symbol="BC-SVHTTDL",
    place="Mẫu",
    to=("Ủy ban nhân dân tỉnh Mẫu",),
    copies=("Như trên", "Lưu: VT"),
    signer_title="GIÁM ĐỐC",
)
BODY: tuple[Block, ...] = (
    Heading("I. TỔNG QUAN"),
    Paragraph(words("Trong tuần có 3 bài.")),
    Table("Bảng 1. Theo thái độ", ("Thái độ", "Số bài"), ((words("tích cực"), words("3")),), (3, 1), "lr"),
)


def letter(*body: Block, head: Letterhead = HEAD, **changes: Any) -> Letter:
    whole = Letter(head, "BÁO CÁO", "Về một việc\n(từ ngày 13/11/2026)", date(2026, 11, 20), MADE, body or BODY)
    return replace(whole, **changes)


def opened(content: bytes) -> Opened:
    return Document(BytesIO(content))


def everything(content: bytes) -> str:
    """All text in the order of the document, tables too, a line for each paragraph."""
    paragraphs = opened(content).element.body.iter(_tag("p"))
    return "\n".join(_text(paragraph) for paragraph in paragraphs)


def _text(paragraph: Any) -> str:
    return "".join(
        piece.text or "" if piece.tag == _tag("t") else "\n" for piece in paragraph.iter(_tag("t"), _tag("br"))
    )


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def paragraph_of(content: bytes, text: str) -> str:
    """The XML of the first paragraph with this text in it."""
    from lxml import etree

    found = (p for p in opened(content).element.body.iter(_tag("p")) if text in _text(p))
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(next(found), encoding="unicode"))
