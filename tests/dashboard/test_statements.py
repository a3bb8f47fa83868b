"""A statement with a title in each language, and quoting any article of a case, as an officer meets them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk import quoting
from diembao.core.case import CaseState
from diembao.core.desk import Origin
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response.claims import Claims
from diembao.response.statements import Statements, Wording
from tests.dashboard.casework import OTHER, PLAIN, by, desk, drafting, opened, pressed, submitted, told, warned
from tests.dashboard.conftest import screen

SOME = ("waste", "road", "flight", "coffee")


def title_of(house: Installation, article_id: str) -> str:
    item = house.store.article(article_id)
    assert item is not None
    return item.article.title


def test_each_language_is_written_with_its_title_and_speaker_and_the_cases_title_is_a_hint_alone(
    house: Installation,
) -> None:
    case = drafting(house, opened(house))
    key = f"draft-{case.number}"
    test = screen("case", id=case.number)
    title = test.text_input(f"{key}-title-vi")
    assert (title.value, title.placeholder) == ("", f"Vụ việc: {PLAIN.title}")
    test.multiselect(f"{key}-languages").set_value(["en"]).run()
    for name, value in (("title-vi", "Tiêu đề"), ("speaker-vi", "Giám đốc"), ("title-en", "A title")):
        test.text_input(f"{key}-{name}").set_value(value)
    test.text_area(f"{key}-text").set_value("Chữ")
    pressed(test, f"{key}-save")
    (draft,) = house.store.case_file(case.number).drafts  # type: ignore[union-attr]
    assert draft.wording == Wording("Chữ", "", "Giám đốc", {}, "Tiêu đề", {"en": "A title"}, {})
    pressed(test, "move-awaiting-approval")
    assert "Dự thảo chưa chọn hình thức" in warned(test)
    test.selectbox(f"{key}-form").set_value("written").run()
    pressed(test, f"{key}-save")
    pressed(test, "move-awaiting-approval")
    assert "Bản English còn thiếu: nội dung, người phát ngôn." in warned(test)
    assert "A title" in told(test)


def test_a_title_that_somebody_else_changed_is_shown_beside_ones_own(house: Installation) -> None:
    case = drafting(house, opened(house))
    key = f"draft-{case.number}"
    test = screen("case", id=case.number)
    test.text_area(f"{key}-text").set_value("Chữ")
    test.text_input(f"{key}-title-vi").set_value("Tên một").run()
    theirs = Wording("Chữ", title="Tên hai", others={"en": "Words"}, titles={"en": "Name"})
    Statements(house.store, answers()).save(case.number, theirs, by(OTHER), based_on=0)
    pressed(test, f"{key}-save")
    assert "<del>hai</del><ins>một</ins>" in told(test)
    assert "<del>Name</del>" in told(test)


def test_a_headline_as_title_is_warned_about_before_it_is_handed_in_and_before_it_is_approved(
    house: Installation, ids: dict[str, str]
) -> None:
    case = drafting(house, opened(house, PLAIN, ids["waste"]))
    wording = Wording("Chữ", "written", "Giám đốc", title=title_of(house, ids["waste"]))
    Statements(house.store, answers()).save(case.number, wording, by(OTHER), based_on=0)
    assert "trùng với tít của bài báo" in warned(screen("case", id=case.number))
    desk(house).move(case, CaseState.APPROVAL, by(OTHER))
    assert "trùng với tít của bài báo" in warned(screen("case", id=case.number))


def test_the_article_that_a_case_was_opened_from_is_quoted_first_and_every_other_is_found_by_its_title(
    house: Installation, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = sorted(house.store.rows([ids[name] for name in SOME]), key=lambda item: item.article.when)
    oldest, newest = every[0].article, every[-1].article
    case = opened(house, PLAIN, oldest.id)
    desk(house).add(case.number, [item.article.id for item in every[1:]], by(hours=1))
    found = house.store.case_file(case.number)
    assert found is not None
    assert quoting.in_order(found)[:2] == [oldest.id, newest.id]
    monkeypatch.setattr(quoting, "OFFERED", 1)
    test = screen("case", id=case.number)
    key = f"quote-{case.number}"
    offered = test.selectbox(f"{key}-from").options
    assert len(offered) == 1
    assert oldest.title in offered[0]
    test.text_input(f"{key}-find").set_value(newest.title.upper()).run()
    assert newest.title in test.selectbox(f"{key}-from").options[0]
    test.text_area(key).set_value(newest.title)
    submitted(test, f"{key}-form")
    assert [claim.article_id for claim in house.store.case_file(case.number).claims] == [newest.id]  # type: ignore[union-attr]


def test_a_sentence_of_another_article_is_refused_with_the_one_that_has_it(
    house: Installation, ids: dict[str, str]
) -> None:
    case = opened(house, PLAIN, ids["waste"])
    desk(house).add(case.number, [ids["road"]], by(hours=1))
    test = screen("case", id=case.number)
    test.text_area(f"quote-{case.number}").set_value(title_of(house, ids["road"]))
    submitted(test, f"quote-{case.number}-form")
    assert f"mà ở bài “{title_of(house, ids['road'])}”" in warned(test).replace("\u2060", "")


def test_a_case_opened_on_the_screen_of_an_article_says_so_whatever_its_story(
    house: Installation, ids: dict[str, str]
) -> None:
    test = screen("article", id=ids["waste"])
    submitted(test, f"open-{ids['waste']}-form")
    (case,) = house.store.cases_with([ids["waste"]])
    assert case.origin is Origin.ARTICLE


def test_the_articles_of_a_case_stand_by_their_time_and_it_says_so(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house, PLAIN, ids["waste"])
    desk(house).add(case.number, [ids[name] for name in SOME], by(hours=1))
    found = house.store.case_file(case.number)
    assert found is not None
    times = [each.published for each in found.by_time]
    assert times == sorted(times, key=str, reverse=True)
    assert "Theo thời gian đăng, mới nhất trước." in told(screen("case", id=case.number))


def test_a_claim_shows_the_revision_that_brought_its_words(house: Installation, ids: dict[str, str]) -> None:
    case = opened(house, PLAIN, ids["waste"])
    Claims(house.store).quote(case.number, ids["waste"], title_of(house, ids["waste"]), by())
    assert "bản 1 của bài" in told(screen("case", id=case.number))


def words_in(test: AppTest, key: str) -> str:
    return test.text_area(key).value or ""


def begun_in_english_too(house: Installation, ids: dict[str, str]) -> tuple[str, AppTest]:
    """A case with one claim that is marked inaccurate, its form's text filled in before title and speaker."""
    case = opened(house, PLAIN, ids["waste"])
    Claims(house.store).quote(case.number, ids["waste"], title_of(house, ids["waste"]), by())
    Claims(house.store).attach_document(case.number, 1, "12/BC", "Biên bản", by())
    Claims(house.store).attach_link(case.number, 1, "https://cang.example/nhat-ky", "Nhật ký", by())
    Claims(house.store).mark(case.number, 1, Verdict.INACCURATE, "Mẫu nước đạt", by())
    drafting(house, case)
    key, test = f"draft-{case.number}", screen("case", id=case.number)
    test.selectbox(f"{key}-form").set_value("written").run()
    test.multiselect(f"{key}-languages").set_value(["en", "lo"]).run()
    return key, pressed(test, f"{key}-begin")


