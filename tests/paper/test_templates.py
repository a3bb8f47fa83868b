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
from diembao.paper.filling import FIELDS, UNPACKED
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


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("Nơi: {{ noi", "đoạn 2 .“Nơi: {{ noi”.: thẻ {{"),
        ("noi }}", "đoạn 2.*thẻ }}"),
        ("{{ }}", "đoạn 2.*thẻ {{ }}.*trống"),
        ("{{ ten_loai ten_loai }}", "đoạn 2.*viết sai"),
        ("{%p if ten_loai %}", "đoạn 2.*thiếu {% endif %}"),
        ("{%p endfor %}", "đoạn 2.*không đóng {% for %} nào"),
        ("{% else %}", "đoạn 2.*không đứng trong"),
        ("{% include 'x' %}", "đoạn 2.*chỉ dùng được if, for"),
        ("{{ so_van_ban }}", "đoạn 2.*không có trường 'so_van_ban'; có: co_quan_chu_quan"),
    ],
)
def test_a_mistake_is_told_with_its_tag_and_its_paragraph(make: Make, wrong: str, told: str) -> None:
    with refused("mau.docx", told):
        docx.write(letter(), make("{{ ten_loai }}", wrong, "{{ noi_dung }}"))


def test_a_mistake_in_a_table_or_at_the_head_of_a_page_is_found_too(make: Make) -> None:
    def in_table(document: Opened) -> None:
        document.add_table(1, 2).rows[0].cells[1].text = "{{ ten }}"

    def at_head(document: Opened) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ ten }}"

    with refused("bảng 1 ô 2 đoạn 1"):
        docx.write(letter(), make("{{ noi_dung }}", change=in_table))
    with refused("đầu trang đoạn 1"):
        docx.write(letter(), make("{{ noi_dung }}", change=at_head))


@pytest.mark.parametrize(
    "trick",
    [
        "{{ 'a' * 10 ** 9 }}",
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        "{{ ten_loai.encode('x' * 99) }}",
        "{{ ten_loai|center(10000000000) }}",
        "{% set a = 1 %}",
        "{% for a in noi_nhan %}{% for b in noi_nhan %}{% for c in noi_nhan %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_what_could_take_for_ever_is_not_run(make: Make, trick: str) -> None:
    with refused("mau.docx", "đoạn 1"):
        docx.write(letter(), make(trick, "{{ noi_dung }}"))


def test_nothing_strange_hides_in_the_properties_of_the_file(make: Make) -> None:
    def title(document: Opened) -> None:
        document.core_properties.title = "{{ 'a' * 9 }}"

    with refused("mau.docx", "unsafe"):
        docx.write(letter(), make("{{ noi_dung }}", change=title))


def test_a_file_that_unpacks_to_far_more_than_a_template_is_refused(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "mau.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"\0" * (UNPACKED + 1))
    with refused("unpacks to more than"):
        docx.write(letter(), tmp_path / "mau.docx")


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
