"""*Tài liệu*, *Đơn vị* and the themes of *Kế hoạch*: who finds what, and what they may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from diembao.api.rights import Visitor
from diembao.core.accounts import CONSOLE, Grant, Role
from diembao.core.article import Kind
from diembao.core.case import Details
from diembao.core.fact_feeds import Aside, FactFeed, Listing, Outcome
from diembao.core.kits import Fact, Handed
from diembao.core.names import country_name, language_name
from diembao.core.query import Terms
from diembao.core.settings_facts import FactsSettings
from diembao.pipeline.fact_health import feed_troubles
from diembao.pipeline.theme_quality import quality
from diembao.pipeline.wiring import Installation
from diembao.plan import theme_files
from diembao.reports.unit import as_json, digest
from diembao.reports.unit_text import as_text
from diembao.response.cases import Actor, Desk
from tests.dashboard.conftest import OFFICER, screen, words_of
from tests.dashboard.seed import NOW

OLD = Fact("human-rights", "vi", "Số liệu năm 2025.", "Niên giám", end=date(2026, 1, 31))


def enter(house: Installation, role: Role, unit: str = "") -> None:
    who: Visitor = replace(OFFICER, grants=(Grant(role, "", unit),))
    newsroom.use(house, lambda: NOW, who=lambda: who)


def filled(test: AppTest, **given: str) -> AppTest:
    for key, value in given.items():
        box = next(x for x in (*test.text_area, *test.text_input) if x.key == key)
        box.set_value(value)
    return test


def press(test: AppTest, form: str) -> AppTest:
    next(x for x in test.button if form in {x.form_id, x.key}).click().run()
    assert not test.exception, test.exception
    return test


def test_a_fact_is_written_with_its_source_and_an_expired_one_says_so(house: Installation) -> None:
    house.store.add_fact(OLD, CONSOLE, NOW)
    shown = screen("kits")
    assert "hết hạn\\, không dùng để trả lời" in words_of(shown)
    filled(shown, **{"kits-human-rights-text": "Bảo hiểm y tế 95 %.", "kits-human-rights-source": "UBND tỉnh"})
    press(shown, "kits-human-rights-form")
    new = max(house.store.facts("human-rights"), key=lambda x: x.number)
    assert (new.text, new.source, new.by) == ("Bảo hiểm y tế 95 %.", "UBND tỉnh", OFFICER.actor)
    assert "Bảo hiểm y tế 95" in words_of(shown)
    press(shown, f"kits-drop-{new.number}")
    assert [x.text for x in house.store.facts()] == [OLD.text]


def test_a_feed_of_facts_stands_with_its_kit_its_latest_reading_and_what_is_wrong_with_it(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = {"name": "bo", "url": "https://bo.example/rss", "kit": "human-rights", "source": "Bộ Y tế", "days": 2}
    facts = FactsSettings.model_validate({"feeds": [feed]})
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"facts": facts}))
    fact = replace(OLD, text="Tiêm chủng đạt 97 %.", source="Bộ Y tế", end=None)
    counts, aside = {"added": 1, "aside": 1}, (Aside("b", "Mục “b”: đã hết hiệu lực (Entry 'b': it holds no longer)"),)
    read = FactFeed("bo", "https://bo.example/rss", NOW, NOW, NOW, NOW, entries=2, counts=counts, aside=aside)
    house.store.take_listing("bo", fact.kit, Listing([Handed(fact, "a")]), NOW.date(), NOW, lambda *_: read)
    told = words_of(screen("kits"))
    for part in ("Tự đọc “bo” của Bộ Y tế", "6 giờ một lần", "1 mới", "1 để riêng", "nguồn dữ kiện bo", "hết hiệu lực"):
        assert part in told.replace("\\", ""), part
    assert list(feed_troubles(house, NOW + timedelta(days=2))) == []
    (quiet,) = feed_troubles(house, NOW + timedelta(days=3))
    assert (quiet.name, quiet.vi) == ("bo", "Nguồn dữ kiện “bo”: không có gì mới trong 2 ngày.")
    for change, told in (
        ({"failures": 1, "outcome": Outcome.RETRY, "why": "timeout"}, ""),
        ({"failures": 3, "outcome": Outcome.RETRY, "why": "timeout"}, "quá giờ chờ; đọc được lần cuối"),
        ({"failures": 1, "outcome": Outcome.REFUSED, "why": "address"}, "địa chỉ không được phép đọc"),
        ({"read_at": None, "since": NOW - timedelta(days=4)}, "chưa đọc được từ"),
        ({"full": True}, "đã đầy"),
    ):
        house.store.keep_fact_feed(replace(read, **change))
        assert told in " ".join(each.vi for each in feed_troubles(house, NOW))
        assert bool(told) == bool(list(feed_troubles(house, NOW)))
    for name in ("sources", "kits"):
        assert "đã đầy" in words_of(screen(name))


def test_a_fact_without_a_source_is_refused_and_nothing_is_lost(house: Installation) -> None:
    shown = filled(screen("kits"), **{"kits-sea-islands-text": "Tàu cá có giám sát."})
    press(shown, "kits-sea-islands-form")
    assert "Nguồn có 1 đến" in words_of(shown)
    assert next(x for x in shown.text_area if x.key == "kits-sea-islands-text").value == "Tàu cá có giám sát."
    assert house.store.facts() == []


@pytest.mark.parametrize(
    ("role", "unit", "may"),
    [(Role.VIEWER, "", 0), (Role.UNIT_OFFICER, "so-dan-toc-ton-giao", 1), (Role.OFFICER, "", 3)],
)
def test_who_may_change_which_kit(house: Installation, role: Role, unit: str, may: int) -> None:
    enter(house, role, unit)
    assert sum((x.key or "").endswith("-text") for x in screen("kits").text_area) == may


def test_each_unit_sees_its_fields_its_coverage_and_its_cases(house: Installation, ids: dict[str, str]) -> None:
    unit = house.profile.fields["environment-climate"]
    number = (
        Desk(house.store, house.profile).open(Details("Nước thải", unit), [ids["waste"]], Actor("person:9", NOW)).number
    )
    found = digest(house, unit, NOW, 7)
    assert "environment-climate" in found.fields
    assert found.own.articles == house.index.count(Terms("theme", found.fields)) or found.own.articles > 0
    assert all(set(x.keys(Kind.THEME, "gia-lai")) & set(found.fields) for x in found.own.listed)
    assert [case.number for case in found.cases] == [number]
    assert found.foreign is None
    told = words_of(screen("unit", **{"don-vi": unit}))
    assert "Vụ việc đang mở" in told
    assert "Nước thải" in told
    assert number in as_text(found, house)
    assert as_json(found, house)["articles"] == found.own.articles


def test_the_unit_for_foreign_affairs_reads_the_foreign_press(house: Installation) -> None:
    enter(house, Role.FOREIGN_AFFAIRS, "so-ngoai-vu")
    told = words_of(screen("unit"))
    assert "Báo chí nước ngoài viết về tỉnh" in told
    found = digest(house, "so-ngoai-vu", NOW, 30)
    assert found.foreign
    assert {house.country(x.article.outlet) for x in found.foreign.listed}.isdisjoint({"VN", ""})


def test_its_digest_tells_country_language_stance_and_theme_of_each_foreign_article_and_none_twice(
    house: Installation,
) -> None:
    found = digest(house, "so-ngoai-vu", NOW, 30)
    assert found.foreign
    assert {x.article.id for x in found.foreign.listed}.isdisjoint(x.article.id for x in found.own.listed)
    assert sum(n for _, n in found.foreign.countries) == found.foreign.articles
    assert all(house.country(x.article.outlet) in {"VN", ""} for x in found.own.listed)
    told = as_text(found, house)
    first = found.foreign.listed[0].article
    block = told[told.index(f"- {first.title}") :].split("\n- ")[0]
    assert country_name(house.country(first.outlet), "vi") in block
    assert language_name(first.language, "vi") in block
    assert "Gợi ý: " in block
    assert told.count(first.url) == 1
    longer = replace(found, foreign=replace(found.foreign, articles=found.foreign.articles + 5))
    assert "… và 5 bài nữa" in as_text(longer, house)
    assert "bài nữa" not in told


def test_a_unit_officer_sees_no_cases_of_another_unit(house: Installation, ids: dict[str, str]) -> None:
    Desk(house.store, house.profile).open(Details("Việc riêng", "so-y-te"), [ids["waste"]], Actor("person:9", NOW))
    enter(house, Role.UNIT_OFFICER, "so-nnmt")
    assert "Việc riêng" not in words_of(screen("unit", **{"don-vi": "so-y-te"}))


def test_a_theme_is_added_from_the_form_and_is_unmeasured_until_people_label(
    house: Installation, ids: dict[str, str]
) -> None:
    shown = screen("plan")
    filled(shown, **{"themes-vi": "Nước sạch", "themes-en": "Clean water", "themes-seeds-vi": "nước thải, nước sạch"})
    press(shown, "themes-add")
    assert "Chọn đơn vị phụ trách" in words_of(shown)
    shown.selectbox(key="themes-unit").set_value("so-nnmt")
    press(shown, "themes-add")
    assert house.profile.fields["clean-water"] == "so-nnmt"
    assert house.profile.themes["clean-water"].vi == "Nước sạch"
    assert "chưa đo" in words_of(shown)
    assert quality(house, "clean-water") is None
    house.store.correct(ids["waste"], Kind.THEME, "gia-lai", ["clean-water"], by="person:1", why="x", now=NOW)
    measured = quality(house, "clean-water")
    assert measured is not None
    assert (measured.n, measured.missed) == (1, 1)
    assert "sót 1" in words_of(screen("plan"))
    assert any(row.subject == "theme:gia-lai:clean-water" for row in house.store.audit())


def test_a_theme_without_phrases_is_refused_and_a_viewer_finds_no_form(house: Installation) -> None:
    shown = filled(screen("plan"), **{"themes-vi": "Nước sạch", "themes-en": "Clean water"})
    shown.selectbox(key="themes-unit").set_value("so-nnmt")
    press(shown, "themes-add")
    assert "Cần ít nhất một cụm từ" in words_of(shown)
    assert theme_files.own_themes(house.plan_folder, "gia-lai") == ()
    enter(house, Role.VIEWER)
    assert not [x for x in screen("plan").text_area if (x.key or "").startswith("themes-")]


def test_prepared_searches_are_there_and_read_by_every_profile(house: Installation) -> None:
    names = [each.name for each in house.vocabulary.saved()]
    assert {"Quyền con người", "Biển, đảo", "Dân tộc thiểu số và miền núi"} <= set(names)
    for name in names:
        assert house.index.count(house.query(f'lưu:"{name}"', NOW)) >= 0
