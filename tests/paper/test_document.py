"""The form of Decree 30/2020/NĐ-CP, annex I, measured in the file; and texts of others, which never break it."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm

from diembao.paper import docx
from diembao.paper.drawing import web_address, width
from diembao.paper.frame import MOTTO, STATE
from diembao.paper.letter import Chart, Heading, Paragraph, Series, Span, Table, words
from diembao.paper.scripts import printable
from tests.paper.letters import HEAD, everything, letter, opened, paragraph_of


@pytest.fixture(scope="module")
def written() -> bytes:
    return docx.write(letter())


def points(content: bytes, text: str) -> set[float]:
    return {int(size) / 2 for size in re.findall(r'<w:sz w:val="(\d+)"', paragraph_of(content, text))}


def test_the_page_is_a4_with_the_margins_of_the_decree(written: bytes) -> None:
    section = opened(written).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    sides: list[tuple[Length | None, int, int]] = [
        (section.top_margin, 20, 25),
        (section.bottom_margin, 20, 25),
        (section.left_margin, 30, 35),
        (section.right_margin, 15, 20),
    ]
    assert [side for side, least, most in sides if side is None or not Mm(least) <= side <= Mm(most)] == []


def test_the_page_number_is_centred_in_the_top_margin_and_not_on_the_first_page(written: bytes) -> None:
    section = opened(written).sections[0]
    (number,) = section.header.paragraphs
    assert "PAGE" in number._p.xml
    assert 'w:val="26"' in number._p.xml  # 13 points
    assert number.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert section.header_distance is not None
    assert section.header_distance + Mm(5) < Mm(20)
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous  # there is none


def test_parts_stand_in_the_order_and_size_of_the_decree(written: bytes) -> None:
    parts: list[tuple[str, float, bool, bool]] = [
        ("UBND TỈNH MẪU", 12, False, False),
        ("THỂ THAO VÀ DU LỊCH", 12, True, False),
        (STATE, 12, True, False),
        (MOTTO, 13, True, False),
        ("Số:        /BC-SVHTTDL", 13, False, False),
        ("Mẫu, ngày 20 tháng 11 năm 2026", 13, False, True),
        ("BÁO CÁO", 14, True, False),
        ("Về một việc", 14, True, False),
        ("Kính gửi: Ủy ban nhân dân tỉnh Mẫu.", 13, False, False),
        ("I. TỔNG QUAN", 13, True, False),
        ("Trong tuần có 3 bài.", 13, False, False),
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("- Lưu: VT.", 11, False, False),
        ("GIÁM ĐỐC", 13, True, False),
    ]
    text = everything(written)
    places = [text.index(part) for part, *_ in parts]
    assert places == sorted(places)
    for part, size, bold, italic in parts:
        drawn = paragraph_of(written, part)
        assert points(written, part) == {size}, part
        assert ("<w:b/>" in drawn, "<w:i/>" in drawn) == (bold, italic), part


def test_every_letter_is_times_new_roman_of_the_same_size_in_all_scripts(written: bytes) -> None:
    xml = opened(written).element.body.xml
    assert set(re.findall(r'w:ascii="([^"]+)"', xml)) == {"Times New Roman"}
    assert re.findall(r'<w:sz w:val="(\d+)"', xml) == re.findall(r'<w:szCs w:val="(\d+)"', xml)
    assert xml.count("<w:b/>") == xml.count("<w:bCs/>") > 0


def test_body_is_justified_with_a_first_line_and_space_between_paragraphs(written: bytes) -> None:
    drawn = paragraph_of(written, "Trong tuần có 3 bài.")
    assert '<w:jc w:val="both"/>' in drawn
    assert 'w:firstLine="720"' in drawn  # 1,27 cm
    space, line = re.search(r'w:after="(\d+)" w:line="(\d+)"', drawn).groups()  # type: ignore[union-attr]
    assert int(space) >= 6 * 20
    assert 240 <= int(line) <= 360


def test_the_rule_under_the_motto_is_as_long_as_the_motto(written: bytes) -> None:
    document = opened(written)
    cell = document.tables[0].rows[0].cells[1]
    rule = cell.paragraphs[-1]
    assert "w:pBdr" in rule._p.xml
    sides = rule.paragraph_format.left_indent, rule.paragraph_format.right_indent
    assert None not in sides
    length = cell.width.mm - sum(side.mm for side in sides if side)
    assert length == pytest.approx(56.1, abs=0.3)  # as measured on a page (pdftotext -bbox: 159.1 points)


def test_the_rules_under_issuer_and_subject_are_a_third_to_a_half(written: bytes) -> None:
    document = opened(written)
    cell = document.tables[0].rows[0].cells[0]
    assert 1 / 3 <= _ruled(cell.paragraphs[-1], cell.width.mm) / width("THỂ THAO VÀ DU LỊCH", 12) <= 1 / 2
    subject = next(p for p in document.paragraphs if "w:pBdr" in p._p.xml)
    assert 1 / 3 <= _ruled(subject, 165) / width("(từ ngày 13/11/2026)", 14) <= 1 / 2


def _ruled(paragraph: object, line: float) -> float:
    form = paragraph.paragraph_format  # type: ignore[attr-defined]
    return float(line - form.left_indent.mm - form.right_indent.mm)


def test_several_addressees_stand_below_each_other() -> None:
    text = everything(docx.write(letter(head=replace(HEAD, to=("Tỉnh ủy", "Ủy ban nhân dân tỉnh")))))
    assert "Kính gửi:\n- Tỉnh ủy;\n- Ủy ban nhân dân tỉnh.\n" in text


def test_a_letter_to_nobody_above_has_no_addressee() -> None:
    assert "Kính gửi" not in everything(docx.write(letter(head=replace(HEAD, to=()))))


def test_a_number_is_written_once_it_is_known() -> None:
    assert "Số: 07/BC-SVHTTDL" in everything(docx.write(letter(number=7)))


def test_tables_repeat_their_head_and_do_not_divide_a_row(written: bytes) -> None:
    table = opened(written).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Thái độ", "Số bài"]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert sum(cell.width.mm for cell in table.rows[0].cells if cell.width) == pytest.approx(165, abs=0.5)


def test_the_file_says_who_made_it_and_when(written: bytes) -> None:
    about = opened(written).core_properties
    assert about.author == "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"
    assert about.title == "BÁO CÁO Về một việc (từ ngày 13/11/2026)"
    assert about.created == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert not any("thumbnail" in name for name in zipfile.ZipFile(BytesIO(written)).namelist())


# -- texts of others --------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script> & &amp; &#x0; ]]> <!-- -->",
    "{{ co_quan_ban_hanh }} {% for x in y %} {_{ }_} {{p r }}",
    "\x00\x01\x0b\x0c\x1b\x7f\x85\ud800\ufffe\uffff",
    "giữa\u2028dòng\u202etrái\ufeff",
    "ข่าวชายฝั่ง 서울 臺北 ກວີເຍີນ کتاب 🙂🇻🇳",
    "a" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_shown_as_it_is_and_breaks_nothing(text: str) -> None:
    said = words("(", Span(text, bold=True, link="https://a.example/x?a=1&b=<>"), ")")
    body = (Heading(text), Paragraph(said), Table(text, (text,), ((said,),), (1,), "l"))
    content = docx.write(letter(*body))
    expected = re.sub(r"\s+", " ", printable(text))
    text_of_it = everything(content)
    assert text_of_it.count(expected) >= 4
    assert "Trong tuần" not in text_of_it
    assert "- Lưu: VT." in text_of_it  # to its end


def test_a_hostile_subject_is_no_template() -> None:
    text = everything(docx.write(letter(subject="{{ 7 * 7 }} <b>&")))
    assert "{{ 7 * 7 }} <b>&" in text


def test_links_lead_where_they_say() -> None:
    address = "https://bao.example/tin?a=1&b=Đ[x] y"
    document = opened(docx.write(letter(Paragraph(words(Span("tin", link=address), Span("lại", link=address))))))
    links = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert links == ["https://bao.example/tin?a=1&b=%C4%90%5Bx%5D%20y"]
    assert [link.text for paragraph in document.paragraphs for link in paragraph.hyperlinks] == ["tin", "lại"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b/", "//a.example", "https://a/" + "x" * 3000],
)
def test_an_address_that_no_program_should_follow_is_only_text(address: str) -> None:
    assert web_address(address) == ""


@pytest.mark.parametrize(("text", "slanted"), [("tin Гиа", True), ("ខេត្ត 9.600", False)])
def test_slanted_letters_are_for_scripts_that_have_them(text: str, slanted: bool) -> None:  # noqa: FBT001 (a case)
    drawn = paragraph_of(docx.write(letter(Paragraph(words(Span(text, italic=True))))), text)
    assert ("<w:i/>" in drawn) == slanted


def test_spaces_between_spans_stay() -> None:
    assert "một hai ba" in everything(docx.write(letter(Paragraph(words("một ", Span("hai", bold=True), " ba")))))


def test_a_list_of_a_few_pages_is_one_table_and_the_line_below_begins_no_page() -> None:
    rows = tuple((words(f"Bài {n}"),) for n in range(75))
    document = opened(docx.write(letter(Table("Danh sách", ("Bài",), rows, (1,), "l", small=True))))
    (table,) = [table for table in document.tables if table.rows[0].cells[0].text == "Bài"]
    assert len(table.rows) == 76
    (below,) = table._tbl.xpath("following-sibling::*[1]")
    assert re.search(r'<w:sz w:val="2"', below.xml)  # half-points: one point high


def test_nothing_stands_between_the_signature_and_the_page_of_the_appendix() -> None:
    body = opened(docx.write(replace(letter(), appendix=(Paragraph(words("Bài.")),)))).element.body
    title = next(each for each in body if "PHỤ LỤC" in each.xml)
    assert title.getprevious().tag.endswith("}tbl")
    without = opened(docx.write(letter())).element.body
    last = list(without)[-2]  # a document may not end with a table
    assert (last.tag.endswith("}p"), 'w:sz w:val="2"' in last.xml) == (True, True)


def test_a_long_list_is_one_table_and_one_of_thousands_goes_on_with_its_head_on_a_new_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = tuple((words(f"Bài {n}"),) for n in range(135))
    list_ = letter(Table("Danh sách", ("Bài",), rows, (1,), "l", small=True))
    (whole,) = [table for table in opened(docx.write(list_)).tables if table.rows[0].cells[0].text == "Bài"]
    assert len(whole.rows) == 136
    monkeypatch.setattr(docx, "_PIECE", 40)
    document = opened(docx.write(list_))
    pieces = [table for table in document.tables if table.rows[0].cells[0].text == "Bài"]
    assert [len(table.rows) for table in pieces] == [41, 41, 41, 16]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in pieces)
    inside = list(document.element.body)
    before = [inside[inside.index(table._tbl) - 1] for table in pieces[1:]]
    assert all("w:pageBreakBefore" in each.xml for each in before)
    assert [row.cells[0].text for table in pieces for row in table.rows[1:]] == [f"Bài {n}" for n in range(135)]


def test_a_chart_is_drawn_by_the_program_that_opens_it_with_its_values_in_the_file() -> None:
    series = (Series("Phê <phán> & khác", (1.0, 2.0)), Series("Trung tính", (3.0, 0.0)))
    chart = Chart(words("Hình 1. Theo ngày ", Span("[S1]", small=True)), ("13/11", "14/11"), series, stacked=True)
    content = docx.write(letter(chart, chart))
    parts = zipfile.ZipFile(BytesIO(content))
    names = [name for name in parts.namelist() if name.startswith("word/charts/")]
    assert names == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
    drawn = parts.read(names[0]).decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", drawn) == [
        *("Phê &lt;phán&gt; &amp; khác", "13/11", "14/11", "1", "2"),
        *("Trung tính", "13/11", "14/11", "3", "0"),
    ]
    assert 'val="stacked"' in drawn
    # In black, white and hatching alone.
    assert {x for x in re.findall(r'srgbClr val="(\w+)"', drawn) if len(set(re.findall("..", x))) > 1} == set()
    assert everything(content).count("Hình 1. Theo ngày [S1]") == 2
