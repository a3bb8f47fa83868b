"""*Báo cáo*: making, writing, signing, opening a figure; and who finds what."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.reports import shown
from diembao.core.accounts import Grant, Hand, Role
from diembao.core.article import Kind
from diembao.core.reports import ReportState, Written
from diembao.pipeline.wiring import Installation
from diembao.reports import keeping, period
from diembao.reports.keeping import Kept, Making
from tests.dashboard import seed
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW
from tests.paper.letters import everything

MINH = Hand("person:8", "session:2")


def enter(house: Installation, role: Role) -> None:
    who = replace(OFFICER, grants=(Grant(role),))
    newsroom.use(house, lambda: NOW, who=lambda: who)


@pytest.fixture
def kept(house: Installation) -> Kept:
    profile = house.profile
    week = period.latest(NOW, zone=profile.timezone, ends=profile.week_ends)
    return keeping.make(house, Making(week, profile.id, MINH), NOW)


def at(kept: Kept, **more: str) -> AppTest:
    return screen("reports", so=str(kept.report.number), **more)


def press(test: AppTest, key: str) -> AppTest:
    next(x for x in test.button if key in {x.form_id, x.key}).click().run()
    assert not test.exception, test.exception
    return test


def typed(test: AppTest, key: str, text: str) -> AppTest:
    next(x for x in test.text_area if x.key == key).set_value(text)
    return test


def test_a_report_is_made_and_stands_on_the_screen(house: Installation) -> None:
    shown_ = press(screen("reports"), "report-make-now")
    (report,) = house.store.reports()
    assert report.made_by == OFFICER.actor
    said = words_of(shown_)
    assert "bản nháp" in said
    assert "Bảng 1\\. Số liệu chung" in said
    assert re.search(rf"\]\(\?so={report.number}(&[a-z]+=[a-z-]+)*&s=1\)", said)  # a mark opens its figure
    assert shown_.query_params["so"] in (str(report.number), [str(report.number)])


def test_a_paragraph_is_written_in_a_section_and_in_the_document(house: Installation, kept: Kept) -> None:
    number = kept.report.number
    key = f"write-{number}-overview-0-0"
    test = press(typed(at(kept), f"{key}-text", "Tuần này *nóng*."), f"{key}-form")
    (told,) = house.store.written(number)
    assert (told.section, told.text, told.by) == ("overview", "Tuần này *nóng*.", OFFICER.actor)
    assert "Tuần này \\*nóng\\*\\." in words_of(test)
    again = keeping.read(house, number)
    assert again is not None
    assert "Tuần này *nóng*." in everything(keeping.document(house, again))


def test_a_paragraph_of_a_section_that_is_gone_stands_with_peoples_own(house: Installation, kept: Kept) -> None:
    house.store.write_paragraph(kept.report.number, Written("plan", "Nhiệm vụ đã xong."), MINH, NOW)
    house.store.write_paragraph(kept.report.number, Written("silence", "Tuần yên ắng."), MINH, NOW)
    said = words_of(at(kept))
    assert "Nhiệm vụ đã xong\\." in said
    assert "mục này nay không còn trong báo cáo" in said
    assert said.index("Tuần yên ắng\\.") < said.index("Nhiệm vụ đã xong\\.")


def test_who_was_slower_reads_the_others_words_and_keeps_their_own(house: Installation, kept: Kept) -> None:
    number = kept.report.number
    first = house.store.write_paragraph(number, Written("overview", "Bản đầu."), MINH, NOW)
    key = f"write-{number}-overview-1-1"
    test = typed(at(kept), f"{key}-text", "Lan viết.")
    house.store.write_paragraph(number, replace(first, text="Minh viết."), MINH, NOW)
    press(test, f"{key}-form")
    assert [x.text for x in house.store.written(number)] == ["Minh viết."]
    assert "Người khác vừa sửa" in words_of(test)
    assert "Minh viết\\." in words_of(test)
    assert "Lan viết." in [x.value for x in test.code]


def test_words_that_were_being_typed_are_saved_though_the_figures_were_made_anew(
    house: Installation, kept: Kept
) -> None:
    number = kept.report.number
    first = house.store.write_paragraph(number, Written("overview", "Bản đầu."), MINH, NOW)
    test = typed(at(kept), f"write-{number}-overview-{first.paragraph}-1-text", "Lan viết.")
    week = period.between(kept.report.first, kept.report.last, zone=house.profile.timezone, ends=3)
    keeping.make(house, Making(week, "gia-lai", MINH), NOW)  # by the machine, or by somebody else
    press(test, f"write-{number}-overview-{first.paragraph}-1-form")
    assert [x.text for x in house.store.written(number)] == ["Lan viết."]
    assert "Đã ghi" in words_of(test)


def test_the_approver_signs_what_was_read_and_nothing_changes_any_more(house: Installation, kept: Kept) -> None:
    test = at(kept)
    press(test, "report-sign")
    assert "Đánh dấu đã đọc" in words_of(test)
    next(x for x in test.checkbox if x.key == "report-read").check()
    press(test, "report-sign")
    report = house.store.report(kept.report.number)
    assert report is not None
    assert (report.state, report.signed_by) == (ReportState.SIGNED, OFFICER.actor)
    assert "đã ký" in words_of(test)
    assert not [x for x in test.text_area if (x.key or "").startswith("write-")]
    press(test, "report-again")
    assert [x.version for x in house.store.reports()] == [2, 1]


def test_a_figure_is_opened_by_its_address_with_what_has_changed(
    house: Installation, kept: Kept, ids: dict[str, str]
) -> None:
    critical = next(each for each in kept.sidecar().figures if each.name == "Bài phê phán")
    which = critical.now.ids[0]
    house.store.correct(which, Kind.STANCE, "gia-lai", ["neutral"], by="person:lan", why="", now=NOW)
    seed.index(house)
    said = words_of(at(kept, s=str(critical.number)))
    assert f"Lúc lập: {critical.now.count}".replace(":", "\\:") in said
    assert "nhãn đã đổi" in said
    assert "thái độ\\: phê phán → trung tính" in said
    checked = press(at(kept), "report-check")
    assert "đã đổi\\: nhãn đã đổi 1" in words_of(checked)


@pytest.mark.parametrize("asked", ["999", "x", "-1", "9" * 30, "1;drop"])
def test_a_report_that_is_not_there_is_said(house: Installation, asked: str) -> None:
    assert "Không có báo cáo này" in words_of(screen("reports", so=asked))
    assert house.store.reports() == []


@pytest.mark.parametrize(
    ("role", "writes", "signs"),
    [(Role.VIEWER, False, False), (Role.OFFICER, True, False), (Role.APPROVER, True, True)],
)
def test_who_may_write_and_who_may_sign(
    house: Installation,
    kept: Kept,
    role: Role,
    writes: bool,  # noqa: FBT001 (cases)
    signs: bool,  # noqa: FBT001 (cases)
) -> None:
    enter(house, role)
    test = at(kept)
    assert any((x.key or "").startswith("write-") for x in test.text_area) is writes
    assert any(x.form_id == "report-sign" for x in test.button) is signs
    assert any(x.key == "report-again" for x in test.button) is writes
    assert any(x.key == "report-make-now" for x in screen("reports").button) is writes


def test_files_are_made_when_they_are_taken(house: Installation, kept: Kept) -> None:
    number = kept.report.number
    assert everything(shown._docx(number)).startswith("UBND TỈNH GIA LAI")
    assert b'"sha256"' in shown._figures(number)
