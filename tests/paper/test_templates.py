"""A template of an office's own, and what is wrong with one."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened

from diembao.core.errors import Misconfigured
from diembao.paper import docx
from diembao.paper.filling import FIELDS
from diembao.paper.frame import template as frame
from tests.paper.letters import HEAD, everything, letter, opened

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A template with these paragraphs."""

    def write(*paragraphs: str, change: Callable[[Opened], object] = lambda _: None) -> Path:
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        change(document)
        document.save(str(tmp_path / "mau.docx"))
        return tmp_path / "mau.docx"

    return write


def test_a_template_of_ones_own_is_filled_and_keeps_what_it_has(make: Make) -> None:
    path = make("Cơ quan: {{ co_quan_ban_hanh }}", "{{ noi_dung }}", "Hết.")
    text = everything(docx.write(letter(), path))
    assert text.startswith("Cơ quan: SỞ VĂN HÓA,\nTHỂ THAO VÀ DU LỊCH\nI. TỔNG QUAN\nTrong tuần có 3 bài.")
    assert text.rstrip().endswith("Hết.")


def test_the_programs_template_written_out_and_used_again_gives_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(frame(HEAD, "Về một việc"))
    assert everything(docx.write(letter(), path)) == everything(docx.write(letter()))


def test_the_programs_template_uses_every_field_there_is() -> None:
    xml = opened(frame(HEAD, "")).element.body.xml
    assert [name for name in FIELDS if name not in xml] == []


def refused(*named: str) -> "pytest.RaisesExc[Misconfigured]":
    return pytest.raises(Misconfigured, match=".*".join(named))


def test_a_field_that_nothing_fills_is_named(make: Make) -> None:
    with refused("mau.docx", "'so_van_ban'"):
        docx.write(letter(), make("{{ so_van_ban }}", "{{ noi_dung }}"))


def test_a_template_without_a_place_for_the_text_is_refused(make: Make) -> None:
    with refused("mau.docx", "'noi_dung' is missing"):
        docx.write(letter(), make("{{ ten_loai }}"))


@pytest.mark.parametrize("paragraphs", [("Nội dung: {{ noi_dung }}",), ("{{ noi_dung }}", "{{ noi_dung }}")])
def test_the_text_needs_a_paragraph_of_its_own(make: Make, paragraphs: tuple[str, ...]) -> None:
    with refused("'noi_dung' has to stand once, alone"):
        docx.write(letter(), make(*paragraphs))


def test_the_text_cannot_stand_in_a_table(make: Make) -> None:
    def in_table(document: Opened) -> None:
        document.add_table(1, 1).rows[0].cells[0].text = "{{ noi_dung }}"

    with refused("outside of tables"):
        docx.write(letter(), make(change=in_table))


@pytest.mark.parametrize("field", ["co_quan_ban_hanh", "dia_danh_thoi_gian", "noi_nhan", "so_ky_hieu", "chuc_vu"])
def test_a_letterhead_with_a_hole_names_the_field(field: str) -> None:
    holes = {
        "co_quan_ban_hanh": "issuer",
        "dia_danh_thoi_gian": "place",
        "so_ky_hieu": "symbol",
        "chuc_vu": "signer_title",
    }
    empty = {holes[field]: ""} if field in holes else {"copies": ()}
    with refused(f"'{field}'", "letterhead"):
        docx.write(letter(head=replace(HEAD, **empty)))


def test_a_template_that_cannot_be_read_says_so(make: Make) -> None:
    with refused("mau.docx"):
        docx.write(letter(), make("{% if %}", "{{ noi_dung }}"))


@pytest.mark.parametrize("trick", ["{{ ''.__class__.__mro__ }}", "{{ noi_dung.__init__.__globals__ }}"])
def test_a_template_cannot_reach_out_of_its_sandbox(make: Make, trick: str) -> None:
    with refused("mau.docx", "unsafe"):
        docx.write(letter(), make(trick, "{{ noi_dung }}"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(content)
    with refused("mau.docx"):
        docx.write(letter(), path)


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    import zipfile

    whole, path = BytesIO(frame(HEAD, "")), tmp_path / "mau.docx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    with refused("mau.docx"):
        docx.write(letter(), path)


def test_a_template_that_is_not_there_says_so(tmp_path: Path) -> None:
    with refused("nowhere.docx", "No such file"):
        docx.write(letter(), tmp_path / "nowhere.docx")


def test_a_template_of_absurd_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    with path.open("wb") as out:
        out.truncate(docx.LARGEST_TEMPLATE + 1)
    with refused("larger than"):
        docx.write(letter(), path)
