from __future__ import annotations

import pytest

from diembao.core.article import Kind
from diembao.pipeline.wiring import Installation
from tests.api.asking import PROBLEM
from tests.api.conftest import Get
from tests.dashboard.seed import NOW, PROVINCE, Seeded


def test_health_says_how_much_there_is_and_how_fresh(get: Get, seeded: tuple[Installation, Seeded]) -> None:
    house, _ = seeded
    told = get("/v1/health").json()
    assert told["articles"] == house.store.size() == told["index"]["articles"]
    assert told["log_head"] == house.store.head() == told["index"]["position"]
    assert set(told["bookmarks"]) == {"judge", "group", "join", "index", "alert", "remember", "encode"}
    assert told["last_run"]["counts"]["stored"] == house.store.size()


def test_a_search_finds_and_pages(get: Get, seeded: tuple[Installation, Seeded]) -> None:
    every = get("/v1/search", limit=100).json()
    assert every["total"] == seeded[0].store.size()
    first = get("/v1/search", limit=5).json()
    page = get("/v1/search", limit=5, cursor=first["next"]).json()
    assert [a["id"] for a in first["articles"] + page["articles"]] == [a["id"] for a in every["articles"]][:10]
    found = get("/v1/search", q="nuoc thai song con").json()
    assert {a["title"] for a in found["articles"]} >= {"Nước thải trại heo chảy ra sông Côn"}
    outlet = found["articles"][0]["outlet"]
    assert set(outlet) == {"id", "name", "country"}


def test_an_article_has_its_labels_with_their_reasons_and_its_revisions(
    get: Get, seeded: tuple[Installation, Seeded]
) -> None:
    told = get(f"/v1/articles/{seeded[1].ids['waste']}").json()
    stance = next(label for label in told["labels"] if label["kind"] == "stance")
    assert (stance["key"], stance["about"], stance["look_again"]) == ("critical", PROVINCE, False)
    assert "gửi đơn ba lần" in stance["why"]
    assert [revision["number"] for revision in told["revisions"]] == [1]
    assert told["text"].startswith("Người dân xã Tây Sơn")
    assert told["published_at"].startswith("2026-11-2")


def test_a_persons_correction_is_told_as_such(get: Get, seeded: tuple[Installation, Seeded]) -> None:
    house, put = seeded
    house.store.correct(put.ids["port"], Kind.STANCE, PROVINCE, ["positive"], by="person:local", why="mở cảng", now=NOW)
    labels = get(f"/v1/articles/{put.ids['port']}").json()["labels"]
    assert [(x["key"], x["by"]) for x in labels if x["kind"] == "stance"] == [("positive", "person:local")]


def test_no_field_is_about_a_journalist(get: Get, seeded: tuple[Installation, Seeded]) -> None:
    told = get(f"/v1/articles/{seeded[1].ids['waste']}").json()
    assert not {"author", "byline", "journalist", "authors"} & set(told)


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "x"},
        {"cursor": "x" * 601},
        {"q": "x" * 2001},
        {"sort": "author"},
    ],
)
def test_parameters_are_bounded_and_the_problem_names_them(get: Get, params: dict[str, object]) -> None:
    answer = get("/v1/search", **params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert problem["errors"][0]["parameter"] == next(iter(params))
    assert {"type", "title", "title_en", "status", "detail", "detail_en"} <= set(problem)
    assert len(answer.content) < 2000


def test_a_query_that_cannot_be_read_is_a_problem_with_its_place(get: Get) -> None:
    answer = get("/v1/search", q='heo "sông')
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["position"] == 4
    assert answer.json()["detail"].startswith("Không đọc được câu tìm")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/articles/" + "0" * 16, 404), ("/v1/articles/..%2f..%2fetc", 404), ("/v1/articles/XYZ", 422), ("/v9", 404)],
)
def test_what_is_not_there_is_a_problem_too(get: Get, path: str, status: int) -> None:
    answer = get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/v1/counts", "/v1/health", "/v1/articles/" + "0" * 16])
def test_it_is_read_only(get: Get, method: str, path: str) -> None:
    answer = get(path, method=method)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_is_offered_that_loads_scripts_from_elsewhere(get: Get, path: str) -> None:
    assert get(path).status_code == 404
    assert get("/v1/openapi.json").json()["info"]["title"] == "Điểm Báo"


def test_an_error_inside_says_nothing_of_the_inside(get: Get, seeded: tuple[Installation, Seeded]) -> None:
    from diembao.api import problems

    answer = problems._unexpected(None, RuntimeError("secret path /etc"))  # type: ignore[arg-type]  # not asked
    assert answer.status_code == 500
    assert b"secret" not in bytes(answer.body)
