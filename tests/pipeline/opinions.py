"""Articles that wait for the language model, and what became of its questions about them."""

from __future__ import annotations

import asyncio
from typing import Any

from diembao.core.article import Article, Kind, Label
from diembao.core.opinion import Asked, QueueState, Task
from diembao.core.ports import Event
from diembao.pipeline import opining
from diembao.pipeline.wiring import Installation
from tests.opinion.articles import gist, second
from tests.opinion.model_server import Reply, completion
from tests.store.making import NOW, keep


def obliging(body: dict[str, Any]) -> Reply:
    """Answers each question in its form."""
    return completion(second() if '"relevance"' in body["messages"][0]["content"] else gist())


def grouped(
    house: Installation, *articles: Article, relevance: str = "yes", place: bool = False, alerted: bool = True
) -> None:
    """As the steps leave them, past the alerts."""
    keep(house.store, *articles)
    with house.store.writing() as write:
        for one in articles:
            given = [Label(one.id, Kind.RELEVANCE, relevance, "gia-lai", one.revision)]
            given += [Label(one.id, Kind.PLACE, "Quy Nhơn", "binh-dinh", one.revision)] if place else []
            write.set_labels(one.id, [Kind.RELEVANCE, Kind.PLACE], given, now=NOW)
        write.announce(Event.GROUPED, [one.id for one in articles], now=NOW)
    if alerted:
        lease = house.store.lease("alert", opining.READS, worker="alert", now=NOW, limit=1000)
        assert lease is not None
        with house.store.writing() as write:
            write.finish(lease)


def work(house: Installation, now: Any = lambda: NOW) -> None:
    """Until nothing is due."""
    while opining.want(house, now()):
        pass
    asking = opining.open_asking(house)
    while house.store.opinion_counts()[QueueState.WAITING]:
        if asyncio.run(opining.answer(house, asking, now)) is not None:
            return


def state(house: Installation, one: Article, task: Task = Task.SECOND) -> Asked:
    found = house.store.opinion_of(one.id, task)
    assert found is not None
    return found
