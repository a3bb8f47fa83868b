"""What foreign articles say, in a report: by gists that a person accepted, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from diembao.core.accounts import CONSOLE, NewAccount
from diembao.core.alert import Alert, Channel, Parcel, Recipient
from diembao.core.article import Kind
from diembao.core.headlines import Headline, same_event
from diembao.core.opinion import Gist, GistVerdict, Judgement
from diembao.pipeline.wiring import Installation
from diembao.reports import english
from diembao.reports.period import Period
from diembao.reports.periodic import Periodic, Wanted, make
from diembao.reports.stories import Story
from diembao.reports.weekly import Weekly, weekly
from diembao.reports.weekly_text import letter
from tests.reports.coverage import NOW, THE_WEEK, THIS_WEEK, told, weeks_before
from tests.reports.test_letter import of, section, text

WORDS = ("Hãng bay Lào mở đường bay tới Quy Nhơn.", "Mỗi tuần hai chuyến.", "Khách Lào được giảm giá.")
LAO = next(each for each in THIS_WEEK if each.slug == "flight")
KOREAN = told("seoul", "seoul-ilbo", "퀴논 새 항공편", "18 12:00", lead="라오스에서 온다.", story="flight")
OURS = told("ours", "tin-cao-nguyen", "Quy Nhơn sắp có đường bay từ Lào", "18 11:00", story="flight")

Make = Callable[..., Installation]


def accepted(house: Installation, article: str, *, words: str = "", revision: int = 1, language: str = "vi") -> None:
    account = house.store.account_named("lan")
    number = account[0].number if account else _lan(house)
    with house.store.writing() as write:
        write.put_gist(Gist(article, "gia-lai", language, revision, "qwen", WORDS, "ກວີເຍີນ", "Quy Nhơn", NOW))
    verdict = GistVerdict.EDITED if words else GistVerdict.ACCEPTED
    judged = Judgement(article, language, revision, verdict, words)
    house.store.judge_gist(judged, now=NOW, by=replace(CONSOLE, actor=f"person:{number}"))


def _lan(house: Installation) -> int:
    return house.store.add_account(NewAccount("lan", "lan", "Nguyễn Thị Lan"), by=CONSOLE, now=NOW)


def test_a_foreign_title_stands_with_what_its_accepted_gist_says_and_who_accepted_it(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    accepted(house, ids["flight"])
    said = of(house, period)
    foreign = section(said, "BÁO CHÍ NƯỚC NGOÀI")
    assert f"{LAO.title} (máy dịch và tóm tắt, Nguyễn Thị Lan đã duyệt: {WORDS[0][:-1]}). ຂ່າວ" in foreign
    whole = " ".join(WORDS)[:-1]
    assert f"” (máy dịch và tóm tắt, Nguyễn Thị Lan đã duyệt: {whole}) (ຂ່າວ" in section(said, "CÁC CHUYỆN CHÍNH")


@pytest.mark.parametrize("revision", [0, 2])
def test_a_gist_that_nobody_accepted_or_of_another_revision_stands_nowhere(
    house: Installation, period: Period, ids: dict[str, str], revision: int
) -> None:
    if revision:
        accepted(house, ids["flight"], revision=revision)
    else:
        with house.store.writing() as write:
            write.put_gist(Gist(ids["flight"], "gia-lai", "vi", 1, "qwen", WORDS, "", "", NOW))
    assert "máy dịch" not in of(house, period)


def test_words_that_a_person_changed_are_said_to_be(house: Installation, period: Period, ids: dict[str, str]) -> None:
    accepted(house, ids["flight"], words="Lào nối chuyến với Quy Nhơn. Vé bán từ tháng sau.")
    said = section(of(house, period), "BÁO CHÍ NƯỚC NGOÀI")
    assert "(máy dịch và tóm tắt, Nguyễn Thị Lan đã sửa và duyệt: Lào nối chuyến với Quy Nhơn)" in said


def of_flight(house: Installation, period: Period) -> tuple[Weekly, Story]:
    found = weekly(house, period, province="gia-lai", now=NOW)
    return found, next(each for each in found.stories if each.first.article.title == LAO.title)


def test_a_story_is_told_by_our_leads_first_and_by_one_foreign_at_most(make: Make, period: Period) -> None:
    house = make((*THIS_WEEK, KOREAN, OURS, *weeks_before(2)))
    found, story = of_flight(house, period)
    assert [each.article.outlet for each in story.leads] == ["tin-cao-nguyen", "khaosan-lao"]
    accepted(house, next(x.article.id for x in found.items if x.article.outlet == "seoul-ilbo"))
    _, story = of_flight(house, period)
    assert [each.article.outlet for each in story.leads] == ["tin-cao-nguyen", "seoul-ilbo"]


@pytest.mark.parametrize("tied", [False, True])
def test_an_original_in_another_language_is_named_only_where_grouping_tied_the_two(
    make: Make, period: Period, *, tied: bool
) -> None:
    house = make((*THIS_WEEK, OURS))
    found, story = of_flight(house, period)
    ours = next(x for x in found.items if x.article.title == OURS.title)
    why = f"{same_event(story.first.article)}: Quy Nhơn" if tied else "người gộp vào chuyện này"
    ours = replace(ours, labels=tuple(replace(x, why=why) if x.kind is Kind.STORY else x for x in ours.labels))
    headed = replace(story, headline=Headline(ours, story.first))
    said = text(letter(house, replace(found, stories=(headed,))))
    assert (f"{OURS.title} (bản gốc: {LAO.title})" in said) is tied
    assert f"1. {OURS.title}" in said


def test_the_english_copy_has_a_foreign_title_in_its_own_words_and_the_english_gist_that_was_accepted(
    house: Installation, ids: dict[str, str]
) -> None:
    accepted(house, ids["flight"])  # in Vietnamese: not for this copy
    said = text(english.letter(house, periodic(house)))
    assert LAO.title in said
    assert "by machine" not in said
    accepted(house, ids["flight"], words="Laos will fly to Quy Nhơn. Twice a week.", language="en")
    foreign = text(english.letter(house, periodic(house))).split("FOREIGN PRESS")[1]
    marked = "translated and summarised by machine, mended and accepted by Nguyễn Thị Lan"
    assert f"{LAO.title} (" in foreign
    assert f"({marked}: Laos will fly to Quy Nhơn. Twice a week)" in foreign
    assert "Hãng bay Lào" not in foreign


def periodic(house: Installation) -> Periodic:
    return make(house, Wanted(THE_WEEK), NOW)


def test_an_alert_about_a_foreign_article_has_the_accepted_gist_in_the_readers_language(
    house: Installation, ids: dict[str, str]
) -> None:
    accepted(house, ids["flight"])
    told = {language: mailed(house, ids["flight"], language) for language in ("vi", "en")}
    assert f"\n\nMáy dịch và tóm tắt, Nguyễn Thị Lan đã duyệt: {' '.join(WORDS)}\n\n" in told["vi"]
    assert "Nguyễn Thị Lan" not in told["en"]


def mailed(house: Installation, article: str, language: str) -> str:
    about = Alert(1, "Báo chí nước ngoài", "", article, LAO.title, "", "", "khớp", NOW, language=language)
    mail = house.letters.letter(Parcel(1, Recipient(Channel.MAIL, "a@x.example"), "Báo chí nước ngoài", (about,)))
    plain = mail.get_body(("plain",))
    assert plain is not None
    told: str = plain.get_content()
    return told
