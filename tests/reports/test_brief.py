"""A case on one page: what stands on it, and that it is one page whatever the case holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from diembao.core.case import Case, CaseFile, CaseState, Covered, Details, Draft
from diembao.core.requests import Request
from diembao.core.statement import Claim, Issue, Verdict
from diembao.core.text import fold
from diembao.paper import pdf
from diembao.paper.page import Part
from diembao.pipeline.wiring import Installation, open_installation
from diembao.reports import brief
from diembao.reports.filling import LOOKS
from tests.dashboard import published, seed
from tests.dashboard.seed import NOW
from tests.parts import needs


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with open_installation(seed.home_at(tmp_path_factory.mktemp("brief"))) as opened:
        seed.fill(opened, published.LEADING)
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
        "chuyện nhiều bài nhất trong VV-2026-0001: ",
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


def test_a_figure_of_stories_is_of_the_case_and_shows_no_ids(house: Installation) -> None:
    text = brief.make(house, case(house), NOW, with_pdf=False).text
    told = next(line for line in text.splitlines() if "Mọi bài đã thu được" in line)
    whole, critical = (int(each) for each in re.findall(r"\d+", told.partition("VV-2026-0001: ")[2]))
    assert 0 < critical <= whole <= house.store.size()
    assert "story:" not in text
    assert not re.search(r"(?<![\w/])[0-9a-f]{13,}", text)


def test_what_is_wrong_and_was_answered_stands_first(house: Installation) -> None:
    found = case(house, claims=5)
    verdicts = (Verdict.ACCURATE, None, Verdict.INCOMPLETE, Verdict.INACCURATE, Verdict.INACCURATE)
    claims = tuple(replace(each, verdict=said) for each, said in zip(found.claims, verdicts, strict=True))
    drafts = (replace(found.drafts[0], text="Mẫu nước đạt. [#5]"),)
    text = brief.make(house, replace(found, claims=claims, drafts=drafts), NOW, with_pdf=False).text
    known = text.partition("4. Đã rõ điều gì")[2].partition("5. Đã trả lời")[0]
    assert re.findall(r"\[#(\d)\]", known) == ["5", "4", "3", "2", "1"]


def test_the_same_sentence_is_not_quoted_of_two_outlets(house: Installation) -> None:
    text = brief.make(house, case(house), NOW, with_pdf=False).text
    said = re.findall("“(.+?)”", text.partition("3. Báo chí nói gì")[2].partition("4. Đã rõ")[0])
    assert len({fold(each) for each in said}) == len(said) > 1


@pytest.mark.parametrize(("claims", "words"), [(12, 2), (40, 1), (40, 4), (40, 30)])
def test_nothing_is_left_out_while_there_is_room_for_it(house: Installation, claims: int, words: int) -> None:
    """With a spare item the fullest page no longer fits."""
    found = case(house, claims=claims, words=words)
    for look in LOOKS:
        made, _ = brief._Telling(house, found, NOW).filled(look)
        assert made.fits()
        if "điểm đã nêu" in made.foot:
            fuller = [
                replace(each, items=(*each.items, each.items[-1])) if _known(each) else each for each in made.parts
            ]
            assert not replace(made, parts=tuple(fuller)).fits()


def _known(part: Part) -> bool:
    return part.heading.startswith("4.")


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
