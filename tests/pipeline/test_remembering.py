"""New coverage is held against what was answered, and new answers against the coverage before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diembao.core.article import Article, Kind
from diembao.core.case import CaseState, Details
from diembao.core.memory import Differs, Judged, Match, MatchQuery, MatchVerdict
from diembao.core.settings import load
from diembao.core.statement import Verdict
from diembao.pipeline import remembering
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.answers import answers
from diembao.response import memory
from diembao.response.acts import Actor
from diembao.response.cases import Desk
from diembao.response.claims import Claims
from diembao.response.statements import Leaving, Statements, Wording
from tests.pipeline.test_steps import work
from tests.store.making import NOW, article, entry, read_source

LAN, MINH = "person:1", "person:2"
CLAIM = "Trạm cấp nước ở Tuy Phước có 340 mẫu nước nhiễm asen vượt mức cho phép."
ANSWER = "Trạm cấp nước ở Tuy Phước lấy 26 mẫu, tất cả đều đạt chuẩn; không có mẫu nào nhiễm asen. [#1]"
AGAIN = "Ở Tuy Phước, 340 mẫu nước của trạm cấp nước bị nhiễm asen vượt mức cho phép."
IN_ENGLISH = "A water station in Tuy Phuoc has 340 water samples with arsenic above the permitted level."
WITH_500 = "Trạm cấp nước ở Tuy Phước có tới 520 mẫu nước nhiễm asen vượt mức cho phép."
REPORTED = "Trạm cấp nước ở Tuy Phước lấy 26 mẫu, tất cả đều đạt chuẩn, không có mẫu nào nhiễm asen."
OTHER = "Hội làng ở Tuy Phước đón 340 du khách, nhiều trò chơi dân gian."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        yield opened


def told(slug: str, words: str, **changes: object) -> Article:
    given = {"title": f"Tin {slug}", "lead": "", "text": words, **changes}
    return article(slug, **given)


def keep(house: Installation, *articles: Article) -> None:
    run = house.store.begin_run(NOW)
    slugs = [each.url.rpartition("/")[2] for each in articles]
    read_source(house.store, run, pending=[entry(slug) for slug in slugs])
    for slug, each in zip(slugs, articles, strict=True):
        house.store.page_stored(run, entry(slug), each, now=NOW, response=None)
    house.store.end_run(run, NOW)


def issue(house: Installation, *, text: str = ANSWER) -> str:
    """A case about the article ``a``, with one claim, whose statement was issued."""
    lan, minh = Actor(LAN, NOW), Actor(MINH, NOW)
    desk, claims, told_ = Desk(house.store, house.profile), Claims(house.store), Statements(house.store, answers())
    case = desk.open(Details("Nước nhiễm asen", "so-nnmt"), [article("a").id], lan)
    claims.quote(case.number, article("a").id, CLAIM, lan)
    claims.attach_document(case.number, 1, "12/BC", "Kết quả mẫu nước", lan)
    claims.mark(case.number, 1, Verdict.INACCURATE, "Không có mẫu nào", lan)
    for state in (CaseState.TAKEN, CaseState.VERIFYING):
        case = desk.move(case, state, lan)
    desk.note(case.number, "Đã lấy mẫu", lan)
    case = desk.move(case, CaseState.DRAFTING, lan)
    told_.save(case.number, Wording(text, "written", "Giám đốc Sở", title="Thông tin của Sở"), lan, based_on=0)
    case = told_.approve(desk.move(case, CaseState.APPROVAL, lan), 1, minh)
    told_.issue(case, Leaving("written", "Báo Gia Lai"), {".txt": b"x"}, minh)
    return case.number


def kept(house: Installation) -> dict[str, Match]:
    return {each.article_id: each for each in house.store.matches(MatchQuery(refused=True))}


def ids(*slugs: str) -> set[str]:
    return {article(slug).id for slug in slugs}


@pytest.fixture
def answered(house: Installation) -> Installation:
    keep(house, told("a", CLAIM))
    work(house)
    issue(house)
    work(house)
    return house


def test_coverage_that_says_it_again_is_found_in_any_language_and_other_news_is_not(answered: Installation) -> None:
    keep(answered, told("b", AGAIN), told("c", IN_ENGLISH, language="en"), told("d", OTHER), told("e", REPORTED))
    assert work(answered).remembered >= 4
    found = kept(answered)
    assert set(found) == ids("b", "c")
    vietnamese, english = (found[article(slug).id] for slug in "bc")
    assert AGAIN in vietnamese.repeat.passage
    assert "340" in vietnamese.repeat.shared
    assert vietnamese.repeat.differs == ()
    assert [each.what for each in english.repeat.differs] == [Differs.LANGUAGE]


def test_what_differs_is_told(answered: Installation) -> None:
    keep(answered, told("b", WITH_500))
    work(answered)
    (match,) = kept(answered).values()
    assert [(each.what, each.claim, each.coverage) for each in match.repeat.differs] == [(Differs.NUMBER, "340", "520")]


def test_a_new_answer_looks_back_at_what_came_before_it_but_not_for_ever(house: Installation) -> None:
    old = NOW - remembering.BACK - timedelta(days=2)
    keep(house, told("a", CLAIM), told("b", AGAIN), told("c", AGAIN, published_at=old))
    work(house)
    assert kept(house) == {}
    issue(house)
    work(house)
    assert set(kept(house)) == ids("b")
    assert remembering.behind(house) == (0, 0)
    assert work(house).remembered == 0


def test_a_look_back_that_was_broken_off_goes_on_where_it_was(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "BATCH", 1)
    keep(house, told("a", CLAIM), told("b", AGAIN, published_at=NOW - timedelta(days=30)))
    work(house)
    issue(house)
    remembering.recall(house, lambda: NOW)  # a batch is full with the day of the first article
    left = remembering.behind(house)[1]
    assert 0 < left < remembering.BACK.days
    with open_installation(load(house.settings.home)) as again:
        assert remembering.behind(again)[1] == left
        work(again)
        assert set(kept(again)) == ids("b")


def test_an_article_that_changes_or_is_no_longer_about_the_province_loses_its_match(answered: Installation) -> None:
    keep(answered, told("b", AGAIN), told("c", AGAIN))
    work(answered)
    run = answered.store.begin_run(NOW)
    answered.store.page_stored(run, entry("b"), told("b", OTHER), now=NOW, response=None)
    answered.store.correct(article("c").id, Kind.RELEVANCE, "gia-lai", ["no"], by=LAN, why="tỉnh khác", now=NOW)
    work(answered)
    assert kept(answered) == {}


def test_a_persons_word_outlives_whatever_the_machine_does(answered: Installation) -> None:
    keep(answered, told("b", AGAIN))
    work(answered)
    (match,) = kept(answered).values()
    judged = Judged(match.case, match.claim, match.article_id, MatchVerdict.REFUSED, LAN, NOW)
    memory.judge(answered.store, judged)
    remembering.look_back(answered, NOW)
    assert work(answered).remembered > 0
    assert [each.verdict for each in kept(answered).values()] == [MatchVerdict.REFUSED]
    assert answered.store.matches(MatchQuery()) == []


def test_without_answers_articles_are_not_read_for_nothing(house: Installation) -> None:
    keep(house, told("a", CLAIM))
    work(house)
    assert "memory" not in house.__dict__


def test_the_article_that_a_claim_was_quoted_from_is_no_news(answered: Installation) -> None:
    (claim,) = memory.answered_claims(answered.store)
    assert answered.memory.repeats(told("a", CLAIM), [claim]) == ()
    (found,) = answered.memory.repeats(replace(told("a", CLAIM), id="f" * 16), [claim])
    assert found[1].score > 0.9