def test_a_title_and_speaker_typed_after_the_forms_text_go_into_it_and_what_stays_open_is_refused(
    house: Installation, ids: dict[str, str]
) -> None:
    key, test = begun_in_english_too(house, ids)
    assert "⟦người phát ngôn⟧ cho biết:" in words_in(test, f"{key}-text")
    assert "⟦who speaks⟧ said:" in words_in(test, f"{key}-en")
    for name, value in (("title-vi", "Nước sạch"), ("speaker-vi", "Giám đốc"), ("title-en", "Clean water")):
        test.text_input(f"{key}-{name}").set_value(value).run()
    vietnamese, english = (words_in(test, f"{key}-{name}") for name in ("text", "en"))
    assert "⟦" not in vietnamese
    assert "thông cáo về Nước sạch như sau:" in vietnamese
    assert "Giám đốc cho biết:" in vietnamese
    assert "about Clean water:" in english
    assert "⟦who speaks⟧ said:" in english
    test.text_input(f"{key}-speaker-en").set_value("The director")
    test.multiselect(f"{key}-languages").set_value(["en"]).run()
    pressed(test, f"{key}-save")
    pressed(test, "move-awaiting-approval")
    assert "Bản English còn chỗ chưa điền: ⟦translate: Sở Nông nghiệp và Môi trường⟧" in warned(test)


def test_the_english_text_begins_without_vietnamese_words_of_the_desk(house: Installation, ids: dict[str, str]) -> None:
    key, test = begun_in_english_too(house, ids)
    quote = title_of(house, ids["waste"])
    assert f"“{quote}”: không chính xác. [#1]" in words_in(test, f"{key}-text")
    assert f"“{quote}” (original in Vietnamese): inaccurate. [#1]" in words_in(test, f"{key}-en")
    assert "https://cang.example/nhat-ky" in [each.value for each in test.code], "as it is, to be copied"
    assert words_in(test, f"{key}-lo") == "", "the form has no text in Lao"
