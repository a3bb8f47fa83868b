"""A report in the record: drawn again as it was, people's words in it, its figures opened after things have changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diembao.core.accounts import CONSOLE, Hand
from diembao.core.article import Kind
from diembao.core.errors import Outdated, WrongUse
from diembao.core.reports import ReportState, Written
from diembao.paper import docx
from diembao.pipeline.wiring import Installation
from diembao.reports import keeping
from diembao.reports.keeping import Kept, Making
from diembao.reports.period import Period
from diembao.reports.reopening import Since, changed_since, reopen
from diembao.reports.sidecar import Sidecar, file
from diembao.reports.weekly_text import letter
from tests.dashboard import seed
from tests.paper.letters import everything
from tests.reports.coverage import NOW, THIS_WEEK

LAN = Hand("person:7", "session:1")


def made(house: Installation, period: Period) -> Kept:
    return keeping.make(house, Making(period, "gia-lai", LAN), NOW)


def again(house: Installation, number: int) -> Kept:
    kept = keeping.read(house, number)
    assert kept is not None
    return kept


def opened(house: Installation, kept: Kept, name: str) -> Any:
    number = next(each.number for each in kept.sidecar().figures if each.name == name)
    return reopen(house, kept.sidecar(), number)


def test_what_is_kept_is_drawn_as_it_was_told(house: Installation, period: Period, found: Any) -> None:
    kept = again(house, made(house, period).report.number)
    first = everything(docx.write(letter(house, found)))
    assert everything(keeping.document(house, kept)).replace("\n\n", "\n") == first.replace("\n\n", "\n")
    report = kept.report
    assert (report.name, report.about, report.state, report.made_by) == ("2026-W47", "gia-lai", "draft", "person:7")


def test_people_write_in_any_section_and_their_words_stay_when_it_is_made_again(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    number = made(house, period).report.number
    house.store.write_paragraph(number, Written("overview", "Tuần này <b>nóng</b>.\nHai đoạn."), LAN, NOW)
    house.store.write_paragraph(number, Written("proposals", "Đề nghị Sở kiểm tra."), LAN, NOW)
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    kept = made(house, period)
    assert kept.report.number == number
    said = everything(keeping.document(house, kept))
    assert "I. TỔNG QUAN\nTuần này <b>nóng</b>.\nHai đoạn.\nTrong tuần ghi nhận" in said
    assert "VIII. NHẬN ĐỊNH, KIẾN NGHỊ\nĐề nghị Sở kiểm tra.\nIX. GIỚI HẠN" in said
    assert re.search(r"Phê phán: 1 bài \[S6\]", said)


def test_a_signed_report_is_the_same_bytes_whatever_happens(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    kept = made(house, period)
    signed = keeping.sign(house, kept, LAN, NOW, number=8)
    assert (signed.state, signed.registered) == (ReportState.SIGNED, 8)
    document = keeping.document(house, again(house, signed.number))
    assert "Số: 08/BC-SVHTTDL" in everything(document)
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    new = made(house, period)
    assert (new.report.version, new.report.number != signed.number) == (2, True)
    assert keeping.stem(new.report) == "diem-bao_gia-lai_2026-W47_ban-2"
    assert keeping.document(house, again(house, signed.number)) == document
    with pytest.raises(WrongUse, match="signed"):
        keeping.sign(house, again(house, signed.number), LAN, NOW)


def test_a_report_that_changed_after_it_was_read_is_not_signed(house: Installation, period: Period) -> None:
    kept = made(house, period)
    house.store.write_paragraph(kept.report.number, Written("overview", "Thêm."), CONSOLE, NOW)
    with pytest.raises(Outdated):
        keeping.sign(house, kept, LAN, NOW)


def test_marks_lead_to_the_screen_that_opens_the_figure(house: Installation, period: Period) -> None:
    kept = made(house, period)
    number = kept.report.number
    links = [
        span.link
        for block in keeping.letter(kept, public_url="https://diembao.example/").body
        for span in getattr(block, "words", ())
        if span.text == "[S1]"
    ]
    assert set(links) == {f"https://diembao.example/bao-cao?so={number}&s=1"}
    nowhere = keeping.letter(kept)
    assert not [x for block in nowhere.body for x in getattr(block, "words", ()) if x.link.startswith("#")]


# -- figures opened again


def test_a_figure_opens_with_its_articles_as_they_were_and_what_has_changed_since(
    house: Installation, period: Period, ids: dict[str, str]
) -> None:
    kept = made(house, period)
    house.store.correct(ids["waste"], Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    flight = next(each for each in THIS_WEEK if each.slug == "flight")
    seed.revise(house, replace(flight), title="ກວີເຍີນ", text="ສອງ", now=NOW)
    house.store.correct(ids["press"], Kind.STANCE, "gia-lai", ["critical"], by="person:lan", why="", now=NOW)
    seed.index(house)
    critical = opened(house, again(house, kept.report.number), "Bài phê phán")
    assert (critical.count, critical.now) == (2, 2)
    then = {each.then.id: each for each in critical.articles}
    assert then.keys() == {ids["waste"], ids["waste-copy"]}
    assert then[ids["waste"]].since == (Since.RELABELLED,)
    assert then[ids["waste"]].now["stance"] == ("critical", "neutral")
    assert then[ids["waste"]].then.stance == "critical"
    assert then[ids["waste-copy"]].since == (Since.SAME,)
    assert [each.then.id for each in critical.came] == [ids["press"]]
    whole = opened(house, kept, "Bài về tỉnh")
    edited = next(each for each in whole.articles if each.then.id == ids["flight"])
    assert edited.since == (Since.EDITED,)
    assert edited.now["title"] == ("ກວີເຍີນ ເປີດສາຍການບິນໃໝ່", "ກວີເຍີນ")
    counts = changed_since(house, kept.sidecar())
    assert (counts.articles, dict(counts.counts)) == (10, {Since.SAME: 7, Since.RELABELLED: 2, Since.EDITED: 1})
    assert {each.then.id for each in counts.changed} == {ids["waste"], ids["flight"], ids["press"]}


def test_a_figure_is_read_page_by_page_and_names_what_it_counted(house: Installation, period: Period) -> None:
    kept = made(house, period)
    its = kept.sidecar()
    whole = opened(house, kept, "Bài về tỉnh")
    pages = [reopen(house, its, whole.figure.number, offset=at, limit=4) for at in (0, 4, 8)]
    assert [each.then.id for page in pages if page for each in page.articles] == [x.then.id for x in whole.articles]
    assert (whole.listed, whole.longest) == (10, 10)
    stories = opened(house, kept, "Chuyện")
    assert "Nước thải trại heo chảy ra sông Côn" in {name for _, name in stories.values}
    assert ("bao-song-con", "Báo Sông Côn") in opened(house, kept, "Nguồn có bài").values


def test_what_cases_came_to_is_frozen_and_not_asked_again(house: Installation, period: Period) -> None:
    kept = made(house, period)
    none = opened(house, kept, "Bài phê phán chưa mở vụ việc")
    assert (none.count, none.now, none.came) == (2, None, ())
    assert len(none.articles) == 2
    owed = opened(house, kept, "Yêu cầu chưa trả lời")
    assert (owed.count, owed.articles, owed.figure.now.values) == (0, (), ())
    assert reopen(house, kept.sidecar(), 100_000) is None


def test_an_article_that_is_not_there_any_more_is_told(house: Installation, period: Period) -> None:
    kept = made(house, period)
    told = kept.sidecar()
    lost = told.articles[0].model_copy(update={"id": "f" * 16})
    figure = told.figures[0]
    now = figure.now.model_copy(update={"ids": ("f" * 16,), "count": 1})
    changed = told.model_copy(update={"articles": (lost,), "figures": (figure.model_copy(update={"now": now}),)})
    again_ = reopen(house, changed, 1)
    assert again_ is not None
    assert [each.since for each in again_.articles] == [(Since.GONE,)]


def test_the_file_beside_a_document_has_every_article_with_its_labels(
    house: Installation, period: Period, ids: dict[str, str], tmp_path: Path
) -> None:
    kept = made(house, period)
    told = Sidecar.model_validate_json(file(kept.figures, "a.docx", b"PK"))
    assert len(told.articles) == told.figures[0].now.count == 10
    waste = next(each for each in told.articles if each.id == ids["waste"])
    assert (waste.stance, waste.themes, waste.role) == (
        "critical",
        ("environment-climate", "human-rights"),
        "original",
    )
    assert json.loads(house.store.report_content(kept.report.number))["figures"]["province"] == "gia-lai"


def test_what_is_heard_while_it_is_made_grows_to_the_end(house: Installation, period: Period) -> None:
    heard: list[float] = []
    keeping.make(house, Making(period, "gia-lai", LAN, heard=heard.append), NOW)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
