"""Which files are taken as evidence: by their bytes, their size, their parts; never by their name alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from diembao.core.errors import WrongUse
from diembao.response import files
from diembao.response.files import LARGEST, NAME, checked

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


def office(folder: str = "word/", more: Mapping[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr(f"{folder}document.xml", "<w/>")
        for name, data in (more or {}).items():
            out.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("biên bản.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("ảnh.PNG", PNG, "image/png"),
        ("ảnh.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("ghi âm.txt", "Lời kể".encode(), "text/plain"),
        ("so.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("so.xlsx", office("xl/"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_what_offices_keep_is_taken(name: str, data: bytes, media: str) -> None:
    assert checked(name, data).media == media


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "không phải là tệp .pdf"),
        ("a.png", b"%PDF-1.7", "không phải là tệp .png"),
        ("a.docx", office("xl/"), "không phải là tệp .docx"),
        ("a.docx", b"PK\x03\x04 broken", "không phải là tệp .docx"),
        ("a.docx", office(more={"word/vbaProject.bin": b"macro"}), "không phải là tệp .docx"),
        ("a.txt", b"MZ\x00\x01", "không phải là tệp .txt"),
        ("a.txt", b"\xff\xfe\x00", "không phải là tệp .txt"),
        ("a.html", b"<html>", "Chỉ nhận tệp"),
        ("a.exe", b"MZ", "Chỉ nhận tệp"),
        ("a.svg", b"<svg/>", "Chỉ nhận tệp"),
        ("a.pdf.html", b"%PDF-", "Chỉ nhận tệp"),
        ("pdf", b"%PDF-", "Chỉ nhận tệp"),
        ("a.pdf", b"", "trống"),
        ("a.pdf", b"%PDF-" + b"\x00" * LARGEST, "lớn hơn 10 MB"),
        ("..", b"x", "không có tên"),
    ],
    ids=range(15),
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        checked(name, data)


def test_a_bomb_is_found_by_its_list_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UNPACKED", 1_000_000)
    bomb = office(more={"word/media.bin": b"\x00" * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(WrongUse, match=r"không phải là tệp \.docx"):
        checked("a.docx", bomb)
    monkeypatch.setattr(files, "UNPACKED", 200_000_000)
    monkeypatch.setattr(files, "PARTS", 2)
    with pytest.raises(WrongUse):
        checked("a.docx", bomb)


def test_a_part_that_unpacks_to_more_than_it_says_is_found_out() -> None:
    bomb = bytearray(office(more={"word/media.bin": b"\x00" * 2_000_000}))
    for head, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.rindex(head)
        said = bomb[at + size_at : at + size_at + 4]
        assert int.from_bytes(said, "little") == 2_000_000
        bomb[at + size_at : at + size_at + 4] = (1_000).to_bytes(4, "little")
    with pytest.raises(WrongUse, match=r"không phải là tệp \.docx"):
        checked("a.docx", bytes(bomb))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\lan\\bien ban.pdf", "bien ban.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("gpj.\u202efdp.pdf", "gpj.fdp.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("x" * 400 + ".pdf", "x" * (NAME - 4) + ".pdf"),
    ],
)
def test_names_are_one_part_of_one_line(given: str, kept: str) -> None:
    assert checked(given, b"%PDF-").name == kept
