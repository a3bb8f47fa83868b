"""What repeats an answer, and what came after it, as an officer meets them on the screens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diembao.core.article import Kind
from diembao.core.case import CaseState
from diembao.core.memory import Difference, Differs, Match, MatchQuery, MatchVerdict, Repeat
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.claims import Claims
from diembao.response.statements import Leaving, Statements, Wording
from tests.dashboard.casework import PLAIN, by, desk, drafting, opened, pressed, submitted, told
from tests.dashboard.conftest import screen
from tests.dashboard.seed import NOW

SECOND = "person:2"
REPEAT = Repeat(0.91, "Có tới 520 mẫu nhiễm bẩn.", ("sông Côn",), (Difference(Differs.NUMBER, "340", "520"),))
READY = Wording("Mẫu nước đạt chuẩn. [#1]", "written", "Giám đốc", title="Kết quả lấy mẫu nước")


def about_here(house: Installation) -> list[str]:
    ids = house.store.article_ids()
    return [x.article.id for x in house.store.rows(list(ids)) if x.key(Kind.RELEVANCE, "gia-lai") == "yes"]


@pytest.fixture
def repeated(house: Installation) -> tuple[Installation, str, str]:
    """A house with an issued case about one article, and another article that repeats its claim."""
    quoted, *others = about_here(house)
    case = drafting(house, opened(house, PLAIN, quoted, *others[: len(others) // 2]))
    item = house.store.article(quoted)
    assert item is not None
    claims = Claims(house.store)
    claims.quote(case.number, quoted, item.article.title, by())
    claims.attach_document(case.number, 1, "12/BC", "Kết quả", by())
    claims.mark(case.number, 1, Verdict.INACCURATE, "Không có", by())
    statements = Statements(house.store, answers())
    statements.save(case.number, READY, by(), based_on=0)
    waiting = desk(house).move(case, CaseState.APPROVAL, by())
    approved = statements.approve(waiting, 1, by(SECOND))
    statements.issue(approved, Leaving("written", "Báo Gia Lai"), {".txt": b"x"}, by(SECOND, hours=-24 * 10))
    whole = house.store.case_file(case.number)
    assert whole is not None
    held = {each.article_id for each in whole.coverage}
    other = next(each for each in others if each not in held)
    with house.store.writing() as write:
        write.put_matches(other, [Match(case.number, 1, other, 1, REPEAT, NOW, "repeats-1")])
    return house, case.number, other


def judged(house: Installation) -> list[MatchVerdict | None]:
    return [each.verdict for each in house.store.matches(MatchQuery(refused=True))]


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("article", "vi", ("Đã trả lời ngày 11/11/2026", "số khác: 340 → 520", "Mẫu nước đạt chuẩn.", "520 mẫu")),
        ("article", "en", ("Answered on 11/11/2026", "other figures: 340 → 520")),
        (
            "case",
            "vi",
            (
                "Báo nhắc lại sau khi trả lời (1)",
                "520 mẫu",
                "Báo chí sau câu trả lời",
                "quá ít để nói",
                "Bảng số liệu",
            ),
        ),
    ],
)
def test_it_is_shown_with_the_answer_and_what_differs(
    repeated: tuple[Installation, str, str], name: str, language: str, words: tuple[str, ...]
) -> None:
    _, number, article = repeated
    test = screen(name, id=number if name == "case" else article, lang=language)
    tables = (table.value.to_string() for table in test.table)
    shown = "\n".join(
        [told(test), *(code.value for code in test.code), *(each.label for each in test.expander), *tables]
    )
    assert [word for word in words if word not in shown] == []


def test_today_tells_of_it_until_somebody_has_spoken(repeated: tuple[Installation, str, str]) -> None:
    house, number, article = repeated
    assert "Nhắc lại điều đã trả lời (1)" in told(screen())
    pressed(screen("article", id=article), f"accept-{number}-1-{article}")
    assert judged(house) == [MatchVerdict.ACCEPTED]
    assert "Nhắc lại điều đã trả lời" not in told(screen())
    assert "cán bộ đã nhận" in told(screen("article", id=article))


def test_a_wrong_match_is_refused_and_does_not_come_back(repeated: tuple[Installation, str, str]) -> None:
    house, number, article = repeated
    test = screen("article", id=article)
    test.text_input(f"why-{number}-1-{article}").set_value("chuyện khác").run()
    submitted(test, f"refuse-{number}-1-{article}-form")
    assert judged(house) == [MatchVerdict.REFUSED]
    assert "Đã trả lời ngày" not in told(screen("article", id=article))


def test_it_joins_the_case_at_one_press(repeated: tuple[Installation, str, str]) -> None:
    house, number, article = repeated
    pressed(screen("article", id=article), f"join-{number}-1-{article}")
    found = house.store.case_file(number)
    assert found is not None
    assert article in {each.article_id for each in found.coverage}
    assert judged(house) == [MatchVerdict.ACCEPTED]


def test_less_than_a_day_after_the_issue_nothing_is_compared(house: Installation) -> None:
    quoted, *_ = about_here(house)
    case = drafting(house, opened(house, PLAIN, quoted))
    statements = Statements(house.store, answers())
    statements.save(case.number, replace(READY, text="Đạt chuẩn."), by(), based_on=0)
    approved = statements.approve(desk(house).move(case, CaseState.APPROVAL, by()), 1, by(SECOND))
    statements.issue(approved, Leaving("written", "Báo Gia Lai"), {".txt": b"x"}, by(SECOND))
    assert "chưa đủ một ngày để so" in told(screen("case", id=case.number))
