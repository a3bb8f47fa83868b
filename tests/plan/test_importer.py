"""What the importer reads in plans of each form, and says where it is in doubt."""

from __future__ import annotations

import pytest

from diembao.core.errors import SetAside
from diembao.plan.importer import ImportedPlan, read_plan
from diembao.plan.importer.links import links
from diembao.plan.importer.matching import match
from diembao.plan.importer.references import references
from diembao.plan.importer.times import days_before, period
from diembao.plan.importer.units import addressed, units_in
from diembao.plan.reader import profile
from tests.plan.forms import BLOCKS, PROSE, TABLE


@pytest.fixture(scope="module")
def table() -> ImportedPlan:
    return read_plan(TABLE)


@pytest.fixture(scope="module")
def blocks() -> ImportedPlan:
    return read_plan(BLOCKS)


@pytest.fixture(scope="module")
def prose() -> ImportedPlan:
    return read_plan(PROSE)


class TestATable:
    def test_rows_with_a_unit_are_tasks_and_the_others_are_groups(self, table: ImportedPlan) -> None:
        assert [task.number for task in table.tasks] == ["1.1", "1.2", "2.1", "2.3"]
        assert [group.number for group in table.groups] == ["1", "2"]

    def test_a_title_that_a_page_broke_is_whole(self, table: ImportedPlan) -> None:
        assert table.groups[0].title == "Phổ biến chủ trương của Đảng, chính sách của Nhà nước"
        assert table.groups[1].title == "Quản lý nhà nước"

    def test_a_row_that_a_page_broke_is_whole(self, table: ImportedPlan) -> None:
        task = table.tasks[0]
        assert task.title == "Định hướng tuyên truyền, phổ biến, giáo dục pháp luật"
        assert task.lead == ("Sở Thông tin và Truyền thông",)
        assert task.help == ("Các sở, ban, ngành", "UBND các huyện, thị xã, thành phố")

    def test_each_field_knows_its_line(self, table: ImportedPlan) -> None:
        task = table.tasks[0]
        assert TABLE[task.line - 1].startswith("1.1\t")
        assert "Hằng năm" in TABLE[task.lines["time"] - 1]

    def test_a_document_that_a_task_names_is_a_reference(self, table: ImportedPlan) -> None:
        assert table.tasks[1].references == ("Nghị định 70/2023/NĐ-CP (18/9/2023)",)

    def test_the_prose_under_the_same_number_belongs_to_the_group(self, table: ImportedPlan) -> None:
        assert [point.text for point in table.groups[0].points] == [
            "Phổ biến chủ trương tới cán bộ, trong đó chú trọng điểm mới.",
            "Làm tốt công tác báo chí.",
        ]

    def test_what_is_missing_is_said(self, table: ImportedPlan) -> None:
        assert any("2.2" in doubt for doubt in table.doubts)
        assert any("2.3" in doubt and "chủ trì" in doubt for doubt in table.doubts)
        assert any("2.3" in doubt and "thời gian" in doubt for doubt in table.doubts)

    def test_duties_in_sentences_find_their_units(self, table: ImportedPlan) -> None:
        assert [duty.unit for duty in table.duties] == [
            "Sở Thông tin và Truyền thông",
            "Ban Tuyên giáo Tỉnh ủy, Ban Chỉ đạo Công tác thông tin đối ngoại",
            "các cơ quan, đơn vị, địa phương",
        ]
        assert table.duties[1].units == ("Ban Tuyên giáo Tỉnh ủy", "Ban Chỉ đạo Công tác thông tin đối ngoại")

    def test_reports_without_a_day_keep_their_kind(self, table: ImportedPlan) -> None:
        assert [(report.kind, report.before) for report in table.reports] == [("year", ""), ("on-demand", "")]

    def test_its_json_has_the_promised_names(self, table: ImportedPlan) -> None:
        told = table.as_json()
        assert {"number", "title", "lead", "help", "from", "to", "rhythm", "line"} <= told["tasks"][0].keys()
        assert {"unit", "text", "line"} <= told["duties"][0].keys()
        assert (told["tasks"][1]["from"], told["tasks"][1]["to"]) == (2024, 2030)


class TestBlocks:
    def test_numbers_with_a_unit_of_their_own_are_tasks(self, blocks: ImportedPlan) -> None:
        assert [task.number for task in blocks.tasks] == ["1", "2.1"]
        assert [group.number for group in blocks.groups] == ["1", "2"]

    def test_units_are_taken_out_of_sentences_and_brackets(self, blocks: ImportedPlan) -> None:
        first, second = blocks.tasks
        assert first.lead == ("Các sở, ban, ngành", "Ủy ban nhân dân các huyện")
        assert first.help == ("Sở Thông tin và Truyền thông", "Ban Tuyên giáo Tỉnh ủy")
        assert second.lead == ("Đài Phát thanh - Truyền hình", "Báo Sơn Hà")
        assert second.help == ("Sở Ngoại vụ", "các sở, ngành")

    def test_what_stands_behind_the_label_is_referred_to(self, blocks: ImportedPlan) -> None:
        assert blocks.tasks[0].references == ("Thông tư 22/2016/TT-BTTTT (19/10/2016)",)

    def test_one_sentence_with_two_days_is_two_reports(self, blocks: ImportedPlan) -> None:
        assert [(report.kind, report.before, report.to) for report in blocks.reports] == [
            ("half-year", "05-20", "Sở Thông tin và Truyền thông"),
            ("year", "11-15", "Sở Thông tin và Truyền thông"),
        ]

    def test_brackets_are_no_part_of_a_units_name(self, blocks: ImportedPlan) -> None:
        assert [duty.unit for duty in blocks.duties] == ["Sở Thông tin và Truyền thông", "Các sở, ban, ngành"]


