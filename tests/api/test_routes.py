from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from diembao.core.accounts import Role
from diembao.core.article import Kind, Labelled
from diembao.core.case import Details
from diembao.core.document import document
from diembao.response.cases import Actor, Desk
from tests.api.asking import PROBLEM, UNIT, Asking
from tests.dashboard import published, seed
from tests.dashboard.seed import NOW, PROVINCE


def all_pages(read: Callable[..., Any], path: str, what: str) -> list[Any]:
    found: list[Any] = []
    told = read(path)
    while True:
        found += told[what]
        if not told["next"]:
            return found
        told = read(f"{path}{'&' if '?' in path else '?'}cursor={told['next']}")


# -- pages


@pytest.mark.parametrize("sort", ["newest", "oldest", "score"])
def test_pages_of_a_search_are_the_whole_search(ask: Asking, read: Callable[..., Any], sort: str) -> None:
    whole = read(f"/search?limit=100&sort={sort}")
    assert whole["next"] is None
    assert whole["total"] == ask.house.store.size()
    pages = all_pages(read, f"/search?limit=3&sort={sort}", "articles")
    assert [each["id"] for each in pages] == [each["id"] for each in whole["articles"]]


def test_a_page_by_time_goes_on_where_it_was_although_newer_articles_came(
    ask: Asking, read: Callable[..., Any]
) -> None:
    first = read("/search?limit=5")
    whole = [each["id"] for each in read("/search?limit=100")["articles"]]
    newest = ask.put.ids["waste"]
    stored = ask.house.store.article(newest)
    assert stored is not None
    later = replace(stored.article, id="f" * 16, published_at=NOW)
    ask.house.index.put([document(Labelled(later, stored.labels), provinces=[ask.house.viewed], country="VN")])
    try:
        second = read(f"/search?limit=5&cursor={first['next']}")
    finally:
        ask.house.index.wipe()
        seed.index(ask.house)
    assert [each["id"] for each in second["articles"]] == whole[5:10]


def test_changes_come_in_order_and_only_what_is_new_comes_again(ask: Asking, read: Callable[..., Any]) -> None:
    pages = all_pages(read, "/articles?limit=7", "articles")
    assert {each["id"] for each in pages} == set(ask.house.store.article_ids())
    assert [each["log"] for each in pages] == sorted(each["log"] for each in pages)
    position = read("/articles?limit=100")["position"]
    while (told := read(f"/articles?since={position}&limit=100"))["articles"]:
        position = told["position"]
    assert told == {"articles": [], "position": position, "record": told["record"], "next": None}
    port = ask.put.ids["port"]
    ask.house.store.correct(port, Kind.STANCE, PROVINCE, ["neutral"], by="person:9", why="", now=NOW)
    new = read(f"/articles?since={position}&text=true")
    assert [(each["id"], each["change"]) for each in new["articles"]] == [(port, "person-label")]
    assert new["articles"][0]["text"]
    assert new["position"] == ask.house.store.head()


def test_every_story_is_listed_once_at_its_newest_article(ask: Asking, read: Callable[..., Any]) -> None:
    found = all_pages(read, "/stories?limit=4", "stories")
    items = [each for each in ask.house.store.articles(list(ask.house.store.article_ids())) if each.key(Kind.STORY)]
    assert sorted(each["id"] for each in found) == sorted({str(each.key(Kind.STORY)) for each in items})
    last = [datetime.fromisoformat(each["last_at"]) for each in found]
    assert last == sorted(last, reverse=True)
    waste = next(each for each in found if each["articles"] == 3)
    whole = read(f"/stories/{waste['id']}")
    assert (whole["texts"], len(whole["outlets"])) == (2, 3)
    members = all_pages(read, f"/stories/{waste['id']}/articles?limit=1", "articles")
    assert [each["id"] for each in members] == list(ask.house.store.story_members([waste["id"]])[waste["id"]])


def test_stories_are_narrowed_by_a_query_and_stand_at_their_newest_article_that_matches(
    read: Callable[..., Any],
) -> None:
    every = {each["id"]: each["articles"] for each in all_pages(read, "/stories?limit=100", "stories")}
    for q in ("nước thải", "thái_độ:phê_phán", "-nước", "báo:nhat-bao-bien OR báo:tin-cao-nguyen", "vai:bản_sao"):
        hits = all_pages(read, f"/search?limit=100&sort=newest&q={quote(q)}", "articles")
        order = [key for each in hits if (key := story_of(each))]
        for limit in (1, 3, 100):
            found = all_pages(read, f"/stories?limit={limit}&q={quote(q)}", "stories")
            assert [each["id"] for each in found] == list(dict.fromkeys(order)), q
            assert {each["id"]: each["articles"] for each in found}.items() <= every.items()


def story_of(article: dict[str, Any]) -> str:
    return next((x["key"] for x in article["labels"] if x["kind"] == "story"), "")


def test_outlets_and_tasks_come_in_pages(ask: Asking, read: Callable[..., Any]) -> None:
    outlets = all_pages(read, "/outlets?limit=3", "outlets")
    assert [each["id"] for each in outlets] == sorted(ask.house.outlets)
    never = read("/outlets/mekong-courier")
    assert (never["articles"], never["last_reached"], never["failures"]) == (0, None, 1)
    tasks = all_pages(read, "/plan/tasks?limit=10", "tasks")
    assert [each["number"] for each in tasks] == [task.number for task in ask.house.profile.tasks]
    mine = all_pages(read, f"/plan/tasks?unit={UNIT}", "tasks")
    assert 0 < len(mine) < len(tasks)
    assert read(f"/plan/tasks/{tasks[0]['number']}") == tasks[0]


