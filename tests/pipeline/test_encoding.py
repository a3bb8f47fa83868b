"""Vectors follow the store: what is new, what has changed, another model, a file that was deleted; and what is near."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from diembao.app.cli import app
from diembao.core.article import Kind
from diembao.core.settings import FILE, load
from diembao.pipeline import steps, worker
from diembao.pipeline.nearby import WINDOWS, similar
from diembao.pipeline.wiring import Installation, open_installation
from tests.classifier.models import static_model
from tests.pipeline.test_steps import keep, work
from tests.store.making import NOW, article, entry, read_source
from tests.store.making import keep as store

STORM = "Bão mạnh gây mưa lớn, ngập lụt ở Quy Nhơn, hàng nghìn người dân phải sơ tán"
AGAIN = "Quy Nhơn ngập sâu sau bão, người dân phải sơ tán"
FLOOD = "Bão mạnh gây mưa lớn, 4.217 nhà ngập ở Tuy Phước, hàng nghìn người dân phải sơ tán"
FOREIGN = "Powerful typhoon floods 4,217 houses in Tuy Phuoc, Gia Lai, thousands of residents evacuated"
FOREIGN_TOO = "Powerful typhoon floods 3,000 houses in Gia Lai, thousands of residents evacuated"
CHESS = "Giải cờ vua học sinh khai mạc ở Pleiku"
ELSEWHERE = "Bão mạnh gây mưa lớn, ngập lụt ở Hải Phòng, hàng nghìn người dân phải sơ tán"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_installation(load(tmp_path)) as opened:
        yield opened


def told(house: Installation, slug: str) -> list[str]:
    return [near.item.article.title for near in similar(house, article(slug).id) or ()]


def test_every_article_gets_a_vector_and_a_changed_one_another(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", CHESS))
    assert work(house).encoded == 2
    before = house.kept_vectors.vector(article("a").id)
    assert work(house).encoded == 0
    run = house.store.begin_run(NOW)
    changed = article("a", title=CHESS, text=CHESS)
    house.store.page_stored(run, entry("a"), changed, now=NOW, response=None)
    assert work(house).encoded == 1
    after = house.kept_vectors.vector(article("a").id)
    assert before is not None
    assert after is not None
    assert before @ after < 0.9


def test_an_id_that_is_none_stops_nothing(house: Installation) -> None:
    store(house.store, replace(article("odd"), id="odd"))
    assert work(house).encoded == 0
    keep(house, ("a", STORM))
    assert work(house).encoded == 1
    assert house.store.bookmark("encode") == house.store.head()


def test_deleted_vectors_are_made_again_from_the_store(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", CHESS))
    work(house)
    shutil.rmtree(house.settings.vectors_path)
    assert work(house).encoded == 2
    assert house.kept_vectors.size() == 2


def test_a_rebuild_makes_the_vectors_anew(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", CHESS))
    work(house)
    assert house.vectors is not None
    house.vectors.put([article("a").id], np.zeros((1, house.vectors.dimension), dtype=np.float32))
    worker.rebuild_index(house, lambda _: None, lambda: NOW)
    kept = house.kept_vectors.vector(article("a").id)
    assert kept is not None
    assert kept.any()


def test_after_a_change_of_model_the_old_vectors_answer_until_all_are_made_again(house: Installation) -> None:
    keep(house, *((str(number), f"{STORM} {number}") for number in range(steps.BATCH + 5)))
    work(house)
    first = house.kept_vectors.answers
    model = static_model(house.settings.home / "model")
    (house.settings.home / FILE).write_text(f'[classifier]\nencoder = "{model}"\n', encoding="utf-8")
    with open_installation(load(house.settings.home)) as other:
        assert steps.encode(other, lambda: NOW, "test").encoded == steps.BATCH
        assert (other.kept_vectors.answers, other.kept_vectors.size()) == (first, steps.BATCH + 5)
        assert similar(other, article("1").id) is not None
        work(other)
        assert other.kept_vectors.answers != first
        assert other.kept_vectors.size() == steps.BATCH + 5


def test_without_an_encoder_there_are_no_vectors_and_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[classifier]\nencoder = "none"\n', encoding="utf-8")
    with open_installation(load(tmp_path)) as house:
        keep(house, ("a", STORM))
        assert work(house).encoded == 0
        assert similar(house, article("a").id) is None


def test_what_is_near_is_about_the_province_and_tells_of_the_same(house: Installation) -> None:
    told_only(house, ("a", STORM), ("b", AGAIN), ("c", CHESS), ("d", ELSEWHERE))
    assert told(house, "a") == [AGAIN]
    assert told(house, "c") == []


def test_across_languages_the_places_and_figures_that_both_name_decide(house: Installation) -> None:
    told_only(house, ("a", FLOOD), ("b", FOREIGN), ("c", FOREIGN_TOO), ("d", CHESS))
    near = similar(house, article("a").id) or ()
    assert [(each.item.article.title, each.shared) for each in near] == [(FOREIGN, ("4217", "Tuy Phước"))]


def test_what_is_told_months_apart_is_other_news(house: Installation) -> None:
    told_only(house, ("a", STORM), ("b", AGAIN), apart=WINDOWS[-1][0] + timedelta(days=1))
    assert told(house, "a") == []


def told_only(house: Installation, *articles: tuple[str, str], apart: timedelta = timedelta()) -> None:
    """Articles of nothing but a title, each so much later than the one before."""
    run = house.store.begin_run(NOW)
    read_source(house.store, run, pending=[entry(slug) for slug, _ in articles])
    for number, (slug, title) in enumerate(articles):
        said = article(slug, title=title, lead="", text="")
        later = replace(said, published_at=said.when + number * apart)
        house.store.page_stored(run, entry(slug), later, now=NOW, response=None)
    house.store.end_run(run, NOW)
    work(house)


def test_an_article_that_is_no_longer_about_the_province_is_hidden(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", AGAIN))
    work(house)
    assert told(house, "a") == [AGAIN]
    house.store.correct(article("b").id, Kind.RELEVANCE, "gia-lai", ["no"], by="person:truc-ban", why="nhầm", now=NOW)
    assert told(house, "a") == []


def test_of_the_story_itself_one_article_is_named_and_no_copy(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", AGAIN), ("c", STORM + "."))
    work(house)
    stories = {item.key(Kind.STORY) for item in house.store.articles([article(slug).id for slug in "abc"])}
    assert len(stories) == 1
    near = similar(house, article("a").id) or ()
    assert [(each.item.article.title, each.same_story) for each in near] == [(AGAIN, True)]


def test_the_command_names_what_is_near(house: Installation) -> None:
    keep(house, ("a", STORM), ("b", AGAIN))
    work(house)
    home, run = str(house.settings.home), CliRunner()
    asked = run.invoke(app, ["similar", article("a").url, "--home", home, "--json"])
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.stdout)
    assert answer["id"] == article("a").id
    assert [one["title"] for one in answer["similar"]] == [AGAIN]
    assert answer["similar"][0]["likeness"] in {"very", "close", "related"}
    said = run.invoke(app, ["similar", article("a").id, "--home", home]).stdout
    assert AGAIN in said
    assert "20/11/2026 06:30" in said  # the province's day and hour


def test_the_command_says_how_far_behind_the_comparing_is(house: Installation) -> None:
    keep(house, ("a", STORM))
    said = CliRunner().invoke(app, ["similar", article("a").id, "--home", str(house.settings.home)]).stdout
    assert f"còn {house.store.head()} việc chưa đọc" in said
    assert "diembao run --once" in said


@pytest.mark.parametrize("named", ["0123456789abcdef", "https://baomoi.example/nothing", "no address"])
def test_the_command_says_when_there_is_no_such_article(house: Installation, named: str) -> None:
    keep(house, ("a", STORM))
    asked = CliRunner().invoke(app, ["similar", named, "--home", str(house.settings.home)])
    assert type(asked.exception).__name__ == "WrongUse"
