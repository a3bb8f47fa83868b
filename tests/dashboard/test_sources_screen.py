"""Nguồn tin: how outlets are doing, what was found outside, what waits for a person, the runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from dashboard import newsroom
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.ledger import Outcome, Sighting
from diembao.core.sourcing import Decision, Proposal
from diembao.pipeline import discovering
from diembao.pipeline.wiring import OWN_OUTLETS, Installation
from tests.crawlers.pages import item, rss
from tests.dashboard.conftest import screen, words_of
from tests.dashboard.seed import NOW

STRANGE = Proposal(
    "bao-la.example", "Báo Lạ", "vi", "VN", "https://bao-la.example/a", "Quy Nhơn trên báo lạ", "bing", 3
)


def viewer() -> Visitor:
    return Visitor(
        "person:2", "session:2", (Standing.SIGNED_IN,), (Grant(Role.VIEWER),), account=2, name="an", shown="An"
    )


def aside(house: Installation, body: bytes) -> int:
    source = "https://bao-song-con.example/rss"
    run = house.store.begin_run(NOW - timedelta(hours=3), by="loop: lan")
    seen = Sighting(run, source, source, "bao-song-con", source, Outcome.QUARANTINED, "fault: KeyError('x')")
    house.store.source_failed(seen, now=NOW - timedelta(hours=3), response=body)
    house.store.end_run(run, NOW - timedelta(hours=3))
    return house.store.quarantine()[0].id


def pressed(test: AppTest, key: str) -> str:
    test = test.button(key=key).click().run()
    assert not test.exception, test.exception
    return words_of(test)


def test_it_tells_how_outlets_are_doing_and_who_began_the_runs(house: Installation) -> None:
    aside(house, b"<rss/>")
    report = {"reached": True, "well": False, "sources": [{"entries": 14}, {"entries": 0}]}
    house.store.keep_check(house.crawled[0].id, report, now=NOW)
    test = screen("sources")
    said = words_of(test)
    assert "chưa đọc được lần nào" in said
    states, runs = (table.value for table in test.dataframe)
    assert len(states) == len(house.crawled)
    assert {"tiếng Lào", "tiếng Khmer"} <= set(states["Ngôn ngữ"])
    assert {"Việt Nam", "Hàn Quốc"} <= set(states["Nước"])
    checked = states.set_index("Nguồn tin")["Kiểm tra gần nhất"]
    assert checked[house.crawled[0].name].endswith(" · có chỗ chưa ổn, 14 mục")
    assert "" in set(checked)  # the others were never looked at
    assert next(iter(runs["Ai bắt đầu"])) == "vòng lặp: lan"


def test_a_proposed_outlet_is_taken_in_or_refused_by_a_person_and_it_is_on_the_audit_log(house: Installation) -> None:
    house.store.propose([STRANGE, Proposal("hai.example", "Hai", "", "", "", "x", "gdelt")], now=NOW)
    assert "Báo Lạ" in words_of(screen("sources"))
    said = pressed(screen("sources"), "proposed-hai-example-reject")
    assert "Đã từ chối" in said
    test = screen("sources")
    test.text_input(key="proposed-bao-la-example-feed").set_value("https://bao-la.example/rss")
    (take,) = [each for each in test.button if each.label == "Nhận vào danh mục"]
    take.click().run()
    *_, entry = yaml.safe_load((house.settings.home / OWN_OUTLETS).read_text(encoding="utf-8"))
    assert (entry["name"], entry["feeds"]) == ("Báo Lạ", ["https://bao-la.example/rss"])
    assert house.outlet_name(entry["id"]) == "Báo Lạ"
    assert [each.host for each in house.store.proposals(Decision.ACCEPTED)] == ["bao-la.example"]
    acts = [(row.act, row.actor) for row in house.store.audit(act="source.")]
    assert acts == [("source.accept", "person:1"), ("source.reject", "person:1")]


def test_a_source_that_was_set_aside_is_read_again_or_dropped_with_a_reason(house: Installation) -> None:
    number = aside(house, rss(item("https://bao-song-con.example/x", "Lũ ở Quy Nhơn")))
    said = pressed(screen("sources"), f"aside-{number}-drop")
    assert "ghi lý do trước" in said
    assert "Đọc được 1 mục" in pressed(screen("sources"), f"aside-{number}-replay")
    assert house.store.quarantine() == []
    assert house.store.runs(1)[0].by == "replay: person:1"
    number = aside(house, b"<html>")
    test = screen("sources")
    test.text_input(key=f"aside-{number}-why").set_value("nguồn đã bỏ")
    assert "Đã bỏ khỏi danh sách" in pressed(test, f"aside-{number}-drop")


def test_who_may_not_change_sources_finds_no_button(house: Installation) -> None:
    house.store.propose([STRANGE], now=NOW)
    aside(house, b"<rss/>")
    newsroom.use(house, lambda: NOW, who=viewer)
    labels = {each.label for each in screen("sources").button}
    assert not labels & {"Đọc lại", "Bỏ", "Từ chối", "Nhận vào danh mục"}


@pytest.mark.parametrize(("interval", "told"), [("0", "không tự tìm"), ("21600", "Lần tới")])
def test_it_says_whether_the_loop_looks_outside_and_what_came_of_it(
    house: Installation, monkeypatch: pytest.MonkeyPatch, interval: str, told: str
) -> None:
    chosen = house.settings.discovery.model_copy(update={"interval": float(interval)})
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"discovery": chosen}))
    discovering.begin(house, NOW - timedelta(hours=1), "loop: lan")
    said = words_of(screen("sources"))
    assert told in said
    assert "chưa xong hoặc bị ngắt" in said
