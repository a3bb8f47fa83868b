"""Gists by the API: what a person accepted stands with the article, what a machine wrote is asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from diembao.core.accounts import Hand
from diembao.core.article import Kind, Label
from diembao.core.opinion import Gist, GistVerdict, Judgement
from diembao.core.settings_opinion import OpinionSettings
from diembao.pipeline.wiring import Installation
from tests.api.conftest import Get
from tests.dashboard.seed import NOW, PROVINCE, Seeded

SENTENCES = ("Đường bay mới nối Quy Nhơn với Pakse.", "Hai chuyến một tuần.", "Vé bán từ tháng sau.")


@pytest.fixture
def flight(seeded: tuple[Installation, Seeded]) -> Iterator[str]:
    """An article with the gists of a machine in two languages, the English one accepted."""
    house, put = seeded
    before, article = house.settings, put.ids["flight"]
    house.settings = before.model_copy(update={"opinion": OpinionSettings(url="http://127.0.0.1:9/v1", model="m")})
    made = Gist(article, PROVINCE, "vi", 1, "m", SENTENCES, "ສາຍການບິນໃໝ່", "Đường bay mới", NOW)
    with house.store.writing() as write:
        for language in ("vi", "en"):
            write.put_gist(replace(made, language=language))
        second = Label(article, Kind.SECOND_STANCE, "neutral", PROVINCE, by="model:m")
        write.set_labels(article, [Kind.SECOND_STANCE], [second], now=NOW)
    english = next(one for one in house.store.gists([article]) if one.language == "en")
    if not english.accepted:
        judged = Judgement(article, "en", 1, GistVerdict.EDITED, "A new flight.")
        house.store.judge_gist(judged, now=NOW, by=Hand("person:1", "session:1"))
    yield article
    house.settings = before


def test_what_a_person_accepted_stands_with_the_article_and_the_machines_apart(get: Get, flight: str) -> None:
    (accepted,) = get(f"/v1/articles/{flight}").json()["gists"]
    assert (accepted["language"], accepted["text"], accepted["verdict"]) == ("en", "A new flight.", "edited")
    (machine,) = get(f"/v1/articles/{flight}/machine-gists").json()["gists"]
    assert (machine["language"], machine["text"], machine["verdict"]) == ("vi", " ".join(SENTENCES), None)
    assert machine["passage"] == "ສາຍການບິນໃໝ່"
    assert get("/v1/articles/0000000000000000/machine-gists").status_code == 404


def test_with_the_door_shut_no_gist_and_no_second_opinion_is_told(
    get: Get, flight: str, seeded: tuple[Installation, Seeded]
) -> None:
    def kinds(path: str) -> set[str]:
        return {label["kind"] for label in get(path).json()["labels"]}

    told = (f"/v1/articles/{flight}", f"/v1/articles/{flight}/labels")
    assert all("second-stance" in kinds(path) for path in told)
    seeded[0].settings = seeded[0].settings.model_copy(update={"opinion": OpinionSettings()})
    assert all("second-stance" not in kinds(path) for path in told)
    assert get(told[0]).json()["gists"] == get(f"{told[0]}/machine-gists").json()["gists"] == []
