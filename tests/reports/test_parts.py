"""What a report tells beside the coverage: who answered, who owes, what answers did, what outlets changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from diembao.core.case import Case, CaseState, Covered, Details, Draft
from diembao.core.statement import Issue
from diembao.paper import docx
from diembao.paper.letter import Chart, Heading, Table
from diembao.pipeline.wiring import Installation
from diembao.reports import parts, told_record
from diembao.reports.figures import Counted
from diembao.reports.period import Period
from diembao.reports.weekly import Weekly, weekly
from diembao.reports.weekly_text import letter, teller
from diembao.response.acts import Actor
from diembao.response.asking import Asking
from diembao.response.requests import Requests
from tests.dashboard import published, seed
from tests.dashboard.seed import ZONE
from tests.paper.letters import everything, opened
from tests.reports.coverage import NOW, THIS_WEEK, told, weeks_before
from tests.reports.test_letter import of, section, text

BY = "person:7"
UNIT = "so-y-te"
ASKED = datetime(2026, 11, 16, 8, tzinfo=ZONE)


def a_case(house: Installation, *articles: str, state: CaseState, issued: datetime | None = None) -> str:
    with house.store.writing() as write:
        opened_at = datetime(2026, 11, 16, 7, tzinfo=ZONE)
        case = write.open_case(2026, Case("", Details("Nước thải", UNIT), opened_at, BY))
        write.cover(case.number, [Covered(each, BY, opened_at) for each in articles])
        if issued:
            write.add_draft(case.number, Draft(1, BY, issued, "Đã kiểm tra.", speaker="Trần Văn Bình"))
            write.add_issue(case.number, Issue(1, 1, "portal", "Cổng tỉnh", BY, issued, {}))
        write.put_case(replace(case, state=state, changed_at=issued or opened_at))
    return case.number


def made(house: Installation, period: Period) -> Weekly:
    return weekly(house, period, province="gia-lai", now=NOW)


@pytest.mark.parametrize(
    ("state", "issued", "said"),
    [
        (
            CaseState.ISSUED,
            "2026-11-17T09:30",
            r"đã trả lời lúc 09:30 ngày 17/11/2026 \(.+; Trần Văn Bình\); vụ",
        ),
        (CaseState.VERIFYING, "", r"Trả lời: chưa trả lời; vụ việc VV-2026-0001, Sở Y tế chủ trì, đang xác minh\."),
        (CaseState.NO_ANSWER, "", r"Trả lời: quyết định không trả lời; vụ việc VV-2026-0001, Sở Y tế chủ trì\."),
    ],
)
def test_what_was_critical_stands_with_who_answered_it(
    house: Installation, period: Period, ids: dict[str, str], state: CaseState, issued: str, said: str
) -> None:
    at = datetime.fromisoformat(issued).replace(tzinfo=ZONE) if issued else None
    a_case(house, ids["waste"], state=state, issued=at)
    found = made(house, period)
    counts = [x.count for x in (found.answering.answered, found.answering.in_hand, found.answering.not_to_answer)]
    assert counts == [state is CaseState.ISSUED, state is CaseState.VERIFYING, state is CaseState.NO_ANSWER]
    assert found.answering.no_case.now.ids == (ids["waste-copy"],)
    assert re.search(said, section(text(letter(house, found)), "BÀI PHÊ PHÁN VÀ TRẢ LỜI"))


def test_units_that_owe_stand_in_a_table_with_the_requests_that_were_counted(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    number = a_case(house, ids["waste"], state=CaseState.VERIFYING)
    room = Requests(house.store, house.profile)
    room.ask(number, Asking(UNIT, "Nước có <b>đạt</b> không?", due_at=ASKED + timedelta(days=1)), Actor(BY, ASKED))
    found = made(house, period)
    assert (found.owing.open.count, found.owing.late.count) == (1, 1)
    ((_, figure),) = found.owing.units
    assert (figure.counted, figure.now.values) == (Counted.REQUESTS, (f"{number}/1",))
    said = section(text(letter(house, found)), "ĐƠN VỊ CHƯA TRẢ LỜI")
    assert re.search(r"Sở Y tế \| 1 \| 1 \| 1 \| [\d,]+ \| 0 \| 0 \| \[S\d+\]", said)
    assert re.search(r"hạn 08:00 ngày 17/11/2026, trễ [\d,]+ giờ làm việc", said)
    assert "Nội dung hỏi: Nước có <b>đạt</b> không?" in said


def test_the_effect_of_an_answer_is_told_with_its_interval_or_as_too_few(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    answered = datetime(2026, 11, 18, 0, tzinfo=ZONE)
    number = a_case(house, ids["waste"], ids["waste-next"], state=CaseState.ISSUED, issued=answered)
    long_ago = datetime(2026, 10, 1, 0, tzinfo=ZONE)
    a_case(house, ids["press"], state=CaseState.CLOSED, issued=long_ago)
    found = made(house, period)
    assert [each.case.number for each in found.effects] == [number]
    assert found.effects[0].articles == tuple(sorted((ids["waste"], ids["waste-next"])))
    said = section(text(letter(house, found)), "HIỆU QUẢ TRẢ LỜI")
    assert re.search(rf"{number}: Nước thải \| 00:00 ngày 18/11/2026 \| 2 \| 0 \| 2 \| chưa đủ để nói \| 0, 1 \|", said)
    assert "không phải nguyên nhân" in said


def test_a_title_that_an_outlet_changed_is_told_as_it_was(house: Installation, period: Period) -> None:
    flight = next(each for each in THIS_WEEK if each.slug == "flight")
    seed.revise(house, flight, title="Đường bay mới", text="Hai chuyến.", now=NOW)
    said = section(of(house, period), "THÔNG TIN CHÍNH THỨC, ĐÍNH CHÍNH, SỬA BÀI")
    assert "tựa trước là “ກວີເຍີນ ເປີດສາຍການບິນໃໝ່”; sửa nội dung." in said


def test_outlets_at_home_and_abroad_and_of_no_country_together_are_all(house: Installation, period: Period) -> None:
    o = made(house, period).overview
    assert (o.home.count, o.abroad.count, o.nowhere.count, o.outlets.count) == (4, 2, 0, 6)


def test_an_outlet_that_the_catalogue_does_not_place_is_told_apart(
    make: Callable[..., Installation], period: Period
) -> None:
    house = make((*THIS_WEEK, told("stray", "bao-song-con", "Tin lạ", "17 10:00")))
    stray = next(x for x in published.OUTLETS if x[0] == "bao-song-con")[0]
    house.outlets[stray] = replace(house.outlets[stray], country="")  # type: ignore[index]  # a dict, in fact
    seed.index(house)
    found = made(house, period)
    assert (found.overview.nowhere.count, found.overview.home.count) == (1, 3)
    assert "Nguồn không rõ nước | 1 |" in text(letter(house, found))


def test_columns_of_the_charts_add_up_to_their_figures(house: Installation, found: Weekly) -> None:
    over, by_day = (block for block in letter(house, found).body if isinstance(block, Chart))
    assert [each.values[-1] for each in over.series] == [10, 9, 2]
    assert over.series[0].values[:-1] == tuple(float(n) for n in range(8, 0, -1))
    assert sum(sum(each.values) for each in by_day.series) == found.overview.articles.count
    assert by_day.categories == ("13/11", "14/11", "15/11", "16/11", "17/11", "18/11", "19/11")


def test_every_article_stands_in_the_appendix_after_the_signature(house: Installation, found: Weekly) -> None:
    (table,) = (block for block in letter(house, found).appendix if isinstance(block, Table))
    assert len(table.rows) == found.overview.articles.count == 10
    said = everything(docx.write(letter(house, found)))
    assert (
        said.index("GIÁM ĐỐC")
        < said.index("PHỤ LỤC")
        < said.index("(Kèm theo Báo cáo số ……/BC-SVHTTDL ngày 20/11/2026)")
    )
    assert "w:pageBreakBefore" in opened(docx.write(letter(house, found))).element.body.xml


def test_of_an_appendix_that_is_too_long_the_rest_is_said_to_be_elsewhere(
    house: Installation, found: Weekly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told_record, "ROWS", 4)
    said = everything(docx.write(letter(house, found)))
    assert "Phụ lục in 4 bài đầu; cả 10 bài ở tệp số liệu, mã [S1]." in said


def test_a_section_that_nobody_wrote_in_and_the_machine_has_nothing_for_is_left_out(
    house: Installation, found: Weekly
) -> None:
    told_ = parts.sections(found, teller(house, found), ("overview", "proposals", "limits"))
    heads = [block.text for block in parts.body(told_, "Hết./.", {}) if isinstance(block, Heading)]
    assert heads == ["I. TỔNG QUAN", "II. GIỚI HẠN CỦA SỐ LIỆU"]
    with_words = parts.body(told_, "Hết./.", {"proposals": ["Đề nghị."]})
    assert [x.text for x in with_words if isinstance(x, Heading)][1] == "II. NHẬN ĐỊNH, KIẾN NGHỊ"


def test_only_narrows_every_figure_of_a_report(make: Callable[..., Installation], period: Period) -> None:
    from diembao.core.query import Terms

    house = make((*THIS_WEEK, *weeks_before(3)))
    only = (Terms("theme", ("environment-climate",)),)
    found = weekly(house, period, province="gia-lai", now=NOW, only=only)
    assert (found.overview.articles.count, found.overview.texts.count, len(found.items)) == (2, 1, 2)