def test_cases_page_behind_the_one_that_was_shown_last(ask: Asking, read: Callable[..., Any]) -> None:
    desk, who = Desk(ask.house.store, ask.house.profile), Actor("person:99", NOW)
    for n in range(4):
        desk.open(Details(f"Vụ việc {n}", "so-y-te"), [ask.put.ids["road"]], who, another=True)
    whole = [each["number"] for each in read("/cases?limit=100")["cases"]]
    assert [each["number"] for each in all_pages(read, "/cases?limit=2", "cases")] == whole
    first = read("/cases?limit=2")
    early = Actor("person:99", NOW.replace(day=2))
    opened = desk.open(Details("Gấp", "so-y-te"), [ask.put.ids["road"]], early, another=True)
    assert read("/cases?limit=100")["cases"][0]["number"] == opened.number
    second = read(f"/cases?limit=2&cursor={first['next']}")
    assert [each["number"] for each in second["cases"]] == whole[2:4]


@pytest.mark.parametrize(
    "path", ["/search", "/articles", "/stories", "/outlets", "/cases", "/plan/tasks", "/search?q=heo"]
)
@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "%00", "WyIxMjM0NTY3OCIsMV0", "9" * 300, "..%2f"])
def test_a_cursor_that_was_not_given_out_is_a_problem(ask: Asking, path: str, cursor: str) -> None:
    answer = ask(f"{path}{'&' if '?' in path else '?'}cursor={cursor}", role=Role.VIEWER)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM


def test_a_cursor_of_another_list_or_question_is_a_problem(ask: Asking, read: Callable[..., Any]) -> None:
    given = read("/search?limit=1")["next"]
    for path in ("/search?q=heo&", "/search?sort=oldest&", "/articles?", "/stories?"):
        assert ask(f"{path}cursor={given}", role=Role.VIEWER).status_code == 400


# -- the plan


def test_progress_is_told_in_ones_own_name_and_stands(ask: Asking, read: Callable[..., Any]) -> None:
    task = next(task for task in ask.house.profile.tasks if UNIT in task.lead)
    path, said = f"/plan/tasks/{task.number}", {"unit": UNIT, "state": "running", "share": 40, "note": " Đã ký "}
    told = ask(f"{path}/progress", "POST", role=Role.UNIT_OFFICER, body=said)
    assert told.status_code == 201
    assert told.json()["note"] == "Đã ký"
    assert told.json()["by"] == f"person:{ask.account('unit-officer-x')}"
    assert [entry["share"] for entry in read(path)["progress"]] == [40]
    ask(f"{path}/progress", "POST", role=Role.OFFICER, body={**said, "share": 50})
    assert [entry["share"] for entry in all_pages(read, f"{path}/progress?limit=1", "progress")] == [50, 40]
    assert [entry["share"] for entry in read(path)["progress"]] == [50]
    rows = ask.house.store.audit(act="plan.progress", subject=f"task:binh-dinh:{task.number}")
    assert len(rows) == 2
    assert all(row.where.startswith("session:") for row in rows)


def test_progress_of_another_units_task_is_refused(ask: Asking) -> None:
    task = next(task for task in ask.house.profile.tasks if UNIT not in task.lead + task.helping)
    other = {"unit": task.lead[0], "state": "done"}
    path = f"/plan/tasks/{task.number}/progress"
    assert ask(path, "POST", role=Role.UNIT_OFFICER, body=other).status_code == 403
    assert ask(path, "POST", role=Role.OFFICER, body={**other, "unit": UNIT}).status_code == 400
    for wrong in ({"share": 101}, {"share": "much"}, {"state": "lost"}, {"note": "x" * 2001}, {"by": "person:1"}):
        assert ask(path, "POST", role=Role.OFFICER, body={**other, **wrong}).status_code == 422
    assert ask.house.store.progress("binh-dinh", task.number) == []


# -- what is not there, and what stands


@pytest.mark.parametrize(
    "path",
    [
        "/articles/0000000000000000",
        "/articles/0000000000000000/revisions",
        "/articles/0000000000000000/labels",
        "/stories/nothing",
        "/stories/nothing/articles",
        "/outlets/nothing",
        "/plan/tasks/99.9",
        "/plan/tasks/99.9/progress",
        "/cases/VV-2026-9999",
    ],
)
def test_what_is_not_there_is_404_in_two_languages(ask: Asking, path: str) -> None:
    answer = ask(path, role=Role.VIEWER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    told = answer.json()
    assert told["detail"] != told["detail_en"]


def test_status_tells_what_waits_for_a_person(ask: Asking, read: Callable[..., Any]) -> None:
    told = read("/status")
    assert told["outlets"] == len(ask.house.crawled)
    assert "mekong-courier" in {each["outlet"] for each in told["silent"]}
    assert (told["quarantined"], told["undelivered"]) == (0, 0)


def test_revisions_are_told_in_full_in_pages(ask: Asking, read: Callable[..., Any]) -> None:
    changed = seed.revise(ask.house, published.LEADING[3], title="Giá bồi thường: đã phê duyệt", text="Đã phê duyệt.")
    whole = all_pages(read, f"/articles/{changed}/revisions?limit=1", "revisions")
    assert [(each["number"], each["text"][:12]) for each in whole] == [(1, "Đã hơn một n"), (2, "Đã phê duyệt")]
