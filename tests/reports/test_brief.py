"""A case on one page: what stands on it, and that it is one page whatever the case holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from diembao.core.case import Case, CaseFile, CaseState, Covered, Details, Draft
from diembao.core.requests import Request
from diembao.core.statement import Claim, Issue, Verdict
from diembao.paper import pdf
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports import brief
from diembao.reports.brief import BUDGETS
from tests.dashboard import seed
from tests.dashboard.seed import NOW
from tests.parts import needs


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("brief"))) as opened:
        seed.fill(opened, seed.LEADING)
        yield opened


def claim(number: int, quote: str) -> Claim:
    first = Claim(number, quote, "a" * 16, 1, "https://bao.example/1", "person:3", NOW)
    return replace(first, verdict=Verdict.INACCURATE, why="Mẫu nước đạt", marked_by="person:3", marked_at=NOW)


def case(house: Installation, *, claims: int = 2, words: int = 1, state: CaseState = CaseState.ISSUED) -> CaseFile:
    """Of every article that there is."""
    said = "Nước thải chảy ra sông Côn suốt ba đêm, dân gửi đơn hai lần. " * words
    ids = list(house.store.article_ids())
    details = Details("Nước thải ra sông Côn " * words, "so-nnmt", themes=("environment-climate",))
    asked = Request("VV-2026-0001", 1, "so-y-te", "Sở Y tế", said, "person:3", NOW, due_at=NOW.replace(day=20))
    return CaseFile(
        Case("VV-2026-0001", details, NOW, "person:3", due_at=NOW, state=state, articles=len(ids)),
        coverage=tuple(Covered(each, "person:3", NOW) for each in ids),
        drafts=(Draft(1, "person:3", NOW, f"{said} [#1]", "written", "Giám đốc Sở"),),
        claims=tuple(claim(n, said) for n in range(1, claims + 1)),
        issues=(Issue(1, 1, "written", "Báo Sông Côn", "person:3", NOW, {}),),
        requests=(asked,),
    )


def test_it_says_what_since_when_how_much_who_what_we_know_answered_and_do_next(house: Installation) -> None:
    made = brief.make(house, case(house), NOW, with_pdf=False)
    for words in (
        "TÓM TẮT VỤ VIỆC: Nước thải ra sông Côn",
        "Trạng thái: đã phát hành",
        "Hạn trả lời: 06:40 ngày 21/11/2026",
        f"{house.store.size()} bài của",
        "câu tìm: ",
        "không chính xác (Mẫu nước đạt)",
        "<https://bao.example/1>",
        "Giám đốc Sở (nơi nhận: Báo Sông Côn): “Nước thải",
        "Bước kế: theo dõi báo chí sau trả lời.",
        "Chờ Sở Y tế (hỏi 06:40 ngày 21/11/2026, hạn 06:40 ngày 20/11/2026, TRỄ)",
        "hồ sơ vụ việc VV-2026-0001",
    ):
        assert words in made.text, words
    assert "[#1] “Nước" in made.text
    assert "person:3" not in made.text
    assert made.pdf is None


def test_the_query_beside_a_figure_finds_those_articles_again(house: Installation) -> None:
    text = brief.make(house, case(house), NOW, with_pdf=False).text
    told = next(line for line in text.splitlines() if "câu tìm: " in line)
    assert "của 3 chuyện nhiều bài nhất: " in told
    n, query = told.partition("nhất: ")[2].partition(",")[0], told.partition("câu tìm: ")[2].removesuffix(").")
    assert house.index.count(house.query(query, NOW)) == int(n) > 0


def test_one_outlet_is_quoted_once_and_with_where_it_said_it(house: Installation) -> None:
    text = brief.make(house, case(house), NOW, with_pdf=False).text
    quoted = text.partition("3. Báo chí nói gì")[2].partition("4. Đã rõ")[0].strip().splitlines()
    assert 0 < len(quoted) <= BUDGETS[0].quotes
    assert all("<https://" in line and "“" in line for line in quoted)
    assert len({line.partition(",")[0] for line in quoted}) == len(quoted)


def test_what_does_not_fit_is_counted_at_the_foot(house: Installation) -> None:
    made = brief.make(house, case(house, claims=40, words=30), NOW, with_pdf=False)
    assert made.left_out.startswith("Lược cho vừa một trang: ")
    shown = made.text.count("[#")
    assert f"{40 - shown} điểm đã nêu" in made.left_out
    short = brief.make(house, case(house, claims=0), NOW, with_pdf=False)
    assert "Chưa trích điểm nào để xác minh." in short.text


def test_an_empty_case_says_so(house: Installation) -> None:
    new = CaseFile(Case("VV-2026-0002", Details("Cuộc gọi", ""), NOW, "person:3"))
    text = brief.make(house, new, NOW, with_pdf=False).text
    for words in ("Chưa có bài báo nào", "Chưa trích điểm nào", "Chưa phát hành trả lời nào", "không đặt hạn"):
        assert words in text


@needs("soffice")
@pytest.mark.parametrize("words", [1, 30])
def test_the_page_that_was_reckoned_to_fit_is_one_page(house: Installation, words: int, tmp_path: Path) -> None:
    found = case(house, claims=40, words=words)
    reckoned = brief.make(house, found, NOW, with_pdf=False)
    counted = brief.make(house, found, NOW, with_pdf=True)
    assert counted.pdf is not None
    assert pdf.pages(counted.pdf) == 1
    assert counted.text == reckoned.text  # no second try was needed
