"""A question with its price: what was answered before costs nothing, and no day goes over its limit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diembao.core.errors import Misconfigured, Retry, SetAside
from diembao.core.opinion import DayCost
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion.asking import Asking
from diembao.opinion.endpoint import Away, Busy, Endpoint, Question, Unread
from diembao.store.record import SqlStore
from tests.opinion.model_server import ModelServer, Reply, completion, serve
from tests.store.making import NOW

ASK = Question("one", "Luật", '{"article": "Quy Nhơn"}', {"type": "object"})
ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serve(lambda _: completion("tốt")) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(f"sqlite:///{tmp_path}/a.db")
    yield opened
    opened.close()


def asking(model: ModelServer, store: SqlStore, **more: Any) -> Asking:
    chosen = OpinionSettings(url=model.url, model="m", timeout=30, **more)
    return Asking(Endpoint(chosen, Path()), chosen, store, ZONE)


def ask(one: Asking, question: Question = ASK, days: int = 0) -> str:
    return asyncio.run(one.ask(question, str.upper, NOW + timedelta(days=days)))


def test_the_same_text_is_asked_once_and_paid_once(model: ModelServer, store: SqlStore) -> None:
    one = asking(model, store, price_in=10, price_out=20, daily_cost=1000)
    assert [ask(one), ask(one), ask(one)] == ["TỐT"] * 3
    assert len(model.asked) == 1
    (day,) = store.opinion_costs()
    assert (day.questions, day.kept, day.tokens_in, day.tokens_out) == (1, 2, 400, 100)
    assert day.cost == pytest.approx(400 * 0.01 + 100 * 0.02)


@pytest.mark.parametrize("change", [{"data": "{}"}, {"rules": "Luật khác"}, {"name": "two"}, {"turn": 1}])
def test_another_text_or_prompt_or_turn_is_another_question(
    model: ModelServer, store: SqlStore, change: dict[str, Any]
) -> None:
    one = asking(model, store)
    ask(one)
    ask(one, replace(ASK, **change))
    assert len(model.asked) == 2


def test_another_model_is_asked_again(model: ModelServer, store: SqlStore) -> None:
    ask(asking(model, store))
    other = OpinionSettings(url=model.url, model="n")
    ask(Asking(Endpoint(other, Path()), other, store, ZONE))
    assert [body["model"] for body in model.asked] == ["m", "n"]


def test_an_answer_that_cannot_be_used_is_paid_and_not_kept(model: ModelServer, store: SqlStore) -> None:
    def refuse(_: str) -> str:
        msg = "no use"
        raise SetAside(msg)

    one = asking(model, store, price_in=10, daily_cost=1000)
    with pytest.raises(SetAside):
        asyncio.run(one.ask(ASK, refuse, NOW))
    assert store.opinion_costs()[0].cost == pytest.approx(4)
    assert ask(one) == "TỐT"
    assert len(model.asked) == 2


def test_a_question_that_could_take_the_day_over_its_cost_is_not_asked(model: ModelServer, store: SqlStore) -> None:
    one = asking(model, store, price_in=0, price_out=10, max_tokens=1000, daily_cost=10.5)
    ask(one)  # could have cost 10, did cost 1
    with pytest.raises(Retry, match="limit") as caught:
        ask(one, replace(ASK, data="{}"))
    assert caught.value.after == 9 * 3600  # 15:00 there
    assert len(model.asked) == 1
    assert ask(one, replace(ASK, data="{}"), days=1) == "TỐT"
    assert ask(one) == "TỐT"  # what is kept costs nothing


def test_so_many_questions_a_day(model: ModelServer, store: SqlStore) -> None:
    one = asking(model, store, daily_questions=2)
    for number in range(2):
        ask(one, replace(ASK, data=str(number)))
    with pytest.raises(Retry, match="limit"):
        ask(one, replace(ASK, data="2"))


@pytest.mark.parametrize(("status", "cost"), [(429, 0), (503, 0), (400, 0), (403, 0)])
def test_what_no_model_read_costs_nothing(model: ModelServer, store: SqlStore, status: int, cost: float) -> None:
    model.say = lambda _: Reply(b"{}", status, head={"Retry-After": "5"})
    with pytest.raises((Retry, SetAside, Misconfigured)):
        ask(asking(model, store, price_out=10, daily_cost=1000))
    assert store.opinion_costs() == [DayCost(NOW.date(), "m", questions=1, cost=cost)]


def test_what_a_model_may_have_read_stays_at_its_highest_price(model: ModelServer, store: SqlStore) -> None:
    model.say = lambda _: Reply(b" " * 100, drip=True)
    chosen = OpinionSettings(url=model.url, model="m", timeout=0.3, price_out=10, max_tokens=1000, daily_cost=1000)
    with pytest.raises(Retry, match="no answer"):
        ask(Asking(Endpoint(chosen, Path()), chosen, store, ZONE))
    assert store.opinion_costs()[0].cost == pytest.approx(10)


def test_an_endpoint_that_does_not_count_is_reckoned_on_the_dear_side(model: ModelServer, store: SqlStore) -> None:
    model.say = lambda _: completion("tốt", usage=False)
    ask(asking(model, store))
    (day,) = store.opinion_costs()
    assert (day.tokens_in, day.tokens_out) == (ASK.size // 2, 2)


@pytest.mark.parametrize("reply", [Reply(b"{}", 504), Reply(b"{}", 500), Reply(b"<html>", kind="text/html")])
def test_what_failed_after_a_model_may_have_worked_counts_against_the_day(
    model: ModelServer, store: SqlStore, reply: Reply
) -> None:
    model.say = lambda _: reply
    one = asking(model, store, price_in=0, price_out=10, max_tokens=1000, daily_cost=25)
    for number in range(2):
        with pytest.raises((Away, Misconfigured)):
            ask(one, replace(ASK, data=str(number)))
    assert store.opinion_costs()[0].cost == pytest.approx(20)
    with pytest.raises(Retry, match="limit"):
        ask(one)


@pytest.mark.parametrize(
    ("reply", "fate"),
    [
        (Reply(b"<html>blocked</html>", 403, kind="text/html"), Unread),
        (Reply(b"", 302, head={"Location": "https://blocked.example/"}), Unread),
        (Reply(b"<html>blocked</html>", kind="text/html"), SetAside),
        (Reply(b"{}", 500), Retry),
    ],
)
def test_an_endpoint_that_answers_others_has_something_against_this_question(
    model: ModelServer, store: SqlStore, reply: Reply, fate: type[Exception]
) -> None:
    model.say = lambda body: reply if body["messages"][1]["content"] == ASK.data else completion("tốt")
    with pytest.raises(fate) as caught:
        ask(asking(model, store))
    assert not isinstance(caught.value, Misconfigured | Busy)
    assert ask(asking(model, store), replace(ASK, data="{}")) == "TỐT"
