"""Counts, the ledger, units, claims, statements, saved searches, queries as trees, evidence of an article."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from diembao.api import cursors
from diembao.core.accounts import Grant, Hand, Role
from diembao.core.alert import Channel, Recipient
from diembao.core.foreseen import MatterKind
from diembao.core.kits import Fact
from diembao.core.memory import Match, Repeat
from diembao.core.saved import SavedSearch
from diembao.response.foreseen import Calendar, Wanted
from tests.api.asking import UNIT, Asking
from tests.api.stages import BY, case_for, registered, repeated, subscribed
from tests.dashboard.seed import NOW
from tests.store.making import alert

PHRASE = {"field": "text", "phrase": "sông Côn"}
CRITICAL = {"field": "stance", "values": ["critical"]}
OFFICE = "Phê phán về tỉnh"
MAIL = Recipient(Channel.MAIL, "truc.ban@example.vn")


def got(ask: Asking, path: str, role: Role = Role.VIEWER) -> dict[str, Any]:
    answer = ask(path, role=role)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def every(ask: Asking, path: str, name: str, limit: int = 1, role: Role = Role.VIEWER) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    found, cursor = [], ""
    while True:
        page = got(ask, f"{path}?limit={limit}&cursor={cursor}", role)
        found += page[name]
        if not (cursor := page["next"]):
            return found


def test_counts_of_a_query_are_those_of_the_search(ask: Asking) -> None:
    counts = got(ask, "/counts?q=nước thải")
    assert counts["articles"] == got(ask, "/search?q=nước thải")["total"] > 0
    assert sum(day["articles"] for day in counts["days"]) == counts["articles"] == sum(counts["outlets"].values())
    assert ask("/counts?q=(", role=Role.VIEWER).status_code == 400


def test_a_run_is_told_with_its_lines_which_add_up(ask: Asking) -> None:
    runs = every(ask, "/runs", "runs")
    assert [run["run"] for run in runs] == sorted((run["run"] for run in runs), reverse=True)
    for run in runs:
        lines = every(ask, f"/runs/{run['run']}/sightings", "sightings", 50)
        assert len(lines) == run["counts"]["seen"] == len({line["number"] for line in lines})
        assert {line["outcome"] for line in lines} == {name for name, n in run["counts"].items() if n} - {"seen"}
    for missing in ("9999", str(2**63 - 1)):
        assert ask(f"/runs/{missing}/sightings", role=Role.VIEWER).status_code == 404


def test_units_are_told_with_their_themes_and_tasks(ask: Asking) -> None:
    units = every(ask, "/units", "units", 7)
    assert [unit["id"] for unit in units] == sorted(ask.house.profile.units)
    mine = got(ask, f"/units/{UNIT}")
    assert mine in units
    tasks = got(ask, f"/plan/tasks?limit=100&unit={UNIT}")["tasks"]
    assert mine["tasks"] == [task["number"] for task in tasks] != []
    assert ask("/units/no-such", role=Role.VIEWER).status_code == 404


def test_claims_and_statements_of_all_cases_are_listed_for_who_may_see_the_case(ask: Asking) -> None:
    issued = case_for(ask, "/v1/cases/{number}/documents/{sha256}").number
    statements = [{"case": issued, **each} for each in got(ask, f"/cases/{issued}")["statements"]]
    assert [each for each in every(ask, "/statements", "statements") if each["case"] == issued] == statements != []
    number = case_for(ask, "/v1/cases/{number}/claims/{claim}/exhibits").number
    case = got(ask, f"/cases/{number}")
    assert case["claims"]
    assert [{"case": number, **each} for each in case["claims"]] == [
        each for each in every(ask, "/claims", "claims") if each["case"] == number
    ]
    other = ask.enter("y-te-y", Grant(Role.UNIT_OFFICER, "", "so-y-te"))
    assert ask("/claims", headers=[("cookie", other)]).json()["claims"] == []


def test_saved_searches_are_listed_by_name(ask: Asking) -> None:
    longest = "Biển " + "🌊" * 95
    for name in ("Cảng", "An ninh", "Bão", longest):
        ask.house.store.save_search(SavedSearch(name, f'"{name}"', 1, "person:1", NOW))
    assert [each["name"] for each in every(ask, "/searches", "searches")] == ["An ninh", "Bão", longest, "Cảng"]


@pytest.mark.parametrize(
    ("tree", "typed"),
    [
        ({"must": [PHRASE]}, '"sông Côn"'),
        ({"must": [PHRASE, CRITICAL]}, '"sông Côn" thái_độ:critical'),
        ({"must_not": [CRITICAL, PHRASE]}, 'NOT thái_độ:critical NOT "sông Côn"'),
        ({"must": [{"should": [{"field": "title", "words": "trại heo"}, PHRASE]}]}, 'tiêu_đề:(trại heo) OR "sông Côn"'),
        ({"must": [{"all": True}]}, ""),
    ],
)
def test_a_tree_finds_what_the_typed_query_finds(ask: Asking, tree: dict[str, Any], typed: str) -> None:
    asked = {"query": tree, "sort": "newest", "limit": 3}
    found, cursor = [], ""
    while cursor is not None:
        page = ask("/search", "POST", role=Role.VIEWER, body={**asked, "cursor": cursor}).json()
        found += [each["id"] for each in page["articles"]]
        cursor = page["next"]
    wanted, cursor = [], ""
    while cursor is not None:
        page = ask(f"/search?sort=newest&limit=50&q={typed}&cursor={cursor}", role=Role.VIEWER).json()
        wanted += [each["id"] for each in page["articles"]]
        cursor = page["next"]
    assert found == wanted
    assert found


@pytest.mark.parametrize(
    ("tree", "status"),
    [
        ({"must": [{"field": "byline", "words": "a"}]}, 400),
        ({"must": [{"field": "text", "values": ["a"]}]}, 400),
        ({"must": [{"field": "published", "from": "2026-11-01T00:00:00"}]}, 400),
        ({"must": [{"field": "published", "from": "0001-01-01T00:00:00+07:00"}]}, 400),
        ({"must": [{"must": [{"must": [PHRASE]}]}]}, 422),
        ({"must": [{"field": "text", "near": ["a"], "distance": 3}]}, 422),
        ({"must": [PHRASE] * 21}, 422),
        ({"script": "a"}, 422),
        ("sông Côn", 422),
    ],
)
def test_a_tree_that_cannot_be_is_told_why(ask: Asking, tree: Any, status: int) -> None:
    answer = ask("/search", "POST", role=Role.VIEWER, body={"query": tree})
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"] != answer.json()["detail_en"]


def test_what_is_like_an_article_is_told_or_that_it_was_not_compared(ask: Asking) -> None:
    assert got(ask, f"/articles/{ask.put.ids['waste']}/similar") == {
        "article": ask.put.ids["waste"],
        "compared": False,
        "similar": [],
    }
    assert ask("/articles/0000000000000000/similar", role=Role.VIEWER).status_code == 404


def test_the_evidence_of_an_article_is_packed_for_the_desk_and_written_down(ask: Asking) -> None:
    path = f"/articles/{ask.put.ids['waste']}/packet"
    answer = ask(path, role=Role.OFFICER)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert {"manifest.json", "manifest.sig", "article.json"} <= set(packed.namelist())
    (row, *_) = ask.house.store.audit()
    assert (row.act, row.subject) == ("evidence.export", f"article:{ask.put.ids['waste']}")
    assert ask(path, role=Role.VIEWER).status_code == 403


@pytest.fixture(scope="module")
def filled(ask: Asking) -> dict[str, str]:
    """Lists with two items or more, by what they tell."""
    store, hand = ask.house.store, Hand("person:9", "session:9")
    registered(ask)
    for text in ("Đạt 95 %.", "Đạt 97 %."):
        store.add_fact(Fact("human-rights", "vi", text, "Bộ Y tế"), hand, NOW)
    Calendar(store, ask.house.profile).add(Wanted("Mùa bão", MatterKind.STORMS, NOW.date(), NOW.date()), BY)
    other, case, waste = repeated(ask).number, repeated(ask).number, ask.put.ids["waste"]
    again = Match(case, 1, waste, 1, Repeat(0.7, "Nước bẩn"), NOW, "repeats-1")
    with store.writing() as write:
        write.put_matches(waste, [again, replace(again, case=other)])
        for slug, name in (("waste", OFFICE), ("road", OFFICE), ("flight", "Của người khác")):
            write.add_alert(replace(alert(slug, slug, name, at=NOW), article_id=ask.put.ids[slug]), [MAIL])
    subscribed(ask)
    subscribed(ask)
    return {
        "alerts": "/alerts",
        "deliveries": "/deliveries",
        "facts": "/kits/human-rights/facts",
        "matters": "/calendar",
        "matches": f"/cases/{case}/matches",
        "answers": f"/articles/{waste}/answers",
        "briefings": "/briefings",
    }


def test_lists_come_in_pages_and_the_cursor_of_one_opens_no_other(ask: Asking, filled: dict[str, str]) -> None:
    for name, path in filled.items():
        whole = got(ask, f"{path}?limit=100", Role.OFFICER)
        assert whole["next"] is None
        assert every(ask, path, name, role=Role.OFFICER) == whole[name] != [], name
        if name == "briefings":
            continue
        cursor = got(ask, f"{path}?limit=1", Role.OFFICER)["next"]
        assert cursor, name
        others = [each for each in filled.values() if each != path]
        wrong = [f"{other}?cursor={cursor}" for other in others] + [f"{path}?cursor=x{cursor}"]
        assert {ask(each, role=Role.OFFICER).status_code for each in wrong} == {400}, name
        assert {ask(f"{path}?limit={n}", role=Role.OFFICER).status_code for n in (0, 101)} == {422}, name


@pytest.mark.parametrize("place", [(2**63 - 1, "0.5", 1, "a"), (1, "x", 1, "a"), (-1, "0.5", 1, "a"), (1, "0.5", 1)])
def test_a_forged_place_among_matches_is_refused(ask: Asking, filled: dict[str, str], place: cursors.Place) -> None:
    number = filled["matches"].split("/")[2]
    forged = cursors.write(f"matches:{number}", place)
    assert ask(f"{filled['matches']}?cursor={forged}", role=Role.OFFICER).status_code == 400


def test_deliveries_are_told_by_their_state_to_those_who_change_alerts(ask: Asking, filled: dict[str, str]) -> None:
    waiting = got(ask, f"{filled['deliveries']}?state=waiting", Role.OFFICER)["deliveries"]
    assert {each["name"] for each in waiting} == {OFFICE}  # nobody else's own
    assert (waiting[0]["to"], waiting[0]["state"]) == ({"kind": "mail", "target": MAIL.address}, "waiting")
    assert got(ask, f"{filled['deliveries']}?state=sent&state=dead", Role.OFFICER)["deliveries"] == []
    assert ask(f"{filled['deliveries']}?state=lost", role=Role.OFFICER).status_code == 422
    assert ask(filled["deliveries"], role=Role.VIEWER).status_code == 403