class TestProse:
    def test_lines_that_the_margin_broke_are_joined(self, prose: ImportedPlan) -> None:
        assert prose.groups[0].title == (
            "Công tác quán triệt, tuyên truyền, phổ biến thông tin và triển khai thực hiện Nghị quyết"
        )
        assert prose.groups[0].points[0].text.startswith("Nghiên cứu, quán triệt nội dung của Kết luận số 57-KL/TW đến")

    def test_it_has_no_tasks_of_its_own(self, prose: ImportedPlan) -> None:
        assert prose.tasks == ()

    def test_paragraphs_belong_to_the_unit_above_them(self, prose: ImportedPlan) -> None:
        assert [(duty.unit, len(duty.points)) for duty in prose.duties] == [
            ("Sở Ngoại vụ", 2),
            ("Các sở, ban, ngành; UBND các huyện, thành phố", 1),
        ]

    def test_the_closing_paragraph_is_a_report_and_nobodys_duty(self, prose: ImportedPlan) -> None:
        assert [(report.kind, report.before, report.to) for report in prose.reports] == [
            ("year", "11-15", "Sở Thông tin và Truyền thông")
        ]


@pytest.mark.parametrize(
    ("words", "first", "last", "rhythm"),
    [
        ("Năm 2024", 2024, 2024, ""),
        ("2024 - 2030", 2024, 2030, ""),
        ("Giai đoạn 2024–2025", 2024, 2025, ""),
        ("Từ năm 2024 đến năm 2026", 2024, 2026, ""),
        ("Đến năm 2030", None, 2030, ""),
        ("Từ năm 2025", 2025, None, ""),
        ("Hàng năm", None, None, "hằng năm"),
        ("Hằng quý", None, None, "hằng quý"),
        ("Thường xuyên", None, None, "thường xuyên"),
        ("Quý II/2022", 2022, 2022, ""),
        ("Tháng 6/2024", 2024, 2024, ""),
        ("", None, None, ""),
        ("khi có kinh phí", None, None, ""),
    ],
)
def test_a_period_says_what_its_words_say(words: str, first: int | None, last: int | None, rhythm: str) -> None:
    read = period(words)
    assert (read.first, read.last, read.rhythm) == (first, last, rhythm)


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert days_before("báo cáo trước ngày 45/13") == []
    assert [day for day, _ in days_before("chậm nhất ngày 5 tháng 6 và trước 20/12/2024")] == ["06-05"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội",)),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Du lịch", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Du lịch")),
        ("các cơ quan, đơn vị, địa phương có liên quan", ("các cơ quan, đơn vị, địa phương có liên quan",)),
        ("Công an tỉnh; Công an tỉnh", ("Công an tỉnh",)),
        ("", ()),
        (" ; , . ", ()),
    ],
)
def test_a_list_of_units_is_taken_apart_at_names_only(cell: str, units: tuple[str, ...]) -> None:
    assert units_in(cell) == units


def test_a_sentence_that_names_no_unit_speaks_to_nobody() -> None:
    assert addressed("Kinh phí từ nguồn ngân sách nhà nước.") is None


def test_references_come_once_with_their_day() -> None:
    text = "Kết luận số 57-KL/TW; theo Kết luận số 57-KL/TW ngày 15/6/2023 và Quyết định 1719/QĐ-TTg"
    assert references(text) == ("Kết luận 57-KL/TW (15/6/2023)", "Quyết định 1719/QĐ-TTg")


def test_strong_words_of_a_title_go_before_weak_ones() -> None:
    assert [link.theme for link in links("Quảng bá hình ảnh qua đoàn phóng viên")] == ["foreign-press"]
    assert [link.words for link in links("Quảng bá tiềm năng")] == ["quảng bá"]
    assert links("Họp tổ") == ()


class TestMatching:
    def test_a_misread_letter_is_a_doubt_and_not_a_stranger(self) -> None:
        found = match("Sở Ngoai vu", profile("binh-dinh").units)
        assert found.units == ("so-ngoai-vu",)
        near = match("Sở Ngoạj vụ", profile("binh-dinh").units)
        assert (near.units, near.sure) == (("so-ngoai-vu",), False)

    def test_several_successors_are_a_doubt(self) -> None:
        found = match("Sở Thông tin và Truyền thông", profile("binh-dinh").units)
        assert set(found.units) == {"so-vhttdl", "so-khcn"}
        assert not found.sure

    def test_a_name_nobody_knows_has_no_unit(self) -> None:
        assert match("Hội Sinh vật cảnh", profile("binh-dinh").units).units == ()


@pytest.mark.parametrize("text", ["", "\n\n", "Xin chào", "\x00\x01", "1.\n2.\n", "\t\t\t", "I. \nII. "])
def test_what_is_no_plan_is_set_aside_with_a_sentence(text: str) -> None:
    with pytest.raises(SetAside):
        read_plan(text.split("\n"))


def test_a_huge_document_is_refused_and_a_long_line_is_read() -> None:
    with pytest.raises(SetAside):
        read_plan(["dòng"] * 200_001)
    plan = read_plan([*TABLE, "1.3\t" + "rất dài " * 50_000 + "\tSở Tài chính\t\t2024"])
    assert plan.tasks[-1].number == "1.3"
