"""The weekly summary in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from diembao.core.article import Kind
from diembao.paper import docx
from diembao.paper.letter import Block, Heading, Letter, Paragraph, Table
from diembao.pipeline.wiring import Installation
from diembao.reports.period import Period, between, week
from diembao.reports.telling import Teller
from diembao.reports.weekly import Weekly, weekly
from diembao.reports.weekly_text import letter
from tests.dashboard import seed
from tests.dashboard.seed import ZONE
from tests.paper.letters import everything
from tests.reports.coverage import HOSTILE, NOW, THIS_WEEK, told

Make = Callable[..., Installation]


def lines(made: Letter) -> Iterator[str]:
    for block in made.body:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield "".join(span.text for span in block.words)
        case Table():
            yield block.caption
            yield " | ".join(block.head)
            yield from (" | ".join("".join(span.text for span in cell) for cell in row) for row in block.rows)


def text(made: Letter) -> str:
    return "\n".join(lines(made))


def section(said: str, heading: str) -> str:
    """What stands below it, up to the next one."""
    return re.split(r"\n[IVX]+\. [A-ZĐÀ-Ỹ]", said.split(f". {heading}\n")[1])[0]


def of(house: Installation, period: Period, now: datetime = NOW) -> str:
    return text(letter(house, weekly(house, period, province="gia-lai", now=now)))


@pytest.fixture(scope="module")
def said(found: Weekly, filled: tuple[object, object]) -> str:
    from diembao.core.settings import load
    from diembao.pipeline.wiring import open_installation

    with open_installation(load(filled[0])) as house:  # type: ignore[arg-type]  # a path
        return text(letter(house, found))


def test_the_title_names_province_week_and_days(house: Installation, found: Weekly) -> None:
    made = letter(house, found)
    assert made.kind == "BÁO CÁO"
    assert made.subject == (
        "Tổng hợp dư luận báo chí về tỉnh Gia Lai tuần 47 năm 2026\n(từ ngày 13/11/2026 đến ngày 19/11/2026)"
    )
    assert made.letterhead == house.profile.letterhead


def test_other_days_are_named_without_a_week(house: Installation) -> None:
    days = between(datetime(2026, 11, 1).date(), datetime(2026, 11, 10).date(), zone="Asia/Ho_Chi_Minh", ends=3)  # noqa: DTZ001 (days only)
    found = weekly(house, days, province="gia-lai", now=NOW)
    assert letter(house, found).subject == (
        "Tổng hợp dư luận báo chí về tỉnh Gia Lai\ntừ ngày 01/11/2026 đến ngày 10/11/2026"
    )
    assert "Trong kỳ ghi nhận" in text(letter(house, found))
    assert "kỳ trước:" in text(letter(house, found))


def test_it_is_dated_by_the_day_of_the_province(house: Installation, found: Weekly) -> None:
    late = replace(found, made=datetime.fromisoformat("2026-11-20T17:30:00+00:00"))
    assert letter(house, late).day.isoformat() == "2026-11-21"


def test_a_number_always_stands_beside_what_it_is_compared_with(said: str) -> None:
    assert "ghi nhận 10 bài [S1] (tuần trước: 1; trung bình 8 tuần trước: 4,5) về tỉnh Gia Lai" in said
    assert "Bài về tỉnh | 10 | 1 | 4,5 | [S1]" in said
    assert "Phê phán | 2 | 20,0% | 1 | 0,1 | [S10]" in said
    assert "Du lịch | 1 | 10,0% | 1 | 4,5 |" in said


def test_every_figure_that_is_not_empty_is_cited_and_nothing_else(said: str, found: Weekly) -> None:
    cited = {int(n) for n in re.findall(r"\[S(\d+)\]", said)}
    assert cited <= {figure.number for figure in found.figures}
    assert {figure.number for figure in found.figures if figure.count or figure.last} <= cited


def test_themes_without_an_article_are_named_in_one_sentence(said: str) -> None:
    (line,) = (line for line in said.splitlines() if line.startswith("Không có bài trong tuần này và tuần trước: "))
    assert re.search(r"ASEAN \[S\d+\]", line)
    assert "Du lịch" not in line


def test_sections_come_in_order(said: str) -> None:
    heads = [line for line in said.splitlines() if re.match(r"[IVX]+\. [A-ZĐÀ-Ỹ]{2}", line)]
    assert heads == [
        "I. TỔNG QUAN",
        "II. CÁC CHUYỆN CHÍNH",
        "III. BÀI PHÊ PHÁN VÀ TRẢ LỜI",
        "IV. ĐƠN VỊ CHƯA TRẢ LỜI",
        "V. BÁO CHÍ NƯỚC NGOÀI",
        "VI. HIỆU QUẢ TRẢ LỜI",
        "VII. THÔNG TIN CHÍNH THỨC, ĐÍNH CHÍNH, SỬA BÀI",
        "VIII. GIỚI HẠN CỦA SỐ LIỆU",
        "IX. CÁCH LÀM",
    ]
    assert said.endswith("Trên đây là tổng hợp dư luận báo chí về tỉnh Gia Lai./.")


def test_a_main_story_tells_leads_counts_outlets_and_stance(said: str) -> None:
    assert "1. Nước thải trại heo chảy ra sông Côn\n" in said
    gist, story, _ = said.split("1. Nước thải trại heo chảy ra sông Côn\n")[1].split("\n", 2)
    # Its own outlets' leads, a copy's left out.
    assert gist == (
        "“Chuyện waste.” (Báo Sông Côn, 06:00 ngày 19/11/2026)."
        " “Chuyện waste-next.” (Tin Cao Nguyên, 09:00 ngày 19/11/2026)."
    )
    assert re.search(
        r"Trong tuần: 3 bài \[S\d+\], 2 văn bản khác nhau \(tuần trước: 0 bài; từ đầu: 3 bài, 2 văn bản khác nhau\)",
        story,
    )
    assert "Nguồn: Báo Sông Côn, Nhật báo Biển, Tin Cao Nguyên." in story
    assert "Thái độ: phê phán (gợi ý của máy) 2 bài, trung tính (gợi ý của máy) 1 bài." in story


def test_critical_coverage_has_outlet_time_sentence_and_address(said: str) -> None:
    part = section(said, "BÀI PHÊ PHÁN VÀ TRẢ LỜI").splitlines()
    assert part[0].startswith("2 bài [S6] (tuần trước: 1;")
    assert re.fullmatch(
        r"Đã có trả lời: 0 bài \[S\d+\]; đang xử lý, chưa trả lời: 0 bài \[S\d+\];"
        r" đã kết thúc xử lý mà không phát hành trả lời: 0 bài \[S\d+\]; chưa mở vụ việc: 2 bài \[S\d+\]\.",
        part[1],
    )
    assert part[2] == (
        "1. Nước thải trại heo chảy ra sông Côn. Báo Sông Côn, 06:00 ngày 19/11/2026; phê phán (gợi ý của máy)."
        " “Người dân xã Tây Sơn cho biết họ gửi đơn ba lần nhưng chưa được trả lời.” Đăng lại: Nhật báo Biển."
    )
    assert part[3] == "Trả lời: chưa mở vụ việc."
    assert re.fullmatch(r"https://bao-song-con\.example/\w+\.html", part[4])
    assert len(part) == 5


def test_a_stance_that_a_person_settled_is_said_to_be(house: Installation, period: Period, ids: dict[str, str]) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["critical"], by="person:lan", why="đã đọc", now=NOW)
    seed.index(house)
    told_now = of(house, period)
    assert "06:00 ngày 19/11/2026; phê phán (do người xác định)." in told_now
    assert "trong đó do người xác định: 1 bài [S7]" in told_now
    assert "lan" not in re.findall(r"\w+", told_now)  # who it was is the record's, not the report's


def test_foreign_coverage_is_told_in_its_own_words(said: str) -> None:
    assert "Lào | 1 | 50,0% | 0 | 0 |" in said
    assert "Tiếng Trung phồn thể | 1 | 10,0% | 0 | 0 |" in said
    assert "ກວີເຍີນ ເປີດສາຍການບິນໃໝ່. ຂ່າວ ສອງຝັ່ງ (tiếng Lào), 10:00 ngày 18/11/2026; tích cực (gợi ý của máy)." in said


def test_an_article_without_a_time_says_so(make: Make, period: Period) -> None:
    undated = next(each for each in THIS_WEEK if each.slug == "undated")
    said = of(make([replace(undated, stance="critical")]), period)
    assert "thu được 11:04 ngày 14/11/2026, không rõ giờ đăng" in said
    assert "1 bài không rõ giờ đăng, tính theo giờ thu được." in said


def test_official_information_and_corrections_are_listed_with_how_they_were_found(said: str) -> None:
    part = section(said, "THÔNG TIN CHÍNH THỨC, ĐÍNH CHÍNH, SỬA BÀI")
    assert "“họp báo”" in part
    assert (
        "1. UBND tỉnh họp báo về mùa mưa. Thời sự Miền Trung, 10:00 ngày 16/11/2026; trung tính (gợi ý của máy)."
        " “Sáng thứ Hai, UBND tỉnh họp báo về mùa mưa.”"
    ) in part
    assert "1. Nói lại cho rõ về giá đất." in part


def test_the_limits_name_outlets_and_reasons(said: str) -> None:
    part = section(said, "GIỚI HẠN CỦA SỐ LIỆU")
    assert "Danh mục có 10 nguồn; đọc được đến cuối tuần: 6 nguồn." in part
    assert "The Mekong Courier (1 lần lỗi liên tiếp, máy chủ trả lỗi 503)" in part
    assert "1 bài không rõ giờ đăng" in part


def test_the_method_says_since_when_and_that_labels_are_suggestions(said: str) -> None:
    part = section(said, "CÁCH LÀM")
    assert "(từ ngày 17/09/2026)" in part
    assert "gợi ý của máy; ý kiến của người xác định được giữ" in part
    assert re.search(r"số thứ tự nhật ký [\d.]+ lúc lập \(08:00 ngày 20/11/2026\)", part)


def test_without_history_it_says_that_the_data_do_not_suffice(make: Make, period: Period) -> None:
    said = of(make(THIS_WEEK), period)
    assert said.count("chưa đủ dữ liệu") == 1  # below the first table, not after every figure
    assert "ghi nhận 10 bài [S1] về tỉnh Gia Lai" in said
    assert "Bài về tỉnh | 10 | – | – | [S1]" in said
    assert "“–”: chưa đủ dữ liệu để so sánh; việc thu thập bắt đầu từ ngày 13/11/2026." in said


def test_with_a_short_history_the_mean_says_of_how_many_weeks_it_is(make: Make, period: Period) -> None:
    from tests.reports.coverage import weeks_before

    said = of(make((*THIS_WEEK, *weeks_before(4))), period)
    assert "(tuần trước: 1; trung bình 3 tuần trước: 2)" in said
    assert "Trung bình 3 tuần trước" in said
    assert "chưa đủ dữ liệu cho 8 tuần" in said


def test_with_one_week_of_history_nothing_is_called_a_mean(make: Make, period: Period) -> None:
    from tests.reports.coverage import weeks_before

    said = of(make((*THIS_WEEK, *weeks_before(2))), period)
    assert "(tuần trước: 1) về tỉnh Gia Lai" in said
    assert "Trung bình chỉ của 1 tuần trước: chưa đủ dữ liệu cho 8 tuần" in said


def test_a_week_without_an_article_gives_a_short_report(make: Make) -> None:
    quiet = week("2026-W46", zone="Asia/Ho_Chi_Minh", ends=3)
    said = of(make([told("only", "bao-song-con", "Bài duy nhất", "19 06:00")]), quiet)
    heads = [line for line in said.splitlines() if re.match(r"[IVX]+\. [A-ZĐÀ-Ỹ]{2}", line)]
    assert heads == [
        "I. TỔNG QUAN",
        "II. ĐƠN VỊ CHƯA TRẢ LỜI",
        "III. HIỆU QUẢ TRẢ LỜI",
        "IV. GIỚI HẠN CỦA SỐ LIỆU",
        "V. CÁCH LÀM",
    ]
    assert "không ghi nhận bài nào về tỉnh Gia Lai [S1] (tuần trước: chưa đủ dữ liệu)." in said


def test_before_anything_was_collected_it_is_a_report_too(make: Make, period: Period) -> None:
    house = make()
    made = letter(house, weekly(house, period, province="gia-lai", now=NOW))
    assert "Chưa có lượt thu thập nào xong." in text(made)
    assert "không ghi nhận bài nào" in everything(docx.write(made))


def test_a_week_that_is_not_over_says_up_to_when(house: Installation, period: Period) -> None:
    said = of(house, period, now=datetime(2026, 11, 19, 15, tzinfo=ZONE))
    assert "Tuần báo cáo chưa hết: số liệu tính đến 15:00 ngày 19/11/2026; các tuần so sánh đủ ngày." in said


def test_what_is_not_searchable_yet_is_said_at_the_top(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    overview = of(house, period).split("\nBảng 1.")[0]
    assert "Còn 1 mục của nhật ký chưa tìm được khi lập báo cáo: số liệu có thể còn đổi." in overview


def test_hostile_words_come_through_to_the_document_as_they_are(make: Make, period: Period) -> None:
    hostile = told("hostile", "bao-song-con", HOSTILE, "14 10:00", text=f"{HOSTILE}.", why=f"“{HOSTILE}”")
    house = make([replace(hostile, stance="critical")])
    said = everything(docx.write(letter(house, weekly(house, period, province="gia-lai", now=NOW))))
    assert "Chợ <b>Đầm</b> & {{ co_quan_ban_hanh }} [S1] ]]> 50%" in said
    assert "GIÁM ĐỐC\nPHỤ LỤC\nDanh sách bài về tỉnh Gia Lai" in re.sub(r"\n+", "\n", said)


def test_a_long_list_is_cut_and_says_where_the_rest_is(make: Make, period: Period) -> None:
    many = [told(f"c{n}", "bao-song-con", f"Phê phán {n}", "15 10:00", stance="critical") for n in range(45)]
    said = of(make(many), period)
    assert "40. Phê phán" in said
    assert "41. Phê phán" not in said
    assert "Còn 5 bài nữa; danh sách đầy đủ ở phụ lục, mã [S6]." in said


def test_a_page_of_a_title_and_a_reason_without_end_are_shortened(make: Make, period: Period) -> None:
    long = told("long", "bao-song-con", "Đầu đề dài " * 500, "15 10:00", text="Một câu không có dấu chấm " * 4000)
    said = of(make([replace(long, stance="critical", why=f"“{'dấu chấm'}”")]), period)
    assert max(map(len, said.splitlines())) < 1200


def test_the_former_province_is_named_and_whose_stance_it_is(house: Installation, period: Period) -> None:
    found = weekly(house, period, province="binh-dinh", now=NOW)
    made = letter(house, found)
    assert made.subject.startswith("Tổng hợp dư luận báo chí về tỉnh Bình Định (cũ) tuần 47")
    assert "Thái độ và chủ đề được xét đối với tỉnh Gia Lai." in text(made)


def test_outlets_of_a_story_are_named_up_to_eight(house: Installation, period: Period) -> None:
    from diembao.reports.telling import listing

    names = [f"Báo {n}" for n in range(11)]
    assert listing(names).endswith("Báo 7 và 3 nguồn khác")
    assert listing(names[:2]) == "Báo 0, Báo 1"
    assert Teller(house, period, 8, NOW).outlet("gone") == "gone"
