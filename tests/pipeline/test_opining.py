"""The language model's opinions: what is asked about, in what state each question ends, and that nothing else waits."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diembao.core.article import Kind
from diembao.core.errors import Misconfigured
from diembao.core.opinion import SECOND_KINDS, QueueState, Task
from diembao.core.settings import load
from diembao.core.settings_opinion import OpinionSettings
from diembao.pipeline import opiner, opining, steps
from diembao.pipeline.wiring import Installation, open_installation
from tests.opinion.articles import lao, second
from tests.opinion.model_server import ModelServer, Reply, completion, serve
from tests.pipeline.opinions import grouped, obliging, state, work
from tests.store.making import NOW, article

YES = ("relevance", "yes")


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serve(obliging) as server:
        yield server


@pytest.fixture
def house(model: ModelServer, tmp_path: Path) -> Iterator[Installation]:
    chosen = OpinionSettings(url=model.url, model="m", timeout=30)
    with open_installation(load(tmp_path).model_copy(update={"opinion": chosen})) as opened:
        yield opened


# -- what is asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "relevance", "place", "age", "tasks"),
    [
        ("lo", "yes", False, 1, [Task.SECOND, Task.GIST_VI, Task.GIST_EN]),
        ("en", "part", False, 1, [Task.SECOND, Task.GIST_VI]),
        ("vi", "yes", False, 1, [Task.SECOND]),
        ("vi", "no", True, 1, [Task.SECOND]),
        ("lo", "no", False, 1, []),
        ("lo", "yes", False, 15, []),
    ],
)
def test_what_is_asked_about_an_article(
    house: Installation,
    language: str,
    relevance: str,
    place: bool,  # noqa: FBT001 (a column)
    age: int,
    tasks: list[Task],
) -> None:
    one = replace(lao(), language=language, published_at=NOW - timedelta(days=age))
    grouped(house, one, relevance=relevance, place=place)
    (item,) = house.store.articles([one.id])
    assert opining.tasks_of(house, item, NOW) == tasks


def test_nothing_is_asked_before_the_alerts_are_through(house: Installation, model: ModelServer) -> None:
    grouped(house, lao(), alerted=False)
    work(house)
    assert sum(house.store.opinion_counts().values()) == 0
    assert model.asked == []


# -- what becomes of it -------------------------------------------------------------------------------


def test_a_foreign_article_gets_its_gists_and_a_second_opinion(house: Installation) -> None:
    grouped(house, lao())
    work(house)
    assert {one.language: len(one.sentences) for one in house.store.gists([lao().id])} == {"vi": 3, "en": 3}
    (item,) = house.store.articles([lao().id])
    assert [(x.kind, x.key, x.by) for x in item.labels if x.kind in SECOND_KINDS] == [
        (Kind.SECOND_RELEVANCE, "yes", "model:m"),
        (Kind.SECOND_THEME, "tourism", "model:m"),
        (Kind.SECOND_STANCE, "positive", "model:m"),
    ]
    assert house.store.opinion_counts() == {QueueState.WAITING: 0, QueueState.DONE: 3, QueueState.ASIDE: 0}


def test_a_second_opinion_changes_nothing_that_counts(house: Installation) -> None:
    one = lao()
    grouped(house, one, relevance="part")
    house.store.correct(one.id, Kind.STANCE, "gia-lai", ["critical"], by="person:1", why="", now=NOW)
    work(house)
    (item,) = house.store.articles([one.id])
    assert item.key(Kind.RELEVANCE, "gia-lai") == "part"
    assert item.key(Kind.STANCE, "gia-lai") == "critical"
    assert item.keys(Kind.THEME, "gia-lai") == ()
    (document,) = steps.documents(house, [one.id])
    assert (document.keywords["relevance"], document.keywords["stance"]) == (("part",), ("critical",))
    assert document.keywords["theme"] == ()


def test_a_copy_of_the_same_text_is_not_asked_about_again(house: Installation, model: ModelServer) -> None:
    grouped(house, lao("one"), replace(lao("two"), outlet="bao-khac"))
    work(house)
    assert len(model.asked) == 3
    assert house.store.opinion_counts()[QueueState.DONE] == 6


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (completion("Xin lỗi."), "no JSON"),
        (completion('{"relevance": "maybe"}'), "form"),
        (completion(None, refusal="no"), "refused"),
        (completion("x", end="length"), "max_tokens"),
    ],
)
def test_an_answer_of_no_use_is_set_aside_with_words(
    house: Installation, model: ModelServer, reply: Reply, why: str
) -> None:
    model.say = lambda _: reply
    one = article("a")
    grouped(house, one)
    work(house)
    found = state(house, one)
    assert found.state is QueueState.ASIDE
    assert why in found.why


def test_a_busy_endpoint_is_left_alone_for_as_long_as_it_says(house: Installation, model: ModelServer) -> None:
    model.say = lambda _: Reply(b"", 429, head={"Retry-After": "90"})
    one = article("a")
    grouped(house, one)
    opining.want(house, NOW)
    until = asyncio.run(opining.answer(house, opining.open_asking(house), lambda: NOW))
    assert until == NOW + timedelta(seconds=90)
    assert (state(house, one).tries, state(house, one).until) == (0, until)


def failing(*bad: str, status: int = 500) -> Any:
    """An endpoint that cannot do with questions that hold one of these words."""

    def say(body: dict[str, Any]) -> Reply:
        told = body["messages"][1]["content"]
        return Reply(b"{}", status) if any(word in told for word in bad) else obliging(body)

    return say


def test_a_question_that_always_fails_is_tried_ever_later_and_then_set_aside(
    house: Installation, model: ModelServer
) -> None:
    model.say = failing("title")
    one, now = article("a"), NOW
    grouped(house, one)
    opining.want(house, now)
    asking, waits = opining.open_asking(house), []
    while state(house, one).state is QueueState.WAITING:
        asyncio.run(opining.answer(house, asking, lambda now=now: now))  # type: ignore[misc]  # bound at once
        found = state(house, one)
        if found.until:
            waits.append((found.until - now).total_seconds())
            now = found.until
    assert waits == [60, 120, 240, 480, 960, 1920, 3600]
    assert (found.state, found.tries) == (QueueState.ASIDE, opining.TRIES)


def test_an_endpoint_that_is_away_for_a_day_costs_no_question_its_turn(house: Installation, model: ModelServer) -> None:
    model.say = lambda _: Reply(b"", 503)
    grouped(house, article("a"))
    opining.want(house, NOW)
    asking, now = opining.open_asking(house), NOW
    for _ in range(20):
        rest = asyncio.run(opining.answer(house, asking, lambda now=now: now))  # type: ignore[misc]  # bound at once
        assert rest == now + opining.REST
        now = rest
    assert (state(house, article("a")).state, state(house, article("a")).tries) == (QueueState.WAITING, 0)
    model.say = obliging
    work(house, lambda: now)
    assert state(house, article("a")).state is QueueState.DONE


def test_one_article_that_the_endpoint_will_not_see_stops_no_other(house: Installation, model: ModelServer) -> None:
    model.say = failing("<script>", status=403)
    grouped(house, lao("good"))
    grouped(house, lao("bad", text="<script> ທ່າເຮືອ"))
    work(house)
    assert house.store.opinion_counts() == {QueueState.WAITING: 0, QueueState.DONE: 3, QueueState.ASIDE: 3}
    assert "403" in state(house, lao("bad")).why


def test_a_second_opinion_of_words_that_have_changed_is_no_longer_in_force(house: Installation) -> None:
    one = lao()
    grouped(house, one)
    work(house)
    grouped(house, replace(one, text="Кортеж прибыл в Париж.", revision=2), relevance="no")
    work(house)
    (item,) = house.store.articles([one.id])
    assert item.article.revision == 2
    assert [each for each in item.labels if each.kind in SECOND_KINDS] == []
    assert house.store.opinion_missed(NOW - timedelta(days=30), "gia-lai", 10) == []


def test_field_names_of_the_models_own_are_told_short_and_clean(house: Installation, model: ModelServer) -> None:
    more = {"\x00\u202e" + "A" * 300_000: 1}
    model.say = lambda _: completion(second()[:-1] + ", " + json.dumps(more)[1:])
    grouped(house, article("a"))
    work(house)
    why = state(house, article("a")).why
    assert 0 < len(why) < 500
    assert "\x00" not in why


def test_a_setting_that_must_change_stops_everything_and_loses_nothing(house: Installation, model: ModelServer) -> None:
    model.say = lambda _: Reply(b"{}", 401)
    grouped(house, article("a"))
    with pytest.raises(Misconfigured, match="key_file"):
        work(house)
    assert house.store.opinion_counts()[QueueState.WAITING] == 1
    model.say = obliging
    grouped(house, article("b"))
    work(house)  # another one first: this one may be the reason
    assert house.store.opinion_counts()[QueueState.DONE] == 1
    work(house, lambda: NOW + opining.SHUT)
    assert house.store.opinion_counts()[QueueState.DONE] == 2


def test_several_are_asked_at_the_same_time_where_the_settings_say_so(house: Installation, model: ModelServer) -> None:
    chosen = house.settings.opinion.model_copy(update={"concurrency": 3})
    house.settings = house.settings.model_copy(update={"opinion": chosen})
    grouped(house, *(article(slug) for slug in "abcd"))
    opining.want(house, NOW)
    asyncio.run(opining.answer(house, opining.open_asking(house), lambda: NOW))
    assert house.store.opinion_counts()[QueueState.DONE] == 3


# -- the process, and the door shut -------------------------------------------------------------------


def test_the_process_asks_and_ends_with_the_words_of_a_misconfiguration(tmp_path: Path, model: ModelServer) -> None:
    (tmp_path / "diembao.toml").write_text(f'[opinion]\nurl = "{model.url}"\nmodel = "m"\nkey_file = "no-key"\n')
    assert opiner.main(tmp_path, lambda: NOW) == opiner.MISCONFIGURED
    with open_installation(load(tmp_path)) as house:
        assert "key_file" in opiner.stopped_by(house)


def test_the_worker_keeps_the_process_going(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with opiner.Opiner(house) as one:
        one.look(NOW)
        child = one.child
        assert child is not None
        child.kill()
        child.wait()
        one.look(NOW)
        assert one.child is None
        one.look(NOW + opiner.LATER / 2)
        assert one.child is None
        one.look(NOW + opiner.LATER)
        assert one.child is not None


def test_with_the_door_shut_nothing_of_it_is_loaded_or_started(tmp_path: Path) -> None:
    code = (
        "import sys, threading\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from diembao.core.settings import load\n"
        "from diembao.pipeline import worker\n"
        "from diembao.pipeline.opiner import Opiner\n"
        "from diembao.pipeline.steps import advance\n"
        "from diembao.pipeline.wiring import open_installation\n"
        f"with open_installation(load(Path({str(tmp_path)!r}))) as house, Opiner(house) as opiner:\n"
        "    now = datetime(2026, 11, 20, tzinfo=UTC)\n"
        "    advance(house, lambda: now, 'test')\n"
        "    opiner.look(now)\n"
        "    assert opiner.child is None\n"
        "sys.exit(repr([name for name in sys.modules if name.split('.')[:2] == ['diembao', 'opinion']"
        " or name.split('.')[0] in ('httpx', 'httpcore', 'openai')]) )\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip().splitlines()[-1] == "[]"
