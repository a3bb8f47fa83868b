"""Trực and the models on Quản trị, as readers see and press them."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from dashboard.texts import TEXTS
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.article import ONE_THEME, TAUGHT, Kind, Labelled
from diembao.core.faults import Fault
from diembao.pipeline.heads import Version
from diembao.pipeline.wiring import Installation
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW, PROVINCE

ADMIN = Visitor("person:2", "session:2", (Standing.SIGNED_IN,), (Grant(Role.ADMINISTRATOR),), account=2, name="quan")


def _asked(test: AppTest) -> str:
    """The article that is asked about now: the first of the list that the screen keeps."""
    return str(test.session_state["duty-queue"][0].article)


def _stored(house: Installation, article: str) -> Labelled:
    item = house.store.article(article)
    assert item is not None
    return item


def test_a_click_answers_for_the_article_at_once_and_goes_on_to_the_next(house: Installation) -> None:
    test = screen("duty", view="ask")
    first = _asked(test)
    others = set(_stored(house, first).keys(Kind.THEME, PROVINCE))
    told = words_of(test).replace("\\", "")
    assert "20 giây sau câu trả lời cuối, máy học lại" in told
    assert "Máy phân vân giữa" in told
    test.button(key="duty-critical").click().run()
    assert [x.key for x in _stored(house, first).labels if x.kind is Kind.STANCE and x.by_person] == ["critical"]
    assert "duty-critical" not in {button.key for button in test.button}  # its theme is still asked
    test.button(key="duty-no").click().run()
    item = _stored(house, first)
    (word,) = (x for x in item.labels if x.kind is Kind.THEME_NO)
    assert {x.kind for x in item.labels if x.by_person} == {Kind.STANCE, Kind.THEME_NO}
    assert set(item.keys(Kind.THEME, PROVINCE)) == others - {word.key}  # the machine's, and still the machine's
    assert all(x.why == "trả lời ở Trực" for x in item.labels if x.by_person)
    assert "duty-critical" in {button.key for button in test.button}  # the next one
    assert "Đã trả lời 1 bài trong phiên này" in words_of(test)
    assert [row.act for row in house.store.audit(act="label.")][:2] == ["label.correct", "label.correct"]


def test_agreeing_says_both_and_can_be_taken_back(house: Installation) -> None:
    test = screen("duty", view="ask")
    first = _asked(test)
    test.button(key="duty-right").click().run()
    said = [x for x in house.store.people_labels(TAUGHT, PROVINCE) if x.article_id == first]
    assert {x.kind for x in said} - {Kind.STANCE} <= set(ONE_THEME)
    assert len(said) == 2
    test.button(key="duty-undo").click().run()
    assert not [x for x in _stored(house, first).labels if x.by_person]


def test_what_is_passed_over_is_not_asked_again_before_one_says_so(house: Installation) -> None:
    test = screen("duty", view="ask")
    asked = len(test.session_state["duty-queue"])
    for _ in range(200):
        if "duty-next" not in {button.key for button in test.button}:
            break
        test.button(key="duty-next").click().run()
    assert "bài được bỏ qua trong phiên này" in words_of(test)
    again = next(button for button in test.button if button.label == "Tìm lại từ đầu")
    again.click().run()
    assert len(test.session_state["duty-queue"]) == min(asked, 20)
    assert not house.store.people_labels((Kind.STANCE, Kind.THEME), PROVINCE)


@pytest.mark.parametrize(("language", "told"), [("vi", "Không còn bài nào"), ("en", "Nothing left to ask")])
def test_with_nothing_to_ask_it_says_why(empty: Installation, language: str, told: str) -> None:
    assert told in words_of(screen("duty", view="ask", lang=language))


def test_a_model_that_cannot_be_read_is_said_and_nothing_is_lost(house: Installation) -> None:
    folder = house.settings.home / "models"
    folder.mkdir()
    (folder / "current.json").write_text("{", encoding="utf-8")
    assert "Không chọn được bài" in words_of(screen("duty", view="ask"))
    newsroom.use(house, lambda: NOW, who=lambda: ADMIN)
    assert "Không đọc được mô hình" in words_of(screen("administration"))


# -- the models on Quản trị -------------------------------------------------------------------------


def _keep(house: Installation, number: int, *, figure: float = 0.9) -> None:
    from classifier import floors
    from diembao.plan.reader import themes

    asked = floors.read(floors.FOLDER, tuple(themes()))[1]
    figures = dict.fromkeys(asked, 1.0) | {"vi.themes_micro_f1": figure}
    fault = Fault("themes", "floor", figure, asked["vi.themes_micro_f1"], "vi.themes_micro_f1")
    faults = (fault, Fault("stance", "against", 12, 20)) if figure < fault.limit else ()
    version = Version(number, NOW.isoformat(), house.shipped_heads, "x", 4, 3, 1.5, figures, faults)
    folder = house.heads.folder(number)
    folder.mkdir(parents=True)
    (folder / "version.json").write_text(json.dumps(asdict(version)), encoding="utf-8")


def test_what_was_kept_aside_is_shown_with_its_reason_and_cannot_be_chosen(house: Installation) -> None:
    _keep(house, 1)
    _keep(house, 2, figure=0.5)
    newsroom.use(house, lambda: NOW, who=lambda: ADMIN)
    test = screen("administration")
    told = words_of(test).replace("\\", "")
    assert "Lần học gần nhất (số 2, " in told
    assert "Để riêng phần chủ đề: Tiếng Việt: chủ đề, F1 còn 0,500, thấp hơn mức sàn 0,780" in told
    assert "Để riêng phần thái độ: 12 trên 20 bài được sửa trái hẳn" in told
    keys = {str(button.key) for button in test.button}
    assert "model-use-1" in keys
    assert "model-use-2" not in keys


def test_going_back_is_confirmed_asked_for_rights_and_noted(house: Installation) -> None:
    _keep(house, 1)
    newsroom.use(house, lambda: NOW, who=lambda: ADMIN)
    test = screen("administration")
    test.button(key="model-use-1").click().run()
    assert house.heads.current().number == 1
    assert house.heads.current().held
    (row,) = house.store.audit(act="model.")
    assert (row.actor, row.act, row.subject) == ("person:2", "model.rollback", "model:1")
    assert "Người chọn giữ mô hình này" in words_of(test)
    test.button(key="model-release").click().run()
    assert not house.heads.current().held
    viewer = Visitor("person:3", "", (Standing.SIGNED_IN,), (Grant(Role.OFFICER),), account=3, name="lan")
    newsroom.use(house, lambda: NOW, who=lambda: viewer)
    test.button(key="model-use-0").click().run()
    assert house.heads.current().number == 1  # the press of a page drawn before


def test_every_floor_has_words() -> None:
    from classifier import floors
    from diembao.plan.reader import themes

    for name in floors.read(floors.FOLDER, tuple(themes()))[1]:
        of, _, what = name.partition(".")
        assert f"model.{of}" in TEXTS
        assert f"model.{what}" in TEXTS
